"""A marathon, and the sentences on it: what belongs, on which days, and what may be missing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final, NamedTuple

from countdown.core import day_style, wording
from countdown.core.marathon import Entry, target_day
from countdown.core.missing_part import MissingPart, in_words
from countdown.core.name_lists import join_names
from countdown.core.outlook import Outlook
from countdown.core.release import Release
from countdown.core.text import capitalized
from countdown.core.watch_days import WatchDays

_MAX_MISSING: Final = 6  # parts that are named
_WITHOUT_DAYS: Final = {
    "released": "It's out already. To plan days, say from which: --from DAY.",
    "open": "It can come out any day now, so no day is left to plan.",
    "overdue": "It should be out by now, so no day is left to plan.",
    "undated": "No date has been announced, so these have no days yet.",
    "on-hold": "It's on hold, so these have no days.",
    "cancelled": "It was cancelled, so these have no days.",
    "upcoming": "It comes out today, so no day is left to plan.",
}


class MarathonLine(NamedTuple):
    """A marathon in short: `12 films`, `one a day from Sun 6 Dec`, and its command."""

    titles: str
    pace: str
    command: str


class Marathon(NamedTuple):
    """The *entries* to watch before *target*, with their days, and what may be missing.

    The entries are what it continues, whose ids are in *chain*, and releases of *franchises*.
    *last* is the last day, and *start* the first one that the user wishes, with *per_day*.
    *not_out* is what the target continues, if that isn't known to be out before it. *missing* are
    parts that the catalogue lacks, and *unknown* an id that it lacks or hides, with
    the release that continues it.
    """

    target: Outlook
    entries: tuple[Entry, ...]
    plan: WatchDays
    last: date | None = None
    chain: frozenset[str] = frozenset()
    franchises: tuple[str, ...] = ()
    unfinished: tuple[Release, ...] = ()
    not_out: Release | None = None
    missing: tuple[MissingPart, ...] = ()
    unknown: tuple[str, Release] | None = None
    is_hidden: bool = False
    per_day: int | None = None
    start: date | None = None

    @property
    def days(self) -> Sequence[date | None]:
        """The day of each entry."""
        return self.plan.days or (None,) * len(self.entries)

    @property
    def in_chain(self) -> int:
        """The number of entries that *target* continues."""
        return sum(each.release.id in self.chain for each in self.entries)


def titles(entries: Sequence[Entry]) -> str:
    """`12 films`, or `51 titles` if some aren't films."""
    if any(each.release.kind != "film" for each in entries):
        return wording.titles(len(entries))
    return f"{len(entries):,} film{'s' * (len(entries) != 1)}"


def rate(plan: WatchDays) -> str:
    """`one a day`, `3 a day`, `2 or 3 a day`, `2 to 4 a day`, `up to 2 a day`."""
    low, high = plan.min_a_day, plan.max_a_day
    most = "one" if high == 1 else f"{high:,}"
    if low in (0, high):
        return f"{most} a day" if low else f"up to {most} a day"
    return f"{'one' if low == 1 else f'{low:,}'} {'or' if high == low + 1 else 'to'} {most} a day"


def scope(marathon: Marathon, name: str) -> str:
    """A sentence on what belongs before the release called *name*."""
    what = f"{titles(marathon.entries)} to watch before {name}"
    is_chain_alone = marathon.in_chain == len(marathon.entries)
    if is_chain_alone:
        return f"{what}, which continues {'it' if len(marathon.entries) == 1 else 'them'}."
    franchises = join_names(marathon.franchises)
    if not marathon.in_chain:
        return f"{what}: those of {franchises}."
    return f"{what}: those that it continues, and the rest of {franchises}."


