"""The journal, as commands ask it: what was seen to change, as the user's days and dates."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing
from datetime import date, datetime, timezone
from itertools import chain, groupby
from typing import TypeVar

from countdown import paths
from countdown.cli.filters import build_query
from countdown.cli.messages import warn
from countdown.cli.session import Session
from countdown.config.settings import Follows
from countdown.core.changes import ObservedChange, compare
from countdown.core.history import ObservedMove
from countdown.core.local_time import local_time
from countdown.core.outlook import STATES, Outlook
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError
from countdown.index import names, store
from countdown.index.layout import FIELD
from countdown.index.query import of_releases
from countdown.journal import database, detect_changes, observations
from countdown.journal.observations import Observation, WatchedCatalogue

Answer = TypeVar("Answer")

_NS_PER_S = 1_000_000_000  # ns


def now_ns() -> int:
    """Now, in POSIX ns: observations are made in real time, whatever day is asked about."""
    return time.time_ns()


def query_journal(
    current: Session, asked: Callable[[sqlite3.Connection, WatchedCatalogue], Answer]
) -> Answer:
    """What the journal answers when *asked*, about the catalogue of *current*.

    It is watched from now on, if it was not before. If what changed last can't be noted, that is
    told on stderr. A session that records nothing asks a copy, in which it would be noted. Raises
    CountdownError if there is no journal.
    """
    folder = paths.state_folder()
    if folder is None:
        raise CountdownError("there is no home folder, so there is no journal; set HOME")
    if not store.stays(current.layers):
        raise CountdownError("a catalogue that can be read but once has no journal; name a file")
    if not current.records:
        return _query_copy(current, folder, asked)
    try:
        up_to_date = current.ask(
            lambda i: detect_changes.catch_up(i, current.layers, folder=folder, now=now_ns())
        )
        found = database.use(
            folder, lambda opened: _query_watched(opened, current, asked), now=now_ns()
        )
        if found is None:  # The index was there before the journal.
            current.ask(
                lambda i: detect_changes.record_changes(
                    i, current.layers, folder=folder, now=now_ns()
                )
            )
            found = database.use(
                folder, lambda opened: _query_watched(opened, current, asked), now=now_ns()
            )
    except (OSError, sqlite3.Error) as error:
        raise CountdownError(_unusable(folder, error)) from None
    if found is None:
        raise CountdownError(_unusable(folder, "it can't be written"))
    if not up_to_date:
        text = (
            f"the journal {database.path(folder)} can't be written, so it lacks what changed last"
        )
        warn(text)
    return found[0]


def _query_copy(
    current: Session, folder: str, asked: Callable[[sqlite3.Connection, WatchedCatalogue], Answer]
) -> Answer:
    """The answer that the journal would give once what changed last was noted; it isn't."""
    try:
        with closing(database.copy_in_memory(folder)) as copy:
            current.ask(lambda index: _record_in_copy(copy, index, current, folder))
            found = _query_watched(copy, current, asked)
    except (OSError, sqlite3.Error) as error:
        raise CountdownError(_unusable(folder, error)) from None
    if found is None:
        raise CountdownError("the catalogue has changed meanwhile; try again")
    return found[0]


def _record_in_copy(
    copy: sqlite3.Connection, index: sqlite3.Connection, current: Session, folder: str
) -> None:
    """Note in *copy* what is other in *index*. Raises CountdownError if the journal is damaged.

    The session would take that for damage of the index, and throw a good index away.
    """
    try:
        detect_changes.compare(copy, index, current.layers, now_ns())
    except sqlite3.DatabaseError as error:
        detect_changes.check_readable(index)
        raise CountdownError(_unusable(folder, error)) from None


