"""What TMDB is asked, and what its answers say: made by its documentation, and damaged."""

import json
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given

from countdown.catalogue import load, source_files, source_layers
from countdown.sources import tmdb, tmdb_addresses, tmdb_dates, tmdb_lists, tmdb_values
from countdown.sources.answers import BadAnswerError, Parsed, Skipped
from countdown.toml.parse import Table
from tests.sources import damage

DATA: Final = Path(__file__).parents[1] / "data" / "tmdb"
MADE: Final = {path.name: path.read_bytes() for path in sorted(DATA.glob("*.json"))}
FILM, SERIES = "made-film.json", "made-series.json"
READERS: Final[dict[str, Callable[[bytes], Parsed]]] = {FILM: tmdb.film, SERIES: tmdb.series}
LISTS: Final[dict[str, Callable[[bytes], object]]] = {
    "made-find.json": tmdb_lists.find,
    "made-search-movie.json": lambda body: tmdb_lists.search(body, "movie"),
    "made-search-tv.json": lambda body: tmdb_lists.search(body, "tv"),
    "made-people.json": tmdb_lists.people,
    "made-credits.json": tmdb_lists.credits,
    "made-changes.json": tmdb_lists.changes,
}
READ: Final = datetime(2026, 11, 26, tzinfo=UTC)
MERIDIAN, SALT = "The Glass Meridian", "The Salt Line"
PAGE: Final = "https://www.themoviedb.org/movie/990001"


def body(value: object) -> bytes:
    """The bytes of an answer that is *value*."""
    return json.dumps(value).encode()


def answer(name: str = FILM) -> Any:
    """The answer in the file *name*, to be changed."""
    return json.loads(MADE[name])


def film(**changed: object) -> Table:
    """The table of the film, its answer *changed*."""
    parsed = tmdb.film(body({**answer(), **changed}))
    check(parsed)
    return parsed.tables[0]


def series(**changed: object) -> tuple[Table, ...]:
    """The tables of the series, its answer *changed*."""
    parsed = tmdb.series(body({**answer(SERIES), **changed}))
    check(parsed)
    return parsed.tables


def check(parsed: Parsed) -> None:
    """All tables of *parsed* are used as they are."""
    top = {"origin": tmdb.ORIGIN, "read": READ, "release": [*parsed.tables]}
    made = source_layers.make("tmdb.toml", b"", top)
    assert made.source is not None
    assert made.source.problems == ()
    assert None not in made.tables
    assert len(made.tables) == len(parsed.tables)
    assert all(skipped.isprintable() for skipped in parsed.skipped)


def stamped(day: str, type: int = 3, **more: object) -> dict[str, object]:
    """A release date as TMDB writes it."""
    return {"release_date": f"{day}T00:00:00.000Z", "type": type, **more}


def rows(*dates: dict[str, object], region: str = "US") -> list[tuple[object, ...]]:
    """The day, type and note of each row that *dates* of one region become."""
    results = {"results": [{"iso_3166_1": region, "release_dates": [*dates]}]}
    found = film(release_dates=results).get("dates", [])
    return [(str(row["date"]), row["type"], row.get("note")) for row in found]


# What is asked


