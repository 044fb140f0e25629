"""L'enclos des lecteurs (`formats.lecture.enclos`), sans que Python s'y relise à chaque document.

En service, chaque document à lire, chaque signature à vérifier a son processus, neuf : une seconde
de chargement. Ici, un processus garde ces lecteurs chargés, et chaque demande en reçoit un enfant,
qui se borne et se coupe du monde par les mêmes lignes que le vrai. Les essais de l'enclos même
demandent le vrai (`enclos_neuf`).
"""

import io
import multiprocessing
import os
import re
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from types import SimpleNamespace

PROGRAMME = re.compile(r"from (\S+) import enfant; enfant\(\)")
# Ce qu'un enfant chargerait lui-même, au moment de lire, de signer ou de vérifier.
LECTEURS = [
    "formats.bordereaux.lire",
    "formats.lecture.lire",
    "formats.lecture.pdf",
    "formats.signature.asic",
    "formats.signature.certificat_qui_signe",
    "formats.signature.cms",
    "formats.signature.horodatage_du_pdf",
    "formats.signature.pades",
    "formats.signature.pdf",
    "formats.signature.signer",
    "formats.signature.verification",
    "formats.signature.xades",
    "pyhanko.pdf_utils.incremental_writer",
    "pyhanko.sign.signers",
    "pyhanko.sign.validation",
    "tests.serveurs.pepiniere",
]
_serre = multiprocessing.get_context("forkserver")
_serre.set_forkserver_preload(LECTEURS)


def naitre(
    commande: Sequence[str], *, input: bytes, timeout: float, env: dict[str, str], **_: object
) -> subprocess.CompletedProcess[bytes]:
    """Ce que rendrait `subprocess.run` de la même commande."""
    ici, la_bas = socket.socketpair()
    arguments = (PROGRAMME.fullmatch(commande[2])[1], [*commande[3:]], dict(env), la_bas)  # type: ignore[index]
    enfant = _serre.Process(target=vivre, args=arguments)
    enfant.start()
    la_bas.close()
    try:
        dit = echanger(ici, input, attente=timeout)
        enfant.join(timeout)
    except TimeoutError as trop_long:
        enfant.kill()
        raise subprocess.TimeoutExpired(commande, timeout) from trop_long
    finally:
        ici.close()
        enfant.join()
    return subprocess.CompletedProcess(commande, enfant.exitcode or 0, dit, b"")


def echanger(prise: socket.socket, entree: bytes, *, attente: float) -> bytes:
    """Donne tout, puis écoute jusqu'à la fin ; un enfant tombé n'a plus rien à entendre."""
    prise.settimeout(attente)
    dit = bytearray()
    with suppress(BrokenPipeError, ConnectionResetError):
        prise.sendall(entree)
        prise.shutdown(socket.SHUT_WR)
        while morceau := prise.recv(1 << 16):
            dit += morceau
    return bytes(dit)


def vivre(module: str, arguments: list[str], env: dict[str, str], prise: socket.socket) -> None:
    """Dans l'enfant : les arguments, l'environnement et les deux flux d'un processus neuf."""
    os.environ.clear()
    os.environ.update(env)
    sys.argv[1:] = arguments
    sys.stdin = io.TextIOWrapper(prise.makefile("rb"), "utf-8")
    sys.stdout = io.TextIOWrapper(prise.makefile("wb"), "utf-8")
    import_module(module).enfant()
    with suppress(BrokenPipeError):
        sys.stdout.flush()


PEPINIERE = SimpleNamespace(
    run=naitre,
    CompletedProcess=subprocess.CompletedProcess,
    TimeoutExpired=subprocess.TimeoutExpired,
)
