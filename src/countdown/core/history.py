"""History of a release's date: moves that the catalogue has, merged with observed ones. No I/O."""

from collections.abc import Sequence
from datetime import date, tzinfo
from typing import NamedTuple

from countdown.core.changes import DATE_KINDS, Change, Facts, compare, kind_of
from countdown.core.dates import ReleaseDate
from countdown.core.effective_date import HOME_MARKET
from countdown.core.release import Move


class HistoryStep(NamedTuple):
    """One step in the history of a release's date.

    *announced* and *source* are the catalogue's; *seen* is the day on which the program first saw
    it there, None if it was there from the first look.
    """

    before: ReleaseDate | None
    after: ReleaseDate | None
    announced: ReleaseDate | None = None
    source: str | None = None
    seen: date | None = None

    @property
    def days(self) -> int | None:
        """Days by which the latest day moved; negative is earlier, None if a date is missing."""
        return Move(self.before, self.after).days

    @property
    def exactness(self) -> str:
        """`more exact` or `less exact` if one of the dates lies within the other; else empty.

        Then nothing has moved, however far apart their latest days are.
        """
        kind = kind_of(self.before, self.after)
        return {"narrowed": "more exact", "widened": "less exact"}.get(kind or "", "")


class ObservedMove(NamedTuple):
    """A change of facts that the program saw on the local day *on*."""

    on: date
    before: Facts | None
    after: Facts | None


def history(
    moves: Sequence[Move],
    observed: Sequence[ObservedMove],
    *,
    region: str | None,
    zone: tzinfo | None,
    home: str = HOME_MARKET,
) -> tuple[HistoryStep, ...]:
    """The steps of the catalogue's *moves* and of observed ones, oldest first, none twice.

    An *observed* move equals one of the catalogue if the date of any region moved like that, or
    like several of its moves together; then the catalogue's is kept. *home* is the home market of
    the release.
    """
    steps = [HistoryStep(*move) for move in moves]
    new_steps = []
    for number, observation in enumerate(observed):
        changes = [
            change
            for change in compare(
                observation.before, observation.after, region=region, zone=zone, home=home
            )
            if change.kind in DATE_KINDS
        ]
        if not changes:
            continue
        later = {pair for following in observed[number + 1 :] for pair in _pairs(following)}
        covered = _covering(steps, _pairs(observation) | {_ends(changes[0])}, later)
        for place in covered:
            steps[place] = steps[place]._replace(seen=observation.on)
        if not covered:
            new_steps.append(HistoryStep(changes[0].before, changes[0].after, seen=observation.on))
    return _merged(steps, new_steps)


def total_move(steps: Sequence[HistoryStep]) -> tuple[date, date] | None:
    """The latest days of the first and the last date; None without two different ones."""
    dates = [when for step in steps for when in (step.before, step.after) if when]
    if len({when.edtf for when in dates}) < 2:
        return None
    if dates[0].is_open or dates[-1].is_open:
        return None
    return dates[0].latest, dates[-1].latest


def _pairs(move: ObservedMove) -> set[tuple[str, str]]:
    """Pairs of the dates before and after, in EDTF, for each place and type that changed."""
    before, after = (
        {(d.market, d.type): d.date.edtf for d in facts.dates} if facts else {}
        for facts in (move.before, move.after)
    )
    pairs = {(before.get(key, ""), after.get(key, "")) for key in {*before, *after}}
    return {(old, new) for old, new in pairs if old != new}


def _covering(
    steps: Sequence[HistoryStep], pairs: set[tuple[str, str]], later: set[tuple[str, str]]
) -> range:
    """The indices of successive moves that lead from one date of a pair to the other.

    Moves that were observed already are skipped; so are those that another one took back, unless
    that was observed *later*: both were there before the first look.
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
    """For each of *steps* the number after the last that continues it, none of them observed."""
    rows = [*range(1, len(steps) + 1)]
    for number in range(len(steps) - 2, -1, -1):
        following = steps[number + 1]
        if not following.seen and following.before == steps[number].after:
            rows[number] = rows[number + 1]
    return rows


def _next(numbers: list[int], least: int, otherwise: int) -> int:
    """The last of the descending *numbers* that is at least *least*; smaller ones are removed.

    *otherwise* if there is none.
    """
    while numbers and numbers[-1] < least:
        numbers.pop()
    return numbers[-1] if numbers else otherwise


def _ends(step: HistoryStep | Change) -> tuple[str, str]:
    return _edtf(step.before), _edtf(step.after)


def _merged(
    steps: Sequence[HistoryStep], observed: Sequence[HistoryStep]
) -> tuple[HistoryStep, ...]:
    """Both in one list: *steps* keep their order, *observed* ones are inserted by day.

    A step that was announced in a month or year counts as of its first day, or if it was observed
    too, as of the last day until then.
    """
    dated: list[tuple[date, int, HistoryStep]] = []
    latest = date.min
    for step in steps:
        day = step.seen
        if step.announced and step.seen:
            day = min(step.announced.latest, step.seen)
        elif step.announced:
            day = step.announced.earliest
        latest = max(latest, day or latest)
        dated.append((latest, 0, step))
    dated += [(step.seen or latest, 1, step) for step in observed]
    return tuple(step for _, _, step in sorted(dated, key=lambda row: row[:2]))


def _edtf(when: ReleaseDate | None) -> str:
    return when.edtf if when else ""
