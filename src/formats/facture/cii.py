"""Une facture en CII (UN/CEFACT D22B), au profil EN 16931 de Factur-X : le XML que porte le PDF."""

from datetime import date

from lxml import etree

from formats.facture.balises import Balises, octets
from formats.facture.modele import Adresse, Facture, Ligne, Partie, RegimeDeTva
from formats.facture.ubl import CADRE, NORME, UNITE

ESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
    "udt": "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100",
    "qdt": "urn:un:unece:uncefact:data:standard:QualifiedDataType:100",
}
x = Balises(ESPACES)


def en_cii(facture: Facture) -> bytes:
    racine = x.racine("rsm:CrossIndustryInvoice")
    contexte = x.noeud(racine, "rsm:ExchangedDocumentContext")
    x.texte(
        x.noeud(contexte, "ram:BusinessProcessSpecifiedDocumentContextParameter"), "ram:ID", CADRE
    )
    x.texte(x.noeud(contexte, "ram:GuidelineSpecifiedDocumentContextParameter"), "ram:ID", NORME)
    _document(x.noeud(racine, "rsm:ExchangedDocument"), facture)
    transaction = x.noeud(racine, "rsm:SupplyChainTradeTransaction")
    for rang, ligne in enumerate(facture.lignes, start=1):
        _ligne(x.noeud(transaction, "ram:IncludedSupplyChainTradeLineItem"), ligne, rang)
    _accord(x.noeud(transaction, "ram:ApplicableHeaderTradeAgreement"), facture)
    servi = x.noeud(transaction, "ram:ApplicableHeaderTradeDelivery", "ram:ShipToTradeParty")
    x.texte(servi, "ram:Name", facture.acheteur.nom)
    _reglement(x.noeud(transaction, "ram:ApplicableHeaderTradeSettlement"), facture)
    return octets(racine)


def _document(parent: etree._Element, facture: Facture) -> None:
    x.texte(parent, "ram:ID", facture.numero)
    x.texte(parent, "ram:TypeCode", facture.sorte)
    _jour(x.noeud(parent, "ram:IssueDateTime"), facture.emise_le)
    if facture.note:
        x.texte(x.noeud(parent, "ram:IncludedNote"), "ram:Content", facture.note)
    for code, mention in facture.mentions.codees():
        note = x.noeud(parent, "ram:IncludedNote")
        x.texte(note, "ram:Content", mention)
        x.texte(note, "ram:SubjectCode", code)


def _ligne(parent: etree._Element, ligne: Ligne, rang: int) -> None:
    x.texte(x.noeud(parent, "ram:AssociatedDocumentLineDocument"), "ram:LineID", str(rang))
    produit = x.noeud(parent, "ram:SpecifiedTradeProduct")
    x.texte(produit, "ram:Name", ligne.libelle)
    x.texte(produit, "ram:Description", ligne.precision)
    prix = x.noeud(parent, "ram:SpecifiedLineTradeAgreement", "ram:NetPriceProductTradePrice")
    x.texte(prix, "ram:ChargeAmount", f"{ligne.prix:f}")
    livree = x.noeud(parent, "ram:SpecifiedLineTradeDelivery")
    x.texte(livree, "ram:BilledQuantity", f"{ligne.quantite:f}", unitCode=UNITE)
    reglement = x.noeud(parent, "ram:SpecifiedLineTradeSettlement")
    taxe = x.noeud(reglement, "ram:ApplicableTradeTax")
    x.texte(taxe, "ram:TypeCode", "VAT")
    x.texte(taxe, "ram:CategoryCode", ligne.regime.code)
    _taux(taxe, ligne.regime)
    if ligne.debut and ligne.fin:
        _periode(reglement, ligne.debut, ligne.fin)
    total = x.noeud(reglement, "ram:SpecifiedTradeSettlementLineMonetarySummation")
    x.montant(total, "ram:LineTotalAmount", ligne.montant)


def _accord(parent: etree._Element, facture: Facture) -> None:
    references = facture.references
    x.texte(parent, "ram:BuyerReference", references.service)
    _partie(x.noeud(parent, "ram:SellerTradeParty"), facture.vendeur, regime=facture.regime)
    _partie(x.noeud(parent, "ram:BuyerTradeParty"), facture.acheteur)
    if references.engagement:
        x.texte(
            x.noeud(parent, "ram:BuyerOrderReferencedDocument"),
            "ram:IssuerAssignedID",
            references.engagement,
        )
    if references.convention:
        x.texte(
            x.noeud(parent, "ram:ContractReferencedDocument"),
            "ram:IssuerAssignedID",
            references.convention,
        )
    if references.deliberation:
        deliberation = x.noeud(parent, "ram:AdditionalReferencedDocument")
        x.texte(deliberation, "ram:IssuerAssignedID", references.deliberation)
        x.texte(deliberation, "ram:TypeCode", "916")