@pytest.mark.parametrize(
    ("address", "path", "query"),
    [
        (
            tmdb_addresses.film(5, date(2026, 11, 27)),
            "/movie/5",
            {
                "language": "en-US",
                "append_to_response": "release_dates,credits,external_ids,alternative_titles,"
                "translations,changes",
                "start_date": "2026-11-13",
                "end_date": "2026-11-27",
            },
        ),
        (
            tmdb_addresses.series(5, date(2026, 11, 27)),
            "/tv/5",
            {
                "language": "en-US",
                "append_to_response": "credits,external_ids,alternative_titles,translations,"
                "changes",
                "start_date": "2026-11-13",
                "end_date": "2026-11-27",
            },
        ),
        (
            tmdb_addresses.find("tt90000020"),
            "/find/tt90000020",
            {"external_source": "imdb_id", "language": "en-US"},
        ),
        (
            tmdb_addresses.find("../x?a=\udcff"),
            "/find/..%2Fx%3Fa%3D%3F",
            {"external_source": "imdb_id", "language": "en-US"},
        ),
        (
            tmdb_addresses.search("tv", "Love & Death? 100% #1 \udcff"),
            "/search/tv",
            {
                "query": "Love & Death? 100% #1 ?",
                "include_adult": "false",
                "language": "en-US",
            },
        ),
        (
            tmdb_addresses.people("Zoë"),
            "/search/person",
            {"query": "Zoë", "include_adult": "false", "language": "en-US"},
        ),
        (tmdb_addresses.credits(7), "/person/7/combined_credits", {"language": "en-US"}),
        (
            tmdb_addresses.changed("movie", date(2026, 11, 1), date(2026, 11, 15), page=2),
            "/movie/changes",
            {"start_date": "2026-11-01", "end_date": "2026-11-15", "page": "2"},
        ),
    ],
)
def test_addresses(address: str, path: str, query: dict[str, str]) -> None:
    """Each is of version 3 of the API, and has no key."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == (
        "https",
        "api.themoviedb.org",
        f"/3{path}",
    )
    assert dict(parse_qsl(parts.query)) == query
    assert address.isascii()
    assert address.isprintable()


@pytest.mark.parametrize(
    ("since", "until", "page"),
    [("2026-11-01", "2026-11-16", 1), ("2026-11-02", "2026-11-01", 1)]
    + [("2026-11-01", "2026-11-02", page) for page in (0, 501)],
)
def test_no_question_that_tmdb_refuses(since: str, until: str, page: int) -> None:
    """Its answer to more than 14 days, or to page 501, is an error."""
    with pytest.raises(ValueError, match=r"^TMDB tells what changed in 14 days, on 500 pages$"):
        tmdb_addresses.changed("tv", date.fromisoformat(since), date.fromisoformat(until), page)


def test_key_is_only_in_a_header() -> None:
    """As a bearer's token."""
    assert tmdb_addresses.authorization("eyJh.b-c_d.e=") == (
        "Authorization",
        "Bearer eyJh.b-c_d.e=",
    )


@pytest.mark.parametrize("key", ["", "a b", "eyJ\n", "é", "a" * 31 + "\r\nX: y", "0123abcd" * 4])
def test_what_is_no_key_is_not_sent(key: str) -> None:
    """Nor is it shown; the short key of the same page isn't taken for it."""
    with pytest.raises(ValueError, match=r"copy (its|the longer) API Read Access Token") as error:
        tmdb_addresses.authorization(key)
    assert not key or key not in str(error.value)


# What a film says


@pytest.mark.parametrize("name", READERS)
def test_every_table_is_used_as_it_is(name: str) -> None:
    """Also once it was written: a file as a refresh makes it reads as the tables were."""
    parsed = READERS[name](MADE[name])
    check(parsed)
    assert parsed.skipped == ()
    expires = tmdb.expires(READ.date())
    header = source_files.Header(
        tmdb.ORIGIN, READ, tmdb.TITLE, tmdb.LICENCE, tmdb.CREDIT, tmdb.REFRESH, expires
    )
    layer = load.read_layer("tmdb.toml", source_files.render(header, parsed.tables))
    assert layer.source is not None
    assert layer.source.problems == ()
    assert layer.source.credit == (
        "This program uses TMDB and the TMDB APIs but is not endorsed, certified, or otherwise "
        "approved by TMDB."
    )
    assert layer.tables == [*parsed.tables]
    assert len([*load.releases([layer])]) == len(parsed.tables)


def test_layer_ends_within_six_months() -> None:
    """After 180 days, as TMDB's terms ask."""
    header = source_files.Header("tmdb", READ, expires=tmdb.expires(READ.date()))
    layer = load.read_layer("tmdb.toml", source_files.render(header, ()))
    assert not source_files.has_expired(layer, date(2027, 5, 25))
    assert source_files.has_expired(layer, date(2027, 5, 26))


