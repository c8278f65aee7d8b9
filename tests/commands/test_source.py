"""`countdown source`: what each source has, and adding, removing, accepting and undoing them."""

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import click
import pytest

from countdown import files, paths
from countdown.catalogue import source_files
from countdown.commands import source as command
from countdown.core.text import find_hostile
from countdown.net.answers import Answer, Failure, Reply
from countdown.net.client import Request
from countdown.refresh import network
from tests.cli.conftest import World, film

HEADER = 'format = 2\ntitle = "Films of friends"\nlicence = "CC0-1.0"\nserial = 3\n'
HEAT = film("heat-2", "2027", title="Heat 2")
URL = "https://www.friends.example/films.toml?key=SECRET"
NOTHING = "Nothing was added."


def text(*tables: str, header: str = HEADER) -> str:
    """A catalogue with the [[release]] *tables*."""
    return header + "".join(f"[[release]]\n{table}\n" for table in tables)


@pytest.fixture
def films(tmp_path: Path) -> Path:
    """The catalogue of friends, as a file."""
    path = tmp_path / "films.toml"
    path.write_text(text(HEAT), "utf-8")
    return path


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, Reply]:
    """What the network answers, by address; nothing else can be reached."""
    replies: dict[str, Reply] = {}

    def fetch(request: Request) -> Reply:
        return replies.get(request.url, Failure("offline", "https://x can't be reached."))

    @contextmanager
    def open_fetcher(*_: object) -> Iterator[SimpleNamespace]:
        yield SimpleNamespace(fetch=fetch)

    monkeypatch.setattr(network, "open_fetcher", open_fetcher)
    return replies


def folder() -> Path:
    """The folder of the layers."""
    return Path(source_files.folder_in(str(paths.state_folder())))


def layers() -> list[str]:
    """The files in it."""
    return sorted(path.name for path in folder().iterdir())


def offer(world: World, films: Path, *tables: str) -> None:
    """Read the catalogue of friends again, with other *tables*."""
    other = films.with_name("other.toml")
    other.write_text(text(*tables, header=HEADER.replace("3", "4")), "utf-8")
    assert world("source", "add", str(other), "--name", "other", "--yes").code == 0
    data = (folder() / "other.toml").read_bytes()
    source_files.offer(str(folder()), "friends", data.replace(b"other--", b"friends--"))
    assert world("undo").code == 0


def test_sources_are_listed_before_any_was_read(world: World) -> None:
    """The built-in ones are on."""
    assert (
        world("source").out == "wikidata\twikidata\t\tnever\t\t\t\ntvmaze\ttvmaze\t\tnever\t\t\t\n"
    )
    assert world("source", "list").out == world("source").out


def test_catalogue_is_added_and_taken_back(world: World, films: Path) -> None:
    """By undo, and brought back by redo, without being read again."""
    code, out, err = world("source", "add", str(films), "--name", "friends", "--yes")
    assert (code, out) == (0, "Added friends: 1 release.\n")
    assert err == "Films of friends: 1 release, licence CC0-1.0\n"
    row = "friends\tcatalogue\t1\ttoday\t23 Nov 2026\tCC0-1.0\t"
    assert world("source").out.splitlines()[-1] == row
    assert (folder() / "friends.toml").stat().st_mode & 0o777 == 0o600
    films.unlink()
    for action, name in (("undo", "friends.off.toml"), ("redo", "friends.toml")) * 2:
        assert world(action).out.endswith("did: source add friends\n")
        assert layers() == [name]
    assert world("source").out.splitlines()[-1] == row


def test_address_is_never_shown(world: World, web: dict[str, Reply]) -> None:
    """Only its host is: it can hold a key. Of all files, only config.toml has it."""
    web[URL] = Answer(URL, text(HEAT).encode(), etag='"1"')
    answers = [
        world("source", "add", URL, "--yes"),
        world("source"),
        world("source", "--json"),
        world("source", "show", "friends-example"),
        world("undo", "--dry-run")._replace(out=""),
    ]
    assert [answer.code for answer in answers] == [0] * 5
    assert "SECRET" not in str(answers)
    assert "From\tfriends.example\n" in answers[3].out
    state = Path(str(paths.state_folder()))
    kept = [path for path in state.rglob("*") if path.is_file() and b"SECRET" in path.read_bytes()]
    assert kept == []
    (config,) = Path(str(paths.config_folder())).iterdir()
    assert config.stat().st_mode & 0o777 == 0o600


