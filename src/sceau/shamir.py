"""Shamir secret sharing over GF(2^8), in the share format of SPEC.md, section 3.

    shares = shamir.split(identity.seed, shares=3, threshold=2)
    seed = shamir.combine(shares[:2])

The payload of a share is byte for byte one of npm `shamir-secret-sharing` 0.0.4. Recombining proves nothing
by itself: compare the fingerprint of the resulting identity with the published one.
"""

import os
from collections.abc import Callable, Iterable, Sequence

from sceau.errors import SealError

_VERSION = 1
_MODULUS = 0x11B
_Point = tuple[int, bytes]


def split(secret: bytes, *, shares: int, threshold: int, random: Callable[[int], bytes] = os.urandom) -> list[bytes]:
    """Cut `secret` in `shares` shares, any `threshold` of which rebuild it."""
    if not secret:
        raise SealError("An empty secret cannot be shared.")
    if not 1 <= threshold <= shares <= 255:
        raise SealError(f"A {threshold}-of-{shares} sharing is impossible.")
    head = bytes([_VERSION, threshold])
    if threshold == 1:
        return [head + secret + b"\0"] * shares
    polynomials = [bytes([byte]) + random(threshold - 1) for byte in secret]
    return [head + bytes(_evaluate(p, x) for p in polynomials) + bytes([x]) for x in range(1, shares + 1)]


def combine(shares: Iterable[bytes]) -> bytes:
    """Rebuild the secret; raise SealError when the shares are too few or disagree."""
    threshold, points = _points(list(shares))
    if len(points) < threshold:
        raise SealError(f"{threshold} shares are needed, {len(points)} given.")
    base, extra = points[:threshold], points[threshold:]
    if any(_interpolate(base, x) != y for x, y in extra):
        raise SealError("The shares do not belong to the same sharing.")
    return _interpolate(base, 0)


def _points(shares: list[bytes]) -> tuple[int, list[_Point]]:
    if not shares:
        raise SealError("No share was given.")
    if any(len(share) < 4 or share[0] != _VERSION or share[1] == 0 for share in shares):
        raise SealError("A share has an unknown format.")
    if len({(share[1], len(share)) for share in shares}) != 1:
        raise SealError("The shares do not belong to the same sharing.")
    threshold, points = shares[0][1], {(share[-1], share[2:-1]) for share in shares}
    if any((x == 0) != (threshold == 1) for x, _ in points):
        raise SealError("A share has an impossible coordinate.")
    if len({x for x, _ in points}) != len(points):
        raise SealError("Two different shares have the same coordinate.")
    return threshold, sorted(points)


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
