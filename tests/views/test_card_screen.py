"""The card of a release on a terminal."""

from collections.abc import Sequence
from typing import Any

import pytest

from countdown.core import edtf
from countdown.core.history import HistoryStep
from countdown.core.release import Release
from countdown.formats import plain
from countdown.views.card import card
from countdown.views.view import Block, Cell, Items, Lines, Pairs, View, ViewContext
from tests.views.releases import (
    CONTEXT,
    THOR,
    as_drawn,
    film,
    move,
    outlook_of,
    pairs,
    runs,
    source,
)
from tests.views.test_card import STEPS


def view_of(release: Release, context: ViewContext = CONTEXT, **options: Any) -> View:
    """The card of *release*."""
    return card(outlook_of(release), context, **options)


def screen_of(view: View, columns: int = 80) -> Sequence[Block]:
    """What a terminal shows."""
    assert view.screen is not None
    return view.screen(columns, 22)


def head_of(release: Release, context: ViewContext = CONTEXT) -> str:
    """The line below the title."""
    (line,) = runs(screen_of(view_of(release, context), 200)[1])
    return as_drawn("".join(cell.text for cell in line))


def facts_of(release: Release, **options: Any) -> list[tuple[str, str]]:
    """All labels with their values."""
    blocks = screen_of(view_of(release, **options), 200)
    return [row for block in blocks if isinstance(block, Pairs) for row in pairs(block)]


def test_card_has_all_of_a_release_and_nothing_twice() -> None:
    """Block by block."""
    links = [("Sequel to", "Thor: Ragnarok"), ("See also", "Thor · Dune and 3 more")]
    view = view_of(THOR, links=links, history=STEPS, followed=frozenset({"thor-4"}))
    title, head, synopsis, making, cast, dates, history, relations, footer, legend = screen_of(view)
    assert title == Items(
        (
            (Cell("♥ ", "today"), Cell("Thor: Love and Thunder", "title")),
            (Cell("film · Marvel · Thor", "muted"),),
        )
    )
    assert runs(head) == [
        [
            Cell("In 4 days", "week"),
            Cell(" · ", "muted"),
            Cell("Friday, 8 July 2022"),
            Cell(" · ", "muted"),
            Cell("in theaters · Disney+, IMAX"),
        ]
    ]
    assert runs(synopsis) == [[Cell("A god in midlife meets a butcher of gods.")]]
    assert pairs(making) == [
        ("Distributor", "Disney"),
        ("Studio", "Marvel Studios"),
        ("Director", "Taika Waititi"),
        ("Writer", "Taika Waititi, Jennifer Kaytin Robinson"),
        ("Creator", "Stan Lee"),
        ("Country", "United States, Australia"),
        ("Stage", "■■■■■■■ completed since May 2022 · Locked in May"),
        ("Expected", "Jul 2022, not announced"),
    ]
    assert [block.lines[0][0].text for block in (cast,) if isinstance(block, Lines)] == ["Cast"]
    assert getattr(dates, "heading", "") == "Other dates"
    assert getattr(history, "heading", "") == "Moved 3 times, 14 weeks later in all"
    assert pairs(relations) == [
        ("Sequel to", "Thor: Ragnarok"),
        ("See also", "Thor · Dune and 3 more"),
        ("Also known as", "Thor 4, Thor: Amor e Trovão (pt-BR), ソー:ラブ&サンダー (ja)"),
        ("Checked", "1 Jul 2022"),
        ("Not confirmed", "writer"),
        ("Links", "IMDb tt10648342 · TMDB 616037"),
        ("Sources", "deadline.com 30 Jun 2022 · marvel.com"),
    ]
    assert isinstance(relations, Pairs)
    assert [cell.link for _, value in relations.rows[-2:] for cell in value] == [
        *("https://www.imdb.com/title/tt10648342/", None),
        *("https://www.themoviedb.org/movie/616037", "https://deadline.com/1", None),
        "https://marvel.com/thor",
    ]
    assert runs(footer) == [
        [Cell("Whole addresses:", "muted")],
        [Cell("countdown show thor-4 --sources", "command")],
    ]
    assert legend == Items(((Cell("♥", "today"), Cell(" you follow it", "muted")),))
    assert view.followed == frozenset({"thor-4"})
    assert view.has_links


