"""What TVmaze is asked, and what its answers say, as recorded, as documented, and damaged."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given

from countdown.catalogue import load, source_files, source_layers
from countdown.catalogue.layer import Layer
from countdown.sources import tvmaze, tvmaze_addresses, tvmaze_lists
from countdown.sources.answers import BadAnswerError, Parsed
from countdown.toml.parse import Table
from tests.sources import damage

DATA: Final = Path(__file__).parents[1] / "data" / "tvmaze"
RECORDED: Final = {path.name: path.read_bytes() for path in sorted(DATA.glob("*.json"))}
SHOWS: Final = ("flash-2017-03.json", "flash-2020-01.json", "under-the-dome.json", "made-show.json")
LISTS: Final[dict[str, Callable[[bytes], object]]] = {
    "search-you-2025-02.json": tvmaze_lists.candidates,
    "search-deadwood-2017-05.json": tvmaze_lists.candidates,
    "flash-2017-03.json": tvmaze_lists.candidates,
    "made-people.json": tvmaze_lists.people,
    "made-cast-credits.json": tvmaze_lists.credits,
    "made-changed.json": tvmaze_lists.changed,
    "made-alternative-titles.json": tvmaze_lists.aliases,
}
READ: Final = datetime(2026, 11, 26, tzinfo=UTC)
MADE: Final = "made-show.json"
LANTERN: Final = "The Lantern Keepers"
DEVELOPMENT: Final = "In Development"


def body(value: object) -> bytes:
    """The bytes of an answer that is *value*."""
    return json.dumps(value).encode()


def answer(name: str = MADE) -> Any:
    """The answer in the file *name*, to be changed."""
    return json.loads(RECORDED[name])


def read(value: Any) -> Parsed:
    """What the show *value* says."""
    return tvmaze.show(body(value))


def layer(tables: tuple[Table, ...]) -> Layer:
    """The layer with those *tables*."""
    top = {"origin": tvmaze.ORIGIN, "read": READ, "release": [*tables]}
    return source_layers.make("tvmaze.toml", b"", top)


def check(parsed: Parsed) -> None:
    """All tables of *parsed* are used as they are."""
    made = layer(parsed.tables)
    assert made.source is not None
    assert made.source.problems == ()
    assert None not in made.tables
    assert len(made.tables) == len(parsed.tables)
    assert all(skipped.isprintable() for skipped in parsed.skipped)


# What is asked


@pytest.mark.parametrize(
    ("address", "path", "query"),
    [
        (
            tvmaze_addresses.show(13),
            "/shows/13",
            [("embed[]", part) for part in ("seasons", "cast", "episodes", "nextepisode")],
        ),
        (tvmaze_addresses.alternative_titles(13), "/shows/13/akas", []),
        (
            tvmaze_addresses.search("Love & Death? 100% #1"),
            "/search/shows",
            [("q", "Love & Death? 100% #1")],
        ),
        (tvmaze_addresses.by_imdb("tt3107288"), "/lookup/shows", [("imdb", "tt3107288")]),
        (tvmaze_addresses.changed("week"), "/updates/shows", [("since", "week")]),
        (tvmaze_addresses.people("Zoë Łuk"), "/search/people", [("q", "Zoë Łuk")]),
        (tvmaze_addresses.cast_credits(1), "/people/1/castcredits", [("embed", "show")]),
        (tvmaze_addresses.search("\udcff/../\n"), "/search/shows", [("q", "?/../\n")]),
    ],
)
def test_addresses(address: str, path: str, query: list[tuple[str, str]]) -> None:
    """Each is of the API, and what is asked for comes out as it went in."""
    parts = urlsplit(address)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "api.tvmaze.com", path)
    assert parse_qsl(parts.query) == query
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


# What a show says


@pytest.mark.parametrize("name", SHOWS)
def test_every_table_is_used_as_it_is(name: str) -> None:
    """Also once it was written: a file as a refresh makes it reads as the tables were."""
    parsed = tvmaze.show(RECORDED[name])
    check(parsed)
    header = source_files.Header(
        tvmaze.ORIGIN, READ, tvmaze.TITLE, tvmaze.LICENCE, tvmaze.CREDIT, tvmaze.REFRESH
    )
    read = load.read_layer("tvmaze.toml", source_files.render(header, parsed.tables))
    assert read.source is not None
    assert read.source.problems == ()
    assert read.source.credit == "Data from TVmaze.com (CC BY-SA 4.0)"
    assert read.tables == [*parsed.tables]
    assert len([*load.releases([read])]) == len(parsed.tables)


def test_series_with_all_that_is_known_of_it() -> None:
    """Two recorded answers put together: the show and its cast."""
    (table,) = tvmaze.show(RECORDED["under-the-dome.json"]).tables
    address = "https://www.tvmaze.com/shows/1/under-the-dome"
    assert table == {
        "id": "tvmaze-1",
        "title": "Under the Dome",
        "kind": "series",
        "dates": [{"date": date(2013, 6, 24), "region": "US", "type": "tv", "source": address}],
        "ids": {"tvmaze": 1, "imdb": "tt1553656"},
        "platform": ["CBS"],
        "sources": [{"url": address}],
        "updated": datetime(2026, 1, 23, 14, 16, 5, tzinfo=UTC),
        "stage": "released",
        "stage_since": date(2026, 1, 23),
        "cast": [
            {"name": "Mike Vogel", "role": 'Dale "Barbie" Barbara'},
            {"name": "Rachelle Lefevre", "role": "Julia Shumway"},
        ],
    }


@pytest.mark.parametrize(
    ("name", "last", "before"),
    [("2017-03", 4, date(2016, 10, 4)), ("2020-01", 7, date(2019, 10, 8))],
)
def test_season_without_a_date_is_there(name: str, last: int, before: date) -> None:
    """The same address at two times: the next season is always the one without a day."""
    series, *seasons = tvmaze.show(RECORDED[f"flash-{name}.json"]).tables
    assert "stage" not in series
    assert [season["season"] for season in seasons] == [*range(1, last + 1)]
    assert "dates" not in seasons[-1]
    assert seasons[-2]["dates"][0]["date"] == before
    assert not any("complete" in season for season in seasons)  # No last episode was asked for.


def test_season_is_named_like_its_series() -> None:
    """It has its own id and page at TVmaze, and the id of its series at IMDb."""
    season = tvmaze.show(RECORDED["flash-2020-01.json"]).tables[4]
    address = "https://www.tvmaze.com/seasons/59841/the-flash-season-4"
    assert season == {
        "id": "tvmaze-13-season-4",
        "title": "The Flash",
        "kind": "season",
        "season": 4,
        "dates": [{"date": date(2017, 10, 10), "region": "US", "type": "tv", "source": address}],
        "ids": {"tvmaze": 59841, "imdb": "tt3107288"},
        "platform": ["The CW"],
        "sources": [{"url": address}],
        "updated": datetime(2020, 1, 8, 12, 56, 20, tzinfo=UTC),
    }


def test_recordings_without_cast_and_seasons_say_so() -> None:
    """Nothing is quietly missing."""
    assert tvmaze.show(RECORDED["flash-2017-03.json"]).skipped == (
        "The Flash: the answer has no list of cast",
    )
    assert tvmaze.show(RECORDED["under-the-dome.json"]).skipped == (
        "Under the Dome: the answer has no list of seasons",
    )
    assert tvmaze.show(RECORDED[MADE]).skipped == ()


def test_episodes_of_one_day_are_one_moment() -> None:
    """They stand at 01:00, 01:48 and 02:36: all are out with the first."""
    series, first, *_ = tvmaze.show(RECORDED[MADE]).tables
    moment = datetime(2026, 1, 9, 6, tzinfo=UTC)
    assert series["dates"][0]["date"] == first["dates"][0]["date"] == moment
    assert first["complete"] == moment


def test_midnight_belongs_to_the_day_before() -> None:
    """The channel's 5 February ends at the moment that is 6 February in UTC."""
    second = tvmaze.show(RECORDED[MADE]).tables[2]
    assert second["dates"][0]["date"] == datetime(2027, 2, 6, 5, tzinfo=UTC)
    assert second["complete"] == date(2027, 2, 12)


