"""Un lot : ses conditions, ses critères, ses délais.

Un achat sans lots en écrit un, que l'Europe exige.
"""

from decimal import Decimal

from lxml import etree

from formats.avis.eforms import objet
from formats.avis.eforms.noms import bloc, blocs, code, extension, instant, phrase, valeur
from formats.avis.eforms.organisations import ACHETEUR, TRIBUNAL, designer
from formats.avis.modele import Avis, Critere, Lot

RESERVE = "reserved-procurement"


def ecrire(parent: etree._Element, avis: Avis, lot: Lot) -> None:
    element = bloc(parent, "cac:ProcurementProjectLot")
    valeur(element, "cbc:ID", numero(lot), schemeName="Lot")
    _conditions(element, avis, lot)
    _deroulement(element, avis, lot)
    objet.du_lot(element, avis, lot)


def numero(lot: Lot) -> str:
    return f"LOT-{lot.numero:04}"


def _conditions(parent: etree._Element, avis: Avis, lot: Lot) -> None:
    termes = bloc(parent, "cac:TenderingTerms")
    if avis.sous_type not in {"19", "20"}:
        code(termes, "cbc:VariantConstraintCode", lot.variantes, "permission")
    code(
        termes,
        "cbc:FundingProgramCode",
        "eu-funds" if lot.fonds_europeens else "no-eu-funds",
        "eu-funded",
    )
    _dossier(termes, avis)
    _exigence(termes, lot.reserve, RESERVE)
    _exigence(termes, "epo-procurement-document", "selection-criteria-source")
    _execution(termes, avis)
    ecrire_les_criteres(termes, avis, lot.criteres)
    designer(termes, "cac:AdditionalInformationParty", ACHETEUR)
    depot = bloc(termes, "cac:TenderRecipientParty")
    if avis.remise.electronique != "not-allowed":
        valeur(depot, "cbc:EndpointID", avis.remise.adresse_de_depot)
    designer_ici(depot)
    if avis.procedure.code in {"open", "oth-single"}:
        validite = bloc(termes, "cac:TenderValidityPeriod")
        valeur(validite, "cbc:DurationMeasure", avis.remise.validite_en_jours, unitCode="DAY")
    ecrire_le_recours(termes, avis)
    valeur(bloc(termes, "cac:Language"), "cbc:ID", avis.remise.langue)
    if avis.sous_type == "16":
        suite = bloc(termes, "cac:PostAwardProcess")
        valeur(suite, "cbc:ElectronicOrderUsageIndicator", False)
        valeur(suite, "cbc:ElectronicPaymentUsageIndicator", True)


def designer_ici(parent: etree._Element) -> None:
    valeur(bloc(parent, "cac:PartyIdentification"), "cbc:ID", ACHETEUR, schemeName="organization")


def _dossier(termes: etree._Element, avis: Avis) -> None:
    dossier = bloc(termes, "cac:CallForTendersDocumentReference")
    if avis.remise.adresse_du_dossier:
        valeur(dossier, "cbc:ID", avis.reference)
        valeur(dossier, "cbc:DocumentType", "non-restricted-document")
        valeur(
            blocs(dossier, "cac:Attachment/cac:ExternalReference"),
            "cbc:URI",
            avis.remise.adresse_du_dossier,
        )
    restreints = avis.remise.documents_restreints
    if restreints:
        reserve = bloc(termes, "cac:CallForTendersDocumentReference")
        valeur(reserve, "cbc:ID", f"{avis.reference}-hors-profil")
        code(
            reserve, "cbc:DocumentTypeCode", restreints.justification, "communication-justification"
        )
        valeur(reserve, "cbc:DocumentType", "restricted-document")
        valeur(
            blocs(reserve, "cac:Attachment/cac:ExternalReference"), "cbc:URI", restreints.adresse
        )


def _exigence(termes: etree._Element, contenu: str, liste: str) -> None:
    exigence = blocs(termes, "cac:TendererQualificationRequest/cac:SpecificTendererRequirement")
    code(exigence, "cbc:TendererRequirementTypeCode", contenu, liste)


def _execution(termes: etree._Element, avis: Avis) -> None:
    """L'exécution réservée, la facture et le catalogue électroniques (facture
    obligatoire : CCP, art. L. 2192-1).
    """
    codes = {
        "reserved-execution": "no",
        "einvoicing": "required",
        "ecatalog-submission": "not-allowed",
    }
    if avis.sous_type in {"19", "E3"}:
        codes.pop("ecatalog-submission")
    if avis.sous_type == "19":
        codes.pop("einvoicing")
    codes["esignature-submission"] = "true" if avis.remise.signature_exigee else "false"
    for liste, contenu in codes.items():
        code(
            bloc(termes, "cac:ContractExecutionRequirement"),
            "cbc:ExecutionRequirementCode",
            contenu,
            liste,
        )


def ecrire_les_criteres(termes: etree._Element, avis: Avis, criteres: tuple[Critere, ...]) -> None:
    attribution = bloc(termes, "cac:AwardingTerms")
    if avis.procedure.code == "neg-w-call" and avis.sous_type == "16":
        valeur(
            attribution,
            "cbc:NoFurtherNegotiationIndicator",
            avis.procedure.attribution_sans_negociation,
        )
    ensemble = bloc(attribution, "cac:AwardingCriterion")
    if criteres and all(critere.poids is None for critere in criteres):
        phrase(
            ensemble,
            "cbc:Description",
            "Les critères sont donnés dans leur ordre décroissant d'importance.",
        )
    for rang, critere in enumerate(criteres, start=1):
        _critere(bloc(ensemble, "cac:SubordinateAwardingCriterion"), critere, rang)


