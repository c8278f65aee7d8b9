"""`countdown prompt`: one line, the same by the light path and with click."""

import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from countdown import cache, files, paths
from countdown.cli import group
from countdown.entry import main
from countdown.index import ask, store
from countdown.index.ask import ask_fresh_index, watched_files
from countdown.prompt import answer as prompt
from countdown.prompt.options import READERS
from countdown.stamps import CatalogueFiles
from tests.cli.conftest import JULY
from tests.prompt.fixtures import aged, catalogue, film, python

THOR = "Thor: Love and Thunder"
Light = Callable[..., str | None]
Long = Callable[..., tuple[int, str, str]]


def forget() -> None:
    """Remove all cache files."""
    folder = paths.cache_folder()
    assert folder is not None
    for path in Path(folder).glob("prompt-*"):
        path.unlink()


def cache_files() -> list[Path]:
    """The prompt's cache files."""
    folder = paths.cache_folder()
    assert folder is not None
    return sorted(Path(folder).glob("prompt-*"))


@pytest.fixture
def light(capfd: pytest.CaptureFixture[str]) -> Light:
    """Runs the light path; gives its output, or None if it leaves the answer to click."""

    def ran(*words: str) -> str | None:
        code = prompt.run([*words])
        out, err = capfd.readouterr()
        assert err == ""
        assert code in (None, 0)
        assert code == 0 or out == ""
        return out if code == 0 else None

    return ran


@pytest.fixture
def long(capfd: pytest.CaptureFixture[str]) -> Long:
    """Runs click's path without cache files; gives exit code, stdout and stderr."""

    def ran(*words: str) -> tuple[int, str, str]:
        forget()
        code = group.run(("prompt", *words))
        out, err = capfd.readouterr()
        return code, out, err

    return ran


