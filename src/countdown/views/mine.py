"""The view of `diff`: what a catalogue says of releases, and what the layers below it say."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from countdown.views.view import Cell, Column, Table, View, ViewContext

_COLUMNS = (
    Column("Key"),
    Column("Below", rank=1, stretch=True),
    Column(""),
    Column("Yours", stretch=True),
)
_SHORT = ("date", "dates")  # Two ways to say the same thing.


class Difference(NamedTuple):
    """What the catalogue (*own*) and what lies *below* it say of a release, key by key.

    *below* is None for a release that the catalogue alone knows.
    """

    below: dict[str, Any] | None
    own: dict[str, Any]


def difference(found: Sequence[Difference], context: ViewContext) -> View:
    """A table for each release, with a row for each key that the catalogue has of it."""
    tables = [_table(one) for one in found]
    return View(lambda: tables, (), context)


def _table(one: Difference) -> Table:
    known = {**(one.below or {}), **one.own}
    identifier = known.get("id", "no id")  # What is only hidden needs none.
    name = str(known.get("title", identifier))
    if "season" in known:
        name += f", season {known['season']}"
    what = "Hidden" if one.own.get("hidden") else "New" if one.below is None else "Changed"
    below = one.below or {}
    rows = [
        _row(key, below, value)
        for key, value in one.own.items()
        if key not in ("id", "hidden")
        and (value_text(value) or any(key in below for key in _alike(key)))
    ]
    if one.own.get("hidden"):
        rows.append((Cell("hidden", "muted"), Cell(""), Cell(""), Cell("true", "removed")))
    return Table(f"{what}: {name} ({identifier})", _COLUMNS, tuple(rows), named=True)


def _row(key: str, below: dict[str, Any], value: object) -> tuple[Cell, ...]:
    before, after = _apart([below[one] for one in _alike(key) if one in below], value)
    if before == after:
        return Cell(key, "muted"), Cell(before, "muted"), Cell("=", "muted"), Cell(after, "muted")
    sign = "+" if not before else "→" if after else "-"
    return Cell(key, "muted"), Cell(before, "removed"), Cell(sign, "muted"), Cell(after, "added")


def _alike(key: str) -> tuple[str, ...]:
    """The keys that *key* replaces."""
    return _SHORT if key in _SHORT else (key,)


def _apart(below: list[Any], own: object) -> tuple[str, str]:
    """What is said *below*, and what instead; of lists, only the elements that differ."""
    if below and isinstance(below[0], list) and isinstance(own, list):
        mine, theirs = {*map(_hashable, own)}, {*map(_hashable, below[0])}
        less = [one for one in below[0] if _hashable(one) not in mine]
        more = [one for one in own if _hashable(one) not in theirs]
        if less or more:
            return value_text(less), value_text(more)
    return ", ".join(value_text(one) for one in below), value_text(own)


def _hashable(value: Any) -> Any:
    """*value* as something that a set can hold; the tables of a list have no lists in them."""
    return frozenset(value.items()) if isinstance(value, dict) else value


def value_text(value: object) -> str:
    """A TOML value in short: `US theatrical 2026-12-18`, `Chris Hemsworth as Tyler Rake`."""
    if isinstance(value, list):
        return ", ".join(value_text(one) for one in value)
    if isinstance(value, dict):
        if "role" in value:
            return f"{value['name']} as {value['role']}"
        if "from" in value or "to" in value:
            before, after = value.get("from", "undated"), value.get("to", "withdrawn")
            return f"{value_text(before)} → {value_text(after)}"
        if not {"url", "date", "name"} & {*value}:  # ids
            return " ".join(f"{key}={value_text(one)}" for key, one in value.items())
        return " ".join(value_text(one) for one in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)
