"""Ids of new releases, made of their titles."""

from collections.abc import Collection
from typing import Any

from countdown.core import edtf
from countdown.core.latin import to_latin
from countdown.core.text import fold
from countdown.toml.parse import Table


def make_id(table: Table, taken: Collection[str]) -> str:
    """An id for the new release *table*, none of those that are *taken*."""
    year = _year(table)
    id = _of_title(table, year)
    with_year = f"{id}-{year}" if year and not id.endswith(year) else id
    numbered = (f"{id}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (id, with_year, *numbered) if each not in taken)


def _of_title(table: Table, year: str) -> str:
    """`thor-2`; for a title in a script without a Latin spelling `film-2-2027`."""
    words = [latin for word in fold(table["title"]).split() if (latin := to_latin(word))]
    words = [word for word in words if word.isalnum()]
    if not any(any(map(str.isalpha, word)) for word in words) and not _is_number(table["title"]):
        words = [table["kind"], *words, *([year] if year else [])]
    season = table.get("season")
    return "-".join(words) if season is None else f"{'-'.join(words)}-season-{season}"


def _is_number(title: str) -> bool:
    """True for a title like 1917, which has no letter of any script."""
    return any(map(str.isdecimal, title)) and not any(map(str.isalpha, title))


def _year(table: Table) -> str:
    """The year of the first date of *table*; empty without one."""
    dates: list[Any] = [table[key] for key in ("date",) if key in table]
    dates += [row["date"] for row in table.get("dates", ())]
    return f"{edtf.from_toml(dates[0]).earliest.year:04}" if dates else ""
