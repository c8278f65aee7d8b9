"""The built-in catalogue, and the one of the evening of 4 July 2022, with the article's facts."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import tomli

from countdown.catalogue import load
from countdown.core import wording
from countdown.core.outlook import Moment, Outlook, outlook
from countdown.core.release import Credit, Release

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "data" / "releases.toml"
EVENING = ROOT / "tests" / "data" / "july-2022.toml"
BOTH = pytest.mark.parametrize("path", [SHIPPED, EVENING], ids=["shipped", "july-2022"])
THEN = Moment.at(datetime(2022, 7, 4, 21, tzinfo=UTC), UTC)


@cache
def catalogue(path: Path) -> dict[str, Release]:
    """The releases of the file *path* by id."""
    read = load.read_layer(str(path), load.content(str(path)))
    return {release.id: release for release in load.releases([read])}


@cache
def tables(path: Path) -> tuple[dict[str, Any], ...]:
    """The [[release]] tables of the file *path*."""
    return tuple(tomli.loads(path.read_text("utf-8"))["release"])


def outlook_of(id: str, region: str | None = None) -> Outlook:
    """The outlook of a release on 4 July 2022."""
    return outlook(catalogue(EVENING)[id], now=THEN, region=region)


def dates(path: Path, id: str) -> set[tuple[str, str | None]]:
    """The dates of a release and their regions."""
    return {(dated.date.edtf, dated.region) for dated in catalogue(path)[id].dates}


# What holds for every entry


@BOTH
def test_catalogue_has_no_problems(path: Path) -> None:
    """Every entry of it is a release, and there are some."""
    assert len(catalogue(path)) == len(tables(path)) >= 10


@BOTH
def test_every_release_has_a_source_and_a_day_of_checking(path: Path) -> None:
    """So that a reader can tell how far to trust it."""
    for release in catalogue(path).values():
        assert release.sources, release.id
        assert release.checked, release.id


@BOTH
def test_unverified_names_only_keys_that_the_entry_has(path: Path) -> None:
    """A mark on nothing would be a fact that was taken out, and its mark forgotten."""
    for table in tables(path):
        for name in table.get("unverified", []):
            key, _, part = name.partition(".")
            assert key in table, f"{table['id']}: {name}"
            assert not part or part in table[key], f"{table['id']}: {name}"


@BOTH
def test_only_a_season_has_a_number(path: Path) -> None:
    """And every season has one."""
    for release in catalogue(path).values():
        assert (release.season is not None) == (release.kind == "season"), release.id


def test_nothing_was_known_on_that_evening_that_came_later() -> None:
    """No source, check, move or stage of the file is newer than the day it is of."""
    for release in catalogue(EVENING).values():
        keys = [
            *(source.date for source in release.sources),
            *(move.announced for move in release.moves),
            *(release.checked, release.stage_since),
        ]
        assert all(when.earliest <= THEN.today for when in keys if when), release.id


# The facts of the article, as they were known then and as they turned out


@BOTH
@pytest.mark.parametrize(
    "title",
    [
        *("Rescue", "Resgate", "Tyler Rake", "Misión de rescate", "Tyler Rake: Ocalenie"),
        *("Dhaka", "Out of the Fire"),
    ],
)
def test_extraction_is_known_by_all_its_titles(path: Path, title: str) -> None:
    """A fan may know any of them."""
    assert title in catalogue(path)["extraction"].aliases


@BOTH
def test_extraction_came_out_on_netflix_in_april_2020(path: Path) -> None:
    """On the 24th, worldwide."""
    release = catalogue(path)["extraction"]
    assert (release.title, release.kind, release.stage) == ("Extraction", "film", "released")
    assert release.platform == ("Netflix",)
    assert dates(path, "extraction") == {("2020-04-24", None)}
    assert release.dates[0].type == "streaming"


@BOTH
def test_extraction_was_made_by_hargrave_and_russo(path: Path) -> None:
    """The screenplay is Joe Russo's alone; both brothers made the comic."""
    release = catalogue(path)["extraction"]
    assert release.director == ("Sam Hargrave",)
    assert release.writer == ("Joe Russo",)
    assert release.synopsis is not None
    assert all(word in release.synopsis for word in ("Ciudad", "Anthony and Joe Russo"))


@BOTH
def test_extraction_has_the_cast_of_the_article(path: Path) -> None:
    """Chris Hemsworth as Tyler Rake, and six others."""
    cast = catalogue(path)["extraction"].cast
    assert cast[0] == Credit("Chris Hemsworth", "Tyler Rake")
    assert {credit.name for credit in cast} == {
        *("Chris Hemsworth", "Rudhraksh Jaiswal", "Randeep Hooda", "Golshifteh Farahani"),
        *("Pankaj Tripathi", "Priyanshu Painyuli", "David Harbour"),
    }