def test_address_can_be_piped_or_typed(
    world: World, web: dict[str, Reply], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the command line, other users of the computer could see it."""
    web[URL] = Answer(URL, text(HEAT).encode())
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{URL}\n"))
    assert world("source", "add", "-", "--yes", "--name", "a").code == 0
    monkeypatch.setattr(sys, "stdin", None)
    assert world("source", "add", "-", "--yes").code in (2, 4)
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: URL)
    assert world("source", "add", "-", "--yes").out == "Added friends-example: 1 release.\n"


def test_webcal_is_https(world: World, web: dict[str, Reply]) -> None:
    """Browsers hand over such addresses of calendars."""
    web["https://a.example/a"] = Answer("", text(HEAT).encode())
    assert world("source", "add", "webcal://a.example/a", "--yes", "--kind", "catalogue").code == 0


def test_names_are_made_of_the_place(world: World, films: Path) -> None:
    """And of a number, if another source has that name."""
    for name in ("films", "films-2", "films-3"):
        out = world("source", "add", str(films), "--yes").out
        assert out == f"Added {name}: 1 release.\n"
    code, _, err = world("source", "add", str(films), "--name", "films", "--yes")
    assert (code, err) == (2, 'There\'s already a source "films". Choose another: --name NAME\n')


@pytest.mark.parametrize(("answer", "code"), [(True, 0), (False, 1)])
def test_user_is_asked(
    world: World, films: Path, monkeypatch: pytest.MonkeyPatch, *, answer: bool, code: int
) -> None:
    """On a terminal, after what it has is shown."""
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr(sys, "stdin", terminal)
    monkeypatch.setattr(command, "confirm", lambda *_, **__: answer)
    assert world("source", "add", str(films)).code == code
    assert bool(paths.config_file() and Path(str(paths.config_file())).exists()) is answer


@pytest.mark.parametrize(
    ("words", "code", "err"),
    [
        (("add", "FILMS"), 2, "Nothing was added. To add it without being asked, add --yes."),
        (("add",), 2, "source add: Add a URL or FILE."),
        (("show",), 2, "source show: Add its NAME."),
        (("list", "x"), 2, 'source list: Leave out "x".'),
        (("show", "friend"), 1, 'There\'s no source "friend". Choose wikidata, tvmaze.'),
        (("remove", "tvmaz"), 1, 'There\'s no source "tvmaz". Did you mean "tvmaze"?'),
        (("accept", "tvmaze"), 1, "Nothing of tvmaze is held back."),
        (("show", "tvmaze", "--diff"), 1, "There's only one version of tvmaze."),
        (("match",), 1, "No release of a source may be one of yours."),
        (("add", "http://example.org/a"), 2, "url isn't encrypted"),
        (("add", "FILMS", "--name", "A b"), 2, 'Name: "A b" can\'t be the name of a source'),
        (("add", "FILMS", "--key-command", "'"), 2, "--key-command: A quotation mark isn't closed"),
        (("add", "https://a.example/a", "--yes"), 4, "https://x can't be reached."),
        (("add", "tmdb"), 2, "tmdb needs a key"),
        (("--format", "csv"), 2, "--format: "),
        (("dance",), 2, ""),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, tuple) else "",
)
def test_what_cannot_be_done_is_explained(
    words: tuple[str, ...], code: int, err: str, world: World, films: Path, web: dict[str, Reply]
) -> None:
    """And nothing is changed."""
    assert web == {}
    typed = [str(films) if word == "FILMS" else word for word in words]
    ran = world("source", *typed)
    assert ran.code == code
    assert err.casefold() in ran.err.casefold()
    assert not Path(str(paths.config_file())).exists()


def test_offline_nothing_is_added(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 4, as for every source that can't be asked."""
    monkeypatch.setenv("COUNTDOWN_OFFLINE", "1")
    ran = world("source", "add", "https://a.example/a.toml", "--yes")
    assert (ran.code, ran.err) == (4, f"The network is switched off.\n{NOTHING}\n")


def test_catalogue_without_a_usable_release_is_not_added(world: World, films: Path) -> None:
    """The first problems are shown."""
    films.write_text(text('id = "a"\ntitle = "A"\nkind = "filme"'), "utf-8")
    code, _, err = world("source", "add", str(films), "--yes")
    assert code == 4
    assert err.splitlines() == [
        "None of its releases can be read.",
        'release[0].kind: unknown value "filme"; did you mean "film"?',
        NOTHING,
    ]


def test_without_a_home_there_are_no_sources(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is said what to set."""
    for name in ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, "")
    assert world("source").err == "There's no home folder for your sources. Set HOME.\n"


def test_source_is_removed_and_taken_back(world: World, films: Path) -> None:
    """Its layer waits."""
    world("source", "add", str(films), "--yes")
    assert world("source", "remove", "films").out == "Removed films.\n"
    assert layers() == ["films.off.toml"]
    assert "films" not in world("source").out
    assert world("undo").out == "Undid: source remove films\n"
    assert layers() == ["films.toml"]


def test_built_in_source_is_switched_off_and_on(world: World) -> None:
    """Each can be undone."""
    assert world("source", "remove", "wikidata").out == "Switched off wikidata.\n"
    assert world("source").out.splitlines()[0] == "wikidata\twikidata\t\tnever\t\t\toff"
    assert world("source", "show", "wikidata").out.endswith("Switched\toff\n")
    assert world("source", "remove", "wikidata").out.startswith(
        "Nothing to change: wikidata is off"
    )
    assert world("source", "add", "wikidata").out.startswith("Switched on wikidata.")
    assert world("source", "add", "wikidata").out.startswith("Nothing to change: wikidata is on")
    assert world("undo").code == 0
    assert world("source").out.splitlines()[0].endswith("off")


def test_tmdb_is_switched_on_with_its_key(world: World) -> None:
    """Where the key is can be changed."""
    for option, value in (("--key-variable", "TMDB_TOKEN"), ("--key-command", "pass show 'a b'")):
        assert world("source", "add", "tmdb", option, value).code == 0
    config = Path(str(paths.config_file())).read_text("utf-8")
    assert config.count("[[source]]") == 1
    assert 'key_command = ["pass", "show", "a b"]' in config
    assert world("source").out.splitlines()[-1].startswith("tmdb\ttmdb\t")


def test_hand_edited_settings_count(
    world: World, films: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`config edit` sets aside what is switched off."""
    world("source", "add", str(films), "--yes")
    monkeypatch.setenv("EDITOR", "sh -c 'echo enabled = false >> \"$0\"'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert world("config", "edit").code == 0
    assert layers() == ["films.off.toml"]
    assert world("source").out.splitlines()[-1].endswith("off")


def test_source_is_shown_with_its_releases(world: World, films: Path) -> None:
    """And what is left out, and why."""
    more = 'credit = "Ana"\nexpires = 2027-05-24\n'
    wrong = 'id = "a"\ntitle = "A"\nkind = "filme"'
    films.write_text(text(HEAT + '\nmood = "good"', wrong, header=HEADER + more), "utf-8")
    world("source", "add", str(films), "--yes", "--name", "friends")
    lines = world("source", "show", "friends").out.splitlines()
    assert lines[:6] == [
        "Name\tfriends",
        "Kind\tcatalogue",
        f"From\t{films}",
        "Licence\tCC0-1.0",
        "Credit\tAna",
        "Releases\t1",
    ]
    assert "Use until\t24 May 2027" in lines
    assert "Left out\t1 release with wrong values, 1 unknown key" in lines
    assert lines[-1].startswith("Heat 2\t2027\t")
    document = json.loads(world("source", "show", "friends", "--json").out)
    assert [release["id"] for release in document["releases"]] == ["friends--heat-2"]
    (source,) = document["source_states"]
    assert (source["wrong"], source["expires"]) == (1, "2027-05-24")


def test_what_a_new_version_changed_is_shown(world: World, films: Path) -> None:
    """In the words of news."""
    world("source", "add", str(films), "--yes", "--name", "friends")
    moved = film("heat-2", "2027-12-18", title="Heat 2")
    offer(world, films, moved, film("ran-2", "2028", title="Ran 2"))
    out = world("source", "show", "friends", "--diff").out
    assert out.splitlines() == [
        "Heat 2\tnarrowed, 2027 → 18 Dec 2027",
        "Ran 2\tnew, 2028",
    ]
    document = json.loads(world("source", "show", "friends", "--diff", "--json").out)
    assert [each["what"] for each in document["changes"]] == ["narrowed", "new"]
    offer(world, films, moved, film("ran-2", "2028", title="Ran 2", synopsis="Other words."))
    assert "have the same titles, dates" in world("source", "show", "friends", "--diff").err


def test_what_is_held_back_is_accepted_and_taken_back(world: World, films: Path) -> None:
    """An undone accept can be redone, too."""
    three = [film(f"film-{n}", "2027") for n in range(3)]
    films.write_text(text(*three), "utf-8")
    world("source", "add", str(films), "--yes", "--name", "friends")
    before = (folder() / "friends.toml").read_bytes()
    offer(world, films, three[0])
    why = "it has lost 2 of 3 releases"
    assert world("source").out.splitlines()[-1].endswith(f"\theld back: {why}")
    assert f"Held back\t{why}" in world("source", "show", "friends").out
    diff = world("source", "show", "friends", "--diff").out
    assert diff == "Film-1\tremoved, was 2027\nFilm-2\tremoved, was 2027\n"
    assert world("source", "accept", "friends").out == "Now in use: 1 release of friends.\n"
    after = (folder() / "friends.toml").read_bytes()
    assert world("source").out.splitlines()[-1].endswith("\tCC0-1.0\t")
    assert world("undo").out == "Undid: source accept friends\n"
    assert (folder() / "friends.toml").read_bytes() == before
    assert world("redo").out == "Redid: source accept friends\n"
    assert (folder() / "friends.toml").read_bytes() == after
    # A refresh replaces it: then the accepting can't be taken back, but what was before can.
    files.replace(str(folder() / "friends.toml"), after + b"# x\n", expected=after)
    assert world("undo").out == "Undid: source add friends\n"


def test_what_was_before_an_accept_is_kept_as_long_as_its_licence_allows(
    world: World, films: Path
) -> None:
    """Then it goes; other changes can still be undone."""
    three = [film(f"film-{n}", "2027") for n in range(3)]
    films.write_text(text(*three), "utf-8")
    world("source", "add", str(films), "--yes", "--name", "friends")
    offer(world, films, three[0])
    ended = (
        (folder() / "friends.toml")
        .read_bytes()
        .replace(b"read = ", b"expires = 2020-01-01\nread = ")
    )
    (folder() / "friends.toml").write_bytes(ended)
    world("source", "accept", "friends")
    undo = folder().parent / "undo"
    saved = [each for each in undo.iterdir() if "source-friends" in each.name]
    assert len(saved) == 1
    assert b"expires = 2020-01-01" in saved[0].read_bytes()
    world("source", "remove", "wikidata")
    assert not saved[0].exists()
    assert world("undo").out == "Undid: source remove wikidata\n"
    assert world("undo").out == "Undid: source add friends\n"


def test_what_cannot_be_read_cannot_be_accepted(world: World, films: Path) -> None:
    """It stays held back."""
    world("source", "add", str(films), "--yes", "--name", "friends")
    source_files.offer(str(folder()), "friends", b"format = 99\norigin = 'friends'\n")
    code, _, err = world("source", "accept", "friends")
    assert code == 3
    assert "needs a newer countdown" in err
    assert err.endswith("Nothing was changed.\n")
    assert world("source", "show", "friends", "--diff").code == 1
    assert "friends.held.toml" in layers()
    (folder() / "friends.toml").write_bytes(b"damaged =")
    assert world("source").out.splitlines()[-1].startswith("friends\tcatalogue\t\ttoday")


def test_releases_that_may_be_the_same_are_offered(world: World, films: Path) -> None:
    """With the command that joins them; it does."""
    world.says(HEAT, film("ran-2", "2028"), film("dune", "2027", title="Dune"))
    ids = '\nids = { imdb = "tt0000001" }'
    tables = (
        HEAT + ids,
        film("ran-2", "2028"),
        film("dune", "2099", title="Dune") + ids.replace("1", "2"),
    )
    films.write_text(text(*tables), "utf-8")
    world("source", "add", str(films), "--yes", "--name", "friends")
    code, out, err = world("source", "match")
    assert (code, err) == (0, "")
    assert out == "Heat 2 (heat-2)\tfriends\tcountdown edit heat-2 --ids imdb=tt0000001\n"
    world.says(HEAT + ids)
    assert world("source", "match").code == 1


def test_sentences_and_other_formats_have_it_too(world: World, films: Path) -> None:
    """Except those for spreadsheets, which have rows of releases alone."""
    world("source", "add", str(films), "--yes", "--name", "friends")
    out = world("source", "--accessible").out
    assert "friends. Catalogue. Releases 1. Read today. Next read 23 Nov 2026. CC0-1.0.\n" in out
    assert "| friends |" in world("source", "--format", "markdown").out
    code, _, err = world("--format", "csv", "source")
    assert (code, err) == (2, "--format: Choose table, plain, json, markdown.\n")


def test_hostile_texts_are_harmless(world: World, films: Path) -> None:
    """Whatever a catalogue says about itself."""
    films.write_text(
        text(HEAT, header='title = "[red]$(touch x)%F{1}"\nlicence = "<b>"\n'), "utf-8"
    )
    world("source", "add", str(films), "--yes", "--name", "friends")
    path = folder() / "friends.toml"
    path.write_bytes(path.read_bytes().replace(b"<b>", b"\\u001b[31m"))
    for words in (("source",), ("source", "show", "friends"), ("source", "--json")):
        ran = world(*words)
        assert ran.code == 0
        assert find_hostile(ran.out.replace("\n", "").replace("\t", "")) is None


@pytest.mark.parametrize("change", ["damaged", "no source", "folder"])
def test_file_that_cannot_be_used_is_named(change: str, world: World, films: Path) -> None:
    """With what helps; the other sources are listed as ever."""
    world("source", "add", str(films), "--name", "friends", "--yes")
    path = folder() / "friends.toml"
    path.unlink()
    if change == "folder":
        path.mkdir()
    else:
        path.write_text("x = [" if change == "damaged" else "format = 2\n", "utf-8")
    why = "Its file can't be used. To read it again: countdown refresh"
    if change == "folder":
        why = "Its file can't be opened: Is a directory."
    lines = world("source", "list").out.splitlines()
    assert [line.endswith(f"\t{why}") for line in lines] == [False, False, True]


@pytest.mark.parametrize("in_use", [True, False])
def test_held_back_file_that_cannot_be_opened_is_named(
    in_use: bool, world: World, films: Path
) -> None:
    """For its source alone: all others are listed, and its releases are shown."""
    world("source", "add", str(films), "--name", "friends", "--yes")
    (folder() / "friends.held.toml").mkdir()
    if not in_use:
        (folder() / "friends.toml").unlink()
    code, out, _ = world("source", "list")
    why = "What's held back can't be opened: Is a directory."
    assert code == 0
    assert [line.endswith(f"\t{why}") for line in out.splitlines()] == [False, False, True]
    assert ("heat-2" in world("source", "show", "friends").out) == in_use
    assert world("source", "show", "friends", "--diff").code == 3


@pytest.mark.parametrize("end", ["off", "prev", "held"])
def test_layer_that_is_not_in_use_is_kept_as_long_as_its_licence_allows(
    end: str, world: World, films: Path
) -> None:
    """As if it were in use. What can't be opened stays, and so does one without an end."""
    world("source", "add", str(films), "--yes")
    for name, top in (("old", "expires = 2020-01-01"), ("new", ""), ("wrong", "expires =")):
        text = f'format = 1\norigin = "tmdb"\nread = 2019-07-01\n{top}\n'
        (folder() / f"{name}.{end}.toml").write_text(text, "utf-8")
    (folder() / f"folder.{end}.toml").mkdir()
    assert world("source", "remove", "wikidata").code == 0
    names = [f"{name}.{end}.toml" for name in ("folder", "new", "wrong")]
    assert layers() == sorted([*names, "films.toml"])
