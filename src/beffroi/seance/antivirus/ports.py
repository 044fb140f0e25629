"""Ce que l'antivirus attend du dehors : un moteur qui lit un flux."""

from typing import BinaryIO, Protocol

from beffroi.seance.antivirus.rules import Constat
from beffroi.socle.fondations.ports import port


class Antivirus(Protocol):
    """Un moteur d'analyse.

    Il ne lit que des fichiers déjà ouverts en séance : un pli scellé n'apprend rien à un antivirus.
    """

    def analyser(self, flux: BinaryIO, *, taille: int) -> Constat:
        """Lit tout le flux (`taille` octets) et rend sain, infecté, ou non analysé avec sa raison.

        Lève `ServiceIndisponible` quand le moteur ne répond pas : on recommencera.
        """
        ...


@port("antivirus.Antivirus")
def antivirus() -> Antivirus | None:
    """Qui donne le moteur réglé, ou rien.

    Le moteur relié à ce service ; rien quand l'exploitant n'en a réglé aucun.
    """
