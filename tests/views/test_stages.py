"""Productions without a date, on a track of stages."""

from typing import Any

import pytest

from countdown.core import day_style
from countdown.core.release import STAGES
from countdown.views import stages as track
from countdown.views.status import status
from countdown.views.view import Block, Cell, Items, Table, View
from tests.views.releases import (
    AMERICAN,
    BLADE,
    CONTEXT,
    ISO,
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

NEWS = [source("https://www.variety.com/1", "2022-01-03"), source("https://a.org/2", "2022-06")]


def test_status_has_a_row_for_each_production() -> None:
    """The track, the stage and since when, how old the news is and from whom."""
    blade = BLADE._replace(sources=(*NEWS,), stage_note="Script is being written.")
    other = film("B", stage="on-hold", sources=NEWS[:1], expected="2027")
    view = status([outlook_of(blade), outlook_of(other)], CONTEXT)
    table, stages, doubt = view.blocks()
    assert isinstance(table, Table)
    assert table.heading == "No date yet · as of 4 Jul 2022"
    assert texts(table) == [
        (
            *("■■■□□□□", "Blade", "pre-production", "since Mar 2022", "news of Jun 2022", "a.org"),
            *("Disney+", "Script is being written"),
        ),
        (
            "□□□□□□□",
            "B",
            "on hold",
            "",
            "news of Jan 2022",
            "variety.com",
            "",
            "expected 2027",
        ),
    ]
    assert looks(table) == [
        ("window", "title", "", "muted", news, "muted", "", "muted") for news in ("muted", "old")
    ]
    assert runs(stages) == [
        [Cell(text, "muted")]
        for text in (
            *("1 announced", "2 development", "3 pre-production", "4 filming", "5 wrapped"),
            *("6 post-production", "7 completed"),
        )
    ]
    assert doubt == Items(())
    assert view.outlooks == (outlook_of(blade), outlook_of(other))
    assert view.context == CONTEXT


def test_columns_of_the_status_make_room_from_the_right() -> None:
    """Title and stage stay; the track goes last."""
    table = tables(status([outlook_of(BLADE)], CONTEXT))[0]
    assert columns(table) == [
        *(("", ""), ("Title", "stretch"), ("Stage", ""), ("Since", ""), ("News", "")),
        *(("Source", "stretch"), ("Where", "stretch"), ("Note", "stretch")),
    ]
    assert drop_out(table) == ["Note", "Where", "Source", "Since", "News", ""]


@pytest.mark.parametrize(
    ("release", "heading"),
    [
        (film("A"), "No date yet"),
        (film("A", "2022-07-08", stage="on-hold"), "No date yet"),
        (film("A", "2022-07-08", stage="cancelled"), "No date yet"),
        (film("A", "2022-07-08"), "Status"),
        (film("A", stage="released"), "Status"),
    ],
)
def test_heading_of_the_status(release: Any, heading: str) -> None:
    """It may be asked of a release that has a date."""
    view = status([outlook_of(BLADE), outlook_of(release)], AMERICAN)
    assert tables(view)[0].heading == f"{heading} · as of Jul 4, 2022"
    assert view.context == AMERICAN


def test_status_writes_dates_in_the_style_that_is_wanted() -> None:
    """Since when, and what the trade expects."""
    release = film("A", stage="filming", stage_since="2022-03", expected="2027-05")
    view = status([outlook_of(release)], ISO)
    (row,) = texts(tables(view)[0])
    assert (row[3], row[7]) == ("since 2022-03", "expected 2027-05")


@pytest.mark.parametrize(
    ("release", "doubt"),
    [
        (film("A?"), False),
        (film("A", stage="filming", unverified=("stage",)), True),
        (film("A", stage="filming", unverified=("cast",)), False),
        (film("A", stage="filming", stage_note="Really?"), False),
        (film("A", stage_since="2022?"), True),
        (film("A", expected="2027", unverified=("expected",)), True),
        (film("A", "2022-07-08?", stage="on-hold"), True),
    ],
)
def test_status_explains_the_mark_of_doubt_where_one_is_drawn(release: Any, doubt: bool) -> None:
    """A title can end in a star of its own."""
    assert bool(legend(status([outlook_of(release)], CONTEXT))) == doubt


@pytest.mark.parametrize(
    ("stage", "drawn"),
    [
        *((None, "□□□□□□□"), ("rumoured", "□□□□□□□"), ("announced", "■□□□□□□")),
        *(("development", "■■□□□□□"), ("pre-production", "■■■□□□□"), ("filming", "■■■■□□□")),
        *(("wrapped", "■■■■■□□"), ("post-production", "■■■■■■□"), ("completed", "■■■■■■■")),
        *(("released", "■■■■■■■"), ("on-hold", "□□□□□□□"), ("cancelled", "□□□□□□□")),
    ],
)
def test_track_is_filled_as_far_as_the_stage(stage: str | None, drawn: str) -> None:
    """In squares, and in words, of which the one that is reached stands out."""
    assert track.track(stage) == drawn
    steps = track.steps(outlook_of(film("A", stage=stage))).items
    if stage == "released":
        return
    assert "".join(cell.text[0] for (cell,) in steps) == drawn
    assert [cell.text[1:] for (cell,) in steps] == [f" {name}" for name in STAGES[1:8]]
    reached = drawn.count("■")
    assert [cell.style for (cell,) in steps] == [
        "heading" if number == reached else "muted" for number in range(1, 8)
    ]


@pytest.mark.parametrize(
    ("facts", "text", "old"),
    [
        ({}, "", False),
        ({"checked": "2022-07-01"}, "news of Jul 2022", False),
        ({"checked": "2022-07-01", "sources": NEWS[:1]}, "news of Jul 2022", False),
        ({"checked": "2021-07-01", "sources": NEWS[:1]}, "news of Jan 2022", True),
        ({"sources": [source("https://a.b")], "checked": "2022-07-03"}, "news of Jul 2022", False),
        ({"sources": [source("https://a.b", "2022-01-05")]}, "news of Jan 2022", False),
        ({"sources": [source("https://a.b", "2022-01-04")]}, "news of Jan 2022", True),
        ({"sources": NEWS}, "news of Jun 2022", False),
        ({"sources": NEWS[::-1]}, "news of Jun 2022", False),
        ({"sources": [NEWS[1], source("https://a.b", "2022-06-15")]}, "news of Jun 2022", False),
        ({"sources": [source("https://a.b", "2022-07-05")]}, "news of Jul 2022", False),
        ({"sources": [source("https://a.b", "2022-07-06")]}, "", False),
        ({"sources": [source("https://a.b", "2022-12-01"), NEWS[0]]}, "news of Jan 2022", True),
        ({"checked": "2021?"}, "news of 2021?", True),
    ],
)
def test_age_of_the_news(facts: dict[str, Any], text: str, old: bool) -> None:
    """That of the latest source or check; after 180 days it is old."""
    assert track.news_age(film("A", **facts), CONTEXT) == (text, old)
    view = status([outlook_of(film("A", **facts))], CONTEXT)
    assert tables(view)[0].rows[0][4] == Cell(text, "old" if old else "muted")
    row = screen_table(view).rows[0]
    assert row[3] == Cell(text.removeprefix("news of "), "old" if old else "")


def test_news_is_dated_in_the_style_that_is_wanted() -> None:
    """And with exact days, by its age."""
    release = film("A", sources=[source("https://a.b", "2022-06-01")])
    view = status([outlook_of(release)], ISO)
    assert texts(tables(view)[0])[0][4] == "news of 2022-06"
    exact = status([outlook_of(release)], CONTEXT._replace(exact_days=True))
    assert texts(tables(exact)[0])[0][4] == "news 33 days ago"


@pytest.mark.parametrize(
    ("sources", "host"),
    [
        ([], ""),
        ([source("https://a.b/c")], "a.b"),
        ([source("https://a.b/c"), source("https://c.d/e")], "a.b"),
        ([source("https://a.b/c"), source("https://c.d/e", "2022-01")], "c.d"),
        (NEWS, "a.org"),
        (NEWS[::-1], "a.org"),
        ([source("https://a.b/c", "2022-12"), source("https://c.d/e")], "c.d"),
        ([source("https://a.b/c", "2022-12"), NEWS[0]], "variety.com"),
    ],
)
def test_source_of_the_news(sources: list[Any], host: str) -> None:
    """The host of the latest, else of the first without a day; what is later isn't news yet."""
    assert track.news_source(film("A", sources=sources), CONTEXT) == host


def test_stage_that_lies_ahead_is_not_claimed() -> None:
    """Its row says when it was reached, or read."""
    for facts, note in (
        ({"stage_since": "2023-02"}, "filming from Feb 2023"),
        ({"checked": "2023-03-01"}, "filming as of 1 Mar 2023"),
    ):
        outlook = outlook_of(
            film("A", stage="filming", stage_note="In Rome.", unverified=("stage",), **facts)
        )
        view = status([outlook], CONTEXT)
        assert texts(tables(view)[0])[0] == ("□□□□□□□", "A", "stage unknown", "", "", "", "", note)
        table = screen_table(view)
        assert table.rows[0][0].text == ""  # Nobody knows that it hasn't begun.
        assert table.breaks[0][1][0].text == "Stage unknown"
        assert dict(table.below)[0][0].text == note.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({}, ""),
        ({"stage": "filming", "stage_note": "In Prague."}, "In Prague"),
        ({"stage": "filming", "stage_note": "In Prague"}, "In Prague"),
        (
            {"stage": "on-hold", "stage_note": "No money.", "expected": "2027"},
            "No money; was Jul 8, 2022; expected 2027",
        ),
        ({"stage": "filming", "expected": "2027-05-01"}, "expected May 1, 2027"),
    ],
)
def test_note_of_a_production(facts: dict[str, Any], text: str) -> None:
    """What is said of it, the date that it once had, and what is expected."""
    assert (
        track.status_note(outlook_of(film("A", "2022-07-08", **facts)), day_style.AMERICAN) == text
    )


