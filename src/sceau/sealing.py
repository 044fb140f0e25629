"""Seal and open files as streams, in constant memory."""

import os
from collections.abc import Callable, Iterable
from typing import BinaryIO

from sceau._internal import stream
from sceau._internal.armor import dearmor
from sceau._internal.header import Header, derive, read_header, write_header
from sceau.errors import HeaderError, HmacError, NoMatch
from sceau.keys import Opener, Recipient

FILE_KEY_SIZE = 16
NONCE_SIZE = 16


def seal(
    source: BinaryIO,
    target: BinaryIO,
    *,
    to: Recipient,
    random: Callable[[int], bytes] = os.urandom,
) -> int:
    """Seal `source` to its end for one recipient;
    return the number of bytes written to `target`.
    """
    file_key, nonce = random(FILE_KEY_SIZE), random(NONCE_SIZE)
    prefix = write_header(to._key.wrap(file_key, random(16)), file_key) + nonce
    target.write(prefix)
    return len(prefix) + stream.encrypt(source, target, derive(file_key, nonce, b"payload"))


def unseal(
    source: BinaryIO, target: BinaryIO, identities: Iterable[Opener], *, armored: bool = False
) -> int:
    """Open `source` with the first opener that fits;
    return the number of bytes written to `target`.

    An `Identity` is an opener; see `sceau.keys.Opener` for one that stays in another process.
    Chunks are written as they are authenticated. On PayloadError, what `target` holds is a true
    beginning of the file, without its end: the caller must discard it or say so.
    """
    source = dearmor(source) if armored else source
    header = read_header(source)
    file_key = _file_key(header, identities)
    nonce = stream.read_full(source, NONCE_SIZE)
    if len(nonce) != NONCE_SIZE:
        raise HeaderError("The file ends before its content.")
    return stream.decrypt(source, target, derive(file_key, nonce, b"payload"))


def _file_key(header: Header, identities: Iterable[Opener]) -> bytes:
    for identity in identities:
        file_key = identity.unwrap(header.stanzas)
        if file_key is None:
            continue
        if len(file_key) != FILE_KEY_SIZE:
            raise HeaderError("The file key has a wrong length.")
        if not header.is_authentic(file_key):
            raise HmacError("The header was altered: its MAC is wrong.")
        return file_key
    raise NoMatch("No given identity opens this file.")
