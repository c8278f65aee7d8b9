"""Text in lines of a given width."""

from countdown.views.folding import facts_in_lines, flowed, folded, height
from countdown.views.view import Cell, Column, Items, Lines, Pairs, Table


def test_items_are_joined_up_to_the_width() -> None:
    """A line breaks between two of them; one that is wider stays whole."""
    assert facts_in_lines(["Ann", "Bob", "Cleopatra", "D"], 9) == ["Ann · Bob", "Cleopatra", "D"]
    assert facts_in_lines(["Ann", "Bob"], 8) == ["Ann", "Bob"]
    assert facts_in_lines([], 8) == []


def test_facts_are_folded_between_each_other_before_words_are() -> None:
    """Each in the style that it had; what is wider than a line breaks between its words."""
    cells = [Cell("one · two · three four five", "muted"), Cell("six")]
    assert folded(cells, 10) == [
        Cell("one · two", "muted"),
        Cell("three four", "muted"),
        Cell("five", "muted"),
        Cell("six"),
    ]


def test_cells_flow_with_a_gap_between_them() -> None:
    """Each keeps its link and style; a wide one is folded, and what is empty left out."""
    cells = [Cell("ab", "muted", "https://a.org"), Cell(""), Cell("cd"), Cell("efg hij klmn")]
    assert flowed(cells, 7) == [
        (Cell("ab", "muted", "https://a.org"), Cell(" · ", "muted"), Cell("cd")),
        (Cell("efg hij"),),
        (Cell("klmn"),),
    ]
    assert flowed([*cells, Cell("op")], 10, gap="  ")[-1] == (
        Cell("klmn"),
        Cell("  ", "muted"),
        Cell("op"),
    )
    assert flowed([Cell("")], 10) == []
    three = [Cell(text) for text in ("ab", "cd", "ef")]
    assert [len(flowed(three, size)) for size in (12, 11, 7, 6)] == [1, 2, 2, 3]


def test_height_is_the_number_of_lines_drawn() -> None:
    """In lines; of what is empty, none."""
    assert height(Items(((Cell("one two"),), (Cell("three"), Cell(" four")))), 20) == 1
    assert height(Items(((Cell("one two"),), (Cell("three"), Cell(" four")))), 19) == 2
    assert height(Items(()), 20) == 0
    # A wide item stands alone, and its last line takes no other one.
    wide = Items(((Cell("one two three"),), (Cell("four five six"),), (Cell("a"),), (Cell("b"),)))
    assert [height(wide, columns) for columns in (30, 20, 13, 8)] == [2, 3, 3, 5]
    pairs = Pairs("", (("With", (Cell("Ann and"), Cell(" Bob"))), ("", (Cell("Cleo"),))))
    assert height(pairs, 17) == 2
    assert height(pairs, 16) == 3
    assert height(Pairs("", ()), 16) == 0
    assert height(Lines(((Cell("a"),), ())), 5) == 2
    lines = ((Cell("one two"),), (Cell("three"),), ())
    assert [height(Lines(lines, verbatim=v), 5) for v in (False, True)] == [4, 3]
    assert height(Table("", (Column("A"),), ((Cell("a"),), (Cell("b"),))), 5) == 2
