"""What a person types to open a slot,
in the form that the slot was sealed with (SPEC.md, section 4).
"""

import hashlib
import unicodedata

from sceau.errors import SealError

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_DATA_LENGTH, _CHECK_LENGTH, _GROUP_LENGTH = 26, 2, 4
# The white space of ECMAScript, so that both implementations strip the same characters.
_WHITE = (
    "\t\n\v\f\r \u00a0\u1680"
    + "".join(map(chr, range(0x2000, 0x200B)))
    + "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_READ_AS = str.maketrans(
    {"O": "0", "I": "1", "L": "1", "U": "V", "-": None, **dict.fromkeys(_WHITE)}
)


def normalize(typed: str) -> str:
    """The same accents give the same key whatever the keyboard:
    NFKC, then no white space at either end.
    """
    return unicodedata.normalize("NFKC", typed).strip(_WHITE)


def recovery_code(typed: str) -> str:
    """Canonical form of a typed recovery code;
    raise SealError when a length, a symbol or the checksum is wrong.
    """
    code = typed.upper().translate(_READ_AS)
    if len(code) != _DATA_LENGTH + _CHECK_LENGTH or not set(code) <= set(_ALPHABET):
        raise SealError("A recovery code is malformed.")
    if _checksum(code[:_DATA_LENGTH]) != code[_DATA_LENGTH:]:
        raise SealError("A recovery code is mistyped: its checksum is wrong.")
    return "-".join(
        code[start : start + _GROUP_LENGTH] for start in range(0, len(code), _GROUP_LENGTH)
    )


def secrets(typed: str) -> list[str]:
    """What the slot may have been sealed with, the likeliest first:
    a recovery code, or a passphrase.
    """
    phrase = normalize(typed)
    try:
        return list(dict.fromkeys([recovery_code(typed), phrase]))
    except SealError:
        return [phrase]


def _checksum(data: str) -> str:
    digest = hashlib.sha256(f"beffroi.recovery/1\n{data}".encode()).digest()
    return _ALPHABET[digest[0] & 31] + _ALPHABET[digest[1] & 31]