def test_card_of_next_to_nothing_has_no_labels() -> None:
    """And no empty line where a text would be."""
    blocks = screen_of(view_of(film("A")))
    assert runs(blocks[0]) == [[Cell("A", "title")], [Cell("film", "muted")]]
    assert runs(blocks[1]) == [[Cell("No date announced", "undated")]]
    for block in blocks[2:]:
        assert not getattr(block, "lines", ())
        assert not getattr(block, "rows", ())
        assert not getattr(block, "items", ())


@pytest.mark.parametrize(
    ("release", "text"),
    [
        (
            film("A", "2022-09-08 US tv"),
            "In 66 days · Thursday, 8 September 2022 · 2 months 4 days · on TV",
        ),
        (film("A", "2022-08-04"), "In 31 days · Thursday, 4 August 2022"),
        (film("A", "2022-05-01"), "Out 64 days ago · Sunday, 1 May 2022"),
        (film("A", "2020-07-05"), "Out 729 days ago · Sunday, 5 July 2020"),
        (film("A", "2020-07-04"), "Out 2 years ago · Saturday, 4 July 2020"),
        (
            film("A", "2011-05-06", stage="filming", checked="2022-07-01"),
            "Due out 6 May 2011, over 11 years ago, not confirmed · Friday, 6 May 2011"
            " · 11 years 1 month 28 days",
        ),
        (
            film("A", "2022-07-08 BR", "2022-07-09 FR"),
            "In 4 days · Friday, 8 July 2022 · date for Brazil",
        ),
        (film("A", "2022-07-08?"), "In 4 days · Friday, 8 July 2022?"),
        (
            film("A", "2022-12"),
            "December 2022 · at the earliest Thursday, 1 December 2022, in 150 days"
            " · at the latest Saturday, 31 December 2022, in 180 days",
        ),
        (film("A", "2022-12-01", stage="on-hold"), "On hold · was Thursday, 1 December 2022"),
        (film("A", "2022-12", stage="cancelled"), "Cancelled · was December 2022"),
        (film("A", platform=("Netflix",)), "No date announced · on Netflix"),
    ],
)
def test_head_counts_in_exact_days(release: Release, text: str) -> None:
    """From a month on in those of the calendar, too; what is out in days, then in years."""
    assert head_of(release) == text


def test_exact_days_apply_to_old_releases() -> None:
    """`--days`, also in the other formats; without it, in years, in the table of dates too."""
    release, in_days = film("A", "2011-05-06"), CONTEXT._replace(exact_days=True)
    assert head_of(release, in_days) == "Out 4077 days ago · Friday, 6 May 2011"
    shown = plain.render(view_of(release, in_days))
    assert shown.count("ut 4077 days ago") == 2
    assert plain.render(view_of(release)).count("ut over 11 years ago") == 2


@pytest.mark.parametrize(
    ("facts", "rows"),
    [
        ({"stage": "filming"}, [("Stage", "■■■■□□□ filming")]),
        ({"stage": "on-hold", "stage_note": "No script."}, [("Stage", "on hold · No script")]),
        ({"stage": "released"}, []),
        ({"stage_note": "Soon."}, []),
        ({"unverified": ("date", "dates", "stage", "stage_since", "expected")}, []),
        (
            {"unverified": ("stage_note", "ids.tmdb", "cast")},
            [("Not confirmed", "stage note, TMDB, cast")],
        ),
        ({"ids": (("imdb", "x"),)}, [("Links", "IMDb x")]),
        (
            {"sources": (source("https://a.org/1"), source("https://b.org/2", "2022"))},
            [("Sources", "b.org 2022 · a.org")],
        ),
    ],
)
def test_facts_are_those_that_are_known(facts: dict[str, Any], rows: list[tuple[str, str]]) -> None:
    """What the sign of doubt says is not said again."""
    assert facts_of(film("A", **facts)) == rows


