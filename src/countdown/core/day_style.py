"""Styles in which days and months are written: three of English, or another language. No I/O."""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from datetime import date
    from typing import Final

DEFAULT: "Final" = "day-month-year"
AMERICAN: "Final" = "month-day-year"
ISO: "Final" = "iso"
STYLES: "Final" = (DEFAULT, AMERICAN, ISO)  # of English
# Languages that have a table in core/date_tables, each a style of its own.
LANGUAGES: "Final" = frozenset(
    """
    cs da de de_AT el es es_419 es_MX fi fr fr_CA hu it ja ko nb nl pl pt pt_PT ro ru sv tr uk zh
    zh_HK zh_TW
    """.split()  # noqa: SIM905  # a table to look at
)
_MONTHS: "Final" = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
_WEEKDAYS: "Final" = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()  # noqa: SIM905
# Locales that don't write the day first, by POSIX name: of a territory, or of a language.
_AMERICAN: "Final" = frozenset("US AS FM GU MH MP PA PH PR PW UM VI".split())  # noqa: SIM905
_YEAR_FIRST: "Final" = frozenset("dz hu ja ko lt mn sv zh".split())  # noqa: SIM905
_ISO_LOCALES: "Final" = ("en_DK", "en_SE")  # the usual ways to ISO dates in English
# Language → the table for most of its territories, where these differ from its first one.
_ABROAD: "Final" = {"es": "es_419", "pt": "pt_PT"}
_AT_HOME: "Final" = {"es": ("", "ES"), "pt": ("", "BR")}
_OTHER_NAMES: "Final" = {"no": "nb", "zh_MO": "zh_HK"}


def style_of(locale: str) -> str:
    """The style of the POSIX *locale*, like `de_DE.UTF-8`: that of LC_TIME."""
    return language_of(locale) or english_style_of(locale)


def english_style_of(locale: str) -> str:
    """The style in which English is written for someone of *locale*."""
    name, language, territory = _parts(locale)
    if name in _ISO_LOCALES or language in _YEAR_FIRST:
        return ISO
    return AMERICAN if territory in _AMERICAN or name == "en_CA" else DEFAULT


def language_of(locale: str) -> str | None:
    """The one of LANGUAGES for *locale*; None for English and languages without a table."""
    name, language, territory = _parts(locale)
    name = _OTHER_NAMES.get(name, name)
    language = _OTHER_NAMES.get(language, language)
    if name in LANGUAGES:
        return name
    if language in _ABROAD and territory not in _AT_HOME[language]:
        return _ABROAD[language]
    return language if language in LANGUAGES else None


def _parts(locale: str) -> tuple[str, str, str]:
    """The name of *locale* without its encoding; its language and its territory."""
    name = locale.partition(".")[0].partition("@")[0]
    language, _, territory = name.partition("_")
    return name, language, territory


def has_day_first(locale: str) -> bool | None:
    """True where 7/4/2027 is 7 April in the POSIX *locale*, False where it is 4 July.

    None if it could be either: without a territory, where the year comes first, and in Canada.
    """
    _, language, territory = _parts(locale)
    if territory in _AMERICAN:
        return False
    is_unknown = not territory or language in _YEAR_FIRST or territory == "CA"
    return None if is_unknown else True


def format_day(on: "date", style: str = DEFAULT, *, has_year: bool = True) -> str:
    """The day *on*: `8 Jul 2022`, `Jul 8, 2022`, `2022-07-08` or `8. Juli 2022`.

    Without its year it is `8 Jul`, `Jul 8` or `8. Juli`; that of ISO stays whole.
    """
    if style in LANGUAGES:
        from countdown.core import local_dates  # Deferred: most dates are in English.

        return local_dates.format_day(on, style, has_year=has_year)
    if style == ISO:
        return on.isoformat()
    month = _MONTHS[on.month - 1]
    if style == AMERICAN:
        return f"{month} {on.day}{f', {on.year}' if has_year else ''}"
    return f"{on.day} {month}{f' {on.year}' if has_year else ''}"


def short_day(on: "date", style: str = DEFAULT, *, year: bool = False) -> str:
    """The day *on* with its weekday: `Fri 8 Jul`, `Fri Jul 8` or `Fr., 8. Juli`.

    With *year*, that too; ISO days always have it.
    """
    if style in LANGUAGES:
        from countdown.core import local_dates

        return local_dates.short_day(on, style, year=year)
    weekday, month = _WEEKDAYS[on.weekday()][:3], _MONTHS[on.month - 1]
    if year or style == ISO:
        return f"{weekday} {format_day(on, style)}"
    return f"{weekday} {month} {on.day}" if style == AMERICAN else f"{weekday} {on.day} {month}"


def long_day(on: "date", style: str = DEFAULT) -> str:
    """The day *on* in full: `Friday, 8 July 2022`, `Friday, July 8, 2022`, `Friday, 2022-07-08`."""
    if style in LANGUAGES:
        from countdown.core import local_dates

        return local_dates.long_day(on, style)
    weekday, month = _WEEKDAYS[on.weekday()], long_month(on)
    if style == ISO:
        return f"{weekday}, {on.isoformat()}"
    if style == AMERICAN:
        return f"{weekday}, {month} {on.day}, {on.year}"
    return f"{weekday}, {on.day} {month} {on.year}"


def weekday(on: "date", style: str = DEFAULT) -> str:
    """The weekday of *on* in full: `Friday`, or `Freitag`."""
    if style in LANGUAGES:
        from countdown.core import local_dates

        return local_dates.weekday(on, style)
    return _WEEKDAYS[on.weekday()]


def short_weekdays(style: str = DEFAULT) -> "list[str]":
    """The short names of the weekdays, Monday first: `Mon`, or `seg.`."""
    if style in LANGUAGES:
        from countdown.core import local_dates

        return local_dates.short_weekdays(style)
    return [name[:3] for name in _WEEKDAYS]


def format_month(on: "date", style: str = DEFAULT) -> str:
    """The month of *on*: `Jul 2022`, `2022-07` or `Juli 2022`."""
    if style in LANGUAGES:
        from countdown.core import local_dates

        return local_dates.format_month(on, style)
    return on.isoformat()[:7] if style == ISO else f"{_MONTHS[on.month - 1]} {on.year}"


def long_month(on: "date", style: str = DEFAULT, *, year: bool = False) -> str:
    """The month of *on* in full, as in a heading: `July`, or with *year* `July 2022`."""
    if style in LANGUAGES:
        from countdown.core import local_dates

        return local_dates.long_month(on, style, year=year)
    from countdown.core.dates import MONTHS

    name = MONTHS[on.month - 1]
    return f"{name} {on.year}" if year else name


def is_month_end(on: "date") -> bool:
    """True for the last day of a month."""
    return on == on.max or on.fromordinal(on.toordinal() + 1).month != on.month
