"""Followed releases that come out within a few days of each other."""

import pytest

from countdown.core import day_style
from countdown.core.close_together import close_together, sentence
from countdown.core.release import Release
from tests.views.releases import NOW, film, outlook_of


def said(*releases: Release, style: str = day_style.DEFAULT) -> str:
    """The sentence on *releases*; empty if none are close together."""
    near = close_together(map(outlook_of, releases))
    return sentence(near, lambda release: release.title, NOW.today, style) if near else ""


def test_same_day() -> None:
    """In the order of titles; with the year if it isn't this one."""
    dune, doom = film("Dune", "2022-12-18"), film("Doom", "2022-12-18")
    assert said(dune, doom) == "Close together: Doom and Dune both come out on 18 Dec."
    assert said(dune, doom, style=day_style.AMERICAN).endswith("both come out on Dec 18.")
    assert said(dune, doom, style="pt").endswith("on 18 de dez.")
    third = film("Zorro", "2022-12-18")
    assert said(dune, third, doom).endswith("Doom, Dune and Zorro all come out on 18 Dec.")
    later = [film(each, "2023-01-02") for each in "AB"]
    assert said(*later).endswith("on 2 Jan 2023.")


def test_some_days_apart() -> None:
    """Up to three days from the first to the last; the soonest ones are named."""
    first, second, third = (film(f"F{day}", f"2022-08-{day}") for day in (10, 13, 16))
    assert said(third, second, first) == "Close together: F10 on 10 Aug and F13 on 13 Aug."
    assert said(first, third) == ""
    assert said(first) == ""


def test_many() -> None:
    """Four are named."""
    many = [film(f"F{number}", "2022-08-10") for number in range(6)]
    assert said(*many) == "Close together: F0, F1, F2, F3 and 2 more all come out on 10 Aug."


@pytest.mark.parametrize(
    "other",
    [
        film("Window", "2022-08-09/2022-08-11"),
        film("Doubt", "2022-08-10?"),
        film("Unsure", "2022-08-10", unverified=("date",)),
        film("Out", "2022-07-04", stage="released"),
        film("Past", "2022-07-03"),
        film("None"),
        film("Shelved", "2022-08-10", stage="on-hold"),
    ],
    ids=lambda release: release.title,
)
def test_only_sure_days_ahead(other: Release) -> None:
    """A coincidence of guesses isn't one."""
    assert said(film("A", "2022-08-10"), other) == ""
    assert said(film("A", "2022-07-05"), other) == ""
