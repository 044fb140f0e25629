"""« À faire » et les contrats : signer, transmettre, notifier, publier, voir venir un terme."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.contrat.marches import echeances
from beffroi.contrat.marches.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.a_faire import AFaire


def contrats_a_mener(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    tenus = _tenus(habilitations)
    if not tenus:
        return
    for attendu in echeances.attendues(tenus, le=le):
        yield attendu.a_faire(le=le)


def contrats(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [echeances.en_cours(_tenus(habilitations))]


def _tenus(habilitations: Iterable[Habilitation]) -> list[Organisme]:
    return [une.organisme for une in habilitations if permet(une, "tenir_les_marches", ACTES)]
