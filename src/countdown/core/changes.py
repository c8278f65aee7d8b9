"""Changes of a release between two observations, as a fan in one region sees them. No I/O.

Only the date that counts for that fan is compared; those of other regions are ignored.
"""

from collections.abc import Iterator
from datetime import date, datetime, tzinfo
from typing import Final, Literal, NamedTuple, get_args

from countdown.core.dates import ReleaseDate, localised
from countdown.core.effective_date import HOME_MARKET, EffectiveDate, choose_date
from countdown.core.regions import UNSTATED
from countdown.core.release import AnnouncedDate, Move, Release

Kind = Literal[
    "new",
    "removed",
    "dated",
    "withdrawn",
    "moved",
    "narrowed",
    "widened",
    "stage",
    "cancelled",
    "complete",
    "cadence",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
DATE_KINDS: Final = ("dated", "withdrawn", "moved", "narrowed", "widened")
STAGE_KINDS: Final = ("stage", "cancelled")
EPISODE_KINDS: Final = ("complete", "cadence")

_UNCERTAINTY: Final = {"": 0, "?": 1, "~": 1, "%": 2}


class Episodes(NamedTuple):
    """How the episodes of a season come out: when the last one is out, and the cadence."""

    complete: ReleaseDate | None = None
    cadence: str | None = None


class Facts(NamedTuple):
    """The facts of a release that are compared: its name, its stage and every announced date.

    *episodes* is None if nobody knows what they were: journals didn't always keep them.
    """

    name: str
    stage: str | None = None
    dates: tuple[AnnouncedDate, ...] = ()
    episodes: Episodes | None = None


class Change(NamedTuple):
    """One thing that changed: a date from *before* to *after*, the stage, or the cadence.

    The date is the one that counts, or for the kind `complete` that of the last episode. A new
    release has no *before*, a removed one no *after*.
    """

    kind: Kind
    before: ReleaseDate | None = None
    after: ReleaseDate | None = None
    stages: tuple[str | None, str | None] = (None, None)
    place: str = ""  # the region of these dates or `unstated`, if it is not the fan's
    cadences: tuple[str | None, str | None] = (None, None)

    @property
    def days(self) -> int | None:
        """Days by which the latest day moved; negative is earlier, None if a date is missing."""
        return Move(self.before, self.after).days

    @property
    def seconds(self) -> int | None:
        """Seconds by which the instant moved; None unless both are known."""
        before = self.before and self.before.instant
        after = self.after and self.after.instant
        return int((after - before).total_seconds()) if before and after else None

    @property
    def is_move(self) -> bool:
        """True if a date became another one, not just a more or a less exact one."""
        is_complete = self.kind == "complete" and kind_of(self.before, self.after) == "moved"
        return self.kind == "moved" or is_complete

    @property
    def direction(self) -> int:
        """1 if it moved later, -1 if earlier, 0 for every other change."""
        if self.before is None or self.after is None or not self.is_move:
            return 0
        size = self.days or self.seconds or (self.after.earliest - self.before.earliest).days
        return (size > 0) - (size < 0)


class ObservedChange(NamedTuple):
    """A *change* of the release *id* with that *name*, and when it was seen or *announced*.

    *at* is the moment in UTC at which it was seen, *on* the user's day of it. A move that the
    catalogue records has no such moment; *on* is then the last day on which it may have been
    announced, and *source* the page that says so.
    """

    at: datetime | None
    on: date
    id: str
    name: str
    change: Change
    announced: ReleaseDate | None = None
    source: str | None = None


def recorded_moves(release: Release, zone: tzinfo | None) -> Iterator[ObservedChange]:
    """The moves that *release* records with a day of announcement, in the order of the catalogue.

    *zone* is the time zone for the days of instants; None is the system's.
    """
    for move in release.moves:
        before, after = (date and localised(date, zone) for date in (move.before, move.after))
        kind = kind_of(before, after)
        if kind is not None and move.announced is not None:
            change = Change(kind, before, after)
            on = move.announced.latest
            yield ObservedChange(
                None, on, release.id, release.name, change, move.announced, move.source
            )


def compare(
    before: Facts | None,
    after: Facts | None,
    *,
    region: str | None,
    zone: tzinfo | None,
    home: str = HOME_MARKET,
) -> tuple[Change, ...]:
    """The changes for a fan in *region*, that of the date first; None is: not in the catalogue.

    *zone* is the time zone for the days of instants; None is the system's. *home* is the home
    market of the release.
    """
    dated = _effective_dates(before, after, region, home)
    old, new = (each and localised(each.date, zone) for each in dated)
    place = _place_of(dated, region)
    stages = (before and before.stage, after and after.stage)
    if before is None or after is None:
        if before is after:
            return ()
        return (Change("new" if before is None else "removed", old, new, stages, place),)
    changes = []
    kind = kind_of(old, new)
    if kind is not None:
        changes.append(Change(kind, old, new, place=place))
    if before.stage != after.stage:
        kind = "cancelled" if after.stage == "cancelled" else "stage"
        changes.append(Change(kind, stages=stages))
    if before.episodes is not None and after.episodes is not None:
        changes += _episode_changes(before.episodes, after.episodes, zone)
    return tuple(changes)


def _episode_changes(before: Episodes, after: Episodes, zone: tzinfo | None) -> Iterator[Change]:
    old, new = (each.complete and localised(each.complete, zone) for each in (before, after))
    if kind_of(old, new) is not None:
        yield Change("complete", old, new)
    if before.cadence != after.cadence:
        yield Change("cadence", cadences=(before.cadence, after.cadence))


def _effective_dates(
    before: Facts | None, after: Facts | None, region: str | None, home: str
) -> tuple[AnnouncedDate | None, AnnouncedDate | None]:
    """The dates that count for a fan, both of the same place.

    Comparing dates of different places would show moves that never happened. A worldwide date is
    also that of every region, and so is one whose place isn't stated if only one of *before* and
    *after* has such a date: then its place became known, or no longer is.
    """
    old, new = (
        choose_date(facts.dates, region=region, home=home) if facts else None
        for facts in (before, after)
    )
    if before and after and old and new and None not in (old.dated.market, new.dated.market):
        markets, same_place = (
            (old.dated.market, new.dated.market),
            _choose_in(old.dated.market, after),
        )
        became_known = UNSTATED in markets and not (
            _choose_in(UNSTATED, before) and _choose_in(UNSTATED, after)
        )
        if old.fallback and new.fallback and same_place:
            new = same_place
        elif new.fallback and not became_known:
            new = None  # There was one, or there is one of another region.
        elif old.fallback and not became_known:
            old = None  # Now there is a date for this fan.
    return old and old.dated, new and new.dated


def _choose_in(market: str | None, facts: Facts) -> EffectiveDate | None:
    """The date that counts among those of *market* in *facts*; None if there is none."""
    return choose_date([dated for dated in facts.dates if dated.market == market])


def _place_of(dated: tuple[AnnouncedDate | None, AnnouncedDate | None], region: str | None) -> str:
    """The market of two dates unless it is the fan's; a region rather than `unstated`."""
    markets = [each.market for each in dated if each]
    if {*markets} != {UNSTATED}:
        markets = [market for market in markets if market not in (None, region, UNSTATED)]
    return (markets[0] if markets else "") or ""


def kind_of(before: ReleaseDate | None, after: ReleaseDate | None) -> Kind | None:
    """The kind of change from one date to another; None if they say the same."""
    if before is None or after is None:
        if before is after:
            return None
        return "dated" if before is None else "withdrawn"
    if before.edtf == after.edtf:
        return None
    inner = before.earliest <= after.earliest and after.latest <= before.latest
    outer = after.earliest <= before.earliest and before.latest <= after.latest
    if not (inner and outer):
        return "narrowed" if inner else "widened" if outer else "moved"
    return _kind_within(before, after)


def _kind_within(before: ReleaseDate, after: ReleaseDate) -> Kind | None:
    """The kind of change between dates of the same days: in certainty, or in the instant."""
    growth = _UNCERTAINTY[after.qualifier] - _UNCERTAINTY[before.qualifier]
    if growth:
        return "widened" if growth > 0 else "narrowed"
    if before.instant and after.instant:
        return "moved"
    if before.instant or after.instant:
        return "narrowed" if after.instant else "widened"
    return None  # The same window in two spellings.
