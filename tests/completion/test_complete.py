"""The candidates for Tab, by themselves and in the shells."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import completion_table
import pexpect
import pytest

from countdown import paths
from countdown.cli import build_names
from countdown.cli.group import COMMANDS
from countdown.completion import complete, typed_words
from countdown.completion.table import OPTIONS, SETTINGS
from countdown.core.regions import REGIONS
from countdown.entry import main
from countdown.prompt import init
from tests.conftest import isolate
from tests.programs import needs, where_installed
from tests.prompt.fixtures import catalogue, film, program
from tests.terminals import hang_up
from tests.thorough import sample

HARMFUL = 'Blow $(touch X) `touch X` "it\'s" & more; exit'
HISTORIC = 'Zebra !#:s"$(touch X) !! !$ stripes'  # to bash and zsh, parts of earlier lines
TABLES = (
    film(
        "Thor: Love and Thunder",
        "cast = ['Chris Hemsworth', 'Zoë Kravitz', 'Taika Waititi']",
        "director = ['Taika Waititi']",
        "writer = ['Ana de Hemel']",
        "platform = ['Disney+']",
        "franchise = ['Marvel Cinematic Universe', 'Thor']",
        "aliases = ['Thor 4']",
    )
    + film("Amélie", "cast = ['Audrey Tautou', 'Liam Hemsworth']", "platform = ['HBO Max']")
    + film(HARMFUL, id="blow")
    + film(HISTORIC, id="zebra")
    + film("A: B=C", id="colon")
    + film("$HOME ${IFS} variable", id="home")
)
Offer = Callable[..., tuple[str, list[str]]]


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small catalogue without an index."""
    path = catalogue(tmp_path, TABLES)
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    return path


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home that has an index, and with its catalogue, for tests that only read."""
    folder = tmp_path_factory.mktemp("completion")
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        patch.setenv("COUNTDOWN_CATALOGUE", str(catalogue(folder, TABLES)))
        assert build_names.build_and_complete("zsh", ["actor", ""]) == 0  # It builds the index.
    return folder


@pytest.fixture
def offered(
    shared: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Offer:
    """Gives the candidates of a shell for typed words, the last of which is to be completed."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(shared / "catalogues" / "releases.toml"))
    for purpose in ("CACHE", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{purpose}_HOME", str(shared / "home" / purpose.lower()))
    return offers(capfd)


@pytest.fixture
def offered_here(stored: Path, capfd: pytest.CaptureFixture[str]) -> Offer:
    """The same in the home of the test alone, for tests that change something."""
    assert build_names.build_and_complete("zsh", ["actor", ""]) == 0
    capfd.readouterr()
    return offers(capfd)


def offers(capfd: pytest.CaptureFixture[str]) -> Offer:
    """The candidates in the present home."""

    def offer(*typed: str, shell: str = "zsh") -> tuple[str, list[str]]:
        assert complete.run(shell, [*typed]) == 0
        out, err = capfd.readouterr()
        assert err == ""
        kind, *expected = out.splitlines()
        return kind, expected

    return offer


def words(offered_lines: tuple[str, list[str]]) -> list[str]:
    """The words of the candidates, without their descriptions."""
    kind, rows = offered_lines
    assert kind == ":words"
    return [row.partition("\t")[0] for row in rows]


# ---- Settings, and what is followed ----


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["config", ""], ["list", "get", "set", "unset", "path", "edit"]),
        (["config", "p"], ["path"]),
        (["config", "path", ""], []),
        (["config", "set", "f"], [key for key in SETTINGS if key.startswith("f")]),
        (["config", "get", "--region", "BR", "reg"], ["region"]),
        (["config", "get", "region", ""], []),
        (["config", "unset", "reg"], ["region"]),
        (["config", "set", "region", "us"], ["US"]),
        (["config", "set", "region", "US", ""], []),
        (["config", "set", "format", "c"], ["csv"]),
        (["config", "set", "prompt.format", ""], []),
        (["config", "set", "nonsense", ""], []),
        (["prompt", "--followed", "--co"], ["--count"]),
        (["export", "m"], ["markdown"]),
        (["export", "ics", ""], []),
        (["export", "ics", "--windows", "s"], ["span"]),
    ],
    ids=lambda it: " ".join(it) if it else "-",
)
def test_settings_are_offered_where_they_belong(
    typed: list[str], expected: list[str], offered: Offer
) -> None:
    """The actions, then the keys, then their values."""
    assert words(offered(*typed)) == expected


def test_files_are_found_by_the_shell(offered: Offer) -> None:
    """Those to read and those to write."""
    for typed in (["import", ""], ["export", "ics", "--output", ""], ["timeline", "--svg", ""]):
        assert offered(*typed) == (":files", [])


