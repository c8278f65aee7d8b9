"""The script of `countdown init nu`, in a real nushell."""

import json
import os
import re
import subprocess
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pyte
import pytest

from countdown.core.text import find_hostile
from countdown.prompt import init, startup_line
from tests.programs import needs
from tests.prompt.conftest import DUNE, THOR, Catalogue, Program, cache_files
from tests.prompt.fixtures import resealed
from tests.prompt.test_init import HOSTILE, ODD
from tests.terminals import hang_up

pytestmark = [needs("nu"), pytest.mark.preloaded]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0  # s until a screen is held to be wrong
COLUMNS = 100
SHOW = "print $'<($env.COUNTDOWN_PROMPT)>'"
DRAW = "print (do $env.PROMPT_COMMAND_RIGHT)"
HOOK = "__countdown_hook"
Nu = Callable[..., list[str]]


@pytest.fixture
def nu(program: Program, user_catalogue: Catalogue, tmp_path: Path) -> Nu:
    """Runs the script of init with *options*, then *lines*, in nushell; what that printed.

    *before* are lines above the script.
    """

    def run(*lines: str, options: tuple[str, ...] = (), before: str = "") -> list[str]:
        script = tmp_path / "script.nu"
        text = program.run("init", "nu", *options).decode()
        script.write_text("\n".join([before, text, *lines]), "utf-8")
        return printed(str(script))

    return run


