"""« À faire » et les données essentielles :
publier une fiche avant son dernier jour, importer ce qui attend.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time
from typing import Any

from django.db.models import QuerySet

from beffroi.contrat.donnees_essentielles.permissions import ACTES
from beffroi.contrat.donnees_essentielles.queries import (
    a_publier,
    a_publier_avant,
    annees_d_execution_dues,
    concessions_en_cours,
)
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.a_faire import AFaire
from droit.dates import en_toutes_lettres
from formats.dates import PARIS


def fiches_a_publier(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Chaque fiche que la loi fait publier,
    et son dernier jour (CCP, art. R. 2196-1, R. 3131-1).
    """
    siens = _siens(habilitations)
    aujourd_hui = le.astimezone(PARIS).date()
    for fiche, avant in a_publier_avant(siens):
        if avant is None:
            continue
        yield AFaire(
            titre="Publier les données d'un contrat",
            detail=f"{fiche.objet} ({fiche.numero})",
            url=f"/acheteur/donnees-essentielles/fiches/{fiche.reference}/",
            geste="Relire et publier",
            quand=(
                f"{'En retard depuis' if avant < aujourd_hui else 'Avant'} le "
                f"{en_toutes_lettres(avant)}"
            ),
            presse=False,
            echeance=datetime.combine(avant, time(12), PARIS),
        )


def annees_a_publier(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """L'année d'une concession a fini :
    ses dépenses et ses tarifs se publient à la suite de sa fiche.
    """
    for fiche, fin in annees_d_execution_dues(
        _siens(habilitations), le=le.astimezone(PARIS).date()
    ):
        yield AFaire(
            titre="Publier l'année d'une concession",
            detail=f"{fiche.objet} ({fiche.numero})",
            url=f"/acheteur/donnees-essentielles/fiches/{fiche.reference}/ajouter/execution/",
            geste="Publier l'année",
            quand=f"Année finie le {en_toutes_lettres(fin)}",
            presse=False,
            echeance=le,
        )


def fiches(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [a_publier(_siens(habilitations))]


def concessions(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [concessions_en_cours(_siens(habilitations))]


def _siens(habilitations: Iterable[Habilitation]) -> list[Organisme]:
    return [une.organisme for une in habilitations if permet(une, "publier", ACTES)]
