"""Finds followed releases, and decides whether an answer is about them alone.

The prompt imports this. Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Callable, Collection

from countdown.index import names
from countdown.index.days import WITHOUT_OWN_ROW, shelved_later


def followed_alone(
    connection: sqlite3.Connection,
    follows: Collection[tuple[str, str]],
    *,
    today: int,
    day_of: Callable[[int], int],
    region: str | None,
    followed: bool,
    everything: bool,
    named: bool,
    day_known: bool = False,
) -> set[int] | None:
    """Keys of the followed releases if an answer shows them alone; None if it shows all.

    The rule of `prompt`, `next` and `remind`: followed releases are shown alone while any of them
    is ahead. *followed* and *everything* are --followed and --all; *named* is True if the user
    names the releases to show. With *day_known*, only exact dates count as ahead. *today* is an
    ordinal, and *day_of* converts a POSIX time to one.
    """
    if not followed and (not follows or everything or named):
        return None
    keys = names.by_follows(connection, follows)
    if followed or _is_any_ahead(connection, keys, today, day_of, region, day_known=day_known):
        return keys
    return None


def followed_ids(
    connection: sqlite3.Connection, follows: Collection[tuple[str, str]]
) -> frozenset[str]:
    """The ids of the followed releases."""
    return ids_of(connection, names.by_follows(connection, follows)) if follows else frozenset()


def ids_of(connection: sqlite3.Connection, keys: Collection[int]) -> frozenset[str]:
    """The ids of the releases *keys*."""
    rows = connection.execute(
        "SELECT id FROM release WHERE key IN (SELECT value FROM json_each(?))", [names.listed(keys)]
    )
    return frozenset(id for (id,) in rows)


def _is_any_ahead(
    connection: sqlite3.Connection,
    keys: Collection[int],
    today: int,
    day_of: Callable[[int], int],
    region: str | None,
    *,
    day_known: bool,
) -> bool:
    """True if any of the releases *keys* has a date that is not past."""
    for row_region in {region or "", ""}:
        # Rows of instants have the day in UTC, which can be one off the user's.
        where = "c.region = ? AND c.type = '' AND c.outcome <> 2 AND c.latest >= ?"
        values: list[str | int] = [names.listed(keys), row_region, today - 1]
        if day_known:
            where += " AND c.exact = 1"
        if region and not row_region:
            where += f" AND {WITHOUT_OWN_ROW}"
            values.append(region)
        rows = connection.execute(
            "SELECT c.latest, c.instant FROM json_each(?) k CROSS JOIN effective_date c"
            f" INDEXED BY effective_date_release ON c.release = k.value WHERE {where}",
            values,
        )
        if any((day if at is None else day_of(at)) >= today for day, at in rows):
            return True
    return any(
        (day if at is None else day_of(at)) >= today and (is_exact or not day_known)
        for (day, at, _, _), is_exact in shelved_later(connection, today, region, keys)
    )