def test_film_with_all_that_is_known_of_it() -> None:
    """Its first day anywhere and the old list of `releases` aren't read: both are wrong."""
    table = film()
    assert {key: table[key] for key in table if key != "dates"} == {
        "id": "tmdb-movie990001",
        "title": MERIDIAN,
        "kind": "film",
        "ids": {"tmdb": 990001, "imdb": "tt90000020", "wikidata": "Q990000001"},
        "titles": {
            "pt": "O Meridiano de Vidro",
            "de": "Der gläserne Meridian",
            "pt-BR": "Meridiano de Cristal",
        },
        "aliases": ["Meridian"],
        "country": ["PT", "BR"],
        "studio": ["Farol Filmes"],
        "director": ["Dora Prates"],
        "writer": ["Dora Prates", "Fay Ng"],
        "cast": [
            {"name": "Ana Duarte", "role": "Inês"},
            {"name": "Bo Lindqvist"},
            {"name": "Cai Morgan"},
        ],
        "sources": [{"url": PAGE}],
        "updated": date(2026, 11, 25),
        "stage": "post-production",
        "stage_since": date(2026, 11, 24),
    }
    found = [
        (row["region"], row["type"], str(row["date"]), row.get("note")) for row in table["dates"]
    ]
    assert found == [
        ("US", "premiere", "2026-12-10", "World Premiere"),
        ("US", "limited", "2026-12-11", "New York, Los Angeles"),
        ("US", "theatrical", "2026-12-18", None),
        ("US", "digital", "2027-03-02", None),
        ("US", "physical", "2027-03-23", "4K"),
        ("US", "re-release", "2029-12-14", "IMAX"),
        ("CH", "theatrical", "2027-01-07", "in de; also 2027-01-14 in fr"),
        ("IT", "theatrical", "2027-03-05", None),
        ("DE", "theatrical", "2027-12-31", None),
        ("FR", "theatrical", "2027-01-01", "rated TP"),
        ("PT", "premiere", "2026-11-20", "Lisbon Film Festival; also 2026-11-27"),
        ("PT", "theatrical", "2026-12-31", "New Year's Eve"),
        ("BR", "streaming", "2027-02-11", "Netflix"),
        ("JP", "tv", "2027-06-04", "NHK"),
    ]
    assert {row["source"] for row in table["dates"]} == {PAGE}


def test_fans_see_which_days_are_days() -> None:
    """Merged: 31 December without anything else is its year, and a premiere is no release."""
    header = source_files.Header("tmdb", READ)
    layer = load.read_layer("tmdb.toml", source_files.render(header, (film(),)))
    (release,) = load.releases([layer])
    dates = {(each.region, each.type): each.date.edtf for each in release.dates}
    assert dates["DE", "theatrical"] == "2027?"
    assert dates["FR", "theatrical"] == "2027-01-01"
    assert dates["PT", "theatrical"] == "2026-12-31"
    assert dates["US", "theatrical"] == "2026-12-18"
    assert dates["CH", "theatrical"] == "2027-01-07"
    assert dates["US", "premiere"] == "2026-12-10"


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (  # A placeholder gives way to a day.
            (stamped("2027-01-01"), stamped("2027-06-04")),
            [("2027-06-04", "theatrical", None)],
        ),
        (
            (stamped("2027-12-31"), stamped("2028-01-01")),
            [("2027-12-31", "theatrical", None)],
        ),
        (  # It's no first day, from which months are counted.
            (stamped("2025-01-01"), stamped("2027-06-04")),
            [("2027-06-04", "theatrical", None)],
        ),
        (  # Of re-releases, the last one is ahead.
            (*(stamped(day) for day in ("1967-10-25", "1972-07-12", "1997-02-28", "2027-03-05")),),
            [
                ("1967-10-25", "theatrical", None),
                ("2027-03-05", "re-release", "also 1997-02-28; also 1972-07-12"),
            ],
        ),
        (  # 18 months are no re-release yet.
            (stamped("2026-01-02"), stamped("2027-07-04", 2)),
            [("2026-01-02", "theatrical", None), ("2027-07-04", "limited", None)],
        ),
        (
            (stamped("2026-01-02", 2), stamped("2027-07-05")),
            [("2026-01-02", "limited", None), ("2027-07-05", "re-release", None)],
        ),
        (
            (stamped("1981-06-12"), stamped("2026-08-09", 4, note="4K"), stamped("2026-09-01", 1)),
            [
                ("1981-06-12", "theatrical", None),
                ("2026-08-09", "digital", "4K"),
                ("2026-09-01", "premiere", None),
            ],
        ),
        (
            (stamped("2027-02-11", 4, note="DISNEY+"), stamped("2027-02-12", 4, note="Plex")),
            [("2027-02-11", "streaming", "DISNEY+"), ("2027-02-12", "digital", "Plex")],
        ),
        (
            (stamped("2027-02-11", 2, note="Sneak Preview"), stamped("2027-02-12", 6, note="Gala")),
            [("2027-02-11", "premiere", "Sneak Preview"), ("2027-02-12", "tv", "Gala")],
        ),
        (
            (*(stamped(f"2027-02-{day:02}") for day in range(1, 20)),),
            [
                (
                    "2027-02-01",
                    "theatrical",
                    "; ".join(f"also 2027-02-{day:02}" for day in range(2, 7)),
                )
            ],
        ),
        (  # One day twice is one.
            (stamped("2027-02-01", note="x" * 450), stamped("2027-02-01", iso_639_1="Latin")),
            [("2027-02-01", "theatrical", None)],
        ),
        ((stamped("2027-02-01", note="x" * 450),), [("2027-02-01", "theatrical", "x" * 400)]),
    ],
)
def test_one_date_for_each_region_and_type(
    dates: tuple[dict[str, object], ...], found: list[tuple[object, ...]]
) -> None:
    """Others are in its note."""
    assert rows(*dates) == found
    assert rows(*reversed(dates)) == found


