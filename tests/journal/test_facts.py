"""Facts of a release as text: what of them is taken from an earlier time."""

from countdown.journal.facts import facts_text, with_facts_of

BEFORE = facts_text("Dune", "filming", [("US", "", "2027"), ("DE", "tv", "2028")])
AFTER = facts_text("Dune 3", "wrapped", [("US", "", "2029"), ("BR", "", "2030")])


def test_only_what_is_named_is_taken_from_the_other() -> None:
    """A stage alone, or the dates of a place, which stay or go with it."""
    dates = [("US", "", "2029"), ("BR", "", "2030")]
    assert with_facts_of(AFTER, BEFORE, ["stage"]) == facts_text("Dune 3", "filming", dates)
    assert with_facts_of(AFTER, BEFORE, ["dates US", "dates BR"]) == facts_text(
        "Dune 3", "wrapped", [("US", "", "2027")]
    )
    assert with_facts_of(AFTER, BEFORE, []) == AFTER
