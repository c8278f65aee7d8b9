"""The view of `import`: what of a list is followed now, and what isn't in the catalogue."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from countdown.core.outlook import Outlook
from countdown.views.listing import listing
from countdown.views.page import page_title
from countdown.views.view import Block, Cell, Column, Lines, Table, View, ViewContext

_UNFOUND_COLUMNS: Final = (
    Column("Title", stretch=True, least=16, wraps=True),
    Column("To track it", stretch=True, least=30, wraps=True),
)


class Unfound(NamedTuple):
    """A title that the catalogue lacks, its *year* if known, and the *command* to track it."""

    title: str
    year: int | None
    command: str


class Imported(NamedTuple):
    """What became of a list: *new* names to follow, each with its next release, and the rest.

    *already* counts what was followed before, *out* what has nothing ahead.
    """

    new: Mapping[str, Outlook]
    already: int
    out: int
    unfound: tuple[Unfound, ...]


def imported(
    found: Imported,
    context: ViewContext,
    *,
    origin: str,
    left_out: Sequence[tuple[str, int]],
    is_dry: bool,
) -> View:
    """The releases of *found* and what to do about the rest. *origin* says what was read."""
    heading = "You would follow" if is_dry else "You follow now"
    ids = frozenset(outlook.release.id for outlook in found.new.values())
    view = listing([*found.new.values()], context, heading=heading, followed=ids)

    def about() -> list[Block]:
        counts = [
            f"{count:,} {what}"
            for count, what in (
                (len(found.new), "to follow" if is_dry else "newly followed"),
                (found.already, "followed already"),
                (found.out, "out, or with nothing ahead"),
                (len(found.unfound), "not in the catalogue"),
            )
            if count
        ]
        lines = [", ".join(counts)]
        if left_out:
            lines.append(f"Left out: {', '.join(f'{count:,} {why}' for why, count in left_out)}")
        return [page_title(origin), Lines(tuple((Cell(line),) for line in lines if line))]

    def unfound() -> list[Block]:
        rows = [_row(each, context) for each in found.unfound]
        table = Table("Not in the catalogue", _UNFOUND_COLUMNS, tuple(rows), has_headings=True)
        return [table] if rows else []

    def blocks() -> list[Block]:
        return [*about(), *(view.blocks() if ids else ()), *unfound()]

    def screen(columns: int, lines: int) -> list[Block]:
        above = view.screen(columns, lines) if ids and view.screen else ()
        return [*about(), *above, *unfound()]

    return view._replace(blocks=blocks, screen=screen)


def _row(unfound: Unfound, context: ViewContext) -> tuple[Cell, ...]:
    year = f" ({unfound.year})" if unfound.year else ""
    return Cell(f"{unfound.title}{year}", "title"), context.command(unfound.command)
