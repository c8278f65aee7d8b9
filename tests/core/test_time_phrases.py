"""Phrases for the time between two days, for every day within half a century of today."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core import time_phrases
from tests.thorough import sample

UNITS = {"day": 1, "week": 7, "month": 30.4, "year": 365.2}  # in days
MARGIN = 3  # days, as months have 28 to 31
DAYS = sample([*range(1_200), *range(1_200, 20_001, 5)], of=[*range(20_001)])
todays = st.one_of(
    st.dates(date(1900, 1, 1), date(2100, 12, 31)),
    st.builds(date, st.integers(1900, 2100), st.sampled_from([1, 2, 3, 8]), st.integers(1, 28)),
    st.sampled_from([date(2024, 2, 29), date(2025, 8, 31), date(2026, 12, 31), date(2027, 1, 31)]),
)


def heard(text: str) -> float:
    """The days that a reader takes *text* for; that of `over 2 years` is a little more."""
    named = {"today": 0, "tomorrow": 1, "yesterday": 1}
    if text in named:
        return named[text]
    over, number, unit, plural = re.fullmatch(
        r"(?:in )?(over )?(\d+) (day|week|month|year)(s?)(?: ago)?", text
    ).groups()  # type: ignore[union-attr]
    assert bool(plural) == (number != "1")
    return int(number) * UNITS[unit] + bool(over)


@settings(max_examples=5, deadline=None)
@given(todays)
def test_later_day_never_sounds_nearer(today: date) -> None:
    """Within 20,000 days, each has a phrase, and none sounds later than it is."""
    last = 0.0
    for days in DAYS:
        text = time_phrases.until(today + timedelta(days), today)
        now = heard(text)
        assert now >= last
        assert now <= days + MARGIN
        last = now


@settings(max_examples=5, deadline=None)
@given(todays)
def test_earlier_day_never_sounds_more_recent(today: date) -> None:
    """Within 20,000 days, each has a phrase: an age, and beyond two years the year."""
    last, year = 0.0, 9999
    for days in DAYS:
        day = today - timedelta(days)
        text = time_phrases.since(day, today)
        if text.startswith("in "):
            assert text == f"in {day.year}"
            assert days >= 730
            assert day.year <= year
            year = day.year
        else:
            assert year == 9999
            assert heard(text) >= last
            assert heard(text) <= days + MARGIN
            last = heard(text)


@given(todays, st.integers(0, 20_000))
def test_time_that_passes_never_makes_a_day_sound_later(today: date, days: int) -> None:
    """Tomorrow, the same day sounds as near as today, or nearer."""
    day = today + timedelta(days + 1)
    phrases = [time_phrases.until(day, today + timedelta(n)) for n in (0, 1)]
    assert heard(phrases[0]) >= heard(phrases[1])


@given(todays, st.integers(0, 20_000))
def test_span_is_no_longer_than_it_is_and_by_one_unit_at_most_shorter(
    start: date, days: int
) -> None:
    """A part of a unit is left out, whichever it is."""
    end = start + timedelta(days)
    number, unit = re.fullmatch(r"(?:over )?(\d+) (\w+?)s?", time_phrases.span(start, end)).groups()  # type: ignore[union-attr]
    shortest, longest = (int(number) + n for n in (0, 1))
    if unit in ("day", "week"):
        assert shortest * UNITS[unit] <= days < longest * UNITS[unit]
    else:
        months = 12 if unit == "year" else 1
        total = time_phrases.whole_months(start, end)
        assert shortest * months <= total < longest * months


@pytest.mark.parametrize("days", [*range(3), 41, 42, 501, 20_000])
def test_exact_days(days: int) -> None:
    """But for the nearest, which have a name."""
    ahead = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    ago = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    assert (time_phrases.until_days(days), time_phrases.since_days(days)) == (ahead, ago)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2027-01-31", "2027-02-28", 1),
        ("2028-01-31", "2028-02-28", 0),
        ("2028-01-31", "2028-02-29", 1),
        ("2000-01-31", "2000-02-29", 1),
        ("2100-01-31", "2100-02-28", 1),
        ("2027-03-31", "2027-04-30", 1),
        ("2027-03-31", "2027-04-29", 0),
        ("2027-03-31", "2027-05-30", 1),
        ("2027-04-30", "2027-05-30", 1),
        ("2027-04-30", "2028-04-29", 11),
        ("2027-12-15", "2028-01-15", 1),
        ("0001-01-01", "9999-12-31", 119_987),
    ],
)
def test_months_of_the_calendar(start: str, end: str, months: int) -> None:
    """From one month's end to the next is a month, whatever their lengths."""
    ends = date.fromisoformat(start), date.fromisoformat(end)
    assert time_phrases.whole_months(*ends) == months


@pytest.mark.parametrize(
    ("start", "end", "span"),
    [
        ("2028-02-29", "2030-02-28", "2 years"),
        ("2028-02-29", "2030-03-01", "over 2 years"),
        ("2027-01-31", "2029-01-31", "2 years"),
        ("2027-01-31", "2029-02-28", "over 2 years"),
        ("2027-05-05", "2037-05-05", "10 years"),
        ("2027-05-05", "2037-12-05", "over 10 years"),
    ],
)
def test_years(start: str, end: str, span: str) -> None:
    """More than so many is said: a year is too long to leave out."""
    assert time_phrases.span(date.fromisoformat(start), date.fromisoformat(end)) == span


@pytest.mark.parametrize(
    ("seconds", "is_today", "text"),
    [
        (48 * 3600, False, ""),
        (48 * 3600 - 1, False, "in 47 h 59 min"),
        (3600, False, "in 1 h"),
        (3599, True, "today, in 59 min"),
        (59, True, "today, in 1 min"),
        (1, False, "in 1 min"),
    ],
)
def test_hours(seconds: int, is_today: bool, text: str) -> None:
    """In the last two days before a known instant."""
    assert time_phrases.until_instant(seconds, is_today=is_today) == text