# ---- On a terminal ----


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


@pytest.mark.parametrize(
    ("stage", "heading", "named"),
    [
        *(("completed", "Finished", ""), ("post-production", "In post-production", "")),
        *(("wrapped", "In post-production", "wrapped"), ("filming", "Shooting", "")),
        *(
            ("pre-production", "In pre-production", ""),
            ("development", "Planned", "in development"),
        ),
        *(("announced", "Planned", "announced"), ("rumoured", "Rumoured", "")),
        *((None, "Stage unknown", ""), ("on-hold", "On hold", ""), ("cancelled", "Cancelled", "")),
        ("released", "Out", ""),
    ],
)
def test_productions_stand_under_their_stages(stage: str | None, heading: str, named: str) -> None:
    """A row names a stage that shares its heading with another."""
    table = screen_table(status([outlook_of(film("A", stage=stage))], CONTEXT), 170)
    ((row, cells),) = table.breaks
    assert (row, cells) == (0, (Cell(heading, "heading"), Cell(" (1)", "muted")))
    assert table.rows[0][6].text == named


def test_headings_of_stages_have_counts() -> None:
    """One heading for all of its stages."""
    stages = ("post-production", "wrapped", "filming")
    view = status([outlook_of(film("A", stage=stage)) for stage in stages], CONTEXT)
    table = screen_table(view)
    headings = [(row, "".join(cell.text for cell in cells)) for row, cells in table.breaks]
    assert headings == [(0, "In post-production (2)"), (2, "Shooting (1)")]


