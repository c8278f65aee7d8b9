"""Offers to join releases that share no id: a title alone may be offered, and never merges."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from countdown.core import edtf
from countdown.core.text import fold
from countdown.toml.parse import Table

_PEOPLE: Final = ("director", "creator", "cast")
_YEARS_APART: Final = 1  # A film can be a year older at home.
_MAX_NAMESAKES: Final = 50  # for which each entry with their title is compared with each of them


class Offer(NamedTuple):
    """That *entry* may be the *release*: they share a title, and what else is known agrees."""

    entry: Table
    release: Table


def title_offers(entries: Sequence[Table], releases: Sequence[Table]) -> list[Offer]:
    """The offers to join *entries*, tables of releases that have no id of one, with *releases*.

    A title or alias must be equal, and the kind and season. If both have dates, a year of one must
    be at most one from a year of the other; otherwise they must have a person in common. Only an
    entry with exactly one such release is offered, and a release only to one entry. A title of more
    than fifty releases tells nothing.
    """
    by_title: dict[str, dict[int, _Work]] = {}
    for release in releases:
        work = _Work(release)
        for title in _titles(release):
            by_title.setdefault(title, {})[id(release)] = work
    found = []
    for entry in entries:
        namesakes: dict[int, _Work] = {}
        for title in _titles(entry):
            named = by_title.get(title, {})
            if len(named) <= _MAX_NAMESAKES:
                namesakes |= named
        namesakes.pop(id(entry), None)
        work = _Work(entry)
        fitting = [each.table for each in namesakes.values() if work.fits(each)]
        if len(fitting) == 1:
            found.append(Offer(entry, fitting[0]))
    times = Counter(id(offer.release) for offer in found)
    return [offer for offer in found if times[id(offer.release)] == 1]


class _Work:
    """A *table*, whose dates and people are read once."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @cached_property
    def _years(self) -> list[tuple[int, int]]:
        """The first and last year of each date."""
        values = [row["date"] for row in self.table.get("dates", ())]
        if "date" in self.table:
            values.append(self.table["date"])
        return [(when.earliest.year, when.latest.year) for when in map(edtf.from_toml, values)]

    @cached_property
    def _people(self) -> set[str]:
        names = [name for key in _PEOPLE for name in self.table.get(key, ())]
        return {fold(name if isinstance(name, str) else name["name"]) for name in names}

    def fits(self, other: "_Work") -> bool:
        """True if nothing that is known of the two speaks against their being one release."""
        if any(self.table.get(key) != other.table.get(key) for key in ("kind", "season")):
            return False
        if not (self._years and other._years):
            return not self._people.isdisjoint(other._people)
        return any(
            first - _YEARS_APART <= last_other and first_other <= last + _YEARS_APART
            for first, last in self._years
            for first_other, last_other in other._years
        )


def _titles(table: Table) -> set[str]:
    titles: Mapping[str, str] = table.get("titles", {})
    names = [table.get("title", ""), *table.get("aliases", ()), *titles.values()]
    return {folded for folded in map(fold, names) if folded}
