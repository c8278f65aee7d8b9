"""The JSON contract, schema 1: one outlook as a dict of all facts.

Described in docs/json.md and, for programs, in data/output.schema.json.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from countdown.core import wording
from countdown.core.dates import ReleaseDate, interchange_edtf, localised
from countdown.core.outlook import Moment, Outlook, Remaining, remaining
from countdown.core.regions import UNSTATED
from countdown.core.release import AnnouncedDate, DisputedDate, Move, Provider
from countdown.core.season_end import end_of_dated
from countdown.core.text import find_hostile
from countdown.views.view import View

if TYPE_CHECKING:  # Most answers need none of them.
    from countdown.core.candidate import Candidate
    from countdown.core.changes import ObservedChange
    from countdown.core.history import HistoryStep
    from countdown.core.source_result import SourceResult
    from countdown.views.follows import FollowSummary
    from countdown.views.sources import SourceStatus

SCHEMA: Final = 1
_encode_ascii: Final = json.JSONEncoder().encode

_encode: Final = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def encode(value: dict[str, Any]) -> str:
    r"""*value* as JSON on one line; what could control a terminal is escaped: `\u202e`."""
    text = _encode(value)
    if text.isprintable():
        return text
    return "".join([_encode_ascii(c)[1:-1] if find_hostile(c) else c for c in text])


def envelope(view: View) -> dict[str, Any]:
    """The keys of a document other than its releases."""
    keys = {
        "schema": SCHEMA,
        "as_of": view.context.now.today.isoformat(),
        "region": view.context.region,
        "timezone": view.context.timezone,
    }
    return {**keys, "more_people": view.more_people} if view.more_people else keys


def record(outlook: Outlook, *, now: Moment, exact_days: bool = False) -> dict[str, Any]:
    """One release; *exact_days* counts in days in its text."""
    release = outlook.release
    effective_date = None
    if outlook.effective_date is not None and outlook.date is not None:
        announced = outlook.effective_date.dated
        effective_date = _date(outlook.date) | {
            "region": announced.region,
            "place": announced.place,
            "type": announced.type,
            "unverified": announced.unverified,
            "fallback": outlook.effective_date.fallback,
        }
    return {
        "id": release.id,
        "was": release.was,
        "title": release.title,
        "kind": release.kind,
        "season": release.season,
        "aliases": release.aliases,
        "titles": dict(release.titles),
        "franchise": release.franchise,
        "platform": release.platform,
        "distributor": release.distributor,
        "studio": release.studio,
        "country": release.country,
        "state": outlook.state,
        "stage": outlook.stage,
        "stage_since": _edtf(outlook.stage_since),
        "stage_note": outlook.stage_note,
        "expected": _edtf(release.expected),
        "date": effective_date,
        "days": _days(outlook.remaining, outlook.date),
        "text": wording.time_left(outlook, exact=exact_days),
        "dates": [_announced_date(announced, now=now) for announced in release.dates],
        "complete": _complete(outlook, now=now),
        "cadence": release.cadence,
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
        "credits": [_credit(provider) for provider in release.providers if provider.facts],
    }


def change(observed: "ObservedChange", *, exact_days: bool = False) -> dict[str, Any]:
    """One change that was observed or is recorded; *exact_days* counts in days in its text."""
    from countdown.core import change_wording  # Deferred: most answers have no changes.

    change = observed.change
    return {
        "seen": _utc(observed.at),
        "announced": _edtf(observed.announced),
        "id": observed.id,
        "name": observed.name,
        "what": change.kind,
        "from": _edtf(change.before),
        "to": _edtf(change.after),
        "region": change.place if change.place not in ("", UNSTATED) else None,
        "place": UNSTATED if change.place == UNSTATED else None,
        "days": change.days,
        "stage_from": change.stages[0],
        "stage_to": change.stages[1],
        "cadence_from": change.cadences[0],
        "cadence_to": change.cadences[1],
        "source": observed.source,
        "text": change_wording.sentence(change, exact_days=exact_days),
    }


def step(step: "HistoryStep") -> dict[str, Any]:
    """One step in the history of a date."""
    return {
        "announced": _edtf(step.announced),
        "seen": step.seen.isoformat() if step.seen else None,
        "from": _edtf(step.before),
        "to": _edtf(step.after),
        "days": step.days,
        "source": step.source,
    }


def source_state(status: "SourceStatus") -> dict[str, Any]:
    """One source of live facts."""
    return {
        "name": status.name,
        "kind": status.kind,
        "on": status.is_on,
        "place": status.place or None,
        "releases": status.releases,
        "read": _utc(status.read),
        "next": _utc(status.next),
        "title": status.title,
        "licence": status.licence,
        "credit": status.credit,
        "serial": status.serial,
        "expires": status.expires.isoformat() if status.expires else None,
        "skipped": status.skipped,
        "wrong": status.wrong,
        "problems": status.problems,
        "held": status.held or None,
        "error": status.error or None,
    }


def _utc(moment: datetime | None) -> str | None:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else None


def follow(summary: "FollowSummary") -> dict[str, Any]:
    """One followed name."""
    return {
        "sort": summary.sort,
        "name": summary.name,
        "ahead": summary.ahead,
        "next": summary.next.release.id if summary.next else None,
    }


def source(result: "SourceResult") -> dict[str, Any]:
    """What became of one source."""
    next_time = None if result.next is None else datetime.fromtimestamp(result.next, UTC)
    return {
        "name": result.name,
        "title": result.title,
        "outcome": result.outcome,
        "read": result.read,
        "changed": result.changed,
        "kept": result.kept,
        "skipped": result.skipped,
        "why": result.why or None,
        "next": _utc(next_time),
    }


def candidate(candidate: "Candidate") -> dict[str, Any]:
    """One film or series that a provider knows."""
    return {
        "track": candidate.track_id,
        "title": candidate.title,
        "titles": dict(candidate.titles),
        "kind": candidate.kind,
        "season": candidate.season,
        "year": candidate.year,
        "people": candidate.people,
        "platform": candidate.platform,
        "ids": dict(candidate.ids),
        "release": candidate.release,
    }


def change_records(view: View) -> list[dict[str, Any]]:
    """The changes of *view*; none if it has none."""
    return [change(each, exact_days=view.context.exact_days) for each in view.changes or ()]


def records(view: View) -> Iterator[dict[str, Any]]:
    """The releases of *view*, with the view's further facts on each: followed, history."""
    for outlook in view.outlooks:
        keys = record(outlook, now=view.context.now, exact_days=view.context.exact_days)
        if view.followed is not None:
            keys["followed"] = outlook.release.id in view.followed
        if view.history is not None:
            keys["history"] = [*map(step, view.history)]
        yield keys