def printed(*words: str) -> list[str]:
    """The lines that nushell prints, without a start-up file, for *words*; nothing on stderr."""
    done = subprocess.run(
        ["nu", "--no-config-file", *words],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    assert done.stderr == b""
    return done.stdout.decode().splitlines()


def calls_so_far(program: Program) -> str:
    """The line that prints how often *program* was called by a hook."""
    return f"print (open --raw '{program.log}' | lines | find 'prompt --cache-file' | length)"


def test_hook_sets_the_variable_and_draws_on_the_right(nu: Nu, program: Program) -> None:
    """After the user's own right prompt, which can be a text; dim where colours are wanted."""
    assert nu(HOOK, SHOW, HOOK, DRAW) == ["<Thor 3d>", "\x1b[2mThor 3d\x1b[0m"]
    own = "$env.NO_COLOR = '1'; $env.PROMPT_COMMAND_RIGHT = "
    assert nu(HOOK, DRAW, before=own + "'mine'") == ["mine Thor 3d"]
    assert nu(HOOK, DRAW, before=own + "{|| ^printf mine }") == ["mine Thor 3d"]
    later = "$env.PROMPT_COMMAND_RIGHT = {|| 'later' }"
    assert nu(HOOK, later, HOOK, HOOK, DRAW, before=own + "'mine'") == ["later Thor 3d"]
    none = ("--within", "1d")
    assert nu(HOOK, DRAW, SHOW, before=own + "'mine'", options=none) == ["mine", "<>"]


def test_valid_cache_file_needs_no_process(nu: Nu, program: Program) -> None:
    """The script names it; without one, the first prompt starts a process, and the next none."""
    with program.called(1):
        assert nu(HOOK, HOOK, HOOK, SHOW) == ["<Thor 3d>"]
    with program.called(0):
        assert nu(HOOK, HOOK, SHOW) == ["<Thor 3d>"]


@needs("strace")
def test_valid_answer_is_drawn_without_any_process(
    nu: Nu, program: Program, tmp_path: Path
) -> None:
    """Neither ours nor another; reading the cache file needs none either."""
    nu(HOOK)
    draw = "do $env.PROMPT_COMMAND_RIGHT | ignore"
    text = program.run("init", "nu").decode()
    script = tmp_path / "quiet.nu"
    script.write_text("\n".join([text, *[HOOK, draw] * 3, SHOW]), "utf-8")
    log = tmp_path / "strace"
    options = ["-f", "--seccomp-bpf", "-e", "trace=execve", "-o", str(log)]
    words = ["strace", *options, "nu", "-n", str(script)]
    done = subprocess.run(words, capture_output=True, check=True)
    assert done.stdout == b"<Thor 3d>\n"
    started = re.findall(r'execve\("[^"]*/([^"/]+)"', log.read_text("utf-8"))
    # Where there is no terminal, nushell itself asks tput for its size.
    assert [name for name in started if name != "tput"] == ["nu"]


def test_no_prompt_only_sets_and_exports_the_variable(nu: Nu) -> None:
    """For a prompt of the user's own, or a program that draws it; the state isn't exported."""
    right = "print ($env.PROMPT_COMMAND_RIGHT? | describe)"
    shown = nu(HOOK, right, "^env", options=("--no-prompt",))
    assert shown[0] == "nothing"
    assert "COUNTDOWN_PROMPT=Thor 3d" in shown
    assert not [line for line in shown if line.startswith("__")]


CHANGES = (
    "$env.COUNTDOWN_TODAY = '2010-01-02'",
    "$env.LANG = 'en_GB.UTF-8'",
    "'format = 1' | save --force $file",
    "rm $file",
    "touch ($file | path dirname | path join other)",
    "mkdir ($config | path dirname); '[prompt]' | save $config",
    "rm $env.__countdown.cache",
    "$env.__countdown.until = 0",
    "$env.__countdown.since = 99999999999",
)


def test_what_the_answer_depends_on_starts_one_process(
    nu: Nu, program: Program, user_catalogue: Catalogue, tmp_path: Path
) -> None:
    """The environment, a file or its folder, the time, and a clock that was set back."""
    config = tmp_path / "home" / "config" / "countdown" / "config.toml"
    names = f"let file = '{user_catalogue.path}'; let config = '{config}'"
    calls = calls_so_far(program)
    changes = [("sleep 40ms", change, "sleep 40ms", HOOK, HOOK, calls) for change in CHANGES]
    shown = nu(HOOK, HOOK, names, calls, *(line for lines in changes for line in lines))
    assert dict(zip(("", *CHANGES), shown, strict=True)) == {
        change: str(number) for number, change in enumerate(("", *CHANGES), 1)
    }


def test_file_behind_a_link_is_watched(
    nu: Nu, program: Program, user_catalogue: Catalogue, tmp_path: Path
) -> None:
    """Nushell's `ls` would look at the link."""
    real = tmp_path / "dotfiles.toml"
    user_catalogue.path.rename(real)
    user_catalogue.path.symlink_to(real)
    user_catalogue.age()
    os.utime(user_catalogue.path, (1, 1), follow_symlinks=False)
    change = f"sleep 40ms; touch '{real}'; sleep 40ms"
    with program.called(2):
        nu(HOOK, HOOK, change, HOOK)


def test_hostile_title_is_shown_and_runs_nothing(nu: Nu, user_catalogue: Catalogue) -> None:
    """As it stands: no text becomes code or an escape sequence."""
    titles = (
        *("$(touch X)", "`touch X`", "(touch X)", "$env.HOME", "{|| touch X}"),
        *('"; touch X; "', "'; touch X #", '$"(touch X)"'),
        *("%n #{pid} \\u \\e[2J", "~ * [a]", "-n --"),
    )
    lines = ["$env.NO_COLOR = '1'"]
    for day in user_catalogue.daily(titles):
        lines += [f"$env.COUNTDOWN_TODAY = '{day}'", HOOK, SHOW, DRAW]
    shown = nu(*lines, options=("--max-width", "80"))
    expected = [(f"<{title} today>", f"{title} today") for title in titles]
    assert [*zip(shown[::2], shown[1::2], strict=True)] == expected
    assert [*Path.cwd().iterdir()] == []


BAD = (
    (b"text Thor", b"text \x1b]0;owned\x07"),
    (b"text Thor", b"text \xc2\x9b2J"),
    (b"text Thor", "text a\u202eb".encode()),
    (b"text Thor", b"text " + b"T" * 40_000),
    (b"countdown-cache 1", b"countdown-cache 2"),
    (b"until ", b"until x"),
    (b"text Thor", b"spell Thor"),
    (b"end ", b"ende"),
)


def shown_with(
    paths: list[Path], file: Path, program: Program, tmp_path: Path
) -> list[tuple[str, str]]:
    """How often the program is called, and the text, after a start with each of *paths*.

    They take the place of the cache *file*.
    """
    text = program.run("init", "nu").decode()
    assert str(file) in text
    lines = []
    for number, path in enumerate(paths):
        script = tmp_path / f"{number}.nu"
        script.write_text(text.replace(str(file), str(path)), "utf-8")
        lines += [f"source '{script}'", f"'' | save --force '{program.log}'", HOOK]
        lines += [calls_so_far(program), SHOW]
    shown = printed("--commands", "\n".join(lines))
    return [*zip(shown[::2], shown[1::2], strict=True)]


def test_bad_cache_file_is_made_again(
    nu: Nu, program: Program, cache: Path, tmp_path: Path
) -> None:
    """And nothing of it is shown."""
    nu(HOOK)
    (file,) = cache_files(cache)
    data, status = file.read_bytes(), file.stat()
    paths = []
    for number, (old, new) in enumerate([(b"text Thor", b"text Good"), *BAD]):
        assert old in data
        changed = data.replace(old, new, 1)
        paths.append(file.with_name(f"prompt-other{number}.00000000001262304000000000000"))
        paths[-1].write_bytes(resealed(changed) if new != b"ende" else changed)
        os.utime(paths[-1], ns=(status.st_atime_ns, status.st_mtime_ns))
    good, *shown = shown_with(paths, file, program, tmp_path)
    assert good == ("0", "<Good 3d>")
    assert dict(zip(BAD, shown, strict=True)) == dict.fromkeys(BAD, ("1", "<Thor 3d>"))


def test_what_is_no_cache_file_is_not_read(
    nu: Nu, program: Program, cache: Path, tmp_path: Path
) -> None:
    """A link, a folder in its place, and nothing."""
    nu(HOOK)
    (file,) = cache_files(cache)
    link, folder, missing = paths = [tmp_path / name for name in ("link", "folder", "missing")]
    link.symlink_to(file)
    folder.mkdir()
    shown = shown_with(paths, file, program, tmp_path)
    assert shown == [("1", "<Thor 3d>")] * len(paths)
    assert not missing.exists()


def test_cache_file_of_others_is_not_read(
    nu: Nu, program: Program, cache: Path, tmp_path: Path
) -> None:
    """It's owned by a stranger."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    nu(HOOK)
    (file,) = cache_files(cache)
    path = tmp_path / "other"
    path.write_bytes(file.read_bytes().replace(b"Thor", b"Evil"))
    os.chown(path, 12345, 12345)
    assert shown_with([path], file, program, tmp_path) == [("1", "<Thor 3d>")]


def test_broken_program_is_tried_later(nu: Nu, program: Program) -> None:
    """Silently, after a second, and after that twice as long."""
    script = program.run("init", "nu", "--count", "2").decode()
    program.path.unlink()
    pauses = "print $env.__countdown.pause"
    now = "print ((date now | into int) // 1_000_000_000)"
    later, set_later = "print $env.__countdown.later", "$env.__countdown.later = "
    lines = [now, HOOK, now, later, pauses, f"{set_later}99999999999", HOOK, pauses]
    lines += [f"{set_later}0", HOOK, pauses, SHOW]
    before, after, tried, *shown = printed("--commands", "\n".join([script, *lines]))
    assert int(before) + 1 <= int(tried) <= int(after) + 1
    assert shown == ["2", "2", "4", "<>"]
    program.replace("#!/bin/sh\nexit 1\n")
    shown = printed("--commands", "\n".join([script, HOOK, pauses, SHOW]))
    assert shown == ["2", "<>"]


def test_init_twice_adds_one_hook_with_the_last_options(
    nu: Nu, program: Program, user_catalogue: Catalogue, tmp_path: Path
) -> None:
    """And one text on the right."""
    user_catalogue.write(THOR, DUNE)
    again = tmp_path / "again.nu"
    again.write_bytes(program.run("init", "nu", "--title", "Thor"))
    run = "for hook in $env.config.hooks.pre_prompt { do --env $hook }"
    other = "$env.config.hooks.pre_prompt = [{|| print other }]"
    source = f"source '{again}'"
    shown = nu(run, SHOW, source, run, run, SHOW, "$env.NO_COLOR = '1'", DRAW, before=other)
    assert shown == ["other", "<Dune 2d>", *["other"] * 2, "<Thor 3d>", "Thor 3d"]


def test_words_are_read_as_they_were() -> None:
    """Any character, alone or in a list; a byte that isn't UTF-8 becomes a sign for that."""
    commands, expected = "", []
    for value in (ODD, "", "'", '"', "\\", "a\\", "-n", *HOSTILE):
        lines = [init.assignment("nu", "x", value), init.assignment("nu", "y", ["a", value])]
        text = "".join(lines)
        assert find_hostile(text.replace("\n", "")) is None
        assert text.count("\n") == 2
        show = "print --no-newline $'<($__countdown_x)>' $'<($__countdown_y | str join `|`)>'"
        commands += f"{text}{show}\n"
        readable = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in value)
        expected.append(f"<{readable}><a|{readable}>")
    done = subprocess.run(
        ["nu", "--no-config-file", "--commands", commands], capture_output=True, check=True
    )
    assert done.stdout.decode() == "".join(expected)


