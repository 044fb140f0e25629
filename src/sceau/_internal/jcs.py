"""Canonical JSON (RFC 8785) for the values of this project:
no floats, so that no language may round differently.
"""

import json

from sceau.errors import SealError

_INTEGER_LIMIT = (1 << 53) - 1


def canonical(value: object) -> bytes:
    """The only UTF-8 text of a value made of objects,
    arrays, strings, integers, booleans and null.
    """
    try:
        text = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":"))
        return text.encode()
    except UnicodeEncodeError:
        raise SealError("A text holds half a character: it has no canonical form.") from None
    except RecursionError:
        raise SealError("A value is nested too deep.") from None


def _ordered(value: object) -> object:
    match value:
        case None | bool() | str():
            return value
        case int() if abs(value) <= _INTEGER_LIMIT:
            return value
        case list() | tuple():
            return [_ordered(item) for item in value]
        case dict() if all(isinstance(name, str) for name in value):
            return {name: _ordered(value[name]) for name in sorted(value, key=_utf16)}
    raise SealError("A value of type {type} has no canonical form here.", type=type(value).__name__)


def _utf16(name: str) -> bytes:
    """RFC 8785 sorts names by their UTF-16 code units."""
    return name.encode("utf-16-be")
