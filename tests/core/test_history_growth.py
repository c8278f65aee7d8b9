"""What the history of a date costs that moved thousands of times."""

from datetime import date

from countdown.core import dates
from countdown.core.changes import Facts
from countdown.core.history import ObservedMove, history
from countdown.core.release import AnnouncedDate, Move
from tests.calls import count_calls

FIFTH, SIXTH, NINTH = (dates.day(date(2027, 3, day)) for day in (5, 6, 9))


def calls(number: int) -> int:
    """The number of function calls for a history of *number* moves there and back."""
    flips = [(FIFTH, SIXTH), (SIXTH, FIFTH)] * (number // 2)
    moves = [Move(before, after) for before, after in flips]
    facts = [Facts("A", None, (AnnouncedDate(day),)) for day in (FIFTH, NINTH)]
    found: list[object] = []

    def ask() -> None:
        observed = [ObservedMove(date(2026, 1, 1), *facts)]
        found.extend(history(moves, observed, region=None, zone=None))

    made = count_calls(ask, built_in=True).total()
    assert len(found) == number + 1
    return made


def test_history_of_many_moves_costs_a_straight_line() -> None:
    """A date that goes to and fro thousands of times kept `show` busy for hours."""
    assert calls(400) < 5 * calls(100)
