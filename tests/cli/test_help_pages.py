"""Help pages: their contents at every width, and their looks on a terminal."""

import os
import re
import shlex
import subprocess
from itertools import pairwise, product
from pathlib import Path
from typing import Final

import click
import pytest

from countdown.cli.examples import CommandWithExamples, parse_example
from countdown.cli.group import COMMANDS, EXAMPLES, root
from countdown.cli.options import SHARED
from tests.cli.conftest import Countdown
from tests.cli.test_drawing import COLOURLESS, terminal
from tests.thorough import sample

PAGES = [("--help",), ("help", "options"), *((name, "--help") for name in COMMANDS)]
BOLD = [("--help",), ("list", "-h"), ("help", "options")]
# Variables of a terminal, and how names are marked there.
MARKED = [
    ({"COLORFGBG": "15;0"}, "1;38;5;116"),
    ({"COLORFGBG": "0;15"}, "1;38;5;24"),
    ({"COLORFGBG": "15;0", "TERM": "xterm"}, "1"),
    ({"COLORFGBG": "15;0", "TERM": "xterm", "COLORTERM": "truecolor"}, "1;38;5;116"),
    ({"COLORFGBG": ""}, "1"),
]
WIDTHS = [40, 60, 80, 120, 200]
MAX_WORDS = 8  # in a line of help


def command(name: str) -> CommandWithExamples:
    """The command *name*."""
    found = root.get_command(click.Context(root), name)
    assert isinstance(found, CommandWithExamples)
    return found


def help_lines() -> list[str]:
    """The help of every option, and the summary of every command."""
    parameters = [*root.params, *(one for name in COMMANDS for one in command(name).params)]
    options = [one for one in parameters if isinstance(one, click.Option) and not one.hidden]
    return sorted({*COMMANDS.values(), *(option.help or "" for option in options)})


def words(page: str) -> list[str]:
    """The words of *page* without what marks comments and lines that go on."""
    return sorted(word for word in page.split() if word not in ("#", "\\"))


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_no_word_is_broken_and_no_line_too_long(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, page: tuple[str, ...]
) -> None:
    """Only a word that is longer than the terminal is wide goes beyond its edge."""
    monkeypatch.setenv("COLUMNS", "1000")
    widest = countdown(*page).out
    for width in WIDTHS:
        monkeypatch.setenv("COLUMNS", str(width))
        out = countdown(*page).out
        assert words(out) == words(widest), width
        assert out.count("[env: ") == widest.count("[env: "), width  # stays beside the name
        for line in out.splitlines():
            is_one_word = len(line.removesuffix(" \\").split()) == 1
            assert len(line) <= min(width, 100) or is_one_word, width


