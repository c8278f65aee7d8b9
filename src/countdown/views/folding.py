"""Text in lines of a given width, for views that draw by the character."""

from collections.abc import Sequence
from typing import Final

from countdown.core.width import width, wrap
from countdown.views.view import Block, Cell, Items, Pairs, Table

_ITEM_GAP: Final = 3  # columns that a terminal leaves between items


def folded(words: Sequence[Cell], size: int) -> list[Cell]:
    """*words* in lines of at most *size* cells, broken between facts if possible."""
    return [
        Cell(line[start:end], cell.style)
        for cell in words
        for line in facts_in_lines(cell.text.split(" · "), size)
        for start, end in wrap(line, size)
    ]


def facts_in_lines(items: Sequence[str], size: int) -> list[str]:
    """*items* in lines of at most *size* cells, unless one item is wider."""
    lines: list[str] = []
    for item in items:
        text = f"{lines[-1]} · {item}" if lines else item
        if lines and width(text) <= size:
            lines[-1] = text
        else:
            lines.append(item)
    return lines


def flowed(items: Sequence[Cell], size: int, gap: str = " · ") -> list[tuple[Cell, ...]]:
    """*items* that have a text in lines of at most *size* cells, with *gap* between them.

    One that is wider is folded.
    """
    lines: list[tuple[Cell, ...]] = []
    used = 0
    for item in items:
        if not item.text:
            continue
        cells = width(item.text)
        if lines and used + len(gap) + cells <= size:
            lines[-1] += (Cell(gap, "muted"), item)
            used += len(gap) + cells
        else:
            parts = [item.text[start:end] for start, end in wrap(item.text, max(size, 1))]
            lines += [(item._replace(text=part),) for part in parts]
            used = width(parts[-1])
    return lines


def height(block: Block, columns: int) -> int:
    """The number of lines that *block*, a table without headings, takes in *columns*."""
    if isinstance(block, Items):
        rows = used = 0
        for item in block.items:
            text = "".join(cell.text for cell in item)
            if used and used + _ITEM_GAP + width(text) <= columns:
                used += _ITEM_GAP + width(text)
            else:
                rows += _rows(text, columns)
                used = width(text)
        return rows
    if isinstance(block, Pairs):
        indent = max((width(label) for label, _ in block.rows), default=0) + 2
        texts = ["".join(c.text for c in value) for _, value in block.rows]
        return sum(_rows(text, columns - indent) for text in texts)
    if isinstance(block, Table):
        return len(block.rows)
    if block.verbatim:
        return len(block.lines)
    return sum(max(_rows("".join(c.text for c in line), columns), 1) for line in block.lines)


def _rows(text: str, columns: int) -> int:
    return len(wrap(text, max(columns, 1))) if text else 0
