"""Des fichiers TOML aux fiches.

Une valeur sans source, sans marque ou sans date ne se charge pas.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from droit.citation import Article, Document, Jurisprudence, Source
from droit.tables.modele import (
    ConfianceDansLaSource,
    Donnee,
    Fiche,
    Lecture,
    Periode,
    Procedure,
    TableIncoherente,
)

SOURCES = "sources.toml"
# Une procédure peut n'avoir ni délai minimal, ni valeur dans le schéma des données
# essentielles : elle l'écrit, vide.
FACULTATIFS = {"delais", "decp"}
Contenu = Mapping[str, Any]


@dataclass(frozen=True)
class Tables:
    """Toutes les tables, leur version et leur empreinte :
    de quoi rejouer une décision plus tard.
    """

    version: str
    empreinte: str
    fiches: Mapping[str, Fiche]
    procedures: Mapping[str, Procedure]


@cache
def charger() -> Tables:
    """Les tables du paquet, lues une fois."""
    return composer(lire_les_fichiers())


def lire_les_fichiers() -> dict[str, Contenu]:
    dossier = files("droit.tables")
    noms = sorted(fichier.name for fichier in dossier.iterdir() if fichier.name.endswith(".toml"))
    return {nom: tomllib.loads((dossier / nom).read_text("utf-8")) for nom in noms}


def composer(fichiers: Mapping[str, Contenu]) -> Tables:
    lectures = {
        sigle: Lecture(sigle, texte["titre"], texte["lien"])
        for sigle, texte in fichiers[SOURCES]["lectures"].items()
    }
    fiches = sans_doublon(
        fiche(brut, lectures)
        for contenu in fichiers.values()
        for brut in contenu.get("valeurs", ())
    )
    procedures = sans_doublon(
        procedure(brut, lectures)
        for contenu in fichiers.values()
        for brut in contenu.get("procedures", ())
    )
    return Tables(fichiers[SOURCES]["version"], empreinte_de(fichiers), fiches, procedures)


def sans_doublon[T: (Fiche, Procedure)](lues: Iterator[T]) -> Mapping[str, T]:
    rangees: dict[str, T] = {}
    for lue in lues:
        if lue.cle in rangees:
            raise TableIncoherente(f"« {lue.cle} » est écrite deux fois.")
        rangees[lue.cle] = lue
    return MappingProxyType(rangees)


def fiche(brut: Contenu, lectures: Mapping[str, Lecture]) -> Fiche:
    cle = exiger(brut, "cle", str, ou="une table")
    return Fiche(
        cle=cle,
        libelle=exiger(brut, "libelle", str, ou=cle),
        unite=exiger(brut, "unite", str, ou=cle),
        pivot=exiger(brut, "pivot", str, ou=cle),
        revoir_avant=exiger(brut, "revoir_avant", date, ou=cle),
        periodes=tuple(periode(ligne, lectures, ou=cle) for ligne in brut.get("periodes", ())),
        inconnu=brut.get("inconnu", ""),
    )


def periode(brut: Contenu, lectures: Mapping[str, Lecture], *, ou: str) -> Periode:
    return Periode(
        du=exiger(brut, "du", date, ou=ou),
        au=exiger(brut, "au", date, ou=ou) if "au" in brut else None,
        valeur=donnee(brut, ou=ou),
        article=source(brut, ou=ou),
        lu=lecture(brut, lectures, ou=ou),
        confiance=confiance(brut, ou=ou),
        note=brut.get("note", ""),
        entree_lue=exiger(brut, "entree_lue", bool, ou=ou) if "entree_lue" in brut else True,
    )


def procedure(brut: Contenu, lectures: Mapping[str, Lecture]) -> Procedure:
    cle = exiger(brut, "cle", str, ou="les procédures")

    def texte(nom: str) -> str:
        return exiger(brut, nom, str, ou=cle)

    def liste(nom: str) -> tuple[str, ...]:
        return tuple(exiger(brut, nom, list, ou=cle))

    return Procedure(
        cle=cle,
        libelle=texte("libelle"),
        axe=texte("axe"),
        article=source(brut, ou=cle),
        natures=liste("natures"),
        acheteurs=liste("acheteurs"),
        formalisee=exiger(brut, "formalisee", bool, ou=cle),
        phases=liste("phases"),
        enveloppes=liste("enveloppes"),
        documents=liste("documents"),
        techniques=liste("techniques"),
        negociation=texte("negociation"),
        variantes=texte("variantes"),
        delais=texte("delais"),
        decp=texte("decp"),
        servie=texte("servie"),
        du=exiger(brut, "du", date, ou=cle),
        revoir_avant=exiger(brut, "revoir_avant", date, ou=cle),
        lu=lecture(brut, lectures, ou=cle),
        confiance=confiance(brut, ou=cle),
        note=brut.get("note", ""),
    )


def exiger[T](brut: Contenu, champ: str, genre: type[T], *, ou: str) -> T:
    valeur = brut.get(champ)
    if not isinstance(valeur, genre) or (valeur == "" and champ not in FACULTATIFS):
        raise TableIncoherente(f"{ou} : « {champ} » manque ou n'a pas la forme attendue.")
    return valeur


def donnee(brut: Contenu, *, ou: str) -> Donnee:
    valeur = brut.get("valeur")
    if isinstance(valeur, list) and valeur and all(isinstance(element, str) for element in valeur):
        return tuple(valeur)
    if isinstance(valeur, int | str) and valeur != "":
        return valeur
    raise TableIncoherente(f"{ou} : « valeur » manque ou n'a pas la forme attendue.")


def source(brut: Contenu, *, ou: str) -> Source:
    """« CCP R. 2161-2 » (le texte, le numéro),
    « CE | date | numéro », ou le titre d'un document sans article.
    """
    if "jurisprudence" in brut:
        juridiction, jour, numero = exiger(brut, "jurisprudence", str, ou=ou).split(" | ")
        return Jurisprudence(juridiction, jour, numero)
    if "document" in brut:
        return Document(exiger(brut, "document", str, ou=ou))
    code, _, numero = exiger(brut, "article", str, ou=ou).partition(" ")
    if not numero:
        raise TableIncoherente(
            f"{ou} : un article se dit par son texte, puis son numéro, pas « {code} »."
        )
    return Article(code, numero)


def lecture(brut: Contenu, lectures: Mapping[str, Lecture], *, ou: str) -> Lecture:
    sigle = exiger(brut, "lu", str, ou=ou)
    if sigle not in lectures:
        raise TableIncoherente(f"{ou} : « {sigle} » n'est pas une lecture de {SOURCES}.")
    return lectures[sigle]


def confiance(brut: Contenu, *, ou: str) -> ConfianceDansLaSource:
    marque = exiger(brut, "confiance", str, ou=ou)
    if marque not in {membre.value for membre in ConfianceDansLaSource}:
        raise TableIncoherente(f"{ou} : la marque de confiance est V, S ou K, pas « {marque} ».")
    return ConfianceDansLaSource(marque)


def empreinte_de(fichiers: Mapping[str, Contenu]) -> str:
    """SHA-256 des tables mises en forme canonique :
    la mise en page d'un fichier n'y change rien.
    """
    canonique = json.dumps(
        fichiers, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=date.isoformat
    )
    return hashlib.sha256(canonique.encode()).hexdigest()
