"""The signed record of a key: what a bidder checks before sealing anything."""

import base64
import hashlib
import json
from datetime import timedelta
from pathlib import Path

import pytest

from sceau import Identity, SealError, key_record, log, receipt, signing, timestamp
from sceau.vectors import key_records

CASE = json.loads(
    (Path(__file__).parent.parent / "vectors" / "key_records.json").read_text("ascii")
)
GENUINE = CASE["accepted"][0]
KNOWN = {
    "log_keys": [log.Verifier(CASE["vkey"])],
    "roots": timestamp.load_roots(CASE["roots"].encode()),
}
MEMBER = Identity.from_seed(bytes.fromhex(CASE["seed"]))
REFUSED = {case["why"]: case for case in CASE["refused"]}


def test_the_published_key_is_accepted():
    record = key_record.verify(GENUINE["published"], **GENUINE["expected"], **KNOWN)

    assert receipt.canonical(record).decode() == CASE["record_text"]
    assert record["signataire"] == signing.public(MEMBER).fingerprint


@pytest.mark.parametrize("case", CASE["accepted"], ids=lambda case: case["why"])
def test_a_sound_key_is_accepted(case):
    key_record.verify(case["published"], **case["expected"], **KNOWN)


@pytest.mark.parametrize("case", CASE["refused"], ids=lambda case: case["why"])
def test_a_doubtful_key_is_refused(case):
    with pytest.raises(SealError):
        key_record.verify(case["published"], **case["expected"], **KNOWN)


@pytest.mark.parametrize(
    "why, said",
    [
        ("another signing key", "not that of the identity"),
        ("the sealing key of the operator under the fingerprint of the member", "not that of the"),
        ("another person's fingerprint", "not that of the identity"),
        ("another identity, whole, where the member is expected", "not by the identity"),
        ("the signature of another hand", "signature is not that of this key"),
        ("a token of one byte", "token is malformed"),
        ("a token of another hour", "not of the hour"),
        ("a token of another authority", "not linked to a trusted root"),
        ("not in the register", "does not lead"),
        ("the forgery of the first format, its token one byte", "token is malformed"),
        ("the same, stamped", "no longer made"),
        ("the same, backdated, to who expects the member", "binds no signatory"),
        ("the second format, brought back to the first after its end", "no longer made"),
        ("a field too many", "fields of its format"),
        ("not public in the register", "not public"),
        ("public under another label", "about another consultation"),
    ],
)
def test_each_forgery_falls_on_the_check_that_is_made_for_it(why, said):
    with pytest.raises(SealError, match=said):
        key_record.verify(REFUSED[why]["published"], **REFUSED[why]["expected"], **KNOWN)


def test_a_register_signed_by_another_key_is_refused():
    other = log.Verifier(log.Signer("beffroi.example/journal", bytes(32)).vkey)

    with pytest.raises(SealError, match="known keys"):
        key_record.verify(GENUINE["published"], **GENUINE["expected"], log_keys=[other])


def test_without_roots_a_token_is_still_judged_in_itself():
    known = {"log_keys": KNOWN["log_keys"]}
    other_authority, one_byte = (
        REFUSED[why]["published"] for why in ("a token of another authority", "a token of one byte")
    )

    key_record.verify(other_authority, **GENUINE["expected"], **known)
    with pytest.raises(SealError, match="malformed"):
        key_record.verify(one_byte, **GENUINE["expected"], **known)


@pytest.mark.parametrize("field", ["ecriture", "jeton", "preuve"])
def test_a_truncated_publication_is_refused(field):
    broken = {**GENUINE["published"], field: GENUINE["published"][field][:-3]}

    with pytest.raises(SealError):
        key_record.verify(broken, **GENUINE["expected"], **KNOWN)