def test_next_episode_alone_tells_the_moment() -> None:
    """The list of episodes isn't needed for that."""
    value = answer()
    del value["_embedded"]["episodes"]
    _, first, second, _ = read(value).tables
    assert first["dates"][0]["date"] == date(2026, 1, 9)
    assert second["dates"][0]["date"] == datetime(2027, 2, 6, 5, tzinfo=UTC)
    assert "complete" not in first
    assert "complete" not in second


@pytest.mark.parametrize(
    ("key", "changed"),
    [
        ("airtime", ""),
        ("airtime", None),
        ("airtime", 100),
        ("airtime", "25 past"),
        ("airstamp", None),
        ("airstamp", "2027-02-06"),
        ("airstamp", "2027-02-30T05:00:00+00:00"),
        ("airstamp", "0001-01-01T00:00:00+23:00"),
        ("airstamp", "2027-02-09T05:00:00+00:00"),
        ("airdate", "2027-02-04"),
        ("airdate", "2027-02-06"),
        ("airdate", ""),
        ("number", None),
        ("number", 2),
    ],
)
def test_day_stays_a_day(key: str, changed: object) -> None:
    """Without a time of day, a stamp, or a first episode on that day."""
    value = answer()
    embedded = value["_embedded"]
    del embedded["nextepisode"]
    embedded["episodes"][3][key] = changed
    embedded["episodes"].pop()
    parsed = read(value)
    check(parsed)
    assert parsed.tables[2]["dates"][0]["date"] == date(2027, 2, 5)


