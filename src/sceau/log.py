"""An append-only register that anybody can check:
RFC 6962 tree, C2SP checkpoints, proofs and tiles.

    for level, index, value in log.append_nodes(size, log.leaf_hash(data), read):
        store(level, index, value)
    body = log.Checkpoint(origin, size + 1, log.root(size + 1, read)).body()
    note = log.sign_note(body, signer)
    proof = log.Proof(size, tuple(log.inclusion(size, size + 1, read)), note).encode()

    log.verify_proof(proof, log.leaf_hash(data), [log.Verifier(signer.vkey)])

Storage is the caller's: `read(level, index)` returns the hash of the complete subtree of 2^level
leaves that starts at leaf index * 2^level.
"""

import hashlib
import json
from collections.abc import Iterable

from sceau._internal.notes import (
    Checkpoint,
    Proof,
    Signer,
    Verifier,
    open_note,
    sign_note,
    signers_named,
)
from sceau._internal.tiles import (
    TILE_WIDTH,
    entries,
    entries_path,
    parse_entries,
    read_entries,
    tile,
    tile_hashes,
    tile_path,
    tile_reader,
    tiles,
)
from sceau._internal.tree import (
    EMPTY_ROOT,
    Read,
    append_nodes,
    consistency,
    inclusion,
    leaf_hash,
    root,
    verify_consistency,
    verify_inclusion,
)
from sceau.errors import SealError, StolenKey

__all__ = [
    "EMPTY_ROOT",
    "PUBLIC_FORMAT",
    "TILE_WIDTH",
    "Checkpoint",
    "Proof",
    "Read",
    "Signer",
    "Verifier",
    "append_nodes",
    "consistency",
    "entries",
    "entries_path",
    "inclusion",
    "label",
    "leaf_data",
    "leaf_hash",
    "open_checkpoint",
    "open_note",
    "parse_entries",
    "read_entries",
    "root",
    "sign_note",
    "signers_named",
    "tile",
    "tile_hashes",
    "tile_path",
    "tile_reader",
    "tiles",
    "verify_consistency",
    "verify_inclusion",
    "verify_proof",
]


PUBLIC_FORMAT = "beffroi.ecriture/2"
_LABEL = "beffroi.feuille/2\n"


def leaf_data(record: bytes, token: bytes) -> bytes:
    """What a leaf says of an event (64 bytes): its record and its local timestamp, both hidden.

    Of a public entry, it also says what the entry is about: its label, then the two together.
    """
    digests = hashlib.sha256(record).digest() + hashlib.sha256(token).digest()
    subject = _public_subject(record)
    if subject is None:
        return digests
    return label(subject) + hashlib.sha256(digests).digest()


def label(subject: str) -> bytes:
    """The first half of every public leaf about `subject`: who knows it finds them all."""
    return hashlib.sha256(f"{_LABEL}{subject}".encode()).digest()


def _public_subject(record: bytes) -> str | None:
    if f'"format":"{PUBLIC_FORMAT}"'.encode() not in record:
        return None
    try:
        content = json.loads(record)
        subject = content["concerne"] if content["format"] == PUBLIC_FORMAT else None
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return subject if isinstance(subject, str) else None


def open_checkpoint(note: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """A checkpoint, once a given key of the log named in its first line signed it, at a size
    that is this key's to sign; SealError otherwise.
    """
    known = list(verifiers)
    text, signers = open_note(note, known)
    checkpoint = Checkpoint.parse(text)
    of_the_log = [signer for signer in signers if signer.name == checkpoint.origin]
    if not of_the_log:
        raise SealError(
            "The checkpoint is not signed by the log {origin}.", origin=checkpoint.origin
        )
    # A key may come back after another one: each of its ranges is its own.
    signed = {signer.vkey for signer in of_the_log}
    its_own = [key for key in known if key.vkey in signed and key.signs(checkpoint.size)]
    if not its_own:
        raise SealError(
            "The checkpoint of {count} entries is signed by a key of the log that does not sign "
            "this size: it had handed over, or had not begun.",
            count=checkpoint.size,
        )
    if all(signer.stolen for signer in its_own):
        raise StolenKey(
            "The checkpoint of {count} entries is signed by a key that was stolen: the register "
            "alone tells whether it is one of its own.",
            count=checkpoint.size,
        )
    return checkpoint


def verify_proof(text: str, leaf: bytes, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The signed checkpoint under which `text` proves the leaf hash `leaf`;
    SealError when it does not.
    """
    proof = Proof.parse(text)
    checkpoint = open_checkpoint(proof.checkpoint, verifiers)
    if not verify_inclusion(leaf, proof.index, checkpoint.size, proof.path, checkpoint.root):
        raise SealError("The proof does not lead from the leaf to the root of the checkpoint.")
    return checkpoint