def _partie(
    parent: etree._Element, partie: Partie, *, regime: RegimeDeTva = RegimeDeTva.HORS_CHAMP
) -> None:
    x.texte(parent, "ram:GlobalID", partie.siret, schemeID="0009")
    x.texte(parent, "ram:Name", partie.nom)
    x.texte(
        x.noeud(parent, "ram:SpecifiedLegalOrganization"), "ram:ID", partie.siren, schemeID="0002"
    )
    if partie.courriel:
        contact = x.noeud(parent, "ram:DefinedTradeContact", "ram:EmailURIUniversalCommunication")
        x.texte(contact, "ram:URIID", partie.courriel)
    _adresse(x.noeud(parent, "ram:PostalTradeAddress"), partie.adresse)
    electronique = x.noeud(parent, "ram:URIUniversalCommunication")
    x.texte(electronique, "ram:URIID", partie.adresse_electronique, schemeID="0225")
    if regime.demande_un_numero:
        x.texte(
            x.noeud(parent, "ram:SpecifiedTaxRegistration"),
            "ram:ID",
            partie.numero_de_tva,
            schemeID="VA",
        )


def _adresse(parent: etree._Element, adresse: Adresse) -> None:
    x.texte(parent, "ram:PostcodeCode", adresse.code_postal)
    x.texte(parent, "ram:LineOne", adresse.voie)
    x.texte(parent, "ram:LineTwo", adresse.complement)
    x.texte(parent, "ram:CityName", adresse.ville)
    x.texte(parent, "ram:CountryID", "FR")


def _reglement(parent: etree._Element, facture: Facture) -> None:
    x.texte(parent, "ram:InvoiceCurrencyCode", facture.devise)
    taxe = x.noeud(parent, "ram:ApplicableTradeTax")
    x.montant(taxe, "ram:CalculatedAmount", facture.tva)
    x.texte(taxe, "ram:TypeCode", "VAT")
    x.texte(taxe, "ram:ExemptionReason", facture.regime.motif)
    x.montant(taxe, "ram:BasisAmount", facture.hors_taxe)
    x.texte(taxe, "ram:CategoryCode", facture.regime.code)
    x.texte(taxe, "ram:ExemptionReasonCode", facture.regime.code_du_motif)
    _taux(taxe, facture.regime)
    if facture.periode:
        _periode(parent, *facture.periode)
    terme = x.noeud(parent, "ram:SpecifiedTradePaymentTerms")
    x.texte(terme, "ram:Description", facture.mentions.paiement)
    if facture.echeance:
        _jour(x.noeud(terme, "ram:DueDateDateTime"), facture.echeance)
    _totaux(x.noeud(parent, "ram:SpecifiedTradeSettlementHeaderMonetarySummation"), facture)
    if facture.rectifie:
        corrigee = x.noeud(parent, "ram:InvoiceReferencedDocument")
        x.texte(corrigee, "ram:IssuerAssignedID", facture.rectifie.numero)
        _jour(
            x.noeud(corrigee, "ram:FormattedIssueDateTime"),
            facture.rectifie.emise_le,
            "qdt:DateTimeString",
        )


def _totaux(parent: etree._Element, facture: Facture) -> None:
    x.montant(parent, "ram:LineTotalAmount", facture.hors_taxe)
    x.montant(parent, "ram:TaxBasisTotalAmount", facture.hors_taxe)
    x.montant(parent, "ram:TaxTotalAmount", facture.tva, currencyID=facture.devise)
    if facture.ajustement:
        x.montant(parent, "ram:RoundingAmount", facture.ajustement)
    x.montant(parent, "ram:GrandTotalAmount", facture.toutes_taxes)
    x.montant(parent, "ram:DuePayableAmount", facture.a_payer)


def _taux(parent: etree._Element, regime: RegimeDeTva) -> None:
    if regime.demande_un_numero:
        x.montant(parent, "ram:RateApplicablePercent", regime.taux)


def _periode(parent: etree._Element, debut: date, fin: date) -> None:
    periode = x.noeud(parent, "ram:BillingSpecifiedPeriod")
    _jour(x.noeud(periode, "ram:StartDateTime"), debut)
    _jour(x.noeud(periode, "ram:EndDateTime"), fin)


def _jour(parent: etree._Element, jour: date, nom: str = "udt:DateTimeString") -> None:
    x.texte(parent, nom, f"{jour:%Y%m%d}", format="102")
