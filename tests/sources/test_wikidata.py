"""Wikidata's answers: recorded ones, ones made by its documentation, and damaged ones."""

import json
from contextlib import suppress
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue import source_layers
from countdown.core.regions import REGIONS
from countdown.sources import wikidata, wikidata_entities, wikidata_regions
from countdown.sources.answers import BadAnswerError
from countdown.toml.parse import Table

DATA = Path(__file__).parents[1] / "data" / "wikidata"
STREETS = "Q2262932"


def recorded(name: str) -> Any:
    """The recorded answer in the file *name*."""
    return json.loads((DATA / name).read_text("utf-8"))


def value(item: str, **qualifiers: Any) -> dict[str, Any]:
    """A statement (made) whose value is *item*; *qualifiers* are lists of snaks."""
    return {"mainsnak": snak({"id": item}), "rank": "normal", "qualifiers": qualifiers}


def snak(content: object) -> dict[str, Any]:
    """A snak (made) with *content*."""
    return {"snaktype": "value", "datavalue": {"value": content}}


def released(time: str, precision: int, *places: str, rank: str = "normal") -> dict[str, Any]:
    """A statement (made) on the publication date."""
    content = {
        "time": f"+{time}T00:00:00Z",
        "precision": precision,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }
    qualifiers = {"P291": [snak({"id": place}) for place in places]}
    return {"mainsnak": snak(content), "rank": rank, "qualifiers": qualifiers, "id": f"Q1${time}"}


def film(**claims: Any) -> dict[str, Any]:
    """An entity (made) of a film, with *claims* by property."""
    return {
        "id": "Q1",
        "type": "item",
        "labels": {"en": {"language": "en", "value": "Film"}},
        "claims": {"P31": [value("Q11424")], **claims},
    }


def tables(entity: dict[str, Any], labels: dict[str, str] | None = None) -> list[Table]:
    """What is read of *entity*; every table passes as a layer of the source."""
    body = json.dumps({"entities": {"Q1": entity}}).encode()
    parsed = wikidata_entities.parse(body, labels or {})
    check_layer([*parsed.tables])
    return [*parsed.tables]


def table(entity: dict[str, Any], labels: dict[str, str] | None = None) -> Table:
    """The one table of *entity*."""
    (found,) = tables(entity, labels)
    return found


def check_layer(found: list[Table]) -> None:
    """Hold *found* against the format of a layer."""
    top = {"format": 1, "origin": "wikidata", "release": deepcopy(found)}
    layer = source_layers.make("wikidata.toml", b"", top)
    assert layer.source is not None
    assert layer.source.problems == ()
    assert [*filter(None, layer.tables)] == [*layer.tables]


def test_statement_can_name_several_places() -> None:
    """Four statements on "2012" make five rows; one has no reference."""
    entity = recorded("Q184605-P577.json")["entities"]["Q184605"]
    dates = table({**film(), "claims": {**film()["claims"], **entity["claims"]}})["dates"]
    assert {row["region"]: row["date"] for row in dates} == {
        **dict.fromkeys(("US", "SE"), date(2009, 11, 13)),
        **dict.fromkeys(("DE", "HU"), date(2009, 11, 12)),
        "FR": date(2009, 11, 11),
    }
    rows = {row["region"]: row for row in dates}
    assert rows["DE"]["ref"] == rows["HU"]["ref"] == "Q184605$B0821368-FDDB-4D24-AB72-766495ECE8C7"
    assert rows["US"]["source"] == "http://www.boxofficemojo.com/movies/?id=2012.htm"
    assert "source" not in rows["FR"]


def test_film_is_read_with_the_names_of_its_items() -> None:
    """A year is a year, not its 1 January, and who has no known name is left out."""
    body = (DATA / "Q2262932.json").read_bytes()
    named = wikidata_entities.named(body)
    labels = {item: f"Name of {item}" for item in named if item != "Q93957"}
    parsed = wikidata_entities.parse(body, labels)
    check_layer([*parsed.tables])
    (found,) = parsed.tables
    assert found["id"] == "wikidata-q2262932"
    assert (found["title"], found["kind"], found["country"]) == ("City Streets", "film", ["US"])
    ref = f"{STREETS}$F687B610-C6DF-41D6-A4D5-11CAE3FDA05B"
    assert found["dates"] == [{"date": "1931", "place": "unstated", "ref": ref}]
    assert found["ids"] == {"wikidata": STREETS, "imdb": "tt0021750"}
    assert found["director"] == ["Name of Q51472"]
    assert "Name of Q93957" not in str(found["cast"])
    assert len(found["cast"]) > 3
    assert found["updated"] == date(2018, 6, 9)
    assert found["sources"] == [f"https://www.wikidata.org/wiki/{STREETS}"]
    assert found["titles"]["fr"] == "Les Carrefours de la ville"
    assert parsed.skipped == ()