WITH_NOTE = BLADE._replace(sources=(*NEWS,), stage_note="In Prague.", unverified=("stage",))


def test_notes_stand_beside_or_below_a_title() -> None:
    """Wherever the terminal has room; nothing is left out on a narrow one."""
    view = status([outlook_of(WITH_NOTE)], CONTEXT)
    wide = screen_table(view, 170)
    note = "since\u00a0Mar\u00a02022 · In Prague"
    row = ("■■■□□□□?", "", "Blade", "Jun 2022", "Disney+", "a.org")
    assert texts(wide) == [(*row, note)]
    assert drop_out(wide) == ["Source", "Note", "Where"]
    table = screen_table(view, 169)
    assert texts(table) == [(*row, "")]
    assert table.below == ((0, (Cell(note, "muted"),)),)
    assert table.has_headings
    assert screen_table(status([outlook_of(film("A"))], CONTEXT)).below == ()
    assert words(on_screen(view, 55)[1]) == [
        "In pre-production (1)",
        "Blade",
        f"  ■■■□□□□? · news\u00a0of\u00a0Jun\u00a02022 · Disney+ · {note}",
    ]


def test_columns_of_the_status_on_a_terminal() -> None:
    """Titles, places and notes go on below themselves; sources make room first."""
    columns = screen_table(status([outlook_of(BLADE)], CONTEXT)).columns
    assert [(c.heading, c.rank, c.stretch, c.least, c.wraps) for c in columns] == [
        *(("Stage", 0, False, 0, False), ("", 0, False, 0, False)),
        *(("Title", 0, True, 30, True), ("Last news", 0, False, 0, False)),
        *(("Where", 1, True, 21, True), ("Source", 3, True, 0, False)),
        ("Note", 2, True, 40, True),
    ]


