"""Comma-separated values (RFC 4180, but lines end in LF): the contract, flattened.

Spreadsheets run a cell that starts with = + - or @ as a formula, so such text gets an apostrophe.
In many countries they also split lines at semicolons, so text after one gets it too.
"""

import csv
import io
import re
from collections.abc import Callable, Sequence
from typing import Any, Final, TypeGuard

from countdown.core.text import escape_hostile
from countdown.core.web_links import PROVIDERS
from countdown.formats.contract import candidate, change_records, record
from countdown.views.view import View

Row = dict[str, Any]
Writer = Callable[[Sequence[Row]], str]

_LIST_KEYS: Final = ("aliases", "franchise", "platform", "distributor", "studio", "country")
_MAKER_KEYS: Final = ("director", "writer", "creator")
# The full-width forms of the signs count too: Chinese and Japanese spreadsheets accept them.
_FORMULA: Final = re.compile(r'(^|[,;])(\s*)(?="*\s*[=+\-@＝＋－＠])')
_FORMULA_AFTER_SIGN: Final = re.compile(r'[,;]\s*"*\s*[=+\-@＝＋－＠]')


def render(view: View) -> str:
    """*view* with commas between the values."""
    return render_separated(view, _write, ",")


def render_separated(view: View, write: Writer, delimiter: str) -> str:
    """The text that *write* makes from a row for each release, change or candidate.

    It has *delimiter*.
    """
    if view.candidates is not None:
        rows = [_flatten_candidate(candidate(each)) for each in view.candidates]
    elif view.changes is None:
        now, exact_days = view.context.now, view.context.exact_days
        rows = [
            _flatten(record(outlook, now=now, exact_days=exact_days)) for outlook in view.outlooks
        ]
    else:
        rows = change_records(view)
    if view.marathon is not None:
        days = [day.isoformat() if day else None for day in view.marathon.days]
        rows = [row | {"watch": day} for row, day in zip(rows, days, strict=True)]
    if not rows:
        return ""
    return written(rows, write, delimiter, raw=view.context.raw)


def written(
    rows: list[Row], write: Writer | None = None, delimiter: str = ",", *, raw: bool = False
) -> str:
    """The text that *write* makes of *rows*, by default CSV. Unless *raw*, none has a formula."""
    write = write or _write
    if not raw:
        rows = [*map(_defuse, rows)]
    text = write(rows)
    # Checking the whole text takes a hundredth of checking each cell.
    return text if _is_safe(text, rows, delimiter) else write([*map(_escape_row, rows)])


def _write(rows: Sequence[Row]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def _defuse(row: Row) -> Row:
    """*row* with an apostrophe before what a spreadsheet would run; numbers stay numbers."""
    # One search of a whole row takes a twentieth of searching each cell.
    if not _FORMULA_AFTER_SIGN.search(";".join(["", *filter(_is_text, row.values())])):
        return row
    return {
        key: _FORMULA.sub(r"\1\2'", cell) if _is_text(cell) else cell for key, cell in row.items()
    }


def _is_text(cell: object) -> TypeGuard[str]:
    return type(cell) is str


def _is_safe(text: str, rows: Sequence[Row], delimiter: str) -> bool:
    """True if no cell of *rows* in *text* breaks a line or column, or could control a terminal."""
    lines = len(rows) + 1
    bare = text.replace("\n", "")
    if delimiter == "\t" and text.count("\t") == lines * (len(rows[0]) - 1):
        bare = bare.replace("\t", "")
    return bare.isprintable() and text.count("\n") == lines


def _escape_row(row: Row) -> Row:
    """*row* without characters that break a line or column, or could control a terminal."""
    return {key: escape_hostile(cell) if type(cell) is str else cell for key, cell in row.items()}


def _flatten_candidate(candidate: Row) -> Row:
    return {
        **{key: candidate[key] for key in ("track", "title", "kind", "season", "year")},
        **{key: "; ".join(candidate[key]) for key in ("people", "platform")},
        **{site: candidate["ids"].get(site) for site in PROVIDERS},
        "release": candidate["release"],
    }


def _flatten(release: Row) -> Row:
    date, days = release["date"] or {}, release["days"] or {}
    return {
        **{key: release[key] for key in ("id", "title", "kind", "season", "state", "stage")},
        **{key: date.get(key) for key in ("edtf", "earliest", "latest", "precision", "instant")},
        "region": date.get("region"),
        "place": date.get("place"),
        "type": date.get("type"),
        "days_min": days.get("min"),
        "days_max": days.get("max"),
        "text": release["text"],
        **{key: "; ".join(release[key]) for key in (*_LIST_KEYS, *_MAKER_KEYS)},
        "cast": "; ".join(credit["name"] for credit in release["cast"]),
        **{key: release[key] for key in ("stage_since", "stage_note", "expected")},
        "complete": (release["complete"] or {}).get("edtf"),
        **{key: release[key] for key in ("cadence", "synopsis")},
        "unverified": "; ".join(release["unverified"]),
        "checked": release["checked"],
        "sources": "; ".join(source["url"] for source in release["sources"]),
    }
