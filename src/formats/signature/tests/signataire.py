"""Signer un PDF pour l'éprouver, d'un certificat que personne ne connaît."""

import io
from datetime import UTC, datetime, timedelta
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

OBJETS = (
    b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>>>endobj\n",
)


def _un_pdf() -> bytes:
    """Une page blanche, sa table des objets calculée."""
    octets, table = b"%PDF-1.7\n", [b"0000000000 65535 f"]
    for objet in OBJETS:
        table.append(b"%010d 00000 n" % len(octets))
        octets += objet
    fin = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(octets)
    return octets + b"xref\n0 4\n" + b"".join(ligne + b"\r\n" for ligne in table) + fin


UN_PDF = _un_pdf()


def pdf_signe(octets: bytes, *, par: str = "Hélène Duriez", champ: str = "Signature1") -> bytes:
    """Le même document, signé PAdES B-B en révision ajoutée."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter

    sortie = signers.sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(octets)),
        signers.PdfSignatureMetadata(field_name=champ, subfilter=SigSeedSubFilter.PADES),
        signer=_signataire(par),
    )
    return bytes(sortie.getbuffer())


@cache
def _signataire(nom: str):
    from pyhanko.sign import signers

    cle = ec.generate_private_key(ec.SECP256R1())
    sujet = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, nom)])
    debut = datetime.now(UTC) - timedelta(days=1)
    certificat = (
        x509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Autorité d'essai")]))
        .public_key(cle.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + timedelta(days=365))
        .add_extension(
            x509.KeyUsage(
                digital_signature=True,
                content_commitment=True,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=False,
                crl_sign=False,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
        .sign(cle, hashes.SHA256())
    )
    p12 = serialization.pkcs12.serialize_key_and_certificates(
        b"essai", cle, certificat, None, serialization.BestAvailableEncryption(b"essai")
    )
    return signers.SimpleSigner.load_pkcs12_data(p12, other_certs=[], passphrase=b"essai")
