"""`countdown refresh`, with providers that are functions of the tests."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from countdown import paths
from countdown.cli import progress, timer
from countdown.net.answers import Failure
from countdown.refresh import network
from tests.cli.conftest import World, film
from tests.programs import needs
from tests.replay import Replay
from tests.replay import film as item
from tests.test_schemas import misfits

NOTHING = "TVmaze\tNot asked. It knows nothing in your catalogues.\n"
OFFLINE = Failure("offline", "https://www.wikidata.org can't be reached.")
DUNE = film("dune", "2026-12-18") + '\nids = { wikidata = "Q1" }'


class Opened:
    """What `open_fetcher` opens: it fetches from a replay."""

    def __init__(self, replay: Replay) -> None:
        self.fetch = replay.fetch


@pytest.fixture
def replay(monkeypatch: pytest.MonkeyPatch) -> Replay:
    """The providers that the program asks."""
    made = Replay(item("Q1", "Dune", "2026-12-18", cast=("Q9",)), item("Q9", "Ana", kind="Q5"))

    @contextmanager
    def opened(now: Callable[[], datetime], contact: str | None) -> Iterator[Opened]:
        assert now().tzinfo is not None
        assert contact is None
        yield Opened(made)

    monkeypatch.setattr(network, "open_fetcher", opened)
    return made


@pytest.fixture
def dune(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """A world with a film that Wikidata knows, in what is taken for the built-in catalogue."""
    monkeypatch.delenv("COUNTDOWN_CATALOGUE")
    monkeypatch.setattr(paths, "shipped", lambda name: str(world.path))
    world.says(DUNE)
    return world


def test_move_is_told_in_the_words_of_news(dune: World, replay: Replay) -> None:
    """Once: `news` has it from then on. The first layer of a source is no news."""
    dune.says(film("dune") + '\nids = { wikidata = "Q1" }')
    dune("refresh")
    dune.later(1)
    replay.items["Q1"] = item("Q1", "Dune", "2027-03-05", revision=2)
    ran = dune("refresh")
    assert ran.out.startswith("23 Nov 2026\tDune\tdelayed\t18 Dec 2026\t5 Mar 2027\t+11 weeks\t")
    assert ran.out.endswith("Wikidata\t1 read, 1 changed.\n" + NOTHING)
    dune.later(1)
    replay.items["Q1"] = item("Q1", "Dune", revision=3)
    document = json.loads(dune("refresh", "--json").out)
    assert misfits(document) == []
    assert [change["what"] for change in document["changes"]] == ["withdrawn"]
    assert "Dune" in dune("news").out
    assert json.loads(dune("refresh", "--json").out)["changes"] == []


def test_table_has_signs(dune: World, replay: Replay) -> None:
    """What went well, what didn't, and what wasn't asked."""
    replay.breakage = lambda url: OFFLINE
    shown = dune("refresh", "--format", "table").out
    assert "! Wikidata  Failed: https://www.wikidata.org can't be reached." in shown
    assert "· TVmaze    Not asked." in shown


def test_many_changes_leave_room_for_the_sources(dune: World, tmp_path: Path) -> None:
    """Those of what is followed are among the first eight; a pipe has all of them."""
    path = tmp_path / "many.toml"

    def many(count: int) -> None:
        tables = (f"[[release]]\n{film(f'film-{number}')}\n" for number in range(count))
        path.write_text("format = 2\n" + "".join(tables))

    many(1)
    dune("source", "add", str(path), "--name", "many", "--yes")
    dune("follow", "--title", "film-9")
    dune("list")
    many(13)
    dune.later(1)
    ran = dune("refresh", "many", "--format", "table")
    assert ran.out.count("is new") == 8
    assert "Film-9" in ran.out
    assert "and 4 more  countdown news" in ran.out
    assert ran.out.index("and 4 more") < ran.out.index("Sources")
    many(20)
    dune.later(1)
    assert dune("refresh", "many").out.count("\tnew\t") == 7


def test_what_is_held_back_names_the_command_that_uses_it(dune: World, tmp_path: Path) -> None:
    """As long as it is; then all is well again."""
    path = tmp_path / "few.toml"
    tables = [f"[[release]]\n{film(f'film-{number}')}\n" for number in range(3)]
    path.write_text("format = 2\n" + "".join(tables))
    dune("source", "add", str(path), "--name", "few", "--yes")
    path.write_text("format = 2\n" + tables[0])
    dune.later(1)
    ran = dune("refresh", "few", "--dry-run")
    assert ran.code == 6
    assert ran.out == "few\tWould be held back: It has lost 2 of 3 releases. 1 read, 3 kept.\n"
    assert "Held back" not in dune("source", "show", "few").out
    for words in (("refresh", "few"), ("refresh", "few", "--due")):
        ran = dune(*words)
        assert ran.code == 6
        assert ran.out.startswith("few\tHeld back: It has lost 2 of 3 releases. ")
        assert ran.out.endswith("To use it: countdown source accept few\n")
    dune("source", "accept", "few")
    assert dune("refresh", "few").code == 0


def test_refresh_ends_with_a_line_for_each_source(dune: World, replay: Replay) -> None:
    """And the second one says that nothing changed."""
    ran = dune("refresh")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("Wikidata\t1 read, 1 changed.\n" + NOTHING)
    dune.later(1)
    ran = dune("refresh", "wikidata", "wikidata")
    assert (ran.code, ran.out) == (0, "Wikidata\tNothing changed, 1 kept.\n")


def test_source_that_is_not_there_is_named(dune: World, replay: Replay) -> None:
    """With those that are."""
    ran = dune("refresh", "imdb")
    assert ran.code == 2
    assert ran.err == 'There\'s no source "imdb". Choose from: wikidata, tvmaze.\n'
    assert replay.asked == []


def test_without_any_source_there_is_nothing_to_do(dune: World, replay: Replay) -> None:
    """The user has switched them off."""
    path = Path(paths.config_file() or "")
    path.parent.mkdir(parents=True, exist_ok=True)
    off = '[[source]]\nname = "{}"\nenabled = false\n'
    path.write_text(off.format("wikidata") + off.format("tvmaze"), "utf-8")
    assert dune("refresh").code == 0
    assert "config.toml switches all off" in dune("refresh", "tvmaze").err


@pytest.mark.parametrize("how", ["option", "variable"])
def test_offline_asks_nobody_and_keeps_everything(
    how: str, dune: World, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor does it count as a failure, after which sources would be left alone."""
    dune("refresh")
    files = {path: path.read_bytes() for path in Path(paths.state_folder() or "").rglob("*.toml")}
    replay.asked.clear()
    if how == "variable":
        monkeypatch.setenv("COUNTDOWN_OFFLINE", "1")
    dune.later(1)
    ran = dune("refresh", *(["--offline"] if how == "option" else []))
    assert (ran.code, replay.asked) == (4, [])
    assert ran.out == "Wikidata\tFailed: The network is switched off. 1 kept.\n" + NOTHING
    assert {path: path.read_bytes() for path in files} == files
    monkeypatch.delenv("COUNTDOWN_OFFLINE", raising=False)
    assert dune("refresh", "--due").code == 0


