"""Les marches d'un envoi, dans la même passe : ce qu'il coûte au serveur de seulement lire les
octets, puis de les condenser, puis de les garder, synchronisés.

Le même serveur web que le nôtre, réglé pareil, sans cadre ni base : la dernière marche est le
plancher de tout logiciel écrit ainsi, et ce qui la dépasse est à nous.
"""

import hashlib
import secrets
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from beffroi.commandes.cli import processus
from beffroi.commandes.cli.serve import TAMPON_D_UNE_CONNEXION
from beffroi.socle.fondations.stockage.local import copier, ecriture_durable
from beffroi.socle.fondations.stockage.protocole import LECTURE_OCTETS

ICI = "beffroi.commandes.outillage.banc_depot_echelle"
NOTRE = "reconnaître, vérifier, inscrire en base : la plateforme"
Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass
class Marche:
    """Ce qu'une façon de recevoir a pris, passe après passe."""

    nom: str
    port: int
    pid: int
    secondes: list[float] = field(default_factory=list)
    processeur_s: list[float] = field(default_factory=list)


def repondant(recevoir: Callable[[Any], None]) -> Application:
    """Une application qui reçoit le corps de cette façon, et répond 204."""

    def application(environ: dict[str, Any], repondre: Callable[..., Any]) -> Iterable[bytes]:
        recevoir(environ["wsgi.input"])
        repondre("204 No Content", [])
        return [b""]

    return application


def lire_seulement(flux: Any) -> None:
    while flux.read(LECTURE_OCTETS):
        pass


def lire_et_condenser(flux: Any) -> None:
    empreinte = hashlib.sha256()
    while bloc := flux.read(LECTURE_OCTETS):
        empreinte.update(bloc)


def lire_condenser_et_garder(flux: Any) -> None:
    """Comme le stockage local : les octets synchronisés, puis leur nom."""
    with ecriture_durable(Path.cwd() / "gardees" / secrets.token_hex(16)) as brouillon:
        copier(flux, brouillon)


lire = repondant(lire_seulement)
condenser = repondant(lire_et_condenser)
garder = repondant(lire_condenser_et_garder)
NOMS = {
    "lire": "lire",
    "condenser": "lire, condenser",
    "garder": "lire, condenser, garder (synchronisé deux fois)",
}


@contextmanager
def marches_servies(dossier: Path) -> Iterator[list[Marche]]:
    """Un serveur par marche, tous à la fois : ils ne coûtent rien quand rien ne leur parle."""
    lances = []
    try:
        for rang, (nom, dit) in enumerate(NOMS.items()):
            port = next(p for p in range(18_200 + rang, 18_400) if processus.port_libre(p))
            lance = subprocess.Popen([sys.executable, "-m", ICI, nom, str(port)], cwd=dossier)
            lances.append((Marche(dit, port, lance.pid), lance))
            processus.attendre_la_reponse(
                f"http://127.0.0.1:{port}/", processus=lance, sortie=dossier / "serveur.log"
            )
        yield [marche for marche, _ in lances]
    finally:
        for _, lance in lances:
            processus.arreter(lance.pid)
            lance.wait()


def servir(nom: str, port: int) -> None:
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server import Server

    Server(
        f"{ICI}:{nom}",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        http1_settings=HTTP1Settings(max_buffer_size=TAMPON_D_UNE_CONNEXION),
        log_access=False,
        log_enabled=False,
    ).serve()


def tableau(marches: list[Marche], *, mio: int) -> str:
    """Le débit et le processeur de chacune, médianes des passes."""
    lignes = ["| ce que le serveur fait | Mio/s | processeur par Mio |", "|---|---|---|"]
    for marche in marches:
        debit = mio / statistics.median(marche.secondes)
        processeur = statistics.median(marche.processeur_s) / mio * 1000
        lignes.append(f"| {marche.nom} | {debit:.0f} | {processeur:.2f} ms |")
    return "\n".join(lignes)


if __name__ == "__main__":
    servir(sys.argv[1], int(sys.argv[2]))
