"""The receipts of `receipts.json`: genuine, forged from nothing, backdated, and what each is worth.

A token's signature changes each time it is made: the file is made once, by `make.py`.
"""

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from sceau import log, receipt, timestamp
from sceau.verdict import Verdict

DEADLINE = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
NAME, AUTHORITY = "beffroi.example/journal", "Centre de gestion"
CLEAR, SEALED = b"prices of the offer", b"sealed prices"
LEAVES, PLACE = 5, 2


@dataclass(frozen=True)
class Platform:
    """Who holds a key of the register and a timestamp authority."""

    signer: log.Signer
    authority: timestamp.Authority


def platform(seed: bytes) -> Platform:
    made = timestamp.Authority.create(DEADLINE, AUTHORITY)
    return Platform(log.Signer(NAME, seed), made)


MANIFEST = {
    "format": "beffroi.manifeste/1",
    "sel": "00" * 32,
    "enveloppe": "offre",
    "lot": None,
    "consultation": "2026-0142",
    "fichiers": [
        {
            "nom": "prix.ods",
            "taille": len(CLEAR),
            "sha256": hashlib.sha256(CLEAR).hexdigest(),
            "sha256_scelle": hashlib.sha256(SEALED).hexdigest(),
            "racine": "ab" * 32,
        }
    ],
}


def record(received: datetime, *, late: bool) -> dict[str, object]:
    sealed = {
        "nom": "prix.ods",
        "taille": len(SEALED),
        "racine": "ab" * 32,
        "sha256": hashlib.sha256(SEALED).hexdigest(),
    }
    envelope = {
        "enveloppe": "offre",
        "lot": None,
        "engagement": receipt.commitment(MANIFEST),
        "fichiers": [sealed],
        "manifeste": sealed | {"nom": "manifeste.age", "sha256": "cd" * 32},
    }
    return {
        "format": "beffroi.depot/1",
        "recepisse": "D-2026-00931",
        "recu_le": _instant(received),
        "date_limite": _instant(DEADLINE),
        "hors_delai": late,
        "enveloppes": [envelope],
    }


def archive(
    by: Platform, *, received: float, stamped: float, late: bool = False, qualified: bool = False
) -> bytes:
    """A receipt received and stamped so many seconds after the deadline."""
    made = record(DEADLINE + timedelta(seconds=received), late=late)
    digest = hashlib.sha256(receipt.canonical(made)).digest()
    token = by.authority.issue(digest, DEADLINE + timedelta(seconds=stamped))
    extra = {
        "cles/journal.vkey": by.signer.vkey.encode(),
        "cles/horodatage.pem": by.authority.root_pem,
    }
    provider = timestamp.Authority.create(DEADLINE, "Qualified provider")
    tomorrow = provider.issue(digest, DEADLINE + timedelta(days=1)) if qualified else None
    return receipt.build(made, token, tomorrow, _proof(by.signer, made, token), extra)


def _proof(signer: log.Signer, made: Mapping[str, object], token: bytes) -> str:
    nodes: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    for place in range(LEAVES):
        own = log.leaf_data(receipt.canonical(made), token)
        data = own if place == PLACE else bytes([place]) * 64
        for level, index, value in log.append_nodes(place, log.leaf_hash(data), read):
            nodes[level, index] = value
    body = log.Checkpoint(signer.name, LEAVES, log.root(LEAVES, read)).body()
    path = tuple(log.inclusion(PLACE, LEAVES, read))
    return log.Proof(PLACE, path, log.sign_note(body, signer)).encode()


@dataclass(frozen=True)
class Case:
    """An archive, what the verifier knew before, the file it compares, and what it must find."""

    why: str
    archive: bytes
    verdict: Verdict
    keys: Sequence[str] = ()
    file: bytes | None = None
    outcomes: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> dict[str, object]:
        return {
            "why": self.why,
            "archive": base64.b64encode(self.archive).decode(),
            "keys": [*self.keys],
            "file": None if self.file is None else base64.b64encode(self.file).decode(),
            "outcomes": {**self.outcomes},
            "verdict": self.verdict.name.lower(),
        }


def cases() -> Iterator[Case]:
    genuine, forger = platform(bytes(range(32))), platform(b"f" * 32)
    known = [genuine.signer.vkey]
    yield from _whose(archive(genuine, received=-60, stamped=-60), known, forger)
    yield from _when(genuine, known)
    yield from _which_file(archive(genuine, received=-60, stamped=-60), known)


def _whose(held: bytes, known: Sequence[str], forger: Platform) -> Iterator[Case]:
    """To agree with oneself is not to come from the platform."""
    yield Case("under the known key", held, Verdict.INTACT, known, outcomes={"log_key": "ok"})
    alone = {"key_from_archive": "not_checked", "checkpoint": "ok", "inclusion": "ok"}
    yield Case("its own keys only", held, Verdict.NOT_ESTABLISHED, outcomes=alone)
    forged = archive(forger, received=-60, stamped=-60)
    yield Case("made from nothing", forged, Verdict.NOT_ESTABLISHED, outcomes=alone)
    wrong = {"log_key": "failed", "checkpoint": "failed"}
    yield Case(
        "made from nothing, under the known key", forged, Verdict.FALSE, known, outcomes=wrong
    )
    yield Case("cut short", held[:-40], Verdict.UNREADABLE, known, outcomes={"archive": "failed"})


def _when(by: Platform, known: Sequence[str]) -> Iterator[Case]:
    """The record and its token, in seconds after the deadline."""
    doubt = {"received_at": "not_checked", "deadline": "not_checked"}
    held, wrong = {"received_at": "ok", "deadline": "ok"}, {"received_at": "failed"}
    for why, received, stamped, late, verdict, outcomes in (
        ("backdated by five minutes", -1.0, 289.0, False, Verdict.NOT_ESTABLISHED, doubt),
        ("backdated by three seconds", -1.0, 2.001, False, Verdict.NOT_ESTABLISHED, doubt),
        ("late, stamped before the deadline", 4.0, -4.0, True, Verdict.NOT_ESTABLISHED, doubt),
        ("on two sides, within a clock's error", -1.0, 1.0, False, Verdict.INTACT, held),
        ("on the deadline, to the microsecond", 0.0, 0.0, False, Verdict.INTACT, held),
        ("late by a microsecond", 0.000001, 0.0, True, Verdict.INTACT, held),
        ("five seconds apart, on one side", -60.0, -55.0, False, Verdict.FALSE, wrong),
        ("in time, and said late", -60.0, -60.0, True, Verdict.FALSE, {"deadline": "failed"}),
    ):
        made = archive(by, received=received, stamped=stamped, late=late)
        yield Case(why, made, verdict, known, outcomes=outcomes)
    next_day = archive(by, received=-60, stamped=-60, qualified=True)
    yield Case("a qualified token of the next day", next_day, Verdict.INTACT, known, outcomes=held)


def _which_file(held: bytes, known: Sequence[str]) -> Iterator[Case]:
    """Without the manifests, a clear file is neither of the deposit nor foreign to it."""
    complete = receipt.with_manifests(held, [MANIFEST])
    for why, copy, file, outcome, verdict in (
        ("a clear file, complete copy", complete, CLEAR, "ok", Verdict.INTACT),
        ("a clear file, server's copy", held, CLEAR, "not_checked", Verdict.NOT_ESTABLISHED),
        ("a sealed file, server's copy", held, SEALED, "ok", Verdict.INTACT),
        ("a changed file, complete copy", complete, CLEAR + b"!", "failed", Verdict.FALSE),
    ):
        yield Case(why, copy, verdict, known, file, {"file": outcome})


def _instant(when: datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
