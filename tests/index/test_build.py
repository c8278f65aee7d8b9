"""Releases → rows: which dates get a row of their own, under which names a release is found."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, date, datetime

import pytest

from countdown.core import dates
from countdown.core.release import AnnouncedDate, Credit, Release
from countdown.errors import CatalogueError
from countdown.index import build

Row = tuple[object, ...]
Rows = Callable[..., list[Row]]

JULY_7, JULY_8 = dates.day(date(2022, 7, 7)), dates.day(date(2022, 7, 8))
DAY_7, DAY_8 = JULY_7.latest.toordinal(), JULY_8.latest.toordinal()
NEW_YEAR = date(2023, 1, 1).toordinal()


@pytest.fixture
def rows() -> Iterator[Rows]:
    """The rows that a statement finds in an index of some releases."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:

        def found(statement: str, *releases: Release) -> list[Row]:
            build.fill(connection, releases)
            return connection.execute(statement).fetchall()

        yield found


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (Release("a", "A", "film"), []),
        (Release("a", "A", "film", dates=(AnnouncedDate(JULY_8),)), [("", "", 1, DAY_8, 0)]),
        (
            Release("a", "A", "film", dates=(AnnouncedDate(JULY_8, "US"),)),
            [("", "", 1, DAY_8, 0)],
        ),
        (
            Release("a", "A", "film", dates=(AnnouncedDate(JULY_8, type="tv"),)),
            [("", "", 1, DAY_8, 0), ("", "tv", 1, DAY_8, 0)],
        ),
        (
            Release("a", "A", "film", dates=(AnnouncedDate(JULY_8), AnnouncedDate(JULY_7, "BR"))),
            [("", "", 1, DAY_8, 0), ("BR", "", 1, DAY_7, 0)],
        ),
        (
            Release("a", "A", "film", dates=(AnnouncedDate(JULY_8), AnnouncedDate(JULY_8, "BR"))),
            [("", "", 1, DAY_8, 0)],
        ),
        (
            Release(
                "a",
                "A",
                "film",
                dates=(
                    AnnouncedDate(JULY_8, place="unstated"),
                    AnnouncedDate(JULY_8, "BR"),
                    AnnouncedDate(JULY_7, "GB"),
                    AnnouncedDate(JULY_7, "GB", "premiere"),
                ),
            ),
            [
                *(("", "", 1, DAY_8, 0), ("", "premiere", 1, DAY_7, 0)),
                *(("BR", "", 1, DAY_8, 0), ("GB", "", 1, DAY_7, 0)),
            ],
        ),
        (  # a premiere at home makes no date of another place count there
            Release(
                "a",
                "A",
                "film",
                dates=(
                    AnnouncedDate(JULY_8, "US"),
                    AnnouncedDate(JULY_7, place="unstated"),
                    AnnouncedDate(JULY_7, "BR", "premiere"),
                ),
            ),
            [("", "", 1, DAY_8, 0), ("", "premiere", 1, DAY_7, 0)],
        ),
        (
            Release(
                "a",
                "A",
                "film",
                country=("GB",),
                dates=(AnnouncedDate(JULY_8, "US"), AnnouncedDate(JULY_7, "GB")),
            ),
            [("", "", 1, DAY_7, 0), ("US", "", 1, DAY_8, 0)],
        ),
        (
            Release(
                "a",
                "A",
                "film",
                dates=(AnnouncedDate(JULY_7, type="premiere"), AnnouncedDate(JULY_8)),
            ),
            [("", "", 1, DAY_8, 0), ("", "premiere", 1, DAY_7, 0)],
        ),
        (
            Release("a", "A", "film", dates=(AnnouncedDate(JULY_7, type="premiere"),)),
            [("", "premiere", 1, DAY_7, 0)],
        ),
        (
            Release(
                "a",
                "A",
                "film",
                dates=(
                    AnnouncedDate(JULY_8, "US", "theatrical"),
                    AnnouncedDate(JULY_7, "BR", "streaming"),
                ),
            ),
            [
                *(("", "", 1, DAY_8, 0), ("", "streaming", 1, DAY_7, 0)),
                *(("", "theatrical", 1, DAY_8, 0), ("BR", "", 1, DAY_7, 0)),
            ],
        ),
        (
            Release("a", "A", "film", dates=(AnnouncedDate(dates.month(2022, 12)),)),
            [("", "", 0, NEW_YEAR - 1, 30)],
        ),
        (
            Release("a", "A", "film", stage="released", dates=(AnnouncedDate(dates.year(2022)),)),
            [("", "", 2, NEW_YEAR - 1, 364)],
        ),
        (
            Release(
                "a",
                "A",
                "film",
                dates=(AnnouncedDate(dates.instant(datetime(2022, 7, 8, 23, tzinfo=UTC))),),
            ),
            [("", "", 1, DAY_8, 0)],
        ),
        (Release("a", "A", "film", stage="on-hold", dates=(AnnouncedDate(JULY_8),)), []),
        (Release("a", "A", "film", stage="cancelled", dates=(AnnouncedDate(JULY_8),)), []),
    ],
    ids=[
        *("no date", "worldwide", "one region", "one type", "own region", "same day there"),
        *("place not stated", "premiere at home", "home market"),
        *("premiere beside", "premiere alone", "regions and types", "month", "released year"),
        *("instant", "on hold", "cancelled"),
    ],
)
def test_date_has_a_row_where_it_makes_a_difference(
    release: Release, expected: list[Row], rows: Rows
) -> None:
    """For everyone (''), and for each region whose own date is another."""
    columns = "SELECT region, type, outcome, latest, width"
    assert rows(f"{columns} FROM effective_date ORDER BY region, type", release) == expected


