"""Packs each Release into a line of text for the index, and unpacks it without parsing dates.

A record has the fields of Release in their order, except that those of index/summary.py come first.
The type of a field alone decides how it is written: see `_FORMATS`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from functools import lru_cache
from operator import itemgetter
from typing import Any, Final, NamedTuple, cast

from countdown.core.dates import Precision, ReleaseDate
from countdown.core.release import (
    AnnouncedDate,
    Credit,
    DisputedDate,
    Move,
    Provider,
    Release,
    Source,
)
from countdown.index.summary import (
    BETWEEN_DATE_PARTS,
    BETWEEN_FIELDS,
    BETWEEN_ITEMS,
    BETWEEN_PARTS,
    SUMMARY_FIELDS,
)


def pack(release: Release) -> str:
    """*release* as text: days are ordinals, instants POSIX seconds."""
    fields: list[Any] = [*_record_order(release)]
    for place, write in _WRITERS:
        value = fields[place]
        fields[place] = write(value) if value or value == 0 else ""
    return BETWEEN_FIELDS.join(fields)


def unpack(text: str) -> Release:
    """The release that *text* was packed from. Raises DatabaseError if it is damaged."""
    try:
        values: list[Any] = text.split(BETWEEN_FIELDS)
        if len(values) != len(_FIELDS):
            raise ValueError(f"{len(values)} fields, not {len(_FIELDS)}")
        for place, read, absent in _READERS:
            field = values[place]
            values[place] = read(field) if field else absent
        return Release._make(_release_order(values))
    except (ValueError, TypeError, IndexError, OverflowError, OSError) as error:
        raise sqlite3.DatabaseError(f"damaged record: {error}") from None


# ---- Lists ----


def _join(items: Iterable[Iterable[str]]) -> str:
    return BETWEEN_ITEMS.join([BETWEEN_PARTS.join(parts) for parts in items])


def _split(text: str) -> list[list[str]]:
    return [item.split(BETWEEN_PARTS) for item in text.split(BETWEEN_ITEMS)]


def _read_names(text: str) -> tuple[str, ...]:
    return tuple(text.split(BETWEEN_ITEMS))


def _read_pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = []
    for item in text.split(BETWEEN_ITEMS):
        first, second = item.split(BETWEEN_PARTS)
        pairs.append((first, second))
    return tuple(pairs)


def _write_cast(credits: tuple[Credit, ...]) -> str:
    return BETWEEN_ITEMS.join([f"{name}{BETWEEN_PARTS}{role or ''}" for name, role in credits])


def _read_cast(text: str) -> tuple[Credit, ...]:
    credits = []
    for item in text.split(BETWEEN_ITEMS):
        name, _, role = item.partition(BETWEEN_PARTS)
        credits.append(Credit(name, role or None))
    return tuple(credits)


def _write_dates(dates: tuple[AnnouncedDate, ...]) -> str:
    return _join(
        [
            (
                *(_write_date(each.date), each.market or "", each.type or ""),
                *("1" if each.unverified else "", each.source or "", _write_date(each.checked)),
                *(each.origin or "", _write_date(each.read)),
                *(part for other in each.disputed for part in _disputed_parts(other)),
            )
            for each in dates
        ]
    )


def _read_dates(text: str) -> tuple[AnnouncedDate, ...]:
    dates = []
    for item in text.split(BETWEEN_ITEMS):
        on, market, type, unverified, *basis = item.split(BETWEEN_PARTS)
        dated = AnnouncedDate.of(_read_date(on), market, type)
        if unverified or any(basis):
            source, checked, origin, read, *disputed = basis
            dated = dated._replace(
                unverified=bool(unverified),
                source=source or None,
                checked=_read_date(checked) if checked else None,
                origin=origin or None,
                read=_read_date(read) if read else None,
                disputed=_read_disputed(disputed) if disputed else (),
            )
        dates.append(dated)
    return tuple(dates)


def _disputed_parts(other: DisputedDate) -> tuple[str, ...]:
    date, origin, read, source = other
    return (_write_date(date), origin or "", _write_date(read), source or "")


def _read_disputed(parts: Sequence[str]) -> tuple[DisputedDate, ...]:
    dates = []
    for on, origin, read, source in zip(*[iter(parts)] * 4, strict=True):
        day = _read_date(read) if read else None
        dates.append(DisputedDate(_read_date(on), origin or None, day, source or None))
    return tuple(dates)


def _write_providers(providers: tuple[Provider, ...]) -> str:
    return _join(
        [
            (*(text or "" for text in each[:4]), _write_date(each.read), *each.facts)
            for each in providers
        ]
    )


def _read_providers(text: str) -> tuple[Provider, ...]:
    providers = []
    for origin, title, licence, credit, read, *facts in _split(text):
        day = _read_date(read) if read else None
        texts = title or None, licence or None, credit or None
        providers.append(Provider(origin, *texts, day, tuple(facts)))
    return tuple(providers)


def _write_moves(moves: tuple[Move, ...]) -> str:
    return _join(
        [
            (_write_date(before), _write_date(after), _write_date(announced), source or "")
            for before, after, announced, source in moves
        ]
    )


def _read_moves(text: str) -> tuple[Move, ...]:
    moves = []
    for *days, source in _split(text):
        before, after, announced = [_read_date(on) if on else None for on in days]
        moves.append(Move(before, after, announced, source or None))
    return tuple(moves)


def _write_sources(sources: tuple[Source, ...]) -> str:
    return BETWEEN_ITEMS.join([f"{url}{BETWEEN_PARTS}{_write_date(on)}" for url, on in sources])


def _read_sources(text: str) -> tuple[Source, ...]:
    sources = []
    for item in text.split(BETWEEN_ITEMS):
        url, on = item.split(BETWEEN_PARTS)
        sources.append(Source(url, _read_date(on) if on else None))
    return tuple(sources)


def _write_ids(ids: tuple[tuple[str, str | int], ...]) -> str:
    return _join([(provider, type(value).__name__, str(value)) for provider, value in ids])


def _read_ids(text: str) -> tuple[tuple[str, str | int], ...]:
    return tuple(
        [
            (provider, int(value) if type == "int" else value)
            for provider, type, value in _split(text)
        ]
    )


# ---- Dates ----


@lru_cache(maxsize=4096)
def _write_date(on: ReleaseDate | None) -> str:
    if on is None:
        return ""
    earliest, latest, precision, edtf, instant = on
    at = "" if instant is None else str(int(instant.timestamp()))
    days = str(earliest.toordinal()), str(latest.toordinal())
    return BETWEEN_DATE_PARTS.join((*days, precision, edtf, at))


@lru_cache(maxsize=4096)  # Cached: most entries of a catalogue were checked on a few days.
def _read_date(text: str) -> ReleaseDate:
    earliest, latest, precision, edtf, instant = text.split(BETWEEN_DATE_PARTS)
    return ReleaseDate(
        date.fromordinal(int(earliest)),
        date.fromordinal(int(latest)),
        cast("Precision", precision),
        edtf,
        datetime.fromtimestamp(int(instant), UTC) if instant else None,
    )


# ---- Fields ----


class _Format(NamedTuple):
    """Functions from a value to text and back, and the value that empty text stands for."""

    write: Callable[[Any], str]
    read: Callable[[str], object]
    absent: object = None


_FORMATS: Final[dict[Any, _Format]] = {  # by the type of a field
    str | None: _Format(str, str),
    int | None: _Format(str, int),
    tuple[str, ...]: _Format(BETWEEN_ITEMS.join, _read_names, ()),
    tuple[Credit, ...]: _Format(_write_cast, _read_cast, ()),
    ReleaseDate | None: _Format(_write_date, _read_date),
    tuple[AnnouncedDate, ...]: _Format(_write_dates, _read_dates, ()),
    tuple[Move, ...]: _Format(_write_moves, _read_moves, ()),
    tuple[Source, ...]: _Format(_write_sources, _read_sources, ()),
    tuple[Provider, ...]: _Format(_write_providers, _read_providers, ()),
    tuple[tuple[str, str], ...]: _Format(_join, _read_pairs, ()),
    tuple[tuple[str, str | int], ...]: _Format(_write_ids, _read_ids, ()),
}
_FIELDS: Final = tuple(dict.fromkeys((*SUMMARY_FIELDS, *Release._fields)))  # in a record's order
_types: Final = [Release.__annotations__[name] for name in _FIELDS]
_formats: Final = [(place, _FORMATS[type]) for place, type in enumerate(_types) if type is not str]
_WRITERS: Final = [(place, format.write) for place, format in _formats]
_READERS: Final = [(place, format.read, format.absent) for place, format in _formats]
_record_order: Final = itemgetter(*map(Release._fields.index, _FIELDS))
_release_order: Final = itemgetter(*map(_FIELDS.index, Release._fields))
