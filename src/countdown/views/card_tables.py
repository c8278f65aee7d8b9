"""The tables of a card on a terminal: cast, other dates, and the history of the date."""

from collections.abc import Sequence
from typing import Final

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate, localised
from countdown.core.history import HistoryStep
from countdown.core.local_time import local_time_of
from countdown.core.outlook import Outlook, remaining
from countdown.core.regions import region_name
from countdown.core.release import AnnouncedDate, Credit
from countdown.core.width import pad, unbroken, width
from countdown.views import cells as shared
from countdown.views.view import Block, Cell, Column, Lines, Table, ViewContext

_TABLE_GAP: Final = 2  # columns that a terminal leaves between those of a table
_MIN_NAME: Final = 12  # columns for a member of the cast
_GAP: Final = "   "  # between columns of the cast
_DATES: Final = (Column("Region"), Column("Type"), Column("Date"), Column("Left"))
_STEPS: Final = (Column("To", right=True), Column("By"), Column("Announced"), Column("Source"))


def cast(credits: Sequence[Credit], columns: int) -> Lines:
    """The cast with roles, in as many columns as have room, filled downwards."""
    if not credits:
        return Lines(())
    heading = (Cell("Cast", "heading"),)
    for number in range(min(len(credits), columns // _MIN_NAME), 0, -1):
        height = -(-len(credits) // number)
        parts = [credits[start : start + height] for start in range(0, len(credits), height)]
        sizes = [_sizes(part) for part in parts]
        if sum(map(sum, sizes)) + len(_GAP) * (len(parts) - 1) <= columns:
            lines = (_line(parts, sizes, at) for at in range(height))
            return Lines((heading, *lines), verbatim=True)
    narrow: list[tuple[Cell, ...]] = []
    for credit in credits:
        narrow.append((Cell(credit.name),))
        narrow += [(Cell("  "), Cell(credit.role, "muted"))] if credit.role else []
    return Lines((heading, *narrow))


def _sizes(credits: Sequence[Credit]) -> tuple[int, int]:
    """The widths of the names of *credits* and of their roles with the gap before them."""
    roles = [width(credit.role) + 2 for credit in credits if credit.role]
    return max(width(credit.name) for credit in credits), max(roles, default=0)


def _line(
    parts: Sequence[Sequence[Credit]], sizes: Sequence[tuple[int, int]], at: int
) -> tuple[Cell, ...]:
    """Line *at* of *parts* placed side by side, without trailing spaces."""
    shown = [(part[at], *size) for part, size in zip(parts, sizes, strict=True) if at < len(part)]
    cells = [cell for credit in shown for cell in _credit(*credit)]
    while not cells[-1].text.strip():
        cells.pop()
    return (*cells[:-1], cells[-1]._replace(text=cells[-1].text.rstrip()))


def _credit(credit: Credit, name: int, role: int) -> tuple[Cell, ...]:
    text = f"  {credit.role}" if credit.role else ""
    return Cell(pad(credit.name, name)), Cell(pad(text, role) + _GAP, "muted")


def dates(outlook: Outlook, context: ViewContext, columns: int) -> Block:
    """The dates that the head of the card doesn't have, the earliest first."""
    effective = outlook.effective_date
    others = [each for each in outlook.release.dates if not effective or each != effective.dated]
    others.sort(key=lambda each: each.date.latest)
    rows = [_date_row(each, outlook, context) for each in others]
    heading = "Other dates" if effective else "Dates"
    return _table(heading, _DATES, rows, columns)


def _date_row(each: AnnouncedDate, outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    local, style = localised(each.date, context.now.zone), context.date_style
    if local.precision in ("day", "instant"):
        text = day_style.short_day(local.latest, style, year=True) + local.qualifier
    else:
        text = wording.format_date(local, style)
    if each.date.instant is not None:
        text += f", {local_time_of(each.date.instant, context.now.zone):%H:%M}"
    region = region_name(each.region) if each.region else "Worldwide"
    is_shelved = outlook.is_shelved
    return (
        Cell("Place not stated" if each.place else region),
        Cell(each.type or "", "muted"),
        Cell(shared.signed_row(text, each)),
        Cell(
            "" if is_shelved else _left(local, each, outlook.date, context),
            "muted",
        ),
    )


def _left(
    local: ReleaseDate, each: AnnouncedDate, effective: ReleaseDate | None, context: ViewContext
) -> str:
    """The time left until *each*; for a past day, the time since the *effective* date."""
    left = remaining(each.date, now=context.now)
    if left.max >= 0 or effective is None or not (local.exact and effective.exact):
        return wording.time_until(local, left, context.date_style, exact=context.exact_days)
    if local.latest == effective.latest:
        return "the same day"
    size = wording.size(effective.latest, local.latest, exact=context.exact_days)
    return f"{size} {'later' if local.latest > effective.latest else 'earlier'}"


def history(
    steps: Sequence[HistoryStep], heading: str, context: ViewContext, columns: int
) -> Block:
    """A row for each successive date: how far it moved, and when and where that was announced."""
    rows: list[tuple[Cell, ...]] = []
    before: ReleaseDate | None = None
    for at, step in enumerate(steps):
        if step.before and (not at or step.before != before):
            first = Cell(wording.format_date(step.before, context.date_style))
            rows.append((first, Cell(""), Cell(""), Cell("")))
        rows.append(_step_row(step, context))
        before = step.after
    return _table(heading, _STEPS, rows, columns)


def _step_row(step: HistoryStep, context: ViewContext) -> tuple[Cell, ...]:
    style = context.date_style
    moved = step.exactness
    if step.before and step.after and step.days and not moved:
        size = wording.size(step.before.latest, step.after.latest, exact=context.exact_days)
        moved = f"{size} {'later' if step.days > 0 else 'earlier'}"
    announced = ""
    if step.announced:
        announced = f"announced {wording.format_date(step.announced, style)}"
    elif step.seen:
        announced = f"seen {wording.day_label(step.seen, style)}"
    host = shared.host(step.source)
    return (
        Cell(wording.format_date(step.after, style) if step.after else "withdrawn"),
        Cell(moved, "muted" if step.exactness else "delayed" if (step.days or 0) > 0 else "sooner"),
        Cell(announced, "muted"),
        Cell(host, "muted", step.source if host else None),
    )


def _table(
    heading: str, kinds: tuple[Column, ...], rows: Sequence[tuple[Cell, ...]], columns: int
) -> Block:
    """*rows* as a table; two lines each if it would be wider than the terminal."""
    sizes = [max((width(row[at].text) for row in rows), default=0) for at in range(len(kinds))]
    if sum(sizes) + _TABLE_GAP * (sum(map(bool, sizes)) - 1) <= columns:
        return Table(heading if rows else "", kinds, tuple(rows))
    lines: list[tuple[Cell, ...]] = [(Cell(heading, "heading"),)]
    for row in rows:
        for indent, part in (("", row[:2]), ("  ", row[2:])):
            shown = [cell._replace(text=unbroken(cell.text)) for cell in part if cell.text]
            if shown:
                dots = [(Cell(" · ", "muted"), cell) for cell in shown[1:]]
                start = [Cell(indent)] if indent else []
                lines.append((*start, shown[0], *(cell for pair in dots for cell in pair)))
    return Lines(tuple(lines))
