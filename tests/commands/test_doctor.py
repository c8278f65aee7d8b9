"""`countdown doctor`: the files it finds, and its checks of the prompt in real shells."""

import os
import re
import shutil
import subprocess
import sys
import time
from itertools import chain, count
from pathlib import Path

import pytest

from countdown.cli import shell_checks
from countdown.prompt import init
from tests.cli.conftest import Countdown, Ran
from tests.programs import needs, where_installed

PROGRAM = Path(sys.executable).with_name("countdown")
START_UP = {
    "bash": ".bashrc",
    "zsh": ".zshrc",
    "fish": ".config/fish/config.fish",
    "nu": ".config/nushell/config.nu",
}
LINE = {
    "bash": 'eval "$(countdown init bash)"\n',
    "zsh": 'eval "$(countdown init zsh)"\n',
    "fish": "countdown init fish | source\n",
    "nu": "mkdir ($nu.data-dir | path join vendor autoload); countdown init nu"
    " | save -f ($nu.data-dir | path join vendor autoload countdown.nu)\n",
}
AFTER = {
    "bash": "later() { :; }\nPROMPT_COMMAND+=$'\\n'later\n",
    "zsh": "later() { : }\nautoload -Uz add-zsh-hook\nadd-zsh-hook precmd later\n",
}
SHELL = pytest.mark.parametrize("shell", where_installed(*zip(START_UP)))
pytestmark = needs("bash")


