"""The welcome of a new user below the first answer: where it comes from, and what to try."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, NamedTuple

from countdown.core import day_style
from countdown.core.text import capitalized
from countdown.core.width import width
from countdown.views.view import Block, Cell, Column, Lines, Table, ViewContext

_COLUMNS: Final = (Column("Command"), Column("What it shows"))
_GAP: Final = 2  # cells between command and meaning


class Welcome(NamedTuple):
    """The extent of the catalogue, and *commands* to try, each with what it does."""

    number: int  # of releases
    checked: date | None  # the latest day on which any of them was
    region_origin: str  # `LANG`; empty if no region is known
    commands: tuple[tuple[str, str], ...]


def welcome_blocks(welcome: Welcome, context: ViewContext, columns: int) -> list[Block]:
    """*welcome* for a terminal of so many *columns*: a sentence, and the commands below it."""
    hello = Cell("Welcome to countdown. ", "heading")
    greeting = Lines(((hello, Cell(_origin(welcome, context))),))
    rows = [
        (context.command(command), Cell(meaning, "muted")) for command, meaning in welcome.commands
    ]
    if columns >= sum(max(width(row[n].text) for row in rows) for n in range(2)) + _GAP:
        return [greeting, Table("", _COLUMNS, tuple(rows))]
    return [greeting, Lines(tuple(_lines(rows)), whole=True)]


def _lines(rows: Iterable[tuple[Cell, Cell]]) -> Iterator[tuple[Cell, ...]]:
    for command, meaning in rows:
        yield (meaning._replace(text=f"{capitalized(meaning.text)}:"),)
        yield (command,)


def _origin(welcome: Welcome, context: ViewContext) -> str:
    """`It knows 118 releases, last checked in Nov 2026. Dates are for US, from LANG. Try:`."""
    checked = ""
    if welcome.checked:
        checked = f", last checked in {day_style.format_month(welcome.checked, context.date_style)}"
    region = "Dates are those of each release's home market."
    if context.region:
        region = f"Dates are for {context.region}, from {welcome.region_origin}."
    noun = "release" if welcome.number == 1 else "releases"
    return f"It knows {welcome.number:,} {noun}{checked}. {region} Try:"
