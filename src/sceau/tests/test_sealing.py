"""Seal and unseal: what one does the other undoes, and nothing else is accepted."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau import Identity, Recipient, SealError, check_sealed, seal, unseal
from sceau.errors import HeaderError, HmacError, NoMatch, PayloadError
from sceau.profile import PREFIX_SIZE, sealed_size

IDENTITY = Identity.from_seed(bytes(range(32)))
CHUNK, SEALED_CHUNK = 65_536, 65_552


def sealed(clear: bytes, to: Recipient = IDENTITY.recipient) -> bytes:
    target = io.BytesIO()
    written = seal(io.BytesIO(clear), target, to=to)
    assert written == len(target.getvalue())
    return target.getvalue()


def opened(file: bytes, *identities: Identity, armored: bool = False) -> bytes:
    target = io.BytesIO()
    written = unseal(io.BytesIO(file), target, identities or [IDENTITY], armored=armored)
    assert written == len(target.getvalue())
    return target.getvalue()


CONTENT = bytes(i * 7 % 251 for i in range(3 * CHUNK + 100))
FILE = sealed(CONTENT)
SHORT = sealed(b"content")


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 100])
def test_unseal_undoes_seal_at_every_chunk_boundary(size):
    file = sealed(CONTENT[:size])

    assert opened(file) == CONTENT[:size]
    assert len(file) == sealed_size(size)
    assert check_sealed(file[:PREFIX_SIZE], len(file)) == size


@given(st.binary(max_size=5000), st.integers(0, 3))
@settings(max_examples=50)
def test_unseal_undoes_seal(content, repeat):
    content *= 1 + 20 * repeat

    assert opened(sealed(content)) == content


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
@settings(max_examples=200)
def test_any_changed_byte_is_found(position, change):
    altered = bytearray(FILE)
    altered[position] ^= change

    with pytest.raises(SealError):
        opened(bytes(altered))


def is_refused(file: bytes) -> bool:
    try:
        opened(file)
    except SealError:
        return True
    return False


def test_any_changed_byte_of_the_prefix_is_found():
    def altered(position: int) -> bytes:
        return SHORT[:position] + bytes([SHORT[position] ^ 1]) + SHORT[position + 1 :]

    assert all(is_refused(altered(position)) for position in range(len(SHORT)))


@given(st.integers(0, len(FILE) - 1))
@settings(max_examples=100)
def test_any_truncation_is_found(size):
    with pytest.raises((PayloadError, HeaderError)):
        opened(FILE[:size])


@pytest.mark.parametrize("chunks", [1, 2, 3])
def test_a_cut_between_two_chunks_is_found(chunks):
    with pytest.raises(PayloadError, match=f"Chunk {chunks} is truncated"):
        opened(FILE[: PREFIX_SIZE + chunks * SEALED_CHUNK])


@pytest.mark.parametrize(
    "order", [[1, 0, 2, 3], [0, 2, 1, 3], [0, 0, 2, 3], [0, 2, 3], [0, 1, 2, 3, 3], [3, 0, 1, 2]]
)
def test_reordered_chunks_are_found(order):
    content = FILE[PREFIX_SIZE:]
    chunks = [content[i * SEALED_CHUNK : (i + 1) * SEALED_CHUNK] for i in range(4)]

    with pytest.raises(PayloadError):
        opened(FILE[:PREFIX_SIZE] + b"".join(chunks[i] for i in order))


def test_a_payload_under_another_header_is_refused():
    with pytest.raises(PayloadError):
        opened(sealed(CONTENT)[:PREFIX_SIZE] + FILE[PREFIX_SIZE:])


def test_an_altered_header_is_named():
    mac = FILE.index(b"--- ") + 4
    other = b"A" if FILE[mac : mac + 1] != b"A" else b"B"

    with pytest.raises(HmacError) as raised:
        opened(FILE[:mac] + other + FILE[mac + 1 :])

    assert raised.value.diagnostics() == ["HmacError: The header was altered: its MAC is wrong."]


def test_another_identity_does_not_open():
    with pytest.raises(NoMatch):
        opened(FILE, Identity.generate())


def test_the_right_identity_is_found_among_others():
    assert opened(FILE, Identity.generate(), Identity.from_passphrase("x"), IDENTITY) == CONTENT


def test_a_stream_that_returns_little_at_a_time_is_read_whole():
    class Trickle(io.BytesIO):
        def read(self, size=-1, /):
            return super().read(min(size, 1000))

    target, again = io.BytesIO(), io.BytesIO()
    seal(Trickle(CONTENT), target, to=IDENTITY.recipient)
    unseal(Trickle(target.getvalue()), again, [IDENTITY])

    assert again.getvalue() == CONTENT


def test_two_seals_of_one_content_share_no_byte_of_payload_key():
    assert sealed(b"same")[PREFIX_SIZE:] != sealed(b"same")[PREFIX_SIZE:]


def test_a_passphrase_slot_keeps_an_identity():
    slot = sealed(IDENTITY.encode().encode(), Recipient.from_passphrase("éclair", work_factor=10))

    assert opened(slot, Identity.from_passphrase("e\u0301clair")).decode() == IDENTITY.encode()
    with pytest.raises(NoMatch):
        opened(slot, Identity.from_passphrase("eclair"))


def test_a_costly_passphrase_slot_is_refused_before_any_computation():
    slot = sealed(b"", Recipient.from_passphrase("a", work_factor=11))

    with pytest.raises(HeaderError, match="above 10"):
        opened(slot, Identity.from_passphrase("a", work_factor_limit=10))


@pytest.mark.parametrize(
    "content",
    [b"", b"x", b"not age\n", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n--- \n"],
)
def test_what_is_not_an_age_file_is_refused(content):
    with pytest.raises(HeaderError):
        opened(content)


def test_a_header_without_recipient_is_refused():
    with pytest.raises(HeaderError, match="no recipient"):
        opened(b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n")


def test_a_file_key_of_a_wrong_length_is_refused():
    class Odd:
        def unwrap(self, stanzas):
            return bytes(15)

    with pytest.raises(HeaderError, match="wrong length"):
        opened(FILE, Odd())


def test_an_endless_header_is_refused():
    with pytest.raises(HeaderError, match="too long"):
        opened(b"age-encryption.org/v1\n-> a\n" + (b"A" * 64 + b"\n") * 20_000)


def test_a_binary_header_is_refused():
    with pytest.raises(HeaderError, match="ASCII"):
        opened(b"age-encryption.org/v1\n-> \xc3\xa9\n")


def test_endless_blanks_before_an_armor_are_refused():
    with pytest.raises(SealError, match="blank"):
        opened(b"\n" * 2000, armored=True)
