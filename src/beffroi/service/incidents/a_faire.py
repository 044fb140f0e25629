"""« À faire » et les incidents :
une prolongation proposée attend l'acheteur, avant son heure limite.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.service.incidents import queries
from beffroi.service.incidents.models import Proposition
from beffroi.service.incidents.permissions import ACTES
from beffroi.socle.fondations.a_faire import AFaire
from formats import dates


def prolongations_proposees(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    for proposition in _attendues(habilitations):
        consultation = proposition.consultation
        if proposition.limite <= le:
            continue
        yield AFaire(
            titre="Décider d'une prolongation après un incident",
            detail=f"{consultation.titre}, incident {proposition.incident.numero}.",
            url=f"/consultations/{consultation.reference}/incident/",
            geste="Décider",
            quand=f"Avant le {dates.jour_et_heure_limite(proposition.limite)}",
            presse=True,
            echeance=proposition.limite,
        )


def propositions(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [_attendues(habilitations)]


def _attendues(habilitations: Iterable[Habilitation]) -> QuerySet[Proposition]:
    return queries.attendues(
        [une.organisme_id for une in habilitations if permet(une, "repondre_a_un_incident", ACTES)]
    )
