"""Releases on a terminal: under their months, with the time left first, and counts of the rest."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from countdown.core.outlook import Ahead, Moment, Outlook
from countdown.core.release import Credit
from countdown.core.width import width
from countdown.formats.columns import widths
from countdown.views.listing import coming, listing
from countdown.views.view import Block, Items, Lines, Table, View, ViewContext
from tests.views.releases import AMERICAN, CONTEXT, NOW, film, outlook_of, runs, texts

ALONE = Ahead({(2022, 8): 31}, 0)


def screen(view: View, columns: int = 80, lines: int = 22) -> Sequence[Block]:
    """The blocks of *view* on a terminal of that size."""
    assert view.screen is not None
    return view.screen(columns, lines)


def table(view: View, **size: int) -> Table:
    """The one table of *view*."""
    (found,) = [block for block in screen(view, **size) if isinstance(block, Table)]
    return found


def lines(block: Block) -> list[str]:
    """The text of each line or item."""
    return ["".join(cell.text for cell in run) for run in runs(block)]


def headings(found: Table) -> list[tuple[int, str]]:
    """The headings inside a table, each with the number of the row below it."""
    return [(number, "".join(cell.text for cell in cells)) for number, cells in found.breaks]


def soon(*dates: str, **facts: Any) -> list[Outlook]:
    """A film for each of *dates*."""
    return [
        outlook_of(film(f"Film {n}", when, id=f"film-{n}", **facts)) for n, when in enumerate(dates)
    ]


def test_months_are_headings_with_a_count() -> None:
    """With the year if it isn't this one; a window belongs to the month of its last day."""
    found = table(listing(soon("2022-06", "2022-07-08", "2022-07", "2022-12-31", "2023"), CONTEXT))
    assert headings(found) == [
        (0, "Overdue (1)"),
        (1, "July (2)"),
        (3, "December (1)"),
        (4, "December 2023 (1)"),
    ]
    assert found.has_headings


def test_old_check_of_a_date_due_soon_is_below_its_row() -> None:
    """Also where there are no columns; the list has no more lines than fit."""
    old = {"checked": "2021-12-31"}
    view = listing(soon("2022-07-08", "2022-07-09", **old), CONTEXT)
    assert [text.text for _, (text,) in table(view).below] == 2 * ["not checked since Dec 2021"]
    narrow = lines(screen(view, columns=40)[1])
    assert narrow[2].replace("\u00a0", " ").endswith("Fri 8 · not checked since Dec 2021")
    assert table(listing(soon("2022-07-08", checked="2022-06"), CONTEXT)).below == ()
    many = coming(soon(*30 * ("2022-07-08",), **old), CONTEXT, followed=frozenset(), ahead=ALONE)
    shown = table(many, lines=16)
    assert len(shown.rows) == 5 == len(shown.below)


def test_row_begins_with_the_time_left() -> None:
    """Then the title, weekday and day below each other, where, with whom, and the franchise."""
    release = film(
        "Thor",
        "2022-07-08",
        cast=(),
        director=("Taika Waititi",),
        platform=("Disney+",),
        franchise=("MCU", "Thor"),
    )
    view = listing([outlook_of(release)], CONTEXT, followed=frozenset({"thor"}))
    assert texts(table(view)) == [
        ("in 4 days", "♥", "Thor", "Fri  8", "Disney+", "by Taika Waititi", "MCU")
    ]
    (cells,) = table(view).rows
    assert [cell.style for cell in cells[:3]] == ["week", "today", "title"]
    (cells,) = table(listing([outlook_of(release)], CONTEXT)).rows
    assert [cell.style for cell in cells[:3]] == ["week", "today", ""]


