"""Lire l'arbre du projet : ce que les tests d'architecture regardent."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

RACINE = Path(__file__).resolve().parents[2]
SOURCES = RACINE / "src"
# Un contexte tient dans un quartier ; `integrations` est à côté d'eux.
DOSSIERS = {
    lu.parent.name: lu.parent
    for motif in ("*/*/__init__.py", "integrations/__init__.py")
    for lu in sorted((SOURCES / "beffroi").glob(motif))
    if motif != "*/*/__init__.py" or lu.parts[-3] != "integrations"
}
CONTEXTES = tuple(sorted(DOSSIERS))
# `ecrire_courriel`, ou ce qui l'appelle avec un gabarit (`fondations.services`).
ECRIT_UN_COURRIEL = re.compile(r"\becrire_(courriel|a|a_chacun)\(")


@cache
def fichiers_python() -> tuple[Path, ...]:
    dossiers = (SOURCES, RACINE / "demo", RACINE / "tests")
    return tuple(fichier for dossier in dossiers for fichier in sorted(dossier.rglob("*.py")))


def est_un_test(fichier: Path) -> bool:
    return "tests" in fichier.parts[len(RACINE.parts) :]


def est_une_migration(fichier: Path) -> bool:
    return "migrations" in fichier.parts


def du_produit() -> Iterator[Path]:
    """Le code qui sert : ni tests, ni migrations."""
    for fichier in fichiers_python():
        if not est_un_test(fichier) and not est_une_migration(fichier):
            yield fichier


def ecrit_un_courriel(fichier: Path) -> bool:
    return bool(ECRIT_UN_COURRIEL.search(fichier.read_text("utf-8")))


@cache
def syntaxe(fichier: Path) -> ast.Module:
    return ast.parse(fichier.read_text("utf-8"), filename=str(fichier))


def relatif(fichier: Path) -> str:
    return fichier.relative_to(RACINE).as_posix()


def fonctions(fichier: Path) -> Iterator[ast.FunctionDef]:
    for noeud in ast.walk(syntaxe(fichier)):
        if isinstance(noeud, ast.FunctionDef):
            yield noeud


def lignes_de(noeud: ast.FunctionDef) -> int:
    """Les lignes d'une fonction, sans ses décorateurs ni sa documentation."""
    corps = noeud.body[1:] if ast.get_docstring(noeud) and len(noeud.body) > 1 else noeud.body
    return (noeud.end_lineno or 0) - corps[0].lineno + 1
