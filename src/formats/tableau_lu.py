"""Lire un tableau tel qu'un tableur ou un logiciel l'enregistre :
séparateur, marque d'ordre, accents de Windows.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from formats.illisible import Illisible

OCTETS_AU_PLUS, LIGNES_AU_PLUS, COLONNES_AU_PLUS = 2_000_000, 5_000, 200
SEPARATEURS = ";,\t"
TROP_DE_CELLULES = "Cette ligne a plus de cellules que la première : un séparateur est de trop."
_APOSTROPHE_DE_TABLEUR = re.compile(r"^'(?=[=+\-@])")
_SEPARATEUR_IMPOSE = re.compile(r'sep=([^"\r\n])\r?(?:\n|\Z)')


class TableauIllisible(Illisible):
    """Le fichier n'est pas un tableau qu'on sache lire ; la phrase dit quoi faire."""


@dataclass(frozen=True)
class Rangee:
    """Une ligne du tableau : son numéro dans le fichier, ses valeurs par colonne connue."""

    numero: int
    valeurs: Mapping[str, str]
    deborde: bool = False
    # Les cellules des colonnes inconnues, sous leur en-tête.
    autres: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class TableauLu:
    rangees: Sequence[Rangee]
    colonnes: Sequence[str]
    ignorees: Sequence[str] = field(default=())


def lire(
    octets: bytes, *, colonnes: Mapping[str, Collection[str]], obligatoires: Sequence[str]
) -> TableauLu:
    """Les lignes du tableau, sous le nom de chaque colonne ;
    ou une phrase qui dit pourquoi il ne se lit pas.

    `colonnes` donne à chaque nom les façons de l'écrire, pliées (`plier`).
    """
    exiger_une_taille(octets)
    return composer(rangs(texte_de(octets)), colonnes, obligatoires)


def exiger_une_taille(octets: bytes) -> None:
    if len(octets) > OCTETS_AU_PLUS:
        raise TableauIllisible("Ce fichier fait plus de 2 Mo. Coupez-le en plusieurs tableaux.")


def composer(
    rangs: Sequence[tuple[int, Sequence[str]]],
    colonnes: Mapping[str, Collection[str]],
    obligatoires: Sequence[str],
) -> TableauLu:
    """Le tableau que font ces lignes, dont la première nomme les colonnes."""
    dites = " et ".join(f"« {nom} »" for nom in obligatoires)
    if not rangs:
        raise TableauIllisible(
            f"Ce fichier est vide. Sa première ligne doit nommer les colonnes, dont {dites}."
        )
    (_, entetes), *reste = rangs
    nommees = sum(1 for entete in entetes if entete.strip())
    if nommees > COLONNES_AU_PLUS:
        raise TableauIllisible(
            f"Ce tableau a {nommees} colonnes. La limite est de {COLONNES_AU_PLUS} : "
            "retirez celles qui ne servent pas."
        )
    connues = [reconnu(entete, colonnes) for entete in entetes]
    _exiger([nom for nom in connues if nom], obligatoires, dites)
    if len(reste) > LIGNES_AU_PLUS:
        raise TableauIllisible(
            f"Ce tableau a {len(reste)} lignes. La limite est de {LIGNES_AU_PLUS} : coupez-le."
        )
    ignorees = [
        entete.strip()
        for entete, nom in zip(entetes, connues, strict=True)
        if not nom and entete.strip()
    ]
    rangees = [_rangee(numero, cellules, connues, entetes) for numero, cellules in reste]
    return TableauLu(rangees, [nom for nom in connues if nom], ignorees)


def reconnu(texte: str, noms: Mapping[str, Collection[str]]) -> str:
    """Le nom que ce texte veut dire ; vide s'il n'en dit aucun."""
    cherche = plier(texte)
    return next((nom for nom, ecrits in noms.items() if cherche in ecrits), "")


def plier(texte: str) -> str:
    """« N° SIREN » → « n_siren »."""
    nu = "".join(
        signe
        for signe in unicodedata.normalize("NFD", texte.casefold())
        if not unicodedata.combining(signe)
    )
    return re.sub(r"[^a-z0-9]+", "_", nu).strip("_")


def texte_de(octets: bytes) -> str:
    """Le texte du fichier : UTF-8, UTF-16, ou les accents de Windows.

    Lève `TableauIllisible` si ce n'est pas un texte.
    """
    if octets.startswith(b"PK"):
        raise TableauIllisible(
            "Ce fichier est un classeur. Dans le tableur, enregistrez-le au format CSV."
        )
    texte = _decode(octets)
    if "\0" in texte:
        raise TableauIllisible(
            "Ce fichier n'est pas un texte. Dans le tableur, enregistrez-le au format CSV."
        )
    return texte


def separateur_impose(texte: str) -> str:
    """Celui qu'un tableur écrit en première ligne, « sep=; » ; vide s'il n'en impose pas.

    Un guillemet n'en est pas un : il entoure les cellules.
    """
    impose = _SEPARATEUR_IMPOSE.match(texte)
    return impose[1] if impose else ""


def _decode(octets: bytes) -> str:
    if octets.startswith((b"\xff\xfe", b"\xfe\xff")):
        return octets.decode("utf-16", errors="replace")
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError:
        return octets.decode("cp1252", errors="replace")


def rangs(texte: str) -> list[tuple[int, list[str]]]:
    """Les lignes qui ont une cellule au moins, et leur numéro tel que le tableur l'affiche."""
    premiere = texte.split("\n", 1)[0]
    impose = separateur_impose(texte)
    separateur = impose or max(SEPARATEURS, key=premiere.count)
    lecteur = csv.reader(io.StringIO(texte, newline=""), delimiter=separateur)
    try:
        lus = [(lecteur.line_num, cellules) for cellules in lecteur]
    except csv.Error as erreur:
        raise TableauIllisible(
            "Ce tableau ne se lit pas : un guillemet n'est pas refermé."
        ) from erreur
    return [
        (numero, cellules)
        for numero, cellules in lus[1 if impose else 0 :]
        if any(map(str.strip, cellules))
    ]


def _exiger(connues: Sequence[str], obligatoires: Sequence[str], dites: str) -> None:
    if not set(obligatoires) <= set(connues):
        une = "l'une d'elles" if len(obligatoires) == 1 else "parmi elles"
        raise TableauIllisible(f"La première ligne doit nommer les colonnes, et {une} {dites}.")
    doubles = sorted({nom for nom in connues if connues.count(nom) > 1})
    if doubles:
        raise TableauIllisible(f"Deux colonnes veulent dire « {doubles[0]} ». N'en gardez qu'une.")


def _rangee(
    numero: int, cellules: Sequence[str], connues: Sequence[str], entetes: Sequence[str]
) -> Rangee:
    valeurs = {
        nom: _APOSTROPHE_DE_TABLEUR.sub("", cellule.strip())
        for nom, cellule in zip(connues, cellules, strict=False)
        if nom
    }
    autres = {
        entete.strip(): cellule.strip()
        for entete, nom, cellule in zip(entetes, connues, cellules, strict=False)
        if not nom and entete.strip() and cellule.strip()
    }
    deborde = any(cellule.strip() for cellule in cellules[len(connues) :])
    return Rangee(numero, valeurs, deborde, autres)
