"""The releases whose very day is known, soonest first: what a prompt counts to.

A day in one's own region goes before everyone's, as in index/query.py; a window is never among
them, nor what is shelved.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterator

from countdown.index.layout import Glance


class Ahead:
    """One release ahead: its local *day* as an ordinal, its *instant* in POSIX time if known.

    *place* is the region that this was announced for, empty if that is everywhere.
    """

    __slots__ = ("day", "glance", "instant", "place")

    def __init__(self, day: int, instant: int | None, place: str, glance: Glance) -> None:
        self.day = day
        self.instant = instant
        self.place = place
        self.glance = glance


def ahead(
    connection: sqlite3.Connection,
    *,
    today: int,
    day_of: Callable[[int], int],
    count: int,
    region: str | None = None,
    keys: Collection[int] | None = None,
    last: int | None = None,
    days: Collection[int] | None = None,
) -> list[Ahead]:
    """The first *count* releases that come out on *today* or later, by day, then by name.

    Days are ordinals, *day_of* tells that of a POSIX time in the user's zone. *keys* narrows the
    answer to some releases, *last* to those no later, *days* to these very days.
    """
    found: list[Ahead] = []
    for own in {region or "", ""}:
        walk = _walk(connection, today, own, region, keys, last, days)
        found += _taken(walk, today, day_of, count, last, days)
    found.sort(key=lambda one: (one.day, one.glance.name, one.glance.id))
    return found[:count]


def _walk(
    connection: sqlite3.Connection,
    today: int,
    own: str,
    region: str | None,
    keys: Collection[int] | None,
    last: int | None,
    days: Collection[int] | None,
) -> Iterator[tuple[int, int | None, str, str]]:
    """Day in UTC, instant, place and record of what could be meant, by day."""
    # Instants stand there by their day in UTC, which can be a day off the user's.
    where = "c.region = ? AND c.type = '' AND c.exact = 1 AND c.latest >= ?"
    values: list[str | int] = [own, today - 1]
    source = "counting c"
    if keys is not None:
        source = "json_each(?) k CROSS JOIN counting c ON c.release = k.value"
        values.insert(0, f"[{','.join(map(str, keys))}]")
    if last is not None:
        where += " AND c.latest <= ?"
        values.append(last + 1)
    if days is not None:
        near = {day + off for day in days for off in (-1, 0, 1)}
        where += f" AND c.latest IN ({','.join(map(str, near))})"
    if region and not own:
        where += (
            " AND NOT EXISTS (SELECT 1 FROM counting o"
            " WHERE (o.release, o.region, o.type) = (c.release, ?, c.type))"
        )
        values.append(region)
    return connection.execute(
        f"SELECT c.latest, c.instant, c.place, r.record FROM {source}"
        f" CROSS JOIN release r ON r.key = c.release WHERE {where} ORDER BY c.latest",
        values,
    )


def _taken(
    walk: Iterator[tuple[int, int | None, str, str]],
    today: int,
    day_of: Callable[[int], int],
    count: int,
    last: int | None,
    days: Collection[int] | None,
) -> Iterator[Ahead]:
    """Of *walk* what is wanted, and all that a time zone or its name could put among these."""
    taken, border = 0, 0
    for latest, instant, place, record in walk:
        if taken >= count and latest > border + 1:
            return
        day = latest if instant is None else day_of(instant)
        wanted = day >= today and (last is None or day <= last) and (days is None or day in days)
        if wanted:
            taken += 1
            border = latest if taken == count else border
            yield Ahead(day, instant, place, Glance(record))
