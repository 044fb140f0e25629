"""Shamir secret sharing over GF(2^8): the payloads of the shares of SPEC.md, section 3.

A payload is byte for byte a share of npm `shamir-secret-sharing` 0.0.4: `y` then `x`.
Nothing here says whose secret it is: `sceau.shares` binds each payload to its key.
"""

import os
from collections.abc import Callable, Iterable, Sequence

from sceau.errors import SealError

_MODULUS = 0x11B
_Point = tuple[int, bytes]


def split(
    secret: bytes, *, shares: int, threshold: int, random: Callable[[int], bytes] = os.urandom
) -> list[bytes]:
    """Cut `secret` in `shares` payloads, any `threshold` of which rebuild it."""
    if not secret:
        raise SealError("An empty secret cannot be shared.")
    if not 1 <= threshold <= shares <= 255:
        raise SealError(
            "A {threshold}-of-{shares} sharing is impossible.", threshold=threshold, shares=shares
        )
    if threshold == 1:
        return [secret + b"\0"] * shares
    polynomials = [bytes([byte]) + random(threshold - 1) for byte in secret]
    return [bytes(_evaluate(p, x) for p in polynomials) + bytes([x]) for x in range(1, shares + 1)]


def combine(payloads: Iterable[bytes], *, threshold: int) -> bytes:
    """Rebuild the secret; raise SealError when the payloads are too few or disagree."""
    points = _points(set(payloads), threshold)
    if len(points) < threshold:
        raise SealError(
            "{needed} shares are needed, {given} given.", needed=threshold, given=len(points)
        )
    base, extra = points[:threshold], points[threshold:]
    if any(_interpolate(base, x) != y for x, y in extra):
        raise SealError("The shares do not belong to the same sharing.")
    return _interpolate(base, 0)


def _points(payloads: set[bytes], threshold: int) -> list[_Point]:
    points = sorted((payload[-1], payload[:-1]) for payload in payloads)
    if any((x == 0) != (threshold == 1) for x, _ in points):
        raise SealError("A share has an impossible coordinate.")
    if len({x for x, _ in points}) != len(points):
        raise SealError("Two different shares have the same coordinate.")
    return points


def _multiply(a: int, b: int) -> int:
    """Product in GF(2^8), without table nor branch on the secret."""
    product = 0
    for _ in range(8):
        product ^= a & -(b & 1)
        a = (a << 1) ^ (_MODULUS & -(a >> 7))
        b >>= 1
    return product


def _invert(a: int) -> int:
    """The inverse is the power 254, since a^255 = 1."""
    result = square = _multiply(a, a)
    for _ in range(6):
        square = _multiply(square, square)
        result = _multiply(result, square)
    return result


def _evaluate(coefficients: bytes, x: int) -> int:
    value = 0
    for coefficient in reversed(coefficients):
        value = _multiply(value, x) ^ coefficient
    return value


def _interpolate(points: Sequence[_Point], at: int) -> bytes:
    """The value, at `at`, of the polynomials that go through `points` (Lagrange)."""
    result = bytes(len(points[0][1]))
    for x, values in points:
        basis = 1
        for other, _ in points:
            if other != x:
                basis = _multiply(basis, _multiply(at ^ other, _invert(x ^ other)))
        result = bytes(r ^ _multiply(v, basis) for r, v in zip(result, values, strict=True))
    return result
