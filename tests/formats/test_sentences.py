"""Sentences for a screen reader: no column, sign or bar, and no fact is left out."""

import re
import sys
import time

import pytest

from countdown.cli import progress
from countdown.formats import sentences
from countdown.views.view import Block, Cell, Column, Items, Lines, Pairs, Table, View, ViewContext
from tests.cli.conftest import Countdown, catalogue, film, shipped  # noqa: F401  # fixtures
from tests.views.releases import NOW

COLUMNS = (Column(""), Column("Title"), Column("When"), Column("Stage"), Column("Who"))
DRAWN = re.compile("[\u2190-\u21ff\u2500-\u27bf·]")


def said(*blocks: Block) -> str:
    """*blocks* in sentences."""
    return sentences.render(View(lambda: blocks, (), ViewContext(NOW)))


def row(*texts: str) -> Table:
    """A table of one row."""
    return Table("", COLUMNS, (tuple(map(Cell, texts)),))


def changed(*texts: str) -> Table:
    """A row of `mine`: a key, the built-in value, a sign, and the user's."""
    return Table("", tuple(map(Column, ("Key", "Below", "", "Yours"))), (tuple(map(Cell, texts)),))


def moved(by: str) -> Table:
    """A row of `news`: a title, and how far it moved."""
    return Table("", tuple(map(Column, ("By", "Title"))), ((Cell(by), Cell("Dune")),))


def replaced(before: str, after: str) -> Table:
    """A row of `news`: a title, and its date before and after a change."""
    sign = "→" if before and after else ""
    row = ("From Hell", before, sign, after, "+3 weeks" if sign else "")
    columns = ("Title", "From", "", "To", "By")
    return Table("", tuple(map(Column, columns)), (tuple(map(Cell, row)),))


def setting(*texts: str) -> Table:
    """A row of `config`."""
    return Table("", tuple(map(Column, ("Key", "Value", "From"))), (tuple(map(Cell, texts)),))


@pytest.mark.parametrize(
    ("block", "text"),
    [
        (moved("-7 days"), "Dune. 7 days earlier.\n"),
        (moved("+20 weeks"), "Dune. 20 weeks later.\n"),
        (replaced("8 Jul 2022", "2023"), "From Hell. From 8 Jul 2022 to 2023. 3 weeks later.\n"),
        (replaced("", "1 Dec 2026"), "From Hell. Now 1 Dec 2026.\n"),
        (replaced("8 Jul 2022", ""), "From Hell. From 8 Jul 2022.\n"),
        (changed("date", "2026", "→", "2027"), "date. 2026. Now 2027.\n"),
        (changed("alias", "", "+", "https://a.org"), "alias. Added https://a.org\n"),
        (changed("alias", "old", "-", ""), "alias. Old.\n"),
        (setting("theme", "auto", "by default"), "theme. auto. By default.\n"),
        (setting("region", "US", "LANG"), "region. US. From LANG.\n"),
        (setting("follow.title", "", ""), ""),
        (row("●", "Dune", "in 4 days", "filming", "Ana"), "Dune. In 4 days. Filming. With Ana.\n"),
        (row("", "Dune", "", "", "by Ana"), "Dune. By Ana.\n"),
        (row("●♥", "Dune", "2027", "", ""), "Dune. 2027. You follow it.\n"),
        (
            row("", "Dune", "2027", "", "")._replace(below=((0, (Cell("not checked"),)),)),
            "Dune. 2027. Not checked.\n",
        ),
        (
            Table("", (Column("Title"), Column("As")), ((Cell("Dune"), Cell("Paul?, writer")),)),
            "Dune. As Paul, not confirmed, writer.\n",
        ),
        (
            row("·", "Dune", "Jan 2027?", "filming?", ""),
            "Dune. Jan 2027, not confirmed. Filming, not confirmed.\n",
        ),
        (row("", "Dune US", "8 Jul 2022 US", "", ""), "Dune US. 8 Jul 2022, United States.\n"),
        (
            row("", "Dune", "8 Jul 2022? BR limited", "", ""),
            "Dune. 8 Jul 2022, not confirmed, Brazil, limited.\n",
        ),
        (
            row("", "Dune", "8 Jul 2022 OK", "in 2 US", ""),
            "Dune. 8 Jul 2022 OK. In 2, United States.\n",
        ),
        (row("", "Dune", "8 Jul 2022 US army", "", ""), "Dune. 8 Jul 2022 US army.\n"),
        (
            Lines(((Cell("Fri 8 Jul 2022 BR"), Cell(" · In 1984 US"), Cell("7 BR", "title")),)),
            "Fri 8 Jul 2022, Brazil, In 1984, United States7 BR.\n",
        ),
        (
            Lines(((Cell("Dates are for GB, from LANG."),),)),
            "Dates are for United Kingdom, from LANG.\n",
        ),
        (
            Table("as of 4 Jul · BR", (Column("Region"),), ((Cell("US"),),)),
            "as of 4 Jul, Brazil:\nUnited States.\n",
        ),
        (Table("most dates for US", (Column("A"),), ()), "most dates for United States:\n"),
        (row("", "Who?", "2027 place?", "", ""), "Who? 2027, place not stated.\n"),
        (row("", "Who?", "2027? place?", "", ""), "Who? 2027, not confirmed, place not stated.\n"),
        (row("■■□□□□□", "alpha_b", "", "", "→"), "alpha_b.\n"),
        (
            row("", "Thor 2 · ❤\ufe0f", "8 Jul → 9 Jul", "", ""),
            "Thor 2 · ❤\ufe0f. 8 Jul to 9 Jul.\n",
        ),
        (
            Lines(((Cell("★"), Cell("A → B", "title"), Cell("  film")),)),
            "A → B, film.\n",
        ),
        (row("▼", "Dune", "", "", ""), "Dune.\n"),
        (row("+", "Dune", "", "", ""), "Dune.\n"),
        (row("", "\x1b[2J", "", "", ""), "\\x1b[2J.\n"),
        (
            Table("Films", COLUMNS[1:2], ((Cell("A"),), (Cell("B"),)), ((1, (Cell("May"),)),)),
            "Films:\nA.\nMay:\nB.\n",
        ),
        (
            Pairs("Facts", (("Studio", (Cell("A24"), Cell(" & co"))), ("Also", (Cell(""),)))),
            "Facts:\nStudio: A24 & co.\n",
        ),
        (
            Pairs("", (("Set up", (Cell("run "), Cell("countdown init", "command"))),)),
            "Set up: run countdown init\n",
        ),
        (
            Lines(((Cell("★"), Cell(" in 4 days")), (Cell(" "),), (Cell("Why?"),))),
            "in 4 days.\nWhy?\n",
        ),
        (Lines(((Cell("█▀█"),),), verbatim=True), ""),
        (Pairs("Facts", (("Also", (Cell(""),)),)), ""),
        (Table("", (Column("Region"),), ((Cell("worldwide"),),)), "Worldwide.\n"),
        (Lines(((Cell("Dune"), Cell("  film · Dune")),)), "Dune, film, Dune.\n"),
        (Items(((Cell("?"), Cell(" not confirmed")),)), ""),
    ],
)
def test_block_is_a_sentence_for_each_fact(block: Block, text: str) -> None:
    """Signs are in words; names are as they are written."""
    assert said(block) == text


