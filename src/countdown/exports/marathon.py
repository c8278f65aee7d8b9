"""What to watch before a release as events of a calendar: one of a whole day for each."""

from collections.abc import Collection
from datetime import date

from countdown.core import wording
from countdown.core.marathon import Entry
from countdown.core.marathon_wording import Marathon
from countdown.core.release import Release
from countdown.core.text import escape_hostile
from countdown.exports.events import DOMAIN, Event, address_of, first_id, last_change


def watch_events(marathon: Marathon, ids: Collection[str], today: date) -> list[Event]:
    """An event for each entry of *marathon* that has a day, and whose id is among *ids*."""
    return [
        _event(entry, day, marathon.target.release, today, is_sure=not _is_doubtful(marathon))
        for entry, day in zip(marathon.entries, marathon.days, strict=True)
        if day is not None and entry.release.id in ids
    ]


def _is_doubtful(marathon: Marathon) -> bool:
    """True if another day can become the last one."""
    when = marathon.target.date
    return wording.is_doubtful(marathon.target) or (when is not None and not when.exact)


def _event(entry: Entry, day: date, target: Release, today: date, *, is_sure: bool) -> Event:
    release = entry.release
    year = f" ({entry.first.latest.year})" if _has_year(entry) and entry.first else ""
    place = ", ".join(release.platform or release.distributor)
    lines = (", ".join(filter(None, (release.kind, place))), f"Before {target.name}")
    return Event(
        id=f"watch-{first_id(release)}-before-{first_id(target)}@{DOMAIN}",
        release=release.id,
        title=escape_hostile(f"Watch: {release.name}{year}"),
        first=day,
        last=day,
        at=None,
        status="CONFIRMED" if is_sure else "TENTATIVE",
        changed=max(last_change(release, today), last_change(target, today)),
        kind=release.kind,
        lines=tuple(map(escape_hostile, lines)),
        address=address_of(entry.outlook),
    )


def _has_year(entry: Entry) -> bool:
    """True if the year is known in which it came out first."""
    first = entry.first
    return first is not None and not first.is_open and first.earliest.year == first.latest.year
