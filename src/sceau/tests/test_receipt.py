"""The receipt: verified whole, refused at the slightest change, and bounded whatever it holds."""

import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau import SealError, log, receipt, timestamp
from sceau.verdict import Verdict

NOW = datetime(2026, 11, 24, 16, 0, 0, 123_456, tzinfo=UTC)
AUTHORITY = timestamp.Authority.create(NOW, "Centre de gestion")
QUALIFIED = timestamp.Authority.create(NOW, "Autorité qualifiée")
SIGNER = log.Signer("beffroi.example/journal", bytes(range(32)))
KEYS, ROOTS = [log.Verifier(SIGNER.vkey)], [AUTHORITY.root]
PRICES = b"prices of the offer"
OWN_KEYS = {"cles/journal.vkey": SIGNER.vkey.encode(), "cles/horodatage.pem": AUTHORITY.root_pem}


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


MANIFEST = {
    "format": "beffroi.manifeste/1",
    "sel": "00" * 32,
    "enveloppe": "offre",
    "lot": None,
    "consultation": "2026-0142",
    "fichiers": [
        {
            "nom": "prix « été ».ods",
            "taille": len(PRICES),
            "sha256": digest(PRICES),
            "sha256_scelle": digest(b"sealed"),
            "racine": "ab" * 32,
        }
    ],
}
RECORD = {
    "format": "beffroi.depot/1",
    "nonce": "0" * 32,
    "recepisse": "D-2026-00931",
    "recu_le": "2026-11-24T16:00:00.123456Z",
    "date_limite": "2026-11-24T17:00:00.000000Z",
    "hors_delai": False,
    "enveloppes": [
        {
            "enveloppe": "offre",
            "lot": None,
            "engagement": receipt.commitment(MANIFEST),
            "fichiers": [
                {
                    "nom": "prix.ods",
                    "taille": 1700,
                    "racine": "ab" * 32,
                    "sha256": digest(b"sealed"),
                }
            ],
            "manifeste": {
                "nom": "manifeste.age",
                "taille": 1900,
                "racine": "cd" * 32,
                "sha256": digest(b"m"),
            },
        }
    ],
}


def stamped(
    record: object, authority: timestamp.Authority = AUTHORITY, now: datetime = NOW
) -> bytes:
    return authority.issue(hashlib.sha256(receipt.canonical(record)).digest(), now)


def logged(record: object, token: bytes, signer: log.Signer = SIGNER) -> str:
    """The proof of the third leaf of a small register."""
    nodes: dict[tuple[int, int], bytes] = {}
    for index in range(5):
        data = log.leaf_data(receipt.canonical(record), token) if index == 2 else bytes([index])
        for level, position, value in log.append_nodes(
            index, log.leaf_hash(data), lambda *n: nodes[n]
        ):
            nodes[level, position] = value
    body = log.Checkpoint(signer.name, 5, log.root(5, lambda *n: nodes[n])).body()
    path = tuple(log.inclusion(2, 5, lambda *n: nodes[n]))
    return log.Proof(2, path, log.sign_note(body, signer)).encode()


def archive(
    record=RECORD, *, qualified: bytes | None = None, extra=OWN_KEYS, now: datetime = NOW
) -> bytes:
    token = stamped(record, now=now)
    return receipt.build(record, token, qualified, logged(record, token), extra)


