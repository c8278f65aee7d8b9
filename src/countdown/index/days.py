"""Upcoming releases whose exact day is known, soonest first, for prompts and reminders.

The date of the user's own region takes precedence over everyone's, as in index/query.py. Windows
of several days are never among them, nor are productions that were shelved by then.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator

from countdown.core.text import natural_key
from countdown.index.summary import Summary

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Any, TypeVar

    Row = TypeVar("Row", bound=tuple[Any, ...])
    Item = TypeVar("Item")

Rows = Iterator[tuple[int, int | None, str, int]]  # day in UTC, instant, place, release
Walk = Callable[..., Rows]

# Excludes rows for every region if the release has a row for the region "?".
WITHOUT_OWN_ROW = (
    "NOT EXISTS (SELECT 1 FROM effective_date o INDEXED BY effective_date_release"
    " WHERE (o.release, o.region, o.type) = (c.release, ?, c.type))"
)


class UpcomingDay:
    """The day on which a release comes out.

    *day* is local, as an ordinal, *instant* in POSIX time if it is known. *place* is the region of
    the date or `unstated`; empty is worldwide.
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
    known_on: int | None = None,
) -> list[UpcomingDay]:
    """The first *count* releases that come out on *today* or later, by day, then by name.

    Days are ordinals; *day_of* converts a POSIX time to a local one. *keys*, *last* and *days*
    limit the answer: to these releases, to days up to that, and to exactly these days. Productions
    count that weren't shelved yet on the day *known_on*, by default *today*. Raises sqlite3.Error.
    """

    def read_row(row: tuple[int, int | None, str, int]) -> list[UpcomingDay]:
        day, instant, place, key = row
        day = day if instant is None else day_of(instant)
        if day < today or (last is not None and day > last) or not (days is None or day in days):
            return []
        return [UpcomingDay(day, instant, place, _summary(connection, key))]

    upcoming: list[UpcomingDay] = []
    for row_region in {region or "", ""}:

        def walk(first: int, keys: Collection[int] | None = None, of: str = row_region) -> Rows:
            return _walk(connection, first, of, region, keys, last, days)

        # Rows of instants have the day in UTC, which can be one off the user's.
        rows = walk(today - 1) if keys is None else _among(keys, today - 1, walk)
        upcoming += first_by_day(rows, count, read_row)
    for row, is_exact in shelved_later(connection, known_on or today, region, keys):
        for release in read_row(row) if is_exact else ():
            release.summary.stage = ""  # Nobody knows yet that it will be shelved.
            upcoming.append(release)
    upcoming.sort(
        key=lambda release: (release.day, natural_key(release.summary.name), release.summary.id)
    )
    return upcoming[:count]


def shelved_later(
    connection: sqlite3.Connection,
    known_on: int,
    region: str | None,
    keys: Collection[int] | None,
) -> Iterator[tuple[tuple[int, int | None, str, int], bool]]:
    """Rows of productions that were shelved only after the day *known_on*, in no order.

    Each with True if it is an exact day, in the form of `Rows`; only those of *keys* unless that is
    None. Raises sqlite3.Error.
    """
    # One more day: in a western time zone, the date on which a page was read can be tomorrow.
    rows = connection.execute(
        "SELECT key, record FROM release WHERE shelved_from > ?", [known_on + 1]
    ).fetchall()
    if not rows:
        return
    from countdown.core.effective_date import effective_date  # Deferred: only for a past day.
    from countdown.index.record import unpack

    for key, record in rows:
        effective = effective_date(unpack(record), region=region)
        if effective is not None and (keys is None or key in keys):
            date, place = effective.dated.date, effective.dated.market or ""
            instant = None if date.instant is None else int(date.instant.timestamp())
            yield (date.order_days[0], instant, place, key), date.exact


def first_by_day(
    rows: "Iterable[Row]", count: int | None, read_row: "Callable[[Row], Iterable[Item]]"
) -> "Iterator[Item]":
    """Items that *read_row* makes from *rows*, until no later row can be among the first *count*.

    *rows* begin with a day in UTC and are sorted by it, in either direction. In the user's zone, a
    day can be one off, so one more day is read. Without *count*, all rows are.
    """
    taken, border = 0, 0
    for row in rows:
        if count is not None and taken >= count and abs(row[0] - border) > 1:
            return
        for item in read_row(row):
            taken += 1
            border = row[0] if taken == count else border
            yield item


def _among(keys: Collection[int], first: int, walk: Walk) -> Rows:
    """Rows of the releases *keys* from the day *first* on, by day.

    If many releases match, a walk through the days soon finds the first; if few do, they may be
    years ahead. So after as many rows as there are *keys*, the keys are looked up instead.
    """
    met = set()
    for passed, row in enumerate(walk(first)):
        if passed == len(keys):
            yield from (later for later in walk(row[0], keys) if later[3] not in met)
            return
        if row[3] in keys:
            met.add(row[3])
            yield row


def _walk(
    connection: sqlite3.Connection,
    first: int,
    row_region: str,
    region: str | None,
    keys: Collection[int] | None,
    last: int | None,
    days: Collection[int] | None,
) -> Rows:
    """Rows of *row_region* that can be in the answer, from the day *first* on, by day."""
    where = "c.region = ? AND c.type = '' AND c.exact = 1 AND c.latest >= ?"
    values: list[str | int] = [row_region, first]
    source = "effective_date c INDEXED BY effective_date_exact"
    if keys is not None:
        # INDEXED BY, because SQLite would prefer the index by day, and read it once for each key.
        source = (
            "json_each(?) k CROSS JOIN effective_date c INDEXED BY effective_date_release"
            " ON c.release = k.value"
        )
        values.insert(0, f"[{','.join(map(str, keys))}]")
    if last is not None:
        where += " AND c.latest <= ?"
        values.append(last + 1)
    if days is not None:
        near = {day + off for day in days for off in (-1, 0, 1)}
        where += f" AND c.latest IN ({','.join(map(str, near))})"
    if region and not row_region:
        where += f" AND {WITHOUT_OWN_ROW}"
        values.append(region)
    return connection.execute(
        f"SELECT c.latest, c.instant, c.place, c.release FROM {source}"
        f" WHERE {where} ORDER BY c.latest",
        values,
    )


def _summary(connection: sqlite3.Connection, key: int) -> Summary:
    """The summary of the release *key*.

    Releases are read one by one: in a join, SQLite would sort every record with the rows.
    """
    (record,) = connection.execute("SELECT record FROM release WHERE key = ?", [key]).fetchone()
    return Summary(record)
