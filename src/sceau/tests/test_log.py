"""The register: exhaustive proofs on small trees, signed notes, tiles."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau import SealError, log

SIZES = range(101)


class Nodes(dict[tuple[int, int], bytes]):
    """Storage in memory."""

    def read(self, level: int, index: int) -> bytes:
        return self[level, index]

    def append(self, index: int, data: bytes) -> None:
        for level, position, value in log.append_nodes(index, log.leaf_hash(data), self.read):
            assert (level, position) not in self
            self[level, position] = value


def leaf(index: int) -> bytes:
    return f"leaf {index}".encode()


def naive_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return log.EMPTY_ROOT
    if len(leaves) == 1:
        return log.leaf_hash(leaves[0])
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    from hashlib import sha256

    return sha256(b"\1" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


@pytest.fixture(scope="module")
def nodes() -> Nodes:
    nodes = Nodes()
    for index in range(600):
        nodes.append(index, leaf(index))
    return nodes


@pytest.fixture(scope="module")
def roots(nodes) -> list[bytes]:
    return [log.root(size, nodes.read) for size in SIZES]


def test_every_root_equals_the_definition(roots):
    assert roots == [naive_root([leaf(i) for i in range(size)]) for size in SIZES]


def test_a_tree_of_n_leaves_stores_fewer_than_two_n_nodes(nodes):
    assert len(nodes) < 2 * 600


def test_every_inclusion_proof_holds_for_its_leaf_only(nodes, roots):
    for size in SIZES:
        for index in range(size):
            path = log.inclusion(index, size, nodes.read)
            assert log.verify_inclusion(log.leaf_hash(leaf(index)), index, size, path, roots[size])
            assert not log.verify_inclusion(
                log.leaf_hash(leaf(index + 1)), index, size, path, roots[size]
            )


def test_an_inclusion_proof_fails_at_another_place(nodes, roots):
    for size in range(1, 40):
        for index in range(size):
            path = log.inclusion(index, size, nodes.read)
            value = log.leaf_hash(leaf(index))
            others = [i for i in range(size) if i != index]
            assert not any(log.verify_inclusion(value, i, size, path, roots[size]) for i in others)


def test_an_inclusion_proof_of_a_wrong_length_fails(nodes, roots):
    value = log.leaf_hash(leaf(3))
    path = log.inclusion(3, 100, nodes.read)

    assert not log.verify_inclusion(value, 3, 100, path[:-1], roots[100])
    assert not log.verify_inclusion(value, 3, 100, [*path, path[0]], roots[100])
    assert not log.verify_inclusion(value, 100, 100, path, roots[100])
    assert not log.verify_inclusion(value, -1, 100, path, roots[100])


def test_every_consistency_proof_holds_and_binds_both_roots(nodes, roots):
    wrong = bytes(32)
    for new in SIZES:
        for old in range(new + 1):
            path = log.consistency(old, new, nodes.read)
            assert log.verify_consistency(old, new, path, roots[old], roots[new])
            assert not log.verify_consistency(old, new, path, wrong, roots[new])
            assert old == 0 or not log.verify_consistency(old, new, path, roots[old], wrong)


def test_a_consistency_proof_of_a_wrong_length_fails(nodes, roots):
    path = log.consistency(37, 100, nodes.read)

    assert not log.verify_consistency(37, 100, path[:-1], roots[37], roots[100])
    assert not log.verify_consistency(37, 100, [*path, path[0]], roots[37], roots[100])
    assert not log.verify_consistency(37, 100, [], roots[37], roots[100])
    assert not log.verify_consistency(100, 37, path, roots[100], roots[37])


@given(st.data())
def test_any_changed_byte_of_a_proof_fails(data):
    nodes = Nodes()
    for index in range(20):
        nodes.append(index, leaf(index))
    old, new = data.draw(st.sampled_from([(o, n) for n in range(2, 21) for o in range(1, n)]))
    path = log.consistency(old, new, nodes.read)
    hash_index, byte, bit = (
        data.draw(st.integers(0, len(path) - 1)),
        data.draw(st.integers(0, 31)),
        1,
    )
    altered = bytearray(path[hash_index])
    altered[byte] ^= bit
    path[hash_index] = bytes(altered)

    assert not log.verify_consistency(
        old, new, path, log.root(old, nodes.read), log.root(new, nodes.read)
    )


def test_a_proof_outside_the_tree_is_refused(nodes):
    with pytest.raises(IndexError):
        log.inclusion(5, 5, nodes.read)
    with pytest.raises(IndexError):
        log.consistency(6, 5, nodes.read)


@pytest.fixture
def signer() -> log.Signer:
    return log.Signer("beffroi.example/journal", bytes(range(32)))


@pytest.fixture
def note(signer, nodes) -> str:
    return log.sign_note(log.Checkpoint(signer.name, 100, log.root(100, nodes.read)).body(), signer)


def test_a_signed_checkpoint_opens_with_its_key(signer, note, roots):
    checkpoint = log.open_checkpoint(note, [log.Verifier(signer.vkey)])

    assert (checkpoint.origin, checkpoint.size, checkpoint.root) == (signer.name, 100, roots[100])


def test_the_go_example_of_a_note_opens():
    """The example of golang.org/x/mod/sumdb/note, an independent implementation."""
    vkey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    text = (
        "If you think cryptography is the answer to your problem,\nthen you don't know what "
        "your problem is.\n"
    )
    signature = (
        "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqf"
        "qdngotpRZb6KE6RyyBwJnAM="
    )
    note = f"{text}\n— PeterNeumann {signature}\n"

    assert log.open_note(note, [log.Verifier(vkey)])[0] == text


def test_unknown_signatures_are_ignored_and_witnesses_recognised(signer, note):
    witness = log.Signer("temoin.example", b"w" * 32)
    stranger = log.Signer("inconnu.example", b"i" * 32)
    body = log.Checkpoint.parse(note).body()
    note += witness.cosign(body, 1_795_000_000) + stranger.sign(body)

    _, signers = log.open_note(
        note, [log.Verifier(signer.vkey), log.Verifier(witness.witness_vkey)]
    )

    assert [s.name for s in signers] == [signer.name, witness.name]


def test_a_checkpoint_signed_only_by_a_witness_is_refused(signer, nodes):
    witness = log.Signer("temoin.example", b"w" * 32)
    body = log.Checkpoint(signer.name, 100, log.root(100, nodes.read)).body()

    with pytest.raises(SealError, match="not signed by the log"):
        log.open_checkpoint(log.sign_note(body, witness), [log.Verifier(witness.vkey)])


@pytest.mark.parametrize(
    "old, new", [("\n100\n", "\n101\n"), ("beffroi", "beffroa"), ("\n\n", "\n\n\n")]
)
def test_a_changed_checkpoint_is_refused(signer, note, old, new):
    with pytest.raises(SealError):
        log.open_checkpoint(note.replace(old, new, 1), [log.Verifier(signer.vkey)])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n",
        "o\n01\n" + "A" * 43 + "=\n",
        "o\n1\nAAAA\n",
        "o\n1\n\n",
        "o\n-1\n" + "A" * 43 + "=\n",
        "o\n1\n" + "A" * 43 + "=",
    ],
)
def test_a_malformed_checkpoint_is_refused(text):
    with pytest.raises(SealError):
        log.Checkpoint.parse(text)


@pytest.mark.parametrize(
    "note",
    ["", "text\n", "text\n\n", "text\n\nline\n", "te\txt\n\n— a AAAAAAA=\n", "t\n\n— a AAAA\n"],
)
def test_a_malformed_note_is_refused(note, signer):
    with pytest.raises(SealError):
        log.open_note(note, [log.Verifier(signer.vkey)])


@pytest.mark.parametrize(
    "vkey", ["", "name", "name+00000000+AAAA", "name+00000000+AAA", "name+00000000+" + "A" * 44]
)
def test_a_malformed_key_is_refused(vkey):
    with pytest.raises(SealError):
        log.Verifier(vkey)


def test_a_mistyped_key_is_refused(signer):
    with pytest.raises(SealError, match="mistyped"):
        log.Verifier(signer.vkey.replace("beffroi", "befroi"))


def test_a_signer_keeps_its_seed_out_of_sight(signer):
    assert log.Signer(signer.name, signer.seed).vkey == signer.vkey
    assert signer.seed.hex() not in repr(signer)
    assert log.Signer.generate("a.example").vkey != log.Signer.generate("a.example").vkey
    with pytest.raises(SealError):
        log.Signer("a name", bytes(32))


@pytest.mark.parametrize("extra", [b"", b"context"])
def test_a_proof_survives_its_text_form(signer, note, nodes, extra):
    proof = log.Proof(41, tuple(log.inclusion(41, 100, nodes.read)), note, extra)

    assert log.Proof.parse(proof.encode()) == proof
    assert (
        log.verify_proof(proof.encode(), log.leaf_hash(leaf(41)), [log.Verifier(signer.vkey)]).size
        == 100
    )


def test_a_proof_of_another_leaf_is_refused(signer, note, nodes):
    proof = log.Proof(41, tuple(log.inclusion(41, 100, nodes.read)), note)

    with pytest.raises(SealError, match="does not lead"):
        log.verify_proof(proof.encode(), log.leaf_hash(leaf(42)), [log.Verifier(signer.vkey)])


@pytest.mark.parametrize(
    "text",
    ["", "c2sp.org/tlog-proof@v1\n", "c2sp.org/tlog-proof@v1\nindex 01\n\nx", "x\nindex 1\n\nx"],
)
def test_a_malformed_proof_is_refused(text):
    with pytest.raises(SealError):
        log.Proof.parse(text)


@pytest.mark.parametrize(
    "index, width, path",
    [
        (0, 256, "000"),
        (67, 256, "067"),
        (1234067, 256, "x001/x234/067"),
        (1234, 17, "x001/234.p/17"),
    ],
)
def test_paths_follow_tlog_tiles(index, width, path):
    assert log.tile_path(0, index, width) == f"tile/0/{path}"
    assert log.entries_path(index, width) == f"tile/entries/{path}"


def test_tiles_hold_the_hashes_of_their_level(nodes):
    assert list(log.tiles(600)) == [(0, 0, 256), (0, 1, 256), (0, 2, 88), (1, 0, 2)]
    assert list(log.tiles(600, since=512)) == [(0, 2, 88)]
    assert list(log.tiles(513, since=511)) == [(0, 1, 256), (0, 2, 1), (1, 0, 2)]
    content = log.tile(1, 0, 2, nodes.read)
    assert log.tile_hashes(content) == [nodes[8, 0], nodes[8, 1]]


@pytest.mark.parametrize("old, new", [(1, 600), (255, 256), (256, 600), (511, 513), (599, 600)])
def test_tiles_are_enough_to_prove_that_a_log_only_grew(nodes, old, new):
    asked = []

    def fetch(path):
        asked.append(path)
        found = [at for at in log.tiles(new) if log.tile_path(*at) == path]
        return log.tile(*found[0], nodes.read)

    path = log.consistency(old, new, log.tile_reader(new, fetch))

    assert path == log.consistency(old, new, nodes.read)
    assert len(asked) == len(set(asked))


def test_a_tile_that_is_not_whole_is_refused(nodes):
    read = log.tile_reader(600, lambda path: bytes(32))

    with pytest.raises(SealError, match="wrong length"):
        read(0, 1)


def test_no_tile_is_published_when_nothing_changed():
    assert not list(log.tiles(600, since=600)) and not list(log.tiles(0))


@pytest.mark.parametrize("content", [b"", bytes(31), bytes(32 * 257)])
def test_a_tile_of_a_wrong_length_is_refused(content):
    with pytest.raises(SealError):
        log.tile_hashes(content)


@given(st.lists(st.binary(max_size=80), max_size=20))
def test_entries_survive_their_tile(leaves):
    assert log.parse_entries(log.entries(leaves)) == leaves


@pytest.mark.parametrize("content", [b"\0", b"\0\5abc"])
def test_truncated_entries_are_refused(content):
    with pytest.raises(SealError):
        log.parse_entries(content)


def test_a_leaf_hides_its_record_and_its_token():
    data = log.leaf_data(b"record", b"token")

    assert len(data) == 64 and b"record" not in data


def test_public_leaves_are_found_by_their_label_and_hold_their_record_and_token():
    record = b'{"concerne":"2026-0142","format":"beffroi.ecriture/2"}'
    found = log.leaf_data(record, b"token")

    assert len(found) == 64
    assert found[:32] == log.label("2026-0142") != log.label("2026-0143")
    assert len({found, log.leaf_data(record, b"another"), log.leaf_data(record + b" ", b"t")}) == 3


@pytest.mark.parametrize(
    "record",
    [
        b'{"concerne":"2026-0142","format":"beffroi.ecriture/1"}',
        b'{"concerne":"2026-0142","donnees":{"format":"beffroi.ecriture/2"},"format":"x"}',
        b'{"concerne":3,"format":"beffroi.ecriture/2"}',
        b'{"format":"beffroi.ecriture/2"}',
        b'["format":"beffroi.ecriture/2"]',
        b'"format":"beffroi.ecriture/2"',
        b"\xff",
        b"",
    ],
)
def test_another_record_keeps_the_leaf_that_it_always_had(record):
    digests = hashlib.sha256(record).digest() + hashlib.sha256(b"token").digest()

    assert log.leaf_data(record, b"token") == digests


SIZE = 600


def serve(nodes, change=lambda path, content: content):
    """Every tile of the log of `SIZE` leaves, as its server gives it."""
    served = {log.tile_path(*at): log.tile(*at, nodes.read) for at in log.tiles(SIZE)}
    for first in range(0, SIZE, 256):
        width = min(256, SIZE - first)
        leaves = [leaf(index) for index in range(first, first + width)]
        served[log.entries_path(first // 256, width)] = log.entries(leaves)
    return lambda path: change(path, served[path])


@pytest.mark.parametrize("since", [0, 1, 255, 256, 511, 512, 599])
def test_leaves_are_read_under_the_root_from_any_of_them(nodes, since):
    found = dict(log.read_entries(SIZE, log.root(SIZE, nodes.read), serve(nodes), since=since))

    assert found == {index: leaf(index) for index in range(since - since % 256, SIZE)}


@pytest.mark.parametrize("index", [0, 1, 77, 255, 256, 400, 511, 512, 598, 599])
def test_a_leaf_that_the_server_replaces_is_not_under_the_root(nodes, index):
    def change(path, content):
        return content.replace(leaf(index), leaf(index)[::-1]) if "entries" in path else content

    with pytest.raises(SealError, match="not under its root"):
        dict(log.read_entries(SIZE, log.root(SIZE, nodes.read), serve(nodes, change), since=0))


def test_a_tile_of_leaves_that_is_short_is_refused(nodes):
    def change(path, content):
        return content[: len(content) // 2] if "entries" in path else content

    with pytest.raises(SealError, match="truncated"):
        dict(log.read_entries(SIZE, log.root(SIZE, nodes.read), serve(nodes, change), since=0))
