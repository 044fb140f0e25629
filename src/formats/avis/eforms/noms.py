"""Les espaces de noms d'un avis européen, et de quoi écrire un élément sans se répéter."""

from datetime import date, datetime
from decimal import Decimal

from lxml import etree

from formats.avis.textes import pour_xml
from formats.dates import PARIS

CN = "urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2"
CAN = "urn:oasis:names:specification:ubl:schema:xsd:ContractAwardNotice-2"
ESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
    "ext": "urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2",
    "efac": "http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1",
    "efext": "http://data.europa.eu/p27/eforms-ubl-extensions/1",
    "efbc": "http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1",
}
LANGUE = "FRA"


def nom(prefixe: str) -> str:
    """`cbc:Name` avec son espace de noms."""
    espace, local = prefixe.split(":")
    return f"{{{ESPACES[espace]}}}{local}"


def bloc(parent: etree._Element, prefixe: str) -> etree._Element:
    """Un élément qui en contiendra d'autres. S'il reste vide, `elaguer` l'enlève."""
    return etree.SubElement(parent, nom(prefixe))


def blocs(parent: etree._Element, chemin: str) -> etree._Element:
    """Plusieurs éléments l'un dans l'autre : `cac:Address/cac:Country`."""
    for prefixe in chemin.split("/"):
        parent = bloc(parent, prefixe)
    return parent


def valeur(parent: etree._Element, prefixe: str, contenu: object, **attributs: str) -> None:
    """Un élément qui porte une valeur ;
    rien s'il n'y a pas de valeur, car un élément vide est une faute.
    """
    texte = _texte(contenu)
    if texte:
        etree.SubElement(parent, nom(prefixe), attributs).text = texte


def phrase(parent: etree._Element, prefixe: str, texte: str) -> None:
    """Un texte, avec sa langue."""
    valeur(parent, prefixe, texte, languageID=LANGUE)


def code(parent: etree._Element, prefixe: str, contenu: str, liste: str) -> None:
    """Un code, avec le nom de sa liste."""
    valeur(parent, prefixe, contenu, listName=liste)


def montant(parent: etree._Element, prefixe: str, contenu: Decimal | None) -> None:
    valeur(parent, prefixe, None if contenu is None else f"{contenu:.2f}", currencyID="EUR")


def instant(parent: etree._Element, quand: datetime | None, *, jour: str, heure: str) -> None:
    """Une date et une heure, à l'heure de Paris, chacune avec son décalage :
    sans lui, l'Europe lirait une autre heure.
    """
    if quand is not None:
        local = quand.astimezone(PARIS)
        decalage = local.isoformat()[-6:]
        valeur(parent, jour, f"{local:%Y-%m-%d}{decalage}")
        valeur(parent, heure, f"{local:%H:%M:%S}{decalage}")


def jour(parent: etree._Element, prefixe: str, quand: date | None) -> None:
    if quand is not None:
        minuit = datetime(quand.year, quand.month, quand.day, tzinfo=PARIS)
        valeur(parent, prefixe, f"{quand:%Y-%m-%d}{minuit.isoformat()[-6:]}")


def extension(parent: etree._Element) -> etree._Element:
    """L'endroit où l'Europe range ce qu'UBL ne prévoit pas ; toujours le premier enfant."""
    return blocs(
        parent, "ext:UBLExtensions/ext:UBLExtension/ext:ExtensionContent/efext:EformsExtension"
    )


def elaguer(element: etree._Element) -> None:
    """Enlève les éléments restés vides, du fond vers la surface."""
    for enfant in list(element):
        elaguer(enfant)
        if not len(enfant) and not (enfant.text or "").strip():
            element.remove(enfant)


def _texte(contenu: object) -> str:
    if isinstance(contenu, bool):
        return "true" if contenu else "false"
    return "" if contenu is None else pour_xml(str(contenu))
