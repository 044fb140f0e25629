"""Lancer, attendre, arrêter des processus de la plateforme,
par leur numéro et jamais par leur nom.
"""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path

from beffroi.commandes.cli.erreurs import ErreurDeCommande

ATTENTE_DU_DEMARRAGE_S = 60
ATTENTE_DE_L_ARRET_S = 15


def lancer(
    arguments: list[str],
    *,
    environnement: dict[str, str],
    sortie: Path,
    confies: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Démarre `python -m beffroi …` à part, sa sortie dans un fichier ;
    il garde ouverts les descripteurs qu'on lui confie.
    """
    with sortie.open("ab") as journal:
        return subprocess.Popen(
            [sys.executable, "-m", "beffroi", *arguments],
            env={**os.environ, **environnement},
            stdout=journal,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=confies,
        )


def attendre_la_reponse(adresse: str, *, processus: subprocess.Popen[bytes], sortie: Path) -> None:
    """Attend que l'adresse réponde ; dit pourquoi si le processus s'arrête avant."""
    fin = time.monotonic() + ATTENTE_DU_DEMARRAGE_S
    while time.monotonic() < fin:
        if processus.poll() is not None:
            raise ErreurDeCommande(
                f"le serveur s'est arrêté au démarrage. {derniere_ligne(sortie)} (journal : "
                f"{sortie})"
            )
        with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            with urllib.request.urlopen(adresse, timeout=2):
                if processus.poll() is None:
                    return
        time.sleep(0.1)
    raise ErreurDeCommande(
        f"le serveur ne répond pas après {ATTENTE_DU_DEMARRAGE_S} secondes (journal : {sortie})."
    )


def derniere_ligne(sortie: Path) -> str:
    lignes = sortie.read_text("utf-8", "replace").strip().splitlines()
    return lignes[-1] if lignes else ""


def arreter(pid: int) -> bool:
    """Demande l'arrêt, attend, insiste ; faux si le processus n'existait plus."""
    if not est_vivant(pid):
        return False
    os.kill(pid, signal.SIGTERM)
    fin = time.monotonic() + ATTENTE_DE_L_ARRET_S
    while est_vivant(pid) and time.monotonic() < fin:
        time.sleep(0.05)
    if est_vivant(pid):
        os.kill(pid, signal.SIGKILL)
    return True


def est_vivant(pid: int) -> bool:
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, PermissionError):
        return False
    return not est_un_zombie(pid)


def est_un_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def quelqu_un_repond(port: int) -> bool:
    """Un serveur écoute-t-il déjà, en IPv4 ou en IPv6 ?

    Le navigateur essaie les deux : il lirait cet autre serveur.
    """
    for hote in ("127.0.0.1", "::1"):
        with contextlib.suppress(OSError), socket.create_connection((hote, port), timeout=1):
            return True
    return False


def port_libre(souhaite: int, *, hote: str = "127.0.0.1") -> bool:
    famille = socket.AF_INET6 if ":" in hote else socket.AF_INET
    with socket.socket(famille) as prise:
        prise.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prise.bind((hote, souhaite))
        except OSError:
            return False
    return True
