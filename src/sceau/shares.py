"""Shares of a consultation's key, each bound to its key and to its use (SPEC.md, section 3).

    parts = shares.split(key, shares=3, threshold=2,
    purpose=Purpose.MEMBER, record=canonical_record)
    key = shares.combine(parts[:2])

A share says to whom it belongs: whoever is asked for it reads it with `read`,
and gives nothing when it is another one. A threshold is read there too, never from whoever asks.
"""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum

from sceau._internal import shamir
from sceau.errors import SealError
from sceau.keys import Identity

__all__ = ["NO_RECORD", "SHARE_SIZE", "Purpose", "Share", "combine", "read", "split"]

_VERSION = 2
_HEAD_SIZE = 1 + 1 + 1 + 16 + 32
SHARE_SIZE = _HEAD_SIZE + 33
NO_RECORD = bytes(32)


class Purpose(IntEnum):
    """What a share is for: to open, to recover, or only to rehearse."""

    MEMBER = 1
    CUSTODIAN = 2
    TRIAL = 3


@dataclass(frozen=True)
class Share:
    """What a share says of itself.

    All the shares of one sharing agree on everything but the payload.
    """

    purpose: Purpose
    threshold: int
    fingerprint: str
    record: bytes
    payload: bytes

    def head(self) -> bytes:
        return (
            bytes([_VERSION, self.purpose, self.threshold])
            + bytes.fromhex(self.fingerprint)
            + self.record
        )

    def encode(self) -> bytes:
        """The bytes that `read` reads."""
        return self.head() + self.payload


def split(
    key: Identity,
    *,
    shares: int,
    threshold: int,
    purpose: Purpose,
    record: bytes = b"",
    random: Callable[[int], bytes] = os.urandom,
) -> list[bytes]:
    """Share out the seed of `key`.

    `record` is the canonical text of its signed record; empty for a rehearsal.
    """
    if bool(record) == (purpose is Purpose.TRIAL):
        raise SealError("A share has a record if and only if its key is that of a consultation.")
    payloads = shamir.split(key.seed, shares=shares, threshold=threshold, random=random)
    digest = hashlib.sha256(record).digest() if record else NO_RECORD
    return [
        Share(purpose, threshold, key.recipient.fingerprint, digest, payload).encode()
        for payload in payloads
    ]


def read(share: bytes) -> Share:
    """What a share says of itself; raise SealError when it is not one."""
    if (
        len(share) != SHARE_SIZE
        or share[0] != _VERSION
        or share[1] not in set(Purpose)
        or share[2] == 0
    ):
        raise SealError("A share has an unknown format.")
    purpose, record = Purpose(share[1]), share[19:_HEAD_SIZE]
    if (record == NO_RECORD) != (purpose is Purpose.TRIAL):
        raise SealError("A share has an unknown format.")
    return Share(purpose, share[2], share[3:19].hex(), record, share[_HEAD_SIZE:])


def combine(shares: Iterable[bytes]) -> Identity:
    """Rebuild the key; raise SealError when the shares are too few,
    disagree, or give another key than theirs.
    """
    known = [read(share) for share in shares]
    if not known:
        raise SealError("No share was given.")
    if len({share.head() for share in known}) != 1:
        raise SealError("The shares do not belong to the same sharing.")
    key = Identity.from_seed(
        shamir.combine((share.payload for share in known), threshold=known[0].threshold)
    )
    if key.recipient.fingerprint != known[0].fingerprint:
        raise SealError("The shares do not give the key that they name.")
    return key
