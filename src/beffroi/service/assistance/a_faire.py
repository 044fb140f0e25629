"""« À faire » et l'assistance : les demandes qui attendent une réponse du centre."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.service.assistance import queries
from beffroi.service.assistance.permissions import ACTES
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def demandes_a_traiter(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Pour les agents du centre, une ligne par demande sans réponse.

    « À faire » part par courriel : ni nom, ni texte.
    """
    if not _repondent(habilitations):
        return
    for ligne in queries.file(le=le):
        if ligne.demande.repondue_le is None:
            yield a_traiter(ligne, le=le)


def ouvertes(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.sans_reponse()] if _repondent(habilitations) else []


def _repondent(habilitations: Iterable[Habilitation]) -> bool:
    return any(permet(une, "repondre", ACTES) and est_du_centre(une) for une in habilitations)


def a_traiter(ligne: queries.Ligne, *, le: datetime) -> AFaire:
    demande = ligne.demande
    return AFaire(
        titre="Répondre à une demande urgente" if ligne.urgente else "Répondre à une demande",
        detail=f"{demande.reference}, {demande.get_categorie_display().lower()}.",
        url=f"/cdg/assistance/demandes/{demande.reference}/",
        geste="Répondre",
        quand=f"Réponse promise pour le {dates.jour_et_heure_limite(demande.promise_pour)}",
        presse=ligne.urgente or ligne.en_retard,
        echeance=demande.promise_pour,
    )
