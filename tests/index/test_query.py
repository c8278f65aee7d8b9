"""Questions and their answers: what is in them, in which order, and at what cost."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core import dates
from countdown.core.outlook import STATES, UPCOMING_STATES, Moment, Outlook, State, outlook
from countdown.core.release import KINDS, STAGES, TYPES, AnnouncedDate, Credit, Release
from countdown.index import build, names, query, search
from countdown.index.people import outlooks_by_person
from countdown.index.query import Query
from tests.thorough import sample

Index = Callable[[str], sqlite3.Connection]

EVERY: tuple[State, ...] = STATES
LIMA = timezone(timedelta(hours=-5))
TOKYO = timezone(timedelta(hours=9))


def moment(zone: tzinfo = UTC, *, at: str = "2022-07-04T18:00:00+00:00") -> Moment:
    """The evening of 4 July 2022, or *at*, as *zone* has it."""
    instant = datetime.fromisoformat(at)
    return Moment(instant.astimezone(zone).date(), instant, zone)


NOW = moment()


def film(title: str, *facts: str) -> str:
    """A table for a film named *title*, whose id is the same in lower case."""
    identity = f'id = "{title.lower().replace(" ", "-")}"\ntitle = "{title}"'
    kind = "" if any(fact.startswith("kind") for fact in facts) else 'kind = "film"'
    return "\n".join(["[[release]]", identity, kind, *facts, ""])


def find_titles(
    connection: sqlite3.Connection, *, max_lookups: int = query.MAX_LOOKUPS, **wanted: Any
) -> list[str]:
    """The titles that answer the question of *wanted*, in order."""
    question = Query(**{"now": NOW, **wanted})
    return [
        seen.release.title for seen in query.find(connection, question, max_lookups=max_lookups)
    ]


# ---- Order ----


def test_soonest_comes_first_and_undated_last(index: Index) -> None:
    """In whatever order the file has them."""
    connection = index(
        film("Later", "date = 2022-09-01")
        + film("Never")
        + film("Soon", "date = 2022-07-08")
        + film("Next year", "date = 2023-01-01")
    )
    assert find_titles(connection) == ["Soon", "Later", "Next year", "Never"]


def test_window_counts_to_its_last_day_and_the_narrower_comes_first(index: Index) -> None:
    """Promise late, arrive early: exact dates come before vague ones."""
    connection = index(
        film("In the year", 'date = "2027"')
        + film("In June", 'date = "2027-06"')
        + film("In December", 'date = "2027-12"')
        + film("30 June", "date = 2027-06-30")
        + film("In Q2", 'date = "Q2 2027"')
        + film("1 July", "date = 2027-07-01")
        + film("29 June", "date = 2027-06-29")
        + film("31 December", "date = 2027-12-31")
    )
    assert find_titles(connection) == [
        *("29 June", "30 June", "In June", "In Q2", "1 July"),
        *("31 December", "In December", "In the year"),
    ]


def test_of_one_window_the_title_decides_then_the_season_then_the_id() -> None:
    """So that the same question always has the same answer, in any order of the file."""
    dated = (AnnouncedDate(dates.year(2027)),)
    releases = [
        Release("z", "A", "film", dates=dated),
        Release("a", "B", "film", dates=dated),
        Release("loki-10", "Loki", "season", 10, dates=dated),
        Release("loki-2", "Loki", "season", 2, dates=dated),
        Release("other-loki", "Loki", "season", 2, dates=dated),
    ]
    for given_order in (releases, releases[::-1]):
        with closing(build_index(given_order)) as connection:
            found = query.find(connection, Query(NOW))
            assert [seen.release.id for seen in found] == [
                *("z", "a", "loki-2", "other-loki", "loki-10")
            ]


def test_newest_first_turns_the_dated_round_and_leaves_the_others_last(index: Index) -> None:
    """Released ones, newest first; those without a date come after."""
    connection = index(
        film("Old", "date = 2020-01-01")
        + film("Undated", 'stage = "released"')
        + film("New", "date = 2022-07-01")
        + film("Middle", "date = 2021-01-01")
    )
    released: dict[str, Any] = {"states": ("released",), "newest_first": True}
    assert find_titles(connection, **released) == ["New", "Middle", "Old", "Undated"]
    assert find_titles(connection, **released, limit=2) == ["New", "Middle"]
    assert find_titles(connection, **released, limit=4) == ["New", "Middle", "Old", "Undated"]


@pytest.mark.parametrize("limit", [1, 2, 3, None])
def test_newest_is_first_wherever_it_came_out(limit: int | None, index: Index) -> None:
    """Dates of the user's region alternate with those of the world."""
    early = '{ region = "US", date = 2015-01-01 }'
    connection = index(
        film("Fourth", f'dates = [{early}, {{ region = "BR", date = 2018-01-01 }}]')
        + film("Third", "date = 2019-01-01")
        + film("Second", f'dates = [{early}, {{ region = "BR", date = 2020-01-01 }}]')
        + film("First", "date = 2021-01-01")
    )
    found = find_titles(
        connection, region="BR", states=("released",), newest_first=True, limit=limit
    )
    assert found == ["First", "Second", "Third", "Fourth"][:limit]