def repacked(source: bytes, **changes: bytes | None) -> bytes:
    """The same archive with other contents (names with `__` for `.` and `_1_` for `/`)."""
    with zipfile.ZipFile(io.BytesIO(source)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    for name, content in changes.items():
        files[name.replace("_1_", "/").replace("__", ".").replace("_2_", "-")] = content
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            if content is not None:
                written.writestr(name, content)
    return target.getvalue()


def outcomes(data: bytes, **options) -> dict[str, str]:
    options = {"log_keys": KEYS, "roots": ROOTS, **options}
    return {check.code: check.outcome for check in receipt.verify(io.BytesIO(data), **options)}


def verdict(data: bytes, **options) -> Verdict:
    options = {"log_keys": KEYS, "roots": ROOTS, **options}
    return receipt.verdict(receipt.verify(io.BytesIO(data), **options))


ARCHIVE = archive()


def test_a_receipt_is_verified_whole():
    assert outcomes(ARCHIVE) == {
        "archive": "ok",
        "record": "ok",
        "canonical": "ok",
        "authority_root": "ok",
        "timestamp": "ok",
        "received_at": "ok",
        "deadline": "ok",
        "qualified_timestamp": "absent",
        "log_key": "ok",
        "checkpoint": "ok",
        "inclusion": "ok",
        "manifest": "absent",
    }


def test_a_whole_receipt_is_valid_and_each_line_has_a_name():
    checks = receipt.verify(io.BytesIO(ARCHIVE), log_keys=KEYS, roots=ROOTS)

    assert receipt.verdict(checks) is Verdict.INTACT
    assert all(check.name and check.ok for check in checks)
    assert checks[1].detail == "D-2026-00931"


def test_without_keys_the_archive_s_own_serve_and_a_line_says_so():
    checks = receipt.verify(io.BytesIO(ARCHIVE))

    assert [c.detail for c in checks if c.code == "key_from_archive"] == [
        "cles/horodatage.pem",
        "cles/journal.vkey",
    ]
    assert receipt.holds_together(checks)
    assert receipt.verdict(checks) is Verdict.NOT_ESTABLISHED


def test_without_any_key_nothing_is_proved():
    bare = archive(extra={})

    assert outcomes(bare, log_keys=[], roots=[])["timestamp"] == "failed"
    assert outcomes(bare, log_keys=[], roots=[])["checkpoint"] == "failed"
    assert set(outcomes(bare).values()) == {"ok", "absent"}


def test_a_receipt_made_from_nothing_only_agrees_with_itself():
    """A key of the right name, an authority of the right name, a deposit that never was."""
    forged_signer = log.Signer(SIGNER.name, b"f" * 32)
    forged_authority = timestamp.Authority.create(NOW, "Centre de gestion")
    token = stamped(RECORD, forged_authority)
    proof = logged(RECORD, token, forged_signer)
    keys = {
        "cles/journal.vkey": forged_signer.vkey.encode(),
        "cles/horodatage.pem": forged_authority.root_pem,
    }
    forged = receipt.build(RECORD, token, None, proof, keys)

    assert receipt.holds_together(receipt.verify(io.BytesIO(forged)))
    assert verdict(forged, log_keys=[], roots=[]) is Verdict.NOT_ESTABLISHED
    assert verdict(forged, roots=[]) is Verdict.FALSE
    assert verdict(forged, log_keys=[]) is Verdict.FALSE


def test_the_register_s_key_answers_for_the_record_and_its_token():
    assert verdict(ARCHIVE, roots=[]) is Verdict.INTACT


def test_the_authority_alone_does_not_say_that_the_register_holds_the_deposit():
    assert verdict(ARCHIVE, log_keys=[]) is Verdict.NOT_ESTABLISHED


def test_another_key_than_the_published_one_is_found():
    other = log.Signer(SIGNER.name, b"o" * 32)
    elsewhere = timestamp.Authority.create(NOW, "Centre de gestion")
    found = outcomes(ARCHIVE, log_keys=[log.Verifier(other.vkey)], roots=[elsewhere.root])

    assert [found[c] for c in ("log_key", "checkpoint", "authority_root", "timestamp")] == [
        "failed"
    ] * 4


def test_malformed_keys_in_the_archive_are_named():
    broken = repacked(ARCHIVE, cles_1_journal__vkey=b"\xff", cles_1_horodatage__pem=b"no")

    assert outcomes(broken)["log_key"] in ("ok", "failed")
    assert [
        c.code for c in receipt.verify(io.BytesIO(broken)) if c.detail.endswith("malformed")
    ] == [
        "authority_root",
        "log_key",
    ]


@pytest.mark.parametrize(
    "changed, codes",
    [
        (
            receipt.canonical(RECORD | {"recepisse": "D-2026-00932"}),
            {"timestamp", "received_at", "inclusion"},
        ),
        (json.dumps(RECORD).encode(), {"canonical", "timestamp", "received_at", "inclusion"}),
        (b"{}", {"record", "timestamp", "received_at", "deadline", "inclusion"}),
        (
            receipt.canonical(RECORD | {"format": "other"}),
            {"record", "canonical", "timestamp", "received_at", "deadline", "inclusion"},
        ),
        (b"not json", {"record", "canonical", "timestamp", "received_at", "deadline", "inclusion"}),
        (b"[" * 5000, {"record", "canonical", "timestamp", "received_at", "deadline", "inclusion"}),
        (None, {"record", "canonical", "timestamp", "received_at", "deadline", "inclusion"}),
    ],
)
def test_any_other_record_fails_where_it_should(changed, codes):
    found = outcomes(repacked(ARCHIVE, depot__json=changed))

    assert {code for code, outcome in found.items() if outcome == "failed"} == codes


@pytest.mark.parametrize("name", ["depot__tsr", "depot__tlog_2_proof"])
@pytest.mark.parametrize(
    "content", [None, b"", b"\xff\xfe", b"c2sp.org/tlog-proof@v1\nindex 0\n\n"]
)
def test_a_broken_proof_fails(name, content):
    assert "failed" in outcomes(repacked(ARCHIVE, **{name: content})).values()


def test_the_proof_of_another_deposit_fails():
    other = RECORD | {"recepisse": "D-2026-00932"}

    assert (
        outcomes(repacked(ARCHIVE, depot__tlog_2_proof=logged(other, stamped(other)).encode()))[
            "inclusion"
        ]
        == "failed"
    )


def test_a_record_that_contradicts_its_own_times_fails():
    assert outcomes(archive(RECORD | {"hors_delai": True}))["deadline"] == "failed"


@pytest.mark.parametrize("apart", [-6, -3, 3, 360], ids=lambda seconds: f"{seconds} s")
def test_a_token_of_another_time_than_the_record_fails(apart):
    """On one side of the deadline, there is no doubt to leave: this is not how it was stamped."""
    found = archive(RECORD, now=NOW + timedelta(seconds=apart))

    assert outcomes(found)["received_at"] == "failed"
    assert verdict(found) is Verdict.FALSE


def around_the_deadline(*, received: int, stamped: int, late: bool) -> bytes:
    """A receipt whose record and token stand so many seconds after the deadline."""
    said = (NOW + timedelta(seconds=received)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    limit = NOW.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    record = RECORD | {"recu_le": said, "date_limite": limit, "hors_delai": late}
    return archive(record, now=NOW + timedelta(seconds=stamped))


@pytest.mark.parametrize(
    ("received", "stamped", "late"),
    [(-1, 289, False), (-1, 2, False), (0, 3, False), (3, 0, True), (600, -600, True)],
)
def test_two_times_on_two_sides_of_the_deadline_establish_nothing(received, stamped, late):
    """Whoever holds both keys may write a record as old as wanted; the token then says it."""
    found = around_the_deadline(received=received, stamped=stamped, late=late)
    checks = {c.code: c for c in receipt.verify(io.BytesIO(found), log_keys=KEYS, roots=ROOTS)}

    assert checks["received_at"].outcome == checks["deadline"].outcome == "not_checked"
    assert "on two sides of the deadline" in checks["deadline"].detail
    assert "more than 2 s apart" in checks["deadline"].detail
    assert receipt.verdict(checks.values()) is Verdict.NOT_ESTABLISHED


@pytest.mark.parametrize(
    ("received", "stamped", "late", "said"),
    [(-1, 1, False, "in time, to within 2 s"), (1, 0, True, "late, to within 2 s")],
)
def test_within_the_error_of_a_clock_both_times_are_said(received, stamped, late, said):
    found = around_the_deadline(received=received, stamped=stamped, late=late)
    checks = {c.code: c for c in receipt.verify(io.BytesIO(found), log_keys=KEYS, roots=ROOTS)}

    assert checks["deadline"].detail.startswith(said)
    assert receipt.verdict(checks.values()) is Verdict.INTACT


def test_a_late_qualified_token_changes_no_verdict():
    """A provider may answer the next day: the deadline is judged on the local token."""
    tomorrow = NOW + timedelta(days=1)
    held = archive(qualified=stamped(RECORD, QUALIFIED, tomorrow))

    assert verdict(held, qualified_roots=[QUALIFIED.root]) is Verdict.INTACT
    assert verdict(held) is Verdict.INTACT


def test_a_deposit_at_the_exact_deadline_is_in_time():
    assert outcomes(archive(RECORD | {"date_limite": RECORD["recu_le"]}))["deadline"] == "ok"


def test_a_qualified_token_counts_only_under_its_own_roots():
    held = archive(qualified=stamped(RECORD, QUALIFIED))

    assert outcomes(held)["qualified_timestamp"] == "not_checked"
    assert outcomes(held, qualified_roots=[QUALIFIED.root])["qualified_timestamp"] == "ok"
    assert (
        outcomes(archive(qualified=stamped({"other": 1}, QUALIFIED)))["qualified_timestamp"]
        == "failed"
    )


def test_the_local_authority_cannot_pass_for_a_qualified_one():
    held = archive(qualified=stamped(RECORD))

    assert outcomes(held, qualified_roots=[QUALIFIED.root])["qualified_timestamp"] == "not_checked"


COMPLETE = receipt.with_manifests(ARCHIVE, [MANIFEST])


def test_the_depositor_s_copy_holds_its_manifests():
    assert outcomes(COMPLETE)["manifest"] == "ok"
    assert set(outcomes(COMPLETE).values()) == {"ok", "absent"}


@pytest.mark.parametrize(
    "content",
    [
        MANIFEST | {"sel": "11" * 32},
        [MANIFEST, MANIFEST],
        MANIFEST | {"format": "other"},
        {},
        [1],
        "text",
    ],
)
def test_another_manifest_fails(content):
    assert (
        outcomes(repacked(ARCHIVE, manifeste__json=receipt.canonical(content)))["manifest"]
        == "failed"
    )


def test_a_manifest_that_describes_an_unlisted_file_fails():
    lying = MANIFEST | {"fichiers": [MANIFEST["fichiers"][0] | {"racine": "ef" * 32}]}
    envelope = RECORD["enveloppes"][0] | {"engagement": receipt.commitment(lying)}
    complete = receipt.with_manifests(archive(RECORD | {"enveloppes": [envelope]}), [lying])

    assert outcomes(complete)["manifest"] == "failed"


@pytest.fixture
def prices(tmp_path):
    path = tmp_path / "renamed.ods"
    path.write_bytes(PRICES)
    return path


def file_check(data: bytes, path) -> receipt.Check:
    return receipt.verify(io.BytesIO(data), log_keys=KEYS, roots=ROOTS, files=[path])[-1]


def test_a_clear_file_is_found_by_its_content(prices):
    assert file_check(COMPLETE, prices) == receipt.Check(
        "file", "ok", "renamed.ods: clear content of prix « été ».ods"
    )


def test_a_sealed_file_is_found_without_manifest(tmp_path):
    (tmp_path / "a.age").write_bytes(b"sealed")

    assert file_check(ARCHIVE, tmp_path / "a.age").detail == "a.age: sealed content of prix.ods"


def test_a_file_changed_since_the_deposit_fails(prices):
    prices.write_bytes(PRICES + b"!")

    assert file_check(COMPLETE, prices).outcome == "failed"


def test_without_manifest_a_clear_file_cannot_be_compared(prices):
    """That says nothing against the receipt: both copies are the same deposit."""
    check = file_check(ARCHIVE, prices)

    assert check.outcome == "not_checked" and "lacks the manifests" in check.detail
    assert verdict(ARCHIVE, files=[prices]) is Verdict.NOT_ESTABLISHED
    assert verdict(COMPLETE, files=[prices]) is Verdict.INTACT


def test_with_one_manifest_of_two_another_file_may_be_of_the_other_envelope(prices):
    second = RECORD["enveloppes"][0] | {"engagement": "11" * 32}
    record = RECORD | {"enveloppes": [RECORD["enveloppes"][0], second]}
    half = receipt.with_manifests(archive(record), [MANIFEST])

    assert file_check(half, prices).outcome == "ok"
    prices.write_bytes(b"the other envelope")
    assert file_check(half, prices).outcome == "not_checked"


def test_an_absent_file_fails(tmp_path):
    assert file_check(COMPLETE, tmp_path / "absent").outcome == "failed"


def zipped(*names: str, content: bytes = b"x", **options) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", **options) as written:
        for name in names:
            written.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\3\4" + bytes(100),
        ARCHIVE[:-30],
        zipped(*[f"f{i}" for i in range(31)]),
        zipped("a", content=bytes(65 << 20), compression=zipfile.ZIP_DEFLATED),
        zipped("../a"),
        zipped("/a"),
        zipped("a/"),
        zipped("a\\b"),
        zipped("a/b/c"),
        zipped("é"),
        zipped("C:a"),
        zipped("a", compression=zipfile.ZIP_LZMA)[:-60],
    ],
    ids=range(13),
)
def test_an_odd_archive_is_refused_with_one_line(data):
    assert outcomes(data) == {"archive": "failed"}
    assert verdict(data) is Verdict.UNREADABLE


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_repeated_name_is_refused():
    assert outcomes(zipped("a", "a")) == {"archive": "failed"}


