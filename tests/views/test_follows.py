"""Names that are followed, and what is next of each."""

from countdown.views.follows import FollowSummary, follows
from tests.views.releases import (
    AMERICAN,
    CONTEXT,
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


def test_follows_tell_what_is_next_of_each() -> None:
    """Or how many there are without a date."""
    found = [
        FollowSummary("person", "Chris Hemsworth", 2, outlook_of(THOR)),
        FollowSummary("franchise", "Blade", 1, None),
        FollowSummary("title", "X", 0, None),
        FollowSummary("franchise", "Thor", 1, outlook_of(THOR)),
    ]
    view = follows(found, CONTEXT)
    (table,) = tables(view)
    assert table.heading == "You follow"
    assert texts(table) == [
        (
            *("Chris Hemsworth", "person", "2 ahead", "Thor: Love and Thunder"),
            *("8 Jul 2022", "in 4 days"),
        ),
        ("Blade", "franchise", "1 ahead", "", "", "1 without a date"),
        ("X", "title", "0 ahead", "", "", "nothing ahead"),
        ("Thor", "franchise", "1 ahead", "Thor: Love and Thunder", "8 Jul 2022", "in 4 days"),
    ]
    assert looks(table) == [
        ("title", "muted", "", "", "", style) for style in ("week", "undated", "undated", "week")
    ]
    assert view.outlooks == (outlook_of(THOR),)  # once
    assert view.follows == tuple(found)
    assert view.context == CONTEXT
    american = follows(found, AMERICAN)
    assert texts(tables(american)[0])[0][4] == "Jul 8, 2022"
    assert american.context == AMERICAN


def test_columns_of_what_is_followed_make_room() -> None:
    """The name and what is left stay."""
    (table,) = tables(follows([], CONTEXT))
    assert columns(table) == [
        *(("Name", "stretch"), ("Sort", ""), ("Ahead", ""), ("Next", "stretch")),
        *(("When", "days"), ("Left", "")),
    ]
    assert drop_out(table) == ["When", "Ahead", "Sort", "Next"]


def test_doubtful_date_is_explained() -> None:
    """Where there is one."""
    release = film("A", "2022-07-08?")
    found = follows([FollowSummary("title", "A", 1, outlook_of(release))], CONTEXT)
    assert legend(found) == ["? not confirmed"]
    assert legend(follows([], CONTEXT)) == []
