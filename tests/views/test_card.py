"""Everything about one release."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from countdown.core import edtf
from countdown.core.history import HistoryStep
from countdown.core.outlook import Moment
from countdown.core.release import Credit
from countdown.formats import plain
from countdown.views import stages
from countdown.views.card import card
from countdown.views.view import Cell, Items, Lines, Pairs, Table, ViewContext
from tests.views.releases import (
    AMERICAN,
    CONTEXT,
    ISO,
    NOW,
    THOR,
    columns,
    drop_out,
    film,
    looks,
    outlook_of,
    pairs,
    runs,
    tables,
    texts,
)

STEPS = (
    HistoryStep(
        None, edtf.parse("2021-11-05"), edtf.parse("2019-07-20"), "https://www.marvel.com/x"
    ),
    HistoryStep(edtf.parse("2021-11-05"), edtf.parse("2022-02-11"), seen=date(2020, 4, 3)),
    HistoryStep(edtf.parse("2022-02-11"), edtf.parse("2022-02-10")),
    HistoryStep(edtf.parse("2022-02-10"), None, edtf.parse("2022-01"), seen=date(2022, 1, 2)),
)


def test_card_has_every_fact_of_a_release() -> None:
    """Block by block, as people read it."""
    view = card(
        outlook_of(THOR), links=[("Sequel to", "Thor: Ragnarok")], history=STEPS, context=CONTEXT
    )
    head, count, synopsis, facts, steps, dates, history, cast, sources = view.blocks()
    assert runs(head) == [
        [
            Cell("●", "week"),
            Cell(" Thor: Love and Thunder", "title"),
            Cell("  film · Marvel · Thor", "muted"),
        ]
    ]
    assert runs(count) == [
        [Cell("In 4 days", "week"), Cell(" · Friday, 8 July 2022"), Cell("", "muted")]
    ]
    assert runs(synopsis) == [[Cell("A god in midlife meets a butcher of gods.")]]
    assert pairs(facts) == [
        ("Platform", "Disney+, IMAX"),
        ("Distributor", "Disney"),
        ("Studio", "Marvel Studios"),
        ("Director", "Taika Waititi"),
        ("Writer", "Taika Waititi, Jennifer Kaytin Robinson"),
        ("Creator", "Stan Lee"),
        ("Country", "US, AU"),
        ("Stage", "completed since May 2022 · Locked in May"),
        ("Expected", "Jul 2022, not announced"),
        ("Sequel to", "Thor: Ragnarok"),
        ("Also known as", "Thor 4, Thor: Amor e Trovão (pt-BR), ソー:ラブ&サンダー (ja)"),
    ]
    assert steps == stages.steps(outlook_of(THOR))
    assert isinstance(dates, Table)
    assert dates.heading == "Dates"
    assert texts(dates) == [
        ("US", "theatrical", "8 Jul 2022", "in 4 days"),
        ("BR", "theatrical", "7 Jul 2022", "in 3 days"),
        ("worldwide", "streaming", "8 Sep 2022, 07:00", "in 66 days"),
    ]
    assert looks(dates) == [("", "muted", "", "")] * 3
    assert columns(dates) == [("Region", ""), ("Type", ""), ("Date", "days"), ("Left", "stretch")]
    assert drop_out(dates) == []
    assert isinstance(history, Table)
    assert isinstance(cast, Table)
    assert cast.heading == "Cast"
    assert texts(cast) == [
        ("Chris Hemsworth", "Thor"),
        ("Natalie Portman", "Jane Foster"),
        ("Matt Damon", ""),
    ]
    assert looks(cast) == [("", "muted")] * 3
    assert columns(cast) == [("Name", "stretch"), ("Role", "stretch")]
    assert isinstance(sources, Pairs)
    assert sources.heading == "Sources"
    assert pairs(sources) == [
        ("Checked", "1 Jul 2022"),
        ("Not confirmed", "writer"),
        ("30 Jun 2022", "https://deadline.com/1"),
        ("undated", "https://marvel.com/thor"),
        ("imdb", "tt10648342"),
        ("tmdb", "616037"),
    ]
    styles_of_sources = [cell.style for _, value in sources.rows for cell in value]
    assert styles_of_sources == ["", "", "muted", "muted", "muted", "muted"]
    assert view.outlooks == (outlook_of(THOR),)
    assert view.history == STEPS
    assert view.context == CONTEXT


def test_details_say_that_it_is_followed() -> None:
    """In words, for who sees no heart."""
    words = [
        plain.render(card(outlook_of(THOR), CONTEXT, followed=ids)) for ids in ((), ("thor-4",))
    ]
    assert ["\nYou follow it\n" in text for text in words] == [False, True]


def test_details_of_next_to_nothing_have_few_blocks() -> None:
    """No empty tables, and no track where no stage is known."""
    view = card(outlook_of(film("A")), context=CONTEXT)
    assert [*view.blocks()] == [
        Lines(((Cell("·", "undated"), Cell(" A", "title"), Cell("  film", "muted")),)),
        Lines(((Cell("No date announced", "undated"),),)),
        Pairs("", ()),
        Pairs("Sources", ()),
    ]
    assert view.history == ()


def test_history_counts_and_sums_moves() -> None:
    """Each step with where and when it was announced, or seen."""
    view = card(outlook_of(THOR), history=STEPS, context=CONTEXT)
    _, table, _ = tables(view)
    assert table.heading == "Moved 3 times, 14 weeks later in all"
    assert texts(table) == [
        ("undated", "→", "5 Nov 2021", "", "20 Jul 2019", "marvel.com"),
        ("5 Nov 2021", "→", "11 Feb 2022", "+98 days", "seen 3 Apr 2020", ""),
        ("11 Feb 2022", "→", "10 Feb 2022", "-1 day", "", ""),
        ("10 Feb 2022", "→", "withdrawn", "", "Jan 2022", ""),
    ]
    assert looks(table) == [("", "", "", "", "muted", "muted")] * 4
    assert columns(table) == [
        *(("From", "days"), ("", ""), ("To", "days"), ("By", ""), ("Announced", "days")),
        ("Source", "stretch"),
    ]
    assert drop_out(table) == ["Source", "Announced"]


@pytest.mark.parametrize(
    ("steps", "heading"),
    [
        (STEPS[:1], "Dated"),
        (STEPS[:2], "Delayed once, by 14 weeks"),
        (STEPS[2:3], "Brought forward once, by 1 day"),
        (STEPS[1:3], "Moved twice, 14 weeks later in all"),
        (STEPS[3:], "Moved once"),
        ((HistoryStep(None, edtf.parse("2021")), HistoryStep(None, edtf.parse("2022"))), "Dated"),
        (
            (
                HistoryStep(edtf.parse("2022-05"), edtf.parse("2022")),
                HistoryStep(edtf.parse("2022"), edtf.parse("2022-05")),
            ),
            "History",
        ),
        (
            (
                HistoryStep(edtf.parse("2021-05"), edtf.parse("2022-05-01")),
                HistoryStep(edtf.parse("2022-05-01"), edtf.parse("2022")),
            ),
            "Moved once",
        ),
    ],
)
def test_heading_of_a_history(steps: tuple[HistoryStep, ...], heading: str) -> None:
    """A first date is no move, nor is a more exact one; without two dates there is no sum."""
    assert tables(card(outlook_of(film("A")), history=steps, context=CONTEXT))[0].heading == heading


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2022-08-04", ""),
        ("2022-08-05", " · 1 month 1 day"),
        ("2023-07-04", " · 1 year"),
        ("2022-06-03", ""),
        ("2022-06-02", " · 1 month 2 days"),
        ("2022-06-01", " · 1 month 3 days"),
        ("2022-10", " · in 89–119 days"),
        ("2022-08-05T12:00Z", " · 1 month 1 day"),
    ],
)
def test_long_times_are_in_months_too(date: str, words: str) -> None:
    """More than 31, ahead or behind, of one day; a window has both ends in days."""
    count = [*card(outlook_of(film("A", date)), context=CONTEXT).blocks()][1]
    assert runs(count)[0][2] == Cell(words, "muted")


def test_shelved_production_is_not_counted_to() -> None:
    """Its date is told, and nothing else of it."""
    view = card(outlook_of(film("A", "2022-12-01", stage="on-hold")), context=CONTEXT)
    assert runs([*view.blocks()][1]) == [
        [Cell("On hold", "undated"), Cell(" · was Thursday, 1 December 2022"), Cell("", "muted")]
    ]
    (dates,) = [block for block in view.blocks() if isinstance(block, Table)]
    assert texts(dates) == [("worldwide", "", "1 Dec 2022", "")]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"stage": "filming"}, [("Stage", "filming")]),
        ({"stage_note": "Soon."}, []),
        ({"stage": "on-hold", "stage_note": "No script."}, [("Stage", "on hold · No script")]),
        ({"stage": "filming", "unverified": ("stage",)}, [("Stage", "filming?")]),
        ({"unverified": ("stage", "platform")}, []),
        ({"country": ("GB", "US"), "unverified": ("country",)}, [("Country", "GB, US")]),
        ({"studio": ("A", "B"), "unverified": ("studio",)}, [("Studio", "A, B")]),
        (
            {"expected": "2027", "unverified": ("expected",)},
            [("Expected", "2027?, not announced")],
        ),
        ({"aliases": ("B", "C")}, [("Also known as", "B, C")]),
    ],
)
def test_facts_are_those_that_are_known(
    facts: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """Dates and stages with the sign of doubt, if they are not confirmed."""
    block = next(
        block
        for block in card(outlook_of(film("A", **facts)), context=CONTEXT).blocks()
        if isinstance(block, Pairs)
    )
    assert (block.heading, pairs(block)) == ("", expected)


@pytest.mark.parametrize(
    ("stage", "drawn"), [(None, False), ("released", False), ("filming", True), ("on-hold", True)]
)
def test_track_is_drawn_until_it_is_out(stage: str | None, drawn: bool) -> None:
    """Of what is out or unknown it says nothing."""
    blocks = [*card(outlook_of(film("A", stage=stage)), context=CONTEXT).blocks()]
    assert any(isinstance(block, Items) for block in blocks) == drawn


def test_details_write_dates_in_the_style_that_is_wanted() -> None:
    """All of them."""
    view = card(outlook_of(THOR), history=STEPS, context=AMERICAN)
    blocks = [*view.blocks()]
    assert runs(blocks[1])[0][1] == Cell(" · Friday, July 8, 2022")
    dates, history, _ = tables(view)
    assert texts(dates)[2][2] == "Sep 8, 2022, 07:00"
    assert [row[0] for row in texts(history)][1:] == ["Nov 5, 2021", "Feb 11, 2022", "Feb 10, 2022"]
    assert texts(history)[0][2] == "Nov 5, 2021"
    assert [row[4] for row in texts(history)][:2] == ["Jul 20, 2019", "seen Apr 3, 2020"]
    assert [label for label, _ in pairs(blocks[-1])][2] == "Jun 30, 2022"
    assert pairs(blocks[-1])[0] == ("Checked", "Jul 1, 2022")
    assert view.context == AMERICAN
    iso = card(outlook_of(THOR), context=ISO)
    facts = dict(pairs([*iso.blocks()][3]))
    assert facts["Stage"] == "completed since 2022-05 · Locked in May"
    assert facts["Expected"] == "2022-07, not announced"


def test_time_of_an_instant_is_in_the_users_zone() -> None:
    """The day, the hour and what is left."""
    tokyo = Moment.at(NOW.instant, ZoneInfo("Asia/Tokyo"))
    release = film("A", "2022-07-07T16:05Z - streaming")
    (dates,) = tables(card(outlook_of(release, tokyo), ViewContext(tokyo, "JP", "Asia/Tokyo")))
    assert texts(dates) == [("worldwide", "streaming", "8 Jul 2022, 01:05", "in 3 days")]


def test_date_without_a_region_or_a_type_is_worldwide() -> None:
    """And of no type is said nothing."""
    (dates,) = tables(card(outlook_of(film("A", "2022-07-08", "2022-07-09 BR")), context=CONTEXT))
    assert texts(dates) == [
        ("worldwide", "", "8 Jul 2022", "in 4 days"),
        ("BR", "", "9 Jul 2022", "in 5 days"),
    ]


@pytest.mark.parametrize(
    ("dates", "facts", "sign"),
    [
        (["2022-07-08"], {"unverified": ("date",)}, "8 Jul 2022?"),
        (["2022-07-08?"], {"unverified": ("dates",)}, "8 Jul 2022?"),
        (["2022-07-08?"], {}, "8 Jul 2022?"),
        (["2022-12?"], {}, "Dec 2022?"),
        ([], {"stage": "filming", "unverified": ("stage",)}, "filming?"),
        ([], {"stage": "filming", "stage_since": "2022-03?"}, "since Mar 2022?"),
        ([], {"expected": "2027", "unverified": ("expected",)}, "2027?"),
        (["2022-07-08"], {"cast": (Credit("B"),), "unverified": ("cast",)}, ""),
        (["2022-07-08"], {"studio": ("What If...?",), "unverified": ("ids",)}, ""),
    ],
)
def test_doubt_is_one_sign_on_dates_and_stages(
    dates: list[str], facts: dict[str, Any], sign: str
) -> None:
    """Explained below where it is drawn; other facts that are not confirmed have one line."""
    view = card(outlook_of(film("A", *dates, **facts)), context=CONTEXT)
    words = plain.render(view)
    explained = Items(((Cell("?"), Cell(" not confirmed", "muted")),))
    assert ([*view.blocks()][-1] == explained) == bool(sign)
    assert sign in words
    assert "??" not in words
    assert ("Not confirmed\t" in words) == ("unverified" in facts)
    drawn = words.replace("What If...?", "").partition("Not confirmed")[0]
    assert ("?" in drawn) == bool(sign)


def test_count_of_a_doubtful_day_leaves_the_sign_to_the_date() -> None:
    """A window, whose name it is, says the word."""
    day = plain.render(card(outlook_of(film("A", "2022-08-08?")), context=CONTEXT))
    assert "In 35 days · Monday, 8 August 2022? · 1 month 4 days\n" in day
    window = plain.render(card(outlook_of(film("A", "2022-12? BR")), context=CONTEXT))
    assert "December 2022 · 25 weeks, not confirmed · BR · in 150–180 days\n" in window
    today = plain.render(card(outlook_of(film("A", "2022-07-01/2022-07-04")), context=CONTEXT))
    assert "Today at the latest\n" in today


def test_past_window_is_not_confirmed() -> None:
    """No date with a sign stands beside it."""
    text = plain.render(card(outlook_of(film("A", "2022-06")), CONTEXT))
    assert "Due out by 30 Jun 2022, 4 days ago, not confirmed" in text
