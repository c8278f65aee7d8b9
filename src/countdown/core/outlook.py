"""Outlooks: the state of a release at a moment, and the days that remain until its date.

No I/O and no clock: the moment is an argument.
"""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Final, Literal, NamedTuple, get_args

from countdown.core.dates import ReleaseDate, localised
from countdown.core.effective_date import EffectiveDate, effective_date
from countdown.core.local_time import local_time_of
from countdown.core.release import SHELVED, STAGES, AnnouncedDate, Release
from countdown.core.text import natural_key

State = Literal["upcoming", "open", "overdue", "released", "undated", "on-hold", "cancelled"]
STATES: Final[tuple[State, ...]] = get_args(State)
UPCOMING_STATES: Final = ("upcoming", "open", "overdue")
NO_MONTH: Final = (date.max.year + 1, 1)  # of releases without a latest day, after all others
HALF_A_YEAR: Final = 183  # days


class Moment(NamedTuple):
    """Now for the user: local day, the moment in UTC, and the zone (None: the system's)."""

    today: date
    instant: datetime
    zone: tzinfo | None = None

    @classmethod
    def at(cls, instant: datetime, zone: tzinfo | None = None) -> "Moment":
        """The aware *instant* with its day in *zone*."""
        return cls(local_time_of(instant, zone).date(), instant, zone)


class Remaining(NamedTuple):
    """Whole local days to the first and the last day of a window; negative once they are past.

    *seconds* remain to a known instant; None if it is unknown.
    """

    min: int
    max: int
    seconds: int | None = None


class Ahead(NamedTuple):
    """How many releases are ahead: by year and month of their latest day, and without a date.

    NO_MONTH has those without a latest day.
    """

    months: Mapping[tuple[int, int], int]
    undated: int

    @property
    def dated(self) -> int:
        """The number of those with a date."""
        return sum(self.months.values())


class Outlook(NamedTuple):
    """A release as it looks at one moment from one region."""

    release: Release
    state: State
    effective_date: EffectiveDate | None
    date: ReleaseDate | None  # the effective date, its day in the user's zone
    remaining: Remaining | None
    stage_ahead: ReleaseDate | None = None  # when its stage began, or was read, after the moment

    @property
    def stage(self) -> str | None:
        """The stage at the moment; None if it isn't known, since the catalogue has a later one."""
        return None if self._is_stage_ahead else self.release.stage

    @property
    def stage_since(self) -> ReleaseDate | None:
        """The date that the stage began; None if it isn't known, or lies ahead of the moment."""
        return None if self._is_stage_ahead else self.release.stage_since

    @property
    def _is_stage_ahead(self) -> bool:
        is_out_later = self.release.stage == "released" and self.state != "released"
        return is_out_later or self.stage_ahead is not None

    @property
    def stage_note(self) -> str | None:
        """The note on the stage; None if that lies ahead of the moment."""
        return self.release.stage_note if self.stage else None

    @property
    def dated(self) -> bool:
        """True if there is a date to count to or from; a shelved production has none."""
        return self.date is not None and not self.is_shelved

    @property
    def is_shelved(self) -> bool:
        """True if it is known at the moment that nobody works towards a date any more."""
        return self.stage in SHELVED

    @property
    def order(self) -> tuple[int, int, int, str]:
        """A sort key: dated ones by latest day, the narrower first; then others, by stage."""
        if self.date is None or not self.dated:
            return (1, -stage_rank(self.stage), 0, natural_key(self.release.title))
        # A month counts to its last day: promise late, arrive early.
        return (0, *self.date.order_days, natural_key(self.release.title))


def stage_rank(stage: str | None) -> int:
    """A number that is higher the nearer *stage* is to release; below 0 if unknown or shelved."""
    if stage is None or stage in SHELVED:
        return -2 - SHELVED.index(stage) if stage else -1
    return STAGES.index(stage)


