"""RFC 6962 Merkle tree over any storage of nodes.

A node `(level, index)` is the hash of the complete subtree of leaves `index * 2^level` up to
`(index + 1) * 2^level`. `read(level, index)` returns a stored node.
"""

import hashlib
from collections.abc import Callable, Sequence

type Read = Callable[[int, int], bytes]
type Node = tuple[int, int, bytes]

HASH_SIZE = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node."""
    return hashlib.sha256(b"\1" + left + right).digest()


def append_nodes(index: int, leaf: bytes, read: Read) -> list[Node]:
    """The nodes to store when the leaf hash `leaf` is appended at `index`:
    itself and each subtree it completes.
    """
    nodes = [(0, index, leaf)]
    level, position, value = 0, index, leaf
    while position & 1:
        value = node_hash(read(level, position - 1), value)
        level, position = level + 1, position >> 1
        nodes.append((level, position, value))
    return nodes


def root(size: int, read: Read) -> bytes:
    """The root of the tree of the first `size` leaves."""
    return _range_root(0, size, read) if size else EMPTY_ROOT


def inclusion(index: int, size: int, read: Read) -> list[bytes]:
    """The proof that leaf `index` is in the tree of `size` leaves, from the leaf up."""
    if not 0 <= index < size:
        raise IndexError(f"leaf {index} is not in a tree of {size}")
    start, end, path = 0, size, []
    while end - start > 1:
        middle = start + _left_size(end - start)
        if index < middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    return path[::-1]


def consistency(old: int, new: int, read: Read) -> list[bytes]:
    """The proof that the tree of `new` leaves starts with the tree of `old` leaves."""
    if not 0 <= old <= new:
        raise IndexError(f"a tree of {new} cannot extend a tree of {old}")
    if old in (0, new):
        return []
    start, end, path = 0, new, []
    while old != end:
        middle = start + _left_size(end - start)
        if old <= middle:
            path.append(_range_root(middle, end, read))
            end = middle
        else:
            path.append(_range_root(start, middle, read))
            start = middle
    # The verifier already knows the old root, hence the last node when it is that root.
    return ([_range_root(start, end, read)] if start else []) + path[::-1]


def verify_inclusion(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes
) -> bool:
    """Whether `path` proves the leaf hash `leaf` at `index` under the root
    `expected` (RFC 9162, 2.1.3.2).
    """
    if not 0 <= index < size:
        return False
    position, last, value = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            return False
        if position & 1 or position == last:
            value = node_hash(sibling, value)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and value == expected


def verify_consistency(
    old: int, new: int, path: Sequence[bytes], old_root: bytes, new_root: bytes
) -> bool:
    """Whether `path` proves that the new tree only extends the old one (RFC 9162, 2.1.4.2)."""
    if not 0 <= old <= new:
        return False
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY_ROOT
    full = [old_root, *path] if old & (old - 1) == 0 else list(path)
    return bool(full) and _replay(old, new, full) == (old_root, new_root)


def _replay(old: int, new: int, path: list[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency path leads to; None when its length is wrong."""
    position, last = old - 1, new - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    before = after = path[0]
    for sibling in path[1:]:
        if last == 0:
            return None
        if position & 1 or position == last:
            before, after = node_hash(sibling, before), node_hash(sibling, after)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            after = node_hash(after, sibling)
        position, last = position >> 1, last >> 1
    return (before, after) if last == 0 else None


def _left_size(size: int) -> int:
    """The largest power of two strictly below `size`: how many leaves go to the left."""
    return 1 << (size - 1).bit_length() - 1


def _range_root(start: int, end: int, read: Read) -> bytes:
    """The root of leaves `start` to `end`;
    `start` is a multiple of a power of two at least `end - start`.
    """
    size = end - start
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return read(level, start >> level)
    middle = start + _left_size(size)
    return node_hash(_range_root(start, middle, read), _range_root(middle, end, read))