def _use(current: Session, folder: str, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """What *work* makes of the journal as it is. Raises OSError and sqlite3.Error."""
    if current.records:
        return database.use(folder, work, now=now_ns())
    with closing(database.copy_in_memory(folder)) as copy:
        return work(copy)


def _query_watched(
    connection: sqlite3.Connection,
    current: Session,
    asked: Callable[[sqlite3.Connection, WatchedCatalogue], Answer],
) -> tuple[Answer] | None:
    watch = observations.watched_catalogue(connection, current.layers, now=now_ns())
    return None if watch is None else (asked(connection, watch),)


def _unusable(folder: str, what: object) -> str:
    said = what.strerror if isinstance(what, OSError) else what
    return f"the journal {escape_hostile(database.path(folder))} can't be used: {said}"


def observed_changes(current: Session, seen: list[Observation]) -> list[ObservedChange]:
    """Each change that the observations *seen* are to this user, up to the day asked about.

    What was seen last comes first, and what was seen together in the order of the catalogue.
    """
    looks = [[*together] for _, together in groupby(seen, key=lambda one: one.look)]
    found = []
    for one in chain.from_iterable(reversed(looks)):
        at, on = local_moment(current, one.at)
        if on > current.now.today:
            continue
        facts = one.after or one.before
        name = facts.name if facts else one.id
        made = compare(one.before, one.after, region=current.region, zone=current.now.zone)
        found += [ObservedChange(at, on, one.id, name, change) for change in made]
    return found


def observed_moves(current: Session, id: str) -> list[ObservedMove]:
    """What was seen of the release *id*, for its history; nothing where there is no journal."""
    folder = paths.state_folder()
    if folder is None or not os.path.exists(database.path(folder)):
        return []

    def asked(connection: sqlite3.Connection, watch: WatchedCatalogue) -> list[Observation]:
        return observations.list_observations(connection, watch.scope, now=now_ns(), id=id)

    try:
        found = _use(current, folder, lambda opened: _query_watched(opened, current, asked))
    except (OSError, sqlite3.Error):
        return []
    looks = [(local_moment(current, one.at)[1], one) for one in (found[0] if found else ())]
    today = current.now.today
    return [ObservedMove(on, one.before, one.after) for on, one in looks if on <= today]


def local_moment(current: Session, at: int) -> tuple[datetime, date]:
    """The POSIX ns *at* in UTC, and the user's day of it."""
    utc = local_time(at // _NS_PER_S, timezone.utc).replace(tzinfo=timezone.utc)
    return utc, local_time(at // _NS_PER_S, current.now.zone).date()


def followed_ids(index: sqlite3.Connection, follows: Follows) -> set[str]:
    """The ids of the releases in *index* that *follows* mean."""
    keys = names.followed(index, follows)
    return {record.partition(FIELD)[0] for record in names.records(index, keys)}


def find_outlooks(index: sqlite3.Connection, current: Session, ids: Iterable[str]) -> list[Outlook]:
    """How the releases *ids* look, each once, as far as the catalogue has them."""
    keys = [key for id in dict.fromkeys(ids) for key in names.meant(index, "id", id)]
    return of_releases(index, keys, build_query(current)._replace(states=STATES))


def journal_state(current: Session) -> tuple[str, str]:
    """Where the journal is, and how it is: it is neither begun nor put aside."""
    folder = paths.state_folder()
    if folder is None:
        return "none", "there is no home folder; set HOME"
    path = database.path(folder)
    if not os.path.exists(path):
        return path, "not there yet; it begins with the next index"
    try:
        if database.damaged(folder):
            return path, "damaged; whoever looks next puts it aside and begins a new one"
        found = _use(current, folder, lambda opened: _summary(opened, current))
        writable = os.access(path, os.W_OK) and os.access(folder, os.W_OK)
        return path, found if writable else f"{found}; it can't be written, so it learns no more"
    except (OSError, sqlite3.Error) as error:
        what = error.strerror if isinstance(error, OSError) else error
        return path, f"can't be used: {what}"


def _summary(connection: sqlite3.Connection, current: Session) -> str:
    watch = observations.watched_catalogue(connection, current.layers, now=now_ns())
    if watch is None:
        return "has not seen this catalogue yet"
    count = len(observations.list_observations(connection, watch.scope, now=now_ns()))
    return f"watching since {local_moment(current, watch.since)[1]}, changes seen: {count}"


def damaged_paths() -> list[str]:
    """The paths of damaged journals that were put aside."""
    folder = paths.state_folder()
    return [] if folder is None else [os.path.join(folder, n) for n in database.quarantined(folder)]


def report_damage(current: Session) -> None:
    """Say once on stderr which damaged journals were put aside."""
    if not current.records:  # Then nothing is put aside, nor noted as said.
        return
    folder = paths.state_folder()
    found = database.quarantined(folder) if folder is not None else []
    if folder is None or not found:
        return
    try:
        news = database.use(
            folder, lambda opened: database.mark_reported(opened, found), now=now_ns()
        )
    except (OSError, sqlite3.Error):
        news = found
    for name in news:
        path = escape_hostile(os.path.join(folder, name))
        text = f"the journal was damaged; it is kept as {path}, and a new one is begun"
        warn(text)
