"""L'objet de l'achat et celui de chaque lot :
titre, description, nomenclature, lieu, durée, montant.
"""

from decimal import Decimal

from lxml import etree

from formats.avis.eforms.noms import bloc, blocs, code, extension, jour, montant, phrase, valeur
from formats.avis.modele import Avis, Duree, Lot


def de_la_procedure(parent: etree._Element, avis: Avis) -> None:
    projet = bloc(parent, "cac:ProcurementProject")
    valeur(projet, "cbc:ID", avis.reference, schemeName="InternalID")
    _designation(projet, avis.titre, avis.description, avis.nature)
    phrase(projet, "cbc:Note", avis.informations)
    _montants(projet, avis.valeur_estimee_ht)
    _nomenclature(projet, avis.code_cpv, avis.cpv_secondaires)
    _lieu(projet, avis.code_nuts, avis.lieu)


def du_lot(parent: etree._Element, avis: Avis, lot: Lot) -> None:
    projet = bloc(parent, "cac:ProcurementProject")
    valeur(projet, "cbc:ID", str(lot.numero), schemeName="InternalID")
    _designation(projet, lot.intitule, lot.description, avis.nature)
    maximum = lot.accord_cadre.maximum_ht if lot.accord_cadre else None
    _montants(projet, lot.valeur_estimee_ht, maximum=maximum if avis.sous_type != "19" else None)
    _nomenclature(projet, lot.code_cpv, lot.cpv_secondaires)
    _lieu(projet, avis.code_nuts, lot.lieu or avis.lieu)
    _duree(projet, lot.duree)
    _suites(projet, lot)


def _designation(projet: etree._Element, titre: str, description: str, nature: str) -> None:
    phrase(projet, "cbc:Name", titre)
    phrase(projet, "cbc:Description", description)
    code(projet, "cbc:ProcurementTypeCode", nature, "contract-nature")


def _montants(
    projet: etree._Element, estime: Decimal | None, *, maximum: Decimal | None = None
) -> None:
    total = bloc(projet, "cac:RequestedTenderTotal")
    montant(extension(total), "efbc:FrameworkMaximumAmount", maximum)
    montant(total, "cbc:EstimatedOverallContractAmount", estime)


def _nomenclature(projet: etree._Element, principal: str, secondaires: tuple[str, ...]) -> None:
    code(
        bloc(projet, "cac:MainCommodityClassification"),
        "cbc:ItemClassificationCode",
        principal,
        "cpv",
    )
    for autre in secondaires:
        code(
            bloc(projet, "cac:AdditionalCommodityClassification"),
            "cbc:ItemClassificationCode",
            autre,
            "cpv",
        )


def _lieu(projet: etree._Element, code_nuts: str, texte: str) -> None:
    lieu = bloc(projet, "cac:RealizedLocation")
    phrase(lieu, "cbc:Description", texte)
    adresse = bloc(lieu, "cac:Address")
    code(adresse, "cbc:CountrySubentityCode", code_nuts, "nuts")
    code(bloc(adresse, "cac:Country"), "cbc:IdentificationCode", "FRA", "country")


def _duree(projet: etree._Element, duree: Duree) -> None:
    """Deux des trois suffisent : début, fin, nombre de mois.

    Le format refuse qu'on dise les trois.
    """
    periode = bloc(projet, "cac:PlannedPeriod")
    jour(periode, "cbc:StartDate", duree.debut)
    if duree.fin is not None:
        jour(periode, "cbc:EndDate", duree.fin)
    else:
        valeur(periode, "cbc:DurationMeasure", duree.mois, unitCode="MONTH")


def _suites(projet: etree._Element, lot: Lot) -> None:
    suites = bloc(projet, "cac:ContractExtension")
    phrase(suites, "cbc:OptionsDescription", lot.options)
    if lot.duree.reconductions:
        valeur(suites, "cbc:MaximumNumberNumeric", lot.duree.reconductions)
        reconduction = blocs(suites, "cac:Renewal/cac:Period")
        phrase(reconduction, "cbc:Description", lot.duree.description_des_reconductions)
