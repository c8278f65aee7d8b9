"""What one consumer of `due` knows: held while it is told more, marked once it has been."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from typing import Final

from countdown import paths
from countdown.cli import watching
from countdown.cli.session import Session
from countdown.core.changes import OF_DATES, Noticed, changes
from countdown.errors import CountdownError
from countdown.index import journal, observations, told
from countdown.index.observations import Watch

_KINDS: Final = (*OF_DATES, "cancelled")  # of change that are told
_DAY: Final = 86_400_000_000_000  # ns


class Memory:
    """What a consumer has been *told* on the day, and what it has not heard of that *moved*.

    What is put into *now* has been told meanwhile; *all* is set when nothing is left to tell.
    *trouble* says why it can't be kept; empty if it can.
    """

    def __init__(self) -> None:
        self.told: set[str] = set()
        self.moved: dict[str, Noticed] = {}
        self.now: list[str] = []
        self.all = False
        self.trouble = ""


@contextmanager
def memory(current: Session, consumer: str) -> Iterator[Memory]:
    """The memory of *consumer*, which nobody else can use meanwhile.

    What was told is kept however it ends; who is killed before that is told once more. Where
    nothing can be kept, or known, that is the memory's *trouble* and no error.
    """
    known = Memory()
    try:
        watch = watching.ask(current, lambda _, watch: watch)
        connection = journal.connect(paths.state_folder() or "")
    except (CountdownError, OSError, sqlite3.Error) as error:
        known.trouble = str(error)
        yield known
        return
    try:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            known.trouble = str(error)
        newest = _recall(known, connection, watch, current, consumer)
        try:
            yield known
        finally:
            if not known.trouble:
                _keep(known, connection, watch, current, consumer, newest)
    finally:
        connection.close()


def _recall(
    known: Memory, connection: sqlite3.Connection, watch: Watch, current: Session, consumer: str
) -> int:
    """Fill *known* with what the journal has; the key of the newest observation in it."""
    day, newest = current.now.today, 0
    try:
        known.told = told.told(connection, watch.scope, consumer, day.toordinal())
        newest = told.last(connection, watch.scope, consumer)
        seen = observations.seen(connection, watch.scope, now=watching.clock(), last=newest)
    except sqlite3.Error as error:
        known.trouble = str(error)
        return newest
    looks = [one for one in seen if watching.moment(current, one.at)[1] <= day]
    first = {one.id: one.before for one in reversed(looks)}
    for one in {one.id: one for one in looks}.values():  # the last of each
        at, on = watching.moment(current, one.at)
        region, zone = current.region, current.now.zone
        for change in changes(first[one.id], one.after, region=region, zone=zone):
            if change.kind in _KINDS and one.after is not None:
                found = Noticed(at, on, one.id, one.after.name, change)
                known.moved[f"{change.kind} {one.key}"] = found
    return max([newest, *(one.key for one in looks)])


def _keep(
    known: Memory,
    connection: sqlite3.Connection,
    watch: Watch,
    current: Session,
    consumer: str,
    newest: int,
) -> None:
    today = date(1970, 1, 1).toordinal() + watching.clock() // _DAY
    day = current.now.today.toordinal()
    try:
        told.sweep(connection, today=today)
        told.mark(connection, watch.scope, consumer, day, known.now, today=today)
        if known.all:
            told.remember(connection, watch.scope, consumer, newest)
        connection.execute("COMMIT")
    except sqlite3.Error as error:
        known.trouble = str(error)
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
