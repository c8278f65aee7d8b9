"""The effective date: the one of a release's dates that counts for a fan in one region. No I/O.

A premiere or a festival showing is not a release: it counts only if that type is asked for. Dates
of the fan's region and worldwide ones count before all others. In each of these two groups,
theatrical, streaming and television dates count before digital, physical and re-release ones, and
those before a limited run. Between equal types, the fan's region counts before the worldwide date.
If neither has a date, the home market's counts, then one whose place isn't stated, then the
earliest anywhere; these are shown with their place.
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from countdown.core.regions import UNSTATED
from countdown.core.release import AnnouncedDate, Release

HOME_MARKET: Final = "US"  # of a release whose country of production is not known
_TIERS: Final = {
    None: 0,
    "theatrical": 0,
    "streaming": 0,
    "tv": 0,
    "digital": 1,
    "physical": 1,
    "re-release": 1,
    "limited": 2,
}


class EffectiveDate(NamedTuple):
    """The date that counts; a *fallback* if it is neither worldwide nor of the fan's region."""

    dated: AnnouncedDate
    fallback: bool


def effective_date(
    release: Release, *, region: str | None = None, type: str | None = None
) -> EffectiveDate | None:
    """The date of *release* that counts in *region*; None if there is none.

    With *type*, only dates of that type count.
    """
    return choose_date(release.dates, region=region, type=type, home=home_market(release))


def home_market(release: Release) -> str:
    """The region whose date counts for fans who have none: the first country of production."""
    return release.country[0] if release.country else HOME_MARKET


def choose_date(
    dates: Sequence[AnnouncedDate],
    *,
    region: str | None = None,
    type: str | None = None,
    home: str = HOME_MARKET,
) -> EffectiveDate | None:
    """The date among *dates* that counts in *region*; None if there is none.

    With *type*, only dates of that type count. *home* is the home market of the release.
    """
    candidates = [d for d in dates if (d.type == type if type else d.type != "premiere")]
    if not candidates:
        return None
    near = [d for d in candidates if d.market is None or d.market == region]
    if len(candidates) == 1:
        return EffectiveDate(candidates[0], fallback=not near)
    return EffectiveDate(min(near or candidates, key=_rank(region, home)), fallback=not near)


def _rank(region: str | None, home: str) -> Callable[[AnnouncedDate], tuple[object, ...]]:
    def rank(dated: AnnouncedDate) -> tuple[object, ...]:
        tier = _TIERS.get(dated.type, 0)
        # Only the first key decides between dates of the fan's region and worldwide ones.
        market = dated.market
        place = (market != region, market != home, market != UNSTATED)
        return (tier, *place, dated.date.latest, dated.date.earliest, market or "")

    return rank
