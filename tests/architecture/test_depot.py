"""Ce que le dépôt de code promet :
licence, documents, reconstruction du navigateur, rien d'étranger.
"""

import os
import re
import shutil
import subprocess

import pytest

from tests.architecture.arbre import RACINE

ETRANGER = re.compile(
    r"https?://(pypi|files\.pythonhosted|registry\.npmjs)[^\s\"']*", re.IGNORECASE
)
BUNDLES = RACINE / "src" / "beffroi" / "faces" / "portail" / "static" / "beffroi" / "js"


def fichiers_suivis():
    sortie = subprocess.run(
        ["git", "ls-files", "-z"], cwd=RACINE, capture_output=True, check=False
    ).stdout
    return [RACINE / nom for nom in sortie.decode().split("\0") if nom]


def test_la_licence_est_l_eupl():
    assert (
        (RACINE / "LICENSE").read_text("utf-8").startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    )
    assert 'license = "EUPL-1.2"' in (RACINE / "pyproject.toml").read_text("utf-8")
    assert "EUPL-1.2" in (RACINE / "publiccode.yml").read_text("utf-8")


def test_aucun_fichier_suivi_ne_nomme_un_magasin_de_paquets():
    if not (RACINE / ".git").exists():
        pytest.skip("ce dossier n'est pas un dépôt git : rien à lire")
    fautes = [
        str(fichier.relative_to(RACINE))
        for fichier in fichiers_suivis()
        if fichier.suffix in {".lock", ".json", ".toml", ".py", ".ts", ".md", ".yml", ".sh", ""}
        and fichier.is_file()
        if ETRANGER.search(fichier.read_text("utf-8", errors="ignore"))
    ]

    assert fautes == []


def test_les_dependances_sont_justifiees():
    """Chaque dépendance directe a sa ligne dans docs/developpeurs/dependances.md."""
    import tomllib

    projet = tomllib.loads((RACINE / "pyproject.toml").read_text("utf-8"))
    directes = projet["project"]["dependencies"] + projet["dependency-groups"]["dev"]
    noms = {re.split(r"[\[<>=~ ]", dependance)[0] for dependance in directes}
    page = (RACINE / "docs" / "developpeurs" / "dependances.md").read_text("utf-8")

    assert [nom for nom in sorted(noms) if f"`{nom}`" not in page] == []


def test_le_code_du_navigateur_se_reconstruit_a_l_identique(tmp_path):
    if not shutil.which("npm"):
        pytest.skip(
            "Node n'est pas installé : la reconstruction du code du navigateur n'a pas été vérifiée"
        )
    for nom in (
        "package.json",
        "package-lock.json",
        ".npmrc",
        "tsconfig.json",
        "navigateur",
        "src/sceau/vectors",
    ):
        copier(nom, tmp_path)
    (tmp_path / BUNDLES.relative_to(RACINE)).mkdir(parents=True)
    environnement = {**os.environ, "CI": "1"}
    for commande in (
        ["npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"],
        ["npm", "run", "build"],
    ):
        fait = subprocess.run(
            commande, cwd=tmp_path, env=environnement, capture_output=True, text=True, check=False
        )
        assert fait.returncode == 0, fait.stdout + fait.stderr

    reconstruits = {
        f.name: f.read_bytes()
        for f in (tmp_path / BUNDLES.relative_to(RACINE)).rglob("*")
        if f.is_file()
    }
    assert reconstruits == {f.name: f.read_bytes() for f in BUNDLES.rglob("*") if f.is_file()}


def copier(nom, vers):
    source = RACINE / nom
    (vers / nom).parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, vers / nom, ignore=shutil.ignore_patterns("node_modules"))
    elif source.exists():
        shutil.copy(source, vers / nom)
