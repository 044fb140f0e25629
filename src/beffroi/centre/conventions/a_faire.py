"""« À faire » et les conventions :
répondre aux demandes, relancer, signer, activer, voir venir un terme ou une échéance.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.centre.conventions import echeances
from beffroi.centre.conventions.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats.dates import PARIS


def conventions_a_mener(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Pour qui tient les conventions, au centre : une ligne par geste attendu."""
    if not any(_les_tient(habilitation) for habilitation in habilitations):
        return
    for attendue in echeances.attendues(le=le):
        yield AFaire(
            titre=attendue.titre,
            detail=attendue.detail,
            url=attendue.page,
            geste=attendue.geste,
            quand=attendue.quand,
            presse=attendue.presse,
            echeance=datetime.combine(attendue.echeance, time(12), PARIS)
            if attendue.echeance
            else le,
        )


def _les_tient(habilitation: Habilitation) -> bool:
    return est_du_centre(habilitation) and permet(habilitation, "tenir_les_conventions", ACTES)
