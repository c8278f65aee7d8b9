"""The days on which to watch what comes before a release: so many a day, the last on the eve."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class WatchDays(NamedTuple):
    """A day for each entry, none if that can't be said or done.

    *needed* is the day on which one had to start to watch so many a day as wished, which *is_late*
    if it's past. From *min_a_day* to *max_a_day* are watched on each of *days*; without these, so
    many would have to be, 0 if no day is left.
    """

    days: tuple[date, ...] = ()
    needed: date | None = None
    is_late: bool = False
    min_a_day: int = 0
    max_a_day: int = 0


def watch_days(
    ready: Sequence[date],
    last: date | None,
    today: date,
    *,
    per_day: int | None = None,
    start: date | None = None,
) -> WatchDays:
    """The days for entries that can be watched from the days *ready* on, up to the day *last*.

    Without *start*, it's the latest that *per_day* allows, else today, with as many a day as it
    takes. Without *last*, there are only days if there is a *start*.
    """
    if not ready:
        return WatchDays()
    rate = per_day or 1
    if last is None:
        if start is None:
            return WatchDays()
        return _plan(_in_steps(len(ready), rate, start), ready, date.max, None, False, rate, rate)
    first_needed = _before(last, -(-len(ready) // rate) - 1)
    is_late = first_needed < (start or today)
    begin = start or (today if is_late else first_needed)
    if begin > last:
        return WatchDays((), first_needed, is_late)
    room = (last - begin).days + 1
    if start and per_day and is_late:
        least = -(-len(ready) // room)
        return WatchDays((), first_needed, is_late, least, least)
    if is_late:
        low, more = divmod(len(ready), room)
        days = _spread(len(ready), begin, room)
        return _plan(days, ready, last, first_needed, is_late, low, low + bool(more))
    days = _in_steps(len(ready), rate, begin)
    return _plan(days, ready, last, first_needed, is_late, rate, rate)


def _before(day: date, days: int) -> date:
    """The date so many *days* before *day*, or the first of the calendar."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def _in_steps(count: int, rate: int, first: date) -> list[date]:
    """Days for *count* entries, *rate* on each from *first* on."""
    return [_after(first, at // rate) for at in range(count)]


def _spread(count: int, first: date, room: int) -> list[date]:
    """Days for *count* entries on all of the *room* days from *first* on; more at the beginning."""
    low, more = divmod(count, room)
    sizes = [low + (at < more) for at in range(room)]
    return [_after(first, at) for at, size in enumerate(sizes) for _ in range(size)]


def _after(day: date, days: int) -> date:
    """The date so many *days* after *day*, or the last of the calendar."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


def _plan(
    days: Sequence[date],
    ready: Sequence[date],
    last: date,
    needed: date | None,
    is_late: bool,
    low: int,
    high: int,
) -> WatchDays:
    """The plan with *days*, but later where an entry isn't *ready*, and what follows it likewise.

    There are more than *high* on a day only if they had no room up to the *last* day.
    """
    found: list[date] = []
    for day, first in zip(days, ready, strict=True):
        day = max(day, first, found[-1] if found else day)
        is_full = len(found) >= high and found[-high] == day
        found.append(_after(day, 1) if is_full and day < last else day)
    most = max(found.count(day) for day in {*found}) if found != [*days] else high
    return WatchDays((*found,), needed, is_late, low, max(high, most))
