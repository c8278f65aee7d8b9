"""`countdown timeline`: releases on one axis of time."""

import json
from collections.abc import Callable

import pytest

from tests.cli.conftest import Countdown

pytestmark = pytest.mark.usefixtures("indexed_july")

Catalogue = Callable[[str], Countdown]

SEASON = """
[[release]]
id = "day"
title = "Day"
kind = "film"
date = 2027-02-01
[[release]]
id = "run"
title = "Run"
kind = "season"
season = 2
date = 2027-01-04
complete = 2027-06-20
unverified = ["complete"]
[[release]]
id = "year"
title = "Year"
kind = "film"
date = "2028"
"""


def row(out: str, title: str) -> str:
    """The line of *out* with *title*."""
    return next(line for line in out.splitlines()[1:] if f"  {title}" in line)


def test_days_windows_and_runs_are_as_long_as_they_are(catalogue: Catalogue) -> None:
    """A point for a day, a bar for a year, and one from a season's first episode to its last."""
    out = catalogue(SEASON)("timeline", "--format", "table").out
    assert "Coming up   next: " in out
    assert row(out, "Day").split()[-4:] == ["●", "1", "Feb", "2027"]
    assert "● 4 Jan 2027" not in out
    assert "●━" in row(out, "Run")
    assert row(out, "Run").endswith(" 4 Jan 2027 – 20 Jun 2027?")
    assert row(out, "Year").count("━") > row(out, "Run").count("━") > 0
    assert "●━ first to last episode" in out
    assert "? not confirmed" in out


def test_season_that_runs_is_ahead_until_all_of_it_is_out(catalogue: Catalogue) -> None:
    """Its bar goes from its first episode to its last; then it is out."""
    running = SEASON.replace("2027-01-04", "2026-10-04").replace("2027-06-20", "2026-12-20")
    out = catalogue(running)("timeline", "--format", "table").out
    assert row(out, "Run").endswith(" 4 Oct 2026 – 20 Dec 2026?")
    assert "out already" not in out
    over = running.replace("2026-12-20", "2026-11-21").replace('unverified = ["complete"]', "")
    out = catalogue(over)("timeline", "--format", "table").out
    assert "Run" not in out
    limited = catalogue(running)("timeline", "--limit", "1", "--format", "table").out
    assert "Run" in limited
    assert "  Day" not in limited


def test_today_is_a_line(catalogue: Catalogue) -> None:
    """Below its sign on the ruler, wherever the row has nothing else; not for what has no date."""
    run = catalogue(
        SEASON + '[[release]]\nid = "u"\ntitle = "Undated"\nkind = "film"\n'
        '[[release]]\nid = "old"\ntitle = "Old"\nkind = "film"\ndate = 2020-01-01\n'
    )
    out = run("timeline", "--format", "table").out
    cell = next(line for line in out.splitlines() if "▼" in line).index("▼")
    assert {row(out, title)[cell] for title in ("Day", "Run", "Year")} == {"│"}
    assert "│" not in row(out, "Undated")
    assert "│ today" in out
    past = run("timeline", "--from", "2020", "--to", "2024", "--format", "table").out
    cell = next(line for line in past.splitlines() if "▼" in line).index("▼")
    assert row(past, "Old")[cell] == "│"
    assert "●━" not in past


def test_nothing_dated_has_no_line(catalogue: Catalogue) -> None:
    """There is no axis that it could stand on."""
    out = catalogue('[[release]]\nid = "u"\ntitle = "Undated"\nkind = "film"\n')(
        "timeline", "--format", "table"
    ).out
    assert "Undated" in out
    assert "│" not in out


def test_an_end_with_the_first_episode_is_no_run(catalogue: Catalogue) -> None:
    """All episodes at once are a day."""
    text = SEASON.replace("2027-06-20", "2027-01-04")
    assert "●━" not in catalogue(text)("timeline", "--format", "table").out