def test_recorded_stamps_without_a_time_of_day() -> None:
    """07:00 in UTC is no hour at which a show on the web came out."""
    (episode,) = answer("schedule-web-2024-03-15.json")
    assert episode["airtime"] == ""
    value = episode.pop("_embedded")["show"]
    season = {"id": 5, "number": 1, "premiereDate": "2024-03-15"}
    value["_embedded"] = {"seasons": [season], "episodes": [{**episode, "season": 1, "number": 1}]}
    value["webChannel"]["country"] = {"code": "US"}
    assert read(value).tables[1]["dates"][0]["date"] == date(2024, 3, 15)
    value["_embedded"]["episodes"].append(answer("episode-without-day.json"))
    assert read(value).skipped == (f"{value['name']}: the answer has no list of cast",)


@pytest.mark.parametrize(
    ("channels", "row", "platform"),
    [
        (
            {"network": {"name": "Globo", "country": {"code": "BR"}}, "webChannel": None},
            {"region": "BR", "type": "tv"},
            ["Globo"],
        ),
        (
            {"network": None, "webChannel": {"name": "Hulu", "country": {"code": "US"}}},
            {"region": "US", "type": "streaming"},
            ["Hulu"],
        ),
        (
            {"network": None, "webChannel": {"name": "Netflix", "country": None}},
            {"place": "unstated", "type": "streaming"},
            ["Netflix"],
        ),
        (
            {
                "network": {"name": "FX", "country": {"code": "US"}},
                "webChannel": {"name": "Hulu", "country": None},
            },
            {"region": "US", "type": "tv"},
            ["FX", "Hulu"],
        ),
        (
            {"network": {"name": "\x1b[31m", "country": {"code": "XX"}}, "webChannel": 7},
            {"place": "unstated", "type": "tv"},
            None,
        ),
        ({"network": None, "webChannel": None}, {"place": "unstated"}, None),
    ],
)
def test_where_it_comes_out(
    channels: dict[str, Any], row: dict[str, str], platform: list[str] | None
) -> None:
    """In the country of the channel; never worldwide, which TVmaze doesn't say."""
    value = {**answer(), **channels, "_embedded": {"seasons": [], "cast": []}}
    parsed = read(value)
    check(parsed)
    (table,) = parsed.tables
    (dated,) = table["dates"]
    assert {key: dated[key] for key in dated if key not in ("date", "source")} == row
    assert table.get("platform") == platform
    unknown = (f"{LANTERN}: the country of a channel isn't known",)
    assert parsed.skipped == (unknown if row == {"place": "unstated", "type": "tv"} else ())