def test_unusual_kind_or_type_follows_the_title() -> None:
    """A film in cinemas needs no word for it, and a season says what it is."""
    found = [
        outlook_of(film("A", "2022-07-08 US re-release")),
        outlook_of(film("B", "2022-07-08", kind="series")),
        outlook_of(film("C", "2022-07-08", kind="season", season=2)),
        outlook_of(film("D", "2022-07-08 US theatrical")),
    ]
    titles = [row[2] for row in texts(table(listing(found, CONTEXT)))]
    assert titles == ["A (re-release)", "B (series)", "C, season 2", "D"]


def test_undated_releases_come_last_in_the_same_columns() -> None:
    """With their stage."""
    found = table(listing([*soon("2022-07-08"), outlook_of(film("B", stage="filming"))], CONTEXT))
    assert headings(found) == [(0, "July (1)"), (1, "No date yet (1)")]
    assert texts(found)[1][:4] == ("filming", "", "B", "")


def test_shelved_releases_come_after_the_undated_in_groups() -> None:
    """Even those that had a date, and whatever order they are in."""
    every = [
        outlook_of(film("A", "2022-07-08", stage="cancelled")),
        outlook_of(film("B", "2022-07-08", stage="on-hold")),
        outlook_of(film("C", stage="on-hold")),
        outlook_of(film("D", stage="released")),
        outlook_of(film("E", stage="filming")),
    ]
    found = table(listing(every, CONTEXT))
    assert headings(found) == [
        (0, "No date yet (1)"),
        (1, "Out (1)"),
        (2, "On hold (2)"),
        (4, "Cancelled (1)"),
    ]
    assert [row[2] for row in texts(found)] == ["E", "D", "B", "C", "A"]
    tables = [block for block in listing(every, CONTEXT).blocks() if isinstance(block, Table)]
    assert [each.heading for each in tables] == [
        "No date yet · as of 4 Jul 2022 · US",
        "Out",
        "On hold",
        "Cancelled",
    ]
    assert [row[1] for each in tables for row in texts(each)] == ["E", "D", "B", "C", "A"]
    assert table(listing(every, CONTEXT, ranked=True)).breaks == ()


def test_ranked_rows_keep_their_order_and_say_the_whole_date() -> None:
    """They have no months."""
    found = table(listing(soon("2023-07-08", "2022-07-08"), AMERICAN, heading="Found", ranked=True))
    assert found.breaks == ()
    assert [row[3] for row in texts(found)] == ["Jul 8, 2023", "Jul 8, 2022"]


def test_title_has_day_and_region() -> None:
    """And what the list is of."""
    blocks = screen(listing(soon("2022-07-08"), CONTEXT, heading="Out"))
    assert lines(blocks[0]) == ["Out", "Mon 4 Jul 2022", "dates for US"]
    blocks = screen(listing(soon("2022-07-08"), ViewContext(NOW)))
    assert lines(blocks[0]) == ["Coming up", "Mon 4 Jul 2022"]


def test_region_of_most_dates_is_in_the_heading() -> None:
    """Then it is the others that are marked, the user's own too."""
    dates = ["2022-07-08 BR theatrical", "2022-07-08 BR theatrical", "2022-07-09 US theatrical"]
    view = listing(soon(*dates), CONTEXT)
    assert lines(screen(view)[0])[2] == "most dates for BR"
    assert [row[3] for row in texts(table(view))] == ["Fri  8", "Fri  8", "Sat  9 US"]
    view = listing(soon(*dates[1:]), CONTEXT)
    assert lines(screen(view)[0])[2] == "dates for US"
    assert [row[3] for row in texts(table(view))] == ["Fri  8 BR", "Sat  9"]
    view = listing(soon(dates[0]), CONTEXT)
    assert [row[3] for row in texts(table(view))] == ["Fri  8 BR"]


