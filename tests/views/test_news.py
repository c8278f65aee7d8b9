"""Changes, as `news` draws them and `remind` words them."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest

from countdown.core import day_style, edtf
from countdown.core.changes import KINDS, Change, ObservedChange
from countdown.core.regions import UNSTATED
from countdown.formats import reminders
from countdown.formats.contract import change as contract_change
from countdown.views.news import news
from countdown.views.reminders import Reminder, describe, sentence
from countdown.views.reminders import reminders as due_view
from countdown.views.view import Cell, Items, View, ViewContext
from tests.views.releases import (
    AMERICAN,
    CONTEXT,
    NOW,
    THOR,
    columns,
    drop_out,
    film,
    legend,
    looks,
    outlook_of,
    runs,
    tables,
    texts,
)

SINCE = date(2022, 6, 4)


def change(kind: str, before: str | None = None, after: str | None = None, **more: Any) -> Change:
    """A change from one date to another."""
    assert kind in KINDS
    first, last = (edtf.parse(end) if end else None for end in (before, after))
    return Change(kind, first, last, **more)


def observed(found: Change, name: str = "Thor") -> ObservedChange:
    """That it was seen on 3 July."""
    return ObservedChange(
        datetime(2022, 7, 3, 9, tzinfo=UTC), date(2022, 7, 3), "thor-4", name, found
    )


LATER = change("moved", "2022-05-01", "2022-07-08")
SOONER = change("moved", "2022-07-08", "2022-07-07")
HOURS = change("moved", "2022-07-08T07:00Z", "2022-07-08T09:30Z")
NARROWED = change("narrowed", "2022", "2022-07-08")
DATED = change("dated", None, "2022-07-08", place="BR")
WITHDRAWN = change("withdrawn", "2022-07-08")
STAGE = change("stage", stages=("filming", "wrapped"))
CANCELLED = change("cancelled", stages=("on-hold", "cancelled"))
COMPLETE = change("complete", "2022-07-08", "2022-07-15")
SOONER_COMPLETE = change("complete", "2022-07-15", "2022-07-08")
CADENCE = change("cadence", cadences=("weekly", "all at once"))
NEW = change("new", None, "2022-07-08")
REMOVED = change("removed", "2022-07-08", None)

# ---- moved ----


@pytest.mark.parametrize(
    ("found", "row", "style"),
    [
        (LATER, ("▲", "delayed", "1 May 2022", "→", "8 Jul 2022", "+10 weeks"), "delayed"),
        (SOONER, ("▼", "brought forward", "8 Jul 2022", "→", "7 Jul 2022", "-1 day"), "sooner"),
        (
            HOURS,
            ("▲", "delayed", "8 Jul 2022, 07:00 UTC", "→", "8 Jul 2022, 09:30 UTC", "+2 h 30 min"),
            "delayed",
        ),
        (NARROWED, ("", "narrowed", "2022", "→", "8 Jul 2022", ""), ""),
        (DATED, ("", "dated", "", "", "8 Jul 2022 BR", ""), ""),
        (WITHDRAWN, ("·", "withdrawn", "8 Jul 2022", "", "", ""), ""),
        (STAGE, ("", "stage", "filming", "→", "wrapped", ""), ""),
        (CANCELLED, ("×", "cancelled", "on hold", "", "", ""), ""),
        (COMPLETE, ("", "complete", "8 Jul 2022", "→", "15 Jul 2022", "+7 days"), "delayed"),
        (SOONER_COMPLETE, ("", "complete", "15 Jul 2022", "→", "8 Jul 2022", "-7 days"), "sooner"),
        (CADENCE, ("", "cadence", "weekly", "→", "all at once", ""), ""),
        (NEW, ("+", "new", "", "", "8 Jul 2022", ""), ""),
        (REMOVED, ("-", "removed", "8 Jul 2022", "", "", ""), ""),
    ],
)
def test_row_of_a_change(found: Change, row: tuple[str, ...], style: str) -> None:
    """A sign, when it was seen, of what, what happened, from what to what, and by how much."""
    (table,) = tables(news([observed(found)], [], since=SINCE, context=CONTEXT))
    sign, what, before, arrow, after, by = row
    assert texts(table) == [(sign, "3 Jul 2022", "Thor", what, before, arrow, after, by, "")]
    assert looks(table) == [(style, "muted", "title", style, "muted", "muted", "", style, "muted")]


def test_changes_stand_under_the_day_since_when() -> None:
    """In the style that is wanted, with the region if there is one; programs get the releases."""
    found = [observed(LATER), observed(NEW, "Blade")]
    view = news(found, [outlook_of(THOR)], since=SINCE, context=AMERICAN)
    (table,) = tables(view)
    assert table.heading == "Since Jun 4, 2022 · dates for US"
    assert [row[1:3] for row in texts(table)] == [
        ("Jul 3, 2022", "Thor"),
        ("Jul 3, 2022", "Blade"),
    ]
    assert texts(table)[0][4:7] == ("May 1, 2022", "→", "Jul 8, 2022")
    assert (view.outlooks, view.changes) == ((outlook_of(THOR),), tuple(found))
    assert view.context == AMERICAN
    everywhere = news(found, [], since=SINCE, context=ViewContext(NOW))
    assert tables(everywhere)[0].heading == "Since 4 Jun 2022"


def test_no_changes_are_no_table() -> None:
    """Not even a heading."""
    view = news([], [], since=SINCE, context=CONTEXT)
    assert ([*view.blocks()], view.changes) == ([], ())


def test_columns_of_changes_make_room() -> None:
    """The sign, the title and the new date stay."""
    (table,) = tables(news([observed(LATER)], [], since=SINCE, context=CONTEXT))
    assert columns(table) == [
        *(("", ""), ("Day", "days"), ("Title", "stretch"), ("What", ""), ("From", "days")),
        *(("", ""), ("To", "days"), ("By", ""), ("Source", "")),
    ]
    assert drop_out(table) == ["Source", "", "From", "Day", "By", "What"]


def test_legend_explains_the_signs_that_are_used() -> None:
    """Each once, in one order."""
    changes = [REMOVED, NEW, CANCELLED, WITHDRAWN, SOONER, LATER, HOURS, STAGE]
    *_, signs = news([observed(one) for one in changes], [], since=SINCE, context=CONTEXT).blocks()
    assert signs == Items(
        (
            (Cell("▲", "delayed"), Cell(" delayed", "muted")),
            (Cell("▼", "sooner"), Cell(" brought forward", "muted")),
            (Cell("+"), Cell(" new", "muted")),
            (Cell("-"), Cell(" removed", "muted")),
            (Cell("×"), Cell(" cancelled", "muted")),
            (Cell("·"), Cell(" date withdrawn", "muted")),
        )
    )
    *_, none = news([observed(STAGE)], [], since=SINCE, context=CONTEXT).blocks()
    assert none == Items(())


# ---- due ----

FRIDAY = date(2022, 7, 8)
KEY = (738344, "4 i")


@pytest.mark.parametrize(
    ("thing", "text"),
    [
        (Reminder(KEY, "i", "Thor", FRIDAY, 4), "Thor comes out in 4 days, on 8 Jul 2022"),
        (Reminder(KEY, "i", "Thor", FRIDAY, 1), "Thor comes out tomorrow, on 8 Jul 2022"),
        (
            Reminder(KEY, "i", "Thor", FRIDAY, 4, "BR"),
            "Thor comes out in BR in 4 days, on 8 Jul 2022",
        ),
        (Reminder(KEY, "i", "Thor", FRIDAY, 0), "Thor comes out today"),
        (Reminder(KEY, "i", "Thor", FRIDAY, 0, "BR"), "Thor comes out today in BR"),
        (Reminder(KEY, "i", "Thor", None, 4), "Thor comes out today"),
        (Reminder(KEY, "i", "Thor", FRIDAY, -1), "Thor has been out since 8 Jul 2022"),
        (Reminder(KEY, "i", "Thor", FRIDAY, -7, "BR"), "Thor has been out in BR since 8 Jul 2022"),
    ],
)
def test_day_of_a_release_is_a_sentence(thing: Reminder, text: str) -> None:
    """Fit for a mail."""
    assert sentence(thing) == text


@pytest.mark.parametrize(
    ("found", "text"),
    [
        (LATER, "is delayed by 10 weeks: 1 May 2022 → 8 Jul 2022"),
        (SOONER, "is brought forward by 1 day: 8 Jul 2022 → 7 Jul 2022"),
        (NARROWED, "has a more exact date: 8 Jul 2022 (was 2022)"),
        (change("widened", "2022-07-08", "2022"), "has a less exact date: 2022 (was 8 Jul 2022)"),
        (DATED, "has a date: 8 Jul 2022 BR"),
        (WITHDRAWN, "has no date any more (was 8 Jul 2022)"),
        (CANCELLED, "is cancelled (was on hold)"),
        (change("cancelled", stages=(None, "cancelled")), "is cancelled"),
    ],
)
def test_change_of_a_release_is_a_sentence(found: Change, text: str) -> None:
    """What happened, then from what to what."""
    assert describe(Reminder(KEY, "i", "Thor", observed=observed(found))) == text


def test_sentences_stand_one_a_line_in_the_style_that_is_wanted() -> None:
    """Days and changes alike."""
    things = [
        Reminder(KEY, "i", "Thor", FRIDAY, 4),
        Reminder(KEY, "i", "B", observed=observed(LATER)),
    ]
    assert reminders.lines(things, day_style.AMERICAN) == (
        "Thor comes out in 4 days, on Jul 8, 2022\n"
        "B is delayed by 10 weeks: May 1, 2022 → Jul 8, 2022\n"
    )
    assert reminders.lines(things[:1]) == "Thor comes out in 4 days, on 8 Jul 2022\n"
    assert reminders.lines([]) == ""


def test_sentences_have_weight_and_hearts_on_a_terminal() -> None:
    """What is near is hot, and a move has the colour of its direction; the words are the same."""
    later = observed(LATER)._replace(id="b", name="B")
    things = [
        Reminder(KEY, "thor-4", "Thor", FRIDAY, 4),
        Reminder(KEY, "b", "B", observed=later),
        Reminder(KEY, "c", "C", FRIDAY, 0, "BR"),
        Reminder(KEY, "d", "D", FRIDAY, -1),
    ]
    view = due_view(things, CONTEXT, followed={"thor-4", "d"})
    (block,) = view.blocks()
    assert ["".join(cell.text for cell in line) for line in runs(block)] == [*map(sentence, things)]
    assert view.screen is not None
    block, signs = view.screen(80, 24)
    assert runs(block) == [
        [
            *(Cell("♥ ", "today"), Cell("Thor ", "title"), Cell("comes out ")),
            *(Cell("in 4 days", "week"), Cell(", on 8 Jul 2022")),
        ],
        [
            *(Cell("  ", "today"), Cell("B ")),
            Cell("is delayed by 10 weeks: 1 May 2022 → 8 Jul 2022", "delayed"),
        ],
        [
            *(Cell("  ", "today"), Cell("C "), Cell("comes out ")),
            *(Cell("today", "today"), Cell(" in BR")),
        ],
        [Cell("♥ ", "today"), Cell("D ", "title"), Cell("has been out since 8 Jul 2022")],
    ]
    assert runs(signs) == [[Cell("♥", "today"), Cell(" you follow it", "muted")]]
    view = due_view(things[:1], CONTEXT, followed=())
    assert view.screen is not None
    block, signs = view.screen(80, 24)
    assert runs(block)[0][:2] == [Cell("", "today"), Cell("Thor ", "title")]
    assert runs(signs) == []


def test_things_that_are_due_are_records_for_programs() -> None:
    """In a document with the releases, or one a line."""
    day = Reminder(KEY, "thor-4", "Thor", FRIDAY, 4, "BR", milestone=7)
    moved_ = Reminder(KEY, "thor-4", "Thor", observed=observed(LATER))
    records = [
        {
            "id": "thor-4",
            "name": "Thor",
            "day": "2022-07-08",
            "days": 4,
            "milestone": 7,
            "complete": False,
            "change": None,
            "text": "Thor comes out in BR in 4 days, on 8 Jul 2022",
        },
        {
            "id": "thor-4",
            "name": "Thor",
            "day": None,
            "days": None,
            "milestone": None,
            "complete": False,
            "change": contract_change(observed(LATER)),
            "text": "Thor is delayed by 10 weeks: 1 May 2022 → 8 Jul 2022",
        },
    ]
    lines = reminders.json_lines([day, moved_]).splitlines()
    assert [json.loads(line) for line in lines] == records
    assert reminders.json_lines([]) == ""
    found = json.loads(
        reminders.document(
            [day, moved_], View(tuple, (outlook_of(THOR),), ViewContext(NOW, "US", "UTC"))
        )
    )
    assert found["reminders"] == records
    assert [*found] == ["schema", "as_of", "region", "timezone", "reminders", "releases"]
    assert found["releases"][0]["id"] == "thor-4"


def test_doubtful_date_is_explained() -> None:
    """The sign of a withdrawn date is another one."""
    change = Change("widened", edtf.parse("2022-07-08"), edtf.parse("2022-07-08?"))
    view = news([observed(change)], [], since=SINCE, context=CONTEXT)
    assert legend(view) == ["? not confirmed"]


def test_signs_of_dates_are_explained_on_every_screen() -> None:
    """Doubt, and a place that the source doesn't state; not what a word beside it says."""
    doubtful = change("widened", "2022-07-08", "2022-07-08?", place=UNSTATED)
    view = news([observed(doubtful), observed(LATER)], [], since=SINCE, context=CONTEXT)
    meanings = ["place? the source doesn't say where", "? not confirmed"]
    assert legend(view) == ["▲ delayed", *meanings]
    assert view.screen is not None
    for columns_ in (80, 120):
        *_, signs = view.screen(columns_, 24)
        assert isinstance(signs, Items)
        assert ["".join(cell.text for cell in item) for item in signs.items] == meanings


