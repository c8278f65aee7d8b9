"""The terminal's background: a pseudo-terminal is asked for it once, and answers or not."""

import os
import re
import time
import warnings
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pexpect
import pytest

from countdown.cli import background
from tests import preloaded
from tests.cli.conftest import Countdown
from tests.terminals import hang_up
from tests.thorough import sample

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals"),
    pytest.mark.usefixtures("indexed_shipped"),
]

QUESTION: Final = b"\x1b]11;?\x1b\\"
NO_SUCH: Final = b"\x1b[?62;22c"  # what every terminal answers to the second question
DARK: Final = b"\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\" + NO_SUCH
LIGHT: Final = b"\x1b]11;rgba:fd/f6/e3/ff\x07" + NO_SUCH
WORDS: Final = ("list", "--from", "2026-12-13", "--limit", "3", "--format", "table")
NOTHING: Final = MappingProxyType[str, str]({})
PATIENCE: Final = 20.0  # s
# Values of COLORFGBG that tell the background, and others.
TOLD: Final = (("15;0", "dark"), ("0;default;15", "light"), ("12;8", "dark"), ("0;7", "light"))
NOT_TOLD: Final = ("15;²", "", "15;default", "15;100")
NEAR: Final = {"dark": 215, "light": 130}  # a colour for each background
TERMINALS: Final = ({"NO_COLOR": "1"}, {"TERM": "linux"}, {"TERM": "dumb"}, {"TERM": "vt220"})
COLOURLESS: Final = sample(TERMINALS[1:2], of=TERMINALS)


def shown(
    variables: Mapping[str, str] = NOTHING,
    *,
    answer: bytes = b"",
    keys: bytes = b"",
    stdin: str = "0<&0",
) -> tuple[bool, set[int]]:
    """Whether the terminal was asked, and the numbers of the colours that it was then sent.

    It gives that *answer*. The user has typed *keys* before; *stdin* is where keys are read from.
    """
    environment = {
        **os.environ,
        "COLORFGBG": "",
        "TERM": "xterm-256color",
        "COUNTDOWN_TODAY": "2026-12-13",
        **variables,
    }
    program = preloaded.ITSELF if stdin == "<&-" else preloaded.words_on_terminal()
    with warnings.catch_warnings():  # Of threads, in a process that is about to be another.
        warnings.simplefilter("ignore", DeprecationWarning)
        child: pexpect.spawn[bytes] = pexpect.spawn(
            "/bin/sh",
            ["-c", f'"$@" {stdin}', "sh", *program, *WORDS],
            env=environment,
            dimensions=(24, 80),
        )
    child.delaybeforesend = None
    written, asked, end = b"", False, time.monotonic() + PATIENCE
    try:
        if keys:
            child.send(keys)
        while time.monotonic() < end:
            try:
                written += child.read_nonblocking(65536, timeout=PATIENCE)
            except pexpect.EOF:
                break
            if QUESTION in written and not asked:
                asked = True
                for part in (answer[:9], answer[9:]):
                    child.send(part)
                    time.sleep(0.02)
    finally:
        hang_up(child)
    assert b"Coming up" in written
    return asked, {int(n) for n in re.findall(rb"\x1b\[[0-9;]*38;5;(\d+)m", written)}


ANSWERS: Final[tuple[tuple[bytes, dict[str, str], int], ...]] = (
    (LIGHT, {"TERM": "konsole-256color"}, 130),
    (DARK, {"TMUX": "/tmp/s,1,0"}, 215),
    (DARK, {}, 215),
)


@pytest.mark.parametrize(
    ("answer", "variables", "near"), sample(ANSWERS[:1], of=ANSWERS), ids=ascii
)
def test_terminal_is_asked_once(answer: bytes, variables: dict[str, str], near: int) -> None:
    """And what it answered is remembered."""
    for is_first in (True, False):
        asked, colours = shown(variables, answer=answer)
        assert asked == is_first
        assert near in colours


@pytest.mark.parametrize(
    "answer", sample([b""], of=[NO_SUCH, b"", b"\x1b]11;rgb:zz/00/00\x07" + NO_SUCH])
)
def test_terminal_that_does_not_tell_gets_no_colours(answer: bytes) -> None:
    """And is not asked again."""
    assert shown(answer=answer) == (True, set())
    assert shown(answer=answer) == (False, set())


@pytest.mark.parametrize(("text", "theme"), sample(TOLD[:1], of=TOLD))
def test_variable_tells_it(text: str, theme: str) -> None:
    """Then nobody need be asked."""
    asked, colours = shown({"COLORFGBG": text})
    assert not asked
    assert NEAR[theme] in colours


@pytest.mark.parametrize(
    ("text", "theme"), [*TOLD, *((text, None) for text in NOT_TOLD)], ids=ascii
)
def test_last_number_of_the_variable_is_the_background(
    text: str, theme: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If it is that of a colour."""
    monkeypatch.setenv("COLORFGBG", text)
    assert background.known_theme() == theme


@pytest.mark.parametrize("text", sample(NOT_TOLD[:1], of=NOT_TOLD))
def test_variable_that_does_not_tell_is_none(text: str) -> None:
    """As some terminals set it."""
    asked, colours = shown({"COLORFGBG": text}, answer=DARK)
    assert asked
    assert 215 in colours


@pytest.mark.parametrize(
    "variables",
    COLOURLESS,
    ids=str,
)
def test_terminal_that_could_print_the_question_is_not_asked(variables: dict[str, str]) -> None:
    """Nor one that shall have no colours."""
    assert shown(variables) == (False, set())


@pytest.mark.parametrize("stdin", sample(["<&-", "| cat"], of=["<&-", "</dev/null", "| cat"]))
def test_nobody_is_asked_without_a_terminal_at_both_ends(stdin: str) -> None:
    """The answer could not be read, or the question would be part of a file."""
    assert shown(stdin=stdin)[0] is False


def test_keys_typed_ahead_are_not_read() -> None:
    """They are the shell's: then the terminal is asked another time."""
    assert shown(keys=b"ls", answer=DARK)[0] is False
    assert shown(answer=DARK)[0] is True


def test_without_a_cache_folder_nobody_is_asked() -> None:
    """The answer could not be remembered."""
    assert shown({"HOME": "", "XDG_CACHE_HOME": "", "XDG_DATA_HOME": ""}) == (False, set())


def test_theme_that_is_set_counts(shipped: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """In config.toml; `auto` asks the terminal again."""
    monkeypatch.setenv("TERM", "xterm-256color")
    assert shown(answer=DARK)[0] is True
    shipped("config", "set", "theme", "light")
    asked, colours = shown(answer=DARK)
    assert not asked
    assert 130 in colours
    shipped("config", "set", "theme", "mono")
    assert shown(answer=DARK) == (False, set())
    shipped("config", "set", "theme", "auto")
    assert 130 in shown(answer=LIGHT)[1]


def test_forgotten_answer_that_can_not_be_removed_stays(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is no reason to fail."""
    monkeypatch.setenv("TERM", "xterm-256color")
    shown(answer=DARK)
    unlink: Callable[[str], None] = os.unlink

    def refuse(path: str) -> None:
        if "terminal-" in path:
            raise PermissionError(path)
        unlink(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "unlink", refuse)
        assert shipped("config", "set", "theme", "auto").code == 0
    assert shown(answer=LIGHT)[0] is False
