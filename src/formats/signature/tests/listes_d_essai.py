"""Des listes de confiance d'essai, faites et signées ici :
aucune n'est vraie, toutes se vérifient.
"""

import base64
from datetime import datetime, timedelta
from functools import cache

from asn1crypto import core
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID, ObjectIdentifier

from formats.signature import Confiance
from formats.signature.listes_posees import en_fichier
from formats.signature.pose_des_listes import lire_dans_l_enclos
from formats.signature.tests import cles, pki

TSL = "http://uri.etsi.org/02231/v2#"
QUALIFICATIONS = "http://uri.etsi.org/TrstSvc/SvcInfoExt/eSigDir-1999-93-EC-TrustedList/#"
XADES = "http://uri.etsi.org/01903/v1.3.2#"
STATUT = "http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus"
EXTENSION = "http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt"
SORTE = "http://uri.etsi.org/TrstSvc/Svctype/CA/QC"
HIER, DEMAIN = pki.SIGNE_LE - timedelta(days=1), pki.SIGNE_LE + timedelta(days=30)
POLITIQUE = "1.2.250.1.999.1"


@cache
def union() -> pki.Porteur:
    return cles.porteur("Signataire de la liste des listes", usages=("digital_signature",))


@cache
def france() -> pki.Porteur:
    return cles.porteur("Signataire de la liste française", usages=("digital_signature",))


@cache
def qualifie(
    *,
    sceau: bool = False,
    qscd: bool = True,
    declare: bool = True,
    numero: str = "",
    fin: datetime = pki.CREE_LE + timedelta(days=730),
) -> pki.Porteur:
    """Un certificat qui se déclare qualifié (QcStatements,
    EN 319 412-5), d'une politique connue ; `numero` : celui de son entreprise.
    """
    cle, racine = pki._cle("Hélène Duriez"), pki.autorite()
    chantier = pki._chantier(_sujet(numero), racine.certificat.subject, cle, pki.CREE_LE, fin)
    usages = x509.KeyUsage(**{**pki.USAGES, "content_commitment": True})
    identifiant = x509.AuthorityKeyIdentifier.from_issuer_public_key(racine.cle.public_key())
    chantier = chantier.add_extension(usages, critical=True).add_extension(
        identifiant, critical=False
    )
    politique = x509.PolicyInformation(ObjectIdentifier(POLITIQUE), None)
    chantier = chantier.add_extension(x509.CertificatePolicies([politique]), critical=False)
    if declare:
        enonces = x509.UnrecognizedExtension(
            ObjectIdentifier("1.3.6.1.5.5.7.1.3"), _enonces(sceau=sceau, qscd=qscd)
        )
        chantier = chantier.add_extension(enonces, critical=False)
    return pki.Porteur(cle, chantier.sign(racine.cle, hashes.SHA256()))


def _sujet(numero: str) -> x509.Name:
    nom = pki._nom("Hélène Duriez", "Duriez")
    if not numero:
        return nom
    return x509.Name([*nom, x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, numero)])


def _enonces(*, sceau: bool, qscd: bool) -> bytes:
    sorte = core.SequenceOf(
        [core.ObjectIdentifier(f"0.4.0.1862.1.6.{2 if sceau else 1}")], spec=core.ObjectIdentifier
    )
    dits = [("0.4.0.1862.1.1", b""), ("0.4.0.1862.1.6", sorte.dump())] + [
        ("0.4.0.1862.1.4", b"")
    ] * qscd
    corps = b"".join(_sequence(core.ObjectIdentifier(oid).dump() + valeur) for oid, valeur in dits)
    return _sequence(corps)


def _sequence(corps: bytes) -> bytes:
    return core.Sequence.load(b"\x30" + asn1_longueur(len(corps)) + corps).dump()


def asn1_longueur(n: int) -> bytes:
    return (
        bytes([n]) if n < 128 else bytes([0x81, n]) if n < 256 else bytes([0x82, n >> 8, n & 255])
    )


