r"""Facts of a release as text, as the journal keeps them.

Journals are kept for years, so this format only grows at its end, whatever becomes of the index:
name, stage and dates, and of each date region, type and EDTF, joined by ASCII separators. In place
of a region stands `unstated` if the source doesn't say where. Two fields are missing in what was
written before journals kept them: the EDTF of the last episode's day or window, and the cadence.
"""

from collections.abc import Iterable
from typing import Final

from countdown.core.changes import Episodes, Facts
from countdown.core.release import AnnouncedDate
from countdown.core.text import escape_hostile

_BETWEEN_FIELDS: Final = "\x1f"
_BETWEEN_DATES: Final = "\x1e"
_BETWEEN_PARTS: Final = "\x1d"
_FIELDS: Final = ("name", "stage", "dates", "complete", "cadence")
_DATES: Final = _FIELDS.index("dates")


def facts_text(
    name: str,
    stage: str,
    dates: Iterable[tuple[str, str, str]],
    complete: str = "",
    cadence: str = "",
) -> str:
    """The text of a release's *name*, *stage* and *dates* (region, type, EDTF) in any order.

    *complete* is in EDTF; it and *cadence* are empty if there is none.
    """
    return _BETWEEN_FIELDS.join((name, stage, _dates_text(dates), complete, cadence))


def with_dates(text: str, dates: Iterable[tuple[str, str, str]]) -> str:
    """The facts *text* with *dates* in place of its own. Raises ValueError if it is damaged."""
    name, stage, _, *more = text.split(_BETWEEN_FIELDS)
    return _BETWEEN_FIELDS.join((name, stage, _dates_text(dates), *more))


def with_facts_of(text: str, other: str, facts: Iterable[str]) -> str:
    """The facts *text* with those named *facts* from *other*: `stage`, `dates US`.

    Both may lack their last fields.
    """
    fields, others = (_padded(each.split(_BETWEEN_FIELDS)) for each in (text, other))
    for name in facts:
        if name in _FIELDS:
            place = _FIELDS.index(name)
            fields[place] = others[place]
    markets = {name.removeprefix("dates ") for name in facts if name.startswith("dates ")}
    if markets:
        rows = [row for row in _rows(fields[_DATES]) if row[0] not in markets]
        rows += [row for row in _rows(others[_DATES]) if row[0] in markets]
        fields[_DATES] = _dates_text(rows)
    return _BETWEEN_FIELDS.join(fields)


def _padded(fields: list[str]) -> list[str]:
    return [*fields, *[""] * (len(_FIELDS) - len(fields))]


def _rows(text: str) -> list[tuple[str, ...]]:
    rows = text.split(_BETWEEN_DATES) if text else ()
    return [tuple(row.split(_BETWEEN_PARTS)) for row in rows]


def _dates_text(dates: Iterable[tuple[str, ...]]) -> str:
    return _BETWEEN_DATES.join(sorted(map(_BETWEEN_PARTS.join, dates)))


def is_same(text: str, other: str) -> bool:
    """True if two such texts differ in the name at most, or in fields that one of them lacks."""
    fields = [each.split(_BETWEEN_FIELDS)[1:] for each in (text, other)]
    return all(one == another for one, another in zip(*fields, strict=False))


def has_more_fields(text: str, older: str) -> bool:
    """True if *text* is *older* with additional fields."""
    return text.startswith(f"{older}{_BETWEEN_FIELDS}")


def read_facts(text: str) -> Facts:
    """The facts in *text*, as `facts_text` returns it; hostile characters are escaped.

    Raises ValueError or TypeError if *text* is damaged, or written by another program.
    """
    name, stage, dates, *more = text.split(_BETWEEN_FIELDS)
    items = dates.split(_BETWEEN_DATES) if dates else ()
    announced = tuple([_announced_date(*item.split(_BETWEEN_PARTS)) for item in items])
    episodes = _episodes(*more) if more else None
    return Facts(escape_hostile(name), escape_hostile(stage) or None, announced, episodes)


def _episodes(complete: str, cadence: str) -> Episodes:
    from countdown.core.edtf import parse  # Deferred, as below.

    return Episodes(parse(complete) if complete else None, escape_hostile(cadence) or None)


def _announced_date(market: str, type: str, edtf: str) -> AnnouncedDate:
    from countdown.core.edtf import parse  # Deferred: 6 ms, and few releases change.

    return AnnouncedDate.of(parse(edtf), market, type)
