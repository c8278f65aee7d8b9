"""Columns drop out by importance before text is cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.formats.columns import widths
from countdown.views.view import Column

TITLE, KIND, WHO = Column("Title", stretch=True), Column("Kind", rank=1), Column("Who", rank=2)
WHERE = Column("Where", rank=3, stretch=True)


@pytest.mark.parametrize(
    ("columns", "lengths", "room", "shown"),
    [
        # What has room is as wide as its longest text.
        ([TITLE, KIND], [[4, 9], [6, 2]], 17, {0: 9, 1: 6}),
        # The gap counts between columns, and only there.
        ([TITLE, KIND], [[9], [6]], 16, {0: 9}),
        ([TITLE, KIND, WHO], [[9], [6], [5]], 24, {0: 9, 1: 6, 2: 5}),
        ([TITLE, KIND, WHO], [[9], [6], [5]], 23, {0: 9, 1: 6}),
        ([TITLE], [[9]], 9, {0: 9}),
        # A column without text is none, however important.
        ([TITLE, KIND], [[0, 0], [6, 2]], 17, {1: 6}),
        ([TITLE, KIND, WHO], [[9], [0], [5]], 16, {0: 9, 2: 5}),
        # The highest rank drops out first, of equals the one on the left.
        ([WHO, KIND, TITLE], [[5], [6], [9]], 18, {1: 6, 2: 9}),
        ([KIND, KIND, TITLE], [[5], [6], [9]], 18, {1: 6, 2: 9}),
        # One that stretches is cut to 18 cells before it drops out.
        ([TITLE, WHERE], [[9], [40]], 29, {0: 9, 1: 18}),
        ([TITLE, WHERE], [[9], [40]], 28, {0: 9}),
        ([TITLE, WHERE], [[9], [40]], 35, {0: 9, 1: 24}),
        ([TITLE, WHERE], [[9], [17]], 27, {0: 9}),
        # Titles keep 30 cells before anything drops out for them.
        ([TITLE, KIND], [[40], [6]], 38, {0: 30, 1: 6}),
        ([TITLE, KIND], [[40], [6]], 37, {0: 37}),
        # Or what nine of ten need.
        ([TITLE, KIND], [[8] * 19 + [29], [6] * 20], 16, {0: 8, 1: 6}),
        ([TITLE, KIND], [[8] * 19 + [29], [6] * 20], 15, {0: 15}),
        ([TITLE, KIND], [[8] * 8 + [29, 29], [6] * 10], 36, {0: 29}),
        # The least important text is cut first, the title last.
        ([TITLE, WHERE, WHERE._replace(rank=2)], [[25], [30], [30]], 80, {0: 25, 1: 21, 2: 30}),
        ([TITLE, WHERE, WHERE._replace(rank=2)], [[25], [30], [30]], 70, {0: 25, 1: 18, 2: 23}),
        # A few wide texts widen no column before all have what most of theirs need.
        ([TITLE, WHERE], [[25] * 20, [20] * 19 + [60]], 60, {0: 25, 1: 33}),
        # But titles have 40 cells before other texts get more than their least.
        ([TITLE, WHERE], [[25] * 19 + [90], [20] * 19 + [60]], 70, {0: 48, 1: 20}),
        ([TITLE, WHERE], [[25] * 19 + [90], [20] * 19 + [60]], 62, {0: 40, 1: 20}),
        ([TITLE, WHERE], [[25] * 19 + [90], [20] * 19 + [60]], 60, {0: 40, 1: 18}),
        ([TITLE, WHERE], [[25] * 19 + [90], [20] * 19 + [60]], 59, {0: 39, 1: 18}),
        # Empty cells don't count for that.
        (
            [TITLE, WHERE, WHERE._replace(rank=4)],
            [[25] * 20, [20] * 19 + [60], [0] * 19 + [30]],
            79,
            {0: 25, 1: 20, 2: 30},
        ),
        # Lists of names get what is left.
        ([WHERE._replace(names=True), WHERE._replace(rank=4)], [[30], [30]], 55, {0: 23, 1: 30}),
        # What neither stretches nor drops out is cut last of all.
        ([Column("Left"), TITLE], [[12], [20]], 20, {0: 12, 1: 6}),
        ([Column("Left"), TITLE], [[12], [20]], 8, {0: 5, 1: 1}),
        # On the narrowest of terminals a cell of each is left.
        ([Column("Left"), TITLE], [[12], [20]], 1, {0: 1, 1: 1}),
        ([], [], 10, {}),
    ],
)
def test_widths_of_columns(
    columns: list[Column], lengths: list[list[int]], room: int, shown: dict[int, int]
) -> None:
    """Column by column, with two cells between them."""
    assert widths(columns, lengths, room, gap=2) == shown


@given(
    st.lists(
        st.tuples(st.integers(0, 5), st.booleans(), st.lists(st.integers(0, 60), min_size=3)),
        min_size=1,
        max_size=6,
    ),
    st.integers(20, 200),
)
def test_table_is_as_wide_as_its_texts_or_as_the_terminal(
    found: list[tuple[int, bool, list[int]]], room: int
) -> None:
    """Never wider than either, and nothing is wider than its text."""
    columns = [Column("", rank=rank, stretch=stretch) for rank, stretch, _ in found]
    lengths = [texts[:3] for _, _, texts in found]
    shown = widths(columns, lengths, room, gap=2)
    assert sum(shown.values()) + 2 * max(len(shown) - 1, 0) <= room
    assert all(1 <= size <= max(lengths[index]) for index, size in shown.items())
    kept = [
        index for index, column in enumerate(columns) if not column.rank and any(lengths[index])
    ]
    assert {*kept} <= {*shown}
