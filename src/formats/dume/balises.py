"""Les balises UBL d'un DUME, et où chaque type de valeur s'écrit."""

import re
from typing import Any

from lxml import etree

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CAC, CBC = f"{UBL}CommonAggregateComponents-2", f"{UBL}CommonBasicComponents-2"
AUTORITE = "http://publications.europa.eu/resource/authority/"
EDM = "4.1.0"
type Element = Any  # lxml n'est pas typé
# Ce que le XML n'admet pas, même échappé.
_INTERDITS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# La liste officielle de chaque code, et sa version pour l'ESPD-EDM 4.1.0.
LISTES = {
    "CriterionTypeCode": (f"{AUTORITE}criterion", "20240612-0"),
    "ProcedureCode": (f"{AUTORITE}procurement-procedure-type", "20250924-0"),
    "IdentificationCode": (f"{AUTORITE}country", "20250924-0"),
    "LocaleCode": (f"{AUTORITE}language", "20250618-0"),
    "RoleCode": (f"{AUTORITE}eo-role-type", "20211208-0"),
    "IndustryClassificationCode": (f"{AUTORITE}economic-operator-size", "20250924-0"),
    "ConfidentialityLevelCode": (f"{AUTORITE}access-right", "20250924-0"),
    "PropertyGroupTypeCode": ("property-group-type", EDM),
    "TypeCode": ("criterion-element-type", EDM),
    "ValueDataTypeCode": ("response-data-type", EDM),
}
# Le type d'une réponse, et l'élément qui la porte dans `cac:ResponseValue`.
REPONSES = {
    "INDICATOR": "ResponseIndicator",
    "DESCRIPTION": "Description",
    "CERTIFICATION_LEVEL_DESCRIPTION": "Description",
    "DATE": "ResponseDate",
    "TIME": "ResponseTime",
    "AMOUNT": "ResponseAmount",
    "MINIMUM_AMOUNT": "ResponseAmount",
    "MAXIMUM_AMOUNT": "ResponseAmount",
    "QUANTITY": "ResponseQuantity",
    "QUANTITY_INTEGER": "ResponseQuantity",
    "QUANTITY_YEAR": "ResponseQuantity",
    "PERCENTAGE": "ResponseNumeric",
    "URL": "ResponseURI",
    "CODE": "ResponseCode",
    "CODE_COUNTRY": "ResponseCode",
    "CODE_BOOLEAN": "ResponseCode",
    "IDENTIFIER": "ResponseID",
    "QUAL_IDENTIFIER": "ResponseID",
    "ECONOMIC_OPERATOR_IDENTIFIER": "ResponseID",
}
# Le type d'une exigence, et l'élément de la propriété qui la porte.
EXIGENCES = {
    "LOT_IDENTIFIER": "ExpectedID",
    "DESCRIPTION": "ExpectedDescription",
    "CODE": "ExpectedCode",
    "CODE_BOOLEAN": "ExpectedCode",
    "MINIMUM_AMOUNT": "MinimumAmount",
    "URL": "ExpectedURI",
    "QUANTITY_YEAR": "ExpectedValueNumeric",
    "MINIMUM_QUANTITY": "ExpectedValueNumeric",
    "MINIMUM_QUANTITY_INTEGER": "ExpectedValueNumeric",
    "MINIMUM_QUANTITY_YEAR": "ExpectedValueNumeric",
}
LISTES_DES_CODES = {"CODE_BOOLEAN": "boolean-gui-control-type", "CODE": f"{AUTORITE}eo-role-type"}


def cac(nom: str) -> str:
    return f"{{{CAC}}}{nom}"


def cbc(nom: str) -> str:
    return f"{{{CBC}}}{nom}"


def chemin(chemin_court: str) -> str:
    """« Party/PartyName/cbc:Name » : les agrégats sont `cac`, la feuille `cbc`."""
    return "/".join(
        cbc(pas[4:]) if pas.startswith("cbc:") else cac(pas) for pas in chemin_court.split("/")
    )


def texte(element: Element, chemin_court: str) -> str:
    """Le texte de ce chemin, espaces rangés ; vide s'il manque."""
    trouve = element.find(chemin(chemin_court))
    return "" if trouve is None else " ".join("".join(trouve.itertext()).split())


def agregat(parent: Element, *noms: str) -> Element:
    for nom in noms:
        parent = etree.SubElement(parent, cac(nom))
    return parent


def feuille(parent: Element, nom: str, contenu: str, **attributs: str) -> None:
    """Une feuille, si elle a quelque chose à dire."""
    if propre(contenu):
        etree.SubElement(parent, cbc(nom), attributs).text = propre(contenu)


def propre(contenu: str) -> str:
    """Sans caractère interdit, les espaces rangés comme à la lecture."""
    return " ".join(_INTERDITS.sub(" ", contenu).split())


def code(parent: Element, nom: str, contenu: str, agence: str = "OP") -> None:
    liste, version = LISTES[nom]
    feuille(parent, nom, contenu, listID=liste, listAgencyID=agence, listVersionID=version)


def identifiant(parent: Element, nom: str, contenu: str, agence: str = "OP") -> None:
    """Un identifiant de la structure du DUME."""
    feuille(parent, nom, contenu, schemeID="Criterion", schemeAgencyID=agence, schemeVersionID=EDM)
