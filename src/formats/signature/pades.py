"""Lire et vérifier les signatures d'un PDF, par pyHanko, dans un processus borné :
un PDF hostile n'y fait tomber que lui.
"""

import io
import json
import subprocess
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Any

from formats.lecture.enclos import couper_du_monde, lancer, limiter
from formats.signature.lue import SignatureLue

# Une signature de PDF commence par dire quels octets elle couvre, et le dit en clair.
MARQUE = b"/ByteRange"
SIGNATURES_LUES = 20
# C'est le calcul qui se borne ; l'attente, plus longue, est celle d'une machine occupée.
SECONDES_D_ATTENTE, SECONDES_DE_CALCUL, MEMOIRE = 60, 20, 1 << 30


class SignaturesIllisibles(Exception):
    """Le document porte des signatures, et leur lecture a échoué :
    rien ne s'en dit, ni en bien ni en mal.
    """


def signatures_du_pdf(octets: bytes) -> tuple[SignatureLue, ...]:
    """Chaque signature du document, dans l'ordre où elle y a été mise ;
    aucune s'il n'est pas signé, ou n'est pas un PDF.

    Vérifie l'intégrité et la portée, pas la confiance : aucune liste de confiance n'est
    lue, aucun réseau n'est appelé. Lève `SignaturesIllisibles` si le document en porte et
    qu'elles ne se lisent pas.
    """
    if not octets.startswith(b"%PDF-") or MARQUE not in octets:
        return ()
    try:
        fait = lancer("formats.signature.pades", octets, attente=SECONDES_D_ATTENTE)
    except subprocess.TimeoutExpired as attente:
        raise SignaturesIllisibles from attente
    if fait.returncode:
        raise SignaturesIllisibles
    return tuple(depuis_le_dossier(une) for une in json.loads(fait.stdout))


def enfant() -> None:
    """Ce que fait le processus : se borner, lire l'entrée, répondre."""
    limiter(memoire=MEMOIRE, secondes=SECONDES_DE_CALCUL)
    couper_du_monde()
    lues = [pour_le_dossier(signature) for signature in lire_ici(sys.stdin.buffer.read())]
    sys.stdout.buffer.write(json.dumps(lues, ensure_ascii=False).encode())


def lire_ici(octets: bytes) -> list[SignatureLue]:
    """La lecture même, sans enclos."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    lecteur = PdfFileReader(io.BytesIO(octets))
    return [_lire(signature) for signature in lecteur.embedded_regular_signatures[:SIGNATURES_LUES]]


def _lire(signature: Any) -> SignatureLue:
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.status import SignatureCoverageLevel
    from pyhanko_certvalidator import ValidationContext

    sans_confiance = ValidationContext(trust_roots=[], allow_fetching=False)
    statut = validate_pdf_signature(signature, sans_confiance, ts_validation_context=sans_confiance)
    certificat, jeton = statut.signing_cert, statut.timestamp_validity
    horodatage = jeton.timestamp if jeton is not None and jeton.intact and jeton.valid else None
    return SignatureLue(
        signataire=_nom(certificat.subject),
        emetteur=_nom(certificat.issuer),
        intacte=bool(statut.intact and statut.valid),
        couvre_tout=statut.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        declaree_le=horodatage or statut.signer_reported_dt,
        horodatee=horodatage is not None,
        certificat_jusqu_au=certificat.not_valid_after,
    )


def _nom(nom: Any) -> str:
    """Le nom commun, ou tout le nom s'il n'en a pas ; borné, car c'est un inconnu qui l'a écrit."""
    dit = nom.native.get("common_name") or nom.human_friendly
    return " ".join(str(dit).replace("\0", "").split())[:200]


def pour_le_dossier(signature: SignatureLue) -> dict[str, Any]:
    """Un dictionnaire pour JSON ; les instants en ISO 8601."""
    return {
        champ: valeur.isoformat() if isinstance(valeur, datetime) else valeur
        for champ, valeur in asdict(signature).items()
    }


def depuis_le_dossier(dit: dict[str, Any]) -> SignatureLue:
    """L'inverse de `pour_le_dossier`."""
    instants = {
        champ: datetime.fromisoformat(dit[champ]) if dit.get(champ) else None
        for champ in ("declaree_le", "certificat_jusqu_au")
    }
    return SignatureLue(**{**dit, **instants})
