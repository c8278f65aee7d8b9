"""Titles in other languages: found like aliases, edited one by one, shown to their readers."""

import io
import json
from pathlib import Path

import pytest

from countdown import paths
from countdown.cli import build_names
from tests.cli.conftest import World
from tests.cli.shelf import SHIPPED, Shelf

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
    assert shelf.text == "format = 2\n"


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


@pytest.fixture
def brazilian(fans: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The same world on a terminal whose messages are in Brazilian Portuguese."""
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.setenv("LC_MESSAGES", "pt_BR.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")
    return fans


@pytest.mark.parametrize("format", ["table", "markdown"])
@pytest.mark.parametrize(
    "words",
    [
        [],
        ["list"],
        ["list", "marvel"],
        ["list", "--sort", "title"],
        ["next"],
        ["next", "marvel"],
        ["actor", "robert downey"],
        ["search", "doomsday"],
        ["follow"],
        ["show", "rush"],
    ],
    ids=" ".join,
)
def test_people_read_titles_in_their_language(
    brazilian: World, words: list[str], format: str
) -> None:
    """On every screen, and nothing in another one."""
    assert brazilian("follow", "--franchise", "Marvel").code == 0
    ran = brazilian(*words, "--format", format)
    assert (ran.code, ran.err) == (0, "")
    text = ran.out.replace("\\", "")
    assert "Vingadores: Doutor Destino" in text
    assert "Avengers: Doomsday" not in text


def test_card_has_the_original_title_beside_it(brazilian: World) -> None:
    """And those in other languages among its other names."""
    head, *rest = brazilian("show", "avengers-5", "--format", "table").out.splitlines()
    titles = ["Vingadores: Doutor Destino", "Avengers: Doomsday"]
    assert [*map(str.strip, head.split("  "))][:2] == titles
    assert "Also known as  Avengers: Tag des Zorns (de), 終末の日 (ja)" in rest
    head, *_ = brazilian("show", "rush", "--format", "table").out.splitlines()
    assert [text for text in head.split("  ") if text][:1] == ["The Rush"]


def test_sentences_have_titles_in_the_language_too(brazilian: World) -> None:
    """For screen readers."""
    assert "A Ponte, season 2. " in brazilian("list", "--accessible").out
    card = brazilian("show", "avengers-5", "--accessible").out
    assert "Vingadores: Doutor Destino" in card.splitlines()[0]
    assert "Original title: Avengers: Doomsday." in card
    assert "Avengers: Tag des Zorns (de), 終末の日 (ja)" in card


@pytest.mark.parametrize("format", ["json", "jsonl", "csv", "tsv", "plain"])
def test_programs_read_original_titles(brazilian: World, format: str) -> None:
    """Whatever the language: a script must not depend on it."""
    rows = brazilian("list", "--format", format).out
    assert "Avengers: Doomsday" in rows
    assert ("Vingadores" in rows) == format.startswith("json")


def test_titles_are_sorted_as_they_are_shown(brazilian: World) -> None:
    """A Ponte comes first where The Bridge would not."""
    shown = brazilian("list", "--sort", "title", "--format", "markdown").out
    titles = ["A Ponte", "The Rush", "Vingadores"]
    assert sorted(titles, key=shown.index) == titles
    assert brazilian("list", "--sort", "title", "--format", "plain").titles[0].startswith("Aveng")


def test_original_title_stands_where_letters_are_missing(
    brazilian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A terminal of another encoding would show question marks."""
    stdout = io.TextIOWrapper(io.BytesIO(), "ascii")
    monkeypatch.setattr("sys.stdout", stdout)
    assert brazilian("list", "--format", "table").code == 0
    stdout.seek(0)
    assert "Avengers: Doomsday" in stdout.read()


def test_prompt_has_the_title_in_the_language(
    brazilian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A season with its number; in ASCII the original."""
    monkeypatch.setenv("LC_CTYPE", "en_US.UTF-8")
    assert brazilian("prompt").out == "Vingadores: Doutor Destino 26d\n"
    line = brazilian("prompt", "--count", "2", "--format", "{title}").out
    assert line == "Vingadores: Doutor Destino, A Ponte, season 2\n"
    monkeypatch.setenv("LC_MESSAGES", "ja_JP.UTF-8")
    assert brazilian("prompt").out == "終末の日 26d\n"
    monkeypatch.setenv("LC_CTYPE", "C")
    assert brazilian("prompt").out == "Avengers: Doomsday 26d\n"


def test_news_and_reminders_speak_of_the_title(
    brazilian: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To people; JSON has the original name."""
    assert brazilian("list").code == 0
    assert brazilian("remind", "--milestones", "26", "--dry-run", "--format", "json").code == 0
    reminders = json.loads(brazilian("remind", "--milestones", "26", "--dry-run", "--json").out)
    assert reminders["reminders"][0]["name"] == "Avengers: Doomsday"
    assert "Avengers: Doomsday comes out" in reminders["reminders"][0]["text"]
    with monkeypatch.context() as terminal:
        terminal.setattr("sys.stdout.isatty", lambda: True)
        reminder = brazilian("remind", "--milestones", "26", "--accessible").out
        assert reminder.startswith("Vingadores: Doutor Destino comes out in 26 days")
        ran = brazilian("remind", "--milestones", "26", "--accessible")
        assert "Next: Vingadores: Doutor Destino in 26 days." in ran.err
    brazilian.later(1)
    brazilian.says(TABLES[0].replace("12-18", "12-25"), *TABLES[1:])
    assert "Vingadores: Doutor Destino" in brazilian("news", "--format", "table").out
    assert "Avengers: Doomsday" in brazilian("news", "--format", "plain").out
    assert json.loads(brazilian("news", "--json").out)["changes"][0]["name"] == "Avengers: Doomsday"


def test_following_is_confirmed_in_the_language(brazilian: World) -> None:
    """The name that is kept means the same release in any language."""
    ran = brazilian("follow", "doomsday", "--no-color")
    assert ran.out.splitlines()[1] == "Next: in 26 days · Fri Dec 18"
    assert ran.out.startswith("Following Vingadores: Doutor Destino (film, 2026)")
    assert brazilian("config", "get", "follow.title").out == "Vingadores: Doutor Destino\n"


def test_own_titles_are_shown_language_by_language(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the built-in catalogue in other languages stay, so they aren't named."""
    lower = SHIPPED.replace("kind", 'titles = { pt = "Duna 3", de = "Düne 3" }\nkind', 1)
    Path(paths.shipped("releases.toml")).write_text(lower, "utf-8")
    shelf.ran("edit", "dune-3", "--title-in", "PT=Duna: Parte 3", "--title-in", "fr=Dune 3")
    rows = shelf.run("mine", "--format", "plain").out.splitlines()
    assert [row.split("\t")[:-1] for row in rows] == [
        ["title in pt", "Duna 3", "Duna: Parte 3"],
        ["title in fr", "", "Dune 3"],
    ]
    monkeypatch.setenv("LANG", "pt_PT.UTF-8")
    screen = shelf.run("mine", "--format", "table").out
    assert "Duna: Parte 3 · dune-3\n  title in pt: Duna 3 → Duna: Parte 3\n" in screen
    assert "  title in fr: none → Dune 3\n" in screen
