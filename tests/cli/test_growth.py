"""The cost of a command on a file made to be slow grows linearly at most."""

import json
import tracemalloc
from collections.abc import Callable

import pytest

from tests.cli.conftest import Countdown

FEWER, MORE = 200, 800
STRAIGHT = 1.3 * MORE / FEWER
Catalogue = Callable[[str], Countdown]


def film(*facts: str, id: str = "dune") -> str:
    """A table for a film that comes out in 2027."""
    identity = f'id = "{id}"\ntitle = "Dune"\nkind = "film"\ndate = 2027-01-05'
    return "\n".join(["[[release]]", identity, *facts, ""])


def crowd(number: int) -> str:
    """A film with a cast of so many people, all of whom the letter A means."""
    names = ", ".join(f'{{ name = "A {n:05}", role = "R{n}" }}' for n in range(number))
    return film(f"cast = [{names}]")


def peak(countdown: Countdown, *words: str) -> int:
    """The most bytes that the command of *words* holds at once."""
    tracemalloc.start()
    try:
        assert countdown(*words).code == 0
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "words",
    [
        ("actor", "a"),
        ("actor", "a", "--limit", "1"),
        ("actor", "a", "--json"),
        ("actor", "a", "--format", "csv"),
        ("actor", "a", "--format", "table"),
        ("actor", "a", "--format", "markdown"),
    ],
    ids=" ".join,
)
def test_everyone_in_one_crowd_takes_memory_in_a_straight_line(
    words: tuple[str, ...], catalogue: Catalogue
) -> None:
    """A release is read once, however many of its people a name means."""
    peaks = []
    for number in (FEWER, MORE):
        countdown = catalogue(crowd(number))
        countdown("next")  # Builds the index.
        peaks.append(peak(countdown, *words))
    assert peaks[1] < STRAIGHT * peaks[0]


def test_a_name_of_too_many_people_shows_the_first_and_says_how_many_more(
    catalogue: Catalogue,
) -> None:
    """In every format, and how to find the others."""
    countdown = catalogue(crowd(1_234))
    ran = countdown("actor", "a")
    assert ran.code == 0
    people = [line.split("\t")[-1] for line in ran.out.splitlines()]
    assert people == [f"A {n:05}" for n in range(20)]
    assert (
        ran.err
        == 'Showing 20 people; 1,214 more match "a". Type more of the name to narrow it down.\n'
    )
    for format in ("json", "csv", "markdown", "table", "jsonl", "tsv"):
        assert countdown("actor", "a", "--format", format).err == ran.err
    assert json.loads(countdown("actor", "a", "--json").out)["more_people"] == 1_214
    ran = countdown("actor", "a 00777")
    assert ran.out.split("\t")[-1] == "A 00777\n"
    assert ran.err == ""


def test_twenty_people_are_all_shown_without_a_word(catalogue: Catalogue) -> None:
    """Nor does JSON say that nobody is left out."""
    countdown = catalogue(crowd(20))
    ran = countdown("actor", "a", "--json")
    assert ran.err == ""
    assert "more_people" not in json.loads(ran.out)


def test_people_with_nothing_ahead_take_no_place_of_others(catalogue: Catalogue) -> None:
    """The first 20 are those who have something to show."""
    past = film(id="past").replace("2027-01-05", "2020-01-05")
    names = ", ".join(f'"A {n:03}"' for n in range(30))
    later = ", ".join(f'"A {n:03}"' for n in range(30, 45))
    countdown = catalogue(f"{past}cast = [{names}]\n{film(f'cast = [{later}]')}")
    ran = countdown("actor", "a")
    assert len(ran.out.splitlines()) == 15
    assert ran.err == ""
