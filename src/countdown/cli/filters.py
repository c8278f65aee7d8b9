"""Turns the filters of a command line into a query for the index."""

import sqlite3
from datetime import date

from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.config.settings import Follows
from countdown.core.local_time import local_time
from countdown.core.outlook import UPCOMING_STATES, State
from countdown.core.release import JOBS
from countdown.errors import UsageError
from countdown.index.query import Query

_DATELESS: tuple[State, ...] = ("undated", "on-hold")
_FINISHED: tuple[State, ...] = ("released", "cancelled")
_NO_FILTERS = Filters()


def build_query(session: Session, filters: Filters = _NO_FILTERS) -> Query:
    """The query for the releases that pass *filters*. Raises UsageError."""
    first, last = _date_range(session, filters)
    today = session.now.today
    past = any(day is not None and day < today for day in (first, last))
    return Query(
        now=session.now,
        region=session.region,
        states=_states(filters, past=past),
        types=tuple(dict.fromkeys(filters.types)),
        kinds=with_seasons(filters.kind),
        stages=filters.stage,
        words=filters.word,
        titles=filters.title,
        franchises=filters.franchise,
        platforms=filters.platform,
        people=tuple(
            (jobs, names)
            for jobs, names in (
                (("cast",), filters.actor),
                (("director",), filters.director),
                (JOBS, filters.person),
            )
            if names
        ),
        follows=require_follows(session) if filters.followed else None,
        first=first,
        last=last,
        limit=filters.limit,
        newest_first=filters.released,
    )


def with_seasons(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """*kinds*, with `season` added to `series`: to fans, a season belongs to its series."""
    return (*kinds, "season") if "series" in kinds and "season" not in kinds else kinds


def followed_keys(
    index: sqlite3.Connection, session: Session, filters: Filters
) -> frozenset[int] | None:
    """Keys of the followed releases if the answer shows them alone; None if it shows all.

    The rule is that of `followed_alone`. Raises sqlite3.Error.
    """
    from countdown.index.followed import followed_alone  # Deferred: lists show all.

    named = (
        *(filters.word, filters.actor, filters.director, filters.person),
        *(filters.title, filters.platform, filters.franchise),
    )
    keys = followed_alone(
        index,
        session.follows,
        today=session.now.today.toordinal(),
        day_of=lambda seconds: local_time(seconds, session.now.zone).toordinal(),
        region=session.region,
        followed=filters.followed,
        everything=filters.everything,
        named=any(named),
    )
    return None if keys is None else frozenset(keys)


def require_follows(session: Session) -> Follows:
    """The user's follows. Raises UsageError, with a command to try, if there are none."""
    if not session.follows:
        from countdown.cli.follow_options import HOW_TO_BEGIN  # Deferred, as above.

        raise UsageError(f"--followed: You don't follow anything yet. {HOW_TO_BEGIN}")
    return session.follows


def _date_range(session: Session, filters: Filters) -> tuple[date | None, date | None]:
    """The first and last day that --within, --from and --to leave. Raises UsageError."""
    if {filters.within, filters.first, filters.last} == {None}:
        return None, None
    from countdown.cli import date_arguments  # Deferred: a bare `countdown` types no days.

    now = session.now
    first = last = None
    if filters.within is not None:
        first, last = now.today, date_arguments.span_end(filters.within, now.today)
    region = session.region
    if filters.first is not None:
        window = date_arguments.parse_window(filters.first, now, origin="--from", region=region)
        first = window[0]
    if filters.last is not None:
        last = date_arguments.parse_window(filters.last, now, origin="--to", region=region)[1]
    if first and last and first > last:
        raise UsageError(
            f"The range ends ({last}) before it starts ({first}). Swap --from and --to."
        )
    return first, last


def _states(filters: Filters, *, past: bool) -> tuple[State, ...]:
    """The states that pass *filters*; `released` or a range in the past adds past ones."""
    if filters.released:
        return ("released",)
    states: tuple[State, ...] = (*UPCOMING_STATES, *_DATELESS)
    if filters.everything:
        states += _FINISHED
    elif past or "released" in filters.stage:
        states += ("released",)
    if "cancelled" in filters.stage and "cancelled" not in states:
        states += ("cancelled",)
    if filters.dated is None:
        return states
    allowed = (*UPCOMING_STATES, "released") if filters.dated else (*_DATELESS, "cancelled")
    return tuple(state for state in states if state in allowed)
