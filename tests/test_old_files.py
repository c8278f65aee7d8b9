"""Files that earlier versions have written hold what they held: see data/old/write.py.

Nobody has to convert anything after an upgrade, and no reminder comes twice.
"""

import json
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from countdown import paths
from tests.cli.conftest import Countdown, Ran, runner

OLD: Final = Path(__file__).parent / "data" / "old"
NOW: Final = datetime(2026, 11, 24, 13, tzinfo=UTC).timestamp()


@pytest.fixture(params=sorted(path.parent.name for path in OLD.glob("*/shipped.toml")))
def old(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Countdown:
    """`countdown` in the home of somebody who used that version, an hour after the last time."""
    for purpose in ("config", "data", "state"):
        folder = tmp_path / "home" / purpose / paths.APP
        shutil.copytree(OLD / request.param / purpose, folder)
        for path in [folder, *folder.rglob("*")]:  # As the program makes them, whatever the umask.
            path.chmod(0o700 if path.is_dir() else 0o600)
    shipped = str(OLD / request.param / "shipped.toml")
    monkeypatch.setattr(paths, "shipped", lambda name: shipped)
    monkeypatch.setattr(time, "time", lambda: NOW)
    monkeypatch.setattr(time, "time_ns", lambda: int(NOW) * 1_000_000_000)
    return runner(capsys)


def test_own_catalogue_is_read(old: Countdown) -> None:
    """An added release, an overlay, a move and a hidden release."""
    assert old("list", "--days").out.splitlines() == [
        "Our Short\tfilm\t2026-12-01\tin 7 days\t\tZendaya",
        "Dune: Part Three\tfilm\t2027-01-08\tin 45 days\tMax\tZendaya",
        "Thor 5\tfilm\t2027-05-06\tin 163 days\t\t",
    ]
    (thor,) = json.loads(old("show", "thor-5", "--json").out)["releases"]
    (step,) = thor["history"]
    assert (step["from"], step["to"], step["seen"]) == ("2027", "2027-05-06", "2026-11-21")
    assert step["source"] == "https://example.org/b"
    assert "Sand." in old("show", "dune-3").out
    assert "the-gallerist" in old("mine").out


def test_changes_that_were_seen_are_remembered(old: Countdown) -> None:
    """The journal can't be made again."""
    changes = [line.split("\t") for line in old("news", "--mine").out.splitlines()]
    assert changes[1:] == [
        ["2026-11-22", "Dune: Part Three", "delayed", "2026-12-18", "2027-01-08", "+21 days", ""],
        ["2026-11-21", "Our Short", "new", "", "2026-12-01", "", ""],
        ["2026-11-19", "Thor 5", "narrowed", "2027", "2027-05-06", "", "example.org"],
    ]
    # This was changed after the last look.
    assert changes[0] == ["2026-11-24", "Our Short", "stage", "", "filming", "", ""]


def test_reminders_that_were_sent_are_not_sent_again(old: Countdown) -> None:
    """But to somebody who has not got them."""
    assert old("remind", "--recipient", "mail") == Ran(1, "", "")
    assert (
        old("remind", "--recipient", "phone").out
        == "Our Short comes out in 7 days, on 2026-12-01\n"
    )


def test_changes_of_the_catalogue_are_undone(old: Countdown) -> None:
    """One after the other, to the first."""
    catalogue = Path(paths.user_catalogue() or "")
    before = catalogue.read_text("utf-8")
    changes = len([*Path(paths.state_folder() or "", "undo").iterdir()])
    assert old("undo").code == 0
    assert catalogue.read_text("utf-8") == before.replace('stage = "filming"\n', "")
    assert [old("undo").code for _ in range(changes)] == [*[0] * (changes - 1), 1]
    assert not catalogue.exists()


def test_settings_are_read(old: Countdown) -> None:
    """All of config.toml; other commands use them too."""
    rows = [line.split("\t") for line in old("config", "list").out.splitlines()]
    assert [row[:2] for row in rows if row[2:] == ["config.toml"]] == [
        ["region", "US"],
        ["timezone", "UTC"],
        ["date_style", "iso"],
        ["follow.person", "Zendaya"],
    ]
    assert old("next", "--followed", "--format", "plain").out.startswith("Our Short\t")


def test_draft_is_offered_again(old: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """The editor gets it, and it is checked as it would have been then."""

    def change(*, filename: str) -> None:
        draft = Path(filename)
        draft.write_text(draft.read_text("utf-8").replace("filmed", "wrapped"), "utf-8")

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("click.termui.visible_prompt_func", lambda _: "g")
    monkeypatch.setattr("click.edit", change)
    ran = old("edit")
    assert ran.code == 0
    assert ran.err.startswith("There's a draft from ")
    assert 'stage = "wrapped"' in Path(paths.user_catalogue() or "").read_text("utf-8")
    assert not [*Path(paths.state_folder() or "").glob("kept-*")]
