"""Un port choisi se tient :
deux démonstrations, même lancées au même instant, n'en partagent aucun.

Le système ne garde pas un port pour qui ne l'écoute pas encore. Un verrou le fait, par numéro :
le processus qui le prend le confie au serveur, et il tombe avec lui, même tué.
"""

import fcntl
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from beffroi.commandes.cli.processus import port_libre, quelqu_un_repond

# Le même pour tous sur la machine, quel que soit TMPDIR.
DOSSIER = Path("/tmp")
LU_DE_TOUS = 0o644


@dataclass(frozen=True)
class PortTenu:
    numero: int
    verrou: int

    def rendre(self) -> None:
        """Ce processus ne le tient plus ; celui à qui il l'a confié, si."""
        os.close(self.verrou)


def tenir(numero: int) -> PortTenu | None:
    """Ce port, s'il est libre et que personne ne le tient.

    Un verrou qui ne s'ouvre pas est celui d'une autre personne : son port n'est pas à nous.
    """
    try:
        verrou = _ouvrir(DOSSIER / f"beffroi-port-{numero}")
    except OSError:
        return None
    try:
        fcntl.flock(verrou, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(verrou)
        return None
    if est_libre(numero):
        return PortTenu(numero, verrou)
    os.close(verrou)
    return None


def tenir_le_premier(numeros: Iterable[int]) -> PortTenu | None:
    return next((tenu for tenu in map(tenir, numeros) if tenu), None)


def est_libre(numero: int) -> bool:
    return port_libre(numero) and not quelqu_un_repond(numero)


def _ouvrir(fichier: Path) -> int:
    """Rien ne s'y écrit :
    le verrou d'une autre personne s'ouvre en lecture, et se prend quand elle l'a rendu.
    """
    acces = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    try:
        return os.open(fichier, acces)
    except FileNotFoundError:
        verrou = os.open(fichier, acces | os.O_CREAT)
    os.fchmod(verrou, LU_DE_TOUS)
    return verrou
