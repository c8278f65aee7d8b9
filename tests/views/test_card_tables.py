"""The cast, other dates and the history of the date on a card."""

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from countdown.core import edtf
from countdown.core.history import HistoryStep
from countdown.core.outlook import Moment
from countdown.core.release import Credit
from countdown.views import card_tables
from countdown.views.view import Block, Cell, Lines, Table, ViewContext
from tests.views.releases import AMERICAN, CONTEXT, NOW, THOR, as_drawn, film, outlook_of, texts
from tests.views.test_card import STEPS

GERMAN = CONTEXT._replace(date_style="de")


def lines_of(block: Block) -> list[str]:
    """The lines of *block* in one text each."""
    assert isinstance(block, Lines)
    return [as_drawn("".join(cell.text for cell in line)) for line in block.lines]


def rows_of(*dates: str, context: ViewContext = CONTEXT, **facts: Any) -> list[tuple[str, ...]]:
    """The rows of other dates of a film."""
    table = card_tables.dates(outlook_of(film("A", *dates, **facts), context.now), context, 80)
    assert isinstance(table, Table)
    return texts(table)


def test_dates_of_a_shelved_production_are_not_counted_to() -> None:
    """Nobody knows whether they hold."""
    rows = rows_of("2022-12-01 US", "2022-12-08 BR", stage="cancelled")
    assert [row[-1] for row in rows] == [""]


NAMES = tuple(map(Credit, ("Ann Able", "Bob Bo", "Cleo Clark", "Dan", "Eve Early")))


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (80, ["Ann Able   Bob Bo   Cleo Clark   Dan   Eve Early"]),
        (36, ["Ann Able   Cleo Clark   Eve Early", "Bob Bo     Dan"]),
        (35, ["Ann Able     Dan", "Bob Bo       Eve Early", "Cleo Clark"]),
        (24, ["Ann Able     Dan", "Bob Bo       Eve Early", "Cleo Clark"]),
        (23, ["Ann Able", "Bob Bo", "Cleo Clark", "Dan", "Eve Early"]),
        (9, ["Ann Able", "Bob Bo", "Cleo Clark", "Dan", "Eve Early"]),
    ],
)
def test_cast_stands_in_as_many_columns_as_there_is_room(columns: int, expected: list[str]) -> None:
    """One below the other in each, without spaces at the end of a line."""
    assert lines_of(card_tables.cast(NAMES, columns)) == ["Cast", *expected]


def test_cast_has_its_roles() -> None:
    """Below each other; on a narrow terminal below the names."""
    block = card_tables.cast(THOR.cast, 50)
    assert lines_of(block) == [
        "Cast",
        "Chris Hemsworth  Thor          Matt Damon",
        "Natalie Portman  Jane Foster",
    ]
    assert isinstance(block, Lines)
    assert block.verbatim
    assert [cell.style for cell in block.lines[1]] == ["", "muted", ""]
    assert block.lines[0] == (Cell("Cast", "heading"),)
    narrow = card_tables.cast(THOR.cast, 25)
    assert lines_of(narrow) == [
        *("Cast", "Chris Hemsworth", "  Thor", "Natalie Portman", "  Jane Foster", "Matt Damon"),
    ]
    assert isinstance(narrow, Lines)
    assert not narrow.verbatim
    assert narrow.lines[2] == (Cell("  "), Cell("Thor", "muted"))
    assert card_tables.cast((), 80) == Lines(())


def test_dates_are_those_that_the_head_has_not() -> None:
    """The earliest first, each with its weekday."""
    block = card_tables.dates(outlook_of(THOR), CONTEXT, 80)
    assert isinstance(block, Table)
    assert block.heading == "Other dates"
    assert texts(block) == [
        ("Brazil", "theatrical", "Thu 7 Jul 2022", "in 3 days"),
        ("Worldwide", "streaming", "Thu 8 Sep 2022, 07:00", "in 9 weeks"),
    ]
    assert [cell.style for cell in block.rows[0]] == ["", "muted", "", "muted"]
    assert [column.heading for column in block.columns] == ["Region", "Type", "Date", "Left"]
    assert rows_of("2022-07-08 US") == []
    assert card_tables.dates(outlook_of(film("A")), CONTEXT, 40) == Table("", block.columns, ())


