"""English words for dates and for the time until them, short enough for a table cell. No I/O.

The time itself is worded in `time_phrases`, which prompts share, and windows in `date_labels`.
"""

from datetime import date
from typing import Final

from countdown.core import date_labels, day_style, time_phrases
from countdown.core.dates import ReleaseDate, start_of
from countdown.core.outlook import Outlook, Remaining
from countdown.core.regions import UNSTATED

_WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_DAYS_A_WEEK: Final = 7
_DAYS_A_MONTH: Final = 365.2425 / 12


def format_date(when: ReleaseDate, style: str = day_style.DEFAULT) -> str:
    """*when* in words: `8 Jul 2022`, `Q4 2027`, `summer 2027 (Jun–Aug)`.

    *style* is one of day_style.STYLES, for days, months and windows between days, or a language.
    """
    return _qualified(date_labels.short_label(when, style), when.qualifier, style)


def long_date(when: ReleaseDate, style: str = day_style.DEFAULT) -> str:
    """*when* in full: `Friday, 8 July 2022`, `4th quarter 2027`, `early June 2027`."""
    return _qualified(date_labels.long_label(when, style), when.qualifier, style)


def _qualified(text: str, qualifier: str, style: str = day_style.DEFAULT) -> str:
    """*text* with words for EDTF's `?` (uncertain), `~` (approximate) or `%` (both).

    In other languages than English, the sign is kept.
    """
    about = "~" if style in day_style.LANGUAGES else "about "
    about = about if qualifier in ("~", "%") else ""
    return f"{about}{text}{'?' if qualifier in ('?', '%') else ''}"


def place(market: str) -> str:
    """The place of a date, behind it: the code of a region, or `(place not stated)`."""
    return "(place not stated)" if market == UNSTATED else market


def stage_name(stage: str | None) -> str:
    """`on hold`, `pre-production`: *stage*, or a state, as words; empty without one."""
    return (stage or "").replace("on-hold", "on hold")


def day_label(on: date, style: str = day_style.DEFAULT) -> str:
    """`8 Jul 2022`, or that day in another *style*."""
    return day_style.format_day(on, style)


def day_of_month(on: date, style: str = day_style.DEFAULT) -> str:
    """`Fri 18`, below the heading of its month; days of one digit stand below the last of two."""
    if style in day_style.LANGUAGES:
        from countdown.core import local_dates

        return local_dates.day_of_month(on, style)
    return f"{_WEEKDAYS[on.weekday()]} {on.day:>2}"


def month_heading(year: int, month: int, today: date, style: str = day_style.DEFAULT) -> str:
    """`December`, or `January 2027` in another year than *today*'s."""
    return day_style.long_month(date(year, month, 1), style, year=year != today.year)


def titles(count: int) -> str:
    """`1 title`, `1,234 titles`."""
    return "1 title" if count == 1 else f"{count:,} titles"


def releases(count: int) -> str:
    """`1 release`, `1,234 releases`."""
    return "1 release" if count == 1 else f"{count:,} releases"


def days(count: int) -> str:
    """`1 day`, `26 days`."""
    return time_phrases.count(count, "day")


def is_doubtful(outlook: Outlook) -> bool:
    """True if the effective date is not confirmed: by its announcement, or in the catalogue."""
    return outlook.effective_date is not None and outlook.effective_date.dated.is_doubtful


def old_check(checked: ReleaseDate, style: str = day_style.DEFAULT) -> str:
    """`not checked since Feb 2026`."""
    return f"not checked since {day_style.format_month(checked.latest, style)}"


