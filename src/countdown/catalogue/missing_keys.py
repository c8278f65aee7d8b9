"""Adds ids and kinds to entries that a person wrote without them.

An entry with the title of a release in a lower layer is about that release. Other entries get an id
made from their title, which no other release has, and which doesn't depend on their place in the
file.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import tomli

from countdown import paths
from countdown.catalogue import new_ids, readers
from countdown.catalogue.identity import external_identities
from countdown.catalogue.known_releases import File, KnownReleases
from countdown.catalogue.readers import Problem, Problems
from countdown.core.text import fold
from countdown.stamps import Stamp, stamp
from countdown.toml.parse import Table

_MAX_YEARS: Final = 5  # between two dates of one release; beyond that it's another film
_SEASON_BEHIND: Final = re.compile(
    r"(.*[^\s,:–—(-])(?: *[,:–—(-] *(?:[Ss]eason|[Ss]taffel|[Tt]emporada|[Ss]aison|SEASON|S) ?"
    r"| S)([0-9]{1,3})\)?",
    re.ASCII,
)
_YEAR_AFTER: Final = re.compile(r"(.*\S) *\(((?:19|20)[0-9]{2})\)", re.ASCII)
_SEASONAL: Final = ("series", "season")


def add(
    file: File, indices: Sequence[int], lower: KnownReleases, higher: Sequence[Table | None]
) -> None:
    """Complete the tables at *indices* of *file*, none of which names a release of *lower*.

    *higher* are the entries of the higher layers.
    """
    nameless = [index for index in indices if "id" not in (file.tables[index] or {})]
    known = lower if lower.tables or not nameless else _shipped(file.path)
    made: list[int] = []
    for index in indices:
        table = {**(file.tables[index] or {})}
        header_kind = file.kinds.get(index, "")
        if "id" in table:
            if "title" in table and not table.get("hidden"):
                file.tables[index] = {
                    **table,
                    "kind": table.get("kind") or _kind(table, header_kind),
                }
        elif _is_named_higher(table, higher):
            table.setdefault("kind", _kind(table, header_kind))
            file.tables[index] = table
        elif _is_title(table):
            _split_title(table, table.get("kind") or header_kind)
            kind = table.get("kind") or header_kind
            matches = _matches(table, kind, known)
            if len(matches) > 1:
                file.problems.append(_two_meanings(index, table, matches))
            if matches:
                table = {"id": matches[0]["id"], **table}
                if not known.are_lower:
                    table.setdefault("kind", matches[0].get("kind"))
                file.tables[index] = table
            else:  # A hidden one keeps its id too, so that unhide finds it.
                table.setdefault("kind", _kind(table, header_kind))
                file.tables[index] = table
                made.append(index)
    _make_ids(file, made, known)
    _check_unique(file, set(nameless))


def _check_unique(file: File, nameless: set[int]) -> None:
    """Report each entry that got the same id as another of *file*: nothing distinguishes them."""
    first: dict[object, int] = {}
    for index, table in enumerate(file.tables):
        id = (table or {}).get("id")
        if not isinstance(id, str) or first.setdefault(id, index) == index:
            continue
        if index in nameless or first[id] in nameless:
            what = f"is the same release as release[{first[id]}]"
            hint = "merge the two, or tell them apart by a date, kind or id"
            file.problems.append(Problem(("release", index), what, hint))


def _is_named_higher(table: Table, higher: Sequence[Table | None]) -> bool:
    """True if an entry of *higher* shares an external id with *table*, and has an id for it."""
    found = set(external_identities(table))
    return bool(found) and any(
        other and "id" in other and not found.isdisjoint(external_identities(other))
        for other in higher
    )


def _is_title(table: Table) -> bool:
    problems: Problems = []
    return readers.text(table.get("title"), (), problems) is not None


def _shipped(path: str) -> KnownReleases:
    """The built-in releases; none if *path* is their own file, or if they can't be read."""
    shipped = paths.shipped("releases.toml")
    state = stamp(shipped) if path != shipped else None
    return KnownReleases([], are_lower=False) if state is None else _read_once(shipped, state)


