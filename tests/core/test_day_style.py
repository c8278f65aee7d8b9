"""Which style and which order of a date a locale has, and what the styles look like."""

import pkgutil
from datetime import date

import pytest

from countdown.core import date_tables, day_style


@pytest.mark.parametrize(
    ("locale", "style", "is_day_first"),
    [
        ("", "day-month-year", None),
        ("C.UTF-8", "day-month-year", None),
        ("POSIX", "day-month-year", None),
        ("eo", "day-month-year", None),
        ("th_TH.UTF-8", "day-month-year", True),
        ("en_GB", "day-month-year", True),
        ("en_US.UTF-8", "month-day-year", False),
        ("en_PH.UTF-8", "month-day-year", False),
        ("en_CA.UTF-8", "month-day-year", None),
        ("en_DK.UTF-8", "iso", True),
        ("lt_LT.UTF-8", "iso", None),
        ("de_DE.UTF-8", "de", True),
        ("de", "de", None),
        ("de_AT@euro", "de_AT", True),
        ("de_CH.UTF-8", "de", True),
        ("pt_BR.UTF-8", "pt", True),
        ("pt", "pt", None),
        ("pt_PT.UTF-8", "pt_PT", True),
        ("pt_AO", "pt_PT", True),
        ("es_ES.UTF-8", "es", True),
        ("es_MX.UTF-8", "es_MX", True),
        ("es_CL.UTF-8", "es_419", True),
        ("es_US", "es_419", False),
        ("fr_CA", "fr_CA", None),
        ("fr_BE", "fr", True),
        ("sv_SE.UTF-8", "sv", None),
        ("ja_JP.UTF-8", "ja", None),
        ("ja_JP.eucJP", "ja", None),
        ("zh_CN.UTF-8", "zh", None),
        ("zh_SG.UTF-8", "zh", None),
        ("zh_TW.UTF-8", "zh_TW", None),
        ("zh_HK.UTF-8", "zh_HK", None),
        ("zh_MO.UTF-8", "zh_HK", None),
        ("no_NO.UTF-8", "nb", True),
    ],
)
def test_style_and_order_of_a_locale(locale: str, style: str, is_day_first: bool | None) -> None:
    """Where both orders are usual, or none is, there is no order to go by."""
    assert day_style.style_of(locale) == style
    assert day_style.has_day_first(locale) is is_day_first


@pytest.mark.parametrize(
    ("locale", "style"),
    [
        ("de_DE", "day-month-year"),
        ("ja_JP", "iso"),
        ("es_PR", "month-day-year"),
        ("C", "day-month-year"),
    ],
)
def test_language_has_a_style_of_english_for_programs(locale: str, style: str) -> None:
    """What a script reads doesn't depend on how many languages there are."""
    assert day_style.english_style_of(locale) == style


def test_each_language_has_a_table() -> None:
    """And there is no table that nobody reads."""
    modules = {module.name for module in pkgutil.iter_modules(date_tables.__path__)}
    assert modules == day_style.LANGUAGES


FRIDAY = date(2026, 12, 18)


