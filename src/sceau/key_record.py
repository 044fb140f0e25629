"""The signed record of a consultation's key:
who made it, for what, and where the register holds it (SPEC.md, section 11).

    record = key_record.build(consultation="2026-0142", envelope="offre", ...)
    signature = signing.sign(identity, receipt.canonical(record))

key_record.verify(published, consultation="2026-0142",
envelope="offre", recipient="age1pq1…", log_keys=keys)

`verify` is for whoever is about to seal: any doubt is a SealError, and nothing must be sealed.
"""

import base64
import binascii
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sceau import log, signing
from sceau._internal.jcs import canonical
from sceau.errors import SealError

__all__ = ["ACT", "ENTRY_FORMAT", "FORMAT", "build", "check_signature", "verify"]

FORMAT = "beffroi.cle/1"
ENTRY_FORMAT = "beffroi.ecriture/1"
ACT = "cles.paire_deposee"


def build(
    *,
    consultation: str,
    envelope: str,
    recipient: str,
    policy: tuple[str, int],
    deadline: str | None,
    custodians: Iterable[str],
    signer: str,
) -> dict[str, Any]:
    """The record that the maker of the key signs; `policy` is its name and its threshold."""
    return {
        "format": FORMAT,
        "consultation": consultation,
        "enveloppe": envelope,
        "destinataire": recipient,
        "empreinte": _fingerprint(recipient),
        "politique": policy[0],
        "seuil": policy[1],
        "date_limite": deadline,
        "gardiens": sorted(custodians),
        "signataire": signer,
    }


def check_signature(record: Mapping[str, Any], *, key: bytes, signature: bytes) -> None:
    """SealError unless `key` signed the canonical text of the record."""
    signing.verify(key, signature, canonical(record))


def verify(
    published: Mapping[str, str],
    *,
    consultation: str,
    envelope: str,
    recipient: str,
    log_keys: Iterable[log.Verifier],
) -> dict[str, Any]:
    """The record, once everything holds:
    signature, fingerprint, consultation, envelope, and its leaf in the register.
    """
    entry, token, proof = _fields(published)
    data = _content(entry)
    record: dict[str, Any] = data["cle"]
    expected = {
        "format": FORMAT,
        "consultation": consultation,
        "enveloppe": envelope,
        "destinataire": recipient,
    }
    for name, value in expected.items():
        if record.get(name) != value:
            raise SealError(
                "The signed record is that of another key: its « {name} » differs.", name=name
            )
    if record.get("empreinte") != _fingerprint(recipient):
        raise SealError("The fingerprint of the signed record is not that of the key.")
    check_signature(
        record,
        key=_hexadecimal(data, "cle_de_signature"),
        signature=_hexadecimal(data, "signature"),
    )
    log.verify_proof(proof, log.leaf_hash(log.leaf_data(entry.encode(), token)), log_keys)
    return record


def _fields(published: Mapping[str, str]) -> tuple[str, bytes, str]:
    entry, token, proof = (published.get(name) for name in ("ecriture", "jeton", "preuve"))
    if not (isinstance(entry, str) and isinstance(token, str) and isinstance(proof, str)):
        raise SealError("The key has no signed record.")
    try:
        return entry, base64.b64decode(token, validate=True), proof
    except binascii.Error:
        raise SealError("The timestamp of the signed record is malformed.") from None


def _content(entry: str) -> dict[str, Any]:
    """The data of the entry; its canonical text is what the leaf commits to."""
    try:
        content = json.loads(entry)
        data = content["donnees"]
        sound = (
            content["format"] == ENTRY_FORMAT
            and content["acte"] == ACT
            and isinstance(data["cle"], dict)
        )
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound or canonical(content) != entry.encode():
        raise SealError("The entry of the register is not that of a key.")
    return dict(data)


def _hexadecimal(data: Mapping[str, Any], name: str) -> bytes:
    try:
        return bytes.fromhex(data[name])
    except (KeyError, TypeError, ValueError):
        raise SealError("The signed record has no readable « {name} ».", name=name) from None


def _fingerprint(recipient: str) -> str:
    return hashlib.sha256(recipient.encode()).hexdigest()[:32]