@pytest.mark.parametrize(
    ("release", "dated"),
    [
        (Release("a", "A", "film"), 0),
        (Release("a", "A", "film", dates=(AnnouncedDate(JULY_8, "US"),)), 1),
        (Release("a", "A", "film", dates=(AnnouncedDate(JULY_8, "US", "premiere"),)), 0),
        (Release("a", "A", "film", stage="on-hold", dates=(AnnouncedDate(JULY_8),)), 0),
    ],
)
def test_release_is_dated_if_some_date_counts(release: Release, dated: int, rows: Rows) -> None:
    """A premiere is not a release, and nobody works towards the date of what is on hold."""
    assert rows("SELECT has_date FROM release", release) == [(dated,)]


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (Release("a", "Amélie", "film"), {"amelie"}),
        (Release("a", "Thor", "film", aliases=("Thor 4", "THOR!")), {"thor", "thor 4"}),
        (Release("a", "Loki", "season", 2), {"loki", "loki season 2", "loki s2", "loki s02"}),
        (
            Release("a", "Loki", "season", 2, titles=(("ja", "Rokki"), ("de", "LOKI"))),
            {
                *("loki", "loki season 2", "loki s2", "loki s02"),
                *("rokki", "rokki season 2", "rokki s2", "rokki s02"),
            },
        ),
        (Release("a", "Spider-Man", "film"), {"spider man", "spiderman"}),
        (Release("a", "X", "film", aliases=("Ant-Man",)), {"x", "ant man", "antman"}),
        (Release("a", "F.A.S.T.", "film"), {"fast"}),
        (Release("a", "WALL·E 2", "film"), {"wall e 2", "walle 2"}),
        (Release("a", "3:10 to Yuma", "film"), {"3 10 to yuma", "310 to yuma"}),
        (Release("a", "Saw XI", "film"), {"saw xi", "saw 11"}),
        (Release("a", "$", "film"), {"$"}),
    ],
)
def test_release_has_every_spelling_of_its_titles(
    release: Release, expected: set[str], rows: Rows
) -> None:
    """Folded, once each; a hyphen may also be left out. All are names of a real title."""
    found = rows("SELECT folded, name FROM title", release)
    assert sorted(str(folded) for folded, _ in found) == sorted(expected)
    assert {name for _, name in found} <= {*release.names}


def test_spelling_of_one_title_does_not_hide_another(rows: Rows) -> None:
    """An alias that is really written so stays the name that is shown."""
    release = Release("a", "Spider-Man", "film", aliases=("Spiderman",))
    found = rows("SELECT folded, name FROM title", release)
    assert sorted(found) == [("spider man", "Spider-Man"), ("spiderman", "Spiderman")]