@pytest.fixture
def july(indexed_july: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """4 July 2022 in the United States, with the catalogue and the index of that day."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(JULY))
    indexed()


def indexed() -> None:
    """Build the index of the catalogues in use."""
    from countdown import environment

    layers = CatalogueFiles(*environment.catalogues())
    store.connect(layers, folder=paths.cache_folder(), now=time.time_ns()).close()


Made = Callable[[str], Path]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """A catalogue of [[release]] tables with its index, on 4 July 2022."""

    def make(tables: str) -> Path:
        path = catalogue(tmp_path, tables)
        monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
        monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
        indexed()
        return path

    return make


# ---- The answer ----

QUESTIONS = [  # words, and the answer on 4 July 2022
    ([], f"{THOR} 4d\n"),
    (["--count", "3"], f"{THOR} 4d, The Gray Man 18d, Andor 58d\n"),
    (["--count=2", "--format={title}: {date}"], f"{THOR}: 8 Jul 2022, The Gray Man: 22 Jul 2022\n"),
    (["--format", "{days}|{stage}|{platform}"], None),
    (["--max-width", "12"], "Thor: L.. 4d\n"),
    (["--within", "4d"], f"{THOR} 4d\n"),
    (["--within", "3d"], ""),
    (["--within", "0w"], ""),
    (["--within", "1m"], f"{THOR} 4d\n"),
    (["--id", "andor", "--within", "1m"], ""),
    (["--id", "andor", "--within", "2m"], "Andor 58d\n"),
    (["--id", "andor", "--within", "1y"], "Andor 58d\n"),
    (["--within", "9999y"], f"{THOR} 4d\n"),
    (["--milestones", "100,30,7,1,0"], ""),
    (["--milestones", "7,4"], f"{THOR} 4d\n"),
    (["--milestones", "18"], "The Gray Man 18d\n"),
    (["--milestones", "18", "--within", "10d"], ""),
    (["--actor", "hemsworth"], f"{THOR} 4d\n"),
    (["--actor", "gosling"], "The Gray Man 18d\n"),
    (["--actor", "gosling", "--actor", "diego luna"], "The Gray Man 18d\n"),
    (["--actor", "gosling", "--title", "thor"], ""),
    (["--director", "villeneuve"], "Dune: Part Two 501d\n"),
    (["--person", "diego luna"], "Andor 58d\n"),
    (["--title", "amor e trovao"], f"{THOR} 4d\n"),
    (["--title", "thor"], ""),  # That is the name of another, which is out.
    (["--title", "thor love"], f"{THOR} 4d\n"),
    (["--platform", "disney"], None),
    (["--franchise", "MCU"], f"{THOR} 4d\n"),
    (["--franchise", "star wars"], "Andor 58d\n"),
    (["--id", "andor"], None),
    (["--id", "Andor"], ""),
    (["--id", "mandalorian"], ""),
    (["--actor", "nobody of that name"], ""),
    (["--title", ""], ""),
    (["--id", "the-mandalorian-s3"], ""),
    (["--title", "extraction"], ""),
    *((["--for", reader], None) for reader in READERS),
]


@pytest.mark.parametrize(
    ("words", "answer"), QUESTIONS, ids=lambda it: " ".join(it) if isinstance(it, list) else "-"
)
def test_light_answer_is_that_of_click(
    words: list[str], answer: str | None, july: None, light: Light, long: Long
) -> None:
    """And that of the cache file; an unknown name has an empty one."""
    first = light(*words)
    assert first is not None
    assert light(*words) == first
    assert long(*words) == (0, first, "")
    assert light(*words) == first
    assert answer is None or first == answer


@pytest.mark.parametrize("text", ["", "{}", "}"])
def test_template_is_the_same_to_both_paths(
    text: str, july: None, light: Light, long: Long
) -> None:
    """An empty one too."""
    output = light("--format", text)
    code, out, _ = long("--format", text)
    assert (code, output) in ((0, out), (2, None))


ENVIRONMENTS: list[dict[str, str]] = [
    {},
    {"COUNTDOWN_REGION": "US"},
    {"COUNTDOWN_REGION": "br"},
    {"COUNTDOWN_REGION": ""},
    {"LANG": "pt_BR.UTF-8"},
    {"LANG": "pt_BR"},
    {"LC_ALL": "C"},
    {"LC_ALL": "", "LC_CTYPE": "de_DE.utf8", "LANG": "C"},
    {"LC_TIME": "pt_BR"},
    {"LANG": "pt_BR.UTF-8", "LANGUAGE": "de:en"},
    {"LANG": "pt_BR.UTF-8", "COUNTDOWN_REGION": "US"},
    {"COUNTDOWN_TODAY": "2022-07-07"},
    {"COUNTDOWN_TODAY": "2022-07-08"},
    {"COUNTDOWN_TODAY": "2022-07-09"},
    {"COUNTDOWN_TODAY": "2030-01-01"},
    {"COUNTDOWN_TODAY": "0001-01-01"},
    {"COUNTDOWN_TODAY": "2022-07-07", "TZ": "Asia/Tokyo"},
    {"COUNTDOWN_TODAY": "2022-07-08", "TZ": "America/Los_Angeles"},
    {"COUNTDOWN_TODAY": ""},
    {"COUNTDOWN_TIMEZONE": ""},
]


@pytest.mark.parametrize("variables", ENVIRONMENTS, ids=str)
def test_environment_means_the_same_to_both_paths(
    variables: dict[str, str], made: Made, light: Light, long: Long, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Day, region, zone, and the letters of the locale."""
    made(
        film("Amélie", "date = 2022-07-08T04:00:00Z")
        + film(
            "Thor",
            "dates = [{ date = 2022-07-08, region = 'US' }, { date = 2022-07-07, region = 'BR' }]",
        )
    )
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    if "TZ" in variables:
        time.tzset()
    try:
        words = ("--count", "5", "--format", "{title} {left} {date}")
        output = light(*words)
        assert (0, output or "", "") == long(*words)
        assert output == light(*words)
    finally:
        if "TZ" in variables:
            monkeypatch.delenv("TZ")
            time.tzset()


@pytest.mark.parametrize(
    ("variables", "answer"),
    [
        ({}, "Pelé 3d, Thor 4d\n"),
        ({"COUNTDOWN_REGION": "US"}, "Pelé 3d, Thor 4d\n"),
        ({"COUNTDOWN_REGION": "br"}, "Pelé 3d, Thor 3d\n"),
        ({"LANG": "en_US.UTF-8"}, "Pelé 3d, Thor 4d\n"),
        ({"LANG": "en_US"}, "Pele 3d, Thor 4d\n"),
        ({"COUNTDOWN_TODAY": "2022-07-06", "LC_ALL": "C"}, "Pele 1d, Thor 2d\n"),
    ],
    ids=str,
)
def test_answer_is_for_the_users_day_region_and_letters(
    variables: dict[str, str],
    answer: str,
    made: Made,
    light: Light,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """From the environment."""
    made(
        film("Pelé", "date = 2022-07-07")
        + film(
            "Thor",
            "dates = [{ date = 2022-07-08, region = 'US' }, { date = 2022-07-07, region = 'BR' }]",
        )
    )
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert light("--count", "5") == answer


def test_filters_find_what_those_of_next_find(
    july: None, light: Light, capfd: pytest.CaptureFixture[str]
) -> None:
    """The same words by the same rules, for all releases with an exact day."""
    matches = 0
    for option, names in {
        "--actor": ["hems", "chris hemsworth", "luna", "x"],
        "--director": ["waititi", "russo"],
        "--person": ["taika", "gilroy"],
        "--title": ["gray", "thor 4", "dune"],
        "--platform": ["netflix", "disney"],
        "--franchise": ["MCU", "dune", "star"],
    }.items():
        for name in names:
            group.run(("list", "--dated", "--format", "tsv", option, name))
            listed = [row.split("\t") for row in capfd.readouterr().out.splitlines()]
            output = light(option, name, "--count", "50", "--format", "{title}|") or ""
            for title in filter(None, (one.strip(" ,\n") for one in output.split("|"))):
                matches += 1
                assert any(title in " ".join(row) for row in listed)
    assert matches > 10


# ---- A moment of today ----


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock to a number of hours after noon of 4 July 2022, UTC."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()

    def turn(hours: float) -> None:
        noon = datetime(2022, 7, 4, 12, tzinfo=UTC)
        seconds = (noon + timedelta(hours=hours)).timestamp()
        monkeypatch.setattr(time, "time", lambda: seconds)
        monkeypatch.setattr(time, "time_ns", lambda: int(seconds * 1_000_000_000))

    return turn


@pytest.mark.parametrize(
    ("hours", "answer"),
    [
        (-36.5, "Dune 2d"),
        (-12.5, "Dune 18h"),
        (-12, "Dune 18h"),
        (0, "Dune 6h"),
        (0.1, "Dune 5h"),
        (5.5, "Dune 30min"),
        (5.999, "Dune 1min"),
        (6, "Dune out"),
        (11.9, "Dune out"),
        (12, "Thor 4d"),
    ],
)
def test_hours_are_shown_on_the_last_day_by_both_paths(
    hours: float,
    answer: str,
    made: Made,
    light: Light,
    long: Long,
    evening: Callable[[float], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And after it, the next release."""
    path = made(film("Dune", "date = 2022-07-04T18:00:00Z") + film("Thor", "date = 2022-07-09"))
    monkeypatch.delenv("COUNTDOWN_TODAY")
    evening(hours)
    output = long()
    assert output == (0, f"{answer}\n", "")
    forget()
    # Later by the lag of file clocks, which the light path must not apply to the answer.
    evening(hours + cache.FILE_CLOCK_LAG_NS / 3_600_000_000_000)
    assert light() == f"{answer}\n"
    assert path.exists()


def test_cache_file_is_used_until_the_hour_is_over(
    made: Made, light: Light, evening: Callable[[float], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the index; then the answer changes."""
    made(film("Dune", "date = 2022-07-04T18:00:00Z"))
    monkeypatch.delenv("COUNTDOWN_TODAY")
    monkeypatch.setattr(ask, "watched_files", lambda *files: [])
    evening(0.5)
    assert light() == "Dune 5h\n"
    with monkeypatch.context() as patch:
        patch.setattr(prompt, "_from_index", lambda *given: None)
        evening(0.99)
        assert light() == "Dune 5h\n"
        evening(1.01)
        assert light() is None
    assert light() == "Dune 4h\n"


# ---- Where the light path ends ----


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({}, ["--region", "BR"]),
        ({}, ["--as-of", "2022-07-05"]),
        ({}, ["--help"]),
        ({}, ["--count", "0"]),
        ({"COUNTDOWN_TIMEZONE": "Asia/Tokyo"}, []),
        ({"COUNTDOWN_TODAY": "5 July 2022"}, []),
        ({"COUNTDOWN_TODAY": "0000-01-01"}, []),
        ({"COUNTDOWN_REGION": "XX"}, []),
        ({"XDG_CACHE_HOME": "", "HOME": ""}, []),
    ],
    ids=str,
)
def test_other_words_are_left_to_click(
    variables: dict[str, str],
    words: list[str],
    july: None,
    light: Light,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Click reports the error or knows the option."""
    for name, text in variables.items():
        monkeypatch.setenv(name, text)
    assert light(*words) is None


def test_missing_index_is_built_by_click(july: None, light: Light, long: Long) -> None:
    """Then the light path has a cache file to answer from."""
    shutil.rmtree(str(paths.cache_folder()))
    assert light() is None
    assert long("--count", "1")[1] == f"{THOR} 4d\n"
    assert light("--count", "1") == f"{THOR} 4d\n"


def test_damage_found_while_asking_is_left_to_click(july: None) -> None:
    """Click's path builds it again; neither a prompt nor Tab ends in a traceback."""
    folder = paths.cache_folder()
    assert folder is not None

    def damaged(index: sqlite3.Connection) -> str:
        raise sqlite3.DatabaseError("malformed")

    assert ask_fresh_index(lambda index: "whole", folder, prompt.file_clock_now()) is not None
    assert ask_fresh_index(damaged, folder, prompt.file_clock_now()) is None


def test_option_before_the_command_leaves_no_cache_file(july: None, long: Long) -> None:
    """The key of a cache file has the words after the command."""
    folder = paths.cache_folder()
    assert folder is not None
    code = group.run(["--region", "BR", "prompt"])
    assert code == 0
    assert [name for name in os.listdir(folder) if name.startswith("prompt-")] == []
    assert group.run(["--region", "BR", "prompt", prompt.HOOK_OPTION]) == 0  # which no hook says


def test_answer_of_click_is_cached_too(july: None, light: Light, long: Long) -> None:
    """The second time needs no click."""
    words = ("--region", "BR", "--format", "{date}")
    assert light(*words) is None
    code, output, _ = long(*words)
    assert (code, light(*words)) == (0, output)
    assert output == "7 Jul 2022\n"


def test_relative_catalogue_has_a_cache_file_for_each_folder(
    tmp_path: Path, light: Light, long: Long, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same path is another file there."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "r.toml").write_text(f"format = 1\n{film(name, 'date = 2022-07-07')}")
        aged(folder / "r.toml", folder)
        monkeypatch.chdir(folder)
        for variable in ("", "r.toml"):
            monkeypatch.setenv("COUNTDOWN_CATALOGUE", variable)
            words = () if variable else ("--catalogue", "r.toml")
            assert long(*words)[1] == f"{name} 3d\n"
            assert light(*words) == f"{name} 3d\n"


@pytest.mark.parametrize(
    "name",
    [
        *("COUNTDOWN_TODAY", "COUNTDOWN_REGION", "COUNTDOWN_TIMEZONE", "COUNTDOWN_CATALOGUE"),
        *("TZ", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LC_TIME", "LANG", "LANGUAGE", "HOME"),
        *("XDG_CONFIG_HOME", "XDG_DATA_HOME"),
    ],
)
def test_answer_for_another_environment_is_not_used(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of region, zone, language or home, a shell must not show the old line."""
    output = []
    for value in (None, "", "/a", "/b"):
        monkeypatch.delenv(name, raising=False)
        if value is not None:
            monkeypatch.setenv(name, value)
        output.append(cache.answer_key(["--count", "2"]))
    assert len({*output}) == 4


@pytest.mark.parametrize("way", ["two words", "one word", "environment"])
@pytest.mark.parametrize(("file", "count"), [("{}/r.toml", 1), ("r.toml", 2), ("./r.toml", 2)])
def test_catalogue_with_an_absolute_path_has_one_cache_file_for_all_folders(
    way: str, file: str, count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Changing the folder makes no prompt slower, unless it changes the file."""
    file = file.format(tmp_path)
    words = {"two words": ["--catalogue", file], "one word": [f"--catalogue={file}"]}.get(way, [])
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", "" if words else file)
    output = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        output.append(cache.answer_key(["--count", "2", *words]))
    assert len({*output}) == count


def test_folders_of_catalogues_are_watched_but_for_the_shipped_one(tmp_path: Path) -> None:
    """Installing another program beside this one makes no prompt slower."""
    shipped, user_catalogue = paths.shipped("releases.toml"), str(tmp_path / "own.toml")
    matches = [path for path, _ in watched_files((shipped, user_catalogue))]
    assert os.path.dirname(shipped) not in matches
    assert {shipped, user_catalogue, str(tmp_path)} <= {*matches}
    sources = tmp_path / "sources"
    assert str(sources) not in [path for path, _ in watched_files((shipped,), str(sources))]
    sources.mkdir()
    assert str(sources) in [path for path, _ in watched_files((shipped,), str(sources))]


def test_removed_working_folder_is_no_error(
    july: None, tmp_path: Path, light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was removed while the shell was in it."""
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert light() == f"{THOR} 4d\n"
    assert light("--catalogue", "relative.toml") is None


def test_cache_that_cannot_be_written_makes_no_difference_to_the_answer(
    july: None, light: Light, long: Long, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is only slower."""

    def full(old: str, new: str) -> None:
        raise OSError(28, "No space left on device", new)

    monkeypatch.setattr(os, "replace", full)
    assert light() == f"{THOR} 4d\n"
    assert long() == (0, f"{THOR} 4d\n", "")
    assert light("--cache-file") == ""
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    assert group.run(("prompt",)) == 0


@pytest.mark.parametrize("size", [0, 4096, 5000])
def test_damaged_index_is_built_anew(size: int, july: None, light: Light, long: Long) -> None:
    """The light path leaves that to click."""
    (index,) = Path(str(paths.cache_folder())).glob("index-*")
    index.write_bytes(b"x" * size)
    assert light() is None
    assert long() == (0, f"{THOR} 4d\n", "")


def test_edit_of_a_catalogue_is_seen_by_the_next_prompt(
    made: Made, light: Light, long: Long
) -> None:
    """Even if size and time stay, as when an editor moves a new file there."""
    path = made(film("Dune", "date = 2022-07-07"))
    assert light() == "Dune 3d\n"
    new = path.with_suffix(".new")
    new.write_text(path.read_text().replace("07-07", "07-08"))
    aged(new)
    new.replace(path)
    assert light() is None
    assert long()[1] == "Dune 4d\n"


@pytest.mark.parametrize("closed", [False, True])
def test_closed_pipe_ends_in_no_traceback(july: None, closed: bool) -> None:
    """A status bar may be closed meanwhile."""
    with subprocess.Popen(
        python("import sys\nfrom countdown.entry import main\nsys.exit(main())", "prompt"),
        stdout=subprocess.PIPE if not closed else None,
        stderr=subprocess.PIPE,
        preexec_fn=(lambda: os.close(1)) if closed else None,
        text=True,
    ) as child:
        if child.stdout:
            child.stdout.close()
        assert child.stderr is not None
        assert "Traceback" not in child.stderr.read()


# ---- Errors ----


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--count", "0"], '--count: "0" isn\'t a number from 1 to 50'),
        (["--max-width", "3"], '--max-width: "3" isn\'t a number from 4 to 500'),
        (["--within", "1h"], '--within: "1h" isn\'t a time span. Write 90d, 12w, 6m or 1y'),
        (
            ["--milestones", "x"],
            '--milestones: Can\'t read "x" as days. Write some',
        ),
        (["--format", "{name}"], '--format: There\'s no field "{name}". Write {title}, '),
        (["--for", "csh"], '--for: Unknown program "csh". Choose plain, bash, '),
        (["--cuont", "1"], "Unknown option"),
        (["Dune"], 'prompt: Leave out "Dune".'),
        (["--count"], "--count: A value is missing."),
    ],
)
def test_bad_option_is_refused_with_what_would_be_right(
    words: list[str], message: str, july: None, light: Light, long: Long
) -> None:
    """By click, which the light path leaves it to."""
    assert light(*words) is None
    code, out, err = long(*words)
    assert (code, out) == (2, "")
    assert err.startswith(message)
    assert cache_files() == []


def test_bad_catalogue_is_reported_with_its_lines(
    tmp_path: Path, light: Light, long: Long, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As everywhere."""
    path = catalogue(tmp_path, film("Dune", 'date = "soon"'))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert light() is None
    code, out, err = long()
    assert (code, out) == (3, "")
    assert err.startswith(f"{path}:6:")


# ---- For a hook ----


def test_hook_gets_the_path_of_a_cache_file(july: None, light: Light, long: Long) -> None:
    """With the answer: from the light path, from click, and from the cache."""
    (path,) = (light("--cache-file") or "").splitlines()
    assert f"\ntext {THOR} 4d\nend " in Path(path).read_text()
    assert light("--cache-file") == f"{path}\n"
    code, other, _ = long("--cache-file")
    assert code == 0
    assert f"\ntext {THOR} 4d\nend " in Path(other).read_text()
    assert light("--cache-file") == f"{other.strip()}\n"
    assert light() == f"{THOR} 4d\n"


def test_cache_file_is_older_than_what_changes_while_the_clock_of_files_stands(
    made: Made, light: Light, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That clock goes by the tick, so a later change can get an earlier time."""
    path = made(film("Dune", "date = 2022-07-08"))
    aged(path)
    indexed()
    now = time.time_ns()
    monkeypatch.setattr(time, "time_ns", lambda: now)
    cached_path = (light("--cache-file") or "").strip()
    tick = 10_000_000  # ns, of a kernel with 100 of them a second
    os.utime(path, ns=(now - tick, now - tick))
    assert os.stat(path).st_mtime_ns > os.stat(cached_path).st_mtime_ns


def test_hook_gets_the_cache_file_that_another_one_has_just_made(
    july: None, light: Light, capfd: pytest.CaptureFixture[str]
) -> None:
    """Two hundred shells start at the same moment; one does the work."""
    path = (light("--cache-file") or "").strip()
    assert group.run(("prompt", "--cache-file")) == 0
    assert capfd.readouterr().out == path


@pytest.mark.parametrize("what", ["catalogue", "region"])
def test_hook_gets_no_error(
    what: str, tmp_path: Path, light: Light, long: Long, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It gets an empty cache file, and doesn't ask again until a file changes."""
    day = "soon" if what == "catalogue" else "2022-07-07"
    path = catalogue(tmp_path, film("Dune", f'date = "{day}"'))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    if what == "region":
        monkeypatch.setenv("COUNTDOWN_REGION", "XX")
    monkeypatch.setenv("COUNTDOWN_TODAY", "2022-07-04")
    code, out, err = long("--cache-file")
    assert (code, err) == (0, "")
    lines = Path(out).read_text().splitlines()
    assert not any(line.startswith("text") for line in lines)
    assert any(line.endswith(str(path)) for line in lines)
    assert light("--cache-file") == f"{out}\n"
    path.write_text(f"format = 1\n{film('Dune', 'date = 2022-07-08')}")
    assert light("--cache-file") is None


@pytest.mark.parametrize("words", [[], ["--count", "1"]])
def test_user_gets_the_error_that_a_hook_did_not_get(
    words: list[str],
    tmp_path: Path,
    light: Light,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The empty answer to an error is for hooks alone."""
    path = catalogue(tmp_path, film("Dune", 'date = "soon"'))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    assert group.run(("prompt", "--cache-file", *words)) == 0
    assert capfd.readouterr().out == str(cache_files()[0])
    assert light(*words) is None


def test_hook_without_a_cache_folder_gets_no_answer(
    july: None, long: Long, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Else a shell would ask at every prompt."""
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert group.run(("prompt", "--cache-file")) == 0
    monkeypatch.setenv("XDG_CACHE_HOME", "")
    monkeypatch.setenv("HOME", "")
    assert group.run(("prompt", "--cache-file")) == 0


@pytest.mark.parametrize("released", [False, True])
def test_hook_waits_for_another_one_briefly(
    released: bool,
    july: None,
    long: Long,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """If that isn't ready then, this shell shows its prompt without an answer."""
    import fcntl

    folder = str(paths.cache_folder())
    handle = files.open_lock(os.path.join(folder, "prompt.lock"))
    fcntl.flock(handle, fcntl.LOCK_EX)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        if released and len(waits) == 3:
            fcntl.flock(handle, fcntl.LOCK_UN)

    monkeypatch.setattr(time, "sleep", wait)
    try:
        code, out, err = long("--cache-file")
    finally:
        os.close(handle)
    assert (code, err) == (0, "")
    assert (out != "") == released
    assert len(waits) == 3 if released else sum(waits) == pytest.approx(0.5)


def test_hook_goes_on_if_something_else_has_the_name_of_the_lock(july: None, long: Long) -> None:
    """Then hooks don't wait for each other."""
    Path(str(paths.cache_folder()), "prompt.lock").symlink_to("/nowhere")
    code, out, err = long("--cache-file")
    assert (code, err) == (0, "")
    assert Path(out).is_file()


BEHIND = """\
import sys
from countdown.cli.group import run\nfrom countdown.commands import prompt
prompt._MAX_WAIT_BYTES = 0
sys.exit(run(sys.argv[1:]))
"""


def test_big_catalogue_is_indexed_in_the_background(
    made: Made, light: Light, tmp_path: Path
) -> None:
    """The shell shows its prompt at once, and the answer at a later one."""
    made(film("Dune", "date = 2022-07-07"))
    shutil.rmtree(str(paths.cache_folder()))
    done = subprocess.run(
        python(BEHIND, "prompt", "--cache-file"),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (done.stdout, done.stderr) == ("", "")
    deadline = time.monotonic() + 30
    while light() is None and time.monotonic() < deadline:
        os.sched_yield()
    assert light() == "Dune 3d\n"
    assert cache_files()


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """The command line of this process."""

    def say(*given: str) -> None:
        monkeypatch.setattr(sys, "argv", ["countdown", *given])

    import gc

    yield say
    gc.enable()  # What `main` froze stays frozen, like all tests: see tests/conftest.py.


def test_entry_takes_the_light_path_or_else_click(
    july: None, words: Callable[..., None], capfd: pytest.CaptureFixture[str]
) -> None:
    """The output is the same."""
    for given in (("prompt",), ("prompt", "--as-of", "2022-07-04")):
        words(*given)
        assert main() == 0
        assert capfd.readouterr() == (f"{THOR} 4d\n", "")


# ---- Any catalogue ----


def test_both_paths_agree_on_random_catalogues(made: Made, light: Light, long: Long) -> None:
    """With dates, windows, instants, regions and names of all sorts."""
    chance = random.Random(3)
    days = [f"2022-07-{day:02}" for day in range(1, 20)]
    said = set()
    for _ in range(6):
        tables = ""
        for number in range(25):
            title = chance.choice(["Amélie", "Brazil", "Casablanca", "$(x)", "漢字 <b>"])
            date = chance.choice(
                [*days, '"2022-07"', '"2022"', *(f"{day}T12:00:00Z" for day in days)]
            )
            place = chance.choice(["", ", region = 'US'", ", region = 'BR'"])
            stage = chance.choice(
                ["", 'stage = "released"', 'stage = "filming"', 'stage = "on-hold"']
            )
            actor = chance.choice(["[]", '["Zoë"]', '["Tom", "Zoë"]'])
            tables += film(
                title,
                f"dates = [{{ date = {date}{place} }}]",
                stage,
                f"cast = {actor}",
                id=f"r{number}",
            )
        made(tables)
        for _ in range(8):
            words = ["--count", str(chance.randint(1, 9)), "--for", chance.choice(READERS)]
            words += chance.choice([[], ["--actor", "zoe"], ["--actor", "tom", "--title", "b"]])
            words += chance.choice([[], ["--within", "5d"], ["--milestones", "1,3,5"]])
            words += chance.choice([[], ["--max-width", "30"]])
            output = light(*words)
            assert (0, output, "") == long(*words)
            said.add(output)
    assert len(said) > 20
