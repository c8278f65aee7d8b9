"""Tab-separated values with a heading: the columns of csv, without quotation marks around values.

No value has a tab or a line break. A spreadsheet would take a quotation mark at the start of a cell
for quoting and swallow the cells after it, so that gets an apostrophe, too.
"""

from collections.abc import Sequence

from countdown.formats.csv import Row, render_separated
from countdown.views.view import View


def render(view: View) -> str:
    """*view* with tabs between the values."""
    return render_separated(view, _write if view.context.raw else _write_for_spreadsheets, "\t")


def _write(rows: Sequence[Row]) -> str:
    cells = (["" if cell is None else str(cell) for cell in row.values()] for row in rows)
    return "".join(["\t".join(line) + "\n" for line in ([*rows[0]], *cells)])


def _write_for_spreadsheets(rows: Sequence[Row]) -> str:
    return _write([{key: _mark_quote(cell) for key, cell in row.items()} for row in rows])


def _mark_quote(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith('"') else cell
