"""A Release as one JSON array in the index, and back, without parsing a date."""

import json
from datetime import date, datetime, timezone
from typing import Any, Final

from countdown.core.dates import ReleaseDate
from countdown.core.release import Credit, Dated, Move, Release, Source

_LISTS: Final = (
    "aliases",
    "franchise",
    "platform",
    "distributor",
    "studio",
    "director",
    "writer",
    "creator",
    "unverified",
)


def pack(release: Release) -> str:
    """*release* as JSON: its fields in order, days as ordinals, instants as POSIX seconds."""
    return json.dumps(release, default=_number, ensure_ascii=False, separators=(",", ":"))


def unpack(text: str) -> Release:
    """The release that *pack* made *text* of."""
    fields = dict(zip(Release._fields, json.loads(text), strict=True))
    for name in _LISTS:
        fields[name] = tuple(fields[name])
    for name in ("stage_since", "expected", "checked"):
        fields[name] = _date(fields[name])
    fields["cast"] = tuple(Credit(*one) for one in fields["cast"])
    fields["dates"] = tuple(Dated(_known(when), *where) for when, *where in fields["dates"])
    fields["moves"] = tuple(
        Move(_date(before), _date(after), _date(announced), source)
        for before, after, announced, source in fields["moves"]
    )
    fields["sources"] = tuple(Source(url, _date(when)) for url, when in fields["sources"])
    fields["ids"] = tuple((provider, value) for provider, value in fields["ids"])
    return Release(**fields)


def _number(value: object) -> int:
    if isinstance(value, datetime):  # Asked first: a datetime is a date too.
        return int(value.timestamp())
    if isinstance(value, date):
        return value.toordinal()
    raise TypeError(f"not JSON: {value!r}")


def _date(packed: list[Any] | None) -> ReleaseDate | None:
    return None if packed is None else _known(packed)


def _known(packed: list[Any]) -> ReleaseDate:
    earliest, latest, precision, edtf, instant = packed
    at = None if instant is None else datetime.fromtimestamp(instant, timezone.utc)
    return ReleaseDate(date.fromordinal(earliest), date.fromordinal(latest), precision, edtf, at)
