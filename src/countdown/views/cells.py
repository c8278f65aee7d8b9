"""The cells that several views share: when, what is left, where, who, and the mark of doubt."""

from countdown.core import day_style, wording
from countdown.core.outlook import Outlook
from countdown.core.release import SHELVED, Release
from countdown.views.view import UNVERIFIED, Cell, urgency

_PLAIN_TYPES = (None, "theatrical", "streaming", "tv")


def doubtful(release: Release, *keys: str) -> str:
    """The mark of doubt if any of *keys* was remembered or inferred, else nothing."""
    return UNVERIFIED if any(key in release.unverified for key in keys) else ""


def when(seen: Outlook, style: str = day_style.DEFAULT) -> Cell:
    """The counting date in *style*, with its region if not the user's, its type if unusual."""
    if seen.date is None or seen.effective_date is None:
        return Cell("no date yet" if seen.state != "released" else "", "undated")
    text = wording.format_date(seen.date, style) + doubtful(seen.release, "date", "dates")
    if seen.effective_date.fallback:
        text += f" {seen.effective_date.dated.region}"
    if seen.effective_date.dated.type not in _PLAIN_TYPES:
        text += f" {seen.effective_date.dated.type}"
    return Cell(text)


def left(seen: Outlook) -> Cell:
    """What is left, or the stage where there is nothing to count."""
    if seen.dated or seen.state == "released":
        return Cell(wording.short_time_left(seen), urgency(seen))
    return Cell(stage(seen), "undated")


def stage(seen: Outlook) -> str:
    """The stage, with the mark of doubt: `filming`, `on hold*`."""
    if seen.stage is None:
        return "stage unknown"
    return seen.stage.replace("on-hold", "on hold") + doubtful(seen.release, "stage")


def since(release: Release, style: str = day_style.DEFAULT) -> str:
    """Since when it is at that stage: `since Mar 2026`, or nothing."""
    return f"since {wording.format_date(release.stage_since, style)}" if release.stage_since else ""


def where(release: Release) -> str:
    """Where it is seen: its platform, else who releases it."""
    if release.platform:
        return ", ".join(release.platform) + doubtful(release, "platform")
    return ", ".join(release.distributor) + doubtful(release, "distributor")


def who(release: Release) -> str:
    """The first of the cast, else who makes it."""
    if release.cast:
        names = ", ".join(credit.name for credit in release.cast[:2])
        return names + doubtful(release, "cast")
    makers = release.director or release.creator or release.writer
    return ", ".join(makers[:2])


def host(url: str | None) -> str:
    """The host of an address, as people name it; of none, nothing."""
    return (url or "").partition("://")[2].partition("/")[0].removeprefix("www.")


def shelved_date(seen: Outlook, style: str = day_style.DEFAULT) -> str:
    """The date that a shelved production had been announced for, if it had one."""
    if seen.date is None or seen.release.stage not in SHELVED:
        return ""
    return f"was {wording.format_date(seen.date, style)}"
