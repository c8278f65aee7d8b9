"""The wait from the first known announcement to the day."""

from typing import Any

import pytest

from countdown.views import wait
from countdown.views.view import Cell, Lines
from tests.views.releases import CONTEXT, film, move, outlook_of, runs

DELAYED = (move("2021-11-05", "2022-07-08", "2022-06-24"),)


def text_of(*dates: str, **facts: Any) -> str:
    """Both phrases of the wait for a film."""
    found = wait.announcement(outlook_of(film("A", *dates, **facts)), CONTEXT)
    return " / ".join(found[1:]) if found else ""


@pytest.mark.parametrize(
    ("dates", "facts", "text"),
    [
        (["2022-07-08"], {}, ""),
        (
            ["2022-07-08"],
            {"moves": (move(None, "2022-07-08", "2022-06-24"),)},
            "announced Jun 2022 / 71 % of the wait is over",
        ),
        (
            ["2022-07-08"],
            {"moves": DELAYED},
            "delayed Jun 2022 / 71 % of the wait since then is over",
        ),
        (
            ["2022-07-08"],
            {"moves": (move("2022-08-01", "2022-07-08", "2022-06-24"),)},
            "moved Jun 2022 / 71 % of the wait since then is over",
        ),
        (
            ["2022-07-08"],
            {"moves": (*DELAYED, move("2021-10", "2021-11-05", "2022-05"))},
            "delayed May 2022 / 94 % of the wait since then is over",
        ),
        *(
            (
                ["2022-07-08"],
                {"moves": (move(before, after, "2022-06-24"),)},
                f"{word} Jun 2022 / 71 % of the wait since then is over",
            )
            for before, after, word in (
                ("2022-07-07", "2022-07-08", "delayed"),
                ("2022-07", "2022-07-31", "moved"),
                ("2022-07-07", None, "moved"),
            )
        ),
        (["2022-07-08"], {"moves": (move(None, "2022-07-08"),)}, ""),
        (["2022-07-08"], {"moves": (move(None, "2022-07-08", "2022"),)}, ""),
        (["2022-07-08"], {"moves": (move(None, "2022-07-08", "2022-07-04"),)}, ""),
        (["2022-07-04"], {"moves": DELAYED}, ""),
        (["2022-07-01"], {"moves": DELAYED}, ""),
        (["2022-07"], {"moves": DELAYED}, ""),
        (["2022-07-08~"], {"moves": DELAYED}, ""),
        ([], {"moves": DELAYED}, ""),
        (
            ["2022-07-08"],
            {"stage": "announced", "stage_since": "2022-06-24"},
            "announced Jun 2022 / 71 % of the wait is over",
        ),
        (["2022-07-08"], {"stage": "filming", "stage_since": "2022-06-24"}, ""),
        (["2022-07-08"], {"stage": "announced", "stage_since": "2022"}, ""),
        (["2022-07-08"], {"stage": "announced"}, ""),
    ],
)
def test_wait_begins_with_an_announcement_that_is_known(
    dates: list[str], facts: dict[str, Any], text: str
) -> None:
    """Known to the month; of a first move, the date was announced before, so it isn't called so."""
    assert text_of(*dates, **facts) == text


def test_wait_is_drawn_between_its_ends() -> None:
    """In the colour of the day; where the words have no room beside it, they are below."""
    outlook = outlook_of(film("A", "2022-07-08", moves=(move(None, "2022-07-08", "2022-06-24"),)))
    (line,) = runs(wait.bar(outlook, CONTEXT, 80))
    assert line == [
        Cell("announced Jun 2022  ", "muted"),
        Cell("━" * 24, "week"),
        Cell("─" * 10, "muted"),
        Cell("  71 % of the wait is over", "muted"),
    ]
    below = runs(wait.bar(outlook, CONTEXT, 40))
    assert below == [
        [Cell("━" * 28, "week"), Cell("─" * 12, "muted")],
        [Cell("announced Jun 2022", "muted")],
        [Cell("71 % of the wait is over", "muted")],
    ]
    for columns, rows in ((56, 1), (55, 2)):  # with ten columns for the bar, and with nine
        drawn = wait.bar(outlook, CONTEXT, columns)
        assert (len(drawn.lines), drawn.verbatim) == (rows, True)
    assert len(wait.bar(outlook, CONTEXT, 56).lines[0][1].text) == 7
    assert wait.bar(outlook_of(film("A", "2022-07-08")), CONTEXT, 80) == Lines(())


@pytest.mark.parametrize(("start", "filled"), [("2022-07-03", 1), ("1950-01", 39)])
def test_bar_is_never_empty_and_never_full(start: str, filled: int) -> None:
    """As long as somebody has waited, and still waits."""
    day = "2030-01-01" if start == "2022-07-03" else "2022-07-05"
    outlook = outlook_of(film("A", day, moves=(move(None, day, start),)))
    done, ahead = runs(wait.bar(outlook, CONTEXT, 40))[0]
    assert (len(done.text), len(ahead.text)) == (filled, 40 - filled)


def test_bar_has_a_limit_on_a_wide_terminal() -> None:
    """100 columns, and the words beside it."""
    outlook = outlook_of(film("A", "2022-07-08", moves=(move(None, "2022-07-08", "2022-06-24"),)))
    _, done, ahead, _ = runs(wait.bar(outlook, CONTEXT, 300))[0]
    assert len(done.text + ahead.text) == 100