def test_moment_needs_a_time_zone() -> None:
    """A channel without a country has none, so its times can't be moments."""
    value = answer()
    value["network"] = value["_embedded"]["seasons"][0]["network"] = None
    series, first, *_ = read(value).tables
    assert series["dates"][0]["date"] == first["dates"][0]["date"] == date(2026, 1, 9)


def test_season_is_shown_by_its_own_channel() -> None:
    """Else by that of its series."""
    _, first, second, third = tvmaze.show(RECORDED[MADE]).tables
    assert first["platform"] == ["Harbour TV"]
    assert second["platform"] == ["Harbour TV", "Harbour+"]
    assert third["platform"] == ["Harbour+"]


@pytest.mark.parametrize(
    "address",
    [
        "https://www.tvmaze.com/shows/9000012/the-lantern-keepers",
        "https://www.tvmaze.com/people/900001/the-lantern-keepers",
        "https://www.tvmaze.com.example/shows/900001/the-lantern-keepers",
        "javascript://www.tvmaze.com/shows/900001/the-lantern-keepers",
        f"https://www.tvmaze.com/shows/900001/{'x' * 5_000}",
        "https://www.tvmaze.com/shows/900001/x%1b",
        None,
    ],
)
def test_page_is_its_own(address: str | None) -> None:
    """Whatever the answer says is its address."""
    parsed = read({**answer(), "url": address})
    check(parsed)
    assert parsed.tables[0]["sources"] == [{"url": "https://www.tvmaze.com/shows/900001"}]


@pytest.mark.parametrize(
    ("order", "end"),
    [
        (None, "2027-02-12"),
        (1, "2027-02-12"),
        (1, "2027-02-05"),
        (3, "2027-02-12"),
        (2, "2027-02-19"),
        (2, None),
    ],
)
def test_end_is_only_known_with_the_last_episode(order: int | None, end: str | None) -> None:
    """`endDate` is that of the last known one."""
    value = answer()
    value["_embedded"]["seasons"][1] |= {"episodeOrder": order, "endDate": end}
    parsed = read(value)
    check(parsed)
    assert "complete" not in parsed.tables[2]


def test_season_that_ends_before_it_begins() -> None:
    """It has no end then."""
    value = answer()
    value["_embedded"]["seasons"][1]["endDate"] = "2027-01-01"
    parsed = read(value)
    check(parsed)
    assert "complete" not in parsed.tables[2]
    assert parsed.skipped == (f"{LANTERN}: a season ends before it begins",)


@pytest.mark.parametrize(
    ("changed", "stage"),
    [
        ({"status": DEVELOPMENT}, "development"),
        ({"status": DEVELOPMENT, "premiered": None}, "development"),
        ({"status": "Ended"}, "released"),
        ({"status": "Ended", "premiered": None}, None),
        ({"status": "Running"}, None),
        ({"status": "To Be Determined"}, None),
        ({"status": ["Ended"]}, None),
        ({"status": DEVELOPMENT, "updated": None}, None),
        ({"status": DEVELOPMENT, "updated": 10**15}, None),
    ],
)
def test_stage_goes_with_its_age(changed: dict[str, Any], stage: str | None) -> None:
    """That of TVmaze's last change; nothing is said of seasons."""
    parsed = read({**answer(), **changed})
    check(parsed)
    series, *seasons = parsed.tables
    assert series.get("stage") == stage
    assert series.get("stage_since") == (date(2026, 11, 30) if stage else None)
    assert not any("stage" in season for season in seasons)