def test_what_no_date_is_made_of() -> None:
    """What can't be read is counted, each kind in one line; the rest stays."""
    results = [
        {"iso_3166_1": "US", "release_dates": [stamped("2027-02-30"), stamped("2027-02-01", 7)]},
        {"iso_3166_1": "US", "release_dates": [stamped("2027-02-01"), {"type": 3}, None, {}]},
        {"iso_3166_1": "US", "release_dates": [{"type": 3, "release_date": 20270201}]},
        *({"iso_3166_1": region, "release_dates": []} for region in ("XX", None, ["US"], "us")),
        {"iso_3166_1": "BR"},
        "US",
    ]
    skipped: Skipped = Skipped()
    found = tmdb_dates.rows({"results": results}, PAGE, skipped)
    assert [str(row["date"]) for row in found] == ["2027-02-01"]
    assert skipped == {
        "a release date can't be read": 2,
        "the type of a release date isn't known": 3,
        "the region of a release date isn't known": 5,
    }


@pytest.mark.parametrize(
    ("status", "stage"),
    [
        ("Rumored", "rumoured"),
        ("Planned", "announced"),
        ("In Production", "filming"),
        ("Post Production", "post-production"),
        ("Released", "released"),
        ("Canceled", "cancelled"),
        ("On a boat", None),
        (["Released"], None),
        (None, None),
    ],
)
def test_stage_of_a_film(status: object, stage: str | None) -> None:
    """Each of TMDB's six words, since it was changed."""
    table = film(status=status)
    assert table.get("stage") == stage
    assert table.get("stage_since") == (date(2026, 11, 24) if stage else None)


@pytest.mark.parametrize(
    ("changes", "changed", "updated", "since"),
    [
        ([], None, None, None),
        ([], date(2026, 11, 20), date(2026, 11, 20), date(2026, 11, 20)),
        ("status", date(2026, 11, 20), date(2026, 11, 24), date(2026, 11, 24)),
        ("images", None, date(2026, 11, 24), date(2026, 11, 24)),
        ("status", date(2026, 11, 25), date(2026, 11, 25), date(2026, 11, 24)),
    ],
)
def test_stage_goes_with_its_age(
    changes: object, changed: date | None, updated: date | None, since: date | None
) -> None:
    """Without one it isn't told: nobody knows for how long it has been so."""
    if isinstance(changes, str):
        changes = [
            {"key": changes, "items": [{"time": "2026-11-24 08:15:00 UTC"}, {"time": "soon"}, 7]},
            None,
        ]
    value = {**answer(), "changes": {"changes": changes}}
    (table,) = tmdb.film(body(value), changed).tables
    assert table.get("updated") == updated
    assert table.get("stage_since") == since
    assert ("stage" in table) is (since is not None)


