"""Ce que deux champs disent ensemble :
dates dans l'ordre, poids qui font cent, numéros uniques, nature et nomenclature.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache

from lxml import etree

from formats.avis.codes import ATTRIBUTIONS, TYPES_D_AVIS, listes
from formats.avis.defaut import Defaut
from formats.avis.eforms.noms import ESPACES

LOTS = "/*/cac:ProcurementProjectLot[not(cbc:ID[@schemeName='LotsGroup' or @schemeName='Part'])]"
ENVOI = ("/*/cbc:IssueDate", "/*/cbc:IssueTime")
OFFRES = "cac:TenderingProcess/cac:TenderSubmissionDeadlinePeriod"
CANDIDATURES = "cac:TenderingProcess/cac:ParticipationRequestReceptionPeriod"
QUESTIONS = "cac:TenderingProcess/cac:AdditionalInformationRequestPeriod"
CRITERES = "cac:TenderingTerms/cac:AwardingTerms/cac:AwardingCriterion"
POIDS = ".//efac:AwardCriterionParameter[efbc:ParameterCode='per-exa']/efbc:ParameterNumeric"
EXPLICATION = "efac:ChangeReason/efbc:ReasonDescription"
CENT = Decimal(100)
BASES_ADMISES = {
    "19": {"32014L0023", "other"},
    "32": {"32014L0023", "other"},
    "30": {"32014L0025", "other"},
    "E3": {"other"},
    "E4": {"other"},
}
DESIGNEES = (
    "//cac:PartyIdentification/cbc:ID[not(ancestor::efac:Organizations)]"
    " | //efac:TenderingParty/efac:Tenderer/cbc:ID | "
    "//efac:TenderingParty/efac:SubContractor/cbc:ID"
)
# Les débuts de code CPV que chaque nature admet (règles BR-BT-00262 du kit européen).
DEBUTS_CPV = {
    "works": ("45",),
    "supplies": ("0", "1", "2", "3", "40", "41", "42", "43", "44", "48"),
    "services": ("49", "5", "6", "7", "8", "9"),
}
NATURES = {"works": "des travaux", "supplies": "des fournitures", "services": "des services"}


def verifier(racine: etree._Element) -> Iterator[Defaut]:
    """Les contradictions de cet avis."""
    regles: tuple[Callable[[etree._Element], Iterator[Defaut]], ...] = (
        _sous_type,
        _base_et_type,
        _limites,
        _poids,
        _numeros,
        _nomenclature,
        _durees,
        _lots_attribues,
        _changement,
        _references,
        _vides,
    )
    for regle in regles:
        yield from regle(racine)


def _sous_type(racine: etree._Element) -> Iterator[Defaut]:
    """Sans sous-type, aucune autre exigence ne se lit : c'est le premier défaut à dire."""
    lu = _valeur(racine, "//efac:NoticeSubType/cbc:SubTypeCode")
    attribution = etree.QName(racine).localname == "ContractAwardNotice"
    if lu in listes()["notice-subtype"] and (lu in ATTRIBUTIONS) != attribution:
        quoi = "d'attribution" if lu in ATTRIBUTIONS else "de marché"
        phrase = f"Le sous-type « {lu} » est celui d'un avis {quoi}."
        yield _defaut(
            "OPP-070",
            "le sous-type d'avis",
            "",
            phrase,
            "Corrigez le sous-type, ou changez d'avis.",
        )
    elif lu not in listes()["notice-subtype"]:
        phrase = (
            f"Nos règles ne connaissent pas le sous-type « {lu} »."
            if lu
            else "Il manque le sous-type d'avis."
        )
        yield _defaut(
            "OPP-070",
            "le sous-type d'avis",
            "",
            phrase,
            "Écrivez 16, 19, 20 ou E3 ; 29, 30, 32, 33 ou E4 pour une attribution.",
        )


def _base_et_type(racine: etree._Element) -> Iterator[Defaut]:
    """Chaque sous-type a ses bases juridiques et son type."""
    sous_type = _valeur(racine, "//efac:NoticeSubType/cbc:SubTypeCode")
    admises = BASES_ADMISES.get(sous_type, {"32014L0024", "32024R2509", "other"})
    base = _valeur(racine, "/*/cbc:RegulatoryDomain")
    if sous_type and base and base not in admises:
        phrase = f"La base juridique « {base} » ne va pas avec un avis {sous_type}."
        yield _defaut(
            "BT-01", "la base juridique", "", phrase, f"Choisissez : {', '.join(sorted(admises))}."
        )
    attendu = TYPES_D_AVIS.get(sous_type, "cn-standard")
    lu = _valeur(racine, "/*/cbc:NoticeTypeCode")
    if sous_type and lu and lu != attendu:
        phrase = f"Le type « {lu} » ne va pas avec un avis {sous_type}."
        yield _defaut("BT-02", "le type d'avis", "", phrase, f"Écrivez {attendu}.")


