"""Deux nœuds, une base, un répartiteur devant : chacun son dossier, ses processus, son coffre."""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from beffroi.commandes.cli import demo
from tests.plateforme import Plateforme, attendre
from tests.serveurs import souche
from tests.serveurs.postgresql import port_libre
from tests.serveurs.repartiteur import Repartiteur, repartiteur


@dataclass
class DeuxNoeuds:
    """La plateforme telle que le répartiteur la montre, et ses deux nœuds."""

    plateforme: Plateforme
    premier: Plateforme
    devant: Repartiteur
    second: int

    def tuer_le_premier(self) -> None:
        """`kill -9` du nœud et de son coffre ; le répartiteur ne lui envoie plus personne."""
        self.devant.servir_par(self.second)
        self.premier.tuer()


@contextmanager
def deux_noeuds(origine: Plateforme, dossier: Path) -> Iterator[DeuxNoeuds]:
    coffres = [f"127.0.0.1:{port_libre()}" for _ in range(2)]
    premier, port = origine.copie(dossier / "a"), port_libre()
    with repartiteur() as devant:
        commun = {
            "BEFFROI_ADRESSE": devant.adresse,
            "BEFFROI_COFFRES_DES_NOEUDS": ",".join(coffres),
        }
        premier.demarrer(**commun, BEFFROI_COFFRE_ECOUTE=coffres[0])
        second = un_second_noeud(
            premier.dossier, dossier / "b", port, {**commun, "BEFFROI_COFFRE_ECOUTE": coffres[1]}
        )
        devant.servir_par(premier.port, port)
        montree = Plateforme(premier.dossier, {**premier.recit, "adresse": devant.adresse})
        try:
            yield DeuxNoeuds(montree, premier, devant, port)
        finally:
            premier.arreter()
            os.killpg(second.pid, signal.SIGKILL)
            second.wait(timeout=30)


def un_second_noeud(
    premier: Path, dossier: Path, port: int, environnement: dict[str, str]
) -> souche.Commande:
    """Les clés et la base du premier ; ses fichiers, comme d'un stockage commun."""
    dossier.mkdir()
    shutil.copytree(premier / "cles", dossier / "cles", ignore=shutil.ignore_patterns("coffre*"))
    (dossier / "fichiers").symlink_to((premier / "fichiers").resolve())
    adresse = f"http://localhost:{port}"
    reglages = {
        **demo.reglages(dossier.resolve(), adresse),
        "BEFFROI_BASE_DE_DONNEES": f"sqlite://{(premier / 'beffroi.sqlite3').resolve()}",
        **environnement,
    }
    second = souche.lancer(
        ["serve", "--port", str(port)], environnement=reglages, sortie=dossier / "serveur.log"
    )
    attendre(lambda: repond(adresse), delai_s=60)
    return second


def repond(adresse: str) -> bool:
    try:
        return httpx.get(f"{adresse}/sante", trust_env=False).is_success
    except httpx.TransportError:
        return False
