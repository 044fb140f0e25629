"""Ce que dit l'état du service, sur sa page et dans sa copie hébergée à part :
les annonces, et la phrase d'en haut.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import DatabaseError

from beffroi.service.disponibilite import queries, rules, sondes
from beffroi.service.disponibilite.models import Evenement


def annonces(le: datetime) -> dict[str, Any]:
    """Ce qui se lit dans la base ; sans elle, la page le dit."""
    try:
        return {
            "en_cours": list(queries.en_cours(le)),
            "prevus": list(queries.prevus(le)),
            "passes": list(queries.passes(le)),
            "affluence": rules.affluence(fermetures=queries.fermetures_prochaines(le)),
            "lisibles": True,
        }
    except DatabaseError:
        return {"en_cours": [], "prevus": [], "passes": [], "affluence": "", "lisibles": False}


def bilan(sondees: Iterable[sondes.Sonde], en_cours: Iterable[Evenement]) -> tuple[str, str]:
    """La phrase d'en haut : le pire l'emporte, et l'inconnu ne passe pas pour bon."""
    tons = {sonde.ton for sonde in sondees}
    if sondes.EN_PANNE in tons:
        return "danger", "Une partie du service est en panne"
    annonces_en_cours = list(en_cours)
    if annonces_en_cours:
        incident = any(
            evenement.sorte == Evenement.Sorte.INCIDENT for evenement in annonces_en_cours
        )
        return (
            "attention",
            "Un incident est en cours" if incident else "Une maintenance est en cours",
        )
    if sondes.EN_RETARD in tons:
        return "attention", "Le service marche, avec du retard"
    if sondes.INCONNU in tons:
        return "info", "Ce que nous avons pu vérifier marche"
    return "ok", "Tout marche"
