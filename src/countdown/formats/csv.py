"""Comma-separated values (RFC 4180, but lines end in LF): the contract, flattened."""

import csv
import io
from collections.abc import Sequence
from typing import Any, Final

from countdown.core.text import escape_hostile
from countdown.formats.contract import change, record
from countdown.views.view import View

_LISTS: Final = ("aliases", "franchise", "platform", "distributor", "studio")
_MAKERS: Final = ("director", "writer", "creator")


def render(view: View) -> str:
    """*view* with commas between the values."""
    return separated(view, ",")


def separated(view: View, delimiter: str) -> str:
    """A heading and a line for each release or change, with *delimiter* between the values."""
    if view.changes is None:
        rows = [_flat(record(seen, now=view.context.now)) for seen in view.outlooks]
    else:
        rows = [change(seen) for seen in view.changes]
    if not rows:
        return ""
    text = _written(rows, delimiter)
    # Looking at the whole costs a hundredth of looking at each cell.
    return text if _is_safe(text, rows, delimiter) else _written([*map(_safe, rows)], delimiter)


def _written(rows: Sequence[dict[str, Any]], delimiter: str) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _is_safe(text: str, rows: Sequence[dict[str, Any]], delimiter: str) -> bool:
    """Whether nothing in *text* ends a line or a column but what should, or drives a terminal."""
    lines = len(rows) + 1
    bare = text.replace("\n", "")
    if delimiter == "\t" and text.count("\t") == lines * (len(rows[0]) - 1):
        bare = bare.replace("\t", "")
    return bare.isprintable() and text.count("\n") == lines


def _safe(row: dict[str, Any]) -> dict[str, Any]:
    """*row* with nothing in its cells that ends a line or a column, or drives a terminal."""
    return {key: escape_hostile(cell) if type(cell) is str else cell for key, cell in row.items()}


def _flat(one: dict[str, Any]) -> dict[str, Any]:
    date, days = one["date"] or {}, one["days"] or {}
    return {
        **{key: one[key] for key in ("id", "title", "kind", "season", "state", "stage")},
        **{key: date.get(key) for key in ("edtf", "earliest", "latest", "precision", "instant")},
        "region": date.get("region"),
        "type": date.get("type"),
        "days_min": days.get("min"),
        "days_max": days.get("max"),
        "text": one["text"],
        **{key: "; ".join(one[key]) for key in (*_LISTS, *_MAKERS)},
        "cast": "; ".join(credit["name"] for credit in one["cast"]),
        **{key: one[key] for key in ("stage_since", "stage_note", "expected", "synopsis")},
        "unverified": "; ".join(one["unverified"]),
        "checked": one["checked"],
        "sources": "; ".join(source["url"] for source in one["sources"]),
    }
