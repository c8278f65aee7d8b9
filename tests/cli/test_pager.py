"""Long answers in real pagers, on a pseudo-terminal: colours, the text that stays, and the end."""

import os
import re
import shlex
import signal
import subprocess
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pexpect
import pyte
import pytest

from countdown.cli import pager
from countdown.errors import CountdownError
from tests import preloaded
from tests.cli.conftest import Countdown
from tests.programs import needs
from tests.terminals import hang_up
from tests.thorough import sample

pytestmark = pytest.mark.usefixtures("interruptible", "indexed_shipped")

WIDTH: Final = 80
PATIENCE: Final = 30.0  # s until a screen is held to be wrong
# A shell that outlives Ctrl-C says how the program ended, and whether keys are echoed again.
AROUND: Final = (
    "trap : INT QUIT; \"$@\"; code=$?; echo=off; case $(stty -a) in *' echo '*) echo=on;; esac; "
    'echo "~~ended $code, echo $echo"'
)
ENDED: Final = re.compile(r"~~ended \d+, echo (on|off)")  # what it says, whole
PAGING: Final = (  # each command that can page, and the height of a terminal on which it does
    (("list",), 24),
    (("status",), 12),
    (("show", "avengers-doomsday"), 24),
    (("actor", "chris", "--all"), 24),
    (("actor", "a"), 24),
    (("search", "marvel"), 24),
    (("next",), 8),
    (("follow",), 5),
    (("mine",), 5),
    (("config",), 5),
    (("edit", "extraction-3", "--stage", "wrapped", "--dry-run"), 5),
)
LONG: Final = sample(PAGING[::6], of=PAGING)
ENDS: Final = sample(["", "kill -9 $$"], of=["", "kill -9 $$", "exit 3"])  # of a pager
# What its user set for less, and whether that shows colours.
LESS: Final = (
    ({"LESS": "-iS"}, False),
    ({"LESS": "", "PAGER": "less -R"}, True),
    ({"LESS": "-iRS"}, True),
    ({"PAGER": "less -S"}, True),
    ({"PAGER": "less -+R"}, False),
)
# What is set for the signs that less shows, and whether it shows ours then.
SIGNS: Final[tuple[tuple[dict[str, str], bool], ...]] = (
    ({}, True),
    ({"LESSCHARSET": "ascii"}, False),
    ({"LESSCHARDEF": "8bcccbcc18b95.b"}, False),
)
MORE: Final[tuple[tuple[tuple[str, ...], dict[str, str]], ...]] = (
    (("list",), {}),
    (("show", "avengers-doomsday"), {}),
    (("show", "avengers-doomsday"), {"MORE": "-p"}),
)
LISTED: Final = ("list", "--limit", "40")
# Words, height and variables with which an answer goes through no pager.
AT_ONCE: Final[tuple[tuple[tuple[str, ...], int, dict[str, str]], ...]] = (
    (LISTED, 100, {}),
    ((*LISTED, "--no-pager"), 24, {}),
    (("--no-pager", *LISTED), 24, {}),
    (LISTED, 24, {"NO_PAGER": "1"}),
    (LISTED, 24, {"NO_PAGER": "1", "COUNTDOWN_PAGER": "less"}),
    (LISTED, 24, {"PAGER": ""}),
    (LISTED, 24, {"PAGER": "cat"}),
    (LISTED, 24, {"PAGER": "/bin/cat -v"}),
    (LISTED, 24, {"PAGER": "no-such-pager --of mine"}),
    (LISTED, 24, {"PAGER": "env no-such-pager"}),
    (LISTED, 24, {"PAGER": "less '"}),
    (LISTED, 24, {"PAGER": "less", "COUNTDOWN_PAGER": ""}),
    (LISTED, 24, {"PATH": "/nowhere"}),
)
NOTHING: Final = MappingProxyType[str, str]({})


