"""The end of a season: set, shown, listed and told of when it can be watched in one go."""

import json

import pytest

from tests.cli.conftest import World
from tests.cli.shelf import Shelf


def season(id: str, *facts: str) -> str:
    """The table of a second season with those *facts*, lines of TOML."""
    lines = [f'id = "{id}"', f'title = "{id.title()}"', 'kind = "season"', "season = 2", *facts]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (("complete = 2027-03-10", 'cadence = "weekly"'), "complete from 10 Mar 2027 · weekly"),
        (("complete = 2026-11-22",), "complete from 22 Nov 2026"),
        (("complete = 2026-11-21",), "complete since 21 Nov 2026"),
        (('complete = "Q1 2027"',), "complete in Q1 2027"),
        (('complete = "2027-03?"', 'unverified = ["complete"]'), "complete in Mar 2027?"),
        (('cadence = "all at once"',), "all at once"),
    ],
)
def test_card_says_when_a_season_is_complete(
    world: World, facts: tuple[str, ...], said: str
) -> None:
    """On a terminal and in other formats; a window never becomes a day."""
    world.says(season("bridge", "date = 2026-11-01", *facts))
    screen = world("show", "bridge", "--format", "table").out
    assert f"Episodes  {said}\n" in screen.replace("\u00a0", " ")
    assert ("not confirmed" in screen) == said.endswith("?")
    plain = world("show", "bridge", "--format", "plain").out
    assert f"Episodes\t{said}\n" in plain.replace("\u00a0", " ")


def test_card_says_it_in_the_style_of_the_user(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the language of LC_TIME."""
    monkeypatch.setenv("LC_TIME", "pt_BR.UTF-8")
    world.says(season("bridge", "complete = 2027-03-10"))
    screen = world("show", "bridge", "--format", "table").out.replace("\u00a0", " ")
    assert "complete from 10 de mar. de 2027" in screen


def test_options_set_the_end_of_a_season(shelf: Shelf) -> None:
    """In words that people have for it."""
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2027-01-13", "--cadence", "week")
    shelf.ran("edit", "bridge season 2", "--complete", "10 March 2027")
    assert shelf.last["cadence"] == "weekly"
    assert shelf.last["complete"].isoformat() == "2027-03-10"
    shelf.ran("edit", "bridge season 2", "--unset", "complete", "--cadence", "binge")
    assert shelf.last["cadence"] == "all at once"
    assert "complete" not in shelf.last


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (
            ("bridge-season-2", "--complete", "2027-01-12"),
            "--complete: Is before the first date. Write when the last episode is out.",
        ),
        (
            ("bridge-season-2", "--complete", "2027-03", "--cadence", "all-at-once"),
            "--complete: Isn't its date, although all is out at once. Leave out complete or",
        ),
        (
            ("dune-3", "--cadence", "weekly"),
            "--cadence: A film has no episodes. Leave it out.",
        ),
        (("bridge-season-2", "--cadence", "daily"), "weekly, all at once"),
    ],
)
def test_what_cannot_be_is_refused(shelf: Shelf, words: tuple[str, ...], message: str) -> None:
    """Also where a built-in release contradicts it, of which the user's entry says nothing."""
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2027-01-13")
    before = shelf.text
    ran = shelf.run("edit", *words)
    assert (ran.code, ran.out) == (2, "")
    assert message in " ".join(ran.err.split())
    assert shelf.text == before


def test_date_after_the_end_is_refused(shelf: Shelf) -> None:
    """The end must be moved with it."""
    shelf.ran("add", "Bridge", "--season", "2", "--date", "2027-01-13", "--complete", "2027-03-10")
    ran = shelf.run("edit", "bridge-season-2", "--date", "2027-06")
    assert (ran.code, ran.out) == (2, "")
    assert "--complete: Is before the first date." in ran.err
    ran = shelf.run("edit", "bridge-season-2", "--date", "2027-06", "--complete", "2027-09-01")
    assert ran.code == 0
    (release,) = json.loads(shelf.run("show", "bridge", "--json").out)["releases"]
    assert release["complete"]["edtf"] == "2027-09-01"
