"""The releases that belong before another one: what it continues, and its franchises.

Every function raises sqlite3.Error if the index is damaged.
"""

import sqlite3
from collections.abc import Iterable, Iterator

from countdown.core.missing_part import MissingPart
from countdown.core.release import Release
from countdown.index import names
from countdown.index.record import unpack


def chain_of(
    connection: sqlite3.Connection, release: Release
) -> tuple[list[Release], tuple[str, Release] | None]:
    """The releases that *release* continues, the nearest first.

    With an id that no release has, and the release that continues it, if the chain ends in one.
    """
    chain: list[Release] = []
    known, last = {release.id}, release
    while last.sequel_to is not None and last.sequel_to not in known:
        row = connection.execute(
            "SELECT record FROM release WHERE id = ?", [last.sequel_to]
        ).fetchone()
        if row is None:
            return chain, (last.sequel_to, last)
        known.add(last.sequel_to)
        last = unpack(row[0])
        chain.append(last)
    return chain, None


def keys_of_franchises(connection: sqlite3.Connection, franchises: Iterable[str]) -> set[int]:
    """Keys of the releases of *franchises*, which may be initials like MCU."""
    return {key for text in franchises for key in names.by_label(connection, text, "franchise")}


def franchise_names(connection: sqlite3.Connection, franchises: Iterable[str]) -> list[str]:
    """The names of *franchises*, which may be initials like MCU."""
    every = [name for text in franchises for _, name in names.labels(connection, text, "franchise")]
    return list(dict.fromkeys(every))


def releases_of(connection: sqlite3.Connection, keys: set[int]) -> Iterator[Release]:
    """The releases with *keys*, by id."""
    rows = connection.execute(
        "SELECT record FROM release WHERE key IN (SELECT value FROM json_each(?)) ORDER BY id",
        [names.listed(keys)],
    )
    return (unpack(record) for (record,) in rows)


def still_missing(
    connection: sqlite3.Connection, parts: Iterable[MissingPart]
) -> Iterator[MissingPart]:
    """Those of *parts* of which no release of the catalogue has a name."""
    for part in parts:
        if not any(names.by_whole_title(connection, name) for name in part.names):
            yield part
