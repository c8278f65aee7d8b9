"""Queries of commands to the journal: observed changes, with the user's days and region."""

import os
import sqlite3
import time
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from itertools import chain, groupby
from typing import NamedTuple, TypeVar

from countdown import paths
from countdown.cli import recorded_moves
from countdown.cli.filters import build_query
from countdown.cli.messages import warn
from countdown.cli.session import Session
from countdown.core.changes import ObservedChange, compare
from countdown.core.effective_date import HOME_MARKET
from countdown.core.history import ObservedMove
from countdown.core.left_out import LeftOut
from countdown.core.local_time import local_time
from countdown.core.outlook import STATES, Outlook
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError
from countdown.index import contents, names, store
from countdown.index.left_out import read_left_out, user_ids
from countdown.index.query import outlooks_of
from countdown.journal import database, detect_changes, observations
from countdown.journal.observations import Observation, WatchedCatalogue
from countdown.journal.user_releases import find_unknown

Answer = TypeVar("Answer")
JournalQuery = Callable[[sqlite3.Connection, WatchedCatalogue], Answer]

_NS_PER_S = 1_000_000_000


def now_ns() -> int:
    """The real time in POSIX ns, since observations ignore --as-of."""
    return time.time_ns()


def query_journal(current: Session, query: JournalQuery[Answer]) -> Answer:
    """The answer of the journal to *query* about the catalogue of *current*.

    The catalogue is watched from now on. A warning says if the last changes can't be recorded. A
    session that doesn't record queries a copy, which gets these changes. Raises CountdownError if
    there is no journal.
    """
    folder = paths.state_folder()
    if folder is None:
        raise CountdownError("There's no home folder for the journal. Set HOME.")
    if not store.is_rereadable(current.layers):
        raise CountdownError(
            "This catalogue can only be read once, so it has no journal. Name a file."
        )
    if not current.is_recording:
        return _query_copy(current, folder, query)
    layers = current.layers
    try:
        up_to_date = current.ask(
            lambda index: detect_changes.catch_up(index, layers, folder=folder, now=now_ns())
        )
        answer = _use(current, folder, lambda journal: _query_watched(journal, current, query))
        if answer is None:  # The index is older than the journal.
            current.ask(
                lambda i: detect_changes.record_changes(i, layers, folder=folder, now=now_ns())
            )
            answer = _use(current, folder, lambda journal: _query_watched(journal, current, query))
    except (OSError, sqlite3.Error) as error:
        raise CountdownError(_unusable(folder, error)) from None
    if answer is None:
        raise CountdownError(_unusable(folder, "It can't be written"))
    if not up_to_date:
        path = database.path(folder)
        warn(f"Can't write the journal {path}, so it lacks the latest changes.")
    return answer[0]


def _query_copy(current: Session, folder: str, query: JournalQuery[Answer]) -> Answer:
    """The answer of a copy in memory that has the last changes, too. Raises CountdownError."""
    try:
        with closing(database.copy_in_memory(folder)) as copy:
            current.ask(lambda index: _record_in_copy(copy, index, current, folder))
            answer = _query_watched(copy, current, query)
    except (OSError, sqlite3.Error) as error:
        raise CountdownError(_unusable(folder, error)) from None
    if answer is None:
        raise CountdownError("The catalogue changed just now. Try again.")
    return answer[0]


def _record_in_copy(
    copy: sqlite3.Connection, index: sqlite3.Connection, current: Session, folder: str
) -> None:
    """Record the changes of *index* in *copy*. Raises CountdownError if the journal is damaged.

    A DatabaseError would make the session discard the index as damaged.
    """
    try:
        detect_changes.compare(copy, index, current.layers, now_ns())
    except sqlite3.DatabaseError as error:
        detect_changes.check_readable(index)
        raise CountdownError(_unusable(folder, error)) from None


def _use(current: Session, folder: str, work: Callable[[sqlite3.Connection], Answer]) -> Answer:
    """The result of *work* on the journal. Raises OSError and sqlite3.Error."""
    if current.is_recording:
        return database.use(folder, work, now=now_ns())
    with closing(database.copy_in_memory(folder)) as copy:
        return work(copy)


def _query_watched(
    connection: sqlite3.Connection,
    current: Session,
    query: JournalQuery[Answer],
) -> tuple[Answer] | None:
    """The answer to *query*; None if the journal does not watch the catalogue yet."""
    watch = observations.watched_catalogue(connection, current.layers, now=now_ns())
    return None if watch is None else (query(connection, watch),)


def _unusable(folder: str, what: object) -> str:
    reason = what.strerror if isinstance(what, OSError) else what
    return f"Can't use the journal {escape_hostile(database.path(folder))}: {reason}."


def observed_changes(
    current: Session, observations: list[Observation], *, mine: bool = True
) -> list[ObservedChange]:
    """The changes in *observations* for the user's region, up to the session's day.

    The latest observations come first; those made together are in the order of the catalogue.
    Without *mine*, changes by the user's own catalogue alone are left out. Hiding isn't removing.
    """
    observations = [
        each for each in _without_hiding(current, observations) if mine or not each.mine
    ]
    homes = home_markets(current, observations)
    runs = [[*run] for _, run in groupby(observations, key=lambda each: each.clock_time)]
    found = []
    for observation in chain.from_iterable(reversed(runs)):
        at, on = local_moment(current, observation.at)
        if on > current.now.today:
            continue
        before, after = observation.before, observation.after
        facts = after or before
        name = facts.name if facts else observation.id
        differences = compare(
            before,
            after,
            region=current.region,
            zone=current.now.zone,
            home=homes.get(observation.id, HOME_MARKET),
        )
        found += [ObservedChange(at, on, observation.id, name, change) for change in differences]
    return found


