"""What a terminal shows of sources."""

from datetime import UTC, date, datetime

from countdown.core.changes import Change, ObservedChange
from countdown.views.sources import (
    JoinOffer,
    SourceStatus,
    join_offers,
    source_changes,
    source_list,
    source_page,
)
from countdown.views.view import Block, Cell, Table, View
from tests.views.releases import CONTEXT, NOW, THOR, outlook_of, runs, texts

READ = datetime(2022, 7, 1, 12, tzinfo=UTC)
SOON = datetime(2022, 7, 4, 22, 5, tzinfo=UTC)
FRIENDS = SourceStatus("friends", "catalogue", True, "friends.example", 2, READ, SOON)
HELD = FRIENDS._replace(title="Films", held="it has lost 2 of 3 releases")
REMOVED = ObservedChange(None, NOW.today, "heat-2", "Heat 2", Change("removed"))


def screen_of(view: View) -> list[Block]:
    """The blocks on a terminal."""
    assert view.screen is not None
    return [*view.screen(80, 24)]


def words(block: Block) -> str:
    """All that a block of lines or items says."""
    return " ".join("".join(cell.text for cell in row) for row in runs(block))


def test_list_names_what_to_do_next() -> None:
    """Errors are coloured unless the source is off."""
    off = FRIENDS._replace(is_on=False, error="x", read=None, next=None, releases=None)
    failed = FRIENDS._replace(error="friends.example can't be reached.", next=None)
    title, table, footer = screen_of(source_list([FRIENDS, off, failed, HELD], CONTEXT))
    assert words(title) == "Sources of live facts"
    assert isinstance(table, Table)
    assert texts(table)[:2] == [
        ("friends", "catalogue", "2", "3 days ago", "today 22:05", "", ""),
        ("friends", "catalogue", "", "never", "", "", "off"),
    ]
    notes = [row[-1] for row in table.rows]
    assert notes == [
        Cell("", "muted"),
        Cell("off", "muted"),
        Cell("friends.example can't be reached.", "removed"),
        Cell("held back: it has lost 2 of 3 releases", "removed"),
    ]
    assert words(footer) == (
        "To add one: countdown source add URL About one: countdown source show NAME"
    )


def test_page_has_the_facts_and_the_releases() -> None:
    """Without any, there's no table; what is held back comes with what to do about it."""
    told = FRIENDS._replace(skipped=2, expires=date(2023, 1, 1), serial=7)
    title, _, table, footer = screen_of(source_page(told, [outlook_of(THOR)], CONTEXT))
    assert words(title) == "friends catalogue"
    assert isinstance(table, Table)
    assert texts(table)[0][0] == "Thor: Love and Thunder"
    assert words(footer) == "To remove it: countdown source remove friends"
    title, _, footer = screen_of(source_page(HELD, [], CONTEXT))
    assert words(title) == "Films catalogue"
    assert words(footer) == (
        "What differs: countdown source show friends --diff"
        " To use it: countdown source accept friends"
    )


def test_changes_say_whether_they_are_in_use() -> None:
    """What is held back says why."""
    title, why, table, footer = screen_of(source_changes(HELD, [REMOVED], CONTEXT))
    assert words(title) == "Films held back"
    assert words(why) == "It has lost 2 of 3 releases."
    assert isinstance(table, Table)
    assert texts(table) == [("Heat 2", "removed")]
    assert words(footer) == "To use it: countdown source accept friends"
    title, table = screen_of(source_changes(FRIENDS, [REMOVED], CONTEXT))
    assert words(title) == "friends changed last"


def test_offers_have_the_command_that_joins() -> None:
    """Whole, to be copied."""
    offer = JoinOffer("Heat 2 (heat-2)", "Heat 2 (friends--heat-2)", "friends", "countdown edit x")
    title, lines = screen_of(join_offers([offer], CONTEXT))
    assert words(title) == "May be the same they share a title, but no id"
    assert words(lines) == "Heat 2 (heat-2) may be Heat 2 (friends--heat-2)   countdown edit x"
