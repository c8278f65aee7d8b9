"""Tab-separated lines for cut, awk and grep: one record a line, no headings, nothing cut off."""

from collections.abc import Iterable

from countdown.core.text import escape_hostile
from countdown.views.view import Block, Cell, Lines, Pairs, Table, View


def render(view: View) -> str:
    """The rows of tables without signs, pairs as label and value, and lines of *view*."""
    return "".join(f"{line}\n" for block in view.blocks() for line in _lines(block))


def _lines(block: Block) -> list[str]:
    if isinstance(block, Table):
        with_heading = [index for index, column in enumerate(block.columns) if column.heading]
        suffix = [escape_hostile(block.heading)] if block.repeats_heading else []
        return [
            "\t".join([*(escape_hostile(row[index].text) for index in with_heading), *suffix])
            for row in block.rows
        ]
    if isinstance(block, Pairs):
        return [f"{escape_hostile(label)}\t{_join(value)}" for label, value in block.rows]
    if isinstance(block, Lines):
        return [_join(line) for line in block.lines]
    return []


def _join(cells: Iterable[Cell]) -> str:
    """The text of *cells*, with escapes for what breaks a line or column or drives a terminal."""
    return escape_hostile("".join([cell.text for cell in cells]))
