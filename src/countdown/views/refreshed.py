"""The view of `refresh`: what is new, and below it a line for each source."""

from collections.abc import Sequence
from typing import Final

from countdown.core.source_result import SourceResult
from countdown.core.text import sentence
from countdown.views.view import Block, Cell, Lines, Pairs, View

_FIRST_WORDS: Final = {"failed": "Failed: ", "held back": "Held back: ", "stopped": "Stopped: "}
_MARKS: Final = {
    "read": Cell("✓", "added"),
    "unchanged": Cell("✓", "added"),
    "skipped": Cell("·", "muted"),
}
_TROUBLE: Final = Cell("!", "delayed")


def refreshed(
    news: View, results: Sequence[SourceResult], *, more: int = 0, is_dry: bool = False
) -> View:
    """The changes of *news*, and the *results* of all sources, which *is_dry* may not have kept.

    The screen of *news* lacks so many *more* changes.
    """
    heading = "Dry run: nothing was kept" if is_dry else "Sources"
    rows = tuple((result.title, (Cell(describe(result)),)) for result in results)
    signs = tuple(_MARKS.get(result.outcome, _TROUBLE) for result in results)

    def blocks() -> list[Block]:
        return [*news.blocks(), Pairs(heading, rows)]

    def screen(columns: int, lines: int) -> list[Block]:
        above = list(news.screen(columns, lines)) if news.screen else []
        if more:
            words = (Cell(f"and {more:,} more", "muted"), Cell("  "), Cell("countdown news"))
            above.append(Lines((words,)))
        return [*above, Pairs(heading, rows, signs)]

    return news._replace(blocks=blocks, screen=screen, sources=tuple(results))


def describe(result: SourceResult) -> str:
    """A sentence on what became of a source."""
    if result.outcome == "skipped":
        return f"Not asked. {result.why}"
    counts = [
        f"{count:,} {what}"
        for count, what in (
            (result.read, "read"),
            (result.changed, "changed"),
            (result.kept, "kept"),
            (len(result.skipped), "skipped"),
        )
        if count
    ]
    if not result.changed and result.is_success:
        counts.insert(0, "nothing changed")
    text = ", ".join(counts)
    text = sentence(text) if text else ""
    is_held = result.outcome == "held back"
    first = "Would be held back: " if is_held and result.is_dry else None
    why = (first or _FIRST_WORDS.get(result.outcome, "")) + result.why
    is_there = is_held and not result.is_dry
    advice = f"To use it: countdown source accept {result.name}" if is_there else ""
    return " ".join(filter(None, (why, text, advice)))