def test_titles_by_language() -> None:
    """The original one under its own language, if that is known, else it is an alias."""
    cantonese = film(original_language="cn")
    assert "O Meridiano de Vidro" in cantonese["aliases"]
    assert cantonese["titles"]["pt-BR"] == "Meridiano de Cristal"
    assert "O Meridiano de Vidro" in film(original_language=7)["aliases"]
    other = [{"iso_639_1": "pt", "iso_3166_1": "PT", "data": {"title": "O Meridiano"}}]
    assert film(translations={"translations": other})["titles"] == {"pt": "O Meridiano de Vidro"}
    unnamed = film(title="", alternative_titles={}, translations={"translations": [None]})
    assert unnamed["title"] == "O Meridiano de Vidro"
    assert "titles" not in unnamed
    assert "aliases" not in unnamed
    many = {"titles": [{"title": f"Title {at // 2}"} for at in range(1_000)]}
    assert film(alternative_titles=many)["aliases"] == [f"Title {at}" for at in range(100)]


def test_cast_is_the_first_hundred() -> None:
    """Each person once; asides in roles aren't part of them."""
    credits = [
        {"name": "Ana", "character": "Inês (voice) (uncredited)"},
        {"name": "Ana", "character": "Another"},
        {"name": "Bo", "character": "Self - Host"},
        {"name": "Cai", "character": "Cai"},
        {"name": "Dora", "character": "Selfish Man"},
        {"name": "Ed", "character": "Fay (as a child)"},
        {"name": "\x1b[31m"},
        *({"name": f"Extra {at}"} for at in range(200)),
    ]
    parsed = tmdb.film(body({**answer(), "credits": {"cast": credits, "crew": [{"job": []}]}}))
    check(parsed)
    cast = parsed.tables[0]["cast"]
    assert cast[:5] == [
        {"name": "Ana", "role": "Inês"},
        {"name": "Bo"},
        {"name": "Cai"},
        {"name": "Dora", "role": "Selfish Man"},
        {"name": "Ed", "role": "Fay (as a child)"},
    ]
    assert len(cast) == 100
    assert parsed.skipped == (f"{MERIDIAN}: a member of the cast can't be read",)


def test_the_rest_stays() -> None:
    """An answer without its parts, as of a client that asked for less."""
    value = {"id": 5, "title": "x", "imdb_id": "nm1", "external_ids": {"wikidata_id": "P31"}}
    parsed = tmdb.film(body(value))
    check(parsed)
    assert parsed.tables == (
        {
            "id": "tmdb-movie5",
            "title": "x",
            "kind": "film",
            "ids": {"tmdb": 5},
            "sources": [{"url": "https://www.themoviedb.org/movie/5"}],
        },
    )
    assert parsed.skipped == (
        "x: the answer has no list of release dates",
        "x: its id at IMDb can't be read",
        "x: its id at Wikidata can't be read",
    )


# What a series says


def test_series_with_its_seasons() -> None:
    """One without a day is there; specials are no season."""
    whole, *seasons = series()
    page = "https://www.themoviedb.org/tv/990002"
    assert whole == {
        "id": "tmdb-tv990002",
        "title": SALT,
        "kind": "series",
        "dates": [{"date": date(2025, 3, 2), "region": "US", "source": page}],
        "ids": {"tmdb": 990002, "imdb": "tt90000030", "wikidata": "Q990000002"},
        "platform": ["Harbour TV", "Harbour+"],
        "titles": {"fr": "La Ligne de sel"},
        "aliases": ["A Linha do Sal"],
        "country": ["US"],
        "studio": ["Salt Works"],
        "cast": [{"name": "Ana Duarte", "role": "Mara Quist"}],
        "creator": ["Gus Abara"],
        "sources": [{"url": page}],
    }
    assert [season["season"] for season in seasons] == [1, 2, 3]
    assert seasons[1] == {
        "id": "tmdb-tv990002-season-2",
        "title": SALT,
        "kind": "season",
        "season": 2,
        "dates": [{"date": date(2026, 2, 20), "region": "US", "source": f"{page}/season/2"}],
        "aliases": [f"{SALT}: High Water"],
        "ids": {"tmdb": 990002, "imdb": "tt90000030"},  # The item at Wikidata is the series'.
        "platform": ["Harbour TV", "Harbour+"],
        "sources": [{"url": f"{page}/season/2"}],
    }
    assert "dates" not in seasons[2]
    assert "aliases" not in seasons[0]


@pytest.mark.parametrize("networks", [[], None, [{"name": "x", "origin_country": ""}], [7]])
def test_place_of_a_series_isnt_guessed(networks: object) -> None:
    """The country where it was made doesn't say where it's shown."""
    whole, first, *_ = series(networks=networks)
    for table in (whole, first):
        assert table["dates"][0]["place"] == "unstated"
        assert "region" not in table["dates"][0]


