"""What became of a release between two looks at it, as a fan of one region sees it. No I/O.

Only the date that counts for that fan is compared: that of another region may move as it likes.
"""

from datetime import date, datetime, tzinfo
from typing import Final, Literal, NamedTuple, get_args

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate, localised
from countdown.core.effective_date import choose_date
from countdown.core.release import AnnouncedDate, Move

Kind = Literal[
    "new",
    "removed",
    "dated",
    "undated",
    "moved",
    "narrowed",
    "widened",
    "stage",
    "cancelled",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
DATE_KINDS: Final = ("dated", "undated", "moved", "narrowed", "widened")
STAGE_KINDS: Final = ("stage", "cancelled")

_DOUBTS: Final = {"": 0, "?": 1, "~": 1, "%": 2}


class Facts(NamedTuple):
    """What is compared of a release: its name, its stage and every announced date."""

    name: str
    stage: str | None = None
    dates: tuple[AnnouncedDate, ...] = ()


class Change(NamedTuple):
    """One thing that changed: the counting date from *before* to *after*, or the stage.

    Of a release that is new or gone there is only the one or the other.
    """

    kind: Kind
    before: ReleaseDate | None = None
    after: ReleaseDate | None = None
    stages: tuple[str | None, str | None] = (None, None)
    place: str = ""  # the region of these dates, if that is not the fan's

    @property
    def days(self) -> int | None:
        """By how many days the latest day moved; negative is earlier, None if an end is missing."""
        return Move(self.before, self.after).days

    @property
    def seconds(self) -> int | None:
        """By how much the very moment moved, where both are known."""
        before = self.before and self.before.instant
        after = self.after and self.after.instant
        return int((after - before).total_seconds()) if before and after else None

    @property
    def direction(self) -> int:
        """1 if it moved to later, -1 to earlier; 0 for everything that is neither."""
        size = (self.days or self.seconds or 0) if self.kind == "moved" else 0
        return (size > 0) - (size < 0)


class ObservedChange(NamedTuple):
    """That a *change* was seen, of the release with that *id* and *name*.

    *at* is when, and *on* the user's day of it.
    """

    at: datetime
    on: date
    id: str
    name: str
    change: Change


def compare(
    before: Facts | None, after: Facts | None, *, region: str | None, zone: tzinfo | None
) -> tuple[Change, ...]:
    """What changed for a fan in *region*, the date first. None is: not in the catalogue.

    Days of instants are told in *zone*; None is the system's.
    """
    dated = _compared(before, after, region)
    old, new = (one and localised(one.date, zone) for one in dated)
    place = (
        next((one.region for one in dated if one and one.region not in (None, region)), "") or ""
    )
    stages = (before and before.stage, after and after.stage)
    if before is None or after is None:
        if before is after:
            return ()
        return (Change("new" if before is None else "removed", old, new, stages, place),)
    found = []
    kind = _of_dates(old, new)
    if kind is not None:
        found.append(Change(kind, old, new, place=place))
    if before.stage != after.stage:
        found.append(Change("cancelled" if after.stage == "cancelled" else "stage", stages=stages))
    return tuple(found)


def _compared(
    before: Facts | None, after: Facts | None, region: str | None
) -> tuple[AnnouncedDate | None, AnnouncedDate | None]:
    """The dates that count for a fan, both of one place: no region's moves to that of another.

    A date for the whole world is also that of each region.
    """
    old, new = (
        choose_date(facts.dates, region=region) if facts else None for facts in (before, after)
    )
    if old and old.fallback and after is not None:
        place = old.dated.region
        if new is None or new.fallback:
            new = choose_date([one for one in after.dates if one.region == place], region=place)
        elif new.dated.region is not None:
            old = None  # Now there is a date for this fan.
    elif old and new and new.fallback and old.dated.region is not None:
        new = None  # There was one.
    return old and old.dated, new and new.dated


def _of_dates(before: ReleaseDate | None, after: ReleaseDate | None) -> Kind | None:
    """What kind of change leads from one date to another; None if there is nothing to tell."""
    if before is None or after is None:
        if before is after:
            return None
        return "dated" if before is None else "undated"
    if before.edtf == after.edtf:
        return None
    inner = before.earliest <= after.earliest and after.latest <= before.latest
    outer = after.earliest <= before.earliest and before.latest <= after.latest
    if not (inner and outer):
        return "narrowed" if inner else "widened" if outer else "moved"
    return _of_one_window(before, after)


def _of_one_window(before: ReleaseDate, after: ReleaseDate) -> Kind | None:
    """The same, where both are the same days: told more or less surely, or to the hour."""
    doubt = _DOUBTS[after.qualifier] - _DOUBTS[before.qualifier]
    if doubt:
        return "widened" if doubt > 0 else "narrowed"
    if before.instant and after.instant:
        return "moved"
    if before.instant or after.instant:
        return "narrowed" if after.instant else "widened"
    return None  # One window, spelt in two ways.


def describe(change: Change) -> str:
    """What happened and by how much: `moved 147 days later`, `now filming (was wrapped)`."""
    was, now = change.stages
    if change.kind in STAGE_KINDS:
        known = f"now {_stage(now)}" if now else "stage no longer known"
        known = "cancelled" if change.kind == "cancelled" else known
        return f"{known} (was {_stage(was)})" if was else known
    if change.kind == "moved":
        way = ("", " later", " earlier")[change.direction]
        return f"moved {describe_size(change)}{way}"
    return {"undated": "date withdrawn"}.get(change.kind, change.kind)


def describe_size(change: Change) -> str:
    """By how much a date moved, without direction: `147 days`, `2 h 30 min`; else nothing."""
    if change.kind != "moved" or change.days is None:
        return ""
    if change.days:
        return wording.days(abs(change.days))
    hours, minutes = divmod(abs(change.seconds or 0) // 60, 60)
    parts = [f"{hours} h"] if hours else []
    return " ".join([*parts, *([f"{minutes} min"] if minutes or not hours else [])])


def before_and_after(change: Change, style: str = day_style.DEFAULT) -> tuple[str, str]:
    """What it was and what it is now, in words: dates, or stages; empty is nothing."""
    if change.kind in STAGE_KINDS:
        return _stage(change.stages[0]), _stage(change.stages[1])
    before, after = change.before, change.after
    if before and after and change.kind == "moved" and not change.days:
        return _to_the_minute(before, style), _to_the_minute(after, style)
    place = f" {change.place}" if change.place else ""
    was, now = (
        f"{wording.format_date(end, style)}{place}" if end else "" for end in (before, after)
    )
    return was, now


def sentence(change: Change, style: str = day_style.DEFAULT) -> str:
    """*change* in full: `moved 147 days later, 1 May 2026 → 18 Dec 2026`."""
    before, after = before_and_after(change, style)
    if change.kind in STAGE_KINDS or not (before or after):
        return describe(change)
    if before and after:
        return f"{describe(change)}, {before} → {after}"
    return f"{describe(change)}, {after or f'was {before}'}"


def _stage(stage: str | None) -> str:
    return (stage or "").replace("on-hold", "on hold")


def _to_the_minute(when: ReleaseDate, style: str) -> str:
    at = when.instant
    return (
        f"{wording.format_date(when, style)}, {at:%H:%M} UTC"
        if at
        else wording.format_date(when, style)
    )