def test_undated_are_those_furthest_along_first(index: Index) -> None:
    """Productions on hold make no progress, so they come last."""
    stages = ("on-hold", "rumoured", "filming", "announced", "post-production")
    connection = index("".join(film(stage, f'stage = "{stage}"') for stage in stages))
    assert find_titles(connection) == [
        "post-production",
        "filming",
        "announced",
        "rumoured",
        "on-hold",
    ]


# ---- States ----

STATES_KNOWN = (
    film("Upcoming", "date = 2022-07-08")
    + film("Today", "date = 2022-07-04")
    + film("This month", 'date = "2022-07"')
    + film("Past window", 'date = "2022-05"')
    + film("Past day", "date = 2022-07-01")
    + film("Slipped", "date = 2022-07-01", 'stage = "filming"', "checked = 2022-07-03")
    + film("Somehow out", 'date = "2022-04"', 'stage = "released"')
    + film("Nobody knows")
    + film("Out undated", 'stage = "released"')
    + film("Shelved", "date = 2022-08-01", 'stage = "on-hold"')
    + film("Given up", "date = 2022-06-01", 'stage = "cancelled"')
)


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (("upcoming",), ["Upcoming"]),
        (("open",), ["Today", "This month"]),
        (("overdue",), ["Past window", "Slipped"]),
        (("released",), ["Somehow out", "Past day", "Out undated"]),
        (("undated",), ["Nobody knows"]),
        (("on-hold",), ["Shelved"]),
        (("cancelled",), ["Given up"]),
        (UPCOMING_STATES, ["Past window", "Slipped", "Today", "Upcoming", "This month"]),
        (("released", "undated"), ["Somehow out", "Past day", "Out undated", "Nobody knows"]),
        (("on-hold", "cancelled"), ["Shelved", "Given up"]),
        ((), []),
    ],
)
def test_only_states_of_the_query_are_admitted(
    states: tuple[State, ...], expected: list[str], index_once: Index
) -> None:
    """Each alone, and together."""
    assert find_titles(index_once(STATES_KNOWN), states=states) == expected


def test_what_is_overdue_stays_ahead(index: Index) -> None:
    """No date that passed unconfirmed lets a release fall off the list."""
    connection = index(
        film("Long overdue", 'date = "2019"') + film("Out", "date = 2019-06-01") + film("No date")
    )
    assert find_titles(connection) == ["Long overdue", "No date"]


def test_shelved_stand_among_the_undated_whatever_their_date(index_once: Index) -> None:
    """And a question for a range of days does not find them."""
    connection = index_once(STATES_KNOWN)
    assert find_titles(connection)[-2:] == ["Nobody knows", "Shelved"]
    assert "Shelved" not in find_titles(connection, first=date(2022, 7, 31), last=date(2022, 8, 2))


