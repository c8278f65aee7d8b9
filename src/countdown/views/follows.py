"""The views of `follow`: all followed names with their next releases, and newly followed ones."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from countdown.core.outlook import Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.width import unbroken, width
from countdown.views import cells
from countdown.views.page import joined, title_line
from countdown.views.view import (
    DOUBT_MEANING,
    DOUBT_SIGN,
    FOLLOWED_SIGN,
    UNSTATED_MEANING,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Table,
    View,
    ViewContext,
    explained,
    has_doubt,
    legend,
)

_COLUMNS: Final = (
    Column("Name", stretch=True),
    Column("Sort", rank=2),
    Column("Ahead", rank=3),
    Column("Next", rank=1, stretch=True),
    Column("When", rank=4, days=True),
    Column("Left"),
)
_SCREEN_COLUMNS: Final = (
    Column(""),  # the sign of what is followed
    Column("Name", stretch=True, least=18, wraps=True),
    Column("Ahead", right=True),
    Column("Left", right=True),
    Column("Next", stretch=True, least=14, wraps=True),
    Column("Date"),
)
_MIN_COLUMNS: Final = 60  # of a terminal that has room for a table
_LEAST: Final = {1: 24, 4: 16}  # cells for the columns whose texts can be broken, by number
_COLUMN_GAP: Final = 2
_HEADINGS: Final = {  # of the sorts of names
    "person": "People",
    "director": "Directors",
    "title": "Titles",
    "franchise": "Franchises",
    "platform": "Platforms",
}
_GAP: Final = Cell(" · ", "muted")


class FollowSummary(NamedTuple):
    """A followed name, the number of its releases *ahead*, and the *next* one with a date.

    *undated* is the one furthest along if none has a date. *is_known* is True if the catalogue has
    that name.
    """

    sort: str
    name: str
    ahead: int
    next: Outlook | None
    undated: Outlook | None = None
    is_known: bool = True


def follows(summaries: Sequence[FollowSummary], context: ViewContext, *, ahead: int) -> View:
    """A row for each name, in the order of config.toml; programs also get the next release of each.

    On a terminal, names are grouped by sort, the soonest first. *ahead* is the number of all
    followed releases ahead.
    """

    def blocks() -> list[Block]:
        table = Table("You follow", _COLUMNS, tuple(_row(each, context) for each in summaries))
        return [table, legend((), doubtful=has_doubt([table]))] if summaries else []

    def screen(columns: int, _lines: int) -> list[Block]:
        if not summaries:
            return []
        places = [cells.place_of(each.next) for each in summaries if each.next]
        region = cells.whose_dates(places, context)
        table = _by_sort(summaries, context)
        return [
            title_line("You follow", context, *region),
            table if _fits(table, columns) else _narrow(table),
            _footer(ahead, context),
            _signs(table),
        ]

    outlooks = tuple(dict.fromkeys(summary.next for summary in summaries if summary.next))
    return View(blocks, outlooks, context, screen, follows=tuple(summaries))


def _row(summary: FollowSummary, context: ViewContext) -> tuple[Cell, ...]:
    dateless = f"{summary.ahead} without a date" if summary.ahead else "nothing ahead"
    return (
        Cell(summary.name, "title"),
        Cell(summary.sort, "muted"),
        Cell(f"{summary.ahead} ahead"),
        Cell(context.name(summary.next.release) if summary.next else ""),
        cells.date_cell(summary.next, context.date_style) if summary.next else Cell(""),
        cells.time_left_cell(summary.next, context) if summary.next else Cell(dateless, "undated"),
    )


def _by_sort(summaries: Sequence[FollowSummary], context: ViewContext) -> Table:
    rows: list[tuple[Cell, ...]] = []
    breaks: list[tuple[int, tuple[Cell, ...]]] = []
    for sort, heading in _HEADINGS.items():
        group = sorted((each for each in summaries if each.sort == sort), key=_days_left)
        if group:
            count = Cell(f" ({len(group)})", "muted")
            breaks.append((len(rows), (Cell(heading, "heading"), count)))
            rows += [_screen_row(each, context) for each in group]
    return Table("", _SCREEN_COLUMNS, tuple(rows), tuple(breaks), has_headings=True)


def _days_left(summary: FollowSummary) -> tuple[bool, bool, int]:
    """The key to sort by: dated ones by date, then those with undated releases, then the others."""
    remaining = summary.next.remaining if summary.next else None
    return remaining is None, not summary.ahead, remaining.max if remaining else 0


def _screen_row(summary: FollowSummary, context: ViewContext) -> tuple[Cell, ...]:
    name, ahead = Cell(summary.name, "title"), Cell(str(summary.ahead or ""))
    outlook = summary.next or summary.undated
    if outlook is None:
        text = "nothing ahead" if summary.is_known else "not in the catalogue yet"
        return Cell(FOLLOWED_SIGN, "today"), name, ahead, Cell(""), Cell(text, "muted"), Cell("")
    return (
        *(Cell(FOLLOWED_SIGN, "today"), name, ahead),
        cells.time_left_cell(outlook, context),
        Cell(_next_title(outlook, summary.name, context)),
        Cell(cells.near_date_text(outlook, context)),
    )


def _next_title(outlook: Outlook, name: str, context: ViewContext) -> str:
    """The title of *outlook*, the next release of *name*; empty if *name* is that title."""
    title = context.name(outlook.release)
    return "" if name in (title, outlook.release.name) else title


def _fits(table: Table, columns: int) -> bool:
    """True if *table* has room in so many *columns* without breaking every other text."""
    needed = _COLUMN_GAP * (len(table.columns) - 1)
    for number, column in enumerate(table.columns):
        longest = max(width(row[number].text) for row in table.rows)
        longest = max(min(longest, _LEAST.get(number, longest)), width(column.heading))
        needed += longest
    return max(needed, _MIN_COLUMNS) <= columns


def _narrow(table: Table) -> Lines:
    """*table* for a terminal that is too narrow for columns, with all its facts."""
    breaks, lines = dict(table.breaks), list[tuple[Cell, ...]]()
    for number, (heart, name, ahead, left, title, date) in enumerate(table.rows):
        if number in breaks:
            lines.append(breaks[number])
        count = (_GAP, Cell(f"{ahead.text} ahead", "muted")) if ahead.text else ()
        lines.append((heart, Cell(" "), name, *count))
        left, date = (cell._replace(text=unbroken(cell.text)) for cell in (left, date))
        said = [cell for cell in (left, title, date) if cell.text]
        lines.append((Cell("  "), *joined(said, _GAP)))
    return Lines(tuple(lines))


def _footer(ahead: int, context: ViewContext) -> Items:
    return Items(
        (
            (Cell(f"All {ahead} ahead: ", "muted"), context.command("countdown list --followed")),
            (Cell("To stop: ", "muted"), context.command("countdown unfollow NAME")),
        )[not ahead :]
    )


def _signs(table: Table) -> Items:
    signs = []
    if has_doubt([table]):
        signs.append(explained(DOUBT_SIGN, DOUBT_MEANING))
    if any(row[-1].text.endswith(place_mark(UNSTATED)) for row in table.rows):
        signs.append(explained(place_mark(UNSTATED), UNSTATED_MEANING))
    return Items(tuple(signs))


class Following(NamedTuple):
    """A newly followed *name*, *details* on it, and its *next* release."""

    name: str
    details: str
    next: Outlook | None


def following(names: Sequence[Following], context: ViewContext) -> View:
    """Two lines for each name: that it is followed now, and its next release."""

    def lines(sign: tuple[Cell, ...]) -> list[Block]:
        indent = (Cell(" " * sum(len(cell.text) for cell in sign)),) if sign else ()
        block = []
        for each in names:
            block.append((*sign, Cell("Following "), Cell(each.name, "title"), Cell(each.details)))
            if each.next:
                following = _next(each, each.next, context)
                block.append((*indent, Cell("Next: ", "muted"), *following))
        return [Lines(tuple(block))]

    sign = (Cell(FOLLOWED_SIGN, "today"), Cell(" "))
    return View(lambda: lines(()), (), context, lambda _columns, _lines: lines(sign))


def _next(following: Following, outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    """`Dune: Part Three · in 22 days · Fri 18 Dec`, without the title if that is followed."""
    said = [
        Cell(_next_title(outlook, following.name, context)),
        cells.time_left_cell(outlook, context),
        Cell(cells.near_date_text(outlook, context)),
    ]
    return tuple(joined([cell for cell in said if cell.text], _GAP))
