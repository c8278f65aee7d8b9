"""Parts of a series that a catalogue surely lacks; everything else stays unsaid."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.core.find_missing import find_missing
from countdown.core.missing_part import in_words
from countdown.core.release import Release
from tests.strategies import CHARACTERS
from tests.views.releases import film


def row(*texts: str, franchise: str = "F") -> list[Release]:
    """Films like `Iron Man 3|2013`, of one franchise."""
    made = []
    for number, text in enumerate(texts):
        title, _, year = text.partition("|")
        dates = [year] if year else []
        made.append(film(title, *dates, id=f"film-{number}", franchise=(franchise,)))
    return made


def missing(*releases: Release) -> list[str]:
    """What is missing among *releases*, all of which are watched."""
    return [part.names[0] for part in find_missing(releases, releases)]


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (["Iron Man|2008", "Iron Man 3|2013"], ["Iron Man 2"]),
        (["Iron Man|2008", "Iron Man 2|2010", "Iron Man 3|2013"], []),
        (["Rocky|1976", "Rocky III|1982", "Rocky V|1990"], ["Rocky II", "Rocky IV"]),
        (["Rocky|1976", "Rocky II|1979", "Rocky 3|1982"], []),
        (["G Vol. 1|2014", "G Vol. 3|2023"], ["G Vol. 2"]),
        (["Dune|2021", "Dune: Part Three|2026"], ["Dune: Part Two"]),
        (["X: Chapter 2|2001", "X: Chapter 4|2004"], ["X: Chapter 3"]),
        (["Saga: Episode 1 – One|2001", "Saga: Episode 3 – Three|2003"], ["Saga: Episode 2"]),
        (["Heat|1995", "Heat 3"], ["Heat 2"]),
    ],
)
def test_number_between_two(titles: list[str], expected: list[str]) -> None:
    """In the way in which the later one is written."""
    assert missing(*row(*titles)) == expected


@pytest.mark.parametrize(
    "titles",
    [
        ["Ocean's Eleven|2001", "Ocean's 8|2018"],
        ["Ocean's 11|2001", "Ocean's 13|2007", "Ocean's 8|2018"],
        ["2012|2009", "2014|2014"],
        ["Blade Runner|1982", "Blade Runner 2049|2017"],
        ["Wonder Woman|2017", "Wonder Woman 1984|2020"],
        ["Malcolm|1986", "Malcolm X|1992"],
        ["Movie|2000", "Movie Seven|2001"],
        ["Leonard Part 6|1987"],
        ["Sonic 4|2027"],
        ["Shrek|2001", "Shrek 2|2004", "Shrek the Third|2007", "Shrek 4|2010"],
        ["Avatar|2009", "Avatar: The Way of Water", "Avatar 4|2029"],
        ["Star Wars: Episode IV|1977", "Star Wars: Episode I|1999"],
        ["The Mummy|1932", "The Mummy|1999", "The Mummy 3|2008"],
        ["Alien|1979", "Alien 0|1980", "Alien 3|1978"],
        ["Alien|1979", "Aliens|1986", "Alien 3|1992", "Alien: Next|2027"],
        ["Fast & Furious|2009", "Fast Five|2011", "Fast & Furious 6|2013"],
        ["Apollo 9|1969", "Apollo 13|1995"],
        ["Thor|2011", "Undated", "Thor 3|2017"],
    ],
    ids=lambda titles: titles[-1].partition("|")[0],
)
def test_doubt_is_no_gap(titles: list[str]) -> None:
    """Numbers that count nothing, an order that isn't theirs, and parts by other titles."""
    assert missing(*row(*titles)) == []


def test_parts_must_belong_together() -> None:
    """By a franchise or by the chain; a release that names the one before it skips none."""
    first, third = row("Iron Man|2008", "Iron Man 3|2013")
    alone = third._replace(franchise=())
    assert missing(first, alone) == []
    assert find_missing([alone], [first, alone], [alone.id, first.id])[0].names[0] == "Iron Man 2"
    assert missing(first, third._replace(sequel_to=first.id)) == []