def test_cast_with_roles() -> None:
    """Each person once, and as themselves without a role."""
    series, *seasons = tvmaze.show(RECORDED[MADE]).tables
    assert series["cast"] == [
        {"name": "Ana Duarte", "role": "Mara Quist / Lena Quist"},
        {"name": "Bo Lindqvist"},
    ]
    assert not any("cast" in season for season in seasons)  # TVmaze doesn't say who is in which.
    value = answer()
    value["_embedded"]["cast"] = [
        {"person": {"name": "Ana"}, "character": {"name": "Ana"}, "self": False},
        {"person": {"name": "Bo"}, "character": {"name": "The Host"}, "self": True},
        {"person": {"name": "Cai"}, "character": {"name": "\x1b[31m"}},
    ]
    assert read(value).tables[0]["cast"] == [{"name": name} for name in ("Ana", "Bo", "Cai")]


def test_cast_is_no_longer_than_a_layer_takes() -> None:
    """What is left out is counted."""
    value = answer()
    value["_embedded"]["cast"] = [
        *(
            {"person": {"name": f"Extra {at}"}, "character": {"name": "x" * 500}}
            for at in range(1_002)
        ),
        *({"person": {"name": "Extra 1"}, "character": {"name": str(at) * 500}} for at in range(9)),
        {"person": {"name": "\u202egpj"}},
    ]
    parsed = read(value)
    check(parsed)
    assert len(parsed.tables[0]["cast"]) == 1_000
    assert parsed.skipped == (f"{LANTERN}: a member of the cast can't be read (3 times)",)


def test_other_titles() -> None:
    """Those of the answer about them, and the name of a season."""
    found = tvmaze_lists.aliases(RECORDED["made-alternative-titles.json"])
    assert found == ("Os Guardiões do Farol", "Lantern")
    many = [{"name": f"{at // 2}"} for at in range(1_000)]
    assert tvmaze_lists.aliases(body(many)) == tuple(map(str, range(100)))
    value = answer()
    value["_embedded"]["seasons"][2]["name"] = f"{LANTERN}: Dusk"
    value["_embedded"]["seasons"][0]["name"] = LANTERN
    parsed = tvmaze.show(body(value), (*found, LANTERN))
    check(parsed)
    assert [table["aliases"] for table in parsed.tables] == [
        [*found],
        [*found],
        [*found, f"{LANTERN}: Night Watch"],
        [*found, f"{LANTERN}: Dusk"],
    ]


def special(**changed: object) -> dict[str, Any]:
    """A show of one episode, its only season *changed*."""
    value = answer()
    season = {**value["_embedded"]["seasons"][0], "episodeOrder": 1, **changed}
    value["_embedded"]["seasons"] = [season]
    return dict(value)


def test_show_of_one_episode_is_a_special() -> None:
    """It has no season of its own."""
    parsed = read(special())
    check(parsed)
    (table,) = parsed.tables
    assert (table["kind"], table["id"]) == ("special", "tvmaze-900001")
    assert table["dates"][0]["date"] == datetime(2026, 1, 9, 6, tzinfo=UTC)


@pytest.mark.parametrize("day", ["2026-01-09", None])
def test_special_has_the_day_of_its_season(day: str | None) -> None:
    """If the show itself has none yet."""
    (table,) = read({**special(premiereDate=day), "premiered": None}).tables
    found = [row["date"] for row in table.get("dates", ())]
    assert found == ([datetime(2026, 1, 9, 6, tzinfo=UTC)] if day else [])


@pytest.mark.parametrize(
    "value",
    [
        special(episodeOrder=2),
        special(episodeOrder=None),
        special(episodeOrder=True),
        special(number=2),
        {**special(), "type": "Award Show"},
    ],
)
def test_series_of_one_season_is_no_special(value: dict[str, Any]) -> None:
    """Nor what comes back each year."""
    assert [table["kind"] for table in read(value).tables] == ["series", "season"]


# What can't be read


@pytest.mark.parametrize(
    "value", [b"[]", b"null", b'{"id": 1}', b'{"name": "x"}', RECORDED["not-found.json"]]
)
def test_what_is_no_show_is_refused(value: bytes) -> None:
    """In words for users."""
    with pytest.raises(BadAnswerError, match=r"^the answer isn't about a show"):
        tvmaze.show(value)