@pytest.mark.parametrize(
    ("style", "day", "short", "short_with_year", "long", "month", "long_month"),
    [
        (
            *("day-month-year", "18 Dec 2026", "Fri 18 Dec", "Fri 18 Dec 2026"),
            *("Friday, 18 December 2026", "Dec 2026", "December 2026"),
        ),
        (
            *("month-day-year", "Dec 18, 2026", "Fri Dec 18", "Fri Dec 18, 2026"),
            *("Friday, December 18, 2026", "Dec 2026", "December 2026"),
        ),
        (
            *("iso", "2026-12-18", "Fri 2026-12-18", "Fri 2026-12-18"),
            *("Friday, 2026-12-18", "2026-12", "December 2026"),
        ),
        (
            *("de", "18. Dez. 2026", "Fr., 18. Dez.", "Fr., 18. Dez. 2026"),
            *("Freitag, 18. Dezember 2026", "Dez. 2026", "Dezember 2026"),
        ),
        (
            *("fr", "18 déc. 2026", "ven. 18 déc.", "ven. 18 déc. 2026"),
            *("vendredi 18 décembre 2026", "déc. 2026", "décembre 2026"),
        ),
        (
            *("es", "18 dic 2026", "vie, 18 dic", "vie, 18 dic 2026"),
            *("viernes, 18 de diciembre de 2026", "dic 2026", "diciembre de 2026"),
        ),
        (
            *("es_MX", "18 dic 2026", "vie 18 de dic", "vie, 18 de dic de 2026"),
            *("viernes, 18 de diciembre de 2026", "dic 2026", "diciembre de 2026"),
        ),
        (
            *("pt", "18 de dez. de 2026", "sex., 18 de dez.", "sex., 18 de dez. de 2026"),
            *("sexta-feira, 18 de dezembro de 2026", "dez. de 2026", "dezembro de 2026"),
        ),
        (
            *("pt_PT", "18/12/2026", "sexta, 18/12", "sexta, 18/12/2026"),
            *("sexta-feira, 18 de dezembro de 2026", "12/2026", "dezembro de 2026"),
        ),
        (
            *("it", "18 dic 2026", "ven 18 dic", "ven 18 dic 2026"),
            *("venerdì 18 dicembre 2026", "dic 2026", "dicembre 2026"),
        ),
        (
            *("nl", "18 dec 2026", "vr 18 dec", "vr 18 dec 2026"),
            *("vrijdag 18 december 2026", "dec 2026", "december 2026"),
        ),
        (  # genitive with a day, nominative alone
            *("pl", "18 gru 2026", "pt., 18 gru", "pt., 18 gru 2026"),
            *("piątek, 18 grudnia 2026", "gru 2026", "grudzień 2026"),
        ),
        (
            *("cs", "18. 12. 2026", "pá 18. 12.", "pá 18. 12. 2026"),
            *("pátek 18. prosince 2026", "prosinec 2026", "prosinec 2026"),
        ),
        (
            *("tr", "18 Ara 2026", "18 Ara Cum", "18 Ara 2026 Cum"),
            *("18 Aralık 2026 Cuma", "Ara 2026", "Aralık 2026"),
        ),
        (
            *("ja", "2026年12月18日", "12月18日(金)", "2026年12月18日(金)"),
            *("2026年12月18日金曜日", "2026年12月", "2026年12月"),
        ),
        (
            *("ko", "2026년 12월 18일", "12월 18일 (금)", "2026년 12월 18일 (금)"),
            *("2026년 12월 18일 금요일", "2026년 12월", "2026년 12월"),
        ),
        (
            *("zh", "2026年12月18日", "12月18日周五", "2026年12月18日周五"),
            *("2026年12月18日星期五", "2026年12月", "2026年12月"),
        ),
        (
            *("zh_TW", "2026年12月18日", "12月18日 週五", "2026年12月18日 週五"),
            *("2026年12月18日 星期五", "2026年12月", "2026年12月"),
        ),
    ],
)
def test_forms_of_a_day_and_a_month(
    style: str,
    day: str,
    short: str,
    short_with_year: str,
    long: str,
    month: str,
    long_month: str,
) -> None:
    """Order, names, cases and signs are those of each language and country."""
    assert day_style.format_day(FRIDAY, style) == day
    assert day_style.short_day(FRIDAY, style) == short
    assert day_style.short_day(FRIDAY, style, year=True) == short_with_year
    assert day_style.long_day(FRIDAY, style) == long
    assert day_style.format_month(FRIDAY, style) == month
    assert day_style.long_month(FRIDAY, style, year=True) == long_month


@pytest.mark.parametrize(
    ("style", "name"), [("day-month-year", "Friday"), ("iso", "Friday"), ("de", "Freitag")]
)
def test_weekday_stands_alone(style: str, name: str) -> None:
    """In full."""
    assert day_style.weekday(FRIDAY, style) == name


@pytest.mark.parametrize(
    ("style", "name"), [("day-month-year", "December"), ("de", "Dezember"), ("pl", "grudzień")]
)
def test_month_of_a_heading_stands_alone(style: str, name: str) -> None:
    """The year is in another heading, or is this one."""
    assert day_style.long_month(FRIDAY, style) == name
