"""Releases to the hour, looked at from every zone at every hour: the index has their days in UTC.

So whoever asks it must look a day further than the user's own day, both ways.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from countdown.core.outlook import UPCOMING_STATES, Moment, State
from countdown.index import days, query, store
from countdown.index.query import Query
from countdown.stamps import CatalogueFiles

START = datetime(2022, 7, 4, tzinfo=UTC)
DROPS = [START + timedelta(hours=hours) for hours in range(-36, 60, 3)]
ZONES = [timezone(timedelta(hours=hours)) for hours in (-12, -5, 0, 9, 14)]
MOMENTS = [START + timedelta(hours=hours) for hours in range(1, 24, 3)]  # none that of a drop

in_every_zone = pytest.mark.parametrize("zone", ZONES, ids=str)


def title(drop: datetime) -> str:
    """The title of a release that drops at that moment."""
    return f"{drop:%dT%H}"


@pytest.fixture(scope="module")
def drops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """An index of a drop every three hours, from two days ago until in three."""
    path: Path = tmp_path_factory.mktemp("zones") / "releases.toml"
    tables = [
        f'[[release]]\nid = "drop-{number}"\ntitle = "{title(drop)}"\nkind = "special"\n'
        f"date = {drop:%Y-%m-%dT%H:%M:%SZ}\n"
        for number, drop in enumerate(DROPS)
    ]
    path.write_text("".join(["format = 1\n", *tables]), "utf-8")
    with closing(store.connect(CatalogueFiles((str(path),)), folder=None, now=0)) as connection:
        yield connection


def find_titles(
    connection: sqlite3.Connection, now: Moment, *states: State, **range: date | None
) -> list[str]:
    """The titles of what is in those *states*, soonest first."""
    question = Query(now, states=states, **range)  # type: ignore[arg-type]
    return sorted(seen.release.title for seen in query.find(connection, question))


@in_every_zone
def test_list_has_all_that_is_still_to_come(drops: sqlite3.Connection, zone: timezone) -> None:
    """Also what is an hour away: in Tokyo that may have been yesterday in UTC."""
    for now in MOMENTS:
        found = find_titles(drops, Moment.at(now, zone), *UPCOMING_STATES)
        assert found == [title(drop) for drop in DROPS if drop > now]


@in_every_zone
def test_what_is_out_is_no_longer_to_come(drops: sqlite3.Connection, zone: timezone) -> None:
    """Also what came an hour ago: in Lima that may be tomorrow in UTC."""
    for now in MOMENTS:
        found = find_titles(drops, Moment.at(now, zone), "released")
        assert found == [title(drop) for drop in DROPS if drop < now]


@in_every_zone
def test_range_of_days_is_of_the_users_days(drops: sqlite3.Connection, zone: timezone) -> None:
    """From the first drop of the first day to the last one of the last."""
    now = Moment.at(START - timedelta(days=3), zone)
    first, last = date(2022, 7, 4), date(2022, 7, 5)
    for wanted in ({"first": first, "last": last}, {"first": first}, {"last": last}):
        found = find_titles(drops, now, *UPCOMING_STATES, **wanted)
        assert found == [
            title(drop)
            for drop in DROPS
            if wanted.get("first", date.min) <= drop.astimezone(zone).date()
            and drop.astimezone(zone).date() <= wanted.get("last", date.max)
        ]


@in_every_zone
@pytest.mark.parametrize("last", [None, 0, 1])
@pytest.mark.parametrize("only", [None, {0}, {1, 2}])
def test_prompt_has_all_of_the_users_days(
    drops: sqlite3.Connection, zone: timezone, last: int | None, only: set[int] | None
) -> None:
    """From today on, until the *last* day, or on some days."""

    def day_of(instant: int) -> int:
        return datetime.fromtimestamp(instant, zone).toordinal()

    for now in MOMENTS:
        today = now.astimezone(zone).toordinal()
        found = days.upcoming_days(
            drops,
            today=today,
            day_of=day_of,
            count=99,
            last=None if last is None else today + last,
            days=None if only is None else {today + one for one in only},
        )
        ahead = [(drop, drop.astimezone(zone).toordinal() - today) for drop in DROPS]
        assert sorted(one.summary.name for one in found) == [
            title(drop)
            for drop, left in ahead
            if left >= 0 and (last is None or left <= last) and (only is None or left in only)
        ]


@in_every_zone
def test_limit_keeps_the_first_by_the_users_days(drops: sqlite3.Connection, zone: timezone) -> None:
    """In whatever order UTC has them."""
    for now in MOMENTS:
        question = Query(Moment.at(now, zone), states=UPCOMING_STATES)
        every = query.find(drops, question)
        for limit in (1, 2, 5, 9):
            assert query.find(drops, question._replace(limit=limit)) == every[:limit]
