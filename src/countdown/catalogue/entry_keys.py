"""Keys of an entry: which it has, and what stays of the values in its lists."""

from typing import Any

from countdown.catalogue.document import row_identity
from countdown.catalogue.load import Table


def names_in(entry: Table, key: str) -> list[str]:
    """The names of *key* in *entry*; for `date` or `dates`, either. Empty if it has none."""
    twin = {"date": "dates", "dates": "date"}.get(key, key)
    return [name for name in (key, twin) if name in entry][:1]


def sources_with_dates(sources: list[Any], rows: list[Any]) -> list[Any]:
    """*sources*, with the table of *rows* for each bare address: the page's date must survive."""
    tables = {row_identity("sources", row): row for row in reversed(rows)}
    return [tables.get(source, source) if isinstance(source, str) else source for source in sources]


def name_in_row(row: Any) -> str:
    """The name in a *row* of `cast` or of another list of names."""
    name: str = row["name"] if isinstance(row, dict) else row
    return name
