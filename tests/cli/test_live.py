"""`countdown live`: its clock, its terminal, and how it ends."""

import os
import pty
import re
import signal
import sys
import termios
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from select import select
from threading import Timer
from typing import TextIO
from zoneinfo import ZoneInfo

import pytest

from countdown.cli import full_screen
from countdown.cli.live_loop import LiveCountdown, keep_up, next_change
from countdown.cli.programs_to_run import ProgramRunner
from countdown.core.outlook import Moment
from countdown.core.release import Release
from countdown.errors import CountdownError, UsageError
from countdown.streams import OutputError
from tests.cli.conftest import Countdown, World
from tests.cli.conftest import film as table
from tests.views.releases import film, outlook_of

EVENING = datetime(2022, 7, 6, 4, tzinfo=UTC)
SOON = film("Soon", "2022-07-06T04:00Z - streaming")
DAY = film("Thor", "2022-07-08 US theatrical")
WINDOW = film("Later", "2027-Q4")
ZONE = ZoneInfo("America/Sao_Paulo")
_STREAMS: dict[int, tuple[TextIO, TextIO]] = {}  # of terminals, by their other end


class Sleeper:
    """A screen on which time passes as long as is waited, up to a number of times."""

    def __init__(self, start: datetime, most: int = 10_000) -> None:
        self.now = start
        self.waits = 0
        self._most = most

    def clock(self) -> Moment:
        """The time that has come."""
        return Moment.at(self.now, ZONE)

    def wait(self, seconds: float) -> bool:
        """Let that time pass."""
        self.waits += 1
        self.now += timedelta(seconds=seconds, milliseconds=2)
        return self.waits < self._most


def counted(
    sleeper: Sleeper, *releases: Release, quits: bool = False
) -> tuple[list[str], list[datetime]]:
    """The ids of what came out while it was counted, and when the screen was drawn."""
    out: list[str] = []
    drawn: list[datetime] = []
    keep_up(
        LiveCountdown(
            releases,
            "US",
            sleeper.clock,
            lambda _, now: drawn.append(now.instant),
            lambda outlook: out.append(outlook.release.id),
            quits,
        ),
        sleeper,
    )
    return out, drawn


def test_minute_of_days_has_two_wake_ups_and_of_seconds_sixty() -> None:
    """So next to no time of the processor; each second is drawn once."""
    noon = datetime(2022, 7, 3, 12, tzinfo=UTC)
    sleeper = Sleeper(noon)
    sleeper._most = 3
    counted(sleeper, DAY, SOON, WINDOW)
    assert (sleeper.now - noon).total_seconds() > 60
    sleeper = Sleeper(EVENING - timedelta(seconds=90), 61)
    _, drawn = counted(sleeper, SOON)
    assert [(when - drawn[0]).total_seconds() for when in drawn] == [*range(61)]


def test_next_change_is_midnight_where_the_user_is_or_when_seconds_begin() -> None:
    """Nothing changes between these."""
    before = datetime(2022, 7, 8, 2, 59, 50, tzinfo=UTC)
    later = film("B", "2022-07-26")
    moment = Moment.at(before, ZONE)
    assert next_change([outlook_of(later, moment)], moment) == before + timedelta(seconds=10)
    early = Moment.at(EVENING - timedelta(hours=48, seconds=10), ZONE)
    assert next_change([outlook_of(SOON, early)], early) == early.instant + timedelta(seconds=11)
    last = Moment(date.max, datetime(9999, 12, 31, 12, tzinfo=UTC), ZONE)
    assert next_change([], last) == last.instant + timedelta(seconds=30)


