"""Bech32 (BIP 173) without length limit, as age uses it for its keys."""

from collections.abc import Iterable

from sceau.errors import SealError

_ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def encode(prefix: str, data: bytes) -> str:
    """The lower-case text of `data`."""
    prefix = prefix.lower()
    values = _regroup(data, 8, 5, pad=True)
    checksum = _polymod([*_expand(prefix), *values, *[0] * 6]) ^ 1
    values += [checksum >> 5 * (5 - i) & 31 for i in range(6)]
    return f"{prefix}1" + "".join(_ALPHABET[value] for value in values)


def decode(text: str, prefix: str) -> bytes:
    """The bytes of a text that must start with `prefix`, in one case only."""
    if text not in (text.lower(), text.upper()):
        raise SealError("A key mixes upper and lower case.")
    found, _, encoded = text.lower().rpartition("1")
    if found != prefix.lower():
        raise SealError(f"A key starting with {prefix}1 was expected.")
    values = [_ALPHABET.find(symbol) for symbol in encoded]
    if -1 in values or len(values) < 6 or _polymod([*_expand(found), *values]) != 1:
        raise SealError("A key is mistyped: its checksum is wrong.")
    return bytes(_regroup(values[:-6], 5, 8, pad=False))


def _expand(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def _polymod(values: Iterable[int]) -> int:
    checksum = 1
    for value in values:
        top = checksum >> 25
        checksum = (checksum & 0x1FFFFFF) << 5 ^ value
        for i, factor in enumerate(_GENERATOR):
            checksum ^= factor if top >> i & 1 else 0
    return checksum


def _regroup(values: Iterable[int], source: int, target: int, *, pad: bool) -> list[int]:
    accumulator = bits = 0
    groups = []
    for value in values:
        accumulator = (accumulator << source | value) & 0xFFFF
        bits += source
        while bits >= target:
            bits -= target
            groups.append(accumulator >> bits & (1 << target) - 1)
    rest = accumulator << (target - bits) & (1 << target) - 1
    if pad and bits:
        groups.append(rest)
    elif not pad and (bits >= source or rest):
        raise SealError("A key is mistyped: its last symbol is impossible.")
    return groups