def test_narrow_terminal_has_two_lines_for_each() -> None:
    """No word is cut and nothing is lost."""
    view = listing(
        soon("2022-07-08", platform=("Disney+",)), CONTEXT, followed=frozenset({"film-0"})
    )
    (found,) = [block for block in screen(view, columns=76) if isinstance(block, Lines)]
    assert lines(found) == ["July (1)", "♥ Film 0", "  in\u00a04\u00a0days · Fri\u00a08 · Disney+"]
    plain = listing(soon("2022-07-08"), CONTEXT)
    (found,) = [block for block in screen(plain, columns=20) if isinstance(block, Lines)]
    assert lines(found) == ["July (1)", "Film 0", "  in\u00a04\u00a0days · Fri\u00a08"]


@pytest.mark.parametrize(
    ("size", "count"), [((80, 22), 16), ((80, 12), 6), ((80, 1), 3), ((40, 22), 7), ((80, 90), 40)]
)
def test_overview_shows_what_fits(size: tuple[int, int], count: int) -> None:
    """At least three, however low the terminal is; its month still says how many it has."""
    view = coming(
        soon(*[f"2022-08-{day:02}" for day in range(1, 32)] + ["2022-09-01"] * 9),
        CONTEXT,
        followed=frozenset(),
        ahead=Ahead({(2022, 8): 31, (2024, 1): 19}, 3),
    )
    blocks = screen(view, *size)
    shown = [
        block.rows if isinstance(block, Table) else block.lines
        for block in blocks
        if isinstance(block, Table | Lines)
    ]
    (rows,) = shown
    assert len([row for row in rows if "Film" in "".join(cell.text for cell in row)]) == count
    if size[0] == 80:
        assert headings(table(view, lines=size[1]))[0] == (0, "August (31)")
    assert lines(blocks[-2]) == [
        f"{50 - count} more until 2024 · 3 without a date",
        "countdown list · countdown status",
    ]
    assert view.fits


def test_overview_has_all_that_is_followed_of_three_months() -> None:
    """Even if others would come before it."""
    found = soon(*[f"2022-08-{day:02}" for day in range(1, 32)], "2022-10-04", "2022-10-05")
    ids = frozenset({"film-31", "film-32"})
    rows = texts(table(coming(found, CONTEXT, followed=ids, ahead=ALONE), lines=12))
    assert [row[2] for row in rows] == ["Film 0", "Film 1", "Film 2", "Film 3", "Film 31"]


def test_overview_ends_with_the_calendar() -> None:
    """The three months of what is followed have no day after that."""
    now = Moment.at(datetime(9999, 12, 30, 12, tzinfo=UTC), UTC)
    (end,) = [outlook_of(film("End", "9999-12-31", id="end"), now=now)]
    context = CONTEXT._replace(now=now)
    view = coming([end], context, followed=frozenset(("end",)), ahead=Ahead({(9999, 12): 1}, 0))
    assert len(table(view).rows) == 1


@pytest.mark.parametrize(
    ("ahead", "footer"),
    [
        (Ahead({(2022, 7): 1}, 0), []),
        (Ahead({(2022, 7): 1}, 2), ["2 without a date", "countdown status"]),
        (Ahead({(2022, 7): 1, (2029, 12): 1234}, 0), ["1,234 more until 2029", "countdown list"]),
    ],
)
def test_footer_has_only_missing_releases(ahead: Ahead, footer: list[str]) -> None:
    """And how to get it."""
    blocks = screen(coming(soon("2022-07-08"), CONTEXT, followed=frozenset(), ahead=ahead))
    assert lines(blocks[2]) == footer


def test_list_has_counts_of_missing_releases() -> None:
    """With the commands that do, each once."""
    command = "countdown list --all"
    missing = [("37 out already", command), ("2 cancelled", command), ("9 more", "x")]
    view = listing(soon("2022-07-08"), CONTEXT, missing=missing)
    assert lines(screen(view)[-2]) == [
        "37 out already · 2 cancelled · 9 more",
        f"{command} · x",
    ]


