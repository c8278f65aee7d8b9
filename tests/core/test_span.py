"""Spans: how they are written, and the days that they lead to."""

from datetime import UTC, date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from countdown.cli import date_arguments
from countdown.core.outlook import Moment
from countdown.core.span import day_after, day_before, parse_span
from countdown.prompt.options import parse_options

DAYS = [date(2023, 3, 1) + timedelta(days=number) for number in range(2 * 366)]
SPANS = {
    "0d": relativedelta(),
    "45d": relativedelta(days=45),
    "7w": relativedelta(weeks=7),
    "1m": relativedelta(months=1),
    "11m": relativedelta(months=11),
    "30m": relativedelta(months=30),
    "1y": relativedelta(years=1),
    "4y": relativedelta(years=4),
}


@pytest.mark.parametrize(("text", "delta"), SPANS.items(), ids=SPANS)
def test_span_leads_to_the_same_day_as_on_a_calendar(text: str, delta: relativedelta) -> None:
    """A month later or earlier is the same day of the month, or its last one: 31 May, 30 June."""
    span = parse_span(text)
    assert [day_after(day, span) for day in DAYS] == [day + delta for day in DAYS]
    assert [day_before(day, span) for day in DAYS] == [day - delta for day in DAYS]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("30", (30, "d")),
        ("90 days", (90, "d")),
        ("1 day", (1, "d")),
        ("3 weeks", (3, "w")),
        ("a week", (1, "w")),
        ("Two Weeks", (2, "w")),
        ("6 months", (6, "m")),
        ("6 mo", (6, "m")),
        ("an year", (1, "y")),
        ("1 yr", (1, "y")),
        ("ten years", (10, "y")),
    ],
)
def test_span_may_be_in_words(text: str, span: tuple[int, str]) -> None:
    """A number alone is one of days."""
    assert parse_span(text) == span


@pytest.mark.parametrize("text", [*SPANS, "2W", "3M", "1Y", " 5 d", "007d"])
def test_list_and_prompt_mean_the_same_day(text: str) -> None:
    """Else what a prompt shows would be missing in a list of the same span."""
    options = parse_options(["--within", text])
    assert options is not None
    ends = [options.last_day(day.toordinal()) for day in DAYS]
    assert ends == [date_arguments.span_end(text, day).toordinal() for day in DAYS]


@pytest.mark.parametrize(
    "text", ["", "d", "2027", "-1d", "+1d", "1.5d", "1h", "1dd", "d1", "٣d", "²d", "1 m 2", "soon"]
)
def test_text_that_is_no_span_is_refused_with_one_that_is(text: str) -> None:
    """Neither command guesses."""
    with pytest.raises(ValueError, match="isn't a time span") as raised:
        parse_span(text)
    assert str(raised.value) == f'"{text}" isn\'t a time span; write 90d, 12w, 6m or 1y'
    assert parse_options(["--within", text]) is None


@pytest.mark.parametrize("unit", ["d", "w", "m", "y"])
@pytest.mark.parametrize("number", ["99999999", "9" * 5000])
def test_span_that_is_longer_than_the_calendar_ends_with_it(number: str, unit: str) -> None:
    """Whatever is known is within it; and nothing is computed for minutes."""
    span = parse_span(f"{number}{unit}")
    assert (day_after(DAYS[0], span), day_before(DAYS[0], span)) == (date.max, date.min)


@pytest.mark.parametrize(
    ("day", "text", "found"),
    [
        (date(9999, 11, 30), "1m", date(9999, 12, 30)),
        (date(9999, 12, 1), "1m", date.max),
        (date(9998, 12, 31), "1y", date.max),
        (date(9999, 12, 30), "1d", date.max),
        (date(9999, 12, 30), "2d", date.max),
    ],
)
def test_last_days_of_the_calendar_are_reached(day: date, text: str, found: date) -> None:
    """And not passed."""
    assert day_after(day, parse_span(text)) == found


@pytest.mark.parametrize(
    ("day", "text", "found"),
    [
        (date(1, 2, 28), "1m", date(1, 1, 28)),
        (date(1, 1, 31), "1m", date.min),
        (date(2, 1, 1), "1y", date.min),
        (date(1, 6, 1), "1y", date.min),
    ],
)
def test_first_days_of_the_calendar_are_reached(day: date, text: str, found: date) -> None:
    """And not passed."""
    assert day_before(day, parse_span(text)) == found


def test_since_takes_the_same_spans_back() -> None:
    """For `news --since`."""
    now = Moment.at(datetime(2024, 5, 31, 12, tzinfo=UTC), UTC)
    assert date_arguments.span_start("3m", now, origin="--since") == date(2024, 2, 29)