@pytest.mark.parametrize(
    ("time", "precision", "read"),
    [
        ("2027-06-11", 11, date(2027, 6, 11)),
        ("2027-06-00", 10, "2027-06"),
        ("2027-06-01", 10, "2027-06"),
        ("2027-00-00", 9, "2027"),
        ("2027-01-01", 9, "2027"),
        ("2027-01-01", 8, "202X"),
        ("2027-01-01", 7, None),
        ("2027-06-11", 14, None),
        ("2027-02-30", 11, None),
        ("0000-01-01", 9, None),
    ],
)
def test_time_has_its_precision(time: str, precision: int, read: object) -> None:
    """What is below it is noise; what is no date is skipped, not guessed."""
    body = json.dumps({"entities": {"Q1": film(P577=[released(time, precision)])}}).encode()
    parsed = wikidata_entities.parse(body, {})
    rows = parsed.tables[0].get("dates", [])
    assert [row["date"] for row in rows] == ([] if read is None else [read])
    assert len(parsed.skipped) == (read is None)


@pytest.mark.parametrize(
    "change",
    [
        {"calendarmodel": "http://www.wikidata.org/entity/Q1985786"},  # the Julian one
        {"calendarmodel": None},
        {"time": "-0044-03-15T00:00:00Z"},
        {"time": "+2027-06-11T10:00:00Z"},
        {"time": 2027},
        {"precision": "11"},
    ],
)
def test_other_times_are_skipped(change: dict[str, Any]) -> None:
    """A day of another calendar is another day."""
    statement = released("2027-06-11", 11)
    statement["mainsnak"]["datavalue"]["value"] |= change
    assert "dates" not in table(film(P577=[statement]))
    unknown = {"mainsnak": {"snaktype": "somevalue"}, "rank": "normal"}
    assert "dates" not in table(film(P577=[unknown]))


def test_address_of_the_page_that_says_it_is_kept() -> None:
    """The first one that can be opened; a statement needs neither that nor an id."""
    statement = released("2026-10-01", 11, "Q30")
    assert table(film(P577=[statement]))["dates"][0]["ref"] == "Q1$2026-10-01"
    del statement["id"]
    addresses = ("ftp://a.example", "https://a.example/a b", "https://b.example/x?y=1", "https://c")
    statement["references"] = [
        {"snaks": {"P854": [snak(address) for address in addresses[:2]]}},
        {"snaks": []},
        {"snaks": {"P854": [snak(address) for address in addresses[2:]]}},
    ]
    row = {"date": date(2026, 10, 1), "region": "US"}
    assert table(film(P577=[statement]))["dates"] == [{**row, "source": addresses[2]}]


def test_city_or_festival_is_a_premiere_and_no_region() -> None:
    """And a date without a place isn't worldwide."""
    festival = released("2026-09-05", 11, "Q49024")
    nowhere = released("2026-10-01", 11)
    assert table(film(P577=[festival, nowhere]))["dates"] == [
        {
            "date": date(2026, 9, 5),
            "place": "unstated",
            "type": "premiere",
            "ref": "Q1$2026-09-05",
        },
        {"date": date(2026, 10, 1), "place": "unstated", "ref": "Q1$2026-10-01"},
    ]


def test_earliest_date_of_a_place_is_kept() -> None:
    """A release has one for each; the others are told."""
    statements = [released(f"2026-10-{day}", 11, "Q183") for day in (20, 10, 15)]
    body = json.dumps({"entities": {"Q1": film(P577=statements)}}).encode()
    parsed = wikidata_entities.parse(body, {})
    assert [row["date"] for row in parsed.tables[0]["dates"]] == [date(2026, 10, 10)]
    assert parsed.skipped == ("Q1: another date for DE",) * 2


