"""Joindre un jeton d'horodatage à la dernière signature d'un PDF (PAdES B-T,
EN 319 142-1, 6.3) sans rien changer d'autre.
"""

import hashlib
import io
from typing import Any

from formats.signature.refus_de_signer import RefusDeSigner

JETON_INUTILISABLE = (
    "Le jeton d'horodatage reçu ne se joint pas à la signature : rien n'est gardé. "
    "Recommencez dans un moment."
)


def empreinte_de_la_signature(octets: bytes) -> bytes:
    """Ce que le jeton date : la valeur de la signature (RFC 3161, annexe A)."""
    return hashlib.sha256(bytes(_derniere(octets).signer_info["signature"].native)).digest()


def joindre_le_jeton(octets: bytes, jeton: bytes) -> bytes:
    """Le jeton devient un attribut non signé ;
    la place qu'il prend était réservée, et aucun octet signé ne bouge.
    """
    from asn1crypto import cms

    signature = _derniere(octets)
    debut, longueur, suite, _ = (int(n) for n in signature.byte_range)
    try:
        joint = cms.CMSAttribute(
            {"type": "signature_time_stamp_token", "values": [cms.ContentInfo.load(jeton)]}
        )
        contenu = cms.ContentInfo.load(signature.pkcs7_content)
        contenu["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes([joint])
        der = bytes(contenu.dump(force=True))
    except (ValueError, TypeError, KeyError) as panne:
        raise RefusDeSigner(JETON_INUTILISABLE) from panne
    trou = suite - (debut + longueur) - 2
    if len(der) * 2 > trou:
        raise RefusDeSigner(JETON_INUTILISABLE)
    return octets[: longueur + 1] + der.hex().encode().ljust(trou, b"0") + octets[suite - 1 :]


def _derniere(octets: bytes) -> Any:
    from pyhanko.pdf_utils.reader import PdfFileReader

    return PdfFileReader(io.BytesIO(octets), strict=False).embedded_regular_signatures[-1]
