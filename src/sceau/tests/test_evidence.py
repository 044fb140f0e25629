"""The evidence archive: verified whole, refused when one byte of it changes."""

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sceau import evidence, log, timestamp
from sceau.errors import SealError
from sceau.verdict import Verdict
from tests.mesures.exemples import exemples

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
    return evidence.Entry(
        record, token, log.Proof(place, tuple(log.inclusion(place, 4, read)), note).encode()
    )


def archive(wanted=(0, 5), files=None, root="") -> bytes:
    lines = evidence.lines_of(BATCH, wanted)
    entries = [entry(root or evidence.root_of(BATCH))]
    return evidence.build(
        {"preuve.json": b"{}"} if files is None else files, entries, lines, stamp=stamp
    )


QUALIFIED = timestamp.Authority.create(NOW, "Qualified provider")


def dated(*, own="", head="", by: timestamp.Authority = QUALIFIED) -> bytes:
    """An archive whose entry has a qualified token on `own`,
    and its checkpoint one on `head`, when they are given.
    """
    one, lines = entry(evidence.root_of(BATCH)), evidence.lines_of(BATCH, [0])
    note = log.Proof.parse(one.proof).checkpoint
    token = {"own": one.record, "head": note}
    made = {
        what: by.issue(hashlib.sha256(token.get(text, text).encode()).digest(), NOW)
        for what, text in {"own": own, "head": head}.items()
        if text
    }
    heads = {note: made["head"]} if head else None
    return evidence.build(
        {}, [replace(one, qualified=made.get("own"))], lines, stamp=stamp, heads=heads
    )


# Made once: a token's signature, hence its length, changes at each making.
WHOLE = dated(own="own", head="head")


def outcomes(data: bytes, **trusted) -> dict[str, str]:
    checks = evidence.verify(io.BytesIO(data), **trusted)
    return {check.code: check.outcome for check in checks}


def test_a_whole_archive_is_valid():
    checks = evidence.verify(io.BytesIO(archive()), log_keys=KEYS, roots=ROOTS)

    assert evidence.verdict(checks) is Verdict.INTACT, checks
    assert evidence.is_evidence(io.BytesIO(archive()))


def test_an_archive_alone_says_that_its_keys_are_its_own():
    files = {"cles/journal.vkey": SIGNER.vkey.encode(), "cles/horodatage.pem": AUTHORITY.root_pem}
    checks = evidence.verify(io.BytesIO(archive(files=files)))

    assert evidence.holds_together(checks)
    assert evidence.verdict(checks) is Verdict.NOT_ESTABLISHED
    assert [check.outcome for check in checks if check.code == "key_from_archive"] == [
        "not_checked"
    ] * 2


@pytest.mark.parametrize("given", [{"log_keys": KEYS}, {"roots": ROOTS}], ids=["key", "authority"])
def test_an_archive_needs_both_its_register_and_its_authority(given):
    """The first answers for the entries, the second for the manifest, hence for the files."""
    files = {"cles/journal.vkey": SIGNER.vkey.encode(), "cles/horodatage.pem": AUTHORITY.root_pem}
    checks = evidence.verify(io.BytesIO(archive(files=files)), **given)

    assert evidence.verdict(checks) is Verdict.NOT_ESTABLISHED


def test_a_file_that_is_no_archive_is_unreadable():
    checks = evidence.verify(io.BytesIO(b"PK..."), log_keys=KEYS, roots=ROOTS)

    assert evidence.verdict(checks) is Verdict.UNREADABLE


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


@settings(max_examples=exemples(300), deadline=None)
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

    assert not evidence.holds_together(evidence.verify(target, log_keys=KEYS, roots=ROOTS))


@pytest.mark.parametrize(
    "kept", ["manifeste.json", "manifeste.tsr", "ecritures.json", "lignes.json", "preuve.json"]
)
def test_a_missing_or_added_file_is_found(kept):
    with zipfile.ZipFile(io.BytesIO(archive())) as opened:
        contents = {name: opened.read(name) for name in opened.namelist()}
    for files in (
        {n: c for n, c in contents.items() if n != kept},
        {**contents, "autre.txt": b"x"},
    ):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as changed:
            for name, content in files.items():
                changed.writestr(name, content)
        assert not evidence.holds_together(evidence.verify(target, log_keys=KEYS, roots=ROOTS))


