"""The releases whose very day is known: the same as those of a list, of which they are a part."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core import dates
from countdown.core.outlook import STATES, Moment, Outlook
from countdown.core.release import AnnouncedDate, Release
from countdown.index import days, names, query
from countdown.index.query import Query
from countdown.prompt.clock import Clock
from tests.index.test_query import REGIONS, TITLES, build_index, catalogues, film, moment, nows

Index = Callable[[str], sqlite3.Connection]
NOW = moment()
Row = tuple[int, int | None, str, str, str]  # day, instant, place, name, id


def clock(now: Moment) -> Clock:
    """The clock of a prompt at *now*."""
    return Clock(now.today.toordinal(), int(now.instant.timestamp()), now.zone)


def list_days(connection: sqlite3.Connection, now: Moment, **wanted: Any) -> list[Row]:
    """The upcoming days at *now*."""
    at = clock(now)
    found = days.upcoming_days(connection, today=at.today, day_of=at.day_of, **wanted)
    return [(one.day, one.instant, one.place, one.summary.name, one.summary.id) for one in found]


def row(seen: Outlook) -> Row:
    """The row of a prompt for *seen*."""
    assert seen.effective_date is not None
    assert seen.date is not None
    dated = seen.effective_date.dated
    instant = None if dated.date.instant is None else int(dated.date.instant.timestamp())
    release = seen.release
    return (seen.date.latest.toordinal(), instant, dated.market or "", release.name, release.id)


def days_of_list(
    connection: sqlite3.Connection, question: Query, *, count: int, only: set[int] | None
) -> list[Row]:
    """The answer to *question* for those whose very day is known and has not passed."""
    found = [
        row(seen)
        for seen in query.find(connection, question._replace(states=STATES))
        if seen.dated and seen.effective_date is not None and seen.effective_date.dated.date.exact
    ]
    today = question.now.today.toordinal()
    last = question.last.toordinal() if question.last else None
    kept = [
        one
        for one in found
        if one[0] >= today
        and (last is None or one[0] <= last)
        and (only is None or one[0] - today in only)
    ]
    return sorted(kept, key=lambda one: (one[0], one[3], one[4]))[:count]


@given(
    catalogue=catalogues,
    now=nows,
    region=st.sampled_from([None, *REGIONS, "JP"]),
    titles=st.just(()) | st.lists(st.sampled_from(TITLES), min_size=1, unique=True).map(tuple),
    within=st.none() | st.integers(0, 5),
    only=st.none() | st.sets(st.integers(0, 5), min_size=1),
    count=st.integers(1, 5),
)
def test_releases_ahead_are_those_of_a_list(
    catalogue: list[Release],
    now: Moment,
    region: str | None,
    titles: tuple[str, ...],
    within: int | None,
    only: set[int] | None,
    count: int,
) -> None:
    """From any region and zone, with names and without: the answer only comes sooner."""
    last = None if within is None else now.today + timedelta(days=within)
    today = now.today.toordinal()
    with closing(build_index(catalogue)) as connection:
        keys = {key for title in titles for key in names.by_name(connection, "title", title)}
        found = list_days(
            connection,
            now,
            count=count,
            region=region,
            keys=keys if titles else None,
            last=None if last is None else last.toordinal(),
            days=None if only is None else {today + day for day in only},
        )
        question = Query(now, region, titles=titles, last=last)
        assert found == days_of_list(connection, question, count=count, only=only)


@pytest.mark.parametrize(
    "fact",
    [
        "",
        'date = "2022-08"',
        'date = "2022"',
        'date = "2022-07-05/2022-07-06"',
        'date = "2022-07-05~"',
        "date = 2022-07-03",
        'date = 2022-07-05\nstage = "on-hold"',
        'date = 2022-07-05\nstage = "cancelled"',
        'dates = [{ date = 2022-07-05, type = "premiere" }]',
    ],
)
def test_window_never_pretends_to_be_a_day(fact: str, index: Index) -> None:
    """Nor does what is past, shelved, or shown at a festival."""
    assert list_days(index(film("Dune", *[fact] * bool(fact))), NOW, count=5) == []


@pytest.mark.parametrize(
    ("fact", "days"),
    [
        ("date = 2022-07-05", 1),
        ("date = 2022-07-04", 0),
        ('date = 2022-07-04\nstage = "released"', 0),
        ("date = 2022-07-04T17:00:00Z", 0),
        ('date = 2022-07-04T17:00:00Z\nstage = "released"', 0),
        ("date = 2022-07-04T19:00:00Z", 0),
    ],
)
def test_release_of_today_is_ahead_until_the_day_is_over(
    fact: str, days: int, index: Index
) -> None:
    """Even if its hour has passed: a prompt says that it is out."""
    (found,) = list_days(index(film("Dune", fact)), NOW, count=5)
    assert found[0] - NOW.today.toordinal() == days


@pytest.mark.parametrize(
    ("region", "day", "place"),
    [("US", 5, "US"), ("BR", 6, "BR"), ("JP", 7, ""), (None, 7, "")],
)
def test_day_in_ones_own_region_goes_before_everyones(
    region: str | None, day: int, place: str, index: Index
) -> None:
    """As in a list."""
    connection = index(
        film(
            "Dune",
            "dates = [{ date = 2022-07-05, region = 'US' }, { date = 2022-07-06, region = 'BR' },"
            " { date = 2022-07-07 }]",
        )
    )
    (found,) = list_days(connection, NOW, count=5, region=region)
    assert (date.fromordinal(found[0]).day, found[2]) == (day, place)


def test_place_is_ones_own_where_another_region_has_the_same_day(index: Index) -> None:
    """No prompt then says that the date is somebody else's."""
    connection = index(
        film(
            "Dune",
            "dates = [{ date = 2022-07-05, region = 'BR' }, { date = 2022-07-05, region = 'US' }]",
        )
    )
    (found,) = list_days(connection, NOW, count=5, region="US")
    assert found[2] == "US"


@pytest.mark.parametrize("hours", [-12, -11, 0, 13, 14])
def test_zone_and_name_can_put_a_later_row_before_the_last_one_taken(hours: int) -> None:
    """A day in UTC is up to two days elsewhere, so the walk looks a little further."""
    noon = NOW.instant.replace(hour=12)
    catalogue = [
        Release("z", "Zorro", "film", dates=(AnnouncedDate(dates.instant(noon.replace(hour=23))),)),
        Release("y", "Yi Yi", "film", dates=(AnnouncedDate(dates.day(date(2022, 7, 5))),)),
        Release(
            "a", "Alien", "film", dates=(AnnouncedDate(dates.instant(noon + timedelta(hours=24))),)
        ),
        Release("b", "Brazil", "film", dates=(AnnouncedDate(dates.day(date(2022, 7, 6))),)),
        Release(
            "c", "Carol", "film", dates=(AnnouncedDate(dates.instant(noon + timedelta(hours=46))),)
        ),
    ]
    now = Moment.at(noon, timezone(timedelta(hours=hours)))
    with closing(build_index(catalogue)) as connection:
        for count in range(1, 6):
            found = list_days(connection, now, count=count)
            assert found == days_of_list(connection, Query(now), count=count, only=None)
            assert len(found) == count
