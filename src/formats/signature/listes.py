"""Les listes de confiance (ETSI TS 119 612) :
qui est qualifié pour émettre des certificats de signature, et depuis quand.

La liste des listes de l'Union nomme, pour chaque pays, les certificats qui signent la sienne.
Chaque signature est vérifiée sous le profil strict de `profil_xades`, et son certificat doit être
un de ceux qu'on attend : sa chaîne n'y ajoute rien.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from formats.signature import profil_xades, xades
from formats.signature.services_de_confiance import TOUS, Liste, ListeRefusee, Pointeur, Service
from formats.signature.verdict import HorsProfil

type Element = Any

LISTE_DES_LISTES = "http://uri.etsi.org/TrstSvc/TrustedList/TSLType/EUlistofthelists"
ACCORDE = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/granted"
SIGNATURES = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/ForeSignatures"
SORTES = {
    "http://uri.etsi.org/TrstSvc/Svctype/CA/QC": "certificats",
    "http://uri.etsi.org/TrstSvc/Svctype/TSA/QTST": "horodatage",
}
# Ce qui retire à un certificat son statut,
# ou son dispositif, d'après la liste (TS 119 612, 5.5.9.2.3).
RETIRENT = {"NotQualified", "QCForLegalPerson", "QCForESeal", "QCForWSA"}
SANS_DISPOSITIF = {"QCNoQSCD", "QCNoSSCD"}


def lire(octets: bytes, signataires: Iterable[bytes]) -> tuple[Liste, tuple[Pointeur, ...]]:
    """La liste, et les listes qu'elle désigne si c'est celle de l'Union. Lève `ListeRefusee`."""
    racine = _verifiee(octets, frozenset(signataires))
    informations = _un(racine, "SchemeInformation")
    territoire = _texte(informations, "SchemeTerritory")
    pointeurs = (
        tuple(_pointeurs(informations))
        if _texte(informations, "TSLType") == LISTE_DES_LISTES
        else ()
    )
    fin = informations.findtext("{*}NextUpdate/{*}dateTime")
    try:
        liste = Liste(
            territoire=territoire,
            numero=_texte(informations, "TSLSequenceNumber"),
            emise_le=_instant(_texte(informations, "ListIssueDateTime")),
            jusqu_au=_instant(fin) if fin else None,
            services=tuple(_services(racine, territoire)),
        )
    except ValueError as panne:
        raise ListeRefusee(
            f"La liste {territoire} a une date ou un certificat illisible : elle ne sert pas."
        ) from panne
    return liste, pointeurs


def _verifiee(octets: bytes, signataires: frozenset[bytes]) -> Element:
    """La racine, une fois sa signature vérifiée sur tout le document, d'un certificat attendu."""
    try:
        certificat, racine = xades.signataire_du_document(octets)
    except HorsProfil as refus:
        raise ListeRefusee(
            f"La signature de cette liste ne se vérifie pas. {refus.phrase}".strip()
        ) from refus
    if racine is None:
        raise ListeRefusee("Cette liste a changé depuis sa signature : reprenez-la à sa source.")
    if certificat not in signataires:
        raise ListeRefusee(
            "Cette liste n'est pas signée par un des certificats attendus. S'ils ont changé, "
            "donnez le nouveau "
            "(--signataire, --sha256), pris au Journal officiel de l'Union européenne."
        )
    return racine


def territoire_de(octets: bytes) -> tuple[str, bool]:
    """Ce qu'une liste dit d'elle-même, avant toute vérification :
    son pays, et si c'est celle de l'Union.
    """
    try:
        informations = _un(profil_xades.lire(octets), "SchemeInformation")
    except HorsProfil as refus:
        raise ListeRefusee(refus.phrase) from refus
    return _texte(informations, "SchemeTerritory"), _texte(
        informations, "TSLType"
    ) == LISTE_DES_LISTES


def _pointeurs(informations: Element) -> Iterable[Pointeur]:
    for un in informations.iterfind("{*}PointersToOtherTSL/{*}OtherTSLPointer"):
        sorte = un.findtext("{*}AdditionalInformation/{*}OtherInformation/{*}MimeType") or ""
        if sorte == "application/vnd.etsi.tsl+xml":
            territoire = (
                un.findtext("{*}AdditionalInformation/{*}OtherInformation/{*}SchemeTerritory") or ""
            )
            yield Pointeur(
                territoire, (un.findtext("{*}TSLLocation") or "").strip(), tuple(_certificats(un))
            )


def _services(racine: Element, pays: str) -> Iterable[Service]:
    for service in racine.iterfind(
        "{*}TrustServiceProviderList/{*}TrustServiceProvider/{*}TSPServices/{*}TSPService"
    ):
        dit = _un(service, "ServiceInformation")
        sorte = SORTES.get(_texte(dit, "ServiceTypeIdentifier"))
        certificats = tuple(_certificats(_un(dit, "ServiceDigitalIdentity")))
        usages = {une.text for une in dit.iterfind(".//{*}AdditionalServiceInformation/{*}URI")}
        if sorte and certificats and (sorte == "horodatage" or SIGNATURES in usages):
            yield Service(
                sorte=sorte,
                pays=pays,
                nom=" ".join((dit.findtext("{*}ServiceName/{*}Name") or "").split())[:200],
                certificats=certificats,
                periodes=_periodes(service, dit),
                exclus=_politiques(dit, RETIRENT),
                sans_dispositif=_politiques(dit, SANS_DISPOSITIF),
            )


def _periodes(service: Element, dit: Element) -> tuple[tuple[datetime, bool], ...]:
    passees = service.iterfind("{*}ServiceHistory/{*}ServiceHistoryInstance")
    toutes = [
        (_instant(_texte(une, "StatusStartingTime")), _texte(une, "ServiceStatus") == ACCORDE)
        for une in (dit, *passees)
        if _texte(une, "ServiceTypeIdentifier") == _texte(dit, "ServiceTypeIdentifier")
    ]
    return tuple(sorted(toutes, reverse=True))


def _politiques(dit: Element, qualificatifs: set[str]) -> tuple[str, ...]:
    """Les politiques visées ; toutes, quand le critère est d'une autre sorte :
    le doute ne profite pas au certificat.
    """
    visees: set[str] = set()
    for element in dit.iterfind(".//{*}Qualifications/{*}QualificationElement"):
        dits = {
            str(un.get("uri")).rpartition("/")[2]
            for un in element.iterfind("{*}Qualifiers/{*}Qualifier")
        }
        if dits & qualificatifs:
            identifiants = [
                (un.text or "").strip() for un in element.iterfind(".//{*}PolicySet//{*}Identifier")
            ]
            visees |= {un.removeprefix("urn:oid:") for un in identifiants} or {TOUS}
    return tuple(sorted(visees))


def _certificats(element: Element) -> Iterable[bytes]:
    for un in element.iterfind(".//{*}DigitalId/{*}X509Certificate"):
        yield xades.octets_de(un)


def _un(element: Element, nom: str) -> Element:
    trouve = element.find(f"{{*}}{nom}")
    if trouve is None:
        raise ListeRefusee(f"Ce fichier n'est pas une liste de confiance : {nom} n'y est pas.")
    return trouve


def _texte(element: Element, nom: str) -> str:
    trouve = element.find(f"{{*}}{nom}")
    return "" if trouve is None else "".join(trouve.itertext()).strip()


def _instant(dit: str) -> datetime:
    lu = datetime.fromisoformat(dit.strip())
    if lu.tzinfo is None:
        raise ValueError(dit)
    return lu
