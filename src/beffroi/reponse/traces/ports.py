"""Ce que la frise attend d'ailleurs :
quand l'entreprise a demandé de l'aide, par où, et quand elle en a reçu.
"""

from collections.abc import Iterator

from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.reponse.traces.faits import Fait
from beffroi.socle.fondations import prises


def aides(brouillon: BrouillonDeReponse) -> Iterator[Fait]:
    """Les demandes écrites, les rappels, les écrans montrés.

    Jamais un contenu, ni un nom, ni un numéro.
    """
    for aide in prises.rangees(lambda un: un.aides):
        yield from aide.fonction(brouillon)