def time_left(
    outlook: Outlook,
    style: str = day_style.DEFAULT,
    *,
    exact: bool = False,
    years_ago: bool = False,
    has_sign_beside: bool = False,
) -> str:
    """The time until a release, or its outcome: a phrase without a full stop.

    It mentions doubt, unless the date *has_sign_beside* it. *exact* counts in days, but with
    *years_ago* what is long past in years.
    """
    when, left = outlook.date, outlook.remaining
    if outlook.state in ("on-hold", "cancelled"):
        return stage_name(outlook.state)
    if when is None or left is None:
        return "out" if outlook.state == "released" else "no date announced"
    if outlook.state == "released":
        return _out(when, left, exact=exact, years_ago=years_ago)
    if outlook.state == "overdue":
        return _overdue(when, left, style, exact=exact, years_ago=years_ago)
    doubt = ", not confirmed" if is_doubtful(outlook) and not has_sign_beside else ""
    return _future(when, left, style, exact=exact) + doubt


def short_time_left(
    outlook: Outlook, style: str = day_style.DEFAULT, *, exact: bool = False
) -> str:
    """The time until a release, for a narrow column beside its date; see `time_left`.

    A date long past has its year, `out 2011`: beside `in 22 days`, `in 2011` would seem ahead. A
    window has its last day, `by 31 Dec`. It doesn't mention doubt, since the date has its sign.
    """
    when, left = outlook.date, outlook.remaining
    if when is None or left is None or outlook.state in ("on-hold", "cancelled"):
        return time_left(outlook, style, exact=exact)
    if outlook.state == "released" and not when.exact:
        return "out"
    if outlook.state in ("released", "overdue"):
        since = _since(when, left, exact=exact).removeprefix("in ")
        if outlook.state == "overdue":
            return f"due {since}"
        # A year alone could be one ahead, and so could today.
        return since if since.endswith(("ago", "yesterday")) else f"out {since}"
    if when.precision in ("day", "instant"):
        return _future(when, left, style, exact=exact)
    if when.is_open:
        return _from_then_on(when, left, exact=exact)
    if left.max == 0:
        return "today at latest"
    if exact:
        return _qualified_span(when, left, "–") if left.min > 0 else f"within {days(left.max)}"
    return f"by {_last_day(when, left, style)}"


def time_until(
    when: ReleaseDate,
    left: Remaining,
    style: str = day_style.DEFAULT,
    *,
    exact: bool = False,
    years_ago: bool = False,
) -> str:
    """The time until one date among several, whatever the state of the release."""
    if when.is_open:
        return _from_then_on(when, left, exact=exact)
    if left.max < 0 or (left.seconds is not None and left.seconds <= 0):
        since = _since(when, left, exact=exact, years_ago=years_ago)
        return f"out {since}" if when.exact else f"passed {since}"
    return _future(when, left, style, exact=exact)


def _today(when: ReleaseDate, left: Remaining) -> date:
    return date.fromordinal(when.latest.toordinal() - left.max)


def _since(when: ReleaseDate, left: Remaining, *, exact: bool, years_ago: bool = False) -> str:
    """The time since the last day of *when*: `5 days ago`, `over 15 years ago`."""
    if exact and years_ago and time_phrases.is_long(when.latest, _today(when, left)):
        return f"{time_phrases.span(when.latest, _today(when, left))} ago"
    if exact:
        return time_phrases.since_days(-left.max)
    return time_phrases.since(when.latest, _today(when, left))


def _out(when: ReleaseDate, left: Remaining, *, exact: bool, years_ago: bool) -> str:
    """`out 5 days ago`; the day of a window is not known."""
    if not when.exact:
        return "out"
    return f"out {_since(when, left, exact=exact, years_ago=years_ago)}"


def _overdue(
    when: ReleaseDate, left: Remaining, style: str, *, exact: bool, years_ago: bool
) -> str:
    """`due out by 31 Dec 2027, not confirmed`."""
    by = "" if when.precision in ("day", "instant") else "by "
    late = f", {_since(when, left, exact=True, years_ago=years_ago)}" if exact else ""
    return f"due out {by}{day_style.format_day(when.latest, style)}{late}, not confirmed"