def test_only_gaps_before_what_is_watched() -> None:
    """A later part that isn't watched opens none."""
    first, third = row("Iron Man|2008", "Iron Man 3|2013")
    assert find_missing([first], [first, third]) == []


def test_other_names_of_a_part_fill_it() -> None:
    """Whatever its title, but a later release hides nothing."""
    first, third = row("Thor|2011", "Thor 3|2017")
    second = film("The Dark World", "2013", franchise=("F",))
    later = film("Thor Forever", "2022", franchise=("F",))
    assert missing(first, second, third) == []
    assert missing(first, third, later) == ["Thor 2"]


def test_spellings_to_look_up() -> None:
    """The same number in other ways, since a catalogue can have any of them."""
    (part,) = find_missing(row("A", "A: Part III|2003")[1:], row("A|2001", "A: Part III|2003"))
    assert part.names == ("A: Part II", "A: Part 2", "A: Part Two")


def season(title: str, number: int, kind: str = "season", **names: Any) -> Release:
    """A season; for another kind, a release without one."""
    return film(title, id=f"{title}-{number}", kind=kind, season=number or None, **names)


def test_seasons_before_one() -> None:
    """Those before the last that is watched, unless the whole series is there."""
    fifth, second = season("Slow", 5), season("Slow", 2)
    assert in_words(find_missing([fifth], [fifth])) == ['seasons 1 to 4 of "Slow"']
    assert in_words(find_missing([fifth, second], [fifth, second])) == [
        'season 1 of "Slow"',
        'seasons 3 and 4 of "Slow"',
    ]
    assert find_missing([fifth], [fifth, season("slow", 0, "series")]) == []
    assert len(find_missing([fifth], [fifth, season("Slow", 0, "film")])) == 4
    assert find_missing([season("Daily", 2019)], [season("Daily", 2019)]) == []
    assert find_missing([season("Open", 0)], [season("Open", 0)]) == []


@pytest.mark.parametrize("key", ["creator", "franchise"])
def test_seasons_of_two_shows_with_one_title(key: str) -> None:
    """Nothing is said of either; a season whose makers aren't known is of the same show."""
    makers: list[dict[str, Any]] = [{key: ("A",)}, {key: ("B",)}]
    old, new = season("House", 2, **makers[0]), season("House", 4, **makers[1])
    unknown = season("House", 4)
    assert find_missing([old, new], [old, new]) == []
    assert len(find_missing([old, unknown], [old, unknown])) == 2


def test_words_for_titles() -> None:
    """Each by itself."""
    parts = find_missing(
        row("A|2001", "A 3|2003", "A 5|2005"), row("A|2001", "A 3|2003", "A 5|2005")
    )
    assert in_words(parts) == ['"A 2"', '"A 4"']
    assert in_words([]) == []


@given(present=st.sets(st.integers(1, 20), min_size=1))
def test_single_gaps_are_missing(present: set[int]) -> None:
    """Those between two that are there, and no others."""
    releases = row(*(f"Saw {number}|{2000 + number}" for number in sorted(present)))
    found = [int(name.removeprefix("Saw ")) for name in missing(*releases)]
    single = [n for n in range(1, 21) if {n - 1, n, n + 1} & present == {n - 1, n + 1}]
    assert found == single


def test_long_titles_are_skipped() -> None:
    """One of thousands of spaces takes no second."""
    assert missing(*row(f"A{' ' * 9_000}|2001", f"A{' ' * 9_000}3|2003")) == []


@given(titles=st.lists(st.text(CHARACTERS, max_size=12), max_size=6))
def test_any_titles_are_read(titles: list[str]) -> None:
    """Whatever they are made of, and no part that is there is missing."""
    releases = row(*(title.replace("|", "") for title in titles))
    assert not {*missing(*releases)} & {each.title for each in releases}
