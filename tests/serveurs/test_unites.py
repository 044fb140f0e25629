"""Les unités de `deploiement/`, lues par systemd lui-même : justes, et enfermées."""

import os
import re
import shutil
import subprocess

import pytest

from tests.architecture.arbre import RACINE

DEPLOIEMENT = RACINE / "deploiement"
UNITES = sorted(
    chemin for sorte in ("service", "timer") for chemin in DEPLOIEMENT.rglob(f"*.{sorte}")
)
SERVICES = [chemin for chemin in UNITES if chemin.suffix == ".service"]
# Ce que chaque unité lance n'est pas posé sur la machine qui joue ceci.
PROGRAMME = re.compile(r"^ExecStart=\S+", re.MULTILINE)
INSTANCES = {"beffroi@.service": "serve", "beffroi-archives@.service": "full"}
# Sur dix ; l'exposition que systemd calcule de ce qu'un service pourrait faire.
EXPOSITION_AU_PLUS = 3.0
DITE = re.compile(r"Overall exposure level for \S+: ([0-9.]+)")

pytestmark = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None,
    reason="systemd-analyze n'est pas sur cette machine : les unités n'ont pas été relues.",
)


@pytest.fixture
def analyser(tmp_path):
    """`analyser("verify", unité)` : ce que systemd-analyze en dit, toutes étant dans un dossier."""
    for unite in UNITES:
        texte = PROGRAMME.sub("ExecStart=/bin/true", unite.read_text("utf-8"))
        (tmp_path / unite.name).write_text(texte, "utf-8")

    def analyse(question, unite, *options):
        nommee = unite.name.replace("@.", f"@{INSTANCES.get(unite.name, '')}.")
        (tmp_path / nommee).write_bytes((tmp_path / unite.name).read_bytes())
        return subprocess.run(
            ["systemd-analyze", question, *options, f"./{nommee}"],
            cwd=tmp_path,
            env={**os.environ, "SYSTEMD_UNIT_PATH": f"{tmp_path}:"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    return analyse


def test_il_y_a_des_unites_et_chaque_modele_a_son_instance():
    modeles = {unite.name for unite in UNITES if "@." in unite.name}

    assert len(UNITES) >= 6 and modeles == INSTANCES.keys()


@pytest.mark.parametrize("unite", UNITES, ids=lambda unite: unite.name)
def test_systemd_n_y_trouve_rien_a_redire(unite, analyser):
    fini = analyser("verify", unite, "--man=no", "--recursive-errors=one")

    assert (fini.returncode, fini.stderr) == (0, "")


@pytest.mark.parametrize("unite", SERVICES, ids=lambda unite: unite.name)
def test_un_service_est_enferme(unite, analyser):
    fini = analyser("security", unite, "--offline=true", "--no-pager")

    assert float(DITE.findall(fini.stdout)[0]) <= EXPOSITION_AU_PLUS


def test_une_unite_fausse_se_voit(analyser, tmp_path):
    fausse = tmp_path / "faux" / "beffroi-faux.service"
    fausse.parent.mkdir()
    fausse.write_text("[Service]\nExecStart=/bin/absente\nProtectSytem=strict\n", "utf-8")
    shutil.copy(fausse, tmp_path)

    fini = analyser("verify", fausse, "--man=no", "--recursive-errors=one")
    assert fini.returncode and "ProtectSytem" in fini.stderr
    assert float(DITE.findall(analyser("security", fausse, "--offline=true").stdout)[0]) > 9
