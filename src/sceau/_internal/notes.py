"""Signed text of a log:
C2SP signed-note, tlog-checkpoint, tlog-cosignature (Ed25519) and tlog-proof.
"""

import base64
import binascii
import hashlib
import os
import re
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sceau._internal.tree import HASH_SIZE
from sceau.errors import SealError

ED25519 = 0x01
COSIGNATURE = 0x04
_PROOF_FIRST_LINE = "c2sp.org/tlog-proof@v1"
_NAME = re.compile(r"[^\s+]+")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,18}")
_SIZES = re.compile(r"(0|[1-9][0-9]{0,18})-(|0|[1-9][0-9]{0,18})( stolen)?")
_SIGNATURE_LINE = re.compile(r"— ([^\s+]+) ([A-Za-z0-9+/]+={0,2})")
_NOTE_LIMIT_CHARACTERS = 200_000
_SIGNATURES_LIMIT = 64


class Verifier:
    """A public key of a log (type 1) or of a witness (type 4), as its `vkey` text.

    After it, the text may say which sizes of the register it signs (SPEC.md, section 8):
    `vkey 129-5248`, or `vkey 129-` when nothing ended it; all of them when nothing is said. A last
    word, `stolen`, says that others may sign with it.
    """

    def __init__(self, text: str) -> None:
        vkey, _, sizes = text.strip().partition(" ")
        self.first, self.last, self.stolen = _sizes(sizes)
        name, _, rest = vkey.partition("+")
        key_id, _, encoded = rest.partition("+")
        raw = _unbase64(encoded)
        if not _NAME.fullmatch(name) or len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
            raise SealError("A log key is not a C2SP verifier key of a known type.")
        if key_id != _key_id(name, raw).hex():
            raise SealError("A log key is mistyped: its identifier is wrong.")
        self.vkey = vkey
        self.name, self.type, self.key_id = name, raw[0], _key_id(name, raw)
        self._key = Ed25519PublicKey.from_public_bytes(raw[1:])

    @property
    def is_witness(self) -> bool:
        """Whether this is the key of a witness, not of a log."""
        return self.type == COSIGNATURE

    @property
    def text(self) -> str:
        """The key and its sizes, as this class reads them."""
        if not self.first and self.last is None and not self.stolen:
            return self.vkey
        last = "" if self.last is None else self.last
        return f"{self.vkey} {self.first}-{last}{' stolen' * self.stolen}"

    def unsuspected(self) -> "Verifier":
        """The same key, for who compares its checkpoints with the register itself."""
        return Verifier(self.text.removesuffix(" stolen"))

    def signs(self, size: int) -> bool:
        """Whether a checkpoint of this size is this key's to sign."""
        return self.first <= size and (self.last is None or size <= self.last)

    def accepts(self, text: str, signature: bytes) -> bool:
        """Whether this key signed `text`."""
        try:
            if self.type == ED25519:
                self._key.verify(signature, text.encode())
            else:
                (time,) = struct.unpack(">Q", signature[:8])
                self._key.verify(signature[8:], _cosigned(text, time))
        except (InvalidSignature, struct.error):
            return False
        return True


class Signer:
    """The Ed25519 key of a log or of a witness. `seed` is the secret to keep."""

    def __init__(self, name: str, seed: bytes) -> None:
        if not _NAME.fullmatch(name) or len(seed) != 32:
            raise SealError("A log key needs a name without space nor + and a 32-byte seed.")
        self.name = name
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self._public = self._key.public_key().public_bytes_raw()

    @classmethod
    def generate(cls, name: str, random: Callable[[int], bytes] = os.urandom) -> "Signer":
        """A new key."""
        return cls(name, random(32))

    @property
    def seed(self) -> bytes:
        """The secret."""
        return self._key.private_bytes_raw()

    @property
    def vkey(self) -> str:
        """The public key of the log."""
        return self._vkey(ED25519)

    @property
    def witness_vkey(self) -> str:
        """The public key of the same key used as a witness."""
        return self._vkey(COSIGNATURE)

    def sign(self, text: str) -> str:
        """The signature line of a log."""
        return self._line(ED25519, self._key.sign(text.encode()))

    def cosign(self, text: str, time: int) -> str:
        """The signature line of a witness, at a Unix time."""
        return self._line(
            COSIGNATURE, struct.pack(">Q", time) + self._key.sign(_cosigned(text, time))
        )

    def _line(self, kind: int, signature: bytes) -> str:
        return (
            f"— {self.name} "
            f"{_base64(_key_id(self.name, bytes([kind]) + self._public) + signature)}\n"
        )

    def _vkey(self, kind: int) -> str:
        raw = bytes([kind]) + self._public
        return f"{self.name}+{_key_id(self.name, raw).hex()}+{_base64(raw)}"


