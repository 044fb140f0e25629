"""Lire du XML venu d'ailleurs : sans entité, sans réseau, sans DTD, sans excès."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from formats.lecture import bornes, refus

type Element = Any  # lxml n'est pas typé
_DECLARATIONS = re.compile(
    rb"<\x00?!\x00?(?:D\x00?O\x00?C\x00?T\x00?Y\x00?P\x00?E|E\x00?N\x00?T\x00?I\x00?T\x00?Y)"
)


def arbre(octets: bytes) -> Element:
    """La racine du document.

    Une déclaration d'entités n'a rien à faire dans un document de traitement de texte.
    """
    sans_entites(octets)
    lecteur = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        racine = etree.fromstring(octets, lecteur)
    except (etree.XMLSyntaxError, ValueError) as panne:
        raise refus.abime("de traitement de texte") from panne
    if racine.getroottree().docinfo.doctype:
        raise refus.suspect("il déclare des entités XML")
    if profondeur(racine) > bornes.PROFONDEUR:
        raise refus.suspect("il est imbriqué démesurément")
    return racine


def sans_entites(octets: bytes) -> None:
    """Une partie XML qui déclare un type de document ou des entités ne se lit pas."""
    if _DECLARATIONS.search(octets):
        raise refus.suspect("il déclare des entités XML")


def profondeur(racine: Element) -> int:
    """La plus longue chaîne d'éléments emboîtés."""
    niveau = plus_profond = 0
    for evenement, _ in etree.iterwalk(racine, events=("start", "end")):
        niveau += 1 if evenement == "start" else -1
        plus_profond = max(plus_profond, niveau)
    return plus_profond


def nom(element: Element) -> str:
    """Le nom local : les variantes d'un format ne diffèrent que par leur espace de noms."""
    balise = element.tag
    return balise.rpartition("}")[2] if isinstance(balise, str) else ""


def attribut(element: Element, local: str) -> str:
    """La valeur d'un attribut, quel que soit son espace de noms ; vide s'il manque."""
    for cle, valeur in element.attrib.items():
        if str(cle).rpartition("}")[2] == local:
            return str(valeur)
    return ""


def enfants(element: Element, local: str) -> Iterator[Element]:
    return (enfant for enfant in element if nom(enfant) == local)


def enfant(element: Element | None, local: str) -> Element | None:
    return None if element is None else next(enfants(element, local), None)


def descendants(element: Element, local: str) -> Iterator[Element]:
    return (noeud for noeud in element.iter() if nom(noeud) == local)
