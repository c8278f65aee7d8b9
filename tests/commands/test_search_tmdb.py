"""`search --online` and `track` with TMDB, which is asked only with a key of the user's own."""

import json
from pathlib import Path

import pytest

from countdown import paths
from countdown.net.answers import Failure
from tests.cli.shelf import Shelf
from tests.commands.conftest import Online
from tests.providers import SERIES, Providers, item, work
from tests.test_schemas import misfits

KEY = "SECRET.TOKEN"
ITEMS = (
    item("Q1", "Lantern Night", year="2027", tmdb_film="5"),
    item("Q2", "Lanterns", SERIES, start="2026"),
)
WORKS = (
    work("movie", 5, "Lantern Night", "2027-03-04"),
    work("movie", 6, "Lantern Day", "2028-01-01"),
    work("movie", 7, "Lantern"),
    work("tv", 5, "Lantern House", "2025-05-05"),
)


@pytest.fixture
def keyed(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """A user who has a key of TMDB."""
    path = Path(paths.config_file() or "")
    path.parent.mkdir(parents=True)
    path.write_text('[[source]]\nname = "tmdb"\nkey_variable = "TMDB_TOKEN"\n', "utf-8")
    monkeypatch.setenv("TMDB_TOKEN", KEY)
    return shelf


def test_its_films_and_series_are_found_with_those_of_the_others(
    keyed: Shelf, online: Online
) -> None:
    """Once, if they share an id; the key goes to TMDB alone."""
    providers = online(Providers(ITEMS, works=WORKS))
    ran = keyed.ran("search", "--online", "lantern")
    assert ran.err == ""
    assert [line.split("\t")[0::4][:2] for line in ran.out.splitlines()] == [
        ["Lantern", "tmdb:movie:7"],
        ["Lantern Night", "Q1"],
        ["Lantern House", "tmdb:tv:5"],
        ["Lantern Day", "tmdb:movie:6"],
        ["Lanterns", "Q2"],
    ]
    assert providers.headers == [{"Authorization": f"Bearer {KEY}"}] * 2
    assert KEY not in " ".join(providers.asked)
    shown = keyed.ran("search", "--online", "lantern", "--format", "table").out
    assert "Wikidata, TVmaze and TMDB" in shown
    document = json.loads(keyed.ran("search", "--online", "lantern", "--json").out)
    assert misfits(document) == []
    assert KEY not in str(document)


def test_without_a_key_the_others_answer(
    keyed: Shelf, online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    """TMDB isn't asked, and a line says why."""
    monkeypatch.delenv("TMDB_TOKEN")
    providers = online(Providers(ITEMS, works=WORKS))
    ran = keyed.ran("search", "--online", "lantern")
    assert ran.err == "No answer from TMDB: The variable TMDB_TOKEN has no key.\n"
    assert "Lanterns" in ran.out
    assert providers.headers == []


def test_what_only_tmdb_knows_is_tracked_by_its_id(keyed: Shelf, online: Online) -> None:
    """Its entry has that id; one that nobody knows is refused."""
    online(Providers(ITEMS, works=WORKS))
    keyed.ran("track", "tmdb:movie:6")
    assert keyed.last == {
        "id": "lantern-day",
        "title": "Lantern Day",
        "kind": "film",
        "ids": {"tmdb": 6},
    }
    keyed.ran("track", "https://www.themoviedb.org/tv/5-lantern-house")
    assert keyed.last["kind"] == "series"
    keyed.ran("track", "tmdb:movie:5")
    assert keyed.last["ids"] == {"wikidata": "Q1", "tmdb": 5}
    assert "TMDB id 99" in keyed.refused("track", "tmdb:movie:99", code=1)


def test_no_answer_is_no_film(keyed: Shelf, online: Online) -> None:
    """Nothing is tracked then, nor if the answer is about something else."""
    broken = Failure("broken", "https://api.themoviedb.org has a problem.")
    for tmdb, why in ((broken, "has a problem"), (b'{"id": 6}', "isn't about a film or series")):
        online(Providers(tmdb=tmdb))
        assert why in keyed.refused("track", "tmdb:movie:6", code=4)


def test_without_the_source_it_is_not_asked(shelf: Shelf, online: Online) -> None:
    """Not even about its own ids."""
    providers = online(Providers(ITEMS, works=WORKS))
    assert "Lantern Day" not in shelf.ran("search", "--online", "lantern").out
    assert "TMDB id 6" in shelf.refused("track", "tmdb:movie:6", code=1)
    assert providers.headers == []
