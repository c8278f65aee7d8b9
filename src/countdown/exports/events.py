"""Releases as events of a calendar: days as days, and windows never as a day that nobody named.

A calendar program repeats an event of several days on each of them, and most show no status. So by
default a window is one event on its last day, and the title says what the date is:
`by 31 Dec 2027: Film (Q4 2027)`.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, get_args

from countdown.core import wording
from countdown.core.dates import ReleaseDate, localised
from countdown.core.effective_date import EffectiveDate
from countdown.core.outlook import Moment, Outlook
from countdown.core.release import Release
from countdown.core.text import escape_hostile

Windows = Literal["day", "span", "none"]
WINDOWS: Final[tuple[Windows, ...]] = get_args(Windows)
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]  # RFC 5545, 3.8.1.11
FIRST_DAY: Final = date(2020, 1, 1)  # the change that what has no day of one counts as
_CANCELLED_DAYS: Final = 60  # for which what was called off stays, so that calendars notice it
_DOMAIN: Final = "release-countdown"
_MAX_CAST: Final = 5


class Event(NamedTuple):
    """An event of all days from *first* to *last*, or at the moment *at* in UTC.

    *id* is the same for every export of a release, and *changed* the day of its last change, never
    an earlier one than before.
    """

    id: str
    title: str
    first: date
    last: date
    at: datetime | None
    status: Status
    changed: date
    kind: str
    lines: tuple[str, ...]
    address: str | None


def events(
    outlooks: Sequence[Outlook],
    noticed: Mapping[str, date],
    now: Moment,
    *,
    windows: Windows = "day",
) -> list[Event]:
    """The events of *outlooks*, in their order; those without a last day have none.

    A change of a release was *noticed*, by its id, on a day. *windows* says what becomes of dates
    that aren't days.
    """
    several = Counter(_oldest_id(each.release) for each in outlooks)
    found = []
    for each in outlooks:
        changed = _last_change(each, noticed, now.today)
        date, status, words = _what_counts(each, changed, now)
        if date is None or date.is_open or date.latest.year > _LAST_YEAR:
            continue
        is_day = date.precision in ("day", "instant")
        if windows == "none" and not is_day:
            continue
        is_several = several[_oldest_id(each.release)] > 1
        found.append(_event(each, date, status, words, changed, windows, is_several=is_several))
    return found


_LAST_YEAR: Final = date.max.year - 1  # An event ends on the day after its last one.


def _what_counts(
    outlook: Outlook, changed: date, now: Moment
) -> tuple[ReleaseDate | None, Status, list[str]]:
    """The date of the event of *outlook*, its status, and words for its title."""
    is_new = (now.today - changed).days <= _CANCELLED_DAYS
    if outlook.is_shelved:
        words = [str(outlook.stage).replace("-", " ")]
        return (outlook.date if is_new else None), "CANCELLED", words
    if outlook.date is None:
        withdrawn = _withdrawn(outlook.release, now) if is_new else None
        return withdrawn, "CANCELLED", ["date withdrawn"]
    words = [_place(outlook.effective_date)] if outlook.effective_date else []
    if wording.is_doubtful(outlook):
        words.append("not confirmed")
    return outlook.date, "CONFIRMED" if outlook.date.exact else "TENTATIVE", words


def _withdrawn(release: Release, now: Moment) -> ReleaseDate | None:
    """The date that *release* had until it was withdrawn; None if it had none."""
    last = release.moves[-1] if release.moves else None
    if last is None or last.after is not None or last.before is None:
        return None
    return localised(last.before, now.zone)


def _place(effective: EffectiveDate) -> str:
    market = effective.dated.market
    return wording.place(market).strip("()") if effective.fallback and market else ""


def _event(
    outlook: Outlook,
    date: ReleaseDate,
    status: Status,
    words: Iterable[str],
    changed: date,
    windows: Windows,
    *,
    is_several: bool,
) -> Event:
    release, effective = outlook.release, outlook.effective_date
    is_day = date.precision in ("day", "instant")
    notes, first = [*words], date.latest
    title = release.name
    if not is_day:
        notes.insert(0, wording.format_date(date))
        if windows == "day":
            title = f"by {wording.day_label(date.latest)}: {title}"
        else:
            first = date.earliest
    notes = [note for note in notes if note]
    id = _oldest_id(release)
    if is_several and effective is not None:
        parts = (id, effective.dated.type, (effective.dated.market or "").lower())
        id = "-".join(filter(None, parts))
    return Event(
        id=f"{id}@{_DOMAIN}",
        title=escape_hostile(f"{title} ({', '.join(notes)})" if notes else title),
        first=first,
        last=date.latest,
        at=date.instant,
        status=status,
        changed=changed,
        kind=release.kind,
        lines=tuple(map(escape_hostile, _lines(outlook, date))),
        address=_address(outlook),
    )


def _lines(outlook: Outlook, date: ReleaseDate) -> Iterable[str]:
    """What the event says below its title."""
    release, effective = outlook.release, outlook.effective_date
    place = ", ".join(release.platform or release.distributor)
    yield ", ".join(filter(None, (release.kind, place)))
    if effective is not None and effective.dated.type:
        market = effective.dated.market
        where = f", {wording.place(market).strip('()')}" if market else ""
        yield f"Date: {wording.format_date(date)} ({effective.dated.type}{where})"
    if release.cast:
        yield f"With {', '.join(credit.name for credit in release.cast[:_MAX_CAST])}"
    checked = (effective and effective.dated.checked) or release.checked
    if checked is not None:
        yield f"Last checked {wording.format_date(checked)}"
    yield from dict.fromkeys(filter(None, (each.attribution for each in release.providers)))


def _address(outlook: Outlook) -> str | None:
    """The page that says so: that of the date, else the newest one."""
    effective, sources = outlook.effective_date, outlook.release.sources
    if effective is not None and effective.dated.source:
        return effective.dated.source
    newest = max(
        sources, key=lambda each: each.date.latest if each.date else FIRST_DAY, default=None
    )
    return newest.url if newest else None


def _last_change(outlook: Outlook, noticed: Mapping[str, date], today: date) -> date:
    """The day of the last change of a release, up to *today*: of its facts, or of their check."""
    release = outlook.release
    dates = [release.checked, release.stage_since]
    dates += [dated.checked for dated in release.dates]
    dates += [move.announced for move in release.moves]
    days = [each.latest for each in dates if each is not None]
    if release.id in noticed:
        days.append(noticed[release.id])
    return max((day for day in days if FIRST_DAY <= day <= today), default=FIRST_DAY)


def _oldest_id(release: Release) -> str:
    return release.was[0] if release.was else release.id


def end_of(event: Event) -> date:
    """The day after the last one of *event*: where RFC 5545 has an event end."""
    return event.last + timedelta(days=1)
