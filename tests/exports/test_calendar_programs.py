"""Calendar programs read what is exported: khal and calcurse, asked for the days."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown.cli.group import run
from tests.cli.conftest import Countdown
from tests.cli.conftest import catalogue as made_catalogue
from tests.conftest import isolate
from tests.programs import needs

Catalogue = Callable[[str], Countdown]
catalogue = made_catalogue
KHAL = """
[calendars]
[[films]]
path = {0}/films
[sqlite]
path = {0}/khal.db
[default]
default_calendar = films
[locale]
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
timeformat = %H:%M
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = America/New_York
default_timezone = America/New_York
"""
CASES = {
    "day": "date = {day}",
    "quarter": 'date = "Q1 2027"',
    "moment": "date = 2027-01-15T03:00:00Z",
    "doubtful": 'date = "2027-01-20?"',
    "elsewhere": 'dates = [{{ date = 2027-01-21, region = "BR" }}]',
    "gone": 'date = 2027-01-22\nstage = "cancelled"\nstage_since = 2026-11-01',
    "month": 'date = "2027-02"',
}
TITLES = {"day": "A, B; C: \\\\ D"}
EVERYTHING = ("--all", "--region", "US")
EXPORTS = (  # The name of each, its first day, and its options; one of them is exported twice.
    ("usual", "2026-12-18"),
    ("moved", "2026-12-18"),
    ("moved", "2026-12-25"),
    ("none", "2026-12-18", "--windows", "none"),
    ("span", "2026-12-18", "--windows", "span"),
)


def cases(day: str, name: str = "") -> str:
    """The tables of all cases; the first is on *day*, and *name* begins their titles."""
    return "".join(
        f'[[release]]\nid = "{name}{id}"\ntitle = "{name}{TITLES.get(id, id.title())}"\n'
        f'kind = "film"\n{case.format(day=day)}\n'
        for id, case in CASES.items()
    )


def exported(catalogue: Catalogue, path: Path, day: str) -> Path:
    """The calendar of all cases; the first is on *day*."""
    assert catalogue(cases(day))("export", "ics", *EVERYTHING, "-o", str(path)).code == 0
    return path


class Program:
    """A calendar program with a home of its own."""

    def __init__(self, folder: Path, *command: str) -> None:
        self.folder = folder
        self.command = command

    def __call__(self, *words: str) -> list[str]:
        """The lines that it writes."""
        ran = subprocess.run(
            [*self.command, *words],
            env={"HOME": str(self.folder), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
            capture_output=True,
            text=True,
            check=True,
        )
        assert "warning" not in ran.stderr.lower()
        return [line.strip() for line in ran.stdout.splitlines() if line.strip()]


Agenda = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def agenda(tmp_path_factory: pytest.TempPathFactory) -> Agenda:
    """Each event of winter, on each of its days, in khal in New York: those of the export named.

    All are imported by one process, since each start of khal takes half a second.
    """
    folder = tmp_path_factory.mktemp("khal")
    (folder / "films").mkdir()
    (folder / "khal.conf").write_text(KHAL.format(folder))
    khal = Program(folder, "khal", "-c", str(folder / "khal.conf"))
    paths = []
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        patch.setenv("COUNTDOWN_TODAY", "2026-11-22")
        patch.setenv("COUNTDOWN_CATALOGUE", str(folder / "catalogue.toml"))
        for number, (name, day, *words) in enumerate(EXPORTS):
            (folder / "catalogue.toml").write_text(f"format = 1\n{cases(day, f'{name}-')}", "utf-8")
            paths.append(str(folder / f"{number}.ics"))
            assert run(("export", "ics", *EVERYTHING, *words, "-o", paths[-1])) == 0
    khal("import", "--batch", *paths)
    form = "{start-date} {start-time} {cancelled}{title}"
    lines = khal("list", "--format", form, "--day-format", "", "2026-12-01", "2027-03-31")
    return lambda name: [
        " ".join(line.replace(f"{name}-", "").split()) for line in lines if f" {name}-" in line
    ]


@needs("khal")
def test_khal_shows_each_case_on_its_day(agenda: Agenda) -> None:
    """A window once, on its last day, with its words; a moment in its zone."""
    assert agenda("usual") == [
        "2026-12-18 A, B; C: \\ D",
        "2027-01-14 22:00 Moment",
        "2027-01-20 Doubtful (not confirmed)",
        "2027-01-21 Elsewhere (BR)",
        "2027-01-22 CANCELLED Gone (cancelled)",
        "2027-02-28 by 28 Feb 2027: Month (Feb 2027)",
        "2027-03-31 by 31 Mar 2027: Quarter (Q1 2027)",
    ]


@needs("khal")
def test_khal_sees_a_move_as_a_move(agenda: Agenda) -> None:
    """The event is on its new day, and no more on the old one."""
    found = agenda("moved")
    assert found[0] == "2026-12-25 A, B; C: \\ D"
    assert len(found) == len(CASES)


@needs("khal")
def test_khal_repeats_a_span(agenda: Agenda) -> None:
    """On each of its days, which is why it isn't the default; nothing has windows at all."""
    assert len(agenda("none")) == len(CASES) - 2
    assert len([line for line in agenda("span") if "Quarter (Q1 2027)" in line]) == 90


@needs("calcurse")
def test_calcurse_shows_each_case_on_its_day(catalogue: Catalogue, tmp_path: Path) -> None:
    """It skips none; a move is doubled there, since it takes no updates."""
    calcurse = Program(tmp_path, "calcurse", "-D", str(tmp_path / "calcurse"))
    path = exported(catalogue, tmp_path / "a.ics", "2026-12-18")
    (*_, told) = calcurse("-i", str(path))
    assert told == "1 app / 6 events / 0 todos / 0 skipped"
    words = ("-Q", "--input-datefmt", "4", "--output-datefmt", "%F", "--format-event", "%m\n")
    found = calcurse(*words, "--from", "2026-12-01", "--to", "2027-03-31")
    for day, title in (
        ("2026-12-18:", "A, B; C: \\ D"),
        ("2027-01-22:", "Gone (cancelled)"),
        ("2027-03-31:", "by 31 Mar 2027: Quarter (Q1 2027)"),
    ):
        assert found[found.index(day) + 1] == title
    assert sum(line.endswith(":") for line in found) == len(CASES)
    calcurse("-i", str(exported(catalogue, path, "2026-12-25")))
    assert len(calcurse(*words, "--from", "2026-12-01", "--to", "2026-12-31")) == 4
