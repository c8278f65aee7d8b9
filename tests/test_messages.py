"""The list of all messages: it is up to date, complete, and in plain words."""

import re
from functools import cache
from pathlib import Path

import messages
import pytest

# Phrases of an older, translated-sounding voice, each with a sentence that has it.
STILTED = (
    (r"\b(is|was|are|were|be) told\b", "nothing was told"),
    (r"\b(who|whoever) asks\b", "who asks"),
    (r"\b(lies|lay|laid) (over|below)\b", "it lies over the shipped one"),
    (r"\b(is|are) (no|none)\b(?! longer)", '"30" is no span'),
    (r"\b(is|are) wanted\b", "a table is wanted"),
    (r"\bmeanwhile\b", "the catalogue has changed meanwhile"),
    (r"\bknown are\b", "known are film, series"),
    (r"; see countdown\b", "nothing matches; see countdown list"),
)
MODULE = '''
"""A docstring of the module."""

from typing import TypeVar

Answer = TypeVar("Answer")
LABEL = "Settings"
QUERY = "SELECT name FROM person WHERE key = ?"


def ask(name: "dict[str, Answer of it]") -> "list[str, another type]":
    """A docstring of a function."""
    if not name:
        raise ValueError(f"Nobody is called {name!r}. Try {', '.join(name)}.")
    warn("One line" " in two parts.")
    click.option("--x", help="Only this one.")
    return f"{name}: {len(name)}"
'''


@cache
def listed() -> list[str]:
    """The texts of the page, without the rules above them."""
    blocks = re.findall(r"```text\n(.*?)```", messages.FILE.read_text("utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


def test_list_is_up_to_date() -> None:
    """It is written anew after each change: `python scripts/messages.py`."""
    assert messages.main(["--check"]) == 0


def test_list_has_each_text_that_a_user_can_read(tmp_path: Path) -> None:
    """With the names of what is filled in; no docstring, type or SQL."""
    module = tmp_path / "module.py"
    module.write_text(MODULE, "utf-8")
    assert [*messages.texts(module)] == [
        ("text", "Settings"),
        ("text", "Nobody is called {name}. Try {name}."),
        ("text", "One line in two parts."),
        ("help", "Only this one."),
    ]


def test_page_of_a_command_is_in_the_list(tmp_path: Path) -> None:
    """Its docstring is what it shows."""
    (tmp_path / "commands").mkdir()
    module = tmp_path / "commands" / "list.py"
    module.write_text('def command() -> None:\n    """List what\'s\n    coming."""\n', "utf-8")
    assert [*messages.texts(module)] == [("help", "List what's coming.")]


@pytest.mark.parametrize(("phrase", "example"), STILTED)
def test_messages_are_in_plain_words(phrase: str, example: str) -> None:
    """As a person at a counter would say it."""
    assert re.search(phrase, example)
    assert [line for line in listed() if re.search(phrase, line)] == []


def test_excluded_modules_exist() -> None:
    """Each is left out for a reason, which a module that is gone would not have."""
    assert all((messages.PACKAGE / name).exists() for name in messages.EXCLUDED_MODULES)
