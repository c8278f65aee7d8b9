"""The view of `news`: changes, newest first, on a terminal by the month of their announcement."""

from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from countdown.core import change_wording, day_style, wording
from countdown.core.changes import Change, ObservedChange
from countdown.core.outlook import Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.width import unbroken
from countdown.views import cells
from countdown.views.page import page_title
from countdown.views.view import (
    DOUBT_MEANING,
    DOUBT_SIGN,
    FOLLOWED_MEANING,
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
    Column(""),
    Column("Day", rank=3, days=True),
    Column("Title", stretch=True),
    Column("What", rank=1),  # The sign also shows it.
    Column("From", rank=4, days=True),
    Column("", rank=5),
    Column("To", days=True),
    Column("By", rank=2),
    Column("Source", rank=6),
)
_MIN_COLUMNS: Final = 100  # of a terminal that has room for a change in one row
_SCREEN_COLUMNS: Final = (
    Column("Day"),
    Column(""),  # the sign of the change
    Column(""),  # the sign of what is followed
    Column("Title", stretch=True, least=24, wraps=True),
    Column("Change", stretch=True, least=36, wraps=True),
    Column("Size"),
    Column("Source", rank=1),
)
# Kind of change → its sign and the meaning in the legend; other kinds need no sign.
_SIGNS: Final = {
    "delayed": ("▲", "delayed"),
    "brought forward": ("▼", "brought forward"),
    "new": ("+", "new"),
    "removed": ("-", "removed"),
    "cancelled": ("×", "cancelled"),
    "withdrawn": ("·", "date withdrawn"),
}


def news(
    observed: Sequence[ObservedChange],
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    since: date,
    is_older: bool = False,
    followed: Collection[str] = (),
    own: str = "",
) -> View:
    """A row for each change that was *observed* or announced from the day *since* on.

    If *is_older*, there were none, and these are the last ones before. *outlooks* are those of the
    changed releases that are still in the catalogue; *followed* are ids. *own* is the command that
    shows the user's own changes since then; empty if there are none.
    """
    style = context.date_style
    observed = _in_language(observed, outlooks, context)

    def blocks() -> list[Block]:
        day = f"{'Before' if is_older else 'Since'} {wording.day_label(since, style)}"
        heading = " · ".join((day, *cells.whose_dates(_places(observed, outlooks), context)))
        table = Table(heading, _COLUMNS, tuple(_row(change, context) for change in observed))
        return [table, _legend(observed, doubtful=has_doubt([table]))] if observed else []

    def screen(columns: int, _: int) -> list[Block]:
        if not observed:
            return []
        facts = ["the latest changes" if is_older else f"since {_day(since, context)}"]
        facts += cells.whose_dates(_places(observed, outlooks), context)
        rows = [_screen_row(change, context, followed) for change in observed]
        body: list[Block] = [_screen_table(rows)]
        if columns < _MIN_COLUMNS:
            body = [_screen_lines(rows)]
        if is_older:
            body.append(_footer(since, context, own))
        return [page_title("News", *facts), *body, _screen_legend(rows, observed)]

    return View(blocks, tuple(outlooks), context, screen, has_links=True, changes=tuple(observed))


def _in_language(
    observed: Sequence[ObservedChange], outlooks: Sequence[Outlook], context: ViewContext
) -> list[ObservedChange]:
    """*observed* with names in the user's language, where *outlooks* has the release."""
    releases = [outlook.release for outlook in outlooks]
    names = {each.id: context.name(each) for each in releases if context.name(each) != each.name}
    return [each._replace(name=names.get(each.id, each.name)) for each in observed]


def _places(observed: Sequence[ObservedChange], outlooks: Sequence[Outlook]) -> list[str]:
    """The regions of the dates that changed, empty for the user's.

    Moves recorded in the catalogue have none: there, the effective date's region is used.
    """
    places = {outlook.release.id: cells.place_of(outlook) for outlook in outlooks}
    return [
        places.get(each.id, "") if each.at is None else each.change.place
        for each in observed
        if (each.change.before or each.change.after) and each.change.kind != "complete"
    ]


class _ScreenRow(NamedTuple):
    """A change on a terminal, under the *heading* of its month."""

    heading: str
    day: str
    sign: Cell
    heart: str
    title: Cell
    phrase: Cell
    size: Cell
    host: Cell


def _screen_row(
    observed: ObservedChange, context: ViewContext, followed: Collection[str]
) -> _ScreenRow:
    change, style = observed.change, context.date_style
    heading, day = _announcement(observed, context)
    is_followed = observed.id in followed
    return _ScreenRow(
        heading,
        day,
        _sign_cell(change),
        FOLLOWED_SIGN if is_followed else "",
        Cell(observed.name, "title" if is_followed else ""),
        Cell(change_wording.phrase(change, style, place=place_mark, unbroken=True)),
        Cell(
            change_wording.describe_shift(change, exact_days=context.exact_days),
            cells.MOVE_STYLES[change.direction],
        ),
        _source_cell(observed),
    )


def _source_cell(observed: ObservedChange) -> Cell:
    host = cells.host(observed.source)
    return Cell(host, "muted", observed.source if host else None)


def _announcement(observed: ObservedChange, context: ViewContext) -> tuple[str, str]:
    """The month of the announcement, or of the look at it, and the day in it if that is known."""
    day, style, when = observed.on, context.date_style, observed.announced
    if when is not None and when.precision not in ("day", "instant", "month"):
        return wording.format_date(when, style), ""
    heading = wording.month_heading(day.year, day.month, context.now.today, style)
    is_day = when is None or when.precision != "month"
    return heading, wording.day_of_month(day, style) if is_day else ""


