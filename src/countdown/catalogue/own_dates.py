"""Writes dates into the user's entry for a release: only those rows that differ, where it can."""

from countdown.catalogue import date_rows
from countdown.catalogue.document import Document, row_identity
from countdown.toml.parse import Table


def write(
    document: Document, index: int, dates: list[Table], below: Table, *, are_rows: bool
) -> None:
    """Make *dates* those of the release that the entry at *index* changes.

    *below* is that release without the entry. If *are_rows*, a lone worldwide date is a row of
    `dates` too.
    """
    format = document.format
    rows = date_rows.rows_over(below, document.releases[index], dates, format)
    if rows is not None:
        document.set(index, "dates", rows)
        return
    if are_rows:
        document.set(index, "dates", dates)
    else:
        _write_all(document, index, dates)
    entry = document.releases[index]
    if date_rows.has_dates(below) and not date_rows.replaces_all(entry, format):
        document.set(index, date_rows.ONLY, True)


def _write_all(document: Document, index: int, dates: list[Table]) -> None:
    """Write *dates*; `date = …` for a worldwide one that is alone or already written so."""
    is_lone = [*map(list, dates)] == [["date"]]
    short = [row for row in dates if [*row] == ["date"]]
    if short and (is_lone or "date" in document.releases[index]):
        document.set(index, "date", short[0]["date"])
        dates = [row for row in dates if row not in short]
        if not dates:
            _unset_if_present(document, index, "dates")
            return
    else:
        _unset_if_present(document, index, "date")
    rows = document.releases[index].get("dates", [])
    identities = [row_identity("dates", row) for row in rows]
    # Rows that exist stay in front.
    dates = sorted(dates, key=lambda row: row_identity("dates", row) not in identities)
    document.set(index, "dates", dates)


def _unset_if_present(document: Document, index: int, key: str) -> None:
    if key in document.releases[index]:
        document.unset(index, key)