@pytest.mark.parametrize("width", [24, 40])
def test_calls_in_several_lines_can_be_pasted(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    """To a shell, their lines are one."""
    monkeypatch.setenv("COLUMNS", str(width))
    for name in ("edit", "add", "config"):
        text = countdown(name, "--help").out.partition("Examples:\n")[2].partition("\n\n")[0]
        pasted = f'countdown() {{ printf "%s|" "$@"; echo; }}\n{text}'
        done = subprocess.run(["sh", "-c", pasted], capture_output=True, text=True, check=True)
        expected = [shlex.split(example.call)[1:] for example in command(name).examples]
        assert [line.split("|")[:-1] for line in done.stdout.splitlines()] == [
            call or [""] for call in expected
        ]


def test_line_of_a_call_holds_all_that_it_has_room_for(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Up to the last column, and the backslash is in it."""
    for width in range(30, 60):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = countdown("list", "--help").out.partition("Examples:\n")[2].splitlines()
        for line, following in pairwise(lines):
            if line.endswith("\\"):
                word = re.findall(r"""(?:"[^"]*"|\S)+""", following)[0]
                assert len(line) <= width < len(line) + len(word) + 1


def test_no_option_is_there_twice() -> None:
    """Click would warn of it, which the program leaves to this test."""
    for one in (root, *map(command, COMMANDS)):
        assert click.Command.get_params(one, click.Context(one)) == one.params


def test_line_of_help_is_short_and_a_sentence() -> None:
    """A capital, a full stop, and at most eight words before what stands in brackets."""
    for line in help_lines():
        text = line.partition(" [")[0]
        if not text.startswith("Escape for this program: "):
            assert len(text.split()) <= MAX_WORDS, line
        assert text[0].isupper(), line
        assert text.endswith("."), line


def test_summary_of_a_command_is_a_verb(countdown: Countdown) -> None:
    """It begins its page too, in the same or more words."""
    for name, summary in COMMANDS.items():
        page = countdown(name, "--help").out
        assert page.splitlines()[2].split()[0] == summary.split()[0].rstrip(".")


def test_first_screen_has_the_examples_and_the_first_commands(countdown: Countdown) -> None:
    """24 lines, of which a pager takes the last."""
    screen = countdown("--help").out.splitlines()[:23]
    assert len(EXAMPLES) == 5
    assert all(
        f"  {example.call} " in "\n".join(screen) for example in map(parse_example, EXAMPLES)
    )
    names = [line.split()[0] for line in screen if re.match("  [a-z]+  +[A-Z]", line)]
    first = ["list", "next", "status", "calendar", "timeline", "live"]
    assert names == [*first, "show", "actor", "search"]


@pytest.mark.parametrize("name", COMMANDS)
def test_global_options_stand_on_their_own_page(countdown: Countdown, name: str) -> None:
    """A command's page has its own options, and one line that leads to the others."""
    page = countdown(name, "--help").out
    for option in SHARED:
        named = re.search(rf"^  (-h, )?{option.opts[0]}\b", page, re.MULTILINE)
        has_its_own = option.name == "format" and name in (
            *("remind", "mine", "prompt", "init", "source"),
        )
        assert bool(named) == (has_its_own and option.opts[0] == "--format")
    last = page.splitlines()[-1]
    assert last.endswith("countdown help options")
    refused = {"check", "config", "doctor", "edit", "hide"}  # of many: these don't take --json
    assert not (name in refused and "--json" in last)
    assert name != "list" or last.startswith("Global options, like --region and --json: ")


@pytest.mark.parametrize("page", PAGES, ids=" ".join)
def test_page_begins_with_its_usage_and_parts_its_sections(
    countdown: Countdown, page: tuple[str, ...]
) -> None:
    """By one empty line above each heading."""
    lines = countdown(*page).out.splitlines()
    name = f" {page[0]}" if page[-1] == "--help" != page[0] else ""
    assert lines[0].startswith((f"Usage: countdown{name} [", "Global options go "))
    for above, line in pairwise(lines):
        if line.endswith(":") and not line.startswith(" "):
            assert above == "", line


def test_page_of_the_global_options_has_all(countdown: Countdown) -> None:
    """And what else a bare `countdown` takes, and what the exit codes mean."""
    page = countdown("help", "options").out
    names = {option.opts[0] for option in root.params}
    assert names == {*re.findall(r"^  (?:-h, )?(--?[a-z-]+)", page, re.MULTILINE)} - {"--help"} | {
        "-h"
    }
    assert "[env: COUNTDOWN_REGION]" in page
    assert re.search(r"^  3 +A catalogue or config.toml has problems\.$", page, re.MULTILINE)


def test_values_of_an_option_are_listed(countdown: Countdown) -> None:
    """Also where it has no other help; not in a placeholder that no terminal is wide enough for."""
    page = " ".join(countdown("list", "--help").out.split())
    assert "--kind KIND Only this kind; series includes seasons. One of: film, series," in page
    assert "--sort ORDER Sort order. One of: date, title, kind, platform, stage. [default:" in page
    assert "--dated / --undated Only with, or without, a date." in page


def test_placeholder_says_what_is_wanted(countdown: Countdown) -> None:
    """Only what is a text of one's own is called so; nothing is named after a type of click."""
    pages = "\n".join(countdown(*page).out for page in PAGES)
    placeholders = set(re.findall(r"^ +(--[a-z-]+) ([A-Z]+)", pages, re.MULTILINE))
    texts = {option for option, word in placeholders if word == "TEXT"}
    assert texts == {"--alias", "--format", "--stage-note", "--synopsis", "--title"}
    assert not {"INTEGER", "CHOICE"} & {word for _, word in placeholders}


def test_filters_of_a_prompt_are_told_as_those_of_a_list(countdown: Countdown) -> None:
    """Two tables have them: that of the prompt must not load what click needs."""
    rows = [
        dict(re.findall(r"^  (--\S+) +(.*)$", countdown(name, "--help").out, re.MULTILINE))
        for name in ("list", "prompt")
    ]
    both = {*rows[0]} & {*rows[1]} - {"--all", "--followed", "--within", "--format"}
    assert sorted(both) == [
        *("--actor", "--director", "--franchise", "--person", "--platform", "--title"),
    ]
    assert {name: rows[0][name].split() for name in both} == {
        name: rows[1][name].split() for name in both
    }


@pytest.mark.parametrize(
    ("page", "marked"),
    sample([*zip(BOLD[:2], MARKED[:2], strict=True)], of=[*product(BOLD, MARKED)]),
    ids=str,
)
def test_terminal_shows_headings_and_names_in_bold(
    page: tuple[str, ...], marked: tuple[dict[str, str], str]
) -> None:
    """Names in colour where the background is known; it isn't asked for."""
    variables, names = marked
    raw, _ = terminal(*page, variables=variables)
    assert {*re.findall("\x1b\\[([0-9;]*)m", raw)} == {"0", names, "1;4"}
    assert "\x1b]11" not in raw


def test_theme_that_is_set_colours_names(shipped: Countdown) -> None:
    """As in tables."""
    for theme, codes in (("light", ["24"]), ("mono", [])):
        shipped("config", "set", "theme", theme)
        path = Path(os.environ["XDG_CONFIG_HOME"], "countdown", "config.toml")
        os.utime(path, (1_600_000_000, 1_600_000_000))  # Else it may still be changing.
        shipped("list")
        raw, _ = terminal("--help", variables={"COLORFGBG": "15;0"})
        assert [*{*re.findall(r"38;5;(\d+)m", raw)}] == codes


@pytest.mark.parametrize(
    ("more", "variables"),
    sample(COLOURLESS[1:2], of=COLOURLESS),
    ids=str,
)
def test_nothing_is_bold_where_that_is_not_wanted(
    more: tuple[str, ...], variables: dict[str, str]
) -> None:
    """Nor where it isn't understood."""
    raw, screen = terminal("list", "--help", *more, variables=variables)
    assert "\x1b" not in raw
    assert "Options:" in screen


def test_pipe_gets_plain_text_unless_it_is_forced(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As with every answer."""
    plain = countdown("list", "--help").out
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert click.unstyle(countdown("list", "--help").out) == plain
    assert "\x1b[1m--actor\x1b[0m NAME" in countdown("list", "--help").out


PAGED: Final = [
    (("--help",), 24, True),
    (("help",), 24, True),
    (("help", "--no-pager"), 24, False),
    (("--no-pager", "--help"), 24, False),
    (("--help",), 100, False),
    (("next", "--help"), 24, True),
    (("undo", "--help"), 24, False),
]


@pytest.mark.parametrize(
    ("words", "height", "is_paged"),
    sample(PAGED[::4], of=PAGED),
    ids=str,
)
def test_page_longer_than_the_screen_goes_through_the_pager(
    tmp_path: Path, words: tuple[str, ...], height: int, is_paged: bool
) -> None:
    """So that what comes first is seen first."""
    pager = tmp_path / "pager"
    pager.write_text('#!/bin/sh\necho "by the pager"\ncat\n')
    pager.chmod(0o755)
    raw, _ = terminal(*words, height=height, variables={"PAGER": str(pager)})
    assert ("by the pager" in raw) == is_paged
    assert "Examples" in raw
