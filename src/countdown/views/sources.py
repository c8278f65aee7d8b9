"""The views of `source`: every source of live facts, one of them, and what would join."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, NamedTuple

from countdown.core import dates, time_phrases, wording
from countdown.core.changes import ObservedChange
from countdown.core.local_time import local_time_of
from countdown.core.outlook import Outlook
from countdown.core.text import capitalized
from countdown.views import cells
from countdown.views.page import page_title
from countdown.views.view import Block, Cell, Column, Items, Lines, Pairs, Table, View, ViewContext

_COLUMNS: Final = (
    Column("Name"),
    Column("Kind", rank=2),
    Column("Releases", right=True),
    Column("Read"),
    Column("Next read", rank=1),
    Column("Licence", rank=3),
    Column("Note", stretch=True, least=16, wraps=True),
)
_RELEASE_COLUMNS: Final = (
    Column("Title", stretch=True, wraps=True),
    Column("When", days=True),
    Column("Left", rank=1),
    Column("Id", rank=2),
)
_CHANGE_COLUMNS: Final = (
    Column("Title", stretch=True, least=20, wraps=True),
    Column("Change", stretch=True, least=24, wraps=True),
)
_OFFER_COLUMNS: Final = (
    Column("Yours", stretch=True),
    Column("Source", rank=1, stretch=True),
    Column("Command"),
)


class SourceStatus(NamedTuple):
    """A source: its settings, what its layer says about itself, and how it was read last.

    *place* is the host of its address, or its file. *releases* is the number of them in use, None
    if it was never read; *skipped* and *wrong* count what is left out of these, for *problems*.
    *held* is why a newer version is held back, *error* why it couldn't be read; empty if neither.
    """

    name: str
    kind: str
    is_on: bool = True
    place: str = ""
    releases: int | None = None
    read: datetime | None = None  # in UTC
    next: datetime | None = None
    title: str | None = None
    licence: str | None = None
    credit: str | None = None
    serial: int | None = None
    expires: date | None = None
    skipped: int = 0
    wrong: int = 0
    problems: tuple[str, ...] = ()
    held: str = ""
    error: str = ""


class JoinOffer(NamedTuple):
    """That two releases may be the same: their names, and the *command* that joins them."""

    entry: str
    release: str
    source: str
    command: str


def source_list(sources: Sequence[SourceStatus], context: ViewContext) -> View:
    """A row for each source."""
    table = Table("Sources", _COLUMNS, tuple(_row(each, context) for each in sources))

    def screen(_columns: int, _lines: int) -> list[Block]:
        return [
            page_title("Sources", "of live facts"),
            table._replace(heading="", has_headings=True),
            _footer(
                context,
                ("To add one: ", "countdown source add URL"),
                ("About one: ", "countdown source show NAME"),
            ),
        ]

    return View(lambda: [table], (), context, screen, source_states=tuple(sources))


def source_page(source: SourceStatus, outlooks: Sequence[Outlook], context: ViewContext) -> View:
    """What *source* says about itself, and its releases."""
    pairs = Pairs("", tuple((label, (Cell(text),)) for label, text in _facts(source, context)))
    rows = tuple(_release_row(each, context) for each in outlooks)
    table = Table("Releases", _RELEASE_COLUMNS, rows)

    def blocks() -> list[Block]:
        return [pairs._replace(heading=source.name), *([table] if rows else [])]

    def screen(_columns: int, _lines: int) -> list[Block]:
        commands = [("To remove it: ", f"countdown source remove {source.name}")]
        if source.held:
            commands = [
                ("What differs: ", f"countdown source show {source.name} --diff"),
                ("To use it: ", f"countdown source accept {source.name}"),
            ]
        return [
            page_title(source.title or source.name, source.kind),
            pairs,
            *([table._replace(has_headings=True)] if rows else []),
            _footer(context, *commands),
        ]

    return View(blocks, tuple(outlooks), context, screen, source_states=(source,))


def source_changes(
    source: SourceStatus, changes: Sequence[ObservedChange], context: ViewContext
) -> View:
    """A row for each of the *changes*: of the version that is held back, or else of the last."""
    heading = "Held back" if source.held else "Changed last"
    rows = tuple((Cell(each.name, "title"), Cell(_sentence(each, context))) for each in changes)
    table = Table(heading, _CHANGE_COLUMNS, rows)

    def screen(_columns: int, _lines: int) -> list[Block]:
        why = [Lines(((Cell(f"{capitalized(source.held)}."),),))]
        accept = ("To use it: ", f"countdown source accept {source.name}")
        return [
            page_title(source.title or source.name, heading.lower()),
            *(why if source.held else []),
            table._replace(heading=""),
            *([_footer(context, accept)] if source.held else []),
        ]

    return View(
        lambda: [table], (), context, screen, changes=tuple(changes), source_states=(source,)
    )


def join_offers(offers: Sequence[JoinOffer], context: ViewContext) -> View:
    """A row for each offer, with the command that joins the two."""
    rows = tuple(
        (Cell(each.entry, "title"), Cell(each.source, "muted"), context.command(each.command))
        for each in offers
    )

    def screen(_columns: int, _lines: int) -> list[Block]:
        lines: list[tuple[Cell, ...]] = []
        for each in offers:
            lines.append((Cell(each.entry, "title"), Cell(f" may be {each.release}", "muted")))
            lines.append((Cell("  "), context.command(each.command)))
        facts = "they share a title, but no id"
        return [page_title("May be the same", facts), Lines(tuple(lines), whole=True)]

    return View(lambda: [Table("May be the same", _OFFER_COLUMNS, rows)], (), context, screen)


def _footer(context: ViewContext, *commands: tuple[str, str]) -> Items:
    return Items(tuple((Cell(text, "muted"), context.command(call)) for text, call in commands))


def _row(source: SourceStatus, context: ViewContext) -> tuple[Cell, ...]:
    is_bad = source.is_on and (source.error or source.held)
    count = "" if source.releases is None else f"{source.releases:,}"
    return (
        Cell(source.name, "title"),
        Cell(source.kind, "muted"),
        Cell(count),
        Cell(_age(source.read, context) or "never"),
        Cell(_day(source.next, context), "muted"),
        Cell(source.licence or "", "muted"),
        Cell(_note(source), "removed" if is_bad else "muted"),
    )


def _note(source: SourceStatus) -> str:
    if not source.is_on:
        return "off"
    return f"held back: {source.held}" if source.held else source.error


def _facts(source: SourceStatus, context: ViewContext) -> list[tuple[str, str]]:
    expires = source.expires and wording.day_label(source.expires, context.date_style)
    left_out = [
        *([f"{wording.releases(source.wrong)} with wrong values"] if source.wrong else []),
        *([time_phrases.count(source.skipped, "unknown key")] if source.skipped else []),
    ]
    pairs = {
        "Name": source.name,
        "Kind": source.kind,
        "From": source.place,
        "Licence": source.licence,
        "Credit": source.credit,
        "Releases": None if source.releases is None else f"{source.releases:,}",
        "Read": _age(source.read, context) or "never",
        "Next": _day(source.next, context),
        "Use until": expires,
        "Serial": source.serial and str(source.serial),
        "Left out": ", ".join(left_out),
        "Because": "; ".join(source.problems),
        "Held back": source.held,
        "Error": source.error,
        "Switched": "" if source.is_on else "off",
    }
    return [(label, text) for label, text in pairs.items() if text]


def _release_row(outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    return (
        Cell(context.name(outlook.release), "title"),
        cells.date_cell(outlook, context.date_style),
        cells.time_left_cell(outlook, context),
        Cell(outlook.release.id, "muted"),
    )


def _sentence(observed: ObservedChange, context: ViewContext) -> str:
    from countdown.core import change_wording  # Deferred: most answers have no changes.

    return change_wording.sentence(observed.change, context.date_style)


def _age(moment: datetime | None, context: ViewContext) -> str:
    if moment is None:
        return ""
    on = local_time_of(moment, context.now.zone).date()
    return wording.age(dates.day(on), today=context.now.today, style=context.date_style)


def _day(moment: datetime | None, context: ViewContext) -> str:
    """`today 20:41`, `28 Nov 2026`."""
    if moment is None:
        return ""
    local = local_time_of(moment, context.now.zone)
    if local.date() == context.now.today:
        return f"today {local:%H:%M}"
    return wording.day_label(local.date(), context.date_style)