def unchecked_since(outlook: Outlook, today: date) -> ReleaseDate | None:
    """The last check of a date that is due within half a year, if the check is older than that.

    None if the date isn't due, was checked lately, or has no day of a check.
    """
    if outlook.effective_date is None or outlook.remaining is None or not outlook.dated:
        return None
    checked = outlook.effective_date.dated.checked or outlook.release.checked
    is_due = outlook.state in UPCOMING_STATES and outlook.remaining.min <= HALF_A_YEAR
    if checked is None or not is_due:
        return None
    return checked if (today - checked.latest).days > HALF_A_YEAR else None


def remaining(when: ReleaseDate, *, now: Moment) -> Remaining:
    """The time from *now* until *when*."""
    local = localised(when, now.zone)
    seconds = None
    if when.instant is not None:
        seconds = int((when.instant - now.instant).total_seconds())
    return Remaining((local.earliest - now.today).days, (local.latest - now.today).days, seconds)


def outlook(
    release: Release, *, now: Moment, region: str | None = None, type: str | None = None
) -> Outlook:
    """The outlook of *release* at *now* from *region*. With *type*, only such dates count."""
    effective, ahead = effective_date(release, region=region, type=type), None
    if release.stage not in (None, "released"):
        ahead = _stage_ahead(release, now.today)
    if effective is None:
        return Outlook(release, _undated_state(release, ahead), None, None, None, ahead)
    dated = effective.dated
    left = remaining(dated.date, now=now)
    if release.stage in SHELVED and ahead is None:
        state = _undated_state(release, ahead)  # Whatever date it had, nobody works towards it.
    else:
        state = _dated_state(release, dated, left)
    return Outlook(release, state, effective, localised(dated.date, now.zone), left, ahead)


def _undated_state(release: Release, ahead: ReleaseDate | None) -> State:
    if release.stage in SHELVED and ahead is None:
        return "on-hold" if release.stage == "on-hold" else "cancelled"
    return "released" if release.stage == "released" else "undated"


def _dated_state(release: Release, dated: AnnouncedDate, left: Remaining) -> State:
    if left.min > 0 or (left.seconds is not None and left.seconds > 0):
        return "upcoming"
    if is_out_since(release, dated):
        return "released"
    if left.max >= 0 and left.seconds is None:
        return "open"
    return "released" if is_out_after(release, dated) else "overdue"


def latest_news(release: Release, until: date = date.max) -> ReleaseDate | None:
    """The date of the newest source or check of *release* up to *until*; None if there is none."""
    days = [source.date for source in release.sources if source.date]
    if release.checked:
        days.append(release.checked)
    return max(
        (day for day in days if day.earliest <= until), key=lambda day: day.latest, default=None
    )


def _stage_ahead(release: Release, today: date) -> ReleaseDate | None:
    """The date since which the stage is known, if that is after *today*.

    Until then the stage is unknown: the catalogue has only the latest. In a western time zone, the
    date on which a page was read can be tomorrow.
    """
    known = stage_known_since(release)
    return known if known and (known.earliest - today).days > 1 else None


def stage_known_since(release: Release) -> ReleaseDate | None:
    """The date that the stage of *release* began, else of the newest news; None without either."""
    return release.stage_since or latest_news(release)


def is_out_since(release: Release, dated: AnnouncedDate) -> bool:
    """True if *release* counts as out from the first day of *dated*, since its stage is `released`.

    That doesn't count if every source is older than that day.
    """
    day = dated.date.earliest
    days = [source.date for source in release.sources]
    has_recent_source = not days or any(on is None or on.latest >= day for on in days)
    return release.is_released and has_recent_source


def is_out_after(release: Release, dated: AnnouncedDate) -> bool:
    """True if *release* counts as out when the last day of *dated* is past.

    It does after an exact, confirmed day, unless a later check found an earlier stage.
    """
    if is_out_since(release, dated):
        return True
    date = dated.date
    if not date.exact or dated.unverified or release.stage in SHELVED:
        return False
    if release.stage in (None, "completed", "released"):
        return True
    checked = dated.checked or release.checked
    return checked is None or checked.earliest <= date.latest
