"""Une autorité d'essai, ses signataires, et de quoi signer dans chaque format :
rien n'y est vrai, tout s'y vérifie.
"""

import asyncio
import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache

import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree

from formats.signature.confiance import Confiance

# Les bibliothèques qui signent écrivent l'heure qu'il est :
# tout se compte d'elle, et chacun signe à celle-là.
SIGNE_LE = datetime.now(UTC).replace(microsecond=0)
A_L_HEURE = time_machine.travel(SIGNE_LE, tick=False)
RECU_LE = SIGNE_LE + timedelta(hours=1)
CREE_LE = SIGNE_LE - timedelta(days=300)
USAGES = {
    nom: False
    for nom in (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign "
        "encipher_only decipher_only"
    ).split()
}


@dataclass(frozen=True)
class Porteur:
    cle: rsa.RSAPrivateKey
    certificat: x509.Certificate

    @property
    def der(self) -> bytes:
        return self.certificat.public_bytes(serialization.Encoding.DER)


@cache
def _cle(nom: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def autorite(nom: str = "Autorité d'essai") -> Porteur:
    cle, sujet = _cle(nom), _nom(nom)
    chantier = _chantier(sujet, sujet, cle, CREE_LE, CREE_LE + timedelta(days=3650))
    chantier = chantier.add_extension(x509.BasicConstraints(ca=True, path_length=1), critical=True)
    chantier = chantier.add_extension(
        x509.KeyUsage(**{**USAGES, "key_cert_sign": True, "crl_sign": True}), critical=True
    )
    return Porteur(cle, chantier.sign(cle, hashes.SHA256()))


@cache
def porteur(
    nom: str = "Hélène Duriez", *, jusqu_au: datetime = CREE_LE + timedelta(days=730)
) -> Porteur:
    cle, racine = _cle(nom), autorite()
    chantier = _chantier(
        _nom(nom, "Établissements Duriez"), racine.certificat.subject, cle, CREE_LE, jusqu_au
    )
    usages = x509.KeyUsage(**{**USAGES, "digital_signature": True, "content_commitment": True})
    identifiant = x509.AuthorityKeyIdentifier.from_issuer_public_key(racine.cle.public_key())
    chantier = chantier.add_extension(usages, critical=True).add_extension(
        identifiant, critical=False
    )
    return Porteur(cle, chantier.sign(racine.cle, hashes.SHA256()))


def _nom(commun: str, organisation: str = "") -> x509.Name:
    parties = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "FR"),
        x509.NameAttribute(NameOID.COMMON_NAME, commun),
    ]
    if organisation:
        parties.insert(1, x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation))
    return x509.Name(parties)


def _chantier(sujet, emetteur, cle, debut, fin) -> x509.CertificateBuilder:
    chantier = (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(emetteur)
        .public_key(cle.public_key())
    )
    chantier = (
        chantier.serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(fin)
    )
    return chantier.add_extension(
        x509.SubjectKeyIdentifier.from_public_key(cle.public_key()), critical=False
    )


def revocations(*revoques: Porteur, le: datetime = SIGNE_LE - timedelta(days=2)) -> bytes:
    """La liste de révocation de l'autorité, dressée juste après la réception."""
    racine = autorite()
    liste = x509.CertificateRevocationListBuilder().issuer_name(racine.certificat.subject)
    liste = liste.last_update(RECU_LE + timedelta(hours=1)).next_update(
        RECU_LE + timedelta(days=30)
    )
    for revoque in revoques:
        un = (
            x509.RevokedCertificateBuilder()
            .serial_number(revoque.certificat.serial_number)
            .revocation_date(le)
        )
        liste = liste.add_revoked_certificate(un.build())
    identifiant = x509.AuthorityKeyIdentifier.from_issuer_public_key(racine.cle.public_key())
    liste = liste.add_extension(identifiant, critical=False).add_extension(
        x509.CRLNumber(1), critical=False
    )
    return liste.sign(racine.cle, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


@cache
def confiance(*revoques: Porteur) -> Confiance:
    return Confiance((autorite().der,), (revocations(*revoques),))


def _signataire(qui: Porteur):
    from pyhanko.sign import signers

    p12 = serialization.pkcs12.serialize_key_and_certificates(
        b"essai",
        qui.cle,
        qui.certificat,
        [autorite().certificat],
        serialization.BestAvailableEncryption(b"essai"),
    )
    return signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=b"essai")


@A_L_HEURE
def pdf_signe(octets: bytes, *, par: Porteur | None = None, champ: str = "Signature1") -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    sortie = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(octets)),
        signers.PdfSignatureMetadata(
            field_name=champ, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
        ),
        signer=_signataire(par or porteur()),
    )
    return bytes(sortie.getbuffer())


@A_L_HEURE
def cms_signe(
    document: bytes,
    *,
    par: Porteur | None = None,
    detachee: bool = False,
    resume: str = "sha256",
    cades: bool = True,
) -> bytes:
    from pyhanko.sign.signers.pdf_cms import PdfCMSSignedAttributes

    signature = asyncio.run(
        _signataire(par or porteur()).async_sign_general_data(
            document,
            resume,
            use_cades=cades,
            detached=detachee,
            signed_attr_settings=PdfCMSSignedAttributes(signing_time=SIGNE_LE),
        )
    )
    return bytes(signature.dump())


UN_XML = (
    "<offre xmlns='urn:essai'><prix devise='EUR'>12 000,00</prix><objet>Réfection d'un "
    "préau</objet></offre>"
).encode()


@A_L_HEURE
def xml_signe(
    document: bytes = UN_XML, *, par: Porteur | None = None, forme: str = "enveloped", **reglages
) -> bytes:
    """Une signature XAdES de signxml ; `forme` : « enveloped », « enveloping » ou « detached »."""
    from signxml import SignatureConstructionMethod
    from signxml.xades import XAdESSigner

    qui = par or porteur()
    signataire = XAdESSigner(method=SignatureConstructionMethod[forme], **reglages)
    suite = {"reference_uri": "offre.xml"} if forme == "detached" else {}
    signe = signataire.sign(etree.fromstring(document), key=qui.cle, cert=[qui.certificat], **suite)
    return bytes(etree.tostring(signe))
