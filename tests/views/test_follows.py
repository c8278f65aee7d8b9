"""Followed names, and the next release of each."""

from countdown.views.follows import Following, FollowSummary, following, follows
from countdown.views.view import Block, Lines, Table, View, ViewContext
from tests.views.releases import (
    AMERICAN,
    BLADE,
    CONTEXT,
    DUNE,
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


def test_follows_have_the_next_release_of_each() -> None:
    """Or how many there are without a date."""
    found = [
        FollowSummary("person", "Chris Hemsworth", 2, outlook_of(THOR)),
        FollowSummary("franchise", "Blade", 1, None),
        FollowSummary("title", "X", 0, None),
        FollowSummary("franchise", "Thor", 1, outlook_of(THOR)),
    ]
    view = follows(found, CONTEXT, ahead=3)
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
    american = follows(found, AMERICAN, ahead=3)
    assert texts(tables(american)[0])[0][4] == "Jul 8, 2022"
    assert american.context == AMERICAN


def test_columns_of_follows_drop_out() -> None:
    """The name and what is left stay."""
    (table,) = tables(follows([FollowSummary("title", "X", 0, None)], CONTEXT, ahead=0))
    assert columns(table) == [
        *(("Name", "stretch"), ("Sort", ""), ("Ahead", ""), ("Next", "stretch")),
        *(("When", "days"), ("Left", "")),
    ]
    assert drop_out(table) == ["When", "Ahead", "Sort", "Next"]


def test_doubtful_date_is_explained() -> None:
    """Where there is one."""
    release = film("A", "2022-07-08?")
    found = follows([FollowSummary("title", "A", 1, outlook_of(release))], CONTEXT, ahead=1)
    assert legend(found) == ["? not confirmed"]
    assert [*follows([], CONTEXT, ahead=0).blocks()] == []


FOUND = [
    FollowSummary("franchise", "Marvel", 2, outlook_of(THOR)),
    FollowSummary("person", "Nobody", 0, None, is_known=False),
    FollowSummary("person", "Retired", 0, None),
    FollowSummary("person", "Wesley Snipes", 1, None, outlook_of(BLADE)),
    FollowSummary("person", "Zendaya", 1, outlook_of(DUNE)),
    FollowSummary("person", "Chris Hemsworth", 2, outlook_of(THOR)),
    FollowSummary("title", THOR.name, 1, outlook_of(THOR)),
]


def screen_of(view: View, columns: int) -> list[Block]:
    """What a terminal of so many *columns* shows."""
    assert view.screen is not None
    return [*view.screen(columns, 24)]


def test_terminal_groups_follows_by_sort_soonest_first() -> None:
    """What has no date comes behind what has one; a title isn't named twice."""
    title, table, footer, signs = screen_of(follows(FOUND, CONTEXT, ahead=4), 90)
    assert [cell.text for row in runs(title) for cell in row] == [
        *("You follow", "Mon 4 Jul 2022", "dates for US")
    ]
    assert isinstance(table, Table)
    assert [(row, "".join(cell.text for cell in text)) for row, text in table.breaks] == [
        *((0, "People (5)"), (5, "Titles (1)"), (6, "Franchises (1)"))
    ]
    assert texts(table) == [
        ("♥", "Chris Hemsworth", "2", "in 4 days", "Thor: Love and Thunder", "Fri 8 Jul"),
        ("♥", "Zendaya", "1", "in 19 months", "Dune", "Fri 1 Mar 2024"),
        ("♥", "Wesley Snipes", "1", "pre-production", "Blade", "no date yet"),
        ("♥", "Nobody", "", "", "not in the catalogue yet", ""),
        ("♥", "Retired", "", "", "nothing ahead", ""),
        ("♥", THOR.name, "1", "in 4 days", "", "Fri 8 Jul"),
        ("♥", "Marvel", "2", "in 4 days", "Thor: Love and Thunder", "Fri 8 Jul"),
    ]
    assert [[cell.text for cell in item] for item in runs(footer)] == [
        ["All 4 ahead: ", "countdown list --followed"],
        ["To stop: ", "countdown unfollow NAME"],
    ]
    assert runs(signs) == []
    assert screen_of(follows([], CONTEXT, ahead=0), 80) == []


def test_title_says_whose_the_dates_are() -> None:
    """What has no date doesn't count."""
    american = [outlook_of(film(f"F{n}", "2022-07-08 US"), region="BR") for n in range(2)]
    found = [FollowSummary("person", each.release.name, 1, each) for each in american]
    nothing = FollowSummary("person", "Nobody", 0, None)
    context = ViewContext(NOW, "BR")
    title, *_ = screen_of(follows([*found, nothing, nothing], context, ahead=2), 90)
    assert runs(title)[-1][0].text == "most dates for US"
    title, *_ = screen_of(follows([nothing], context, ahead=0), 90)
    assert runs(title)[-1][0].text == "dates for BR"


def test_narrow_terminal_has_two_lines_a_name() -> None:
    """Nothing is left out."""
    _, lines, _, _ = screen_of(follows(FOUND[:3], CONTEXT, ahead=0), 59)
    assert ["".join(cell.text for cell in line) for line in runs(lines)] == [
        "People (2)",
        "♥ Nobody",
        "  not in the catalogue yet",
        "♥ Retired",
        "  nothing ahead",
        "Franchises (1)",
        "♥ Marvel · 2 ahead",
        "  in\u00a04\u00a0days · Thor: Love and Thunder · Fri\u00a08\u00a0Jul",
    ]


def test_table_needs_room_for_most_of_its_texts() -> None:
    """Long dates take it away; what can be broken needs less than all."""
    names = [FOUND[0], FOUND[4]._replace(name="A" * 30)]
    needed = 1 + 24 + len("Ahead") + len("in 19 months") + 16 + len("Fri 1 Mar 2024") + 5 * 2
    view = follows(names, CONTEXT, ahead=0)
    assert isinstance(screen_of(view, needed)[1], Table)
    assert isinstance(screen_of(view, needed - 1)[1], Lines)
    portuguese = follows(names, CONTEXT._replace(date_style="pt"), ahead=0)
    assert isinstance(screen_of(portuguese, needed + 5)[1], Lines)


def test_signs_and_footer_are_those_that_are_needed() -> None:
    """Whose dates they are only if there is a region; nothing ahead is nothing to list."""
    release = film("A", "2022-07-08? unstated")
    names = [FollowSummary("title", "A B", 0, outlook_of(release, region=None))]
    nowhere = ViewContext(NOW)
    title, _, footer, signs = screen_of(follows(names, nowhere, ahead=0), 80)
    assert len(runs(title)) == 2
    assert [row[0].text for row in runs(footer)] == ["To stop: "]
    assert [item[0].text for item in runs(signs)] == ["?", "place?"]


def test_confirmation_names_the_next_release() -> None:
    """With a heart on a terminal; programs that read the lines get words alone."""
    names = [
        Following("Chris Hemsworth", " (person)", outlook_of(THOR)),
        Following("Nobody", " (person)", None),
        Following("Dune", " (film, 2024)", outlook_of(DUNE)),
    ]
    view = following(names, CONTEXT)
    said = [
        "Following Chris Hemsworth (person)",
        "Next: Thor: Love and Thunder · in 4 days · Fri 8 Jul",
        "Following Nobody (person)",
        "Following Dune (film, 2024)",
        "Next: in 19 months · Fri 1 Mar 2024",
    ]
    (lines,) = view.blocks()
    assert ["".join(cell.text for cell in line) for line in runs(lines)] == said
    (lines,) = screen_of(view, 80)
    assert ["".join(cell.text for cell in line) for line in runs(lines)] == [
        f"{'  ' if line.startswith('Next') else '♥ '}{line}" for line in said
    ]
