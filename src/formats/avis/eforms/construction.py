"""L'avis européen, en XML : UBL 2.3 et ses extensions, dans l'ordre que le schéma impose.

Le rendu n'invente rien :
ce que l'avis ne dit pas ne s'écrit pas, et la prévalidation dira ce qui manque.
"""

from lxml import etree

from formats.avis.codes import ATTRIBUTIONS, BASES_JURIDIQUES, TYPES_D_AVIS
from formats.avis.eforms import lot, objet, organisations
from formats.avis.eforms.noms import (
    CN,
    ESPACES,
    LANGUE,
    bloc,
    blocs,
    code,
    elaguer,
    extension,
    instant,
    jour,
    phrase,
    valeur,
)
from formats.avis.eforms.organisations import designer
from formats.avis.modele import Avis, Changement, Identifiants

SDK = "1.15"


def construire(avis: Avis, *, identifiants: Identifiants, sdk: str = SDK) -> bytes:
    """Le XML de l'avis.

    `sdk` : la version du kit européen que le destinataire accepte, comme 1.15.
    """
    espaces: dict[str | None, str] = dict(ESPACES.items())
    racine = etree.Element(f"{{{CN}}}ContractNotice", nsmap={None: CN, **espaces})
    ajouts = extension(racine)
    if avis.changement:
        ecrire_le_changement(ajouts, avis.changement)
    code(bloc(ajouts, "efac:NoticeSubType"), "cbc:SubTypeCode", avis.sous_type, "notice-subtype")
    organisations.ecrire(ajouts, avis)
    entete(racine, avis, identifiants, sdk)
    for _, numero in organisations.acheteurs(avis):
        acheteur(racine, avis, numero)
    _conditions(racine, avis)
    _procedure(racine, avis)
    objet.de_la_procedure(racine, avis)
    for part in avis.lots:
        lot.ecrire(racine, avis, part)
    elaguer(racine)
    return bytes(etree.tostring(racine, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def entete(racine: etree._Element, avis: Avis, identifiants: Identifiants, sdk: str) -> None:
    valeur(racine, "cbc:UBLVersionID", "2.3")
    valeur(racine, "cbc:CustomizationID", f"eforms-sdk-{sdk}")
    valeur(racine, "cbc:ID", identifiants.avis, schemeName="notice-id")
    valeur(racine, "cbc:ContractFolderID", identifiants.dossier)
    instant(racine, avis.envoi, jour="cbc:IssueDate", heure="cbc:IssueTime")
    valeur(racine, "cbc:VersionID", identifiants.version)
    valeur(racine, "cbc:RegulatoryDomain", BASES_JURIDIQUES.get(avis.sous_type, ""))
    forme = "result" if avis.sous_type in ATTRIBUTIONS else "competition"
    code(racine, "cbc:NoticeTypeCode", TYPES_D_AVIS.get(avis.sous_type, ""), forme)
    valeur(racine, "cbc:NoticeLanguageCode", LANGUE)


def ecrire_le_changement(ajouts: etree._Element, changement: Changement) -> None:
    element = bloc(ajouts, "efac:Changes")
    valeur(element, "efbc:ChangedNoticeIdentifier", changement.avis)
    for modification in changement.modifications:
        detail = bloc(element, "efac:Change")
        phrase(detail, "efbc:ChangeDescription", modification.description)
        jour(detail, "efbc:ProcurementDocumentsChangeDate", modification.dossier_modifie_le)
        valeur(
            detail,
            "efbc:ProcurementDocumentsChangeIndicator",
            modification.dossier_modifie_le is not None,
        )
        for partie in modification.parties:
            valeur(bloc(detail, "efac:ChangedSection"), "efbc:ChangedSectionIdentifier", partie)
    raison = bloc(element, "efac:ChangeReason")
    code(raison, "cbc:ReasonCode", changement.motif, "change-corrig-justification")
    phrase(raison, "efbc:ReasonDescription", changement.explication)


def acheteur(racine: etree._Element, avis: Avis, numero: str) -> None:
    """Un acheteur dans son rôle, avec sa forme et son activité."""
    acheteur = avis.acheteur
    partie = bloc(racine, "cac:ContractingParty")
    valeur(partie, "cbc:BuyerProfileURI", acheteur.profil)
    forme = bloc(partie, "cac:ContractingPartyType")
    code(forme, "cbc:PartyTypeCode", acheteur.forme, "buyer-legal-type")
    if avis.sous_type in {"19", "32"}:
        genre = "cont-ent" if acheteur.entite_adjudicatrice else "not-cont-ent"
        code(
            bloc(partie, "cac:ContractingPartyType"),
            "cbc:PartyTypeCode",
            genre,
            "buyer-contracting-type",
        )
    _activites(partie, avis)
    designer(partie, "cac:Party", numero)


def _activites(partie: etree._Element, avis: Avis) -> None:
    """Une autorité dit la sienne (BT-10) ; une entreprise publique celle de son réseau
    (BT-610) ; l'avis 30, les deux.
    """
    acheteur = avis.acheteur
    entreprise = acheteur.forme.startswith(("pub-undert", "spec-rights"))
    if not entreprise:
        code(
            bloc(partie, "cac:ContractingActivity"),
            "cbc:ActivityTypeCode",
            acheteur.activite,
            "authority-activity",
        )
    if acheteur.entite_adjudicatrice and (entreprise or avis.sous_type == "30"):
        code(
            bloc(partie, "cac:ContractingActivity"),
            "cbc:ActivityTypeCode",
            acheteur.reseau,
            "entity-activity",
        )


def _conditions(racine: etree._Element, avis: Avis) -> None:
    termes = bloc(racine, "cac:TenderingTerms")
    base_nationale(termes, avis)
    exclusion = blocs(termes, "cac:TendererQualificationRequest/cac:SpecificTendererRequirement")
    code(
        exclusion,
        "cbc:TendererRequirementTypeCode",
        "epo-procurement-document",
        "exclusion-grounds-source",
    )
    if avis.est_alloti:
        repartition = bloc(termes, "cac:LotDistribution")
        valeur(repartition, "cbc:MaximumLotsAwardedNumeric", avis.procedure.lots_attribues_maximum)
        valeur(
            repartition,
            "cbc:MaximumLotsSubmittedNumeric",
            avis.procedure.lots_soumis_maximum or len(avis.lots),
        )


def base_nationale(termes: etree._Element, avis: Avis) -> None:
    """Un avis que l'Union n'exige pas dit le droit qui le fonde."""
    if BASES_JURIDIQUES.get(avis.sous_type) == "other":
        base = bloc(termes, "cac:ProcurementLegislationDocumentReference")
        valeur(base, "cbc:ID", "LocalLegalBasis")
        phrase(
            base, "cbc:DocumentDescription", avis.base_juridique or "Code de la commande publique"
        )


def _procedure(racine: etree._Element, avis: Avis) -> None:
    suite = bloc(racine, "cac:TenderingProcess")
    phrase(suite, "cbc:Description", avis.procedure.description)
    code(suite, "cbc:ProcedureCode", avis.procedure.code, "procurement-procedure-type")
    if avis.sous_type == "16" and avis.procedure.code in {"open", "restricted", "neg-w-call"}:
        urgence = bloc(suite, "cac:ProcessJustification")
        code(
            urgence,
            "cbc:ProcessReasonCode",
            str(avis.procedure.acceleree).lower(),
            "accelerated-procedure",
        )
        phrase(urgence, "cbc:ProcessReason", avis.procedure.justification)
