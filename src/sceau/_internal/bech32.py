"""Bech32 (BIP 173) without length limit, as age uses it for its keys."""

import base64
import binascii
from collections.abc import Iterable

from sceau.errors import SealError

_ALPHABET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_BASE32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_FROM_BASE32, _TO_BASE32 = bytes.maketrans(_BASE32, _ALPHABET), bytes.maketrans(_ALPHABET, _BASE32)
_VALUES = bytes.maketrans(_ALPHABET, bytes(range(32)))
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM_SIZE = 6


def encode(prefix: str, data: bytes) -> str:
    """The lower-case text of `data`."""
    prefix = prefix.lower()
    symbols = base64.b32encode(data).rstrip(b"=").translate(_FROM_BASE32)
    checksum = _polymod([*_expand(prefix), *symbols.translate(_VALUES), *[0] * _CHECKSUM_SIZE]) ^ 1
    symbols += bytes(_ALPHABET[checksum >> 5 * (5 - i) & 31] for i in range(_CHECKSUM_SIZE))
    return f"{prefix}1{symbols.decode()}"


def decode(text: str, prefix: str) -> bytes:
    """The bytes of a text that must start with `prefix`, in one case only."""
    if text not in (text.lower(), text.upper()):
        raise SealError("A key mixes upper and lower case.")
    found, _, encoded = text.lower().rpartition("1")
    if found != prefix.lower():
        raise SealError("A key starting with {prefix}1 was expected.", prefix=prefix)
    symbols = encoded.encode()
    if symbols.translate(None, _ALPHABET) or len(symbols) < _CHECKSUM_SIZE:
        raise SealError("A key is mistyped: its checksum is wrong.")
    if _polymod([*_expand(found), *symbols.translate(_VALUES)]) != 1:
        raise SealError("A key is mistyped: its checksum is wrong.")
    return _bytes_of(symbols[:-_CHECKSUM_SIZE])


def _bytes_of(symbols: bytes) -> bytes:
    """Five bits a symbol. The bits left over are fewer than five, and zero."""
    padded = symbols.translate(_TO_BASE32) + b"=" * (-len(symbols) % 8)
    try:
        data = base64.b32decode(padded)
    except binascii.Error:
        data = b""
    if base64.b32encode(data).rstrip(b"=").translate(_FROM_BASE32) != symbols:
        raise SealError("A key is mistyped: its last symbol is impossible.")
    return data


def _expand(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _factor(top: int) -> int:
    """What the five bits that leave the checksum bring back into it."""
    factor = 0
    for i, generator in enumerate(_GENERATOR):
        factor ^= generator if top >> i & 1 else 0
    return factor


_FACTORS = tuple(_factor(top) for top in range(32))


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value ^ _FACTORS[checksum >> 25]
    return checksum
