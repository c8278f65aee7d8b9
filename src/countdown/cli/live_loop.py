"""Keeps a live countdown up to date: asks the clock, draws what changed, sleeps until the next."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, NamedTuple, Protocol

from countdown.core.local_time import utc_of
from countdown.core.outlook import Moment, Outlook, outlook
from countdown.core.release import Release
from countdown.views import live

_MAX_SLEEP: Final = timedelta(seconds=30)  # The clock can be set, and sleep of a laptop is unseen.
_SECOND: Final = timedelta(seconds=1)


class Screen(Protocol):
    """A terminal at which the loop waits."""

    def wait(self, seconds: float) -> bool:
        """Wait so long, or until something happens; False if the user quits."""


class LiveCountdown(NamedTuple):
    """The releases to count down to, and what to do as time passes.

    *draw* is called after each wait, and *run* once for each release that comes out meanwhile.
    """

    releases: Sequence[Release]
    region: str | None
    clock: Callable[[], Moment]
    draw: Callable[[Sequence[Outlook], Moment], None]
    run: Callable[[Outlook], None]
    quits: bool  # when all are out


def keep_up(countdown: LiveCountdown, screen: Screen) -> None:
    """Count down on *screen* until the user quits, or all is out and that is the end."""
    ahead: set[str] | None = None  # ids of those that weren't out last time
    while True:
        now = _to_the_second(countdown.clock())
        outlooks = [
            outlook(release, now=now, region=countdown.region) for release in countdown.releases
        ]
        countdown.draw(outlooks, now)
        for one in outlooks:
            if ahead is not None and one.release.id in ahead and live.is_out(one):
                countdown.run(one)
        ahead = {one.release.id for one in outlooks if not live.is_out(one)}
        if countdown.quits and not ahead:
            return
        wake = next_change(outlooks, now)
        if not screen.wait((wake - countdown.clock().instant) / _SECOND):
            return


def next_change(outlooks: Sequence[Outlook], now: Moment) -> datetime:
    """The moment of the next change on the screen after *now*: the next second or midnight.

    At most half a minute away, since clocks can be set.
    """
    if any(map(live.is_ticking, outlooks)):
        return now.instant + _SECOND
    changes = [now.instant + _MAX_SLEEP]
    if now.today < datetime.max.date():
        changes.append(utc_of(datetime.combine(now.today + timedelta(days=1), time()), now.zone))
    for one in outlooks:
        when = one.effective_date.dated.date.instant if one.effective_date else None
        if when is not None:
            changes += [when, when - timedelta(seconds=live.TICKING_S - 1)]
    return min(change for change in changes if change > now.instant)


def _to_the_second(now: Moment) -> Moment:
    """The start of the second *now*: what is left until an instant is rounded up, not down."""
    return Moment.at(now.instant.astimezone(UTC).replace(microsecond=0), now.zone)
