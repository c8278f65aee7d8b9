"""Releases of people: rows with roles and jobs, and an axis of time on a terminal."""

from typing import Any

import pytest

from countdown.core.outlook import Outlook
from countdown.core.release import Credit, Release
from countdown.views.people import people_listing
from countdown.views.person import Person
from countdown.views.view import Block, Cell, Lines, Table, View
from tests.views.releases import (
    AMERICAN,
    CONTEXT,
    DUNE,
    THOR,
    columns,
    drop_out,
    film,
    legend,
    looks,
    outlook_of,
    runs,
    source,
    tables,
    texts,
)


def person(name: str, *outlooks: Outlook) -> Person:
    """Someone of whom all *outlooks* are shown."""
    return Person(name, outlooks, outlooks)


# ---- In rows ----


def test_people_have_a_table_each() -> None:
    """With what they are in, as whom, when and where; the heading is a record's, too."""
    both = outlook_of(THOR)
    groups = [person("Chris Hemsworth", both), person("Zendaya", outlook_of(DUNE), both)]
    view = people_listing(groups, context=CONTEXT)
    thor, dune = tables(view)
    assert (thor.heading, thor.repeats_heading, dune.heading) == (
        "Chris Hemsworth",
        True,
        "Zendaya",
    )
    assert texts(thor) == [
        ("●", "Thor: Love and Thunder", "Thor", "8 Jul 2022", "in 4 days", "Disney+, IMAX")
    ]
    assert looks(thor) == [("week", "title", "", "", "week", "")]
    assert [row[2] for row in texts(dune)] == ["Chani", ""]
    assert legend(view) == ["● within a week", "○ later"]
    assert view.outlooks == (outlook_of(THOR), outlook_of(DUNE))  # each once
    assert view.context == CONTEXT
    american = people_listing(groups, context=AMERICAN)
    assert texts(tables(american)[0])[0][3] == "Jul 8, 2022"
    assert american.context == AMERICAN


def test_columns_of_a_person_make_room_from_the_right() -> None:
    """The title and what is left stay."""
    (table,) = tables(people_listing([person("Zendaya", outlook_of(DUNE))], context=CONTEXT))
    assert columns(table) == [
        *(("", ""), ("Title", "stretch"), ("As", "stretch"), ("When", "days"), ("Left", "")),
        ("Where", "stretch"),
    ]
    assert drop_out(table) == ["Where", "As", "When"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Zendaya", "Chani"),
        ("Denis Villeneuve", "director, writer"),
        ("Jon Spaihts", "writer"),
        ("Nobody", ""),
    ],
)
def test_person_is_credited_with_a_role_or_a_job(name: str, text: str) -> None:
    """With all of them."""
    (table,) = tables(people_listing([person(name, outlook_of(DUNE))], context=CONTEXT))
    assert texts(table)[0][2] == text


@pytest.mark.parametrize(
    ("unverified", "text"),
    [
        (("cast",), "Cy?, director"),
        (("director",), "Cy, director?"),
        (("cast", "director"), "Cy?, director?"),
        (("writer",), "Cy, director"),
    ],
)
def test_doubt_is_about_one_credit(unverified: tuple[str, ...], text: str) -> None:
    """A doubt about the cast is none about the director."""
    cast = (Credit("Bo", "Cy"),)
    release = film("A", "2022-07-08", cast=cast, director=("Bo",), unverified=unverified)
    view = people_listing([person("Bo", outlook_of(release))], context=CONTEXT)
    assert texts(tables(view)[0])[0][2] == text
    signs = ["? not confirmed"] if "?" in text else []
    assert legend(view) == ["● within a week", *signs]
    assert words(on_screen(view)[-1]) == signs


@pytest.mark.parametrize(
    ("writer", "unverified", "text"),
    [
        ((), (), ""),
        (("Bo",), (), "actor, writer"),
        (("Cy",), ("cast",), "actor?"),
        (("Bo",), ("writer",), "actor, writer?"),
    ],
)
def test_actor_without_a_role(
    writer: tuple[str, ...], unverified: tuple[str, ...], text: str
) -> None:
    """That is nothing to say, but beside another job, or if it isn't confirmed, it is."""
    release = film("A", cast=(Credit("Bo"),), writer=writer, unverified=unverified)
    (table,) = tables(people_listing([person("Bo", outlook_of(release))], context=CONTEXT))
    assert texts(table)[0][2] == text


