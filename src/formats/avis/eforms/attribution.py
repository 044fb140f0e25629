"""L'avis d'attribution européen, en XML :
les mêmes organisations, le même objet, et ce que chaque lot est devenu.

Sous-types 29 (marché), 30 (entité adjudicatrice), 32 (concession),
33 (services sociaux), E4 (volontaire). Rien d'inventé.
"""

from lxml import etree

from formats.avis.attribution import AvisDAttribution, Titulaire
from formats.avis.eforms import objet, organisations, resultats
from formats.avis.eforms.construction import (
    SDK,
    acheteur,
    base_nationale,
    ecrire_le_changement,
    entete,
)
from formats.avis.eforms.lot import ecrire_le_recours, ecrire_les_criteres, numero
from formats.avis.eforms.noms import (
    CAN,
    ESPACES,
    bloc,
    code,
    elaguer,
    extension,
    nom,
    phrase,
    valeur,
)
from formats.avis.eforms.organisations import ACHETEUR, designer
from formats.avis.modele import Avis, Identifiants, Lot

# UBL exige cette date, que l'Europe n'emploie pas : le kit officiel la fixe.
DATE_SANS_EMPLOI = "2000-01-01Z"


def construire_l_attribution(
    attribution: AvisDAttribution, *, identifiants: Identifiants, sdk: str = SDK
) -> bytes:
    """Le XML de l'avis d'attribution, en UTF-8.

    `sdk` : la version du kit européen que le destinataire accepte.
    """
    avis = attribution.avis
    espaces: dict[str | None, str] = dict(ESPACES.items())
    racine = etree.Element(f"{{{CAN}}}ContractAwardNotice", nsmap={None: CAN, **espaces})
    ajouts = extension(racine)
    if avis.changement:
        ecrire_le_changement(ajouts, avis.changement)
    titulaires = numeros_des_titulaires(attribution)
    resultats.ecrire(ajouts, attribution, titulaires)
    code(bloc(ajouts, "efac:NoticeSubType"), "cbc:SubTypeCode", avis.sous_type, "notice-subtype")
    _organisations(ajouts, attribution, titulaires)
    entete(racine, avis, identifiants, sdk)
    for _, qui in organisations.acheteurs(avis):
        acheteur(racine, avis, qui)
    base_nationale(bloc(racine, "cac:TenderingTerms"), avis)
    _procedure(racine, attribution)
    objet.de_la_procedure(racine, avis)
    for part in avis.lots:
        _lot(racine, avis, part)
    valeur(bloc(racine, "cac:TenderResult"), "cbc:AwardDate", DATE_SANS_EMPLOI)
    elaguer(racine)
    return bytes(etree.tostring(racine, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def numeros_des_titulaires(attribution: AvisDAttribution) -> dict[Titulaire, str]:
    """Chaque entreprise retenue et son numéro,
    après ceux de l'acheteur, du tribunal et des membres.
    """
    uniques = dict.fromkeys(
        titulaire
        for resultat in attribution.resultats
        for offre in resultat.retenues
        for titulaire in offre.titulaires
    )
    debut = 3 + len(attribution.avis.acheteur.membres)
    return {titulaire: f"ORG-{rang:04}" for rang, titulaire in enumerate(uniques, start=debut)}


def _organisations(
    ajouts: etree._Element, attribution: AvisDAttribution, titulaires: dict[Titulaire, str]
) -> None:
    ensemble = organisations.ecrire(ajouts, attribution.avis)
    for titulaire, qui in titulaires.items():
        element = bloc(ensemble, "efac:Organization")
        organisations.societe(element, titulaire.organisation, qui, taille=titulaire.taille)


def _procedure(racine: etree._Element, attribution: AvisDAttribution) -> None:
    avis = attribution.avis
    suite = bloc(racine, "cac:TenderingProcess")
    phrase(suite, "cbc:Description", avis.procedure.description)
    code(suite, "cbc:ProcedureCode", avis.procedure.code, "procurement-procedure-type")
    if attribution.avis_de_marche:
        precedent = bloc(suite, "cac:NoticeDocumentReference")
        etree.SubElement(
            precedent, nom("cbc:ID"), {"schemeName": "notice-id-ref"}
        ).text = attribution.avis_de_marche


def _lot(parent: etree._Element, avis: Avis, lot: Lot) -> None:
    element = bloc(parent, "cac:ProcurementProjectLot")
    valeur(element, "cbc:ID", numero(lot), schemeName="Lot")
    termes = bloc(element, "cac:TenderingTerms")
    if avis.sous_type in {"29", "32", "33"}:
        code(
            termes,
            "cbc:FundingProgramCode",
            "eu-funds" if lot.fonds_europeens else "no-eu-funds",
            "eu-funded",
        )
    if avis.sous_type != "E4":
        ecrire_les_criteres(termes, avis, lot.criteres)
    if avis.sous_type in {"30", "32"}:
        designer(termes, "cac:AdditionalInformationParty", ACHETEUR)
    ecrire_le_recours(termes, avis)
    _techniques(element, avis, lot)
    objet.du_lot(element, avis, lot)


def _techniques(parent: etree._Element, avis: Avis, lot: Lot) -> None:
    """L'accord international, l'enchère et l'accord-cadre,
    que l'Europe demande d'un marché seul.
    """
    if avis.sous_type not in {"29", "30", "33"}:
        return
    suite = bloc(parent, "cac:TenderingProcess")
    # L'accord international ne couvre pas les services sociaux :
    # l'Europe refuse d'y lire oui ou non.
    if avis.sous_type != "33":
        valeur(suite, "cbc:GovernmentAgreementConstraintIndicator", True)
    valeur(bloc(suite, "cac:AuctionTerms"), "cbc:AuctionConstraintIndicator", False)
    cadre = lot.accord_cadre.mode if lot.accord_cadre else "none"
    for liste, contenu in {"framework-agreement": cadre, "dps-usage": "none"}.items():
        code(bloc(suite, "cac:ContractingSystem"), "cbc:ContractingSystemTypeCode", contenu, liste)
