"""A window of days: which days it holds, how exact it is, and where a moment's day lies."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import dates, edtf
from countdown.core.dates import GROUPINGS, PRECISIONS, ReleaseDate

UTC = UTC
years = st.integers(1, 9999)
months = st.integers(1, 12)
qualifiers = st.sampled_from(["", "?", "~", "%"])


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2027, 1, 31),
        (2027, 2, 28),
        (2028, 2, 29),  # a leap year
        (2100, 2, 28),  # a century is none
        (2000, 2, 29),  # but every fourth is
        (2027, 4, 30),
        (2027, 12, 31),
        (9999, 12, 31),  # the last day that there is
        (1, 1, 31),
    ],
)
def test_month_ends_on_its_last_day(year: int, month: int, last: int) -> None:
    """February knows its leap years, and December 9999 has no month after it."""
    assert dates.month_end(year, month) == date(year, month, last)
    assert dates.month(year, month).latest == date(year, month, last)


@pytest.mark.parametrize(
    ("when", "earliest", "latest", "precision", "edtf"),
    [
        (dates.day(date(2027, 6, 11)), "2027-06-11", "2027-06-11", "day", "2027-06-11"),
        (dates.day(date(2028, 2, 29), "?"), "2028-02-29", "2028-02-29", "day", "2028-02-29?"),
        (dates.month(2027, 6, "~"), "2027-06-01", "2027-06-30", "month", "2027-06~"),
        (dates.month(987, 6), "0987-06-01", "0987-06-30", "month", "0987-06"),
        (dates.year(2027), "2027-01-01", "2027-12-31", "year", "2027"),
        (dates.year(7, "%"), "0007-01-01", "0007-12-31", "year", "0007%"),
        (dates.decade(202), "2020-01-01", "2029-12-31", "decade", "202X"),
        (dates.decade(1), "0010-01-01", "0019-12-31", "decade", "001X"),
        (dates.decade(999), "9990-01-01", "9999-12-31", "decade", "999X"),
    ],
)
def test_constructor_gives_the_window_that_it_names(
    when: ReleaseDate, earliest: str, latest: str, precision: str, edtf: str
) -> None:
    """Numbers in, exactly their days out."""
    assert when == (
        date.fromisoformat(earliest),
        date.fromisoformat(latest),
        precision,
        edtf,
        None,
    )


@pytest.mark.parametrize(
    ("code", "earliest", "latest", "precision"),
    [
        (21, "2027-03-01", "2027-05-31", "season"),
        (22, "2027-06-01", "2027-08-31", "season"),
        (23, "2027-09-01", "2027-11-30", "season"),
        (24, "2027-12-01", "2028-02-29", "season"),  # across the year's end, into a leap year
        (33, "2027-01-01", "2027-03-31", "quarter"),
        (34, "2027-04-01", "2027-06-30", "quarter"),
        (35, "2027-07-01", "2027-09-30", "quarter"),
        (36, "2027-10-01", "2027-12-31", "quarter"),
        (37, "2027-01-01", "2027-04-30", "quadrimester"),
        (38, "2027-05-01", "2027-08-31", "quadrimester"),
        (39, "2027-09-01", "2027-12-31", "quadrimester"),
        (40, "2027-01-01", "2027-06-30", "semester"),
        (41, "2027-07-01", "2027-12-31", "semester"),
    ],
)
def test_grouping_is_the_months_that_edtf_gives_it(
    code: int, earliest: str, latest: str, precision: str
) -> None:
    """Seasons are the meteorological ones; quarters, thirds and halves are the calendar's."""
    when = dates.grouping(2027, code)
    assert (when.earliest.isoformat(), when.latest.isoformat()) == (earliest, latest)
    assert (when.precision, when.edtf) == (precision, f"2027-{code}")


def test_winter_before_a_common_year_ends_on_28_february() -> None:
    """Winter 2026 ends in February 2027, which has 28 days."""
    assert dates.grouping(2026, 24).latest == date(2027, 2, 28)


