"""People's releases on a terminal: all on one axis of time."""

from collections.abc import Collection, Iterator, Sequence
from typing import Final, NamedTuple

from countdown.core.outlook import Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.width import width
from countdown.views import cells, stages
from countdown.views.axis import Axis, axis_of, labels, mark, ruler
from countdown.views.page import footer, joined, title_line
from countdown.views.person import (
    Credits,
    Person,
    credits_by_person,
    credits_text,
    last_seen,
    name_cells,
    prospects,
)
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
) -> list[Block]:
    """The releases of *people* on one axis of time, for a terminal of *columns*.

    Those whose ids are *followed* are marked; *missing* describes what isn't shown, with commands.
    """
    groups = _rows(people, context, followed)
    if columns < _MIN_COLUMNS:
        drawn: list[Block] = [_narrow(groups, context)]
    else:
        drawn = _table(groups, context, columns)
    return [
        *drawn,
        footer(missing, context, columns),
        _legend([row for _, own in groups for row in own]),
    ]


class _Row(NamedTuple):
    """The facts on one release of one person."""

    outlook: Outlook
    name: str
    left: Cell
    heart: str
    date: str  # empty if it is undated
    credits: Credits
    where: str
    track: str  # of stages, with the sign of doubt; empty like *news* if it is dated
    news: str
    is_old: bool  # of *news*

    @property
    def title(self) -> Cell:
        """The name of the release."""
        return Cell(self.name, "title" if self.heart else "")

    @property
    def news_cell(self) -> Cell:
        """The month of the last news."""
        return Cell(self.news, "old" if self.is_old else "muted")


_Groups = Sequence[tuple[Person, Sequence[_Row]]]


def _rows(people: Sequence[Person], context: ViewContext, followed: Collection[str]) -> _Groups:
    every = {id(outlook): outlook for each in people for outlook in each.shown}
    credits = credits_by_person(people, [*every.values()])
    return [
        (
            each,
            [
                _row(outlook, credits[id(outlook)].get(each.name, []), context, followed)
                for outlook in each.shown
            ],
        )
        for each in people
    ]


def _row(
    outlook: Outlook, credits: Credits, context: ViewContext, followed: Collection[str]
) -> _Row:
    release = outlook.release
    track, news, is_old = "", "", False
    if not outlook.dated and outlook.state != "released":
        track = stages.signed_track(outlook)
        news, is_old = stages.news_age(release, context)
        former = cells.former_date(outlook, context.date_style)
        news = " · ".join(text for text in (former, news) if text)
    return _Row(
        outlook,
        context.name(release),
        cells.time_left_cell(outlook, context),
        FOLLOWED_SIGN if release.id in followed else "",
        cells.date_cell(outlook, context.date_style).text if outlook.dated else "",
        credits,
        cells.platforms(release),
        track,
        news,
        is_old,
    )


def _table(groups: _Groups, context: ViewContext, columns: int) -> list[Block]:
    """All rows in one table, so that they share an axis, under the names of several people."""
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
        line = Cell(ruler(axis), "muted")
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
    groups: _Groups, context: ViewContext, first: int
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


def _headings(own: Sequence[_Row], first: int) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    """Headings below which there is no axis of time: `No date yet`, `Cancelled`.

    *first* is the index of the first row.
    """
    before = ""
    for number, row in enumerate(own, first):
        heading = "" if row.outlook.dated else stages.dateless_heading(row.outlook)
        if heading != before:
            yield number, (Cell(heading, "muted"),)
        before = heading


def _facts_below(row: _Row, *, all_facts: bool, news: bool) -> tuple[Cell, ...]:
    """Facts without room beside a title: `as Thor · Netflix · news of Feb 2026`."""
    said = [
        Cell(credits_text(row.credits, "as ") if all_facts else "", "muted"),
        Cell(row.where if all_facts else "", "muted"),
        row.news_cell if news else Cell(""),
    ]
    return tuple(joined([cell for cell in said if cell.text], Cell(" · ", "muted")))


def _axis(rows: Sequence[_Row], context: ViewContext, room: int) -> tuple[Axis | None, list[str]]:
    """The axis, None if nothing has a date, and what is drawn on it for each row, in *room* cells.

    For a row that is a dot or bar with its date, or the track of stages, with its news if all fit.
    """
    windows = [row.outlook.date for row in rows if row.date and row.outlook.date]
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
            mark(axis, row.outlook.date, row.date) if row.date and row.outlook.date else track
            for row, track in zip(rows, tracks, strict=True)
        ]
        if all(width(text) <= room for text in texts):
            break
    return axis, texts


def _narrow(groups: _Groups, context: ViewContext) -> Lines:
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


def _legend(rows: Sequence[_Row]) -> Items:
    place = place_mark(UNSTATED)
    texts = [text for row in rows for text in (row.date, row.track, row.news)]
    texts += [credits_text(row.credits) for row in rows]
    return short_legend(
        followed=any(row.heart for row in rows),
        doubtful=any(DOUBT_SIGN in text.replace(place, "") for text in texts),
        unstated=any(row.date.endswith(place) for row in rows),
    )
