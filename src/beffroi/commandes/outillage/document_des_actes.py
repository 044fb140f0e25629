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

Chaque acte de la maison, c'est-à-dire chaque fonction publique d'un module `services` : d'ordinaire
une transaction et une écriture au journal ; quelques-unes en aident un autre. Cherchez le verbe
d'un bouton (« relancer », « publier », « attribuer ») : la ligne mène à l'acte, à l'écran ou à la
tâche de son contexte d'où il part, aux deux essais de son contexte qui le nomment le plus,
eux-mêmes ou par leur scène. La règle qu'il suit est dans le `rules` du même contexte, avec son
article s'il y en a un.

Cette page est tirée du code par `./beffroi docs`.
"""
# D'où part un acte : un écran, une tâche, une ronde, une commande.
DEPARTS = re.compile(r"(^|/)(views|gestes|actes|taches|rondes|prises|suites)[^/]*(/|\.py$)")
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
    return (
        f"| {lien(acte.nom, acte.module)} | {acte.dit} | "
        f"{liens([f for f in departs if f != acte.module and acte.nom in noms_de(f)])} | "
        f"{liens(essais_de(acte, dossier / 'tests'))} |"
    )


def essais_de(acte: Acte, dossier: Path) -> list[Path]:
    """Ceux qui le nomment, le plus souvent d'abord ; puis ceux dont la scène le joue."""
    joue_par = gestes_qui_jouent(acte.nom, dossier)
    combien = {
        f: (noms_de(f).count(acte.nom), len(joue_par & {*noms_de(f)}))
        for f in fichiers(dossier)
        if est_un_essai(f)
    }
    retenus = sorted((f for f, n in combien.items() if any(n)), key=lambda f: combien[f])
    return retenus[::-1][:TESTS_AU_PLUS]


def gestes_qui_jouent(nom: str, dossier: Path) -> set[str]:
    """Les fonctions des scènes et des gestes du contexte d'où l'acte part, de proche en proche."""
    scenes = (f for f in fichiers(dossier) if not est_un_essai(f))
    gestes = {geste: noms for f in scenes for geste, noms in fonctions_de(f)}
    joue: set[str] = set()
    while suivants := {g for g, noms in gestes.items() if noms & (joue | {nom})} - joue:
        joue |= suivants
    return joue


def est_un_essai(fichier: Path) -> bool:
    return fichier.name.startswith("test_")


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
    return tuple(noms_sous(ast.parse(fichier.read_text("utf-8"))))


@cache
def fonctions_de(fichier: Path) -> tuple[tuple[str, frozenset[str]], ...]:
    """Chaque fonction d'un fichier, et les noms qu'elle lit."""
    return tuple(
        (noeud.name, frozenset(noms_sous(noeud)))
        for noeud in ast.walk(ast.parse(fichier.read_text("utf-8")))
        if isinstance(noeud, ast.FunctionDef)
    )


def noms_sous(noeud: ast.AST) -> Iterator[str]:
    """Noms, attributs, et paramètres : une fixture se demande par le sien."""
    for n in ast.walk(noeud):
        match n:
            case ast.Name(id=nom) | ast.Attribute(attr=nom) | ast.arg(arg=nom):
                yield nom


def liens(trouves: list[Path]) -> str:
    return ", ".join(lien("/".join(f.with_suffix("").parts[-2:]), f) for f in trouves)


def lien(texte: str, fichier: Path) -> str:
    return f"[{texte}]({relpath(fichier, PAGE.parent)})"


def dossier_de(quartier: str, contexte: str) -> Path:
    return RACINE / "src" / "beffroi" / quartier / contexte
