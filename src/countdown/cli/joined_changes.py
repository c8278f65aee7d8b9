"""Joins the user's own changes of a day: a row for each fact, from its first to its last value."""

from collections.abc import Callable, Iterable
from datetime import date

from countdown.core.changes import Change, ObservedChange, kind_of
from countdown.journal.observations import Observation


def join_observations(
    observations: Iterable[Observation], day_of: Callable[[Observation], date]
) -> list[Observation]:
    """*observations*, in which the user's changes of a release on one day are joined.

    They are in order, oldest first, also in the result; other observations stay. If the date was
    corrected between two of them, its moves stay two: together, they'd be one that never happened.
    """
    joined: dict[int, Observation] = {}
    latest: dict[str, Observation] = {}  # by the id of its release
    for each in observations:
        last = latest.get(each.id)
        if last and last.mine and each.mine and day_of(last) == day_of(each):
            del joined[last.key]
            before = last.before
            if before and last.after and each.before and last.after.dates != each.before.dates:
                joined[last.key] = last._replace(after=before._replace(dates=last.after.dates))
                before = before._replace(dates=each.before.dates)
            each = each._replace(before=before)
        latest[each.id] = joined[each.key] = each
    return [each for each in joined.values() if each.before != each.after]


def join_moves(moves: Iterable[ObservedChange]) -> list[ObservedChange]:
    """*moves* of one release, oldest first; consecutive ones of the same day are joined."""
    joined: list[ObservedChange] = []
    for move in moves:
        last = joined[-1] if joined else None
        if last is None or last.on != move.on or last.change.after != move.change.before:
            joined.append(move)
            continue
        before, after = last.change.before, move.change.after
        kind = kind_of(before, after)
        joined[-1:] = []
        if kind is not None:
            joined.append(move._replace(change=Change(kind, before, after)))
    return joined
