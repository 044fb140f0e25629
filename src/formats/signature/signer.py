"""Signer un PDF en PAdES (ETSI EN 319 142-1) : B-B, ou B-T quand un horodateur répond.
Dans un processus à part.

La clé et son mot de passe ne passent que par l'entrée de ce processus : ni argument, ni
fichier, ni variable. Un PDF déjà signé reçoit une révision de plus, qui laisse intacte
chaque signature précédente.
"""

import base64
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from formats.lecture.enclos import couper_du_monde, lancer, limiter
from formats.signature import cle_de_jeton, cle_p12
from formats.signature.cle_de_jeton import Jeton
from formats.signature.refus_de_signer import (
    ARRETEE,
    DOCUMENT_TROP_GROS,
    ILLISIBLE,
    PAS_UN_PDF,
    PROTEGE,
    TROP_LONGUE,
    VERROUILLE,
    RefusDeSigner,
)

SECONDES_DE_CALCUL, SECONDES_D_ATTENTE, MEMOIRE = 30, 60, 1 << 30
# Certains pilotes tiennent l'état du jeton dans un petit fichier à eux.
OCTETS_DU_PILOTE = 1_000_000
OCTETS_DU_DOCUMENT = 100_000_000
# La place laissée à la signature :
# ses certificats, et le jeton d'horodatage qui s'y ajoute ensuite.
OCTETS_RESERVES = 48_000

Horodater = Callable[[bytes], bytes | None]


@dataclass(frozen=True)
class Cle:
    """De quoi signer : un fichier PKCS#12, ou un jeton.

    `secret` : mot de passe ou PIN, jamais écrit nulle part.
    """

    secret: str
    p12: bytes = b""
    jeton: Jeton | None = None

    def __repr__(self) -> str:
        return "Cle(…)"


@dataclass(frozen=True)
class PdfSigne:
    """Le document signé ; `niveau` : B-B, ou B-T si un jeton d'horodatage a pu y être joint."""

    octets: bytes
    niveau: str


def signer_un_pdf(
    octets: bytes, cle: Cle, *, le: datetime, horodater: Horodater | None = None
) -> PdfSigne:
    """Lève `RefusDeSigner`.

    `horodater` reçoit l'empreinte SHA-256 de la signature, et rend un jeton RFC 3161 ou rien.
    """
    if not octets[:1024].lstrip().startswith(b"%PDF-"):
        raise RefusDeSigner(PAS_UN_PDF)
    if len(octets) > OCTETS_DU_DOCUMENT:
        raise RefusDeSigner(DOCUMENT_TROP_GROS)
    entete, signe = _confier(
        {
            "p12": base64.b64encode(cle.p12).decode(),
            "secret": cle.secret,
            "le": le.isoformat(),
            "jeton": asdict(cle.jeton) if cle.jeton else None,
        },
        octets,
    )
    recu = horodater(bytes.fromhex(entete["empreinte"])) if horodater else None
    if recu is None:
        return PdfSigne(signe, "B-B")
    _, horodate = _confier({"horodatage": base64.b64encode(recu).decode()}, signe)
    return PdfSigne(horodate, "B-T")


def _confier(demande: dict[str, Any], octets: bytes) -> tuple[dict[str, Any], bytes]:
    """Une ligne de JSON, puis le document, dans les deux sens."""
    paquet = json.dumps(demande).encode() + b"\n" + octets
    try:
        fait = lancer(
            "formats.signature.signer",
            paquet,
            attente=SECONDES_D_ATTENTE,
            heritage=_heritage(demande.get("jeton")),
        )
    except subprocess.TimeoutExpired:
        raise RefusDeSigner(TROP_LONGUE) from None
    if fait.returncode:
        raise RefusDeSigner(TROP_LONGUE if fait.returncode in {-24, -9} else ARRETEE)
    ligne, _, reste = fait.stdout.partition(b"\n")
    entete: dict[str, Any] = json.loads(ligne)
    if entete.get("refus"):
        raise RefusDeSigner(entete["refus"])
    return entete, reste


