"""Identities open files, recipients seal them. Both are self-describing strings."""

import hashlib
import os
from collections.abc import Callable, Sequence
from typing import Protocol

from sceau._internal import bech32
from sceau._internal.header import Stanza
from sceau._internal.stanzas import (
    HybridPublicKey,
    HybridSecretKey,
    Passphrase,
    PublicKey,
    SecretKey,
    X25519SecretKey,
)
from sceau.errors import SealError

_IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-"
_CLASSIC_PREFIX = "AGE-SECRET-KEY-"
_RECIPIENT_PREFIX = "age1pq"
_WORK_FACTOR = 17
_WORK_FACTOR_LIMIT = 22


class Recipient:
    """To whom a file is sealed: `age1pq1…`, or a passphrase for the slots that keep an identity."""

    __slots__ = ("_key",)

    def __init__(self, key: PublicKey) -> None:
        self._key = key

    @classmethod
    def parse(cls, text: str) -> "Recipient":
        """Read `age1pq1…`; raise SealError when it is anything else."""
        if text != text.lower():
            raise SealError("A recipient is written in lower case.")
        return cls(HybridPublicKey(bech32.decode(text, _RECIPIENT_PREFIX)))

    @classmethod
    def from_passphrase(cls, text: str, *, work_factor: int = _WORK_FACTOR) -> "Recipient":
        """Seal with a passphrase (scrypt, N = 2^work_factor)."""
        if not text:
            raise SealError("A passphrase cannot be empty.")
        return cls(Passphrase(text, work_factor))

    def encode(self) -> str:
        """The text that `parse` reads."""
        if not isinstance(self._key, HybridPublicKey):
            raise SealError("A passphrase cannot be published.")
        return bech32.encode(_RECIPIENT_PREFIX, self._key.raw)

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal digits for people to compare (SPEC.md, section 1)."""
        return hashlib.sha256(self.encode().encode()).hexdigest()[:32]


class Opener(Protocol):
    """What `unseal` asks: shown the header of a file, give back the key of that one file, or None.

    An `Identity` is one. Another process that keeps identities and never shows them is another.
    """

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None: ...


class Identity:
    """What opens files. It never shows itself: only `encode` and `seed` give the secret."""

    __slots__ = ("_key",)

    def __init__(self, key: SecretKey) -> None:
        self._key = key

    @classmethod
    def generate(cls, random: Callable[[int], bytes] = os.urandom) -> "Identity":
        """A new hybrid identity."""
        return cls.from_seed(random(32))

    @classmethod
    def from_seed(cls, seed: bytes) -> "Identity":
        """The hybrid identity of a 32-byte seed."""
        return cls(HybridSecretKey(seed))

    @classmethod
    def parse(cls, text: str) -> "Identity":
        """Read `AGE-SECRET-KEY-PQ-1…`, or a classic `AGE-SECRET-KEY-1…`;
        raise SealError otherwise.
        """
        if text != text.upper():
            raise SealError("An identity is written in upper case.")
        if text.startswith(_IDENTITY_PREFIX):
            return cls.from_seed(bech32.decode(text, _IDENTITY_PREFIX))
        return cls(X25519SecretKey(bech32.decode(text, _CLASSIC_PREFIX)))

    @classmethod
    def from_passphrase(
        cls, text: str, *, work_factor_limit: int = _WORK_FACTOR_LIMIT
    ) -> "Identity":
        """Open what a passphrase sealed;
        a work factor above the limit is refused before any computation.
        """
        return cls(Passphrase(text, work_factor_limit))

    def encode(self) -> str:
        """The text that `parse` reads. It is the secret itself."""
        return bech32.encode(_IDENTITY_PREFIX, self.seed).upper()

    @property
    def seed(self) -> bytes:
        """The 32 bytes to share out. They are the secret itself."""
        return self._hybrid().seed

    @property
    def recipient(self) -> Recipient:
        """Who must be sealed to for this identity to open."""
        return Recipient(self._hybrid().public)

    def unwrap(self, stanzas: Sequence[Stanza]) -> bytes | None:
        """The key of the file that has this header; None when it is sealed for someone else."""
        return self._key.unwrap(stanzas)

    def _hybrid(self) -> HybridSecretKey:
        if not isinstance(self._key, HybridSecretKey):
            raise SealError("Only a hybrid identity has a seed and a recipient.")
        return self._key
