"""Ce que la frise attend d'ailleurs :
quand l'entreprise a demandé de l'aide, par où, et quand elle en a reçu.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from beffroi.reponse.depots.models import BrouillonDeReponse
from beffroi.socle.fondations import prises


@dataclass(frozen=True)
class Fait:
    """Une ligne de la frise. `ton` : « ok », « attention », « danger » ou « gris »."""

    le: datetime
    quoi: str
    precision: str = ""
    ton: str = "gris"
    # Quand le poste dit l'avoir montré :
    # `le` est l'heure où le serveur l'a su, plus tard s'il était tombé.
    dite_le: datetime | None = None


def aides(brouillon: BrouillonDeReponse) -> Iterator[Fait]:
    """Les demandes écrites, les rappels, les écrans montrés.

    Jamais un contenu, ni un nom, ni un numéro.
    """
    for aide in prises.rangees(lambda un: un.aides):
        yield from aide.fonction(brouillon)