def service(
    statut: str = "granted",
    *,
    depuis: datetime = pki.CREE_LE,
    avant: tuple[str, datetime] | None = None,
    usage: str = "ForeSignatures",
    qualifications: str = "",
    autorite: pki.Porteur | None = None,
) -> str:
    der = base64.b64encode((autorite or pki.autorite()).der).decode()
    passe = (
        "<ServiceHistory><ServiceHistoryInstance>"
        f"<ServiceTypeIdentifier>{SORTE}</ServiceTypeIdentifier>"
        f"<ServiceStatus>{STATUT}/{avant[0]}</ServiceStatus>"
        f"<StatusStartingTime>{avant[1].isoformat()}"
        "</StatusStartingTime></ServiceHistoryInstance></ServiceHistory>"
        if avant
        else ""
    )
    return (
        "<TrustServiceProvider><TSPServices><TSPService><ServiceInformation>"
        f"<ServiceTypeIdentifier>{SORTE}</ServiceTypeIdentifier><ServiceName><Name>Autorité "
        "d'essai</Name></ServiceName>"
        f"<ServiceDigitalIdentity><DigitalId><X509Certificate>{der}</X509Certificate></DigitalId>"
        f"</ServiceDigitalIdentity><ServiceStatus>{STATUT}/{statut}</ServiceStatus>"
        f"<StatusStartingTime>{depuis.isoformat()}</StatusStartingTime>"
        "<ServiceInformationExtensions>"
        f"<Extension Critical='true'><AdditionalServiceInformation><URI>{EXTENSION}/{usage}</URI>"
        "</AdditionalServiceInformation>"
        f"</Extension>{qualifications}</ServiceInformationExtensions>"
        f"</ServiceInformation>{passe}</TSPService></TSPServices></TrustServiceProvider>"
    )


def qualification(qualificatif: str, *politiques: str) -> str:
    visees = "".join(
        (
            f"<q:PolicySet><q:PolicyIdentifier><x:Identifier>urn:oid:{une}</x:Identifier>"
            "</q:PolicyIdentifier></q:PolicySet>"
        )
        for une in politiques
    )
    critere = (
        visees
        or "<q:KeyUsage><q:KeyUsageBit name='nonRepudiation'>true</q:KeyUsageBit></q:KeyUsage>"
    )
    return (
        f"<Extension Critical='true'><q:Qualifications xmlns:q='{QUALIFICATIONS}' "
        f"xmlns:x='{XADES}'>"
        "<q:QualificationElement><q:Qualifiers><q:Qualifier "
        f"uri='{EXTENSION}/{qualificatif}'/></q:Qualifiers>"
        f"<q:CriteriaList assert='all'>{critere}</q:CriteriaList></q:QualificationElement>"
        "</q:Qualifications></Extension>"
    )


def liste(
    *services: str,
    territoire: str = "FR",
    jusqu_au: datetime | None = DEMAIN,
    par: pki.Porteur | None = None,
    pointeurs: str = "",
    des_listes: bool = False,
) -> bytes:
    sorte = "EUlistofthelists" if des_listes else "EUgeneric"
    fin = (
        f"<NextUpdate><dateTime>{jusqu_au.isoformat()}</dateTime></NextUpdate>"
        if jusqu_au
        else "<NextUpdate/>"
    )
    corps = (
        f"<TrustServiceStatusList xmlns='{TSL}'><SchemeInformation>"
        "<TSLSequenceNumber>7</TSLSequenceNumber>"
        f"<TSLType>http://uri.etsi.org/TrstSvc/TrustedList/TSLType/{sorte}</TSLType>"
        f"<SchemeTerritory>{territoire}</SchemeTerritory>"
        f"<PointersToOtherTSL>{pointeurs}</PointersToOtherTSL>"
        f"<ListIssueDateTime>{HIER.isoformat()}</ListIssueDateTime>{fin}</SchemeInformation>"
        f"<TrustServiceProviderList>{''.join(services)}</TrustServiceProviderList>"
        "</TrustServiceStatusList>"
    )
    return pki.xml_signe(corps.encode(), par=par or france())


def liste_des_listes(*, jusqu_au: datetime = DEMAIN, par: pki.Porteur | None = None) -> bytes:
    der = base64.b64encode(france().der).decode()
    pointeur = (
        "<OtherTSLPointer><ServiceDigitalIdentities><ServiceDigitalIdentity><DigitalId>"
        f"<X509Certificate>{der}</X509Certificate></DigitalId></ServiceDigitalIdentity>"
        "</ServiceDigitalIdentities>"
        "<TSLLocation>https://listes.example/fr.xml</TSLLocation><AdditionalInformation>"
        "<OtherInformation><SchemeTerritory>FR</SchemeTerritory></OtherInformation>"
        "<OtherInformation><MimeType "
        "xmlns='http://uri.etsi.org/02231/v2/additionaltypes#'>application/vnd.etsi.tsl+xml"
        "</MimeType></OtherInformation></AdditionalInformation></OtherTSLPointer>"
    )
    return liste(
        territoire="EU", jusqu_au=jusqu_au, par=par or union(), pointeurs=pointeur, des_listes=True
    )


def confiance(octets: bytes, *, le: datetime = pki.SIGNE_LE) -> Confiance:
    """Ce que l'exploitant aurait après avoir posé cette liste ; aucune racine à lui."""
    lue, _ = lire_dans_l_enclos(octets, (france().der,))
    return Confiance((), (pki.revocations(),), en_fichier({"FR": lue}), le)
