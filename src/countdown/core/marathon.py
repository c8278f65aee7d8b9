"""Marathons: the releases to watch before another one, in the order in which they came out.

No I/O and no clock: the moment is an argument.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Final, NamedTuple

from countdown.core.dates import ReleaseDate
from countdown.core.outlook import UPCOMING_STATES, Moment, Outlook, outlook
from countdown.core.release import Release
from countdown.core.season_end import season_end
from countdown.core.text import fold, natural_key

RE_RELEASE: Final = "re-release"


class Entry(NamedTuple):
    """A release to watch: when it came out *first*, and the day from which it can be watched."""

    outlook: Outlook
    first: ReleaseDate | None
    ready: date

    @property
    def release(self) -> Release:
        """The release itself."""
        return self.outlook.release


class WatchList(NamedTuple):
    """The *entries* in the order in which they came out, and seasons that end too late.

    *not_out* is what the target continues directly, if that isn't known to be out before it.
    """

    entries: tuple[Entry, ...]
    unfinished: tuple[Release, ...] = ()
    not_out: Release | None = None


def first_date(release: Release) -> ReleaseDate | None:
    """The date on which *release* came out first, wherever that was; None if it is unknown.

    A premiere and a re-release aren't meant.
    """
    dates = [each.date for each in release.dates if each.type not in (RE_RELEASE, "premiere")]
    return min(dates, key=lambda each: each.order_days, default=None)


def target_day(target: Outlook) -> date | None:
    """The first day on which *target* can come out; None if it's out, shelved or has no date."""
    if target.date is None or target.state not in UPCOMING_STATES:
        return None
    return target.date.earliest


def watch_list(
    target: Outlook,
    chain: Collection[str],
    releases: Iterable[Release],
    *,
    now: Moment,
    region: str | None = None,
) -> WatchList:
    """Those of *releases* that are out before *target*, and came before it.

    *chain* has the ids of those that it continues, the nearest first: these came before it, also if
    their dates are unknown.
    """
    day, first = target_day(target), first_date(target.release)
    entries: list[Entry] = []
    unfinished: list[Release] = []
    not_out = None
    every = {each.id: each for each in releases}
    every.pop(target.release.id, None)
    for release in every.values():
        entry = _entry(release, now, region)
        if entry is None or (entry.ready > now.today and (day is None or entry.ready >= day)):
            if entry and day and release.kind == "season" and _is_before(entry.first, day):
                unfinished.append(release)
            elif release.id == target.release.sequel_to:
                not_out = release
            continue
        is_earlier = first is not None and _is_before(entry.first, first.earliest)
        if target.state != "released" or release.id in chain or is_earlier:
            entries.append(entry)
    in_order = _in_order(_without_doubles(entries), chain)
    return WatchList(tuple(in_order), tuple(unfinished), not_out)


def _entry(release: Release, now: Moment, region: str | None) -> Entry | None:
    """The entry of *release*; None if it isn't out, and has no date."""
    dates = tuple(each for each in release.dates if each.type != RE_RELEASE)
    found = outlook(release._replace(dates=dates), now=now, region=region)
    if found.state == "released":
        ready = date.min
    elif found.state in ("upcoming", "open") and found.date and not found.date.is_open:
        ready = found.date.latest
    else:
        return None
    end = season_end(release._replace(dates=dates), region=region)
    if end is not None and end.dated.date.latest > now.today:
        ready = max(ready, end.dated.date.latest)
    return Entry(outlook(release, now=now, region=region), first_date(release), ready)


def _is_before(when: ReleaseDate | None, day: date) -> bool:
    return when is not None and when.latest < day


def _without_doubles(entries: Iterable[Entry]) -> list[Entry]:
    """*entries* without re-releases of others of them, and without series that are there by season.

    Some catalogues have a re-release as an entry of its own, with the same title.
    """
    every = [*entries]
    titles = {fold(each.release.title) for each in every if each.first}
    series = {fold(each.release.title) for each in every if each.release.kind == "season"}
    return [
        each
        for each in every
        if not (_is_re_release(each.release) and fold(each.release.title) in titles)
        and not (each.release.kind == "series" and fold(each.release.title) in series)
    ]


def _is_re_release(release: Release) -> bool:
    return bool(release.dates) and all(each.type == RE_RELEASE for each in release.dates)


def _in_order(entries: Iterable[Entry], chain: Collection[str]) -> list[Entry]:
    """*entries* as they came out; one without a date before what continues it, else at the end."""
    dated: list[Entry] = []
    undated: dict[str, Entry] = {}
    for each in entries:
        if each.first is not None:
            dated.append(each)
        else:
            undated[each.release.id] = each
    dated.sort(key=_order)
    for id in chain:  # the nearest first, so that those without dates line up
        if id in undated:
            place = next(
                (at for at, each in enumerate(dated) if each.release.sequel_to == id), len(dated)
            )
            dated.insert(place, undated.pop(id))
    return dated + sorted(undated.values(), key=lambda each: natural_key(each.release.name))


def _order(entry: Entry) -> tuple[object, ...]:
    release = entry.release
    days = entry.first.order_days if entry.first else ()
    return (*days, natural_key(release.title), release.season or 0, release.id)
