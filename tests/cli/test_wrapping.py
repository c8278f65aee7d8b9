"""Messages on a narrow terminal are wrapped, but paths and commands stay whole."""

import os
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pexpect
import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.cli import messages
from countdown.core.width import width
from countdown.core.wrapping import wrapped
from tests import preloaded


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Short enough.", ["Short enough."]),
        ("", [""]),
        (
            "Nothing is coming for Zendaya. Add --all to include released titles.",
            ["Nothing is coming for Zendaya.", "Add --all to include released", "titles."],
        ),
        (
            "Nothing matches with a date. Try: countdown list --kind film --undated",
            ["Nothing matches with a date.", "Try:", "countdown list --kind film --undated"],
        ),
        (
            "Not any of them; see countdown list too.",
            ["Not any of them; see", "countdown list too."],
        ),
        ("The films are of mycountdown list.", ["The films are of mycountdown", "list."]),
        ("It is hidden. To see it: countdown mine", ["It is hidden. To see it:", "countdown mine"]),
        (
            "/home/ana/my films/films.toml:3: A film without a title.",
            ["/home/ana/my films/films.toml:3:", "A film without a title."],
        ),
        ("~/a.toml: Not a countdown file at all.", ["~/a.toml: Not a countdown file", "at all."]),
        (
            "my films.toml:12:3: A film without a title.",
            ["my films.toml:12:3: A film", "without a title."],
        ),
        ("my very own films.toml:2: No title.", ["my very own films.toml:2: No", "title."]),
        ("/tmp/there is no colon in this message", ["/tmp/there is no colon in this", "message"]),
        (
            "/a.toml: Change it by hand: countdown edit",
            ["/a.toml: Change it by hand:", "countdown edit"],
        ),
        (
            "  countdown follow --person Ana    Ana de Armas (person, 3 ahead)",
            ["  countdown follow --person Ana", "    Ana de Armas (person, 3", "    ahead)"],
        ),
        (
            "  countdown follow --franchise MCU",
            ["  countdown follow --franchise MCU"],
        ),
        (
            "  … and 12 more. Type more of the name.",
            ["  … and 12 more. Type more of", "  the name."],
        ),
        ('  title = "The Lord of the Rings"', ['  title = "The Lord of the Rings"']),
        ("雷神 雷神 雷神 雷神 雷神 雷神 雷", ["雷神 雷神 雷神 雷神 雷神 雷神", "雷"]),
    ],
)
def test_message_breaks_between_words(text: str, lines: list[str]) -> None:
    """In no path, which is on its first line, and in no command, which is on one of its own."""
    assert wrapped(text, 30, program="countdown") == lines


@given(st.text("ab c."), st.integers(1, 12))
def test_no_word_is_lost(text: str, columns: int) -> None:
    """And a line only ends if the next word doesn't fit, or the second of two columns begins."""
    has_columns = text.startswith(" ") and "  " in text.strip()
    lines = wrapped(text, columns, program="countdown")
    assert " ".join(" ".join(lines).split()) == " ".join(text.split())
    for before, line in pairwise(() if has_columns else lines):
        assert width(f"{before} {line.split()[0]}") > columns


@pytest.fixture
def on_terminal(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Makes stderr a terminal of 20 columns, or none."""

    def make(is_terminal: bool) -> None:
        monkeypatch.setattr(sys.stderr, "isatty", lambda: is_terminal)
        monkeypatch.setenv("COLUMNS", "20")

    return make


@pytest.mark.parametrize("is_terminal", [True, False])
def test_only_a_terminal_gets_lines(
    on_terminal: Callable[[bool], None],
    capsys: pytest.CaptureFixture[str],
    is_terminal: bool,
) -> None:
    """Programs that look for a message find it in one."""
    on_terminal(is_terminal)
    messages.warn("Nothing is coming.", "Add --all to include released titles.")
    said = ["Nothing is coming.", "Add --all to include", "released titles."]
    if not is_terminal:
        said[1:] = [" ".join(said[1:])]
    assert capsys.readouterr().err.splitlines() == said


def test_path_of_a_problem_is_relative_to_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As compilers have it, so that it can be clicked; a path alone is an answer, and whole."""
    monkeypatch.chdir(tmp_path)
    messages.warn(f"{tmp_path}/a b.toml:2:1: Wrong.", f"{tmp_path}/a.toml: Wrong.", "/b.toml: No.")
    assert capsys.readouterr().err == "a b.toml:2:1: Wrong.\na.toml: Wrong.\n/b.toml: No.\n"
    messages.echo(f"{tmp_path}/a.toml", f"In {tmp_path}/a.toml: 2")
    assert capsys.readouterr().out == f"{tmp_path}/a.toml\nIn {tmp_path}/a.toml: 2\n"


def test_short_answers_have_lines_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is written for people in a sentence, not as a screen."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "20")
    messages.echo("You already follow Zendaya (person).")
    assert capsys.readouterr().out.splitlines() == ["You already follow", "Zendaya (person)."]


@pytest.mark.usefixtures("indexed_shipped")
def test_width_is_that_of_the_terminal_at_stderr() -> None:
    """Also if the answer goes elsewhere."""
    words = preloaded.words_on_terminal()
    child: pexpect.spawn[str] = pexpect.spawn(
        "/bin/sh",
        ["-c", '"$@" >/dev/null', "sh", *words, "show", "no such title at all"],
        env={name: text for name, text in os.environ.items() if name not in ("COLUMNS", "LINES")},
        dimensions=(24, 30),
        encoding="utf-8",
        timeout=60,
    )
    lines = str(child.read()).splitlines()
    child.close()
    assert lines[0] == '"no such title at all" isn\'t'
