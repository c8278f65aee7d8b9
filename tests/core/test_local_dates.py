"""Dates in other languages: how they are written, and that each is read as what was written."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core import dates, day_style, edtf, local_dates, wording
from countdown.core.dates import ReleaseDate
from countdown.core.edtf import DateContext
from tests.thorough import sample

THURSDAY = date(2026, 11, 26)
LANGUAGES = sorted(day_style.LANGUAGES)
EVERY_STYLE = (*day_style.STYLES, *LANGUAGES)
STYLES = sample(EVERY_STYLE[::7], of=EVERY_STYLE)


def reader_of(style: str) -> DateContext:
    """Somebody who is shown dates in *style*."""
    language = style if style in day_style.LANGUAGES else None
    return DateContext(THURSDAY, style != day_style.AMERICAN, language)


DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
YEARS = st.integers(1000, 9998)
DOUBTS = st.sampled_from(["", "", "?", "~", "%"])
SIMPLE = st.one_of(
    st.builds(dates.day, DAYS, DOUBTS),
    st.builds(dates.month, YEARS, st.integers(1, 12), DOUBTS),
    st.builds(dates.year, YEARS, DOUBTS),
    st.builds(dates.decade, st.integers(100, 998), DOUBTS),
    st.builds(dates.grouping, YEARS, st.sampled_from([*range(21, 25), *range(33, 42)]), DOUBTS),
)


@st.composite
def intervals(draw: st.DrawFn) -> ReleaseDate:
    """Windows between days, months or years, of any length, both ends of one doubt."""
    doubt = draw(DOUBTS)
    first = draw(DAYS)
    last = min(first + timedelta(draw(st.integers(1, 800))), date(9998, 12, 31))
    kind = draw(st.sampled_from(["day", "month", "year"]))
    if kind == "day":
        return dates.interval(dates.day(first, doubt), dates.day(last, doubt))
    if kind == "year":
        return dates.interval(dates.year(first.year, doubt), dates.year(last.year, doubt))
    months = [dates.month(on.year, on.month, doubt) for on in (first, last)]
    return dates.interval(*months)


def is_read_as(text: str, when: ReleaseDate, style: str) -> None:
    """Assert that *text*, shown in *style*, is read as the window and with the doubt of *when*."""
    found = edtf.read(text, reader_of(style)).date
    shown = (found.earliest, found.latest, found.qualifier)
    assert shown == (when.earliest, when.latest, when.qualifier), (style, text, found)
    if when.precision not in ("interval", "decade"):
        assert found.precision == when.precision, (style, text)


@pytest.mark.parametrize("style", STYLES)
@given(when=SIMPLE | intervals())
def test_what_is_written_is_read_as_itself(style: str, when: ReleaseDate) -> None:
    """Short and in full, in every language: what is seen can be copied into an option."""
    is_read_as(wording.format_date(when, style), when, style)
    is_read_as(wording.long_date(when, style), when, style)


@pytest.mark.parametrize("style", EVERY_STYLE)
def test_today_is_read_as_itself(style: str) -> None:
    """In every language, of which the others here are a sample."""
    is_read_as(day_style.long_day(THURSDAY, style), dates.day(THURSDAY), style)


@pytest.mark.parametrize("style", STYLES)
@given(on=DAYS)
def test_day_with_its_weekday_is_read_as_itself(style: str, on: date) -> None:
    """As a table and a heading have it."""
    when = dates.day(on)
    for text in (day_style.short_day(on, style, year=True), day_style.long_day(on, style)):
        is_read_as(text, when, style)
    is_read_as(day_style.long_month(on, style, year=True), dates.month(on.year, on.month), style)


@pytest.mark.parametrize("style", STYLES)
@given(ahead=st.integers(-329, 364))
def test_day_without_its_year_is_one_of_this_year_or_the_next(style: str, ahead: int) -> None:
    """The year is left out where it is this one; the weekday says which year is meant."""
    on = THURSDAY + timedelta(ahead)
    texts = [day_style.short_day(on, style)]
    if ahead >= 0:
        texts.append(day_style.format_day(on, style, has_year=False))
    for text in texts:
        reading = edtf.read(text, reader_of(style))
        assert reading.date.earliest == on, text
        assert reading.guessed or style == day_style.ISO


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("de", "18. Dezember 2026", "2026-12-18"),
        ("de", "18 dezember 2026", "2026-12-18"),
        ("de", "Dezember 18, 2026", "2026-12-18"),
        ("de", "FREITAG 18. DEZ 2026", "2026-12-18"),
        ("de", "Fr 18. Dez. 2026", "2026-12-18"),
        ("de", "marz 2027", "2027-03"),
        ("de", "SOMMER 2027", "2027-22"),
        ("de", "sommer 2027 (Juni–Aug.)", "2027-22"),
        ("de", "4. Quartal 2027", "2027-36"),
        ("de", "1. Halbjahr 2027", "2027-40"),
        ("de", "Jan–Apr 2027", "2027-01/2027-04"),
        ("de", "~Dez. 2026?", "2026-12%"),
        ("de", "Q4 2027", "2027-36"),  # English goes on being read
        ("de", "18 October 2026", "2026-10-18"),
        ("pt", "18 de dezembro de 2026", "2026-12-18"),
        ("pt", "sexta-feira, 18 de dezembro de 2026", "2026-12-18"),
        ("pt", "verao de 2027", "2027-22"),
        ("pt_PT", "sexta, 18/12/2026", "2026-12-18"),
        ("pt_PT", "12/2026", "2026-12"),
        ("es", "mar, 15 dic 2026", "2026-12-15"),
        ("es", "mar, 9 mar 2027", "2027-03-09"),
        ("fr", "9 mars 2027", "2027-03-09"),
        ("fr", "mardi 1er juin 2027", "2027-06-01"),
        ("fr_CA", "1er–9 juin 2027", "2027-06-01/2027-06-09"),
        ("fr", "ete 2027", "2027-22"),
        ("pl", "18 grudnia 2026", "2026-12-18"),
        ("pl", "grudzien 2026", "2026-12"),
        ("cs", "18. 12. 2026", "2026-12-18"),
        ("cs", "3.–9. 6. 2027", "2027-06-03/2027-06-09"),
        ("fi", "pe 18.12.2026", "2026-12-18"),
        ("tr", "18 aralik 2026", "2026-12-18"),
        ("tr", "2027 yazı", "2027-22"),
        ("ru", "18 декабря 2026 г.", "2026-12-18"),
        ("hu", "2026. december 18., péntek", "2026-12-18"),
        ("ja", "2026年12月18日", "2026-12-18"),
        ("ja", "２０２６年１２月１８日（金）", "2026-12-18"),
        ("ja", "2026年12月20日(日)", "2026-12-20"),
        ("ja", "2027年6月3日～9日", "2027-06-03/2027-06-09"),
        ("ja", "2027年6月～8月", "2027-06/2027-08"),
        ("ja", "2027年", "2027"),
        ("ko", "2026년 12월 18일 (금)", "2026-12-18"),
        ("zh", "2026年12月18日星期五", "2026-12-18"),
        ("zh", "2026年12月18号", "2026-12-18"),
    ],
)
def test_date_of_a_language_is_read(language: str, text: str, kept: str) -> None:
    """Whatever the case, the accents and the order, where there is a word for the month."""
    assert edtf.read(text, DateContext(THURSDAY, None, language)).date.edtf == kept


@pytest.mark.parametrize(
    ("language", "text"),
    [
        *(
            ("de", text)
            for text in ("bald", "Dezember", "Freitag", "Foo 2027", "Dezember Juni 2027")
        ),
        *(("de", text) for text in ("Freitag 2027", "Freitag Dezember 2026", "18 19 20 2026")),
        *(("de", text) for text in ("18. 12. 6. 2026", "2026 Dezember 2027", "Sommer 0000")),
        *(
            ("de", text)
            for text in ("Freitag–Juni 2027", "Foo–Juni 2027", "Sommer 2027 (Dez.–Feb.)")
        ),
        *(("de", text) for text in ("Sommer 2027 (Juni)", "Foo 2027 (Juni–Aug.)", "Mo Di 2026")),
        *(("ja", text) for text in ("2026年13月", "2026年12日", "2026年月", "年", "12月")),
        *(("ja", text) for text in ("18 Dezember 2026", "2026年12月18日19", "2026年2027年")),
        (None, "18. Dezember 2026"),
    ],
)
def test_what_is_no_date_in_a_language_is_refused(language: str | None, text: str) -> None:
    """Nothing is guessed, and no other language is tried."""
    with pytest.raises(edtf.UnknownDateError):
        edtf.read(text, DateContext(THURSDAY, None, language))


@pytest.mark.parametrize(
    ("language", "text", "message"),
    [
        ("de", "31. Juni 2027", "June 2027 has only 30 days"),
        ("de", "Mo., 18. Dez. 2026", "18 December 2026 is a Friday, not a Monday"),
        ("de", "Mo., 18. Dez.", "18 December 2026 is a Friday, not a Monday"),
        ("de", "30. Feb.", "30 February isn't a day of any year soon"),
        ("de", "9.–3. Juni 2027", '"9." comes after "3. juni 2027"; write the year of both'),
    ],
)
def test_day_that_there_is_not_is_refused(language: str, text: str, message: str) -> None:
    """With what is wrong in it."""
    with pytest.raises(ValueError, match=f"^{message}"):
        edtf.read(text, DateContext(THURSDAY, None, language))


def test_file_has_no_language() -> None:
    """It means the same to everybody."""
    for text in ("18. Dezember 2026", "2026年12月18日", "18 Dez"):
        with pytest.raises(edtf.UnknownDateError):
            edtf.parse(text)


@pytest.mark.parametrize(
    ("language", "edtf_text", "label"),
    [
        ("de", "2027-06-01/2027-06-10", "1.–10. Juni 2027"),
        ("de", "2027-06-03/2027-07-04", "3. Juni–4. Juli 2027"),
        ("de", "2027-12-30/2028-01-02", "30. Dez. 2027–2. Jan. 2028"),
        ("de", "2027-01/2027-04", "Jan.–Apr. 2027"),
        ("de", "2027-11/2028-02", "Nov. 2027–Feb. 2028"),
        ("de", "2027-01-01/2027-01-31", "Jan. 2027"),
        ("de", "2027-22", "Sommer 2027 (Jun–Aug)"),
        ("de", "2027-24", "Winter 2027 (Dez–Feb)"),
        ("de", "9999-24", "Winter 9999 (Dez–Dez)"),
        ("de", "2027-37", "Anfang 2027 (Jan–Apr)"),
        ("de", "2027-36", "Q4 2027"),
        ("de", "2027-40", "1. Halbjahr 2027 (Jan–Jun)"),
        ("de", "202X", "2020–2029"),
        ("de", "2027", "2027"),
        ("de", "2026-12-18~", "~18. Dez. 2026"),
        ("de", "2026-12-18%", "~18. Dez. 2026?"),
        ("fr", "2027-36", "T4 2027"),
        ("fr", "2027-06-01", "1er juin 2027"),
        ("fr_CA", "2027-06-01/2027-06-11", "1er–11 juin 2027"),
        ("it", "2027-06-03/2027-06-09", "03–09 giu 2027"),
        ("pl", "2027-12", "gru 2027"),
        ("ja", "2027", "2027年"),
        ("ja", "2027-22", "2027年夏 (6月–8月)"),
        ("ja", "2027-36", "2027年第4四半期"),
        ("ja", "2027-11/2028-02", "2027年11月～2028年2月"),
        ("zh", "2027-41", "2027年下半年 (7月–12月)"),
        ("ko", "2027-36", "2027년 4분기"),
    ],
)
def test_windows_in_a_language(language: str, edtf_text: str, label: str) -> None:
    """Quarters and windows between days as CLDR has them; it has no words for the others."""
    assert wording.format_date(edtf.parse(edtf_text), language) == label


def test_days_stand_below_each_other_under_their_month() -> None:
    """The first of a month in French, too."""
    days = [local_dates.day_of_month(date(2027, 6, day), "fr") for day in (1, 2, 11)]
    assert days == ["mar.  1er", "mer.  2", "ven. 11"]


@pytest.mark.parametrize(
    ("style", "edtf_text", "label"),
    [
        ("day-month-year", "2026-12-18", "Friday, 18 December 2026"),
        ("day-month-year", "2026-12", "December 2026"),
        ("day-month-year", "2027-36", "4th quarter 2027"),
        ("day-month-year", "2027-33", "1st quarter 2027"),
        ("day-month-year", "2027-22", "summer 2027 (Jun–Aug)"),
        ("day-month-year", "2027-06-01/2027-06-10", "early June 2027"),
        ("day-month-year", "2027-06-03/2027-07-04", "3 June–4 July 2027"),
        ("day-month-year", "2027-01~/2027-04~", "about January–April 2027"),
        ("month-day-year", "2027-06-03/2027-07-04", "June 3–July 4, 2027"),
        ("iso", "2026-12", "2026-12"),
        ("iso", "2027-06-01/2027-06-10", "2027-06-01–2027-06-10"),
        ("iso", "2027-36", "4th quarter 2027"),
        ("de", "2026-12-18~", "~Freitag, 18. Dezember 2026"),
        ("de", "2026-12", "Dezember 2026"),
        ("de", "2027-36", "4. Quartal 2027"),
    ],
)
def test_windows_in_full(style: str, edtf_text: str, label: str) -> None:
    """As a card and a heading have them."""
    assert wording.long_date(edtf.parse(edtf_text), style) == label