def home_markets(current: Session, observations: Iterable[Observation]) -> dict[str, str]:
    """The home markets of observed releases by id: the journal doesn't have their countries.

    Releases with at most one date aren't looked up; removed ones can't be.
    """
    ids = {
        each.id
        for each in observations
        if any(facts and len(facts.dates) > 1 for facts in (each.before, each.after))
    }
    return current.ask(lambda index: contents.home_markets(index, ids)) if ids else {}


def _without_hiding(current: Session, observations: list[Observation]) -> list[Observation]:
    """*observations* except those caused by hiding or unhiding a release."""
    gone = {each.id for each in observations if each.after is None}
    if not gone:
        return observations
    # Entries left out of the user's own catalogue may hide releases.
    hidden = recorded_moves.hidden_ids(current) | unknown_ids(current)
    back = {each.id for each in observations if each.mine and each.before is None}

    def is_hiding(each: Observation) -> bool:
        if each.after is None:
            return each.id in hidden or (each.mine and each.id in back)
        return each.mine and each.before is None and each.id in gone

    return [each for each in observations if not is_hiding(each)]


def unknown_ids(current: Session) -> frozenset[str]:
    """The ids of releases whose entries in the user's catalogue are left out, so unknown."""
    left_out, present = current.ask(lambda index: (read_left_out(index), user_ids(index)))
    if left_out == LeftOut():
        return frozenset()

    def find(journal: sqlite3.Connection, watch: WatchedCatalogue) -> frozenset[str] | None:
        return find_unknown(journal, watch.scope, left_out, present)

    with suppress(CountdownError):
        return query_journal(current, find) or frozenset()
    return frozenset(left_out.ids)  # There is no journal.


def observed_moves(current: Session, id: str) -> list[ObservedMove]:
    """The observed moves of the release *id*, for its history; none without a journal."""
    folder = paths.state_folder()
    if folder is None or not os.path.exists(database.path(folder)):
        return []

    def query(connection: sqlite3.Connection, watch: WatchedCatalogue) -> list[Observation]:
        return observations.list_observations(connection, watch.scope, now=now_ns(), id=id)

    try:
        answer = _use(current, folder, lambda journal: _query_watched(journal, current, query))
    except (OSError, sqlite3.Error):
        return []
    moves = [
        ObservedMove(local_moment(current, move.at)[1], move.before, move.after)
        for move in (answer[0] if answer else ())
    ]
    return [move for move in moves if move.on <= current.now.today]


def local_moment(current: Session, at: int) -> tuple[datetime, date]:
    """The POSIX ns *at* in UTC, and the day in the user's zone."""
    utc = local_time(at // _NS_PER_S, UTC).replace(tzinfo=UTC)
    return utc, local_time(at // _NS_PER_S, current.now.zone).date()


def find_outlooks(index: sqlite3.Connection, current: Session, ids: Iterable[str]) -> list[Outlook]:
    """The outlooks of those *ids* that are in the catalogue. Raises sqlite3.Error."""
    keys = [key for id in dict.fromkeys(ids) for key in names.by_name(index, "id", id)]
    return outlooks_of(index, keys, build_query(current)._replace(states=STATES))


class JournalState(NamedTuple):
    """The *path* of the journal, its state as *text*, and a sentence if that is a *problem*."""

    path: str
    text: str
    problem: str = ""


def journal_state(current: Session) -> JournalState:
    """The state of the journal; nothing is created or quarantined."""
    folder = paths.state_folder()
    if folder is None:
        return JournalState("none", "no home folder; set HOME")
    path = database.path(folder)
    if not os.path.exists(path):
        return JournalState(path, "will be created" if paths.can_make(path) else "can't be created")
    try:
        if database.is_damaged(folder):
            text = "damaged; the next command sets it aside and starts a new one"
            return JournalState(path, text, "The journal is damaged.")
        summary = _use(current, folder, lambda journal: _summary(journal, current))
        if os.access(path, os.W_OK) and os.access(folder, os.W_OK):
            return JournalState(path, summary)
        text = f"{summary}; can't be written, so it isn't growing"
        return JournalState(path, text, "The journal can't be written, so it isn't growing.")
    except (OSError, sqlite3.Error) as error:
        text = f"can't be used: {error.strerror if isinstance(error, OSError) else error}"
        return JournalState(path, text, f"The journal {text}.")


def _summary(connection: sqlite3.Connection, current: Session) -> str:
    watch = observations.watched_catalogue(connection, current.layers, now=now_ns())
    if watch is None:
        return "hasn't seen this catalogue yet"
    count = len(observations.list_observations(connection, watch.scope, now=now_ns()))
    return f"watching since {local_moment(current, watch.since)[1]}, changes seen: {count}"


def damaged_paths() -> list[str]:
    """The paths of quarantined journals."""
    folder = paths.state_folder()
    files = [] if folder is None else database.list_quarantined(folder)
    return [os.path.join(folder or "", file) for file in files]


def report_damage(current: Session) -> None:
    """Write to stderr, once, which damaged journals were quarantined."""
    if not current.is_recording:  # Otherwise it would be reported at every call.
        return
    folder = paths.state_folder()
    quarantined = database.list_quarantined(folder) if folder is not None else []
    if folder is None or not quarantined:
        return
    try:
        unreported = database.use(
            folder, lambda journal: database.mark_reported(journal, quarantined), now=now_ns()
        )
    except (OSError, sqlite3.Error):
        unreported = quarantined
    for name in unreported:
        path = escape_hostile(os.path.join(folder, name))
        text = f"The journal was damaged. It's kept as {path}, and a new one is started."
        warn(text)
