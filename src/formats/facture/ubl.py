"""Une facture en UBL 2.1 : `Invoice`, ou `CreditNote` pour un avoir.

L'ordre des éléments est celui du schéma.
"""

from lxml import etree

from formats.facture.balises import Balises, octets
from formats.facture.modele import Adresse, Facture, Ligne, Partie, RegimeDeTva

FACTURE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
AVOIR = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
ESPACES = {
    "cac": "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2",
    "cbc": "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2",
}
NORME = "urn:cen.eu:en16931:2017"
# Une prestation de services, facturée par son vendeur (BR-FR-08).
CADRE = "S1"
UNITE = "C62"
x = Balises(ESPACES)


def en_ubl(facture: Facture) -> bytes:
    avoir = facture.est_un_avoir
    racine = x.racine("CreditNote" if avoir else "Invoice", AVOIR if avoir else FACTURE)
    _en_tete(racine, facture)
    _references(racine, facture)
    _partie(
        x.noeud(racine, "cac:AccountingSupplierParty", "cac:Party"),
        facture.vendeur,
        regime=facture.regime,
    )
    _partie(x.noeud(racine, "cac:AccountingCustomerParty", "cac:Party"), facture.acheteur)
    servi = x.noeud(racine, "cac:Delivery", "cac:DeliveryParty", "cac:PartyName")
    x.texte(servi, "cbc:Name", facture.acheteur.nom)
    x.texte(x.noeud(racine, "cac:PaymentTerms"), "cbc:Note", facture.mentions.paiement)
    _taxe(racine, facture)
    _totaux(racine, facture)
    for rang, ligne in enumerate(facture.lignes, start=1):
        _ligne(racine, ligne, rang, facture)
    return octets(racine)


def _en_tete(racine: etree._Element, facture: Facture) -> None:
    x.texte(racine, "cbc:CustomizationID", NORME)
    x.texte(racine, "cbc:ProfileID", CADRE)
    x.texte(racine, "cbc:ID", facture.numero)
    x.texte(racine, "cbc:IssueDate", facture.emise_le.isoformat())
    if facture.est_un_avoir:
        x.texte(racine, "cbc:CreditNoteTypeCode", facture.sorte)
    else:
        x.texte(racine, "cbc:DueDate", facture.echeance.isoformat() if facture.echeance else "")
        x.texte(racine, "cbc:InvoiceTypeCode", facture.sorte)
    x.texte(racine, "cbc:Note", facture.note)
    for code, mention in facture.mentions.codees():
        x.texte(racine, "cbc:Note", f"#{code}#{mention}")
    x.texte(racine, "cbc:DocumentCurrencyCode", facture.devise)
    x.texte(racine, "cbc:BuyerReference", facture.references.service)
    if facture.periode:
        _periode(racine, *facture.periode)


def _references(racine: etree._Element, facture: Facture) -> None:
    if facture.references.engagement:
        x.texte(x.noeud(racine, "cac:OrderReference"), "cbc:ID", facture.references.engagement)
    if facture.rectifie:
        corrigee = x.noeud(racine, "cac:BillingReference", "cac:InvoiceDocumentReference")
        x.texte(corrigee, "cbc:ID", facture.rectifie.numero)
        x.texte(corrigee, "cbc:IssueDate", facture.rectifie.emise_le.isoformat())
    if facture.references.convention:
        x.texte(
            x.noeud(racine, "cac:ContractDocumentReference"),
            "cbc:ID",
            facture.references.convention,
        )
    if facture.references.deliberation:
        x.texte(
            x.noeud(racine, "cac:AdditionalDocumentReference"),
            "cbc:ID",
            facture.references.deliberation,
        )


def _partie(
    parent: etree._Element, partie: Partie, *, regime: RegimeDeTva = RegimeDeTva.HORS_CHAMP
) -> None:
    x.texte(parent, "cbc:EndpointID", partie.adresse_electronique, schemeID="0225")
    x.texte(x.noeud(parent, "cac:PartyIdentification"), "cbc:ID", partie.siret, schemeID="0009")
    _adresse(x.noeud(parent, "cac:PostalAddress"), partie.adresse)
    if regime.demande_un_numero:
        taxe = x.noeud(parent, "cac:PartyTaxScheme")
        x.texte(taxe, "cbc:CompanyID", partie.numero_de_tva)
        x.texte(x.noeud(taxe, "cac:TaxScheme"), "cbc:ID", "VAT")
    legale = x.noeud(parent, "cac:PartyLegalEntity")
    x.texte(legale, "cbc:RegistrationName", partie.nom)
    x.texte(legale, "cbc:CompanyID", partie.siren, schemeID="0002")
    if partie.courriel:
        x.texte(x.noeud(parent, "cac:Contact"), "cbc:ElectronicMail", partie.courriel)