def test_dates_are_all_there_is_if_none_of_them_counts() -> None:
    """A premiere is no release."""
    block = card_tables.dates(outlook_of(film("A", "2022-07-08 US premiere")), CONTEXT, 80)
    assert isinstance(block, Table)
    assert block.heading == "Dates"
    assert texts(block) == [("United States", "premiere", "Fri 8 Jul 2022", "in 4 days")]


@pytest.mark.parametrize(
    ("date", "context", "cells"),
    [
        ("2022-07-03 BR", CONTEXT, ("Brazil", "", "Sun 3 Jul 2022", "2 days later")),
        ("2022-06-30 BR", CONTEXT, ("Brazil", "", "Thu 30 Jun 2022", "1 day earlier")),
        ("2022-07-01 BR", CONTEXT, ("Brazil", "", "Fri 1 Jul 2022", "the same day")),
        ("2022-04 BR", CONTEXT, ("Brazil", "", "Apr 2022", "passed 9 weeks ago")),
        ("2022-07-03? BR", CONTEXT, ("Brazil", "", "Sun 3 Jul 2022?", "passed yesterday")),
        ("2022-12 BR", CONTEXT, ("Brazil", "", "Dec 2022", "December 2022 · 25 weeks")),
        ("2022-07-04 unstated", CONTEXT, ("Place not stated", "", "Mon 4 Jul 2022", "today")),
        ("2022-07-20 BR", AMERICAN, ("Brazil", "", "Wed Jul 20, 2022", "in 16 days")),
        ("2022-07-20 BR", GERMAN, ("Brazil", "", "Mi., 20. Juli 2022", "in 16 days")),
        (
            "2022-09-20 BR",
            CONTEXT._replace(exact_days=True),
            ("Brazil", "", "Tue 20 Sep 2022", "in 78 days"),
        ),
        (
            "2022-03-01 BR",
            CONTEXT._replace(exact_days=True),
            ("Brazil", "", "Tue 1 Mar 2022", "122 days earlier"),
        ),
    ],
)
def test_date_has_its_time_left_or_its_difference(
    date: str, context: ViewContext, cells: tuple[str, ...]
) -> None:
    """What is past is compared with the date of the head."""
    assert rows_of("2022-07-01 US", date, context=context) == [cells]


def test_past_date_is_not_compared_with_a_window() -> None:
    """Nor with nothing."""
    assert rows_of("2022-08 US", "2022-07-01 BR")[0][3] == "out 3 days ago"
    assert rows_of("2022-07-01 BR premiere")[0][3] == "out 3 days ago"


def test_doubt_is_at_each_date() -> None:
    """Once."""
    rows = rows_of("2022-07-08 US", "2022-07-09? BR", unverified=("dates",))
    assert rows[0][2] == "Sat 9 Jul 2022?"
    assert rows_of("2022-07-08 US", "2022-07-09 BR", unverified=("date",))[0][2][-1] == "?"
    assert rows_of("2022-07-08? US", "2022-07-09 BR")[0][2] == "Sat 9 Jul 2022"


def test_time_of_a_date_is_in_the_users_zone() -> None:
    """And its weekday."""
    tokyo = Moment.at(NOW.instant, ZoneInfo("Asia/Tokyo"))
    context = ViewContext(tokyo, "JP", "Asia/Tokyo")
    rows = rows_of("2022-07-01 US", "2022-07-07T16:05Z - streaming", context=context)
    assert rows[-1][2] == "Fri 8 Jul 2022, 01:05"