@lru_cache(maxsize=1)  # A check of several files, or a fix, would read it for each of them.
def _read_once(shipped: str, _: Stamp) -> KnownReleases:
    """The releases of the built-in catalogue *shipped*, in that state; none if it can't be read."""
    try:
        with open(shipped, "rb") as file:
            tables = tomli.load(file).get("release", [])
    except (OSError, ValueError):
        tables = []
    return KnownReleases([tables], are_lower=False)


def _split_title(table: Table, kind: str | None) -> None:
    """Move the season or year after the title of *table* to the key for it."""
    match = _SEASON_BEHIND.fullmatch(table["title"])
    if match and "season" not in table and kind in (None, "", *_SEASONAL):
        table["title"], table["season"] = match[1], int(match[2])
        if table.get("kind") == "series":
            table["kind"] = "season"
        return
    match = _YEAR_AFTER.fullmatch(table["title"])
    if match:
        years = {f"{year:04}" for year in _years(table)}
        if not years and "date" not in table and "dates" not in table:
            table["date"] = match[2]
        elif match[2] not in years:
            return
        table["title"] = match[1]


def _kind(table: Table, header_kind: str) -> str:
    """The kind of *table*, from its header or its other keys."""
    if "season" in table and header_kind in ("", *_SEASONAL):
        return "season"
    ids = table.get("ids")
    is_series = "creator" in table or (isinstance(ids, dict) and "tvmaze" in ids)
    return header_kind or ("series" if is_series else "film")


def _matches(table: Table, kind: str, known: KnownReleases) -> list[Table]:
    """The releases that *table* can be about: those with its title, kind, season and year."""
    found = known.by_title.get(fold(table["title"]), []) if known.tables else []
    return [other for other in found if _can_be(table, kind, other)]


def _can_be(table: Table, kind: str, other: Table) -> bool:
    if table.get("season") != other.get("season"):
        return False
    if "season" in table and kind in ("", *_SEASONAL):
        return other.get("kind") in _SEASONAL
    if kind and kind != other.get("kind"):
        return False
    years, others = _years(table), _years(other)
    return (
        not (years and others)
        or min(abs(year - another) for year in years for another in others) <= _MAX_YEARS
    )


def _years(table: Table) -> set[int]:
    """The years of the dates of *table*."""
    rows = table.get("dates")
    each = [{"date": table["date"]}] if "date" in table else []
    each += [{"dates": [row]} for row in rows] if isinstance(rows, list) else []
    return {int(year) for one in each if (year := new_ids.year_of(one))}


def _two_meanings(index: int, table: Table, matches: list[Table]) -> Problem:
    names = [f"{other['id']} ({_description(other)})" for other in matches]
    ids = [f'id = "{other["id"]}"' for other in matches]
    what = f'"{table["title"]}" can be {" or ".join(names)}'
    return Problem(("release", index, "title"), what, f"add {' or '.join(ids)}")


def _description(table: Table) -> str:
    """`film, 2021`."""
    return ", ".join(filter(None, (str(table.get("kind", "")), new_ids.year_of(table))))


def _make_ids(file: File, indices: list[int], known: KnownReleases) -> None:
    """Give an id to each of the tables at *indices* of *file*, whatever their order."""
    others = [table for index, table in enumerate(file.tables) if table and index not in indices]
    taken = {*known.ids, *known.former_ids, *KnownReleases([others], are_lower=False).ids}
    tables = {index: file.tables[index] or {} for index in indices}
    choices = {index: [*new_ids.possible_ids(table)] for index, table in tables.items()}
    counts = Counter(choice for each in choices.values() for choice in dict.fromkeys(each))
    for index in sorted(indices, key=lambda index: (choices[index], str(tables[index]))):
        free = (id for id in choices[index] if id not in taken)
        lone = next((id for id in free if counts[id] == 1), choices[index][-1])
        taken.add(lone)
        file.tables[index] = {"id": lone, **tables[index]}
