"""What an answer costs when many releases match: no more than in a straight line."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any, Final

import pytest

from countdown.config.settings import Settings
from countdown.core import dates
from countdown.core.regions import REGIONS
from countdown.core.release import JOBS, AnnouncedDate, Credit, Release
from countdown.index import names, query, suggestions
from countdown.index.query import Query
from countdown.prompt import answer
from countdown.prompt.clock import Clock
from countdown.prompt.options import parse_options
from tests.index.test_query import NOW, build_index
from tests.thorough import pairs

FEWER, MORE = 550, 1_650  # both above query.MAX_LOOKUPS, so both are walked
STRAIGHT = 1.25 * MORE / FEWER  # Searching an ordered table of three times the rows is a bit more.


def _matching(number: int) -> Iterator[Release]:
    """*number* releases that every name of the tests below means, by day, half of them abroad."""
    for n in range(number):
        day = dates.day(NOW.today + timedelta(days=1 + n))
        abroad = (
            AnnouncedDate(day, "US"),
            AnnouncedDate(dates.day(NOW.today + timedelta(days=2 + n)), "BR"),
        )
        yield Release(
            f"r{n}",
            f"Night {n}",
            "film",
            franchise=("Night Saga",),
            platform=("Netflix",),
            director=("Ana Mora",),
            cast=(Credit(f"Chris {n}"), Credit(f"Eva {n // 10}")),
            dates=abroad if n % 2 else (AnnouncedDate(day, type="theatrical"),),
        )


@pytest.fixture(scope="module")
def fewer_and_more() -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """Two indices, one of few releases that match, one of three times as many."""
    indices = (build_index(list(_matching(number))) for number in (FEWER, MORE))
    with closing(next(indices)) as fewer, closing(next(indices)) as more:
        yield fewer, more


def growth(
    indices: tuple[sqlite3.Connection, sqlite3.Connection],
    work: Callable[[sqlite3.Connection], object],
) -> float:
    """The ratio of the SQLite steps of *work* among more releases to those among fewer."""
    fewer, more = (_steps(connection, work) for connection in indices)
    return more / fewer


def _steps(connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], object]) -> int:
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.set_progress_handler(step, 10)
    try:
        assert work(connection)
    finally:
        connection.set_progress_handler(None, 0)
    return taken


@pytest.mark.parametrize("region", [None, "US", "BR"])
@pytest.mark.parametrize(
    "words",
    [
        ["--platform", "netflix"],
        ["--platform", "netflix", "--count", "5"],
        ["--platform", "netflix", "--within", "400d"],
        ["--platform", "netflix", "--milestones", "100,30,7"],
        ["--title", "night"],
        ["--franchise", "night saga"],
        ["--actor", "chris"],
        ["--actor", "eva", "--title", "night"],
        ["--director", "ana"],
        ["--person", "mora"],
        ["--followed"],
        [],
    ],
    ids=" ".join,
)
def test_prompt_among_many_releases_costs_no_more_than_in_a_straight_line(
    words: list[str],
    region: str | None,
    fewer_and_more: tuple[sqlite3.Connection, sqlite3.Connection],
) -> None:
    """Three times the releases that a filter or a follow means, at most so many times the work."""
    wanted = parse_options(words)
    assert wanted is not None
    clock = Clock(NOW.today.toordinal(), int(NOW.instant.timestamp()), NOW.zone)
    settings = Settings(follows=(("person", "chris"), ("platform", "Netflix")))

    def work(connection: sqlite3.Connection) -> str:
        return answer.compose(connection, wanted, clock, region, settings)[0]

    assert growth(fewer_and_more, work) < STRAIGHT


WANTED: Final[list[dict[str, Any]]] = [
    {"platforms": ("netflix",)},
    {"platforms": ("netflix",), "limit": 5},
    {"titles": ("night",), "types": ("tv", "theatrical"), "limit": 5},
    {"people": ((("cast",), ("chris",)),)},
    {"people": ((JOBS, ("mora",)),), "franchises": ("night saga",)},
    {"follows": (("person", "chris"), ("platform", "netflix"))},
    {"platforms": ("netflix",), "states": ("released", "undated", "upcoming")},
]


@pytest.mark.parametrize(("wanted", "region"), pairs(WANTED, [None, "BR"]), ids=str)
def test_list_of_many_releases_costs_no_more_than_in_a_straight_line(
    wanted: dict[str, Any],
    region: str | None,
    fewer_and_more: tuple[sqlite3.Connection, sqlite3.Connection],
) -> None:
    """The same of a list, whichever way its answer is found."""
    question = Query(NOW, region=region, **wanted)

    def work(connection: sqlite3.Connection) -> object:
        return query.find(connection, question)

    assert growth(fewer_and_more, work) < STRAIGHT


@pytest.mark.parametrize("name", ["chris", "eva", "ana mora"])
def test_one_name_of_many_people_takes_no_statement_for_each(
    name: str, fewer_and_more: tuple[sqlite3.Connection, sqlite3.Connection]
) -> None:
    """Asking for each of thousands of people takes longer than all else that a prompt does."""
    said: list[str] = []
    for connection in fewer_and_more:
        connection.set_trace_callback(said.append)
        assert set(names.by_person(connection, name, JOBS))
        connection.set_trace_callback(None)
    assert len(said) <= 10


def test_thousands_of_followed_titles_take_few_statements(
    fewer_and_more: tuple[sqlite3.Connection, sqlite3.Connection],
) -> None:
    """A prompt looks all of them up; each finds what it would find alone."""
    connection = fewer_and_more[1]
    follows = [("title", f"NIGHT {n}") for n in range(1_500)]
    said: list[str] = []
    connection.set_trace_callback(said.append)
    found = names.by_follows(connection, follows)
    connection.set_trace_callback(None)
    assert len(found) == 1_500
    assert len(said) <= 10
    few = [("title", "Night 7"), ("title", "night VII"), ("title", "5"), ("person", "Chris 3")]
    alone = {key for sort, name in few for key in names.by_name(connection, sort, name)}
    assert names.by_follows(connection, few) == alone > set()


class Counted(tuple[AnnouncedDate, ...]):
    """Dates that count how often somebody goes through them."""

    passes = 0

    def __iter__(self) -> Iterator[AnnouncedDate]:
        """Each of the dates."""
        self.passes += 1
        return super().__iter__()


def test_dates_of_every_region_are_gone_through_no_more_often_than_those_of_few() -> None:
    """Each region looks at its own dates and those of the whole world, not at all there are."""
    passes = []
    for number in (10, 200):
        every = Counted(
            AnnouncedDate(dates.day(NOW.today + timedelta(days=n)), region, type)
            for n, region in enumerate(sorted(REGIONS)[:number])
            for type in ("theatrical", "digital", "tv")
        )
        build_index([Release("a", "A", "film", dates=every)]).close()
        passes.append(every.passes)
    assert passes[0] == passes[1]


def test_release_of_many_franchises_reads_few_of_the_others() -> None:
    """Of twenty franchises six others are named, however many and long they are."""
    worlds = tuple(f"World {n}" for n in range(200))
    every = [Release(f"r{n}", f"Film {n}", "film", franchise=worlds) for n in range(40)]
    with closing(build_index(every)) as connection:
        said: list[str] = []
        connection.set_trace_callback(said.append)
        found = suggestions.links(connection, every[0])
        connection.set_trace_callback(None)
    others = " · ".join(f"Film {n}" for n in range(1, 7))
    assert found == [("See also", f"{others} and 33 more")]
    assert len(said) < 50
