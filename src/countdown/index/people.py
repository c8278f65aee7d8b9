"""The releases of people. Raises sqlite3.Error if the index is damaged."""

import sqlite3
import sys
from collections.abc import Collection, Iterable

from countdown.core.outlook import STATES, Outlook, State
from countdown.index import names
from countdown.index.query import Query, read_outlooks, sort_outlooks


def outlooks_by_person(
    connection: sqlite3.Connection,
    people: Iterable[tuple[int, str]],
    query: Query,
    *,
    states: Collection[State] = STATES,
    most: int = sys.maxsize,
) -> list[tuple[str, list[Outlook]]]:
    """Names of the first *most* of *people* with an admitted release, and all these releases.

    People without a release in one of *states* are left out. *people* are pairs of key and name;
    only as many as needed are read.
    """
    credited: list[tuple[str, list[Outlook]]] = []
    by_release: dict[int, list[Outlook]] = {}  # Shared: a cast of thousands has thousands of names.
    for key, name in people:
        releases = names.credits_of(connection, key)
        new = [release for release in releases if release not in by_release]
        for release, record in names.keyed_records(connection, new) if new else ():
            by_release[release] = [*read_outlooks([record], query)]
        outlooks = sort_outlooks(
            (each for release in releases for each in by_release[release]), query
        )
        if any(outlook.state in states for outlook in outlooks):
            credited.append((name, outlooks))
        if len(credited) == most:
            break
    return credited
