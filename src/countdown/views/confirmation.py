"""The view of a change that was made: a line each, with a sign on a terminal."""

from collections.abc import Sequence
from typing import Final

from countdown.views.view import Block, Cell, Lines, View, ViewContext

_DONE: Final = (Cell("✓", "added"), Cell(" "))
_CALL: Final = ": countdown "


def confirmation(done: Sequence[str], context: ViewContext, *, details: Sequence[str] = ()) -> View:
    """What is *done*, a line each; on a terminal with *details* below, and commands coloured."""

    def screen(_columns: int, _lines: int) -> list[Block]:
        lines = [(*_DONE, *_with_command(text)) for text in done]
        lines += [(Cell("  "), Cell(text, "muted")) for text in details]
        return [Lines(tuple(lines))]

    return View(lambda: [Lines(tuple((Cell(text),) for text in done))], (), context, screen)


def _with_command(text: str) -> tuple[Cell, ...]:
    """*text*, and in a style of its own the command that ends it, if there is one."""
    start, colon, arguments = text.rpartition(_CALL)
    if not colon:
        return (Cell(text),)
    return Cell(f"{start}: "), Cell(f"countdown {arguments}", "command")
