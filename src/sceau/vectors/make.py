"""Makes the shared test vectors: `python -m sceau.vectors.make` from src/.

Everything is a function of constants, except what is kept as it is once made: a sealed file
(the encapsulation is random inside the library), the receipts and the records of keys (the
signature of a token is random too) and the shares drawn by npm `shamir-secret-sharing` 0.0.4.
"""

import base64
import hashlib
import io
import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sceau import (
    Identity,
    SealError,
    handover,
    log,
    passphrase,
    profile,
    receipt,
    seal,
    shares,
    signing,
)
from sceau._internal import stream
from sceau._internal.header import derive
from sceau.shares import Purpose
from sceau.vectors import key_records, receipts

FOLDER = Path(__file__).parent
SEED = bytes(range(32))
CLEAR = bytes(i * 31 % 256 for i in range(65_536 + 1000))
SIZES = [0, 1, 65_535, 65_536, 65_537, 8_388_608, 8_388_609, 314_572_800, 10_737_418_240]
NPM_SHARES = {
    "2": [
        "02e7f92d3d4247720541fc8829f11ee9abf92a48e8737fb13214217f4f3094c7e7",
        "704de0090b2fbcb10b50eb5c9547a343701625af5e4636d9f21a65387b5faaf474",
        "4cbc7c50f3b463009d61e1e71e8158b22d53c347982ef4e9d38ca16c6324ffa79b",
    ],
    "3": [
        "183b3373504e1bad845963cda8fac23640afcece6f851bc23895d5d051e369a2c0",
        "04d93086b18b7e60dd40fd449bf64dbff80e9de5f4372581bf0bc2cf53c8765b40",
        "de33ed90bd6a202b06b423db2ac7d0f3fd89aa14f31a10a4bf68dbc182bc76d302",
        "97c432ac6327bbfb2d284543a3ea53fcbaa587418f51d1cff03bf34199451bdbb6",
        "0a9856c1ede10204473ef5dd4e4b47e067193112669b8e8f1e9438ac2b69ee207e",
    ],
}
RECORD = b'{"format":"beffroi.cle/1"}'
CANONICAL = [
    {"b": [1, True, None], "a": {"é": "ça", "\u20ac": "", "\U0001f600": "\ufb33"}},
    {"text": '\u0000\b\t\n\f\r"\\/\u001f\u007f\u2028', "largest": 2**53 - 1, "smallest": 1 - 2**53},
    [],
    {},
    "",
]
MANIFEST = {
    "format": "beffroi.manifeste/1",
    "sel": "00112233445566778899aabbccddeeff" * 2,
    "enveloppe": "offre",
    "lot": 2,
    "consultation": "2026-0142",
    "fichiers": [
        {
            "nom": "Mémoire technique « été ».pdf",
            "taille": 66_536,
            "sha256": hashlib.sha256(CLEAR).hexdigest(),
            "sha256_scelle": "11" * 32,
            "racine": "22" * 32,
        }
    ],
}


TYPED_PHRASES = [
    "la clé tourne dans le beffroi",
    "la cle\u0301 tourne dans le beffroi",
    " \t\u00a0\ufeffla clé\u3000tourne \u2028\r\n",
    "\ufb01n \u2460 \uff21",
    "\u0085\u001cgardés\u001f",
    "\u2003",
]
# Of the 130 zero bits; then as hands copy it; then wrong:
# a symbol, a checksum, a length, a letter that is not one.
TYPED_CODES = [
    "0000-0000-0000-0000-0000-0000-00AK",
    "00000000000000000000000000ak",
    " oOoO-0000 0000\u00a00000-0000\t0000-00ak\n",
    "7K0V-1111-VVVV-0ABC-DEFG-HJKM-NP36",
    "7kou-Il1i-uvuv-oabc-defg-hjkm-np36",
    "0000-0000-0000-0000-0000-0000-00A!",
    "0000-0000-0000-0000-0000-0000-0000",
    "0000-0000",
    "",
]


class Counter:
    """Bytes that only look random, always the same."""

    def __init__(self, name: str) -> None:
        self._name, self._calls = name, 0

    def __call__(self, size: int) -> bytes:
        self._calls += 1
        return hashlib.shake_256(f"{self._name} {self._calls}".encode()).digest(size)


def identities() -> object:
    """Seed, identity, recipient, its fingerprint; signing key, fingerprint of both."""
    seeds = [SEED, bytes(32), b"\xff" * 32]
    return [
        {
            "seed": seed.hex(),
            "identity": Identity.from_seed(seed).encode(),
            "recipient": Identity.from_seed(seed).recipient.encode(),
            "fingerprint": Identity.from_seed(seed).recipient.fingerprint,
            "signing_key": signing.public_key(Identity.from_seed(seed)).hex(),
            "identity_fingerprint": signing.public(Identity.from_seed(seed)).fingerprint,
        }
        for seed in seeds
    ]