@pytest.mark.parametrize(
    ("status", "last", "stage"),
    [
        ("Planned", None, "announced"),
        ("In Production", None, "filming"),
        ("Canceled", None, "cancelled"),
        ("Pilot", None, None),
        ("Returning Series", "2026-04-10", None),
        ("In Production", "2026-04-10", None),  # That's the next season.
        ("Ended", "2026-04-10", "released"),
        ("Canceled", "2026-04-10", "released"),
        ("Ended", "", None),
    ],
)
def test_stage_of_a_series(status: str, last: str | None, stage: str | None) -> None:
    """What was shown isn't cancelled; nothing is said of the next season."""
    value = {**answer(SERIES), "status": status, "last_air_date": last}
    parsed = tmdb.series(body(value), date(2026, 11, 20))
    check(parsed)
    whole, *seasons = parsed.tables
    assert whole.get("stage") == stage
    assert {table["updated"] for table in parsed.tables} == {date(2026, 11, 20)}
    assert not any("stage" in season for season in seasons)


def test_seasons_that_cant_be_read() -> None:
    """They are counted; the others stay."""
    value = answer(SERIES)
    value["first_air_date"] = ""
    value["seasons"] += [None, {"season_number": 1}, {"season_number": True}]
    value["seasons"] += [{"season_number": 9, "air_date": "soon", "name": SALT}]
    parsed = tmdb.series(body(value))
    check(parsed)
    assert [table.get("season") for table in parsed.tables] == [None, 1, 2, 3, 9]
    assert "dates" not in parsed.tables[0]
    assert parsed.skipped == (
        f"{SALT}: a season has no number of its own (3 times)",
        f"{SALT}: the first day of a season can't be read",
    )


def test_season_joins_that_of_other_sources() -> None:
    """By the series' id at IMDb and its number; its page there says nothing of Wikidata's item."""
    season = series()[2]
    other = {**season, "id": "tvmaze-7-season-2", "ids": {"tvmaze": 77, "imdb": "tt90000030"}}
    item = {**season, "id": "wikidata-q5", "ids": {"wikidata": "Q5"}}
    layers = [
        load.read_layer(
            f"{name}.toml", source_files.render(source_files.Header(name, READ), (row,))
        )
        for name, row in (("tmdb", season), ("tvmaze", other), ("wikidata", item))
    ]
    assert len([*load.releases(layers)]) == 2


# What can't be read


@pytest.mark.parametrize("read", READERS.values())
@pytest.mark.parametrize("value", [b'{"id": 1}', b'{"name": "x", "title": "x"}', b"{}"])
def test_what_is_about_nothing_is_refused(read: Callable[[bytes], Parsed], value: bytes) -> None:
    """In words for users."""
    with pytest.raises(BadAnswerError, match=r"^the answer isn't about a (film|series): it has no"):
        read(value)


@pytest.mark.parametrize("read", [*READERS.values(), *LISTS.values()])
@pytest.mark.parametrize(
    ("value", "what"),
    [
        (b"[]", "^the answer isn't what TMDB's documentation says$"),
        (b"null", "^the answer isn't what TMDB's documentation says$"),
        (b"", "^the answer isn't JSON$"),
        (b"<html>Bad Gateway</html>", "^the answer is a web page, not data$"),
        (MADE["made-bad-key.json"], "^TMDB says: Invalid API key: You must be granted a valid"),
        (b'{"status_code": 25, "status_message": "\\u001b[31m"}', "^TMDB says: error 25$"),
    ],
)
def test_what_is_no_answer_is_refused(
    read: Callable[[bytes], object], value: bytes, what: str
) -> None:
    """An error of TMDB in its own words, cleaned."""
    with pytest.raises(BadAnswerError, match=what):
        read(value)


def test_refused_key_is_told_from_other_errors() -> None:
    """Then no other question is worth asking."""
    for name, is_key in (("made-bad-key.json", True), ("made-no-such-thing.json", False)):
        with pytest.raises(tmdb_values.ApiError) as error:
            tmdb.film(MADE[name])
        assert error.value.is_about_the_key is is_key


