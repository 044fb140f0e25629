"""Avant un commit, la maison ne relit que ce qui y entre ; ce qui ne va pas n'y entre pas."""

import shutil
import subprocess
from collections.abc import Callable

import pytest

from beffroi.commandes.outillage.qualite import RACINE, etapes_pour

ENTRENT = ["page.html", "nouveau.py", "feuille.css"]
APPELS = "appels.txt"
IDENTITE = [
    "-c",
    "user.name=Essai",
    "-c",
    "user.email=essai@beffroi.example",
    "-c",
    "core.hooksPath=.githooks",
    "-c",
    "commit.gpgsign=false",
]


def commandes(*chemins: str) -> dict[str, list[str]]:
    return dict(etapes_pour(chemins, vite=True))


def test_un_outil_ne_lit_que_les_fichiers_de_son_genre():
    lus = commandes("a.py", "page.html", "feuille.css")

    assert lus["style"][-1:] == ["a.py"]
    assert lus["mise en forme"][-1:] == ["a.py"]


def test_un_dossier_se_relit_en_entier(tmp_path):
    assert commandes(str(tmp_path))["style"][-1:] == [str(tmp_path)]


def test_un_outil_qui_n_a_rien_a_lire_ne_tourne_pas_et_l_ordre_des_contextes_se_relit_toujours():
    assert "style" not in commandes("page.html")
    assert commandes("page.html")["ordre des contextes"] == commandes()["ordre des contextes"]


def test_sans_fichier_tout_se_relit_et_les_types_seulement_quand_on_a_le_temps():
    assert commandes()["style"][-1] == "."
    assert "types" not in commandes()
    assert "types" in dict(etapes_pour([], vite=False))


@pytest.fixture
def depot(tmp_path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Un dépôt qui a le crochet de la maison ;
    sa commande note ce qu'on lui demande, et refuse `nouveau.py` s'il est vide.
    """

    def git(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["git", *IDENTITE, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    (tmp_path / ".githooks").mkdir()
    shutil.copy(RACINE / ".githooks" / "pre-commit", tmp_path / ".githooks")
    (tmp_path / "beffroi").write_text(f'#!/bin/sh\necho "$@" >{APPELS}\ntest -s nouveau.py\n')
    (tmp_path / "beffroi").chmod(0o755)
    git("init", "-q")
    (tmp_path / "ancien.py").write_text("1\n")
    git("add", "ancien.py")
    git("commit", "-q", "--no-verify", "-m", "Avant")
    (tmp_path / "ancien.py").unlink()
    for nom in ENTRENT:
        (tmp_path / nom).write_text("1\n")
    (tmp_path / "brouillon.py").write_text("pas encore\n")
    git("add", "-u")
    git("add", *ENTRENT)
    return git


def test_le_crochet_relit_ce_qui_entre_dans_le_commit_et_rien_d_autre(depot, tmp_path):
    fait = depot("commit", "-q", "-m", "Ajouter une page")

    assert fait.returncode == 0, fait.stderr
    assert (tmp_path / APPELS).read_text().split() == [
        "qualite",
        "--vite",
        "nouveau.py",
        "page.html",
    ]


def test_le_crochet_arrete_le_commit_que_la_maison_refuse(depot, tmp_path):
    (tmp_path / "nouveau.py").write_text("")
    depot("add", "nouveau.py")

    assert depot("commit", "-q", "-m", "Ajouter une page").returncode != 0
    assert depot("log", "--format=%s").stdout.split() == ["Avant"]
