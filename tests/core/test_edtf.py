"""Dates as people and catalogues write them: what is read, how it is kept, what is refused."""

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import edtf
from countdown.core.dates import GROUPINGS, MONTHS, ReleaseDate, month_end
from tests.strategies import TEXTS

UTC = UTC
HINT = (
    'write one like "2027-06-11", "2027-06", "Q4 2027", "summer 2027", "early 2027", "2027", "202X"'
)
UNKNOWN = f"can't read that as a date; {HINT}"
NO_WINDOW = 'a window needs a first and a last date; write "2027-01/2027-04"'
NO_START = 'a window needs a first date; write "2027-01/2027-04" or "2027/.."'
NO_OPEN_START = 'a window needs a date at its start; write one like "2027/.."'
NO_ENDS = 'a window needs dates at both ends; write "2027-01/2027-04"'
NO_MOMENT = 'can\'t read that as a time; write one like "2027-06-11T00:00:00-07:00"'


def span(when: ReleaseDate) -> str:
    """The first and the last day of *when*, as the tables below write them."""
    return f"{when.earliest}..{when.latest}"


@pytest.mark.parametrize(
    ("text", "days", "precision", "kept"),
    [
        # ISO 8601 and EDTF, level 0 and 1
        ("2027-06-11", "2027-06-11..2027-06-11", "day", "2027-06-11"),
        ("2028-02-29", "2028-02-29..2028-02-29", "day", "2028-02-29"),
        ("9999-12-31", "9999-12-31..9999-12-31", "day", "9999-12-31"),
        ("0001-01-01", "0001-01-01..0001-01-01", "day", "0001-01-01"),
        ("2027", "2027-01-01..2027-12-31", "year", "2027"),
        ("2027-06", "2027-06-01..2027-06-30", "month", "2027-06"),
        ("2028-02", "2028-02-01..2028-02-29", "month", "2028-02"),
        ("9999-12", "9999-12-01..9999-12-31", "month", "9999-12"),
        ("2027-XX", "2027-01-01..2027-12-31", "year", "2027"),
        ("2027-XX-XX", "2027-01-01..2027-12-31", "year", "2027"),
        ("2027-06-XX", "2027-06-01..2027-06-30", "month", "2027-06"),
        ("202X", "2020-01-01..2029-12-31", "decade", "202X"),
        ("999X", "9990-01-01..9999-12-31", "decade", "999X"),
        ("001X", "0010-01-01..0019-12-31", "decade", "001X"),
        # qualifiers
        ("2027?", "2027-01-01..2027-12-31", "year", "2027?"),
        ("2027-06~", "2027-06-01..2027-06-30", "month", "2027-06~"),
        ("2027-06-11%", "2027-06-11..2027-06-11", "day", "2027-06-11%"),
        ("2027-22?", "2027-06-01..2027-08-31", "season", "2027-22?"),
        ("202X~", "2020-01-01..2029-12-31", "decade", "202X~"),
        # seasons, and level 2's quarters, quadrimesters and semesters
        ("2027-21", "2027-03-01..2027-05-31", "season", "2027-21"),
        ("2027-22", "2027-06-01..2027-08-31", "season", "2027-22"),
        ("2027-23", "2027-09-01..2027-11-30", "season", "2027-23"),
        ("2027-24", "2027-12-01..2028-02-29", "season", "2027-24"),
        ("2026-24", "2026-12-01..2027-02-28", "season", "2026-24"),
        ("9999-24", "9999-12-01..9999-12-31", "season", "9999-24"),
        ("2027-33", "2027-01-01..2027-03-31", "quarter", "2027-33"),
        ("2027-34", "2027-04-01..2027-06-30", "quarter", "2027-34"),
        ("2027-35", "2027-07-01..2027-09-30", "quarter", "2027-35"),
        ("2027-36", "2027-10-01..2027-12-31", "quarter", "2027-36"),
        ("2027-37", "2027-01-01..2027-04-30", "quadrimester", "2027-37"),
        ("2027-38", "2027-05-01..2027-08-31", "quadrimester", "2027-38"),
        ("2027-39", "2027-09-01..2027-12-31", "quadrimester", "2027-39"),
        ("2027-40", "2027-01-01..2027-06-30", "semester", "2027-40"),
        ("2027-41", "2027-07-01..2027-12-31", "semester", "2027-41"),
        # any other window
        ("2027-01/2027-04", "2027-01-01..2027-04-30", "interval", "2027-01/2027-04"),
        ("2027/2028", "2027-01-01..2028-12-31", "interval", "2027/2028"),
        ("2027-24/2028-06", "2027-12-01..2028-06-30", "interval", "2027-24/2028-06"),
        ("2027-06-03/2027-06-09", "2027-06-03..2027-06-09", "interval", "2027-06-03/2027-06-09"),
        ("2027-06?/2027-07~", "2027-06-01..2027-07-31", "interval", "2027-06?/2027-07~"),
        ("202X/203X", "2020-01-01..2039-12-31", "interval", "202X/203X"),
        ("2027-06-11/2027-06-11", "2027-06-11..2027-06-11", "day", "2027-06-11"),
    ],
)
def test_edtf_is_the_window_that_it_names(text: str, days: str, precision: str, kept: str) -> None:
    """Every form of the format, with what is kept of it."""
    when = edtf.parse(text)
    assert (span(when), when.precision, when.edtf) == (days, precision, kept)
    assert when.instant is None


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        *((f"{word} 2027", f"2027-{code}") for code, (*_, word) in GROUPINGS.items()),
        ("fall 2027", "2027-23"),
        ("2027-Q4", "2027-36"),
        ("Q4 2027", "2027-36"),
        ("Q4-2027", "2027-36"),
        ("q4 2027", "2027-36"),
        ("2027 Q4", "2027-36"),
        ("2027 summer", "2027-22"),
        ("Summer 2027", "2027-22"),
        ("WINTER 2027", "2027-24"),
        ("early 2027", "2027-37"),
        ("mid 2027", "2027-38"),
        ("mid-2027", "2027-38"),
        ("late 2027", "2027-39"),
        ("early of 2027", "2027-37"),
        ("mid of 2027", "2027-38"),
        ("late of 2027", "2027-39"),
        ("first half of 2027", "2027-40"),
        ("1st half of 2027", "2027-40"),
        ("H1 2027", "2027-40"),
        ("2027-H1", "2027-40"),
        ("second half of 2027", "2027-41"),
        ("2nd half of 2027", "2027-41"),
        ("2027 H2", "2027-41"),
        ("June 2027", "2027-06"),
        ("june 2027", "2027-06"),
        ("JUNE, 2027", "2027-06"),
        ("Jun 2027", "2027-06"),
        ("2027 June", "2027-06"),
        ("  June   2027  ", "2027-06"),
        ("Sept 2027", "2027-09"),
        ("11 June 2027", "2027-06-11"),
        ("11 Jun 2027", "2027-06-11"),
        ("11-Jun-2027", "2027-06-11"),
        ("1st June 2027", "2027-06-01"),
        ("2nd June 2027", "2027-06-02"),
        ("3rd June 2027", "2027-06-03"),
        ("11th June 2027", "2027-06-11"),
        ("June 11, 2027", "2027-06-11"),
        ("june 11th 2027", "2027-06-11"),
        ("29 February 2028", "2028-02-29"),
        ("early June 2027", "2027-06-01/2027-06-10"),
        ("early jun 2027", "2027-06-01/2027-06-10"),
        ("2027 early June", "2027-06-01/2027-06-10"),
        ("mid June 2027", "2027-06-11/2027-06-20"),
        ("mid-June 2027", "2027-06-11/2027-06-20"),
        ("late June 2027", "2027-06-21/2027-06-30"),
        ("late January 2027", "2027-01-21/2027-01-31"),
        ("early February 2027", "2027-02-01/2027-02-10"),
        ("mid February 2027", "2027-02-11/2027-02-20"),
        ("late February 2027", "2027-02-21/2027-02-28"),
        ("late February 2028", "2028-02-21/2028-02-29"),
        ("late December 9999", "9999-12-21/9999-12-31"),
        ("2020s", "202X"),
    ],
)
def test_friendly_spelling_is_kept_as_edtf(text: str, kept: str) -> None:
    """The trade's spellings mean exactly the same as EDTF."""
    when = edtf.parse(text)
    assert when.edtf == kept
    assert when == edtf.parse(kept)