# ---- Completion ----


CANDIDATES: tuple[tuple[list[str], list[str] | None], ...] = (
    (["countdown", "prom"], ["prompt"]),
    (["countdown", "show", "tho"], ["Thor"]),
    (["countdown", "show", "'tho"], ["Thor"]),
    (["countdown", "show", '"dun'], ['"Dune: $(touch X) \\"Two\\" \\\\"']),
    (["countdown", "list", "--title=dun"], ['"--title=Dune: $(touch X) \\"Two\\" \\\\"']),
    (["countdown", "--catalogue", "'{folder}/my films.toml'", "show", "mon"], ['"12 Monkeys"']),
    (["countdown", "--catalogue", '"{folder}/my films.toml"', "show", "mon"], ['"12 Monkeys"']),
    (["countdown", "list", "--catalogue", ""], None),
    (["countdown", "list", "--title", '"a\\x"', "--reve"], ["--reverse"]),
)


def test_candidates_are_words_of_nushell(nu: Nu, only_catalogue: Catalogue, tmp_path: Path) -> None:
    """Names that nushell would read otherwise are quoted; files are its own business."""
    title = """title = 'Dune: $(touch X) "Two" \\'"""
    only_catalogue.write(THOR, DUNE.replace('title = "Dune"', title))
    films = f"format = 1\n[[release]]\n{DUNE.replace('Dune', '12 Monkeys')}"
    (tmp_path / "my films.toml").write_text(films, "utf-8")
    lines = []
    for spans, _ in CANDIDATES:
        words = [f"r#'{word.format(folder=tmp_path)}'#" for word in spans]
        lines.append(f"print (__countdown_complete [{' '.join(words)}] | to json --raw)")
    found = [json.loads(shown) for shown in nu(*lines)]
    values = [rows if rows is None else [row["value"] for row in rows] for rows in found]
    assert [*zip((spans for spans, _ in CANDIDATES), values, strict=True)] == [*CANDIDATES]


