"""Releases of people, franchises and lists on a terminal: all on one axis of time."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final

from countdown.core.regions import UNSTATED, place_mark
from countdown.core.width import width
from countdown.views import stages
from countdown.views.axis import (
    RUN,
    TODAY_LINE,
    Axis,
    axis_of,
    labels,
    mark,
    ruler,
    with_line,
)
from countdown.views.page import footer, joined, title_line
from countdown.views.person import (
    Person,
    credits_text,
    last_seen,
    name_cells,
    prospects,
)
from countdown.views.timeline_rows import Groups, Row
from countdown.views.timeline_rows import rows as rows_of
from countdown.views.view import (
    DOUBT_SIGN,
    FOLLOWED_SIGN,
    Block,
    Cell,
    Column,
    Items,
    Lines,
    Table,
    ViewContext,
    explained,
    short_legend,
    urgency,
)

_MIN_COLUMNS: Final = 70  # of a terminal that has room for an axis
_MIN_AXIS: Final = 12  # cells
_USUAL_AXIS: Final = 26  # cells, of the axis and the dates beside it
_MAX_AXIS: Final = 64
_MIN_TITLE: Final = 20  # cells
_MAX_TITLE: Final = 36  # cells, unless there is room
_ROLE: Final = 24  # cells of a role at most, unless there is room
_WHERE: Final = 21
_GAP: Final = 2  # cells between two columns


def blocks(
    people: Sequence[Person],
    context: ViewContext,
    *,
    followed: Collection[str],
    missing: Sequence[tuple[str, str]],
    columns: int,
    is_whole: bool = False,
) -> list[Block]:
    """The releases of *people* on one axis of time, for a terminal of *columns*.

    Those whose ids are *followed* are marked; *missing* describes what isn't shown, with commands.
    If the axis *is_whole*, it has the runs of seasons, and a line for today.
    """
    groups = rows_of(people, context, followed, with_runs=is_whole)
    today = context.now.today if is_whole else None
    if columns < _MIN_COLUMNS:
        drawn: list[Block] = [_narrow(groups, context)]
    else:
        drawn = _table(groups, context, columns, today)
    return [
        *drawn,
        footer(missing, context, columns),
        _legend(
            [row for _, own in groups for row in own],
            has_line=is_whole and columns >= _MIN_COLUMNS,
        ),
    ]


def _table(groups: Groups, context: ViewContext, columns: int, today: date | None) -> list[Block]:
    """All rows in one table, so that they share an axis, under the names of several people.

    There is a line for *today*, unless that is None.
    """
    rows = [row for _, own in groups for row in own]
    left = max(width(row.left.text) for row in rows) + _GAP
    left += width(FOLLOWED_SIGN) + _GAP if any(row.heart for row in rows) else 0
    title = _needed("Title", [row.title.text for row in rows], _MAX_TITLE)
    role = _needed("As", [credits_text(row.credits) for row in rows], _ROLE)
    where = _needed("Where", [row.where for row in rows], _WHERE)
    beside = sum(size + _GAP for size in (role, where) if size)
    is_wide = left + title + _GAP + _USUAL_AXIS + beside <= columns
    if not is_wide:
        beside, title = 0, min(title, max(columns - left - _GAP - _USUAL_AXIS, _MIN_TITLE))
    axis, texts = _axis(rows, context, columns - left - title - _GAP - beside)
    has_all_news = all(row.news in text for row, text in zip(rows, texts, strict=True))
    if axis and today:
        texts = [
            with_line(text, axis.cell(today)) if row.date else text
            for row, text in zip(rows, texts, strict=True)
        ]
    table_columns = (
        Column("Left", right=True),
        Column(""),  # the sign of what is followed
        Column("Title", stretch=True, least=title, wraps=True),
        Column(labels(axis) if axis else ""),
        Column("As", rank=1, stretch=True, least=role, wraps=True),
        Column("Where", rank=2, stretch=True, least=where, wraps=True),
    )
    drawn = [
        (
            row.left,
            Cell(row.heart, "today"),
            row.title,
            Cell(text, urgency(row.outlook) if row.date else "old" if row.is_old else "window"),
            Cell(credits_text(row.credits) if is_wide else ""),
            Cell(row.where if is_wide else "", "muted"),
        )
        for row, text in zip(rows, texts, strict=True)
    ]
    first = 0
    if axis:
        empty = Cell("")
        line = Cell(ruler(axis, today), "muted")
        drawn.insert(0, (empty, empty, empty, line, empty, empty))
        first = 1
    below = tuple(
        (number, said)
        for number, row in enumerate(rows, first)
        if (said := _facts_below(row, all_facts=not is_wide, news=not has_all_news))
    )
    table = Table(
        "",
        table_columns,
        tuple(drawn),
        _breaks(groups, context, first),
        has_headings=True,
        below=below,
    )
    if len(groups) == 1:
        return [Lines((_header(groups[0][0], context),)), table]
    return [title_line(f"{len(groups)} people", context), table]


def _needed(heading: str, texts: Sequence[str], most: int) -> int:
    """The cells that a column of *texts* needs, up to *most*; 0 if all are empty."""
    return min(max(map(width, [heading, *texts])), most) if any(texts) else 0


def _breaks(
    groups: Groups, context: ViewContext, first: int
) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """The lines above and below the rows of each person; *first* is the index of the first row."""
    breaks = list[tuple[int, tuple[Cell, ...]]]()
    has_axis = first > 0  # Its ruler is the first row.
    for person, own in groups:
        last = last_seen(person, context)
        if len(groups) > 1:
            breaks += [(first, ())] if breaks else []
            breaks.append((first, _header(person, context)))
        elif last:
            breaks.append((len(own) + first, ()))
        breaks += _headings(own, first) if has_axis else ()
        first += len(own)
        breaks += [(first, last)] if last else []
    return tuple(breaks)


def _headings(own: Sequence[Row], first: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Headings below which there is no axis of time: `No date yet`, `Cancelled`.

    *first* is the index of the first row.
    """
    before = ""
    for number, row in enumerate(own, first):
        heading = "" if row.outlook.dated else stages.dateless_heading(row.outlook)
        if heading != before:
            yield number, (Cell(heading, "muted"),)
        before = heading


