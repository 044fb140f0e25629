"""The signed record of a key: what a bidder checks before sealing anything."""

import json
from pathlib import Path

import pytest

from sceau import Identity, SealError, key_record, log, receipt, signing

CASE = json.loads(
    (Path(__file__).parent.parent / "vectors" / "key_records.json").read_text("ascii")
)
KEYS = [log.Verifier(CASE["vkey"])]
MEMBER = Identity.from_seed(bytes.fromhex(CASE["seed"]))


def test_the_published_key_is_accepted():
    record = key_record.verify(CASE["published"], **CASE["expected"], log_keys=KEYS)

    assert receipt.canonical(record).decode() == CASE["record_text"]
    assert record["signataire"] == MEMBER.recipient.fingerprint


@pytest.mark.parametrize("case", CASE["refused"], ids=lambda case: case["why"])
def test_a_doubtful_key_is_refused(case):
    with pytest.raises(SealError):
        key_record.verify(case["published"], **case["expected"], log_keys=KEYS)


def test_a_register_signed_by_another_key_is_refused():
    other = log.Verifier(log.Signer("beffroi.example/journal", bytes(32)).vkey)

    with pytest.raises(SealError, match="known keys"):
        key_record.verify(CASE["published"], **CASE["expected"], log_keys=[other])


@pytest.mark.parametrize("field", ["ecriture", "jeton", "preuve"])
def test_a_truncated_publication_is_refused(field):
    broken = {**CASE["published"], field: CASE["published"][field][:-3]}

    with pytest.raises(SealError):
        key_record.verify(broken, **CASE["expected"], log_keys=KEYS)


def test_an_entry_that_is_not_canonical_is_refused():
    spaced = {
        **CASE["published"],
        "ecriture": json.dumps(json.loads(CASE["published"]["ecriture"])),
    }

    with pytest.raises(SealError, match="not that of a key"):
        key_record.verify(spaced, **CASE["expected"], log_keys=KEYS)


@pytest.mark.parametrize("name", ["signature", "cle_de_signature"])
def test_a_record_without_readable_signature_is_refused(name):
    entry = json.loads(CASE["published"]["ecriture"])
    entry["donnees"][name] = "not hexadecimal"

    with pytest.raises(SealError, match=name):
        key_record.verify(
            {**CASE["published"], "ecriture": receipt.canonical(entry).decode()},
            **CASE["expected"],
            log_keys=KEYS,
        )


def test_a_record_that_misquotes_its_fingerprint_is_refused():
    entry = json.loads(CASE["published"]["ecriture"])
    entry["donnees"]["cle"]["empreinte"] = "00" * 16

    with pytest.raises(SealError, match="fingerprint"):
        key_record.verify(
            {**CASE["published"], "ecriture": receipt.canonical(entry).decode()},
            **CASE["expected"],
            log_keys=KEYS,
        )


def test_custodians_are_listed_in_one_order():
    build = {
        "consultation": "2026-1",
        "envelope": "offre",
        "recipient": "age1pq1",
        "policy": ("standard", 1),
    }
    one = key_record.build(**build, deadline=None, custodians=["b", "a"], signer="c")

    assert one == key_record.build(**build, deadline=None, custodians=["a", "b"], signer="c")


def test_the_signing_key_comes_from_the_identity():
    assert signing.public_key(MEMBER).hex() == CASE["signing_key"]
    assert (
        signing.sign(MEMBER, signing.possession(MEMBER.recipient.fingerprint)).hex()
        == CASE["possession"]
    )


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
