"""Releases without a latest day on every screen: no day is invented for them."""

import json
import re
from collections.abc import Callable
from typing import Final

import pytest

from tests.cli.conftest import Countdown
from tests.cli.shelf import Shelf
from tests.test_schemas import OUTPUT_SCHEMA
from tests.thorough import pairs

TABLES: Final = """
[[release]]
id = "alpha"
title = "Alpha"
kind = "film"
cast = ["Zendaya"]
date = "not before 2027"
[[release.moves]]
from = "2026-05"
to = "2027/.."
announced = 2026-10-01
[[release]]
id = "beta"
title = "Beta"
kind = "film"
cast = ["Zendaya"]
date = "2026-06~/.."
[[release]]
id = "gamma"
title = "Gamma"
kind = "film"
cast = ["Zendaya"]
[[release.dates]]
date = "11 June 2028 or later"
region = "US"
[[release.dates]]
date = "2027-22?/.."
region = "BR"
[[release]]
id = "delta"
title = "Delta"
kind = "film"
date = 2027-03-01
expected = "2029/.."
"""
COMMANDS: Final = (
    *("", "list", "list --sort title --reverse", "list --all", "list --within 60d", "next"),
    *("next gamma", "show alpha", "show beta", "show gamma", "show delta", "actor zendaya"),
    *("status", "news", "search a", "remind --dry-run", "follow", "prompt --count 9"),
)
LOCALES: Final = ("en_US.UTF-8", "pt_BR.UTF-8", "ja_JP.UTF-8")
FORMATS: Final = ("table", "plain", "json", "jsonl", "csv", "tsv", "markdown")


@pytest.fixture
def opened(catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch) -> Countdown:
    """`countdown` with them, for a user in Brazil or, with an option, elsewhere."""
    monkeypatch.setenv("COUNTDOWN_REGION", "BR")
    monkeypatch.setenv("COLUMNS", "100")
    countdown = catalogue(TABLES)
    assert countdown("follow", "Zendaya").code == 0
    return countdown


@pytest.mark.parametrize(("command", "locale"), pairs(COMMANDS, LOCALES))
def test_no_answer_has_a_day_that_nobody_announced(
    opened: Countdown, command: str, locale: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither the end of the calendar nor the days until then, in any format."""
    monkeypatch.setenv("LC_ALL", locale)
    words = command.split()
    for options in (
        *([("--format", format) for format in FORMATS] if words[:1] != ["prompt"] else [()]),
        *([("--days",), ("--accessible",)] if words[:1] != ["prompt"] else []),
    ):
        if words[:1] == ["remind"] and options[1:] and options[1] not in ("plain", "json", "jsonl"):
            continue
        ran = opened(*words, *options)
        assert ran.code in (0, 1), ran
        assert "9999" not in ran.out
        assert not re.search(r"\d{5}|\d[.,]\d{3}[.,]\d{3}", ran.out), ran.out


def test_open_windows_are_listed_last(opened: Countdown) -> None:
    """Of two the one that begins sooner comes first, in a region and without one."""
    titles = [row["title"] for row in json.loads(opened("list", "--json").out)["releases"]]
    assert titles == ["Delta", "Beta", "Alpha", "Gamma"]
    out = opened("list", "--format", "table").out
    assert "No latest date (3)" in out
    assert "any day now" in out
    assert "in 5 weeks or more" not in out
    assert "in 40 days or more" in out


def test_contract_has_null_for_what_nobody_knows(opened: Countdown) -> None:
    """The schema holds, and a spreadsheet has empty cells."""
    document = json.loads(opened("show", "gamma", "--json", "--region", "US").out)
    OUTPUT_SCHEMA.validate(document)
    (gamma,) = document["releases"]
    assert gamma["date"]["edtf"] == "2028-06-11/.."
    assert (gamma["date"]["earliest"], gamma["date"]["latest"]) == ("2028-06-11", None)
    assert (gamma["date"]["precision"], gamma["days"]) == ("open", {"min": 567, "max": None})
    assert [each["edtf"] for each in gamma["dates"]] == ["2028-06-11/..", "2027-06?/.."]
    assert [each["latest"] for each in gamma["dates"]] == [None, None]
    (move,) = json.loads(opened("show", "alpha", "--json").out)["releases"][0]["moves"]
    assert (move["to"], move["days"]) == ("2027/..", None)
    assert (
        "2027/..,2027-01-01,,open,,,,,40,,not before 2027" in opened("list", "--format", "csv").out
    )


def test_filters_by_day_know_that_it_has_no_end(opened: Countdown) -> None:
    """It can come on any day from its first on."""
    for words, titles in (
        ("--within 30d", ["Beta"]),
        ("--to 2027-02-01", ["Beta", "Alpha"]),
        ("--from 2040", ["Beta", "Alpha", "Gamma"]),
        ("--from 2027-02-01 --to 2027-03-31", ["Delta", "Beta", "Alpha"]),
    ):
        assert opened("list", *words.split()).titles == titles


def test_overview_says_no_year_up_to_which_there_is_more(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last of what isn't shown has none."""
    monkeypatch.setenv("LINES", "24")
    films = [
        f'[[release]]\nid = "f{n}"\ntitle = "F{n}"\nkind = "film"\ndate = "2027/.."\n'
        for n in range(40)
    ]
    out = catalogue("".join(films))("--format", "table").out
    assert re.search(r"^\d+ more  ", out, re.MULTILINE)
    assert "No latest date (40)" in out


@pytest.mark.parametrize("key", ["checked", "stage_since", "complete"])
def test_what_has_happened_has_an_end(catalogue: Callable[[str], Countdown], key: str) -> None:
    """A check or a stage can't begin in the future without an end."""
    table = f'[[release]]\nid = "a"\ntitle = "A"\nkind = "season"\nseason = 1\n{key} = "2026/.."\n'
    refused = catalogue(table)("list")
    assert refused.code == 3
    assert f'{key}: needs a last day; write "2026"' in refused.err


def test_edit_says_how_it_moved(shelf: Shelf) -> None:
    """No number of days, which nobody knows."""
    shelf.ran("add", "Alpha", "--date", "2027")
    out = shelf.ran("edit", "alpha", "--date", "not before 2028").out
    assert out.startswith("Moved alpha: 2027 → 2028 or later\n")
    assert shelf.last["date"] == "2028/.."
