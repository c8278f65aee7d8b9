"""Changes of entries in the user's own catalogue that have a mistake: what can be mended is.

It is the evening of 22 November 2026.
"""

from datetime import date
from typing import Final

import pytest

from tests.cli.shelf import Shelf

DAY: Final = date(2027, 7, 1)


def entry(keys: str, id: str = "thor-7") -> str:
    """The only entry of a catalogue, a film with *keys*."""
    return f"[[release]]\nid = '{id}'\ntitle = 'Thor 7'\n{keys}\n"


@pytest.mark.parametrize(
    "words",
    [("--kind", "film", "--date", "2027-07-01"), ("--date", "2027-07-01", "--kind", "film")],
)
def test_date_moves_together_with_a_key_that_was_wrong(
    shelf: Shelf, words: tuple[str, ...]
) -> None:
    """The mistake in the other key doesn't make the old date unknown."""
    shelf.write(entry("kind = 'moovie'\ndate = 2027-06-12"))
    ran = shelf.ran("edit", "thor-7", *words)
    assert ran.out.startswith("Moved thor-7: 12 Jun 2027 → 1 Jul 2027, delayed by 19 days\n")
    move = {"announced": date(2026, 11, 22), "from": date(2027, 6, 12), "to": DAY}
    assert (shelf.last["date"], shelf.last["moves"]) == (DAY, [move])


def test_date_of_an_overlay_moves_together_with_a_key_that_was_wrong(shelf: Shelf) -> None:
    """In its place: there is no second date."""
    shelf.write("[[release]]\nid = 'dune-3'\nstage = 'shootin'\nkind = 'flim'\n")
    words = ("--stage", "filming", "--kind", "film", "--date", "2027-07-01", "--region", "US")
    ran = shelf.ran("edit", "dune-3", *words)
    assert "Moved dune-3, US theatrical: 18 Dec 2026 → 1 Jul 2027" in ran.out
    assert [row["date"] for row in shelf.last["dates"]] == [DAY, date(2026, 12, 17)]


@pytest.mark.parametrize("written", ["'2027-06-31'", "'12/06/2027x'", "'next yearr'", "true"])
@pytest.mark.parametrize("key", ["date = {}", "dates = [{{ type = 'tv', date = {} }}]"])
def test_date_that_cannot_be_read_is_replaced(shelf: Shelf, key: str, written: str) -> None:
    """No move is recorded: nobody knows from where."""
    shelf.write(entry("kind = 'film'\n" + key.format(written)))
    message = shelf.refused("edit", "thor-7", "--date", "2027-07-01", "--announced", "today")
    assert "--announced: The old date can't be read" in message
    assert shelf.ran("edit", "thor-7", "--date", "2027-07-01").out == "Changed thor-7: date\n"
    assert "moves" not in shelf.last
    assert shelf.last.get("date", shelf.last.get("dates")) in (DAY, [{"type": "tv", "date": DAY}])
    shelf.ran("check")


@pytest.mark.parametrize("day", ["none", "TBA"])
def test_date_that_cannot_be_read_is_withdrawn(shelf: Shelf, day: str) -> None:
    """It is there, so there is one to withdraw."""
    shelf.write(entry("kind = 'film'\ndate = '2027-06-31'"))
    assert shelf.ran("edit", "thor-7", "--date", day).out == "Changed thor-7: date\n"
    assert not shelf.last.get("dates")
    assert not {"date", "moves"} & {*shelf.last}
    shelf.refused("edit", "thor-7", "--date", day)


TWO: Final = "kind = 'film'\ndates = [{ region = 'US', date = '2027-06-31' }, %s]"


def test_region_whose_date_cannot_be_read_gets_a_new_one(shelf: Shelf) -> None:
    """The date of another region isn't taken for it."""
    shelf.write(entry(TWO % "{ region = 'BR', date = 2027-06-30 }"))
    message = shelf.refused("edit", "thor-7", "--date", "2027-07-01")
    assert message.startswith("--date: There are dates for US, BR.")
    assert shelf.ran("edit", "thor-7", "--date", "US=2027-07-01").out == "Changed thor-7: date\n"
    assert shelf.last["dates"] == [
        {"region": "US", "date": DAY},
        {"region": "BR", "date": date(2027, 6, 30)},
    ]


def test_several_dates_that_cannot_be_read_are_named_by_their_regions(shelf: Shelf) -> None:
    """All of them at once: one that is left stops the change, with its line."""
    shelf.write(entry(TWO % "{ region = 'BR', date = 'soonish' }"))
    message = shelf.refused("edit", "thor-7", "--date", "2027-07-01")
    assert message.startswith("--date: Several dates can't be read. Say which, like BR=2027-07-01")
    message = shelf.refused("edit", "thor-7", "--date", "US=2027-07-01", code=3)
    assert 'dates[1].date: "soonish"' in message
    ran = shelf.ran("edit", "thor-7", "--date", "US=2027-07-01", "--date", "BR=2027-07-01")
    assert ran.out == "Changed thor-7: dates\n"
    assert [row["date"] for row in shelf.last["dates"]] == [DAY, DAY]


def test_premiere_that_cannot_be_read_is_not_the_date(shelf: Shelf) -> None:
    """It stays, and stops the change with its line."""
    shelf.write(entry("kind = 'film'\ndates = [{ type = 'premiere', date = 'soonish' }]"))
    message = shelf.refused("edit", "thor-7", "--date", "2027-07-01", code=3)
    assert 'dates[0].date: "soonish"' in message


def test_other_day_that_cannot_be_read_is_replaced(shelf: Shelf) -> None:
    """As a date is."""
    shelf.write(entry("kind = 'film'\nchecked = 'lately'\nstage = 'filming'\nstage_since = 7"))
    shelf.ran("edit", "thor-7", "--checked", "2026-11-01", "--stage-since", "2026-10")
    assert shelf.last["checked"] == date(2026, 11, 1)
    assert shelf.last["stage_since"] == "2026-10"


@pytest.mark.parametrize("dates", ["3", "[3]"])
def test_mistake_that_stops_a_change_is_named_with_its_line(shelf: Shelf, dates: str) -> None:
    """Not only that it stops it."""
    shelf.write(entry(f"kind = 'film'\ndates = {dates}"))
    for day in ("2027-07-01", "US=2027-07-01", "none"):
        message = shelf.refused("edit", "thor-7", "--date", day, code=3)
        assert "releases.toml:5:" in message
        assert "dates" in message
        assert "Nothing was changed." in message


def test_mistake_that_check_fix_refuses_is_named_before_it(shelf: Shelf) -> None:
    """`check --fix` alone would be no way on."""
    shelf.write(entry("kind = 'film'\nstatus = 'filming'\ndate = '2027-06-31'"))
    message = shelf.refused("edit", "thor-7", "--stage", "wrapped", code=3)
    wrong, loose, end = message.splitlines()
    assert 'date: "2027-06-31": June 2027 has only 30 days' in wrong
    assert loose.endswith(
        "Correct these lines with countdown edit, then run: countdown check --fix"
    )
    assert end == "Nothing was changed."
    shelf.ran("edit", "thor-7", "--date", "2027-07-01")
    message = shelf.refused("edit", "thor-7", "--stage", "wrapped", code=3)
    assert "yet. First run: countdown check --fix\n" in message
    shelf.ran("check", "--fix", "--yes")
    shelf.ran("edit", "thor-7", "--stage", "wrapped")
    assert shelf.last["stage"] == "wrapped"