def test_person_is_also_found_without_hyphens(rows: Rows) -> None:
    """Their name stays as it is written."""
    release = Release("a", "A", "film", director=("Bong Joon-ho", "Ana Lee"))
    assert rows("SELECT name, folded, spellings FROM person", release) == [
        ("Bong Joon-ho", "bong joon ho", "bong joon ho bong joonho"),
        ("Ana Lee", "ana lee", "ana lee"),
    ]


def test_spelling_without_hyphens_has_the_name_of_the_catalogue(rows: Rows) -> None:
    """What is looked up is not what is shown: Tab and suggestions name real titles alone."""
    release = Release("a", "Spider-Man", "film", aliases=("Homem-Aranha", "Spiderman"))
    assert sorted(rows("SELECT folded, name FROM title", release)) == [
        ("homem aranha", "Homem-Aranha"),
        ("homemaranha", "Homem-Aranha"),
        ("spider man", "Spider-Man"),
        ("spiderman", "Spiderman"),
    ]


def test_person_has_one_key_and_a_credit_for_each_job(rows: Rows) -> None:
    """Named twice in the cast, with two roles, is still one credit."""
    release = Release(
        *("a", "A", "film"),
        director=("Ann Lee",),
        writer=("Ann Lee",),
        creator=("Bo Å",),
        cast=(Credit("Ann Lee", "one"), Credit("Ann Lee", "two")),
    )
    statement = (
        "SELECT name, folded, job FROM person JOIN credit ON credit.person = person.key"
        " ORDER BY name, job"
    )
    assert rows(statement, release) == [
        ("Ann Lee", "ann lee", "cast"),
        ("Ann Lee", "ann lee", "director"),
        ("Ann Lee", "ann lee", "writer"),
        ("Bo Å", "bo a", "creator"),
    ]


def test_label_that_is_franchise_and_platform_is_two(rows: Rows) -> None:
    """And spellings that fold to the same are one, in one release or in two."""
    releases = [
        Release("a", "A", "film", franchise=("Max", "MAX"), platform=("Max",)),
        Release("b", "B", "film", platform=("max",)),
    ]
    statement = (
        "SELECT DISTINCT kind, folded, release FROM label"
        " JOIN release_label ON release_label.label = label.key ORDER BY kind, release"
    )
    assert rows(statement, *releases) == [
        ("franchise", "max", 1),
        ("platform", "max", 1),
        ("platform", "max", 2),
    ]


@pytest.mark.parametrize("batch", [1, 2, 3, 1000])
def test_batches_make_no_difference(batch: int) -> None:
    """Five releases in batches smaller and larger than that, with people they share."""
    releases = [
        Release(f"r{n}", f"Film {n}", "film", franchise=("F",), cast=(Credit("Ann Lee"),))
        for n in range(5)
    ]
    statement = (
        "SELECT release.key, title.folded, person.key, label.key FROM release"
        " JOIN title ON title.release = release.key"
        " JOIN credit ON credit.release = release.key JOIN person ON person.key = credit.person"
        " JOIN release_label ON release_label.release = release.key"
        " JOIN label ON label.key = release_label.label ORDER BY 1"
    )
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        build.fill(connection, releases, batch=batch)
        found = connection.execute(statement).fetchall()
    assert found == [(n + 1, f"film {n}", 1, 1) for n in range(5)]


def test_index_of_nothing_is_an_index(rows: Rows) -> None:
    """An empty catalogue is no error."""
    assert rows("SELECT count(*) FROM release") == [(0,)]


def test_what_the_releases_raise_comes_through(rows: Rows) -> None:
    """The checker speaks up only when it has seen all of them."""

    def releases() -> Iterator[Release]:
        yield Release("a", "A", "film")
        raise CatalogueError("wrong")

    with (
        closing(sqlite3.connect(":memory:", isolation_level=None)) as connection,
        pytest.raises(CatalogueError, match="wrong"),
    ):
        build.fill(connection, releases())
