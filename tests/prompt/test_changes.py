"""When a prompt starts a process: once after each change that matters, and never otherwise."""

import os
import re
import shutil
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.prompt.conftest import (
    DUNE,
    THOR,
    Catalogue,
    Opening,
    Program,
    Settings,
    Terminal,
    cache_files,
    each,
    exported,
    placed,
)
from tests.prompt.fixtures import resealed

pytestmark = pytest.mark.preloaded

STRACE = ("strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=clone,clone3,fork,vfork,execve")
# It makes a semaphore and shared memory named after its process, and one that was killed has left
# them behind: if they are there, the next process of that number ends with `File exists`.
SHARED = "/dev/shm/faketime_shm_{0} /dev/shm/sem.faketime_sem_{0}"
FAKETIME = ("sh", "-c", f'rm -f {SHARED.format("$$")}; exec faketime "$@"', "sh", "-f")
PRESSES = {"bash": 1000, "zsh": 1000, "fish": 100}
EVE = datetime(2030, 12, 31, 23, 59, 56, tzinfo=UTC)


def processes(trace: Path) -> list[list[str]]:
    """The counts in *trace* of processes and programs started between each two marks."""
    parts: list[list[str]] = [[]]
    for line in trace.read_text("utf-8", "replace").splitlines():
        if '"mark"' in line:
            parts.append([])
        elif "CLONE_THREAD" not in line and not re.search(r"resumed>|--- SIG|\+\+\+ ", line):
            parts[-1].append(line.split(" ", 1)[1].lstrip())
    return parts


