"""The first day of the week, and narrow names of weekdays."""

import pytest

from countdown.core.day_style import DEFAULT, LANGUAGES
from countdown.core.weeks import first_weekday, narrow_weekdays
from countdown.core.width import width

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6


@pytest.mark.parametrize(
    ("locale", "first"),
    [
        ("en_US.UTF-8", SUNDAY),
        ("pt_BR.UTF-8", SUNDAY),
        ("ja_JP.UTF-8", SUNDAY),
        ("ja", SUNDAY),
        ("ar_EG.UTF-8", SATURDAY),
        ("dv_MV", FRIDAY),
        ("en_GB.UTF-8", MONDAY),
        ("de_DE@euro", MONDAY),
        ("C.UTF-8", MONDAY),
        ("", MONDAY),
        ("xx_$(reboot)", MONDAY),
    ],
)
def test_week_begins_as_in_the_territory(locale: str, first: int) -> None:
    """As the CLDR has it."""
    assert first_weekday(locale) == first


@pytest.mark.parametrize(
    ("style", "first", "names"),
    [
        (DEFAULT, MONDAY, "Mo Tu We Th Fr Sa Su"),
        (DEFAULT, SUNDAY, "Su Mo Tu We Th Fr Sa"),
        ("pt", SUNDAY, "do se te qu qu se sá"),
        ("ja", SUNDAY, "日 月 火 水 木 金 土"),
        ("zh", MONDAY, "一 二 三 四 五 六 日"),
    ],
)
def test_weekdays_are_short(style: str, first: int, names: str) -> None:
    """What all begin with is left out."""
    assert " ".join(narrow_weekdays(first, style)) == names


@pytest.mark.parametrize("style", sorted(LANGUAGES))
def test_weekdays_fit_their_columns(style: str) -> None:
    """In every language, with more than three different ones."""
    names = narrow_weekdays(SUNDAY, style)
    assert all(1 <= width(name) <= 2 for name in names)
    assert len({*names}) > 3
