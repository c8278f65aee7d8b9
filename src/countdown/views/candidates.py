"""The view of `search --online`: films and series of providers, and how to track one."""

from collections.abc import Sequence
from typing import Final

from countdown.core.candidate import Candidate
from countdown.views.page import footer, page_title
from countdown.views.view import Block, Cell, Column, Items, Table, View, ViewContext, explained

_LISTED_SIGN: Final = "✓"
_LISTED_MEANING: Final = "in your list"
_SCREEN_COLUMNS: Final = (
    Column(""),  # the sign of what is in the catalogue
    Column("Title", stretch=True, least=24, wraps=True),
    Column("Year"),
    Column("Kind", rank=3),
    Column("By, with or on", rank=2, stretch=True, names=True),
    Column("Id"),
)
_COLUMNS: Final = (
    Column("Title", stretch=True),
    Column("Year"),
    Column("Kind"),
    Column("By, with or on", stretch=True),
    Column("Id"),
    Column("In your list"),
)


def candidates(
    found: Sequence[Candidate],
    context: ViewContext,
    *,
    words: str,
    providers: str,
    missing: Sequence[tuple[str, str]] = (),
) -> View:
    """A row for each of *found* for *words*, the best first; *missing* is for the `footer`.

    *providers* are the names of those that were asked.
    """

    def blocks() -> list[Block]:
        rows = [(*_row(each, context), Cell(each.release or "")) for each in found]
        return [Table(f'Online for "{words}"', _COLUMNS, tuple(rows))]

    def screen(columns: int, _lines: int) -> list[Block]:
        rows = [(_sign(each), *_row(each, context)) for each in found]
        is_listed = any(each.release for each in found)
        return [
            page_title(f'Online for "{words}"', providers),
            Table("", _SCREEN_COLUMNS, tuple(rows), has_headings=True),
            footer([*missing, *_how_to_track(found)], context, columns),
            Items((explained(_LISTED_SIGN, _LISTED_MEANING, "added"),) if is_listed else ()),
        ]

    return View(blocks, (), context, screen, candidates=tuple(found))


def _how_to_track(found: Sequence[Candidate]) -> list[tuple[str, str]]:
    new = next((each for each in found if each.release is None), None)
    return [("to track one", f"countdown track {new.track_id}")] if new else []


def _sign(candidate: Candidate) -> Cell:
    return Cell(_LISTED_SIGN if candidate.release else " ", "added")


def _row(candidate: Candidate, context: ViewContext) -> tuple[Cell, ...]:
    return (
        Cell(candidate.name_in(context.languages), "title"),
        Cell(str(candidate.year or "")),
        Cell(candidate.kind, "muted"),
        Cell(", ".join(candidate.people or candidate.platform)),
        Cell(candidate.track_id, "command"),
    )
