"""Checks whether a release to add is already in a catalogue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from countdown.catalogue.identity import identities
from countdown.core import edtf
from countdown.core.text import fold
from countdown.errors import UsageError
from countdown.toml.parse import Table

_ANOTHER: Final = "For another one of that title, give --date in another year, --season or --kind."
_APART: Final = ("kind", "season")  # keys that distinguish releases with the same title


class Namesake(NamedTuple):
    """A release with the title of a new one; it *is_same* unless its year is different."""

    id: str
    title: str
    is_hidden: bool
    is_same: bool

    @property
    def sentence(self) -> str:
        """`There's already "Thor 5" (thor-5). To change it: countdown edit thor-5`."""
        hint = f"To change it: countdown edit {self.id}"
        if self.is_hidden:
            hint = f"It's hidden. To see it: countdown unhide {self.id}"
        return f'There\'s already "{self.title}" ({self.id}). {hint}'


def check(
    table: Table,
    tables: Sequence[Table],
    present_ids: Mapping[str, str],
    *,
    is_another: bool = False,
) -> None:
    """Raise UsageError if the release *table*, perhaps still without an id, is one of *tables*.

    *present_ids* has the present id for each former one. If it *is_another*, an equal title is
    allowed.
    """
    identifier = table.get("id")
    if identifier is not None and identifier in present_ids:
        known = present_ids[identifier]
        hint = f"Choose another --id, or change that one: countdown edit {known}"
        raise UsageError(f'"{identifier}" is a former id of the release "{known}". {hint}')
    for other in tables:
        if identifier is not None and other.get("id") == identifier:
            hint = f"Choose another --id, or change that one: countdown edit {identifier}"
            raise UsageError(f'There\'s already a release with the id "{identifier}". {hint}')
        if not set(identities(table)).isdisjoint(identities(other)):
            other_id = other.get("id")
            hint = f"To change it: countdown edit {other_id}"
            raise UsageError(f'--ids: That\'s the release "{other_id}". {hint}')
    for namesake in () if is_another else namesakes(table, tables):
        if namesake.is_same:
            raise UsageError(namesake.sentence, _ANOTHER)


def namesakes(table: Table, tables: Sequence[Table]) -> list[Namesake]:
    """The releases of *tables* that have the title of *table* among theirs.

    If its kind is known, those of another kind or season are left out.
    """
    title = fold(table.get("title", ""))
    named = [other for other in tables if "id" in other]
    ids = dict.fromkeys(other["id"] for other in named if title in map(fold, _titles(other)))
    found = []
    for id in ids:
        # A user's entry overlays the release below it.
        layers = [other for other in tables if other.get("id") == id]
        merged = {key: value for other in layers for key, value in other.items()}
        if "kind" in table and any(table.get(key) != merged.get(key) for key in _APART):
            continue
        is_hidden, is_same = merged.get("hidden") is True, _share_year(table, merged)
        found.append(Namesake(id, merged.get("title", id), is_hidden, is_same))
    return found


def _titles(table: Table) -> list[str]:
    """All titles of *table*."""
    title = [table["title"]] if "title" in table else []
    return [*title, *table.get("aliases", ()), *table.get("titles", {}).values()]


def _share_year(table: Table, other: Table) -> bool:
    """True if both can have come out in the same year, as far as their years are known."""
    years, others = [*_years(table)], [*_years(other)]
    return not (years and others) or any(
        first <= last_other and first_other <= last
        for first, last in years
        for first_other, last_other in others
    )


def _years(table: Table) -> Iterator[tuple[int, int]]:
    """The first and last year of each date that *table* has, or had before a move."""
    dates: list[date | str] = [table["date"]] if "date" in table else []
    dates += [row["date"] for row in table.get("dates", ())]
    dates += [row[key] for row in table.get("moves", ()) for key in ("from", "to") if key in row]
    for when in map(edtf.from_toml, dates):
        yield when.earliest.year, when.latest.year
