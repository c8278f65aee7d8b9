"""Cells and texts that several views share: date, time left, platforms, people, doubt."""

from collections.abc import Callable, Sequence
from typing import Final

from countdown.core import day_style, wording
from countdown.core.dates import ReleaseDate
from countdown.core.effective_date import EffectiveDate
from countdown.core.outlook import Outlook, unchecked_since
from countdown.core.regions import UNSTATED, place_mark
from countdown.core.release import AnnouncedDate, Release
from countdown.views.view import DOUBT_SIGN, Cell, Style, ViewContext, urgency

PLAIN_TYPES = (None, "theatrical", "streaming", "tv")
MOVE_STYLES: Final[dict[int, Style]] = {1: "delayed", 0: "", -1: "sooner"}  # by direction
_FORMS = {
    "theatrical": "in theaters",
    "streaming": "streaming",
    "tv": "on TV",
    "digital": "digital",
    "physical": "on disc",
    "re-release": "back in theaters",
    "limited": "in some theaters",
    "premiere": "premiere",
}


def whose_dates(places: Sequence[str], context: ViewContext) -> tuple[str, ...]:
    """`dates for BR`, or `most dates for US` if most are for another region; empty if they differ.

    *places* are the regions of the dates, or `unstated`; empty text is the user's region.
    """
    if not context.region:
        return ()
    if places.count("") * 2 >= len(places):
        return (f"dates for {context.region}",)
    place = value_of_most(places, len(places))
    return () if place in (None, UNSTATED) else (f"most dates for {place}",)


def value_of_most(values: Sequence[str | None], total: int) -> str | None:
    """The value of more than half of *total*, and of at least two; None if there is no such."""
    value = max({*values}, key=values.count, default=None)
    number = values.count(value)
    return value if number * 2 > total and number > 1 else None


def place_of(outlook: Outlook) -> str:
    """The region of the effective date, or `unstated`; empty for the user's or no date."""
    date = outlook.effective_date
    return (date.dated.market or "") if date and date.fallback else ""


def signed(text: str, release: Release, *keys: str) -> str:
    """The fact *text*, with a sign of doubt if any of *keys* is unverified."""
    return signed_if(text, is_doubtful=any(key in release.unverified for key in keys))


def signed_row(text: str, dated: AnnouncedDate) -> str:
    """*text*, the date of *dated*, with a sign of doubt if that isn't confirmed."""
    return signed_if(text, is_doubtful=dated.is_doubtful)


def signed_if(text: str, *, is_doubtful: bool) -> str:
    """*text* with one sign of doubt if it *is_doubtful*."""
    return text + DOUBT_SIGN if is_doubtful and not text.endswith(DOUBT_SIGN) else text


def signed_date(
    date: ReleaseDate, release: Release, *keys: str, style: str = day_style.DEFAULT
) -> str:
    """*date* in words, with the sign of doubt if it or any of *keys* is not confirmed."""
    return signed(wording.format_date(date, style), release, *keys)


def date_cell(outlook: Outlook, style: str = day_style.DEFAULT) -> Cell:
    """The effective date in *style* for a table, with a mark for a place that isn't the user's."""
    return _date_cell(outlook, style, place_mark)


def date_text(outlook: Outlook, style: str = day_style.DEFAULT, *, long: bool = False) -> str:
    """The effective date for a sentence, with its place in words if that isn't the user's.

    With *long*, it is in full.
    """
    return _date_cell(outlook, style, wording.place, long=long).text


def _date_cell(
    outlook: Outlook, style: str, place: Callable[[str], str], *, long: bool = False
) -> Cell:
    """The effective date, with its type if unusual; *place* puts another market in words."""
    if outlook.date is None or outlook.effective_date is None:
        return Cell("no date yet" if outlook.state != "released" else "", "undated")
    in_words = wording.long_date if long else wording.format_date
    text = signed_row(in_words(outlook.date, style), outlook.effective_date.dated)
    return Cell(text + place_and_type(outlook.effective_date, place))


def near_date_text(outlook: Outlook, context: ViewContext) -> str:
    """The effective date without a heading above it: `Fri 18 Dec`, `Fri 12 Feb 2027`, `2027`."""
    when, effective = outlook.date, outlook.effective_date
    if when is None or effective is None or not outlook.dated:
        return "no date yet"
    style = context.date_style
    if when.precision in ("day", "instant") and not when.qualifier:
        is_this_year = when.latest.year == context.now.today.year
        text = day_style.short_day(when.latest, style, year=not is_this_year)
    else:
        text = wording.format_date(when, style)
    return signed_row(text, effective.dated) + place_and_type(effective)


