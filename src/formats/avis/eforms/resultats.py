"""Le résultat de chaque lot :
les offres comptées, l'offre retenue, le contrat, et qui l'a obtenu.
"""

from collections.abc import Sequence

from lxml import etree

from formats.avis.attribution import (
    AvisDAttribution,
    ContratConclu,
    OffreRetenue,
    OffresRecues,
    ResultatDuLot,
    Titulaire,
)
from formats.avis.eforms.noms import bloc, blocs, code, jour, montant, phrase, valeur
from formats.avis.eforms.organisations import ACHETEUR
from formats.avis.modele import Lot

# Chaque offre retenue, sous le lot qu'elle emporte, et son numéro dans l'avis.
type Numeros = dict[tuple[int, OffreRetenue], int]


def ecrire(
    ajouts: etree._Element, attribution: AvisDAttribution, titulaires: dict[Titulaire, str]
) -> None:
    """Les résultats, les offres, les contrats et les candidats, chacun dans son ordre ;
    ils se nomment par leur numéro.
    """
    ensemble = bloc(ajouts, "efac:NoticeResult")
    montant(ensemble, "cbc:TotalAmount", attribution.total_attribue_ht)
    maximum = attribution.maximum_des_accords_cadres_ht
    montant(ensemble, "efbc:OverallMaximumFrameworkContractsAmount", maximum)
    lots = {lot.numero: lot for lot in attribution.avis.lots}
    concession, social = attribution.avis.sous_type == "32", attribution.avis.sous_type == "33"
    connus = [resultat for resultat in attribution.resultats if resultat.lot in lots]
    numeros = numeros_des_offres(connus)
    for resultat in connus:
        _resultat(
            ensemble, resultat, lots[resultat.lot], numeros, bornes=not concession and not social
        )
    for (lot, offre), numero in numeros.items():
        _offre(ensemble, lot, offre, numero, concession=concession)
    for resultat in connus:
        if resultat.offre and resultat.contrat:
            _contrat(ensemble, resultat, resultat.contrat, numeros)
    for (_, offre), numero in numeros.items():
        _candidat(ensemble, offre, numero, titulaires)


def numeros_des_offres(resultats: Sequence[ResultatDuLot]) -> Numeros:
    """La première offre d'un lot porte le numéro du lot ;
    celles des autres titulaires de l'accord-cadre viennent après.
    """
    numeros = {
        (resultat.lot, resultat.offre): resultat.lot for resultat in resultats if resultat.offre
    }
    for resultat in resultats:
        for offre in resultat.autres_offres:
            numeros[resultat.lot, offre] = max(numeros.values()) + 1
    return numeros


def _numero(sorte: str, numero: int) -> str:
    return f"{sorte}-{numero:04}"


def _nommer(parent: etree._Element, balise: str, numero: int, sorte: str, schema: str) -> None:
    valeur(bloc(parent, balise), "cbc:ID", _numero(sorte, numero), schemeName=schema)


def _resultat(
    ensemble: etree._Element, resultat: ResultatDuLot, lot: Lot, numeros: Numeros, *, bornes: bool
) -> None:
    element = bloc(ensemble, "efac:LotResult")
    valeur(element, "cbc:ID", _numero("RES", resultat.lot), schemeName="result")
    if bornes:
        montant(element, "cbc:HigherTenderAmount", resultat.offre_la_plus_haute_ht)
        montant(element, "cbc:LowerTenderAmount", resultat.offre_la_plus_basse_ht)
    code(
        element,
        "cbc:TenderResultCode",
        "selec-w" if resultat.est_attribue else "clos-nw",
        "winner-selection-status",
    )
    if not resultat.est_attribue:
        motif = bloc(element, "efac:DecisionReason")
        code(motif, "efbc:DecisionReasonCode", resultat.motif, "non-award-justification")
    for offre in resultat.retenues:
        _nommer(element, "efac:LotTender", numeros[resultat.lot, offre], "TEN", "tender")
    if lot.accord_cadre:
        valeurs = bloc(element, "efac:FrameworkAgreementValues")
        montant(valeurs, "cbc:MaximumValueAmount", resultat.maximum_de_l_accord_cadre_ht)
    _offres_recues(element, resultat.offres)
    if resultat.contrat:
        _nommer(element, "efac:SettledContract", resultat.lot, "CON", "contract")
    valeur(bloc(element, "efac:TenderLot"), "cbc:ID", f"LOT-{resultat.lot:04}", schemeName="Lot")


