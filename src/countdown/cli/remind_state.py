"""What one consumer of `due` knows: read before it is told more, and noted once it has been."""

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from typing import Final

from countdown import files, paths
from countdown.cli import journal_queries
from countdown.cli.session import Session
from countdown.core.changes import OF_DATES, Change, ObservedChange, compare
from countdown.errors import CountdownError, NothingFound
from countdown.journal import database, deliveries, observations
from countdown.journal.observations import Observation, WatchedCatalogue

_CHANGE_KINDS: Final = (
    OF_DATES,
    ("cancelled",),
)  # of change that are told; those of one part go together
_NS_PER_DAY: Final = 86_400_000_000_000  # ns
_LOCK_TIMEOUT_S: Final = (
    90.0  # s that one waits while another tells: three notifications, each of 20 s
)


class DeliveryState:
    """What a consumer has been *told* on the day, and what it has not heard of that *moved*.

    What is put into *now* has been told meanwhile; *all* is set when nothing is left to tell.
    *trouble* says why it can't be kept; empty if it can. *last* and *newest* are the keys of the
    observations between which *moved* lies.
    """

    def __init__(self, trouble: str = "") -> None:
        self.told: set[str] = set()
        self.moved: dict[str, ObservedChange] = {}
        self.now: list[str] = []
        self.all = False
        self.trouble = trouble
        self.last = self.newest = 0


@contextmanager
def delivery_state(current: Session, consumer: str) -> Iterator[DeliveryState]:
    """The memory of *consumer*; whoever else tells something waits meanwhile.

    What was told is kept however it ends; who is killed before that is told once more. Where
    nothing can be kept, or known, that is the memory's *trouble* and no error. Raises NothingFound
    if another one takes too long. A session that records nothing keeps nothing and waits for
    nobody.
    """
    if not current.records:
        yield _read_only(current, consumer)
        return
    folder = paths.state_folder() or ""
    with ExitStack() as stack:
        try:
            stack.enter_context(files.exclusive_lock(folder, "due", patience=_LOCK_TIMEOUT_S))
        except TimeoutError:
            what = "another countdown due has not yet told what it has to tell"
            raise NothingFound(f"{what}; try again when it has ended") from None
        except OSError:
            pass  # Where nothing can be written: see below.
        try:
            known, scope = journal_queries.query_journal(
                current,
                lambda opened, watch: (_load_state(opened, watch, current, consumer), watch.scope),
            )
        except CountdownError as error:
            yield DeliveryState(str(error))
            return
        try:
            yield known
        finally:
            known.trouble = _save_state(known, folder, scope, current, consumer)


def _read_only(current: Session, consumer: str) -> DeliveryState:
    """The memory of *consumer*, of which nothing will be kept."""
    try:
        return journal_queries.query_journal(
            current, lambda opened, watch: _load_state(opened, watch, current, consumer)
        )
    except CountdownError as error:
        return DeliveryState(str(error))


def _load_state(
    connection: sqlite3.Connection, watch: WatchedCatalogue, current: Session, consumer: str
) -> DeliveryState:
    """What the journal has for *consumer*. Raises sqlite3.Error."""
    day, known = current.now.today, DeliveryState()
    known.told = deliveries.delivered(connection, watch.scope, consumer, day.toordinal())
    known.last = deliveries.last_observation(connection, watch.scope, consumer)
    moves = deliveries.delivered(connection, watch.scope, consumer, deliveries.MOVES)
    looks: dict[str, list[Observation]] = {}
    for one in observations.list_observations(
        connection, watch.scope, now=journal_queries.now_ns(), last=known.last
    ):
        if journal_queries.local_moment(current, one.at)[1] <= day:
            looks.setdefault(one.id, []).append(one)
    for seen in looks.values():
        known.newest = max(known.newest, seen[-1].key)
        for key, change in _pending_changes(seen, moves, current):
            at, on = journal_queries.local_moment(current, seen[-1].at)
            known.moved[key] = ObservedChange(at, on, seen[-1].id, _name(seen[-1]), change)
    known.newest = max(known.newest, known.last)
    return known


def _pending_changes(
    seen: list[Observation], moves: set[str], current: Session
) -> Iterator[tuple[str, Change]]:
    """What became of one release, each change with its key, but for what *moves* were told."""
    last = seen[-1]
    for kinds in _CHANGE_KINDS:
        heard = [n for n, one in enumerate(seen, 1) if not moves.isdisjoint(_keys(kinds, one))]
        left = seen[max(heard, default=0) :]
        if left and last.after is not None:
            zone = current.now.zone
            for change in compare(left[0].before, last.after, region=current.region, zone=zone):
                if change.kind in kinds:
                    yield _key(change.kind, last), change


def _keys(kinds: tuple[str, ...], one: Observation) -> list[str]:
    return [_key(kind, one) for kind in kinds]


def _key(kind: str, one: Observation) -> str:
    return f"{kind} {one.key}"


def _name(one: Observation) -> str:
    return one.after.name if one.after else one.id


def _save_state(
    known: DeliveryState, folder: str, scope: int, current: Session, consumer: str
) -> str:
    """Note what *known* says has been told; why that can't be done, empty if it has been."""
    today = date(1970, 1, 1).toordinal() + journal_queries.now_ns() // _NS_PER_DAY
    day = current.now.today.toordinal()
    try:
        opened = database.connect(folder)
        try:
            with database.transaction(opened):
                deliveries.delete_old(opened, today=today)
                for thing in known.now:
                    on = deliveries.MOVES if thing in known.moved else day
                    deliveries.record_delivery(opened, scope, consumer, on, thing, today=today)
                upto = known.newest if known.all else known.last
                deliveries.set_last_observation(opened, scope, consumer, upto)
        finally:
            opened.close()
    except (OSError, sqlite3.Error) as error:
        database.quarantine_if_damaged(
            folder, error, now=journal_queries.now_ns()
        )  # Else nothing could be kept ever.
        return str(error.strerror or error) if isinstance(error, OSError) else str(error)
    return ""
