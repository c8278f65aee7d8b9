"""Productions without a date, on a track of stages."""

from typing import Any

import pytest

from countdown.core import day_style
from countdown.core.release import STAGES
from countdown.views import stages as track
from countdown.views.stages import status
from countdown.views.view import Cell, Items, Table
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
            *("■■■□□□", "Blade", "pre-production", "since Mar 2022", "4 days ago", "a.org"),
            *("Disney+", "Script is being written"),
        ),
        (
            "□□□□□□",
            "B",
            "on hold",
            "",
            "last news 6 months ago",
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
            "6 post-production",
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
        *((None, "□□□□□□"), ("rumoured", "□□□□□□"), ("announced", "■□□□□□")),
        *(("development", "■■□□□□"), ("pre-production", "■■■□□□"), ("filming", "■■■■□□")),
        *(("wrapped", "■■■■■□"), ("post-production", "■■■■■■"), ("completed", "■■■■■■")),
        *(("released", "■■■■■■"), ("on-hold", "□□□□□□"), ("cancelled", "□□□□□□")),
    ],
)
def test_track_is_filled_as_far_as_the_stage(stage: str | None, drawn: str) -> None:
    """In squares, and in words, of which the one that is reached stands out."""
    assert track.track(stage) == drawn
    steps = track.steps(outlook_of(film("A", stage=stage))).items
    if stage == "released":
        return
    assert "".join(cell.text[0] for (cell,) in steps) == drawn
    assert [cell.text[1:] for (cell,) in steps] == [f" {name}" for name in STAGES[1:7]]
    reached = drawn.count("■")
    assert [cell.style for (cell,) in steps] == [
        "heading" if number == reached else "muted" for number in range(1, 7)
    ]


@pytest.mark.parametrize(
    ("facts", "text", "old"),
    [
        ({}, "", False),
        ({"checked": "2022-07-01"}, "3 days ago", False),
        ({"checked": "2022-07-01", "sources": NEWS[:1]}, "last news 6 months ago", True),
        ({"sources": [source("https://a.b")], "checked": "2022-07-03"}, "yesterday", False),
        ({"sources": [source("https://a.b", "2022-01-05")]}, "25 weeks ago", False),
        ({"sources": [source("https://a.b", "2022-01-04")]}, "last news 6 months ago", True),
        ({"sources": NEWS}, "4 days ago", False),
        ({"sources": NEWS[::-1]}, "4 days ago", False),
        ({"sources": [NEWS[1], source("https://a.b", "2022-06-15")]}, "4 days ago", False),
        ({"sources": [source("https://a.b", "2022-12-01")]}, "1 Dec 2022", False),
    ],
)
def test_age_of_the_news(facts: dict[str, Any], text: str, old: bool) -> None:
    """That of the latest source, else of the last look; after 180 days it is old."""
    assert track.news_age(film("A", **facts), CONTEXT) == (text, old)
    view = status([outlook_of(film("A", **facts))], CONTEXT)
    assert tables(view)[0].rows[0][4] == Cell(text, "old" if old else "muted")


def test_age_of_the_news_is_told_in_the_style_that_is_wanted() -> None:
    """Where it is a date."""
    release = film("A", sources=[source("https://a.b", "2022-12-01")])
    assert texts(tables(status([outlook_of(release)], AMERICAN))[0])[0][4] == "Dec 1, 2022"


@pytest.mark.parametrize(
    ("sources", "host"),
    [
        ([], ""),
        ([source("https://a.b/c")], "a.b"),
        ([source("https://a.b/c"), source("https://c.d/e", "2022-01")], "c.d"),
        (NEWS, "a.org"),
        (NEWS[::-1], "a.org"),
    ],
)
def test_source_of_the_news(sources: list[Any], host: str) -> None:
    """The host of the latest, else of the first."""
    assert track.news_source(film("A", sources=sources)) == host


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