def test_exit_code_says_whether_all_answered(dune: World, replay: Replay) -> None:
    """4 if none did, 6 if some failed."""
    replay.breakage = lambda url: OFFLINE
    ran = dune("refresh")
    assert ran.code == 4
    assert "Wikidata\tFailed: https://www.wikidata.org can't be reached." in ran.out
    series = 'id = "x"\ntitle = "X"\nkind = "series"\nids = { tvmaze = 82 }'
    dune.says(DUNE, series)
    replay.breakage = lambda url: OFFLINE if "tvmaze" in url else None
    assert dune("refresh").code == 6
    dune.later(0.01)
    ran = dune("refresh", "--due", "tvmaze")
    assert (ran.code, ran.out) == (0, "TVmaze\tNot asked. Not due yet.\n")


def test_source_that_wants_to_be_left_alone_is_no_success(dune: World, replay: Replay) -> None:
    """Nor is it while it isn't asked for that."""
    replay.breakage = lambda url: Failure("too many requests", "It is asked too often.", 429, 900)
    for _ in range(2):
        ran = dune("refresh", "wikidata")
        assert (ran.code, ran.out) == (4, "Wikidata\tStopped: It is asked too often.\n")
        replay.breakage = lambda url: None
    dune.later(1)
    assert dune("refresh", "wikidata").code == 0


def test_dry_run_keeps_nothing(dune: World, replay: Replay) -> None:
    """The next refresh does the same again."""
    for _ in range(2):
        assert "Wikidata\t1 read, 1 changed." in dune("refresh", "--dry-run").out
    assert not [*Path(paths.state_folder() or "").rglob("sources*")]