def _future(when: ReleaseDate, left: Remaining, style: str, *, exact: bool) -> str:
    about = "about " if when.qualifier in ("~", "%") else ""
    if when.precision in ("day", "instant"):
        clock = ""
        if left.seconds is not None:
            clock = time_phrases.until_instant(left.seconds, is_today=left.max == 0)
        if clock:
            return clock
        if exact:
            phrase = time_phrases.until_days(left.max)
        else:
            phrase = time_phrases.until(when.latest, _today(when, left))
        return f"in {about}{phrase[3:]}" if phrase.startswith("in ") else f"{about}{phrase}"
    if when.is_open:
        least = _from_then_on(when, left, exact=exact)
        if exact or left.min <= 0:
            return least
        name = date_labels.short_label(start_of(when), style)
        return f"not before {about}{name} · {least.removeprefix('in ')}"
    if left.min <= 0:
        if left.max == 0:
            return "today at the latest"
        most = f", at most {days(left.max)}" if exact else ""
        return f"any day until {_last_day(when, left, style)}{most}"
    if exact:
        return _qualified_span(when, left, " to ")
    if when.precision in ("year", "decade"):
        is_named = when.precision == "decade" and style not in day_style.LANGUAGES
        name = f"{'the ' if is_named else ''}{date_labels.short_label(when, style)}"
        return f"sometime {'around' if about else 'in'} {name}"
    name = date_labels.short_label(when, style)
    if when.precision == "month" and style != day_style.ISO:
        name = day_style.long_month(when.earliest, style, year=True)
    return f"{about}{name} · {time_phrases.span(_today(when, left), when.latest)}"


def _from_then_on(when: ReleaseDate, left: Remaining, *, exact: bool) -> str:
    """`in 5 weeks or more`: the time until an open window, which has no last day."""
    if left.min <= 0:
        return "any day now"
    if exact:
        return f"in {days(left.min)} or more"
    return f"in {time_phrases.span(_today(when, left), when.earliest)} or more"


def _qualified_span(when: ReleaseDate, left: Remaining, dash: str) -> str:
    """`in 150–180 days`, `in about 150–180 days`."""
    about = "about " if when.qualifier in ("~", "%") else ""
    return f"in {about}{left.min}{dash}{days(left.max)}"


def _last_day(when: ReleaseDate, left: Remaining, style: str) -> str:
    """The last day of a window: `31 Dec`, or in another year `31 Dec 2027`.

    For an approximate window, its last month: `about Dec 2027`.
    """
    if when.qualifier in ("~", "%"):
        return f"about {day_style.format_month(when.latest, style)}"
    is_this_year = when.latest.year == _today(when, left).year
    return day_style.format_day(when.latest, style, has_year=not is_this_year)


def calendar_span(start: date, end: date) -> str:
    """The time from *start* to a later *end* in calendar units: `3 months 12 days`."""
    from dateutil.relativedelta import relativedelta  # Deferred: 10 ms, and few answers need it.

    gap = relativedelta(end, start)
    parts = [("year", gap.years), ("month", gap.months), ("day", gap.days)]
    words = [time_phrases.count(n, unit) for unit, n in parts if n]
    return " ".join(words) or "0 days"


def size(start: date, end: date, *, exact: bool = False) -> str:
    """The time between two days, whichever is first: `3 weeks`; *exact* counts in days.

    Weeks and months are rounded, so that moves add up; those of a countdown never are.
    """
    start, end = min(start, end), max(start, end)
    count = (end - start).days
    if exact:
        return days(count)
    number, _, unit = time_phrases.span(start, end).partition(" ")
    length = {"week": _DAYS_A_WEEK, "month": _DAYS_A_MONTH}.get(unit.rstrip("s"))
    return (
        time_phrases.count(round(count / length), unit.rstrip("s"))
        if length
        else (f"{number} {unit}")
    )


def age(
    then: ReleaseDate, *, today: date, style: str = day_style.DEFAULT, exact: bool = False
) -> str:
    """The least time since *then*: `today`, `12 days ago`, `8 months ago`; *exact* counts in days.

    A window that isn't over, or a day after *today*, is only written out.
    """
    passed = (today - then.latest).days
    if passed < 0 or (passed == 0 and then.precision not in ("day", "instant")):
        return format_date(then, style)
    return time_phrases.since_days(passed) if exact else time_phrases.since(then.latest, today)
