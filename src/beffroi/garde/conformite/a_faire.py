"""« À faire » et les données personnelles : qui attend une réponse sur les siennes."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet

from beffroi.garde.conformite import queries
from beffroi.garde.conformite.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from droit.dates import en_toutes_lettres
from formats.dates import PARIS

# Une semaine avant la fin du mois, cela presse.
PRESSE_A_JOURS = 7


def personnes_a_repondre(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    """Une ligne par demande ouverte. « À faire » part par courriel : ni nom, ni texte."""
    if not _repondent(habilitations):
        return
    jour = le.astimezone(PARIS).date()
    for demande in queries.demandes_a_repondre():
        yield AFaire(
            titre="Répondre à une personne sur ses données",
            detail=f"{demande.reference}, {demande.get_droit_display().lower()}.",
            url=f"/cdg/conformite/demandes/{demande.reference}/",
            geste="Répondre",
            quand=f"Avant le {en_toutes_lettres(demande.repondre_avant)} (RGPD, art. 12)",
            presse=(demande.repondre_avant - jour).days <= PRESSE_A_JOURS,
            echeance=datetime.combine(demande.repondre_avant, time(23, 59), tzinfo=PARIS),
        )


def demandes(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [queries.demandes_a_repondre()] if _repondent(habilitations) else []


def _repondent(habilitations: Iterable[Habilitation]) -> bool:
    return any(
        permet(une, "repondre_aux_personnes", ACTES) and est_du_centre(une) for une in habilitations
    )