# ---- Which date counts ----

PLACES = film("Everywhere", "date = 2022-08-03") + film(
    "Here and there",
    "dates = [",
    '  { date = 2022-08-01, region = "US", type = "theatrical" },',
    '  { date = 2022-08-05, region = "BR", type = "theatrical" },',
    '  { date = 2022-09-05, region = "BR", type = "streaming" },',
    '  { date = 2022-07-20, region = "FR", type = "premiere" },',
    "]",
)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({}, [("Here and there", 1), ("Everywhere", 3)]),
        ({"region": "US"}, [("Here and there", 1), ("Everywhere", 3)]),
        ({"region": "BR"}, [("Everywhere", 3), ("Here and there", 5)]),
        ({"region": "JP"}, [("Here and there", 1), ("Everywhere", 3)]),
        ({"types": ("theatrical",)}, [("Here and there", 1)]),
        ({"types": ("theatrical",), "region": "BR"}, [("Here and there", 5)]),
        ({"types": ("premiere",)}, [("Here and there", 20)]),
        (
            {"types": ("streaming", "theatrical")},
            [("Here and there", 1), ("Here and there", 5)],
        ),
        (
            {"types": ("premiere", "theatrical", "tv"), "region": "BR"},
            [("Here and there", 20), ("Here and there", 5)],
        ),
    ],
)
def test_date_of_the_region_and_type_counts(
    wanted: dict[str, Any], expected: list[tuple[str, int]], index_once: Index
) -> None:
    """A release is sorted by it; with several types, once for each that it has."""
    found = query.find(index_once(PLACES), Query(NOW, **wanted))
    days = [(seen.release.title, seen.date.latest.day) for seen in found if seen.date]
    assert days == expected


def test_types_of_one_day_stand_in_one_order_whatever_the_route(
    index: Index,
) -> None:
    """Found by name or walked by date, the answer reads the same."""
    connection = index(
        film(
            "Both",
            'dates = [{ date = 2022-08-01, type = "tv" }, { date = 2022-08-01, type = "digital" }]',
        )
    )
    question = Query(NOW, types=("tv", "digital"), titles=("Both",))
    near = [seen.effective_date for seen in query.find(connection, question)]
    assert [
        seen.effective_date for seen in query.find(connection, question, max_lookups=-1)
    ] == near
    assert [counting.dated.type for counting in near if counting] == ["digital", "tv"]


# ---- Limit, and what a time zone does to it ----


@pytest.mark.parametrize("limit", [0, 1, 2, 3, 4, 5, 6])
def test_limit_cuts_the_same_list_shorter(limit: int, index: Index) -> None:
    """The undated count too, and a limit above the number of releases is none."""
    connection = index(
        "".join(film(f"Film {n}", f"date = 2022-08-0{n}") for n in range(1, 4))
        + film("No date")
        + film("Nor this")
    )
    every = find_titles(connection)
    assert len(every) == 5
    assert find_titles(connection, limit=limit) == every[:limit]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (UTC, ["Day", "Instant"]),  # both on the 6th, by title
        (LIMA, ["Instant", "Day"]),  # the evening of the 5th
        (TOKYO, ["Day", "Instant"]),
    ],
    ids=["UTC", "Lima", "Tokyo"],
)
def test_limit_looks_a_day_ahead_for_instants(
    zone: tzinfo, expected: list[str], index: Index
) -> None:
    """Its day in the user's zone decides, even where UTC puts it on another."""
    connection = index(
        film("Instant", "date = 2022-08-06T02:00:00Z") + film("Day", "date = 2022-08-06")
    )
    now = moment(zone)
    assert find_titles(connection, now=now) == expected
    assert find_titles(connection, now=now, limit=1) == expected[:1]


