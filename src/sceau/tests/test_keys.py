"""Keys as strings, and secrets that do not show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau import Identity, Recipient, SealError
from sceau._internal import bech32

IDENTITY = Identity.from_seed(bytes(range(32)))
CLASSIC = "AGE-SECRET-KEY-1EGTZVFFV20835NWYV6270LXYVK2VKNX2MMDKWYKLMGR48UAWX40Q2P2LM0"


def test_the_identity_of_the_age_specification_gives_its_recipient():
    identity = Identity.parse(
        "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR"
    )

    assert identity.recipient.encode().startswith(
        "age1pq1x34nzsvr0rxjsgdn8zgyhfe8j7ceq5r9rdelkjuh3y235jzxshfg"
    )
    assert identity.recipient.encode().endswith("saeq0d3fzv49zc0k")


@given(st.binary(min_size=32, max_size=32))
def test_keys_survive_their_text_form(seed):
    identity = Identity.from_seed(seed)

    assert Identity.parse(identity.encode()).seed == seed
    assert (
        Recipient.parse(identity.recipient.encode()).fingerprint == identity.recipient.fingerprint
    )


@given(st.text("abcdefgh", min_size=1, max_size=9), st.binary(max_size=100))
def test_bech32_survives(prefix, data):
    assert bech32.decode(bech32.encode(prefix, data), prefix) == data


@given(st.integers(0, 1957), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_a_mistyped_recipient_is_refused(position, symbol):
    text = IDENTITY.recipient.encode()
    mistyped = text[:position] + symbol + text[position + 1 :]

    if mistyped != text:
        with pytest.raises(SealError):
            Recipient.parse(mistyped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "age1pq1",
        "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
        "AGE1PQ1QQ",
        "age1pq1é",
    ],
)
def test_what_is_not_a_recipient_is_refused(text):
    with pytest.raises(SealError):
        Recipient.parse(text)


@pytest.mark.parametrize(
    "text", ["", IDENTITY.encode().lower(), "AGE-SECRET-KEY-PQ-1QQ", IDENTITY.encode()[:-1]]
)
def test_what_is_not_an_identity_is_refused(text):
    with pytest.raises(SealError):
        Identity.parse(text)


@pytest.mark.parametrize("prefix", ["AGE-SECRET-KEY-PQ-", "AGE-SECRET-KEY-"])
def test_an_identity_of_a_wrong_length_is_refused(prefix):
    with pytest.raises(SealError, match="32"):
        Identity.parse(bech32.encode(prefix, bytes(31)).upper())


def test_a_recipient_that_is_no_key_is_refused():
    with pytest.raises(SealError, match="not a valid hybrid public key"):
        Recipient.parse(bech32.encode("age1pq", b"\xff" * 1216))


@pytest.mark.parametrize("text", ["age1psm9pam", "age1qpu0j2ex", "age1qqqyst3gn"])
def test_bech32_refuses_bits_that_make_no_byte(text):
    """Too many symbols, or a last one that is not zero; each checksum is right."""
    with pytest.raises(SealError, match="last symbol"):
        bech32.decode(text, "age")


def test_bech32_refuses_mixed_case():
    with pytest.raises(SealError, match="upper and lower"):
        bech32.decode("A1b", "a")


def test_a_classic_identity_opens_but_does_not_seal():
    with pytest.raises(SealError, match="hybrid"):
        _ = Identity.parse(CLASSIC).recipient


def test_a_passphrase_is_neither_published_nor_empty():
    with pytest.raises(SealError, match="published"):
        Recipient.from_passphrase("secret").encode()
    with pytest.raises(SealError, match="empty"):
        Recipient.from_passphrase("")


@pytest.mark.parametrize(
    "secret", [IDENTITY, Identity.from_passphrase("hunter2"), Recipient.from_passphrase("hunter2")]
)
def test_a_secret_does_not_show(secret):
    shown = f"{secret} {secret!r} {secret._key!r}"

    assert "hunter2" not in shown and "AGE-SECRET" not in shown and IDENTITY.seed.hex() not in shown


def test_two_generated_identities_differ():
    assert Identity.generate().seed != Identity.generate().seed
