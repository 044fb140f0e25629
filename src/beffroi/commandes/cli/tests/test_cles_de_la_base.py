"""Par les vraies commandes : un nœud dont les clés ne sont pas celles de la base ne démarre pas."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.serveurs.modele import recopier_en_sqlite

RACINE = Path(__file__).resolve().parents[5]
REFUS = "cette base se tient avec d'autres clés que celles d'ici"


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """Une base qu'un premier nœud a servie, et ses clés dans « a »."""
    ici = tmp_path_factory.mktemp("noeuds")
    recopier_en_sqlite(ici / "base.sqlite3")
    premier = lancer("worker", "--une-fois", base=ici / "base.sqlite3", dossier=ici / "a")
    assert premier.returncode == 0, premier.stderr
    return ici / "base.sqlite3"


def lancer(*commande: str, base: Path, dossier: Path, entree: str | None = None):
    reglages = {
        "BEFFROI_BASE_DE_DONNEES": f"sqlite://{base}",
        "BEFFROI_DONNEES": str(dossier),
        "BEFFROI_SANS_HORODATAGE_QUALIFIE": "oui",
        "PYTHONPATH": f"{RACINE / 'src'}:{RACINE}",
    }
    return subprocess.run(
        [sys.executable, "-m", "beffroi", *commande],
        env={**{n: v for n, v in os.environ.items() if n != "DJANGO_SETTINGS_MODULE"}, **reglages},
        input=entree,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    "commande", [("serve",), ("worker", "--une-fois"), ("migrer",), ("sonde", "--une-fois")]
)
def test_un_noeud_sans_les_cles_refuse_et_dit_quoi_faire(commande, base, tmp_path):
    sans = lancer(*commande, base=base, dossier=tmp_path / "b")

    assert sans.returncode != 0
    assert REFUS in sans.stderr and "Copiez le dossier des clés" in sans.stderr
    assert "Traceback" not in sans.stderr
    assert not (tmp_path / "b" / "cles").exists()


def test_refuse_un_noeud_garde_les_secrets_qu_il_avait(base, tmp_path):
    secret = tmp_path / "b" / "cles" / "django.txt"
    secret.parent.mkdir(parents=True)
    secret.write_text("d'une autre plateforme, " * 3, "utf-8")

    assert REFUS in lancer("serve", base=base, dossier=tmp_path / "b").stderr
    assert secret.exists()


def test_un_second_noeud_rejoint_la_base_par_le_paquet_du_premier_et_travaille(base, tmp_path):
    vers = ("--vers", str(tmp_path / "cles.age"))
    ajoute = lancer("noeud", "ajouter", *vers, base=base, dossier=base.parent / "a")
    code = ajoute.stdout.split("code, à dire à part : ")[1].splitlines()[0]

    paquet = ("--paquet", str(tmp_path / "cles.age"))
    rejoint = lancer(
        "noeud", "rejoindre", *paquet, base=base, dossier=tmp_path / "b", entree=f"{code}\n"
    )

    assert rejoint.returncode == 0, rejoint.stderr
    assert lancer("worker", "--une-fois", base=base, dossier=tmp_path / "b").returncode == 0


def test_perdues_pour_de_bon_d_autres_les_remplacent(base, tmp_path):
    copie = shutil.copytree(base.parent, tmp_path / "copie") / base.name
    remplacees = lancer("migrer", "--nouvelles-cles", base=copie, dossier=tmp_path / "b")

    assert remplacees.returncode == 0, remplacees.stderr
    assert "clés changées, et inscrites au registre : registre" in remplacees.stdout
    assert lancer("worker", "--une-fois", base=copie, dossier=tmp_path / "b").returncode == 0


def test_la_cle_du_service_se_change_noeud_par_noeud(base, tmp_path):
    copie = shutil.copytree(base.parent, tmp_path / "copie") / base.name
    a = copie.parent / "a"
    b = shutil.copytree(a, tmp_path / "b")
    paquet = str(tmp_path / "cles.age")
    changee = lancer("cles", "changer-secrete", "--vers", paquet, base=copie, dossier=a)
    assert changee.returncode == 0, changee.stderr
    code = changee.stdout.split("code, à dire à part : ")[1].splitlines()[0]

    assert lancer("worker", "--une-fois", base=copie, dossier=a).returncode == 0
    assert REFUS in lancer("worker", "--une-fois", base=copie, dossier=b).stderr
    prise = lancer(
        "noeud", "rejoindre", "--paquet", paquet, base=copie, dossier=b, entree=f"{code}\n"
    )

    assert prise.returncode == 0, prise.stderr
    assert lancer("worker", "--une-fois", base=copie, dossier=b).returncode == 0
    with sqlite3.connect(copie) as lue:
        actes = "SELECT sujet FROM journal_ecriture WHERE acte = 'noeud.changer_une_cle'"
        assert lue.execute(actes).fetchall() == [("service",)]
