"""La version d'après : une copie du logiciel, une migration qui étend, un numéro de plus."""

import re
import shutil
from pathlib import Path

from tests.architecture.arbre import RACINE

REPRIS = ("src", "demo", "docs", "pyproject.toml", "CHANGELOG.md", "UPGRADE.md", "LICENSE")
# Chaque partie d'un dépôt y écrit : la table la plus chaude.
MODELE = RACINE / "src" / "beffroi" / "reponse" / "depots" / "models.py"
COLONNE = "    recue_le = models.DateTimeField()\n"
AJOUTEE = "    essai = models.TextField(null=True)\n"
MIGRATION = """
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("depots", "{derniere}")]
    operations = [migrations.AddField("partierecue", "essai", models.TextField(null=True))]
"""


def version_suivante(vers: Path) -> Path:
    vers.mkdir()
    for nom in REPRIS:
        source = RACINE / nom
        if source.is_dir():
            shutil.copytree(source, vers / nom, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, vers / nom)
    remplacer(vers / "pyproject.toml", r'^version = "(.*)"$', r'version = "\1.1"')
    modele = vers / MODELE.relative_to(RACINE)
    remplacer(modele, re.escape(COLONNE), COLONNE + AJOUTEE)
    migrations = modele.parent / "migrations"
    derniere = max(f.stem for f in migrations.glob("[0-9]*.py"))
    (migrations / "9999_essai.py").write_text(MIGRATION.format(derniere=derniere), "utf-8")
    return vers


def remplacer(fichier: Path, motif: str, par: str) -> None:
    texte, fois = re.subn(motif, par, fichier.read_text("utf-8"), flags=re.MULTILINE)
    assert fois == 1, f"{fichier.name} : {motif} s'y trouve {fois} fois"
    fichier.write_text(texte, "utf-8")
