"""What an iCalendar feed says of films and seasons, as tables for its layer. No I/O.

Radarr, Sonarr and public calendars have titles and days, but no ids of other sites, and no regions.
"""

import hashlib
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final, NamedTuple

from countdown.core.regions import UNSTATED
from countdown.sources.answers import Skipped, skipped_lines
from countdown.sources.calendar_events import Event, read
from countdown.sources.calendar_titles import Subject, subject
from countdown.sources.catalogue import release_id
from countdown.toml.parse import Table

DEFAULT_REFRESH: Final = "PT6H"  # of a feed that doesn't say how often it may be read
_LAST_YEAR: Final = 2199  # What is later has no day yet: 9999-12-31, say.
_RADARR: Final = re.compile(r"((?:Radarr|NzbDrone)_movie_\d+)(?:_[a-z]+)?", re.ASCII)


class Parsed(NamedTuple):
    """The *tables* of a feed, a line on each thing *skipped*, its *title*, and its *refresh*."""

    tables: tuple[Table, ...]
    skipped: tuple[str, ...]
    title: str | None
    refresh: str


def feed(body: bytes, name: str) -> Parsed:
    """The tables of the feed in *body*, whose source is called *name*: films and seasons.

    Raises BadAnswerError if it is no calendar, and NoLibraryError.
    """
    skipped: Skipped = Skipped()
    found = read(body, skipped)
    events: list[tuple[Event, Subject]] = []
    for event in found.events:
        about = subject(event.summary)
        if event.day.year > _LAST_YEAR:
            skipped[f"an event is after the year {_LAST_YEAR}"] += 1
            continue
        if about.season is not None and (about.season == 0 or about.episode != 1):
            skipped["an episode that doesn't begin a season"] += 1
            continue
        if event.repeats:
            skipped["an event repeats: its first day is read"] += 1
        events.append((event, about))
    tables = tuple(
        _table(release_id(name, _digest(key)), each, skipped)
        for key, each in _by_release(events).items()
    )
    lines = skipped_lines(found.title or name, skipped)
    return Parsed(tables, lines, found.title, found.refresh or DEFAULT_REFRESH)


def _by_release(events: Iterable[tuple[Event, Subject]]) -> dict[str, list[tuple[Event, Subject]]]:
    """*events* by the keys of their releases: events of one id may be about several."""
    found: dict[str, list[tuple[Event, Subject]]] = {}
    for event, about in events:
        found.setdefault(_key(event, about), []).append((event, about))
    releases: dict[str, list[tuple[Event, Subject]]] = {}
    for key, group in found.items():
        is_shared = len({about.title for _, about in group}) > 1 and not _RADARR.fullmatch(key)
        for event, about in group:
            own = f"{key}\n{about.title}" if is_shared and about.season is None else key
            releases.setdefault(own, []).append((event, about))
    return releases


def _key(event: Event, about: Subject) -> str:
    """What tells a release from others, in all events about it, however often they're read."""
    if about.season is not None:
        return f"{about.title}\n{about.season}"
    match = _RADARR.fullmatch(event.id)  # It has an event for each type of release.
    return match[1] if match else event.id or about.title


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:12]


def _table(id: str, events: Iterable[tuple[Event, Subject]], skipped: Skipped) -> Table:
    """The table of a release: its title is that of the first event, its dates are those of all."""
    rows: dict[str | None, tuple[date, Table]] = {}
    title, season = "", None
    for event, about in events:
        title, season = title or about.title, about.season
        new = (_first(event), _row(event, about))
        old = rows.get(about.type)
        if old is not None:
            skipped["another day of a release"] += 1
        if old is None or new[0] < old[0]:
            rows[about.type] = new
    kind: Table = {"kind": "film"} if season is None else {"kind": "season", "season": season}
    return {"id": id, "title": title, **kind, "dates": [row for _, row in rows.values()]}


def _first(event: Event) -> date:
    """The day of *event*, in UTC if it's a moment."""
    return event.day.date() if isinstance(event.day, datetime) else event.day


def _row(event: Event, about: Subject) -> Table:
    """The row of `dates`; a feed doesn't say where it comes out."""
    is_long = event.last > event.day if not isinstance(event.day, datetime) else False
    row: Table = {
        "date": f"{event.day.isoformat()}/{event.last.isoformat()}" if is_long else event.day,
        "place": UNSTATED,
    }
    if about.type is not None:
        row["type"] = about.type
    if event.is_tentative:
        row["unverified"] = True
    if event.address:
        row["source"] = event.address
    return row
