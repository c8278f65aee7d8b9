"""What a source's layer gave is unknown while that can't be used: no change of it is recorded."""

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from countdown import paths
from countdown.journal import database
from tests.cli import living
from tests.cli.living import ARCANE, DUNE, TVMAZE, WIKIDATA
from tests.cli.shelf import SHIPPED, Shelf

NOW = 1_795_348_800  # 2026-11-22 12:00 UTC
THOR = {"id": "wikidata-q5", "title": "Thor 5", "kind": "film", "ids": {"imdb": "tt31378510"}}
FULL_THOR = {**THOR, "stage": "filming", "updated": date(2026, 11, 2)}
US = {"region": "US", "type": "theatrical", "date": date(2027, 12, 17)}
LATER = {**US, "date": date(2028, 12, 17)}


@pytest.fixture
def shelf(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> Shelf:
    """Today by the clock, since of another day nothing is recorded; Thor 5 has an id."""
    monkeypatch.delenv("COUNTDOWN_TODAY")
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    monkeypatch.setattr(time, "time", lambda: NOW)
    monkeypatch.setattr(time, "time_ns", lambda: NOW * 10**9)
    say()
    return shelf


def say(old: str = "", new: str = "") -> None:
    """Make the built-in catalogue what it is, with *new* for *old*."""
    text = SHIPPED.replace('id = "thor-5"', 'id = "thor-5"\nids = { imdb = "tt31378510" }')
    Path(paths.shipped("releases.toml")).write_text(text.replace(old, new), "utf-8")


def observed() -> list[tuple[str, bool, bool]]:
    """The id of each change in the journal, and if the release was there before and after."""
    file = Path(paths.state_folder() or "", database.FILE_NAME)
    query = "SELECT id, before IS NOT NULL, after IS NOT NULL FROM observation ORDER BY key"
    with closing(sqlite3.connect(file)) as journal:
        return [(id, bool(before), bool(after)) for id, before, after in journal.execute(query)]


def news(shelf: Shelf) -> list[tuple[str, str, str]]:
    """Each change that `news` shows: what changed how."""
    ran = shelf.run("news", "--json")
    changes: list[dict[str, Any]] = json.loads(ran.out)["changes"] if ran.out else []
    return sorted((each["id"], each["what"], each["to"] or "") for each in changes)


def _remove(path: Path) -> None:
    path.unlink()


def _damage(path: Path) -> None:
    path.write_text("<html>", "utf-8")


def _open(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"# Changed by somebody else.")
    path.chmod(0o666)


def _expire(path: Path) -> None:
    data = path.read_bytes().replace(b"title = ", b"expires = 2026-11-20\ntitle = ", 1)
    living.put_bytes(path.stem, data)


EACH = pytest.mark.parametrize("spoil", [_remove, _damage, _open, _expire])


@EACH
def test_what_a_layer_gave_is_not_gone_while_it_cannot_be_used(
    spoil: Callable[[Path], None], shelf: Shelf
) -> None:
    """Its releases, and its dates and stages of others; then it reads well again."""
    tables = (ARCANE, {**FULL_THOR, "dates": [US]})
    path = living.put("wikidata", WIKIDATA, *tables)
    shelf.ran("list")
    spoil(path)
    shown = shelf.ran("list", "--json").out
    assert "Arcane" not in shown
    assert "2027-12-17" not in shown
    assert observed() == []
    path.unlink(missing_ok=True)
    living.put("wikidata", WIKIDATA, *tables)
    assert "Arcane" in shelf.ran("list", "--json").out
    assert observed() == []


@EACH
def test_changes_of_the_rest_are_recorded_meanwhile(
    spoil: Callable[[Path], None], shelf: Shelf
) -> None:
    """Another source's or the built-in catalogue's dates elsewhere are known."""
    path = living.put("wikidata", WIKIDATA, {**DUNE, "dates": [{"region": "DE", "date": "2027"}]})
    living.put("tvmaze", TVMAZE, ARCANE)
    shelf.ran("list")
    spoil(path)
    say("date = 2026-12-18", "date = 2027-01-08")
    shelf.ran("list")
    assert observed() == [("dune-3", True, True)]
    assert news(shelf) == [("dune-3", "moved", "2027-01-08")]
    path.unlink(missing_ok=True)
    living.put("wikidata", WIKIDATA, {**DUNE, "dates": [{"region": "DE", "date": "2028"}]})
    shelf.ran("list")
    assert observed() == [("dune-3", True, True)] * 2


def test_source_withdraws_what_it_gave(shelf: Shelf) -> None:
    """Its layer reads well, and has neither the date nor the other release any more."""
    living.put("wikidata", WIKIDATA, ARCANE, {**THOR, "dates": [US]})
    shelf.ran("list")
    living.put("wikidata", WIKIDATA, {**THOR, "dates": [{**US, "withdrawn": date(2026, 11, 21)}]})
    shelf.ran("list")
    assert sorted(observed()) == [("thor-5", True, True), ("tvmaze-46331-s3", True, False)]


def test_releases_of_a_first_layer_are_no_news(shelf: Shelf) -> None:
    """Those that come later are; so is what the first one says about known releases."""
    shelf.ran("list")
    living.put("wikidata", WIKIDATA, ARCANE, {**THOR, "dates": [US]})
    shelf.ran("list")
    assert news(shelf) == [("thor-5", "narrowed", "2027-12-17")]
    living.put(
        "wikidata", WIKIDATA, ARCANE, {**THOR, "dates": [LATER]}, {**DUNE, "id": "x", "ids": {}}
    )
    shelf.ran("list")
    assert ("x", False, True) in observed()
    assert ("thor-5", "moved", "2028-12-17") in news(shelf)


def test_first_layer_of_another_source_is_no_news_either(shelf: Shelf) -> None:
    """A release that both know was known."""
    living.put("wikidata", WIKIDATA, {**THOR, "dates": [US]})
    shelf.ran("list")
    living.put("tvmaze", TVMAZE, ARCANE)
    shelf.ran("list")
    assert observed() == []


def test_renamed_release_keeps_what_is_unknown(shelf: Shelf) -> None:
    """The built-in catalogue gets what only a source had, with the id of that."""
    path = living.put("wikidata", WIKIDATA, {**THOR, "ids": {"imdb": "tt0000005"}, "dates": [US]})
    shelf.ran("list")
    say('id = "thor-6"', 'id = "thor-6"\nids = { imdb = "tt0000005" }\nwas = ["wikidata-q5"]')
    path.unlink()
    shelf.ran("list")
    assert all(id != "wikidata-q5" for id, *_ in observed())
    assert news(shelf) == []


def subscribe(shelf: Shelf, tmp_path: Path, *dates: str) -> None:
    """Add a catalogue of friends: Arcane, and Thor 5 with *dates*."""
    rows = "".join(f"[[release.dates]]\n{row}\n" for row in dates)
    path = tmp_path / "friends.toml"
    arcane = 'id = "arcane"\ntitle = "Arcane"\nkind = "film"\ndate = "2027"\n'
    thor = 'id = "x"\ntitle = "Thor 5"\nkind = "film"\nids = { imdb = "tt31378510" }\n'
    text = f"format = 2\n[[release]]\n{arcane}[[release]]\n{thor}{rows}"
    path.write_text(text, "utf-8")
    assert shelf.run("source", "add", str(path), "--yes").code == 0


def held() -> list[str]:
    """The sources of which the journal remembers what they gave."""
    file = Path(paths.state_folder() or "", database.FILE_NAME)
    with closing(sqlite3.connect(file)) as journal:
        rows = journal.execute("SELECT DISTINCT origin FROM source_fact ORDER BY origin")
        return [origin for (origin,) in rows]


@pytest.mark.parametrize("is_undone", [False, True])
def test_what_a_removed_source_gave_is_forgotten(
    is_undone: bool, shelf: Shelf, tmp_path: Path
) -> None:
    """It was the user who took it away: that is no news, nor is what it gave held for good."""
    shelf.ran("list")
    subscribe(shelf, tmp_path, 'region = "US"\ntype = "theatrical"\ndate = 2027-12-17')
    shelf.ran("list")
    before = observed()
    assert held() == ["friends"]
    assert shelf.run(*(["undo"] if is_undone else ["source", "remove", "friends"])).code == 0
    assert "Arcane" not in shelf.ran("list", "--json").out
    assert (observed(), held()) == (before, [])
    say('id = "thor-5"', 'id = "thor-5"\nstage = "filming"')
    shelf.ran("list")
    assert observed() == [*before, ("thor-5", True, True)]


def test_other_changes_are_recorded_when_a_source_is_removed(shelf: Shelf, tmp_path: Path) -> None:
    """The day on which filming began has nothing to do with it."""
    shelf.ran("list")
    subscribe(shelf, tmp_path, 'region = "US"\ntype = "theatrical"\ndate = 2027-12-17')
    shelf.ran("list")
    before = observed()
    shelf.run("source", "remove", "friends")
    say('id = "thor-5"', 'id = "thor-5"\nstage = "filming"')
    shelf.ran("list")
    assert observed() == [*before, ("thor-5", True, True)]


def test_source_that_is_removed_by_mistake_comes_back_without_news(
    shelf: Shelf, tmp_path: Path
) -> None:
    """It is as it was, whether or not anything was asked meanwhile."""
    shelf.ran("list")
    subscribe(shelf, tmp_path, 'region = "US"\ntype = "theatrical"\ndate = 2027-12-17')
    shelf.ran("list")
    before = observed()
    shelf.run("source", "remove", "friends")
    shelf.run("undo")
    assert "Arcane" in shelf.ran("list", "--json").out
    assert (observed(), held()) == (before, ["friends"])
