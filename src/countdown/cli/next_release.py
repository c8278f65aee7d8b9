"""The next one of several releases, and how many of them are ahead."""

import sqlite3
from collections.abc import Collection
from typing import Final

from countdown.cli.session import Session
from countdown.core.outlook import Outlook, State
from countdown.index.query import Query, find

DATED: Final[tuple[State, ...]] = ("upcoming", "open")  # states of what comes next


def ahead_of(current: Session) -> Query:
    """The query for what is ahead in the user's region."""
    return Query(current.now, current.region)


def first_ahead(
    index: sqlite3.Connection, current: Session, keys: Collection[int]
) -> Outlook | None:
    """The next one of the releases *keys*, else the undated one furthest along."""
    for states in (DATED, Query(current.now).states):
        query = ahead_of(current)._replace(keys=frozenset(keys), states=states, limit=1)
        for outlook in find(index, query):
            return outlook
    return None
