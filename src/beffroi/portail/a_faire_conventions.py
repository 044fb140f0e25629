"""« À faire » et les conventions : répondre aux demandes, relancer, signer, activer, voir venir un terme ou une échéance."""

from collections.abc import Iterable, Iterator
from datetime import datetime, time

from beffroi.apports.queries import en_attente
from beffroi.conventions import echeances
from beffroi.conventions.permissions import ACTES
from beffroi.organismes.models import Habilitation
from beffroi.organismes.permissions import permet
from beffroi.portail.gestes import AFaire
from formats import dates
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
            echeance=datetime.combine(attendue.echeance, time(12), PARIS) if attendue.echeance else le,
        )


def _les_tient(habilitation: Habilitation) -> bool:
    du_centre = habilitation.organisme.role == habilitation.organisme.Role.EXPLOITANT
    return du_centre and permet(habilitation, "tenir_les_conventions", ACTES)


def apports_a_examiner(habilitations: Iterable[Habilitation], *, le: datetime) -> Iterator[AFaire]:
    """Ce que des collectivités ont renvoyé, et que personne n'a encore regardé."""
    if not any(_les_tient(habilitation) for habilitation in habilitations):
        return
    for apport in en_attente():
        yield AFaire(
            titre=f"Vérifier {'une délibération' if apport.sorte == 'deliberation' else 'un exemplaire signé'}",
            detail=f"{apport.convention.adherent.nom}.",
            url=f"/cdg/apports/{apport.reference}/",
            geste="Vérifier",
            quand=f"Reçu le {dates.jour(apport.recu_le)}",
            presse=False,
            echeance=apport.recu_le,
        )