def _limites(racine: etree._Element) -> Iterator[Defaut]:
    """La limite vient après l'envoi, les questions avant la limite."""
    envoi = _instant(racine, *ENVOI)
    rectifie = bool(_valeur(racine, "//efac:Changes/efbc:ChangedNoticeIdentifier"))
    for lot in _tous(racine, LOTS):
        numero = _valeur(lot, "cbc:ID")
        for bt, nom, chemin in (
            ("BT-131(d)", "remise des offres", OFFRES),
            ("BT-1311(d)", "remise des candidatures", CANDIDATURES),
        ):
            limite = _instant(lot, f"{chemin}/cbc:EndDate", f"{chemin}/cbc:EndTime")
            if limite and envoi and limite.date() <= envoi.date() and not rectifie:
                phrase = f"La date limite de {nom} n'est pas après l'envoi de l'avis."
                yield _defaut(
                    bt, f"la date limite de {nom}", numero, phrase, "Vérifiez les deux dates."
                )
            questions = _instant(lot, f"{QUESTIONS}/cbc:EndDate", f"{QUESTIONS}/cbc:EndTime")
            if limite and questions and questions.date() > limite.date():
                phrase = "La date limite des questions est après la date limite de remise."
                yield _defaut(
                    "BT-13(d)",
                    "la date limite des questions",
                    numero,
                    phrase,
                    "Avancez la limite des questions.",
                )


def _poids(racine: etree._Element) -> Iterator[Defaut]:
    """Des pourcentages font cent, à un point près par critère (BR-BT-00539-0200)."""
    for lot in _tous(racine, LOTS):
        for ensemble in _tous(lot, CRITERES):
            poids = [_nombre(noeud.text) for noeud in _tous(ensemble, POIDS)]
            somme = sum(poids, Decimal(0))
            if poids and somme != CENT:
                phrase = f"Les poids des critères font {somme:f}, pas 100."
                yield _defaut(
                    "BT-541",
                    "le poids des critères",
                    _valeur(lot, "cbc:ID"),
                    phrase,
                    "Corrigez les poids.",
                )


def _numeros(racine: etree._Element) -> Iterator[Defaut]:
    """Un numéro de lot ou d'organisation ne sert qu'une fois."""
    for bt, nom, chemin in (
        ("BT-137", "le numéro du lot", f"{LOTS}/cbc:ID"),
        ("OPT-200", "le numéro de l'organisation", "//efac:Company/cac:PartyIdentification/cbc:ID"),
    ):
        vus: set[str] = set()
        for noeud in _tous(racine, chemin):
            numero = (noeud.text or "").strip()
            if numero and numero in vus:
                yield _defaut(
                    bt,
                    nom,
                    numero,
                    f"Le numéro {numero} sert deux fois.",
                    "Donnez à chacun son numéro.",
                )
            vus.add(numero)


def _nomenclature(racine: etree._Element) -> Iterator[Defaut]:
    """Des travaux ont un code en 45, des fournitures en 0 à 44 ou 48, des services au-delà."""
    for projet in _tous(racine, f"/*/cac:ProcurementProject | {LOTS}/cac:ProcurementProject"):
        nature = _valeur(projet, "cbc:ProcurementTypeCode")
        code = _valeur(projet, "cac:MainCommodityClassification/cbc:ItemClassificationCode")
        if code and nature in DEBUTS_CPV and not code.startswith(DEBUTS_CPV[nature]):
            phrase = f"Le code CPV {code} ne désigne pas {NATURES[nature]}."
            yield _defaut(
                "BT-262",
                "le code CPV",
                _valeur(projet, "../cbc:ID[@schemeName='Lot']"),
                phrase,
                "Changez le code ou la nature.",
            )


def _durees(racine: etree._Element) -> Iterator[Defaut]:
    for lot in _tous(racine, LOTS):
        debut = _valeur(lot, "cac:ProcurementProject/cac:PlannedPeriod/cbc:StartDate")[:10]
        fin = _valeur(lot, "cac:ProcurementProject/cac:PlannedPeriod/cbc:EndDate")[:10]
        if debut and fin and fin < debut:
            yield _defaut(
                "BT-537",
                "la fin du lot",
                _valeur(lot, "cbc:ID"),
                "La fin est avant le début.",
                "Vérifiez les deux dates.",
            )


