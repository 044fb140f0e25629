"""« À faire » et les impayés : au centre, selon le rôle ;
chez l'adhérent, pour qui peut contester.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.centre.impayes.echeances import Attendue, attendues_de_l_adherent, attendues_du_centre
from beffroi.centre.impayes.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats.dates import PARIS


def impayes_a_suivre(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    for habilitation in habilitations:
        for attendue in _attendues(habilitation, le):
            yield AFaire(
                titre=attendue.titre,
                detail=attendue.detail,
                url=attendue.page,
                geste=attendue.geste,
                quand=attendue.quand,
                presse=attendue.presse,
                echeance=datetime.combine(attendue.depuis, time(12), PARIS)
                if attendue.depuis
                else le,
            )


def _attendues(habilitation: Habilitation, le: datetime) -> Iterable[Attendue]:
    if est_du_centre(habilitation):
        return attendues_du_centre(habilitation, le=le)
    return (
        attendues_de_l_adherent(habilitation.organisme, le=le)
        if permet(habilitation, "contester_un_impaye", ACTES)
        else ()
    )
