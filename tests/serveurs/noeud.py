"""Un nœud seul, sur SQLite : le vrai `./beffroi serve`, et de quoi lui demander une page."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from beffroi.commandes.cli.demo import reglages
from tests.plateforme import attendre
from tests.serveurs import souche
from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import port_libre


@contextmanager
def un_noeud(dossier: Path, *options: str, **environnement: str) -> Iterator[int]:
    """Son port, tant que le bloc dure ; ce qu'il dit est dans `serveur.log`."""
    port = port_libre()
    recopier_en_sqlite(dossier / "beffroi.sqlite3").close()
    serveur = souche.lancer(
        ["serve", "--port", str(port), *options],
        environnement={**reglages(dossier, f"http://localhost:{port}"), **environnement},
        sortie=dossier / "serveur.log",
    )
    try:
        attendre(lambda: repond(f"http://localhost:{port}/sante"), delai_s=60)
        yield port
    finally:
        os.killpg(serveur.pid, signal.SIGKILL)
        serveur.wait(timeout=30)


def repond(adresse: str) -> bool:
    """Une réponse, quelle qu'elle soit : le serveur écoute."""
    try:
        httpx.get(adresse, trust_env=False)
    except httpx.TransportError:
        return False
    return True
