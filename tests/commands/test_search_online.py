"""`countdown search --online`, with providers that are functions of the tests."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from countdown.net.answers import Failure
from countdown.net.client import Request
from tests.cli.conftest import Countdown
from tests.commands.conftest import Online
from tests.providers import SERIES, Providers, item, show
from tests.test_schemas import misfits

OFFLINE = Failure("offline", "https://www.wikidata.org can't be reached.")
ITEMS = (
    item("Q2", "Thor: Love and Thunder", year="2022", by=["Q9"], imdb="tt10648342"),
    item("Q3", "Thor", year="1999", by=["Q9"], titles={"pt-br": "Tor"}),
    item("Q4", "Thorn", SERIES, start="2020"),
    item("Q9", "Taika Waititi", "Q5"),
)


def test_candidates_are_listed_with_what_track_takes(countdown: Countdown, online: Online) -> None:
    """Those of the catalogue are marked with their id there."""
    online(Providers(ITEMS, [show(7, "Thor's Day", premiered="2001-01-01", network="NBC")]))
    ran = countdown("search", "--online", "thor")
    assert ran.err == ""
    assert ran.out == (
        "Thor\t1999\tfilm\tTaika Waititi\tQ3\t\n"
        "Thor: Love and Thunder\t2022\tfilm\tTaika Waititi\tQ2\tthor-love-and-thunder\n"
        "Thor's Day\t2001\tseries\tNBC\ttvmaze:7\t\n"
        "Thorn\t2020\tseries\t\tQ4\t\n"
    )


def test_screen_says_how_to_track_one(
    countdown: Countdown, online: Online, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first that isn't in the list; in the user's language."""
    online(Providers(ITEMS))
    monkeypatch.setenv("LANG", "pt_BR.UTF-8")
    ran = countdown("search", "--online", "thor", "--format", "table", "--limit", "2")
    assert "Tor " in ran.out
    assert "1 more · to track one   countdown search --online thor · countdown track Q3" in ran.out
    assert "✓ in your list" in ran.out
    ran = countdown("search", "--online", "love and thunder", "--format", "table")
    assert "countdown track" not in ran.out
    ran = countdown("search", "--online", "thorn", "--format", "table")
    assert "✓" not in ran.out
    ran = countdown("search", "--online", "love and", "--accessible")
    assert "Id Q2. In your list as thor-love-and-thunder." in ran.out


def test_programs_get_the_contract(countdown: Countdown, online: Online) -> None:
    """JSON by its schema; a row for each in csv and tsv."""
    online(Providers(ITEMS))
    document = json.loads(countdown("search", "--online", "thor", "--json").out)
    assert misfits(document) == []
    assert document["releases"] == []
    assert document["candidates"][0] == {
        "track": "Q3",
        "title": "Thor",
        "titles": {"pt-BR": "Tor"},
        "kind": "film",
        "season": None,
        "year": 1999,
        "people": ["Taika Waititi"],
        "platform": [],
        "ids": {"wikidata": "Q3"},
        "release": None,
    }
    lines = countdown("search", "--online", "thor", "--format", "jsonl").out.splitlines()
    assert [*map(json.loads, lines)] == document["candidates"]
    rows = [
        *csv.DictReader(StringIO(countdown("search", "--online", "thor", "--format", "csv").out))
    ]
    assert [row["track"] for row in rows] == ["Q3", "Q2", "Q4"]
    assert rows[1]["imdb"] == "tt10648342"
    assert rows[1]["release"] == "thor-love-and-thunder"


def test_failures_have_lines_and_exit_codes(countdown: Countdown, online: Online) -> None:
    """One provider is enough."""
    online(Providers(ITEMS, tvmaze=OFFLINE))
    ran = countdown("search", "--online", "thor")
    assert ran.code == 0
    assert ran.err == "No answer from TVmaze: https://www.wikidata.org can't be reached.\n"
    online(Providers(wikidata=OFFLINE, tvmaze=OFFLINE))
    ran = countdown("search", "--online", "thor")
    assert (ran.code, ran.out, len(ran.err.splitlines())) == (4, "", 2)
    online(Providers())
    ran = countdown("search", "--online", "xyz")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        'No film or series called "xyz" at Wikidata or TVmaze. Try its original title.\n'
        "To add it yourself: countdown add xyz\n"
    )
    ran = countdown("search", "--online", " ")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(("value", "code"), [("1", 4), ("true", 4), ("0", 1), ("", 1)])
def test_offline_asks_nobody(
    countdown: Countdown, online: Online, monkeypatch: pytest.MonkeyPatch, value: str, code: int
) -> None:
    """By the environment."""
    providers = online(Providers())
    monkeypatch.setenv("COUNTDOWN_OFFLINE", value)
    ran = countdown("search", "--online", "xyz")
    assert ran.code == code
    assert bool(providers.asked) == (code == 1)


def test_sources_that_are_off_learn_nothing(
    countdown: Countdown, online: Online, tmp_path: Path
) -> None:
    """By config.toml."""
    off = '[[source]]\nname = "{}"\nenabled = false\n'
    config = tmp_path / "home" / "config" / "countdown" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(off.format("wikidata"), "utf-8")
    providers = online(Providers(ITEMS, [show(7, "Thor's Day")]))
    assert countdown("search", "--online", "thor").titles == ["Thor's Day"]
    assert len(providers.asked) == 1
    config.write_text(off.format("wikidata") + off.format("tvmaze"), "utf-8")
    ran = countdown("search", "--online", "thor")
    assert (ran.code, ran.out) == (4, "")
    assert "config.toml" in ran.err


def test_answers_cannot_drive_a_terminal(countdown: Countdown, online: Online) -> None:
    """Escape sequences and turned text are no titles; markup is text."""
    names = ["Thor \x1b[2J", "Thor \u202egnp", "Thor [red]x[/red] $(id) %n", "Thor <b>"]
    people = [item("Q9", "T\x1b]0;x\x07", "Q5")]
    items = [item(f"Q{at}", name, by=["Q9"]) for at, name in enumerate(names, 11)]
    online(Providers([*items, *people], [show(at, names[0]) for at in range(1, 50)]))
    for format in ("table", "plain", "json", "csv", "tsv", "markdown"):
        ran = countdown("search", "--online", "thor", "--format", format)
        assert ran.code == 0
        assert "\x1b]" not in ran.out + ran.err
        assert "\u202e" not in ran.out + ran.err
        assert "[2J" not in ran.out + ran.err


def test_local_search_asks_nobody(countdown: Countdown, online: Online) -> None:
    """Only --online does."""

    class Nobody(Providers):
        def fetch(self, request: Request) -> Failure:
            raise AssertionError(request.url)

    online(Nobody())
    assert countdown("search", "thor").code == 0
