"""The days on which to watch what comes before a release: so many a day, the last on the eve."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class WatchDays(NamedTuple):
    """A day for each entry, none if that can't be said or done.

    *needed* is the day on which one has to start to watch so many a day as wished; None if some are
    out too late for that. The wish can't be met if it *is_late*. From *min_a_day* to *max_a_day*
    are watched on each day from the first of *days* to the last; without these, so many would have
    to be, 0 if no day is left.
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

    One that isn't ready lets those behind it go first. Without *start*, it's the latest that
    *per_day* allows, else today, with as many a day as it takes. Without *last*, there are only
    days if there is a *start*.
    """
    if not ready or (last is None and start is None):
        return WatchDays()
    rate = per_day or 1
    if last is None:
        return _plan(_assign(ready, start or today, date.max, rate), None, is_late=False)
    latest = _before(last, -(-len(ready) // rate) - 1)
    needed = latest if _most(_assign(ready, latest, last, rate)) <= rate else None
    begin = start or max(latest, today)
    is_late = needed is None or needed < begin
    if begin > last:
        return WatchDays((), needed, is_late)
    if start and per_day and is_late:
        least = _most(_assign(ready, begin, last, 1))
        return WatchDays((), needed, is_late, least, least)
    return _plan(_assign(ready, begin, last, rate), needed, is_late=is_late)


def _before(day: date, days: int) -> date:
    """The date so many *days* before *day*, or the first of the calendar."""
    return date.fromordinal(max(day.toordinal() - days, 1))


def _after(day: date) -> date:
    """The date after *day*, or the last of the calendar."""
    return date.fromordinal(min(day.toordinal() + 1, date.max.toordinal()))


def _assign(ready: Sequence[date], first: date, last: date, rate: int) -> list[date]:
    """A day from *first* on for each entry, in their order as far as they are *ready*.

    There are *rate* on a day, or as many as are needed to have room for all up to the *last*.
    """
    waiting = sorted(range(len(ready)), key=lambda at: ready[at], reverse=True)
    watchable: list[int] = []  # like waiting, the first at the end
    found: dict[int, date] = {}
    day = first
    while len(found) < len(ready):
        if waiting and ready[waiting[-1]] <= day:
            watchable += [at for at in waiting if ready[at] <= day]
            watchable.sort(reverse=True)
            waiting = [at for at in waiting if ready[at] > day]
        room = max((last - day).days + 1, 1)
        needed = -(-(len(ready) - len(found)) // room)
        for _ in range(min(len(watchable), max(rate, needed))):
            found[watchable.pop()] = day
        day = _after(day)
    return [found[at] for at in range(len(ready))]


def _most(days: Sequence[date]) -> int:
    return max(Counter(days).values())


def _plan(days: Sequence[date], needed: date | None, *, is_late: bool) -> WatchDays:
    """The plan with *days*, with the least and the most of them that are the same."""
    sizes = Counter(days)
    has_free_days = (max(days) - min(days)).days >= len(sizes)
    least = 0 if has_free_days else min(sizes.values())
    return WatchDays((*days,), needed, is_late, least, max(sizes.values()))