def test_winter_9999_ends_with_the_calendar() -> None:
    """There is no year 10000 for its January and February."""
    winter = dates.grouping(9999, 24)
    assert (winter.earliest, winter.latest) == (date(9999, 12, 1), date.max)


@pytest.mark.parametrize(
    ("code", "latest"),
    [(21, date(9999, 5, 31)), (33, date(9999, 3, 31)), (36, date.max), (40, date(9999, 6, 30))],
)
def test_grouping_of_the_last_year_ends_as_in_any_other(code: int, latest: date) -> None:
    """Only winter goes beyond it."""
    assert dates.grouping(9999, code).latest == latest


def test_interval_reaches_from_the_first_day_to_the_last() -> None:
    """Each end counts whole, and the text keeps both as they were written."""
    when = dates.interval(dates.month(2027, 11), dates.grouping(2027, 24))
    assert when == (date(2027, 11, 1), date(2028, 2, 29), "interval", "2027-11/2027-24", None)


@pytest.mark.parametrize(
    ("first", "last", "edtf"),
    [("", "", "2027-06-11"), ("?", "", "2027-06-11?"), ("", "~", "2027-06-11~")],
)
def test_interval_of_one_day_is_that_day(first: str, last: str, edtf: str) -> None:
    """A window that begins and ends on one day is no window, and a doubt of it stays."""
    on = date(2027, 6, 11)
    assert dates.interval(dates.day(on, first), dates.day(on, last)) == (on, on, "day", edtf, None)


def test_interval_that_ends_before_it_begins_is_refused() -> None:
    """The error names both days."""
    with pytest.raises(ValueError, match=r"^the window ends \(2027-01-31\) before it starts"):
        dates.interval(dates.month(2027, 4), dates.month(2027, 1))


@pytest.mark.parametrize(
    ("when", "qualifier", "exact"),
    [
        (dates.day(date(2027, 6, 11)), "", True),
        (dates.day(date(2027, 6, 11), "?"), "?", False),
        (dates.day(date(2027, 6, 11), "~"), "~", False),
        (dates.day(date(2027, 6, 11), "%"), "%", False),
        (dates.instant(datetime(2027, 6, 11, tzinfo=UTC)), "", True),
        (dates.month(2027, 6), "", False),
        (dates.year(2027, "?"), "?", False),
        (dates.decade(202), "", False),
        # a window is as doubtful as its ends are
        (dates.interval(dates.year(2027, "?"), dates.year(2028)), "?", False),
        (dates.interval(dates.year(2027), dates.year(2028, "~")), "~", False),
        (dates.interval(dates.year(2027, "?"), dates.year(2028, "~")), "%", False),
        (dates.interval(dates.year(2027, "%"), dates.year(2028, "~")), "%", False),
        (dates.interval(dates.year(2027), dates.year(2028)), "", False),
        (
            dates.interval(dates.day(date(2027, 6, 11), "?"), dates.day(date(2027, 6, 11), "~")),
            "%",
            False,
        ),
    ],
)
def test_only_a_day_without_reserve_is_exact(
    when: ReleaseDate, qualifier: str, exact: bool
) -> None:
    """A qualified day is not, nor is any window."""
    assert (when.qualifier, when.exact) == (qualifier, exact)


