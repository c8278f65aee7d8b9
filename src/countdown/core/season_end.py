"""The day on which the last episode of a season is out, so that it can be watched in one go."""

from typing import Final

from countdown.core.effective_date import EffectiveDate, effective_date
from countdown.core.outlook import Moment, Outlook, outlook
from countdown.core.release import SHELVED, AnnouncedDate, Release

AT_ONCE: Final = "all at once"  # the cadence of episodes that come out together


def season_end(release: Release, *, region: str | None = None) -> EffectiveDate | None:
    """The date on which all of *release* is out; None if that is unknown.

    If its episodes come out together, that is the date that counts in *region*.
    """
    return end_of_dated(release, effective_date(release, region=region))


def end_of_dated(release: Release, effective: EffectiveDate | None) -> EffectiveDate | None:
    """The `season_end` of *release*, whose *effective* date is known already."""
    if release.complete:
        dated = AnnouncedDate(release.complete, unverified="complete" in release.unverified)
        return EffectiveDate(dated, fallback=False)
    return effective if release.cadence == AT_ONCE else None


def season_end_outlook(
    release: Release, *, now: Moment, region: str | None = None
) -> Outlook | None:
    """The outlook of *release* with the end of its season as its date; None if that is unknown.

    It is `released` once all of it is out, whatever its stage says of its first episode.
    """
    end = season_end(release, region=region)
    if end is None:
        return None
    if not release.complete:
        return outlook(release, now=now, region=region)
    stage = release.stage if release.stage in SHELVED else None
    return outlook(release._replace(dates=(end.dated,), stage=stage), now=now)