def test_limit_looks_ahead_over_the_border_of_a_day(index: Index) -> None:
    """The instant is a day later in UTC, and first in Lima: it must not be cut off."""
    connection = index(
        film("Day", "date = 2022-08-05") + film("An instant", "date = 2022-08-06T02:00:00Z")
    )
    assert find_titles(connection, now=moment(LIMA), limit=1) == ["An instant"]
    assert find_titles(connection, limit=1) == ["Day"]


def test_instant_is_ahead_until_its_very_moment(index: Index) -> None:
    """In Lima it is still the day before when it comes out; in Tokyo already the day after."""
    connection = index(film("Drop", "date = 2022-07-05T03:00:00Z"))
    for zone in (UTC, LIMA, TOKYO):
        before, after = (
            moment(zone, at=at) for at in ("2022-07-05T02:59:59+00:00", "2022-07-05T03:00:00+00:00")
        )
        assert find_titles(connection, now=before) == ["Drop"]
        assert find_titles(connection, now=before, states=("released",)) == []
        assert find_titles(connection, now=after) == []
        assert find_titles(connection, now=after, states=("released",)) == ["Drop"]


# ---- Ranges ----

WINDOWS = (
    film("8 July", "date = 2022-07-08")
    + film("July", 'date = "2022-07"')
    + film("Summer", 'date = "summer 2022"')
    + film("Year", 'date = "2022"')
    + film("1 August", "date = 2022-08-01")
    + film("No date")
)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, None, ["8 July", "July", "1 August", "Summer", "Year", "No date"]),
        ((7, 8), (7, 8), ["8 July", "July", "Summer", "Year"]),
        ((7, 9), (7, 31), ["July", "Summer", "Year"]),
        ((7, 31), (8, 1), ["July", "1 August", "Summer", "Year"]),
        ((8, 1), None, ["1 August", "Summer", "Year"]),
        ((8, 2), None, ["Summer", "Year"]),
        ((9, 1), None, ["Year"]),
        (None, (7, 7), ["July", "Summer", "Year"]),
        (None, (6, 30), ["Summer", "Year"]),
        (None, (5, 31), ["Year"]),
    ],
)
def test_range_finds_every_window_that_it_overlaps(
    first: tuple[int, int] | None,
    last: tuple[int, int] | None,
    expected: list[str],
    index_once: Index,
) -> None:
    """Both ends included; without any end the undated are there too."""
    found = find_titles(
        index_once(WINDOWS),
        first=date(2022, *first) if first else None,
        last=date(2022, *last) if last else None,
    )
    assert found == expected


@pytest.mark.parametrize(("zone", "day"), [(UTC, 6), (LIMA, 5), (TOKYO, 6)])
def test_range_asks_for_the_day_of_the_users_zone(zone: tzinfo, day: int, index: Index) -> None:
    """A drop at two in the morning UTC is the evening before in Lima."""
    connection = index(film("Drop", "date = 2022-08-06T02:00:00Z"))
    found = [
        number
        for number in range(3, 10)
        if find_titles(
            connection,
            now=moment(zone),
            first=date(2022, 8, number),
            last=date(2022, 8, number),
        )
    ]
    assert found == [day]


# ---- Filters ----

SHELF = (
    film(
        "Thor",
        'franchise = ["Marvel Cinematic Universe"]',
        'platform = ["Disney+"]',
        'director = ["Taika Waititi"]',
        'cast = ["Chris Hemsworth", "Natalie Portman"]',
        'stage = "completed"',
        "date = 2022-07-08",
    )
    + film(
        "Loki",
        'kind = "series"',
        'franchise = ["Marvel Cinematic Universe"]',
        'platform = ["Disney+"]',
        'creator = ["Michael Waldron"]',
        'cast = ["Tom Hiddleston"]',
        'stage = "filming"',
    )
    + film(
        "Extraction",
        'platform = ["Netflix"]',
        'director = ["Sam Hargrave"]',
        'cast = ["Chris Hemsworth"]',
        'stage = "wrapped"',
    )
    + film("Mad Max", 'franchise = ["Mad Max"]', 'writer = ["Chris Hemsworth"]')
)
HEMSWORTH = ("chris hemsworth",)