def test_window_leaves_the_year_to_its_month() -> None:
    """Unless it is nothing else, or stands under another heading."""
    found = table(listing(soon("2022-06-01/2022-06-10", "2022-09", "2022-24", "2023"), CONTEXT))
    assert [row[3] for row in texts(found)] == [
        "early Jun 2022",
        "Sep",
        "winter 2022 (Dec–Feb)",
        "2023",
    ]
    american = AMERICAN._replace(region=None)
    found = table(listing(soon("2022-09-03/2022-09-07"), american))
    assert texts(found)[0][3] == "Sep 3–7"
    portuguese = CONTEXT._replace(date_style="pt", region=None)
    found = table(listing(soon("2022-09-03/2022-09-07", "2022-10"), portuguese))
    assert [row[3] for row in texts(found)] == ["3–7 de set.", "out."]
    ranked = table(listing(soon("2022-09"), CONTEXT, ranked=True))
    assert texts(ranked)[0][3] == "Sep 2022"


def test_columns_of_a_list_on_a_terminal() -> None:
    """Titles and places go on below themselves; franchises make room first, then the cast."""
    found = table(listing(soon("2022-07-08"), CONTEXT), columns=77)
    assert [(c.heading, c.rank, c.stretch, c.least, c.wraps) for c in found.columns] == [
        *(("Left", 0, False, 0, False), ("", 0, False, 0, False)),
        *(("Title", 0, True, 26, True), ("Date", 1, False, 0, False)),
        *(("Where", 2, True, 21, True), ("With", 4, True, 22, False)),
        ("Franchise", 5, True, 22, False),
    ]
    assert [c.heading for c in found.columns if c.right] == ["Left"]
    assert [c.heading for c in found.columns if c.names] == ["With"]


@pytest.mark.parametrize("style", ["pt", "ja", "de", "month-day-year"])
@pytest.mark.parametrize("columns", [77, 80, 84, 90])
def test_where_is_left_out_in_no_language(style: str, columns: int) -> None:
    """If there is no room for it, it goes below the title."""
    context = CONTEXT._replace(date_style=style)
    found = soon("2022-09-03/2022-09-07", "2023-01-18", platform=("Netflix",))
    for view in (
        listing(found, context),
        coming(found, context, followed=frozenset(), ahead=ALONE),
    ):
        (block,) = [b for b in screen(view, columns) if isinstance(b, Table | Lines)]
        if isinstance(block, Lines):
            assert sum("Netflix" in line for line in lines(block)) == 2
        else:
            lengths = [[width(row[n]) for row in texts(block)] for n in range(len(block.columns))]
            assert 4 in widths(block.columns, lengths, columns, gap=2)


def test_released_title_keeps_its_year() -> None:
    """Nothing else says how long ago that is."""
    found = table(listing(soon("2019-02-03", "2023-08"), CONTEXT))
    assert [row[0].text for row in found.rows] == ["out 2019", "by 31 Aug"]


def test_row_names_four_of_the_cast() -> None:
    """As many of them as have room are drawn."""
    cast = tuple(Credit(name) for name in ("Al", "Bo", "Cy", "Di", "Ed"))
    found = table(listing(soon("2022-07-08", cast=cast), CONTEXT))
    assert texts(found)[0][5] == "Al, Bo, Cy, Di"


def test_legend_has_only_signs_that_are_on_the_screen() -> None:
    """Of what is followed, and of doubt."""
    view = listing(soon("2022-07-08"), CONTEXT, followed=frozenset({"other"}))
    assert screen(view)[-1] == Items(())
    doubt = listing(
        soon("2022-07-08", unverified=("date",)), CONTEXT, followed=frozenset({"film-0"})
    )
    assert len(lines(screen(doubt)[-1])) == 2


def test_date_without_a_stated_place_is_marked() -> None:
    """The legend tells what the mark means."""
    release = film("A", "2022-07-08")
    dates = (release.dates[0]._replace(place="unstated"),)
    view = listing([outlook_of(release._replace(dates=dates))], CONTEXT)
    assert texts(table(view))[0][3] == "Fri  8 place?"
    assert lines(screen(view)[-1]) == ["place? the source doesn't say where"]
