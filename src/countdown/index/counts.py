"""Counts releases without reading their records."""

import sqlite3
from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date
from typing import Final, NamedTuple

from countdown.core.local_time import local_time
from countdown.core.outlook import NO_MONTH, STATES, Ahead, Moment
from countdown.index import names
from countdown.index.days import WITHOUT_OWN_ROW
from countdown.index.query import (
    Query,
    joined_conditions,
    named_keys,
    release_conditions,
    shelved_later,
    tomorrow,
)

Keys = Collection[int]  # of releases
# SQL with a mark for the value of `tomorrow`.
_NOT_LATER: Final = "coalesce(shelved_from, 0) <= ?"
_UNDATED: Final = (
    f"has_date = 0 AND {_NOT_LATER} AND coalesce(stage, '') NOT IN ('released', 'cancelled')"
)
_AMONG_KEYS: Final = "(SELECT value FROM json_each(?))"


class Counts(NamedTuple):
    """The numbers of *every* release that a query names, of *undated* and of *cancelled* ones."""

    every: int
    undated: int
    cancelled: int


def count_named(connection: sqlite3.Connection, query: Query) -> Counts:
    """The numbers of releases with the names, kinds and stages in *query*, whatever their dates.

    Raises sqlite3.Error.
    """
    keys = named_keys(connection, query)
    where, values = joined_conditions(release_conditions(query, keys))
    counts = connection.execute(
        f"SELECT count(*), total({_UNDATED}), total({_NOT_LATER} AND stage = 'cancelled')"
        " FROM release r" + (f" WHERE {where}" if where else ""),
        [*[tomorrow(query.now)] * 2, *values],
    ).fetchone()
    every, undated, cancelled = map(int, counts)
    anytime = query._replace(states=STATES, types=(), first=None, last=None)
    later = shelved_later(connection, anytime, keys)
    return Counts(every, undated + sum(not each.dated for each in later), cancelled)


def count_ahead(
    connection: sqlite3.Connection, *, now: Moment, region: str | None, keys: Keys | None = None
) -> Ahead:
    """The numbers of all releases, or of those *keys*, that are not out at *now*.

    Releases that are overdue count as neither dated nor undated. Raises sqlite3.Error.
    """
    today, months = now.today.toordinal(), Counter[tuple[int, int]]()
    for latest, instant, number in _dates(connection, today, region, keys):
        if latest >= today if instant is None else instant > now.instant.timestamp():
            months[_month(latest) if instant is None else _month_of(instant, now)] += number
    where, values = (
        ("", []) if keys is None else (f" AND key IN {_AMONG_KEYS}", [names.listed(keys)])
    )
    (undated,) = connection.execute(
        f"SELECT count(*) FROM release WHERE {_UNDATED}{where}", [tomorrow(now), *values]
    ).fetchone()
    for later in shelved_later(connection, Query(now, region), keys):
        if later.date is None:
            undated += 1
        elif later.state != "overdue":
            months[_month(later.date.order_days[0])] += 1
    return Ahead(months, undated)


def _month(latest: int) -> tuple[int, int]:
    if latest > date.max.toordinal():
        return NO_MONTH
    day = date.fromordinal(latest)
    return day.year, day.month


def _month_of(instant: int, now: Moment) -> tuple[int, int]:
    day = local_time(instant, now.zone)
    return day.year, day.month


def _dates(
    connection: sqlite3.Connection, today: int, region: str | None, keys: Keys | None
) -> Iterator[tuple[int, int | None, int]]:
    """Latest day in UTC, instant and number of the effective dates from the day before *today*."""
    for row_region in {region or "", ""}:
        # A released title is ahead only if its date hasn't begun.
        where = (
            "c.region = ? AND c.type = '' AND c.latest >= ?"
            " AND (c.outcome <> 2 OR c.instant IS NOT NULL OR c.latest - c.width > ?)"
        )
        values: list[str | int] = [row_region, today - 1, today]
        if keys is not None:
            where += f" AND c.release IN {_AMONG_KEYS}"
            values.append(names.listed(keys))
        if region and not row_region:
            where += f" AND {WITHOUT_OWN_ROW}"
            values.append(region)
        yield from connection.execute(
            "SELECT c.latest, c.instant, count(*) FROM effective_date c"
            f" WHERE {where} GROUP BY c.latest, c.instant",
            values,
        )