def test_rank_says_which_statements_count() -> None:
    """Preferred ones alone if there are some, deprecated ones never."""
    old = released("2026-10-01", 11, "Q30", rank="deprecated")
    usual, best = (
        released("2026-11-01", 11, "Q30"),
        released("2026-12-01", 11, "Q30", rank="preferred"),
    )
    assert table(film(P577=[old, usual, best]))["dates"][0]["date"] == date(2026, 12, 1)
    assert table(film(P577=[old, usual]))["dates"][0]["date"] == date(2026, 11, 1)
    assert "dates" not in table(film(P577=[old]))


def test_rank_counts_for_each_place() -> None:
    """A preferred date of one country takes none from the others."""
    france = released("2026-12-10", 11, "Q142", rank="preferred")
    others = released("2026-12-18", 11, "Q30", "Q155")
    dates = table(film(P577=[others, france]))["dates"]
    assert {row["region"] for row in dates} == {"FR", "US", "BR"}


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize(
    ("times", "kept"),
    [
        ([("2026-00-00", 9), ("2026-12-18", 11)], date(2026, 12, 18)),
        ([("2020-01-01", 8), ("2026-12-01", 10)], "2026-12"),
        ([("2026-00-00", 9), ("2027-03-05", 11)], "2026"),
        ([("2026-12-18", 11), ("2026-12-18", 11)], date(2026, 12, 18)),
    ],
)
def test_most_exact_date_of_a_place_is_kept(
    times: list[tuple[str, int]], kept: object, order: int
) -> None:
    """A year that the day is in doesn't come before it."""
    statements = [released(time, precision, "Q30") for time, precision in times][::order]
    assert [row["date"] for row in table(film(P577=statements))["dates"]] == [kept]


def test_world_and_continents_are_no_places_of_a_premiere() -> None:
    """Nor do they say that it comes out everywhere on that day."""
    for place in ("Q13780930", "Q46"):
        rows = table(film(P577=[released("2026-12-18", 11, place)]))["dates"]
        assert [(row["place"], row.get("type")) for row in rows] == [("unstated", None)]
    hong_kong = table(film(P577=[released("2026-12-18", 11, "Q8646", "Q974")]))["dates"]
    assert {row["region"] for row in hong_kong} == {"HK", "CD"}


def test_item_asked_for_by_two_numbers_is_one_release() -> None:
    """One of them is its former one."""
    body = json.dumps({"entities": {"Q1": film(), "Q7": film()}}).encode()
    parsed = wikidata_entities.parse(body, {})
    check_layer([*parsed.tables])
    assert [found["was"] for found in parsed.tables] == [["wikidata-q7"]]


def test_cast_has_roles() -> None:
    """Characters are items with names, or names alone."""
    cast = [
        value("Q2", P453=[snak({"id": "Q20"})]),
        value("Q3", P4633=[snak("Paul Atreides")]),
        value("Q4"),
        value("Q4"),
        value("Q5"),
    ]
    labels = {"Q2": "Zendaya", "Q20": "Chani", "Q3": "Timothée Chalamet", "Q4": "Jason Momoa"}
    body = json.dumps({"entities": {"Q1": film(P161=cast)}}).encode()
    assert wikidata_entities.named(body) == ["Q2", "Q20", "Q3", "Q4", "Q5"]
    assert table(film(P161=cast), labels)["cast"] == [
        {"name": "Zendaya", "role": "Chani"},
        {"name": "Timothée Chalamet", "role": "Paul Atreides"},
        "Jason Momoa",
    ]


def test_film_project_is_announced() -> None:
    """That is all that Wikidata says about how far along a film is."""
    project = film(P31=[value("Q18011172")])
    assert table({**project, "modified": "2026-11-02T10:20:30Z"})["stage"] == "announced"
    assert "stage" not in table(film())
    assert "updated" not in table({**film(), "modified": "soon"})


def test_season_has_the_title_of_its_series() -> None:
    """And its number; ids of other sites are those of the series."""
    part = value("Q9", P1545=[snak("3")])
    season = film(P31=[value("Q3464665")], P179=[part], P345=[{"mainsnak": snak("tt1234567")}])
    found = table(season, {"Q9": "The Last of Us"})
    assert (found["title"], found["season"]) == ("The Last of Us", 3)
    assert found["ids"] == {"wikidata": "Q1"}
    for wrong in ("three", "³", "", "1000", "-1"):
        part["qualifiers"]["P1545"] = [snak(wrong)]
        assert tables(season, {"Q9": "The Last of Us"}) == []
    assert tables(season) == []


