"""« À faire » et les contributions :
l'appel de l'année, qui reste à appeler, les effectifs qui manquent, les contestations.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.centre.contributions import echeances
from beffroi.centre.contributions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats.dates import PARIS


def contributions_a_mener(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    """Pour qui prépare l'appel, au centre : une ligne par geste attendu."""
    if not any(_les_prepare(habilitation) for habilitation in habilitations):
        return
    for attendue in echeances.attendues(le=le):
        yield AFaire(
            titre=attendue.titre,
            detail=attendue.detail,
            url=attendue.page,
            geste=attendue.geste,
            quand=attendue.quand,
            presse=attendue.presse,
            echeance=datetime.combine(attendue.echeance, time(12), PARIS),
        )


def _les_prepare(habilitation: Habilitation) -> bool:
    return est_du_centre(habilitation) and permet(habilitation, "preparer_l_appel", ACTES)