@pytest.mark.parametrize(
    ("status", "value", "is_gone"),
    [
        (404, MADE["made-no-such-thing.json"], True),
        (404, MADE["made-bad-key.json"], False),
        (404, b"", False),
        (404, b"{}", False),
        (404, b"<html>Not Found</html>", False),
        (200, MADE["made-no-such-thing.json"], False),
    ],
)
def test_only_tmdb_knows_what_is_gone(status: int, value: bytes, is_gone: bool) -> None:
    """A proxy without such a page doesn't."""
    assert tmdb_lists.not_found(status, value) is is_gone


@pytest.mark.parametrize("name", READERS)
def test_any_one_value_can_be_wrong(name: str) -> None:
    """Deleted, or another one in its place: the others are still used."""
    value = answer(name)
    for place in damage.each_wrong(value):
        try:
            check(READERS[name](body(value)))
        except BadAnswerError:
            assert place in (("id",), ("name",), ("title",))


@given(damage.damaged(MADE, (*READERS, *LISTS)))
def test_damaged_answer_is_refused_or_can_be_used(found: tuple[str, bytes]) -> None:
    """Whatever is left of it makes a layer without a problem."""
    name, data = found
    try:
        if name in READERS:
            check(READERS[name](data))
        else:
            LISTS[name](data)
    except BadAnswerError:
        return


# What lists say


def works(found: Iterable[tmdb_lists.Candidate]) -> list[tuple[str, str, int | None]]:
    """The kind, title and year of each."""
    return [(each.kind, each.title, each.year) for each in found]


def test_found_by_an_id_elsewhere() -> None:
    """With what tells it from others of the same title."""
    (found,) = tmdb_lists.find(MADE["made-find.json"])
    assert found == tmdb_lists.Candidate(
        id=990001,
        title=MERIDIAN,
        year=2026,
        kind="film",
        original="O Meridiano de Vidro",
        page=PAGE,
        day=date(2026, 12, 10),
    )
    nothing: dict[str, list[object]] = {"movie_results": [], "tv_results": []}
    assert tmdb_lists.find(body(nothing)) == ()
    with pytest.raises(BadAnswerError, match="documentation"):
        tmdb_lists.find(b'{"person_results": []}')


def test_candidates_of_a_search() -> None:
    """The best first; a film without a day has no year."""
    films = tmdb_lists.search(MADE["made-search-movie.json"], "movie")
    assert works(films) == [("film", MERIDIAN, 2026), ("film", "Meridian 2", None)]
    (found,) = tmdb_lists.search(MADE["made-search-tv.json"], "tv")
    assert works([found]) == [("series", SALT, 2025)]
    assert (found.original, found.page) == (None, "https://www.themoviedb.org/tv/990002")


def test_people_who_were_found() -> None:
    """With what tells those of one name apart."""
    first, second = tmdb_lists.people(MADE["made-people.json"])
    page = "https://www.themoviedb.org/person/1"
    assert first == tmdb_lists.Person(1, "Ana Duarte", "Acting", (MERIDIAN, SALT), page)
    assert second[1:4] == ("Ana Duarte", None, ())
    assert tmdb_lists.people(b'{"results": [{"id": 0}, 7, {"id": 1}]}') == ()


def test_credits_of_a_person() -> None:
    """In the cast or as director, writer, creator; neither talk shows nor production."""
    assert works(tmdb_lists.credits(MADE["made-credits.json"])) == [
        ("film", MERIDIAN, 2026),
        ("series", SALT, 2025),
        ("film", "Meridian 2", None),
        ("film", "No Date Yet", None),
    ]
    odd = {
        "cast": [{"media_type": "person", "id": 1, "title": "x"}, {"media_type": []}],
        "crew": [],
    }
    assert tmdb_lists.credits(body(odd)) == ()
    with pytest.raises(BadAnswerError, match=r"^the answer isn't a list of credits$"):
        tmdb_lists.credits(b'{"cast": []}')


def test_changed_films() -> None:
    """A page of them, and how many there are."""
    assert tmdb_lists.changes(MADE["made-changes.json"]) == ((990001, 990003), 3)
    assert tmdb_lists.changes(b'{"results": [null], "total_pages": "9"}') == ((), 1)
    with pytest.raises(BadAnswerError, match=r"^the answer isn't a list$"):
        tmdb_lists.changes(b'{"results": {}}')