def test_older_changes_have_a_remark() -> None:
    """In the heading, and on a terminal with the command that goes further back."""
    view = news([observed(LATER)], [], CONTEXT, since=SINCE, is_older=True, followed={"thor-4"})
    assert tables(view)[0].heading == "Before 4 Jun 2022 · dates for US"
    assert view.screen is not None
    title, body, footer, signs = view.screen(80, 24)
    assert runs(title)[0][0] == Cell("News", "heading")
    assert runs(body)[1] == [Cell("▲ ", "delayed"), Cell("♥ ", "today"), Cell("Thor", "title")]
    assert runs(body)[2][:4] == [
        Cell("    "),
        Cell("moved from 1\u00a0May\u00a02022 to 8\u00a0Jul\u00a02022"),
        Cell(" · ", "muted"),
        Cell("10 weeks later", "delayed"),
    ]
    assert runs(footer)[1] == [Cell("countdown news --since 1y", "command")]
    assert runs(signs) == [[Cell("♥", "today"), Cell(" you follow it", "muted")]]


def test_title_says_whose_the_dates_are() -> None:
    """A change of the stage has none; that of rows for programs says it, too."""
    american = change("moved", "2022-05-01", "2022-07-08", place="CA")
    stages = [STAGE] * 3
    view = news([observed(one) for one in (american, american, *stages)], [], CONTEXT, since=SINCE)
    assert view.screen is not None
    assert runs(view.screen(80, 24)[0])[-1] == [Cell("most dates for CA", "muted")]
    assert tables(view)[0].heading == "Since 4 Jun 2022 · most dates for CA"
    view = news([observed(one) for one in (american, *stages)], [], CONTEXT, since=SINCE)
    assert view.screen is not None
    assert len(runs(view.screen(80, 24)[0])) == 2


def test_recorded_move_has_the_region_of_the_effective_date() -> None:
    """If the catalogue still has the release."""
    american = outlook_of(film("Thor", "2022-07-08 US", id="thor-4"), region="BR")
    moves = [observed(LATER)._replace(at=None)] * 2
    context = ViewContext(NOW, "BR")
    for outlooks, said in (([american], "most dates for US"), ([], "dates for BR")):
        view = news(moves, outlooks, context, since=SINCE)
        assert view.screen is not None
        assert runs(view.screen(80, 24)[0])[-1] == [Cell(said, "muted")]


def test_older_changes_come_with_the_way_to_ones_own() -> None:
    """If there are some since."""
    own = "countdown news --mine"
    view = news([observed(LATER)], [], CONTEXT, since=SINCE, is_older=True, own=own)
    assert view.screen is not None
    footer = view.screen(80, 24)[2]
    assert runs(footer)[2] == [Cell("To see your own changes: ", "muted"), Cell(own, "command")]