def test_only_titles_that_there_are_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A title is also found without its hyphens; nobody may be offered it so."""
    path = catalogue(tmp_path, film("Spider-Man 4") + film("F.A.S.T.") + film("WALL·E"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    for typed, title in (("spiderm", "Spider-Man 4"), ("fas", "F.A.S.T."), ("walle", "WALL·E")):
        assert build_names.build_and_complete("zsh", ["show", typed]) == 0
        assert capfd.readouterr().out == f":names\n{title}\n"


def test_synonym_is_completed_like_its_command(offered: Offer) -> None:
    """But not offered itself: nobody needs two words for the same thing."""
    assert offered("rm", "ze") == offered("remove", "ze") == (":names", ["zebra"])
    assert offered("rm", "--d") == offered("remove", "--d") != (":words", [])
    assert offered("rm") == (":names", [])


def test_unhide_is_offered_nothing_that_is_in_lists(offered: Offer) -> None:
    """An index has no hidden release."""
    assert offered("unhide", "ze") == (":words", [])


def test_names_to_follow_are_offered_repeatedly(offered: Offer) -> None:
    """As many as the user types."""
    assert offered("follow", "hems") == (":several", ["Chris Hemsworth", "Liam Hemsworth"])
    assert offered("follow", "Liam Hemsworth", "tau") == (":names", ["Audrey Tautou"])
    assert offered("follow", "--platform", "dis") == (":names", ["Disney+"])
    assert offered("follow", "dis") == (":names", ["Disney+"])
    assert offered("follow", "th") == (":names", ["Thor", "Thor 4", "Thor: Love and Thunder"])
    assert offered("config", "set", "follow.title", "a", "thor 4") == (":names", ["Thor 4"])


def test_names_to_unfollow_are_those_followed(
    offered_here: Offer, capfd: pytest.CaptureFixture[str]
) -> None:
    """Of that sort after an option; also if config.toml has just been changed."""
    path = Path(str(paths.config_file()))
    assert offered_here("unfollow", "") == (":names", [])
    path.parent.mkdir(parents=True)
    path.write_text('[follow]\nperson = ["Zoë Kravitz", "Nobody"]\nfranchise = ["MCU"]\n', "utf-8")
    assert complete.run("zsh", ["unfollow", "zoe"]) is None
    assert build_names.build_and_complete("zsh", ["unfollow", "zoe"]) == 0
    assert capfd.readouterr().out == ":names\nZoë Kravitz\n"
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert build_names.build_and_complete("zsh", ["unfollow", ""]) == 0
    capfd.readouterr()
    assert offered_here("unfollow", "") == (":names", ["MCU", "Nobody", "Zoë Kravitz"])
    assert offered_here("unfollow", "Nobody", "k") == (":names", ["Zoë Kravitz"])
    assert offered_here("unfollow", "--franchise", "m") == (":names", ["MCU"])


def test_settings_with_problems_offer_nothing(
    offered_here: Offer, capfd: pytest.CaptureFixture[str]
) -> None:
    """Tab prints no errors."""
    path = Path(str(paths.config_file()))
    path.parent.mkdir(parents=True)
    path.write_text("nonsense", "utf-8")
    assert build_names.build_and_complete("zsh", ["unfollow", ""]) == 0
    assert capfd.readouterr() == ("", "")


# ---- Commands, options and their values ----


def test_commands_have_their_summaries(offered: Offer) -> None:
    """As on the help page."""
    kind, rows = offered("")
    assert kind == ":words"
    assert {tuple(row.split("\t")) for row in rows} == {*COMMANDS.items()}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["st"], ["status"]),
        (["p"], ["prompt"]),
        (["--ver"], ["--version"]),
        (["--region", "BR", "st"], ["status"]),
        (["--region=BR", "st"], ["status"]),
        (["--json", "st"], ["status"]),
        (["list", "--act"], ["--actor"]),
        (["list", "--actor", "Tom", "--dir"], ["--director"]),
        (["list", "--actor=Tom", "--dir"], ["--director"]),
        (["prompt", "--mi"], ["--milestones"]),
        (["init", ""], ["bash", "zsh", "fish", "nu", "powershell"]),
        (["init", "f"], ["fish"]),
        (["init", "fish", "--no-p"], ["--no-prompt"]),
        (["list", "--kind", ""], ["film", "series", "season", "special", "short"]),
        (["list", "--kind", "s"], ["series", "season", "special", "short"]),
        (["list", "--kind=f"], ["--kind=film"]),
        (["prompt", "--for", "x"], ["xbar"]),
        (["list", "--region", "b"], sorted(code for code in REGIONS if code.startswith("B"))),
        (["list", "--region=us"], ["--region=US"]),
        (["add", "Thor 5", "--country", "u"], ["UA", "UG", "UM", "US", "UY", "UZ"]),
        (["list", "--from", ""], []),
        (["list", "--from=x"], []),
        (["list", "more"], []),
        (["list", "--actor", "Tom", ""], []),
        (["list", ""], []),
        (["thor", "--reg"], ["--region"]),
        (["", "--reg"], ["--region"]),
        (["to", "--al"], ["--all"]),
        (["list", "--nonsense=x"], []),
    ],
    ids=lambda it: " ".join(it) if it else "-",
)  # fmt: skip
def test_words_of_the_program_are_offered(
    typed: list[str], expected: list[str], offered: Offer
) -> None:
    """In their places, and nowhere else."""
    assert words(offered(*typed)) == expected


def test_table_has_the_options_of_the_commands() -> None:
    """Commands, options, kinds of values and help are click's: none is stale."""
    assert completion_table.main(["--check"]) == 0


