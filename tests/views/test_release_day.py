"""The day of a release in words."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from countdown.core.outlook import Moment
from countdown.views import release_day
from countdown.views.view import Cell, ViewContext
from tests.views.releases import AMERICAN, CONTEXT, ISO, THOR, as_drawn, film, outlook_of

GERMAN = CONTEXT._replace(date_style="de")


def words(*dates: str, context: ViewContext = CONTEXT) -> list[str]:
    """The number, and each text beside it."""
    outlook = outlook_of(film("A", *dates), context.now)
    number, unit = release_day.number_and_unit(outlook, context)
    cells = (*unit, *release_day.date_facts(outlook, context))
    return [number, *(as_drawn(cell.text) for cell in cells)]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2022-07-04", ["TODAY", "", "Monday, 4 July 2022"]),
        ("2022-07-05", ["1", "day", "tomorrow", "Tuesday, 5 July 2022"]),
        ("2022-07-10", ["6", "days", "", "Sunday, 10 July 2022"]),
        ("2022-07-11", ["7", "days", "1 week · 1 Monday to go", "Monday, 11 July 2022"]),
        ("2022-07-12", ["8", "days", "1 week 1 day · 2 Tuesdays to go", "Tuesday, 12 July 2022"]),
        (
            "2022-09-18",
            ["76", "days", "10 weeks 6 days · 11 Sundays to go", "Sunday, 18 September 2022"],
        ),
        (
            "2022-09-19",
            ["77", "days", "2 months 15 days · 11 Mondays to go", "Monday, 19 September 2022"],
        ),
        ("2022-07-08?", ["4", "days", "", "Friday, 8 July 2022?"]),
        ("2022-07-08~", ["", "In about 4 days", "about Friday, 8 July 2022"]),
        ("2022-07-08%", ["", "In about 4 days", "about Friday, 8 July 2022?"]),
        (
            "2022-12",
            [
                *("", "", "December 2022"),
                "at the earliest Thursday, 1 December 2022, in 150 days",
                "at the latest Saturday, 31 December 2022, in 180 days",
            ],
        ),
        (
            "2022-35",
            [
                *("", "Any day now", "3rd quarter 2022"),
                "at the latest Friday, 30 September 2022, in 88 days",
            ],
        ),
        ("2022-07-01/2022-07-04", ["", "Today at the latest", "1–4 July 2022"]),
        ("2022-07-03", ["", "Out yesterday", "Sunday, 3 July 2022"]),
        (
            "2022-06",
            ["", "Due out by 30 Jun 2022, 4 days ago, not confirmed", "June 2022"],
        ),
    ],
)
def test_time_left_is_a_number_or_words(date: str, expected: list[str]) -> None:
    """A day is counted, in weeks too; a window has both its ends, in words."""
    assert words(date) == expected


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2022-07-04T21:05Z", ["TODAY", "in 35 min", "Monday, 4 July 2022, 21:05"]),
        ("2022-07-05T01:31Z", ["5", "hours", "and 1 minute", "Tuesday, 5 July 2022, 01:31"]),
        ("2022-07-05T01:32Z", ["5", "hours", "and 2 minutes", "Tuesday, 5 July 2022, 01:32"]),
        ("2022-07-06T20:29Z", ["47", "hours", "and 59 minutes", "Wednesday, 6 July 2022, 20:29"]),
        ("2022-07-06T20:30Z", ["2", "days", "", "Wednesday, 6 July 2022, 20:30"]),
    ],
)
def test_hour_that_is_known_is_counted_within_two_days(date: str, expected: list[str]) -> None:
    """And told in the user's zone."""
    assert words(f"{date} - streaming") == expected


@pytest.mark.parametrize(
    ("minute", "expected"),
    [(0, ["1", "hour", ""]), (1, ["59", "minutes"]), (58, ["2", "minutes"]), (59, ["1", "minute"])],
)
def test_last_hour_is_counted_in_minutes(minute: int, expected: list[str]) -> None:
    """Until midnight in Honolulu, when it is tomorrow there."""
    moment = datetime(2022, 7, 5, 9, minute, tzinfo=UTC)
    now = Moment.at(moment, ZoneInfo("Pacific/Honolulu"))
    outlook = outlook_of(film("A", "2022-07-05T10:00Z - streaming"), now)
    number, unit = release_day.number_and_unit(outlook, CONTEXT._replace(now=now))
    assert [number, *(cell.text for cell in unit)][: len(expected)] == expected


