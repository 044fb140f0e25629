"""Écrire un DUME en XML, dans l'ordre du schéma. À données égales, les octets sont les mêmes."""

from lxml import etree

from formats.dume.balises import (
    CAC,
    CBC,
    EDM,
    EXIGENCES,
    LISTES_DES_CODES,
    REPONSES,
    UBL,
    Element,
    agregat,
    cbc,
    code,
    feuille,
    identifiant,
    propre,
)
from formats.dume.modele import (
    Critere,
    Dume,
    Groupe,
    Operateur,
    Partie,
    Preuve,
    Propriete,
    Representant,
    Valeur,
)

AGENCE = "BEFFROI"


def ecrire(dume: Dume) -> bytes:
    espace = f"{UBL}{dume.sorte}-2"
    racine = etree.Element(
        f"{{{espace}}}{dume.sorte}", nsmap={None: espace, "cac": CAC, "cbc": CBC}
    )
    _entete(racine, dume)
    _acheteur(racine, dume.acheteur)
    if dume.operateur:
        _operateur(racine, dume.operateur)
    feuille(agregat(racine, "ProcurementProject"), "Description", dume.objet)
    for lot in dume.lots:
        identifiant(agregat(racine, "ProcurementProjectLot"), "ID", lot)
    for critere in dume.criteres:
        _critere(racine, critere)
    for critere in dume.criteres:
        _reponses(racine, dume, critere)
    for preuve in dume.preuves:
        _preuve(racine, preuve)
    etree.cleanup_namespaces(racine, keep_ns_prefixes=["cac", "cbc"])
    return bytes(etree.tostring(racine, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _entete(racine: Element, dume: Dume) -> None:
    feuille(racine, "UBLVersionID", dume.ubl, schemeAgencyID="OASIS-UBL-TC")
    feuille(racine, "ProfileExecutionID", dume.version, schemeAgencyID="OP", schemeVersionID=EDM)
    feuille(racine, "ID", dume.identifiant, schemeAgencyID=AGENCE)
    feuille(racine, "CopyIndicator", "false")
    feuille(
        racine,
        "UUID",
        dume.uuid,
        schemeID="ISO/IEC 9834-8:2008 - 4UUID",
        schemeAgencyID=AGENCE,
        schemeVersionID=EDM,
    )
    feuille(racine, "ContractFolderID", dume.consultation, schemeAgencyID=AGENCE)
    feuille(racine, "ContractName", dume.intitule)
    feuille(racine, "IssueDate", dume.emis_le)
    feuille(racine, "IssueTime", dume.emis_a)
    if dume.operateur:
        feuille(racine, "EconomicOperatorGroupName", dume.operateur.groupement)
    feuille(racine, "VersionID", EDM, schemeAgencyID="OP", schemeVersionID=EDM)
    code(racine, "ProcedureCode", dume.procedure)
    for note in dume.notes:
        feuille(racine, "Note", note)


def _acheteur(racine: Element, acheteur: Partie) -> None:
    contractant = agregat(racine, "ContractingParty")
    feuille(contractant, "BuyerProfileURI", acheteur.site)
    _identite(agregat(contractant, "Party"), acheteur)


def _operateur(racine: Element, operateur: Operateur) -> None:
    dit = agregat(racine, "EconomicOperatorParty")
    if operateur.role:
        code(agregat(dit, "EconomicOperatorRole"), "RoleCode", operateur.role)
    partie = agregat(dit, "Party")
    feuille(partie, "WebsiteURI", operateur.partie.site)
    code(partie, "IndustryClassificationCode", operateur.taille)
    _identite(partie, operateur.partie)
    for representant in operateur.representants:
        _representant(partie, representant)


def _identite(partie: Element, dite: Partie) -> None:
    if dite.identifiant:
        feuille(
            agregat(partie, "PartyIdentification"), "ID", dite.identifiant, schemeAgencyID="INSEE"
        )
    if dite.nom:
        feuille(agregat(partie, "PartyName"), "Name", dite.nom)
    adresse = agregat(partie, "PostalAddress")
    feuille(adresse, "StreetName", dite.rue)
    feuille(adresse, "CityName", dite.ville)
    feuille(adresse, "PostalZone", dite.code_postal)
    if dite.pays:
        code(agregat(adresse, "Country"), "IdentificationCode", dite.pays)
    if dite.contact or dite.telephone or dite.courriel:
        contact = agregat(partie, "Contact")
        feuille(contact, "Name", dite.contact)
        feuille(contact, "Telephone", dite.telephone)
        feuille(contact, "ElectronicMail", dite.courriel)


def _representant(partie: Element, dit: Representant) -> None:
    pouvoir = agregat(partie, "PowerOfAttorney")
    feuille(pouvoir, "Description", dit.qualite)
    personne = agregat(pouvoir, "AgentParty", "Person")
    feuille(personne, "FirstName", dit.prenom)
    feuille(personne, "FamilyName", dit.nom)
    if dit.pays:
        code(agregat(personne, "ResidenceAddress", "Country"), "IdentificationCode", dit.pays)


def _critere(racine: Element, critere: Critere) -> None:
    element = agregat(racine, "TenderingCriterion")
    identifiant(element, "ID", critere.uuid)
    code(element, "CriterionTypeCode", critere.code)
    feuille(element, "Name", critere.nom)
    feuille(element, "Description", critere.description)
    for lot in critere.lots:
        identifiant(agregat(element, "ProcurementProjectLotReference"), "ID", lot)
    if critere.article:
        _loi(element, critere)
    for groupe in critere.groupes:
        _groupe(agregat(element, "TenderingCriterionPropertyGroup"), groupe)


def _loi(element: Element, critere: Critere) -> None:
    loi = agregat(element, "Legislation")
    feuille(loi, "Title", "Code de la commande publique")
    feuille(loi, "Description", "Exclusions de la procédure de passation")
    feuille(loi, "JurisdictionLevel", "FR")
    feuille(loi, "Article", critere.article)
    code(agregat(loi, "Language"), "LocaleCode", "FRA")


def _groupe(element: Element, groupe: Groupe) -> None:
    identifiant(element, "ID", groupe.id)
    code(element, "PropertyGroupTypeCode", groupe.condition)
    for propriete in groupe.proprietes:
        _propriete(agregat(element, "TenderingCriterionProperty"), propriete)
    for sous in groupe.groupes:
        _groupe(agregat(element, "SubsidiaryTenderingCriterionPropertyGroup"), sous)


def _propriete(element: Element, propriete: Propriete) -> None:
    identifiant(element, "ID", propriete.id)
    if propriete.est_libellee:
        etree.SubElement(element, cbc("Description")).text = propre(propriete.libelle)
    code(element, "TypeCode", propriete.sorte)
    code(element, "ValueDataTypeCode", propriete.type)
    exigence = propriete.exigence
    if exigence is None:
        return
    if exigence.type == "PERIOD":
        _periode(element, exigence)
    else:
        nom = EXIGENCES.get(exigence.type, "ExpectedDescription")
        feuille(element, nom, exigence.texte, **_attributs(nom, exigence))


def _attributs(nom: str, valeur: Valeur) -> dict[str, str]:
    """Ce que les règles veulent avec la valeur : la devise, l'unité, la liste, l'agence."""
    if nom.endswith("Amount"):
        return {"currencyID": valeur.complement or "EUR"}
    if nom.endswith("Code"):
        pays = ("http://publications.europa.eu/resource/authority/country", "20250924-0")
        autre = (LISTES_DES_CODES.get(valeur.type, LISTES_DES_CODES["CODE"]), EDM)
        liste, version = pays if valeur.type == "CODE_COUNTRY" else autre
        return {"listID": liste, "listAgencyID": "OP", "listVersionID": version}
    if nom.endswith("ID"):
        return {"schemeAgencyID": "OP"}
    if nom == "ResponseNumeric":
        return {"format": "PERCENTAGE"}
    if nom == "ResponseQuantity":
        return {"unitCode": valeur.complement} if valeur.complement else {}
    return {}


def _reponses(racine: Element, dume: Dume, critere: Critere) -> None:
    for propriete in critere.proprietes():
        for rang, valeur in enumerate(dume.reponses.get(propriete.id, ()), start=1):
            _reponse(
                agregat(racine, "TenderingCriterionResponse"),
                critere,
                f"{propriete.id}/R{rang}",
                valeur,
            )


def _reponse(element: Element, critere: Critere, nom: str, valeur: Valeur) -> None:
    identifiant(element, "ID", nom, AGENCE)
    identifiant(element, "ValidatedCriterionPropertyID", nom.rpartition("/")[0], AGENCE)
    if valeur.type == "PERIOD":
        _periode(element, valeur)
    elif valeur.type == "EVIDENCE_IDENTIFIER":
        feuille(agregat(element, "EvidenceSupplied"), "ID", valeur.texte, schemeAgencyID=AGENCE)
    else:
        porte = agregat(element, "ResponseValue")
        identifiant(porte, "ID", f"{nom}/RV", AGENCE)
        balise = REPONSES.get(valeur.type, "Description")
        feuille(porte, balise, valeur.texte, **_attributs(balise, valeur))
    for lot in critere.lots:
        identifiant(agregat(element, "ProcurementProjectLotReference"), "ID", lot)


def _periode(element: Element, valeur: Valeur) -> None:
    periode = agregat(element, "ApplicablePeriod")
    feuille(periode, "StartDate", valeur.texte)
    feuille(periode, "EndDate", valeur.complement)


def _preuve(racine: Element, preuve: Preuve) -> None:
    element = agregat(racine, "Evidence")
    feuille(element, "ID", preuve.id, schemeAgencyID=AGENCE)
    code(element, "ConfidentialityLevelCode", "CONFIDENTIAL")
    reference = agregat(element, "DocumentReference")
    feuille(reference, "ID", preuve.id, schemeAgencyID=AGENCE)
    feuille(agregat(reference, "Attachment", "ExternalReference"), "URI", preuve.adresse)
    if preuve.emetteur:
        feuille(agregat(reference, "IssuerParty", "PartyName"), "Name", preuve.emetteur)