@BOTH
def test_extraction_tells_its_story(path: Path) -> None:
    """A mercenary with nothing to lose, a boy, a boss in prison, arms and drugs."""
    synopsis = catalogue(path)["extraction"].synopsis or ""
    for word in ("mercenary", "nothing left to lose", "son", "prison", "arms", "drug", "boy"):
        assert word in synopsis


def test_extraction_2_was_wrapped_and_undated() -> None:
    """Confirmed by Netflix, under any of its titles; no day was announced."""
    result = outlook_of("extraction-2", "BR")
    assert (result.state, result.stage) == ("undated", "wrapped")
    assert wording.time_left(result) == "no date announced"
    release = result.release
    assert {"Rescue 2", "Resgate 2", "Tyler Rake 2"} <= set(release.aliases)
    assert release.platform == ("Netflix",)
    assert release.sequel_to == "extraction"
    assert release.stage_since is not None
    assert release.stage_since.edtf == "2022-04"
    assert "Confirmed by Netflix" in (release.stage_note or "")
    assert "Sam Hargrave's thanks" in (release.stage_note or "")


def test_extraction_2_came_out_on_16_june_2023() -> None:
    """On Netflix, worldwide; shot in Prague and Vienna."""
    release = catalogue(SHIPPED)["extraction-2"]
    assert release.stage == "released"
    assert dates(SHIPPED, "extraction-2") == {("2023-06-16", None)}
    assert release.sequel_to == "extraction"
    for word in ("November 2021", "Prague", "April 2022", "Vienna", "thanked"):
        assert word in (release.stage_note or "")


@BOTH
def test_extraction_2_is_a_story_of_its_own(path: Path) -> None:
    """Elsewhere, with another rhythm and tone: cold and snow, where the first had India."""
    synopsis = catalogue(path)["extraction-2"].synopsis or ""
    for word in (
        "story of its own",
        "another part of the world",
        "rhythm",
        "tone",
        "snow",
        "India",
    ):
        assert word in synopsis
    assert "Joe Russo" in synopsis


@pytest.mark.parametrize(
    ("region", "left", "fallback"),
    [
        ("BR", "in 3 days", False),
        ("US", "in 4 days", False),
        ("DE", "in 4 days", True),  # nobody said when in Germany
        (None, "in 4 days", True),
    ],
)
def test_thor_was_three_days_away_in_brazil_and_four_in_america(
    region: str | None, left: str, fallback: bool
) -> None:
    """A date belongs to a region, and another region's is marked."""
    result = outlook_of("thor-love-and-thunder", region)
    assert wording.time_left(result) == left
    assert result.effective_date is not None
    assert result.effective_date.fallback is fallback


@BOTH
def test_thor_has_a_date_for_each_region(path: Path) -> None:
    """One never overwrites another, and the earlier ones are kept as moves."""
    thor = catalogue(path)["thor-love-and-thunder"]
    assert {("2022-07-07", "BR"), ("2022-07-08", "US")} <= dates(path, "thor-love-and-thunder")
    last = thor.moves[-1]
    assert last.before is not None
    assert last.after is not None
    assert last.announced is not None
    assert (last.before.edtf, last.after.edtf) == ("2022-05-06", "2022-07-08")
    assert last.announced.edtf == "2021-10-18"
    assert last.days == 63


@BOTH
def test_thor_has_the_people_of_the_article(path: Path) -> None:
    """Of the Marvel Cinematic Universe, by Taika Waititi, with Gorr the God Butcher."""
    thor = catalogue(path)["thor-love-and-thunder"]
    assert "Marvel Cinematic Universe" in thor.franchise
    assert thor.director == ("Taika Waititi",)
    roles = {credit.name: credit.role for credit in thor.cast}
    assert roles["Chris Hemsworth"] == "Thor"
    assert roles["Christian Bale"] == "Gorr the God Butcher"
    assert {"Natalie Portman", "Chris Pratt", "Jaimie Alexander"} <= set(roles)


@BOTH
def test_thor_tells_its_story(path: Path) -> None:
    """A crisis, a search, other gods, and a new enemy."""
    synopsis = catalogue(path)["thor-love-and-thunder"].synopsis or ""
    for word in ("crisis", "search of himself", "other gods", "Gorr"):
        assert word in synopsis


def test_thor_came_out_as_announced() -> None:
    """It is out in both regions."""
    thor = catalogue(SHIPPED)["thor-love-and-thunder"]
    now = Moment.at(datetime(2022, 7, 9, tzinfo=UTC), UTC)
    changes = [wording.time_left(outlook(thor, now=now, region=region)) for region in ("BR", "US")]
    assert changes == ["out 2 days ago", "out yesterday"]


def test_no_id_could_be_that_of_a_source() -> None:
    """Those have two hyphens behind the name of the source."""
    assert not [id for id in catalogue(SHIPPED) if "--" in id]
