"""On a past day, every command knows what was known then: nothing that was only shelved later."""

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Countdown

SHELVED = """
[[release]]
id = "alpha"
title = "Alpha"
kind = "film"
date = 2026-12-18
stage = "on-hold"
stage_since = 2026-12-01

[[release]]
id = "beta"
title = "Beta"
kind = "film"
date = 2026-12-20

[[release]]
id = "delta"
title = "Delta"
kind = "film"
stage = "cancelled"
sources = [{ url = "https://example.org/x", date = 2026-12-02 }]
dates = [{ date = 2026-12-10, region = "US" }, { date = 2026-12-11, region = "BR" }]

[[release]]
id = "vague"
title = "Vague"
kind = "film"
date = "2026-12"
stage = "cancelled"
stage_since = 2026-12-02

[[release]]
id = "never"
title = "Never Dated"
kind = "film"
stage = "cancelled"
stage_since = 2026-12-02
"""
BEFORE, AFTER = "2026-11-15", "2026-12-05"


@pytest.fixture
def fan(catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch) -> Countdown:
    """The program in the US, with releases of which most were shelved in December."""
    monkeypatch.setenv("COUNTDOWN_REGION", "US")
    monkeypatch.delenv("COUNTDOWN_TODAY", raising=False)
    return catalogue(SHELVED)


@pytest.fixture(params=["--as-of", "COUNTDOWN_TODAY"])
def on(
    fan: Countdown, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., str]:
    """Runs a command on a day, which an option or the environment names."""

    def run(day: str, *words: str) -> str:
        if request.param == "COUNTDOWN_TODAY":
            monkeypatch.setenv("COUNTDOWN_TODAY", day)
            return fan(*words).out
        monkeypatch.delenv("COUNTDOWN_TODAY", raising=False)
        return fan(*words, "--as-of", day).out

    return run


def test_prompt_shows_what_a_list_shows(on: Callable[..., str]) -> None:
    """Of those with an exact day, in its order."""
    listed = json.loads(on(BEFORE, "list", "--json"))["releases"]
    assert [each["id"] for each in listed] == ["delta", "alpha", "beta", "vague", "never"]
    words = ("prompt", "--count", "4", "--format", "{title} {days}[{stage}]")
    assert on(BEFORE, *words) == "Delta 25[], Alpha 33[], Beta 35[]\n"
    assert on(AFTER, *words) == "Beta 15[]\n"
    assert on(BEFORE, *words, "--within", "30d") == "Delta 25[]\n"
    assert on(BEFORE, *words, "--title", "alpha") == "Alpha 33[]\n"


def test_day_is_that_of_the_region(on: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    """As for every release."""
    monkeypatch.setenv("COUNTDOWN_REGION", "BR")
    assert on(BEFORE, "prompt", "--title", "delta") == "Delta 26d\n"


def test_reminders_are_those_of_that_day(on: Callable[..., str]) -> None:
    """Of what nobody knew to be given up."""
    assert on("2026-11-18", "remind", "--milestones", "30") == (
        "Alpha comes out in 30 days, on 18 Dec 2026\n"
    )
    assert on("2026-12-11", "remind", "--milestones", "7") == ""
    assert on(AFTER, "remind", "--milestones", "13") == ""


@pytest.mark.parametrize(("followed", "line"), [("alpha", "Alpha 33d"), ("vague", "Delta 25d")])
def test_followed_release_is_ahead_until_it_is_shelved(
    on: Callable[..., str], fan: Countdown, followed: str, line: str
) -> None:
    """Then it's shown alone, if a prompt can show it; afterwards everything is."""
    fan("follow", "--title", followed)
    assert on(BEFORE, "prompt") == f"{line}\n"
    assert on(AFTER, "prompt") == "Beta 15d\n"
    next_one = json.loads(on(BEFORE, "next", "--json"))["releases"][0]["id"]
    assert next_one == followed
