"""« À faire » et les contrats : signer, transmettre, notifier, publier, voir venir un terme."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.contrat.marches import echeances
from beffroi.contrat.marches.permissions import ACTES
from beffroi.personnes.organismes.models import Habilitation
from beffroi.personnes.organismes.permissions import permet
from beffroi.socle.fondations.a_faire import AFaire
from formats.dates import PARIS


def contrats_a_mener(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    tenus = [h.organisme for h in habilitations if permet(h, "tenir_les_marches", ACTES)]
    if not tenus:
        return
    for attendue in echeances.attendues(tenus, le=le):
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
