"""« À faire » et les recettes :
noter un titre, une réception, rapprocher un paiement, suivre ce qui est en retard.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.centre.recettes import echeances, queries
from beffroi.centre.recettes.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import est_du_centre, permet
from beffroi.socle.fondations.a_faire import AFaire
from formats.dates import PARIS


def recettes_a_tenir(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Pour chacun, au centre, les gestes que son rôle lui permet."""
    siennes = [une for une in habilitations if est_du_centre(une)]
    if not any(permet(une, "voir_les_recettes", ACTES) for une in siennes):
        return
    for attendue in echeances.attendues(le=le):
        if any(queries.permis(une)[attendue.acte] for une in siennes):
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
