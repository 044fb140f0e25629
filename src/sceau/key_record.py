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
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography import x509

from sceau import log, signing, timestamp
from sceau._internal.jcs import canonical
from sceau.errors import SealError
from sceau.signing import PublicIdentity

__all__ = [
    "ACT",
    "ENTRY_FORMAT",
    "FIRST_FORMAT",
    "FIRST_FORMAT_ENDS",
    "FORMAT",
    "PUBLIC_ACT",
    "build",
    "check_signature",
    "verify",
]

FORMAT = "beffroi.cle/2"
# Its `signataire` is bound to no signing key. It stays read for the consultations that have it.
FIRST_FORMAT = "beffroi.cle/1"
FIRST_FORMAT_ENDS = datetime(2027, 4, 1, tzinfo=UTC)
ENTRY_FORMAT = "beffroi.ecriture/1"
ACT = "cles.paire_deposee"
PUBLIC_ACT = "cles.cle_publiee"
_ENTRIES = ((ENTRY_FORMAT, ACT), (log.PUBLIC_FORMAT, PUBLIC_ACT))
_FIELDS = {
    "format",
    "consultation",
    "enveloppe",
    "destinataire",
    "empreinte",
    "politique",
    "seuil",
    "date_limite",
    "gardiens",
    "signataire",
    "scellement_du_signataire",
}
_SEALING = re.compile(r"[0-9a-f]{32}")
# The local authority stamps an entry with the entry's own time, cut to the millisecond.
_CLOCK_TOLERANCE = timedelta(seconds=2)


def build(
    *,
    consultation: str,
    envelope: str,
    recipient: str,
    policy: tuple[str, int],
    deadline: str | None,
    custodians: Iterable[PublicIdentity],
    signer: PublicIdentity,
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
        "gardiens": sorted(custodian.fingerprint for custodian in custodians),
        "signataire": signer.fingerprint,
        "scellement_du_signataire": signer.sealing,
    }


def check_signature(record: Mapping[str, Any], *, key: bytes, signature: bytes) -> None:
    """SealError unless `key` signed the canonical text of the record,
    and is the one that its `signataire` names.
    """
    signing.verify(key, signature, canonical(record))
    if record.get("format") != FIRST_FORMAT:
        _check_signer(record, key)


def verify(
    published: Mapping[str, str],
    *,
    consultation: str,
    envelope: str,
    recipient: str,
    log_keys: Iterable[log.Verifier],
    roots: Sequence[x509.Certificate] | None = None,
    signer: str = "",
    public: bool = True,
) -> dict[str, Any]:
    """The record, once everything holds: signature, signatory, fingerprint, consultation, envelope,
    its hour, and its leaf in the register.

    `roots` are those of the register's timestamp authority; without them a token is judged sound
    in itself. `signer` is the fingerprint of the only identity whose keys are accepted. `public`:
    the register must hold the key as a public entry; who made it does not wait for that.
    """
    entry, token, proof = _fields(published)
    content = _content(entry)
    data: dict[str, Any] = content["donnees"]
    record: dict[str, Any] = data["cle"]
    expected = {"consultation": consultation, "enveloppe": envelope, "destinataire": recipient}
    for name, value in expected.items():
        if record.get(name) != value:
            raise SealError(
                "The signed record is that of another key: its « {name} » differs.", name=name
            )
    if record.get("empreinte") != _fingerprint(recipient):
        raise SealError("The fingerprint of the signed record is not that of the key.")
    stamped = _stamped_at(entry, token, roots)
    _check_time(content, stamped)
    _check_public(content, record, consultation, required=public)
    _check_format(record, stamped, pinned=signer)
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
    """The entry; its canonical text is what the leaf commits to."""
    try:
        content = json.loads(entry)
        sound = (content["format"], content["acte"]) in _ENTRIES and isinstance(
            content["donnees"]["cle"], dict
        )
    except (ValueError, KeyError, TypeError):
        sound = False
    if not sound or canonical(content) != entry.encode():
        raise SealError("The entry of the register is not that of a key.")
    return dict(content)


def _stamped_at(entry: str, token: bytes, roots: Sequence[x509.Certificate] | None) -> datetime:
    digest = hashlib.sha256(entry.encode()).digest()
    if roots is None:
        return timestamp.read(token, digest).time
    return timestamp.verify(token, digest, roots).time


def _check_time(content: Mapping[str, Any], stamped: datetime) -> None:
    try:
        said = datetime.strptime(content["le"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    except (KeyError, TypeError, ValueError):
        raise SealError("The entry of the register is not that of a key.") from None
    if abs(said - stamped) > _CLOCK_TOLERANCE:
        raise SealError("The timestamp of the signed record is not of the hour that it says.")


def _check_public(
    content: Mapping[str, Any], record: Mapping[str, Any], consultation: str, *, required: bool
) -> None:
    """A public leaf bears the label of its consultation:
    whoever knows the consultation finds every key that somebody may have been shown.
    """
    if content["format"] == log.PUBLIC_FORMAT:
        if content.get("concerne") != consultation:
            raise SealError("The public entry of the key is about another consultation.")
    elif required and record.get("format") == FORMAT:
        raise SealError("The key is not public in the register.")


def _check_format(record: Mapping[str, Any], stamped: datetime, *, pinned: str) -> None:
    if record.get("format") == FIRST_FORMAT:
        _check_first_format(stamped, pinned=pinned)
        return
    if record.get("format") != FORMAT:
        raise SealError("The signed record is of an unknown format.")
    if set(record) != _FIELDS:
        raise SealError("The signed record has not the fields of its format.")
    if pinned and record["signataire"] != pinned:
        raise SealError(
            "The key is signed by {signer}, not by the identity that is expected.",
            signer=record["signataire"],
        )


def _check_first_format(stamped: datetime, *, pinned: str) -> None:
    """It names its signatory without binding them: it serves only the keys made before its end,
    and nobody who expects a given signatory.
    """
    if stamped >= FIRST_FORMAT_ENDS:
        raise SealError("The signed record is of a format that is no longer made.")
    if pinned:
        raise SealError("The first format of the signed record binds no signatory.")


def _check_signer(record: Mapping[str, Any], key: bytes) -> None:
    sealing = record.get("scellement_du_signataire")
    sound = isinstance(sealing, str) and _SEALING.fullmatch(sealing)
    if not sound or record.get("signataire") != PublicIdentity(str(sealing), key).fingerprint:
        raise SealError("The signing key is not that of the identity that signs.")


def _hexadecimal(data: Mapping[str, Any], name: str) -> bytes:
    try:
        value = bytes.fromhex(data[name])
    except (KeyError, TypeError, ValueError):
        value = b""
    if not value or value.hex() != data[name]:
        raise SealError("The signed record has no readable « {name} ».", name=name)
    return value


def _fingerprint(recipient: str) -> str:
    return hashlib.sha256(recipient.encode()).hexdigest()[:32]