def sign_note(text: str, signer: Signer) -> str:
    """A signed note; more signature lines may be appended to it."""
    return f"{text}\n{signer.sign(text)}"


def open_note(note: str, verifiers: Iterable[Verifier]) -> tuple[str, list[Verifier]]:
    """The text of a note and the known keys that signed it, one at least.

    Unknown signatures are ignored; a known key whose signature is wrong rejects the whole note.
    """
    text, signatures = _split_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    signers = []
    for name, raw in signatures:
        verifier = known.get((name, raw[:4]))
        if verifier and not verifier.accepts(text, raw[4:]):
            raise SealError("The signature of {name} is wrong.", name=name)
        if verifier and verifier not in signers:
            signers.append(verifier)
    if not signers:
        raise SealError("The note is signed by none of the known keys.")
    return text, signers


def signers_named(note: str) -> set[str]:
    """The names on the signature lines of a note; nothing is verified.

    Empty when it is not a note.
    """
    try:
        return {name for name, _ in _split_note(note)[1]}
    except SealError:
        return set()


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The state of a log: its name, how many leaves, their root."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def body(self) -> str:
        """The text to sign."""
        lines = [self.origin, str(self.size), _base64(self.root), *self.extensions]
        return "".join(f"{line}\n" for line in lines)

    @classmethod
    def parse(cls, note: str) -> "Checkpoint":
        """Read a checkpoint, signed or not. The signatures are not verified here."""
        text = _split_note(note)[0] if "\n\n" in note else note
        lines = text.split("\n")
        if len(lines) < 4 or lines[-1] or not all(lines[:-1]) or not _NUMBER.fullmatch(lines[1]):
            raise SealError("A checkpoint of the log is malformed.")
        return cls(lines[0], int(lines[1]), _unhash(lines[2]), tuple(lines[3:-1]))


@dataclass(frozen=True, slots=True)
class Proof:
    """That a leaf is in a log, in one text: its index, its path and the signed checkpoint."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def encode(self) -> str:
        """The `.tlog-proof` text."""
        extra = [f"extra {_base64(self.extra)}"] if self.extra else []
        lines = [_PROOF_FIRST_LINE, *extra, f"index {self.index}", *map(_base64, self.path)]
        return "\n".join(lines) + "\n\n" + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> "Proof":
        """Read a `.tlog-proof` text. Nothing is verified here."""
        head, _, checkpoint = text[:_NOTE_LIMIT_CHARACTERS].partition("\n\n")
        first, *lines = head.split("\n")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = _unbase64(lines.pop(0).removeprefix("extra "))
        index = (
            lines.pop(0).removeprefix("index ") if lines and lines[0].startswith("index ") else ""
        )
        if (
            first != _PROOF_FIRST_LINE
            or not _NUMBER.fullmatch(index)
            or not checkpoint
            or len(lines) > 64
        ):
            raise SealError("A log proof is malformed.")
        return cls(int(index), tuple(map(_unhash, lines)), checkpoint, extra)


def _sizes(text: str) -> tuple[int, int | None, bool]:
    if not text:
        return 0, None, False
    found = _SIZES.fullmatch(text)
    if not found:
        raise SealError("A log key is followed by something else than the sizes that it signs.")
    return int(found[1]), int(found[2]) if found[2] else None, found[3] is not None


def _split_note(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    text, separator, tail = note.rpartition("\n\n")
    lines = tail.split("\n")
    malformed = not separator or lines[-1] != "" or any(ord(c) < 0x20 and c != "\n" for c in note)
    if (
        malformed
        or len(note) > _NOTE_LIMIT_CHARACTERS
        or not 1 < len(lines) <= _SIGNATURES_LIMIT + 1
    ):
        raise SealError("A signed note is malformed.")
    return text + "\n", [_parse_signature(line) for line in lines[:-1]]


def _parse_signature(line: str) -> tuple[str, bytes]:
    found = _SIGNATURE_LINE.fullmatch(line)
    raw = _unbase64(found[2]) if found else b""
    if not found or len(raw) < 5:
        raise SealError("A signature line of a note is malformed.")
    return found[1], raw


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _key_id(name: str, raw: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unbase64(text: str) -> bytes:
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if not data or _base64(data) != text:
        raise SealError("A log text holds malformed base64.")
    return data


def _unhash(text: str) -> bytes:
    value = _unbase64(text)
    if len(value) != HASH_SIZE:
        raise SealError("A log text holds a hash of a wrong length.")
    return value
