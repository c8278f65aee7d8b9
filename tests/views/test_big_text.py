"""Digits and TODAY in blocks."""

import pytest

from countdown.views.big_text import big_text, columns, height

DIGITS = """
████████  ████    ████████  ████████  ██    ██
██    ██    ██          ██        ██  ██    ██
██    ██    ██          ██        ██  ██    ██
██    ██    ██    ████████    ██████  ████████
██    ██    ██    ██              ██        ██
██    ██    ██    ██              ██        ██
████████  ██████  ████████  ████████        ██
"""
MORE_DIGITS = """
████████  ████████  ████████  ████████  ████████
██        ██              ██  ██    ██  ██    ██
██        ██              ██  ██    ██  ██    ██
████████  ████████        ██  ████████  ████████
      ██  ██    ██        ██  ██    ██        ██
      ██  ██    ██        ██  ██    ██        ██
████████  ████████        ██  ████████  ████████
"""
TODAY = """
▀▀█▀▀ █▀▀█ █▀▀▄ █▀▀█ █   █
  █   █  █ █  █ █▄▄█ ▀▄▄▄▀
  █   █  █ █  █ █  █   █
  ▀   ▀▀▀▀ ▀▀▀  ▀  ▀   ▀
"""
ONE = """
██████
▀▀▀███
   ███
   ███
   ███
   ███
   ███
   ███
   ███
█████████
▀▀▀▀▀▀▀▀▀
"""


@pytest.mark.parametrize(
    ("text", "scale", "drawn"),
    [("01234", 2, DIGITS), ("56789", 2, MORE_DIGITS), ("TODAY", 1, TODAY), ("1", 3, ONE)],
)
def test_letters_are_drawn_as_people_know_them(text: str, scale: int, drawn: str) -> None:
    """At the scale of 1 two points are drawn by one character; the rows are equally long."""
    rows = big_text(text, scale)
    assert [row.rstrip() for row in rows] == drawn.strip("\n").split("\n")
    assert {len(row) for row in rows} == {columns(text, scale)}
    assert len(rows) == height(scale)
