"""Le processus du coffre :
un socket Unix, une clé d'accès du dossier des données, rien sur le disque.

La clé d'accès laisse poser des questions à tout processus du même compte ; aucune ne rend la clé
d'un fichier sans la capacité de la séance, que seul tient le navigateur de la présidence.

Il vit tant que vit le processus qui l'a lancé, et meurt avec lui : une panne le vide.
Se lance par `python -m beffroi.seance.coffre.processus DOSSIER` ; la première ligne de son entrée
dit où les autres nœuds le joignent, et qui ils sont (`ecoute.Annonce`), ou rien.
"""

import fcntl
import hashlib
import os
import secrets
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.managers import BaseManager
from pathlib import Path
from typing import Any

from beffroi.seance.coffre import protections
from beffroi.seance.coffre.ecoute import RIEN, Annonce, ouvrir
from beffroi.seance.coffre.errors import CoffreInjoignable
from beffroi.seance.coffre.memoire import CoffreEnMemoire
from beffroi.seance.coffre.messages import ACTES

LONGUEUR_D_UN_SOCKET = 100
ATTENTE_DU_LANCEMENT_S = 20.0
_lances: list[subprocess.Popen[bytes]] = []


class Guichet(BaseManager):
    """Le protocole : des appels authentifiés par la clé d'accès."""


class GuichetDuCoffre(Guichet):
    """Le côté du coffre."""


Guichet.register("coffre", exposed=ACTES)


def adresse(dossier: Path) -> Path:
    """Le socket, à côté des clés ;
    dans le dossier temporaire si le chemin est trop long pour un socket.
    """
    voisin = dossier / "coffre.sock"
    if len(str(voisin)) < LONGUEUR_D_UN_SOCKET:
        return voisin
    abrege = hashlib.sha256(str(dossier.resolve()).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"beffroi-{os.getuid()}-{abrege}" / "coffre.sock"


def cle_d_acces(dossier: Path) -> bytes:
    """Le secret que partagent le coffre et les ouvriers web ;
    créé au premier besoin, lisible du seul service.
    """
    fichier = dossier / "coffre.acces"
    if not fichier.exists():
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        provisoire = dossier / f"coffre.acces.{secrets.token_hex(8)}"
        provisoire.touch(mode=0o600)
        provisoire.write_bytes(secrets.token_bytes(32))
        try:
            os.link(provisoire, fichier)
        except FileExistsError:
            pass
        finally:
            provisoire.unlink()
    return fichier.read_bytes()


def joindre(dossier: Path) -> Any:
    """Le coffre en marche ; `ConnectionError` ou `FileNotFoundError` s'il n'y en a pas."""
    guichet = Guichet(address=str(adresse(dossier)), authkey=cle_d_acces(dossier))
    guichet.connect()
    coffre = getattr(guichet, "coffre")  # noqa: B009  déclaré par register
    return coffre()


def lancer(dossier: Path, annonce: Annonce | None = None) -> None:
    """Lance le coffre s'il ne l'est pas, et attend qu'il réponde."""
    with seul(dossier):
        if repond(dossier):
            return
        adresse(dossier).unlink(missing_ok=True)
        commande = [sys.executable, "-m", "beffroi.seance.coffre.processus", str(dossier)]
        chemins = os.pathsep.join(chemin for chemin in sys.path if chemin)
        lance = subprocess.Popen(
            commande,
            stdin=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": chemins},
            close_fds=True,
        )
        _lances.append(lance)
        # Par son entrée : un secret dans la commande ou l'environnement se lit d'ailleurs.
        assert lance.stdin is not None
        lance.stdin.write(annonce.ligne() if annonce else RIEN)
        lance.stdin.flush()
        attendre(dossier)


def attendre(dossier: Path) -> None:
    echeance = time.monotonic() + ATTENTE_DU_LANCEMENT_S
    while not repond(dossier):
        if time.monotonic() > echeance:
            raise CoffreInjoignable
        time.sleep(0.05)


def repond(dossier: Path) -> bool:
    try:
        joindre(dossier)
    except (OSError, EOFError):
        return False
    return True


@contextmanager
def seul(dossier: Path) -> Iterator[None]:
    """Un seul processus lance le coffre à la fois."""
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    verrou = dossier / "coffre.verrou"
    verrou.touch()
    verrou.chmod(0o600)
    with verrou.open("w") as fichier:
        fcntl.flock(fichier, fcntl.LOCK_EX)
        yield


def servir(dossier: Path) -> None:
    """Tient le coffre jusqu'à ce que l'entrée se ferme,
    c'est-à-dire jusqu'à la mort de qui l'a lancé.
    """
    annonce = Annonce.lue(sys.stdin.buffer.readline())
    protections.fermer_le_processus()
    coffre = CoffreEnMemoire()
    if annonce:
        threading.Thread(target=ouvrir(annonce, coffre).serve_forever, daemon=True).start()
    GuichetDuCoffre.register("coffre", callable=lambda: coffre, exposed=ACTES)
    socket = adresse(dossier)
    socket.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.umask(0o077)
    serveur = GuichetDuCoffre(address=str(socket), authkey=cle_d_acces(dossier)).get_server()
    threading.Thread(target=finir_avec_le_lanceur, daemon=True).start()
    serveur.serve_forever()


def finir_avec_le_lanceur() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    servir(Path(sys.argv[1]))
