"""Finds what to watch before a release, for `marathon`, and for a line of `next` and `show`."""

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from countdown.cli.session import Session
from countdown.core.marathon import target_day, watch_list
from countdown.core.marathon_wording import (
    Marathon,
    MarathonLine,
    is_worth_a_line,
    pace_in_short,
    titles,
)
from countdown.core.missing_part import MissingPart
from countdown.core.outlook import Outlook
from countdown.core.release import Release
from countdown.core.text import escape_hostile, fold
from countdown.core.watch_days import watch_days
from countdown.errors import NothingFound, UsageError
from countdown.index import marathon as stored

_MAX_RELEASES: Final = 300  # of franchises; a line about more isn't worth the time
_MIN_ENTRIES: Final = 2  # of a line


class Wishes(NamedTuple):
    """Which releases belong, and how they are spread over the days from *start* on.

    Without *franchises*, these are all of the release, or none if it *has_sequels_alone*.
    """

    franchises: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    has_sequels_alone: bool = False
    per_day: int | None = None
    start: date | None = None


_NO_WISHES: Final = Wishes()


def find_marathon(
    index: sqlite3.Connection,
    current: Session,
    target: Outlook,
    wishes: Wishes = _NO_WISHES,
    *,
    with_missing: bool = True,
) -> Marathon:
    """The marathon before *target*; *with_missing*, also what the catalogue lacks of it.

    Raises NothingFound for an unknown franchise, UsageError for one that *target* isn't part of.
    """
    release = target.release

    def is_wished(kind: str) -> bool:
        return not wishes.kinds or kind in wishes.kinds

    franchises: Sequence[str] = release.franchise
    if wishes.has_sequels_alone:
        franchises = ()
    elif wishes.franchises:
        franchises = _own_franchises(index, current, release, wishes.franchises)
    chain, unknown = stored.chain_of(index, release)
    keys = stored.keys_of_franchises(index, franchises)
    known = {each.id: each for each in (*stored.releases_of(index, keys), *chain)}
    ids = [each.id for each in chain]
    found = watch_list(target, ids, known.values(), now=current.now, region=current.region)
    entries = tuple(each for each in found.entries if is_wished(each.release.kind))
    missing: tuple[MissingPart, ...] = ()
    is_hidden = False
    if with_missing:
        from countdown.core.find_missing import find_missing  # Deferred: a line has none.

        watched = [release, *(each.release for each in entries)]
        every = known | {release.id: release}
        parts = find_missing(watched, every.values(), [release.id, *ids])
        missing = tuple(stored.still_missing(index, parts))
        is_hidden = unknown is not None and _is_hidden(unknown[0], current)
    day = target_day(target)
    last = day - timedelta(days=1) if day is not None and day > day.min else None
    ready = [each.ready for each in entries]
    plan = watch_days(ready, last, current.now.today, per_day=wishes.per_day, start=wishes.start)
    if plan.days:  # An entry that can be watched earlier has gone before one that can't.
        in_order = sorted(zip(plan.days, range(len(entries)), strict=True))
        entries = tuple(entries[at] for _, at in in_order)
        plan = plan._replace(days=tuple(day for day, _ in in_order))
    return Marathon(
        target,
        entries,
        plan,
        last=last,
        chain=frozenset(ids),
        franchises=tuple(stored.franchise_names(index, franchises)),
        unfinished=tuple(each for each in found.unfinished if is_wished(each.kind)),
        not_out=found.not_out if found.not_out and is_wished(found.not_out.kind) else None,
        missing=tuple(each for each in missing if is_wished(each.kind)),
        unknown=unknown,
        is_hidden=is_hidden,
        per_day=wishes.per_day,
        start=wishes.start,
    )


def _own_franchises(
    index: sqlite3.Connection, current: Session, release: Release, wished: Sequence[str]
) -> list[str]:
    """The names of the *wished* franchises of *release*. Raises NothingFound and UsageError."""
    own = {fold(name): name for name in release.franchise}
    found: list[str] = []
    for text in wished:
        names = stored.franchise_names(index, [text])
        if not names:
            raise NothingFound(f'No franchise in the catalogue is called "{text}".')
        matches = [own[key] for name in names if (key := fold(name)) in own]
        if not matches:
            title = current.view_context.name(release)
            has = f"Its franchises: {', '.join(own.values())}." if own else "It has no franchise."
            raise UsageError(
                escape_hostile(f"--franchise: {title} isn't part of {names[0]}. {has}")
            )
        found += matches
    return found


def _is_hidden(id: str, current: Session) -> bool:
    """True if the release is in the catalogue, but hidden."""
    from countdown.cli.hidden_releases import HiddenRelease, check_hidden  # Deferred, as above.

    try:
        check_hidden(id, current.layers)
    except HiddenRelease:
        return True
    return False


def marathon_line(
    index: sqlite3.Connection, current: Session, target: Outlook
) -> MarathonLine | None:
    """The marathon before *target*, in short.

    None unless it comes out on a day ahead, and there is enough to watch.
    """
    today = current.now.today
    if not is_worth_a_line(target, today):
        return None
    if len(stored.keys_of_franchises(index, target.release.franchise)) > _MAX_RELEASES:
        return None
    found = find_marathon(index, current, target, with_missing=False)
    if len(found.entries) < _MIN_ENTRIES:
        return None
    pace = pace_in_short(found.plan, today, current.view_context.date_style)
    return MarathonLine(titles(found.entries), pace, f"countdown marathon {target.release.id}")