def test_instant_is_kept_in_utc_and_to_the_second() -> None:
    """Midnight Pacific in summer is 7 in the morning UTC; fractions are dropped."""
    at = datetime(2027, 6, 11, 0, 0, 0, 999_999, ZoneInfo("America/Los_Angeles"))
    when = dates.instant(at)
    assert when.edtf == "2027-06-11T07:00:00Z"
    assert when.instant == datetime(2027, 6, 11, 7, tzinfo=UTC)
    assert when.instant.utcoffset() == timedelta(0)
    assert when.earliest == when.latest == date(2027, 6, 11)
    assert when.precision == "instant"


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2027-06-11T07:00:00", "America/Los_Angeles", "2027-06-11"),  # midnight, in summer
        ("2027-06-11T06:59:59", "America/Los_Angeles", "2027-06-10"),
        ("2027-12-11T08:00:00", "America/Los_Angeles", "2027-12-11"),  # midnight, in winter
        ("2027-12-11T07:59:59", "America/Los_Angeles", "2027-12-10"),
        ("2027-06-11T09:59:59", "Pacific/Kiritimati", "2027-06-11"),  # UTC+14
        ("2027-06-11T10:00:00", "Pacific/Kiritimati", "2027-06-12"),
        ("2027-06-11T02:59:59", "America/Sao_Paulo", "2027-06-10"),
        ("2027-06-11T03:00:00", "America/Sao_Paulo", "2027-06-11"),
        ("2018-11-04T02:59:59", "America/Sao_Paulo", "2018-11-03"),  # the night without midnight
        ("2018-11-04T03:00:00", "America/Sao_Paulo", "2018-11-04"),
        ("2027-12-31T10:00:00", "Pacific/Kiritimati", "2028-01-01"),  # a new year
        ("9999-12-31T23:00:00", "Pacific/Kiritimati", "9999-12-31"),  # no year 10000
        ("0001-01-01T01:00:00", "America/Los_Angeles", "0001-01-01"),  # no year 0
    ],
)
def test_instant_has_the_day_of_its_zone(moment: str, zone: str, day: str) -> None:
    """Also on the days when clocks change, and at the ends of the calendar."""
    when = dates.instant(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    local = dates.localised(when, ZoneInfo(zone))
    assert local.earliest == local.latest == date.fromisoformat(day)
    assert local.instant == when.instant
    assert local.edtf == when.edtf


def test_instant_without_a_zone_is_in_the_system_zone() -> None:
    """None means what the operating system says."""
    moment = datetime(2027, 6, 11, 7, tzinfo=UTC)
    local = dates.localised(dates.instant(moment), None)
    assert local.earliest == moment.astimezone().date()


@pytest.mark.parametrize("zone", [None, UTC, ZoneInfo("Pacific/Kiritimati")])
def test_day_is_the_same_everywhere(zone: tzinfo | None) -> None:
    """Only an instant has an hour that a zone could shift."""
    when = dates.day(date(2027, 6, 11))
    assert dates.localised(when, zone) is when


@settings(deadline=None)
@given(years, months)
def test_month_is_whole(year: int, month: int) -> None:
    """It begins on the first, and the day after its last is the first of another month."""
    _assert_whole_months(dates.month(year, month), 1)


@settings(deadline=None)
@given(st.integers(1, 9998), st.sampled_from(sorted(GROUPINGS)), qualifiers)
def test_grouping_is_whole_months(year: int, code: int, qualifier: str) -> None:
    """A season or quarter has three of them, a third of a year four, a half six."""
    when = dates.grouping(year, code, qualifier)
    length = {"season": 3, "quarter": 3, "quadrimester": 4, "semester": 6}[when.precision]
    _assert_whole_months(when, length)
    assert when.earliest.year == year
    assert when.qualifier == qualifier


@settings(deadline=None)
@given(years, st.integers(1, 999))
def test_year_and_decade_are_whole(year: int, tens: int) -> None:
    """From 1 January to 31 December."""
    for when in (dates.year(year), dates.decade(tens)):
        assert (when.earliest.month, when.earliest.day) == (1, 1)
        assert (when.latest.month, when.latest.day) == (12, 31)
        assert when.precision in PRECISIONS
    assert dates.decade(tens).latest.year - dates.decade(tens).earliest.year == 9


@settings(deadline=None)
@given(st.datetimes(timezones=st.timezones()))
def test_instant_is_the_same_moment_in_every_zone(at: datetime) -> None:
    """At most a second is lost, and the local day is at most one off."""
    try:
        when = dates.instant(at)
    except OverflowError:
        assert at.year in (1, 9999)
        return
    assert when.instant is not None
    assert timedelta(0) <= at - when.instant < timedelta(seconds=1)
    local = dates.localised(when, at.tzinfo)
    assert abs((local.earliest - when.earliest).days) <= 1
    assert local.earliest == local.latest == when.instant.astimezone(at.tzinfo).date()


def _assert_whole_months(when: ReleaseDate, length: int) -> None:
    assert when.earliest.day == 1
    assert when.latest == date.max or (when.latest + timedelta(days=1)).day == 1
    apart = (when.latest.year - when.earliest.year) * 12 + when.latest.month - when.earliest.month
    assert apart + 1 == length


@pytest.mark.parametrize(
    ("text", "interchange"),
    [
        ("2027-36", "2027-36"),
        ("2027-36?", "2027-10?/2027-12?"),
        ("2027-24~", "2027-12~/2028-02~"),
        ("9999-24%", "9999-12-01%/9999-12-31%"),
        ("2027-33/2027-36", "2027-01/2027-12"),
        ("2027-06?/2027-39~", "2027-06?/2027-12~"),
        ("2027-22%/2028", "2027-06%/2028"),
        ("202X", "202X"),
        ("202X?", "2020?/2029?"),
        ("202X/203X?", "2020/2039?"),
        ("202X/2020", "2020-01-01/2020-12-31"),
        ("2027-01-01/2027", "2027-01-01/2027-12-31"),
        ("2027~/2027-33?", "2027~/2027-03?"),
        ("2027-06?/2027", "2027-06-01?/2027-12-31"),
        ("2027-06/2027-06-11", "2027-06/2027-06-11"),
        ("2027~/..", "2027~/.."),
        ("202X/..", "2020/.."),
        ("2027-06-11/2027-41", "2027-06-11/2027-12"),
        ("2027-06?/2027-08~", "2027-06?/2027-08~"),
        ("2027-06-11T07:00:00Z", "2027-06-11T07:00:00Z"),
    ],
)
def test_other_programs_read_a_grouping_by_itself_only(text: str, interchange: str) -> None:
    """With a doubt or in an interval, it is in months; no doubt gets lost.

    Nor do they read an interval whose end doesn't begin after its start.
    """
    when = edtf.parse(text)
    assert dates.interchange_edtf(when) == interchange
    assert edtf.parse(interchange).qualifier == when.qualifier


# Of EDTF, level 1 and the groupings of level 2, as both packages called `edtf` read them: that of
# Python, and that of JavaScript, which reads no decade with a doubt.
_END = r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?[?~%]?"
INTERCHANGE = re.compile(rf"{_END}(/{_END})?|\d{{3}}X|\d{{4}}-(2[1-4]|3[3-9]|4[01])")
ends = st.one_of(
    st.builds(dates.year, st.integers(1, 9999), qualifiers),
    st.builds(dates.month, st.integers(1, 9999), months, qualifiers),
    st.builds(dates.grouping, st.integers(1, 9999), st.sampled_from(sorted(GROUPINGS)), qualifiers),
    st.builds(dates.decade, st.integers(1, 999), qualifiers),
    st.builds(dates.day, st.dates(), qualifiers),
)


@given(ends, ends)
def test_every_window_has_an_edtf_that_is_read_elsewhere(
    first: ReleaseDate, last: ReleaseDate
) -> None:
    """It names the same days, with the same doubt."""
    windows = [first, last]
    if first.earliest <= last.latest:
        windows.append(dates.interval(first, last))
    for when in windows:
        text = dates.interchange_edtf(when)
        assert INTERCHANGE.fullmatch(text)
        if "/" in text:  # That of JavaScript refuses an interval whose end begins with its start.
            start, end = (edtf.parse(part).earliest for part in text.split("/"))
            assert start < end
        again = edtf.parse(text)
        assert (again.earliest, again.latest, again.qualifier) == (
            *(when.earliest, when.latest),
            when.qualifier,
        )
