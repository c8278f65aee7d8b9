"""The listing on a terminal: under headings of months, each row beginning with the time left."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from countdown.core import wording
from countdown.core.outlook import NO_MONTH, Ahead, Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.width import unbroken, width
from countdown.views import cells, stages
from countdown.views.page import footer, joined, title_line
from countdown.views.view import (
    FOLLOWED_SIGN,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Table,
    ViewContext,
    has_doubt,
    short_legend,
)

_MIN_COLUMNS: Final = 77  # of a terminal that has room for a table
_MIN_ROWS: Final = 3  # of an overview, even on a very low terminal
_MAX_PEOPLE: Final = 4  # of the cast, if they have room
_SHOWN_DAYS: Final = 92  # ahead, in which an overview has all followed releases
_MIN_TITLE, _WHERE, _MIN_WHERE = 26, 21, 12  # cells
_GAP: Final = 2  # cells between two columns
_BESIDE_TITLE: Final = 46  # cells that the time left, the date and where take, with their gaps
_COLUMNS: Final = (
    Column("Left", right=True),
    Column(""),  # the sign of what is followed
    Column("Title", stretch=True, least=_MIN_TITLE, wraps=True),
    Column("Date", rank=1),
    Column("Where", rank=2, stretch=True, least=_WHERE, wraps=True),
    Column("With", rank=4, stretch=True, least=22, names=True),
    Column("Franchise", rank=5, stretch=True, least=22),
)


def months(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    heading: str,
    followed: Collection[str],
    columns: int,
    ranked: bool = False,
    missing: Sequence[tuple[str, str]] = (),
) -> list[Block]:
    """All *outlooks*: dated ones by month, the others below; if *ranked*, in the given order.

    *columns* is the width of the terminal; *missing* describes what isn't shown, with commands.
    """
    dated = [outlook for outlook in outlooks if outlook.dated or ranked]
    usual = usual_region(dated)
    table = _table(dated, context, followed, usual, by_month=not ranked)
    rows, breaks = [*table.rows], [*table.breaks]
    for name, group in () if ranked else stages.dateless_groups(outlooks):
        breaks.append((len(rows), (Cell(name, "heading"), Cell(f" ({len(group)})", "muted"))))
        rows += [_row(outlook, context, followed, None, by_month=False) for outlook in group]
    # One table, so that all rows share their columns.
    table = table._replace(rows=tuple(rows), breaks=tuple(breaks), has_headings=True)
    title = title_line(heading, context, *whose_dates(context, usual))
    return _blocks(title, table, columns, footer(missing, context, columns))


def overview(
    shown: Sequence[Outlook],
    context: ViewContext,
    *,
    followed: Collection[str],
    ahead: Ahead,
    columns: int,
) -> list[Block]:
    """Those that are *shown* of all releases, `those_that_fit`, and counts of the others."""
    usual = usual_region(shown)
    table = _table(shown, context, followed, usual, by_month=True, numbers=ahead.months)
    title = title_line("Coming up", context, *whose_dates(context, usual))
    return _blocks(title, table, columns, _footer(ahead, len(shown), context, columns))


def _blocks(title: Block, table: Table, columns: int, *footer: Block) -> list[Block]:
    if not table.rows:
        return []
    room = _room_for_where(table, columns)
    if columns < _MIN_COLUMNS or room < _MIN_WHERE:
        return [title, _narrow(table), *footer, _legend(table)]
    where = table.columns[4]._replace(least=min(room, _WHERE))
    drawn = table._replace(columns=(*table.columns[:4], where, *table.columns[5:]))
    return [title, drawn, *footer, _legend(table)]


def _room_for_where(table: Table, columns: int) -> int:
    """The cells left for where a release comes out; other texts depend on the language."""
    left, heart, title, date = (max(width(row[n].text) for row in table.rows) for n in range(4))
    sizes = (left, heart, min(title, _MIN_TITLE), date)
    return columns - sum(size + _GAP for size in sizes if size)


def those_that_fit(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    followed: Collection[str],
    columns: int,
    lines: int,
) -> list[Outlook]:
    """Those of *outlooks* that an `overview` of *columns* and *lines* has room for.

    All *followed* ones of the next three months are among them. A row takes two lines if its title
    is too wide, or its platforms are wider than their column.
    """
    lines = (lines - 5) // (2 if columns < _MIN_COLUMNS else 1)
    cells_of_title = max(columns - _BESIDE_TITLE, _MIN_TITLE)
    # By index: comparing releases would compare their casts.
    chosen = {
        place
        for place, outlook in enumerate(outlooks)
        if outlook.release.id in followed
        and outlook.date
        and (outlook.date.latest - context.now.today).days <= _SHOWN_DAYS
    }
    headings = {_month(outlooks[place]) for place in chosen}
    below = dict(cells.old_checks(outlooks, context))
    more = sum(_is_wide(outlooks[place], context, cells_of_title) for place in chosen)
    for place in [place for place in range(len(outlooks)) if place not in chosen]:
        heading = _month(outlooks[place])
        needed = len(chosen) + 1 + len(headings | {heading})
        needed += len(below.keys() & (chosen | {place}))
        more += _is_wide(outlooks[place], context, cells_of_title)
        if needed + more > lines and len(chosen) >= _MIN_ROWS:
            break
        chosen.add(place)
        headings.add(heading)
    return [outlooks[place] for place in sorted(chosen)]


def _is_wide(outlook: Outlook, context: ViewContext, size: int) -> bool:
    title = context.name(outlook.release) + cells.kind_suffix(outlook)
    where = cells.platforms(outlook.release)
    return width(title) > size or width(where) > _WHERE


def whose_dates(context: ViewContext, usual: str | None) -> tuple[str, ...]:
    """`dates for BR`, or `most dates for US` if that is *usual*; empty without a region."""
    if usual:
        return (f"most dates for {usual}",)
    return (f"dates for {context.region}",) if context.region else ()


def _table(
    dated: Sequence[Outlook],
    context: ViewContext,
    followed: Collection[str],
    usual: str | None,
    *,
    by_month: bool,
    numbers: Mapping[tuple[int, int], int] | None = None,
) -> Table:
    """*dated* in rows, *by_month* under headings with the *numbers* of those months.

    By default, the numbers are those of the rows. *usual* is the region of most dates.
    """
    months = [_month(outlook) for outlook in dated] if by_month else []
    breaks = []
    for row, month in enumerate(months):
        if row == 0 or month != months[row - 1]:
            name = "Overdue"
            if month == NO_MONTH:
                name = "No latest date"
            elif month:
                name = wording.month_heading(*month, context.now.today, context.date_style)
            number = (numbers or {}).get(month or (0, 0), months.count(month))
            breaks.append((row, (Cell(name, "heading"), Cell(f" ({number})", "muted"))))
    rows = tuple(_row(outlook, context, followed, usual, by_month=by_month) for outlook in dated)
    return Table("", _COLUMNS, rows, tuple(breaks), below=cells.old_checks(dated, context))


def _narrow(table: Table) -> Lines:
    """*table* for a terminal that is too narrow for columns: the facts are below each title.

    Nothing is left out, and no word is cut.
    """
    breaks, lines = dict(table.breaks), list[tuple[Cell, ...]]()
    for number, (left, heart, title, date, where, *_) in enumerate(table.rows):
        if number in breaks:
            lines.append(breaks[number])
        sign = (heart, Cell(" ")) if heart.text else ()
        lines.append((*sign, title))
        date = date._replace(text=unbroken(" ".join(date.text.split())))
        left = left._replace(text=unbroken(left.text))
        old_check = dict(table.below).get(number, ())
        said = [cell for cell in (left, date, where, *old_check) if cell.text]
        lines.append((Cell("  "), *joined(said, Cell(" · ", "muted"))))
    return Lines(tuple(lines))


def _month(outlook: Outlook) -> tuple[int, int] | None:
    """Year and month of the latest day of *outlook*; None if it is overdue."""
    if outlook.date is None or outlook.state == "overdue":
        return None
    if outlook.date.is_open:
        return NO_MONTH
    return outlook.date.latest.year, outlook.date.latest.month


def usual_region(outlooks: Sequence[Outlook]) -> str | None:
    """The region that most dates are for, if it isn't the user's; None otherwise."""
    regions = [
        outlook.effective_date.dated.region
        for outlook in outlooks
        if outlook.effective_date and outlook.effective_date.fallback
    ]
    return cells.value_of_most(regions, len(outlooks))


def _row(
    outlook: Outlook,
    context: ViewContext,
    followed: Collection[str],
    usual: str | None,
    *,
    by_month: bool,
) -> tuple[Cell, ...]:
    release = outlook.release
    is_followed = release.id in followed
    return (
        _left(outlook, context, by_month=by_month),
        Cell(FOLLOWED_SIGN if is_followed else "", "today"),
        Cell(context.name(release) + cells.kind_suffix(outlook), "title" if is_followed else ""),
        _date(outlook, context, usual, by_month=by_month),
        Cell(cells.platforms(release), "muted"),
        Cell(cells.people(release, _MAX_PEOPLE), "muted"),
        Cell(", ".join(release.franchise[:1]), "muted"),
    )


def _left(outlook: Outlook, context: ViewContext, *, by_month: bool) -> Cell:
    """The time left; without the year of `by 31 Dec 2027`, which the month's heading has."""
    cell = cells.time_left_cell(outlook, context)
    if not by_month or outlook.date is None or outlook.state in ("overdue", "released"):
        return cell
    return cell._replace(text=_without_year(cell.text, outlook.date.latest.year))


