"""A calendar on a terminal: month grids, with the releases of each beside its days."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from countdown.core import day_style, wording
from countdown.core.outlook import Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.width import pad, width, wrap
from countdown.views import cells
from countdown.views.calendar_grid import GRID_CELLS, TODAY_SIGN, grid_lines
from countdown.views.calendar_months import BEYOND_HEADING, CalendarMonth, CalendarPages
from countdown.views.folding import height
from countdown.views.months import usual_region, whose_dates
from countdown.views.page import footer, title_line
from countdown.views.view import (
    DOUBT_SIGN,
    FOLLOWED_SIGN,
    URGENCY_SIGNS,
    Block,
    Cell,
    Items,
    Lines,
    Pairs,
    ViewContext,
    explained,
    legend,
    urgency,
)

_GAP: Final = 3  # cells between a grid and its releases, and between two months
_MIN_BESIDE: Final = 50  # cells of a month that has room for releases beside its grid
_MIN_MONTH: Final = 58  # cells of a month with its releases, if another stands beside it
_MAX_MONTH: Final = 80  # beyond which it would only stand farther from the next one
_LABEL: Final = 4  # cells before a title: its day, and the sign of doubt

Line = tuple[Cell, ...]


def draw_months(
    pages: CalendarPages,
    context: ViewContext,
    *,
    followed: frozenset[str],
    columns: int,
    lines: int,
    command: str,
) -> list[Block]:
    """The *pages* for a terminal of *columns*; with a *command*, as much as fits in *lines*."""
    every = [outlook for month in pages.months for outlook in month.every] + [*pages.beyond]
    usual = usual_region(every)
    title = title_line("Calendar", context, *whose_dates(context, usual))
    listed = [_ahead(month) if command else month for month in pages.months]

    def draw(count: int, spare: int | None) -> list[Block]:
        """The first *count* months, cut to the heights of their grids and *spare* lines more."""
        later = [*pages.beyond] if count == len(pages.months) else []
        shown = [outlook for month in pages.months[:count] for outlook in month.every] + later
        drawn = []
        for number in range(count):
            room = spare if spare is None or number == count - 1 else 0
            both = pages.months[number], listed[number]
            size = _beside(columns, count)[1]
            drawn.append(
                _month(*both, pages.first_weekday, context, followed, usual, size=size, spare=room)
            )
        return [
            title,
            *_rows(drawn, columns),
            *_beyond(later, context),
            _missing(pages, listed, count, context, command, columns),
            _legend(shown, pages.months[:count], context, followed),
        ]

    blocks = draw(len(pages.months), None)
    if not command or _height_of(blocks, columns) <= lines:
        return blocks
    for count in range(len(pages.months), 0, -1):
        blocks = draw(count, None)
        if _height_of(blocks, columns) <= lines:
            break
        spare = lines - _height_of(draw(count, 0), columns)
        if columns >= _MIN_BESIDE and spare >= 0:
            return draw(count, spare)
    return blocks


def _height_of(blocks: Sequence[Block], columns: int) -> int:
    """The lines that *blocks* take, with an empty one between them."""
    sizes = [
        len(block.lines) if isinstance(block, Lines) else height(block, columns) for block in blocks
    ]
    return sum(sizes) + sum(1 for size in sizes if size) - 1


def _ahead(month: CalendarMonth) -> CalendarMonth:
    """*month* without the releases that are out."""
    ahead = tuple(outlook for outlook in month.on_days if outlook.state != "released")
    windows = tuple(outlook for outlook in month.windows if outlook.state != "released")
    return CalendarMonth(month.first, ahead, windows)


def _missing(
    pages: CalendarPages,
    listed: Sequence[CalendarMonth],
    count: int,
    context: ViewContext,
    command: str,
    columns: int,
) -> Items:
    """The numbers of releases that aren't *listed* in the first *count* months, and the *command*.

    That shows all of them.
    """
    missing, hidden = list[tuple[str, str]](), listed[count:]
    out = sum(len(month.every) for month in pages.months) - sum(len(each.every) for each in listed)
    if out:
        missing.append((f"{out:,} out already", command))
    if hidden:
        number = sum(len(month.every) for month in hidden) + len(pages.beyond)
        last = day_style.long_month(hidden[-1].first, context.date_style, year=True)
        missing.append((f"{number:,} more until {last}", command))
    return footer(missing, context, columns)


def _rows(drawn: Sequence[Sequence[Line]], columns: int) -> Iterator[Lines]:
    """The months, side by side if there is room, in the order of reading."""
    number, size = _beside(columns, len(drawn))
    for first in range(0, len(drawn), number):
        row = drawn[first : first + number]
        lines = []
        for place in range(max(map(len, row))):
            line = list[Cell]()
            for month in row:
                cells_of_month = month[place] if place < len(month) else ()
                if line:
                    line.append(Cell(" " * _GAP))
                line += _padded(cells_of_month, size if month is not row[-1] else 0)
            while line and line[-1].text.isspace():
                line.pop()
            lines.append(
                (*line[:-1], *(cell._replace(text=cell.text.rstrip()) for cell in line[-1:]))
            )
        yield Lines(tuple(lines), verbatim=True)


def _beside(columns: int, count: int) -> tuple[int, int]:
    """How many of *count* months stand side by side, and the cells of each."""
    number = max(min((columns + _GAP) // (_MIN_MONTH + _GAP), count), 1)
    return number, min((columns - _GAP * (number - 1)) // number, _MAX_MONTH)


def _padded(line: Sequence[Cell], size: int) -> list[Cell]:
    used = sum(width(cell.text) for cell in line)
    return [*line, Cell(" " * (size - used))] if used < size else [*line]


def _month(
    month: CalendarMonth,
    listed: CalendarMonth,
    first_weekday: int,
    context: ViewContext,
    followed: frozenset[str],
    usual: str | None,
    *,
    size: int,
    spare: int | None,
) -> list[Line]:
    """A month of *size* cells: its name, and its grid with what is *listed* beside or below it.

    Beside it are at most *spare* lines more than the grid has; None for all.
    """
    name = wording.month_heading(
        month.first.year, month.first.month, context.now.today, context.date_style
    )
    count = Cell(f" ({len(month.every)})" if month.every else "", "muted")
    grid = grid_lines(month, first_weekday, context)
    is_beside = size >= _MIN_BESIDE
    room = max(size - GRID_CELLS - _GAP if is_beside else size, _LABEL + 1)
    each = _releases(listed, context, followed, usual, room)
    is_followed = [outlook.release.id in followed for outlook in (*listed.on_days, *listed.windows)]
    pairs = [*zip(is_followed, map(list, each), strict=True)]
    releases = _cut(pairs, None if spare is None else len(grid) + spare)
    heading: Line = (Cell(name, "heading"), count)
    if not is_beside:
        return [heading, *grid, *releases]
    lines: list[Line] = [heading]
    for place in range(max(len(grid), len(releases))):
        left = grid[place] if place < len(grid) else ()
        right = releases[place] if place < len(releases) else ()
        lines.append((*_padded(left, GRID_CELLS + _GAP), *right) if right else left)
    return lines


def _releases(
    month: CalendarMonth,
    context: ViewContext,
    followed: frozenset[str],
    usual: str | None,
    room: int,
) -> Iterator[Iterator[Line]]:
    """The lines of each release of a month, behind its day; then of the windows that end in it."""
    before = None
    for outlook in month.on_days:
        effective, on = outlook.effective_date, outlook.date.latest if outlook.date else month.first
        doubt = cells.signed_row("", effective.dated) if effective else ""
        label = Cell("" if on == before else f"{on.day:>2}{doubt}", urgency(outlook))
        place = effective.dated.market if effective else None
        is_marked = place != usual if usual else effective and effective.fallback
        where = f" {place_mark(place)}" if place and is_marked else ""
        yield _release(outlook, label, where, context, followed, room)
        before = on
    for outlook in month.windows:
        style = urgency(outlook)
        label = Cell(f" {URGENCY_SIGNS[style][0]}", style)
        when = f" · {cells.near_date_text(outlook, context)}"
        yield _release(outlook, label, when, context, followed, room)


def _cut(releases: Sequence[tuple[bool, Sequence[Line]]], most: int | None) -> list[Line]:
    """The lines of *releases*; at most so many, of which the last says how many are missing.

    Those that are followed, by the first of each pair, are kept before others.
    """
    if most is None or sum(len(lines) for _, lines in releases) <= most:
        return [line for _, lines in releases for line in lines]
    order = sorted(range(len(releases)), key=lambda number: not releases[number][0])
    ends = accumulate(len(releases[number][1]) for number in order)
    kept = {number for number, end in zip(order, ends, strict=True) if end < most}
    lines = [line for number in sorted(kept) for line in releases[number][1]]
    more = f"and {len(releases) - len(kept):,} more"
    return [*lines, (Cell(f"{' ' * _LABEL}{more}", "muted"),)]


def _release(
    outlook: Outlook,
    label: Cell,
    facts: str,
    context: ViewContext,
    followed: frozenset[str],
    room: int,
) -> Iterator[Line]:
    """The lines of one release in *room* cells, with its platform if there is room for it."""
    is_followed = outlook.release.id in followed
    text = context.name(outlook.release) + cells.kind_suffix(outlook)
    said = [Cell(text, "title" if is_followed else "")]
    if is_followed:
        said.append(Cell(f" {FOLLOWED_SIGN}", "today"))
    said.append(Cell(facts, "muted"))
    platform = cells.platforms(outlook.release)
    where = f" · {platform}" if platform else ""
    room -= _LABEL
    if sum(width(cell.text) for cell in said) + width(where) <= room:
        said.append(Cell(where, "muted"))
    start = Cell(pad(label.text, _LABEL), label.style)
    for line in _wrapped(said, room):
        yield (start, *line)
        start = Cell(" " * _LABEL)


def _wrapped(said: Sequence[Cell], room: int) -> Iterator[Line]:
    """*said* in lines of at most *room* cells."""
    for start, end in wrap("".join(cell.text for cell in said), room):
        line, first = list[Cell](), 0
        for cell in said:
            part = cell.text[max(start - first, 0) : max(end - first, 0)]
            line += [cell._replace(text=part)] if part else []
            first += len(cell.text)
        yield tuple(line)


def _beyond(outlooks: Sequence[Outlook], context: ViewContext) -> list[Block]:
    """The windows that end after the months, or never, under their names."""
    named: dict[str, list[str]] = {}
    for outlook in outlooks:
        name = context.name(outlook.release) + cells.kind_suffix(outlook)
        named.setdefault(cells.near_date_text(outlook, context), []).append(name)
    rows = tuple((when, (Cell(" · ".join(names)),)) for when, names in named.items())
    return [Pairs(BEYOND_HEADING, rows)] if rows else []


def _legend(
    shown: Sequence[Outlook],
    months: Sequence[CalendarMonth],
    context: ViewContext,
    followed: frozenset[str],
) -> Items:
    """The meanings of the signs on the screen."""
    texts = [cells.near_date_text(outlook, context) for outlook in shown]
    place = place_mark(UNSTATED)
    doubtful = any(DOUBT_SIGN in text.replace(place, "") for text in texts)
    signs = legend(shown, doubtful=doubtful, followed=followed)
    today = context.now.today
    has_today = any(month.first == today.replace(day=1) for month in months)
    is_free = all(outlook.date is None or outlook.date.latest != today for outlook in shown)
    own = (explained(TODAY_SIGN, "today", "today"),) if has_today and is_free else ()
    return Items((*own, *signs.items))