def test_doubt_and_source_of_a_row_are_shown() -> None:
    """Its old check in the head, and its source, but none that the release names as well."""
    release = film("A", "2022-07-26 US", "2022-07-27 BR", sources=(source("https://a.org/1"),))
    checked = edtf.parse("2021-12")
    first, second = release.dates
    release = release._replace(
        dates=(
            first._replace(source="https://b.org", checked=checked),
            second._replace(source="https://a.org/1"),
        )
    )
    assert head_of(release).endswith(" · not checked since Dec 2021")
    assert facts_of(release) == [("Sources", "a.org · b.org")]
    (sources,) = [block for block in view_of(release).blocks() if isinstance(block, Pairs)][1:]
    assert ("undated", "https://b.org") in pairs(sources)


def test_values_break_between_their_parts() -> None:
    """As long as each fits; the label stands once."""
    release = film("A", sources=tuple(source(f"https://host{n}.org/x") for n in range(4)))
    (rows,) = [
        pairs(block)
        for block in screen_of(view_of(release), 35)
        if isinstance(block, Pairs) and block.rows
    ]
    assert rows == [("Sources", "host0.org · host1.org"), ("", "host2.org · host3.org")]


def test_prose_is_no_wider_than_is_read_with_ease() -> None:
    """100 columns, however wide the terminal is."""
    synopsis = runs(screen_of(view_of(film("A", synopsis="word " * 40)), 200)[2])
    assert max(len(line[0].text) for line in synopsis) == 99
    assert len(runs(screen_of(view_of(film("A", synopsis="word " * 40)), 40)[2])) == 5


def test_addresses_are_written_in_one_piece() -> None:
    """Those of pages, sources and moves, each once; the hosts are left out then."""
    release = THOR._replace(
        sources=(*THOR.sources, source("https://c.org/" + "x" * 100, "2022-05")),
        ids=(("imdb", "tt1"), ("tmdb", "x")),
    )
    steps = (
        *STEPS,
        HistoryStep(None, None, None, "https://deadline.com/1"),
        HistoryStep(None, None, None, "https://d.org"),
    )
    view = view_of(release, history=steps, has_addresses=True)
    *_, block, legend = screen_of(view, 40)
    assert isinstance(block, Lines)
    assert block.whole
    assert ["".join(cell.text for cell in line) for line in block.lines] == [
        "Sources",
        "IMDb tt1     https://www.imdb.com/title/tt1/",
        "30 Jun 2022  https://deadline.com/1",
        "undated      https://marvel.com/thor",
        "May 2022     https://c.org/" + "x" * 100,
        "20 Jul 2019  https://www.marvel.com/x",
        "undated      https://d.org",
    ]
    assert block.lines[1][1].link == "https://www.imdb.com/title/tt1/"
    assert legend == Items(())
    labels = dict(facts_of(release, has_addresses=True))
    assert "Sources" not in labels
    assert "Links" not in labels
    assert screen_of(view_of(film("A"), has_addresses=True))[-2] == Lines((), whole=True)


@pytest.mark.parametrize(
    ("dates", "facts", "doubtful"),
    [
        (["2022-07-08"], {}, False),
        (["2022-07-08?"], {}, True),
        (["2022-07-08", "2022-07-09? BR"], {}, True),
        (["2022-07-08"], {"unverified": ("dates",)}, True),
        ([], {"stage": "filming", "unverified": ("stage",)}, True),
        ([], {"stage": "filming", "stage_since": "2022-03?"}, True),
        ([], {"stage": "filming", "stage_note": "Why?"}, False),
        ([], {"expected": "2027", "unverified": ("expected",)}, True),
        ([], {"unverified": ("stage", "cast")}, False),
        (["2022-07-08"], {"moves": (move("2022?", "2022-07-08"),)}, False),
    ],
)
def test_sign_of_doubt_is_explained_where_it_stands(
    dates: list[str], facts: dict[str, Any], doubtful: bool
) -> None:
    """At dates and stages."""
    legend = screen_of(view_of(film("A", *dates, **facts)))[-1]
    assert legend == Items(((Cell("?"), Cell(" not confirmed", "muted")),) if doubtful else ())


def test_doubt_in_the_history_is_explained() -> None:
    """It is drawn there."""
    unsure = move("2022?", "2022-07-08")
    view = view_of(film("A", "2022-07-08"), history=(HistoryStep(unsure.before, unsure.after),))
    assert screen_of(view)[-1] == Items(((Cell("?"), Cell(" not confirmed", "muted")),))
