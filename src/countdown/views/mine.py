"""The view of `mine`: the user's catalogue against the catalogues below it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from countdown.core.release import Release
from countdown.views.view import Cell, Column, Table, View, ViewContext

_COLUMNS = (
    Column("Key"),
    Column("Below", rank=1, stretch=True),
    Column(""),
    Column("Yours", stretch=True),
)
_DATE_KEYS = ("date", "dates")  # Either replaces both.


class Difference(NamedTuple):
    """A release in the user's catalogue (*overlay*) and in the catalogues below it (*base*).

    *base* is None for a release that only the user's catalogue has.
    """

    base: dict[str, Any] | None
    overlay: dict[str, Any]


def mine(differences: Sequence[Difference], context: ViewContext) -> View:
    """A table for each release, with a row for each key that the user's catalogue has of it."""
    tables = [_table(difference) for difference in differences]
    return View(lambda: tables, (), context)


def _table(difference: Difference) -> Table:
    base, overlay = difference.base or {}, difference.overlay
    kind = "Hidden" if overlay.get("hidden") else "New" if difference.base is None else "Changed"
    rows = [
        _row(key, base, value)
        for key, value in overlay.items()
        if key not in ("id", "hidden")
        and (value_text(value) or any(key in base for key in _replaced_keys(key)))
    ]
    if overlay.get("hidden"):
        rows.append((Cell("hidden", "muted"), Cell(""), Cell(""), Cell("true", "removed")))
    return Table(
        f"{kind}: {_name({**base, **overlay})}", _COLUMNS, tuple(rows), repeats_heading=True
    )


def _name(table: dict[str, Any]) -> str:
    """`Andor, season 3 (andor-3)`; a hidden release may lack title and id."""
    identifier = table.get("id", "no id")
    release = Release(identifier, table.get("title", identifier), "", table.get("season"))
    return f"{release.name} ({identifier})"


def _row(key: str, base: dict[str, Any], value: object) -> tuple[Cell, ...]:
    base_values = [base[replaced] for replaced in _replaced_keys(key) if replaced in base]
    before, after = _differing_texts(base_values, value)
    if before == after:
        return Cell(key, "muted"), Cell(before, "muted"), Cell("=", "muted"), Cell(after, "muted")
    sign = "+" if not before else "→" if after else "-"
    return Cell(key, "muted"), Cell(before, "removed"), Cell(sign, "muted"), Cell(after, "added")


def _replaced_keys(key: str) -> tuple[str, ...]:
    """The keys of the base that *key* replaces."""
    return _DATE_KEYS if key in _DATE_KEYS else (key,)


def _differing_texts(base: list[Any], value: object) -> tuple[str, str]:
    """The values of the base and the one that replaces them; of lists, only different elements."""
    if base and isinstance(base[0], list) and isinstance(value, list):
        after, before = {*map(_hashable, value)}, {*map(_hashable, base[0])}
        removed = [element for element in base[0] if _hashable(element) not in after]
        added = [element for element in value if _hashable(element) not in before]
        if removed or added:
            return value_text(removed), value_text(added)
    return ", ".join(map(value_text, base)), value_text(value)


def _hashable(value: object) -> object:
    """*value* as something that a set can hold; the tables of a list have no lists in them."""
    return frozenset(value.items()) if isinstance(value, dict) else value


def value_text(value: object) -> str:
    """A TOML value in short: `US theatrical 2026-12-18`, `Chris Hemsworth as Tyler Rake`."""
    if isinstance(value, list):
        return ", ".join(value_text(element) for element in value)
    if isinstance(value, dict):
        if "role" in value:
            return f"{value['name']} as {value['role']}"
        if "from" in value or "to" in value:
            before, after = value.get("from", "undated"), value.get("to", "withdrawn")
            return f"{value_text(before)} → {value_text(after)}"
        if not {"url", "date", "name"} & {*value}:  # ids
            return " ".join(f"{key}={value_text(element)}" for key, element in value.items())
        return " ".join(value_text(element) for element in value.values())
    return str(value).lower() if isinstance(value, bool) else str(value)
