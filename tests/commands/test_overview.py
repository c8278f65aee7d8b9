"""Bare `countdown`: an overview on a terminal; for programs, the same as `list`."""

import re
import shlex
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from countdown import paths
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


def test_line_on_what_is_left_out_fits_below(
    shipped: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It doesn't push the first rows off the screen."""
    before = {}
    for columns in (60, 80):
        monkeypatch.setenv("COLUMNS", str(columns))
        before[columns] = len(drawn(shipped))
    own = Path(paths.user_catalogue() or "")
    own.parent.mkdir(parents=True)
    own.write_text("format = [\n", "utf-8")
    for columns, below in ((60, 2), (80, 1)):
        monkeypatch.setenv("COLUMNS", str(columns))
        ran = shipped("--format", "table")
        assert 0 < len(ran.err) <= 80
        assert len(ran.out.splitlines()) + below <= max(before[columns], 22)


@pytest.fixture
def by_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Makes it 22 November 2026 by the clock of the machine: --as-of leaves no traces."""

    def set_clock() -> None:
        monkeypatch.delenv("COUNTDOWN_TODAY")
        monkeypatch.setattr(time, "time", lambda: 1795348800.0)

    return set_clock


@pytest.fixture
def today(shipped: Countdown, by_clock: Callable[[], None]) -> Countdown:
    """The program on that day."""
    by_clock()
    return shipped


@pytest.mark.parametrize("columns", [40, 80, 200])
@pytest.mark.parametrize("lines", [24, 50])
def test_somebody_new_is_welcomed_once(
    today: Countdown, monkeypatch: pytest.MonkeyPatch, columns: int, lines: int
) -> None:
    """Below what fits beside it: what the facts are, from when, whose dates, and what to try."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LINES", str(lines))
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    out = today("--format", "table").out
    text = " ".join(out.split())
    known = r"Welcome to countdown\. It knows \d{3} releases, last checked in Oct 2026\."
    assert re.search(known, text)
    assert "Dates are for GB, from LANG." in text
    assert re.findall("countdown (show|follow|init)", text) == ["show", "follow", "init"]
    if columns >= 80 or lines == 50:
        assert len(out.splitlines()) <= lines - 2
    assert "Welcome" not in today("--format", "table").out


def test_commands_of_the_welcome_work(today: Countdown) -> None:
    """As they are written, in a shell; without a region it says whose dates these are."""
    out = today("--format", "table").out
    assert "Dates are those of each release's home market." in " ".join(out.split())
    commands = re.findall("^countdown (?:show|follow) .*?(?=  )", out, re.MULTILINE)
    assert len(commands) == 2
    for command in commands:
        assert today(*shlex.split(command)[1:], "--no-pager").code == 0


def test_welcome_tells_only_what_is_known(
    catalogue: Callable[[str], Countdown], by_clock: Callable[[], None]
) -> None:
    """Of what nobody has checked no month, and of a release without a cast no person."""
    countdown = catalogue(release(1, "date = 2026-12-01"))
    by_clock()
    text = " ".join(countdown("--format", "table").out.split())
    assert "It knows 1 release. Dates" in text
    assert re.findall("countdown (show|follow|init)", text) == ["show", "init"]


@pytest.mark.parametrize(
    "words", ["--as-of 2026-11-20 --format table", "--format plain", "list --format table"]
)
def test_other_answers_welcome_nobody(today: Countdown, words: str) -> None:
    """Nor do they use it up."""
    assert "Welcome" not in today("--format", "table", *words.split()).out
    assert "Welcome" in today("--format", "table").out


def test_nobody_is_welcomed_who_would_be_each_time(
    catalogue: Callable[[str], Countdown],
    by_clock: Callable[[], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Without a folder to remember it, or with one that can't be made."""
    countdown = catalogue(release(1, "date = 2026-12-01"))
    by_clock()
    (tmp_path / "file").touch()
    for folder in ("", str(tmp_path / "file")):
        with monkeypatch.context() as patch:
            patch.setenv("XDG_STATE_HOME", folder)
            patch.setenv("HOME", folder)
            assert "Welcome" not in countdown("--format", "table").out
    assert "Welcome" in countdown("--format", "table").out


def test_welcome_is_in_sentences_too(today: Countdown) -> None:
    """Each command is a line that can be copied."""
    out = today("--accessible").out
    assert "\nEverything about it:\ncountdown show " in out


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
    assert "December (100)" in found
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


@pytest.mark.parametrize("columns", [80, 100])
def test_long_names_of_platforms_push_no_row_off_the_screen(
    catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Each of them takes two lines of the table."""
    monkeypatch.setenv("COLUMNS", str(columns))
    facts = ("date = 2026-12-01", 'distributor = ["Greenwich Entertainment Releasing"]')
    films = "".join(release(n, *facts) for n in range(30))
    found = drawn(catalogue(re.sub('"Film .*(?=")', r"\g<0> of a series of great ones", films)))
    assert len(found) <= 22
    assert sum("Film" in line for line in found) >= 7


def test_followed_releases_close_together_are_pointed_out(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Below the list, which is as much shorter; only if both are followed."""
    days = [f"date = {date(2026, 12, 1) + timedelta(days=5 * n)}" for n in range(40)]
    countdown = catalogue(
        "".join(release(n, day) for n, day in enumerate([*days, "date = 2026-12-02"]))
    )
    drawn(countdown)  # The first time has a welcome.
    before = drawn(countdown)
    countdown("follow", "--title", "Film 0")
    assert "Close together" not in "".join(drawn(countdown))
    countdown("follow", "--title", "Film 40")
    after = drawn(countdown)
    line = "Close together: Film 0 on 1 Dec and Film 40 on 2 Dec."
    assert after[-1] == line
    assert len(after) <= len(before) + 2
    assert line in countdown("--accessible").out
    assert line in countdown("next", "--accessible").out
    assert "Close together" not in countdown("--format", "plain").out


def test_next_points_out_what_is_not_side_by_side(
    catalogue: Callable[[str], Countdown],
) -> None:
    """Releases of the same day are."""
    countdown = catalogue(release(0, "date = 2026-12-01") + release(1, "date = 2026-12-01"))
    countdown("follow", "--title", "Film 0", "Film 1")
    out = countdown("next", "--accessible").out
    assert "Film 0" in out
    assert "Film 1" in out
    assert "Close together" not in out
