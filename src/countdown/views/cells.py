"""Cells and texts that several views share: date, time left, platforms, people, doubt."""

from collections.abc import Callable

from countdown.core import day_style, wording
from countdown.core.outlook import Outlook
from countdown.core.regions import place_mark
from countdown.core.release import SHELVED, Release
from countdown.views.view import UNVERIFIED, Cell, urgency

PLAIN_TYPES = (None, "theatrical", "streaming", "tv")


def doubt_mark(release: Release, *keys: str) -> str:
    """The mark of doubt if any of *keys* is unverified, else an empty text."""
    return UNVERIFIED if any(key in release.unverified for key in keys) else ""


def date_cell(outlook: Outlook, style: str = day_style.DEFAULT) -> Cell:
    """The effective date in *style* in a table, with a mark of its place if not the user's."""
    return _date_cell(outlook, style, place_mark)


def date_text(outlook: Outlook, style: str = day_style.DEFAULT, *, long: bool = False) -> str:
    """The effective date in a sentence, with its place in words if not the user's.

    With *long*, it is in full.
    """
    return _date_cell(outlook, style, wording.place, long=long).text


def _date_cell(
    outlook: Outlook, style: str, place: Callable[[str], str], *, long: bool = False
) -> Cell:
    """The effective date, with its type if unusual; *place* words that of another market."""
    if outlook.date is None or outlook.effective_date is None:
        return Cell("no date yet" if outlook.state != "released" else "", "undated")
    in_words = wording.long_date if long else wording.format_date
    text = in_words(outlook.date, style) + doubt_mark(outlook.release, "date", "dates")
    if outlook.effective_date.fallback:
        text += f" {place(outlook.effective_date.dated.market or '')}"
    if outlook.effective_date.dated.type not in PLAIN_TYPES:
        text += f" {outlook.effective_date.dated.type}"
    return Cell(text)


def time_left_cell(outlook: Outlook) -> Cell:
    """The time left, or the stage if there is no date to count to."""
    if outlook.dated or outlook.state == "released":
        return Cell(wording.short_time_left(outlook), urgency(outlook))
    return Cell(stage_text(outlook), "undated")


def stage_text(outlook: Outlook) -> str:
    """The stage, with the mark of doubt: `filming`, `on hold*`."""
    if outlook.stage is None:
        return "stage unknown"
    return outlook.stage.replace("on-hold", "on hold") + doubt_mark(outlook.release, "stage")


def stage_since(release: Release, style: str = day_style.DEFAULT) -> str:
    """The date that the stage began: `since Mar 2026`; empty if unknown."""
    return f"since {wording.format_date(release.stage_since, style)}" if release.stage_since else ""


def platforms(release: Release) -> str:
    """The platforms, else the distributors."""
    if release.platform:
        return ", ".join(release.platform) + doubt_mark(release, "platform")
    return ", ".join(release.distributor) + doubt_mark(release, "distributor")


def people(release: Release) -> str:
    """The first two of the cast, else of the directors, creators or writers."""
    if release.cast:
        names = ", ".join(credit.name for credit in release.cast[:2])
        return names + doubt_mark(release, "cast")
    makers = release.director or release.creator or release.writer
    return ", ".join(makers[:2])


def host(url: str | None) -> str:
    """The host of *url* without www; empty if there is none."""
    return (url or "").partition("://")[2].partition("/")[0].removeprefix("www.")


def shelved_date(outlook: Outlook, style: str = day_style.DEFAULT) -> str:
    """`was 8 Jul 2022`: the former date of a shelved production; empty if there is none."""
    if outlook.date is None or outlook.release.stage not in SHELVED:
        return ""
    return f"was {wording.format_date(outlook.date, style)}"
