"""What belongs before a release, and in which order."""

from datetime import date
from typing import Any

import pytest

from countdown.core.marathon import WatchList, first_date, target_day, watch_list
from countdown.core.release import Release
from tests.views.releases import NOW, film, outlook_of

TARGET = film("Target", "2022-12-18", id="target", franchise=("F",))


def before(*releases: Release, target: Release = TARGET, chain: tuple[str, ...] = ()) -> list[str]:
    """The ids of what is to be watched before *target*, on the evening of 4 July 2022."""
    return [each.release.id for each in found(*releases, target=target, chain=chain).entries]


def found(*releases: Release, target: Release = TARGET, chain: tuple[str, ...] = ()) -> WatchList:
    """The whole answer."""
    return watch_list(outlook_of(target), chain, releases, now=NOW, region="US")


def out(id: str, *dates: str, **facts: Any) -> Release:
    """A film that is out, like all with an exact day in the past."""
    return film(facts.pop("title", id), *dates, id=id, **facts)


def test_order_of_release() -> None:
    """Not that of the titles; the target itself isn't among them."""
    assert before(out("a", "2019-04-26"), TARGET, out("b", "2008-05-02")) == ["b", "a"]


def test_re_release_moves_nothing() -> None:
    """Neither one ahead, nor one in the user's region alone."""
    endgame = out("e", "2019-04-26 BR theatrical", "2022-09-25 US re-release")
    assert before(endgame, out("later", "2020-01-01"), out("sooner", "2018-01-01")) == [
        *("sooner", "e", "later")
    ]
    assert first_date(endgame) == endgame.dates[0].date
    assert found(endgame).entries[0].ready == date.min


def test_re_release_with_its_own_entry_is_left_out() -> None:
    """If the original is there; else it's the only one there is."""
    original = out("e", "2019-04-26", title="Endgame")
    again = out("again", "2022-06-25 US re-release", title="endgame", stage="released")
    assert before(original, again) == ["e"]
    assert before(again) == ["again"]


def test_premiere_is_no_release() -> None:
    """The first showing for everyone counts."""
    assert first_date(film("A", "2022-01-01 US premiere")) is None
    shown = film("A", "2022-01-01 US premiere", "2022-02-01", "2022-03-01 BR theatrical")
    assert first_date(shown) == shown.dates[1].date


def test_releases_ahead_that_are_out_by_then() -> None:
    """A day before that of the target counts, also the last of a window; the day itself doesn't."""
    eve, same = film("Eve", "2022-12-17"), film("Same", "2022-12-18")
    window, wide = film("Window", "2022-09"), film("Wide", "2022")
    undated = film("Undated", stage="filming")
    listed = found(eve, same, window, wide, undated)
    assert [(each.release.id, each.ready) for each in listed.entries] == [
        ("window", date(2022, 9, 30)),
        ("eve", date(2022, 12, 17)),
    ]


def test_overdue_and_cancelled_ones_are_not_out() -> None:
    """What nobody has confirmed can't be watched; what comes out these days can be by then."""
    overdue = film("Overdue", "2022-05")
    shelved = film("Shelved", "2022-05-01", stage="cancelled")
    assert before(overdue, shelved, film("Open", "2022-07"), film("Late", "2022-08/..")) == ["open"]


@pytest.mark.parametrize(
    ("earlier", "is_out"),
    [
        (film("P", "2022-12-17", id="p"), True),
        (film("P", "2022-12-18", id="p"), False),
        (film("P", "2023", id="p"), False),
        (film("P", id="p"), False),
        (film("P", "2020-01-01", id="p", stage="cancelled"), False),
        (film("P", id="p", stage="released"), True),
    ],
    ids=["eve", "same day", "later", "undated", "cancelled", "released"],
)
def test_what_the_target_continues_can_be_late(earlier: Release, is_out: bool) -> None:
    """It's named; what comes before that, and other releases of the franchise, aren't."""
    target = TARGET._replace(sequel_to="p")
    answer = found(earlier, film("Other", id="o"), target=target, chain=("p",))
    assert answer.not_out == (None if is_out else earlier)
    assert found(earlier, chain=("p",)).not_out is None


def test_target_without_a_date_follows_what_is_out() -> None:
    """Nobody knows what else will be out by then."""
    target = film("Undated", id="t")
    assert before(out("a", "2019-01-01"), film("Ahead", "2022-08-01"), target=target) == ["a"]
    assert target_day(outlook_of(target)) is None
    assert target_day(outlook_of(film("W", "2023"))) == date(2023, 1, 1)
    assert target_day(outlook_of(out("o", "2020-01-01"))) is None


def test_target_that_is_out_follows_what_came_before() -> None:
    """By the first dates of both; what it continues came before in any case."""
    target = out("t", "2018-04-27", "2022-08-01 US re-release")
    releases = (out("a", "2018-02-16"), out("b", "2018-07-06"), out("undated", stage="released"))
    assert before(*releases, target=target) == ["a"]
    assert before(*releases, target=target, chain=("undated",)) == ["a", "undated"]
    nowhere = out("n", stage="released")
    assert before(*releases, target=nowhere) == []


def test_releases_without_dates_stand_before_what_continues_them() -> None:
    """Several in a row, too; the others come last."""
    third = out("c", "2018-01-01", sequel_to="b")
    second, first = (
        out("b", stage="released", sequel_to="a"),
        out("a", stage="released"),
    )
    other = out("other", stage="released")
    earlier = out("earlier", "2001-01-01")
    assert before(first, other, second, third, earlier, chain=("c", "b", "a")) == [
        *("earlier", "a", "b", "c", "other")
    ]
    assert before(first, third, chain=("a",)) == ["c", "a"]


def test_series_is_there_by_season() -> None:
    """Not twice."""
    seasons = [
        film("Show", f"202{year}-01-01", id=f"s{year}", kind="season", season=year)
        for year in (0, 1)
    ]
    series = film("show", "2020-01-01", id="series", kind="series")
    assert before(series, *seasons) == ["s0", "s1"]
    assert before(series) == ["series"]


def test_season_must_end_before_the_target() -> None:
    """From its last episode on it can be watched; what ends too late is named."""
    running = film("Running", "2022-06-01", kind="season", season=1, complete=None)
    ends = running._replace(complete=film("x", "2022-08-01").dates[0].date)
    too_late = ends._replace(id="late", complete=film("x", "2023-01-01").dates[0].date)
    assert found(running).entries[0].ready == date.min
    assert found(ends).entries[0].ready == date(2022, 8, 1)
    assert found(too_late) == WatchList((), (too_late,))
    at_once = film("Once", "2022-09-01", kind="season", season=1, cadence="all at once")
    assert found(at_once).entries[0].ready == date(2022, 9, 1)


@pytest.mark.parametrize("count", [0, 1])
def test_same_day_is_in_order_of_titles(count: int) -> None:
    """Whatever the order in the catalogue."""
    pair = [out("part-10", "2020-01-01", title="Part 10"), out("p", "2020-01-01", title="Part 9")]
    assert before(pair[count], pair[1 - count]) == ["p", "part-10"]
