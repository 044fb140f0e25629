"""Écrire des contrats en JSON ou en XML, un par un :
les octets sortent à mesure, et sont toujours les mêmes.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

from lxml import etree

from formats import json_exact
from formats.decp.arbre import arbre_de
from formats.decp.champs import CONCESSION, LISTES, MARCHE, Champ, Sorte, Structure
from formats.decp.modele import Concession, Marche, Paquet


def en_json(paquet: Paquet) -> bytes:
    """Le fichier JSON, format 2.0.3, en UTF-8, un contrat par ligne."""
    return b"".join(flux_json(paquet.marches, paquet.concessions))


def en_xml(paquet: Paquet) -> bytes:
    """Le fichier XML, format 2.0.2, en UTF-8.

    Une liste vide de données d'exécution n'y a pas d'écriture : elle s'omet.
    """
    return b"".join(flux_xml(paquet.marches, paquet.concessions))


def flux_json(marches: Iterable[Marche], concessions: Iterable[Concession]) -> Iterator[bytes]:
    """Les mêmes octets, à mesure que les contrats viennent.

    Sans aucun contrat, la liste des marchés est vide.
    """
    yield b'{"marches": {'
    a_des_marches = False
    for contrat in marches:
        yield b",\n" if a_des_marches else b'"marche": [\n'
        yield json_exact.texte(arbre_de(contrat)).encode()
        a_des_marches = True
    a_des_concessions = False
    for concession in concessions:
        if not a_des_concessions and a_des_marches:
            yield b"\n], "
        yield b",\n" if a_des_concessions else b'"contrat-concession": [\n'
        yield json_exact.texte(arbre_de(concession)).encode()
        a_des_concessions = True
    yield b"\n]}}\n" if a_des_marches or a_des_concessions else b'"marche": []}}\n'


def flux_xml(marches: Iterable[Marche], concessions: Iterable[Concession]) -> Iterator[bytes]:
    """Les octets du fichier XML, à mesure que les contrats viennent."""
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<marches>\n'
    for contrat in chain[Marche | Concession](marches, concessions):
        nom, structure = (
            (LISTES[0][0], MARCHE) if isinstance(contrat, Marche) else (LISTES[1][0], CONCESSION)
        )
        element = etree.Element(nom)
        _remplir(element, contrat, structure)
        yield bytes(
            etree.tostring(element, encoding="UTF-8", xml_declaration=False, pretty_print=True)
        )
    yield b"</marches>\n"


def _remplir(element: etree._Element, objet: Any, structure: Structure) -> None:
    for champ in structure.champs:
        valeur = getattr(objet, champ.attribut)
        if valeur is None or (not champ.obligatoire and valeur in {"", ()}):
            continue
        _ecrire(etree.SubElement(element, champ.nom), valeur, champ)


def _ecrire(element: etree._Element, valeur: Any, champ: Champ) -> None:
    if champ.sorte is Sorte.ORGANISME:
        etree.SubElement(element, "id").text = valeur
    elif champ.sorte is Sorte.VALEURS:
        for texte in valeur:
            etree.SubElement(element, champ.balise).text = texte
    elif champ.structure is None:
        element.text = _scalaire(valeur)
    elif champ.sorte is Sorte.OBJET:
        _remplir(element, valeur, champ.structure)
    else:
        for ligne in valeur:
            _remplir(etree.SubElement(element, champ.balise), ligne, champ.structure)


def _scalaire(valeur: Any) -> str:
    if isinstance(valeur, bool):
        return "true" if valeur else "false"
    return json_exact.nombre(valeur) if isinstance(valeur, Decimal) else str(valeur)
