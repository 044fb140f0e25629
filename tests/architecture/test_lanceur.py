"""Le lanceur, sur une machine qui n'a pas ce qu'il faut : il l'apporte, ou dit quoi faire."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.arbre import RACINE

OUTILS = ("sh", "cat", "cksum", "dirname", "tail", "printf")


@pytest.fixture
def machine(tmp_path: Path):
    """Une machine sans Python : les seuls outils de base, et ce que le test y pose."""
    outils = tmp_path / "outils"
    outils.mkdir()
    for nom in OUTILS:
        if chemin := shutil.which(nom):
            (outils / nom).symlink_to(chemin)

    def lancer(commande: str = "aide", **environnement: str) -> subprocess.CompletedProcess[str]:
        # Une copie : le lanceur nomme /usr/bin/python3, que cette machine-ci n'a pas.
        lanceur = tmp_path / "beffroi"
        lanceur.write_text(
            (RACINE / "beffroi")
            .read_text("utf-8")
            .replace("/usr/bin/python3", str(tmp_path / "absent")),
            "utf-8",
        )
        for verrou in ("boot.lock", "requirements.lock", "requirements-traces.lock"):
            shutil.copy(RACINE / verrou, tmp_path / verrou)
        return subprocess.run(
            [shutil.which("sh") or "sh", str(lanceur), commande],
            env={"PATH": str(outils), "HOME": str(tmp_path), **environnement},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    lancer.poser = lambda nom, script: poser(outils / nom, script)
    return lancer


def poser(chemin: Path, script: str) -> None:
    chemin.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    chemin.chmod(0o755)


def test_sans_aucun_python_le_lanceur_dit_quoi_installer(machine):
    fait = machine()

    assert fait.returncode == 1
    assert "Python 3.12 ou plus récent est nécessaire. Installez-le" in fait.stderr


def test_un_python_trop_ancien_ne_sert_pas(machine):
    machine.poser("python3", "exit 1")

    assert "Python 3.12 ou plus récent est nécessaire" in machine().stderr


def test_sans_python_recent_uv_en_apporte_un(machine, tmp_path):
    """Le faux uv note ce qu'on lui demande, et rend un Python qui se nomme."""
    poser(tmp_path / "python3.13", f'echo "$@" >> {tmp_path}/demandes; exit 3')
    machine.poser(
        "uv", f'[ "$2" = install ] && exit 0; [ "$2" = find ] && echo {tmp_path}/python3.13'
    )

    fait = machine()

    assert "uv en télécharge un" in fait.stderr
    assert "-m venv" in (tmp_path / "demandes").read_text("utf-8")
    assert fait.returncode == 1
    assert os.fspath(tmp_path / ".venv") in fait.stderr


def test_installer_ne_se_lance_qu_en_root(machine):
    machine.poser("id", "echo 1000")

    fait = machine("installer")

    assert fait.returncode == 1
    assert "se lance en root : sudo" in fait.stderr


def test_installer_ailleurs_que_sur_debian_dit_ou_lire_la_suite(machine):
    machine.poser("id", "echo 0")

    assert "Ailleurs : docs/exploitants/installer.md" in machine("installer").stderr


def test_installer_prend_python_dans_les_paquets(machine, tmp_path):
    machine.poser("id", "echo 0")
    machine.poser("apt-get", f'echo "$@" >> {tmp_path}/demandes')

    machine("installer")

    assert "python3-venv" in (tmp_path / "demandes").read_text("utf-8")


def test_des_paquets_qui_ne_s_installent_pas_se_disent(machine):
    machine.poser("id", "echo 0")
    machine.poser("apt-get", "exit 100")

    fait = machine("installer")

    assert fait.returncode == 1
    assert "relancez la même commande" in fait.stderr


@pytest.mark.parametrize(
    ("environnement", "verrou"),
    [
        ({}, "requirements.lock"),
        ({"BEFFROI_EXTRAS": "traces"}, "requirements-traces.lock"),
        # Qui ne demande rien se sert de l'environnement qui en a plus.
        ({}, "requirements-traces.lock"),
    ],
)
def test_un_environnement_deja_pret_sert_tel_quel(machine, tmp_path, environnement, verrou):
    preparer_l_environnement(tmp_path, verrou)

    assert machine(**environnement).stdout == "servi\n"


def test_un_environnement_sans_l_extra_demande_se_refait(machine, tmp_path):
    preparer_l_environnement(tmp_path, "requirements.lock")

    assert machine(BEFFROI_EXTRAS="traces").returncode == 1


def preparer_l_environnement(dossier: Path, verrou: str) -> None:
    """Celui que ce verrou-là aurait donné."""
    (dossier / ".venv" / "bin").mkdir(parents=True)
    poser(dossier / ".venv" / "bin" / "python", "echo servi")
    jeton = subprocess.run(
        ["sh", "-c", f"cat boot.lock {verrou} | cksum"], cwd=RACINE, capture_output=True, check=True
    )
    (dossier / ".venv" / ".verrou").write_bytes(jeton.stdout)