def _adresse(parent: etree._Element, adresse: Adresse) -> None:
    x.texte(parent, "cbc:StreetName", adresse.voie)
    x.texte(parent, "cbc:AdditionalStreetName", adresse.complement)
    x.texte(parent, "cbc:CityName", adresse.ville)
    x.texte(parent, "cbc:PostalZone", adresse.code_postal)
    x.texte(x.noeud(parent, "cac:Country"), "cbc:IdentificationCode", "FR")


def _periode(parent: etree._Element, debut: object, fin: object) -> None:
    periode = x.noeud(parent, "cac:InvoicePeriod")
    x.texte(periode, "cbc:StartDate", str(debut))
    x.texte(periode, "cbc:EndDate", str(fin))


def _taxe(racine: etree._Element, facture: Facture) -> None:
    total = x.noeud(racine, "cac:TaxTotal")
    x.montant(total, "cbc:TaxAmount", facture.tva, currencyID=facture.devise)
    part = x.noeud(total, "cac:TaxSubtotal")
    x.montant(part, "cbc:TaxableAmount", facture.hors_taxe, currencyID=facture.devise)
    x.montant(part, "cbc:TaxAmount", facture.tva, currencyID=facture.devise)
    _categorie(x.noeud(part, "cac:TaxCategory"), facture.regime, motivee=True)


def _categorie(parent: etree._Element, regime: RegimeDeTva, *, motivee: bool = False) -> None:
    x.texte(parent, "cbc:ID", regime.code)
    if regime.demande_un_numero:
        x.montant(parent, "cbc:Percent", regime.taux)
    if motivee:
        x.texte(parent, "cbc:TaxExemptionReasonCode", regime.code_du_motif)
        x.texte(parent, "cbc:TaxExemptionReason", regime.motif)
    x.texte(x.noeud(parent, "cac:TaxScheme"), "cbc:ID", "VAT")


def _totaux(racine: etree._Element, facture: Facture) -> None:
    totaux = x.noeud(racine, "cac:LegalMonetaryTotal")
    x.montant(totaux, "cbc:LineExtensionAmount", facture.hors_taxe, currencyID=facture.devise)
    x.montant(totaux, "cbc:TaxExclusiveAmount", facture.hors_taxe, currencyID=facture.devise)
    x.montant(totaux, "cbc:TaxInclusiveAmount", facture.toutes_taxes, currencyID=facture.devise)
    if facture.ajustement:
        x.montant(
            totaux, "cbc:PayableRoundingAmount", facture.ajustement, currencyID=facture.devise
        )
    x.montant(totaux, "cbc:PayableAmount", facture.a_payer, currencyID=facture.devise)


def _ligne(racine: etree._Element, ligne: Ligne, rang: int, facture: Facture) -> None:
    avoir = facture.est_un_avoir
    noeud = x.noeud(racine, "cac:CreditNoteLine" if avoir else "cac:InvoiceLine")
    x.texte(noeud, "cbc:ID", str(rang))
    x.texte(
        noeud,
        "cbc:CreditedQuantity" if avoir else "cbc:InvoicedQuantity",
        f"{ligne.quantite:f}",
        unitCode=UNITE,
    )
    x.montant(noeud, "cbc:LineExtensionAmount", ligne.montant, currencyID=facture.devise)
    if ligne.debut and ligne.fin:
        _periode(noeud, ligne.debut, ligne.fin)
    article = x.noeud(noeud, "cac:Item")
    x.texte(article, "cbc:Description", ligne.precision)
    x.texte(article, "cbc:Name", ligne.libelle)
    _categorie(x.noeud(article, "cac:ClassifiedTaxCategory"), ligne.regime)
    x.texte(
        x.noeud(noeud, "cac:Price"), "cbc:PriceAmount", f"{ligne.prix:f}", currencyID=facture.devise
    )
