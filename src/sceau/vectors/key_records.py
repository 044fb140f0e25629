"""The records of `key_records.json`: genuine, of both formats, and what a bidder must refuse.

A token's signature changes each time it is made: the file is made once, by `make.py`.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sceau import Identity, key_record, log, receipt, signing, timestamp

MADE_ON = datetime(2026, 11, 3, 9, 30, 0, 250_000, tzinfo=UTC)
NAME = "beffroi.example/journal"
CONSULTATION, ENVELOPE = "2026-0142", "offre"
KEY, OTHER_KEY = (Identity.from_seed(seed) for seed in (bytes(32), b"\x22" * 32))
OTHER = Identity.from_seed(b"\xff" * 32)
CUSTODIANS = tuple(Identity.from_seed(bytes([number]) * 32) for number in (1, 2, 3))


@dataclass(frozen=True)
class Platform:
    """Who holds the key of the register and its timestamp authority."""

    signer: log.Signer
    authority: timestamp.Authority


@dataclass(frozen=True)
class Case:
    """What is published, and what the bidder asks for."""

    why: str
    published: Mapping[str, str]
    asked: Mapping[str, object] = field(default_factory=dict)

    def encoded(self) -> dict[str, object]:
        expected: dict[str, object] = {
            "consultation": CONSULTATION,
            "envelope": ENVELOPE,
            "recipient": KEY.recipient.encode(),
        }
        return {
            "why": self.why,
            "published": self.published,
            "expected": {**expected, **self.asked},
        }


@dataclass(frozen=True)
class Made:
    """A record and who signs it, on the way to a register of one leaf."""

    by: Platform
    record: Mapping[str, Any]
    hand: Identity
    at: datetime = MADE_ON
    key: bytes = b""
    concerns: str = CONSULTATION

    def changed(self, **fields: object) -> "Made":
        return replace(self, record={**self.record, **fields})

    def entry(self) -> str:
        data = {
            "cle": self.record,
            "signature": signing.sign(self.hand, receipt.canonical(self.record)).hex(),
            "cle_de_signature": (self.key or signing.public_key(self.hand)).hex(),
        }
        return entry(data, self.at, self.concerns)

    def published(self, token: bytes | None = None) -> dict[str, str]:
        return publication(self.by, self.entry(), token or self.stamped(self.entry()))

    def stamped(self, text: str, *, late: timedelta = timedelta()) -> bytes:
        return self.by.authority.issue(hashlib.sha256(text.encode()).digest(), self.at + late)


def entry(data: Mapping[str, Any], at: datetime, concerns: str = CONSULTATION) -> str:
    """The entry of the register that holds a record, public when it concerns something."""
    kept = {
        "nonce": "00" * 16,
        "le": at.strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "donnees": data,
    }
    born = {"format": key_record.ENTRY_FORMAT, "acte": key_record.ACT}
    public = {"format": log.PUBLIC_FORMAT, "acte": key_record.PUBLIC_ACT, "concerne": concerns}
    return receipt.canonical(kept | (public if concerns else born)).decode()


def publication(by: Platform, text: str, token: bytes) -> dict[str, str]:
    """What the platform publishes with a key, of a register that holds nothing else."""
    leaf = log.leaf_hash(log.leaf_data(text.encode(), token))
    note = log.sign_note(log.Checkpoint(NAME, 1, leaf).body(), by.signer)
    return {
        "ecriture": text,
        "jeton": base64.b64encode(token).decode(),
        "preuve": log.Proof(0, (), note).encode(),
    }


def published(by: Platform, data: Mapping[str, Any]) -> dict[str, str]:
    """Of a record that somebody else made and signed."""
    text = entry(data, MADE_ON)
    token = by.authority.issue(hashlib.sha256(text.encode()).digest(), MADE_ON)
    return publication(by, text, token)


def genuine(by: Platform, member: Identity) -> Made:
    record = key_record.build(
        consultation=CONSULTATION,
        envelope=ENVELOPE,
        recipient=KEY.recipient.encode(),
        policy=("standard", 1),
        deadline="2026-12-15T11:00:00.000000Z",
        custodians=[signing.public(custodian) for custodian in CUSTODIANS],
        signer=signing.public(member),
    )
    return Made(by, record, member)


def first_format(made: Made) -> Made:
    """The same key, as it was recorded before identities had one fingerprint for both keys."""
    record = {
        **made.record,
        "format": key_record.FIRST_FORMAT,
        "gardiens": sorted(custodian.recipient.fingerprint for custodian in CUSTODIANS),
        "signataire": made.hand.recipient.fingerprint,
    }
    del record["scellement_du_signataire"]
    return replace(made, record=record, concerns="")


def accepted(made: Made) -> Iterator[Case]:
    before = first_format(made)
    yield Case("a record", made.published())
    yield Case(
        "of the signatory expected",
        made.published(),
        {"signer": signing.public(made.hand).fingerprint},
    )
    yield Case("of the first format, made before its end", before.published())
    yield Case(
        "not public yet, to who made it", replace(made, concerns="").published(), {"public": False}
    )
    yield Case("public, to who made it", made.published(), {"public": False})


def refused(made: Made) -> Iterator[Case]:
    """Each case differs from what a bidder accepts by one thing."""
    published = made.published()
    yield Case("another consultation", published, {"consultation": "2"})
    yield Case("another envelope", published, {"envelope": "candidature"})
    yield Case("another key", published, {"recipient": OTHER.recipient.encode()})
    yield Case("no record", {})
    yield Case("an unknown format", made.changed(format="beffroi.cle/3").published())
    yield Case("a field too many", made.changed(note="").published())
    yield Case("not public in the register", replace(made, concerns="").published())
    yield Case("public under another label", replace(made, concerns="2026-0143").published())
    yield Case("a misquoted fingerprint", made.changed(empreinte="00" * 16).published())
    yield Case("another signatory than expected", published, {"signer": "00" * 16})
    yield from _false_signatories(made)
    yield from _false_tokens(made)
    yield from _first_format_out_of_place(made)


def _false_signatories(made: Made) -> Iterator[Case]:
    """Whoever holds the register's keys has identities of their own, and no member's."""
    own = signing.public(OTHER)
    yield Case("the signature of another hand", _claimed(made).published())
    yield Case("another signing key", replace(made, hand=OTHER).published())
    yield Case(
        "the sealing key of the operator under the fingerprint of the member",
        replace(made, hand=OTHER).changed(scellement_du_signataire=own.sealing).published(),
    )
    yield Case("another person's fingerprint", made.changed(signataire=own.fingerprint).published())
    yield Case(
        "another identity, whole, where the member is expected",
        replace(made, hand=OTHER)
        .changed(signataire=own.fingerprint, scellement_du_signataire=own.sealing)
        .published(),
        {"signer": signing.public(made.hand).fingerprint},
    )


def _claimed(made: Made) -> Made:
    """Signed by another, under the member's signing key."""
    return replace(made, hand=OTHER, key=signing.public_key(made.hand))