def _offres_recues(element: etree._Element, offres: OffresRecues | None) -> None:
    """Les six comptes que l'Europe demande ensemble (BT-760) ; aucun quand rien n'a été reçu."""
    if offres is None:
        return
    comptes = {
        "tenders": offres.recues,
        "t-sme": offres.de_pme,
        "t-large": offres.de_grandes_entreprises,
        "t-oth-eea": offres.d_autres_etats_de_l_eee,
        "t-no-eea": offres.d_etats_tiers,
        "t-esubm": offres.electroniques,
    }
    for sorte, nombre in comptes.items():
        compte = bloc(element, "efac:ReceivedSubmissionsStatistics")
        code(compte, "efbc:StatisticsCode", sorte, "received-submission-type")
        valeur(compte, "efbc:StatisticsNumeric", nombre)


def _offre(
    ensemble: etree._Element, lot: int, offre: OffreRetenue, numero: int, *, concession: bool
) -> None:
    element = bloc(ensemble, "efac:LotTender")
    valeur(element, "cbc:ID", _numero("TEN", numero), schemeName="tender")
    if offre.rang is not None and not concession:
        valeur(element, "cbc:RankCode", offre.rang)
        valeur(element, "efbc:TenderRankedIndicator", True)
    valeur(element, "efbc:TenderVariantIndicator", offre.variante)
    montant(bloc(element, "cac:LegalMonetaryTotal"), "cbc:PayableAmount", offre.montant_ht)
    if offre.recettes and concession:
        recettes = bloc(element, "efac:ConcessionRevenue")
        montant(recettes, "efbc:RevenueBuyerAmount", offre.recettes.de_l_acheteur)
        montant(recettes, "efbc:RevenueUserAmount", offre.recettes.des_usagers)
        phrase(recettes, "efbc:ValueDescription", offre.recettes.description)
    _sous_traitance(element, offre)
    _nommer(element, "efac:TenderingParty", numero, "TPA", "tendering-party")
    valeur(bloc(element, "efac:TenderLot"), "cbc:ID", f"LOT-{lot:04}", schemeName="Lot")
    valeur(bloc(element, "efac:TenderReference"), "cbc:ID", offre.reference)


def _sous_traitance(element: etree._Element, offre: OffreRetenue) -> None:
    terme = bloc(element, "efac:SubcontractingTerm")
    if offre.sous_traitance:
        montant(terme, "efbc:TermAmount", offre.montant_sous_traite_ht)
        valeur(terme, "efbc:TermPercent", offre.part_sous_traitee)
    code(terme, "efbc:TermCode", "yes" if offre.sous_traitance else "no", "applicability")
    if offre.sous_traitance:
        valeur(terme, "efbc:PercentageKnownIndicator", offre.part_sous_traitee is not None)
        valeur(terme, "efbc:ValueKnownIndicator", offre.montant_sous_traite_ht is not None)


def _contrat(
    ensemble: etree._Element, resultat: ResultatDuLot, contrat: ContratConclu, numeros: Numeros
) -> None:
    element = bloc(ensemble, "efac:SettledContract")
    valeur(element, "cbc:ID", _numero("CON", resultat.lot), schemeName="contract")
    jour(element, "cbc:AwardDate", contrat.decide_le)
    jour(element, "cbc:IssueDate", contrat.signe_le)
    phrase(element, "cbc:Title", contrat.intitule)
    signataire = blocs(element, "cac:SignatoryParty/cac:PartyIdentification")
    valeur(signataire, "cbc:ID", ACHETEUR, schemeName="organization")
    valeur(bloc(element, "efac:ContractReference"), "cbc:ID", contrat.numero)
    for offre in resultat.retenues:
        _nommer(element, "efac:LotTender", numeros[resultat.lot, offre], "TEN", "tender")


def _candidat(
    ensemble: etree._Element, offre: OffreRetenue, numero: int, titulaires: dict[Titulaire, str]
) -> None:
    """L'entreprise, ou le groupement et son mandataire, qui est le premier nommé."""
    element = bloc(ensemble, "efac:TenderingParty")
    valeur(element, "cbc:ID", _numero("TPA", numero), schemeName="tendering-party")
    membres = offre.titulaires
    for rang, titulaire in enumerate(membres):
        membre = bloc(element, "efac:Tenderer")
        valeur(membre, "cbc:ID", titulaires[titulaire], schemeName="organization")
        if len(membres) > 1:
            valeur(membre, "efbc:GroupLeadIndicator", rang == 0)
