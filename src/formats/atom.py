"""Un flux Atom (RFC 4287) : ce qui est nouveau, ce qui a changé, pour un lecteur de flux.

L'identifiant d'une entrée ne change jamais : un changement la renouvelle au lieu de la répéter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

_ESPACE = "http://www.w3.org/2005/Atom"
TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True)
class Entree:
    """Un objet du flux. `auteur` : qui publie."""

    identifiant: str
    titre: str
    adresse: str
    publiee_le: datetime
    mise_a_jour: datetime
    resume: str
    auteur: str
    categories: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Flux:
    """Un flux et ses entrées, la plus récemment changée d'abord."""

    identifiant: str
    titre: str
    sous_titre: str
    adresse: str
    adresse_du_flux: str
    mis_a_jour: datetime
    auteur: str
    entrees: Sequence[Entree]


def en_atom(flux: Flux) -> bytes:
    racine = ET.Element("feed", {"xmlns": _ESPACE, "xml:lang": "fr"})
    _texte(racine, "id", flux.identifiant)
    _texte(racine, "title", flux.titre)
    if flux.sous_titre:
        _texte(racine, "subtitle", flux.sous_titre)
    _texte(racine, "updated", _instant(flux.mis_a_jour))
    _auteur(racine, flux.auteur)
    ET.SubElement(
        racine, "link", rel="self", type="application/atom+xml", href=flux.adresse_du_flux
    )
    ET.SubElement(racine, "link", rel="alternate", type="text/html", href=flux.adresse)
    _texte(racine, "generator", "Beffroi")
    for entree in flux.entrees:
        _entree(racine, entree)
    return bytes(ET.tostring(racine, encoding="utf-8", xml_declaration=True))


def _entree(racine: ET.Element, entree: Entree) -> None:
    element = ET.SubElement(racine, "entry")
    _texte(element, "id", entree.identifiant)
    _texte(element, "title", entree.titre)
    _texte(element, "updated", _instant(entree.mise_a_jour))
    _texte(element, "published", _instant(entree.publiee_le))
    _auteur(element, entree.auteur)
    ET.SubElement(element, "link", rel="alternate", type="text/html", href=entree.adresse)
    for cle, libelle in entree.categories:
        ET.SubElement(element, "category", term=cle, label=libelle)
    _texte(element, "summary", entree.resume)


def _auteur(parent: ET.Element, nom: str) -> None:
    _texte(ET.SubElement(parent, "author"), "name", nom)


def _texte(parent: ET.Element, nom: str, texte: str) -> None:
    ET.SubElement(parent, nom).text = _sans_commande(texte)


def _sans_commande(texte: str) -> str:
    """XML 1.0 n'admet aucun caractère de commande,
    hors tabulation et fins de ligne, ni les non-caractères.
    """
    return "".join(
        c
        for c in texte
        if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
    )


def _instant(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
