"""L'image et les fichiers compose : des réglages qui existent, aucun privilège."""

import re
from pathlib import Path

import pytest
import yaml

from config.env import VARIABLES
from tests.architecture.arbre import RACINE

DEPLOIEMENT = RACINE / "deploiement"
COMPOSES = sorted((DEPLOIEMENT / "compose").glob("*.yaml"))
NOMME = re.compile(r"\bBEFFROI_[A-Z0-9_]+[A-Z0-9]")
FERME = {"read_only": True, "cap_drop": ["ALL"], "security_opt": ["no-new-privileges:true"]}


def reglages_de_caddy() -> set[str]:
    fichiers = (DEPLOIEMENT / "caddy").iterdir()
    return {nom for fichier in fichiers for nom in NOMME.findall(fichier.read_text("utf-8"))}


@pytest.mark.parametrize(
    "fichier", [*COMPOSES, DEPLOIEMENT / "compose" / "reglages.exemple"], ids=lambda f: f.name
)
def test_chaque_reglage_nomme_est_lu_par_la_plateforme_ou_par_caddy(fichier: Path):
    nommes = set(NOMME.findall(fichier.read_text("utf-8")))

    assert nommes and nommes - set(VARIABLES) <= reglages_de_caddy()


@pytest.mark.parametrize("fichier", COMPOSES, ids=lambda f: f.name)
def test_la_plateforme_n_y_a_ni_privilege_ni_racine_a_ecrire(fichier: Path):
    services = yaml.safe_load(fichier.read_text("utf-8"))["services"].values()
    beffroi = [service for service in services if "localhost/beffroi" in service["image"]]

    assert len(beffroi) > 2
    assert all(FERME.items() <= service.items() for service in beffroi)


def test_l_image_copie_ce_qui_existe_et_la_version_s_y_lit():
    texte = (DEPLOIEMENT / "conteneur" / "Containerfile").read_text("utf-8")
    copies = [
        source
        for ligne in re.findall(r"^COPY (?!--from)(.+)$", texte, re.MULTILINE)
        for source in ligne.split()[:-1]
    ]

    assert {"src", "beffroi", "pyproject.toml"} <= set(copies)
    assert [source for source in copies if not (RACINE / source).exists()] == []


def test_l_image_ne_tourne_pas_en_root_et_ne_garde_ni_pip_ni_paquet_de_construction():
    texte = (DEPLOIEMENT / "conteneur" / "Containerfile").read_text("utf-8")
    finale = texte.rsplit("\nFROM ", 1)[1]

    assert "USER 10001:10001" in finale
    assert "RUN" not in finale