def typed_secrets() -> object:
    """What people type, and the secret that it stands for;
    a code that is refused stands for nothing.
    """
    return {
        "phrases": [
            {"typed": typed, "secret": passphrase.normalize(typed)} for typed in TYPED_PHRASES
        ],
        "codes": [{"typed": typed, "secret": _code(typed)} for typed in TYPED_CODES],
    }


def _code(typed: str) -> str | None:
    try:
        return passphrase.recovery_code(typed)
    except SealError:
        return None


def payloads() -> object:
    """Payload of an age file for a given file key and nonce,
    and the sizes of sealed files and of their parts.
    """
    file_key, nonce = bytes(range(16)), bytes(range(16, 32))
    contents = [CLEAR[:size] for size in (0, 1, 65_536, len(CLEAR))]
    return {
        "file_key": file_key.hex(),
        "nonce": nonce.hex(),
        "clear_rule": "byte i is i * 31 mod 256",
        "payloads": [
            {
                "clear_size": len(content),
                "sha256": hashlib.sha256(_payload(content, file_key, nonce)).hexdigest(),
            }
            for content in contents
        ],
        "sizes": [
            {
                "clear": size,
                "sealed": profile.sealed_size(size),
                "parts": len(profile.part_sizes(profile.sealed_size(size))),
                "last_part": profile.part_sizes(profile.sealed_size(size))[-1],
            }
            for size in SIZES
        ],
    }


def key_shares() -> object:
    """Shares of one key:
    ours with fixed coefficients, threshold 1, a trial, and some that the npm library drew.
    """
    return {
        "secret": SEED.hex(),
        "fingerprint": Identity.from_seed(SEED).recipient.fingerprint,
        "record": RECORD.decode(),
        "sharings": [
            _sharing("member", 1, _split(Purpose.MEMBER, (3, 1))),
            _sharing("member", 2, _split(Purpose.MEMBER, (3, 2), random=Counter("two"))),
            _sharing("custodian", 3, _split(Purpose.CUSTODIAN, (5, 3), random=Counter("three"))),
            _sharing(
                "trial", 2, _split(Purpose.TRIAL, (3, 2), record=b"", random=Counter("trial"))
            ),
            *(_sharing("member", int(t), _drawn(t), source="npm") for t in NPM_SHARES),
        ],
        "refused": [
            {"why": why, "shares": _hex(list(given))} for why, given in _refused_shares().items()
        ],
    }


def _refused_shares() -> dict[str, Sequence[bytes]]:
    """What no reader may combine, from a sharing that it may."""
    members, two, three = _split(Purpose.MEMBER, (3, 1)), _drawn("2"), _drawn("3")
    custodians = _split(Purpose.CUSTODIAN, (3, 2), random=Counter("two"))
    trial = _split(Purpose.TRIAL, (3, 1), record=b"")
    return {
        "one share of two": two[:1],
        "two sharings": [two[0], three[0]],
        "a member's and a custodian's": [two[0], custodians[1]],
        "the record of another key": [two[0], two[1][:19] + b"\x01" * 32 + two[1][51:]],
        "unknown version": [b"\x01" + members[0][1:]],
        "unknown purpose": [b"\x02\x04" + members[0][2:]],
        "threshold of zero": [b"\x02\x01\x00" + members[0][3:]],
        "impossible coordinate": [members[0][:-1] + b"\x01"],
        "a key that is not theirs": [members[0][:3] + b"\x01" * 16 + members[0][19:]],
        "a member's share without record": [b"\x02\x01" + trial[0][2:]],
        "a trial with a record": [b"\x02\x03" + members[0][2:]],
        "too short": [members[0][:-1]],
        "nothing": [],
    }


def _split(
    purpose: Purpose,
    of: tuple[int, int],
    *,
    record: bytes = RECORD,
    random: Callable[[int], bytes] = os.urandom,
) -> list[bytes]:
    count, threshold = of
    key = Identity.from_seed(SEED)
    return shares.split(
        key, shares=count, threshold=threshold, purpose=purpose, record=record, random=random
    )


def _drawn(threshold: str) -> list[bytes]:
    """The payloads that the npm library drew, under the head of a member's share."""
    head = _split(Purpose.MEMBER, (int(threshold), int(threshold)))[0][:51]
    return [head + bytes.fromhex(payload) for payload in NPM_SHARES[threshold]]


def _sharing(purpose: str, threshold: int, made: list[bytes], **more: str) -> dict[str, object]:
    return {"purpose": purpose, "threshold": threshold, **more, "shares": _hex(made)}


def manifests() -> object:
    """Canonical JSON, a manifest and its commitment, the root of a list of part digests."""
    digests = [hashlib.sha256(bytes([i])).digest() for i in range(3)]
    return {
        "canonical": [
            {"value": value, "text": receipt.canonical(value).decode()} for value in CANONICAL
        ],
        "manifest": MANIFEST,
        "manifest_text": receipt.canonical(MANIFEST).decode(),
        "commitment": receipt.commitment(MANIFEST),
        "part_digests": _hex(digests),
        "root": profile.root(digests).hex(),
    }