def test_an_entry_that_is_not_canonical_is_refused():
    spaced = {
        **GENUINE["published"],
        "ecriture": json.dumps(json.loads(GENUINE["published"]["ecriture"])),
    }

    with pytest.raises(SealError, match="not that of a key"):
        key_record.verify(spaced, **GENUINE["expected"], **KNOWN)


@pytest.fixture(scope="module")
def made():
    """A genuine record, in the hands of who can stamp what they like."""
    authority = timestamp.Authority.create(key_records.MADE_ON, "Centre de gestion")
    by = key_records.Platform(log.Signer(key_records.NAME, bytes(32)), authority)
    return key_records.genuine(by, MEMBER)


def published(made, change):
    """An entry changed, then stamped again."""
    entry = json.loads(made.entry())
    change(entry)
    text = receipt.canonical(entry).decode()
    token = made.stamped(text)
    return {
        **made.published(),
        "ecriture": text,
        "jeton": base64.b64encode(token).decode(),
    }


@pytest.mark.parametrize("name", ["signature", "cle_de_signature"])
@pytest.mark.parametrize("value", ["not hexadecimal", "", "AB", "ab cd", None])
def test_a_record_without_readable_signature_is_refused(made, name, value):
    doubtful = published(made, lambda entry: entry["donnees"].update({name: value}))

    with pytest.raises(SealError, match=name):
        key_record.verify(doubtful, **GENUINE["expected"], log_keys=[])


@pytest.mark.parametrize("value", ["", "2026-11-03", None, 3])
def test_an_entry_without_readable_hour_is_refused(made, value):
    doubtful = published(made, lambda entry: entry.update(le=value))

    with pytest.raises(SealError, match="not that of a key"):
        key_record.verify(doubtful, **GENUINE["expected"], log_keys=[])


def test_two_seconds_are_what_the_clock_may_be_wrong_by(made):
    known = {"log_keys": [log.Verifier(made.by.signer.vkey)]}
    entry = made.entry()
    near, far = (
        made.published(made.stamped(entry, late=timedelta(seconds=late))) for late in (1.75, 2.5)
    )

    key_record.verify(near, **GENUINE["expected"], **known)
    with pytest.raises(SealError, match="not of the hour"):
        key_record.verify(far, **GENUINE["expected"], **known)


def test_custodians_are_listed_in_one_order():
    build = {
        "consultation": "2026-1",
        "envelope": "offre",
        "recipient": "age1pq1",
        "policy": ("standard", 1),
        "deadline": None,
        "signer": signing.public(MEMBER),
    }
    two = [signing.public(custodian) for custodian in key_records.CUSTODIANS[:2]]

    assert key_record.build(**build, custodians=two) == key_record.build(
        **build, custodians=two[::-1]
    )


def test_the_signing_key_comes_from_the_identity():
    assert signing.public_key(MEMBER).hex() == CASE["signing_key"]
    assert (
        signing.sign(MEMBER, signing.possession(MEMBER.recipient.fingerprint)).hex()
        == CASE["possession"]
    )


def test_the_fingerprint_of_an_identity_covers_its_two_keys():
    own, other = signing.public(MEMBER), signing.public(key_records.OTHER)
    mixed = {
        signing.PublicIdentity(sealing, key).fingerprint
        for sealing in (own.sealing, other.sealing)
        for key in (own.signing, other.signing)
    }

    assert len(mixed) == 4
    assert own.sealing not in mixed
    text = f"beffroi.identite/2\n{own.sealing}\n{own.signing.hex()}"
    assert own.fingerprint == hashlib.sha256(text.encode()).hexdigest()[:32]


def test_a_signature_is_of_one_key_over_one_message():
    signature = signing.sign(MEMBER, b"message")

    signing.verify(signing.public_key(MEMBER), signature, b"message")
    for key, message in (
        (signing.public_key(MEMBER), b"other"),
        (bytes(32), b"message"),
        (b"short", b"message"),
    ):
        with pytest.raises(SealError):
            signing.verify(key, signature, message)
