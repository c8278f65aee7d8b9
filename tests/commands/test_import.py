"""`import`: what other programs list is followed, if it is still ahead."""

import json
import shlex
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from countdown import paths
from tests.cli.conftest import Countdown

TABLES = """
[[release]]
id = "dune"
title = "Dune: Part Three"
kind = "film"
date = 2026-12-18
cast = ["Zendaya"]
ids = { imdb = "tt31378509", tmdb = 11 }

[[release]]
id = "thor"
title = "Thor: Love and Thunder"
kind = "film"
date = 2022-07-08

[[release]]
id = "lost-1"
title = "Lost"
kind = "season"
season = 1
date = 2004-09-22

[[release]]
id = "lost-2"
title = "Lost"
kind = "season"
season = 2
date = "2027"
ids = { tvmaze = 82 }

[[release]]
id = "twins-a"
title = "Twins"
kind = "film"
date = 2027-03-05

[[release]]
id = "twins-b"
title = "Twins"
kind = "film"
stage = "filming"

[[release]]
id = "carol"
title = "Carol"
kind = "special"
date = 2026-12-24
"""
HEADINGS = "Date,Name,Year,Letterboxd URI\n"

Write = Callable[..., str]


@pytest.fixture
def ahead(catalogue: Callable[[str], Countdown], monkeypatch: pytest.MonkeyPatch) -> Countdown:
    """`countdown` on 27 November 2026."""
    run = catalogue(TABLES)
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-27")
    return run


@pytest.fixture
def listed(tmp_path: Path) -> Write:
    """Writes a list of Letterboxd with these titles and years, and returns its path."""

    def write(*films: str, name: str = "watchlist.csv") -> str:
        path = tmp_path / name
        path.write_text(HEADINGS + "".join(f",{film},x\n" for film in films))
        return str(path)

    return write


def followed() -> list[str]:
    """The titles that config.toml has the user follow."""
    path = Path(paths.config_file() or "")
    if not path.exists():
        return []
    follow = tomllib.loads(path.read_text("utf-8")).get("follow", {})
    assert set(follow) <= {"title"}
    return list(follow.get("title", []))


def test_what_is_ahead_is_followed(ahead: Countdown, listed: Write) -> None:
    """What is out isn't followed, and what isn't known can be tracked."""
    path = listed(
        "Dune: Part Three,2026", "Thor: Love and Thunder,2022", "Nope,2027", "Old,1932", ","
    )
    ran = ahead("import", path)
    assert ran.code == 0
    first, left, dune, unknown = ran.out.splitlines()
    assert first == "1 newly followed, 2 out, or with nothing ahead, 1 not in the catalogue"
    assert left == "Left out: 1 without a title that can be shown"
    assert dune.startswith("Dune: Part Three\tfilm\t")
    assert unknown == "Nope (2027)\tcountdown track Nope"
    assert followed() == ["Dune: Part Three"]


def test_one_undo_takes_it_back(ahead: Countdown, listed: Write) -> None:
    """All names of a list come and go in one step, and those from before stay."""
    assert ahead("follow", "Carol").code == 0
    assert ahead("import", listed("Dune: Part Three,2026", "Twins,2027")).code == 0
    assert followed() == ["Carol", "Dune: Part Three", "Twins (2027)"]
    assert ahead("undo").out == "Undid: import watchlist.csv\n"
    assert followed() == ["Carol"]


def test_dry_run_changes_nothing(ahead: Countdown, listed: Write) -> None:
    """Only what would be followed is shown."""
    ran = ahead("import", listed("Dune: Part Three,2026"), "--dry-run")
    assert ran.code == 0
    assert ran.out.startswith("1 to follow\n")
    assert followed() == []


def test_what_is_followed_already(ahead: Countdown, listed: Write) -> None:
    """A film of somebody whom the user follows is followed."""
    path = listed("Dune: Part Three,2026")
    assert ahead("follow", "Zendaya").code == 0
    ran = ahead("import", path)
    assert (ran.code, ran.out) == (0, "1 followed already\n")


def test_nothing_ahead(ahead: Countdown, listed: Write) -> None:
    """The exit code says that there was nothing to follow."""
    ran = ahead("import", listed("Thor: Love and Thunder,2022"))
    assert ran.code == 1
    assert ran.err == "Nothing in it is ahead, as far as your catalogues know.\n"


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ({"movie": {"title": "Dune 3", "ids": {"tmdb": 11}}}, ["Dune: Part Three"]),
        ({"show": {"title": "Dune 3", "ids": {"tmdb": 11}}}, []),
        ({"show": {"title": "Lost", "year": 2004}}, ["Lost"]),
        ({"show": {"title": "Twins"}}, []),
        ({"show": {"title": "Carol", "year": 2020}}, []),
        ({"show": {"title": "Carol", "year": 2025}}, ["Carol"]),
        ({"movie": {"title": "Twins", "year": 1988}}, ["twins-b"]),
        ({"movie": {"title": "Twins"}}, ["Twins (2027)", "twins-b"]),
    ],
    ids=["id", "film id", "series", "film", "other year", "special", "undated", "two films"],
)
def test_how_a_title_is_found(
    ahead: Countdown, tmp_path: Path, row: dict[str, object], names: list[str]
) -> None:
    """By its id, else by title, kind and year, of which films can miss one."""
    path = tmp_path / "list.json"
    path.write_text(json.dumps([row]))
    assert ahead("import", str(path)).code == (0 if names else 1)
    assert followed() == names


def test_id_of_a_season_at_tvmaze_is_none_of_a_series(ahead: Countdown, tmp_path: Path) -> None:
    """TVmaze counts shows and seasons apart."""
    path = tmp_path / "sonarr.json"
    path.write_text(json.dumps([{"title": "Other", "tvdbId": 1, "tvMazeId": 82}]))
    assert ahead("import", str(path)).code == 1
    assert followed() == []


def test_hostile_titles_stay_text(ahead: Countdown, listed: Write) -> None:
    """What is to be copied into a shell is quoted."""
    ran = ahead("import", listed("[red]$(touch x),2027", "`id` %s #{x} 'a,2027"))
    assert "countdown track '[red]$(touch x)'" in ran.out
    quoted = shlex.quote("`id` %s #{x} 'a")
    assert f"countdown track {quoted}" in ran.out


def test_id_at_imdb_is_tracked(ahead: Countdown, tmp_path: Path) -> None:
    """An id finds the very title."""
    path = tmp_path / "radarr.json"
    path.write_text(json.dumps([{"title": "New", "tmdbId": 5, "imdbId": "tt7654321"}]))
    assert ahead("import", str(path), "--from", "radarr").out.endswith(
        "New\tcountdown track tt7654321\n"
    )


def test_file_that_is_no_list(ahead: Countdown, tmp_path: Path) -> None:
    """The line is told, and nothing is followed."""
    path = tmp_path / "list.json"
    path.write_text('[\n{"movie": }]')
    ran = ahead("import", str(path))
    assert (ran.code, ran.err) == (3, f"{path}:2: this isn't JSON: Expecting value\n")
    path.write_text("")
    assert ahead("import", str(path)).err == f"{path}: it is empty\n"
    assert ahead("import", str(tmp_path / "none")).code == 3
    assert followed() == []


def test_screen(ahead: Countdown, listed: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is named above, and what is followed now is marked."""
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ran = ahead("import", listed("Dune: Part Three,2026", "Nope,2027"))
    assert "watchlist.csv · Letterboxd · 2 titles" in ran.out
    assert "♥" in ran.out
    ran = ahead("import", listed("Nope,2027"))
    assert "♥" not in ran.out
