"""Hostile text in an altered index, which no check of catalogues has seen, does no harm."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

import click
import pytest

from countdown import paths
from countdown.cli.group import COMMANDS as COMMAND_NAMES
from countdown.cli.group import root, run
from countdown.entry import main
from tests.cli.conftest import Countdown, Ran, runner
from tests.conftest import isolate
from tests.thorough import sample

MARK: Final = "HOSTILE"
TYPED: Final = "a\u202eb\x1b[31m\x07"
EVIL: Final = "a\x1b]0;x\x07\x1b[31m\tb\nc\r\x7f\x9b31m\x85\u200b\u2028\u202e\ufeff\U000e0041 z"
TABLES: Final = f"""\
format = 1
[[release]]
id = "mine"
title = "{MARK} A"
kind = "film"
aliases = ["{MARK} B"]
franchise = ["{MARK} C"]
platform = ["{MARK} D"]
director = ["{MARK} E"]
cast = ["Ana {MARK} as Ana {MARK}"]
synopsis = "What {MARK} is"
stage = "filming"
stage_note = "On {MARK}"
date = 2026-11-29
sources = ["https://{MARK}/x"]
checked = 2026-11-01
[release.ids]
imdb = "tt1234567"
[[release.moves]]
from = 2026-11-20
to = 2026-11-29
source = "https://{MARK}/y"
[[release]]
id = "next"
title = "Next {MARK}"
kind = "film"
sequel_to = "mine"
stage = "filming"
platform = ["{MARK} D"]
"""
FORMATS: Final = ("plain", "json", "jsonl", "csv", "tsv", "markdown", "table")
COMMANDS: Final = (
    *("list --all", "next", "status", "show mine", "actor ana", "to mine", "search what"),
    *("follow", "news --as-of 2999-01-01 --since 2000-01-01"),
)
ALONE: Final = (  # with formats of their own
    *(
        "remind",
        "remind --recipient b --json",
        "prompt",
        "prompt --for waybar",
        "prompt --for xbar",
    ),
    *("prompt --for i3blocks", "_complete bash show h", "show nobody-at-all"),
    *("_complete fish actor ", "list --title z --title nothing", "actor nobody"),
    "prompt --format {title}{platform}{stage}{date}{left}",
    *(f"export {format} --all" for format in ("ics", "toml", "json", "csv", "markdown", "html")),
)


@pytest.fixture(scope="module")
def changed_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalogue that changed, and a home with its index and journal."""
    folder = tmp_path_factory.mktemp("changed")
    path = folder / "catalogue.toml"
    config = folder / "home" / "config" / "countdown" / "config.toml"
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        patch.setenv("COUNTDOWN_CATALOGUE", str(path))
        patch.setenv("COUNTDOWN_TODAY", "2026-11-22")
        config.parent.mkdir(parents=True)
        config.write_text('follow.person = ["Ana"]\n', "utf-8")
        for seconds, day in ((1_600_000_000, "2026-12-24"), (1_600_000_001, "2026-11-29")):
            path.write_text(TABLES.replace("2026-11-29", day), "utf-8")
            os.utime(path, (seconds, seconds))
            assert run(["list"]) == 0
    return folder


@pytest.fixture
def altered(
    changed_home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Countdown:
    """The program, whose index and journal have hostile text where the catalogue has a mark."""
    shutil.copytree(changed_home / "home", tmp_path / "home", dirs_exist_ok=True)
    catalogue = str(changed_home / "catalogue.toml")
    monkeypatch.setattr(paths, "shipped", lambda name: catalogue)  # for what changes one's own
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", catalogue)
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
    monkeypatch.setenv("COLUMNS", "500")
    return runner(capsys)


def alter(home: Path) -> None:
    """Put hostile text for each mark into every database below *home*."""
    for path in [*home.rglob("*.sqlite"), *home.rglob("journal*")]:
        if not path.read_bytes().startswith(b"SQLite format 3"):
            continue
        with closing(sqlite3.connect(path, isolation_level=None)) as opened:
            tables = [
                name
                for name, sql in opened.execute(
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
                ).fetchall()
                if "VIRTUAL" not in sql and "_words" not in name and "_text" not in name
            ]
            for table in tables:
                for _, column, *_ in opened.execute(f"PRAGMA table_info('{table}')").fetchall():
                    opened.execute(
                        f'UPDATE OR IGNORE "{table}" SET "{column}" = replace("{column}", ?, ?)'
                        f' WHERE typeof("{column}") = \'text\' AND instr("{column}", ?)',
                        (MARK, EVIL, MARK),
                    )


def check(ran: Ran) -> None:
    """See that a terminal, and who reads line by line, are sent nothing but text."""
    for text in (ran.out.replace("\r\n", "\n"), ran.err):
        bad = {c for c in text if not c.isprintable() and c not in "\t\n"}
        assert bad == set(), text


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_spells_out_what_no_terminal_may_be_sent(
    altered: Countdown, tmp_path: Path, format: str
) -> None:
    """And no tab or line break in a cell moves what stands behind it."""
    right = {words: altered(*words.split(), "--format", format) for words in COMMANDS}
    alter(tmp_path / "home")
    for words, before in right.items():
        ran = altered(*words.split(), "--format", format)
        check(ran)
        assert ran.code == before.code, ran
        assert ("\\x1b" in ran.out or "\\u001b" in ran.out) == (MARK in before.out), ran.out
        lines, known = ran.out.splitlines(), before.out.splitlines()
        assert [line.count("\t") for line in lines] == [line.count("\t") for line in known]


@pytest.mark.parametrize("words", ALONE)
def test_whatever_has_a_format_of_its_own_does_so_too(
    altered: Countdown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: str,
) -> None:
    """The prompt leaves it out; hints, suggestions and reminders spell it out."""
    alter(tmp_path / "home")
    monkeypatch.setattr(sys, "argv", ["countdown", *words.split(" ")])
    code = main()
    ran = Ran(code, *capsys.readouterr())
    check(ran)
    assert ran.out + ran.err


def test_words_of_the_user_come_back_spelt_out(
    altered: Countdown, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also in a hint that several match, which a person alone is told."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ran = altered("show", "\x1bhostile\u202e", "--format", "plain")
    check(ran)
    assert 'match "\\x1bhostile\\u202e"' in ran.err


def _calls() -> Iterator[tuple[str, ...]]:
    """Every command with hostile text in place of each argument and value of an option."""
    yield (TYPED,)
    yield (f"--{TYPED}",)
    for name in COMMAND_NAMES:
        command = root.get_command(click.Context(root), name)
        assert command is not None
        yield (name, TYPED)
        yield (name, f"--{TYPED}")
        for param in command.params:
            if isinstance(param, click.Option) and not (param.is_flag or param.hidden):
                yield (name, param.opts[0], TYPED)
                yield (name, "ana", param.opts[0], TYPED)


@pytest.mark.parametrize("words", sample([*_calls()][::17], of=[*_calls()]), ids=ascii)
def test_whatever_is_typed_comes_back_spelt_out(
    words: tuple[str, ...],
    altered: Countdown,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where it is refused, not found, or means nothing: it may be pasted from anywhere."""
    monkeypatch.chdir(tmp_path)  # It can be the name of a file to write.
    check(altered(*words))