@given(st.integers(1, 40), st.data())
def test_every_line_leads_to_the_root_of_its_batch(size, data):
    texts = [f"line {rank}" for rank in range(size)]
    place = data.draw(st.integers(0, size - 1))
    (line,) = evidence.lines_of(texts, [place])
    path = [bytes.fromhex(step) for step in line.path]

    assert line.root == evidence.root_of(texts)
    assert log.verify_inclusion(
        log.leaf_hash(line.text.encode()), place, size, path, bytes.fromhex(line.root)
    )


def test_an_empty_batch_has_the_empty_root():
    assert evidence.root_of([]) == log.EMPTY_ROOT.hex()


def test_what_is_not_an_archive_is_not_evidence():
    assert not evidence.is_evidence(io.BytesIO(b"not a zip"))
    assert outcomes(b"not a zip") == {"archive": "failed"}


def test_an_archive_without_any_qualified_token_is_what_it_always_was():
    with zipfile.ZipFile(io.BytesIO(archive())) as opened:
        names, entries = opened.namelist(), json.loads(opened.read("ecritures.json"))

    assert "tetes.json" not in names
    assert [sorted(each) for each in entries] == [["proof", "record", "token"]]
    checks = evidence.verify(io.BytesIO(archive()), log_keys=KEYS, roots=ROOTS)
    assert evidence.holds_together(checks)
    assert [(c.outcome, c.detail) for c in checks if c.code == "qualified_timestamp"] == [
        ("absent", "not obtained yet")
    ]


@pytest.mark.parametrize(
    "where", [{"own": "own"}, {"head": "head"}, {"own": "own", "head": "head"}]
)
def test_a_qualified_token_of_the_entry_or_of_its_checkpoint_is_judged_by_given_roots_alone(where):
    data = dated(**where)

    assert outcomes(data, log_keys=KEYS)["qualified_timestamp"] == "not_checked"
    assert (
        outcomes(data, log_keys=KEYS, qualified_roots=ROOTS)["qualified_timestamp"] == "not_checked"
    )
    checks = evidence.verify(
        io.BytesIO(data), log_keys=KEYS, roots=ROOTS, qualified_roots=[QUALIFIED.root]
    )
    assert evidence.holds_together(checks)
    found = next(check for check in checks if check.code == "qualified_timestamp")
    assert (found.outcome, found.detail) == ("ok", "1 of 1 entries")


@pytest.mark.parametrize("where", [{"own": "another"}, {"head": "another"}])
def test_a_qualified_token_on_something_else_is_refused(where):
    for trusted in ({}, {"qualified_roots": [QUALIFIED.root]}):
        assert outcomes(dated(**where), log_keys=KEYS, **trusted)["qualified_timestamp"] == "failed"


def test_a_dated_checkpoint_of_another_size_dates_no_entry():
    one, lines = entry(evidence.root_of(BATCH)), evidence.lines_of(BATCH, [0])
    note = log.sign_note(log.Checkpoint(SIGNER.name, 5, bytes(32)).body(), SIGNER)
    heads = {note: QUALIFIED.issue(hashlib.sha256(note.encode()).digest(), NOW)}

    data = evidence.build({}, [one], lines, stamp=stamp, heads=heads)

    assert (
        outcomes(data, log_keys=KEYS, qualified_roots=[QUALIFIED.root])["qualified_timestamp"]
        == "absent"
    )


def test_the_entries_that_no_qualified_token_dates_are_counted():
    one, lines = entry(evidence.root_of(BATCH)), evidence.lines_of(BATCH, [0])
    token = QUALIFIED.issue(hashlib.sha256(one.record.encode()).digest(), NOW)
    data = evidence.build({}, [one, replace(one, qualified=token)], lines, stamp=stamp)

    checks = evidence.verify(io.BytesIO(data), log_keys=KEYS, qualified_roots=[QUALIFIED.root])

    assert (
        next(check.detail for check in checks if check.code == "qualified_timestamp")
        == "1 of 2 entries"
    )


def test_nothing_is_said_of_the_tokens_of_entries_that_are_not_proved():
    stranger = log.Verifier(log.Signer("beffroi.example/journal", bytes(32)).vkey)

    assert "qualified_timestamp" not in outcomes(dated(own="own"), log_keys=[stranger])
