"""The filters of a command line → one question."""

from datetime import date
from typing import Any

from countdown.cli import date_arguments
from countdown.cli.session import Session
from countdown.config.settings import Follows
from countdown.core.outlook import UPCOMING_STATES, State
from countdown.core.release import JOBS
from countdown.errors import UsageError
from countdown.index.query import Query

NONE_FOLLOWED = "nothing that you follow"  # How an answer to --followed without a release begins.
_DATELESS: tuple[State, ...] = ("undated", "on-hold")
_FINISHED: tuple[State, ...] = ("released", "cancelled")


def build_query(session: Session, **given: Any) -> Query:
    """What the options *given* ask for; those that a command does not have count as not given."""
    first, last = _range(session, given)
    today = session.now.today
    past = any(day is not None and day < today for day in (first, last))
    return Query(
        now=session.now,
        region=session.region,
        states=_states(given, past=past),
        types=tuple(dict.fromkeys(given.get("types", ()))),
        kinds=given.get("kind", ()),
        stages=given.get("stage", ()),
        titles=given.get("title", ()),
        franchises=given.get("franchise", ()),
        platforms=given.get("platform", ()),
        people=tuple(
            (jobs, names)
            for jobs, names in (
                (("cast",), given.get("actor", ())),
                (("director",), given.get("director", ())),
                (JOBS, given.get("person", ())),
            )
            if names
        ),
        followed=require_follows(session) if given.get("followed") else None,
        first=first,
        last=last,
        limit=given.get("limit"),
        newest_first=bool(given.get("released")),
    )


def require_follows(session: Session) -> Follows:
    """What the user follows. Raises UsageError if that is nothing, which says how to begin."""
    if not session.follows:
        hint = 'countdown follow "Chris Hemsworth", or --franchise MCU'
        raise UsageError(f"--followed: you follow nothing yet; begin with {hint}")
    return session.follows


def _range(session: Session, given: dict[str, Any]) -> tuple[date | None, date | None]:
    now = session.now
    first = last = None
    if given.get("within"):
        first, last = now.today, date_arguments.span_end(given["within"], now.today)
    if given.get("first"):
        first = date_arguments.window(given["first"], now, origin="--from")[0]
    if given.get("last"):
        last = date_arguments.window(given["last"], now, origin="--to")[1]
    if first and last and first > last:
        raise UsageError(
            f"the range ends ({last}) before it begins ({first}); swap --from and --to"
        )
    return first, last


def _states(given: dict[str, Any], *, past: bool) -> tuple[State, ...]:
    """Which states are asked for. A range or a stage that lies in the past asks for the past."""
    if given.get("released"):
        return ("released",)
    stages = given.get("stage", ())
    states: tuple[State, ...] = (*UPCOMING_STATES, *_DATELESS)
    if given.get("everything"):
        states += _FINISHED
    elif past or "released" in stages:
        states += ("released",)
    if "cancelled" in stages and "cancelled" not in states:
        states += ("cancelled",)
    dated = given.get("dated")
    if dated is None:
        return states
    wanted = (*UPCOMING_STATES, "released") if dated else (*_DATELESS, "cancelled")
    return tuple(state for state in states if state in wanted)
