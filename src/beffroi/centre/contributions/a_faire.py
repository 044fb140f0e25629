"""« À faire » et les contributions :
l'appel de l'année, qui reste à appeler, les effectifs qui manquent, les contestations.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from beffroi.centre.contributions import echeances
from beffroi.centre.contributions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire


def contributions_a_mener(
    habilitations: Iterable[Habilitation], *, le: datetime
) -> Iterator[AFaire]:
    """Pour qui prépare l'appel, au centre : une ligne par geste attendu."""
    if not any(_les_prepare(habilitation) for habilitation in habilitations):
        return
    for attendu in echeances.attendues(le=le):
        yield attendu.a_faire(le=le)


def _les_prepare(habilitation: Habilitation) -> bool:
    return est_du_centre(habilitation) and permet(habilitation, "preparer_l_appel", ACTES)
