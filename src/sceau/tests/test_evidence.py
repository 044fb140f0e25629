"""The evidence archive: verified whole, refused when one byte of it changes."""

import io
import json
import zipfile
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau import evidence, log, timestamp
from sceau.errors import SealError

NOW = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
AUTHORITY = timestamp.Authority.create(NOW, "Centre de gestion")
SIGNER = log.Signer("beffroi.example/journal", bytes(range(32)))
KEYS, ROOTS = [log.Verifier(SIGNER.vkey)], [AUTHORITY.root]
BATCH = [f'{{"n":"{rank:02x}","texte":"Connexion perdue"}}' for rank in range(7)]


def stamp(digest: bytes) -> bytes:
    return AUTHORITY.issue(digest, NOW)


def entry(root: str, place: int = 2) -> evidence.Entry:
    """An entry that commits to a root, under a signed state of a register of four."""
    record = json.dumps({"acte": "tentatives.relever", "donnees": {"racine": root}})
    token = stamp(bytes(32))
    nodes: dict[tuple[int, int], bytes] = {}
    read: log.Read = lambda level, index: nodes[level, index]  # noqa: E731
    for rank in range(4):
        leaf = log.leaf_data(record.encode(), token) if rank == place else bytes([rank]) * 64
        for level, index, value in log.append_nodes(rank, log.leaf_hash(leaf), read):
            nodes[level, index] = value
    note = log.sign_note(log.Checkpoint(SIGNER.name, 4, log.root(4, read)).body(), SIGNER)
    return evidence.Entry(record, token, log.Proof(place, tuple(log.inclusion(place, 4, read)), note).encode())


def archive(wanted=(0, 5), files=None, root="") -> bytes:
    lines = evidence.lines_of(BATCH, wanted)
    entries = [entry(root or evidence.root_of(BATCH))]
    return evidence.build({"preuve.json": b"{}"} if files is None else files, entries, lines, stamp=stamp)


# Made once: a token's signature, hence its length, changes at each making.
WHOLE = archive()


def outcomes(data: bytes, **trusted) -> dict[str, str]:
    checks = evidence.verify(io.BytesIO(data), **trusted)
    return {check.code: check.outcome for check in checks}


def test_a_whole_archive_is_valid():
    checks = evidence.verify(io.BytesIO(archive()), log_keys=KEYS, roots=ROOTS)

    assert evidence.is_valid(checks), checks
    assert evidence.is_evidence(io.BytesIO(archive()))


def test_an_archive_alone_says_that_its_keys_are_its_own():
    files = {"cles/journal.vkey": SIGNER.vkey.encode(), "cles/horodatage.pem": AUTHORITY.root_pem}
    checks = evidence.verify(io.BytesIO(archive(files=files)))

    assert evidence.is_valid(checks)
    assert [check.outcome for check in checks if check.code == "key_from_archive"] == ["not_checked"] * 2


def test_another_key_or_authority_is_refused():
    other = timestamp.Authority.create(NOW, "Another")
    assert outcomes(archive(), log_keys=KEYS, roots=[other.root])["timestamp"] == "failed"
    stranger = log.Verifier(log.Signer("beffroi.example/journal", bytes(32)).vkey)
    assert outcomes(archive(), log_keys=[stranger], roots=ROOTS)["entries"] == "failed"


def test_a_line_under_no_committed_root_is_refused():
    assert outcomes(archive(root="ab" * 32), log_keys=KEYS, roots=ROOTS)["lines"] == "failed"


def test_a_file_may_not_take_the_name_of_a_proof():
    with pytest.raises(SealError, match="name of a proof"):
        archive(files={"lignes.json": b""})


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_one_byte_changed_is_found(data):
    """In any file of the archive, at any place."""
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as opened:
        contents = {name: bytearray(opened.read(name)) for name in opened.namelist()}
    name = data.draw(st.sampled_from(sorted(contents)))
    place = data.draw(st.integers(0, len(contents[name]) - 1))
    contents[name][place] ^= data.draw(st.integers(1, 255))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as changed:
        for each, content in contents.items():
            changed.writestr(each, bytes(content))

    assert not evidence.is_valid(evidence.verify(target, log_keys=KEYS, roots=ROOTS))


@pytest.mark.parametrize("kept", ["manifeste.json", "manifeste.tsr", "ecritures.json", "lignes.json", "preuve.json"])
def test_a_missing_or_added_file_is_found(kept):
    with zipfile.ZipFile(io.BytesIO(archive())) as opened:
        contents = {name: opened.read(name) for name in opened.namelist()}
    for files in ({n: c for n, c in contents.items() if n != kept}, {**contents, "autre.txt": b"x"}):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as changed:
            for name, content in files.items():
                changed.writestr(name, content)
        assert not evidence.is_valid(evidence.verify(target, log_keys=KEYS, roots=ROOTS))


@given(st.integers(1, 40), st.data())
def test_every_line_leads_to_the_root_of_its_batch(size, data):
    texts = [f"line {rank}" for rank in range(size)]
    place = data.draw(st.integers(0, size - 1))
    (line,) = evidence.lines_of(texts, [place])
    path = [bytes.fromhex(step) for step in line.path]

    assert line.root == evidence.root_of(texts)
    assert log.verify_inclusion(log.leaf_hash(line.text.encode()), place, size, path, bytes.fromhex(line.root))


def test_an_empty_batch_has_the_empty_root():
    assert evidence.root_of([]) == log.EMPTY_ROOT.hex()


def test_what_is_not_an_archive_is_not_evidence():
    assert not evidence.is_evidence(io.BytesIO(b"not a zip"))
    assert outcomes(b"not a zip") == {"archive": "failed"}
