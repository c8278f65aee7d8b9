"""Ids of new releases, made from their titles."""

from collections.abc import Collection, Iterator
from hashlib import blake2b
from typing import Any

from countdown.core import edtf
from countdown.core.latin import slug
from countdown.core.text import fold
from countdown.toml.parse import Table


def make_id(table: Table, taken: Collection[str]) -> str:
    """An id for the new release *table* that isn't *taken*."""
    id, year = of_title(table), year_of(table)
    with_year = f"{id}-{year}" if year and not id.endswith(year) else id
    numbered = (f"{id}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (id, with_year, *numbered) if each not in taken)


def possible_ids(table: Table) -> Iterator[str]:
    """Possible ids for *table*, the best first.

    They depend on *table* alone. The last one is different for each title.
    """
    id, year = of_title(table), year_of(table)
    yield id
    if year and not id.endswith(year):
        yield f"{id}-{year}"
    yield f"{id}-{table['kind']}"
    if year:
        yield f"{id}-{table['kind']}-{year}"
    yield f"{id}-{_hash(table['title'])}"


def of_title(table: Table) -> str:
    """`thor-2`; for a title in a script without a Latin spelling `film-2-8f3a61`."""
    title = table["title"]
    words = slug(title)
    if not any(map(str.isalpha, words)) and not _is_number(title):
        words = "-".join(filter(None, (table["kind"], words, _hash(title))))
    season = table.get("season") if table["kind"] == "season" else None
    return words if season is None else f"{words}-season-{season}"


def _hash(title: str) -> str:
    """Six letters and digits that hardly any other title has."""
    return blake2b(fold(title).encode(), digest_size=3).hexdigest()


def _is_number(title: str) -> bool:
    """True for a title like 1917, which has no letter of any script."""
    return any(map(str.isdecimal, title)) and not any(map(str.isalpha, title))


def year_of(table: Table) -> str:
    """The year of the first date of *table*; empty without one that can be read."""
    dates: list[Any] = [table[key] for key in ("date",) if key in table]
    rows = table.get("dates", ())
    rows = rows if isinstance(rows, (list, tuple)) else ()
    dates += [row["date"] for row in rows if isinstance(row, dict) and "date" in row]
    try:
        return f"{edtf.from_toml(dates[0]).earliest.year:04}" if dates else ""
    except ValueError:
        return ""
