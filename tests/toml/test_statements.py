"""The offsets of the statements of a TOML text."""

import pytest
import tomli
from hypothesis import HealthCheck, given, settings

from countdown.toml.statements import header, statements, table_at
from tests.toml.test_positions import Written, documents


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(documents())
def test_statements_are_all_that_is_no_comment(document: Written) -> None:
    """Each is TOML by itself, and between them there is none."""
    text, position, between = document.text, 0, []
    for statement in statements(text):
        between.append(text[position : statement.start])
        position = statement.stop
        assert text[statement.start : statement.first_character].strip() == ""
        assert len(tomli.loads(text[statement.start : statement.stop])) == 1
    assert tomli.loads("".join([*between, text[position:]])) == {}


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[a]", ("a",)),
        ("[[a.b]] # [c]", ("a", "b")),
        (" [ a . 'b.c' ]", ("a", "b.c")),
        ('[["a"]]\n', ("a",)),
        ("a = [1]", ()),
        ("'[a]' = 1", ()),
    ],
)
def test_header_is_read_however_it_is_written(text: str, keys: tuple[str, ...]) -> None:
    """With blanks, quotes and a comment behind it."""
    (statement,) = statements(text)
    assert header(text, statement) == keys


TABLES = '''\
x = """
[[a]]
"""
# 0
  [[a]] # first
b = [
  1, # ]
]
# 1
[['a']]
[a.b]

[other]
[["\\u0061"]]
c = 1
# end
'''


@pytest.mark.parametrize(
    ("number", "lines"), [(0, slice(4, 8)), (1, slice(9, 11)), (2, slice(13, 15))]
)
def test_table_is_found_by_its_number(number: int, lines: slice) -> None:
    """From its header to its last statement: comments around it are not in it."""
    result = table_at(TABLES, "a", number)
    assert result is not None
    assert TABLES[slice(*result)] == "".join(TABLES.splitlines(keepends=True)[lines])


def test_table_that_is_not_there_is_not_found() -> None:
    """Or that has no header."""
    assert table_at(TABLES, "a", 3) is None
    assert table_at("a = [{ b = 1 }]\n", "a", 0) is None
    assert table_at("", "a", 0) is None
