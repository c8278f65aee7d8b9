"""Nothing in an answer is believed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.sources import answers


@pytest.mark.parametrize(
    ("body", "what"),
    [
        (b"", "isn't JSON"),
        (b"{", "isn't JSON"),
        (b'{"a": NaN}', "isn't JSON"),
        (b'{"a": -Infinity}', "isn't JSON"),
        (b"[" * 100_000, "isn't JSON"),
        (b"1" * 10_000, "isn't JSON"),
        (b"\xff\xfe\xff", "isn't JSON"),
        (b" \n<!DOCTYPE html><title>429</title>", "is a web page, not data"),
    ],
)
def test_what_is_no_json_is_refused(body: bytes, what: str) -> None:
    """In words for users, whatever is wrong with it."""
    with pytest.raises(answers.BadAnswerError, match=f"^the answer {what}$"):
        answers.load(body)


def test_value_is_read() -> None:
    """Of any sort."""
    assert answers.load(b' {"a": [1, null]}') == {"a": [1, None]}


@given(st.binary())
def test_any_bytes_are_json_or_refused(body: bytes) -> None:
    """Nothing else is raised."""
    with suppress(answers.BadAnswerError):
        answers.load(body)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Dune: Part Three", "Dune: Part Three"),
        (" Two\n lines ", "Two lines"),
        ("\x1b[31mred", None),
        ("\u202egpj", None),
        ("x" * 500, "x" * 500),
        ("x" * 501, None),
        (" ", None),
        ("", None),
        ("\u3164", None),
        (None, None),
        (7, None),
        (["x"], None),
    ],
)
def test_line_is_text_that_does_no_harm(value: object, text: str | None) -> None:
    """What could drive a terminal is no title."""
    assert answers.line(value) == text


@pytest.mark.parametrize(
    ("value", "number"),
    [
        *((1, 1), (2**63 - 1, 2**63 - 1), (2**63, None), (0, None), (-1, None), (True, None)),
        *((1.0, None), ("1", None), (None, None)),
    ],
)
def test_number_is_a_whole_one(value: object, number: int | None) -> None:
    """Of those that TOML can hold."""
    assert answers.number(value) == number


def test_other_shapes_are_empty() -> None:
    """PHP writes an empty object as a list."""
    assert answers.mapping([]) == {}
    assert answers.mapping({"a": 1}) == {"a": 1}
    assert answers.items({"a": 1}) == ()
    assert answers.items([1]) == [1]
