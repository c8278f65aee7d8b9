"""The releases whose very day is known, soonest first: what a prompt counts to.

A day in one's own region goes before everyone's, as in index/query.py; a window is never among
them, nor what is shelved.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator

from countdown.index.summary import Summary

Rows = Iterator[tuple[int, int | None, str, int]]  # day in UTC, instant, place, release


class UpcomingDay:
    """One release ahead: its local *day* as an ordinal, its *instant* in POSIX time if known.

    *place* is the region that this was announced for, empty if that is everywhere.
    """

    __slots__ = ("day", "instant", "place", "summary")

    def __init__(self, day: int, instant: int | None, place: str, summary: Summary) -> None:
        self.day = day
        self.instant = instant
        self.place = place
        self.summary = summary


def upcoming_days(
    connection: sqlite3.Connection,
    *,
    today: int,
    day_of: Callable[[int], int],
    count: int,
    region: str | None = None,
    keys: Collection[int] | None = None,
    last: int | None = None,
    days: Collection[int] | None = None,
) -> list[UpcomingDay]:
    """The first *count* releases that come out on *today* or later, by day, then by name.

    Days are ordinals, *day_of* tells that of a POSIX time in the user's zone. *keys* narrows the
    answer to some releases, *last* to those no later, *days* to these very days.
    """
    found: list[UpcomingDay] = []
    for own in {region or "", ""}:

        def walk(first: int, own: str = own, keys: Collection[int] | None = None) -> Rows:
            return _walk(connection, first, own, region, keys, last, days)

        # Instants stand there by their day in UTC, which can be a day off the user's.
        rows = walk(today - 1) if keys is None else _among(keys, today - 1, walk)
        found += _taken(connection, rows, today, day_of, count, last, days)
    found.sort(key=lambda one: (one.day, one.summary.name, one.summary.id))
    return found[:count]


def _among(keys: Collection[int], first: int, walk: "Callable[..., Rows]") -> Rows:
    """The rows of the releases *keys* from the day *first* on, by day.

    If many releases match, the first of them are met soon by going through the days; if few do,
    they may be years ahead. So after as many rows as there are keys, the keys are looked up.
    """
    met = set()
    for passed, row in enumerate(walk(first)):
        if passed == len(keys):
            yield from (other for other in walk(row[0], keys=keys) if other[3] not in met)
            return
        if row[3] in keys:
            met.add(row[3])
            yield row


def _walk(
    connection: sqlite3.Connection,
    first: int,
    own: str,
    region: str | None,
    keys: Collection[int] | None,
    last: int | None,
    days: Collection[int] | None,
) -> Rows:
    """The rows of what could be meant from the day *first* on, by day."""
    where = "c.region = ? AND c.type = '' AND c.exact = 1 AND c.latest >= ?"
    values: list[str | int] = [own, first]
    source = "counting c INDEXED BY counting_exact"
    if keys is not None:
        # The index is named, because SQLite prefers the one by day and reads it once for each key.
        source = (
            "json_each(?) k"
            " CROSS JOIN counting c INDEXED BY counting_release ON c.release = k.value"
        )
        values.insert(0, f"[{','.join(map(str, keys))}]")
    if last is not None:
        where += " AND c.latest <= ?"
        values.append(last + 1)
    if days is not None:
        near = {day + off for day in days for off in (-1, 0, 1)}
        where += f" AND c.latest IN ({','.join(map(str, near))})"
    if region and not own:
        where += (
            " AND NOT EXISTS (SELECT 1 FROM counting o INDEXED BY counting_release"
            " WHERE (o.release, o.region, o.type) = (c.release, ?, c.type))"
        )
        values.append(region)
    return connection.execute(
        f"SELECT c.latest, c.instant, c.place, c.release FROM {source}"
        f" WHERE {where} ORDER BY c.latest",
        values,
    )


def _taken(
    connection: sqlite3.Connection,
    rows: Rows,
    today: int,
    day_of: Callable[[int], int],
    count: int,
    last: int | None,
    days: Collection[int] | None,
) -> Iterator[UpcomingDay]:
    """Of *rows* what is wanted, and all that a time zone or its name could put among these."""
    taken, border = 0, 0
    for latest, instant, place, key in rows:
        if taken >= count and latest > border + 1:
            return
        day = latest if instant is None else day_of(instant)
        wanted = day >= today and (last is None or day <= last) and (days is None or day in days)
        if wanted:
            taken += 1
            border = latest if taken == count else border
            yield UpcomingDay(day, instant, place, _summary(connection, key))


def _summary(connection: sqlite3.Connection, key: int) -> Summary:
    """The fields that a prompt shows of the release *key*.

    Read release by release: joined to the sorted rows, every record would be sorted with them.
    """
    (record,) = connection.execute("SELECT record FROM release WHERE key = ?", [key]).fetchone()
    return Summary(record)