def _heritage(jeton: object) -> dict[str, str]:
    """Le pilote d'un jeton cherche le sien par des variables à lui ;
    les réglages de Beffroi ne le regardent pas.
    """
    return (
        {nom: dit for nom, dit in os.environ.items() if not nom.startswith("BEFFROI")}
        if jeton
        else {}
    )


def enfant() -> None:
    """Ce que fait le processus.

    Le pilote d'un jeton parle au sien : lui seul garde le réseau et le disque de la machine.
    """
    ligne, _, octets = sys.stdin.buffer.read().partition(b"\n")
    demande: dict[str, Any] = json.loads(ligne)
    sur_jeton = bool(demande.get("jeton"))
    limiter(
        memoire=MEMOIRE, secondes=SECONDES_DE_CALCUL, ecrits=OCTETS_DU_PILOTE if sur_jeton else 0
    )
    if not sur_jeton:
        couper_du_monde()
    try:
        entete, rendu = _repondre(demande, octets)
    except RefusDeSigner as refus:
        entete, rendu = {"refus": refus.phrase}, b""
    sys.stdout.buffer.write(json.dumps(entete).encode() + b"\n" + rendu)


def _repondre(demande: dict[str, Any], octets: bytes) -> tuple[dict[str, Any], bytes]:
    from formats.signature.horodatage_du_pdf import empreinte_de_la_signature, joindre_le_jeton

    if demande.get("horodatage"):
        return {}, joindre_le_jeton(octets, base64.b64decode(demande["horodatage"]))
    jeton = Jeton(**demande["jeton"]) if demande["jeton"] else None
    cle = Cle(demande["secret"], base64.b64decode(demande["p12"]), jeton)
    signe = signer_ici(octets, cle, le=datetime.fromisoformat(demande["le"]))
    return {"empreinte": empreinte_de_la_signature(signe).hex()}, signe


def signer_ici(octets: bytes, cle: Cle, *, le: datetime) -> bytes:
    """La même signature, sans enclos : ce que fait le processus enfant."""
    if cle.jeton is None:
        return _apposer(octets, cle_p12.signataire(cle.p12, cle.secret), le=le)
    session = cle_de_jeton.ouvrir(cle.jeton, cle.secret)
    try:
        with cle_de_jeton.pannes_dites():
            return _apposer(octets, cle_de_jeton.signataire(session, cle.jeton), le=le)
    finally:
        cle_de_jeton.fermer(session)


def _apposer(octets: bytes, signataire: Any, *, le: datetime) -> bytes:
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import signers
    from pyhanko.sign.general import SigningError

    from formats.signature.certificat_qui_signe import exiger_qu_il_signe

    exiger_qu_il_signe(signataire.signing_cert, le=le)
    try:
        redacteur, champ = _ouvrir(octets)
        metadonnees = signers.PdfSignatureMetadata(
            field_name=champ, subfilter=_pades(), md_algorithm="sha256"
        )
        sortie = signers.sign_pdf(
            redacteur, metadonnees, signer=signataire, bytes_reserved=OCTETS_RESERVES
        )
    except SigningError as refus:
        raise RefusDeSigner(ILLISIBLE if "hybrid" in str(refus) else VERROUILLE) from refus
    except (PdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as panne:
        raise RefusDeSigner(ILLISIBLE) from panne
    return bytes(sortie.getbuffer())


def _ouvrir(octets: bytes) -> tuple[Any, str]:
    """De quoi ajouter une révision, et un nom de champ encore libre."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import enumerate_sig_fields

    redacteur = IncrementalPdfFileWriter(io.BytesIO(octets), strict=False)
    if redacteur.prev.encrypted:
        raise RefusDeSigner(PROTEGE)
    pris = {nom for nom, _, _ in enumerate_sig_fields(redacteur.prev)}
    return redacteur, next(
        nom for n in range(1, len(pris) + 2) if (nom := f"Signature{n}") not in pris
    )


def _pades() -> Any:
    from pyhanko.sign.fields import SigSeedSubFilter

    return SigSeedSubFilter.PADES