@pytest.mark.parametrize(
    ("kind", "ids"),
    [
        ("Q11424", {"wikidata": "Q1", "imdb": "tt1160419", "tmdb": 438631}),
        ("Q5398426", {"wikidata": "Q1", "imdb": "tt1160419", "tmdb": 90228, "tvmaze": 82}),
    ],
)
def test_ids_belong_to_the_kind(kind: str, ids: dict[str, object]) -> None:
    """TMDB numbers films and series apart; what isn't in the form is left out."""
    claims = {
        "P4947": [{"mainsnak": snak("438631")}],
        "P4983": [{"mainsnak": snak("90228")}],
        "P8600": [{"mainsnak": snak("82")}],
        "P345": [{"mainsnak": snak(id)} for id in ("nm0000001", "tt0000000", "tt1160419")],
    }
    assert table(film(P31=[value(kind)], **claims))["ids"] == ids


def test_titles_of_other_languages_are_kept() -> None:
    """Not those that stand in for a missing one, nor the title again."""
    labels = {
        "mul": {"language": "mul", "value": "Dune"},
        "de": {"language": "de", "value": "Der Wüstenplanet"},
        "fr": {"language": "fr", "value": "Dune"},
        "es": {"language": "en", "for-language": "es", "value": "Dune (film)"},
        "pt-br": {"language": "pt-br", "value": "Duna"},
    }
    found = table({**film(), "labels": labels})
    assert found["title"] == "Dune"
    assert found["titles"] == {"de": "Der Wüstenplanet", "pt-BR": "Duna"}


@pytest.mark.parametrize(
    ("entity", "told"),
    [
        ({"id": "Q1", "missing": ""}, "Q1: there's no such item"),
        ({**film(), "claims": []}, "Q1: isn't a film or series"),
        ({**film(), "labels": []}, "Q1: has no title"),
        ({**film(), "labels": {"en": {"value": "\x1b[31m"}}}, "Q1: has no title"),
        ([], "Q1: has no title"),
    ],
)
def test_what_is_no_release_is_told(entity: Any, told: str) -> None:
    """An empty object is a list where PHP writes it."""
    parsed = wikidata_entities.parse(json.dumps({"entities": {"Q1": entity}}).encode(), {})
    assert parsed == ((), (told,))


def test_item_that_was_merged_keeps_its_former_id() -> None:
    """The answer has the new one under the number that was asked for."""
    body = json.dumps({"entities": {"Q7": film(), "P1": film()}}).encode()
    parsed = wikidata_entities.parse(body, {})
    assert parsed.tables[0]["id"] == "wikidata-q1"
    assert parsed.tables[0]["was"] == ["wikidata-q7"]
    assert parsed.skipped == ("an entity that isn't an item",)


def test_error_comes_with_status_200() -> None:
    """Servers that are behind want to be left alone."""
    body = json.dumps({"error": {"code": "maxlag", "info": "Waiting for a host"}}).encode()
    with pytest.raises(wikidata.ApiError, match=r"^Wikidata says: maxlag$") as caught:
        wikidata_entities.parse(body, {})
    assert caught.value.code in wikidata.BUSY
    with pytest.raises(wikidata.ApiError, match="an unknown error"):
        wikidata.found_items(b'{"error": {"code": "\\u001b[31m"}}')
    busy = b'{"errors": [{"code": "maxlag"}]}'
    for body in (busy, b'{"error": "boom"}'):
        with pytest.raises(wikidata.ApiError):
            wikidata.candidates(body)
    for body in (b"null", b"{}", b"[]", b'{"query": {}}'):
        with pytest.raises(BadAnswerError, match="documentation"):
            wikidata_entities.labels(body)
    with pytest.raises(BadAnswerError, match="web page"):
        wikidata.revisions((DATA / "wikimedia-429-start.html").read_bytes())


