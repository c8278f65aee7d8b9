"""What a card says about a release, in words that stay true when it is looked at days later.

So the date comes first, a window stays a window, and a number of days says of which day it is.
"""

from collections.abc import Iterable
from typing import Final, Literal, NamedTuple

from countdown.core import date_labels, day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.effective_date import EffectiveDate
from countdown.core.outlook import Moment, Outlook, Remaining
from countdown.core.regions import UNSTATED
from countdown.core.release import Move, Release
from countdown.core.text import capitalized
from countdown.exports.card_widths import clean

Mood = Literal["day", "window", "undated", "held", "cancelled", "overdue", "released"]
NOT_CONFIRMED: Final = "not confirmed"
_MAX_CAST: Final = 4
_FORMS: Final = {
    "theatrical": "In theaters",
    "streaming": "Streaming",
    "tv": "On TV",
    "digital": "Digital",
    "physical": "On disc",
    "re-release": "Back in theaters",
    "limited": "In some theaters",
    "premiere": "Premiere",
}


class Words(NamedTuple):
    """The texts of a card: a *headline* in large letters, with *notes* beside it, and the rest."""

    mood: Mood
    labels: str  # above the title: `Film · MCU`
    title: str
    headline: str
    notes: tuple[str, ...]  # the place of the date, and doubt
    left: str
    where: str
    people: str
    checked: str


def words(outlook: Outlook, now: Moment, *, region: str | None, style: str) -> Words:
    """The words on *outlook* at *now*, for somebody in *region*; days are written in *style*."""
    release = outlook.release
    mood, headline, notes, left = _date_words(outlook, now, region, style)
    as_of = f"as of {day_style.format_day(now.today, style)}"
    return Words(
        mood,
        clean(_joined((capitalized(release.kind), *release.franchise[:1]))),
        clean(release.name),
        clean(headline),
        tuple(map(clean, filter(None, notes))),
        clean(capitalized(", ".join(filter(None, (left, as_of))))),
        clean(_where(outlook, style)),
        clean(_people(release)),
        clean(_checked(outlook, now, style)),
    )


def _joined(parts: Iterable[str]) -> str:
    return " · ".join(filter(None, parts))


_DateWords = tuple[Mood, str, tuple[str, ...], str]


def _date_words(outlook: Outlook, now: Moment, region: str | None, style: str) -> _DateWords:
    """The mood, headline, notes and second line."""
    when, effective, remaining = outlook.date, outlook.effective_date, outlook.remaining
    if outlook.is_shelved:
        return _shelved(outlook, style)
    if when is None or effective is None or remaining is None:
        if outlook.state == "released":
            return "released", "Out", (_stage_doubt(outlook),), ""
        stage = outlook.stage if outlook.stage != "released" else None
        headline = _joined(("No date yet", stage or ""))
        return "undated", headline, (_stage_doubt(outlook),), _undated(outlook, now, style)
    is_nowhere = outlook.state == "released" and effective.dated.market == UNSTATED
    place = "" if is_nowhere else _place(effective, region)
    notes = (place, NOT_CONFIRMED if wording.is_doubtful(outlook) else "")
    headline = _long(when, style)
    if outlook.state == "released":
        if when.exact:
            return "released", f"Out since {headline}", notes, ""
        return "released", "Out", notes, f"Announced for {wording.format_date(when, style)}"
    if outlook.state == "overdue":
        passed = "This day" if _is_day(when) else "This time"
        return "overdue", headline, notes, f"{passed} has passed; not confirmed as out"
    return "day" if _is_day(when) else "window", headline, notes, _left(when, remaining, style)


def _shelved(outlook: Outlook, style: str) -> _DateWords:
    since = outlook.stage_since
    parts = (
        f"since {wording.format_date(since, style)}" if since else "",
        f"its date was {wording.format_date(outlook.date, style)}" if outlook.date else "",
    )
    mood: Mood = "held" if outlook.stage == "on-hold" else "cancelled"
    headline = "On hold" if mood == "held" else "Cancelled"
    return mood, headline, (_stage_doubt(outlook),), capitalized(", ".join(filter(None, parts)))


def _is_day(when: ReleaseDate) -> bool:
    return when.precision in ("day", "instant")


