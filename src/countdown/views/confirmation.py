"""The view of a change that was made: a line each, with a sign on a terminal."""

from collections.abc import Sequence
from typing import Final

from countdown.views.view import Block, Cell, Lines, View, ViewContext

_DONE: Final = (Cell("✓", "added"), Cell(" "))
_CALL: Final = ": countdown "


def confirmation(done: Sequence[str], context: ViewContext, *, details: Sequence[str] = ()) -> View:
    """The lines *done*; on a terminal, with *details* below and coloured commands."""

    def screen(_columns: int, _lines: int) -> list[Block]:
        lines = [(*_DONE, *_with_command(text, context)) for text in done]
        lines += [(Cell("  "), Cell(text, "muted")) for text in details]
        return [Lines(tuple(lines))]

    def blocks() -> list[Block]:
        return [Lines(tuple(_with_command(text, context) for text in done))]

    return View(blocks, (), context, screen)


def _with_command(text: str, context: ViewContext) -> tuple[Cell, ...]:
    """*text*, with a separate style for the command at its end, if there is one."""
    start, colon, arguments = text.rpartition(_CALL)
    if not colon:
        return (Cell(text),)
    return Cell(f"{start}: "), context.command(f"countdown {arguments}")
