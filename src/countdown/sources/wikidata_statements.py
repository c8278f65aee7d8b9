"""Statements of Wikidata: which ones count, and their values. No I/O.

See https://www.wikidata.org/wiki/Help:Statements.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeGuard

from countdown.sources.answers import items, line, mapping
from countdown.sources.wikidata_regions import REGIONS
from countdown.toml.parse import Table

_ITEM: Final = re.compile(r"Q[1-9][0-9]{0,17}", re.ASCII)
_TIME: Final = re.compile(r"\+0*([0-9]{4})-([0-9]{2})-([0-9]{2})T00:00:00Z", re.ASCII)
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[!-~]*)?", re.ASCII)
_GREGORIAN: Final = "Q1985727"
_PLACE, _ADDRESS_OF = "P291", "P854"


def best_statements(claims: Mapping[str, Any], property: str) -> list[Mapping[str, Any]]:
    """The statements of *property*: the preferred ones, else all but the deprecated ones."""
    statements = [mapping(statement) for statement in items(claims.get(property))]
    preferred = [statement for statement in statements if statement.get("rank") == "preferred"]
    return preferred or [each for each in statements if each.get("rank") != "deprecated"]


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


def time_of(snak: Mapping[str, Any]) -> tuple[date, object] | None:
    """The first day of the time of *snak*, and the time as a value of TOML; None without one."""
    value = mapping(mapping(snak.get("datavalue")).get("value"))
    text, model = value.get("time"), value.get("calendarmodel")
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None or not isinstance(model, str) or not model.endswith(f"/{_GREGORIAN}"):
        return None
    year, month, day = map(int, match.groups())
    precision = value.get("precision")
    try:  # What is below the precision is noise: 00 or 01.
        if precision == 11:
            return date(year, month, day), date(year, month, day)
        if precision == 10:
            return date(year, month, 1), f"{year:04}-{month:02}"
        if precision == 9:
            return date(year, 1, 1), f"{year:04}"
        if precision == 8:
            return date(year // 10 * 10, 1, 1), f"{year // 10:03}X"
    except ValueError:  # 30 February, or the year 0.
        return None
    return None


def places_of(statement: Mapping[str, Any]) -> list[Table]:
    """The keys of a row for each place of *statement*: its region, if it is a country.

    A city or a festival is where it was shown first, and no region.
    """
    places: dict[str, Table] = {}
    for place in qualifiers(statement, _PLACE, item_of):
        region = REGIONS.get(place)
        shown_first: Table = {"place": "unstated", "type": "premiere"}
        places[region or ""] = {"region": region} if region else shown_first
    return [*places.values()] or [{"place": "unstated"}]


def address_of(statement: Mapping[str, Any]) -> str | None:
    """The address of the page that *statement* refers to, if there is one."""
    for reference in map(mapping, items(statement.get("references"))):
        for snak in items(mapping(reference.get("snaks")).get(_ADDRESS_OF)):
            address = line(text_of(snak))
            if address and _ADDRESS.fullmatch(address):
                return address
    return None
