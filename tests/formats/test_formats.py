"""Formats for people and for text tools: plain lines, Markdown, and the names of all."""

import pytest

from countdown import formats
from countdown.formats import markdown, plain
from countdown.views.view import Block, Cell, Column, Items, Lines, Pairs, Table, View, ViewContext
from tests.views.releases import NOW


def view(*blocks: Block) -> View:
    """A view of *blocks*."""
    return View(lambda: blocks, (), ViewContext(NOW))


TABLE = Table(
    "Films",
    (Column(""), Column("Title"), Column("When")),
    (
        (Cell("●", "week"), Cell("Dune", "title"), Cell("2022")),
        (Cell("○"), Cell("A_B"), Cell("")),
    ),
)
PAIRS = Pairs("Facts", (("Studio", (Cell("A24"), Cell(" & co", "muted"))), ("Also", (Cell(""),))))
LINES = Lines(((Cell("In 4 days"), Cell(" · 8 Jul")), (Cell("second"),)))
ITEMS = Items(((Cell("●", "week"), Cell(" soon")), (Cell("*"), Cell(" doubt"))))


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (TABLE, "Dune\t2022\nA_B\t\n"),
        (TABLE._replace(repeats_heading=True), "Dune\t2022\tFilms\nA_B\t\tFilms\n"),
        (PAIRS, "Studio\tA24 & co\nAlso\t\n"),
        (LINES, "In 4 days · 8 Jul\nsecond\n"),
        (ITEMS, ""),
    ],
)
def test_plain_lines_are_for_cut_and_awk(block: Block, text: str) -> None:
    """Rows without signs and headings; the heading is told where rows are of many."""
    assert plain.render(view(block)) == text


def test_plain_lines_of_several_blocks_follow_each_other() -> None:
    """No empty line parts them: every line is a record."""
    assert plain.render(view(LINES, ITEMS, TABLE)) == (
        "In 4 days · 8 Jul\nsecond\nDune\t2022\nA_B\t\n"
    )


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (
            TABLE,
            "## Films\n\n|  | Title | When |\n| --- | --- | --- |\n| ● | Dune | 2022 |\n"
            "| ○ | A\\_B |  |\n",
        ),
        (
            TABLE._replace(heading=""),
            "|  | Title | When |\n| --- | --- | --- |\n| ● | Dune | 2022 |\n| ○ | A\\_B |  |\n",
        ),
        (
            PAIRS._replace(heading="Facts *"),
            "## Facts \\*\n\n|  |  |\n| --- | --- |\n| Studio | A24 \\& co |\n| Also |  |\n",
        ),
        (LINES, "In 4 days · 8 Jul\n\nsecond\n"),
        (Lines(((Cell(" "),), (Cell("- A"),), (Cell(""),))), "\\- A\n"),
        (Lines(((Cell(" "),),)), ""),
        (Lines(((Cell("█▀█"),),), verbatim=True), ""),
        (Pairs("Facts", ()), ""),
        (ITEMS, "● soon · \\* doubt\n"),
        (Items(()), ""),
    ],
)
def test_markdown_has_a_table_a_block(block: Block, text: str) -> None:
    """Under its heading; lines are drawn for terminals and left out."""
    assert markdown.render(view(block)) == text


def test_markdown_parts_blocks_by_an_empty_line() -> None:
    """None is left where a block has no text."""
    text = markdown.render(view(LINES, TABLE, Items(()), ITEMS))
    assert text.startswith("In 4 days · 8 Jul\n\nsecond\n\n## Films\n")
    assert text.endswith("| ○ | A\\_B |  |\n\n● soon · \\* doubt\n")


@pytest.mark.parametrize("character", "\\`*_{}[]<>#|~&!")
def test_markdown_escapes_what_is_special(character: str) -> None:
    """A title is text, in a cell, a heading and an item."""
    cells = ((Cell(f"a{character}b"),),)
    escaped = f"a\\{character}b"
    table = Table(f"a{character}b", (Column(f"a{character}b"),), cells)
    assert markdown.render(view(table)).count(escaped) == 3
    assert markdown.render(view(Items(cells))) == f"{escaped}\n"
    assert markdown.render(view(Pairs("", ((f"a{character}b", cells[0]),)))).count(escaped) == 2


@pytest.mark.parametrize("character", "-+.()'\" /:aX0")
def test_markdown_leaves_other_punctuation_alone(character: str) -> None:
    """Else every date and address would be full of strokes."""
    assert markdown.render(view(Items(((Cell(f"a{character}b"),),)))) == f"a{character}b\n"


@pytest.mark.parametrize(
    ("format", "start"),
    [
        ("plain", "Dune\t2022\n"),
        ("json", '{"schema": 1,'),
        ("jsonl", ""),
        ("csv", ""),
        ("tsv", ""),
        ("markdown", "## Films\n"),
    ],
)
def test_each_format_has_its_renderer(format: str, start: str) -> None:
    """By the name that the user wrote."""
    text = formats.renderer(format).render(view(TABLE))
    assert text.startswith(start)
    assert bool(text) == bool(start)
