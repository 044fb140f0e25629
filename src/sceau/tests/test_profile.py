"""What a server checks without any key."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau import Identity, Recipient, check_sealed, seal
from sceau.errors import HeaderError
from sceau.profile import PART_SIZE, PREFIX_SIZE, part_sizes, root, sealed_size

RECIPIENT = Identity.from_seed(bytes(range(32))).recipient


@pytest.fixture(scope="module")
def prefix() -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(b"x"), target, to=RECIPIENT)
    return target.getvalue()[:PREFIX_SIZE]


@given(st.integers(0, 10**13))
def test_the_clear_size_follows_from_the_sealed_size(plain):
    target = io.BytesIO()
    seal(io.BytesIO(), target, to=RECIPIENT)

    assert check_sealed(target.getvalue()[:PREFIX_SIZE], sealed_size(plain)) == plain


@pytest.mark.parametrize(
    "size",
    [-1, 0, PREFIX_SIZE, PREFIX_SIZE + 15, sealed_size(65_536) + 1, sealed_size(65_536) + 16],
)
def test_an_impossible_size_is_refused(prefix, size):
    with pytest.raises(HeaderError, match="cannot be"):
        check_sealed(prefix, size)


def test_a_short_prefix_is_refused(prefix):
    with pytest.raises(HeaderError, match="only 1642"):
        check_sealed(prefix[:-1], sealed_size(1))


def test_a_file_sealed_with_a_passphrase_is_refused():
    target = io.BytesIO()
    seal(io.BytesIO(bytes(PREFIX_SIZE)), target, to=Recipient.from_passphrase("a", work_factor=1))

    with pytest.raises(HeaderError, match="exactly one mlkem768x25519"):
        check_sealed(target.getvalue(), len(target.getvalue()))


def test_two_recipients_are_refused(prefix):
    stanza = prefix[prefix.index(b"-> ") : prefix.index(b"---")]

    with pytest.raises(HeaderError):
        check_sealed(prefix.replace(stanza, stanza + b"-> grease\n\n", 1), sealed_size(1))


def test_a_recipient_of_a_wrong_length_is_refused(prefix):
    shorter = prefix[:100] + prefix[104:] + bytes(4)

    with pytest.raises(HeaderError, match="wrong length"):
        check_sealed(shorter, sealed_size(1))


def test_what_is_not_an_age_file_is_refused():
    with pytest.raises(HeaderError, match="not an age v1 file"):
        check_sealed(b"%PDF-1.7\n" + bytes(PREFIX_SIZE), sealed_size(1))


@pytest.mark.parametrize(
    "plain, sizes",
    [
        (0, [PREFIX_SIZE + 16]),
        (1, [PREFIX_SIZE + 17]),
        (8_388_608, [PREFIX_SIZE + PART_SIZE]),
        (8_388_609, [PREFIX_SIZE + PART_SIZE, 17]),
        (3 * 8_388_608, [PREFIX_SIZE + PART_SIZE, PART_SIZE, PART_SIZE]),
    ],
)
def test_parts_are_128_chunks_and_the_first_carries_the_prefix(plain, sizes):
    assert part_sizes(sealed_size(plain)) == sizes


@given(st.integers(0, 10**10))
def test_the_parts_make_the_file(plain):
    sizes = part_sizes(sealed_size(plain))

    assert sum(sizes) == sealed_size(plain) and all(sizes)


def test_the_root_is_the_digest_of_the_digests():
    digests = [hashlib.sha256(part).digest() for part in (b"a", b"b")]

    assert root(digests) == hashlib.sha256(digests[0] + digests[1]).digest()
