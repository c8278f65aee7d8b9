"""`edit --unset`: the built-in value counts again, and the answer says so."""

from tests.cli.shelf import Shelf


def test_built_in_date_is_back_without_the_moves_away_from_it(shelf: Shelf) -> None:
    """It was never withdrawn then; the overlay is left empty."""
    for day in ("2027-03-01", "2028", "none"):
        shelf.ran("edit", "dune-3", "--date", f"US={day}")
    shelf.ran("edit", "thor-6", "--date", "2028")
    assert len(shelf.releases[0]["moves"]) == 4
    out = "Changed dune-3: date (built-in again)\n"
    assert shelf.ran("edit", "dune-3", "--unset", "date").out == out
    assert shelf.ran("edit", "thor-6", "--unset", "dates").out == "Changed thor-6: no dates\n"
    assert shelf.releases == []
    assert "withdrawn" not in shelf.ran("show", "dune-3").out


def test_move_that_does_not_lead_away_from_the_built_in_date_stays(shelf: Shelf) -> None:
    """It is the user's."""
    moves = "moves = [{ from = 2020-01-01, to = 2021-01-01 }, { to = 2022-01-01 }, %s]"
    away = "{ from = '2027', to = 2028-05-05 }, { from = 2028-05-05 }"
    entry = f"[[release]]\nid = 'thor-5'\nstage = 'filming'\n{moves % away}\n"
    shelf.write(f"{entry}date = 2028-05-05\n")
    shelf.ran("edit", "thor-5", "--unset", "date")
    assert [str(move["to"]) for move in shelf.last["moves"]] == ["2021-01-01", "2022-01-01"]


def test_moves_stay_without_any_to_delete(shelf: Shelf) -> None:
    """Also those that are just the built-in ones."""
    moves = "moves = [{ from = 2026-11-20, to = 2026-12-18 }]"
    shelf.write(f"[[release]]\nid = 'dune-3'\ndate = '2027'\n{moves}\n")
    shelf.ran("edit", "dune-3", "--unset", "date")
    assert len(shelf.last["moves"]) == 1


def test_title_is_back(shelf: Shelf) -> None:
    """A key that no other catalogue has is gone."""
    shelf.ran("edit", "thor-6", "--title", "Thor VI", "--stage-note", "On Crete.")
    ran = shelf.ran("edit", "thor-6", "--unset", "title", "--unset", "stage_note")
    assert ran.out == "Changed thor-6: title (built-in again), no stage_note\n"


def test_date_of_ones_own_release_goes_alone(mine: Shelf) -> None:
    """There is no built-in one: what was recorded stays."""
    mine.ran("edit", "short", "--date", "2028")
    assert mine.ran("edit", "short", "--unset", "date").out == "Changed short: no date\n"
    assert len(mine.releases[0]["moves"]) == 1