def _facts_below(row: Row, *, all_facts: bool, news: bool) -> tuple[Cell, ...]:
    """Facts without room beside a title: `as Thor · Netflix · news of Feb 2026`."""
    said = [
        Cell(credits_text(row.credits, "as ") if all_facts else "", "muted"),
        Cell(row.where if all_facts else "", "muted"),
        row.news_cell if news else Cell(""),
    ]
    return tuple(joined([cell for cell in said if cell.text], Cell(" · ", "muted")))


def _axis(rows: Sequence[Row], context: ViewContext, room: int) -> tuple[Axis | None, list[str]]:
    """The axis, None if nothing has a date, and what is drawn on it for each row, in *room* cells.

    For a row that is a dot or bar with its date, or the track of stages, with its news if all fit.
    """
    windows = [row.outlook.date for row in rows if row.date and row.outlook.date]
    windows += [row.end for row in rows if row.end]
    tracks = [row.track for row in rows]
    with_news = [f"{row.track} {row.news}".rstrip() for row in rows]
    if all(width(text) <= room for text in with_news):
        tracks = with_news
    if not windows:
        return None, tracks
    label = max(width(row.date) for row in rows) + _GAP
    for free in (0, label // 2, label):
        size = min(max(room - free, _MIN_AXIS), _MAX_AXIS)
        axis = axis_of(windows, context.now.today, size, context.date_style)
        texts = [
            mark(axis, row.outlook.date, row.date, row.end)
            if row.date and row.outlook.date
            else track
            for row, track in zip(rows, tracks, strict=True)
        ]
        if all(width(text) <= room for text in texts):
            break
    return axis, texts


def _narrow(groups: Groups, context: ViewContext) -> Lines:
    """Rows for a terminal that is too narrow for an axis: the facts are below each title."""
    lines = list[tuple[Cell, ...]]()
    for person, own in groups:
        lines += [()] if lines else []
        lines += [name_cells(person), (Cell("  "), *prospects(person, context))]
        for row in own:
            lines.append(
                (Cell(row.heart, "today"), Cell(" "), row.title) if row.heart else (row.title,)
            )
            credits = Cell(credits_text(row.credits, "as "), "muted")
            facts = [row.left, Cell(row.date), credits, Cell(row.where, "muted"), row.news_cell]
            said = [cell for cell in facts if cell.text]
            lines.append((Cell("  "), *joined(said, Cell(" · ", "muted"))))
        last = last_seen(person, context)
        lines += [last] if last else []
    return Lines(tuple(lines))


def _header(person: Person, context: ViewContext) -> tuple[Cell, ...]:
    """`Chris Hemsworth   next: Avengers: Doomsday in 22 days · 6 ahead · 14 out`."""
    return *name_cells(person), Cell("   "), *prospects(person, context)


def _legend(rows: Sequence[Row], *, has_line: bool) -> Items:
    """The meanings of the signs on the screen; *has_line* if there is a line for today."""
    place = place_mark(UNSTATED)
    texts = [text for row in rows for text in (row.date, row.track, row.news)]
    texts += [credits_text(row.credits) for row in rows]
    signs = short_legend(
        followed=any(row.heart for row in rows),
        doubtful=any(DOUBT_SIGN in text.replace(place, "") for text in texts),
        unstated=any(row.date.endswith(place) for row in rows),
    )
    has_axis = has_line and any(row.date for row in rows)
    own = [explained(TODAY_LINE, "today")] if has_axis else []
    if has_axis and any(row.end for row in rows):
        own.append(explained(RUN, "first to last episode"))
    return Items((*own, *signs.items))
