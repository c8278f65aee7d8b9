"""Releases as events of a calendar: days as days, and windows never as a day that nobody named.

A calendar program repeats an event of several days on each of them, and most show no status. So by
default a window is one event on its last day, and the title says what the date is:
`by 31 Dec 2027: Film (Q4 2027)`.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final, Literal, NamedTuple, get_args

from countdown.core import wording
from countdown.core.dates import ReleaseDate
from countdown.core.effective_date import EffectiveDate
from countdown.core.outlook import Moment, Outlook
from countdown.core.release import Release
from countdown.core.text import escape_hostile

Windows = Literal["day", "span", "none"]
WINDOWS: Final[tuple[Windows, ...]] = get_args(Windows)
Status = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]  # RFC 5545, 3.8.1.11
FIRST_DAY: Final = date(2020, 1, 1)  # the change that what has no day of one counts as
_CANCELLED_DAYS: Final = 60  # for which what was called off stays, so that calendars notice it
DOMAIN: Final = "release-countdown"
_MAX_CAST: Final = 5


class Event(NamedTuple):
    """An event of all days from *first* to *last*, or at the moment *at* in UTC.

    *id* is the same for every export of the *release*, and *changed* the day of its last change
    that its facts tell.
    """

    id: str
    release: str
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
    outlooks: Iterable[Outlook], now: Moment, *, windows: Windows = "day", by_type: bool = False
) -> list[Event]:
    """The events of *outlooks*, in their order; those without a last day have none.

    *windows* says what becomes of dates that aren't days. If there can be several dates of a
    release, they are told apart *by_type*.
    """
    found = []
    for each in outlooks:
        date, status, words = _what_counts(each, now.today)
        if date is None or date.is_open or date.latest.year > _LAST_YEAR:
            continue
        if windows != "none" or date.precision in ("day", "instant"):
            type = each.effective_date.dated.type if by_type and each.effective_date else None
            found.append(_event(each, date, status, words, type, windows, now.today))
    return found


_LAST_YEAR: Final = date.max.year - 1  # An event ends on the day after its last one.


def _what_counts(outlook: Outlook, today: date) -> tuple[ReleaseDate | None, Status, list[str]]:
    """The date of the event of *outlook*, its status, and words for its title."""
    release, effective = outlook.release, outlook.effective_date
    date = effective.dated.date if effective else None
    if outlook.is_shelved:
        since = release.stage_since or release.checked
        words = [wording.stage_name(outlook.stage)]
        words += ["not confirmed"] if "stage" in release.unverified else []
        return (date if _is_new(since, today) else None), "CANCELLED", words
    if effective is None or date is None:
        last = release.moves[-1] if release.moves else None
        is_withdrawn = last is not None and last.after is None and _is_new(last.announced, today)
        return (last.before if last and is_withdrawn else None), "CANCELLED", ["date withdrawn"]
    is_doubtful = wording.is_doubtful(outlook)
    words = [_place(effective), "not confirmed" if is_doubtful else ""]
    return date, "CONFIRMED" if date.exact and not is_doubtful else "TENTATIVE", words


def _is_new(day: ReleaseDate | None, today: date) -> bool:
    return day is not None and (today - day.latest).days <= _CANCELLED_DAYS


def _place(effective: EffectiveDate) -> str:
    market = effective.dated.market
    return wording.place(market).strip("()") if effective.fallback and market else ""


def _event(
    outlook: Outlook,
    date: ReleaseDate,
    status: Status,
    words: Iterable[str],
    type: str | None,
    windows: Windows,
    today: date,
) -> Event:
    """The event of *outlook*, whose *type* is in its id and title if dates are told apart by it."""
    release = outlook.release
    is_day = date.precision in ("day", "instant")
    notes, first = [*words], date.latest
    title = release.name
    if not is_day or date.qualifier in ("~", "%"):
        notes.insert(0, wording.format_date(date))
    if not is_day:
        if windows == "day":
            title = f"by {wording.day_label(date.latest)}: {title}"
        else:
            first = date.earliest
    notes = [note for note in (*notes, type) if note]
    return Event(
        id=_id(release, type),
        release=release.id,
        title=escape_hostile(f"{title} ({', '.join(notes)})" if notes else title),
        first=first,
        last=date.latest,
        at=date.instant,
        status=status,
        changed=last_change(release, today),
        kind=release.kind,
        lines=tuple(map(escape_hostile, _lines(outlook, date))),
        address=address_of(outlook),
    )


def _lines(outlook: Outlook, date: ReleaseDate) -> Iterable[str]:
    """The lines below the title: kind, place, date, people, last check and credits."""
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


def address_of(outlook: Outlook) -> str | None:
    """The page that says so: that of the date, else the newest one."""
    effective, sources = outlook.effective_date, outlook.release.sources
    if effective is not None and effective.dated.source:
        return effective.dated.source
    newest = max(
        sources, key=lambda each: each.date.latest if each.date else FIRST_DAY, default=None
    )
    return newest.url if newest else None


def last_change(release: Release, today: date) -> date:
    """The day of the last change of *release*, up to *today*: of its facts, or of their check."""
    dates = [release.checked, release.stage_since]
    dates += [dated.checked for dated in release.dates]
    dates += [move.announced for move in release.moves]
    days = [each.earliest for each in dates if each is not None]
    return max((day for day in days if FIRST_DAY <= day <= today), default=FIRST_DAY)


def _id(release: Release, type: str | None) -> str:
    """The id of the event: that of *release* when it was new, and the *type* of its date."""
    return f"{'-'.join(filter(None, (first_id(release), type)))}@{DOMAIN}"


def first_id(release: Release) -> str:
    """The id of *release* when it was new."""
    return release.was[0] if release.was else release.id


def in_words(number: int) -> str:
    """`1 event`, `1,234 events`."""
    return f"{number:,} event{'s' * (number != 1)}"


def without_event(outlooks: Iterable[Outlook], made: Iterable[Event]) -> int:
    """How many of *outlooks* aren't among the events *made*; those called off aren't counted."""
    known = {event.release for event in made}
    ahead = {each.release.id for each in outlooks if not each.is_shelved}
    return len(ahead - known)


def end_of(event: Event) -> date:
    """The day after the last one of *event*: where RFC 5545 has an event end."""
    return event.last + timedelta(days=1)
