"""Un DUME entier, et un élément ôté ou changé :
ce que nos règles en disent, et si l'autorité le refuse aussi.
"""

from dataclasses import dataclass

from lxml import etree

from formats.dume.balises import CAC, CBC

ESPACES = {"cac": CAC, "cbc": CBC}
_CRITERE = "cac:TenderingCriterion[cbc:CriterionTypeCode='{}']"
CORRUPTION, CHIFFRE = _CRITERE.format("corruption"), _CRITERE.format("gen-year-to")
_QUESTION = CORRUPTION + "//cac:TenderingCriterionProperty[cbc:ID='C2_EG_corruption/QG1/Q1']"
_REPONSE = "cac:TenderingCriterionResponse[cbc:ValidatedCriterionPropertyID='{}']"
_CONFLIT = "C20_EG_partic-confl/QG1"
_MONTANT = "C29_SC_gen-year-to/RG1/RSG1/QSG2/Q2"


@dataclass(frozen=True)
class Mutation:
    """`texte` remplace ce que `chemin` désigne ; vide, l'élément est ôté.

    `officielle` : l'autorité le refuse aussi.
    """

    chemin: str
    champ: str
    texte: str = ""
    officielle: bool = True

    def appliquer(self, document: bytes) -> bytes:
        racine = etree.fromstring(document)
        [element] = racine.xpath(self.chemin, namespaces=ESPACES)[:1]
        if self.texte:
            element.text = self.texte
        else:
            element.getparent().remove(element)
        return etree.tostring(racine)


