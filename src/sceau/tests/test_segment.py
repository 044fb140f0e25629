"""A segment of the register:
every token and every line it carries is judged, and one changed byte is found.
"""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from sceau import evidence, log, timestamp
from sceau.segment import Segment

NOW = datetime(2027, 1, 12, 11, 0, tzinfo=UTC)
LOCAL, QUALIFIED = (
    timestamp.Authority.create(NOW - timedelta(days=1), name) for name in ("Local", "Qualified")
)
SIGNER = log.Signer.generate("example.test/log")
LINES = evidence.lines_of(["one", "two", "three"], [1])
RECORDS = [
    json.dumps({"acte": "tentatives.relever", "donnees": {"racine": LINES[0].root}}),
    json.dumps({"acte": "other", "donnees": {"sha256": "ab" * 32}}),
]


def text(token: bytes) -> str:
    return base64.b64encode(token).decode()


def issue(authority: timestamp.Authority, of: str) -> bytes:
    return authority.issue(hashlib.sha256(of.encode()).digest(), NOW)


TOKENS = [issue(LOCAL, record) for record in RECORDS]


@pytest.fixture(scope="module")
def carried() -> tuple[list[dict], list[dict]]:
    nodes: dict[tuple[int, int], bytes] = {}
    leaves = [
        log.leaf_data(record.encode(), token) for record, token in zip(RECORDS, TOKENS, strict=True)
    ]
    for place, leaf in enumerate(leaves):
        for level, index, value in log.append_nodes(
            place, log.leaf_hash(leaf), lambda *at: nodes[at]
        ):
            nodes[level, index] = value
    size = len(leaves)
    root = log.root(size, lambda *at: nodes[at])
    note = log.sign_note(log.Checkpoint("example.test/log", size, root).body(), SIGNER)
    entries = [
        {
            "contenu": record,
            "jeton": text(token),
            "jeton_qualifie": None,
            "preuve": log.Proof(
                place, tuple(log.inclusion(place, size, lambda *at: nodes[at])), note
            ).encode(),
        }
        for place, (record, token) in enumerate(zip(RECORDS, TOKENS, strict=True))
    ]
    return entries, [{"checkpoint": note, "token": text(issue(QUALIFIED, note))}]


def read(entries, heads=(), lines=(), *, qualified=(), local=None) -> dict[str, str]:
    segment = Segment(log_keys=[log.Verifier(SIGNER.vkey)], qualified_roots=qualified)
    segment.heads(json.dumps(list(heads)).encode())
    roots = timestamp.load_roots(LOCAL.root_pem) if local is None else local
    segment.entries([json.dumps(entry).encode() for entry in entries], roots=roots)
    segment.batches(lines)
    return {check.code: check.outcome for check in segment.checks()}


SOUND = {"entries": "ok", "entry_timestamps": "ok", "qualified_timestamp": "absent"}


def test_entries_tokens_heads_and_lines_are_all_judged(carried):
    entries, heads = carried
    qualified = timestamp.load_roots(QUALIFIED.root_pem)
    lines = [evidence.line_text(line) for line in LINES]
    assert read(entries) == SOUND
    assert read(entries, heads) == {**SOUND, "qualified_timestamp": "not_checked"}
    assert read(entries, heads, lines, qualified=qualified) == {
        **SOUND,
        "qualified_timestamp": "ok",
        "lines": "ok",
    }
    assert read(entries, local=[])["entry_timestamps"] == "failed"


def test_a_token_on_an_entry_is_judged_too_even_after_one_that_no_root_judges(carried):
    entries, heads = carried
    sound = {**entries[0], "jeton_qualifie": text(issue(QUALIFIED, RECORDS[0]))}
    elsewhere = {**entries[1], "jeton_qualifie": sound["jeton_qualifie"]}
    assert read([sound, entries[1]])["qualified_timestamp"] == "not_checked"
    assert read([sound, elsewhere], heads)["qualified_timestamp"] == "failed"


@pytest.mark.parametrize("place", range(0, 900, 90))
def test_a_changed_byte_of_a_token_is_found(carried, place):
    entries, heads = carried
    token = bytearray(base64.b64decode(heads[0]["token"]))
    token[place] ^= 1
    assert read(entries, [{**heads[0], "token": text(token)}])["qualified_timestamp"] == "failed"
    local = bytearray(TOKENS[0])
    local[place] ^= 1
    assert read([{**entries[0], "jeton": text(local)}])["entries"] == "failed"


def test_a_head_of_another_log_and_a_line_of_no_batch_are_refused(carried):
    entries, heads = carried
    other = log.sign_note(
        log.Checkpoint("example.test/log", 2, b"\0" * 32).body(),
        log.Signer.generate("example.test/log"),
    )
    assert (
        read(entries, [{"checkpoint": other, "token": heads[0]["token"]}])["qualified_timestamp"]
        == "failed"
    )
    (line,) = (json.loads(evidence.line_text(line)) for line in LINES)
    assert read(entries, (), [json.dumps({**line, "text": "four"}).encode()])["lines"] == "failed"
    assert read(entries[1:], (), [evidence.line_text(LINES[0])])["lines"] == "failed"


@pytest.mark.parametrize("entry", [{}, [], None, {"preuve": 1, "contenu": 2, "jeton": 3}])
def test_nothing_is_raised_whatever_it_holds(entry):
    codes = ("entries", "entry_timestamps", "qualified_timestamp", "lines")
    assert read([entry], [entry], [b"{}"]) == dict.fromkeys(codes, "failed")