def test_every_option_is_written_once_for_each_of_its_meanings() -> None:
    """Commands that share it are in one group, so the table can't grow with each of them."""
    written = [(option, entry) for _, options in OPTIONS for option, entry in options.items()]
    assert len(written) == len({*written})
    groups = [commands for commands, _ in OPTIONS]
    assert len(groups) == len({*groups})


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_offered(command: str, offered: Offer) -> None:
    """With its help."""
    kind, rows = offered(command, "-")
    assert kind == ":words"
    assert [tuple(row.split("\t")) for row in rows] == [
        (name, text) for name, (_, text) in complete.options_of(command).items()
    ]


@pytest.mark.parametrize(
    "typed",
    [
        ["check", ""],
        ["check", "a.toml", "b"],
        ["list", "--catalogue", ""],
        ["list", "--catalogue=x"],
        ["--catalogue", ""],
    ],
    ids=" ".join,
)
def test_files_are_left_to_the_shell(typed: list[str], offered: Offer) -> None:
    """Shells complete files themselves."""
    assert offered(*typed) == (":files", [])


# ---- Names ----


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["actor", "hems"], ["Chris Hemsworth", "Liam Hemsworth"]),
        (["actor", "CHRIS"], ["Chris Hemsworth"]),
        (["actor", "chris h"], ["Chris Hemsworth"]),
        (["actor", "h chr"], ["Chris Hemsworth"]),
        (["actor", "hem l"], ["Liam Hemsworth"]),
        (["actor", "zoe"], ["Zoë Kravitz"]),
        (["actor", "ZOË k"], ["Zoë Kravitz"]),
        (["actor", "ems"], []),
        (["actor", "ana"], ["Ana de Hemel"]),
        (["person", "ana"], ["Ana de Hemel"]),
        (["actor", "chris", "hemsw"], ["Chris Hemsworth", "Liam Hemsworth"]),
        (["to", "thor"], ["Thor 4", "Thor: Love and Thunder"]),
        (["love", "thor"], ["Thor 4", "Thor: Love and Thunder"]),
        (["actor", "hem"], ["Ana de Hemel", "Chris Hemsworth", "Liam Hemsworth"]),
        (["list", "--actor", "taika"], ["Taika Waititi"]),
        (["list", "--director", ""], ["Taika Waititi"]),
        (["list", "--director=ta"], ["--director=Taika Waititi"]),
        (["list", "--platform", ""], ["Disney+", "HBO Max"]),
        (["list", "--platform", "max"], ["HBO Max"]),
        (["list", "--franchise", "uni"], ["Marvel Cinematic Universe"]),
        (["show", "ame"], ["Amélie"]),
        (["ame"], ["Amélie"]),
        (["hems"], ["Chris Hemsworth", "Liam Hemsworth"]),
        (["--json", "audr"], ["Audrey Tautou"]),
        (["qq"], []),
        (["show", "thor"], ["Thor 4", "Thor: Love and Thunder"]),
        (["show", "thor: l"], ["Thor: Love and Thunder"]),
        (["show", "thunder"], ["Thor: Love and Thunder"]),
        (["show", "blow"], [HARMFUL]),
        (["prompt", "--id", "thor-l"], ["thor-love-and-thunder"]),
        (["prompt", "--id", "th"], ["thor-love-and-thunder"]),
        (["prompt", "--id", "love"], ["thor-love-and-thunder"]),
    ],
    ids=lambda it: " ".join(it) if it else "-",
)
def test_names_are_offered_by_the_beginnings_of_their_words(
    typed: list[str], expected: list[str], offered: Offer
) -> None:
    """By any words in any order, without case and accents, like the commands. Twice the same."""
    for _ in range(2):  # From the index, and from a cache file of it.
        kind, names = offered(*typed)
        assert kind in (":names", ":several")
        assert names == expected


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        (["actor", "chr"], ":names"),
        (["actor", "hems"], ":several"),
        (["actor", "h"], ":several"),
        (["actor", ""], ":names"),
        (["show", "thor"], ":names"),
        (["show", "THOR"], ":names"),
        (["show", "$"], ":names"),
        (["show", "zebra"], ":names"),
        (["show", "qqq"], ":names"),
        (["list", "--person=hem"], ":several"),
        (["list", "--title=thor"], ":names"),
    ],
    ids=lambda it: " ".join(it) if isinstance(it, list) else "-",
)
def test_names_that_do_not_begin_as_typed_are_marked(
    typed: list[str], kind: str, offered: Offer
) -> None:
    """What they have in common must not replace the word on the line."""
    assert offered(*typed)[0] == kind


