"""The view of `moved`: what was seen to change, newest first."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from countdown.core import changes, wording
from countdown.core.changes import Change, ObservedChange
from countdown.core.outlook import Outlook
from countdown.views.view import Block, Cell, Column, Items, Style, Table, View, ViewContext

_COLUMNS: Final = (
    Column(""),
    Column("Seen", rank=3, days=True),
    Column("Title", stretch=True),
    Column("What", rank=1),  # The sign says it, too.
    Column("From", rank=4, days=True),
    Column("", rank=5),
    Column("To", days=True),
    Column("By", rank=2),
)
_WAYS: Final[dict[int, Style]] = {1: "delayed", 0: "", -1: "sooner"}
# Where a date or a stage does not tell what has happened, a sign does: what it means, and the sign.
_SIGNS: Final = {
    "later": ("▲", "later than announced before"),
    "earlier": ("▼", "earlier"),
    "new": ("+", "new"),
    "removed": ("-", "removed"),
    "cancelled": ("×", "cancelled"),
    "withdrawn": ("?", "date withdrawn"),
}


def news(
    noticed: Sequence[ObservedChange],
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    since: date,
) -> View:
    """A row for each change that was *noticed* from the day *since* on.

    *outlooks* are the releases that changed and are still known.
    """
    region, style = context.region, context.date_style

    def blocks() -> list[Block]:
        heading = f"Since {wording.day_label(since, style)}{f' · {region}' if region else ''}"
        rows = tuple(_row(one, style) for one in noticed)
        return [Table(heading, _COLUMNS, rows), _legend(noticed)] if noticed else []

    return View(blocks, tuple(outlooks), context, changes=tuple(noticed))


def _row(one: ObservedChange, style: str) -> tuple[Cell, ...]:
    change = one.change
    way = _WAYS[change.direction]
    before, after = changes.before_and_after(change, style)
    if change.kind == "cancelled":  # The word stands there already.
        after = ""
    return (
        _sign(change),
        Cell(wording.day_label(one.on, style), "muted"),
        Cell(one.name, "title"),
        Cell(what(change), way),
        Cell(before, "muted"),
        Cell("→" if before and after else "", "muted"),
        Cell(after),
        Cell(by(change), way),
    )


def what(change: Change) -> str:
    """What kind of change it is, in a word or two."""
    if change.kind == "moved":
        return ("moved", "later", "earlier")[change.direction]
    return {"undated": "withdrawn"}.get(change.kind, change.kind)


def by(change: Change) -> str:
    """By how much a date moved, with its sign: `+147 days`, `-2 h`."""
    size = changes.describe_size(change)
    return f"{'-' if change.direction < 0 else '+'}{size}" if size else ""


def _sign(change: Change) -> Cell:
    sign, _ = _SIGNS.get(what(change), ("", ""))
    return Cell(sign, _WAYS[change.direction])


def _legend(noticed: Sequence[ObservedChange]) -> Items:
    used = {what(one.change): _sign(one.change) for one in noticed}
    return Items(
        tuple(
            (used[word], Cell(f" {text}", "muted"))
            for word, (_, text) in _SIGNS.items()
            if word in used
        )
    )
