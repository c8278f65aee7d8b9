"""Real shells with a start-up file, in a pseudo-terminal with a screen.

The program is a copy of the console script that notes each of its calls, in a folder of its own, so
that it can be removed or broken. It tells New Year's Day of 2010, and its user awaits Thor.
"""

import os
import re
import shlex
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from shutil import which
from typing import Any, Final, Protocol, TypeVar
from zlib import crc32

import pexpect
import pyte
import pytest

from tests import preloaded
from tests.programs import needs
from tests.terminals import hang_up
from tests.thorough import sample

Test = TypeVar("Test", bound=Callable[..., object])

SHELLS: Final = ("bash", "zsh", "fish")
COLUMNS: Final = 100
THOR: Final = 'id = "thor"\ntitle = "Thor"\nkind = "film"\ndate = 2010-01-04\n'
DUNE: Final = 'id = "dune"\ntitle = "Dune"\nkind = "film"\ndate = 2010-01-03\n'
PATIENCE: Final = 30.0  # s until a screen is held to be wrong; a right one is seen at once

_COUNTER: Final = {  # A prompt of the user's: how many commands there were so far.
    "bash": "PS1='\\#> '",
    "zsh": "PROMPT='%h> '",
    "fish": (
        "set -g presses 1; set -g fish_greeting; set -g fish_autosuggestion_enabled 0\n"
        "function counted --on-event fish_postexec; set -g presses (math $presses + 1); end"
    ),
}
_OWN_PROMPT: Final = {"fish": 'function fish_prompt; echo -n "$presses> "; end'}
_HOOK: Final = {"bash": "_countdown_hook", "zsh": "_countdown_hook", "fish": "emit fish_prompt"}
_PROMPT: Final = re.compile(r"(\d+)> $")


def each(*shells: str, also: tuple[str, ...] = ()) -> Callable[[Test], Test]:
    """A mark for a test that runs in each of *shells*, by default all, and needs *also*.

    Outside CI each is run in one of those that are installed, another one from test to test.
    """

    def mark(test: Test) -> Test:
        named = shells or SHELLS
        there = [name for name in named if which(name)] or named
        one = there[crc32(test.__name__.encode()) % len(there)]
        cases = [
            pytest.param(name, marks=needs(name, *also))
            for name in (named if os.environ.get("CI") else sample([one], of=named))
        ]
        marked: Test = pytest.mark.parametrize("shell", cases)(test)
        return marked

    return mark