class Paged:
    """The program on a pseudo-terminal, with the screen that a person sees."""

    def __init__(self, child: "pexpect.spawn[str]", height: int) -> None:
        self._child = child
        self._screen = pyte.HistoryScreen(WIDTH, height, history=1000, ratio=0.5)
        self._stream = pyte.Stream(self._screen)
        self.raw = ""

    @property
    def text(self) -> str:
        """What is on the screen, and above it where it can be scrolled back to."""
        above = ["".join(row[x].data for x in range(WIDTH)) for row in self._screen.history.top]
        return "\n".join(line.rstrip() for line in (*above, *self._screen.display))

    @property
    def last(self) -> str:
        """The last line of the screen that is not empty."""
        rows = (self._screen.buffer[y] for y in reversed(range(self._screen.lines)))
        lines = ("".join(row[x].data for x in range(WIDTH)).strip() for row in rows)
        return next(filter(None, lines), "")

    @property
    def colours(self) -> set[str]:
        """The colours of the letters on the screen, and `bold`."""
        cells = [cell for row in self._screen.buffer.values() for cell in row.values()]
        return {cell.fg for cell in cells} | {"bold" for cell in cells if cell.bold}

    def until(self, seen: Callable[[], bool], *, keys: str = "") -> None:
        """Wait until *seen*; type *keys* now and then until it is."""
        end = typed = time.monotonic()
        end += PATIENCE
        while not seen():
            if keys and time.monotonic() >= typed:
                self.send(keys)
                typed = time.monotonic() + 0.5  # s, in which others may act on them
            try:
                more = self._child.read_nonblocking(65536, timeout=0.3 if keys else PATIENCE)
            except pexpect.TIMEOUT:
                more = ""
            except pexpect.EOF:
                end = 0.0
            assert time.monotonic() < end, self.text
            self.raw += more
            self._stream.feed(more)

    def send(self, keys: str) -> None:
        """Type *keys*."""
        self._child.send(keys)

    def ended(self) -> str:
        """Wait for the end of the program; its exit code and whether keys are echoed."""
        # Not in its text at first, which takes long to put together. The line can come in parts.
        self.until(lambda: "~~ended" in self.raw and bool(ENDED.fullmatch(self.last)))
        return self.last.removeprefix("~~ended ")

    def pager(self, name: str) -> int:
        """The number of the process *name* that the program has started."""
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "stat").read_text().split()
                parent = Path("/proc", words[3], "stat").read_text().split()
            except (OSError, IndexError):
                continue
            if words[1] == f"({name})" and parent[3] == str(self._child.pid):
                return int(folder.name)
        raise AssertionError(name)

    @staticmethod
    def program(pager: int) -> int:
        """The number of the process that started the process *pager*."""
        return int(Path("/proc", str(pager), "stat").read_text().split()[3])


@contextmanager
def paged(
    *words: str,
    height: int = 24,
    variables: Mapping[str, str] = NOTHING,
    before: str = "",
    itself: bool = False,
) -> Iterator[Paged]:
    """The program called with *words* on a terminal of 80 columns, after the shell's *before*.

    It is the program *itself* if asked for, and else may be preloaded.
    """
    program = [*(preloaded.ITSELF if itself or before else preloaded.words_on_terminal()), *words]
    around = AROUND.replace("trap : INT QUIT", "trap : QUIT") if before else AROUND
    with warnings.catch_warnings():  # Of threads, in a process that is about to be another.
        warnings.simplefilter("ignore", DeprecationWarning)
        child: pexpect.spawn[str] = pexpect.spawn(
            "/bin/sh",
            ["-c", before + around, "sh", *program],
            env={
                **os.environ,
                "TERM": "xterm-256color",
                "COUNTDOWN_TODAY": "2026-11-22",
                **variables,
            },
            dimensions=(height, WIDTH),
            encoding="utf-8",
        )
    child.delaybeforesend = None
    try:
        yield Paged(child, height)
    finally:
        hang_up(child)


def is_at_prompt(run: Paged) -> Callable[[], bool]:
    """Whether a pager waits for a key, on the last line."""
    return lambda: run.last == ":" or run.last.startswith(("--More--", "(END)"))


def has_ended(process: int) -> bool:
    """Whether the process of that number runs no more, waited for or not."""
    try:
        return Path("/proc", str(process), "stat").read_text().split()[2] == "Z"
    except OSError:
        return True


def script(path: Path, text: str) -> Path:
    """A program at *path* that the shell runs."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def mine(tmp_path: Path) -> None:
    """Something to follow, and a catalogue of one's own."""
    for folder, name, text in (
        ("config", "config.toml", "[follow]\nperson = ['Chris Hemsworth', 'Zendaya', 'A', 'B']\n"),
        (
            "data",
            "releases.toml",
            "format = 1\n"
            + "".join(
                f'[[release]]\nid = "x{n}"\ntitle = "Mine {n}"\nkind = "film"\n' for n in range(9)
            ),
        ),
    ):
        path = tmp_path / "home" / folder / "countdown" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")


