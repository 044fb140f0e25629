"""« À faire » et les impayés : au centre, selon le rôle ;
chez l'adhérent, pour qui peut contester.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from beffroi.centre.impayes.chez_l_adherent import reclames_a
from beffroi.centre.impayes.echeances import (
    attendues_de_l_adherent,
    attendues_du_centre,
    contestations,
    en_suit,
    sans_reponse,
)
from beffroi.centre.impayes.permissions import ACTES
from beffroi.centre.recettes import lecture
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire, GesteAttendu
from formats.dates import PARIS


def impayes_a_suivre(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    for habilitation in habilitations:
        if est_du_centre(habilitation):
            yield from _gestes(attendues_du_centre(habilitation, le=le), le=le)
        elif _conteste(habilitation):
            yield from _gestes(attendues_de_l_adherent(habilitation.organisme, le=le), le=le)


def reclames(habilitations: Iterable[Habilitation], *, le: datetime) -> list[QuerySet[Any]]:
    tenues, jour = list(habilitations), le.astimezone(PARIS).date()
    chez_elles = (une for une in tenues if not est_du_centre(une) and _conteste(une))
    suivis = any(est_du_centre(une) and en_suit(une) for une in tenues)
    return [
        *(reclames_a(une.organisme) for une in chez_elles),
        *([lecture.a_payer(lecture.echus(le=jour), le=jour)] if suivis else []),
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


def _conteste(habilitation: Habilitation) -> bool:
    return permet(habilitation, "contester_un_impaye", ACTES)