def test_dates_take_two_lines_on_a_narrow_terminal() -> None:
    """Nothing is left out."""
    block = card_tables.dates(outlook_of(THOR), CONTEXT, 55)
    assert lines_of(block) == [
        "Other dates",
        "Brazil · theatrical",
        "  Thu 7 Jul 2022 · in 3 days",
        "Worldwide · streaming",
        "  Thu 8 Sep 2022, 07:00 · in 9 weeks",
    ]
    assert isinstance(card_tables.dates(outlook_of(THOR), CONTEXT, 56), Table)
    untyped = outlook_of(film("A", "2022-07-08 US", "2022-07-09 BR"))
    assert lines_of(card_tables.dates(untyped, CONTEXT, 32))[1] == "Brazil"
    assert isinstance(card_tables.dates(untyped, CONTEXT, 33), Table)


def test_history_goes_from_date_to_date() -> None:
    """Each with how far it moved, when that was announced or seen, and where it can be read."""
    block = card_tables.history(STEPS, "Moved", CONTEXT, 80)
    assert isinstance(block, Table)
    assert block.heading == "Moved"
    assert texts(block) == [
        ("5 Nov 2021", "", "announced 20 Jul 2019", "marvel.com"),
        ("11 Feb 2022", "14 weeks later", "seen 3 Apr 2020", ""),
        ("10 Feb 2022", "1 day earlier", "", ""),
        ("withdrawn", "", "announced Jan 2022", ""),
    ]
    assert [row[1].style for row in block.rows[1:3]] == ["delayed", "sooner"]
    assert block.rows[0][3] == Cell("marvel.com", "muted", "https://www.marvel.com/x")
    assert block.rows[1][3].link is None
    assert [column.heading for column in block.columns] == ["To", "By", "Announced", "Source"]
    assert [column.right for column in block.columns] == [True, False, False, False]


def test_history_names_the_date_that_a_row_of_moves_begins_with() -> None:
    """At the start, and where a move is missing."""
    steps = (
        HistoryStep(edtf.parse("2021-05-07"), edtf.parse("2021-11-05")),
        HistoryStep(edtf.parse("2021-11-05"), edtf.parse("2021-11")),
        HistoryStep(edtf.parse("2022"), edtf.parse("2022-07-08")),
        HistoryStep(None, edtf.parse("2022-08-08")),
    )
    block = card_tables.history(steps, "Moved", CONTEXT._replace(exact_days=True), 80)
    assert isinstance(block, Table)
    assert [row[:2] for row in texts(block)] == [
        ("7 May 2021", ""),
        ("5 Nov 2021", "182 days later"),
        ("Nov 2021", "less exact"),
        ("2022", ""),
        ("8 Jul 2022", "more exact"),
        ("8 Aug 2022", ""),
    ]
    german = card_tables.history(steps, "Moved", GERMAN, 80)
    assert isinstance(german, Table)
    assert texts(german)[0][0] == "7. Mai 2021"


def test_history_is_cut_in_no_language() -> None:
    """Where dates are long, its rows take two lines on a terminal of 60 columns, too."""
    portuguese = CONTEXT._replace(date_style="pt")
    lines = lines_of(card_tables.history(STEPS, "Moved", portuguese, 60))
    assert lines[1:3] == ["5 de nov. de 2021", "  announced 20 de jul. de 2019 · marvel.com"]


def test_history_takes_two_lines_a_step_on_a_narrow_terminal() -> None:
    """Or one, if nothing is known of its announcement."""
    assert lines_of(card_tables.history(STEPS, "Moved", CONTEXT, 55)) == [
        "Moved",
        "5 Nov 2021",
        "  announced 20 Jul 2019 · marvel.com",
        "11 Feb 2022 · 14 weeks later",
        "  seen 3 Apr 2020",
        "10 Feb 2022 · 1 day earlier",
        "withdrawn",
        "  announced Jan 2022",
    ]
    assert card_tables.history((), "Dated", CONTEXT, 55).heading == ""  # type: ignore[union-attr]