@needs("less")
@pytest.mark.parametrize(("words", "height"), LONG, ids=[" ".join(w) or "bare" for w, _ in LONG])
def test_less_shows_colours_and_leaves_the_text_on_the_screen(
    words: tuple[str, ...], height: int, mine: None
) -> None:
    """No escape is seen as text, and what was read is still there after q."""
    with paged(*words, height=height) as run:
        run.until(is_at_prompt(run))
        page = run.text
        assert "ESC" not in page
        assert "^[" not in page
        assert "bold" in run.colours or len(run.colours) > 1
        run.send("q")
        assert run.ended() == "0, echo on"
        assert page.splitlines()[0] in run.text
        assert page.splitlines()[-2] in run.text


@needs("less")
@pytest.mark.parametrize(
    ("variables", "shown"),
    sample(SIGNS[::2], of=SIGNS),
    ids=str,
)
def test_less_shows_signs_also_if_the_locale_is_not_installed(
    variables: dict[str, str], shown: bool
) -> None:
    """Unless its user has said what it can show."""
    with paged(
        "status", height=12, variables={"LANG": "pt_BR.UTF-8", **variables}, itself=True
    ) as run:
        run.until(is_at_prompt(run))
        assert ("<E2>" not in run.text) == shown
        assert ("■" in run.text) == shown
        run.send("q")
        assert run.ended() == "0, echo on"


