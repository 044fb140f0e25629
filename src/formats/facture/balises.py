"""Écrire du XML sans gabarit : un nom préfixé, un texte, des attributs ;
un texte vide n'écrit rien.
"""

from collections.abc import Mapping
from decimal import Decimal

from lxml import etree

from formats.caracteres import visible


class Balises:
    """Des éléments d'un vocabulaire. Le préfixe du nom (`cbc:ID`) dit l'espace."""

    def __init__(self, espaces: Mapping[str, str]) -> None:
        self._espaces = dict(espaces)

    def racine(self, nom: str, defaut: str = "") -> etree._Element:
        espaces: dict[str | None, str] = dict(self._espaces.items())
        if defaut:
            return etree.Element(f"{{{defaut}}}{nom}", nsmap={None: defaut, **espaces})
        return etree.Element(self._nom(nom), nsmap=espaces)

    def noeud(self, parent: etree._Element, *chemin: str) -> etree._Element:
        """Les éléments de ce chemin, l'un dans l'autre ; rend le dernier."""
        for nom in chemin:
            parent = etree.SubElement(parent, self._nom(nom))
        return parent

    def texte(self, parent: etree._Element, nom: str, valeur: str, **attributs: str) -> None:
        propre = visible(" ".join(valeur.split()))
        if propre:
            etree.SubElement(parent, self._nom(nom), attributs).text = propre

    def montant(self, parent: etree._Element, nom: str, valeur: Decimal, **attributs: str) -> None:
        etree.SubElement(parent, self._nom(nom), attributs).text = f"{valeur:.2f}"

    def _nom(self, nom: str) -> str:
        prefixe, _, local = nom.partition(":")
        return f"{{{self._espaces[prefixe]}}}{local}"


def octets(racine: etree._Element) -> bytes:
    return bytes(etree.tostring(racine, xml_declaration=True, encoding="UTF-8", pretty_print=True))