@pytest.mark.parametrize("number", range(1, 13))
def test_every_month_has_a_name_and_a_short_one(number: int) -> None:
    """In any case, and nothing shorter."""
    name = MONTHS[number - 1]
    for spelling in (name, name.upper(), name[:3], name[:3].lower()):
        assert edtf.parse(f"{spelling} 2027").edtf == f"2027-{number:02}"
    with pytest.raises(ValueError, match="can't read that as a date"):
        edtf.parse(f"{name[:2]} 2027")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2027-06-11T00:00:00-07:00", "2027-06-11T07:00:00Z"),
        ("2027-06-11T07:00:00Z", "2027-06-11T07:00:00Z"),
        ("2027-06-11T07:00Z", "2027-06-11T07:00:00Z"),
        ("2027-06-11T09:30+05:30", "2027-06-11T04:00:00Z"),
        ("2027-12-31T23:00:00-03:00", "2028-01-01T02:00:00Z"),
        ("2027-01-01T00:00:00+14:00", "2026-12-31T10:00:00Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_date_and_time_is_an_instant_in_utc(text: str, kept: str) -> None:
    """An offset is needed, and gone once it has been counted in."""
    when = edtf.parse(text)
    assert (when.precision, when.edtf) == ("instant", kept)
    assert when.instant == datetime.fromisoformat(kept.replace("Z", "+00:00"))
    assert span(when) == f"{kept[:10]}..{kept[:10]}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", UNKNOWN),
        ("TBA", "that isn't a date; leave it out until there is one"),
        ("tbd", "that isn't a date; leave it out until there is one"),
        ("soon", UNKNOWN),
        ("June", UNKNOWN),
        ("foo 2027", UNKNOWN),
        ("late foo 2027", UNKNOWN),
        ("very late June 2027", UNKNOWN),
        ("2027 2028", UNKNOWN),
        ("27", UNKNOWN),
        ("27-06-11", "the year is unclear; write it with four digits, like 2027-06-11"),
        ("2027-1X", UNKNOWN),
        ("2027-Q5", UNKNOWN),
        ("20XX", UNKNOWN),
        ("2027??", UNKNOWN),
        ("-2027", UNKNOWN),
        ("Y12027", UNKNOWN),
        ("06/2027/", NO_WINDOW),
        ("11.06.2027", "that can be 11 June or 6 November; write 2027-06-11 or 2027-11-06"),
        ("20270611T000000Z", UNKNOWN),
        ("2027-06-11 10:00", NO_MOMENT),
        ("0000", "years run from 0001 to 9999"),
        ("0000-06", "years run from 0001 to 9999"),
        ("000X", "years run from 0001 to 9999"),
        ("0000s", "years run from 0001 to 9999"),
        ("June 0000", "years run from 0001 to 9999"),
        ("Q1 0000", "years run from 0001 to 9999"),
        ("11 June 0000", "years run from 0001 to 9999"),
        ("early June 0000", "years run from 0001 to 9999"),
        ("2027-00", "there's no month or season 00; months are 01 to 12"),
        ("2027-13", "there's no month or season 13; months are 01 to 12"),
        ("2027-20", "there's no month or season 20; months are 01 to 12"),
        ("2027-25", "there's no month or season 25; months are 01 to 12"),
        ("2027-42", "there's no month or season 42; months are 01 to 12"),
        ("2027-13-01", "there's no month or season 13; months are 01 to 12"),
        ("2027-22-11", "a season or quarter has no day; write 2027-22 alone"),
        ("2027-36-XX", "a season or quarter has no day; write 2027-36 alone"),
        ("2027-XX-11", "a day needs its month; write one like 2027-06-11"),
        ("202X-06", "a decade has no month; write 202X alone"),
        ("202X-06-11", "a decade has no month; write 202X alone"),
        *(
            (f"32 {name[:3]} 2027", f"{name} 2027 has only {days} days")
            for name, days in (
                *(("January", 31), ("February", 28), ("March", 31), ("April", 30), ("May", 31)),
                *(("June", 30), ("July", 31), ("August", 31), ("September", 30)),
                *(("October", 31), ("November", 30), ("December", 31)),
            )
        ),
        ("2027-06-31", "June 2027 has only 30 days"),
        ("2027-06-00", "June 2027 has only 30 days"),
        ("2027-02-29", "February 2027 has only 28 days"),
        ("2028-02-30", "February 2028 has only 29 days"),
        ("2100-02-29", "February 2100 has only 28 days"),
        ("9999-12-32", "December 9999 has only 31 days"),
        ("31 June 2027", "June 2027 has only 30 days"),
        ("June 31st, 2027", "June 2027 has only 30 days"),
        ("/2027", NO_START),
        ("../2027", NO_START),
        ("../..", NO_START),
        ("2027-06-11T00:00:00Z/..", NO_OPEN_START),
        ("soon/..", NO_OPEN_START),
        ("2026/2027/2028", NO_WINDOW),
        ("winter 2027/2029", NO_ENDS),
        ("2027/summer 2028", NO_ENDS),
        ("2027-06-11T00:00:00Z/2027-07", NO_ENDS),
        ("2027-06/2027-06-11T00:00:00Z", NO_ENDS),
        ("2027-06/2027-13", "there's no month or season 13; months are 01 to 12"),
        ("2027-04/2027-01", "the window ends (2027-01-31) before it starts (2027-04-01)"),
        ("2027-06-11/2027-06-10", "the window ends (2027-06-10) before it starts (2027-06-11)"),
        ("2027-06-31T00:00:00Z", NO_MOMENT),
        ("2027-06-11T25:00:00Z", NO_MOMENT),
        ("2027-06-11T00:00:00+25:00", NO_MOMENT),
        ("2027-06-11T00Z", NO_MOMENT),  # read by some versions of Python, and not by others
        ("2027-06-11T00:00:00.5Z", NO_MOMENT),
        ("2027-W23-5T00:00:00Z", NO_MOMENT),
        (
            "2027-06-11T00:00:00",
            'a time needs its UTC offset; write "2027-06-11T00:00:00-07:00"',
        ),
        ("0001-01-01T00:00:00+05:00", "that time is outside the years 1 to 9999"),
        ("9999-12-31T23:00:00-05:00", "that time is outside the years 1 to 9999"),
    ],
)
def test_what_is_no_date_is_refused_and_says_why(text: str, message: str) -> None:
    """The message is for users and shows a correct form."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        edtf.parse(text)


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (date(2027, 6, 11), "2027-06-11"),
        (date(2028, 2, 29), "2028-02-29"),
        (datetime(2027, 6, 11, 7, tzinfo=UTC), "2027-06-11T07:00:00Z"),
        (datetime(2027, 6, 11, tzinfo=timezone(-timedelta(hours=7))), "2027-06-11T07:00:00Z"),
        ("Q4 2027", "2027-36"),
    ],
)
def test_toml_date_time_or_string_is_read(value: object, kept: str) -> None:
    """A local date is a day, an offset date-time an instant."""
    assert edtf.from_toml(value).edtf == kept


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            2027,
            f'should be a date, not a number (put a year in quotes: "2027"); {HINT}',
        ),
        *(
            (year, f'should be a date, not a number (put a year in quotes: "{year}"); {HINT}')
            for year in (1000, 9999)
        ),
        *(
            (number, f"should be a date, not a number; {HINT}")
            for number in (-2027, 0, 27, 999, 10_000)
        ),
        pytest.param(10**5000, f"should be a date, not a number; {HINT}", id="huge"),
        (True, f"should be a date, not true or false; {HINT}"),
        (time(10), f"should be a date, not a time of day; {HINT}"),
        (2027.5, f"should be a date, not that kind of value; {HINT}"),
        ([], f"should be a date, not that kind of value; {HINT}"),
        ({}, f"should be a date, not that kind of value; {HINT}"),
        (
            datetime(2027, 6, 11),  # a local date-time of TOML
            "a time needs its UTC offset; write 2027-06-11T00:00:00-07:00",
        ),
        (
            datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=5))),
            "that time is outside the years 1 to 9999",
        ),
    ],
)
def test_other_toml_value_is_no_date(value: object, message: str) -> None:
    """A year without quotes is a number; the message says so."""
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        edtf.from_toml(value)


years = st.integers(1, 9999)
year_texts = years.map("{:04}".format)
qualifiers = st.sampled_from(["", "?", "~", "%"])
simple = st.one_of(
    st.builds("{}{}".format, year_texts, qualifiers),
    st.builds("{}-{:02}{}".format, year_texts, st.integers(1, 12), qualifiers),
    st.builds("{}-{}{}".format, year_texts, st.sampled_from(sorted(GROUPINGS)), qualifiers),
    st.builds("{:03}X{}".format, st.integers(1, 999), qualifiers),
    st.builds("{}{}".format, st.dates(), qualifiers),
)
words = st.builds(
    "{} {}".format,
    st.sampled_from(
        [
            *("Q1", "summer", "fall", "early", "mid", "late", "H2", "Dec", "March"),
            *("early February", "mid February", "late February", "late Dec"),
        ]
    ),
    year_texts,
)
moments = st.datetimes(
    min_value=datetime(2, 1, 1), max_value=datetime(9998, 1, 1), timezones=st.just(UTC)
).map(lambda at: at.isoformat(timespec="seconds"))


@st.composite
def intervals(draw: st.DrawFn) -> str:
    """Two dates with a stroke between them, the earlier one first."""
    ends = sorted((draw(simple), draw(simple)), key=lambda end: edtf.parse(end).earliest)
    return "/".join(ends)


spellings = st.one_of(simple, words, moments, intervals())


@settings(deadline=None)
@given(spellings)
def test_what_is_kept_is_read_again_as_the_same_window(text: str) -> None:
    """The normal form of a date is a date, and its own normal form."""
    when = edtf.parse(text)
    assert edtf.parse(when.edtf) == when


@settings(deadline=None)
@given(spellings)
def test_window_never_ends_before_it_begins(text: str) -> None:
    """Every window has at least one day."""
    when = edtf.parse(text)
    assert when.earliest <= when.latest
    if when.precision in ("day", "instant"):
        assert when.earliest == when.latest


@settings(deadline=None)
@given(st.one_of(TEXTS, st.text("0123456789X-/?~%TZ: ", max_size=25)))
def test_any_text_is_a_date_or_refused_with_a_reason(text: str) -> None:
    """Accepted text can be parsed again; all else raises ValueError with our own message."""
    try:
        when = edtf.parse(text)
    except ValueError as error:
        refused = str(error)
    else:
        assert edtf.parse(when.edtf) == when
        return
    assert re.match(
        r"can't read that|years run|there's no month|a season|a day needs|a decade|a window needs"
        r"|the ends of|the window ends|a time needs|that time|that depends on today"
        r"|that isn't a date|the year is unclear"
        r"|[A-Z][a-z]+ \d{1,4} has \d\d days",
        refused,
    )


@settings(deadline=None)
@given(years, st.integers(1, 12))
def test_tenths_of_a_month_make_up_the_month(year: int, number: int) -> None:
    """Early, mid and late follow each other without a gap and end with the month."""
    name = MONTHS[number - 1]
    early, mid, late = (edtf.parse(f"{part} {name} {year:04}") for part in ("early", "mid", "late"))
    assert early.earliest == date(year, number, 1)
    assert mid.earliest - early.latest == timedelta(days=1)
    assert late.earliest - mid.latest == timedelta(days=1)
    assert late.latest == month_end(year, number)
