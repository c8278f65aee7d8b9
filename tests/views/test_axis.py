"""An axis of time: ticks with labels, and a dot or bar for each date."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core import edtf
from countdown.core.dates import ReleaseDate
from countdown.core.width import width
from countdown.views.axis import axis_of, labels, mark, ruler, with_line

TODAY = date(2022, 7, 4)


def windows(*texts: str) -> list[ReleaseDate]:
    """The windows that *texts* name in EDTF."""
    return [edtf.parse(text) for text in texts]


@pytest.mark.parametrize(
    ("dates", "size", "label", "line"),
    [
        # A year of quarters at least, the first of which is the one that has begun.
        (["2022-07-08"], 40, "Q3 2022   Q4 2022   Q1 2023   Q2 2023", "┬─────────" * 4),
        (["2022-07-08"], 32, "Q3 2022 Q4 2022 Q1 2023 Q2 2023", "┬───────" * 4),
        # Years where quarters have no room; two at least.
        (["2022-07-08"], 31, "2022           2023", "┬──────────────┬───────────────"),
        (["2023-12-31"], 50, "Q3 2022 Q4 2022 Q1 2023 Q2 2023  Q3 2023 Q4 2023", None),
        (["2023-12-31"], 48, "2022                    2023", "┬───────────────────────" * 2),
        (["2024-01"], 90, "2022                         2023                          2024", None),
        # What is out begins it.
        (["2021-05-01", "2022-12"], 24, "2021        2022", "┬───────────" * 2),
        (["2021-10-01", "2022"], 48, "Q4 2021  Q1 2022   Q2 2022  Q3 2022   Q4 2022", None),
        # Years further apart where their labels have no room; the last may have none.
        (["2031"], 55, "2022 2023 2024  2025  2026 2027 2028  2029  2030 2031", None),
        (["2031"], 50, "2022     2024       2026     2028       2030", None),
        (["1922"], 20, "1922     1972", "┬────────┬─────────┬"),
        (["0001", "9999"], 12, "1     5001", "┬─────┬─────"),
        (["9999-12"], 12, "2022   7022", "┬──────┬────"),
        (["0001-01-01"], 12, "1    1001", None),
    ],
)
def test_axis_has_quarters_or_years(
    dates: list[str], size: int, label: str | None, line: str | None
) -> None:
    """Whole ones, for today and all dates."""
    axis = axis_of(windows(*dates), TODAY, size)
    assert label in (None, labels(axis))
    assert line in (None, ruler(axis))
    assert width(ruler(axis)) == size


def test_axis_of_the_last_days_of_the_calendar() -> None:
    """No year is behind 9999."""
    axis = axis_of(windows("9999-12-31"), date(9999, 12, 30), 40)
    assert labels(axis) == "9999"


def test_years_between_ticks_are_round_numbers() -> None:
    """As few as have room."""
    steps = set()
    for last in (2031, 2040, 2070, 2150, 2300, 2800, 4000, 6000, 9999):
        for size in (12, 20, 30):
            years = [day.year for day, _ in axis_of(windows(f"{last}"), TODAY, size).ticks]
            steps |= {after - before for before, after in pairwise(years)}
    assert steps == {2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000}


def test_last_quarters_of_the_calendar_have_an_axis() -> None:
    """If there are enough of them."""
    axis = axis_of([], date(9999, 3, 1), 40)
    assert labels(axis) == "Q1 9999  Q2 9999   Q3 9999   Q4 9999"
    assert len(axis_of([], date(9999, 4, 1), 40).ticks) == 1


def test_labels_are_in_the_language_of_dates() -> None:
    """And leave each other the room that they need there."""
    axis = axis_of(windows("2023"), TODAY, 24, "ja")
    assert labels(axis) == "2022年      2023年"
    assert labels(axis_of(windows("2031"), TODAY, 50, "ja")).split() == [
        f"{year}年" for year in range(2022, 2032, 2)
    ]
    portuguese = labels(axis_of(windows("2022-08"), TODAY, 44, "pt"))
    assert portuguese == "T3 de 2022 T4 de 2022 T1 de 2023 T2 de 2023"
    assert labels(axis_of(windows("2022-08"), TODAY, 60, "de")).startswith("Q3 2022")


@pytest.mark.parametrize(
    ("when", "drawn"),
    [
        ("2022-01-01", "● x"),
        ("2022-07-02", f"{' ' * 4}● x"),
        ("2022-07-03", f"{' ' * 5}● x"),
        ("2023-01-01", f"{' ' * 10}● x"),
        # Beside what is far right, the label is on the left.
        ("2023-11-25", f"{' ' * 16}x ●"),
        ("2023-11-01", f"{' ' * 16}x ●"),
        ("2022", "━━━━━━━━━━ x"),
        ("2022-05", f"{' ' * 3}━━ x"),
        ("2023-02", f"{' ' * 10}━━ x"),
        # A window that begins too far left for that has it on the right, whatever the width.
        ("2022/2023", f"{'━' * 20} x"),
        ("2021", "━ x"),
        ("2030", f"{' ' * 17}x ━"),
    ],
)
def test_day_is_a_dot_and_a_window_a_bar(when: str, drawn: str) -> None:
    """Each at its place, with its label beside it."""
    axis = axis_of(windows("2023-12"), TODAY, 20)
    assert ruler(axis) == "┬─────────" * 2
    assert mark(axis, edtf.parse(when), "x") == drawn


def test_label_without_room_on_the_left_stays_on_the_right() -> None:
    """There is at least a cell between it and the sign."""
    axis = axis_of(windows("2023-12"), TODAY, 20)
    assert mark(axis, edtf.parse("2022-09-20"), "x" * 13) == f"{' ' * 7}● {'x' * 13}"
    assert mark(axis, edtf.parse("2022-09-20"), "x" * 7) == f"{' ' * 7}● {'x' * 7}"
    assert mark(axis, edtf.parse("2023-08-01"), "x" * 14) == f"{'x' * 14} ●"
    assert mark(axis, edtf.parse("2023-08-01"), "x" * 15) == f"{' ' * 15}● {'x' * 15}"
    # What just fits on the right is there.
    assert mark(axis, edtf.parse("2023-03-10"), "x" * 7) == f"{' ' * 11}● {'x' * 7}"
    assert mark(axis, edtf.parse("2023-03-10"), "x" * 8) == f"{' ' * 2}{'x' * 8} ●"


@given(st.lists(st.dates(), min_size=1, max_size=4), st.integers(12, 64))
def test_every_day_of_the_calendar_has_a_place(days: list[date], size: int) -> None:
    """Later days are never further left."""
    axis = axis_of([edtf.parse(on.isoformat()) for on in days], TODAY, size)
    places = [axis.cell(on) for on in sorted(days)]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] < size
    assert width(labels(axis)) <= size


def test_the_line_for_today_covers_nothing() -> None:
    """It stands before, behind, or not at all where a label is."""
    assert with_line("   ● 1 Jan", 1) == " │ ● 1 Jan"
    assert with_line("● 1 Jan", 9) == "● 1 Jan  │"
    assert with_line("● 1 Jan", 3) == "● 1 Jan"


def test_the_run_of_a_season_ends_where_its_last_episode_is() -> None:
    """A first episode without a day has its window before that; a window that is longer stays."""
    day, end, year = windows("2026-01-02", "2026-06-30", "2026")
    axis = axis_of([year], date(2026, 1, 1), 36)
    assert mark(axis, day, "Run", end) == "●" + "━" * axis.cell(end.latest) + " Run"
    assert mark(axis, year, "Run", end) == mark(axis, year, "Run")
