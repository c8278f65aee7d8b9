"""Releases in rows: those of a list or search, and those of people."""

from typing import Any

import pytest

from countdown.core.release import Credit
from countdown.views.listing import listing
from countdown.views.view import Items, ViewContext
from tests.views.releases import (
    AMERICAN,
    BLADE,
    CONTEXT,
    DUNE,
    ISO,
    NOW,
    THOR,
    columns,
    drop_out,
    film,
    legend,
    looks,
    outlook_of,
    tables,
    texts,
)

# ---- list, search ----


def test_listing_has_dated_releases_and_below_them_the_others() -> None:
    """Sign, title, kind; when and how long, or the stage and since when; where and who."""
    view = listing([outlook_of(THOR), outlook_of(BLADE)], CONTEXT)
    dated, undated = tables(view)
    assert (dated.heading, undated.heading) == ("As of 4 Jul 2022 · US", "No date yet")
    who = "Chris Hemsworth, Natalie Portman"
    assert texts(dated) == [
        ("●", "Thor: Love and Thunder", "film", "8 Jul 2022", "in 4 days", "Disney+, IMAX", who)
    ]
    assert looks(dated) == [("week", "title", "muted", "", "week", "", "muted")]
    assert texts(undated) == [
        ("·", "Blade", "film", "pre-production", "since Mar 2022", "Disney+", "")
    ]
    assert looks(undated) == [("undated", "title", "muted", "", "muted", "", "muted")]
    assert legend(view) == ["● within a week", "· no date"]
    assert view.outlooks == (outlook_of(THOR), outlook_of(BLADE))
    assert view.context == CONTEXT


def test_listing_marks_followed_releases() -> None:
    """By a sign beside that of urgency, which the legend explains where it is shown."""
    outlooks = [outlook_of(THOR), outlook_of(BLADE)]
    view = listing(outlooks, CONTEXT, followed=frozenset({BLADE.id}))
    dated, undated = tables(view)
    assert (texts(dated)[0][0], texts(undated)[0][0]) == ("●", "·♥")
    assert legend(view) == ["● within a week", "· no date", "♥ you follow it"]
    assert view.followed == frozenset({BLADE.id})
    marked, _ = tables(listing(outlooks, CONTEXT, followed=frozenset({THOR.id})))
    assert texts(marked)[0][0] == "●♥"
    unseen = listing(outlooks, CONTEXT, followed=frozenset({"other"}))
    assert legend(unseen) == ["● within a week", "· no date"]


def test_listing_writes_dates_in_the_style_that_is_wanted() -> None:
    """In its heading, too."""
    view = listing([outlook_of(THOR), outlook_of(BLADE)], AMERICAN)
    dated, _ = tables(view)
    assert dated.heading == "As of Jul 4, 2022 · US"
    assert texts(dated)[0][3] == "Jul 8, 2022"
    assert view.context == AMERICAN
    iso = listing([outlook_of(BLADE)], ISO)
    assert texts(tables(iso)[0])[0][4] == "since 2022-03"


def test_listing_of_undated_releases_has_the_day() -> None:
    """There is no other heading to say it; without a region nothing is said of one."""
    (table,) = tables(listing([outlook_of(BLADE)], CONTEXT))
    assert table.heading == "No date yet · as of 4 Jul 2022 · US"
    (table,) = tables(listing([outlook_of(BLADE)], ViewContext(NOW)))
    assert table.heading == "No date yet · as of 4 Jul 2022"


def test_listing_of_nothing_has_no_table() -> None:
    """Only an empty legend."""
    assert [*listing([], CONTEXT).blocks()] == [Items(())]


def test_columns_of_a_listing_make_room_from_the_right() -> None:
    """Title and what is left stay whatever happens."""
    dated, undated = tables(listing([outlook_of(THOR), outlook_of(BLADE)], CONTEXT))
    assert columns(dated) == [
        *(("", ""), ("Title", "stretch"), ("Kind", ""), ("When", "days"), ("Left", "")),
        *(("Where", "stretch"), ("Who", "stretch")),
    ]
    assert drop_out(dated) == ["Who", "Kind", "Where", "When"]
    assert columns(undated) == [
        *(("", ""), ("Title", "stretch"), ("Kind", ""), ("Stage", ""), ("Since", "")),
        *(("Where", "stretch"), ("Who", "stretch")),
    ]
    assert drop_out(undated) == ["Who", "Kind", "Where", "Since"]


def test_ranked_listing_keeps_its_order_in_one_table() -> None:
    """What fits a search best comes first, dated or not, and years mean nothing."""
    view = listing([outlook_of(BLADE), outlook_of(DUNE), outlook_of(THOR)], CONTEXT, ranked=True)
    (table,) = tables(view)
    assert [row[1] for row in texts(table)] == ["Blade", "Dune", "Thor: Love and Thunder"]
    assert texts(table)[0][3:5] == ("no date yet", "pre-production")
    assert table.heading == "As of 4 Jul 2022 · US"


@pytest.mark.parametrize(
    ("release", "doubt"),
    [
        (film("What If...?", "2022-07-08"), False),
        (film("A", "2022-07-08", unverified=("date",)), True),
        (film("A", "2022-07-08", cast=(Credit("B"),), unverified=("cast",)), False),
        (film("A", "2023?"), True),
        (film("A", "2022-07-08", unverified=("cast",)), False),
        (film("A", stage="filming", unverified=("stage",)), True),
    ],
)
def test_legend_explains_the_mark_of_doubt_where_one_is_drawn(release: Any, doubt: bool) -> None:
    """A title can end in a question mark of its own."""
    shown = listing([outlook_of(release)], CONTEXT)
    assert ("? not confirmed" in legend(shown)) == doubt
