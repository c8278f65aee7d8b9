"""The recipes of docs/reminders.md, taken out of the page and tried as far as they can be."""

import configparser
import os
import plistlib
import re
import shlex
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests import preloaded
from tests.cli.conftest import program_at
from tests.programs import needs

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/reminders.md").read_text("utf-8")
SENTENCE = "Thor: Love and Thunder comes out in 7 days, on 7 Jul 2022"
CATALOGUE = """format = 1
[[release]]
id = "thor"
title = "Thor: Love and Thunder"
kind = "film"
dates = [{ region = "US", date = 2022-07-08 }, { region = "BR", date = 2022-07-07 }]
"""


@pytest.fixture(autouse=True)
def circumstances(isolated: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day with a milestone, the program where the page has it, and programs that take notes."""
    home = tmp_path / "home"
    programs = home / ".local" / "bin"
    programs.mkdir(parents=True)
    path, noon = programs / "countdown", datetime(2022, 6, 30, 12, tzinfo=UTC)
    if preloaded.is_allowed():
        preloaded.server().write_script(path, preloaded.moment(noon))
    else:
        program_at(path, noon)
    for name in ("mail", "sendmail", "msmtp", "notify-send", "osascript"):
        program = programs / name
        program.write_text(
            f'#!/bin/sh\n{{ printf "<%s>" {name} "$@"; echo; cat; }} >>"$HOME/told"\n', "utf-8"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("COUNTDOWN_REGION", "BR")
    catalogue = tmp_path / "catalogue.toml"
    catalogue.write_text(CATALOGUE, "utf-8")
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(catalogue))
    monkeypatch.chdir(home)


def blocks(heading: str, language: str) -> list[str]:
    """The blocks of code of one *language* below *heading*, up to the next one."""
    _, found, rest = PAGE.partition(f"\n{heading}\n")
    assert found, heading
    section = re.split(r"^##+ ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(rf"```{language}\n(.*?)```", section, re.DOTALL)


def output_of(command: str) -> str:
    """What sh prints when it runs *command*, which must have nothing to complain of."""
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    return done.stdout


def output_on_terminal(command: str) -> str:
    """What sh shows on a terminal when it runs *command*."""
    ours, terminal = os.openpty()
    subprocess.run(["sh", "-c", command], stdout=terminal, stderr=terminal, check=False)
    os.write(terminal, b"\0")  # Reading would wait if there were nothing.
    os.close(terminal)
    text = os.read(ours, 10_000)
    os.close(ours)
    return text.decode().removesuffix("\0")


def reminders_sent() -> str:
    """What the programs of this test were told, which is forgotten then."""
    path = Path("told")
    text = path.read_text("utf-8") if path.exists() else ""
    path.unlink(missing_ok=True)
    return text


def of_crontab(line: str) -> str:
    """The command of a *line* of a crontab, as cron hands it to sh; the page is on US time."""
    line = line.replace(r"\%", "\0")
    assert "%" not in line
    line = line.replace("\0", "%")
    *when, command = line.split(maxsplit=5)
    assert len(when) == 5
    assert all(re.fullmatch(r"[\d*]+", field) for field in when)
    return command.replace("--region US", "--region BR")


def test_cron_mails_what_is_printed_and_nothing_else() -> None:
    """Once; then there is nothing to mail."""
    address, line = blocks("## By mail", "crontab")[0].splitlines()
    assert address == "MAILTO=you@example.org"
    assert output_of(of_crontab(line)) == f"{SENTENCE}\n"
    assert output_of(of_crontab(line)) == ""


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, f"<mail><-s><Releases><you@example.org>\n{SENTENCE}\n"),
        (
            2,
            "<sendmail><you@example.org>\nSubject: Releases\n"
            f"Content-Type: text/plain; charset=UTF-8\n\n{SENTENCE}\n",
        ),
    ],
)
def test_mail_is_sent_once_and_never_empty(number: int, expected: str) -> None:
    """Nothing is printed, so that cron has nothing to mail itself."""
    command = of_crontab(blocks("## By mail", "crontab")[number].rstrip("\n"))
    assert (output_of(command), reminders_sent()) == ("", expected)
    assert (output_of(command), reminders_sent()) == ("", "")
    if number == 2:
        output_of(
            command.replace("--recipient mail", "--recipient other").replace("sendmail", "msmtp")
        )
        assert reminders_sent() == expected.replace("sendmail", "msmtp")


@pytest.mark.parametrize("number", [1, 2])
def test_whole_mail_arrives(number: int, tmp_path: Path) -> None:
    """Also of a title that the echo of some shells would read."""
    path = tmp_path / "catalogue.toml"
    path.write_text(CATALOGUE.replace("Thor: Love", r"A\\cB \\0101 -n"), "utf-8")
    output_of(of_crontab(blocks("## By mail", "crontab")[number].rstrip("\n")))
    assert reminders_sent().endswith(SENTENCE.replace("Thor: Love", r"A\cB \0101 -n") + "\n")


def unit(text: str) -> configparser.ConfigParser:
    """A unit of systemd, or a desktop entry."""
    found = configparser.ConfigParser(interpolation=None)
    found.optionxform = str  # type: ignore[assignment,method-assign]  # Case matters.
    found.read_string(text)
    return found


def test_units_of_systemd_do_what_they_say() -> None:
    """The service notifies once, and nothing to tell is a success; the timer makes up for it."""
    service, timer = blocks("### systemd", "ini")
    section = unit(service)["Service"]
    command = section["ExecStart"].replace("%h", "$HOME")
    for expected in (f"{SENTENCE.replace(' comes', '><comes', 1)}", None):
        done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
        assert (done.stdout, done.stderr) == (b"", b"")
        if expected:
            assert done.returncode == 0
            assert reminders_sent() == f"<notify-send><--app-name=countdown><--><{expected}>\n"
        else:
            assert done.returncode == int(section["SuccessExitStatus"])
            assert reminders_sent() == ""
    assert unit(timer)["Timer"] == {"OnCalendar": "hourly", "Persistent": "true"}
    assert unit(timer)["Install"]["WantedBy"] == "timers.target"


@needs("systemd-analyze")
def test_units_of_systemd_are_sound(tmp_path: Path) -> None:
    """Systemd itself finds nothing wrong with the service and its timer."""
    service, timer = blocks("### systemd", "ini")
    for name, text in (("countdown.service", service), ("countdown.timer", timer)):
        home = str(tmp_path / "home")
        (tmp_path / name).write_text(text.replace("%h", home), "utf-8")
    units = [str(tmp_path / name) for name in ("countdown.service", "countdown.timer")]
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", *units],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.stderr, checked.returncode) == ("", 0)


@needs("systemd-analyze")
def test_calendar_of_the_page_is_one() -> None:
    """Each OnCalendar that it names is understood by systemd."""
    found = re.findall(r"OnCalendar=([^`\n]+)", PAGE)
    assert found == ["hourly", "*-*-* 09:00"]
    subprocess.run(["systemd-analyze", "calendar", *found], capture_output=True, check=True)


def test_desktop_entry_starts_the_program() -> None:
    """Without a terminal."""
    (text,) = blocks("### At login", "desktop")
    entry = unit(text)["Desktop Entry"]
    assert (entry["Type"], entry["Terminal"]) == ("Application", "false")
    subprocess.run(shlex.split(entry["Exec"]), check=True)
    assert reminders_sent().startswith("<notify-send>")


@needs("desktop-file-validate")
def test_desktop_entry_is_sound(tmp_path: Path) -> None:
    """Nothing in it is wrong or deprecated."""
    path = tmp_path / "countdown.desktop"
    path.write_text(blocks("### At login", "desktop")[0], "utf-8")
    done = subprocess.run(["desktop-file-validate", str(path)], capture_output=True, check=False)
    assert (done.stdout, done.returncode) == (b"", 0)


def test_property_list_of_launchd_names_the_words() -> None:
    """It can't be loaded here, but it is a property list, and its words do what they should."""
    (text,) = blocks("### macOS", "xml")
    found = plistlib.loads(text.encode())
    assert found["StartCalendarInterval"] == {"Minute": 0}
    _, *words = found["ProgramArguments"]
    assert f"{found['Label']}.plist" in PAGE
    subprocess.run([".local/bin/countdown", *words], check=True)
    assert SENTENCE.replace(" comes", "><comes", 1) in reminders_sent()


def test_terminal_is_told_at_the_start_of_a_shell() -> None:
    """The first of the day."""
    (line,) = blocks("## In a terminal", "sh")
    assert [output_on_terminal(line), output_on_terminal(line)] == [f"{SENTENCE}\r\n", ""]
    assert "Nothing new since 12:00." in output_on_terminal(line.replace("| cat", ""))


def test_any_program_is_told_line_by_line() -> None:
    """Here one that appends to a file."""
    loop, _ = blocks("## By any other program", "sh")
    assert output_of(loop) == ""
    assert Path("inbox").read_text("utf-8") == f"{SENTENCE}\n"


@needs("jq")
def test_jq_is_told_in_json() -> None:
    """By the recipe of the page."""
    _, jq = blocks("## By any other program", "sh")
    assert output_of(jq) == "7\tThor: Love and Thunder\n"


def test_page_says_what_the_program_says() -> None:
    """The sentence at its top, and the milestones that are asked for."""
    assert SENTENCE in PAGE
    assert "exactly 100, 30, 7, 1 or 0 days" in PAGE