@pytest.mark.parametrize("max_lookups", [query.MAX_LOOKUPS, -1], ids=["looked up", "walked"])
@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"kinds": ("series",)}, ["Loki"]),
        ({"kinds": ("series", "film")}, ["Thor", "Extraction", "Loki", "Mad Max"]),
        ({"kinds": ("short",)}, []),
        ({"stages": ("filming", "wrapped")}, ["Extraction", "Loki"]),
        ({"stages": ("filming",), "kinds": ("film",)}, []),
        ({"titles": ("thor",)}, ["Thor"]),
        ({"titles": ("thor", "lok")}, ["Thor", "Loki"]),
        ({"titles": ("nothing like it",)}, []),
        ({"franchises": ("MCU",)}, ["Thor", "Loki"]),
        ({"franchises": ("mcu",), "kinds": ("film",)}, ["Thor"]),
        ({"franchises": ("mcu", "mad")}, ["Thor", "Loki", "Mad Max"]),
        ({"platforms": ("disney",)}, ["Thor", "Loki"]),
        ({"platforms": ("disney", "netflix")}, ["Thor", "Extraction", "Loki"]),
        ({"platforms": ("netflix",), "franchises": ("mcu",)}, []),
        ({"people": ((("cast",), HEMSWORTH),)}, ["Thor", "Extraction"]),
        ({"people": ((("writer",), HEMSWORTH),)}, ["Mad Max"]),
        ({"people": ((("cast", "writer"), HEMSWORTH),)}, ["Thor", "Extraction", "Mad Max"]),
        ({"people": ((("cast",), ("chris", "tom")),)}, ["Thor", "Extraction", "Loki"]),
        ({"people": ((("cast",), HEMSWORTH), (("director",), ("taika",)))}, ["Thor"]),
        (
            {"people": ((("cast",), ("chris",)),), "platforms": ("netflix",), "titles": ("ex",)},
            ["Extraction"],
        ),
        ({"people": ((("cast",), ("nobody",)),)}, []),
        ({"franchises": ("mcu",), "first": date(2022, 1, 1)}, ["Thor"]),
        ({"franchises": ("mcu",), "limit": 1}, ["Thor"]),
    ],
)
def test_filters_of_one_kind_widen_and_of_several_narrow(
    wanted: dict[str, Any],
    expected: list[str],
    max_lookups: int,
    index_once: Index,
) -> None:
    """By either route: the few releases of a name looked up, or many walked in order."""
    assert find_titles(index_once(SHELF), max_lookups=max_lookups, **wanted) == expected


def test_stage_released_means_out_and_not_only_said_to_be(index: Index) -> None:
    """Looked at from a day before it came out, a release was at no known stage."""
    connection = index(film("Out", "date = 2022-07-01", 'stage = "released"'))
    wanted: dict[str, Any] = {"stages": ("released",), "states": EVERY}
    assert find_titles(connection, **wanted) == ["Out"]
    assert find_titles(connection, **wanted, now=moment(at="2022-06-01T00:00:00+00:00")) == []


# ---- Of some releases, and of some people ----


def test_outlooks_of_keys_have_their_order(index_once: Index) -> None:
    """A search ranks by match, not by date; what is not admitted is left out."""
    connection = index_once(STATES_KNOWN)
    keys = [key for key, _ in connection.execute("SELECT key, id FROM release ORDER BY id DESC")]
    found = query.outlooks_of(connection, keys, Query(NOW, states=("open", "overdue")))
    assert [seen.release.title for seen in found] == [
        "Today",
        "This month",
        "Slipped",
        "Past window",
    ]


