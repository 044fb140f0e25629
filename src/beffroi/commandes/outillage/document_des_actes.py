"""Où se fait quoi : chaque acte, son module, l'écran d'où il part, les tests qui le jouent.

Tiré du code, pour qui cherche un geste par son verbe sans connaître la maison.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from os.path import relpath
from pathlib import Path

from beffroi.commandes.outillage import quartiers
from beffroi.commandes.outillage.document_de_la_maison import dit

RACINE = quartiers.RACINE
PAGE = RACINE / "docs" / "developpeurs" / "ou-se-fait-quoi.md"
EN_TETE = """# Où se fait quoi

Chaque acte de la maison : un acte est une transaction, et une écriture au journal. Cherchez le
verbe d'un bouton (« relancer », « publier », « attribuer ») : la ligne mène à l'acte, à l'écran ou
à la tâche d'où il part, aux tests qui le jouent. La règle qu'il suit est dans le `rules` du même
contexte, avec son article s'il y en a un.

Cette page est tirée du code par `./beffroi docs`.
"""
# D'où part un acte : un écran, une tâche, une ronde, une commande.
DEPARTS = re.compile(r"(^|/)(views|gestes|actes|taches|rondes|prises|suites)[^/]*(/|\\.py$)")
TESTS_AU_PLUS = 2


@dataclass(frozen=True)
class Acte:
    """Une fonction publique d'un module d'actes, et ce qu'en dit sa première phrase."""

    nom: str
    dit: str
    module: Path


def page() -> str:
    return EN_TETE + "".join(
        "\n".join(["", f"## {contexte} : {dit(quartier, contexte)}", "", *table, ""])
        for quartier, contexte in quartiers.tous()
        if (table := list(table_de(dossier_de(quartier, contexte))))
    )


def table_de(dossier: Path) -> Iterator[str]:
    lignes = [ligne_de(acte, dossier) for acte in actes_de(dossier)]
    if lignes:
        yield "| acte | ce qu'il fait | d'où il part | essais |"
        yield "|---|---|---|---|"
        yield from lignes


def ligne_de(acte: Acte, dossier: Path) -> str:
    departs = [
        f
        for f in fichiers(dossier)
        if "tests" not in f.parts and DEPARTS.search(str(f.relative_to(dossier)))
    ]
    essais = sorted(
        (f for f in fichiers(dossier / "tests") if f.name.startswith("test_")),
        key=lambda f: -noms_de(f).count(acte.nom),
    )
    return (
        f"| {lien(acte.nom, acte.module)} | {acte.dit} | "
        f"{liens([f for f in departs if f != acte.module and acte.nom in noms_de(f)])} | "
        f"{liens([f for f in essais if acte.nom in noms_de(f)][:TESTS_AU_PLUS])} |"
    )


def actes_de(dossier: Path) -> Iterator[Acte]:
    modules = [dossier / "services.py", *sorted((dossier / "services").rglob("*.py"))]
    for module in (un for un in modules if un.exists()):
        for noeud in ast.parse(module.read_text("utf-8")).body:
            if isinstance(noeud, ast.FunctionDef) and not noeud.name.startswith("_"):
                yield Acte(noeud.name, premiere_phrase(ast.get_docstring(noeud) or ""), module)


def premiere_phrase(texte: str) -> str:
    return " ".join(texte.partition("\n\n")[0].split()).replace("|", "\\|")


@cache
def fichiers(dossier: Path) -> tuple[Path, ...]:
    trouves = sorted(dossier.rglob("*.py"))
    return tuple(f for f in trouves if "migrations" not in f.parts)


@cache
def noms_de(fichier: Path) -> tuple[str, ...]:
    """Chaque nom et chaque attribut qu'un fichier lit, autant de fois qu'il le lit."""
    noeuds = ast.walk(ast.parse(fichier.read_text("utf-8")))
    return tuple(
        n.id if isinstance(n, ast.Name) else n.attr
        for n in noeuds
        if isinstance(n, ast.Name | ast.Attribute)
    )


def liens(trouves: list[Path]) -> str:
    return ", ".join(lien("/".join(f.with_suffix("").parts[-2:]), f) for f in trouves)


def lien(texte: str, fichier: Path) -> str:
    return f"[{texte}]({relpath(fichier, PAGE.parent)})"


def dossier_de(quartier: str, contexte: str) -> Path:
    return RACINE / "src" / "beffroi" / quartier / contexte