# ---- On a terminal ----

NEWS = (source("https://a.org", "2022-06-01"),)
OLD_NEWS = (source("https://a.org", "2021-06-01"),)
BO = (Credit("Bo", "Cy"),)


def on_screen(view: View, columns: int = 80) -> list[Block]:
    """The blocks of *view* on a terminal of that width."""
    assert view.screen is not None
    return [*view.screen(columns, 22)]


def screen_table(view: View, columns: int = 80) -> Table:
    """The table of *view* there."""
    table = on_screen(view, columns)[1]
    assert isinstance(table, Table)
    return table


def words(block: Block) -> list[str]:
    """The text of each line or item."""
    return ["".join(cell.text for cell in run) for run in runs(block)]


def bo(*releases: Release, **shown: Any) -> View:
    """The view of Bo with *releases*."""
    return people_listing([person("Bo", *map(outlook_of, releases))], CONTEXT, **shown)


DATED = film("A", "2022-09-08", cast=BO, platform=("Netflix",))
UNDATED = film("B", stage="filming", sources=NEWS, cast=BO, unverified=("stage",))


def test_dates_and_stages_share_an_axis() -> None:
    """A dot for a day, a bar for a window, and the track of what has no date, with its news."""
    window = film("W", "2023", cast=BO)
    table = screen_table(bo(DATED, window, UNDATED))
    assert [column.heading for column in table.columns] == [
        *("Left", "", "Title"),
        *("2022                  2023", "As", "Where"),
    ]
    ruler, *rows = texts(table)
    assert set(ruler[3]) == {"┬", "─"}
    assert ruler[:3] == ("", "", "")
    assert [row[0] for row in rows] == ["in 9 weeks", "by 31 Dec 2023", "filming?"]
    assert [row[2] for row in rows] == ["A", "W", "B"]
    assert rows[0][3].strip() == "● 8 Sep 2022"
    assert set(rows[1][3].replace(" 2023", "").strip()) == {"━"}
    assert rows[2][3] == "■■■■□□□? news of Jun 2022"
    assert [row[3].style for row in table.rows] == ["muted", "later", "window", "window"]
    assert table.has_headings


def test_old_news_is_dim_on_the_axis() -> None:
    """As everywhere."""
    table = screen_table(bo(UNDATED._replace(sources=OLD_NEWS)))
    assert table.rows[0][3] == Cell("■■■■□□□? news of Jun 2021", "old")


def test_roles_stand_beside_titles_or_below() -> None:
    """And so does where it will be shown."""
    view = bo(DATED)
    assert texts(screen_table(view))[1][4:] == ("Cy", "Netflix")
    long = DATED._replace(title="A long title of thirty letters", platform=("Universal Pictures",))
    narrow = screen_table(bo(long))
    assert texts(narrow)[1][4:] == ("", "")
    assert narrow.below == (
        (1, (Cell("as Cy", "muted"), Cell(" · ", "muted"), Cell("Universal Pictures", "muted"))),
    )
    wide = screen_table(bo(long), 120)
    assert texts(wide)[1][4:] == ("Cy", "Universal Pictures")
    assert wide.below == ()
    job = long._replace(cast=(), director=("Bo",), platform=())
    assert screen_table(bo(job, long)).below[0] == (1, (Cell("director", "muted"),))
    assert drop_out(wide) == ["Where", "As"]


def test_columns_of_people_on_a_terminal() -> None:
    """Titles, roles and places go on below themselves, and are never narrower than usual ones."""
    cast = (Credit("Bo", "r" * 40),)
    release = film("T" * 40, "2022-09-08", cast=cast, platform=("w" * 40,))
    columns = screen_table(bo(release), 200).columns
    assert [(c.heading, c.rank, c.stretch, c.least, c.wraps) for c in columns if c.stretch] == [
        *(("Title", 0, True, 36, True), ("As", 1, True, 24, True), ("Where", 2, True, 21, True))
    ]
    assert [c.heading for c in columns if c.right] == ["Left"]
    small = screen_table(bo(DATED), 200).columns
    assert [c.least for c in small if c.stretch] == [5, 2, 7]


