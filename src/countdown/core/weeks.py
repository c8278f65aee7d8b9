"""The day on which weeks begin, by territory. No I/O."""

from typing import Final

from countdown.core import day_style
from countdown.core.width import width

MONDAY: Final = 0  # as date.weekday() counts
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
# `firstDay` of the Unicode CLDR 47, supplemental/weekData; everywhere else it is Monday.
_FIRST_DAYS: Final = {
    **dict.fromkeys(["MV"], _FRIDAY),
    **dict.fromkeys("AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY".split(), _SATURDAY),  # noqa: SIM905
    **dict.fromkeys(
        "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT "  # noqa: SIM905
        "MX MZ NI NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW".split(),
        _SUNDAY,
    ),
}
# Likely territories of the CLDR for the languages of day_style that aren't at home in a Monday one.
_TERRITORIES: Final = {"ja": "JP", "ko": "KR", "pt": "BR"}
_NAME_CELLS: Final = 2  # of the name of a weekday above its column


def first_weekday(locale: str) -> int:
    """The first day of the week in the POSIX *locale*, like `pt_BR.UTF-8`: 0 is Monday."""
    name = locale.partition(".")[0].partition("@")[0]
    language, _, territory = name.partition("_")
    return _FIRST_DAYS.get(territory or _TERRITORIES.get(language, ""), MONDAY)


def narrow_weekdays(first: int, style: str = day_style.DEFAULT) -> list[str]:
    """The seven weekdays from *first* on, in two cells each: `Mo`, `se`, `月`.

    What all names begin with, as in Chinese, is left out.
    """
    names = day_style.short_weekdays(style)
    while len({name[:1] for name in names}) == 1:
        names = [name[1:] for name in names]
    short = [name[:2] if width(name[:2]) <= _NAME_CELLS else name[:1] for name in names]
    return short[first:] + short[:first]
