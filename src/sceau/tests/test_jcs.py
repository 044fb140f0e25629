"""Canonical JSON."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sceau import SealError
from sceau.receipt import canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


def test_names_are_sorted_by_utf_16_as_in_rfc_8785():
    """The example of section 3.2.3."""
    names = ["\u20ac", "\r", "\ufb33", "1", "\U0001f600", "\u0080", "\u00f6"]

    found = list(json.loads(canonical(dict.fromkeys(names, 1))))

    assert found == ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb33"]


def test_strings_are_escaped_as_ecmascript_does():
    assert (
        canonical('\u20ac$\u000f\nA\'B"\\\\"/\x7f')
        == '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f"'.encode()
    )


@given(VALUES)
def test_canonical_json_is_a_fixed_point(value):
    once = canonical(value)

    assert json.loads(once) == value
    assert canonical(json.loads(once)) == once


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), 2**53, -(2**53), "\ud800", {"\ud800": 1}, {1: 2}, b"bytes", {1, 2}]
)
def test_what_has_no_single_form_is_refused(value):
    with pytest.raises(SealError):
        canonical(value)


def test_a_value_nested_too_deep_is_refused():
    value: list = []
    for _ in range(100_000):
        value = [value]

    with pytest.raises(SealError, match="deep"):
        canonical(value)
