"""Static files of a log, as c2sp.org/tlog-tiles lays them out."""

import struct
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from sceau._internal.tree import (
    HASH_SIZE,
    Read,
    append_nodes,
    inclusion,
    leaf_hash,
    node_hash,
    verify_inclusion,
)
from sceau.errors import SealError

TILE_WIDTH = 256
_TILE_HEIGHT = 8
_LEVELS = 8


def tile_path(level: int, index: int, width: int = TILE_WIDTH) -> str:
    """`tile/0/x001/234`, or `tile/0/x001/234.p/17` when the tile is not full."""
    return f"tile/{level}/{_numbered(index, width)}"


def entries_path(index: int, width: int = TILE_WIDTH) -> str:
    """`tile/entries/x001/234`: the leaves' own data."""
    return f"tile/entries/{_numbered(index, width)}"


def tiles(size: int, *, since: int = 0) -> Iterator[tuple[int, int, int]]:
    """Each tile `(level, index,
    width)` of a log of `size` leaves that a log of `since` leaves did not have.
    """
    for level in range(_LEVELS):
        before, now = since >> _TILE_HEIGHT * level, size >> _TILE_HEIGHT * level
        for index in range(before // TILE_WIDTH, -(-now // TILE_WIDTH)):
            width = min(TILE_WIDTH, now - index * TILE_WIDTH)
            if index * TILE_WIDTH + width > before:
                yield level, index, width


def tile(level: int, index: int, width: int, read: Read) -> bytes:
    """The content of a tile."""
    first = index * TILE_WIDTH
    return b"".join(read(level * _TILE_HEIGHT, first + i) for i in range(width))


def tile_hashes(content: bytes) -> list[bytes]:
    """The hashes of a tile."""
    if len(content) % HASH_SIZE or not 0 < len(content) <= HASH_SIZE * TILE_WIDTH:
        raise SealError("A tile of the log has a wrong length.")
    return [content[i : i + HASH_SIZE] for i in range(0, len(content), HASH_SIZE)]


def tile_reader(size: int, fetch: Callable[[str], bytes]) -> Read:
    """The nodes of a log of `size` leaves, from the tiles that `fetch` brings, each read once.

    They are the server's word: only a proof made of them, under a signed root, proves anything.
    """

    @cache
    def hashes(level: int, index: int) -> list[bytes]:
        width = min(TILE_WIDTH, (size >> _TILE_HEIGHT * level) - index * TILE_WIDTH)
        read = tile_hashes(fetch(tile_path(level, index, width)))
        if len(read) != width:
            raise SealError("A tile of the log has a wrong length.")
        return read

    def read(level: int, index: int) -> bytes:
        stored, above = divmod(level, _TILE_HEIGHT)
        row = [
            hashes(stored, place // TILE_WIDTH)[place % TILE_WIDTH]
            for place in range(index << above, index + 1 << above)
        ]
        while len(row) > 1:
            row = [node_hash(left, right) for left, right in zip(row[::2], row[1::2], strict=True)]
        return row[0]

    return read


def entries(leaves: Sequence[bytes]) -> bytes:
    """The content of an entries tile: each leaf's data after its length on two bytes."""
    return b"".join(struct.pack(">H", len(leaf)) + leaf for leaf in leaves)


def parse_entries(content: bytes) -> list[bytes]:
    """The leaves' data of an entries tile."""
    leaves, offset = [], 0
    while offset < len(content):
        size = int.from_bytes(content[offset : offset + 2], "big")
        leaf = content[offset + 2 : offset + 2 + size]
        if len(leaf) != size or offset + 2 > len(content):
            raise SealError("An entries tile of the log is truncated.")
        leaves.append(leaf)
        offset += 2 + size
    return leaves


def read_entries(
    size: int, root: bytes, fetch: Callable[[str], bytes], *, since: int
) -> Iterator[tuple[int, bytes]]:
    """The leaves of a log from the tile of `since` on, each with its index;
    SealError when a tile is not the one that the root of the tree of `size` leaves commits to.
    """
    stored = tile_reader(size, fetch)
    for first in range(since - since % TILE_WIDTH, size, TILE_WIDTH):
        width = min(TILE_WIDTH, size - first)
        leaves = parse_entries(fetch(entries_path(first // TILE_WIDTH, width)))
        if len(leaves) != width:
            raise SealError("An entries tile of the log is truncated.")
        read = _over(leaves, first, stored)
        # The path of the first leaf of a tile goes through every other leaf of the tile.
        path = inclusion(first, size, read)
        if not verify_inclusion(leaf_hash(leaves[0]), first, size, path, root):
            raise SealError("An entries tile of the log is not under its root.")
        yield from enumerate(leaves, start=first)


def _over(leaves: Sequence[bytes], first: int, stored: Read) -> Read:
    """The nodes that these leaves make, and the stored ones elsewhere."""
    made: dict[tuple[int, int], bytes] = {}
    for place, leaf in enumerate(leaves):
        for level, index, value in append_nodes(place, leaf_hash(leaf), lambda *at: made[at]):
            made[level, index] = value
    return lambda level, index: made.get((level, index - (first >> level))) or stored(level, index)


def _numbered(index: int, width: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    return "/".join(groups) + (f".p/{width}" if width < TILE_WIDTH else "")