def test_name_that_begins_as_typed_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Then those with such a word; both in alphabetical order."""
    names = ["Adam Young", "Young Ada", "Ada Young", "Young Adam", "Ann Youngblood"]
    names += ["Zoe Abbott", "Ann Zoe Abel"]
    path = catalogue(tmp_path, film("Dune", f"cast = {names}"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert build_names.build_and_complete("zsh", ["actor", "young"]) == 0
    assert capfd.readouterr().out.splitlines() == [
        *(":several", "Young Ada", "Young Adam", "Ada Young", "Adam Young", "Ann Youngblood")
    ]
    assert build_names.build_and_complete("zsh", ["actor", "zoe ab"]) == 0
    assert capfd.readouterr().out.splitlines() == [":several", "Zoe Abbott", "Ann Zoe Abel"]


@pytest.mark.parametrize(
    ("typed", "shell", "expected"),
    [
        (["list", "--director=tai"], "bash", "Taika Waititi"),
        (["list", "--director", "=", "tai"], "bash", "Taika Waititi"),
        (["list", "--director", "="], "bash", "Taika Waititi"),
        (["--json", "list", "--director", "=", "ta"], "bash", "Taika Waititi"),
        (["list", "--director="], "zsh", "--director=Taika Waititi"),
        (["list", "--director=tai"], "fish", "--director=Taika Waititi"),
    ],
)
def test_option_and_its_value_may_be_one_word(
    typed: list[str], shell: str, expected: str, offered: Offer
) -> None:
    """Bash splits it in three, so the value is alone there."""
    assert offered(*typed, shell=shell) == (":names", [expected])


@pytest.mark.parametrize("typed", ["Chris\\ H", "'Chris H", '"chris h'])
def test_bash_sends_words_with_their_quotes(typed: str, offered: Offer) -> None:
    """They aren't part of a name."""
    assert offered("actor", typed, shell="bash") == (":names", ["Chris Hemsworth"])


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("ame", "Amélie"),
        ("Amé", "Amélie"),
        ("ゴジ", "ゴジラ"),
        ("ジラ", "ゴジラ"),
        ("기생", "기생충 2"),
        ("千尋", "千と千尋の神隠し"),
        ("godot", "Waiting for Godot-ot"),
        ("godotot", "Waiting for Godot-ot"),
        ("x-m", "X-Men"),
        ("xm", "X-Men"),
        ("می", "می\u200cخواهم"),
        ("क", "क्\u200dषमा"),
        ("hard", "Hard\u00a0Space"),
        ("$", "$"),
        ("…", "…"),
    ],
)
def test_names_are_those_of_the_catalogue_letter_for_letter(
    typed: str,
    title: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """In every shell, script and spelling, once each, and nothing else."""
    path = catalogue(tmp_path, film(title, id="a") + film("Something Else", id="b"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    first, *others = init.SHELLS
    assert build_names.build_and_complete(first, ["show", typed]) == 0
    assert capfd.readouterr().out == f":names\n{title}\n"
    for shell in others:
        assert complete.run(shell, ["show", typed]) == 0
        assert (shell, capfd.readouterr().out) == (shell, f":names\n{title}\n")


def test_hostile_name_is_not_offered() -> None:
    """A terminal would obey it."""
    names = complete.followed_names((("title", "a\u202eb"), ("title", "a c")), "followed title")
    lines = complete.candidates("zsh", ["unfollow", "--title", "a"], lambda kind, files: names)
    assert lines == [":names", "a c"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["show", "30"], []),
        (["show", "--", "30"], ["-30-"]),
        (["show", "--", "-3"], ["-30-"]),
        (["show", "--", "--he"], []),
        (["list", "--title", "30"], ["-30-"]),
        (["list", "--title=30"], ["--title=-30-"]),
        (["follow", "dash"], ["A-Dash"]),
        (["follow", "x", "--", "-d"], ["-Dash", "A-Dash"]),
    ],
    ids=" ".join,
)  # fmt: skip
def test_name_that_looks_like_an_option_is_offered_where_it_is_none(
    typed: list[str],
    expected: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Behind `--` or as a value; else Enter would be an error."""
    path = catalogue(tmp_path, film("-30-", "cast = ['-Dash', 'A-Dash']", id="thirty"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert build_names.build_and_complete("zsh", typed) == 0
    kind, *names = capfd.readouterr().out.splitlines()
    assert kind == (":several" if len(names) > 1 else ":names")
    assert names == expected


def test_fish_gets_no_names_that_it_would_expand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """It leaves a tilde unquoted, and `~root` is a folder."""
    path = catalogue(tmp_path, film("~root", id="a") + film("Root", id="b"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    for shell, typed, names in (
        ("fish", ["show", "ro"], ["Root"]),
        ("fish", ["list", "--title=ro"], ["--title=Root", "--title=~root"]),
        ("zsh", ["show", "ro"], ["Root", "~root"]),
    ):
        assert build_names.build_and_complete(shell, typed) == 0
        assert capfd.readouterr().out.splitlines()[1:] == names


# ---- Another catalogue on the line ----


@pytest.fixture
def other(tmp_path: Path, stored: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue besides that of the environment, in a folder of HOME that needs quotes."""
    home = tmp_path / "home"
    (home / "my films").mkdir(parents=True)
    path = home / "my films" / "12=a:b.toml"
    path.write_text(f"format = 1\n{film('12 Other Monkeys')}", "utf-8")
    monkeypatch.setenv("HOME", str(home))
    return path


@pytest.mark.parametrize(
    ("shell", "typed"),
    [
        *((shell, ["--catalogue", "{path}", "show", "12"]) for shell in ("zsh", "fish")),
        *((shell, ["show", "--catalogue", "{path}", "12"]) for shell in ("zsh", "fish")),
        ("zsh", ["show", "--catalogue={path}", "mon"]),
        ("zsh", ["show", "--catalogue", "~/my films/12=a:b.toml", "mon"]),
        ("fish", ["show", "--catalogue", "$HOME/my films/12=a:b.toml", "mon"]),
        ("zsh", ["--catalogue", "my films/12=a:b.toml", "--json", "show", "mon"]),
        ("bash", ["show", "--catalogue", "~/my\\ films/12", "=", "a", ":", "b.toml", "mon"]),
        ("bash", ["--catalogue", "=", "'{path}'", "show", "mon"]),
        ("bash", ["--catalogue", '"$HOME/my films/12=a:b.toml"', "show", "'mon"]),
        ("bash", ["--catalogue", "${HOME}/my' films'/12", "=", "a", ":", "b.toml", "show", "mon"]),
    ],
    ids=lambda it: it if isinstance(it, str) else " ".join(it),
)
def test_catalogue_on_the_line_is_the_one_that_names_come_from(
    shell: str,
    typed: list[str],
    other: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """However it is quoted; from a new index, a fresh one and a cache file."""
    monkeypatch.chdir(other.parents[1])
    words = [word.format(path=other) if "{path}" in word else word for word in typed]
    assert complete.run(shell, words) is None
    assert build_names.build_and_complete(shell, words) == 0
    for _ in range(2):
        assert complete.run(shell, words) == 0
    assert capfd.readouterr().out == ":names\n12 Other Monkeys\n" * 3


def test_catalogues_on_the_line_lie_over_each_other(
    other: Path, stored: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """And without any, names are those of the environment."""
    both = ["--catalogue", str(other), f"--catalogue={stored}"]
    assert build_names.build_and_complete("zsh", [*both, "show", "mon"]) == 0
    assert build_names.build_and_complete("zsh", [*both, "show", "thund"]) == 0
    assert build_names.build_and_complete("zsh", ["show", "mon"]) == 0
    assert build_names.build_and_complete("zsh", ["--catalogue", str(other), "show", "thund"]) == 0
    out = capfd.readouterr().out
    assert out == ":names\n12 Other Monkeys\n:names\nThor: Love and Thunder\n:names\n:names\n"
    for words in ([], both, ["--catalogue", str(other)]):  # Each has a cache file of its own.
        assert complete.run("zsh", [*words, "show", "mon"]) == 0
        assert complete.run("zsh", [*words, "show", "thund"]) == 0
    thor, monkeys, none = (
        ":names\nThor: Love and Thunder\n",
        ":names\n12 Other Monkeys\n",
        ":names\n",
    )
    assert capfd.readouterr().out == none + thor + monkeys + thor + monkeys + none


@pytest.mark.parametrize("name", ["nowhere.toml", "pipe", "folder", "bad.toml", ""])
def test_file_that_is_no_catalogue_offers_nothing(
    name: str, stored: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A pipe isn't read: Tab would wait for its writer, and take what is in it."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "bad.toml").write_text("format = 1\n[[release]]\n")
    words = ["--catalogue", str(tmp_path / name), "show", ""]
    if complete.run("zsh", words) is None:
        assert build_names.build_and_complete("zsh", words) == 0
    assert capfd.readouterr().out in ("", ":names\n")


def test_command_without_that_option_keeps_its_names(other: Path, offered: Offer) -> None:
    """`countdown edit` changes the user's own catalogue."""
    assert offered("edit", f"--catalogue={other}", "th") == (":names", ["thor-love-and-thunder"])


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("plain", "plain"),
        ("a\\ b", "a b"),
        ("'a \\ b'", "a \\ b"),
        ('"a \\$ \\x"', "a $ \\x"),
        ("\"open '", "open '"),
        ("'open \"", 'open "'),
        ("end\\", "end"),
        ("$WORD-${WORD}$", "value-value$"),
        ("'$WORD'", "$WORD"),
        ('"$WORD"', "value"),
        ("$(touch X) ${WORD `touch X` $UNSET_", "$(touch X) ${WORD `touch X` "),
        ("~/x", "{home}/x"),
        ("'~/x'", "~/x"),
    ],
)
def test_word_of_bash_is_unquoted_and_nothing_is_run(
    word: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As bash itself would, but for what is no word or variable."""
    monkeypatch.setenv("WORD", "value")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert typed_words.unquote(word) == text.replace("{home}", str(tmp_path))
    assert not (tmp_path / "X").exists()


@pytest.mark.parametrize("kind", ["--franchise", "--platform", "--director", "--actor"])
def test_no_names_are_no_candidates(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Not an empty one, either from the index or from a cache file."""
    path = catalogue(tmp_path, film("Dune"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert build_names.build_and_complete("zsh", ["list", kind, ""]) == 0
    for _ in range(2):
        assert complete.run("zsh", ["list", kind, ""]) == 0
    assert capfd.readouterr().out == ":names\n" * 3


def test_at_most_200_names_are_offered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The first of them, by name."""
    names = [f"Ann {number:04}" for number in range(500)]
    path = catalogue(tmp_path, film("Dune", f"cast = {names}"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert build_names.build_and_complete("bash", ["actor", "a"]) == 0
    assert capfd.readouterr().out.splitlines()[1:] == names[:200]


def test_edit_of_a_catalogue_is_seen_by_the_next_tab(offered_here: Offer, stored: Path) -> None:
    """The cached names aren't used any more."""
    assert offered_here("actor", "hems")[1] == ["Chris Hemsworth", "Liam Hemsworth"]
    stored.write_text(f"format = 1\n{film('Dune')}")
    assert complete.run("zsh", ["actor", "hems"]) is None


@pytest.mark.parametrize("letter", [b"Chris Hemsworth", b" chris hemsworth"])
def test_damaged_names_are_read_from_the_index_again(letter: bytes, offered_here: Offer) -> None:
    """One wrong letter in a cache file would be one in the command line."""
    expected = offered_here("actor", "hemsw")
    (path,) = Path(str(paths.cache_folder())).glob("names-*")
    whole = path.read_bytes()
    assert letter in whole
    path.write_bytes(whole.replace(letter, letter[:-1] + b"!"))
    assert offered_here("actor", "hemsw") == expected


def test_names_are_older_than_a_change_that_the_clock_of_files_lags_behind(
    offered_here: Offer, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That clock goes by the tick, so a later change can get an earlier time."""
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)
    offered_here("actor", "hems")
    (path,) = Path(str(paths.cache_folder())).glob("names-*")
    tick = 10_000_000  # ns, of a kernel with 100 of them a second
    os.utime(stored, ns=(now - tick, now - tick))
    assert stored.stat().st_mtime_ns > path.stat().st_mtime_ns


# ---- Where there is no index ----


def entry(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """Run the program as a shell's script does."""
    monkeypatch.setattr(sys, "argv", ["countdown", "_complete", "zsh", *typed])
    assert main() == 0


def test_first_tab_builds_an_index(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """The next one uses it."""
    assert complete.run("zsh", ["actor", "chris"]) is None
    entry(monkeypatch, "actor", "chris")
    assert capfd.readouterr().out == ":names\nChris Hemsworth\n"
    entry(monkeypatch, "actor", "chris")
    assert capfd.readouterr().out == ":names\nChris Hemsworth\n"
    assert complete.run("zsh", ["actor", "chris"]) == 0


@pytest.mark.parametrize(("shell", "prefix"), [("bash", ""), ("zsh", "--actor=")])
def test_shell_gets_candidates_as_it_takes_them(
    shell: str,
    prefix: str,
    stored: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Bash starts a word at the equals sign; with an index and without."""
    words = ["countdown", "_complete", shell, "list", "--actor=chris"]
    monkeypatch.setattr(sys, "argv", words)
    for _ in range(2):
        assert main() == 0
        assert capfd.readouterr().out == f":names\n{prefix}Chris Hemsworth\n"


def test_commands_are_offered_without_an_index(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """They are in a table."""
    entry(monkeypatch, "sho")
    assert capfd.readouterr().out.startswith(":words\nshow\t")
    assert not Path(str(paths.cache_folder())).exists()


def test_bad_catalogue_has_no_names(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """And nothing is printed over the line that is being typed."""
    stored.write_text("format = 1\n[[release]]\n")
    entry(monkeypatch, "actor", "chris")
    assert capfd.readouterr() == ("", "")


def test_names_are_offered_without_a_home(
    stored: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """From an index in memory."""
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    entry(monkeypatch, "actor", "chris")
    assert capfd.readouterr().out == ":names\nChris Hemsworth\n"


# ---- In the shells ----

# zsh without the completions of other programs, which it reads for half a second.
FEW = sample("fpath=(${(M)fpath:#*/(Base|Zsh|Completion|Misc|functions|site-functions)}); ", of="")
REGISTERED = {
    "bash": "complete -p release-countdown",
    "zsh": "echo $_comps[release-countdown]",
    "fish": "complete -c release-countdown",
}


@pytest.mark.parametrize("shell", where_installed(*zip(REGISTERED)))
def test_both_names_of_the_program_are_completed(shell: str, tmp_path: Path) -> None:
    """The long one is for machines on which another program is called countdown."""
    script = tmp_path / "script"
    script.write_text(init.completion(shell), "utf-8")
    setup = f"{FEW}autoload -Uz compinit; compinit -u -D;" if shell == "zsh" else ""
    wire = "_countdown_wire;" if shell == "zsh" else ""
    command = f"{setup} source {script}; {wire} {REGISTERED[shell]}"
    plain = {"bash": ["--norc"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    ran = subprocess.run([shell, *plain, "-c", command], capture_output=True, text=True, check=True)
    assert "countdown_complete" in ran.stdout


ENTER = "\r"


class Terminal:
    """A shell in a pseudo-terminal, with a `countdown` that prints its words in <>."""

    def __init__(self, shell: str, folder: Path, setup: str) -> None:
        start = {
            "bash": ["bash", "--norc", "--noprofile", "-i"],
            "zsh": ["zsh", "-f", "-i"],
            "fish": ["fish", "--no-config", "-i"],
        }[shell]
        if shell == "fish":
            setup += "\nfunction countdown; printf '<%s>' $argv; echo; end"
            setup += "\nfunction fish_prompt; printf 'READY> '; end"
        else:
            setup += "\ncountdown() { printf '<%s>' \"$@\"; echo; }\nPS1='READY> ' PROMPT='READY> '"
        script = folder / "setup"
        script.write_text(setup + "\n")
        self.child: pexpect.spawn[str] = pexpect.spawn(
            start[0],
            start[1:],
            cwd=str(folder),
            dimensions=(50, 200),
            encoding="utf-8",
            codec_errors="replace",
            timeout=12,
        )
        self.child.delaybeforesend = None
        self.child.send(f"source {script}; echo SET''UP{ENTER}")
        self.child.expect("SETUP\r")
        self.child.expect("READY> ")

    def typed(self, keys: str, *, then: str) -> str:
        """The words of `countdown` after *keys* are typed, *then* is shown, and Enter pressed."""
        self.child.send(keys)
        self.child.expect(re.escape(then))
        self.child.send(ENTER)
        self.child.expect(r"\n[^\n]*?(<[^\r\n]*>)\r")
        assert isinstance(self.child.match, re.Match)
        expected: str = self.child.match.group(1)
        self.child.expect("READY> ")
        return expected


SETUPS = [
    ("bash", 'eval "$(countdown init bash)"'),
    ("bash", 'set -u; eval "$(countdown init bash --completion-only)"'),
    ("zsh", f'{FEW}autoload -U compinit; compinit -u -D; eval "$(countdown init zsh)"'),
    ("zsh", 'eval "$(countdown init zsh)"; autoload -U compinit; compinit -u -D'),
    ("zsh", 'eval "$(countdown init zsh --completion-only)"; autoload -U compinit; compinit -u -D'),
    ("fish", "countdown init fish | source"),
    ("fish", "countdown init fish --completion-only | source"),
]


ONE_EACH = [next(setup for setup in SETUPS if setup[0] == shell) for shell in REGISTERED]


@pytest.fixture(
    scope="module",
    params=[pytest.param(setup, marks=needs(setup[0])) for setup in sample(ONE_EACH, of=SETUPS)],
    ids=[f"{shell}-{number}" for number, (shell, _) in enumerate(sample(ONE_EACH, of=SETUPS))],
)
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Terminal, Path]]:
    """Each shell with the script of `countdown init`, and its folder."""
    shell, setup = request.param
    folder = tmp_path_factory.mktemp("complete")
    (folder / "hall").mkdir()
    (folder / "other").mkdir()
    (folder / "other" / "my films.toml").write_text(f"format = 1\n{film('12 Monkeys')}", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        patch.setenv("COUNTDOWN_CATALOGUE", str(catalogue(folder, TABLES)))
        patch.setenv("HOME", str(folder))
        folder_of_program = program(folder, may_be_preloaded=True).parent
        patch.setenv("PATH", f"{folder_of_program}:{os.environ['PATH']}")
        patch.setenv("TERM", "dumb" if shell == "fish" else "xterm")
        build_names.build_and_complete(shell, ["show", ""])
        terminal = Terminal(shell, folder / "hall", setup)
    yield shell, terminal, folder / "hall"
    hang_up(terminal.child)


@pytest.fixture
def terminal(opened: tuple[str, Terminal, Path]) -> Iterator[tuple[str, Terminal]]:
    """The shell, shared by tests; nothing may run in its folder."""
    shell, terminal, folder = opened
    yield shell, terminal
    assert {path.name for path in folder.iterdir()} == {"setup"}


def test_tab_completes_commands_and_options(terminal: tuple[str, Terminal]) -> None:
    """To words of the program."""
    _, opened = terminal
    assert opened.typed("countdown sta\t", then="tus") == "<status>"
    assert opened.typed("countdown list --rever\t", then="se") == "<list><--reverse>"


def test_tab_puts_a_name_into_the_line_as_one_word(terminal: tuple[str, Terminal]) -> None:
    """Of a person or a title, by any of its words, with its spaces quoted."""
    shell, opened = terminal
    expected = opened.typed("countdown actor chr\t", then="is\\ Hemsworth")
    assert expected == "<actor><Chris Hemsworth>"
    assert opened.typed("countdown actor waiti\t", then="Waititi") == "<actor><Taika Waititi>"
    expected = opened.typed("countdown show thun\t", then="Thunder")
    assert expected == "<show><Thor: Love and Thunder>"
    typed = "am" if shell == "fish" else "ame"  # Fish drops names unlike the word on the line.
    assert opened.typed(f"countdown show {typed}\t", then="lie") == "<show><Amélie>"


def test_tab_heeds_the_catalogue_on_the_line(terminal: tuple[str, Terminal]) -> None:
    """Behind `~`, in quotes, and after an equals sign."""
    _, opened = terminal
    for file in (
        "~/other/my\\ films.toml",
        '"$HOME/other/my films.toml"',
        "../other/my\\ films.toml",
    ):
        expected = opened.typed(f"countdown --catalogue {file} show mon\t", then="Monkeys")
        assert expected.endswith("<show><12 Monkeys>")
    expected = opened.typed(
        "countdown --catalogue='../other/my films.toml' show mon\t", then="Monkeys"
    )
    assert expected == "<--catalogue=../other/my films.toml><show><12 Monkeys>"


def test_tab_keeps_what_was_typed_if_names_begin_otherwise(
    terminal: tuple[str, Terminal],
) -> None:
    """The first Tab; else `hems` would be gone. fish has a way of its own."""
    shell, opened = terminal
    if shell == "fish":
        return
    opened.child.send("countdown actor hems\t")
    opened.child.expect("\a" if shell == "bash" else "Liam.* Hemsworth")
    assert opened.typed("x", then="x") == "<actor><hemsx>"
    opened.child.send("countdown actor hems\t\t")
    opened.child.expect("Chris.* Hemsworth +Liam.* Hemsworth")
    assert opened.typed("\x15countdown next", then="next") == "<next>"


def test_tab_puts_the_value_of_an_option_into_the_line(terminal: tuple[str, Terminal]) -> None:
    """After an equals sign too."""
    _, opened = terminal
    expected = opened.typed("countdown list --director tai\t", then="Waititi")
    assert expected == "<list><--director><Taika Waititi>"
    expected = opened.typed("countdown list --director=tai\t", then="Waititi")
    assert expected == "<list><--director=Taika Waititi>"


@pytest.mark.parametrize("quote", ["", "'", '"'], ids=["bare", "single", "double"])
def test_tab_quotes_what_would_run_otherwise(quote: str, terminal: tuple[str, Terminal]) -> None:
    """After Enter, a hostile title is one word, as in the catalogue."""
    _, opened = terminal
    assert opened.typed(f"countdown show {quote}blow\t", then="exit") == f"<show><{HARMFUL}>"
    assert opened.typed(f"countdown show {quote}zeb\t", then="stripes") == f"<show><{HISTORIC}>"
    expected = opened.typed(f"countdown list --title={quote}zeb\t", then="stripes")
    assert expected == f"<list><--title={HISTORIC}>"


def test_tab_quotes_a_variable_in_a_name(terminal: tuple[str, Terminal]) -> None:
    """Else the shell would expand it."""
    _, opened = terminal
    assert opened.typed("countdown show vari\t", then="able") == "<show><$HOME ${IFS} variable>"