def _without_year(text: str, year: int) -> str:
    """`early Jun`: *text* without the *year* at its end, which the heading above it has."""
    return text.removesuffix(f" {year}").removesuffix(",").removesuffix(" de")  # as in Portuguese


def _date(outlook: Outlook, context: ViewContext, usual: str | None, *, by_month: bool) -> Cell:
    """The day under the heading of its month, `Fri 18`; the whole date elsewhere, or a window.

    The region is named unless it is the user's or the *usual* one.
    """
    when, effective = outlook.date, outlook.effective_date
    if when is None or effective is None or not outlook.dated:
        return Cell(cells.former_date(outlook, context.date_style), "muted")
    if by_month and when.precision in ("day", "instant") and outlook.state != "overdue":
        text = wording.day_of_month(when.latest, context.date_style)
    else:
        text = wording.format_date(when, context.date_style)
        if by_month and outlook.state != "overdue":
            text = _without_year(text, when.latest.year)
    text = cells.signed_row(text, effective.dated)
    place = effective.dated.market
    is_marked = place != usual if usual else effective.fallback
    return Cell(f"{text} {place_mark(place)}" if is_marked and place else text)


def _footer(ahead: Ahead, shown: int, context: ViewContext, columns: int) -> Block:
    """`48 more until 2029 · 20 without a date`, and the commands that show those."""
    more, missing = ahead.dated - shown, []
    if more > 0:
        last = max(ahead.months)
        until = "" if last == NO_MONTH else f" until {last[0]}"
        missing.append((f"{more:,} more{until}", "countdown list"))
    if ahead.undated:
        missing.append((f"{ahead.undated:,} without a date", "countdown status"))
    return footer(missing, context, columns)


def _legend(table: Table) -> Items:
    return short_legend(
        followed=any(row[1].text for row in table.rows),
        doubtful=has_doubt([table]),
        unstated=any(row[3].text.endswith(place_mark(UNSTATED)) for row in table.rows),
    )
