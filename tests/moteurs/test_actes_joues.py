"""Le garde des actes : il nomme ce qu'aucun essai n'a joué, et la série échoue."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.arbre import RACINE

ACTES = """
def deposer():
    _noter()


def retirer():
    _noter()


def _noter():
    pass
"""
GARDE = """
from pathlib import Path

from tests.moteurs.actes_joues import ActesJoues


def pytest_configure(config):
    ici = Path(__file__).parent
    config.pluginmanager.register(ActesJoues(ici / "parts", ici / "src"), "actes-joues")
"""
ESSAI = """
from beffroi.mairie import services


def test_un_acte():
    services.{acte}()
"""
Rendue = subprocess.CompletedProcess[str]


@pytest.fixture
def jouer(tmp_path: Path) -> Callable[..., Rendue]:
    """Une série de deux ouvriers, sur un produit de deux actes ; un fichier d'essais par acte."""
    ecrire(tmp_path / "src" / "beffroi" / "mairie" / "services.py", ACTES)
    ecrire(tmp_path / "conftest.py", GARDE)
    chemins = os.pathsep.join(str(chemin) for chemin in (tmp_path / "src", RACINE))
    neuf = {**os.environ, "PYTHONPATH": chemins, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}

    def serie(*joues: str, options: tuple[str, ...] = ()) -> Rendue:
        for acte in joues:
            ecrire(tmp_path / f"test_{acte}.py", ESSAI.format(acte=acte))
        commande = [sys.executable, "-m", "pytest", "-p", "xdist", "-n", "2", "--dist", "loadfile"]
        return subprocess.run(
            [*commande, *options], cwd=tmp_path, env=neuf, capture_output=True, text=True
        )

    return serie


def ecrire(fichier: Path, texte: str) -> None:
    fichier.parent.mkdir(parents=True, exist_ok=True)
    fichier.write_text(texte, "utf-8")


def test_un_acte_que_rien_ne_joue_est_nomme_et_la_serie_echoue(jouer):
    rendue = jouer("deposer")

    assert (rendue.returncode, "1 passed" in rendue.stdout) == (1, True), rendue.stdout
    assert "beffroi/mairie/services.py:retirer\n" in rendue.stdout
    assert "services.py:deposer" not in rendue.stdout
    assert "_noter" not in rendue.stdout


def test_tous_joues_par_un_ouvrier_ou_l_autre_la_serie_est_bonne(jouer):
    rendue = jouer("deposer", "retirer")

    assert (rendue.returncode, "2 passed" in rendue.stdout) == (0, True), rendue.stdout
    assert "qu'aucun essai ne joue" not in rendue.stdout


def test_une_serie_qui_n_est_pas_allee_au_bout_garde_son_code(jouer):
    rendue = jouer("deposer", options=("-k", "aucun_de_ce_nom"))

    assert rendue.returncode == pytest.ExitCode.NO_TESTS_COLLECTED, rendue.stdout