def place_and_type(effective: EffectiveDate, place: Callable[[str], str] = place_mark) -> str:
    """` US limited`: the *place* of a date if not the user's, in words, and its type if unusual."""
    where = f" {place(effective.dated.market or '')}" if effective.fallback else ""
    type = "" if effective.dated.type in PLAIN_TYPES else f" {effective.dated.type}"
    return where + type


def kind_suffix(outlook: Outlook) -> str:
    """` (re-release)`: an unusual type of date or kind; a season's name says it already."""
    type = outlook.effective_date.dated.type if outlook.effective_date else None
    if type not in PLAIN_TYPES:
        return f" ({type})"
    return "" if outlook.release.kind in ("film", "season") else f" ({outlook.release.kind})"


def time_left_cell(outlook: Outlook, context: ViewContext) -> Cell:
    """The time left, or the stage if there is no date to count to."""
    if outlook.dated or outlook.state == "released":
        text = wording.short_time_left(outlook, context.date_style, exact=context.exact_days)
        return Cell(text, urgency(outlook))
    return Cell(stage_text(outlook), "undated")


def stage_text(outlook: Outlook) -> str:
    """The stage, with the sign of doubt: `filming`, `on hold?`."""
    if outlook.stage is None:
        return "stage unknown"
    return signed(wording.stage_name(outlook.stage), outlook.release, "stage")


def stage_since(outlook: Outlook, style: str = day_style.DEFAULT) -> str:
    """The date that the stage began: `since Mar 2026`; empty if unknown."""
    if outlook.stage_since is None:
        return ""
    since = signed_date(outlook.stage_since, outlook.release, "stage_since", style=style)
    return f"since {since}"


def original_title(release: Release, context: ViewContext) -> str:
    """The original title of *release*; empty if that is shown anyway."""
    return release.title if release.title_in(context.languages) != release.title else ""


def other_titles(release: Release, context: ViewContext) -> list[str]:
    """Its aliases, and its titles in languages that aren't shown: `Tyler Rake (de)`."""
    shown = {release.title, release.title_in(context.languages), *release.aliases}
    by_title: dict[str, list[str]] = {}
    for language, title in release.titles:
        if title not in shown:
            by_title.setdefault(title, []).append(language)
    return [*release.aliases, *(f"{each} ({', '.join(tags)})" for each, tags in by_title.items())]


def platforms(release: Release) -> str:
    """The platforms, else the distributors."""
    return ", ".join(release.platform or release.distributor)


def where(outlook: Outlook) -> str:
    """`in theaters`, `on Netflix`: how and where it comes out; empty if neither is known.

    The type is that of the effective date.
    """
    type = outlook.effective_date.dated.type if outlook.effective_date else None
    form, names = _FORMS.get(type or "", ""), ", ".join(outlook.release.platform)
    if names and type in (None, "streaming", "tv"):
        return f"on {names}"
    return " · ".join(part for part in (form, names) if part)


def people(release: Release, count: int = 2) -> str:
    """The first *count* of the cast; without one, `by` and the directors, creators or writers."""
    if release.cast:
        return ", ".join(cast(release, count))
    makers = release.director or release.creator or release.writer
    return f"by {', '.join(makers[:count])}" if makers else ""


def cast(release: Release, count: int) -> tuple[str, ...]:
    """The names of the first *count* of the cast."""
    return tuple(credit.name for credit in release.cast[:count])


def host(url: str | None) -> str:
    """The host of *url* without www; empty if there is none.

    The part before an @ is a user name, which can imitate another host.
    """
    authority = (url or "").partition("://")[2]
    for end in "/?#\\":
        authority = authority.partition(end)[0]
    return authority.rpartition("@")[2].removeprefix("www.")


def former_date(outlook: Outlook, style: str = day_style.DEFAULT) -> str:
    """`was 8 Jul 2022`: the date that a production lost; empty if it lost none."""
    release, effective = outlook.release, outlook.effective_date
    if outlook.date is not None and effective is not None:
        if not outlook.is_shelved:
            return ""
        return f"was {signed_row(wording.format_date(outlook.date, style), effective.dated)}"
    last = release.moves[-1] if release.moves else None
    if last is None or last.after or last.before is None:
        return ""
    return f"was {wording.format_date(last.before, style)}"


def old_check(outlook: Outlook, context: ViewContext) -> str:
    """`not checked since Feb 2026` for a date that is due soon; empty if it was checked lately."""
    checked = unchecked_since(outlook, context.now.today)
    return wording.old_check(checked, context.date_style) if checked else ""


def old_checks(
    outlooks: Sequence[Outlook], context: ViewContext
) -> tuple[tuple[int, tuple[Cell, ...]], ...]:
    """The `old_check` of those of *outlooks* that have one, with their index, for `Table.below`."""
    texts = (old_check(outlook, context) for outlook in outlooks)
    return tuple((row, (Cell(text, "muted"),)) for row, text in enumerate(texts) if text)