def test_the_rest_stays() -> None:
    """What can't be read is counted, each kind in one line."""
    value = answer()
    value |= {"premiered": "2026-02-30", "updated": "now", "externals": {"imdb": "nm0000001"}}
    value["url"] = "https://evil.example/\x1b[31m"
    seasons = value["_embedded"]["seasons"]
    seasons[0]["premiereDate"] = 20260109
    seasons[1]["endDate"] = "soon"
    seasons += [seasons[0], None, {"id": 2**70, "number": 4}, {"id": 900099, "number": 2}]
    seasons += [{"id": 900013, "number": 9}]
    value["_embedded"]["episodes"][0]["airdate"] = ["2026"]
    parsed = read(value)
    check(parsed)
    assert [table["id"] for table in parsed.tables] == [
        "tvmaze-900001",
        *(f"tvmaze-900001-season-{number}" for number in (1, 2, 3)),
    ]
    assert parsed.tables[0]["sources"] == [{"url": "https://www.tvmaze.com/shows/900001"}]
    assert sorted(parsed.skipped) == [
        f"{LANTERN}: {what}"
        for what in (
            "a season has no id or no number (2 times)",
            "a season is there twice (3 times)",
            "its id at IMDb can't be read",
            "the day of an episode can't be read",
            "the day of its first episode can't be read",
            "the first day of a season can't be read",
            "the last day of a season can't be read",
            "the time of its last change can't be read",
        )
    ]


@pytest.mark.parametrize(
    "id", ["tt0000000", "tt1", f"tt{'1' * 11}", "tt١٢٣٤٥٦٧", 1553656, [], "tt1234567\n"]
)
def test_what_is_no_id_at_imdb_is_left_out(id: object) -> None:
    """A layer would drop the show for it."""
    parsed = read({**answer(), "externals": {"imdb": id}})
    check(parsed)
    assert all([*table["ids"]] == ["tvmaze"] for table in parsed.tables)


def test_many_seasons_and_episodes_take_no_time() -> None:
    """It takes a step for each, not one for each pair."""
    value = answer()
    count = 20_000
    days = {"premiereDate": "2027-01-01", "endDate": "2027-01-02", "episodeOrder": 1}
    value["_embedded"] = {
        "seasons": [{"id": at, "number": at, **days} for at in range(1, count)],
        "episodes": [
            {"season": at, "number": 1, "airdate": "2027-01-02"} for at in range(1, count)
        ],
    }
    assert len(read(value).tables) == count


@pytest.mark.parametrize("name", [MADE, "under-the-dome.json"])
def test_any_one_value_can_be_wrong(name: str) -> None:
    """Deleted, or another one in its place: the others are still used."""
    value = answer(name)
    for place in damage.each_wrong(value):
        if place in (("id",), ("name",)):  # It is about no show.
            with pytest.raises(BadAnswerError):
                read(value)
        else:
            check(read(value))


@given(damage.damaged(RECORDED, SHOWS))
def test_damaged_show_is_refused_or_can_be_used(found: tuple[str, bytes]) -> None:
    """Whatever is left of it makes a layer without a problem."""
    try:
        parsed = tvmaze.show(found[1])
    except BadAnswerError:
        return
    check(parsed)


@given(damage.damaged(RECORDED, tuple(LISTS)))
def test_damaged_list_is_refused_or_read(found: tuple[str, bytes]) -> None:
    """Nothing else is raised."""
    name, data = found
    try:
        LISTS[name](data)
    except BadAnswerError:
        return


# What lists say


def test_candidates_of_a_search() -> None:
    """The best first; one that was never made has no year."""
    you, _, except_you = tvmaze_lists.candidates(RECORDED["search-you-2025-02.json"])
    assert you == tvmaze_lists.Candidate(
        id=26856,
        title="You",
        year=2018,
        kind="series",
        network="Netflix",
        imdb="tt7335184",
        page="https://www.tvmaze.com/shows/26856/you",
    )
    assert (except_you.title, except_you.year) == ("Except You", None)
    deadwood, deadpool = tvmaze_lists.candidates(RECORDED["search-deadwood-2017-05.json"])
    assert deadwood[:5] == (565, "Deadwood", 2004, "series", "HBO")
    assert deadwood.page == "https://www.tvmaze.com/shows/565/deadwood"
    assert deadpool[:6] == (28118, "Deadpool", None, "series", "FXX", None)


