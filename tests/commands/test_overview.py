"""A bare `countdown`: what comes next on a terminal, and for programs the same as `list`."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from countdown.core.release import Release
from countdown.index import record
from tests.cli.conftest import Countdown


@pytest.fixture(autouse=True)
def size(monkeypatch: pytest.MonkeyPatch) -> None:
    """A terminal of 80 columns and 24 lines."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "24")


def drawn(countdown: Countdown, *words: str) -> list[str]:
    """The lines on a terminal."""
    ran = countdown("--format", "table", *words)
    assert (ran.code, ran.err) == (0, "")
    return ran.out.splitlines()


@pytest.mark.parametrize("lines", [16, 24, 40])
def test_answer_and_prompt_fit_on_the_screen(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    """Also if some titles take two lines; every line of the screen that can be used is used."""
    monkeypatch.setenv("LINES", str(lines))
    found = drawn(shipped)
    assert lines - 6 <= len(found) <= lines - 2
    assert any("more until 2029 · " in line for line in found)


def test_programs_get_everything(shipped: Countdown) -> None:
    """The same as from `list`."""
    assert shipped().out == shipped("list").out
    assert shipped("--json").out.count('"id"') == shipped("list", "--json").out.count('"id"')


def test_all_is_the_list_of_all(shipped: Countdown) -> None:
    """Who asks for all of it gets all of it."""
    assert drawn(shipped, "--all") == shipped("list", "--all", "--format", "table").out.splitlines()


def release(number: int, *facts: str) -> str:
    """A release of an [[release]] table."""
    table = f'[[release]]\nid = "film-{number}"\ntitle = "Film {number}"\nkind = "film"\n'
    return "\n".join([table, *facts, ""])


def test_followed_release_far_ahead_is_shown_too(catalogue: Callable[[str], Countdown]) -> None:
    """If it comes within three months, however many others come before it."""
    many = [release(n, "date = 2026-12-01") for n in range(100)]
    countdown = catalogue("".join([*many, release(100, "date = 2027-02-01")]))
    assert not any("Film 100" in line for line in drawn(countdown))
    countdown("follow", "Film 100")
    found = drawn(countdown)
    assert any("♥  Film 100" in line for line in found)
    assert len(found) <= 22
    assert "December 100" in found
    followed = drawn(countdown, "--followed")
    assert [line for line in followed if "Film" in line] == [
        line for line in found if "Film 100" in line
    ]


@pytest.mark.parametrize("fact", ['date = "2026-09"', 'stage = "filming"'])
def test_where_nothing_is_ahead_all_is_listed(
    catalogue: Callable[[str], Countdown], fact: str
) -> None:
    """What is late, or has no date."""
    countdown = catalogue(release(1, fact))
    assert drawn(countdown) == countdown("list", "--format", "table").out.splitlines()


def test_catalogue_without_releases_is_told(catalogue: Callable[[str], Countdown]) -> None:
    """As by `list`."""
    countdown = catalogue("")
    ran = countdown("--format", "table")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == countdown("list").err


def test_index_is_asked_for_no_more_than_is_shown(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Hundreds of releases that come later are counted, not read."""
    read = list[str]()

    def unpack(text: str) -> Release:
        read.append(text)
        return record.unpack(text)

    days = [f"date = {date(2026, 12, 1) + timedelta(days=n)}" for n in range(400)]
    countdown = catalogue("".join(release(n, day) for n, day in enumerate(days)))
    monkeypatch.setattr("countdown.index.query.unpack", unpack)
    assert "more until 2028" in "\n".join(drawn(countdown))
    assert len(read) < 40
