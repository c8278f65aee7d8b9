"""Which style and which order of a date a locale has."""

import pytest

from countdown.core import day_style


@pytest.mark.parametrize(
    ("locale", "style", "is_day_first"),
    [
        ("", "day-month-year", None),
        ("C.UTF-8", "day-month-year", None),
        ("POSIX", "day-month-year", None),
        ("eo", "day-month-year", None),
        ("pt_BR.UTF-8", "day-month-year", True),
        ("en_GB", "day-month-year", True),
        ("de_AT@euro", "day-month-year", True),
        ("en_US.UTF-8", "month-day-year", False),
        ("es_US", "month-day-year", False),
        ("en_PH.UTF-8", "month-day-year", False),
        ("en_CA.UTF-8", "month-day-year", None),
        ("fr_CA", "day-month-year", None),
        ("en_DK.UTF-8", "iso", True),
        ("sv_SE.UTF-8", "iso", None),
        ("ja_JP.UTF-8", "iso", None),
    ],
)
def test_style_and_order_of_a_locale(locale: str, style: str, is_day_first: bool | None) -> None:
    """Where both orders are usual, or none is, there is no order to go by."""
    assert day_style.style_of(locale) == style
    assert day_style.has_day_first(locale) is is_day_first
