"""A Release as one line of text in the index, and back, without parsing a date."""

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime, timezone
from functools import lru_cache
from typing import cast

from countdown.core.dates import Precision, ReleaseDate
from countdown.core.release import AnnouncedDate, Credit, Move, Release, Source
from countdown.index.layout import DATE, FIELD, ITEM, PART


def pack(release: Release) -> str:
    """*release* as text: its fields in order, days as ordinals, instants as POSIX seconds."""
    dates = [(_packed(d.date), d.region or "", d.type or "") for d in release.dates]
    moves = [
        (_packed(m.before), _packed(m.after), _packed(m.announced), m.source or "")
        for m in release.moves
    ]
    ids = [(name, type(value).__name__, str(value)) for name, value in release.ids]
    return FIELD.join(
        [
            *(release.id, release.title, release.kind),
            "" if release.season is None else str(release.season),
            *map(ITEM.join, release[4:12]),
            ITEM.join([f"{name}{PART}{role or ''}" for name, role in release.cast]),
            *(release.synopsis or "", release.sequel_to or "", release.stage or ""),
            *(_packed(release.stage_since), release.stage_note or "", _packed(release.expected)),
            *(_items(dates), _items(moves), ITEM.join(release.unverified)),
            _packed(release.checked),
            ITEM.join([f"{url}{PART}{_packed(when)}" for url, when in release.sources]),
            _items(ids),
        ]
    )


def unpack(text: str) -> Release:
    """The release that *pack* made *text* of. Raises DatabaseError if it did not."""
    try:
        return _unpacked(text)
    except (ValueError, TypeError, IndexError, OverflowError, OSError) as error:
        raise sqlite3.DatabaseError(f"damaged record: {error}") from None


def _unpacked(text: str) -> Release:
    fields = text.split(FIELD)
    identifier, title, kind, season, aliases, franchise, platform, distributor = fields[:8]
    studio, director, writer, creator, credits, synopsis, sequel_to, stage = fields[8:16]
    since, note, expected, dates, moves, unverified, checked, sources, ids = fields[16:]
    return Release(
        identifier,
        title,
        kind,
        int(season) if season else None,
        tuple(aliases.split(ITEM)) if aliases else (),
        tuple(franchise.split(ITEM)) if franchise else (),
        tuple(platform.split(ITEM)) if platform else (),
        tuple(distributor.split(ITEM)) if distributor else (),
        tuple(studio.split(ITEM)) if studio else (),
        tuple(director.split(ITEM)) if director else (),
        tuple(writer.split(ITEM)) if writer else (),
        tuple(creator.split(ITEM)) if creator else (),
        tuple([_credit(one) for one in credits.split(ITEM)]) if credits else (),
        synopsis or None,
        sequel_to or None,
        stage or None,
        _known(since) if since else None,
        note or None,
        _known(expected) if expected else None,
        tuple([_dated(*one.split(PART)) for one in dates.split(ITEM)]) if dates else (),
        tuple([_move(*one.split(PART)) for one in moves.split(ITEM)]) if moves else (),
        tuple(unverified.split(ITEM)) if unverified else (),
        _known(checked) if checked else None,
        tuple([_source(*one.split(PART)) for one in sources.split(ITEM)]) if sources else (),
        tuple([_external_id(*one.split(PART)) for one in ids.split(ITEM)]) if ids else (),
    )


def _credit(text: str) -> Credit:
    name, _, role = text.partition(PART)
    return Credit(name, role or None)


def _source(url: str, when: str) -> Source:
    return Source(url, _date(when))


def _dated(when: str, region: str, type: str) -> AnnouncedDate:
    return AnnouncedDate(_known(when), region or None, type or None)


def _move(before: str, after: str, announced: str, source: str) -> Move:
    return Move(_date(before), _date(after), _date(announced), source or None)


def _external_id(provider: str, type: str, value: str) -> tuple[str, str | int]:
    return provider, int(value) if type == "int" else value


def _items(parts: Iterable[tuple[str, ...]]) -> str:
    return ITEM.join([PART.join(one) for one in parts])


@lru_cache(maxsize=4096)
def _packed(when: ReleaseDate | None) -> str:
    if when is None:
        return ""
    earliest, latest, precision, edtf, instant = when
    at = "" if instant is None else str(int(instant.timestamp()))
    return DATE.join((str(earliest.toordinal()), str(latest.toordinal()), precision, edtf, at))


def _date(packed: str) -> ReleaseDate | None:
    return _known(packed) if packed else None


@lru_cache(maxsize=4096)  # Days repeat: most entries of a catalogue were checked on a few.
def _known(packed: str) -> ReleaseDate:
    earliest, latest, precision, edtf, instant = packed.split(DATE)
    return ReleaseDate(
        date.fromordinal(int(earliest)),
        date.fromordinal(int(latest)),
        cast("Precision", precision),
        edtf,
        datetime.fromtimestamp(int(instant), timezone.utc) if instant else None,
    )