@pytest.fixture
def circumstances(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal, day, time zone and empty working folder of all shells in these tests."""
    for name in ("PROMPT_COMMAND", "PS1", "PROMPT", "RPROMPT", "ZDOTDIR", "ENV", "BASH_ENV"):
        monkeypatch.delenv(name, raising=False)
    for name in ("TMUX", "TMUX_PANE", "STARSHIP_SHELL", "EPOCHSECONDS"):
        monkeypatch.delenv(name, raising=False)
    for name in os.environ:
        if name.startswith("COV"):  # Measured elsewhere; here it would be slow.
            monkeypatch.delenv(name)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COUNTDOWN_TODAY", "2010-01-01")
    monkeypatch.setenv("ZDOTDIR", str(tmp_path / "zsh"))
    (tmp_path / "cwd").mkdir()
    monkeypatch.chdir(tmp_path / "cwd")


def age(*paths: Path) -> None:
    """Make *paths* an hour old, older than the grain of file clocks."""
    then = time.time() - 3600
    for path in paths:
        os.utime(path, (then, then))


class Program:
    """The console script, in its own folder, with a log of its calls; its catalogue is empty."""

    def __init__(self, folder: Path, server: preloaded.Server | None = None) -> None:
        self.path = folder / "countdown"
        self.log = folder / "log"
        self.shipped = folder / "shipped" / "releases.toml"
        self._server = server
        self.shipped.parent.mkdir(parents=True)
        self.shipped.write_text("format = 1\n", "utf-8")  # Reading the real one takes long.
        age(self.shipped, self.shipped.parent)
        self.repair()
        self.log.touch()

    def repair(self) -> None:
        """Write the working script, at first or again."""
        if self._server:
            note = f"printf '%s\\n' \"$*\" >>{shlex.quote(str(self.log))}"
            self.replace(f"#!/bin/sh\n{note}\n{self._server.call(preloaded.EMPTY)}")
            return
        self.replace(
            f"#!{sys.executable}\nimport sys\n"
            f"with open({str(self.log)!r}, 'a', errors='backslashreplace') as log:\n"
            "    print(*sys.argv[1:], file=log)\n"
            f"from countdown import paths\npaths.shipped = lambda name: {str(self.shipped)!r}\n"
            "from countdown.entry import main\nsys.exit(main())\n"
        )

    def replace(self, script: str) -> None:
        """Replace it by *script*."""
        self.path.write_text(script, "utf-8")
        self.path.chmod(0o755)

    @property
    def calls(self) -> int:
        """The number of calls by a hook."""
        return self.log.read_text("utf-8").count("prompt --cache-file")

    @contextmanager
    def called(self, times: int) -> Iterator[None]:
        """Check that hooks call it that many *times* in the block."""
        before = self.calls
        yield
        assert self.calls - before == times

    def run(self, *words: str) -> bytes:
        """Its output, without a shell."""
        return subprocess.run([self.path, *words], capture_output=True, check=True).stdout

    def again(self, shell: str) -> str:
        """A function `again` of *shell* that evaluates the line of `init` once more."""
        line = self.init(shell)
        return f"function again; {line}; end" if shell == "fish" else f"again() {{ {line}; }}"

    def init(self, shell: str, *options: str) -> str:
        """The line for a start-up file."""
        words = shlex.join([str(self.path), "init", shell, *options])
        return f"{words} | source" if shell == "fish" else f'eval "$({words})"'


class Catalogue:
    """The user's own catalogue file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True)
        self.write(THOR)
        self.age()

    def write(self, *releases: str) -> None:
        """Write *releases* into the file, as some editors do."""
        time.sleep(0.03)  # So long, times of files can be behind the clock; nobody edits as fast.
        text = "\n".join(f"[[release]]\n{release}" for release in releases)
        self.path.write_text(f"format = 1\n{text}", "utf-8")
        time.sleep(0.03)

    def daily(self, titles: Iterable[str]) -> list[str]:
        """Write a release for each of *titles*, one a day from New Year on; return the days."""
        days, releases = [], []
        for number, title in enumerate(titles):
            days.append(str(date(2010, 1, 1) + timedelta(days=number)))
            quoted = "".join(f"\\U{ord(c):08x}" for c in title)
            released = THOR.replace("2010-01-04", days[-1]).replace('"Thor"', f'"{quoted}"')
            releases.append(released.replace("thor", f"release-{number}"))
        self.write(*releases)
        self.age()
        return days

    def age(self) -> None:
        """Make it an hour old, older than the grain of file clocks."""
        age(self.path, self.path.parent)


@pytest.fixture
def program(request: pytest.FixtureRequest, tmp_path: Path, circumstances: None) -> Program:
    """The console script for the shells; preloaded if the test allows it."""
    mark = request.node.get_closest_marker("preloaded")
    enough = preloaded.is_allowed() and mark is not None and mark.args != (False,)
    return Program(tmp_path / "bin", preloaded.server() if enough else None)


@pytest.fixture
def user_catalogue(tmp_path: Path, circumstances: None) -> Catalogue:
    """The user's own catalogue, with Thor in three days."""
    return Catalogue(tmp_path / "home" / "data" / "countdown" / "releases.toml")


@pytest.fixture
def only_catalogue(user_catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """The user's catalogue without the shipped one, whose titles would be candidates too."""
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(user_catalogue.path))
    return user_catalogue


class Settings:
    """The user's config.toml, which is missing at first."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, text: str) -> None:
        """Write *text* into the file, as some editors do."""
        time.sleep(0.03)  # So long, times of files can be behind the clock; nobody edits as fast.
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, "utf-8")
        time.sleep(0.03)

    def age(self) -> None:
        """Make it an hour old, older than the grain of file clocks."""
        age(self.path)


@pytest.fixture
def settings(tmp_path: Path, circumstances: None) -> Settings:
    """The user's config.toml."""
    return Settings(tmp_path / "home" / "config" / "countdown" / "config.toml")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    """The cache folder, which is missing at first."""
    return tmp_path / "home" / "cache" / "countdown"


def cache_files(cache: Path) -> list[Path]:
    """The prompt's cache files, by name."""
    return sorted(path for path in cache.iterdir() if re.match(r"prompt-\w+\.\d+$", path.name))


class Terminal:
    """A shell in a pseudo-terminal, whose user waits for each prompt."""

    def __init__(self, shell: str, argv: list[str], environment: dict[str, str]) -> None:
        self.shell = shell
        self._screen = pyte.Screen(COLUMNS, 30)
        self._stream = pyte.ByteStream(self._screen)
        self._count = 0
        self._folder = Path.cwd()
        self._child = _spawned(argv, environment)
        self.process: int = self._child.pid
        self._child.delaybeforesend = None
        self._child.ptyproc.delayafterterminate = 0.05
        self._next_prompt()

    @property
    def line(self) -> str:
        """The screen line of the cursor, without trailing blanks."""
        cells = self._screen.buffer[self._screen.cursor.y]
        # A wide character has two cells, of which the other is empty.
        return "".join(cells[column].data for column in range(COLUMNS)).rstrip()

    @property
    def commands(self) -> int:
        """The number of commands so far."""
        return self._count

    @property
    def cursor(self) -> int:
        """The column of the cursor, from 0."""
        column: int = self._screen.cursor.x
        return column

    @property
    def screen(self) -> list[str]:
        """The lines of the screen."""
        return [line.rstrip() for line in self._screen.display]

    def run(self, command: str = "true") -> str:
        """Run *command*, which can't be empty, and return the line of the next prompt."""
        self.enter(command)
        return self.line

    def enter(self, command: str) -> None:
        """Type *command* and wait for the next prompt."""
        self._child.send(command.encode("utf-8", "surrogateescape") + b"\r")
        self._next_prompt()

    def press(self, keys: bytes) -> None:
        """Press *keys* without waiting."""
        self._child.send(keys)

    def value_of(self, words: str) -> str:
        """The value that the shell expands *words* to: `$variable`, with double quotes or not."""
        path = self._folder / f"told-{self._count}"
        self.enter(f"printf '<%s>' {words} >{path}")
        text = path.read_bytes().decode("utf-8", "surrogateescape")
        path.unlink()
        return text[1:-1]

    @property
    def prompt(self) -> str:
        """The value of COUNTDOWN_PROMPT."""
        return self.value_of('"$COUNTDOWN_PROMPT"')

    def until(self, condition: Callable[[], bool]) -> None:
        """Wait until *condition* is true of the screen."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            left = deadline - time.monotonic()
            try:
                self._stream.feed(self._child.read_nonblocking(65_536, timeout=max(left, 0)))
            except (pexpect.TIMEOUT, pexpect.EOF) as error:
                shown = "\n".join(line for line in self.screen if line)
                raise AssertionError(f"{type(error).__name__}; the screen:\n{shown}") from None

    def _next_prompt(self) -> None:
        def before_cursor() -> str:
            # A wide character has two cells, of which the other is empty; a combining one has none.
            cells = self._screen.buffer[self._screen.cursor.y]
            return "".join(cells[column].data for column in range(self._screen.cursor.x))

        def there() -> bool:
            found = _PROMPT.search(before_cursor())
            return found is not None and int(found[1]) > self._count

        self.until(there)
        found = _PROMPT.search(before_cursor())
        assert found
        self._count = int(found[1])
        # What is echoed was typed when the shell had drawn all of its prompt.
        self.press(b"x")
        self.until(lambda: before_cursor().endswith("> x"))
        self.press(b"\x7f")
        self.until(lambda: before_cursor().endswith("> "))

    def close(self) -> None:
        """Hang up."""
        hang_up(self._child)


def _spawned(argv: list[str], environment: dict[str, str]) -> Any:
    with warnings.catch_warnings():  # Of threads, in a process that is about to be another.
        warnings.simplefilter("ignore", DeprecationWarning)
        child: Any = pexpect.spawn(
            argv[0], argv[1:], env=environment, dimensions=(30, COLUMNS), encoding=None
        )
    return child


class Opening(Protocol):
    """Opens a terminal with a shell."""

    def __call__(
        self,
        shell: str,
        *lines: str,
        under: tuple[str, ...] = (),
        env: dict[str, str | None] | None = None,
        prompt: bool = True,
    ) -> Terminal:
        """Start *shell* with *lines* in its start-up file, after those of a numbered prompt."""


@pytest.fixture
def terminal(tmp_path: Path, circumstances: None) -> Iterator[Opening]:
    """Opens terminals with a shell, or a program *under* which it runs; None in *env* unsets."""
    opened: list[Terminal] = []

    def opening(
        shell: str,
        *lines: str,
        under: tuple[str, ...] = (),
        env: dict[str, str | None] | None = None,
        prompt: bool = True,
    ) -> Terminal:
        given = {**os.environ, **(env or {})}
        environment = {name: text for name, text in given.items() if text is not None}
        argv = [*under, *started(shell, tmp_path, *_first_lines(shell, prompt), *lines)]
        opened.append(Terminal(shell, argv, environment))
        return opened[-1]

    yield opening
    for one in opened:
        one.close()


def _first_lines(shell: str, prompt: bool) -> list[str]:
    return [_COUNTER[shell], _OWN_PROMPT.get(shell, "") if prompt else ""]


def started(shell: str, folder: Path, *lines: str) -> list[str]:
    """The words that start *shell* interactively, with *lines* in a start-up file in *folder*."""
    text = "\n".join(lines) + "\n"
    if shell == "bash":
        path, words = folder / "bashrc", ["bash", "--noprofile", "--rcfile", str(folder / "bashrc")]
    elif shell == "zsh":
        path, words = folder / "zsh" / ".zshrc", ["zsh", "-d", "-i"]
    else:
        path, words = folder / "home" / "config" / "fish" / "config.fish", ["fish", "-i"]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return words


def exported(shell: str, name: str, value: str | None) -> str:
    """The command that exports *name* with *value*, or unsets it."""
    if value is None:
        return f"set -e {name}" if shell == "fish" else f"unset {name}"
    return f"set -gx {name} '{value}'" if shell == "fish" else f"export {name}='{value}'"


def hook(shell: str) -> str:
    """The command that runs our hook as *shell* does before a prompt."""
    return _HOOK[shell]


def placed(shell: str, shown: str, line: str) -> bool:
    """Check that the prompt in *line* has *shown* in its place, and only its number besides."""
    if shell == "bash":
        return re.fullmatch(re.escape(f"{shown} " if shown else "") + r"\d+>", line) is not None
    gap = r" +" if shown else ""
    return re.fullmatch(r"\d+>" + gap + re.escape(shown), line) is not None