def test_an_encrypted_archive_is_refused():
    data = bytearray(zipped("a"))
    data[data.index(b"PK\1\2") + 8] |= 1

    assert outcomes(bytes(data)) == {"archive": "failed"}


def test_an_archive_beyond_the_limit_is_refused_before_it_is_read():
    class Huge(io.BytesIO):
        def seek(self, offset, whence=0, /):
            return 65 << 20 if whence else super().seek(offset, whence)

    assert receipt.verify(Huge(ARCHIVE))[0].detail == "The archive is too big for a receipt."


@given(st.integers(0, len(ARCHIVE) - 1), st.integers(1, 255))
def test_a_changed_byte_never_raises(position, change):
    altered = bytearray(ARCHIVE)
    altered[position] ^= change

    assert receipt.verify(io.BytesIO(bytes(altered)), log_keys=KEYS, roots=ROOTS)


def test_a_receipt_says_which_leaf_it_claims():
    index, data, note = receipt.leaf(io.BytesIO(ARCHIVE))

    assert index == 2
    assert data[:32] == hashlib.sha256(receipt.canonical(RECORD)).digest()
    assert log.open_checkpoint(note, KEYS).size > index


@pytest.mark.parametrize("name", ["depot__json", "depot__tsr", "depot__tlog_2_proof"])
def test_an_incomplete_receipt_claims_no_leaf(name):
    with pytest.raises(SealError, match="not a receipt"):
        receipt.leaf(io.BytesIO(repacked(ARCHIVE, **{name: None})))


def test_building_twice_gives_the_same_bytes():
    token = stamped(RECORD)
    extra = {"recepisse.pdf": b"%PDF", "VERIFIER.txt": b"openssl"}
    proof = logged(RECORD, token)
    first = receipt.build(RECORD, token, token, proof, extra)

    assert first == receipt.build(
        dict(reversed(RECORD.items())), token, token, proof, dict(reversed(extra.items()))
    )
    assert zipfile.ZipFile(io.BytesIO(first)).namelist()[:4] == [
        "depot.json",
        "depot.tsr",
        "depot-qualifie.tsr",
        "depot.tlog-proof",
    ]


@pytest.mark.parametrize(
    "extra", [{"depot.json": b""}, {"../a": b""}, {f"f{i}": b"" for i in range(30)}]
)
def test_an_impossible_archive_is_not_built(extra):
    token = stamped(RECORD)

    with pytest.raises(SealError):
        receipt.build(RECORD, token, None, "proof", extra)