def _false_tokens(made: Made) -> Iterator[Case]:
    elsewhere = timestamp.Authority.create(MADE_ON, "Another authority")
    published, entry = made.published(), made.entry()
    digest = hashlib.sha256(entry.encode()).digest()
    yield Case("a token of one byte", made.published(b"x"))
    yield Case("the token of another entry", made.published(made.stamped("another")))
    yield Case("a token of another hour", made.published(made.stamped(entry, late=_AN_HOUR)))
    yield Case("a token of another authority", made.published(elsewhere.issue(digest, MADE_ON)))
    yield Case("a token altered", made.published(_altered(made.stamped(entry))))
    again = base64.b64encode(made.stamped(entry)).decode()
    yield Case("not in the register", {**published, "jeton": again})


_AN_HOUR = timedelta(hours=1)


def _altered(token: bytes) -> bytes:
    """The last byte is that of the signature."""
    return token[:-1] + bytes([token[-1] ^ 1])


def _first_format_out_of_place(made: Made) -> Iterator[Case]:
    """What the operator alone could do of a genuine record: change its key, sign it otherwise."""
    before, key = first_format(made), OTHER_KEY.recipient
    forged = replace(before, hand=OTHER).changed(
        destinataire=key.encode(), empreinte=key.fingerprint
    )
    asked: dict[str, object] = {"recipient": key.encode()}
    after = key_record.FIRST_FORMAT_ENDS
    member: dict[str, object] = {"signer": signing.public(made.hand).fingerprint}
    yield Case("the forgery of the first format, its token one byte", forged.published(b"x"), asked)
    yield Case("the same, stamped", replace(forged, at=after).published(), asked)
    yield Case("the same, backdated, to who expects the member", forged.published(), asked | member)
    yield Case("the first format, after its end", replace(before, at=after).published())
    yield Case(
        "the first format, to who expects its very fingerprint",
        before.published(),
        {"signer": before.record["signataire"]},
    )
    yield Case(
        "the second format, brought back to the first after its end",
        first_format(replace(made, at=after)).published(),
    )


def vectors(seed: bytes) -> dict[str, object]:
    """The seed is that of the member who signs, and of the register's key."""
    member = Identity.from_seed(seed)
    authority = timestamp.Authority.create(MADE_ON, "Centre de gestion")
    by = Platform(log.Signer(NAME, seed), authority)
    made = genuine(by, member)
    return {
        "seed": seed.hex(),
        "signing_key": signing.public_key(member).hex(),
        "possession": signing.sign(member, signing.possession(member.recipient.fingerprint)).hex(),
        "record_text": receipt.canonical(made.record).decode(),
        "signature": signing.sign(member, receipt.canonical(made.record)).hex(),
        "vkey": by.signer.vkey,
        "roots": authority.root_pem.decode(),
        "accepted": [case.encoded() for case in accepted(made)],
        "refused": [case.encoded() for case in refused(made)],
    }