def test_ends_when_all_is_out_and_runs_once_for_each() -> None:
    """Also if it comes out while the clock is set forward; nothing runs for what was out before."""
    sleeper = Sleeper(EVENING - timedelta(seconds=3, milliseconds=300))
    out, drawn = counted(sleeper, SOON, film("Old", "2022-07-01"), quits=True)
    assert out == ["soon"]
    assert drawn[-1] == EVENING
    assert counted(Sleeper(EVENING), SOON, quits=True)[0] == []
    sleeper = Sleeper(EVENING - timedelta(seconds=2), 5)
    assert counted(sleeper, SOON)[0] == ["soon"]


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A pseudo-terminal at stdin and stdout; its other end."""
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (24, 80))
    monkeypatch.setenv("TERM", "xterm-256color")
    with (
        open(os.dup(theirs), encoding="utf-8") as keys,
        open(os.dup(theirs), "w", encoding="utf-8") as output,
    ):
        os.close(theirs)
        _STREAMS[ours] = (keys, output)
        yield ours
        del _STREAMS[ours]
    with suppress(OSError):  # The test may have closed it.
        os.close(ours)


def attach(terminal: int, patch: pytest.MonkeyPatch) -> None:
    """Put the terminal in the place of stdin and stdout, which pytest replaces before each test."""
    for name, stream in zip(("stdin", "stdout"), _STREAMS[terminal], strict=True):
        patch.setattr(sys, name, stream)


def written(terminal: int) -> str:
    """What the terminal has got; what the program writes comes in parts."""
    text = os.read(terminal, 1_000_000)
    while select([terminal], [], [], 0.1)[0]:
        text += os.read(terminal, 1_000_000)
    return text.decode()


def modes() -> list[object]:
    """How the terminal treats keys."""
    return termios.tcgetattr(sys.stdin.fileno())


def test_terminal_is_taken_over_and_left_as_it_was(
    terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only lines that change are written, and after a resize all of them."""
    attach(terminal, monkeypatch)
    before = modes()
    with full_screen.full_screen(is_drawn=True) as screen:
        assert modes() != before
        assert screen.size == (80, 24)
        screen.draw(["a", "b"])
        assert "\x1b[?1049h\x1b[?25l" in written(terminal)
        screen.draw(["a", "c"])
        assert re.findall(r"\x1b\[(\d+);1H(.)", written(terminal)) == [("2", "c")]
        screen.draw(["a", "c"])
        signal.raise_signal(signal.SIGWINCH)
        assert screen.wait(60)
        screen.draw(["a", "c"])
        assert written(terminal).count(";1H") == 2
        os.write(terminal, b"x\x1b[q")
        assert screen.wait(60) is False
        os.write(terminal, b"\x1b[Q")
        assert screen.wait(60)
        assert screen.wait(0)
    assert modes() == before
    assert written(terminal) == "\x1b[?7h\x1b[?25h\x1b[?1049l"
    assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL


