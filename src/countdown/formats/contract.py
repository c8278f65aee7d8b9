"""The JSON contract, schema 1: one outlook as a dict that says all that is known and no more.

Described in docs/json.md and, for programs, in data/output.schema.json.
"""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from countdown.core import wording
from countdown.core.dates import ReleaseDate, localised
from countdown.core.outlook import Moment, Outlook, Remaining, remaining
from countdown.core.release import AnnouncedDate, Move
from countdown.core.text import find_hostile
from countdown.views.view import View

if TYPE_CHECKING:  # Most answers know nothing of either.
    from countdown.core.changes import ObservedChange
    from countdown.core.history import HistoryStep
    from countdown.views.following import Followed

SCHEMA: Final = 1
_ascii: Final = json.JSONEncoder().encode

_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def encode(one: dict[str, Any]) -> str:
    r"""*one* as JSON in one line; what a terminal must not be sent is escaped: `\u202e`."""
    text = _encode(one)
    if text.isprintable():
        return text
    return "".join([_ascii(c)[1:-1] if find_hostile(c) else c for c in text])


def envelope(view: View) -> dict[str, Any]:
    """What stands around the releases of the document."""
    found = {
        "schema": SCHEMA,
        "as_of": view.context.now.today.isoformat(),
        "region": view.context.region,
        "timezone": view.context.timezone,
    }
    return {**found, "more_people": view.more_people} if view.more_people else found


def record(seen: Outlook, *, now: Moment) -> dict[str, Any]:
    """One release."""
    release = seen.release
    counted = None
    if seen.effective_date is not None and seen.date is not None:
        dated = seen.effective_date.dated
        counted = _date(seen.date) | {
            "region": dated.region,
            "type": dated.type,
            "fallback": seen.effective_date.fallback,
        }
    return {
        "id": release.id,
        "title": release.title,
        "kind": release.kind,
        "season": release.season,
        "aliases": release.aliases,
        "franchise": release.franchise,
        "platform": release.platform,
        "distributor": release.distributor,
        "studio": release.studio,
        "state": seen.state,
        "stage": seen.stage,
        "stage_since": _edtf(release.stage_since),
        "stage_note": seen.stage_note,
        "expected": _edtf(release.expected),
        "date": counted,
        "days": _days(seen.remaining),
        "text": wording.time_left(seen),
        "dates": [_dated(dated, now=now) for dated in release.dates],
        "moves": [_move(move) for move in release.moves],
        "director": release.director,
        "writer": release.writer,
        "creator": release.creator,
        "cast": [{"name": credit.name, "role": credit.role} for credit in release.cast],
        "synopsis": release.synopsis,
        "sequel_to": release.sequel_to,
        "ids": dict(release.ids),
        "unverified": release.unverified,
        "checked": _edtf(release.checked),
        "sources": [{"url": source.url, "date": _edtf(source.date)} for source in release.sources],
    }


def change(seen: "ObservedChange") -> dict[str, Any]:
    """One change that was seen."""
    from countdown.core import changes  # Deferred, like those above.

    found = seen.change
    return {
        "seen": seen.at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "id": seen.id,
        "name": seen.name,
        "what": found.kind,
        "from": _edtf(found.before),
        "to": _edtf(found.after),
        "region": found.place or None,
        "days": found.days,
        "stage_from": found.stages[0],
        "stage_to": found.stages[1],
        "text": changes.sentence(found),
    }


def step(one: "HistoryStep") -> dict[str, Any]:
    """One step in the history of a date."""
    return {
        "announced": _edtf(one.announced),
        "seen": one.seen.isoformat() if one.seen else None,
        "from": _edtf(one.before),
        "to": _edtf(one.after),
        "days": one.days,
        "source": one.source,
    }


def follow(one: "Followed") -> dict[str, Any]:
    """One name that is followed."""
    return {
        "sort": one.sort,
        "name": one.name,
        "ahead": one.ahead,
        "next": one.next.release.id if one.next else None,
    }


def records(view: View) -> Iterator[dict[str, Any]]:
    """The releases of *view*; of the one that it knows the history of, that too."""
    for seen in view.outlooks:
        found = record(seen, now=view.context.now)
        if view.history is not None:
            found["history"] = [step(one) for one in view.history]
        yield found


def _date(when: ReleaseDate) -> dict[str, Any]:
    return {
        "edtf": when.edtf,
        "earliest": when.earliest.isoformat(),
        "latest": when.latest.isoformat(),
        "precision": when.precision,
        "instant": when.edtf if when.instant else None,
    }


def _days(left: Remaining | None) -> dict[str, int] | None:
    return None if left is None else {"min": left.min, "max": left.max}


def _dated(dated: AnnouncedDate, *, now: Moment) -> dict[str, Any]:
    left = remaining(dated.date, now=now)
    local = localised(dated.date, now.zone)
    return _date(local) | {"region": dated.region, "type": dated.type, "days": _days(left)}


def _move(move: Move) -> dict[str, Any]:
    return {
        "announced": _edtf(move.announced),
        "from": _edtf(move.before),
        "to": _edtf(move.after),
        "days": move.days,
        "source": move.source,
    }


def _edtf(when: ReleaseDate | None) -> str | None:
    return None if when is None else when.edtf