def test_news_without_room_on_the_axis_stands_below() -> None:
    """Of all titles alike."""
    other = film("B" * 36, stage="on-hold", sources=OLD_NEWS, cast=BO)
    was = film("C", "2021-07-08 US", stage="on-hold", sources=NEWS, cast=BO)
    table = screen_table(bo(UNDATED, other, was), 70)
    assert [row[3] for row in texts(table)] == ["■■■■□□□?", "□□□□□□□", "□□□□□□□"]
    assert [words(Lines((cells,)))[0] for _, cells in table.below] == [
        "as Cy · news of Jun 2022",
        "as Cy · news of Jun 2021",
        "as Cy · was 8 Jul 2021 · news of Jun 2022",
    ]
    assert table.below[1][1][-1].style == "old"


def test_axis_makes_room_for_dates_beside_it() -> None:
    """No row is wider than the terminal, whatever the place of its dot."""
    for month in range(1, 13):
        view = bo(DATED, film("D", f"2023-{month:02}-20", cast=BO))
        for size in (70, 80, 100):
            table = screen_table(view, size)
            sizes = [
                max(len(text) for text in column) for column in zip(*texts(table), strict=True)
            ]
            assert sum(sizes) + 2 * len([each for each in sizes if each]) - 2 <= size


def test_axis_keeps_its_least_width_beside_the_longest_date() -> None:
    """Then titles make room, when the table is drawn."""
    long = film("D" * 40, "2023-06-03/2023-07-04 BR re-release", cast=BO)
    table = screen_table(bo(long), 70)
    assert len(texts(table)[0][3]) == 12
    assert texts(table)[1][3].endswith("━━ 3 Jun–4 Jul 2023 BR re-release")


def test_undated_releases_have_no_axis() -> None:
    """Only tracks."""
    table = screen_table(bo(UNDATED))
    assert table.columns[3].heading == ""
    assert len(table.rows) == 1
    out = film("C", stage="released", cast=BO)
    assert texts(screen_table(bo(out)))[0][:4] == ("out", "", "C", "")


def test_heading_of_a_person_has_the_next_release() -> None:
    """And by the numbers of what is ahead and out, whatever of it is shown."""
    outlooks = [
        *(outlook_of(film("O", "2022-07-01", cast=BO)), outlook_of(film("L", "2022-06", cast=BO))),
        *(outlook_of(DATED), outlook_of(UNDATED)),
    ]
    shown = Person("Bo", outlooks, outlooks[1:])
    view = people_listing([shown], CONTEXT)
    (header,) = runs(on_screen(view)[0])
    assert "".join(cell.text for cell in header) == "Bo   next: A in 9 weeks · 3 ahead · 1 out"
    assert (header[0].style, header[4].style) == ("heading", "later")
    assert view.outlooks == tuple(outlooks[1:])
    undated = Person("Bo", outlooks[3:], outlooks[3:], is_followed=True)
    assert words(on_screen(people_listing([undated], CONTEXT))[0]) == ["Bo ♥   1 ahead"]
    out = Person("Bo", outlooks[:1], outlooks[:1])
    assert words(on_screen(people_listing([out], CONTEXT))[0]) == ["Bo   nothing ahead · 1 out"]


@pytest.mark.parametrize(
    ("release", "text"),
    [
        (film("O", "2022-05-01", cast=BO), "Last seen in O (May 2022)"),
        (film("O", "2022", stage="released", cast=BO), "Last seen in O (2022)"),
        (film("O", "2022-05-01", director=("Bo",)), "Latest: O (May 2022)"),
        (film("O", stage="released", cast=BO), None),
    ],
)
def test_last_role_is_named_unless_it_is_shown(release: Release, text: str | None) -> None:
    """Of what has a date."""
    out, ahead = outlook_of(release), outlook_of(UNDATED)
    older = outlook_of(film("Older", "2001-01-01", cast=BO))
    table = screen_table(people_listing([Person("Bo", [older, out, ahead], [ahead])], CONTEXT))
    found = ["".join(cell.text for cell in cells) for _, cells in table.breaks]
    assert found == ["", text or "Last seen in Older (Jan 2001)"]
    assert {number for number, _ in table.breaks} == {1}
    all_shown = people_listing([person("Bo", out, ahead)], CONTEXT)
    texts = ["".join(cell.text for cell in cells) for _, cells in screen_table(all_shown).breaks]
    assert texts == (["No date yet"] if text else [])