def test_of_people_groups_by_person_in_order_and_leaves_out_the_empty(index_once: Index) -> None:
    """Each person's own releases, dated first; who has none that is admitted is not named."""
    connection = index_once(SHELF)
    people = names.people(connection, "chris", ("cast",)) + names.people(
        connection, "tom", ("cast",)
    )
    question = Query(NOW, kinds=("film",))
    found = outlooks_by_person(connection, people, question)
    shown = [(name, [seen.release.title for seen in outlooks]) for name, outlooks in found]
    assert shown == [("Chris Hemsworth", ["Thor", "Extraction", "Mad Max"])]
    dateless: tuple[State, ...] = ("undated",)
    people += names.people(connection, "natalie", ("cast",))
    assert len(outlooks_by_person(connection, people, question)) == 2
    assert outlooks_by_person(connection, people, question, states=dateless) == found


# ---- The same as looking at every release ----

TITLES = ("Alien", "Brazil", "Casablanca")
FRANCHISES = ("Dune", "Evil Dead")
PLATFORMS = ("Fox", "HBO")
PEOPLE = ("Ida Lupino", "Jodie Foster")
REGIONS = ("US", "BR", "AU")  # of dates: the home market, and one on each side of it
ORIGIN = date(2022, 7, 4)

few_days = st.integers(-4, 4).map(lambda n: ORIGIN + timedelta(days=n))
windows = st.one_of(
    st.builds(dates.day, few_days, st.sampled_from(["", "", "~"])),
    st.builds(
        lambda hours: dates.instant(datetime(2022, 7, 4, tzinfo=UTC) + timedelta(hours=hours)),
        st.integers(-60, 84),
    ),
    st.builds(
        lambda start, n: dates.interval(dates.day(start), dates.day(start + timedelta(n))),
        few_days,
        st.integers(1, 4),
    ),
    st.sampled_from([dates.month(2022, 6), dates.month(2022, 7), dates.year(2022)]),
)


def subset(known: Sequence[str]) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of *known*, each once, in any order, and often none."""
    return st.just(()) | st.lists(st.sampled_from(known), unique=True).map(tuple)


releases = st.fixed_dictionaries(
    {
        "id": st.just(""),
        "title": st.sampled_from(TITLES),
        "kind": st.sampled_from(KINDS[:2]),
        "season": st.sampled_from([None, 1, 2]),
        "franchise": subset(FRANCHISES),
        "platform": subset(PLATFORMS),
        "director": subset(PEOPLE),
        "cast": subset(PEOPLE).map(lambda people: tuple(map(Credit, people))),
        "country": st.sampled_from([(), ("BR",), ("GB", "US")]),
        "stage": st.sampled_from([None, None, *STAGES]),
        "dates": st.lists(
            st.builds(
                AnnouncedDate.of,
                windows,
                st.sampled_from([None, *REGIONS, "unstated"]),
                st.sampled_from([None, "theatrical", "streaming", "digital", "premiere"]),
            ),
            max_size=4,
            unique_by=lambda dated: (dated.market, dated.type),
        ).map(tuple),
        "checked": st.none() | few_days.map(dates.day),
    }
).map(lambda facts: Release(**cast("dict[str, Any]", facts)))
catalogues = st.lists(releases, max_size=12).map(
    lambda made: [release._replace(id=f"r{number}") for number, release in enumerate(made)]
)
nows = st.builds(
    lambda offset, hours: moment(
        timezone(timedelta(hours=offset)),
        at=(datetime(2022, 7, 4, tzinfo=UTC) + timedelta(hours=hours)).isoformat(),
    ),
    st.sampled_from([-12, -5, 0, 0, 9, 14]),
    st.integers(-30, 54),
)
questions = st.builds(
    Query,
    now=nows,
    region=st.sampled_from([None, *REGIONS, "JP"]),
    states=st.sampled_from(
        [Query(NOW).states, EVERY, UPCOMING_STATES, ("released",), *((state,) for state in STATES)]
    )
    | subset(STATES),
    types=subset(TYPES),
    kinds=subset(KINDS[:2]),
    stages=st.just(()) | subset(STAGES),
    titles=subset(TITLES),
    franchises=subset(FRANCHISES),
    platforms=subset(PLATFORMS),
    people=st.just(())
    | st.lists(
        st.tuples(
            st.sampled_from([("cast",), ("director",), ("cast", "director")]),
            st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    follows=st.none()
    | st.lists(
        st.tuples(st.just("title"), st.sampled_from(TITLES))
        | st.tuples(st.just("franchise"), st.sampled_from(FRANCHISES))
        | st.tuples(st.just("platform"), st.sampled_from(PLATFORMS))
        | st.tuples(st.sampled_from(["director", "person"]), st.sampled_from(PEOPLE)),
        max_size=2,
    ).map(tuple),
    first=st.none() | few_days,
    last=st.none() | few_days,
    limit=st.none() | st.integers(0, 5),
    newest_first=st.booleans(),
    words=st.just(()),  # What they mean is tested by `list`.
    keys=st.none() | st.frozensets(st.integers(1, 4)),
)


def build_index(catalogue: Sequence[Release]) -> sqlite3.Connection:
    """An index of *catalogue* in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    build.fill(connection, catalogue)
    return connection