def test_blocks_are_paragraphs() -> None:
    """One that says nothing is none."""
    assert said(Lines(((Cell("A"),),)), Items(()), Lines(((Cell("B"),),))) == "A.\n\nB.\n"


@pytest.mark.parametrize(
    "words",
    [
        *("", "list", "list --all", "next", "status", "show thor-love-and-thunder", "doctor"),
        *("show wonder-man-s2", "actor hemsworth --all", "search marvel", "config"),
    ],
)
@pytest.mark.usefixtures("timed_once")
def test_every_screen_is_in_sentences(words: str, shipped: Countdown) -> None:  # noqa: F811
    """Each line ends as one, and none has a sign or a column."""
    ran = shipped("--accessible", *words.split())
    assert ran.code == 0
    for line in ran.out.splitlines():
        assert not DRAWN.search(line), line
        assert "  " not in line
        assert "\t" not in line
        assert re.search(r"^$|[.:?!]$|countdown|://", line), line


SAID = {
    "place?": "place not stated",
    "?": ", not confirmed",
    " us": ", united states",
    " br": ", brazil",
    " fr": ", france",
    " in": ", india",
    " place": ", place",
    " limited": ", limited",
}


def test_nothing_is_left_out(shipped: Countdown, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    """On the narrowest terminal, every title and date of the plain list is there."""
    rows = [line.split("\t") for line in shipped("list", "--format", "plain").out.splitlines()]
    monkeypatch.setenv("COLUMNS", "20")
    out = shipped("list", "--accessible").out.lower()
    assert len(rows) > 20
    for facts in rows:
        said = [fact.rstrip("?").lower() for fact in facts]
        for mark, words in SAID.items():
            said[2] = said[2].replace(mark, words)
        assert all(fact in out for fact in said), facts


@pytest.mark.parametrize(
    ("value", "is_terminal", "is_said"),
    [
        ("1", True, True),
        ("0", True, False),
        ("false", True, False),
        ("", True, False),
        ("1", False, False),
    ],
)
def test_variable_asks_for_sentences_on_a_terminal(
    value: str,
    is_terminal: bool,
    is_said: bool,
    shipped: Countdown,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A pipe has its plain lines, as ever."""
    monkeypatch.setenv("ACCESSIBLE", value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: is_terminal, raising=False)
    out = shipped("list", "--limit", "1", "--no-pager").out
    assert (out.count(". ") > 2) == is_said


def test_explicit_format_has_precedence(shipped: Countdown) -> None:  # noqa: F811
    """Programs get what they want."""
    assert shipped("list", "--accessible", "--json").out.startswith("{")


def test_wait_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In place of a bar that moves; where nobody waits, or on no terminal, there is none."""
    clock, later = time.monotonic, -1000.0
    monkeypatch.setattr(time, "monotonic", lambda: clock() + later)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    progress.announce("Reading", 0, 10)
    assert capsys.readouterr().err == ""
    later = 2 * progress.DELAY_S
    for step in range(1, 4):
        progress.announce("Reading", step, 10)
    assert capsys.readouterr().err == "Reading the catalogue. This takes a moment.\n"
    monkeypatch.setattr(sys.stderr, "isatty", lambda: False)
    progress.announce("Reading", 9, 10)
    assert capsys.readouterr().err == ""
