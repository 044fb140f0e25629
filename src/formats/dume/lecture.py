"""Lire un DUME venu d'ailleurs :
borné, en UTF-8, sans entité, sans type de document, sans réseau.
"""

from lxml import etree

from formats.dume import balises
from formats.dume.balises import EXIGENCES, REPONSES, Element, cac, cbc, texte
from formats.dume.modele import (
    DEMANDE,
    REPONSE,
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
from formats.xml_fautif import faute_de_xml

# La réponse officielle complète, tous critères remplis, pèse 1,1 Mo.
TAILLE_MAXIMALE = 5_000_000
_BOM = b"\xef\xbb\xbf"
_ENCODAGES = {"UTF-8", "ASCII", "US-ASCII", ""}


class DumeIllisible(ValueError):
    """Ce fichier n'est pas un DUME que l'on puisse lire ; la phrase dit pourquoi, et quoi faire."""


def lire(contenu: bytes) -> Dume:
    """Le DUME que ce fichier contient. Lève `DumeIllisible`."""
    return du_xml(racine(contenu))


def racine(contenu: bytes) -> Element:
    if len(contenu) > TAILLE_MAXIMALE:
        raise DumeIllisible(
            f"Ce fichier dépasse {TAILLE_MAXIMALE // 1_000_000} Mo : ce n'est pas un DUME."
        )
    contenu = contenu.removeprefix(_BOM)
    try:
        contenu.decode("utf-8")
    except UnicodeDecodeError as erreur:
        raise DumeIllisible(
            "Ce fichier n'est pas en UTF-8. Enregistrez-le en UTF-8, puis redonnez-le."
        ) from erreur
    # Refusé avant d'être lu : une entité ne se déclare que là.
    if b"<!DOCTYPE" in contenu or b"<!ENTITY" in contenu:
        raise DumeIllisible(
            "Ce XML déclare un type de document, et peut-être des entités : il n'est pas lu."
        )
    return _analyser(contenu)


def _analyser(contenu: bytes) -> Element:
    lecteur = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        lu = etree.fromstring(contenu, lecteur)
    except etree.XMLSyntaxError as erreur:
        raise DumeIllisible(f"Ce XML ne se lit pas, {faute_de_xml(erreur)}.") from erreur
    informations = lu.getroottree().docinfo
    if informations.doctype or (informations.encoding or "").upper() not in _ENCODAGES:
        raise DumeIllisible(
            "Ce XML n'est pas en UTF-8, ou déclare un type de document : il n'est pas lu."
        )
    if etree.QName(lu).localname not in (DEMANDE, REPONSE) or not str(lu.tag).startswith(
        f"{{{balises.UBL}"
    ):
        raise DumeIllisible(
            "Ce XML n'est pas un DUME : sa racine n'est ni une demande ni une réponse européennes."
        )
    return lu


def du_xml(lu: Element) -> Dume:
    criteres = tuple(_critere(element) for element in lu.findall(cac("TenderingCriterion")))
    return Dume(
        sorte=etree.QName(lu).localname,
        ubl=texte(lu, "cbc:UBLVersionID"),
        version=texte(lu, "cbc:ProfileExecutionID"),
        identifiant=texte(lu, "cbc:ID"),
        uuid=texte(lu, "cbc:UUID"),
        consultation=texte(lu, "cbc:ContractFolderID"),
        intitule=texte(lu, "cbc:ContractName"),
        emis_le=texte(lu, "cbc:IssueDate"),
        emis_a=texte(lu, "cbc:IssueTime"),
        procedure=texte(lu, "cbc:ProcedureCode"),
        notes=tuple(" ".join((note.text or "").split()) for note in lu.findall(cbc("Note"))),
        acheteur=_partie(lu, "ContractingParty", site="cbc:BuyerProfileURI"),
        operateur=_operateur(lu),
        objet=texte(lu, "ProcurementProject/cbc:Description"),
        lots=tuple(texte(lot, "cbc:ID") for lot in lu.findall(cac("ProcurementProjectLot"))),
        criteres=criteres,
        reponses=_reponses(
            lu, {p.id: p.type for critere in criteres for p in critere.proprietes()}
        ),
        preuves=tuple(_preuve(element) for element in lu.findall(cac("Evidence"))),
    )


def _partie(lu: Element, dans: str, *, site: str) -> Partie:
    def du(suite: str) -> str:
        return texte(lu, f"{dans}/Party/{suite}")

    return Partie(
        nom=du("PartyName/cbc:Name"),
        identifiant=du("PartyIdentification/cbc:ID"),
        pays=du("PostalAddress/Country/cbc:IdentificationCode"),
        rue=du("PostalAddress/cbc:StreetName"),
        ville=du("PostalAddress/cbc:CityName"),
        code_postal=du("PostalAddress/cbc:PostalZone"),
        site=texte(lu, f"{dans}/{site}"),
        contact=du("Contact/cbc:Name"),
        telephone=du("Contact/cbc:Telephone"),
        courriel=du("Contact/cbc:ElectronicMail"),
    )


def _operateur(lu: Element) -> Operateur | None:
    element = lu.find(cac("EconomicOperatorParty"))
    if element is None:
        return None
    return Operateur(
        partie=_partie(lu, "EconomicOperatorParty", site="Party/cbc:WebsiteURI"),
        role=texte(element, "EconomicOperatorRole/cbc:RoleCode"),
        taille=texte(element, "Party/cbc:IndustryClassificationCode"),
        groupement=texte(lu, "cbc:EconomicOperatorGroupName"),
        representants=tuple(
            _representant(pouvoir) for pouvoir in element.iter(cac("PowerOfAttorney"))
        ),
    )


def _representant(pouvoir: Element) -> Representant:
    return Representant(
        prenom=texte(pouvoir, "AgentParty/Person/cbc:FirstName"),
        nom=texte(pouvoir, "AgentParty/Person/cbc:FamilyName"),
        pays=texte(pouvoir, "AgentParty/Person/ResidenceAddress/Country/cbc:IdentificationCode"),
        qualite=texte(pouvoir, "cbc:Description"),
    )


def _critere(element: Element) -> Critere:
    return Critere(
        uuid=texte(element, "cbc:ID"),
        code=texte(element, "cbc:CriterionTypeCode"),
        nom=texte(element, "cbc:Name"),
        description=texte(element, "cbc:Description"),
        article=texte(element, "Legislation/cbc:Article"),
        lots=tuple(
            texte(lot, "cbc:ID") for lot in element.findall(cac("ProcurementProjectLotReference"))
        ),
        groupes=tuple(
            _groupe(groupe) for groupe in element.findall(cac("TenderingCriterionPropertyGroup"))
        ),
    )


def _groupe(element: Element) -> Groupe:
    return Groupe(
        id=texte(element, "cbc:ID"),
        condition=texte(element, "cbc:PropertyGroupTypeCode"),
        proprietes=tuple(
            _propriete(propriete)
            for propriete in element.findall(cac("TenderingCriterionProperty"))
        ),
        groupes=tuple(
            _groupe(sous)
            for sous in element.findall(cac("SubsidiaryTenderingCriterionPropertyGroup"))
        ),
    )


def _propriete(element: Element) -> Propriete:
    genre = texte(element, "cbc:ValueDataTypeCode")
    return Propriete(
        id=texte(element, "cbc:ID"),
        sorte=texte(element, "cbc:TypeCode"),
        type=genre,
        libelle=texte(element, "cbc:Description"),
        est_libellee=element.find(cbc("Description")) is not None,
        exigence=_exigence(element, genre),
    )


def _exigence(element: Element, genre: str) -> Valeur | None:
    if genre == "PERIOD":
        return _periode(element)
    porte = element.find(cbc(EXIGENCES.get(genre, "ExpectedDescription")))
    if porte is None:
        return None
    return Valeur(type=genre, texte=_rangee(porte), complement=porte.get("currencyID") or "")


def _reponses(lu: Element, types: dict[str, str]) -> dict[str, tuple[Valeur, ...]]:
    reponses: dict[str, list[Valeur]] = {}
    for element in lu.findall(cac("TenderingCriterionResponse")):
        question = texte(element, "cbc:ValidatedCriterionPropertyID")
        reponses.setdefault(question, []).append(_reponse(element, types.get(question, "")))
    return {question: tuple(valeurs) for question, valeurs in reponses.items()}


def _reponse(element: Element, genre: str) -> Valeur:
    """La valeur, sous le type de l'élément qui la porte ;
    celui de la question, quand il s'y lit.
    """
    periode = _periode(element)
    if periode is not None:
        return periode
    preuve = texte(element, "EvidenceSupplied/cbc:ID")
    if preuve:
        return Valeur(type="EVIDENCE_IDENTIFIER", texte=preuve)
    porte = next(
        (p for p in element.iterfind(f"{cac('ResponseValue')}/*") if p.tag != cbc("ID")), None
    )
    if porte is None:
        return Valeur(type="", texte="")
    nom = etree.QName(porte).localname
    trouve = (
        genre
        if REPONSES.get(genre) == nom
        else next((t for t, n in REPONSES.items() if n == nom), "")
    )
    return Valeur(
        type=trouve,
        texte=_rangee(porte),
        complement=porte.get("currencyID") or porte.get("unitCode") or "",
    )


def _periode(element: Element) -> Valeur | None:
    if element.find(cac("ApplicablePeriod")) is None:
        return None
    debut, fin = (texte(element, f"ApplicablePeriod/cbc:{nom}Date") for nom in ("Start", "End"))
    return Valeur(type="PERIOD", texte=debut, complement=fin)


def _preuve(element: Element) -> Preuve:
    return Preuve(
        id=texte(element, "cbc:ID"),
        adresse=texte(element, "DocumentReference/Attachment/ExternalReference/cbc:URI"),
        emetteur=texte(element, "DocumentReference/IssuerParty/PartyName/cbc:Name"),
    )


def _rangee(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