def has_names(release: Release, question: Query) -> bool:
    """True if *release* has a name of every kind in *question*."""
    jobs = {"cast": {credit.name for credit in release.cast}, "director": set(release.director)}
    wanted: list[tuple[Sequence[str], set[str]]] = [
        (question.titles, {release.title}),
        (question.franchises, set(release.franchise)),
        (question.platforms, set(release.platform)),
        (question.kinds, {release.kind}),
    ]
    wanted += [
        (people, set().union(*(jobs[job] for job in asked))) for asked, people in question.people
    ]
    known = {
        "title": {release.title},
        "franchise": set(release.franchise),
        "platform": set(release.platform),
        "director": jobs["director"],
        "person": jobs["cast"] | jobs["director"],
    }
    followed = question.follows is None or any(
        name in known[sort] for sort, name in question.follows
    )
    return followed and all(not names or has.intersection(names) for names, has in wanted)


def admits(seen: Outlook, question: Query) -> bool:
    """True if *seen* is in a state, at a stage and in a range of *question*."""
    if seen.state not in question.states:
        return False
    if question.stages and (seen.stage is None or seen.stage not in question.stages):
        return False
    if seen.date is None or not seen.dated:
        return question.types == () and question.first is question.last is None
    early, late = question.first or date.min, question.last or date.max
    return seen.date.latest >= early and seen.date.earliest <= late


def naive(catalogue: Sequence[Release], question: Query) -> list[Outlook]:
    """The answer to *question* by looking at every release of *catalogue*."""
    every = [
        outlook(release, now=question.now, region=question.region, type=type)
        for key, release in enumerate(catalogue, 1)
        if has_names(release, question) and (question.keys is None or key in question.keys)
        for type in question.types or (None,)
    ]

    def order(seen: Outlook) -> tuple[object, ...]:
        release, type = seen.release, seen.effective_date and seen.effective_date.dated.type
        return (*seen.order, release.season or 0, release.id, type or "")

    found = [seen for seen in every if admits(seen, question)]
    dated = sorted((s for s in found if s.dated), key=order, reverse=question.newest_first)
    dateless = sorted((s for s in found if not s.dated), key=order)
    return [*dated, *dateless][: question.limit]


@given(catalogue=catalogues, question=questions)
def test_answer_is_the_same_as_by_looking_at_every_release(
    catalogue: list[Release], question: Query
) -> None:
    """Looked up by name or walked by date, with names or without: the index is only quicker."""
    nameless = question._replace(titles=(), franchises=(), platforms=(), people=())
    with closing(build_index(catalogue)) as connection:
        assert query.find(connection, nameless) == naive(catalogue, nameless)
        for max_lookups in (10**9, -1):
            assert query.find(connection, question, max_lookups=max_lookups) == naive(
                catalogue, question
            )


# ---- Cost ----