def pace(marathon: Marathon, today: date, style: str = day_style.DEFAULT) -> list[str]:
    """Sentences on the days, and on why there are none."""
    plan, last, target = marathon.plan, marathon.last, marathon.target

    def day(on: date) -> str:
        return day_style.short_day(on, style, year=on.year != today.year)

    if last is None:
        if plan.days:
            return [f"{capitalized(rate(plan))} from {day(plan.days[0])} on."]
        return [_WITHOUT_DAYS[target.state]]
    when = target.date
    if not (plan.days or marathon.start):
        is_today = when is not None and when.exact and when.latest == today
        return [_WITHOUT_DAYS["upcoming" if is_today else target.state]]
    sentences = []
    begin = marathon.start or today
    wished = rate(WatchDays((), None, False, marathon.per_day or 1, marathon.per_day or 1))
    beginning = f"From {day(begin) if marathon.start else 'today'} it takes"
    if not plan.days and not plan.max_a_day:
        return [_stopped(f"{day(begin)} is too late: the last day before it is {day(last)}")]
    if plan.needed is None:
        sentences.append(f"Some come out too late for {wished}.")
    elif plan.is_late:
        verb = "had to" if plan.needed < today else "has to"
        sentences.append(_stopped(f"{capitalized(wished)} {verb} start on {day(plan.needed)}"))
    if plan.is_late and (plan.needed or not plan.days):
        sentences.append(f"{beginning} {rate(plan)}{'.' if plan.days else ' at least.'}")
    else:
        first, end = day(plan.days[0]), day(plan.days[-1])
        what = rate(plan) if plan.min_a_day else titles(marathon.entries)
        every = f"{capitalized(what)} from {first} to {end}"
        sentences.append(_stopped(every if first != end else f"Watch {_all(marathon)} on {first}"))
    if when is not None and when.precision not in ("day", "instant"):
        sentences.append(f"It can come out from {wording.day_label(when.earliest, style)} on.")
    if wording.is_doubtful(target):
        sentences.append("Its date isn't confirmed.")
    return sentences


def _all(marathon: Marathon) -> str:
    return {1: "it", 2: "both"}.get(len(marathon.entries), "all of them")


def notes(marathon: Marathon, name: Callable[[Release], str]) -> list[str]:
    """Sentences on seasons, and on what the catalogue lacks; *name* is the title to show."""
    found = []
    if any(each.release.kind in ("season", "series") for each in marathon.entries):
        found.append("A season counts as one, but takes more than an evening.")
    if marathon.unfinished:
        late = join_names([name(each) for each in marathon.unfinished[:_MAX_MISSING]])
        found.append(f"Not out in full by then: {late}.")
    if marathon.not_out is not None:
        found.append(
            f"{name(marathon.not_out)}, which it continues, isn't known to be out before it."
        )
    if marathon.unknown is not None:
        id, release = marathon.unknown
        if marathon.is_hidden:
            found.append(f"{name(release)} continues {id}, which is hidden, so that isn't here.")
        else:
            found.append(f'The catalogue has no "{id}", which {name(release)} continues.')
    if marathon.missing:
        words = in_words(marathon.missing)
        shown = [f"no {each}" for each in words[:_MAX_MISSING]]
        more = f", nor {len(words) - _MAX_MISSING:,} more parts" if len(words) > len(shown) else ""
        found.append(f"The catalogue has {join_names(shown)}{more}.")
    found.append("The catalogue may lack others, too.")
    return found


def pace_in_short(plan: WatchDays, today: date, style: str = day_style.DEFAULT) -> str:
    """`one a day from Sun 6 Dec`, `up to 3 a day from today`. There must be days."""
    first = plan.days[0]
    day = day_style.short_day(first, style, year=first.year != today.year)
    return f"{rate(plan)} from {'today' if first == today else day}"


def is_worth_a_line(target: Outlook, today: date) -> bool:
    """True if *target* comes out on a known day ahead, so that its eve is one, too."""
    day = target_day(target)
    is_day = target.date is not None and target.date.precision in ("day", "instant")
    return is_day and day is not None and day > today


def _stopped(text: str) -> str:
    """*text* with a full stop, unless a short name of a month has put one there."""
    return text if text.endswith(".") else f"{text}."
