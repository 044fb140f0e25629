"""Les organisations d'un avis : l'acheteur d'abord, puis le tribunal."""

from lxml import etree

from formats.avis.eforms.noms import bloc, blocs, code, phrase, valeur
from formats.avis.modele import Avis, Organisation

ACHETEUR = "ORG-0001"
TRIBUNAL = "ORG-0002"


def ecrire(parent: etree._Element, avis: Avis) -> None:
    organisations = bloc(parent, "efac:Organizations")
    _organisation(organisations, avis.acheteur.organisation, ACHETEUR)
    if avis.recours.tribunal.nom:
        _organisation(organisations, avis.recours.tribunal, TRIBUNAL)


def designer(parent: etree._Element, role: str, numero: str) -> None:
    """Une organisation dans un rôle : on la désigne par son numéro."""
    valeur(blocs(parent, f"{role}/cac:PartyIdentification"), "cbc:ID", numero, schemeName="organization")


def _organisation(parent: etree._Element, organisation: Organisation, numero: str) -> None:
    fiche = blocs(parent, "efac:Organization/efac:Company")
    valeur(fiche, "cbc:WebsiteURI", organisation.site)
    valeur(bloc(fiche, "cac:PartyIdentification"), "cbc:ID", numero, schemeName="organization")
    phrase(bloc(fiche, "cac:PartyName"), "cbc:Name", organisation.nom)
    adresse = bloc(fiche, "cac:PostalAddress")
    valeur(adresse, "cbc:StreetName", organisation.adresse)
    valeur(adresse, "cbc:CityName", organisation.ville)
    valeur(adresse, "cbc:PostalZone", organisation.code_postal)
    code(adresse, "cbc:CountrySubentityCode", organisation.code_nuts, "nuts")
    code(bloc(adresse, "cac:Country"), "cbc:IdentificationCode", organisation.pays, "country")
    valeur(bloc(fiche, "cac:PartyLegalEntity"), "cbc:CompanyID", organisation.identifiant)
    contact = bloc(fiche, "cac:Contact")
    valeur(contact, "cbc:Name", organisation.service)
    valeur(contact, "cbc:Telephone", organisation.telephone)
    valeur(contact, "cbc:ElectronicMail", organisation.courriel)