# ---- In a terminal ----


class Terminal:
    """A nushell with a start-up file, in a pseudo-terminal with a screen."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, 24)
        self._stream = pyte.ByteStream(self._screen)
        with warnings.catch_warnings():  # Of threads, in a process that is about to be another.
            warnings.simplefilter("ignore", DeprecationWarning)
            self.child: Any = pexpect.spawn(
                "nu", ["--interactive"], env=environment, dimensions=(24, COLUMNS), encoding=None
            )
        self.child.delaybeforesend = None

    def until(self, *wanted: str) -> None:
        """Wait until the screen has each of *wanted*."""
        deadline = time.monotonic() + PATIENCE
        while not all(text in "\n".join(self._screen.display) for text in wanted):
            left = deadline - time.monotonic()
            try:
                data = self.child.read_nonblocking(65_536, timeout=max(left, 0))
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                shown = "\n".join(line.rstrip() for line in self._screen.display if line.strip())
                raise AssertionError(f"{type(error).__name__}; the screen:\n{shown}") from None
            self._stream.feed(data)
            if b"\x1b[6n" in data:  # nushell asks where the cursor is, and waits for the answer.
                cursor = self._screen.cursor
                self.child.send(f"\x1b[{cursor.y + 1};{cursor.x + 1}R")

    def press(self, keys: str) -> None:
        """Press *keys*."""
        self.child.send(keys)


@pytest.fixture
def opened(
    program: Program, user_catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Terminal]:
    """A terminal whose config.nu ends in the line that `countdown init` gives."""
    monkeypatch.setattr("sys.argv", [str(program.path)])
    config = tmp_path / "home" / "config" / "nushell" / "config.nu"
    config.parent.mkdir(parents=True)
    assert startup_line.startup_file("nu").endswith("/nushell/config.nu")
    own = "$env.config.show_banner = false; $env.PROMPT_COMMAND_RIGHT = {|| 'mine' }\n"
    prompt = "$env.PROMPT_COMMAND = {|| 'READY' }; $env.PROMPT_INDICATOR = '> '\n"
    config.write_text(own + prompt + startup_line.startup_line("nu", []) + "\n", "utf-8")
    terminal = Terminal({**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"})
    yield terminal
    hang_up(terminal.child)


def test_line_in_the_start_up_file_shows_the_text_at_once(
    opened: Terminal, program: Program, user_catalogue: Catalogue
) -> None:
    """At the first prompt; an edit shows at the next, and the last exit code stays."""
    opened.until("READY> ", "mine Thor 3d")
    user_catalogue.write(THOR.replace("01-04", "01-09"))
    with program.called(1):
        opened.press("^sh -c 'exit 7'\r")
        opened.until("mine Thor 8d")
        opened.press("print $'code=($env.LAST_EXIT_CODE)'\r")
        opened.until("code=7")


def test_page_has_the_line_and_a_prompt_of_your_own(
    nu: Nu, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The line is the one that init gives; the prompt shows the variable, and runs nothing."""
    monkeypatch.setattr("sys.argv", [str(program.path)])
    monkeypatch.setenv("PATH", f"{program.path.parent}{os.pathsep}{os.environ['PATH']}")
    page = (ROOT / "docs/prompt.md").read_text("utf-8")
    line, own = re.findall(r"```nu\n(.*?)```", page, re.DOTALL)
    assert line.rstrip("\n") == startup_line.startup_line("nu", [])
    first, prompt = own.split("\n", 1)
    assert first == startup_line.startup_line("nu", ["--no-prompt"])
    draw = "print --no-newline (do $env.PROMPT_COMMAND) '|'"
    home = f"$env.HOME = '{Path.cwd().parent}'"
    hostile = "$env.COUNTDOWN_PROMPT = '$(touch X)'"
    (shown,) = nu(home, prompt, draw, HOOK, draw, hostile, draw, options=("--no-prompt",))
    assert shown == "~/cwd |~/cwd [Thor 3d] |~/cwd [$(touch X)] |"
    assert [*Path.cwd().iterdir()] == []


def test_tab_completes_in_a_terminal(only_catalogue: Catalogue, opened: Terminal) -> None:
    """Where PATH lacks the program, its names are commands; else they are known ones."""
    opened.until("mine Thor 3d")
    opened.press("countdown show tho\t")
    opened.until("countdown show Thor")
    opened.press("\x15release-countdown --vers\t")
    opened.until("release-countdown --version")
    opened.press("\r")
    opened.until("countdown 0.")
