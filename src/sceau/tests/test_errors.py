"""A sentence is plain English, and keeps what another language needs to say it."""

import pickle

from sceau.errors import Said, SealError


def test_a_sentence_is_its_text_and_keeps_its_template_and_its_values():
    said = Said("{name} is missing.", name="deposit.tsr")

    assert said == "deposit.tsr is missing."
    assert (said.template, said.values) == ("{name} is missing.", {"name": "deposit.tsr"})


def test_a_sentence_without_value_is_never_formatted():
    assert Said("A brace { alone.") == "A brace { alone."


def test_an_error_says_its_sentence_and_its_details():
    error = SealError("{name} is damaged.", "bad checksum", name="a.pdf")

    assert str(error) == "a.pdf is damaged."
    assert error.diagnostics() == ["SealError: a.pdf is damaged.", "bad checksum"]
    assert error.said.followed_by(*error.details) == "a.pdf is damaged. bad checksum"
    assert error.said.followed_by(*error.details).template == "{name} is damaged."


def test_a_sentence_survives_a_copy():
    said = pickle.loads(pickle.dumps(Said("Line {line} is cut.", line=3)))

    assert (said, said.template, said.values) == (
        "Line 3 is cut.",
        "Line {line} is cut.",
        {"line": 3},
    )
