"""A big evidence archive: written and verified in little memory;
one that would unpack to anything is not read.
"""

import io
import itertools
import tracemalloc
import zipfile

import pytest

from sceau import evidence
from sceau.tests.test_evidence import KEYS, ROOTS, entry, stamp

MIB = 1 << 20
MEMORY_BYTES = 24 * MIB


def measured(act):
    """What `act` returns, and the peak of the memory it took."""
    tracemalloc.start()
    try:
        return act(), tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def verify(path):
    with path.open("rb") as archive:
        return evidence.verify(archive, log_keys=KEYS, roots=ROOTS)


@pytest.fixture(scope="module")
def big(tmp_path_factory):
    """Eighty lines of one mebibyte: beyond what a receipt may weigh."""
    (line,) = evidence.lines_of(["x" * MIB], [0])
    path = tmp_path_factory.mktemp("big") / "preuve.zip"

    def write():
        with path.open("wb") as target:
            evidence.write(
                target,
                {"preuve.json": b"{}"},
                [entry(line.root)],
                itertools.repeat(line, 80),
                stamp=stamp,
            )

    _, peak = measured(write)
    assert peak < MEMORY_BYTES
    return path


def test_a_big_archive_is_verified_in_little_memory(big):
    checks, peak = measured(lambda: verify(big))

    assert big.stat().st_size > 64 * MIB
    assert evidence.holds_together(checks), checks
    assert next(check.detail for check in checks if check.code == "lines") == "80 lines"
    assert peak < MEMORY_BYTES, f"{peak / MIB:.1f} MiB"


def test_one_byte_of_a_big_archive_is_found(big, tmp_path):
    changed = tmp_path / "changed.zip"
    changed.write_bytes(big.read_bytes())
    with changed.open("r+b") as stream:
        stream.seek(40 * MIB)
        stream.write(b"y")

    assert not evidence.holds_together(verify(changed))


def packed(
    *, compression=zipfile.ZIP_STORED, members=(("preuve.json", b"{}"),), spoil=lambda entries: None
):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", compression) as archive:
        for name, content in members:
            archive.writestr(name, content)
        spoil(archive.filelist)
    return target


def refusal(target):
    (check,) = evidence.verify(target)
    return check.detail


def test_what_unpacks_to_far_more_than_it_weighs_is_not_read():
    bomb = packed(compression=zipfile.ZIP_DEFLATED, members=[("lignes.json", bytes(20 * MIB))])

    assert refusal(bomb) == "The archive unpacks to far more than it weighs."


def test_text_packed_again_is_still_read():
    target = packed(
        compression=zipfile.ZIP_DEFLATED, members=[("preuve.json", b'{"a": 1}' * 10_000)]
    )

    assert evidence.verify(target)[0].outcome == "ok"


def overlapped(entries):
    entries[1].header_offset = entries[0].header_offset


def of_five_gib(entries):
    entries[0].file_size = entries[0].compress_size = 5 << 30


def of_two_gib(entries):
    entries[0].file_size = entries[0].compress_size = 2 << 30


def past_the_end(entries):
    entries[1].compress_size = 900


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (overlapped, "The archive unpacks to far more than it weighs."),
        (of_five_gib, "The archive is too big to be read."),
        (of_two_gib, "The archive is too big to be read."),
        (past_the_end, "The archive is not a readable zip file."),
    ],
)
def test_an_archive_that_lies_on_its_sizes_is_not_read(spoil, said):
    assert refusal(packed(members=[("a.json", b"{}"), ("b.json", b"{}")], spoil=spoil)) == said


def test_too_many_files_are_not_read():
    assert (
        refusal(packed(members=[(f"{n}.json", b"") for n in range(1001)]))
        == "The archive is too big to be read."
    )


def test_an_endless_item_is_refused_before_it_fills_the_memory():
    (line,) = evidence.lines_of(["x" * (9 * MIB)], [0])
    checks = evidence.verify(
        io.BytesIO(evidence.build({}, [entry(line.root)], [line], stamp=stamp)), log_keys=KEYS
    )

    assert next(check.detail for check in checks if check.code == "lines").startswith(
        "An item of the archive"
    )


@pytest.mark.parametrize(
    "text", [b"", b"[", b"[{}", b"[{},]", b"[{}]x", b"{}", b"[{} {}]", b"[{}{}]", b"[]]", b"\xff"]
)
def test_a_list_that_is_not_one_is_refused(text):
    target = packed(members=[("lignes.json", text), ("ecritures.json", b"[]")])
    outcomes = {check.code: check.outcome for check in evidence.verify(target)}

    assert outcomes["lines"] == "failed"


def test_a_document_named_by_an_entry_is_recognised_and_another_is_not(tmp_path):
    known, other = tmp_path / "pv.pdf", tmp_path / "autre.pdf"
    known.write_bytes(b"minutes")
    other.write_bytes(b"others")
    named = entry("5a4efab1132c3f6f5a5abf18b8df8a50bd5ac4d1c9fc83d4b1c8a8b56d0dd7e1")
    inside = evidence.build({"pv.pdf": b"minutes"}, [named], [], stamp=stamp)

    checks = evidence.verify(
        io.BytesIO(inside), log_keys=KEYS, roots=ROOTS, files=[known, other, tmp_path / "absent"]
    )

    assert [check.outcome for check in checks if check.code == "file"] == ["ok", "failed", "failed"]
    assert not evidence.holds_together(checks)
