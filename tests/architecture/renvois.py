"""Suivre un nom qu'une page écrit entre accents graves :
un module, ce qu'il définit, un mot de la base ou du journal, un fichier.

Le code se lit comme un texte, sans import : la maison entière se parcourt en une demi-seconde.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from beffroi.commandes.cli.lanceur import COMMANDES
from tests.architecture.arbre import (
    DOSSIERS,
    RACINE,
    SOURCES,
    du_produit,
    est_un_test,
    est_une_migration,
)

MAISON = SOURCES / "beffroi"
CONFIG = SOURCES / "config"
# Ce que le premier mot d'un nom pointé peut désigner : un quartier, un contexte, un paquet pur.
LIEUX = {
    **{quartier.name: quartier for quartier in MAISON.iterdir() if quartier.is_dir()},
    **DOSSIERS,
    **{nom: SOURCES / nom for nom in ("droit", "formats", "sceau", "config")},
    "settings": CONFIG,
}
# Ce qu'une page nomme et qui n'est pas de nous.
D_AILLEURS = {
    *("Decimal", "diff", "pygfried"),
    *("Authenticator", "SECRET_KEY_FALLBACKS", "django.core.mail", "django.tasks"),
    *("login_not_required",),
    *("getDisplayMedia", "UID", "SEQUENCE"),
    # Le nom d'un dossier dans une archive rendue.
    "consultations/REFERENCE/",
}
# Ce que toute page peut nommer sans dire où c'est : un réglage, une prise.
COMMUNS = (CONFIG, MAISON / "socle" / "fondations" / "prises.py")

CODE = re.compile(r"`([^`\n]+)`")
BLOC = re.compile(r"^```.*?^```", re.M | re.S)
ARGUMENTS = re.compile(r"\(.*\)$")
NOM = re.compile(r"\.?[A-Za-z_]\w*(\.[A-Za-z_]\w*)*")
FICHIER = re.compile(r"[\w*.-]+(/[\w*.-]+)*(/|\.(py|toml|ts|js|css|html|md|txt))|[\w.-]+/[\w./-]+")

DEFINI = re.compile(
    r"^ *(?:(?:async )?def|class|type) (\w+)"  # une fonction, une classe
    r"|^(?: {4})?(\w+) *(?::[^=\n]*)?=[^=]"  # une constante, un champ
    r"|^ {4}(\w+): "  # un champ annoncé
    r"|^ {8}([A-Z_]+) =",  # le mot d'une énumération
    re.M,
)
DEFINI_DANS_UNE_FONCTION = re.compile(r"^ *(?:(?:async )?def|class) (\w+)", re.M)
PREMIER_PLAN = re.compile(r"^(?=[\w@])", re.M)
# Un mot entre guillemets : un état, un acte, un port. La clé d'un dictionnaire n'en est pas un.
ECRIT = re.compile(r"[\"'}]\.?([\w.]+)[\"'](?!\s*:)")
BLOC_DE_GABARIT = re.compile(r"{% block (\w+)")


def noms_de(texte: str) -> Iterator[str]:
    """Ce qui, dans une page, a la forme d'un nom ou d'un fichier ; sans les exemples."""
    for code in CODE.findall(BLOC.sub("", texte)):
        nom = ARGUMENTS.sub("", code)
        if nom not in D_AILLEURS and (NOM.fullmatch(nom) or FICHIER.fullmatch(nom)):
            yield nom


def existe(nom: str, chez: Iterable[Path]) -> bool:
    """Dans le dossier de la page, dans la pièce que dit son premier mot, ou partout."""
    if nom in COMMANDES or (FICHIER.fullmatch(nom) and any(fichiers_nommes(nom, chez))):
        return True
    premier, *suite = parties = nom.strip(".").removeprefix("beffroi.").split(".")
    return (
        any(mene(parties, lieu) for lieu in (*chez, *COMMUNS))
        or (premier in LIEUX and mene(suite, LIEUX[premier]))
        or se_suffit(nom, parties)
    )


def se_suffit(nom: str, parties: list[str]) -> bool:
    """Une classe, un port, un acte du journal, ou la fin d'un acte (`.arrivee`)."""
    if parties[0][:1].isupper():
        return any(mots.issuperset(parties) for mots in modules())
    return "." in nom and any(nom.strip(".") in mots for mots in modules())


def mene(parties: list[str], lieu: Path) -> bool:
    """Du dossier au module, du module à ce qu'il définit."""
    if not parties:
        return True
    if not lieu.is_dir():
        return definis(lieu).issuperset(parties)
    return any(
        mene(parties[1:], dedans) for dedans in contenu(lieu) if dedans.stem == parties[0]
    ) or any(definis(dedans).issuperset(parties) for dedans in contenu(lieu) if dedans.suffix)


def fichiers_nommes(nom: str, chez: Iterable[Path]) -> Iterator[Path]:
    """D'ici, de la racine, des sources, d'un contexte, d'un gabarit ou du navigateur."""
    chemin = nom.rstrip("/")
    for motif in (chemin, f"{chemin}.py"):
        for lieu in chez:
            yield from lieu.rglob(motif)
        yield from RACINE.glob(motif)
        yield from SOURCES.glob(motif)
        yield from MAISON.glob(motif)
        yield from MAISON.glob(f"*/{motif}")
        yield from MAISON.glob(f"*/*/templates/{motif}")
    if nom.endswith(".ts"):
        yield from (RACINE / "navigateur").rglob(nom)


@cache
def contenu(dossier: Path) -> tuple[Path, ...]:
    return tuple(
        dedans
        for dedans in dossier.rglob("*")
        if dedans.is_dir() or dedans.suffix in {".py", ".html"}
        if not est_un_test(dedans) and not est_une_migration(dedans)
    )


@cache
def definis(fichier: Path) -> frozenset[str]:
    """Les noms du premier plan et des classes, et les mots écrits ; nulle variable locale."""
    texte = fichier.read_text("utf-8")
    if fichier.suffix == ".html":
        return frozenset(BLOC_DE_GABARIT.findall(texte))
    trouves = {mot for ecrit in ECRIT.findall(texte) for mot in (ecrit, ecrit.rpartition(".")[2])}
    for morceau in PREMIER_PLAN.split(texte):
        if morceau.startswith(("def ", "async def ")):
            trouves.update(DEFINI_DANS_UNE_FONCTION.findall(morceau))
        else:
            trouves.update(mot for mots in DEFINI.findall(morceau) for mot in mots if mot)
    return frozenset(trouves)


@cache
def modules() -> tuple[frozenset[str], ...]:
    return tuple(definis(lu) for lu in du_produit())
