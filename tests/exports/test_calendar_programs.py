"""Calendar programs read what is exported: khal and calcurse, asked for the days."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Countdown
from tests.cli.conftest import catalogue as made_catalogue
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


def exported(catalogue: Catalogue, path: Path, day: str, *words: str) -> Path:
    """The calendar of all cases; the first is on *day*."""
    tables = "".join(
        f'[[release]]\nid = "{id}"\ntitle = "{TITLES.get(id, id.title())}"\nkind = "film"\n'
        f"{case.format(day=day)}\n"
        for id, case in CASES.items()
    )
    ran = catalogue(tables)("export", "ics", "--all", "--region", "US", "-o", str(path), *words)
    assert ran.code == 0, ran.err
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


@pytest.fixture
def khal(tmp_path: Path) -> Program:
    """Khal, with an empty calendar, in New York."""
    (tmp_path / "films").mkdir()
    config = tmp_path / "khal.conf"
    config.write_text(KHAL.format(tmp_path))
    return Program(tmp_path, "khal", "-c", str(config))


def agenda(khal: Program) -> list[str]:
    """Each event of winter, on each of its days."""
    form = "{start-date} {start-time} {cancelled}{title}"
    lines = khal("list", "--format", form, "--day-format", "", "2026-12-01", "2027-03-31")
    return [" ".join(line.split()) for line in lines]


@needs("khal")
def test_khal_shows_each_case_on_its_day(
    khal: Program, catalogue: Catalogue, tmp_path: Path
) -> None:
    """A window once, on its last day, with its words; a moment in its zone."""
    khal("import", "--batch", str(exported(catalogue, tmp_path / "a.ics", "2026-12-18")))
    assert agenda(khal) == [
        "2026-12-18 A, B; C: \\ D",
        "2027-01-14 22:00 Moment",
        "2027-01-20 Doubtful (not confirmed)",
        "2027-01-21 Elsewhere (BR)",
        "2027-01-22 CANCELLED Gone (cancelled)",
        "2027-02-28 by 28 Feb 2027: Month (Feb 2027)",
        "2027-03-31 by 31 Mar 2027: Quarter (Q1 2027)",
    ]


@needs("khal")
def test_khal_sees_a_move_as_a_move(khal: Program, catalogue: Catalogue, tmp_path: Path) -> None:
    """The event is on its new day, and no more on the old one."""
    for day in ("2026-12-18", "2026-12-25"):
        khal("import", "--batch", str(exported(catalogue, tmp_path / "a.ics", day)))
    found = agenda(khal)
    assert found[0] == "2026-12-25 A, B; C: \\ D"
    assert len(found) == len(CASES)


@needs("khal")
def test_khal_repeats_a_span(khal: Program, catalogue: Catalogue, tmp_path: Path) -> None:
    """On each of its days, which is why it isn't the default; nothing has windows at all."""
    path = exported(catalogue, tmp_path / "a.ics", "2026-12-18", "--windows", "none")
    khal("import", "--batch", str(path))
    assert len(agenda(khal)) == len(CASES) - 2
    path = exported(catalogue, tmp_path / "b.ics", "2026-12-18", "--windows", "span")
    khal("import", "--batch", str(path))
    assert len([line for line in agenda(khal) if "Quarter (Q1 2027)" in line]) == 90


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
