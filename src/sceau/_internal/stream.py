"""The payload of an age file:
64 KiB chunks, each bound to its number and to being the last or not.
"""

from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from sceau.errors import PayloadError

CHUNK_SIZE = 65_536
TAG_SIZE = 16


def encrypt(source: BinaryIO, target: BinaryIO, key: bytes) -> int:
    """Seal `source` to its end; return the number of bytes written."""
    cipher = ChaCha20Poly1305(key)
    number = written = 0
    chunk = read_full(source, CHUNK_SIZE)
    while True:
        following = read_full(source, CHUNK_SIZE)
        sealed = cipher.encrypt(_nonce(number, last=not following), chunk, None)
        target.write(sealed)
        written += len(sealed)
        if not following:
            return written
        chunk, number = following, number + 1


def decrypt(source: BinaryIO, target: BinaryIO, key: bytes) -> int:
    """Open `source` to its end;
    what was written before a PayloadError is authentic but incomplete.
    """
    cipher = ChaCha20Poly1305(key)
    number = written = 0
    last = False
    while not last:
        sealed = read_full(source, CHUNK_SIZE + TAG_SIZE)
        chunk, last = _open(cipher, sealed, number)
        target.write(chunk)
        written += len(chunk)
        number += 1
    if source.read(1):
        raise PayloadError("Something follows the last chunk.")
    return written


def read_full(source: BinaryIO, size: int) -> bytes:
    """`size` bytes, fewer only at the end: a raw stream may return less than asked."""
    data = source.read(size)
    while 0 < len(data) < size and (more := source.read(size - len(data))):
        data += more
    return data


def _open(cipher: ChaCha20Poly1305, sealed: bytes, number: int) -> tuple[bytes, bool]:
    """The clear chunk, and whether it was sealed as the last one;
    a short chunk can only be the last.
    """
    for last in (False, True) if len(sealed) == CHUNK_SIZE + TAG_SIZE else (True,):
        try:
            chunk = cipher.decrypt(_nonce(number, last=last), sealed, None)
        except InvalidTag:
            continue
        if number and not chunk:
            raise PayloadError("The last chunk is empty.")
        return chunk, last
    raise PayloadError("Chunk {number} is truncated, altered or out of place.", number=number)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])
