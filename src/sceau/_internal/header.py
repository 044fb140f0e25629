"""The header of an age v1 file: parsed strictly, written canonically."""

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from typing import BinaryIO

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sceau.errors import HeaderError

_VERSION = b"age-encryption.org/v1\n"
_COLUMNS = 64
_HEADER_LIMIT_BYTES = 1 << 20
_ARGUMENT = re.compile(r"[\x21-\x7e]+")
_END = re.compile(r"--- ([A-Za-z0-9+/]{43})")


@dataclass(frozen=True, slots=True)
class Stanza:
    """One wrapping of the file key."""

    type: str
    arguments: tuple[str, ...]
    body: bytes

    def encode(self) -> bytes:
        """The lines of this stanza; the last one is always shorter than 64 columns, maybe empty."""
        body = encode_base64(self.body)
        lines = [body[i : i + _COLUMNS] for i in range(0, len(body) + 1, _COLUMNS)]
        return "\n".join([" ".join(["->", self.type, *self.arguments]), *lines, ""]).encode()


@dataclass(frozen=True, slots=True)
class Header:
    """A parsed header; `signed` are the bytes under the MAC, `size` counts them all."""

    stanzas: tuple[Stanza, ...]
    signed: bytes
    mac: bytes
    size: int

    def is_authentic(self, file_key: bytes) -> bool:
        """Whether the holder of the file key wrote this header."""
        return hmac.compare_digest(_mac(file_key, self.signed), self.mac)


def write_header(stanza: Stanza, file_key: bytes) -> bytes:
    """The header of a file with one recipient."""
    signed = _VERSION + stanza.encode() + b"---"
    return signed + b" " + encode_base64(_mac(file_key, signed)).encode() + b"\n"


def read_header(source: BinaryIO) -> Header:
    """Read up to the MAC line included;
    raise HeaderError on anything the specification does not allow.
    """
    lines = _Lines(source)
    if lines.next() != _VERSION[:-1].decode():
        raise HeaderError("This is not an age v1 file.")
    stanzas = []
    while (line := lines.next()).startswith("->"):
        stanzas.append(_read_stanza(line, lines))
    end = _END.fullmatch(line)
    if not end:
        raise HeaderError("A header line is neither a stanza nor a valid MAC.")
    if not stanzas:
        raise HeaderError("The header has no recipient.")
    raw = lines.raw
    signed = bytes(raw[: len(raw) - len(line) - 1]) + b"---"
    return Header(tuple(stanzas), signed, decode_base64(end[1]), len(raw))


def encode_base64(data: bytes) -> str:
    """Standard base64 without padding."""
    return base64.b64encode(data).rstrip(b"=").decode()


def decode_base64(text: str) -> bytes:
    """The inverse; HeaderError unless the text is the canonical one."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except (binascii.Error, ValueError):
        data = b""
    if encode_base64(data) != text:
        raise HeaderError("A header value is not canonical base64.")
    return data


def derive(key: bytes, salt: bytes, info: bytes) -> bytes:
    """HKDF-SHA-256, 32 bytes, as age uses it everywhere."""
    return HKDF(hashes.SHA256(), 32, salt, info).derive(key)


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(derive(file_key, b"", b"header"), signed, "sha256")


def _read_stanza(line: str, lines: "_Lines") -> Stanza:
    words = line.split(" ")
    if words[0] != "->" or len(words) < 2 or not all(map(_ARGUMENT.fullmatch, words[1:])):
        raise HeaderError("A stanza starts with a malformed line.")
    body = b""
    while True:
        line = lines.next()
        if len(line) > _COLUMNS:
            raise HeaderError("A stanza line is too long.")
        body += decode_base64(line)
        if len(line) < _COLUMNS:
            return Stanza(words[1], tuple(words[2:]), body)


class _Lines:
    """Reads lines and keeps what was read, within a limit."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.raw = bytearray()

    def next(self) -> str:
        line = self._source.readline(_HEADER_LIMIT_BYTES + 1 - len(self.raw))
        self.raw += line
        if len(self.raw) > _HEADER_LIMIT_BYTES:
            raise HeaderError("The header is too long.")
        if not line.endswith(b"\n"):
            raise HeaderError("The file ends inside its header.")
        try:
            return line[:-1].decode("ascii")
        except UnicodeDecodeError:
            raise HeaderError("The header is not ASCII.") from None
