"""How complete a catalogue is, as a table: how many releases have a date, a role, a source."""

from collections.abc import Sequence
from typing import Protocol

from countdown.views.view import Block, Cell, Column, Table, View, ViewContext


class Figure(Protocol):
    """The number of releases that have what *label* names."""

    @property
    def label(self) -> str:
        """The fact that is counted."""

    @property
    def number(self) -> int:
        """The number of releases with it."""


def knowledge(figures: Sequence[Figure], context: ViewContext) -> View:
    """A row for each of *figures*, the first of which counts all releases."""

    def blocks() -> list[Block]:
        columns = (Column("Fact"), Column("Releases", right=True), Column("Share", right=True))
        every = figures[0].number
        rows = tuple(
            (
                Cell(figure.label),
                Cell(f"{figure.number:,}", "title"),
                Cell(share(figure.number, every), "muted"),
            )
            for figure in figures
        )
        return [Table("", columns, rows, has_headings=True)]

    return View(blocks, (), context)


def share(number: int, every: int) -> str:
    """`97 %`, rounded down so that 100 % means all; empty if *every* is 0."""
    return f"{100 * number // every} %" if every else ""
