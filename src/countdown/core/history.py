"""How the date of a release moved: what the catalogue says and what was seen, as one. No I/O."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from countdown.core.changes import DATE_KINDS, Change, Facts, compare
from countdown.core.dates import ReleaseDate
from countdown.core.release import Move


class HistoryStep(NamedTuple):
    """One step in the history of a release's date.

    *announced* and *source* are the catalogue's; *seen* is the day on which the program first saw
    it there, None if that was before it looked.
    """

    before: ReleaseDate | None
    after: ReleaseDate | None
    announced: ReleaseDate | None = None
    source: str | None = None
    seen: date | None = None

    @property
    def days(self) -> int | None:
        """By how many days the latest day moved; None if an end is missing."""
        return Move(self.before, self.after).days


class ObservedMove(NamedTuple):
    """What the program saw change on the local day *on*."""

    on: date
    before: Facts | None
    after: Facts | None


def history(
    moves: Sequence[Move], seen: Sequence[ObservedMove], *, region: str | None, zone: tzinfo | None
) -> tuple[HistoryStep, ...]:
    """The *moves* that the catalogue knows and those that were *seen*, oldest first, none twice.

    What was seen is a move of the catalogue if any region's date moved like that, or like several
    of its moves together; the catalogue's own words for it stay.
    """
    steps = [HistoryStep(*move) for move in moves]
    others = []
    for number, look in enumerate(seen):
        of_date = [
            change
            for change in compare(look.before, look.after, region=region, zone=zone)
            if change.kind in DATE_KINDS
        ]
        if not of_date:
            continue
        later = {pair for one in seen[number + 1 :] for pair in _pairs(one)}
        known = _covering(steps, _pairs(look) | {_ends(of_date[0])}, later)
        for place in known:
            steps[place] = steps[place]._replace(seen=look.on)
        if not known:
            others.append(HistoryStep(of_date[0].before, of_date[0].after, seen=look.on))
    return _merged(steps, others)


def total_days(steps: Sequence[HistoryStep]) -> int | None:
    """By how many days the date moved from the first that is known to the last; None if unknown."""
    known = [when for step in steps for when in (step.before, step.after) if when]
    if len({when.edtf for when in known}) < 2:
        return None
    return (known[-1].latest - known[0].latest).days


def _pairs(look: ObservedMove) -> set[tuple[str, str]]:
    """From what to what the dates went, region by region and type by type, in EDTF."""
    before, after = (
        {(d.region, d.type): d.date.edtf for d in facts.dates} if facts else {}
        for facts in (look.before, look.after)
    )
    found = {(before.get(key, ""), after.get(key, "")) for key in {*before, *after}}
    return {(old, new) for old, new in found if old != new}


def _covering(
    steps: Sequence[HistoryStep], pairs: set[tuple[str, str]], later: set[tuple[str, str]]
) -> range:
    """The numbers of the moves, one after the other, that lead from one end of a pair to the other.

    Moves that were seen already are not seen again; nor are those that another one took back, if
    that was not seen *later*: both were there before the first look.
    """
    ends = [_ends(step) for step in steps]
    arrivals: dict[str, list[int]] = {}  # the numbers of the moves that led to a date
    taken_back: dict[str, int] = {}  # the last of those that count as a way back to it
    for number, step in enumerate(steps):
        arrivals.setdefault(ends[number][1], []).append(number)
        if not step.seen and ends[number] not in later:
            taken_back[ends[number][1]] = number
    goals: dict[str, list[list[int]]] = {}  # the moves that lead to each end, the last one first
    for before, after in pairs:
        goals.setdefault(before, []).append(arrivals.get(after, [])[::-1])
    rows = _rows(steps)
    for first, start in enumerate(steps):
        before = ends[first][0]
        if start.seen or before not in goals:
            continue
        least = max(first, taken_back.get(before, 0))
        last = min(_next(goal, least, rows[first]) for goal in goals[before])
        if last < rows[first]:
            return range(first, last + 1)
    return range(0)


def _rows(steps: Sequence[HistoryStep]) -> list[int]:
    """For each of *steps* the number behind the last that goes on from it, none of them seen."""
    rows = [*range(1, len(steps) + 1)]
    for number in range(len(steps) - 2, -1, -1):
        following = steps[number + 1]
        if not following.seen and following.before == steps[number].after:
            rows[number] = rows[number + 1]
    return rows


def _next(numbers: list[int], least: int, otherwise: int) -> int:
    """The last of the descending *numbers* that is at least *least*; smaller ones are dropped."""
    while numbers and numbers[-1] < least:
        numbers.pop()
    return numbers[-1] if numbers else otherwise


def _ends(one: HistoryStep | Change) -> tuple[str, str]:
    return _edtf(one.before), _edtf(one.after)


def _merged(known: Sequence[HistoryStep], others: Sequence[HistoryStep]) -> tuple[HistoryStep, ...]:
    """Both in one row: *known* keeps its order, and what was only seen goes in by its day.

    Of a move that is told of by the month or year, that is the first day on which it can have been,
    or if it was seen itself, the last one until then.
    """
    found: list[tuple[date, int, HistoryStep]] = []
    latest = date.min
    for step in known:
        told = step.seen
        if step.announced and step.seen:
            told = min(step.announced.latest, step.seen)
        elif step.announced:
            told = step.announced.earliest
        latest = max(latest, told or latest)
        found.append((latest, 0, step))
    found += [(step.seen or latest, 1, step) for step in others]
    return tuple(step for _, _, step in sorted(found, key=lambda one: one[:2]))


def _edtf(when: ReleaseDate | None) -> str:
    return when.edtf if when else ""