@pytest.fixture(autouse=True)
def quick(
    request: pytest.FixtureRequest, timed_once: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Few prompts, of the program that is installed here, in no shell; of starts, none is timed.

    Most tests are about the other lines. Those of `timed` time one start of each process.
    """
    if "timed" not in request.fixturenames:
        monkeypatch.setattr(shell_checks, "median_start_times", lambda *commands: None)
    monkeypatch.setattr(sys, "argv", [str(PROGRAM)])
    monkeypatch.setenv("PATH", f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}")
    only(monkeypatch)


@pytest.fixture
def timed() -> None:
    """Starts of processes are timed, as they are for a user; without, that takes no time."""


@pytest.fixture
def in_bash(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is bash, and no other shell."""
    only(monkeypatch, "bash")


def only(monkeypatch: pytest.MonkeyPatch, *shells: str) -> None:
    """Make these the only shells on this machine."""
    monkeypatch.setattr(shell_checks, "installed_shells", lambda: [*shells])


def start_up(shell: str, text: str) -> None:
    """Make *text* the start-up file of *shell* in the home folder of the test."""
    path = Path(os.environ["HOME"], START_UP[shell])
    if shell in ("fish", "nu"):
        path = Path(os.environ["XDG_CONFIG_HOME"], START_UP[shell].removeprefix(".config/"))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def row_value(ran: Ran, label: str) -> str:
    """The value of the line *label* that *ran* printed."""
    assert (ran.code, ran.err) == (0, "")
    return dict(line.split("\t", 1) for line in ran.out.splitlines())[label]


@SHELL
def test_hook_that_is_set_up_is_live_and_last(
    shell: str, countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shell itself is started with its user's files and asked."""
    only(monkeypatch, shell)
    start_up(shell, LINE[shell])
    ran = countdown("doctor")
    labels = [line.split("\t")[0] for line in ran.out.splitlines()]
    assert labels.count(shell) == labels.count(f"titles in {shell}") == 1
    pattern = rf"^{shell}\t\d+\.\d\S*  active$"
    assert re.search(pattern, ran.out, re.MULTILINE)
    assert row_value(ran, f"titles in {shell}") == "shown, never run"
    assert row_value(ran, f"hook in {shell}").endswith(" ms")


@pytest.fixture
def own_launcher(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A launcher first on PATH: that of these tests may be an old pip's."""
    launcher = tmp_path / "bin" / "countdown"
    launcher.parent.mkdir()
    launcher.write_text(
        f'#!/bin/sh\n# countdown.entry\nexec {sys.executable} -m countdown "$@"\n', "utf-8"
    )
    launcher.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(launcher)])
    monkeypatch.setenv("PATH", f"{launcher.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.mark.usefixtures("own_launcher")
def test_verdict_comes_first(countdown: Countdown) -> None:
    """That nothing is set up yet is no problem."""
    ran = countdown("doctor")
    assert ran.out.startswith("verdict\tEverything is fine.\ncountdown\t")
    assert "problem\t" not in ran.out


@pytest.mark.parametrize(("shell", "folder"), where_installed(("fish", "fish"), ("nu", "nushell")))
@pytest.mark.usefixtures("own_launcher")
def test_shell_leaves_no_folder_to_who_never_used_it(
    shell: str, folder: str, countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At its start it would make its own."""
    only(monkeypatch, shell)
    monkeypatch.delenv("XDG_CONFIG_HOME")
    home = Path(os.environ["HOME"])
    before = sorted(home.rglob(f"{folder}*"))
    assert row_value(countdown("doctor"), f"titles in {shell}") == "shown, never run"
    assert sorted(home.rglob(f"{folder}*")) == before


@SHELL
def test_shell_without_the_hook_is_reported_where_it_goes(
    shell: str, countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the very line, for the very file, as init tells them."""
    only(monkeypatch, shell)
    monkeypatch.delenv("XDG_CONFIG_HOME")
    monkeypatch.delenv("ZDOTDIR", raising=False)
    line = LINE[shell].replace("countdown init", f"{PROGRAM} init")
    ran = countdown("doctor")
    assert f"not set up; add this at the end of ~/{START_UP[shell]}: {line}" in ran.out


@pytest.mark.parametrize("shell", where_installed(*zip(AFTER)))
def test_hook_with_something_after_it_belongs_at_the_end(
    shell: str, countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A later hook could replace the prompt."""
    only(monkeypatch, shell)
    start_up(shell, LINE[shell] + AFTER[shell])
    ran = countdown("doctor")
    assert "active, but not last" in row_value(ran, shell)
    assert row_value(ran, "problem").endswith(f"Run: countdown init {shell}")


@pytest.mark.usefixtures("in_bash")
def test_start_up_file_that_fails_is_no_obstacle(countdown: Countdown) -> None:
    """The rest is told all the same."""
    start_up("bash", "exit 3\n")
    ran = countdown("doctor")
    assert row_value(ran, "bash").endswith("its startup files failed")
    assert row_value(ran, "problem") == "The startup files of bash fail. Run: bash -i -c true"
    assert row_value(ran, "titles in bash") == "shown, never run"


def test_everything_is_named_with_where_it_comes_from(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Folders, files, day, region and zone."""
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    monkeypatch.setenv("TZ", "America/Sao_Paulo")
    ran = countdown("doctor")
    assert row_value(ran, "cache").endswith("from XDG_CACHE_HOME, will be created")
    assert row_value(ran, "from COUNTDOWN_CATALOGUE").startswith(os.environ["COUNTDOWN_CATALOGUE"])
    assert row_value(ran, "together") == "16 releases, no problems"
    assert row_value(ran, "index").endswith("to be built")
    assert row_value(ran, "today") == "2022-07-04  from COUNTDOWN_TODAY"
    assert row_value(ran, "region") == "BR  from LANG"
    assert row_value(ran, "time zone") == "America/Sao_Paulo  from TZ"
    assert row_value(ran, "cache file") == "none yet  created by the next prompt"
    assert row_value(ran, "started as").startswith(str(PROGRAM))


def test_options_are_named_as_the_origin(countdown: Countdown, tmp_path: Path) -> None:
    """They come before the environment."""
    own_catalogue = tmp_path / "mine.toml"
    own_catalogue.write_text("format = 1\n", "utf-8")
    options = ("--region", "FR", "--timezone", "Asia/Tokyo", "--as-of", "2022-07-05")
    ran = countdown("doctor", *options, "--catalogue", str(own_catalogue))
    assert row_value(ran, "region") == "FR  from --region"
    assert row_value(ran, "time zone") == "Asia/Tokyo  from --timezone"
    assert row_value(ran, "today") == "2022-07-05  from --as-of"
    assert row_value(ran, "given").startswith(str(own_catalogue))


def test_cache_file_that_holds_is_shown_with_its_line(countdown: Countdown) -> None:
    """It is the one that a shell with no options would read."""
    countdown("next")
    subprocess.run([PROGRAM, "prompt", *init.WIDTH], check=True, capture_output=True)
    ran = countdown("doctor")
    assert row_value(ran, "line") == "Thor: Love and Thunder 4d"
    assert row_value(ran, "cache file").endswith("  up to date")
    assert row_value(ran, "index").endswith("  fresh")
    assert row_value(ran, "cache").endswith("ok")


def test_cache_file_of_an_empty_prompt_says_that_nothing_is_ahead(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An empty cell would look like a fault."""
    monkeypatch.setenv("COUNTDOWN_TODAY", "2099-01-01")
    subprocess.run([PROGRAM, "prompt", *init.WIDTH], check=True, capture_output=True)
    assert row_value(countdown("doctor"), "line") == "nothing ahead"


def test_zone_of_the_system_may_have_no_name(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where TZ holds a rule."""
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    assert row_value(countdown("doctor"), "time zone") == "unnamed  from TZ"


@pytest.mark.usefixtures("in_bash")
def test_catalogue_with_problems_is_named_with_its_lines(
    countdown: Countdown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor goes on where other commands end with exit code 3."""
    broken = tmp_path / "broken.toml"
    broken.write_text("format = 1\n[[release]]\nkind = 3\n", "utf-8")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(broken))
    ran = countdown("doctor")
    assert f"{broken}:3" in row_value(ran, "together")
    assert row_value(ran, "problem") == "The catalogue has problems. Run: countdown check"
    assert "not tested" not in ran.out


def test_missing_catalogue_is_reported(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As is one of the user's own, which may be."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", "/no/such/file.toml")
    assert row_value(countdown("doctor"), "from COUNTDOWN_CATALOGUE").endswith("  not there")
    monkeypatch.delenv("COUNTDOWN_CATALOGUE")
    assert row_value(countdown("doctor"), "your own").endswith("not created yet")


@pytest.mark.usefixtures("own_launcher")
def test_without_a_home_there_are_no_folders(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no index or cache file to speak of."""
    for name in ("HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, "")
    ran = countdown("doctor")
    assert row_value(ran, "cache") == "none  no home folder; set HOME"
    problems = [line for line in ran.out.splitlines() if line.startswith("problem\t")]
    assert problems == ["problem\tThere's no home folder. Set HOME."]
    assert row_value(ran, "cache file").startswith("none yet")
    assert "index\t" not in ran.out


def shut_for_root(monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    """Nobody has access to *folder*, not even root, who may write anywhere."""
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: path != folder and access(path, mode))


@pytest.mark.parametrize("make", ["file", "shut"])
def test_folder_that_can_not_be_made_is_reported(
    make: str, countdown: Countdown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the folder above it, once for all of them, and no promise to make it."""
    above = tmp_path / "above"
    if make == "file":
        above.touch()
    else:
        above.mkdir()
        shut_for_root(monkeypatch, str(above))
    for purpose in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{purpose}_HOME", str(above / "x" / purpose.lower()))
    ran = countdown("doctor")
    for name in ("config", "data", "state", "cache"):
        assert row_value(ran, name).endswith("can't be created")
    problems = [line for line in ran.out.splitlines() if line.startswith("problem\t")]
    remedy = {"file": f"mv {above} {above}.old", "shut": f"chmod u+rwx {above}"}[make]
    assert [line.partition("Run: ")[2] for line in problems].count(remedy) == 1
    assert row_value(ran, "journal").endswith("can't be created") or make == "file"


@pytest.mark.parametrize(
    ("make", "state"),
    [
        ("file", "not a folder"),
        ("shut", "can't be written"),
        ("open", "other users can write here: nothing is cached"),
    ],
)
def test_unusable_cache_is_reported(
    make: str, state: str, countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The prompt stays empty then, and this is why."""
    cache = Path(os.environ["XDG_CACHE_HOME"], "countdown")
    cache.parent.mkdir()
    if make == "file":
        cache.touch()
    else:
        cache.mkdir()
        cache.chmod(0o777 if make == "open" else 0o700)
        shut_for_root(monkeypatch, str(cache))
    ran = countdown("doctor")
    assert state in row_value(ran, "cache")
    remedies = {"file": "mv {0} {0}.old", "shut": "chmod u+rwx {0}", "open": "chmod go-w {0}"}
    quoted = str(cache)
    assert row_value(ran, "problem").endswith(f"Run: {remedies[make].format(quoted)}")


@pytest.mark.usefixtures("in_bash")
def test_hostile_title_that_runs_would_be_reported(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A shell that expands the text is caught by the file that this makes."""
    monkeypatch.setitem(shell_checks._PRINT_PROMPT, "bash", '{hook}; eval "echo $COUNTDOWN_PROMPT"')
    ran = countdown("doctor")
    assert row_value(ran, "titles in bash") == "FAILED: please report this"
    assert row_value(ran, "problem") == (
        "A malicious title can run code in bash. Please report this."
    )


@pytest.mark.usefixtures("in_bash")
def test_shell_that_can_not_be_started_is_reported(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was found, and yet it does not run."""
    monkeypatch.setitem(shell_checks._CLEAN_COMMANDS, "bash", ("/no/such/shell", "-c"))
    ran = countdown("doctor")
    assert row_value(ran, "titles in bash") == "not tested"
    assert "hook in bash" not in ran.out


@pytest.mark.usefixtures("in_bash", "timed")
@pytest.mark.parametrize(("times", "cost"), [((0, 3, 4), "100.000"), ((0, 1, 3), "0.000")])
def test_cost_is_what_a_prompt_takes_longer_than_an_empty_one(
    times: tuple[int, ...], cost: str, countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of twenty prompts, in milliseconds; never less than nothing."""
    ticks = chain(times, count(5))
    monkeypatch.setattr(time, "perf_counter", lambda: float(next(ticks)))
    ran = countdown("doctor")
    assert row_value(ran, "hook in bash") == f"{cost} ms  target 0.05 ms"
    assert row_value(ran, "bare interpreter") == "1000.0 ms"
    assert row_value(ran, "countdown prompt") == "1000.0 ms  1.00 × that"


@pytest.mark.usefixtures("in_bash")
def test_shell_without_a_version_is_told_without(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """One that was built from a branch, say."""
    shell = tmp_path / "bash"
    bash = shutil.which("bash")
    shell.write_text(f'#!/bin/sh\n[ "$1" = --version ] || exec {bash} "$@"\n', "utf-8")
    shell.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    assert "\nbash\t  not set up; add this" in countdown("doctor").out


@pytest.mark.usefixtures("timed")
def test_process_that_fails_is_not_timed(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A time of nothing would be a lie."""
    monkeypatch.setattr(sys, "argv", ["/no/such/program"])
    assert "countdown prompt\t" not in countdown("doctor").out


def test_launcher_of_an_old_pip_is_noticed(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It imports re, which costs half of a bare interpreter at every start."""
    launcher = tmp_path / "countdown"
    launcher.write_text("#!/bin/sh\nimport re\n", "utf-8")
    monkeypatch.setattr(sys, "argv", [str(launcher)])
    ran = countdown("doctor")
    assert "slow launcher from an old pip" in row_value(ran, "started as")
    assert "-m pip install --upgrade pip" in row_value(ran, "problem")


def test_module_that_is_run_has_no_launcher(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m countdown` starts itself again as it was started."""
    monkeypatch.setattr(sys, "argv", ["/anywhere/countdown/__main__.py"])
    assert row_value(countdown("doctor"), "started as") == f"{sys.executable} -m countdown"


def test_program_that_is_gone_is_no_launcher_either(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is nothing to look into."""
    monkeypatch.setattr(sys, "argv", ["/no/such/countdown"])
    assert row_value(countdown("doctor"), "started as") == "/no/such/countdown"


def program_on_path(
    monkeypatch: pytest.MonkeyPatch, folder: Path, text: str | None, name: str = "countdown"
) -> Path:
    """A program of that *text* in a *folder* that is the first on PATH; None is no program."""
    folder.mkdir()
    path = folder / name
    if text is not None:
        path.write_text(text, "utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{PROGRAM.parent}{os.pathsep}{os.defpath}")
    return path


def test_command_on_path_is_this_one(countdown: Countdown) -> None:
    """Nothing is said about it then."""
    assert row_value(countdown("doctor"), "on PATH") == str(PROGRAM)


def test_another_program_of_that_name_comes_first(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The long name is free everywhere."""
    other = program_on_path(monkeypatch, tmp_path / "first", "#!/bin/sh\necho 3 2 1\n")
    ran = countdown("doctor")
    assert row_value(ran, "on PATH") == (
        f"{other}  another program; type release-countdown, or uninstall the other one"
    )
    assert row_value(ran, "problem").endswith("Run: release-countdown")


def test_another_installation_comes_first(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Its version may be another."""
    text = PROGRAM.read_text("utf-8")
    other = program_on_path(monkeypatch, tmp_path / "first", text)
    assert row_value(countdown("doctor"), "on PATH") == f"{other}  another installation"


def test_link_on_path_to_this_program_is_this_one(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """So pipx and uv install it."""
    link = program_on_path(monkeypatch, tmp_path / "first", None)
    link.symlink_to(PROGRAM)
    assert row_value(countdown("doctor"), "on PATH") == str(link)


def test_no_countdown_on_path(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As in a virtual environment that isn't activated."""
    program_on_path(monkeypatch, tmp_path / "first", None)
    monkeypatch.setenv("PATH", str(tmp_path))
    ran = countdown("doctor")
    assert row_value(ran, "on PATH") == (
        f"no countdown  put {PROGRAM.parent} on PATH, or install with pipx or uv"
    )
    assert row_value(ran, "problem").endswith(f"Run: export PATH={PROGRAM.parent}:$PATH")


def test_shells_are_those_on_the_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Of those that there is a hook for."""
    monkeypatch.undo()
    (tmp_path / "zsh").touch(mode=0o755)
    (tmp_path / "csh").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shell_checks.installed_shells() == ["zsh"]


# ---- The settings ----


@pytest.mark.usefixtures("own_launcher")
def test_state_of_the_settings_is_reported(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also that they have problems, which stops every other command but not this one."""
    path = Path(os.environ["XDG_CONFIG_HOME"], "countdown", "config.toml")
    assert row_value(countdown("doctor"), "config.toml") == f"{path}  not created yet"
    path.parent.mkdir(parents=True)
    path.write_text('region = "BR"\ntimezone = "Asia/Tokyo"\nformat = "json"\n', "utf-8")
    ran = countdown("doctor")
    assert row_value(ran, "config.toml").endswith(", no problems")
    assert row_value(ran, "region") == "BR  from config.toml"
    assert row_value(ran, "time zone") == "Asia/Tokyo  from config.toml"
    assert row_value(ran, "config").endswith("from XDG_CONFIG_HOME, ok")
    path.write_text("regio = 1\n", "utf-8")
    ran = countdown("doctor")
    assert row_value(ran, "config.toml") == (
        f'{path}  ignored: {path}:1:1: regio: unknown key; did you mean "region"?'
    )
    assert row_value(ran, "region").startswith("none  ")
    assert row_value(ran, "verdict") == "1 problem"
    assert row_value(ran, "problem") == (
        "config.toml has problems, so all of it is ignored. Run: countdown config edit"
    )


def test_without_a_home_there_are_no_settings(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message says what to do."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_CONFIG_HOME")
    assert row_value(countdown("doctor"), "config.toml").endswith("no home folder; set HOME")