def test_words_are_in_the_language_of_the_user() -> None:
    """Days, and the weekday in a form that needs no plural."""
    unit = "1 week 1 day · 2 Tuesdays to go"
    assert words("2022-07-12", context=GERMAN) == ["8", "days", unit, "Dienstag, 12. Juli 2022"]
    assert words("2022-07-12", context=AMERICAN)[-1] == "Tuesday, July 12, 2022"
    assert words("2022-07-12", context=ISO)[-1] == "Tuesday, 2022-07-12"


def test_unknown_date_has_no_facts() -> None:
    """But that."""
    assert words() == ["", "No date announced"]
    assert release_day.places(outlook_of(film("A")), CONTEXT) == []
    assert not release_day.has_time(outlook_of(film("A")))
    on_hold = outlook_of(film("A", "2022-07-12", stage="on-hold"))
    assert release_day.number_and_unit(on_hold, CONTEXT) == ("", [Cell("On hold", "title")])


@pytest.mark.parametrize(
    ("dates", "region", "places"),
    [
        (["2022-07-08 US theatrical"], "US", "in theaters"),
        (["2022-07-08 US"], "US", ""),
        (["2022-07-08 US"], "BR", "date for United States"),
        (["2022-07-08 unstated"], "BR", "date for a place not stated"),
        (["2022-07-08 US", "2022-07-07 BR"], "US", "Brazil one day earlier"),
        (["2022-07-08 US", "2022-07-07 BR"], None, "date for United States"),
        (["2022-07-08 US", "2022-07-10 -"], "US", "elsewhere 2 days later"),
        (["2022-07-08 US", "2022-07-08 BR"], "US", ""),
        (["2022-07-08 US", "2022-07-07 BR theatrical"], "US", ""),
        (["2022-07-08 US", "2022-07 BR"], "US", ""),
        (["2022-07-08? US", "2022-07-07 BR"], "US", ""),
        (["2022-07-08 US", "2022-07-07 unstated"], "US", ""),
        (
            ["2022-07-08 US", "2022-07-10 DE", "2022-07-06 FR", "2022-07-06 BE"],
            "US",
            "France, Belgium 2 days earlier · Germany 2 days later",
        ),
        (
            ["2022-07-08 US", *(f"2022-07-06 {code}" for code in ("FR", "BE", "DE", "IT", "ES"))],
            "US",
            "France, Belgium, Germany, Italy 2 days earlier · and 1 more",
        ),
        (
            [
                *("2022-07-08 US", "2022-07-09 ES", "2022-07-09 PT"),
                *(f"2022-07-06 {code}" for code in ("FR", "BE", "DE")),
            ],
            "US",
            "France, Belgium, Germany 2 days earlier · Spain one day later · and 1 more",
        ),
        (
            ["2022-07-08 US", *(f"2022-07-0{day} BR" for day in (1, 2, 3, 4, 5))],
            "US",
            "Brazil 7 days earlier · Brazil 6 days earlier · Brazil 5 days earlier"
            " · Brazil 4 days earlier · and 1 more",
        ),
    ],
)
def test_places_are_named_where_the_day_differs(
    dates: list[str], region: str | None, places: str
) -> None:
    """For who has a region; only days of the same form count, and at most four are named."""
    outlook = outlook_of(film("A", *dates), region=region)
    assert " · ".join(release_day.places(outlook, CONTEXT._replace(region=region))) == places


def test_facts_are_the_date_and_the_places() -> None:
    """A cell each, of which the last may be empty."""
    assert release_day.facts(outlook_of(THOR), CONTEXT) == [
        Cell("Friday, 8 July 2022", "week"),
        Cell("in theaters · Disney+, IMAX · Brazil one day earlier", "muted"),
    ]
    assert release_day.facts(outlook_of(film("A", "2022-07-08")), CONTEXT)[1] == Cell("", "muted")
    assert release_day.clock(outlook_of(film("A", "2022-07-08")), CONTEXT) == ""
