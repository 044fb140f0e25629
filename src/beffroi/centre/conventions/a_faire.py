"""« À faire » et les conventions :
répondre aux demandes, relancer, signer, activer, voir venir un terme ou une échéance.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from beffroi.centre.conventions import echeances
from beffroi.centre.conventions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire


def conventions_a_mener(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Pour qui tient les conventions, au centre : une ligne par geste attendu."""
    if not any(_les_tient(habilitation) for habilitation in habilitations):
        return
    for attendu in echeances.attendues(le=le):
        yield attendu.a_faire(le=le)


def _les_tient(habilitation: Habilitation) -> bool:
    return est_du_centre(habilitation) and permet(habilitation, "tenir_les_conventions", ACTES)