def _lots_attribues(racine: etree._Element) -> Iterator[Defaut]:
    """On n'obtient pas plus de lots qu'on n'en demande, ni n'en demande plus qu'il n'y en a."""
    repartition = "/*/cac:TenderingTerms/cac:LotDistribution"
    soumis = _entier(_valeur(racine, f"{repartition}/cbc:MaximumLotsSubmittedNumeric"))
    attribues = _entier(_valeur(racine, f"{repartition}/cbc:MaximumLotsAwardedNumeric"))
    nombre = len(_tous(racine, LOTS))
    if soumis is not None and soumis > nombre:
        phrase = f"On peut répondre à {soumis} lots, mais il y en a {nombre}."
        yield _defaut(
            "BT-31",
            "le nombre de lots que l'on peut demander",
            "",
            phrase,
            f"Écrivez {nombre} au plus.",
        )
    if soumis is not None and attribues is not None and attribues > soumis:
        phrase = f"On peut obtenir {attribues} lots, mais n'en demander que {soumis}."
        yield _defaut(
            "BT-33",
            "le nombre de lots que l'on peut obtenir",
            "",
            phrase,
            f"Écrivez {soumis} au plus.",
        )


def _changement(racine: etree._Element) -> Iterator[Defaut]:
    """Un avis rectificatif dit pourquoi ; c'est notre exigence, l'Europe ne demande que le code."""
    for changement in _tous(racine, "//efac:Changes"):
        if not _valeur(changement, EXPLICATION):
            phrase = "Il manque l'explication du changement."
            yield _defaut(
                "BT-762",
                "l'explication du changement",
                "",
                phrase,
                "Dites en une phrase pourquoi l'avis change.",
            )
        if _valeur(changement, "efac:ChangeReason/cbc:ReasonCode") != "cancel" and not _tous(
            changement, "efac:Change"
        ):
            phrase = "Il manque ce qui change."
            yield _defaut(
                "BT-141(a)",
                "la description du changement",
                "",
                phrase,
                "Dites ce qui change, et dans quel lot.",
            )


def _references(racine: etree._Element) -> Iterator[Defaut]:
    """Une organisation désignée est une organisation décrite, et inversement."""
    fiches = "//efac:Organization/*/cac:PartyIdentification/cbc:ID"
    decrites = {(noeud.text or "").strip() for noeud in _tous(racine, fiches)}
    designees = {(noeud.text or "").strip() for noeud in _tous(racine, DESIGNEES)}
    for numero in sorted(designees - decrites - {""}):
        phrase = f"L'avis désigne {numero}, qu'il ne décrit pas."
        yield _defaut(
            "OPT-200",
            "le numéro de l'organisation",
            numero,
            phrase,
            "Ajoutez cette organisation à l'avis.",
        )
    for numero in sorted(decrites - designees - {""}):
        phrase = f"L'avis décrit {numero}, sans dire son rôle."
        yield _defaut(
            "OPT-200",
            "le numéro de l'organisation",
            numero,
            phrase,
            "Donnez-lui un rôle, ou retirez-la.",
        )


def _vides(racine: etree._Element) -> Iterator[Defaut]:
    """Le format refuse un élément vide : mieux vaut l'absence."""
    for noeud in _tous(racine, "//*[not(*) and normalize-space(.) = '']"):
        nom = etree.QName(noeud).localname
        yield _defaut("", nom, "", f"L'élément « {nom} » est vide.", "Remplissez-le ou retirez-le.")


def _defaut(bt: str, champ: str, lieu: str, phrase: str, remede: str) -> Defaut:
    return Defaut(bt=bt, champ=champ, lieu=lieu, phrase=phrase, remede=remede)


def _tous(noeud: etree._Element, chemin: str) -> list[etree._Element]:
    return list(_xpath(chemin)(noeud))


def _valeur(noeud: etree._Element, chemin: str) -> str:
    return next(((trouve.text or "").strip() for trouve in _tous(noeud, chemin)), "")


def _instant(noeud: etree._Element, jour: str, heure: str) -> datetime | None:
    """L'instant dit en deux champs, chacun avec son décalage ;
    rien s'il n'est pas dit ou mal dit.
    """
    date, horaire = _valeur(noeud, jour), _valeur(noeud, heure)
    try:
        return datetime.fromisoformat(f"{date[:10]}T{horaire}") if date and horaire else None
    except ValueError:
        return None


def _nombre(texte: str | None) -> Decimal:
    try:
        return Decimal((texte or "0").strip())
    except InvalidOperation:
        return Decimal(0)


def _entier(texte: str) -> int | None:
    return int(texte) if texte.isdecimal() else None


@cache
def _xpath(chemin: str) -> etree.XPath:
    return etree.XPath(chemin, namespaces=ESPACES)
