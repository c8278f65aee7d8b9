"""Styles in which days and months are written. No I/O."""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from datetime import date
    from typing import Final

DEFAULT: "Final" = "day-month-year"
AMERICAN: "Final" = "month-day-year"
ISO: "Final" = "iso"
STYLES: "Final" = (DEFAULT, AMERICAN, ISO)
_MONTHS: "Final" = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()  # noqa: SIM905
# Locales that don't write the day first, by POSIX name: of a territory, or of a language.
_AMERICAN: "Final" = frozenset("US AS FM GU MH MP PA PH PR PW UM VI".split())  # noqa: SIM905
_YEAR_FIRST: "Final" = frozenset("dz hu ja ko lt mn sv zh".split())  # noqa: SIM905
_ISO_LOCALES: "Final" = ("en_DK", "en_SE")  # the usual ways to ISO dates in English


def style_of(locale: str) -> str:
    """The style of the POSIX *locale*, like `en_US.UTF-8`: that of LC_TIME."""
    name = locale.partition(".")[0].partition("@")[0]
    language, _, territory = name.partition("_")
    if name in _ISO_LOCALES or language in _YEAR_FIRST:
        return ISO
    return AMERICAN if territory in _AMERICAN or name == "en_CA" else DEFAULT


def has_day_first(locale: str) -> bool | None:
    """True where 7/4/2027 is 7 April in the POSIX *locale*, False where it is 4 July.

    None if it could be either: without a territory, where the year comes first, and in Canada.
    """
    name = locale.partition(".")[0].partition("@")[0]
    language, _, territory = name.partition("_")
    if territory in _AMERICAN:
        return False
    is_unknown = not territory or language in _YEAR_FIRST or territory == "CA"
    return None if is_unknown else True


def format_day(on: "date", style: str = DEFAULT, *, has_year: bool = True) -> str:
    """The day *on*: `8 Jul 2022`, `Jul 8, 2022` or `2022-07-08`, whatever the locale.

    Without its year it is `8 Jul` or `Jul 8`; that of ISO stays whole.
    """
    if style == ISO:
        return on.isoformat()
    month = _MONTHS[on.month - 1]
    if style == AMERICAN:
        return f"{month} {on.day}{f', {on.year}' if has_year else ''}"
    return f"{on.day} {month}{f' {on.year}' if has_year else ''}"


def format_month(on: "date", style: str = DEFAULT) -> str:
    """The month of *on*: `Jul 2022` or `2022-07`."""
    return on.isoformat()[:7] if style == ISO else f"{_MONTHS[on.month - 1]} {on.year}"
