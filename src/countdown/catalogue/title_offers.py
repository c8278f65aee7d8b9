"""Offers to join releases that share no id: a title alone may be offered, and never merges."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from countdown.core import edtf
from countdown.core.text import fold
from countdown.toml.parse import Table

_PEOPLE: Final = ("director", "creator", "cast")
_YEARS_APART: Final = 1  # A film can be a year older at home.


class Offer(NamedTuple):
    """That *entry* may be the *release*: they share a title, and what else is known agrees."""

    entry: Table
    release: Table


def title_offers(entries: Sequence[Table], releases: Sequence[Table]) -> list[Offer]:
    """The offers to join *entries*, tables of releases that have no id of one, with *releases*.

    A title or alias must be equal, and the kind and season. If both have dates, a year of one must
    be at most one from a year of the other; otherwise they must have a person in common. Only an
    entry with exactly one such release is offered, and a release only to one entry.
    """
    by_title: dict[str, dict[int, Table]] = {}
    for release in releases:
        for title in _titles(release):
            by_title.setdefault(title, {})[id(release)] = release
    found = []
    for entry in entries:
        named = {key: each for at in _titles(entry) for key, each in by_title.get(at, {}).items()}
        fitting = [each for each in named.values() if each is not entry and _fits(entry, each)]
        if len(fitting) == 1:
            found.append(Offer(entry, fitting[0]))
    times: dict[int, int] = {}
    for offer in found:
        times[id(offer.release)] = times.get(id(offer.release), 0) + 1
    return [offer for offer in found if times[id(offer.release)] == 1]


def _titles(table: Table) -> set[str]:
    titles: Mapping[str, str] = table.get("titles", {})
    names = [table.get("title", ""), *table.get("aliases", ()), *titles.values()]
    return {folded for folded in map(fold, names) if folded}


def _fits(entry: Table, release: Table) -> bool:
    if any(entry.get(key) != release.get(key) for key in ("kind", "season")):
        return False
    years, others = [*_years(entry)], [*_years(release)]
    if not (years and others):
        return not _people(entry).isdisjoint(_people(release))
    return any(
        first - _YEARS_APART <= last_other and first_other <= last + _YEARS_APART
        for first, last in years
        for first_other, last_other in others
    )


def _years(table: Table) -> Iterator[tuple[int, int]]:
    """The first and last year of each date of *table*."""
    values = [row["date"] for row in table.get("dates", ())]
    for when in map(edtf.from_toml, [*([table["date"]] if "date" in table else []), *values]):
        yield when.earliest.year, when.latest.year


def _people(table: Table) -> set[str]:
    names = [name for key in _PEOPLE for name in table.get(key, ())]
    return {fold(name if isinstance(name, str) else name["name"]) for name in names}