def _date(date: ReleaseDate) -> dict[str, Any]:
    return {
        "edtf": interchange_edtf(date),
        "earliest": date.earliest.isoformat(),
        "latest": None if date.is_open else date.latest.isoformat(),
        "precision": date.precision,
        "instant": date.edtf if date.instant else None,
    }


def _days(remaining: Remaining | None, date: ReleaseDate | None) -> dict[str, int | None] | None:
    if remaining is None:
        return None
    return {"min": remaining.min, "max": None if date and date.is_open else remaining.max}


def _complete(outlook: Outlook, *, now: Moment) -> dict[str, Any] | None:
    """The day on which all episodes are out; if they come out together, the effective date."""
    end = end_of_dated(outlook.release, outlook.effective_date)
    if end is None:
        return None
    date = end.dated.date
    return _date(localised(date, now.zone)) | {"days": _days(remaining(date, now=now), date)}


def _announced_date(announced: AnnouncedDate, *, now: Moment) -> dict[str, Any]:
    days = _days(remaining(announced.date, now=now), announced.date)
    local = localised(announced.date, now.zone)
    place = {"region": announced.region, "place": announced.place}
    basis = {
        "unverified": announced.unverified,
        "source": announced.source,
        "checked": _edtf(announced.checked),
        "origin": announced.origin,
        "read": _edtf(announced.read),
        "disputed": [_disputed(each, now=now) for each in announced.disputed],
    }
    return _date(local) | place | {"type": announced.type, "days": days} | basis


def _disputed(each: DisputedDate, *, now: Moment) -> dict[str, Any]:
    return {
        "date": _edtf(localised(each.date, now.zone)),
        "origin": each.origin,
        "read": _edtf(each.read),
        "source": each.source,
    }


def _credit(provider: Provider) -> dict[str, Any]:
    return {
        "origin": provider.origin,
        "title": provider.title,
        "licence": provider.licence,
        "credit": provider.credit,
        "read": _edtf(provider.read),
        "facts": provider.facts,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "announced": _edtf(move.announced),
        "from": _edtf(move.before),
        "to": _edtf(move.after),
        "days": move.days,
        "source": move.source,
    }


def _edtf(date: ReleaseDate | None) -> str | None:
    return None if date is None else interchange_edtf(date)
