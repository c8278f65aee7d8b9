"""Statements of Wikidata: which ones count, and their values. No I/O.

See https://www.wikidata.org/wiki/Help:Statements.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple, TypeGuard

from countdown.core.dates import month_end
from countdown.sources.answers import items, line, mapping
from countdown.sources.wikidata_regions import LARGER, REGIONS
from countdown.toml.parse import Table

_ITEM: Final = re.compile(r"Q[1-9][0-9]{0,17}", re.ASCII)
_TIME: Final = re.compile(r"\+0*([0-9]{4})-([0-9]{2})-([0-9]{2})T00:00:00Z", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[!-~]*)?", re.ASCII)
_GREGORIAN: Final = "Q1985727"
_PLACE, _ADDRESS_OF = "P291", "P854"


def best_statements(claims: Mapping[str, Any], property: str) -> list[Mapping[str, Any]]:
    """The statements of *property*: the preferred ones, else all but the deprecated ones."""
    statements = valid_statements(claims, property)
    return [statement for statement in statements if is_preferred(statement)] or statements


def valid_statements(claims: Mapping[str, Any], property: str) -> list[Mapping[str, Any]]:
    """The statements of *property*, without the deprecated ones."""
    statements = map(mapping, items(claims.get(property)))
    return [statement for statement in statements if statement.get("rank") != "deprecated"]


def is_preferred(statement: Mapping[str, Any]) -> bool:
    """True if *statement* counts before others."""
    return statement.get("rank") == "preferred"


def qualifiers(
    statement: Mapping[str, Any], property: str, read: Callable[[object], str | None]
) -> Iterator[str]:
    """What *read* makes of the values of the qualifier *property* of *statement*."""
    snaks: Iterable[object] = items(mapping(statement.get("qualifiers")).get(property))
    yield from filter(None, map(read, snaks))


def item_of(snak: object) -> str | None:
    """The item that is the value of *snak*; there's none if it is unknown or nothing."""
    value = mapping(mapping(mapping(snak).get("datavalue")).get("value")).get("id")
    return value if is_item(value) else None


def text_of(snak: object) -> str | None:
    """The text that is the value of *snak*, which can be of any length."""
    value = mapping(mapping(snak).get("datavalue")).get("value")
    return value if isinstance(value, str) else None


def is_item(value: object) -> TypeGuard[str]:
    """True if *value* is the id of an item."""
    return isinstance(value, str) and _ITEM.fullmatch(value) is not None


def day_of(value: object) -> date | None:
    """The day of a time like `2026-11-02T10:20:30Z`."""
    try:
        return date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


class Time(NamedTuple):
    """A time by its *first* and *last* day, and as the *value* of TOML that names it."""

    first: date
    last: date
    value: date | str

    def is_within(self, other: "Time") -> bool:
        """True if each of its days is one of *other*."""
        return other.first <= self.first and self.last <= other.last


def time_of(snak: Mapping[str, Any]) -> Time | None:
    """The time of *snak*; None if it has none that can be a date."""
    value = mapping(mapping(snak.get("datavalue")).get("value"))
    text, model = value.get("time"), value.get("calendarmodel")
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None or not isinstance(model, str) or not model.endswith(f"/{_GREGORIAN}"):
        return None
    year, month, day = map(int, match.groups())
    precision = value.get("precision")
    try:  # What is below the precision is noise: 00 or 01.
        if precision == 11:
            return Time(date(year, month, day), date(year, month, day), date(year, month, day))
        if precision == 10:
            first = date(year, month, 1)
            return Time(first, month_end(year, month), f"{year:04}-{month:02}")
        if precision == 9:
            return Time(date(year, 1, 1), date(year, 12, 31), f"{year:04}")
        if precision == 8:
            decade = year // 10
            return Time(date(decade * 10, 1, 1), date(decade * 10 + 9, 12, 31), f"{decade:03}X")
    except ValueError:  # 30 February, or the year 0.
        return None
    return None


def places_of(statement: Mapping[str, Any]) -> list[Table]:
    """The keys of a row for each place of *statement*: its region, if it is a country.

    A city or a festival is where it was shown first, and no region. The world and its continents
    don't say where it comes out, either.
    """
    places: dict[str, Table] = {}
    for place in qualifiers(statement, _PLACE, item_of):
        if place in REGIONS:
            places[REGIONS[place]] = {"region": REGIONS[place]}
        elif place in LARGER:
            places[""] = {"place": "unstated"}
        else:
            places["premiere"] = {"place": "unstated", "type": "premiere"}
    return [*places.values()] or [{"place": "unstated"}]


def address_of(statement: Mapping[str, Any]) -> str | None:
    """The address of the page that *statement* refers to, if there is one."""
    for reference in map(mapping, items(statement.get("references"))):
        for snak in items(mapping(reference.get("snaks")).get(_ADDRESS_OF)):
            address = line(text_of(snak))
            if address and _ADDRESS.fullmatch(address):
                return address
    return None
