"""Loads the delivery state of a recipient of `remind`, and saves it after the reminders."""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from countdown import files, paths
from countdown.cli import journal_queries
from countdown.cli.delivery_state import DeliveryState
from countdown.cli.session import Session
from countdown.core.changes import DATE_KINDS, Change, ObservedChange, compare
from countdown.core.effective_date import HOME_MARKET
from countdown.core.release import SHELVED
from countdown.errors import CountdownError, NothingFound
from countdown.journal import database, deliveries, observations
from countdown.journal.deliveries import DeliveryKey, Recipient
from countdown.journal.observations import Observation, WatchedCatalogue

# A delivered change hides the other changes of its group: dates go together.
_CHANGE_KINDS: Final = (DATE_KINDS, ("cancelled",), ("complete",))
_NS_PER_DAY: Final = 86_400_000_000_000
_LOCK_TIMEOUT_S: Final = 90.0  # Another run may send three notifications, each within 20 s.


class _LoadedState(NamedTuple):
    """The *state* of a recipient, and the *histories* of the releases that have changed since."""

    state: DeliveryState
    scope: int
    histories: list[list[Observation]]


@contextmanager
def delivery_state(
    current: Session, recipient: str, milestones: Collection[int]
) -> Iterator[DeliveryState]:
    """Yields the state of *recipient* and saves it after the block, even if that fails.

    *milestones* are the numbers of days ahead for this run.

    A lock keeps other runs from delivering the same reminders meanwhile; if this run is killed,
    they are delivered again. A journal that can't be used is the state's *problem*, not an error.
    Raises NothingFound if another run holds the lock for too long. A session that doesn't record
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
            loaded = _load(current, recipient)
        except CountdownError as error:
            yield DeliveryState(current.now.today.toordinal(), str(error))
            return
        try:
            yield loaded.state
        finally:
            loaded.state.problem = _save_state(
                loaded.state, folder, loaded.scope, current, recipient, milestones
            )


def _read_only(current: Session, recipient: str) -> DeliveryState:
    """The state of *recipient*, which will not be saved."""
    try:
        return _load(current, recipient).state
    except CountdownError as error:
        return DeliveryState(current.now.today.toordinal(), str(error))


def _load(current: Session, recipient: str) -> _LoadedState:
    """The state of *recipient*. Raises CountdownError."""
    loaded = journal_queries.query_journal(
        current, lambda journal, watch: _read_state(journal, watch, current, recipient)
    )
    # Not queried while the journal is open: a new index would be compared with it.
    every = [observation for history in loaded.histories for observation in history]
    homes = journal_queries.home_markets(current, every)
    for history in loaded.histories:
        newest = history[-1]
        home = homes.get(newest.id, HOME_MARKET)
        for observation in history:
            on = journal_queries.local_moment(current, observation.at)[1].toordinal()
            if _is_date_set(observation, DATE_KINDS, current, home):
                loaded.state.dated[newest.id] = on
            if _is_date_set(observation, ("complete",), current, home):
                loaded.state.completed[newest.id] = on
        moves = set()
        for key, change in _pending_changes(history, loaded.state.delivered, current, home):
            if change.kind == "complete" and (change.before, change.after) in moves:
                continue  # All of the season is out on its date.
            moves.add((change.before, change.after))
            at, day = journal_queries.local_moment(current, newest.at)
            observed = ObservedChange(at, day, newest.id, _name(newest), change)
            loaded.state.changes[key] = observed
    return loaded


def _read_state(
    connection: sqlite3.Connection, watch: WatchedCatalogue, current: Session, recipient: str
) -> _LoadedState:
    """The state of *recipient* in the journal, without changes. Raises sqlite3.Error."""
    day = current.now.today
    state = DeliveryState(day.toordinal())
    state.recipient = deliveries.read_recipient(connection, watch.scope, recipient)
    state.first = _first_day(state.recipient, current)
    # One more day at both ends, since the day of an instant depends on the zone.
    state.delivered = deliveries.list_deliveries(
        connection, watch.scope, recipient, state.first - 1, day.toordinal() + 1
    )
    by_release: dict[str, list[Observation]] = {}
    for observation in observations.list_observations(
        connection, watch.scope, now=journal_queries.now_ns(), last=state.recipient.last
    ):
        if journal_queries.local_moment(current, observation.at)[1] <= day:
            by_release.setdefault(observation.id, []).append(observation)
    histories = [*by_release.values()]
    state.newest = max([state.recipient.last, *(history[-1].key for history in histories)])
    return _LoadedState(state, watch.scope, histories)


def _first_day(recipient: Recipient, current: Session) -> int:
    """The first day, an ordinal, with milestones that may be left to deliver to *recipient*.

    If the session's day is in the future, it is that day: earlier ones will have been delivered.
    """
    today = current.now.today
    clock = journal_queries.local_moment(current, journal_queries.now_ns())[1]
    if recipient.day is None or today > clock:
        return today.toordinal()
    return min(recipient.day, today.toordinal())


def _is_date_set(
    observation: Observation, kinds: Collection[str], current: Session, home: str
) -> bool:
    """True if *observation* made a date of *kinds* known, or resumed a shelved production."""
    before, after = observation.before, observation.after
    if before is None or before.stage in SHELVED:
        return True
    changes = compare(before, after, region=current.region, zone=current.now.zone, home=home)
    return any(change.kind in kinds for change in changes)


def _pending_changes(
    history: list[Observation], delivered: set[DeliveryKey], current: Session, home: str
) -> Iterator[tuple[DeliveryKey, Change]]:
    """The changes in the *history* of one release since the *delivered* ones, with their keys.

    The user's own changes are left out, and so are changes before them, which the user knows.
    *home* is the home market of the release.
    """
    last = history[-1]
    for kinds in _CHANGE_KINDS:
        known = max(
            (
                number
                for number, observation in enumerate(history, 1)
                if not delivered.isdisjoint(_key(kind, observation) for kind in kinds)
            ),
            default=0,
        )
        pending = history[max(known, _last_own_change(history, kinds, current, home)) :]
        if pending and last.after is not None:
            for change in _compare(pending[0], last, current, home):
                if change.kind in kinds:
                    yield _key(change.kind, last), change


def _last_own_change(
    history: list[Observation], kinds: Collection[str], current: Session, home: str
) -> int:
    """The number of observations up to the last one by which the user changed one of *kinds*.

    A change that the user took back again doesn't count.
    """
    changing = [
        (number, observation)
        for number, observation in enumerate(history, 1)
        if any(change.kind in kinds for change in _compare(observation, observation, current, home))
    ]
    last = 0
    for mine, group in groupby(changing, key=lambda numbered: numbered[1].mine):
        numbered = [*group]
        changes = _compare(numbered[0][1], numbered[-1][1], current, home)
        if mine and any(change.kind in kinds for change in changes):
            last = numbered[-1][0]
    return last


def _compare(
    first: Observation, last: Observation, current: Session, home: str
) -> tuple[Change, ...]:
    """The changes from before *first* to after *last*, for the user."""
    return compare(
        first.before, last.after, region=current.region, zone=current.now.zone, home=home
    )


def _key(kind: str, observation: Observation) -> DeliveryKey:
    return deliveries.CHANGES, f"{kind} {observation.key}"


def _name(observation: Observation) -> str:
    return observation.after.name if observation.after else observation.id


def _save_state(
    state: DeliveryState,
    folder: str,
    scope: int,
    current: Session,
    name: str,
    milestones: Collection[int],
) -> str:
    """Record *state* as that of the recipient with the *name*.

    Returns the reason if that fails, else an empty text.
    """
    now = journal_queries.now_ns()
    today = date(1970, 1, 1).toordinal() + now // _NS_PER_DAY
    recipient = _updated(state, current.now.today.toordinal(), milestones, now=now)
    try:
        journal = database.connect(folder)
        try:
            with database.transaction(journal):
                deliveries.delete_old(journal, today=today)
                for key in state.new_deliveries:
                    deliveries.record_delivery(journal, scope, name, key, today=today)
                deliveries.write_recipient(journal, scope, name, recipient)
        finally:
            journal.close()
    except (OSError, sqlite3.Error) as error:
        # Otherwise no later run could save its state either.
        database.quarantine_if_damaged(folder, error, now=journal_queries.now_ns())
        return str(error.strerror or error) if isinstance(error, OSError) else str(error)
    return ""


def _updated(
    state: DeliveryState, today: int, milestones: Collection[int], *, now: int
) -> Recipient:
    """The recipient of *state* after this run; *now* is POSIX time in ns, *today* an ordinal."""
    last, day, at, asked = state.recipient
    if state.is_complete:
        last, at = state.newest, now
        # If the clock was wrong before the first run, not everything since then has been missed.
        day = today if day is None or today >= min(asked.values(), default=today) else day
    return Recipient(
        last, today if day is None else day, at, dict.fromkeys(milestones, today) | asked
    )
