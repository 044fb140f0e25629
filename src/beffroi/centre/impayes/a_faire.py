"""« À faire » et les impayés : au centre, selon le rôle ;
chez l'adhérent, pour qui peut contester.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.centre.impayes.chez_l_adherent import reclames_aux, relances_des
from beffroi.centre.impayes.echeances import (
    attendues_de_l_adherent,
    attendues_du_centre,
    contestations,
    en_suit,
    sans_reponse,
)
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.recettes import lecture
from beffroi.personnes.organismes.models import Habilitation, Organisme
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire, GesteAttendu
from formats.dates import PARIS


def impayes_a_suivre(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    tenues, jour = list(habilitations), le.astimezone(PARIS).date()
    relances = relances_des(_chez_elles(tenues), le=jour)
    for une in tenues:
        if est_du_centre(une):
            yield from _gestes(attendues_du_centre(une, le=le), le=le)
        elif siennes := relances.get(une.organisme_id):
            yield from _gestes(attendues_de_l_adherent(une.organisme, siennes), le=le)


def reclames(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    tenues, jour = list(habilitations), le.astimezone(PARIS).date()
    suivis = any(est_du_centre(une) and en_suit(une) for une in tenues)
    return [
        reclames_aux(_chez_elles(tenues)),
        *([lecture.echus_a_payer(jour)] if suivis else []),
    ]


def contestations_a_lire(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    for habilitation in habilitations:
        if est_du_centre(habilitation):
            yield from _gestes(contestations(habilitation), le=le)


def contestees(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    return [sans_reponse(une) for une in habilitations if est_du_centre(une)]


def _gestes(attendues: Iterable[GesteAttendu], *, le: datetime) -> Iterator[AFaire]:
    for attendu in attendues:
        yield attendu.a_faire(le=le)


def _chez_elles(habilitations: Iterable[Habilitation]) -> list[Organisme]:
    """Les adhérents où elle peut contester."""
    return [
        une.organisme
        for une in habilitations
        if not est_du_centre(une) and permet(une, "contester_un_impaye", ACTES)
    ]