@pytest.mark.usefixtures("interruptible")
def test_ctrl_c_and_any_error_leave_it_as_it_was(
    terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As do they in a block that draws nothing."""
    attach(terminal, monkeypatch)
    before = modes()
    for is_drawn in (True, False):
        with full_screen.full_screen(is_drawn=is_drawn) as screen:
            signal.raise_signal(signal.SIGINT)
            with pytest.raises(KeyboardInterrupt):
                screen.wait(60)
        assert modes() == before
        with pytest.raises(ZeroDivisionError), full_screen.full_screen(is_drawn=is_drawn):
            raise ZeroDivisionError
        assert modes() == before
    assert written(terminal).count("\x1b[?1049l") == 2


def test_after_it_is_continued_it_is_drawn_anew(
    terminal: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As whoever had the terminal meanwhile left it."""
    attach(terminal, monkeypatch)
    with full_screen.full_screen(is_drawn=True) as screen:
        screen.draw(["a"])
        written(terminal)
        signal.raise_signal(signal.SIGCONT)
        assert screen.wait(60)
        screen.draw(["a"])
        assert re.search(r"\x1b\[\?1049l\x1b\[\?1049h.*a", written(terminal))


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGQUIT", "SIGTSTP"])
def test_signal_acts_as_usual_once_the_terminal_is_left(
    terminal: int, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What ends or stops any program does so here."""
    attach(terminal, monkeypatch)
    number = getattr(signal, name)
    before = modes()
    raised: list[tuple[int, bool]] = []

    with full_screen.full_screen(is_drawn=True) as screen:
        os.kill(os.getpid(), number)
        monkeypatch.setattr(
            signal, "raise_signal", lambda sent: raised.append((sent, modes() == before))
        )
        assert screen.wait(60)
        assert raised == [(number, True)]
        assert "\x1b[?1049l" in written(terminal)
        assert (modes() == before) == (name != "SIGTSTP")
    signal.signal(number, signal.SIG_DFL)


def test_ignored_signal_stays_ignored(terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `nohup` has it."""
    attach(terminal, monkeypatch)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with full_screen.full_screen(is_drawn=True) as screen:
            signal.raise_signal(signal.SIGHUP)
            assert screen.wait(0)
    finally:
        signal.signal(signal.SIGHUP, before)


def test_lost_terminal_ends_it(terminal: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without waiting for a key that can't come."""
    attach(terminal, monkeypatch)
    with full_screen.full_screen(is_drawn=True) as screen:
        os.close(terminal)
        with pytest.raises(OutputError):
            screen.wait(60)


def test_no_terminal_at_all_is_an_error_of_output(
    terminal: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It can have gone since it was looked at; an end of file is the same."""
    attach(terminal, monkeypatch)
    (tmp_path / "keys").write_bytes(b"")
    with open(tmp_path / "keys") as keys, open(tmp_path / "out", "w") as output:
        monkeypatch.setattr(sys, "stdin", keys)
        monkeypatch.setattr(sys, "stdout", output)
        with pytest.raises(OutputError), full_screen.full_screen(is_drawn=True):
            pass
        screen = full_screen.FullScreen(is_drawn=True)
        assert screen.size == (80, 24)
        with pytest.raises(OutputError):
            screen.wait(1)
        monkeypatch.setattr(sys, "stdin", output)
        with pytest.raises(OutputError):
            screen.wait(1)
        screen.close()


def test_program_gets_facts_as_variables_and_no_shell(tmp_path: Path) -> None:
    """A title that a shell would run stays text; what it returns is told."""
    seen = tmp_path / "seen"
    hostile = film("$(touch x); `y`", "2022-07-08", id="h")
    code = f"import os; open({str(seen)!r}, 'w').write(os.environ['COUNTDOWN_RELEASE_TITLE'])"
    runner = ProgramRunner(f'{sys.executable} -S -c "{code}"')
    runner.run(outlook_of(hostile))
    runner.wait()
    assert seen.read_text() == "$(touch x); `y`"
    for command, error in (("false", "false exited with code 1"), (str(tmp_path / "no"), "")):
        script = tmp_path / "no"
        script.write_bytes(b"\x7fELF")
        script.chmod(0o755)
        runner = ProgramRunner(command)
        runner.run(outlook_of(film("Undated")))
        with pytest.raises(CountdownError, match=error or "can't be started"):
            runner.wait()
    runner = ProgramRunner(None)
    runner.run(outlook_of(DAY))
    runner.wait()


@pytest.mark.parametrize(
    ("command", "message"),
    [("'", "A quote isn't closed"), ("", "can't be empty"), ("no-such-program x", "no program")],
)
def test_program_that_cannot_run_is_refused_at_once(command: str, message: str) -> None:
    """Not when the release is out."""
    with pytest.raises(UsageError, match=message):
        ProgramRunner(command)


def test_no_terminal_is_refused(countdown: Countdown) -> None:
    """With exit code 2, and what to use instead."""
    ran = countdown("live")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("countdown live needs a terminal.")
    assert "countdown next" in ran.err


def run_live(
    terminal: int, run: Countdown | World, *words: str, key: bytes = b"q"
) -> tuple[int, str]:
    """The exit code of `live` when *key* was typed ahead, and what the terminal got."""
    os.write(terminal, key)
    code = run("live", *words).code
    return code, written(terminal)


def test_live_shows_the_next_release_or_those_of_titles(
    terminal: int, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    """Several by commas; a title with a comma is one; what is out is refused."""
    attach(terminal, monkeypatch)
    world.says(
        table("dune", "2026-12-18", title="Dune: Part Three"),
        table("doom", "2026-12-19"),
        table("comma", title="The Good, the Bad", stage="filming"),
        table("old", "2020-01-01"),
    )
    code, text = run_live(terminal, world)
    assert code == 0
    assert "Dune: Part Three" in text
    assert "Doom" not in text
    text = run_live(terminal, world, "dune,", "doom", "--no-color")[1]
    assert "Dune: Part Three" in text
    assert "Doom" in text
    assert "Shooting" in run_live(terminal, world, "the good, the bad")[1]
    assert world("live", "old").code == 1
    assert world("live", "nobody").code == 1
    world.says(table("old", "2020-01-01"))
    assert world("live").code == 1


def test_live_tells_who_cannot_see_the_screen(
    terminal: int, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A sentence, no control sequence; so does a terminal that knows none."""
    attach(terminal, monkeypatch)
    world.says(table("dune", "2026-12-18"), table("near", "2026-11-23T18:30Z"))
    Timer(0.5, os.write, (terminal, b"q")).start()
    code, text = run_live(terminal, world, "dune, near", "--accessible", key=b"x")
    assert (code, text.count("\n"), "\x1b" in text) == (0, 2, False)
    assert "Dune: In 26 days · Friday, 18 December 2026" in text
    monkeypatch.setenv("TERM", "dumb")
    assert "\x1b" not in run_live(terminal, world, "dune")[1]


def test_live_of_what_is_out_today_quits_at_once_if_told_to(
    terminal: int, monkeypatch: pytest.MonkeyPatch, world: World
) -> None:
    """The clock goes on from the day of --as-of."""
    attach(terminal, monkeypatch)
    world.says(table("dune", "2026-12-18"))
    assert world("live", "dune", "--quit", "--as-of", "2026-12-18").code == 0
    assert "Friday" in written(terminal)