def test_names_revisions_and_hits_are_read() -> None:
    """And what has another form is left out."""
    names = {"Q1": {"labels": {"mul": {"value": "Zendaya"}}}, "Q2": {"labels": {}}, "x": {}}
    assert wikidata_entities.labels(json.dumps({"entities": names}).encode()) == {"Q1": "Zendaya"}
    pages = [
        {"title": "Q1", "lastrevid": 7},
        {"title": "Q2", "missing": True},
        {"title": "Talk:Q3"},
    ]
    body = json.dumps({"query": {"pages": pages}}).encode()
    assert wikidata.revisions(body) == {"Q1": 7}
    hits = [{"title": "Q1"}, {"title": "Q1"}, {"title": "P31"}, 7]
    assert wikidata.found_items(json.dumps({"query": {"search": hits}}).encode()) == ["Q1"]
    found = wikidata.candidates((DATA / "wbsearchentities.json").read_bytes())
    assert len({candidate.label for candidate in found}) == 1
    assert len({candidate.item for candidate in found}) == len(found) == 2
    assert wikidata.candidates(b'{"search": [{"id": "Q1"}, {"id": "P1", "label": "x"}]}') == []


def query(url: str) -> dict[str, str]:
    """The parameters of *url*."""
    parts = urlsplit(url)
    assert (parts.scheme, parts.netloc, parts.path) == ("https", "www.wikidata.org", "/w/api.php")
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_addresses_ask_for_what_is_needed() -> None:
    """With the lag that makes servers under load refuse."""
    always = {"format": "json", "formatversion": "2", "maxlag": "5"}
    asked = query(wikidata.entities_url(["Q1", "Q2"]))
    assert always.items() <= asked.items()
    assert (asked["action"], asked["ids"]) == ("wbgetentities", "Q1|Q2")
    assert asked["props"] == "info|labels|claims"
    assert query(wikidata.labels_url(["Q3"]))["languagefallback"] == "1"
    assert query(wikidata.revisions_url(["Q1", "Q2"]))["titles"] == "Q1|Q2"
    works = query(wikidata.works_url("Q5"))
    assert works["srsearch"] == "haswbstatement:P161=Q5|P57=Q5|P170=Q5|P58=Q5"
    assert works["srlimit"] == "500"
    assert query(wikidata.search_url("a&b=c|d"))["search"] == "a&b=c|d"


def test_known_ids_find_an_item() -> None:
    """Those of the kind, in one search."""
    ids: dict[str, str | int] = {"tmdb": 1538497, "imdb": "tt21357150", "tvmaze": 5}
    found = query(wikidata.known_by_url(ids, "film"))["srsearch"]
    assert found == "haswbstatement:P4947=1538497|P345=tt21357150"
    found = query(wikidata.known_by_url(ids, "series"))["srsearch"]
    assert found == "haswbstatement:P4983=1538497|P345=tt21357150|P8600=5"
    with pytest.raises(ValueError, match="none of these"):
        wikidata.known_by_url({"tvmaze": 5}, "film")


def test_regions_are_codes_of_iso_3166() -> None:
    """Every one is a region that the program knows, and the large ones are there."""
    codes = {*wikidata_regions.REGIONS.values()}
    assert codes <= REGIONS
    assert {"US", "BR", "GB", "DE", "FR", "IN", "JP", "KR", "CN", "AU", "MX", "ES"} <= codes
    assert wikidata_regions.REGIONS["Q183"] == "DE"


DAMAGES = st.sampled_from(
    [
        None,
        [],
        {},
        "",
        "x",
        "\x1b[31m",
        0,
        -1,
        10**30,
        1.5,
        True,
        [None],
        {"value": None},
        "Q1",
        "9" * 40,
    ]
)


@given(st.data())
def test_damaged_answers_never_fail(data: st.DataObject) -> None:
    """Whatever value is another one, what is left passes as a layer."""
    answer = data.draw(st.sampled_from(["Q184605-P577.json", "Q2262932.json"]).map(recorded))
    entity = next(iter(answer["entities"].values()))
    entity["claims"] |= {"P31": [value("Q11424")], "P161": [value("Q2", P453=[snak({"id": "Q3"})])]}
    entity.setdefault("labels", {"en": {"language": "en", "value": "Film"}})
    for _ in range(data.draw(st.integers(1, 4))):
        place: Any = answer
        while True:
            keys = [*place] if isinstance(place, dict) else [*range(len(place))]
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and data.draw(st.integers(0, 9)):
                place = place[key]
                continue
            place[key] = deepcopy(data.draw(DAMAGES))
            break
    body = json.dumps(answer).encode()
    with suppress(BadAnswerError):
        labels = dict.fromkeys(wikidata_entities.named(body), "Name")
        check_layer([*wikidata_entities.parse(body, labels).tables])
        wikidata_entities.labels(body)
        wikidata.revisions(body)
        wikidata.candidates(body)