DES_DEUX = [
    Mutation("cbc:UBLVersionID", "Version UBL"),
    Mutation("cbc:UBLVersionID", "Version UBL", "2.1"),
    Mutation("cbc:ProfileExecutionID", "Version du DUME", officielle=False),
    Mutation("cbc:ProfileExecutionID", "Version du DUME", "ESPD-EDMv9"),
    Mutation("cbc:ID", "Identifiant du DUME"),
    Mutation("cbc:UUID", "Identifiant unique (UUID)"),
    Mutation("cbc:ContractFolderID", "Référence de la consultation"),
    Mutation("cbc:IssueDate", "Date d'émission"),
    Mutation("cbc:IssueDate", "Date d'émission", "27/11/2026"),
    Mutation(f"{CORRUPTION}", "Corruption", officielle=False),
    Mutation(f"{CORRUPTION}/cbc:ID", "Corruption"),
    Mutation(f"{CORRUPTION}/cbc:ID", "Corruption", "c27b7c4e-0000-4529-b867-ed55ce639db5"),
    Mutation(f"{CORRUPTION}/cbc:CriterionTypeCode", "Corruption"),
    Mutation(f"{CORRUPTION}/cbc:CriterionTypeCode", "Corruption", "fraude"),
    Mutation(f"{CORRUPTION}/cbc:Name", "Corruption"),
    Mutation(f"{CORRUPTION}/cbc:Description", "Corruption"),
    Mutation(f"{CORRUPTION}/cac:TenderingCriterionPropertyGroup[2]", "Corruption"),
    Mutation(f"{CORRUPTION}/cac:TenderingCriterionPropertyGroup[1]/cbc:ID", "Corruption"),
    Mutation(
        f"{CORRUPTION}/cac:TenderingCriterionPropertyGroup[1]/cbc:PropertyGroupTypeCode",
        "Corruption",
    ),
    Mutation(
        f"{CORRUPTION}/cac:TenderingCriterionPropertyGroup[1]/cbc:PropertyGroupTypeCode",
        "Corruption",
        "ONTRUE",
    ),
    Mutation(f"{CORRUPTION}//cac:SubsidiaryTenderingCriterionPropertyGroup[1]", "Corruption"),
    Mutation(_QUESTION, "Corruption"),
    Mutation(f"{_QUESTION}/cbc:ID", "Corruption"),
    Mutation(f"{_QUESTION}/cbc:Description", "Corruption"),
    Mutation(f"{_QUESTION}/cbc:TypeCode", "Corruption"),
    Mutation(f"{_QUESTION}/cbc:ValueDataTypeCode", "Corruption"),
    Mutation(f"{_QUESTION}/cbc:ValueDataTypeCode", "Corruption", "AMOUNT"),
]
DE_LA_DEMANDE = [
    Mutation("cbc:ProcedureCode", "Procédure"),
    Mutation("cac:ContractingParty/cac:Party/cac:PartyName", "Nom de l'acheteur"),
    Mutation("cac:ContractingParty/cac:Party/cac:PostalAddress/cac:Country", "Pays de l'acheteur"),
    Mutation(
        "cac:ContractingParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
        "Pays de l'acheteur",
        "FR",
    ),
    Mutation(
        "cac:ContractingParty/cac:Party/cac:PartyIdentification",
        "Identifiant de l'acheteur",
        officielle=False,
    ),
    Mutation(_CRITERE.format("tax-pay"), "Impôts impayés"),
    Mutation(
        f"{CHIFFRE}/cac:ProcurementProjectLotReference[2]/cbc:ID",
        "Chiffre d'affaires annuel",
        officielle=False,
    ),
]
DE_LA_REPONSE = [
    Mutation("cac:EconomicOperatorParty", "Entreprise"),
    Mutation("cac:EconomicOperatorParty/cac:EconomicOperatorRole", "Rôle de l'entreprise"),
    Mutation(
        "cac:EconomicOperatorParty/cac:EconomicOperatorRole/cbc:RoleCode",
        "Rôle de l'entreprise",
        "chef",
    ),
    Mutation("cac:EconomicOperatorParty/cac:Party/cac:PartyName", "Nom de l'entreprise"),
    Mutation(
        "cac:EconomicOperatorParty/cac:Party/cac:PartyIdentification", "Identifiant de l'entreprise"
    ),
    Mutation(
        "cac:EconomicOperatorParty/cac:Party/cbc:IndustryClassificationCode",
        "Taille de l'entreprise",
    ),
    Mutation(
        "cac:EconomicOperatorParty/cac:Party/cbc:IndustryClassificationCode",
        "Taille de l'entreprise",
        "grosse",
    ),
    Mutation(
        "cac:EconomicOperatorParty/cac:Party/cac:PostalAddress/cac:Country", "Pays de l'entreprise"
    ),
    Mutation("//cac:Person/cbc:FirstName", "Prénom du représentant 1"),
    Mutation("//cac:Person/cbc:FamilyName", "Nom du représentant 1"),
    Mutation("//cac:Person/cac:ResidenceAddress", "Pays du représentant 1"),
    Mutation("cac:ProcurementProjectLot", "Lot"),
    Mutation(_REPONSE.format(f"{_CONFLIT}/QSG1/Q1"), "Conflit d'intérêts"),
    Mutation(
        _REPONSE.format(f"{_CONFLIT}/Q1") + "//cbc:ResponseIndicator", "Conflit d'intérêts", "false"
    ),
    Mutation(
        _REPONSE.format(f"{_CONFLIT}/Q1") + "//cbc:ResponseIndicator",
        "Conflit d'intérêts",
        "peut-être",
    ),
    Mutation(_REPONSE.format(f"{_CONFLIT}/Q1") + "//cbc:ResponseIndicator", "Conflit d'intérêts"),
    Mutation(
        _REPONSE.format(_MONTANT) + "//cbc:ResponseAmount", "Chiffre d'affaires annuel", "beaucoup"
    ),
    Mutation(
        _REPONSE.format(_MONTANT) + "/cbc:ValidatedCriterionPropertyID", "Réponses", "C99/QG1/Q1"
    ),
    Mutation(_REPONSE.format(_MONTANT) + "/cbc:ValidatedCriterionPropertyID", "Réponses"),
    Mutation("cac:Evidence", "Chiffre d'affaires annuel"),
]
