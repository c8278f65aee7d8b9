"""Titles in other languages: found like aliases, edited one by one, shown in the user's."""

import json

import pytest

from countdown.cli import build_names
from tests.cli.conftest import World
from tests.cli.shelf import Shelf

TABLES = (
    """id = "avengers-5"
title = "Avengers: Doomsday"
titles = { PT-br = "Vingadores: Doutor Destino", de = "Avengers: Tag des Zorns", ja = "終末の日" }
kind = "film"
date = 2026-12-18
cast = ["Robert Downey Jr."]
franchise = ["Marvel"]""",
    """id = "bridge-2"
title = "The Bridge"
titles = { pt = "A Ponte" }
kind = "season"
season = 2
date = 2026-12-24""",
    """id = "rush"
title = "The Rush"
kind = "film"
stage = "filming"
franchise = ["Marvel"]""",
)


@pytest.fixture
def fans(world: World) -> World:
    """The world with the films and the season above."""
    world.says(*TABLES)
    return world


@pytest.mark.parametrize(
    ("typed", "id"),
    [
        ("vingadores doutor destino", "avengers-5"),
        ("Tag des Zorns", "avengers-5"),
        ("末の", "avengers-5"),
        ("a ponte s2", "bridge-2"),
        ("a ponte, season 2", "bridge-2"),
    ],
)
def test_title_in_any_language_finds_the_release(fans: World, typed: str, id: str) -> None:
    """By a bare title, in `show`, `search`, `list --title` and `follow`."""
    for words in ([typed], ["show", typed], ["search", typed], ["list", "--title", typed]):
        (release,) = json.loads(fans(*words, "--json").out)["releases"]
        assert release["id"] == id
    assert fans("follow", "--title", typed).code == 0
    (release,) = json.loads(fans("list", "--followed", "--json").out)["releases"]
    assert release["id"] == id


def test_titles_are_offered_to_tab(fans: World, capsys: pytest.CaptureFixture[str]) -> None:
    """Each as it is written, a season's with its number too."""
    assert fans("list").code == 0
    assert build_names.build_and_complete("zsh", ["show", "a po"]) == 0
    assert capsys.readouterr().out == ":names\nA Ponte\nA Ponte, season 2\n"
    assert build_names.build_and_complete("zsh", ["show", "vinga"]) == 0
    assert capsys.readouterr().out == ":names\nVingadores: Doutor Destino\n"


def test_programs_get_the_original_title_and_all_others(fans: World) -> None:
    """Tags in their usual case."""
    first, second, third = json.loads(fans("list", "--json").out)["releases"]
    assert first["title"] == "Avengers: Doomsday"
    assert [*first["titles"]] == ["pt-BR", "de", "ja"]
    assert second["titles"] == {"pt": "A Ponte"}
    assert third["titles"] == {}


def test_each_language_is_changed_by_itself(shelf: Shelf) -> None:
    """Whatever the case in the file; of what is below, an overlay holds nothing."""
    ran = shelf.ran("edit", "dune-3", "--title-in", "pt-br=Duna: Parte Três")
    assert ran.out == "Changed dune-3: titles\n"
    shelf.ran("edit", "duna parte tres", "--title-in", "de=Düne 3", "--title-in", "PT-BR=Duna 3")
    assert shelf.last == {"id": "dune-3", "titles": {"pt-BR": "Duna 3", "de": "Düne 3"}}
    assert 'titles = { pt-BR = "Duna 3", de = "Düne 3" }' in shelf.text
    shelf.ran("edit", "dune-3", "--title-in", "+fr=Dune, troisième partie")
    assert [*shelf.last["titles"]] == ["pt-BR", "de", "fr"]
    shelf.ran("edit", "dune-3", "--unset", "titles")
    assert shelf.text == "format = 1\n"


def test_hidden_release_is_known_by_each_of_its_titles(shelf: Shelf) -> None:
    """It is said to be hidden, not to be missing."""
    shelf.ran("edit", "dune-3", "--title-in", "pt=Duna Três")
    shelf.ran("hide", "dune-3")
    ran = shelf.run("show", "duna três")
    assert (ran.code, ran.out) == (1, "")
    assert "To see it: countdown unhide dune-3" in ran.err


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Resgate", "--title-in: Write one like pt=TITLE or pt-BR=TITLE."),
        ("=Resgate", "--title-in: Write one like pt=TITLE or pt-BR=TITLE."),
        ("jp=A", '--title-in: jp: "jp" isn\'t a language. Write "ja".'),
        ("pt=", "--title-in: pt: Can't be empty. Leave it out if you don't know."),
    ],
)
def test_wrong_title_is_refused_with_what_is_right(shelf: Shelf, text: str, message: str) -> None:
    """Nothing is changed."""
    ran = shelf.run("edit", "dune-3", "--title-in", text)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not shelf.path.exists()