@needs("more")
@pytest.mark.parametrize(
    ("words", "variables"),
    sample(MORE[:1], of=MORE),
    ids=str,
)
@pytest.mark.skipif(sys.platform != "linux", reason="more is another program elsewhere")
def test_more_shows_colours_and_breaks_no_line(
    words: tuple[str, ...],
    variables: dict[str, str],
    shipped: Countdown,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It takes no escape for a letter, neither to show it nor, as it is called, to count it."""
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    right = shipped(*words, "--format", "table").out.splitlines()
    with paged(*words, variables={"PAGER": "more", **variables}, itself=True) as run:
        run.until(is_at_prompt(run))
        assert "ESC" not in run.text
        assert "^[" not in run.text
        assert ("bold" in run.colours) == (not variables)
        assert run.text.splitlines()[:20] == [line.rstrip() for line in right[:20]]
        run.send("q")
        assert run.ended() == "0, echo on"


@needs("less")
@pytest.mark.parametrize(
    ("words", "height", "variables"),
    sample((*AT_ONCE[:6:3], *AT_ONCE[-3:-1]), of=AT_ONCE),
    ids=str,
)
def test_what_fits_or_has_no_pager_is_written_at_once(
    words: tuple[str, ...], height: int, variables: dict[str, str]
) -> None:
    """With its colours, and without a key to be pressed."""
    with paged(*words, height=height, variables=variables) as run:
        assert run.ended().startswith("0,")
        assert "Coming up   Sun 22 Nov 2026" in run.text
        assert "? not confirmed" in run.text
        assert "\x1b[1m" in run.raw


@pytest.mark.parametrize("code", ENDS, ids=ascii)
@pytest.mark.parametrize("name", sample(["COUNTDOWN_PAGER"], of=["COUNTDOWN_PAGER", "PAGER"]))
def test_pager_is_called_with_its_words_and_what_becomes_of_it_is_told(
    tmp_path: Path, name: str, code: str
) -> None:
    """COUNTDOWN_PAGER counts before PAGER; of an unknown program nobody knows if it has colours."""
    seen = tmp_path / "seen by it"
    script = tmp_path / "my pager"
    script.write_text(f'#!/bin/sh\nprintf "%s\\n" "$LESS" "$@" > "$1"; cat >> "$1"; {code}\n')
    script.chmod(0o755)
    words = shlex.join([str(script), str(seen), "-x"])
    with paged("list", variables={"PAGER": "less", name: words}) as run:
        ended = run.ended()
        text = seen.read_text("utf-8")
        assert text.startswith(f"\n{seen}\n-x\nComing up   Sun 22 Nov 2026   most dates for US\n")
        assert "\x1b" not in text
        how = {"": "", "exit 3": "exited with code 3"}.get(code, "was killed by signal 9")
        assert ended == f"{1 if how else 0}, echo on"
        assert (f"The pager failed: my pager {how}." in run.text) == bool(how)


@needs("less")
@pytest.mark.parametrize(
    ("variables", "coloured"),
    sample(LESS[:2], of=LESS),
    ids=str,
)
def test_less_set_up_by_its_user_is_sent_only_what_it_shows(
    variables: dict[str, str], coloured: bool
) -> None:
    """LESS is left as it is, so where it lacks R, colours would be seen as letters."""
    with paged("list", variables=variables) as run:
        run.until(is_at_prompt(run))
        assert "ESC" not in run.text
        assert (len(run.colours) > 2) == coloured
        run.send("q")
        assert run.ended() == "0, echo on"


@pytest.mark.parametrize(
    ("variable", "options", "shown"),
    [
        (None, "", True),
        (None, "-iM", True),
        ("FRX", "", True),
        ("-R", "", True),
        ("-r", "", True),
        ("-iMS", "", False),
        ("", "", False),
        ("-iM -R", "", True),
        ("--RAW-CONTROL-CHARS", "", True),
        ("--raw-control-chars -i", "", True),
        ("-i --RAW", "", True),
        ("--quit-if-one-screen", "", False),
        ("--no-histdups --chop-long-lines", "", False),
        ("-R -x4", "", True),
        ("-Pprompt with R", "", False),
        ("-Pprompt -R", "", False),
        ("--prompt=Read on -R", "", False),
        ("--tabs 4 -R", "", False),
        ("-kRaR", "", False),
        ("+/R", "", False),
        ("FRX", "-+R", False),
        ("FR-+R", "", False),
        ("FRX", "--+RAW-CONTROL-CHARS", False),
        ("-S", "-R", True),
        ("-x4", "-R", True),
        ("-S", "-S R", False),
        ("-S", "-p R -M", False),
    ],
)
def test_colours_are_sent_only_to_a_less_that_is_known_to_show_them(
    variable: str | None,
    options: str,
    shown: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A letter R in a text that an option takes is no option."""
    less = script(tmp_path / "less", f"cat > {shlex.quote(str(tmp_path / 'seen'))}")
    monkeypatch.setenv("PAGER", f"{shlex.quote(str(less))} {options}")
    monkeypatch.delenv("LESS", raising=False)
    if variable is not None:
        monkeypatch.setenv("LESS", variable)
    pager.page("\x1b[1mbold\x1b[0m\n", "utf-8")
    seen = (tmp_path / "seen").read_text("utf-8")
    assert seen == ("\x1b[1mbold\x1b[0m\n" if shown else "bold\n")


@needs("less")
def test_leaving_a_pager_early_is_no_error(tmp_path: Path) -> None:
    """The answer is longer than a pipe holds, so the program is still writing then."""
    path = tmp_path / "large.toml"
    tables = "".join(
        f'[[release]]\nid = "x{n}"\ntitle = "Title {n}"\nkind = "film"\n' for n in range(4000)
    )
    path.write_text(f"format = 1\n{tables}", "utf-8")
    with paged("list", "--catalogue", str(path)) as run:
        run.until(is_at_prompt(run))
        run.send("q")
        assert run.ended() == "0, echo on"
        assert "failed" not in run.text


@needs("less")
def test_ctrl_c_and_ctrl_backslash_are_the_pagers() -> None:
    """The program waits for it, so that nothing is left behind that reads what is typed next."""
    with paged("list", itself=True) as run:
        run.until(is_at_prompt(run))
        process = run.pager("less")
        run.send("\x03\x1c\x03")
        run.until(lambda: run.last == "(END)", keys="G")  # What was typed by then may be lost.
        run.send("q")
        assert run.ended() == "0, echo on"
        assert not Path("/proc", str(process)).exists()


@needs("less")
def test_terminal_is_set_back_if_the_pager_is_killed() -> None:
    """And the exit code says that the answer may not have been seen."""
    with paged("list", itself=True) as run:
        run.until(is_at_prompt(run))
        os.kill(run.pager("less"), signal.SIGKILL)
        assert run.ended() == "1, echo on"
        assert "The pager failed: less was killed by signal 9." in run.text


def test_file_that_is_no_program_is_no_pager(tmp_path: Path) -> None:
    """Though it says that it can be run."""
    path = tmp_path / "text"
    path.write_text("This is no program.\n")
    path.chmod(0o755)
    with paged(*LISTED, variables={"PAGER": str(path)}) as run:
        assert run.ended().startswith("0,")
        assert "? not confirmed" in run.text


def test_pager_that_ctrl_c_ends_takes_the_program_with_it(tmp_path: Path) -> None:
    """One that has no use of its own for it."""
    own = script(tmp_path / "pager", "cat\nexec sleep 60\n")
    with paged(*LISTED, variables={"PAGER": str(own)}) as run:
        run.until(lambda: "? not confirmed" in run.text)
        run.send("\x03")
        run.until(lambda: "~~ended 130, echo on" in run.text)


@needs("less")
def test_less_that_ctrl_c_ends_takes_the_program_with_it() -> None:
    """With its option K it exits with code 2 then."""
    with paged("list", variables={"LESS": "RK"}, itself=True) as run:
        run.until(is_at_prompt(run))
        process = run.pager("less")
        # Again, until it hears it: less loses one between its prompt and its waiting for a key.
        run.until(lambda: has_ended(process), keys="\x03")
        assert run.ended() == "130, echo on"
        assert "failed" not in run.text


def test_other_pagers_fail_with_code_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It means an interruption to less alone."""
    monkeypatch.setenv(
        "PAGER", shlex.quote(str(script(tmp_path / "mine", "cat > /dev/null; exit 2")))
    )
    with pytest.raises(CountdownError, match=r"^The pager failed: mine exited with code 2\.$"):
        pager.page("text", "utf-8")


@needs("less")
@pytest.mark.parametrize("name", sample(["SIGHUP"], of=["SIGTERM", "SIGHUP"]))
def test_signal_that_ends_the_program_ends_its_pager(name: str, interruptible: None) -> None:
    """Else the pager would go on without it, on a terminal that doesn't echo keys."""
    number = getattr(signal, name)
    with paged("list", itself=True) as run:
        run.until(is_at_prompt(run))
        process = run.pager("less")
        os.kill(run.program(process), number)
        assert run.ended() == f"{128 + number}, echo on"
        assert not Path("/proc", str(process)).exists()


@pytest.mark.parametrize(("ignored", "code"), [("", 130), ("trap '' INT;", 0)])
def test_signals_that_were_ignored_are_ignored_by_the_pager(
    ignored: str, code: int, tmp_path: Path
) -> None:
    """As for a program that nohup or a script has started."""
    own = script(tmp_path / "pager", "cat\nkill -INT $$\n")
    with paged(*LISTED, variables={"PAGER": str(own)}, before=ignored) as run:
        assert run.ended() == f"{code}, echo on"


def test_terminal_that_is_gone_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither before the pager starts nor when it has been killed."""
    master, slave = os.openpty()
    started, closed = tmp_path / "started", tmp_path / "closed"
    own = script(
        tmp_path / "mine",
        f"cat > /dev/null; : > '{started}'; until [ -e '{closed}' ]; do sleep .02; done\n"
        "kill -9 $$",
    )

    def hang_up_once_started() -> None:
        while not started.exists():
            time.sleep(0.02)
        os.close(master)
        closed.touch()

    monkeypatch.setenv("PAGER", shlex.quote(str(own)))
    closing = threading.Thread(target=hang_up_once_started)
    closing.start()
    for stdin in (open(slave, encoding="utf-8"), open(os.devnull, encoding="utf-8")):  # noqa: SIM115
        with stdin:
            monkeypatch.setattr("sys.stdin", stdin)
            with pytest.raises(CountdownError, match="mine was killed by signal 9"):
                pager.page("text", "utf-8")
    closing.join()


def test_paths_of_windows_keep_their_backslashes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And their quotes go, as in a path with a space."""
    seen = tmp_path / "seen"
    for name, words in (("a\\b.exe", "{}"), ("a \\b.exe", '"{}"'), ("less.exe", "{} -R")):
        path = script(tmp_path / name, f"cat > {shlex.quote(str(seen))}")
        monkeypatch.setenv("PAGER", words.format(path))
        with monkeypatch.context() as patch:
            patch.setattr("os.name", "nt")
            pager.page("\x1b[1mtext\x1b[0m", "utf-8")
        assert seen.read_text("utf-8") == ("\x1b[1mtext\x1b[0m" if "less" in name else "text")


def test_signal_that_comes_while_the_pager_runs_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And this program's own use of it comes afterwards."""
    seen: list[int] = []
    own = script(tmp_path / "mine", "cat >/dev/null\nkill -TERM $PPID\nexec sleep 5")
    monkeypatch.setenv("PAGER", shlex.quote(str(own)))
    before = signal.signal(signal.SIGTERM, lambda number, _: seen.append(number))
    try:
        with pytest.raises(CountdownError, match="mine was killed by signal 15"):
            pager.page("text", "utf-8")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert seen == [signal.SIGTERM]


def test_signal_that_comes_while_the_pager_starts_reaches_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And this program's own use of it comes afterwards."""
    start = subprocess.Popen
    seen: list[int] = []

    def interrupted(*args: Any, **options: Any) -> "subprocess.Popen[bytes]":
        signal.raise_signal(signal.SIGTERM)
        return start(*args, **options)

    monkeypatch.setattr("subprocess.Popen", interrupted)
    monkeypatch.setenv("PAGER", shlex.quote(str(script(tmp_path / "mine", "exec sleep 5"))))
    before = signal.signal(signal.SIGTERM, lambda number, _: seen.append(number))
    try:
        with pytest.raises(CountdownError, match="mine was killed by signal 15"):
            pager.page("text", "utf-8")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert seen == [signal.SIGTERM]
