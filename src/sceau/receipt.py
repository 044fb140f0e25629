"""The receipt of a deposit (recu.zip):
made by the platform, verified by anybody, offline (SPEC.md, section 7).

with open("recu.zip", "rb") as archive:
    checks = receipt.verify(archive, log_keys=[log.Verifier(vkey)],
    roots=roots, files=[Path("prix.ods")])
for check in checks:
    print(check.outcome, check.name, check.detail)
sys.exit(receipt.verdict(checks))
"""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from cryptography import x509

from sceau import log, timestamp
from sceau._internal import verification
from sceau._internal.archive import read_archive, write_archive
from sceau._internal.jcs import canonical
from sceau._internal.verification import NAMES, Check, Verification
from sceau.errors import Said, SealError
from sceau.verdict import Verdict, agrees, conclude

__all__ = [
    "NAMES",
    "Check",
    "build",
    "canonical",
    "commitment",
    "holds_together",
    "leaf",
    "received_at",
    "verdict",
    "verify",
    "with_manifests",
]

_COMPULSORY = {
    "archive",
    "record",
    "canonical",
    "timestamp",
    "received_at",
    "deadline",
    "checkpoint",
    "inclusion",
}
# The leaf holds the record and its local token: the register's key answers for both.
_ANCHORS = {"log_key"}


def build(
    record: Mapping[str, object],
    token: bytes,
    qualified_token: bytes | None,
    proof_text: str,
    extra_files: Mapping[str, bytes],
) -> bytes:
    """The archive of a deposit; the same arguments always give the same bytes."""
    files = {verification.RECORD: canonical(record), verification.TOKEN: timestamp.response(token)}
    if qualified_token is not None:
        files[verification.QUALIFIED_TOKEN] = timestamp.response(qualified_token)
    files[verification.PROOF] = proof_text.encode()
    if files.keys() & extra_files.keys():
        raise SealError("An extra file takes the name of a proof.")
    return write_archive(files | {name: extra_files[name] for name in sorted(extra_files)})


def with_manifests(archive: bytes, manifests: Sequence[Mapping[str, object]]) -> bytes:
    """The copy that the depositor keeps:
    the same archive, with the manifests that only it knows.
    """
    content: object = manifests[0] if len(manifests) == 1 else list(manifests)
    return write_archive(
        read_archive(io.BytesIO(archive)) | {verification.MANIFESTS: canonical(content)}
    )


def commitment(manifest: Mapping[str, object]) -> str:
    """What the receipt says of a manifest: its digest, in hexadecimal.

    The manifest's salt hides the rest.
    """
    return hashlib.sha256(canonical(manifest)).hexdigest()


def verify(
    archive: BinaryIO,
    *,
    log_keys: Sequence[log.Verifier] = (),
    roots: Sequence[x509.Certificate] = (),
    qualified_roots: Sequence[x509.Certificate] = (),
    files: Iterable[Path] = (),
) -> list[Check]:
    """Everything that can be said of a receipt, line by line;
    nothing is raised, whatever the archive holds.

    Without `log_keys` or `roots`, the archive's own keys serve,
    and a line of code `key_from_archive` says so.
    """
    try:
        contents = read_archive(archive)
    except SealError as error:
        return [Check("archive", "failed", error.said)]
    verified = Verification(contents)
    verified.checks.append(Check("archive", "ok", Said("{count} files", count=len(contents))))
    verified.record()
    verified.timestamps(roots, qualified_roots)
    verified.register(log_keys)
    verified.manifests()
    verified.files(files)
    return verified.checks


def leaf(archive: BinaryIO) -> tuple[int, bytes, str]:
    """Where the receipt says that the deposit stands in the register,
    the 64 bytes there, and the signed checkpoint.
    """
    files = read_archive(archive)
    try:
        proof = log.Proof.parse(files[verification.PROOF].decode())
        token = timestamp.parse_response(files[verification.TOKEN])
        return proof.index, log.leaf_data(files[verification.RECORD], token), proof.checkpoint
    except (KeyError, UnicodeDecodeError):
        raise SealError("The archive is not a receipt.") from None


def received_at(archive: BinaryIO) -> datetime:
    """When the receipt says that the deposit was received. Nothing is verified here."""
    files = read_archive(archive)
    try:
        said = datetime.fromisoformat(json.loads(files[verification.RECORD])["recu_le"])
    except (KeyError, TypeError, ValueError):
        raise SealError("The archive is not a receipt.") from None
    return said.replace(tzinfo=said.tzinfo or UTC)


def holds_together(checks: Iterable[Check]) -> bool:
    """Whether nothing failed and everything compulsory succeeded.

    Under the archive's own keys, that is agreeing with itself, and no more: see `verdict`.
    """
    return agrees(checks, compulsory=_COMPULSORY)


def verdict(checks: Iterable[Check]) -> Verdict:
    """What can be concluded: intact only under a key of the register known from elsewhere."""
    return conclude(checks, compulsory=_COMPULSORY, anchors=_ANCHORS)
