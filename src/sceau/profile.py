"""Profile SCELLÉ-1: what a server checks without any key;
parts and root (SPEC.md, sections 1 and 2).
"""

import hashlib
import io
from collections.abc import Iterable

from sceau._internal.header import decode_base64, read_header
from sceau._internal.stanzas import ENCAPSULATED_SIZE, HYBRID, WRAPPED_SIZE
from sceau._internal.stream import CHUNK_SIZE, TAG_SIZE
from sceau.errors import HeaderError

HEADER_SIZE = 1_627
PREFIX_SIZE = HEADER_SIZE + 16
PART_CHUNKS = 128
PART_SIZE = PART_CHUNKS * (CHUNK_SIZE + TAG_SIZE)


def check_sealed(prefix: bytes, size: int) -> int:
    """The clear size of a sealed file, from its first bytes (1643 at least) and its whole size.

    HeaderError when it does not follow the profile.
    Neither the recipient nor the content can be checked so.
    """
    if len(prefix) < PREFIX_SIZE:
        raise HeaderError(
            "A sealed file starts with {size} bytes; only {here} are here.",
            size=PREFIX_SIZE,
            here=len(prefix),
        )
    header = read_header(io.BytesIO(prefix[:PREFIX_SIZE]))
    if [stanza.type for stanza in header.stanzas] != [HYBRID]:
        raise HeaderError("A sealed file has exactly one {kind} recipient.", kind=HYBRID)
    stanza = header.stanzas[0]
    encapsulated = [len(decode_base64(argument)) for argument in stanza.arguments]
    if (
        encapsulated != [ENCAPSULATED_SIZE]
        or len(stanza.body) != WRAPPED_SIZE
        or header.size != HEADER_SIZE
    ):
        raise HeaderError("The recipient of the sealed file has a wrong length.")
    return _clear_size(size)


def sealed_size(plain: int) -> int:
    """The size of a file of `plain` bytes once sealed."""
    return PREFIX_SIZE + plain + TAG_SIZE * max(1, -(-plain // CHUNK_SIZE))


def part_sizes(size: int) -> list[int]:
    """The size of each part of a sealed file of `size` bytes, in order;
    the part numbered n is at n - 1.
    """
    content = size - PREFIX_SIZE
    full, rest = divmod(content, PART_SIZE)
    sizes = [PART_SIZE] * full + ([rest] if rest or not full else [])
    return [sizes[0] + PREFIX_SIZE, *sizes[1:]]


def root(part_digests: Iterable[bytes]) -> bytes:
    """SHA-256 of the SHA-256 digests of the parts."""
    return hashlib.sha256(b"".join(part_digests)).digest()


def _clear_size(size: int) -> int:
    content = size - PREFIX_SIZE
    plain = content - TAG_SIZE * -(-content // (CHUNK_SIZE + TAG_SIZE))
    if content < TAG_SIZE or sealed_size(plain) != size:
        raise HeaderError("A sealed file cannot be {size} bytes long.", size=size)
    return plain
