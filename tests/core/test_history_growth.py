"""What the history of a date costs that moved thousands of times."""

import sys
from datetime import date

from countdown.core import dates
from countdown.core.changes import Facts
from countdown.core.history import ObservedMove, history
from countdown.core.release import AnnouncedDate, Move

FIFTH, SIXTH, NINTH = (dates.day(date(2027, 3, day)) for day in (5, 6, 9))


def calls(number: int) -> int:
    """The number of function calls for a history of *number* moves there and back."""
    flips = [(FIFTH, SIXTH), (SIXTH, FIFTH)] * (number // 2)
    moves = [Move(before, after) for before, after in flips]
    facts = [Facts("A", None, (AnnouncedDate(day),)) for day in (FIFTH, NINTH)]
    made = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        found = history(moves, [ObservedMove(date(2026, 1, 1), *facts)], region=None, zone=None)
    finally:
        sys.setprofile(None)
    assert len(found) == number + 1
    return made


def test_history_of_many_moves_costs_a_straight_line() -> None:
    """A date that goes to and fro thousands of times kept `show` busy for hours."""
    assert calls(400) < 5 * calls(100)
