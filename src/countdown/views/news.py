"""The view of `news`: changes, newest first."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from countdown.core import changes, wording
from countdown.core.changes import Change, ObservedChange
from countdown.core.outlook import Outlook
from countdown.core.regions import UNSTATED, place_mark
from countdown.views.view import (
    UNSTATED_MEANING,
    Block,
    Cell,
    Column,
    Items,
    Style,
    Table,
    View,
    ViewContext,
    explained,
    has_doubt,
    legend,
)

_COLUMNS: Final = (
    Column(""),
    Column("Day", rank=3, days=True),
    Column("Title", stretch=True),
    Column("What", rank=1),  # The sign says it, too.
    Column("From", rank=4, days=True),
    Column("", rank=5),
    Column("To", days=True),
    Column("By", rank=2),
)
_STYLES: Final[dict[int, Style]] = {1: "delayed", 0: "", -1: "sooner"}
# Kind of change → its sign and the meaning in the legend; other kinds need no sign.
_SIGNS: Final = {
    "delayed": ("▲", "delayed"),
    "brought forward": ("▼", "brought forward"),
    "new": ("+", "new"),
    "removed": ("-", "removed"),
    "cancelled": ("×", "cancelled"),
    "withdrawn": ("·", "date withdrawn"),
}


def news(
    observed: Sequence[ObservedChange],
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    since: date,
) -> View:
    """A row for each change that was *observed* or announced from the day *since* on.

    *outlooks* are those of the changed releases that the catalogue still has.
    """
    region, style = context.region, context.date_style

    def blocks() -> list[Block]:
        heading = f"Since {wording.day_label(since, style)}{f' · {region}' if region else ''}"
        rows = tuple(_row(change, context) for change in observed)
        table = Table(heading, _COLUMNS, rows)
        return [table, _legend(observed, doubtful=has_doubt([table]))] if observed else []

    return View(blocks, tuple(outlooks), context, changes=tuple(observed))


def _row(observed: ObservedChange, context: ViewContext) -> tuple[Cell, ...]:
    change, style = observed.change, context.date_style
    color = _STYLES[change.direction]
    before, after = changes.before_and_after(change, style)
    if change.kind == "cancelled":  # The kind says it already.
        after = ""
    return (
        _sign_cell(change),
        Cell(_day_text(observed, style), "muted"),
        Cell(observed.name, "title"),
        Cell(kind_text(change), color),
        Cell(before, "muted"),
        Cell("→" if before and after else "", "muted"),
        Cell(after),
        Cell(size_text(change, exact_days=context.exact_days), color),
    )


def _day_text(observed: ObservedChange, style: str) -> str:
    if observed.announced:
        return wording.format_date(observed.announced, style)
    return wording.day_label(observed.on, style)


def kind_text(change: Change) -> str:
    """The kind of *change* in a word or two: `delayed`, `withdrawn`."""
    if change.kind == "moved":
        return ("moved", "delayed", "brought forward")[change.direction]
    return {"undated": "withdrawn"}.get(change.kind, change.kind)


def size_text(change: Change, *, exact_days: bool = False) -> str:
    """The size of a move with its sign: `+7 weeks`, `-2 h`; empty if there is none."""
    size = changes.describe_size(change, exact_days=exact_days)
    return f"{'-' if change.direction < 0 else '+'}{size}" if size else ""


def _sign_cell(change: Change) -> Cell:
    sign, _ = _SIGNS.get(kind_text(change), ("", ""))
    return Cell(sign, _STYLES[change.direction])


def _legend(observed: Sequence[ObservedChange], *, doubtful: bool) -> Items:
    used = {kind_text(one.change): _sign_cell(one.change) for one in observed}
    items = [
        (used[word], Cell(f" {text}", "muted"))
        for word, (_, text) in _SIGNS.items()
        if word in used
    ]
    if any(one.change.place == UNSTATED for one in observed):
        items.append(explained(place_mark(UNSTATED), UNSTATED_MEANING))
    return Items((*items, *legend((), doubtful=doubtful).items))