@pytest.mark.parametrize("options", [[], ["--due"], ["--force"]])
def test_own_catalogue_with_a_stray_sign_loses_nothing(
    options: list[str], dune: World, replay: Replay
) -> None:
    """What is tracked in it stays in the layer until it can be read again; a line says so."""
    replay.items["Q2"] = item("Q2", "Thor", "2027-05-01")
    dune("track", "Q2", "--yes")
    dune("refresh")
    layer = Path(paths.state_folder() or "") / "sources" / "wikidata.toml"
    assert "Thor" in layer.read_text("utf-8")
    own = Path(paths.user_catalogue() or "")
    text = own.read_text("utf-8")
    own.write_text(f"{text}[[rel", "utf-8")
    dune.later(1)
    ran = dune("refresh", *options)
    assert ran.err == (
        "Your catalogue can't be read, so it's left out. To see why: countdown check\n"
    )
    assert "Thor" in layer.read_text("utf-8")
    assert "removed" not in ran.out
    own.write_text("", "utf-8")
    dune("refresh")
    assert "Thor" not in layer.read_text("utf-8")


def test_json_keeps_the_contract(dune: World, replay: Replay) -> None:
    """Each source has an outcome."""
    replay.items["Q1"]["labels"] = {}
    ran = dune("refresh", "--json")
    document = json.loads(ran.out)
    assert misfits(document) == []
    first, second = document["sources"]
    assert first["outcome"] == "unchanged"
    assert first["skipped"] == ["Q1: has no title"]
    assert first["next"] == "2026-11-22T13:00:00Z"
    assert (second["name"], second["outcome"]) == ("tvmaze", "skipped")


def test_refresh_without_a_home_is_refused(
    dune: World, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nowhere to put what it reads."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_STATE_HOME")
    assert dune("refresh").err == "There's no home folder for what sources say. Set HOME.\n"


def test_database_that_is_locked_is_named(
    dune: World, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a traceback."""
    import sqlite3

    def locked(*_: object, **__: object) -> object:
        raise sqlite3.OperationalError("database is locked")

    monkeypatch.setattr("countdown.refresh.run.open_state", locked)
    ran = dune("refresh")
    assert (ran.code, ran.err) == (1, "Can't remember what sources said: database is locked.\n")


def test_day_of_the_user_is_not_that_of_the_network(
    dune: World, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--as-of isn't taken; with the variable, nothing is new."""
    assert dune("refresh", "--as-of", "2020-01-01").code == 2
    monkeypatch.setenv("COUNTDOWN_TODAY", "2020-01-01")
    assert json.loads(dune("refresh", "--json").out)["changes"] == []


def test_every_source_says_how_far_it_is(
    dune: World, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For a bar on a terminal, or a line for a screen reader."""
    steps: list[tuple[object, ...]] = []

    @contextmanager
    def told(*, is_accessible: bool) -> Iterator[Callable[..., None]]:
        yield lambda *step: steps.append((is_accessible, *step))

    monkeypatch.setattr(progress, "of_sources", told)
    dune("refresh")
    assert steps[:2] == [(False, "Wikidata", 0, 0), (False, "Wikidata", 0, 1)]
    dune("refresh", "--accessible", "--force")
    assert (True, "Wikidata", 0, 1) in steps


# ---- The timer ----


def test_timer_names_the_program_by_its_whole_path(
    dune: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cron has another PATH; `%` and `$` mean something there."""
    program = tmp_path / "my 100% $HOME" / "countdown"
    program.parent.mkdir()
    program.write_text("")
    program.chmod(0o755)
    monkeypatch.setattr("sys.argv", [str(program)])
    text = dune("refresh", "--timer").out
    assert rf"* * * '{tmp_path}/my 100\% $HOME/countdown' refresh --due >/dev/null" in text
    assert f'ExecStart="{tmp_path}/my 100%% $$HOME/countdown" refresh --due' in text
    monkeypatch.setattr("sys.argv", ["nowhere"])
    assert " -m countdown refresh --due" in timer.lines()


@needs("systemd-analyze")
def test_systemd_takes_the_timer(dune: World, tmp_path: Path) -> None:
    """The two files are cut out at their names."""
    parts = dune("refresh", "--timer").out.split("# ~/.config/systemd/user/")[1:]
    for part in parts:
        name, _, text = part.partition("\n")
        (tmp_path / name).write_text(text.replace(" refresh --due", ""), "utf-8")
    units = [str(path) for path in tmp_path.glob("countdown-refresh.*")]
    assert len(units) == 2
    run = subprocess.run(
        ["systemd-analyze", "--user", "verify", *units], capture_output=True, text=True, check=False
    )
    assert [line for line in run.stderr.splitlines() if "countdown-refresh" in line] == []
