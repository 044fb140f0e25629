"""Le processus où un document se lit : peu de mémoire, peu de temps, aucun fichier à écrire.

Il ne sait pas lire :
chaque lecteur (`formats.lecture.lire`, `formats.bordereaux.lire`) y joue son propre `enfant`.

Le lecteur de PDF est écrit en C : un document fait pour le tromper peut le faire tomber,
ou tourner sans fin. Ce n'est alors que cet enfant qui tombe, et la personne lit une phrase.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from formats.lecture import bornes, refus

_REFUSE = "refusé"
_TUE_PAR_UNE_LIMITE = {-24, -9}  # SIGXCPU, SIGKILL


def lancer(
    module: str,
    entree: bytes,
    *arguments: str,
    attente: float,
    heritage: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Lance l'`enfant` de ce module, lui donne l'entrée, rend ce qu'il a dit.
    Lève `subprocess.TimeoutExpired`.

    `heritage` : les variables d'environnement qu'il reçoit ; aucune d'office.
    """
    chemins = os.pathsep.join(chemin for chemin in sys.path if chemin)
    return subprocess.run(
        [sys.executable, "-c", f"from {module} import enfant; enfant()", *arguments],
        input=entree,
        capture_output=True,
        timeout=attente,
        env={
            **(heritage or {}),
            "PYTHONPATH": chemins,
            "PYTHONIOENCODING": "utf-8",
            "LANG": "C.UTF-8",
        },
        check=False,
    )


def confier(module: str, octets: bytes, nom: str) -> bytes:
    """Ce que répond `module.enfant()` dans un processus borné, à qui l'on donne ces octets."""
    try:
        fait = lancer(module, octets, nom, attente=bornes.SECONDES_D_ATTENTE)
    except subprocess.TimeoutExpired as attente:
        raise _trop_long() from attente
    if fait.returncode:
        raise _trop_long() if fait.returncode in _TUE_PAR_UNE_LIMITE else _inattendu()
    return fait.stdout


def _inattendu() -> refus.DocumentIllisible:
    return refus.suspect("sa lecture a échoué de façon inattendue")


def _trop_long() -> refus.DocumentIllisible:
    return refus.suspect("sa lecture n'en finissait pas")


def lu_du_json(octets: bytes) -> Any:
    """Ce que l'enfant a lu ; ou la phrase de son refus, levée."""
    try:
        reponse: dict[str, Any] = json.loads(octets)
    except ValueError as panne:
        raise _inattendu() from panne
    if reponse["issue"] == _REFUSE:
        raise refus.DocumentIllisible(reponse["phrase"])
    return reponse["texte"]


def limiter(
    *,
    memoire: int = bornes.MEMOIRE_DE_L_ENCLOS,
    secondes: int = bornes.SECONDES_DE_CALCUL,
    ecrits: int = 0,
) -> None:
    """Ce que le noyau refusera à ce processus, et à ce qu'il lancerait.

    `ecrits` : les octets d'un fichier, aucun d'office.
    """
    for limite, valeur in (
        (resource.RLIMIT_AS, memoire),
        (resource.RLIMIT_CPU, secondes),
        (resource.RLIMIT_FSIZE, ecrits),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limite, (valeur, valeur))


# Ce qu'un processus enfant n'a jamais à faire : parler au réseau, lancer un programme.
_INTERDITS = frozenset(
    {
        "socket.connect",
        "socket.bind",
        "socket.getaddrinfo",
        "socket.sendto",
        "subprocess.Popen",
        "os.exec",
        "os.system",
    }
)
_ECRITURES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def couper_du_monde() -> None:
    """Ni réseau, ni écriture, ni autre programme, pour tout le reste de la vie de ce processus.

    Le garde d'audit de Python ne se retire pas.
    Là où le noyau le permet, un espace réseau vide s'y ajoute.
    """
    try:
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    except (AttributeError, OSError):
        pass  # le noyau, ou un conteneur, ne le permet pas : le garde suffit
    sys.addaudithook(_garder)


def _garder(evenement: str, arguments: tuple[Any, ...]) -> None:
    if evenement in _INTERDITS:
        raise PermissionError(f"interdit dans l'enclos : {evenement}")
    if evenement == "open" and isinstance(arguments[2], int) and arguments[2] & _ECRITURES:
        raise PermissionError("interdit dans l'enclos : écrire un fichier")


def repondre(lire: Callable[[bytes, str], bytes]) -> None:
    """Ce que fait le processus : se borner, lire l'entrée, répondre."""
    limiter()
    sys.stdout.buffer.write(_reponse(lire, sys.argv[1]))


def _reponse(lire: Callable[[bytes, str], bytes], nom: str) -> bytes:
    try:
        return lire(sys.stdin.buffer.read(), nom)
    except refus.DocumentIllisible as illisible:
        return json.dumps({"issue": _REFUSE, "phrase": illisible.phrase}).encode()
    except (MemoryError, RecursionError):
        return json.dumps(
            {"issue": _REFUSE, "phrase": refus.trop_gros("il demande trop de mémoire").phrase}
        ).encode()
