"""The view of `marathon`: what to watch before a release, with a day for each."""

from collections.abc import Sequence

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.marathon_wording import Marathon, notes, pace, scope
from countdown.core.outlook import Outlook
from countdown.views import cells
from countdown.views.page import footer, page_title
from countdown.views.view import Block, Cell, Column, Lines, Table, View, ViewContext

_COLUMNS = (
    Column("Watch", right=True),
    Column("Title", stretch=True, least=20, wraps=True),
    Column("Kind", rank=2),
    Column("Out", rank=1),
    Column("Where", rank=3, stretch=True),
)


def marathon_view(
    marathon: Marathon,
    context: ViewContext,
    narrower: Sequence[tuple[str, str]] = (),
    *,
    with_notes: bool,
) -> View:
    """The entries of *marathon* in rows, and *with_notes* sentences above and below.

    On a terminal, *narrower* marathons are named with their commands.
    """
    name = context.name(marathon.target.release)
    today, style = context.now.today, context.date_style
    above = [scope(marathon, name), *pace(marathon, today, style)]
    below = notes(marathon, context.name)
    rows = _rows(marathon, context, has_years=True)

    def blocks() -> list[Block]:
        table = Table("", _COLUMNS, rows)
        return [_lines(above), table, _lines(below)] if with_notes else [table]

    def screen(columns: int, _lines_: int) -> list[Block]:
        title = page_title(f"Before {name}", _when(marathon.target, context))
        has_years = any(day and day.year != today.year for day in marathon.days)
        drawn = _without_repeats(_rows(marathon, context, has_years=has_years))
        table = Table("", _COLUMNS, drawn, has_headings=True)
        return [title, _lines(above), table, _lines(below), footer(narrower, context, columns)]

    outlooks = tuple(each.outlook for each in marathon.entries)
    return View(blocks, outlooks, context, screen, marathon=marathon)


def _when(target: Outlook, context: ViewContext) -> str:
    """The date of *target*; without one, that it's cancelled, on hold or out, or has none yet."""
    if target.dated or target.state == "undated":
        return cells.near_date_text(target, context)
    return wording.stage_name(target.state)


def _lines(sentences: Sequence[str]) -> Lines:
    return Lines(((Cell(" ".join(sentences)),),))


def _rows(
    marathon: Marathon, context: ViewContext, *, has_years: bool
) -> tuple[tuple[Cell, ...], ...]:
    today, style = context.now.today, context.date_style
    found = []
    for entry, day in zip(marathon.entries, marathon.days, strict=True):
        text = day_style.short_day(day, style, year=has_years) if day else ""
        found.append(
            (
                Cell(text, "today" if day == today else ""),
                Cell(context.name(entry.release), "title"),
                Cell(entry.release.kind, "muted"),
                Cell(_out(entry.first, style)),
                Cell(cells.platforms(entry.release), "muted"),
            )
        )
    return tuple(found)


def _out(first: ReleaseDate | None, style: str) -> str:
    return wording.format_date(first, style) if first else ""


def _without_repeats(rows: Sequence[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """*rows* with each day only beside its first title."""
    above = ["", *(row[0].text for row in rows)]
    return tuple(
        (Cell("") if row[0].text == before else row[0], *row[1:])
        for before, row in zip(above, rows, strict=False)
    )
