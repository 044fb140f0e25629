"""D'où vient chaque article que le code cite, et quel test le prouve :
lu dans les sources, sans rien exécuter.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from beffroi.achat.controles.rules import CONTROLES
from droit.citation import Article, Source
from droit.tables import charger

RACINE = Path(__file__).resolve().parents[4]
_CODIFIE = re.compile(r"\b[LRD]\. \d{3,4}(?:-\d+)*")
_CITE = re.compile(r"\b(CCP|CGCT|CJA|CRPA), art\. ([^)\n]*)")
_NOMBRE = re.compile(r"\b\d+\b")
_ANNEXE = re.compile(r"\bannexe \d+")


@dataclass(order=True, frozen=True)
class Reference:
    """Un article entier : sans alinéa ni numéro, pour que la règle et le test se retrouvent."""

    texte: str
    numero: str

    def __str__(self) -> str:
        return (
            f"{self.texte}, art. {self.numero}"
            if "annexe" not in self.numero
            else f"{self.texte}, {self.numero}"
        )


@dataclass
class Ligne:
    """Ce qui cite un article, et ce qui le prouve. `procedures` : les lignes des tables ;
    elles n'ont pas de règle à elles.

    `documentation` : les modules qui ne citent l'article que dans leurs phrases.
    """

    regles: set[str] = field(default_factory=set)
    controles: set[str] = field(default_factory=set)
    valeurs: set[str] = field(default_factory=set)
    procedures: set[str] = field(default_factory=set)
    documentation: set[str] = field(default_factory=set)
    tests: set[str] = field(default_factory=set)

    @property
    def est_une_regle(self) -> bool:
        return bool(self.regles or self.controles or self.valeurs)

    @property
    def est_connue(self) -> bool:
        return self.est_une_regle or bool(self.procedures or self.documentation)


def references(texte: str, numero: str) -> tuple[Reference, ...]:
    """« R. 2123-1, 2°, a » est l'article R. 2123-1 ; « R. 3125-1 et R. 3125-2 » en sont deux."""
    entier = numero.split(",", maxsplit=1)[0].strip()
    trouves = (
        _CODIFIE.findall(numero) or _ANNEXE.findall(numero) or _NOMBRE.findall(entier) or [entier]
    )
    return tuple(Reference(texte, trouve) for trouve in trouves)


@cache
def lignes() -> dict[Reference, Ligne]:
    """Tous les articles cités par une règle, un contrôle, une valeur ou un test."""
    tableau: defaultdict[Reference, Ligne] = defaultdict(Ligne)
    for reference, regle in _regles():
        tableau[reference].regles.add(regle)
    for controle in CONTROLES:
        for reference in _de(controle.fondement):
            tableau[reference].controles.add(controle.code)
    for fiche in charger().fiches.values():
        for reference in _de(tuple(periode.article for periode in fiche.periodes)):
            tableau[reference].valeurs.add(fiche.cle)
    for procedure in charger().procedures.values():
        cites = (
            procedure.article.numero if isinstance(procedure.article, Article) else "",
            procedure.note,
        )
        for numero in (trouve for cite in cites for trouve in _CODIFIE.findall(cite)):
            tableau[Reference("CCP", numero)].procedures.add(procedure.cle)
    for reference, module in _documentation():
        tableau[reference].documentation.add(module)
    for reference, test in _tests():
        tableau[reference].tests.add(test)
    return dict(sorted(tableau.items()))


def _de(sources: tuple[Source, ...]) -> Iterator[Reference]:
    for source in sources:
        if isinstance(source, Article):
            yield from references(source.texte, source.numero)


def _regles() -> Iterator[tuple[Reference, str]]:
    for fichier in _du_produit():
        for appel in _appels(fichier, "Article"):
            arguments = [
                a.value
                for a in appel.args
                if isinstance(a, ast.Constant) and isinstance(a.value, str)
            ]
            if len(arguments) == 2:
                for reference in references(*arguments):
                    yield reference, _module(fichier)


def _documentation() -> Iterator[tuple[Reference, str]]:
    for fichier in _du_produit():
        for noeud in _noeuds(fichier, _CITE):
            if isinstance(noeud, ast.FunctionDef | ast.ClassDef | ast.Module):
                for texte, numeros in _CITE.findall(ast.get_docstring(noeud) or ""):
                    for numero in _CODIFIE.findall(numeros):
                        yield Reference(texte, numero), _module(fichier)


def _tests() -> Iterator[tuple[Reference, str]]:
    for dossier in ("src", "tests"):
        for fichier in sorted((RACINE / dossier).rglob("test_*.py")):
            for appel in _appels(fichier, "article"):
                arguments = [
                    a.value
                    for a in appel.args
                    if isinstance(a, ast.Constant) and isinstance(a.value, str)
                ]
                if len(arguments) == 2:
                    for reference in references(*arguments):
                        yield reference, fichier.relative_to(RACINE).as_posix()


def preuves_du_controle(code: str) -> list[str]:
    """Les fichiers de `tests/droit` qui nomment le contrôle."""
    fichiers = sorted((RACINE / "tests" / "droit").rglob("test_*.py"))
    cite = f'"{code}"'
    return [f.relative_to(RACINE).as_posix() for f in fichiers if cite in f.read_text("utf-8")]


def _du_produit() -> list[Path]:
    fichiers = sorted((RACINE / "src").rglob("*.py"))
    return [fichier for fichier in fichiers if not {"tests", "migrations"} & set(fichier.parts)]


def _appels(fichier: Path, nom: str) -> Iterator[ast.Call]:
    for noeud in _noeuds(fichier, re.compile(rf"\b{nom}\b")):
        if isinstance(noeud, ast.Call):
            fonction = noeud.func
            appele = (
                fonction.attr
                if isinstance(fonction, ast.Attribute)
                else getattr(fonction, "id", "")
            )
            if appele == nom:
                yield noeud


def _noeuds(fichier: Path, attendu: re.Pattern[str]) -> Iterator[ast.AST]:
    """La syntaxe d'un fichier, s'il contient ce qu'on y cherche :
    analyser tous les autres coûterait cher.
    """
    texte = fichier.read_text("utf-8")
    if attendu.search(texte):
        yield from ast.walk(ast.parse(texte))


def _module(fichier: Path) -> str:
    chemin = fichier.relative_to(RACINE / "src").with_suffix("").as_posix()
    return chemin.removesuffix("/__init__").replace("/", ".")
