"""A line on what there is to watch before a release, for `next` and `show`."""

from countdown.core.marathon_wording import MarathonLine
from countdown.views.view import Cell, ViewContext


def facts(line: MarathonLine, context: ViewContext) -> list[Cell]:
    """`12 films to watch`, `one a day from Sun 6 Dec`, and the command."""
    return [Cell(f"{line.titles} to watch"), Cell(line.pace), context.command(line.command)]


def remark(line: MarathonLine, name: str, context: ViewContext) -> tuple[Cell, ...]:
    """`12 films to watch before it: one a day from Sun 6 Dec`, and the command.

    Instead of `it`, there can be another *name*.
    """
    text = f"{line.titles} to watch before {name}: {line.pace}"
    return Cell(text, "muted"), context.command(line.command)
