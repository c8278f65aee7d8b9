"""The delivery state of a recipient of `remind`: loaded before, saved after its reminders."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Final

from countdown import files, paths
from countdown.cli import journal_queries
from countdown.cli.session import Session
from countdown.core.changes import DATE_KINDS, Change, ObservedChange, compare
from countdown.errors import CountdownError, NothingFound
from countdown.journal import database, deliveries, observations
from countdown.journal.observations import Observation, WatchedCatalogue

# A delivered change hides the other changes of its group: dates go together.
_CHANGE_KINDS: Final = (DATE_KINDS, ("cancelled",))
_NS_PER_DAY: Final = 86_400_000_000_000
_LOCK_TIMEOUT_S: Final = 90.0  # Another run may send three notifications, each within 20 s.


class DeliveryState:
    """The reminders that a recipient has *delivered* and the *changes* that it has not, by key.

    The caller appends to *sent* the keys of reminders delivered in this run, and sets *is_complete*
    once no change is left. *problem* says why the state can't be kept; empty if it can. *last* and
    *newest* are the keys of the observations before and at the end of *changes*.
    """

    def __init__(self, problem: str = "") -> None:
        self.delivered: set[str] = set()
        self.changes: dict[str, ObservedChange] = {}
        self.sent: list[str] = []
        self.is_complete = False
        self.problem = problem
        self.last = self.newest = 0


@contextmanager
def delivery_state(current: Session, recipient: str) -> Iterator[DeliveryState]:
    """Yields the state of *recipient* and saves it after the block, even if that fails.

    A lock keeps other runs from delivering the same reminders meanwhile; if this run is killed,
    they are delivered again. A journal that can't be used is the state's *problem*, not an error.
    Raises NothingFound if another run holds the lock for too long. A session that does not record
    takes no lock and saves nothing.
    """
    if not current.is_recording:
        yield _read_only(current, recipient)
        return
    folder = paths.state_folder() or ""
    with ExitStack() as stack:
        try:
            stack.enter_context(files.exclusive_lock(folder, "remind", timeout=_LOCK_TIMEOUT_S))
        except TimeoutError:
            what = "Another countdown remind is still sending"
            raise NothingFound(f"{what}. Try again later.") from None
        except OSError:
            pass  # A folder that can't be written becomes a problem below.
        try:
            state, scope = journal_queries.query_journal(
                current,
                lambda journal, watch: (
                    _load_state(journal, watch, current, recipient),
                    watch.scope,
                ),
            )
        except CountdownError as error:
            yield DeliveryState(str(error))
            return
        try:
            yield state
        finally:
            state.problem = _save_state(state, folder, scope, current, recipient)


def _read_only(current: Session, recipient: str) -> DeliveryState:
    """The state of *recipient*, which will not be saved."""
    try:
        return journal_queries.query_journal(
            current, lambda journal, watch: _load_state(journal, watch, current, recipient)
        )
    except CountdownError as error:
        return DeliveryState(str(error))


def _load_state(
    connection: sqlite3.Connection, watch: WatchedCatalogue, current: Session, recipient: str
) -> DeliveryState:
    """The state of *recipient* in the journal. Raises sqlite3.Error."""
    day, state = current.now.today, DeliveryState()
    state.delivered = deliveries.list_deliveries(
        connection, watch.scope, recipient, day.toordinal()
    )
    state.last = deliveries.last_observation(connection, watch.scope, recipient)
    moves = deliveries.list_deliveries(connection, watch.scope, recipient, deliveries.MOVES)
    by_release: dict[str, list[Observation]] = {}
    for observation in observations.list_observations(
        connection, watch.scope, now=journal_queries.now_ns(), last=state.last
    ):
        if journal_queries.local_moment(current, observation.at)[1] <= day:
            by_release.setdefault(observation.id, []).append(observation)
    for history in by_release.values():
        newest = history[-1]
        state.newest = max(state.newest, newest.key)
        for key, change in _pending_changes(history, moves, current):
            at, on = journal_queries.local_moment(current, newest.at)
            state.changes[key] = ObservedChange(at, on, newest.id, _name(newest), change)
    state.newest = max(state.newest, state.last)
    return state


def _pending_changes(
    history: list[Observation], delivered: set[str], current: Session
) -> Iterator[tuple[str, Change]]:
    """The changes in the *history* of one release since the *delivered* ones, with their keys."""
    last = history[-1]
    for kinds in _CHANGE_KINDS:
        delivered_numbers = [
            number
            for number, observation in enumerate(history, 1)
            if not delivered.isdisjoint(_key(kind, observation) for kind in kinds)
        ]
        pending = history[max(delivered_numbers, default=0) :]
        if pending and last.after is not None:
            zone = current.now.zone
            for change in compare(pending[0].before, last.after, region=current.region, zone=zone):
                if change.kind in kinds:
                    yield _key(change.kind, last), change


def _key(kind: str, observation: Observation) -> str:
    return f"{kind} {observation.key}"


def _name(observation: Observation) -> str:
    return observation.after.name if observation.after else observation.id


def _save_state(
    state: DeliveryState, folder: str, scope: int, current: Session, recipient: str
) -> str:
    """Record the deliveries of *state*; returns the reason if that fails, else an empty text."""
    today = date(1970, 1, 1).toordinal() + journal_queries.now_ns() // _NS_PER_DAY
    day = current.now.today.toordinal()
    try:
        journal = database.connect(folder)
        try:
            with database.transaction(journal):
                deliveries.delete_old(journal, today=today)
                for key in state.sent:
                    on = deliveries.MOVES if key in state.changes else day
                    deliveries.record_delivery(journal, scope, recipient, on, key, today=today)
                last = state.newest if state.is_complete else state.last
                deliveries.set_last_observation(journal, scope, recipient, last)
        finally:
            journal.close()
    except (OSError, sqlite3.Error) as error:
        # Else no later run could save its state either.
        database.quarantine_if_damaged(folder, error, now=journal_queries.now_ns())
        return str(error.strerror or error) if isinstance(error, OSError) else str(error)
    return ""
