"""The payloads of shares."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau import SealError
from sceau._internal import shamir

SECRET = bytes(range(32))


@given(st.binary(min_size=1, max_size=40), st.integers(1, 8), st.data())
def test_any_threshold_of_the_shares_rebuilds_the_secret(secret, shares, data):
    threshold = data.draw(st.integers(1, shares))
    parts = shamir.split(secret, shares=shares, threshold=threshold)
    chosen = data.draw(st.permutations(parts))[: data.draw(st.integers(threshold, shares))]

    assert shamir.combine(chosen, threshold=threshold) == secret


def test_every_subset_of_three_of_five_rebuilds_the_secret():
    parts = shamir.split(SECRET, shares=5, threshold=3)

    assert all(shamir.combine(subset, threshold=3) == SECRET for subset in combinations(parts, 3))


@pytest.mark.parametrize("threshold", [2, 3, 5])
def test_too_few_shares_are_refused(threshold):
    parts = shamir.split(SECRET, shares=5, threshold=threshold)

    with pytest.raises(SealError, match="are needed"):
        shamir.combine(parts[: threshold - 1], threshold=threshold)


def test_below_the_threshold_every_secret_is_equally_likely():
    """One share of a 2-of-2 sharing of one byte takes each value once when the random byte does."""
    seen = {
        shamir.split(b"s", shares=2, threshold=2, random=lambda n, r=r: bytes([r]))[0]
        for r in range(256)
    }

    assert len(seen) == 256


def test_with_threshold_one_a_share_is_the_secret_itself():
    parts = shamir.split(SECRET, shares=3, threshold=1)

    assert parts == [SECRET + b"\x00"] * 3
    assert shamir.combine(parts[:1], threshold=1) == SECRET


def test_the_same_share_twice_counts_once():
    parts = shamir.split(SECRET, shares=3, threshold=2)

    with pytest.raises(SealError, match="2 shares are needed, 1 given"):
        shamir.combine([parts[0], parts[0]], threshold=2)


def test_shares_of_two_sharings_of_one_secret_do_not_mix():
    before = shamir.split(SECRET, shares=3, threshold=2)
    after = shamir.split(SECRET, shares=3, threshold=2)

    with pytest.raises(SealError, match="do not belong"):
        shamir.combine([before[0], before[1], after[2]], threshold=2)
    with pytest.raises(SealError, match="same coordinate"):
        shamir.combine([before[0], after[0]], threshold=2)
    assert shamir.combine([before[0], after[1]], threshold=2) != SECRET


@pytest.mark.parametrize("threshold, x", [(1, 1), (2, 0)])
def test_a_coordinate_that_the_threshold_excludes_is_refused(threshold, x):
    with pytest.raises(SealError, match="coordinate"):
        shamir.combine([b"s" + bytes([x]), b"t\x07"], threshold=threshold)


@pytest.mark.parametrize("shares, threshold", [(1, 2), (256, 2), (3, 0), (0, 0)])
def test_an_impossible_sharing_is_refused(shares, threshold):
    with pytest.raises(SealError, match="impossible"):
        shamir.split(SECRET, shares=shares, threshold=threshold)


def test_an_empty_secret_is_refused():
    with pytest.raises(SealError, match="empty"):
        shamir.split(b"", shares=2, threshold=2)
