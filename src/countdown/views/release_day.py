"""The day of a release in words: the time until then, the date, and other regions' days."""

from datetime import date
from typing import Final

from countdown.core import day_style, time_phrases, wording
from countdown.core.dates import localised
from countdown.core.local_time import local_time_of
from countdown.core.outlook import Outlook
from countdown.core.regions import UNSTATED, region_name
from countdown.core.text import capitalized
from countdown.core.width import unbroken
from countdown.views import cells
from countdown.views.view import Cell, ViewContext, urgency

_MAX_REGIONS: Final = 4  # named because they have another day
_MAX_WEEKS: Final = 10  # above which months are counted
_TWO_DAYS_S: Final = 48 * 3600


def is_counted(outlook: Outlook) -> bool:
    """True if the days left can be drawn; a window or an approximate day is put in words."""
    left, when = outlook.remaining, outlook.date
    if when is None or left is None or not outlook.dated:
        return False
    return left.min == left.max >= 0 and when.qualifier not in ("~", "%")


def number_and_unit(outlook: Outlook, context: ViewContext) -> tuple[str, list[Cell]]:
    """The text to draw, `22` or `TODAY`, and the words beside it; for a window only words."""
    left = outlook.remaining
    if left is None or not is_counted(outlook):
        return "", [time_left(outlook, context)]
    if left.max == 0:
        clock = time_phrases.until_instant(left.seconds, is_today=False) if left.seconds else ""
        return "TODAY", [Cell(clock, "title")]
    if left.seconds is not None and left.seconds < _TWO_DAYS_S:
        hours, minutes = divmod(max(left.seconds // 60, 1), 60)
        if hours > 0:
            rest = f"and {time_phrases.count(minutes, 'minute')}" if minutes else ""
            return str(hours), [_unit(hours, "hour"), Cell(rest, "muted")]
        return str(minutes), [_unit(minutes, "minute")]
    return str(left.max), [_unit(left.max, "day"), Cell(_weeks(outlook, context), "muted")]


def _unit(number: int, name: str) -> Cell:
    return Cell(name if number == 1 else f"{name}s", "title")


def _weeks(outlook: Outlook, context: ViewContext) -> str:
    """`3 weeks 1 day · 4 Fridays to go`; within a week only `tomorrow`, if that."""
    left = outlook.remaining.max if outlook.remaining else 0
    if outlook.date is None or left < 7:
        return "tomorrow" if left == 1 else ""
    weeks, days = divmod(left, 7)
    if weeks > _MAX_WEEKS:
        span = wording.calendar_span(context.now.today, outlook.date.latest)
    else:
        span = time_phrases.count(weeks, "week") + (f" {wording.days(days)}" if days else "")
    same = weeks + (days > 0)
    # In English, like the words beside it; the date has it in the user's language.
    name = day_style.weekday(outlook.date.latest)
    return f"{span} · {time_phrases.count(same, name)} to go"


def time_left(outlook: Outlook, context: ViewContext) -> Cell:
    """`In 22 days`, `Any day now`, `Out over 15 years ago`.

    It is empty for a window ahead, whose ends tell it. The date beside it has the sign of doubt.
    """
    left = outlook.remaining
    is_window = outlook.dated and left is not None and left.min < left.max
    if is_window and outlook.state == "upcoming":
        return Cell("")
    text = wording.time_left(
        outlook,
        context.date_style,
        exact=True,
        years_ago=not context.exact_days,
        has_sign_beside=True,
    )
    if is_window and outlook.state == "open" and left and left.max > 0:
        text = "any day now"
    return Cell(capitalized(text), "title")


def facts(outlook: Outlook, context: ViewContext) -> list[Cell]:
    """Cells with the date, or both ends of a window, and where it comes out."""
    said = [*places(outlook, context), cells.old_check(outlook, context)]
    return [*date_facts(outlook, context), Cell(" · ".join(filter(None, said)), "muted")]


def date_facts(outlook: Outlook, context: ViewContext) -> list[Cell]:
    """Cells with the date, and with both ends of a window."""
    when, left, style = outlook.date, outlook.remaining, context.date_style
    if when is None or left is None or outlook.effective_date is None:
        return []
    text = cells.signed_row(wording.long_date(when, style), outlook.effective_date.dated)
    if has_time(outlook):
        text += f", {clock(outlook, context)}"
    if is_given_up(outlook):  # Otherwise it would read as the day on which it was cancelled.
        return [Cell(f"was {text}", urgency(outlook))]
    facts = [Cell(text, urgency(outlook))]
    if left.min == left.max:
        return facts
    if left.min > 0:
        facts.append(_end("earliest", when.earliest, left.min, style))
    if left.max > 0 and not when.is_open:
        facts.append(_end("latest", when.latest, left.max, style))
    return facts


def is_given_up(outlook: Outlook) -> bool:
    """True if nobody waits for the date any more: the release is cancelled or on hold."""
    return outlook.is_shelved


def _end(word: str, day: date, left: int, style: str) -> Cell:
    """`at the latest Sunday, 30 April 2028, in 521 days`: one end of a window."""
    days = time_phrases.until_days(left)
    return Cell(f"at the {word} {unbroken(day_style.long_day(day, style))}, {days}", "muted")


def places(outlook: Outlook, context: ViewContext, *, elsewhere: bool = True) -> list[str]:
    """`in theaters`, `date for United States`, `Brazil one day earlier`: those that apply.

    Without *elsewhere*, the days of other regions are left out.
    """
    effective = outlook.effective_date
    market = (
        f"date for {_market(effective.dated.market)}" if effective and effective.fallback else ""
    )
    parts = (cells.where(outlook), market, _elsewhere(outlook, context) if elsewhere else "")
    return [part for part in parts if part]


def _market(market: str | None) -> str:
    return region_name(market) if market and market != UNSTATED else "a place not stated"


def _elsewhere(outlook: Outlook, context: ViewContext) -> str:
    """`Brazil one day earlier`: differing days of other regions, if the user's region is known."""
    effective = outlook.effective_date
    if context.region is None or effective is None or outlook.date is None:
        return ""
    by_days: dict[int, list[str]] = {}
    for other in outlook.release.dates:
        local = localised(other.date, context.now.zone)
        days = (local.latest - outlook.date.latest).days
        is_same_kind = other.type == effective.dated.type and other.market != UNSTATED
        if is_same_kind and days and local.exact and outlook.date.exact:
            name = region_name(other.region) if other.region else "elsewhere"
            by_days.setdefault(days, []).append(name)
    parts, room = [], _MAX_REGIONS
    for days, names in sorted(by_days.items()):
        if room > 0:
            size = "one day" if abs(days) == 1 else wording.days(abs(days))
            direction = "earlier" if days < 0 else "later"
            parts.append(f"{', '.join(names[:room])} {size} {direction}")
        room -= len(names)
    return " · ".join([*parts, *([f"and {-room} more"] if room < 0 else [])])


def clock(outlook: Outlook, context: ViewContext) -> str:
    """`21:00`, in the user's time zone."""
    dated = outlook.effective_date.dated.date if outlook.effective_date else None
    if dated is None or dated.instant is None:
        return ""
    return f"{local_time_of(dated.instant, context.now.zone):%H:%M}"


def has_time(outlook: Outlook) -> bool:
    """True if the time of day is known."""
    return outlook.date is not None and outlook.date.precision == "instant"


def calendar_time(outlook: Outlook, context: ViewContext) -> str:
    """The time to or since a known day in months and days; empty up to 31 days."""
    when, today = outlook.date, context.now.today
    if when is None or not outlook.dated or when.earliest != when.latest:
        return ""
    if abs((when.latest - today).days) <= 31:
        return ""
    return wording.calendar_span(min(when.latest, today), max(when.latest, today))
