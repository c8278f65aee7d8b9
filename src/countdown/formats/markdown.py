"""GitHub-flavoured Markdown tables."""

from collections.abc import Sequence

from countdown.core.text import escape_hostile
from countdown.views.view import Block, Items, Lines, Pairs, View

_SPECIAL = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~&!"})


def render(view: View) -> str:
    """*view* with a heading and a table a block; special characters are escaped."""
    parts = [_block(block) for block in view.blocks()]
    return "\n".join(part for part in parts if part)


def _block(block: Block) -> str:
    if isinstance(block, Lines):
        return ""
    if isinstance(block, Items):
        items = ["".join(cell.text for cell in item) for item in block.items]
        return _escape(" · ".join(items)) + "\n" if items else ""
    if isinstance(block, Pairs):
        rows = [(label, "".join(cell.text for cell in value)) for label, value in block.rows]
        return _table(block.heading, ("", ""), rows)
    headings = tuple(column.heading for column in block.columns)
    return _table(block.heading, headings, [tuple(cell.text for cell in row) for row in block.rows])


def _table(heading: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [_row(columns), "|" + " --- |" * len(columns), *(_row(row) for row in rows)]
    return (f"## {_escape(heading)}\n\n" if heading else "") + "\n".join(lines) + "\n"


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(map(_escape, cells)) + " |"


def _escape(text: str) -> str:
    """*text* with escapes for Markdown, line breaks and characters that could drive a terminal."""
    return escape_hostile(text).translate(_SPECIAL)