@pytest.mark.preloaded(False)
@each(also=("strace",))
def test_thousand_prompts_start_no_process(
    shell: str, tmp_path: Path, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """A change starts one: so the count works."""
    trace = tmp_path / "trace"
    opened = terminal(shell, program.init(shell), under=(*STRACE, "-o", str(trace)))
    mark = "sh -c : mark"
    opened.enter(mark)  # Its own two are counted with what comes before it.
    loop = {
        "bash": "for ((i = 0; i < 1000; i++)); do _countdown_hook; done",
        "zsh": "for ((i = 0; i < 1000; i++)) do _countdown_hook; done",
        "fish": "while test (count $done) -lt 1000; set -a done 1; emit fish_prompt; end",
    }[shell]
    opened.enter(loop)
    opened.press(b"\r" * PRESSES[shell])
    opened.enter(mark)
    export = "set -gx COUNTDOWN_TODAY" if shell == "fish" else "export COUNTDOWN_TODAY="
    assert placed(shell, "Thor 2d", opened.run(f"{export} 2010-01-02".replace("= ", "=")))
    opened.enter(mark)
    assert placed(shell, "Thor 2d", opened.run())
    opened.close()
    _, steady, changed, _ = processes(trace)
    assert [line for line in steady if not line.startswith(_MARKS)] == []
    started = [line for line in changed if not line.startswith(_MARKS)]
    assert len([line for line in steady if line.startswith("clone")]) <= 1
    assert [line.split('"')[1] for line in started if "execve" in line] == [str(program.path)]


_MARKS = ("clone", "fork", "vfork", "clone3")  # Each mark itself is one of them.


# ---- The catalogue ----


def replaced_by_rename(user_catalogue: Catalogue) -> None:
    """As most editors save."""
    draft = user_catalogue.path.with_suffix(".new")
    draft.write_text(user_catalogue.path.read_text("utf-8").replace("Thor", "Edited"), "utf-8")
    draft.replace(user_catalogue.path)


def older_one_moved_there(user_catalogue: Catalogue) -> None:
    """Like a restored backup, with an old time."""
    older = user_catalogue.path.with_suffix(".old")
    older.write_text(user_catalogue.path.read_text("utf-8").replace("Thor", "Edited"), "utf-8")
    os.utime(older, (10**9, 10**9))
    older.rename(user_catalogue.path)


def appended_to(user_catalogue: Catalogue) -> None:
    """Like `cat >>`, and an editor that keeps the inode."""
    with user_catalogue.path.open("a", encoding="utf-8") as file:
        file.write(f"[[release]]\n{DUNE}")


EDITS = {
    "replaced by rename": (replaced_by_rename, "Edited 3d"),
    "an older one moved there": (older_one_moved_there, "Edited 3d"),
    "appended to": (appended_to, "Dune 2d"),
    "deleted": (lambda user_catalogue: user_catalogue.path.unlink(), ""),
    "its folder deleted": (lambda user_catalogue: shutil.rmtree(user_catalogue.path.parent), ""),
    "damaged": (lambda user_catalogue: user_catalogue.path.write_text("nonsense ["), ""),
}


@each()
def test_prompt_after_an_edit_is_right(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """In any way; and the next prompt starts no process."""
    opened = terminal(shell, program.init(shell, "--within", "3d"))
    for name, (edit, shown) in EDITS.items():
        user_catalogue.path.parent.mkdir(exist_ok=True)
        user_catalogue.write(THOR)
        user_catalogue.age()
        opened.enter(program.init(shell, "--within", "3d"))
        assert placed(shell, "Thor 3d", opened.run()), name
        time.sleep(0.03)
        edit(user_catalogue)
        time.sleep(0.03)
        with program.called(1):
            assert placed(shell, shown, opened.run()), name
            assert placed(shell, shown, opened.run()), name


@each()
def test_first_user_catalogue_is_noticed(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """Also if its folder was missing."""
    shutil.rmtree(user_catalogue.path.parent)
    opened = terminal(shell, program.init(shell, "--within", "3d"))
    assert placed(shell, "", opened.run())
    user_catalogue.path.parent.mkdir()
    user_catalogue.path.write_text(f"format = 1\n[[release]]\n{DUNE}", "utf-8")
    time.sleep(0.03)
    with program.called(1):
        assert placed(shell, "Dune 2d", opened.run())
        assert placed(shell, "Dune 2d", opened.run())


@each()
def test_each_of_many_catalogues_is_watched(
    shell: str, tmp_path: Path, terminal: Opening, program: Program
) -> None:
    """Beyond the few with their own variables."""
    layers = [tmp_path / f"{number}" / "a catalogue's.toml" for number in range(7)]
    for path in layers:
        path.parent.mkdir()
        path.write_text("format = 1\n", "utf-8")
        for old in (path, path.parent):
            os.utime(old, (10**9, 10**9))
    named = os.pathsep.join(map(str, layers))
    opened = terminal(shell, program.init(shell), env={"COUNTDOWN_CATALOGUE": named})
    assert placed(shell, "", opened.run())
    for number, path in enumerate(layers[::-3], 1):
        release = THOR.replace("01-04", f"01-1{number}").replace("thor", f"thor-{number}")
        path.write_text(f"format = 1\n[[release]]\n{release}", "utf-8")
        then = time.time() - 10 + number
        os.utime(path, (then, then))
        os.utime(path.parent, (then, then))
    os.utime(layers[-1], None)
    time.sleep(0.03)
    with program.called(1):
        assert placed(shell, "Thor 10d", opened.run())
        assert placed(shell, "Thor 10d", opened.run())


# ---- The settings ----


@each()
def test_prompt_after_a_change_of_settings_is_right(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue, settings: Settings
) -> None:
    """When they appear, change, are damaged and disappear: one process each."""
    user_catalogue.write(f"{THOR}cast = ['Chris Hemsworth']\n", DUNE)
    user_catalogue.age()
    opened = terminal(shell, program.init(shell))
    assert placed(shell, "Dune 2d", opened.run())
    for text, shown in (
        ('[follow]\nperson = ["chris hemsworth"]\n', "Thor 3d"),
        ('[prompt]\nformat = "{title}: {date}"\n', "Dune: 3 Jan 2010"),
        ('date_style = "iso"\nprompt.format = "{date}"\n', "2010-01-03"),
        ('timezone = "UTC"\n', "Dune 2d"),
        ("nonsense = 1\n", ""),
        (None, "Dune 2d"),
    ):
        if text is None:
            settings.path.unlink()
        else:
            settings.write(text)
        with program.called(1):
            assert placed(shell, shown, opened.run()), text
            assert placed(shell, shown, opened.run()), text


@each()
@pytest.mark.parametrize("catalogue", [True, False], ids=["own", "none of one's own"])
def test_settings_cost_no_slow_look(
    catalogue: bool,
    shell: str,
    terminal: Opening,
    program: Program,
    user_catalogue: Catalogue,
    settings: Settings,
) -> None:
    """With and without settings or a user catalogue, each file has its own variable."""
    if not catalogue:
        user_catalogue.path.unlink()
    options = ["--within", "3d"]
    for present in (False, True):
        if present:
            settings.write('region = "BR"\n')
            settings.age()
        opened = terminal(shell, program.init(shell, *options))
        assert placed(shell, "Thor 3d" if catalogue else "", opened.run())
        if shell != "fish":
            watched = opened.value_of('"$_countdown_1|$_countdown_2|$_countdown_3|$_countdown_4"')
            watched += "|" + opened.value_of(
                '"$_countdown_5|$_countdown_6|$_countdown_missing|$_countdown_lacking"'
            )
            files = [path for path in watched.split("|") if path]
            assert "/" not in files
            assert str(settings.path) in files
            assert str(user_catalogue.path) in files
        opened.close()


# ---- The day ----


@each()
def test_prompt_after_a_change_of_environment_is_right(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """One process for each change of day, zone, region and language, and one to change back."""
    elsewhere = '[[release.dates]]\nregion = "{}"\ndate = 2010-01-0{}\n'
    user_catalogue.write(
        THOR.rpartition("date")[0]
        + 'titles = { de = "Tor" }\n'
        + elsewhere.format("US", 4)
        + elsewhere.format("DE", 9)
    )
    opened = terminal(shell, program.init(shell), env={"COUNTDOWN_REGION": "US"})
    assert placed(shell, "Thor 3d", opened.run())
    for name, value, shown in (
        ("COUNTDOWN_TODAY", "2010-01-03", "Thor 1d"),
        ("COUNTDOWN_TODAY", "2010-01-04", "Thor today"),
        ("COUNTDOWN_TODAY", "2010-01-01", "Thor 3d"),
        ("COUNTDOWN_REGION", "DE", "Thor 8d"),
        ("LANG", "en_US.UTF-8", "Thor 8d"),
        ("COUNTDOWN_REGION", None, "Thor 3d"),
        ("LC_MESSAGES", "de_DE.UTF-8", "Tor 3d"),
        ("LANGUAGE", "ja", "Thor 3d"),
        ("LC_TIME", "de_DE.UTF-8", "Thor 3d"),
        ("LC_ALL", "de_DE.UTF-8", "Thor 8d"),
        ("COUNTDOWN_TIMEZONE", "Asia/Tokyo", "Thor 8d"),
    ):
        with program.called(1):
            assert placed(shell, shown, opened.run(exported(shell, name, value))), (name, value)
            assert placed(shell, shown, opened.run())


@each()
def test_prompt_after_a_change_of_zone_is_right(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """In one of two zones, it is another day."""
    now = datetime.now(UTC)
    days = {zone: (now + timedelta(hours=hours)).date() for zone, hours in ZONES.items()}
    user_catalogue.write(THOR.replace("2010-01-04", str(days["UTC"] + timedelta(days=3))))
    opened = terminal(shell, program.init(shell, "--title", "Thor"), env={"COUNTDOWN_TODAY": None})
    assert placed(shell, "Thor 3d", opened.run())
    for zone in ("EAST-14", "WEST12", "UTC"):
        left = (days["UTC"] - days[zone]).days + 3
        with program.called(1):
            assert placed(shell, f"Thor {left}d", opened.run(exported(shell, "TZ", zone)))
    assert len({*days.values()}) > 1


ZONES = {"UTC": 0, "EAST-14": 14, "WEST12": -12}


@each()
def test_cache_file_is_replaced_when_it_goes_out_of_date(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """By one process at the first prompt after that, in a running shell and in a new one."""
    opened = terminal(shell, program.init(shell))
    user_catalogue.age()
    opened.enter(exported(shell, "COUNTDOWN_REGION", "US"))
    file = end(cache, time.time() + 3)
    assert placed(shell, "Thor 3d", opened.run(program.init(shell)))
    with program.called(0):
        opened.enter("true")
    time.sleep(max(int(time.time()) + 4 - time.time(), 0))
    with program.called(1):
        assert placed(shell, "Thor 3d", opened.run())
        assert placed(shell, "Thor 3d", opened.run())
    assert file not in cache_files(cache)
    end(cache, time.time() - 1)
    with program.called(1):
        assert placed(shell, "Thor 3d", opened.run(program.init(shell)))


def end(cache: Path, until: float) -> Path:
    """Let the newest cache file go out of date at *until*."""
    file = max(cache_files(cache), key=lambda path: path.name.rpartition(".")[2])
    times = file.stat()
    text = re.sub(r"(?m)^until \d+$", f"until {int(until)}", file.read_text("utf-8"))
    file.write_bytes(resealed(text.encode()))
    os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))
    return file


@pytest.mark.preloaded(False)
@each(also=("faketime",))
def test_prompt_after_midnight_is_right(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue
) -> None:
    """In a shell with its clock seconds before midnight."""
    user_catalogue.write(THOR.replace("2010-01-04", "2031-01-04"))
    os.utime(user_catalogue.path, (10**9, 10**9))
    os.utime(user_catalogue.path.parent, (10**9, 10**9))
    opened = terminal(
        shell,
        program.init(shell, "--title", "Thor"),
        under=(*FAKETIME, f"+{int(EVE.timestamp() - time.time())}s"),
        env={"COUNTDOWN_TODAY": None, "NO_FAKE_STAT": "1"},
    )
    assert placed(shell, "Thor 4d", opened.run())
    with program.called(1):
        _wait_for(opened, shell, "Thor 3d")
        opened.enter("true")
    for name in SHARED.format(opened.process).split():
        Path(name).unlink(missing_ok=True)


def _wait_for(opened: Terminal, shell: str, shown: str) -> None:
    deadline = time.monotonic() + 10
    while not placed(shell, shown, opened.run("sleep 0.2")):
        assert time.monotonic() < deadline, opened.screen


@each()
def test_hours_are_shown_on_the_last_day(
    shell: str, terminal: Opening, program: Program, user_catalogue: Catalogue, cache: Path
) -> None:
    """If the instant is known; the cache file ends with the hour."""
    now = int(time.time())
    instant = now + 14 * 3600 + 1800
    at = datetime.fromtimestamp(instant, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    user_catalogue.write(THOR.replace("2010-01-04", at))
    user_catalogue.age()
    opened = terminal(shell, program.init(shell, "--title", "Thor"), env={"COUNTDOWN_TODAY": None})
    assert placed(shell, "Thor 14h", opened.run())
    (file,) = cache_files(cache)
    midnight = now - now % 86_400 + 86_400
    assert f"\nuntil {min(instant - 14 * 3600 + 1, midnight)}\n" in file.read_text("utf-8")
    with program.called(0):
        assert placed(shell, "Thor 14h", opened.run())
