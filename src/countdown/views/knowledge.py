"""How much a catalogue knows, as a table: how many releases have a date, a role, a source."""

from collections.abc import Sequence
from typing import Protocol

from countdown.views.view import Block, Cell, Column, Table, View, ViewContext


class Figure(Protocol):
    """How many releases have what the label says."""

    @property
    def label(self) -> str:
        """What they have."""

    @property
    def number(self) -> int:
        """How many there are."""


def knowledge(figures: Sequence[Figure], context: ViewContext) -> View:
    """A row for each of *figures*; the first one is the number of all releases."""

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
    """`97 %`, rounded down, so that 100 % are all; empty of nothing."""
    return f"{100 * number // every} %" if every else ""