def _many(number: int) -> Iterator[Release]:
    """*number* releases: a fifth is out, a tenth has no date, the others come day by day."""
    for n in range(number):
        when = NOW.today + timedelta(days=n % 3000 if n % 5 else -1 - n % 3000)
        every: list[tuple[AnnouncedDate, ...]] = [
            (AnnouncedDate(dates.day(when)),),
            (
                AnnouncedDate(dates.day(when), "US", "theatrical"),
                AnnouncedDate(dates.day(when), "BR", "streaming"),
            ),
            (AnnouncedDate(dates.month(when.year, when.month)),),
        ]
        dated = every[n % 3] if n % 10 != 3 else ()
        yield Release(
            f"r{n}", f"Film {n}", KINDS[n % 4], franchise=(f"World {n // 20}",), dates=dated
        )


@pytest.fixture(scope="module")
def small_and_large() -> Iterator[tuple[sqlite3.Connection, sqlite3.Connection]]:
    """An index of 200 releases, and one of 2,000 or 20,000."""
    with (
        closing(build_index(list(_many(200)))) as small,
        closing(build_index(list(_many(sample(2_000, of=20_000))))) as large,
    ):
        yield small, large


def steps(connection: sqlite3.Connection, question: Query) -> int:
    """Instructions, in tens, that SQLite's virtual machine takes for the answer."""
    taken = 0

    def step() -> int:
        nonlocal taken
        taken += 1
        return 0

    connection.set_progress_handler(step, 10)
    try:
        found = query.find(connection, question)
    finally:
        connection.set_progress_handler(None, 0)
    assert len(found) == 20
    return taken


@pytest.mark.parametrize(
    "wanted",
    [
        {"limit": 20},
        {"limit": 20, "region": "BR"},
        {"limit": 20, "types": ("theatrical", "streaming")},
        {"limit": 20, "first": NOW.today},
        {"limit": 20, "kinds": ("film", "short")},
        {"limit": 20, "states": UPCOMING_STATES},
        {"limit": 20, "states": EVERY},
        {"limit": 20, "states": ("released",), "newest_first": True},
    ],
    ids=["plain", "region", "types", "from", "kinds", "ahead", "every state", "released"],
)
def test_cost_follows_the_answer_and_not_the_catalogue(
    wanted: dict[str, Any], small_and_large: tuple[sqlite3.Connection, sqlite3.Connection]
) -> None:
    """Many times the releases, about the same work for the first twenty."""
    small, large = (steps(connection, Query(NOW, **wanted)) for connection in small_and_large)
    assert large < 2 * small


# ---- Search ----


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 7, 9])
def test_large_group_of_a_search_is_walked_in_the_same_order(limit: int, index: Index) -> None:
    """Looked up one by one or not: what is ahead, undated, out with the newest first, the rest."""
    connection = index(
        film("Moon Old", "date = 2001-01-01")
        + film("Moon Out", 'stage = "released"')
        + film("Moon Far", 'date = "2024"')
        + film("Moon Gone", 'stage = "cancelled"')
        + film("Moon Undated")
        + film("Moon New", "date = 2022-07-01")
        + film("Moon Soon", "date = 2022-07-05")
    )
    wanted = Query(now=NOW, states=EVERY, limit=limit)
    for max_lookups in (0, query.MAX_LOOKUPS):
        found = search.search(connection, "moon", wanted, max_lookups=max_lookups)
        assert [each.release.title.removeprefix("Moon ") for each in found] == [
            *("Soon", "Far", "Undated", "New", "Old", "Out", "Gone")
        ][:limit]


def test_search_admits_what_its_query_does(index: Index) -> None:
    """Other states are left out, whichever way the answer is found."""
    connection = index(film("Moon Old", "date = 2001-01-01") + film("Moon Undated"))
    wanted = Query(now=NOW, states=("undated",), limit=5)
    for max_lookups in (0, query.MAX_LOOKUPS):
        found = search.search(connection, "moon", wanted, max_lookups=max_lookups)
        assert [each.release.title for each in found] == ["Moon Undated"]
