"""Shares bound to their key and to their use."""

from itertools import combinations

import pytest

from sceau import Identity, SealError, shares
from sceau.shares import Purpose

KEY, OTHER = Identity.from_seed(bytes(range(32))), Identity.from_seed(bytes(32))
RECORD = b'{"format":"beffroi.cle/1"}'


def split(key=KEY, *, threshold=2, purpose=Purpose.MEMBER, record=RECORD):
    return shares.split(key, shares=3, threshold=threshold, purpose=purpose, record=record)


@pytest.mark.parametrize("threshold", [1, 2, 3])
def test_any_threshold_of_the_shares_rebuilds_the_key(threshold):
    for subset in combinations(split(threshold=threshold), threshold):
        assert shares.combine(subset).seed == KEY.seed


def test_a_share_says_its_key_its_use_and_its_threshold():
    said = shares.read(split(purpose=Purpose.CUSTODIAN)[1])

    assert (said.purpose, said.threshold, said.fingerprint) == (
        Purpose.CUSTODIAN,
        2,
        KEY.recipient.fingerprint,
    )


def test_a_share_has_the_size_that_a_server_expects():
    assert {len(share) for share in split()} == {shares.SHARE_SIZE} == {84}


@pytest.mark.parametrize(
    "stranger",
    [
        split(OTHER)[1],
        split(threshold=3)[1],
        split(purpose=Purpose.CUSTODIAN)[1],
        split(purpose=Purpose.TRIAL, record=b"")[1],
        split(record=b"another")[1],
    ],
    ids=["another key", "another threshold", "another use", "a trial", "another record"],
)
def test_a_stranger_among_the_shares_is_refused(stranger):
    with pytest.raises(SealError, match="do not belong"):
        shares.combine([split()[0], stranger])


def test_two_sharings_of_one_key_give_no_key():
    with pytest.raises(SealError, match="the key that they name"):
        shares.combine([split()[0], split()[1]])


def test_a_share_under_the_name_of_another_key_is_refused():
    mine, head = split(threshold=1)[0], split(OTHER, threshold=1)[0][:51]

    with pytest.raises(SealError, match="the key that they name"):
        shares.combine([head + mine[51:]])


@pytest.mark.parametrize(
    "purpose, record", [(Purpose.MEMBER, b""), (Purpose.CUSTODIAN, b""), (Purpose.TRIAL, RECORD)]
)
def test_only_a_trial_goes_without_a_record(purpose, record):
    with pytest.raises(SealError, match="has a record"):
        split(purpose=purpose, record=record)