def test_candidate_of_a_look_up() -> None:
    """An id at IMDb leads to the show itself."""
    (flash,) = tvmaze_lists.candidates(RECORDED["flash-2017-03.json"])
    assert flash[:3] == (13, "The Flash", 2014)
    assert tvmaze_lists.candidates(RECORDED["not-found.json"]) == ()
    assert tvmaze_lists.candidates(b'[{"show": {"id": 1, "name": "x"}}, 7]')[0].network is None


def test_people_who_were_found() -> None:
    """With what tells those of one name apart."""
    ana, anna = tvmaze_lists.people(RECORDED["made-people.json"])
    address = "https://www.tvmaze.com/people/1/ana-duarte"
    assert ana == tvmaze_lists.Person(1, "Ana Duarte", 1990, "Portugal", address)
    assert anna[:4] == (7, "Anna Duarte", None, None)
    assert tvmaze_lists.people(b'[{"person": {"id": 7}}, []]') == ()


def test_credits_of_a_person() -> None:
    """The show itself has its id, else the link to it."""
    assert tvmaze_lists.credits(RECORDED["made-cast-credits.json"]) == (900001, 900002)
    links = ["https://evil.example/shows/1", 7, "https://api.tvmaze.com/shows/x"]
    links += ["https://api.tvmaze.com/shows/٣", f"https://api.tvmaze.com/shows/{'9' * 5000}"]
    credits = [{"_links": {"show": {"href": link}}} for link in links]
    assert tvmaze_lists.credits(body([*credits, None])) == ()


def test_changed_shows() -> None:
    """PHP writes nothing as an empty list."""
    found = tvmaze_lists.changed(RECORDED["made-changed.json"])
    assert found[900001] == datetime(2026, 11, 30, 0, 53, 20, tzinfo=UTC)
    assert [*found] == [900001, 900002]
    assert found[900001] == tvmaze.show(RECORDED[MADE]).tables[0]["updated"]
    assert tvmaze_lists.changed(b"[]") == {}
    assert tvmaze_lists.changed(b'{"x": 1, "0": 1, "5": "now", "6": -1}') == {}


@pytest.mark.parametrize("value", [b"7", b"null", b'"x"', b"[1]"])
def test_what_is_no_table_of_changes_is_refused(value: bytes) -> None:
    """Nothing that changed would be missed for it."""
    with pytest.raises(BadAnswerError, match=r"^the answer isn't a table of changes$"):
        tvmaze_lists.changed(value)


@pytest.mark.parametrize(
    "read_list",
    [tvmaze_lists.people, tvmaze_lists.credits, tvmaze_lists.aliases],
)
def test_what_is_no_list_is_refused(read_list: Callable[[bytes], object]) -> None:
    """As the page of an error is."""
    with pytest.raises(BadAnswerError, match=r"^the answer isn't a list$"):
        read_list(RECORDED["not-found.json"])
    with pytest.raises(BadAnswerError, match=r"^the answer isn't a list$"):
        tvmaze_lists.candidates(b"7")


@pytest.mark.parametrize(
    ("status", "value", "is_gone"),
    [
        (404, RECORDED["not-found.json"], True),
        (404, b"", True),
        (404, b"\n", True),
        (404, b"null", True),
        (404, b"<html>Not Found</html>", False),
        (404, b"[]", False),
        (404, b'{"name": "Too Many Requests", "status": 429}', False),
        (200, b"", False),
        (500, RECORDED["not-found.json"], False),
    ],
)
def test_both_kinds_of_404(status: int, value: bytes, is_gone: bool) -> None:
    """A proxy that has no such page doesn't know what TVmaze has."""
    assert tvmaze_lists.not_found(status, value) is is_gone
