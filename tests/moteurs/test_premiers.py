"""De chaque module d'actes, PostgreSQL rejoue le premier essai de chacun."""

from pathlib import Path

import pytest

from tests.moteurs import premiers
from tests.moteurs.premiers import les_premiers_a_jouer

MODULE = """
from mairie.services import poser, repondre


def posee(): return poser("…")


@pytest.fixture
def repondue(): return repondre(posee())


def test_une_question_se_pose(): posee()


def test_une_question_vide_est_refusee(): posee()


def test_elle_se_lit(scene): ...


class TestReponse:
    def test_elle_part(self, repondue): ...


def test_elle_ne_part_qu_une_fois(repondue): ...
"""
SANS_ACTE = "def test_un(scene): ...\n\n\ndef test_deux(scene): ...\n"


def lus(tmp_path: Path, source: str) -> frozenset[str]:
    fichier = tmp_path / "test_services.py"
    fichier.write_text(source, "utf-8")
    return les_premiers_a_jouer(fichier)


@pytest.fixture(autouse=True)
def _deux_actes(monkeypatch):
    monkeypatch.setattr(premiers, "noms_des_actes", lambda: frozenset({"poser", "repondre"}))


def test_le_premier_qui_nomme_chaque_acte_le_joue(tmp_path):
    assert lus(tmp_path, MODULE) == {"test_une_question_se_pose", "TestReponse"}


def test_ceux_d_un_module_qui_n_en_nomme_aucun_se_jouent_tous(tmp_path):
    assert lus(tmp_path, SANS_ACTE) == {"test_un", "test_deux"}


def test_un_geste_d_a_cote_vaut_l_acte_qu_il_joue(tmp_path):
    (tmp_path / "gestes.py").write_text("def contestee(): return contester()\n", "utf-8")
    source = "def test_un(): poser()\n\n\ndef test_deux(): poser(); gestes.contestee()\n"

    assert lus(tmp_path, source) == {"test_un", "test_deux"}
