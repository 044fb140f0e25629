"""Every C2SP/CCTV vector gives the outcome it names,
and the content it names even before a failure.
"""

import hashlib
import io
import os
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from sceau import Identity, SealError, unseal
from sceau.errors import ArmorError, HeaderError, HmacError, NoMatch, PayloadError

STANDARDS = Path(
    os.environ.get(
        "BEFFROI_TEST_STANDARDS", Path(__file__).resolve().parents[4] / "shared" / "standards"
    )
)
VECTORS = STANDARDS / "age-cctv" / "testdata"
OUTCOMES: dict[str, type[SealError] | None] = {
    "success": None,
    "no match": NoMatch,
    "header failure": HeaderError,
    "HMAC failure": HmacError,
    "payload failure": PayloadError,
    "armor failure": ArmorError,
}


@dataclass
class Vector:
    expect: str
    payload: str | None
    identities: list[Identity]
    armored: bool
    body: bytes


def read_vector(path: Path) -> Vector:
    head, _, body = path.read_bytes().partition(b"\n\n")
    fields = [line.split(": ", 1) for line in head.decode().splitlines()]
    named = dict(fields)
    identities = [Identity.parse(v) for k, v in fields if k == "identity"]
    identities += [Identity.from_passphrase(v) for k, v in fields if k == "passphrase"]
    body = zlib.decompress(body) if named.get("compressed") == "zlib" else body
    return Vector(named["expect"], named.get("payload"), identities, "armored" in named, body)


with_the_vectors = pytest.mark.skipif(
    not VECTORS.is_dir(), reason=f"the age vectors are not in {VECTORS}"
)


def names() -> list[str]:
    return sorted(path.name for path in VECTORS.iterdir()) if VECTORS.is_dir() else []


@with_the_vectors
def test_the_whole_collection_is_here():
    assert len(names()) == 143


@with_the_vectors
@pytest.mark.parametrize("name", names() or ["none"])
def test_vector(name):
    vector = read_vector(VECTORS / name)
    opened = io.BytesIO()

    error: type[SealError] | None = None
    try:
        unseal(io.BytesIO(vector.body), opened, vector.identities, armored=vector.armored)
    except SealError as raised:
        error = type(raised)

    assert error is OUTCOMES[vector.expect]
    if vector.payload:
        assert hashlib.sha256(opened.getvalue()).hexdigest() == vector.payload