def _long(when: ReleaseDate, style: str) -> str:
    """`18 December 2026`, `Q4 2027`, `about June 2027`; never with a sign of doubt."""
    about = "about " if when.qualifier in ("~", "%") else ""
    if _is_day(when):
        text = _long_day(when, style)
    elif when.precision == "quarter" or style in day_style.LANGUAGES:
        text = date_labels.short_label(when, style)
    else:
        text = date_labels.long_label(when, style)
    return capitalized(f"{about}{text}")


def _long_day(when: ReleaseDate, style: str) -> str:
    on = when.latest
    if style == day_style.AMERICAN:
        return f"{day_style.long_month(on)} {on.day}, {on.year}"
    if style == day_style.DEFAULT:
        return f"{on.day} {day_style.long_month(on)} {on.year}"
    return day_style.format_day(on, style)


def _place(effective: EffectiveDate, region: str | None) -> str:
    """`US`, `worldwide`; and that the user's *region* has no date, if so."""
    market = effective.dated.market
    if market is None:
        return "worldwide"
    place = wording.place(market).strip("()")
    is_other = effective.fallback and region and market != UNSTATED
    return f"{place}, no date for {region}" if is_other else place


def _left(when: ReleaseDate, left: Remaining, style: str) -> str:
    """`21 days to go`; for a window, the least and the most, or its last day."""
    about = "about " if when.qualifier in ("~", "%") else ""
    if left.max == 0:
        return capitalized(f"{about}today" if _is_day(when) else "today at the latest")
    if when.is_open:
        return f"{wording.days(left.min)} or more to go" if left.min > 0 else "Any day now"
    if _is_day(when):
        return capitalized(f"{about}{wording.days(left.max)} to go")
    if left.min > 0:
        return capitalized(f"{about}{left.min} to {wording.days(left.max)} to go")
    write = day_style.format_month if about else day_style.format_day
    return f"Any day until {about}{write(when.latest, style)}"


def _stage_doubt(outlook: Outlook) -> str:
    is_doubtful = outlook.stage is not None and "stage" in outlook.release.unverified
    return NOT_CONFIRMED if is_doubtful else ""


def _undated(outlook: Outlook, now: Moment, style: str) -> str:
    """`Expected 2028`, `The date 6 Nov 2026 was withdrawn`, `Filming since Jan 2026`."""
    release = outlook.release
    last = _last_move(release, now)
    if last is not None and last.after is None and last.before is not None:
        return f"The date {wording.format_date(last.before, style)} was withdrawn"
    if release.expected is not None:
        is_marked = "expected" in release.unverified and not release.expected.qualifier
        return f"Expected {wording.format_date(release.expected, style)}{'?' * is_marked}"
    if outlook.stage_since is not None and outlook.stage not in (None, "released"):
        return capitalized(
            f"{outlook.stage} since {wording.format_date(outlook.stage_since, style)}"
        )
    return ""


def _last_move(release: Release, now: Moment) -> Move | None:
    """The last change of the date that had been announced by *now*."""
    known = [
        each
        for each in release.moves
        if each.announced is None or each.announced.earliest <= now.today
    ]
    return known[-1] if known else None


def _where(outlook: Outlook, style: str) -> str:
    """`In theaters · Walt Disney Studios`, `On Netflix`.

    What is out may be in theaters no more, so only names are said of it.
    """
    release, effective = outlook.release, outlook.effective_date
    type = effective.dated.type if effective and not outlook.is_shelved else None
    names = ", ".join(release.platform)
    moment = outlook.date.instant if outlook.date and not outlook.is_shelved else None
    time = f"{moment:%H:%M} UTC on {day_style.format_day(moment.date(), style)}" if moment else ""
    if names and type in (None, "streaming", "tv"):
        return _joined((f"On {names}", time))
    form = "" if outlook.state == "released" else _FORMS.get(type or "", "")
    return _joined((form, names or ", ".join(release.distributor), time))


def _people(release: Release) -> str:
    if release.cast:
        return f"With {', '.join(credit.name for credit in release.cast[:_MAX_CAST])}"
    makers = release.director or release.creator or release.writer
    return f"By {', '.join(makers[:2])}" if makers else ""


def _checked(outlook: Outlook, now: Moment, style: str) -> str:
    """`Checked 12 Nov 2026`: when somebody last looked whether that is so."""
    effective = outlook.effective_date
    checked = (effective and effective.dated.checked) or outlook.release.checked
    if checked is None or checked.earliest > now.today:
        return ""
    return f"Checked {wording.format_date(checked, style)}"
