"""« À faire » et les violations de données :
la CNIL, les personnes, les adhérents attendent, et l'heure court.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.garde.violations import queries
from beffroi.garde.violations.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def violations_a_suivre(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Une ligne par violation ouverte où quelque chose est dû.

    « À faire » part par courriel : ni fait, ni nom.
    """
    if not _en_repondent(habilitations):
        return
    for ligne in queries.ouvertes(le):
        if not ligne.reste:
            continue
        compte = ligne.compte
        yield AFaire(
            titre="Répondre d'une violation de données",
            detail=f"{ligne.violation.reference}. {ligne.reste[0].texte}",
            url=f"/cdg/conformite/violations/{ligne.violation.reference}/",
            geste="Répondre",
            quand=f"Avant le {dates.jour_et_heure_limite(compte.limite)} (RGPD, art. 33)"
            if compte
            else "Sans attendre",
            presse=True,
            echeance=compte.limite if compte else le,
        )


def en_cours(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.en_cours()] if _en_repondent(habilitations) else []


def _en_repondent(habilitations: Iterable[Habilitation]) -> bool:
    return any(
        permet(une, "repondre_d_une_violation", ACTES) and est_du_centre(une)
        for une in habilitations
    )