def test_narrow_terminal_gets_no_empty_facts() -> None:
    """And a heart before the title."""
    outlooks = [outlook_of(film(title)) for title in ("A", "B")]
    view = status(outlooks, CONTEXT, followed=frozenset({"a"}))
    drawn = words(on_screen(view, 40)[1])
    assert drawn == ["Stage unknown (2)", "♥ A", "B"]


def test_status_marks_followed_releases() -> None:
    """With a heart, which the legend explains, and weight."""
    outlooks = [outlook_of(WITH_NOTE), outlook_of(film("B"))]
    view = status(outlooks, CONTEXT, followed=frozenset({"blade"}))
    rows = screen_table(view).rows
    assert [row[1:3] for row in rows] == [
        (Cell("♥", "today"), Cell("Blade", "title")),
        (Cell("", "today"), Cell("B")),
    ]
    assert words(on_screen(view)[-1]) == ["♥ you follow it", "? not confirmed"]
    assert tables(view)[0].rows[0][0].text == "■■■□□□□♥"
    assert tables(view)[0].rows[1][0].text == "□□□□□□□"
    assert legend(view) == ["♥ you follow it", "? not confirmed"]
    assert words(on_screen(status(outlooks[1:], CONTEXT))[-1]) == []


def test_footer_has_commands_for_more() -> None:
    """Of one, and of those that are left out."""
    about = "countdown show TITLE"
    view = status([outlook_of(BLADE)], CONTEXT)
    assert words(on_screen(view)[2]) == ["More about one", about]
    missing = [("1,234 more", "countdown status")]
    limited = status([outlook_of(BLADE)], CONTEXT, missing=missing)
    assert words(on_screen(limited)[2]) == [
        "1,234 more · more about one",
        f"countdown status · {about}",
    ]


def test_status_of_a_dated_release_has_its_date() -> None:
    """And the time until it, exact if that is wanted."""
    release = film("A", "2022-09-08 US", stage="wrapped")
    view = status([outlook_of(release)], CONTEXT)
    assert (
        texts(screen_table(view, 170))[0][6]
        == "wrapped · 8\u00a0Sep\u00a02022 · in\u00a09\u00a0weeks"
    )
    assert words(on_screen(view)[0])[0] == "Status"
    exact = status([outlook_of(release)], CONTEXT._replace(exact_days=True))
    assert (
        texts(screen_table(exact, 170))[0][6]
        == "wrapped · 8\u00a0Sep\u00a02022 · in\u00a066\u00a0days"
    )
