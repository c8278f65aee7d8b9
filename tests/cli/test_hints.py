"""Commands in hints work if pasted: with the program's path, on the same catalogue."""

import os
import sys
from pathlib import Path

import click
import pytest

from countdown.cli.context import SharedOptions, command_without_limit
from tests.cli.conftest import JULY, Countdown

TYPED = ".venv/bin/countdown"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as README's first line starts it; PATH has none."""
    monkeypatch.setattr(sys, "argv", [TYPED])
    monkeypatch.setenv("PATH", os.defpath)
    monkeypatch.setenv("COLUMNS", "200")


@pytest.fixture
def own(tmp_path: Path) -> list[str]:
    """The option for a catalogue whose path a shell must get in quotes."""
    path = tmp_path / "my films.toml"
    path.write_bytes(JULY.read_bytes())
    return ["--catalogue", str(path)]


SCREENS = {
    "overview": ([], ["countdown status"]),
    "list": (["list", "--limit", "1"], ["countdown list"]),
    "status": (["status"], ["countdown list", "countdown show"]),
    "show": (["show", "thor"], ["countdown show"]),
    "person": (["actor", "chris hemsworth"], ["countdown actor", "countdown follow"]),
    "news": (["news", "--as-of", "2023-12-01"], ["countdown news"]),
    "wrong title": (["show", "xyz"], ["countdown add"]),
    "nothing": (["next", "--followed"], ["countdown follow"]),
    "wrong option": (["list", "--xyz"], ["countdown list --help"]),
    "no command": (["help", "listt"], ["countdown --help"]),
    "follows": (["follow"], ["countdown follow"]),
    "mine": (["mine", "--format", "plain"], ["countdown add", "countdown hide"]),
    "confirmed": (["hide", "thor", "--no-pager"], ["countdown unhide"]),
}
DRAWN = ("overview", "list", "status", "show", "person", "news", "follows")


@pytest.mark.usefixtures("started")
@pytest.mark.parametrize("name", SCREENS)
def test_hints_name_the_program_as_it_was_started(countdown: Countdown, name: str) -> None:
    """On every screen, and on stderr; nowhere is there a command that PATH doesn't have."""
    words, commands = SCREENS[name]
    ran = countdown(*words, *(["--format", "table"] if name in DRAWN else []))
    text = ran.out + ran.err
    for command in commands:
        assert text.count(command) == text.count(f".venv/bin/{command}") > 0


@pytest.mark.parametrize("name", [*DRAWN, "nothing"])
def test_hints_pass_on_the_catalogue(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, own: list[str], name: str
) -> None:
    """Once each, as one word of a shell."""
    monkeypatch.setenv("COLUMNS", "300")
    words, commands = SCREENS[name]
    ran = countdown(*words, *own, "--format", "table")
    text, option = ran.out + ran.err, f'--catalogue "{own[1]}"'
    assert text.count(option) == sum(map(text.count, commands)) > 0


def test_command_of_a_footer_leaves_out_what_is_said_of_output_alone() -> None:
    """What it finds stays the same."""
    words = (
        "list",
        "mcu",
        "--limit",
        "3",
        "--accessible",
        "--no-pager",
        "--format=table",
        "--days",
    )
    with click.Context(click.Command("list"), obj=SharedOptions(words)) as ctx:
        assert command_without_limit(ctx) == "countdown list mcu --days"


def test_commands_about_no_catalogue_stay(countdown: Countdown, own: list[str]) -> None:
    """`add` takes no --catalogue."""
    assert countdown("show", "xyz", *own).err.endswith("To add it: countdown add xyz\n")


@pytest.mark.usefixtures("started")
def test_names_in_quotes_stay(countdown: Countdown) -> None:
    """They are what the user typed, whatever they look like."""
    text = "T-Minus: countdown list"
    assert f'"{text}" isn\'t in the catalogue' in countdown("show", text).err


def test_name_is_enough_where_path_has_it(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """That program, not another one of this name; both names of this one do."""
    for name in ("countdown", "release-countdown"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        program.touch(0o755)
        monkeypatch.setattr(sys, "argv", [str(program)])
        monkeypatch.setenv("PATH", f"bin{os.pathsep}{program.parent}")
        assert countdown("show", "xyz").err.endswith(f"To add it: {name} add xyz\n")
    other = tmp_path / "other" / name
    other.parent.mkdir()
    other.touch(0o755)
    monkeypatch.setenv("PATH", f"{other.parent}{os.pathsep}{program.parent}")
    assert countdown("show", "xyz").err.endswith(f"To add it: {program} add xyz\n")


def test_module_is_started_by_its_python(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m countdown`, also from another folder."""
    import countdown as package

    monkeypatch.setattr(sys, "argv", [str(Path(package.__path__[0], "__main__.py"))])
    monkeypatch.setattr(sys, "executable", "/opt/my python")
    err = countdown("show", "xyz").err
    assert err.endswith('To add it: "/opt/my python" -m countdown add xyz\n')
