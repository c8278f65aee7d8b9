"""How dates and what is left of them read: every row of the catalogue's tables, word for word."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import dates, day_style, edtf, wording
from countdown.core.dates import ReleaseDate
from countdown.core.outlook import Moment, Outlook, outlook, remaining
from countdown.core.release import SHELVED, AnnouncedDate, Release

UTC = UTC


def at(local: str, zone: str = "UTC") -> Moment:
    """The moment when clocks in *zone* show *local*; noon if that is but a day."""
    there = datetime.fromisoformat(local if "T" in local else f"{local}T12:00:00")
    there = there.replace(tzinfo=ZoneInfo(zone))
    return Moment.at(there.astimezone(UTC), ZoneInfo(zone))


def outlook_of(
    when: str | None, now: Moment, stage: str | None = None, checked: str | None = None
) -> Outlook:
    """The outlook of a release with one worldwide date."""
    return outlook(
        Release(
            *("thor", "Thor", "film"),
            stage=stage,
            dates=(AnnouncedDate(edtf.parse(when)),) if when else (),
            checked=edtf.parse(checked) if checked else None,
        ),
        now=now,
    )


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("2022-07-08", "8 Jul 2022"),
        ("2022-07-08T07:00:00Z", "8 Jul 2022"),
        ("9999-12-31", "31 Dec 9999"),
        ("2028-02-29", "29 Feb 2028"),
        ("2027-06", "Jun 2027"),
        ("2027", "2027"),
        ("202X", "2020s"),
        *((f"2027-Q{number}", f"Q{number} 2027") for number in (1, 2, 3)),
        ("2027-Q4", "Q4 2027"),
        ("spring 2027", "spring 2027 (Mar–May)"),
        ("summer 2027", "summer 2027 (Jun–Aug)"),
        ("fall 2027", "autumn 2027 (Sep–Nov)"),
        ("winter 2027", "winter 2027 (Dec–Feb)"),
        ("winter 9999", "winter 9999 (Dec–Dec)"),
        ("early 2027", "early 2027 (Jan–Apr)"),
        ("mid 2027", "mid 2027 (May–Aug)"),
        ("late 2027", "late 2027 (Sep–Dec)"),
        ("H1 2027", "first half of 2027 (Jan–Jun)"),
        ("H2 2027", "second half of 2027 (Jul–Dec)"),
        ("early June 2027", "early Jun 2027"),
        ("mid June 2027", "mid Jun 2027"),
        ("late June 2027", "late Jun 2027"),
        ("late February 2027", "late Feb 2027"),
        ("late February 2028", "late Feb 2028"),
        ("2028-02-21/2028-02-28", "21–28 Feb 2028"),  # not to the end of that February
        ("late December 9999", "late Dec 9999"),
        ("2027-06-03/2027-06-09", "3–9 Jun 2027"),
        ("2027-06-01/2027-06-11", "1–11 Jun 2027"),
        ("2027-01/2027-04", "Jan–Apr 2027"),
        ("2027-06/2027-06", "Jun 2027"),
        ("2027-11/2028-02", "Nov 2027–Feb 2028"),
        ("2027/2028", "Jan 2027–Dec 2028"),
        ("2027-06-03/2027-07-04", "3 Jun–4 Jul 2027"),
        ("2027-12-20/2028-01-10", "20 Dec 2027–10 Jan 2028"),
        ("2027-06-01/2027-07-30", "1 Jun–30 Jul 2027"),
        ("2027-06-02/2027-07-31", "2 Jun–31 Jul 2027"),
        ("9999-11/9999-12", "Nov–Dec 9999"),
        ("2022-07-08?", "8 Jul 2022?"),
        ("2027?", "2027?"),
        ("2027-06~", "about Jun 2027"),
        ("2027-36%", "about Q4 2027?"),
        ("2027-22?", "summer 2027 (Jun–Aug)?"),
        ("2027-01/2027-04?", "Jan–Apr 2027?"),
    ],
)
def test_label_of_a_date(text: str, label: str) -> None:
    """As a person would write it, in English whatever the locale."""
    assert wording.format_date(edtf.parse(text)) == label


LATER = "2022-08-01"  # a day on which the stage was looked up, after the date


@pytest.mark.parametrize(
    ("today", "left", "exact"),
    [
        ("2019-07-08", "in 3 years", "in 1096 days"),
        ("2020-07-07", "in over 2 years", "in 731 days"),
        ("2020-07-08", "in 2 years", "in 730 days"),
        ("2020-07-09", "in 23 months", "in 729 days"),
        ("2021-10-01", "in 9 months", "in 280 days"),
        ("2022-01-08", "in 6 months", "in 181 days"),
        ("2022-01-09", "in 25 weeks", "in 180 days"),
        ("2022-05-20", "in 7 weeks", "in 49 days"),
        ("2022-05-21", "in 6 weeks", "in 48 days"),
        ("2022-05-27", "in 6 weeks", "in 42 days"),
        ("2022-05-28", "in 41 days", "in 41 days"),
        ("2022-07-06", "in 2 days", "in 2 days"),
        ("2022-07-07", "tomorrow", "tomorrow"),
        ("2022-07-08", "today", "today"),
        ("2022-07-09", "out yesterday", "out yesterday"),
        ("2022-07-10", "out 2 days ago", "out 2 days ago"),
        ("2022-08-18", "out 41 days ago", "out 41 days ago"),
        ("2022-08-19", "out 6 weeks ago", "out 42 days ago"),
        ("2023-01-07", "out 26 weeks ago", "out 183 days ago"),
        ("2023-01-08", "out 6 months ago", "out 184 days ago"),
        ("2024-07-07", "out 23 months ago", "out 730 days ago"),
        ("2024-07-08", "out in 2022", "out 731 days ago"),
        ("2037-07-08", "out in 2022", "out 5479 days ago"),
    ],
)
def test_time_left_until_and_since_a_day(today: str, left: str, exact: str) -> None:
    """Days up to six weeks, weeks up to six months, months up to two years; or exact days."""
    found = outlook_of("2022-07-08", at(today))
    assert wording.time_left(found) == left
    assert wording.time_left(found, exact=True) == exact
    assert wording.short_time_left(found) == {"out in 2022": "out 2022"}.get(
        left, left.removeprefix("out ")
    )
    assert wording.short_time_left(found, exact=True) == exact.removeprefix("out ")


@pytest.mark.parametrize(
    ("when", "now", "left", "brief"),
    [
        # a doubtful day
        ("2022-07-08?", at("2022-05-12"), "in 8 weeks, not confirmed", "in 8 weeks"),
        ("2022-07-08~", at("2022-05-12"), "in about 8 weeks", None),
        ("2022-07-08%", at("2022-05-12"), "in about 8 weeks, not confirmed", "in about 8 weeks"),
        ("2022-07-08?", at("2022-07-08"), "today, not confirmed", "today"),
        ("2022-07-08~", at("2022-07-07"), "about tomorrow", None),
        (
            *("2022-07-08?", at("2022-07-11")),
            *("due out 8 Jul 2022, not confirmed", "due 3 days ago"),
        ),
        # an instant: midnight Pacific on 11 June
        ("2027-06-11T07:00:00Z", at("2027-05-16T12:00:00"), "in 26 days", None),
        ("2027-06-11T07:00:00Z", at("2027-03-16T12:00:00"), "in 12 weeks", None),
        ("2027-06-11T07:00:00Z", at("2027-06-09T07:00:00"), "in 2 days", None),
        ("2027-06-11T07:00:00Z", at("2027-06-09T07:00:01"), "in 47 h 59 min", None),
        ("2027-06-11T07:00:00Z", at("2027-06-10T16:40:00"), "in 14 h 20 min", None),
        ("2027-06-11T07:00:00Z", at("2027-06-10T23:00:00"), "in 8 h", None),
        ("2027-06-11T07:00:00Z", at("2027-06-11T04:00:00"), "today, in 3 h", None),
        ("2027-06-11T07:00:00Z", at("2027-06-11T06:15:00"), "today, in 45 min", None),
        ("2027-06-11T07:00:00Z", at("2027-06-11T06:59:30"), "today, in 1 min", None),
        ("2027-06-11T07:00:00Z", at("2027-06-11T07:00:00"), "out today", None),
        ("2027-06-11T07:00:00Z", at("2027-06-11T20:00:00"), "out today", None),
        ("2027-06-11T07:00:00Z", at("2027-06-14T07:00:00"), "out 3 days ago", "3 days ago"),
        # the same one where it is another day
        (
            *("2027-06-11T07:00:00Z", at("2027-06-10T21:00:00", "America/Los_Angeles")),
            *("in 3 h", None),
        ),
        (
            *("2027-06-11T07:00:00Z", at("2027-06-11T18:00:00", "Pacific/Kiritimati")),
            *("today, in 3 h", None),
        ),
        # the end of the calendar, where the day in UTC stands for one that can't be told
        (
            *("9999-12-31T23:59:59Z", at("9999-12-31T00:30:00", "Pacific/Kiritimati")),
            *("today", None),
        ),
        # the nights when clocks change
        (
            *("2027-11-07T20:00:00Z", at("2027-11-06T12:00:00", "America/Los_Angeles")),
            *("in 25 h", None),
        ),
        (
            *("2027-03-14T19:00:00Z", at("2027-03-13T12:00:00", "America/Los_Angeles")),
            *("in 23 h", None),
        ),
        # no date
        (None, at("2022-07-04"), "no date announced", None),
    ],
)
def test_time_left_of_doubtful_days_and_instants(
    when: str | None, now: Moment, left: str, brief: str | None
) -> None:
    """Doubt is a word; hours count in the last two days."""
    found = outlook_of(when, now)
    assert wording.time_left(found) == left
    assert wording.short_time_left(found) == (brief or left)


@pytest.mark.parametrize(
    ("when", "today", "left", "brief"),
    [
        ("2027-04", "2025-11-25", "April 2027 · 17 months", "by 30 Apr 2027"),
        ("2027-04", "2027-03-20", "April 2027 · 41 days", "by 30 Apr"),
        ("2027-04~", "2025-11-25", "about April 2027 · 17 months", "by about Apr 2027"),
        ("2027-04?", "2025-11-25", "April 2027 · 17 months, not confirmed", "by 30 Apr 2027"),
        ("2027-Q4", "2027-08-22", "Q4 2027 · 18 weeks", "by 31 Dec"),
        ("2027-Q4", "2027-09-30", "Q4 2027 · 13 weeks", "by 31 Dec"),
        ("2027-22", "2026-08-22", "summer 2027 (Jun–Aug) · 12 months", "by 31 Aug 2027"),
        ("2027", "2026-11-25", "sometime in 2027", "by 31 Dec 2027"),
        ("2027~", "2026-11-25", "sometime around 2027", "by about Dec 2027"),
        ("2027?", "2026-11-25", "sometime in 2027, not confirmed", "by 31 Dec 2027"),
        ("203X", "2026-11-25", "sometime in the 2030s", "by 31 Dec 2039"),
        ("2027-06-03/2027-06-09", "2027-05-25", "3–9 Jun 2027 · 15 days", "by 9 Jun"),
        ("2027-Q4", "2027-10-01", "any day until 31 Dec", "by 31 Dec"),
        ("2027-Q4", "2027-12-30", "any day until 31 Dec", "by 31 Dec"),
        ("2027-Q4", "2027-12-31", "today at the latest", "today at latest"),
        ("2027-36~", "2027-11-23", "any day until about Dec 2027", "by about Dec 2027"),
        ("2027-36?", "2027-11-23", "any day until 31 Dec, not confirmed", "by 31 Dec"),
        ("2027-12/2028-01", "2027-12-12", "any day until 31 Jan 2028", "by 31 Jan 2028"),
        (
            *("2027-Q4", "2028-01-12"),
            *("due out by 31 Dec 2027, not confirmed", "due 12 days ago"),
        ),
        (
            *("2027-Q4", "2028-01-01"),
            *("due out by 31 Dec 2027, not confirmed", "due yesterday"),
        ),
        (
            *("2027-Q4", "2031-01-12"),
            *("due out by 31 Dec 2027, not confirmed", "due 2027"),
        ),
    ],
)
def test_time_left_of_a_window(when: str, today: str, left: str, brief: str) -> None:
    """Its name and the time to its end; in short, its end."""
    found = outlook_of(when, at(today))
    assert wording.time_left(found) == left
    assert wording.short_time_left(found) == brief


@pytest.mark.parametrize(
    ("when", "today", "left", "brief"),
    [
        ("2027-Q4", "2027-08-22", "in 40 to 131 days", "in 40–131 days"),
        ("2027-Q4", "2027-09-30", "in 1 to 92 days", "in 1–92 days"),
        ("2027-36?", "2027-08-22", "in 40 to 131 days, not confirmed", "in 40–131 days"),
        ("2027-36~", "2027-08-22", "in about 40 to 131 days", "in about 40–131 days"),
        ("2027-Q4", "2027-10-01", "any day until 31 Dec, at most 91 days", "within 91 days"),
        ("2027-Q4", "2027-12-30", "any day until 31 Dec, at most 1 day", "within 1 day"),
        ("2027-Q4", "2027-12-31", "today at the latest", "today at latest"),
        (
            *("2027-Q4", "2028-01-12"),
            "due out by 31 Dec 2027, 12 days ago, not confirmed",
            "due 12 days ago",
        ),
    ],
)
def test_exact_days_of_a_window(when: str, today: str, left: str, brief: str) -> None:
    """To both of its ends."""
    found = outlook_of(when, at(today))
    assert wording.time_left(found, exact=True) == left
    assert wording.short_time_left(found, exact=True) == brief


@pytest.mark.parametrize(
    ("style", "today", "left", "brief"),
    [
        (day_style.AMERICAN, "2027-11-23", "any day until Dec 31", "by Dec 31"),
        (day_style.AMERICAN, "2026-11-23", "Q4 2027 · 13 months", "by Dec 31, 2027"),
        (day_style.ISO, "2027-11-23", "any day until 2027-12-31", "by 2027-12-31"),
        (
            *(day_style.ISO, "2028-11-23"),
            *("due out by 2027-12-31, not confirmed", "due 10 months ago"),
        ),
    ],
)
def test_time_left_is_in_the_style_of_days(style: str, today: str, left: str, brief: str) -> None:
    """Like the dates beside it."""
    found = outlook_of("2027-Q4", at(today))
    assert wording.time_left(found, style) == left
    assert wording.short_time_left(found, style) == brief


def test_month_of_the_iso_style_stays_in_it() -> None:
    """Only words are spelt out."""
    found = outlook_of("2027-04", at("2025-11-25"))
    assert wording.time_left(found, day_style.ISO) == "2027-04 · 17 months"
    assert wording.time_left(found, day_style.AMERICAN) == "April 2027 · 17 months"


@pytest.mark.parametrize(
    ("unverified", "left"), [(True, "in 4 days, not confirmed"), (False, "in 4 days")]
)
def test_unverified_date_is_not_confirmed(unverified: bool, left: str) -> None:
    """As one that its source doubts; a doubt about another date is none about this one."""
    dates = (
        AnnouncedDate(edtf.parse("2022-07-08"), unverified=unverified),
        AnnouncedDate(edtf.parse("2022-07-09"), "BR", unverified=not unverified),
    )
    release = Release("a", "A", "film", dates=dates)
    found = outlook(release, now=at("2022-07-04"))
    assert wording.time_left(found) == left
    assert wording.is_doubtful(found) == left.endswith("not confirmed")
    assert not wording.is_doubtful(outlook_of(None, at("2022-07-04")))


@pytest.mark.parametrize(
    ("when", "stage", "now", "left", "brief"),
    [
        ("2022-07-08", "released", "2022-07-08", "out today", None),
        ("2022-07-08", "released", "2022-07-11", "out 3 days ago", "3 days ago"),
        ("2022-07-08?", "released", "2022-07-11", "out", None),
        ("2022-07", "released", "2022-07-11", "out", None),
        ("2022", "released", "2023-07-11", "out", None),
        (None, "released", "2022-07-11", "out", None),
        ("2022-07-08", "released", "2022-07-04", "in 4 days", None),
        ("2022-07-08", "on-hold", "2022-07-04", "on hold", None),
        ("2022-07-08", "cancelled", "2022-07-11", "cancelled", None),
        (None, "on-hold", "2022-07-04", "on hold", None),
        (None, "wrapped", "2022-07-04", "no date announced", None),
        (
            *("2022-07-08", "filming", "2022-07-11"),
            *("due out 8 Jul 2022, not confirmed", "due 3 days ago"),
        ),
        (
            *("2022-07-08T07:00:00Z", "filming", "2022-07-11"),
            *("due out 8 Jul 2022, not confirmed", "due 3 days ago"),
        ),
        (
            *("2022-07-08T07:00:00Z", "filming", "2022-07-08"),
            *("due out 8 Jul 2022, not confirmed", "due today"),
        ),
    ],
)
def test_what_a_stage_makes_of_it(
    when: str | None, stage: str, now: str, left: str, brief: str | None
) -> None:
    """Shelved ones have no time left; released ones say since when, if known."""
    checked = None if stage in SHELVED else LATER
    found = outlook_of(when, at(now), stage, checked=checked)
    assert wording.time_left(found) == left
    assert wording.short_time_left(found) == (brief or left)


@pytest.mark.parametrize(
    ("when", "now", "until"),
    [
        ("2022-07-08", "2022-07-04", "in 4 days"),
        ("2022-07-08", "2022-05-04", "in 9 weeks"),
        ("2022-07-08", "2022-07-08", "today"),
        ("2022-07-08", "2022-07-11", "out 3 days ago"),
        ("2022-07-08?", "2022-07-11", "passed 3 days ago"),
        ("2022-07", "2022-07-11", "any day until 31 Jul"),
        ("2022-07", "2022-08-01", "passed yesterday"),
        ("2022-07-08T13:00:00Z", "2022-07-08", "today, in 1 h"),
        ("2022-07-08T12:00:01Z", "2022-07-08", "today, in 1 min"),
        ("2022-07-08T12:00:00Z", "2022-07-08", "out today"),
        ("2022-07-08T11:00:00Z", "2022-07-08", "out today"),
        ("2022-07-08T11:00:00Z", "2022-07-09", "out yesterday"),
    ],
)
def test_what_is_left_of_one_date_among_several(when: str, now: str, until: str) -> None:
    """The date alone speaks, whatever became of the release."""
    found = edtf.parse(when)
    assert wording.time_until(found, remaining(found, now=at(now))) == until


def test_exact_days_of_one_date_among_several() -> None:
    """As of the one that counts."""
    found = edtf.parse("2022-07-08")
    left = remaining(found, now=at("2022-05-04"))
    assert wording.time_until(found, left, exact=True) == "in 65 days"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-11-22", "2027-03-06", "3 months 12 days"),
        ("2026-11-22", "2026-11-22", "0 days"),
        ("2026-11-22", "2026-11-23", "1 day"),
        ("2026-11-22", "2026-12-22", "1 month"),
        ("2026-11-22", "2027-11-22", "1 year"),
        ("2026-11-22", "2028-12-23", "2 years 1 month 1 day"),
        ("2027-01-31", "2027-02-28", "1 month"),  # from one month's end to the next
        ("2027-01-31", "2027-03-01", "1 month 1 day"),
        ("2028-02-28", "2028-03-01", "2 days"),
        ("2028-02-29", "2029-02-28", "1 year"),
        ("2028-02-29", "2029-03-01", "1 year 1 day"),
        ("2027-12-31", "2028-01-01", "1 day"),
        ("0001-01-01", "9999-12-31", "9998 years 11 months 30 days"),
    ],
)
def test_calendar_words(start: str, end: str, words: str) -> None:
    """Years, months and days of the calendar, not of thirty days each."""
    assert wording.calendar_span(date.fromisoformat(start), date.fromisoformat(end)) == words


@pytest.mark.parametrize(
    ("then", "today", "age"),
    [
        ("2022-07-04", "2022-07-04", "today"),
        ("2022-07-04T07:00:00Z", "2022-07-04", "today"),
        ("2022-07-03", "2022-07-04", "yesterday"),
        ("2022-06-22", "2022-07-04", "12 days ago"),
        ("2022-05-24", "2022-07-04", "41 days ago"),
        ("2022-05-23", "2022-07-04", "6 weeks ago"),
        ("2021-11-04", "2022-07-04", "8 months ago"),
        ("2020-07-05", "2022-07-04", "23 months ago"),
        ("2020-07-04", "2022-07-04", "in 2020"),
        ("2022-06", "2022-07-04", "4 days ago"),  # a month is over on its last day
        ("2022-07", "2022-07-04", "Jul 2022"),
        ("2022", "2022-07-04", "2022"),
        ("2022-07", "2022-07-31", "Jul 2022"),
        ("2022-07", "2022-06-30", "Jul 2022"),
        ("2023-06-16", "2022-07-04", "16 Jun 2023"),  # looked at from an earlier day
    ],
)
def test_age_of_news(then: str, today: str, age: str) -> None:
    """At least so long ago; of a window that is not over, only which one it is."""
    assert wording.age(edtf.parse(then), today=date.fromisoformat(today)) == age


def test_age_in_exact_days() -> None:
    """However long ago."""
    then, today = edtf.parse("2021-11-04"), date(2022, 7, 4)
    assert wording.age(then, today=today, exact=True) == "242 days ago"


@pytest.mark.parametrize(
    ("start", "end", "size", "exact"),
    [
        ("2026-05-01", "2026-05-02", "1 day", "1 day"),
        ("2026-05-01", "2026-12-18", "8 months", "231 days"),
        ("2025-05-02", "2026-05-01", "12 months", "364 days"),
        ("2026-12-18", "2026-05-01", "8 months", "231 days"),
        ("2026-05-01", "2026-07-01", "9 weeks", "61 days"),
        ("2025-05-01", "2027-05-02", "over 2 years", "731 days"),
    ],
)
def test_size_of_a_move(start: str, end: str, size: str, exact: str) -> None:
    """Whichever way it moved."""
    ends = date.fromisoformat(start), date.fromisoformat(end)
    assert wording.size(*ends) == size
    assert wording.size(*ends, exact=True) == exact


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days"), (1000, "1000 days")]
)
def test_one_day_is_singular(count: int, words: str) -> None:
    """And only one."""
    assert wording.days(count) == words


windows = st.one_of(
    st.builds(dates.month, st.integers(1900, 2100), st.integers(1, 12)),
    st.builds(dates.grouping, st.integers(1900, 2100), st.sampled_from(sorted(dates.GROUPINGS))),
    st.builds(dates.year, st.integers(1900, 2100)),
    st.builds(dates.decade, st.integers(190, 209)),
)


@settings(deadline=None)
@given(windows)
def test_label_of_whole_months_names_no_day(when: ReleaseDate) -> None:
    """Nobody announced one, so none may be read out of it."""
    assert not re.search(r"(?<!\w)\d{1,2}(?!\w)", wording.format_date(when))


@settings(deadline=None)
@given(windows, st.dates(date(1899, 1, 1), date(2101, 1, 1)), st.booleans())
def test_window_never_reads_like_a_day(when: ReleaseDate, today: date, exact: bool) -> None:
    """Ahead, it has its name; open, only its last day, as the last one; past, no release."""
    now = Moment.at(datetime(today.year, today.month, today.day, tzinfo=UTC), UTC)
    found = outlook(Release("a", "A", "film", dates=(AnnouncedDate(when),)), now=now)
    long, short = (f(found, exact=exact) for f in (wording.time_left, wording.short_time_left))
    last_day = wording.day_label(when.latest)
    if today > when.latest:
        assert long.startswith(f"due out by {last_day}")
        assert long.endswith(", not confirmed")
        assert short.startswith("due ")
        return
    assert not long.startswith(("in ", "today", "tomorrow")) or exact or today == when.latest
    if today < when.earliest and exact:
        first, last = (when.earliest - today).days, (when.latest - today).days
        assert (long, short) == (f"in {first} to {last} days", f"in {first}–{last} days")
    elif today < when.earliest:
        assert not re.search(r"\d (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)", long)
    elif today < when.latest:
        assert long.startswith("any day until ")
    if not exact and today != when.latest:
        this_year = last_day.removesuffix(f" {today.year}")
        assert short == f"by {this_year}"
        assert len(short) <= 16


# ---- Styles ----


@pytest.mark.parametrize(
    ("text", "american", "iso"),
    [
        ("2022-07-08", "Jul 8, 2022", "2022-07-08"),
        ("2022-07-08?", "Jul 8, 2022?", "2022-07-08?"),
        ("2022-07", "Jul 2022", "2022-07"),
        ("2022-07~", "about Jul 2022", "about 2022-07"),
        ("2022", "2022", "2022"),
        ("202X", "2020s", "2020s"),
        ("2027-36", "Q4 2027", "Q4 2027"),
        ("2027-06-03/2027-06-09", "Jun 3–9, 2027", "2027-06-03–2027-06-09"),
        ("2027-06-01/2027-06-10", "early Jun 2027", "2027-06-01–2027-06-10"),
        ("2027-06-03/2027-07-04", "Jun 3–Jul 4, 2027", "2027-06-03–2027-07-04"),
        ("2027-12-30/2028-01-04", "Dec 30, 2027–Jan 4, 2028", "2027-12-30–2028-01-04"),
        ("2027-01/2027-04", "Jan–Apr 2027", "2027-01–2027-04"),
        ("2027-11/2028-02", "Nov 2027–Feb 2028", "2027-11–2028-02"),
        ("2027-06-01/2027-06-30", "Jun 2027", "2027-06"),
    ],
)
def test_label_is_written_in_a_style(text: str, american: str, iso: str) -> None:
    """Words for windows stay; days and months change."""
    when = edtf.parse(text)
    assert wording.format_date(when, day_style.AMERICAN) == american
    assert wording.format_date(when, day_style.ISO) == iso
    assert wording.format_date(when, day_style.DEFAULT) == wording.format_date(when)


def test_age_that_names_a_day_has_a_style() -> None:
    """Of news from tomorrow, as far as this clock knows."""
    then = dates.day(date(2022, 7, 8))
    today = date(2022, 7, 4)
    assert wording.age(then, today=today, style=day_style.ISO) == "2022-07-08"
    assert wording.age(then, today=today, style=day_style.AMERICAN) == "Jul 8, 2022"
    assert wording.age(edtf.parse("2022-08"), today=today, style=day_style.ISO) == "2022-08"


def test_styles_are_those_that_are_known() -> None:
    """The usual one first, by which golden files are drawn."""
    assert day_style.STYLES == ("day-month-year", "month-day-year", "iso")
    assert wording.day_label(date(2022, 7, 8)) == "8 Jul 2022"