def _screen_table(rows: Sequence[_ScreenRow]) -> Table:
    breaks, number = [], 0
    for heading, group in groupby(rows, key=lambda row: row.heading):
        count = len([*group])
        breaks.append((number, _heading(heading, count)))
        number += count
    cells_ = tuple(
        (
            *(Cell(row.day, "muted"), row.sign, Cell(row.heart, "today"), row.title),
            *(row.phrase, row.size, row.host),
        )
        for row in rows
    )
    return Table("", _SCREEN_COLUMNS, cells_, tuple(breaks))


def _screen_lines(rows: Sequence[_ScreenRow]) -> Lines:
    """Two lines for each of *rows*: its title, and below it what happened."""
    lines: list[tuple[Cell, ...]] = []
    gap = Cell(" · ", "muted")
    has_signs, has_hearts = any(row.sign.text for row in rows), any(row.heart for row in rows)
    indent = Cell("  " * (has_signs + has_hearts) or "  ")
    for heading, group in groupby(rows, key=lambda row: row.heading):
        of_month = [*group]
        lines.append(_heading(heading, len(of_month)))
        for row in of_month:
            sign = (row.sign._replace(text=f"{row.sign.text or ' '} "),) * has_signs
            heart = (Cell(f"{row.heart or ' '} ", "today"),) * has_hearts
            lines.append((*sign, *heart, row.title))
            cells_ = [row.phrase, row.size, Cell(unbroken(row.day), "muted"), row.host]
            parts = [part for cell in cells_ if cell.text for part in (gap, cell)]
            lines.append((indent, *parts[1:]))
    return Lines(tuple(lines))


def _heading(text: str, count: int) -> tuple[Cell, ...]:
    return Cell(text, "heading"), Cell(f" ({count})", "muted")


def _day(day: date, context: ViewContext) -> str:
    """The *day* with its weekday, and its year unless that is this one."""
    is_this_year = day.year == context.now.today.year
    return day_style.short_day(day, context.date_style, year=not is_this_year)


def _footer(since: date, context: ViewContext, own: str) -> Items:
    day = unbroken(wording.day_label(since, context.date_style))
    text = f"Nothing has changed since {day}. To see more:"
    more = (Cell(text, "muted"),), (context.command("countdown news --since 1y"),)
    mine = (Cell("To see your own changes: ", "muted"), context.command(own))
    return Items((*more, mine) if own else more)


def _screen_legend(rows: Sequence[_ScreenRow], observed: Sequence[ObservedChange]) -> Items:
    """The signs that aren't clear from words beside them, as those of later, earlier or new are."""
    signs = []
    if any(row.heart for row in rows):
        signs.append(explained(FOLLOWED_SIGN, FOLLOWED_MEANING, "today"))
    if any(change.change.place == UNSTATED for change in observed):
        signs.append(explained(place_mark(UNSTATED), UNSTATED_MEANING))
    if any(DOUBT_SIGN in row.phrase.text.replace(place_mark(UNSTATED), "") for row in rows):
        signs.append(explained(DOUBT_SIGN, DOUBT_MEANING))
    return Items(tuple(signs))


def _row(observed: ObservedChange, context: ViewContext) -> tuple[Cell, ...]:
    change, style = observed.change, context.date_style
    color = cells.MOVE_STYLES[change.direction]
    before, after = change_wording.before_and_after(change, style)
    if change.kind == "cancelled":  # The kind says it already.
        after = ""
    return (
        _sign_cell(change),
        Cell(_day_text(observed, style), "muted"),
        Cell(observed.name, "title"),
        Cell(kind_text(change), color),
        Cell(before, "muted"),
        Cell("→" if before and after else "", "muted"),
        Cell(after),
        Cell(size_text(change, exact_days=context.exact_days), color),
        _source_cell(observed),
    )


def _day_text(observed: ObservedChange, style: str) -> str:
    if observed.announced:
        return wording.format_date(observed.announced, style)
    return wording.day_label(observed.on, style)


def kind_text(change: Change) -> str:
    """The kind of *change* in a word or two: `delayed`, `withdrawn`."""
    if change.kind == "moved":
        return ("moved", "delayed", "brought forward")[change.direction]
    return change.kind


def size_text(change: Change, *, exact_days: bool = False) -> str:
    """The size of a move with its sign: `+7 weeks`, `-2 h`; empty if there is none."""
    size = change_wording.describe_size(change, exact_days=exact_days)
    return f"{'-' if change.direction < 0 else '+'}{size}" if size else ""


def _sign_cell(change: Change) -> Cell:
    sign, _ = _SIGNS.get(kind_text(change), ("", ""))
    return Cell(sign, cells.MOVE_STYLES[change.direction])


def _legend(observed: Sequence[ObservedChange], *, doubtful: bool) -> Items:
    used = {kind_text(one.change): _sign_cell(one.change) for one in observed}
    items = [
        (used[word], Cell(f" {text}", "muted"))
        for word, (_, text) in _SIGNS.items()
        if word in used
    ]
    if any(one.change.place == UNSTATED for one in observed):
        items.append(explained(place_mark(UNSTATED), UNSTATED_MEANING))
    return Items((*items, *legend((), doubtful=doubtful).items))
