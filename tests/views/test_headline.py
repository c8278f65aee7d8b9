"""The soonest release, its days drawn large."""

from datetime import date
from typing import Any

import pytest

from countdown.core.release import Credit
from countdown.views.headline import headline
from countdown.views.view import Cell, Items, Lines, View
from tests.views.releases import (
    AMERICAN,
    CONTEXT,
    NOW,
    THOR,
    film,
    legend,
    outlook_of,
    runs,
)


def big(view: View) -> list[str]:
    """The lines that are drawn by the character."""
    return [
        row[0].text
        for block in view.blocks()
        if isinstance(block, Lines) and block.verbatim
        for row in block.lines
    ]


def test_headline_draws_the_days_large() -> None:
    """Below the title, in the colour of its urgency; then what, when, where, and who."""
    view = headline([outlook_of(THOR)], CONTEXT)
    title, number, facts, doubt = view.blocks()
    assert runs(title) == [[Cell("●", "week"), Cell(" Thor: Love and Thunder", "title")]]
    assert runs(number) == [
        [Cell("  █  █", "week")],
        [Cell("  ▀▀▀█", "week")],
        [Cell("     █", "week")],
    ]
    assert runs(facts) == [
        [Cell("In 4 days · 8 Jul 2022 · Disney+, IMAX")],
        [Cell("Chris Hemsworth, Natalie Portman", "muted")],
    ]
    assert doubt == Items(())
    assert view.outlooks == (outlook_of(THOR),)
    assert view.context == CONTEXT


def test_headline_of_next_to_nothing() -> None:
    """What is not known is left out, also the number."""
    view = headline([outlook_of(film("A"))], AMERICAN)
    assert [*view.blocks()] == [
        Lines(((Cell("·", "undated"), Cell(" A", "title")),)),
        Lines(((Cell("No date announced · no date yet"),),)),
        Items(()),
    ]
    assert view.context == AMERICAN
    dated = [*headline([outlook_of(film("A", "2022-07-08"))], AMERICAN).blocks()][2]
    assert runs(dated) == [[Cell("In 4 days · Jul 8, 2022")]]


def test_headline_names_what_comes_out_the_same_day() -> None:
    """Muted, in one line."""
    same = [film(name, "2022-07-08") for name in ("B", "C")]
    view = headline([outlook_of(THOR), *map(outlook_of, same)], CONTEXT)
    assert runs([*view.blocks()][-2]) == [[Cell("Also that day: B, C", "muted")]]
    assert len(view.outlooks) == 3


@pytest.mark.parametrize(
    ("release", "doubt"),
    [
        (film("A?", "2022-07-08"), False),
        (film("A", "2022-07-08", unverified=("date",)), True),
        (film("A", "2022-07-08", cast=(Credit("B"),), unverified=("cast",)), False),
    ],
)
def test_headline_explains_the_mark_of_doubt(release: Any, doubt: bool) -> None:
    """Where it stands at the date, which is enough: the count has none."""
    view = headline([outlook_of(release)], CONTEXT)
    assert legend(view) == (["? not confirmed"] if doubt else [])
    sign = "?" if doubt else ""
    assert f"In 4 days · 8 Jul 2022{sign}" in runs([*view.blocks()][2])[0][0].text


DIGITS = """
█▀▀█ ▄█   ▀▀▀█ ▀▀▀█ █  █ █▀▀▀ █▀▀▀ ▀▀▀█ █▀▀█ █▀▀█
█  █  █   █▀▀▀  ▀▀█ ▀▀▀█ ▀▀▀█ █▀▀█    █ █▀▀█ ▀▀▀█
█▄▄█ ▄█▄  █▄▄▄ ▄▄▄█    █ ▄▄▄█ █▄▄█    █ █▄▄█ ▄▄▄█
"""


@pytest.mark.parametrize("digit", range(10))
def test_digit_is_drawn(digit: int) -> None:
    """Four cells wide and three lines high, as people know them from clocks."""
    days = digit or 10
    release = film("A", date.fromordinal(NOW.today.toordinal() + days).isoformat())
    expected = [row.ljust(49)[5 * digit : 5 * digit + 4] for row in DIGITS.strip("\n").split("\n")]
    drawn = [row[-4:] for row in big(headline([outlook_of(release)], CONTEXT))]
    assert drawn == expected


def test_window_is_drawn_by_both_ends() -> None:
    """With a dash between them; what has begun counts from nothing, what is over is at nothing."""
    window = big(headline([outlook_of(film("A", "2022-07-05/2022-07-06"))], CONTEXT))
    assert window == ["  ▄█        ▀▀▀█", "   █   ▀▀▀▀ █▀▀▀", "  ▄█▄       █▄▄▄"]
    begun = big(headline([outlook_of(film("A", "2022-07-01/2022-07-05"))], CONTEXT))
    assert begun[0] == "  █▀▀█      ▄█  "
    for late in ("2022-06", "2022-07-03"):
        assert big(headline([outlook_of(film("A", late))], CONTEXT))[0] == "  █▀▀█"
    shelved = film("A", "2022-07-08", stage="on-hold")
    assert big(headline([outlook_of(shelved)], CONTEXT)) == []
