"""How many releases are ahead: as many as a list of them has."""

import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from countdown.core.outlook import STATES, Moment
from countdown.core.release import Release
from countdown.index import query
from countdown.index.counts import count_ahead, count_named
from countdown.index.query import Query
from tests.index.test_query import REGIONS, build_index, catalogues, moment, nows
from tests.thorough import sample


def test_released_moment_later_today_is_ahead(
    index: Callable[[str], sqlite3.Connection],
) -> None:
    """Though its day has begun."""
    connection = index(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\nstage = "released"\n'
        "date = 2022-07-04T22:00:00Z\n"
    )
    now = Moment.at(datetime(2022, 7, 4, 20, 30, tzinfo=UTC), UTC)
    assert count_ahead(connection, now=now, region=None).dated == 1
    later = Moment.at(datetime(2022, 7, 4, 22, 30, tzinfo=UTC), UTC)
    assert count_ahead(connection, now=later, region=None).dated == 0


@settings(max_examples=sample(25, of=1_000))
@given(
    releases=catalogues,
    now=nows,
    region=st.sampled_from([None, *REGIONS]),
    some=st.none() | st.sets(st.integers(1, 12)),
)
def test_as_many_are_ahead_as_are_listed(
    releases: list[Release], now: Moment, region: str | None, some: set[int] | None
) -> None:
    """Those that will come, or may today, in any zone; the others have no date and are not out."""
    question = Query(now, region, keys=None if some is None else frozenset(some))
    with closing(build_index(releases)) as connection:
        found = count_ahead(connection, now=now, region=region, keys=some)
        dated = query.find(connection, question._replace(states=("upcoming", "open")))
        undated = query.find(connection, question._replace(states=("undated", "on-hold")))
    assert found.dated == len(dated)
    assert found.undated == len(undated)
    days = [outlook.date.latest for outlook in dated if outlook.date]
    assert found.months == Counter((day.year, day.month) for day in days)


def test_month_is_that_of_the_last_day(index: Callable[[str], sqlite3.Connection]) -> None:
    """Of a window, too; nothing that is out or has no date counts."""
    now = moment()
    connection = index(
        "".join(
            f'[[release]]\nid = "{name}"\ntitle = "{name}"\nkind = "film"\n{facts}\n'
            for name, facts in (
                ("a", 'date = "2028"'),
                ("b", "date = 2027-01-01"),
                ("c", 'stage = "filming"'),
                ("d", 'stage = "cancelled"\ndate = 2031-01-01'),
                ("e", 'stage = "released"'),
                ("f", "date = 1999-01-01"),
            )
        )
    )
    assert count_ahead(connection, now=now, region=None) == ({(2028, 12): 1, (2027, 1): 1}, 1)
    assert count_ahead(connection, now=now, region="US", keys={2}) == ({(2027, 1): 1}, 0)
    assert count_ahead(connection, now=now, region="US", keys=set()) == ({}, 0)


@given(
    releases=catalogues,
    now=nows,
    kinds=st.sampled_from([(), ("film",), ("series", "season")]),
    some=st.none() | st.sets(st.integers(1, 12)),
)
def test_named_releases_are_as_many_as_are_found(
    releases: list[Release], now: Moment, kinds: tuple[str, ...], some: set[int] | None
) -> None:
    """In any state, and of them those without a date and those that are cancelled."""
    keys = None if some is None else frozenset(some)
    question = Query(now, kinds=kinds, keys=keys, states=STATES)
    with closing(build_index(releases)) as connection:
        counts = count_named(connection, question)
        states = [outlook.state for outlook in query.find(connection, question)]
    assert counts.every == len(states)
    assert counts.undated == states.count("undated") + states.count("on-hold")
    assert counts.cancelled == states.count("cancelled")