def _critere(element: etree._Element, critere: Critere, rang: int) -> None:
    parametre = bloc(extension(element), "efac:AwardCriterionParameter")
    ponderation = "ord-imp" if critere.poids is None else "per-exa"
    code(parametre, "efbc:ParameterCode", ponderation, "number-weight")
    valeur(
        parametre,
        "efbc:ParameterNumeric",
        _nombre(critere.poids) if critere.poids is not None else rang,
    )
    code(element, "cbc:AwardingCriterionTypeCode", critere.sorte, "award-criterion-type")
    phrase(element, "cbc:Name", critere.nom)
    phrase(element, "cbc:Description", critere.description or critere.nom)


def _nombre(poids: Decimal) -> str:
    return f"{poids.normalize():f}"


def ecrire_le_recours(termes: etree._Element, avis: Avis) -> None:
    if not avis.recours.tribunal.nom:
        return
    recours = bloc(termes, "cac:AppealTerms")
    phrase(bloc(recours, "cac:PresentationPeriod"), "cbc:Description", avis.recours.delais)
    designer(recours, "cac:AppealInformationParty", TRIBUNAL)
    designer(recours, "cac:AppealReceiverParty", TRIBUNAL)


def _deroulement(parent: etree._Element, avis: Avis, lot: Lot) -> None:
    suite = bloc(parent, "cac:TenderingProcess")
    outil = avis.remise.outil
    if outil:
        valeur(extension(suite), "efbc:AccessToolName", outil.nom)
    code(suite, "cbc:SubmissionMethodCode", avis.remise.electronique, "esubmission")
    if avis.procedure.est_en_plusieurs_phases and avis.sous_type != "19":
        valeur(suite, "cbc:CandidateReductionConstraintIndicator", bool(avis.procedure.negociation))
    if avis.sous_type == "16":
        valeur(suite, "cbc:GovernmentAgreementConstraintIndicator", True)
    valeur(suite, "cbc:AccessToolsURI", outil.adresse if outil else "")
    _limites(suite, avis)
    justification = bloc(suite, "cac:ProcessJustification")
    code(
        justification,
        "cbc:ProcessReasonCode",
        avis.remise.justification_hors_electronique,
        "no-esubmission-justification",
    )
    phrase(justification, "cbc:Description", avis.remise.modalites_hors_electronique)
    _candidats(suite, avis)
    _ouverture(suite, avis)
    if avis.sous_type in {"16", "20"}:
        valeur(bloc(suite, "cac:AuctionTerms"), "cbc:AuctionConstraintIndicator", False)
    _accord_cadre(suite, avis, lot)


def _limites(suite: etree._Element, avis: Avis) -> None:
    remise = avis.remise
    en_phases = avis.procedure.est_en_plusieurs_phases
    if not en_phases:
        instant(
            bloc(suite, "cac:TenderSubmissionDeadlinePeriod"),
            remise.limite,
            jour="cbc:EndDate",
            heure="cbc:EndTime",
        )
    if en_phases:
        candidatures = bloc(suite, "cac:ParticipationRequestReceptionPeriod")
        instant(candidatures, remise.limite, jour="cbc:EndDate", heure="cbc:EndTime")
    questions = bloc(suite, "cac:AdditionalInformationRequestPeriod")
    instant(questions, remise.limite_des_questions, jour="cbc:EndDate", heure="cbc:EndTime")


def _candidats(suite: etree._Element, avis: Avis) -> None:
    procedure = avis.procedure
    if not procedure.est_en_plusieurs_phases or avis.sous_type == "19":
        return
    liste = bloc(suite, "cac:EconomicOperatorShortList")
    valeur(liste, "cbc:LimitationDescription", procedure.candidats_maximum is not None)
    valeur(liste, "cbc:MaximumQuantity", procedure.candidats_maximum)
    valeur(liste, "cbc:MinimumQuantity", procedure.candidats_minimum)


def _ouverture(suite: etree._Element, avis: Avis) -> None:
    seance = avis.remise.ouverture
    if seance is None or avis.procedure.code != "open" or avis.sous_type == "19":
        return
    element = bloc(suite, "cac:OpenTenderEvent")
    instant(element, seance.le, jour="cbc:OccurrenceDate", heure="cbc:OccurrenceTime")
    phrase(bloc(element, "cac:OccurenceLocation"), "cbc:Description", seance.lieu)


def _accord_cadre(suite: etree._Element, avis: Avis, lot: Lot) -> None:
    if avis.sous_type == "19":
        return
    accord = lot.accord_cadre
    if accord is not None:
        element = bloc(suite, "cac:FrameworkAgreement")
        valeur(element, "cbc:MaximumOperatorQuantity", accord.titulaires_maximum)
        phrase(element, "cbc:Justification", accord.justification_de_la_duree)
    for liste, contenu in {
        "framework-agreement": accord.mode if accord else "none",
        "dps-usage": "none",
    }.items():
        code(bloc(suite, "cac:ContractingSystem"), "cbc:ContractingSystemTypeCode", contenu, liste)