def test_people_come_with_their_roles(countdown: Countdown) -> None:
    """Each in a group, as `actor` has them, and those whom a filter names too."""
    out = countdown("timeline", "hemsworth", "--format", "table").out
    assert "Chris Hemsworth   next: " in out
    assert "Tyler Rake" in out
    assert "out already" in out
    named = countdown("timeline", "--person", "chris hemsworth", "--format", "markdown").out
    assert named.startswith("## Chris Hemsworth")
    assert "Tyler Rake" in named


def test_more_people_than_a_screen_has_are_counted(catalogue: Catalogue) -> None:
    """Twenty are shown."""
    cast = ", ".join(f'{{ name = "Ann {number}" }}' for number in range(23))
    run = catalogue(
        f'[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ndate = 2027-01-01\ncast = [{cast}]\n'
        '[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\ndate = 2027-01-01\n'
    )
    answer = run("timeline", "--actor", "ann", "--format", "table")
    assert answer.out.count("next: A") == 20
    assert answer.err == "3 more people match. Name one of them.\n"


def test_a_franchise_has_its_full_name(countdown: Countdown) -> None:
    """However it was typed; a title or other words stay as they were."""
    for words in (("mcu",), ("--franchise", "mcu")):
        out = countdown("timeline", *words, "--format", "table").out
        assert out.startswith("Marvel Cinematic Universe   ")
    assert countdown("timeline", "mcu", "film", "--format", "table").out.startswith("mcu film  ")
    assert countdown("timeline", "gray", "man", "--format", "table").out.startswith("gray man  ")


def test_what_is_left_out_is_counted(countdown: Countdown) -> None:
    """With the command that shows it."""
    out = countdown("timeline", "mcu", "--limit", "1", "--format", "table").out
    assert "more · " in out
    assert "out already" in out
    assert "countdown timeline mcu --all" in out
    assert "out already" not in countdown("timeline", "mcu", "--all", "--format", "table").out


def test_without_a_name_it_has_what_is_followed(countdown: Countdown) -> None:
    """Everything if nothing is followed, and with a filter of another kind."""
    assert len(countdown("timeline").titles) > 1
    assert countdown("follow", "--title", "Thor: Love and Thunder").code == 0
    assert countdown("timeline").titles == ["Thor: Love and Thunder"]
    assert "What you follow   next: " in countdown("timeline", "--format", "table").out
    assert len(countdown("timeline", "--kind", "film").titles) > 1


def test_a_narrow_terminal_has_no_axis(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The dates stand below the titles."""
    monkeypatch.setenv("COLUMNS", "40")
    out = countdown("timeline", "mcu", "--format", "table").out
    assert "│" not in out
    assert "today" not in out.splitlines()[-1]
    assert " · 8 Jul 2022" in out


def test_ascii_has_a_line_too(countdown: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:
    """A locale without other signs gets a vertical bar."""
    monkeypatch.setenv("LC_ALL", "C")
    out = countdown("timeline", "mcu", "--format", "table").out
    assert out.isascii()
    assert "| today" in out


def test_nothing_found_says_why(countdown: Countdown) -> None:
    """As `list` does."""
    answer = countdown("timeline", "--platform", "netflix", "--actor", "nobody at all")
    assert (answer.code, answer.out) == (1, "")
    assert 'No actor is called "nobody at all".' in answer.err
    assert countdown("timeline", "zzzz").code == 1
    out = countdown("timeline", "--platform", "netflix", "--to", "2022-07-05")
    assert out.code == 1


def test_programs_get_releases(countdown: Countdown) -> None:
    """By the contract of `list`."""
    document = json.loads(countdown("timeline", "mcu", "--json").out)
    assert document["releases"] == json.loads(countdown("list", "mcu", "--json").out)["releases"]
    said = countdown("timeline", "mcu", "--accessible").out
    assert said == countdown("list", "mcu", "--accessible").out
