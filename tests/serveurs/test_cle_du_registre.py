"""La clé du registre change sous deux vrais `serve` : chacun dit où il en est, et le premier qui
repart l'inscrit, une fois.
"""

import os
import shutil
import signal
import sqlite3
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from beffroi.commandes.cli.demo import reglages
from sceau.handover import ACT
from tests.serveurs import souche
from tests.serveurs.attente import attendre
from tests.serveurs.modele import recopier_en_sqlite
from tests.serveurs.postgresql import port_libre


@dataclass
class Noeud:
    dossier: Path
    base: Path
    port: int
    serveur: souche.Commande | None = None

    @property
    def environnement(self) -> dict[str, str]:
        propre = reglages(self.dossier, f"http://localhost:{self.port}")
        return {**propre, "BEFFROI_BASE_DE_DONNEES": f"sqlite://{self.base}"}

    def servir(self) -> None:
        self.serveur = souche.lancer(
            ["serve", "--port", str(self.port)],
            environnement=self.environnement,
            sortie=self.dossier / "serveur.log",
        )
        attendre(self.etat, delai_s=60)

    def finir(self) -> None:
        os.killpg(self.serveur.pid, signal.SIGKILL)
        self.serveur.wait(timeout=30)

    def etat(self) -> dict[str, bool]:
        try:
            return httpx.get(f"http://localhost:{self.port}/pret", trust_env=False).json()
        except httpx.TransportError:
            return {}

    def a_sa_cle(self) -> bool:
        return self.etat()["cles"]


@pytest.fixture
def noeuds(tmp_path):
    """Deux nœuds d'une base ; le second a pris les clés du premier."""
    base = tmp_path / "base.sqlite3"
    recopier_en_sqlite(base).close()
    a, b = (Noeud(tmp_path / nom, base, port_libre()) for nom in "ab")
    with ExitStack() as pile:
        for noeud in (a, b):
            noeud.dossier.mkdir()
            if noeud is b:
                sans_coffre = shutil.ignore_patterns("coffre*")
                shutil.copytree(a.dossier / "cles", b.dossier / "cles", ignore=sans_coffre)
            noeud.servir()
            pile.callback(noeud.finir)
        yield a, b


def releves(noeud):
    with closing(sqlite3.connect(noeud.base, timeout=20)) as base:
        ((nombre,),) = base.execute(
            "SELECT count(*) FROM journal_ecriture WHERE acte = ?", [ACT]
        ).fetchall()
    return nombre


# Une fois sur deux nœuds qui reçoivent des dépôts : `pannes/test_cle_du_registre_changee`, la nuit.
def test_le_premier_qui_repart_inscrit_la_cle_et_l_autre_dit_qu_il_ne_l_a_pas(noeuds):
    a, b = noeuds

    fait = souche.beffroi("cles", "changer-registre", **a.environnement)
    assert fait.returncode == 0, fait.stdout + fait.stderr
    # Personne n'est reparti : la clé d'avant signe encore, des deux côtés.
    assert (a.a_sa_cle(), b.a_sa_cle(), releves(a)) == (True, True, 0)

    for _ in range(2):
        a.finir()
        a.servir()
        assert (a.a_sa_cle(), b.a_sa_cle(), releves(a)) == (True, False, 1)