def register() -> object:
    """A log of 7 leaves, its signed state, and the proof of its leaf 4."""
    signer = log.Signer("beffroi.example/journal", SEED)
    witness = log.Signer("temoin.example/1", bytes(reversed(SEED)))
    leaves = [log.leaf_data(f"record {i}".encode(), f"token {i}".encode()) for i in range(7)]
    nodes: dict[tuple[int, int], bytes] = {}

    def read(level: int, index: int) -> bytes:
        return nodes[level, index]

    for index, leaf in enumerate(leaves):
        nodes.update(
            {(n[0], n[1]): n[2] for n in log.append_nodes(index, log.leaf_hash(leaf), read)}
        )
    record = receipt.canonical({"format": log.PUBLIC_FORMAT, "concerne": "2026-0142"})
    body = log.Checkpoint(signer.name, 7, log.root(7, read)).body()
    note = log.sign_note(body, signer) + witness.cosign(body, 1_795_536_000)
    return {
        "vkey": signer.vkey,
        "witness_vkey": witness.witness_vkey,
        "leaves": _hex(leaves),
        "public": {
            "record": record.decode(),
            "token": b"token".hex(),
            "label": log.label("2026-0142").hex(),
            "leaf": log.leaf_data(record, b"token").hex(),
        },
        "roots": _hex([log.root(size, read) for size in range(8)]),
        "checkpoint": note,
        "proof": log.Proof(4, tuple(log.inclusion(4, 7, read)), note).encode(),
        "consistency": {"old": 3, "new": 7, "path": _hex(log.consistency(3, 7, read))},
        "handovers": handovers(signer, body),
    }


def handovers(first: log.Signer, body: str) -> object:
    """Three keys of a register, the second one stolen, and what each may sign."""
    second, third = (log.Signer(first.name, bytes([n]) * 32) for n in (2, 3))
    empty = log.Checkpoint(first.name, 0, log.EMPTY_ROOT)
    stops = [(empty, first, second, 5, 4), (log.Checkpoint.parse(body), second, third, 9, 8)]
    published = [
        _handover(handover.make(state, old, new), index, since, stolen=old is second)
        for state, old, new, index, since in stops
    ]
    keys = handover.follow([log.Verifier(third.vkey)], published, listed=True)
    signed = [(first, 5, "ok"), (first, 6, "refused"), (second, 3, "refused")]
    signed += [(second, 4, "stolen"), (second, 10, "refused"), (third, 7, "refused")]
    signed += [(third, 8, "ok"), (third, 2**40, "ok"), (log.Signer(first.name, SEED), 3, "ok")]
    return {
        "published": published,
        "known": third.vkey,
        "keys": [key.text for key in keys],
        "checkpoints": [
            {
                "note": log.sign_note(log.Checkpoint(first.name, size, bytes(32)).body(), signer),
                "outcome": outcome,
            }
            for signer, size, outcome in signed
        ],
    }


def _handover(note: str, index: int, since: int, *, stolen: bool) -> dict[str, object]:
    record = {
        "format": log.PUBLIC_FORMAT,
        "acte": handover.ACT,
        "concerne": handover.read(note).state.origin,
        "donnees": {"releve": note, "depuis": since, "volee": stolen},
    }
    token = base64.b64encode(b"token").decode()
    return {"numero": index, "ecriture": receipt.canonical(record).decode(), "jeton": token}


def sealed_file() -> object:
    """A file sealed to the first identity.

    Its bytes change each time it is made: it is made once.
    """
    sealed = io.BytesIO()
    seal(io.BytesIO(CLEAR[:1000]), sealed, to=Identity.from_seed(SEED).recipient)
    return {
        "seed": SEED.hex(),
        "clear_size": 1000,
        "clear_sha256": hashlib.sha256(CLEAR[:1000]).hexdigest(),
        "sealed": sealed.getvalue().hex(),
    }


def receipt_cases() -> object:
    return [case.encoded() for case in receipts.cases()]


def key_record_cases() -> object:
    return key_records.vectors(SEED)


MADE_ONCE = {
    "sealed": sealed_file,
    "receipts": receipt_cases,
    "key_records": key_record_cases,
}
DETERMINISTIC = {
    "identities": identities,
    "typed_secrets": typed_secrets,
    "payloads": payloads,
    "shares": key_shares,
    "manifests": manifests,
    "register": register,
}


def texts() -> Iterator[tuple[str, str]]:
    """Each deterministic file, by name."""
    for name, make in DETERMINISTIC.items():
        yield f"{name}.json", _text(make())


def _payload(content: bytes, file_key: bytes, nonce: bytes) -> bytes:
    target = io.BytesIO()
    stream.encrypt(io.BytesIO(content), target, derive(file_key, nonce, b"payload"))
    return target.getvalue()


def _hex(values: list[bytes]) -> list[str]:
    return [value.hex() for value in values]


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, indent=1) + "\n"


if __name__ == "__main__":
    for file, text in texts():
        (FOLDER / file).write_text(text, encoding="ascii")
    for made_once, value in MADE_ONCE.items():
        if not (FOLDER / f"{made_once}.json").exists():
            (FOLDER / f"{made_once}.json").write_text(_text(value()), encoding="ascii")
