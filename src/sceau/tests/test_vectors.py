"""The shared vectors are those that this code makes, and this code agrees with them."""

import base64
import hashlib
import io
import json
from itertools import combinations
from pathlib import Path

import pytest

from sceau import (
    Identity,
    Recipient,
    SealError,
    check_sealed,
    handover,
    log,
    passphrase,
    receipt,
    shares,
    unseal,
)
from sceau.errors import StolenKey
from sceau.profile import PREFIX_SIZE
from sceau.vectors import make, receipts

FOLDER = Path(make.__file__).parent


def vector(name: str):
    return json.loads((FOLDER / f"{name}.json").read_text("ascii"))


@pytest.mark.parametrize("name, text", list(make.texts()), ids=list(make.DETERMINISTIC))
def test_each_file_is_the_one_this_code_makes(name, text):
    assert (FOLDER / name).read_text("ascii") == text


def test_each_file_is_made_by_somebody():
    assert {path.stem for path in FOLDER.glob("*.json")} == {*make.DETERMINISTIC, *make.MADE_ONCE}


@pytest.mark.parametrize("case", vector("identities"), ids=lambda case: case["fingerprint"])
def test_keys_agree(case):
    assert Identity.parse(case["identity"]).seed.hex() == case["seed"]
    assert Recipient.parse(case["recipient"]).fingerprint == case["fingerprint"]


@pytest.mark.parametrize(
    "case", vector("shares")["sharings"], ids=lambda case: f"{case['purpose']} {case['threshold']}"
)
def test_shares_agree_and_those_of_npm_too(case):
    given = [bytes.fromhex(share) for share in case["shares"]]
    said = {
        (shares.read(share).purpose.name.lower(), shares.read(share).threshold) for share in given
    }

    rebuilt = {
        shares.combine(subset).seed.hex()
        for subset in [given, *combinations(given, case["threshold"])]
    }

    assert rebuilt == {vector("shares")["secret"]}
    assert said == {(case["purpose"], case["threshold"])}


@pytest.mark.parametrize("case", vector("shares")["refused"], ids=lambda case: case["why"])
def test_wrong_shares_are_refused(case):
    with pytest.raises(SealError):
        shares.combine([bytes.fromhex(share) for share in case["shares"]])


def test_the_frozen_file_opens():
    case = vector("sealed")
    sealed, clear = bytes.fromhex(case["sealed"]), io.BytesIO()

    unseal(io.BytesIO(sealed), clear, [Identity.from_seed(bytes.fromhex(case["seed"]))])

    assert hashlib.sha256(clear.getvalue()).hexdigest() == case["clear_sha256"]
    assert check_sealed(sealed[:PREFIX_SIZE], len(sealed)) == case["clear_size"]


def test_the_register_agrees():
    case = vector("register")
    keys = [log.Verifier(case["vkey"]), log.Verifier(case["witness_vkey"])]
    leaf = log.leaf_hash(bytes.fromhex(case["leaves"][4]))

    assert log.verify_proof(case["proof"], leaf, keys).root.hex() == case["roots"][7]
    assert [key.name for key in log.open_note(case["checkpoint"], keys)[1]] == [
        "beffroi.example/journal",
        "temoin.example/1",
    ]


def test_the_handovers_agree():
    case = vector("register")["handovers"]
    keys = handover.follow([log.Verifier(case["known"])], case["published"], listed=True)

    assert [key.text for key in keys] == case["keys"]
    assert [_outcome(signed["note"], keys) for signed in case["checkpoints"]] == [
        signed["outcome"] for signed in case["checkpoints"]
    ]


def _outcome(note, keys):
    try:
        log.open_checkpoint(note, keys)
    except StolenKey:
        return "stolen"
    except SealError:
        return "refused"
    return "ok"


def test_the_consistency_proof_agrees():
    case = vector("register")
    proof = case["consistency"]
    roots = [bytes.fromhex(root) for root in case["roots"]]
    path = [bytes.fromhex(value) for value in proof["path"]]

    assert log.verify_consistency(proof["old"], proof["new"], path, roots[3], roots[7])


def test_a_passphrase_typed_on_another_keyboard_is_the_same_secret():
    phrases = {case["typed"]: case["secret"] for case in vector("typed_secrets")["phrases"]}

    assert phrases["la cle\u0301 tourne dans le beffroi"] == "la cl\u00e9 tourne dans le beffroi"
    assert passphrase.secrets(" la clé ") == ["la clé"]


def test_a_recovery_code_is_read_as_hands_copy_it_and_refused_when_wrong():
    codes = [case["secret"] for case in vector("typed_secrets")["codes"]]

    assert (
        codes
        == ["0000-0000-0000-0000-0000-0000-00AK"] * 3
        + ["7K0V-1111-VVVV-0ABC-DEFG-HJKM-NP36"] * 2
        + [None] * 4
    )
    assert passphrase.secrets("00000000000000000000000000ak") == [
        codes[0],
        "00000000000000000000000000ak",
    ]


@pytest.mark.parametrize("case", vector("receipts"), ids=lambda case: case["why"])
def test_receipts_are_worth_what_the_vectors_say(case, tmp_path):
    given = tmp_path / "file"
    given.write_bytes(base64.b64decode(case["file"] or ""))
    checks = receipt.verify(
        io.BytesIO(base64.b64decode(case["archive"])),
        log_keys=[log.Verifier(key) for key in case["keys"]],
        files=[given] if case["file"] else [],
    )

    assert case["outcomes"].items() <= {check.code: check.outcome for check in checks}.items()
    assert receipt.verdict(checks).name.lower() == case["verdict"]


def test_the_vectors_of_receipts_are_still_those_that_this_code_makes():
    """Their tokens are signed anew each time: the story and the findings must not differ."""
    told = [{**case, "archive": "", "keys": len(case["keys"])} for case in vector("receipts")]

    assert told == [
        {**case.encoded(), "archive": "", "keys": len(case.keys)} for case in receipts.cases()
    ]