def test_undated_releases_are_below_the_axis() -> None:
    """So that no track of stages seems to be a period; without an axis there is nothing to part."""
    held = film("H", "2023-01-01", stage="on-hold", cast=BO)
    axed = film("X", stage="cancelled", cast=BO)
    late = outlook_of(film("L", stage="filming", cast=(Credit("Cy"),)))
    view = people_listing(
        [person("Bo", *map(outlook_of, (DATED, UNDATED, held, axed))), person("Cy", late)], CONTEXT
    )
    breaks = screen_table(view).breaks
    assert [(number, "".join(cell.text for cell in cells)) for number, cells in breaks] == [
        (1, "Bo   next: A in 9 weeks · 3 ahead"),
        (2, "No date yet"),
        (3, "On hold"),
        (4, "Cancelled"),
        (5, ""),
        (5, "Cy   1 ahead"),
        (5, "No date yet"),
    ]
    assert screen_table(bo(DATED)).breaks == ()
    assert screen_table(bo(UNDATED, axed)).breaks == ()


def test_several_people_share_the_axis() -> None:
    """Each under their own name, parted by an empty line."""
    out = outlook_of(film("O", "2022-05-01", cast=(Credit("Cy"),)))
    ahead, later = outlook_of(DATED), outlook_of(UNDATED)
    view = people_listing(
        [person("Bo", ahead, later), Person("Cy", [out, ahead], [ahead])], CONTEXT
    )
    assert words(on_screen(view)[0])[0] == "2 people"
    table = screen_table(view)
    assert [(number, "".join(cell.text for cell in cells)) for number, cells in table.breaks] == [
        (1, "Bo   next: A in 9 weeks · 2 ahead"),
        (2, "No date yet"),
        (3, ""),
        (3, "Cy   next: A in 9 weeks · 1 ahead · 1 out"),
        (4, "Last seen in O (May 2022)"),
    ]
    assert [row[2] for row in texts(table)] == ["", "A", "B", "A"]
    assert words(on_screen(view, 69)[0]) == [
        *("Bo", "  next: A in 9 weeks · 2 ahead"),
        *("A", "  in 9 weeks · 8 Sep 2022 · as Cy · Netflix"),
        *("B", "  filming? · as Cy · news of Jun 2022", ""),
        *("Cy", "  next: A in 9 weeks · 1 ahead · 1 out", "A"),
        *("  in 9 weeks · 8 Sep 2022 · Netflix", "Last seen in O (May 2022)"),
    ]


def test_footer_counts_missing_releases() -> None:
    """Its commands on one line if that has room."""
    missing = [("14 out already", "countdown actor bo --all"), ("not followed yet", "x")]
    assert words(on_screen(bo(DATED, missing=missing))[2]) == [
        "14 out already · not followed yet",
        "countdown actor bo --all · x",
    ]
    assert words(on_screen(bo(DATED, missing=missing), 27)[1]) == [
        "14 out already · not followed yet",
        *("countdown actor bo --all", "x"),
    ]
    assert words(on_screen(bo(DATED, missing=missing), 28)[1])[1:] == [
        "countdown actor bo --all · x"
    ]
    assert words(on_screen(bo(DATED))[2]) == []


def test_followed_release_has_a_heart() -> None:
    """In its row, which the legend explains, and on a narrow terminal."""
    view = bo(DATED, UNDATED, followed=frozenset({"a"}))
    rows = screen_table(view).rows
    assert rows[1][1:3] == (Cell("♥", "today"), Cell("A", "title"))
    assert rows[2][1:3] == (Cell("", "today"), Cell("B"))
    assert words(on_screen(view)[-1]) == ["♥ you follow it", "? not confirmed"]
    assert words(on_screen(view, 40)[0])[2:3] == ["♥ A"]
    assert legend(view)[-2:] == ["♥ you follow it", "? not confirmed"]
    assert texts(tables(view)[0])[0][0] == "○♥"
    assert view.followed == frozenset({"a"})
    assert words(on_screen(bo(DATED))[-1]) == []


def test_legend_explains_a_place_that_is_not_stated() -> None:
    """Which is no doubt of the date."""
    dates = (DATED.dates[0]._replace(place="unstated"),)
    view = bo(DATED._replace(dates=dates))
    assert words(on_screen(view)[-1]) == ["place? the source doesn't say where"]
    doubtful = bo(DATED._replace(dates=(dates[0]._replace(unverified=True),)))
    assert words(on_screen(doubtful)[-1])[0] == "? not confirmed"
