"""Parts that the screens of several views share: the first line and the last ones."""

from collections.abc import Iterable, Sequence

from countdown.core import day_style
from countdown.core.width import width
from countdown.views.view import Cell, Items, ViewContext


def page_title(text: str, *facts: str) -> Items:
    """The first line of a screen: a title, and *facts* like its day or file."""
    return Items(((Cell(text, "heading"),), *((Cell(fact, "muted"),) for fact in facts)))


def title_line(text: str, context: ViewContext, *facts: str) -> Items:
    """`Coming up   Thu 26 Nov 2026`, and *facts* about the whole answer."""
    day = day_style.short_day(context.now.today, context.date_style, year=True)
    return page_title(text, day, *facts)


def footer(missing: Sequence[tuple[str, str]], context: ViewContext, columns: int) -> Items:
    """Descriptions of what an answer doesn't show with the commands that do: the pairs *missing*.

    If *columns* have no room for all of them, each has its own line.
    """
    if not missing:
        return Items(())
    facts = " · ".join(fact for fact, _ in missing)
    commands = [context.command(command) for command in dict.fromkeys(dict(missing).values())]
    line = tuple(joined(commands, Cell(" · ", "muted")))
    is_short = sum(width(cell.text) for cell in line) <= columns
    lines = (line,) if is_short else tuple((command,) for command in commands)
    return Items(((Cell(facts[0].upper() + facts[1:], "muted"),), *lines))


def joined(cells: Sequence[Cell], gap: Cell) -> Iterable[Cell]:
    """*cells* with *gap* between each two."""
    for number, cell in enumerate(cells):
        yield from (gap, cell) if number else (cell,)
