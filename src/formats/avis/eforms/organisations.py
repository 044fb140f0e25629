"""Les organisations d'un avis : l'acheteur et ceux qui achètent avec lui, puis le tribunal."""

from lxml import etree

from formats.avis.eforms.noms import bloc, blocs, code, phrase, valeur
from formats.avis.modele import Avis, Organisation

ACHETEUR = "ORG-0001"
TRIBUNAL = "ORG-0002"


def ecrire(parent: etree._Element, avis: Avis) -> etree._Element:
    """L'acheteur, ses membres, le tribunal.

    Rend le bloc, où un avis d'attribution ajoute les titulaires.
    """
    organisations = bloc(parent, "efac:Organizations")
    for organisation, numero in acheteurs(avis):
        element = bloc(organisations, "efac:Organization")
        if avis.acheteur.membres:
            valeur(
                element, "efbc:GroupLeadIndicator", avis.acheteur.mene_le_groupement(organisation)
            )
        societe(element, organisation, numero)
    if avis.recours.tribunal.nom:
        societe(bloc(organisations, "efac:Organization"), avis.recours.tribunal, TRIBUNAL)
    return organisations


def acheteurs(avis: Avis) -> list[tuple[Organisation, str]]:
    """L'acheteur, puis les membres du groupement, chacun avec son numéro ;
    le deuxième numéro est au tribunal.
    """
    membres = avis.acheteur.membres
    return [
        (avis.acheteur.organisation, ACHETEUR),
        *((m, f"ORG-{rang:04}") for rang, m in enumerate(membres, start=3)),
    ]


def designer(parent: etree._Element, role: str, numero: str) -> None:
    """Une organisation dans un rôle : on la désigne par son numéro."""
    valeur(
        blocs(parent, f"{role}/cac:PartyIdentification"),
        "cbc:ID",
        numero,
        schemeName="organization",
    )


def societe(
    parent: etree._Element, organisation: Organisation, numero: str, *, taille: str = ""
) -> None:
    """La fiche d'une organisation.

    `taille` : le code européen d'une entreprise, vide pour les autres.
    """
    fiche = bloc(parent, "efac:Company")
    valeur(fiche, "cbc:WebsiteURI", organisation.site)
    code(fiche, "efbc:CompanySizeCode", taille, "economic-operator-size")
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
