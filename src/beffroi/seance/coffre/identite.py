"""L'identité des nœuds d'une plateforme : un seul certificat, que chacun sait faire, et lui seul.

Il naît de la clé du service, que la base reconnaît (`socle.noeuds`) : rien de plus à remettre à un
nœud neuf. Chacun le présente, et n'accepte que lui : qui n'a pas cette clé ne parle à aucun coffre,
et n'en tient pas lieu.
"""

import ssl
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

USAGE = b"beffroi.coffre-des-noeuds/1"
# Ce n'est pas un nom de machine : tous les nœuds sont le même.
NOM = "noeud.beffroi.invalid"
SUJET = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, NOM)])
# Sans fin : la clé du service, quand elle change, en fait un autre.
DEBUT, FIN = datetime(2020, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)


def cle_et_certificat(cle_du_service: str) -> bytes:
    """La clé privée et le certificat, en PEM : de la même clé du service, les mêmes octets."""
    graine = HKDF(hashes.SHA256(), length=32, salt=None, info=USAGE).derive(cle_du_service.encode())
    cle = Ed25519PrivateKey.from_private_bytes(graine)
    certificat = (
        x509.CertificateBuilder(SUJET, SUJET, cle.public_key(), serial_number=1)
        .not_valid_before(DEBUT)
        .not_valid_after(FIN)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NOM)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(cle, algorithm=None)
    )
    privee = cle.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return privee + certificat.public_bytes(Encoding.PEM)


def contexte(pem: bytes, *, cote: int) -> ssl.SSLContext:
    """TLS 1.3, les deux côtés authentifiés par ce seul certificat ;
    `cote` : `ssl.PROTOCOL_TLS_SERVER` ou `ssl.PROTOCOL_TLS_CLIENT`.
    """
    tenu = ssl.SSLContext(cote)
    tenu.minimum_version = ssl.TLSVersion.TLSv1_3
    tenu.verify_mode = ssl.CERT_REQUIRED
    with tempfile.TemporaryDirectory() as dossier:
        # OpenSSL ne lit une clé que d'un fichier : celui-ci n'est qu'à nous, et ne reste pas.
        fichier = Path(dossier) / "noeud.pem"
        fichier.touch(mode=0o600)
        fichier.write_bytes(pem)
        tenu.load_cert_chain(fichier)
    tenu.load_verify_locations(cadata=pem[pem.index(b"-----BEGIN CERT") :].decode())
    return tenu
