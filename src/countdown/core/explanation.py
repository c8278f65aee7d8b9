"""Why a release has no day, or has one: what is known, in whole sentences. No I/O."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from countdown.core import day_style, wording
from countdown.core.changes import kind_of
from countdown.core.dates import ReleaseDate
from countdown.core.history import HistoryStep, total_move
from countdown.core.outlook import HALF_A_YEAR, Outlook
from countdown.core.release import Move

# Each stage in words, without and with the date since when it is so.
_STAGES: Final = {
    "rumoured": ("is only rumoured", "has been rumoured since {}"),
    "announced": ("has been announced", "was announced {on}"),
    "development": ("is in development", "has been in development since {}"),
    "pre-production": ("is in pre-production", "has been in pre-production since {}"),
    "filming": ("is being filmed", "has been filming since {}"),
    "wrapped": ("has been filmed", "finished filming {on}"),
    "post-production": ("is in post-production", "has been in post-production since {}"),
    "completed": ("is finished", "was finished {on}"),
    "on-hold": ("is on hold", "has been on hold since {}"),
    "cancelled": ("is cancelled", "was cancelled {on}"),
}
_MIN_MOVES: Final = 3  # of others, from which a habit can be told


class Others(NamedTuple):
    """How far dates of other releases moved, in days; those of a franchise have its *name*."""

    name: str
    days: tuple[int, ...]


def explain(
    outlook: Outlook,
    name: str,
    steps: Sequence[HistoryStep],
    others: Others,
    *,
    today: date,
    style: str = day_style.DEFAULT,
) -> list[str]:
    """Sentences on the date of the release called *name*, its *steps* until now, and *others*."""
    is_out = outlook.state == "released"
    return [
        *(_about_release(outlook, name, style) if is_out else _about_date(outlook, name, style)),
        *(() if is_out else _about_stage(outlook, style)),
        *_about_moves(outlook, steps, style),
        *(() if is_out else _about_others(others)),
        _about_age(outlook, today, style),
    ]


def moved_days(moves: Iterable[Move]) -> tuple[int, ...]:
    """By how many days each of *moves* moved a date; not those that only made it more exact."""
    moved = (move for move in moves if kind_of(move.before, move.after) == "moved")
    return tuple(move.days for move in moved if move.days)


def _about_release(outlook: Outlook, name: str, style: str) -> Iterable[str]:
    when = outlook.date
    yield f"{name} is out." if when is None else f"{name} is out: {wording.long_date(when, style)}."


def _about_date(outlook: Outlook, name: str, style: str) -> Iterable[str]:
    when, effective = outlook.date, outlook.effective_date
    if outlook.is_shelved:
        yield f"{name} {_stage(outlook, style)}."
        if when is not None:
            yield f"Its date was {wording.format_date(when, style)}, which doesn't count any more."
        return
    if when is None or effective is None:
        yield f"No date has been announced for {name}."
        if outlook.release.expected is not None:
            rumour = wording.format_date(outlook.release.expected, style)
            yield f"Rumours say {rumour}, which nobody has announced."
        return
    market = effective.dated.market if effective.fallback else None
    place = f" {wording.place(market)}" if market else ""
    text = f"{wording.long_date(when, style)}{place}"
    left = wording.time_left(outlook, style)
    if when.precision in ("day", "instant"):
        yield f"{name} has a day, {text}: {left}."
        return
    if outlook.state != "overdue":
        doubt = ", not confirmed" if wording.is_doubtful(outlook) else ""
        left = "with no last day" if when.is_open else f"by {wording.day_label(when.latest, style)}"
        left = f"{left}{doubt}"
    yield f"No day has been announced for {name}, only {text}: {left}."


def _about_stage(outlook: Outlook, style: str) -> Iterable[str]:
    is_day = outlook.date is not None and outlook.date.precision in ("day", "instant")
    if outlook.is_shelved or is_day:
        return
    if outlook.stage not in _STAGES:
        yield "How far along it is isn't known."
        return
    yield f"It {_stage(outlook, style)}."
    if outlook.stage_note:
        yield f"{outlook.stage_note.rstrip('.')}."


def _stage(outlook: Outlook, style: str) -> str:
    """The stage as a predicate: `has been filming since Jun 2026 (not confirmed)`."""
    alone, with_date = _STAGES[str(outlook.stage)]
    since = outlook.stage_since
    doubt = " (not confirmed)" if "stage" in outlook.release.unverified else ""
    if since is None:
        return f"{alone}{doubt}"
    day = wording.format_date(since, style)
    return f"{with_date.format(day, on=_on(since, style))}{doubt}"


def _on(when: ReleaseDate, style: str) -> str:
    preposition = "on" if when.precision in ("day", "instant") else "in"
    return f"{preposition} {wording.format_date(when, style)}"


def _about_moves(outlook: Outlook, steps: Sequence[HistoryStep], style: str) -> Iterable[str]:
    moved = [step for step in steps if kind_of(step.before, step.after) == "moved"]
    total = total_move(steps)
    if moved and total is not None:
        times = {1: "once", 2: "twice"}.get(len(moved), f"{len(moved)} times")
        first, last = total
        ends = " to ".join(wording.day_label(day, style) for day in total)
        far = f", {wording.size(first, last)} {'later' if last > first else 'earlier'}"
        yield f"Its date has moved {times}, from {ends}{far if first != last else ''}."
    elif outlook.date is not None and not steps:
        yield "As far as is known, its date has never moved."
    last_step = steps[-1] if steps else None
    if last_step is not None and last_step.after is None and last_step.before is not None:
        before = wording.format_date(last_step.before, style)
        on = f" {_on(last_step.announced, style)}" if last_step.announced else ""
        yield f"Its last date, {before}, was withdrawn{on}."


def _about_others(others: Others) -> Iterable[str]:
    count = len(others.days)
    if count < _MIN_MOVES:
        return
    later = sum(days > 0 for days in others.days)
    sizes = sorted(map(abs, others.days))
    middle = sizes[count // 2]
    start = date(2001, 1, 1)
    size = wording.size(start, start + timedelta(days=middle))
    of = f" of {others.name}" if others.name else " in the catalogue"
    yield (
        f"Of {count} other dates{of} that moved, {later} moved to a later day, and half of all "
        f"{count} by {size} or more."
    )


def _about_age(outlook: Outlook, today: date, style: str) -> str:
    dated = outlook.effective_date.dated if outlook.effective_date else None
    checked = (dated.checked if dated else None) or outlook.release.checked
    if checked is None:
        return "Nobody has noted when these facts were checked."
    text = f"These facts were checked {_on(checked, style)}"
    is_old = (today - checked.latest).days > HALF_A_YEAR
    return f"{text}, so there may be news since." if is_old else f"{text}."
