"""De quoi signer ici :
des certificats d'essai, dans un PKCS#12 ou dans un jeton logiciel, ordinaires ou fautifs.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from asn1crypto import cms, pkcs12
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12 as p12

from formats.signature.tests import pki

MOT_DE_PASSE = "é3-Mot de passe d'essai"
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
PIN = "648219"


def en_p12(qui: pki.Porteur, mot_de_passe: str = MOT_DE_PASSE) -> bytes:
    chiffrement = serialization.BestAvailableEncryption(mot_de_passe.encode())
    return p12.serialize_key_and_certificates(
        b"essai", qui.cle, qui.certificat, [pki.autorite().certificat], chiffrement
    )


def porteur(
    nom: str = "Martine Delattre",
    *,
    usages: tuple[str, ...] = ("content_commitment",),
    debut: datetime = pki.CREE_LE,
    jusqu_au: datetime = pki.CREE_LE + timedelta(days=730),
    bits: int = 2048,
) -> pki.Porteur:
    """Un certificat de l'autorité d'essai, avec les usages qu'on veut."""
    cle, racine = rsa.generate_private_key(65537, bits), pki.autorite()
    chantier = pki._chantier(
        pki._nom(nom, "Commune de Bomy"), racine.certificat.subject, cle, debut, jusqu_au
    )
    usage = x509.KeyUsage(**{**pki.USAGES, **dict.fromkeys(usages, True)})
    identifiant = x509.AuthorityKeyIdentifier.from_issuer_public_key(racine.cle.public_key())
    chantier = chantier.add_extension(usage, critical=True).add_extension(
        identifiant, critical=False
    )
    return pki.Porteur(cle, chantier.sign(racine.cle, hashes.SHA256()))


def deux_cles() -> bytes:
    """Deux clés chiffrées dans un même fichier :
    aucune bibliothèque courante n'en écrit, certains magasins si.
    """
    sacs = []
    for nom in ("Un", "Deux"):
        lu = pkcs12.Pfx.load(en_p12(pki.porteur(nom)))
        claires = [p for p in lu.authenticated_safe if p["content_type"].native == "data"]
        sacs += [
            sac for partie in claires for sac in pkcs12.SafeContents.load(partie["content"].native)
        ]
    partie = cms.ContentInfo({"content_type": "data", "content": pkcs12.SafeContents(sacs).dump()})
    contenu = pkcs12.AuthenticatedSafe([partie]).dump()
    return pkcs12.Pfx(
        {"version": "v3", "auth_safe": {"content_type": "data", "content": contenu}}
    ).dump()


def ancien(dossier: Path) -> bytes:
    """Ce que Windows exportait : RC2 à 40 bits, écrit par OpenSSL sous son ancien chiffrement."""
    qui = pki.porteur()
    cle, certificat, sortie = (dossier / nom for nom in ("cle.pem", "certificat.pem", "ancien.p12"))
    cle.write_bytes(
        qui.cle.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    certificat.write_bytes(qui.certificat.public_bytes(serialization.Encoding.PEM))
    subprocess.run(
        [
            "openssl",
            "pkcs12",
            "-export",
            "-legacy",
            "-certpbe",
            "PBE-SHA1-RC2-40",
            "-inkey",
            cle,
            "-in",
            certificat,
            "-out",
            sortie,
            "-passout",
            "pass:essai",
        ],
        check=True,
        capture_output=True,
    )
    return sortie.read_bytes()


@dataclass(frozen=True)
class JetonLogiciel:
    module: str
    label: str


def module_softhsm() -> str:
    return next((un for un in MODULES if Path(un).exists()), "")


def jeton_logiciel(
    dossier: Path, *porteurs: pki.Porteur, label: str = "Mairie de Bomy"
) -> JetonLogiciel:
    """Un jeton SoftHSM2 dans ce dossier, que `SOFTHSM2_CONF` désigne ;
    chaque porteur y a sa clé et son certificat.
    """
    (dossier / "jetons").mkdir(exist_ok=True)
    reglage = dossier / "softhsm2.conf"
    reglage.write_text(
        f"directories.tokendir = {dossier / 'jetons'}\nobjectstore.backend = file\n"
        "log.level = ERROR\n"
    )
    _softhsm(
        reglage, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "12345678"
    )
    for rang, qui in enumerate(porteurs, 1):
        fichier = dossier / "cle.pem"
        fichier.write_bytes(_pkcs8(qui))
        _softhsm(
            reglage,
            "--import",
            fichier,
            "--token",
            label,
            "--pin",
            PIN,
            "--id",
            f"{rang:02x}",
            "--label",
            "cle",
        )
        fichier.unlink()
        _mettre_le_certificat(reglage, label, rang, qui)
    os.environ["SOFTHSM2_CONF"] = str(reglage)
    return JetonLogiciel(module_softhsm(), label)


def _pkcs8(qui: pki.Porteur) -> bytes:
    return qui.cle.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _softhsm(reglage: Path, *arguments: object) -> None:
    outil = shutil.which("softhsm2-util") or "softhsm2-util"
    subprocess.run(
        [outil, *map(str, arguments)],
        check=True,
        capture_output=True,
        env={**os.environ, "SOFTHSM2_CONF": str(reglage)},
    )


METTRE = """
import sys
import pkcs11
from pkcs11 import Attribute, CertificateType, ObjectClass
module, label, pin, rang, sujet, der = sys.argv[1:]
with pkcs11.lib(module).get_token(token_label=label).open(rw=True, user_pin=pin) as session:
    session.create_object({
        Attribute.CLASS: ObjectClass.CERTIFICATE, Attribute.CERTIFICATE_TYPE: CertificateType.X_509,
        Attribute.TOKEN: True, Attribute.LABEL: "certificat", Attribute.ID: bytes([int(rang)]),
        Attribute.SUBJECT: bytes.fromhex(sujet), Attribute.VALUE: bytes.fromhex(der),
    })
"""


def _mettre_le_certificat(reglage: Path, label: str, rang: int, qui: pki.Porteur) -> None:
    dits = (
        module_softhsm(),
        label,
        PIN,
        str(rang),
        qui.certificat.subject.public_bytes().hex(),
        qui.der.hex(),
    )
    subprocess.run(
        [sys.executable, "-c", METTRE, *dits],
        check=True,
        env={**os.environ, "SOFTHSM2_CONF": str(reglage)},
    )
