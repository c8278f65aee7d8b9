"""Dates of an overlay over those of the release below it, row by row.

A row replaces the one of the same region and type. Without a type, it replaces all that it can
mean: `claims` says the same of sources.
"""

from collections.abc import Sequence
from typing import Any, Final

from countdown.toml.parse import Table

DATE_KEYS: Final = ("date", "dates")  # two forms of one fact
ONLY: Final = "only_these_dates"
SAME_UNNAMED: Final = ("theatrical", "streaming", "tv")  # what a date without a type can mean
_OLD_FORMAT: Final = 1  # in which `dates` always replaces the list below


def replaces_all(overlay: Table, format: int) -> bool:
    """True if no date below *overlay*, an entry in that *format*, counts beside its own ones."""
    only = overlay.get(ONLY)
    if isinstance(only, bool):
        return only
    if overlay.get("dates") == []:
        return True  # There is none.
    return "date" in overlay or (format == _OLD_FORMAT and "dates" in overlay)


def merged_dates(table: Table, overlay: Table) -> Table:
    """The keys about dates, and the doubts, of the release *table* with the rows of *overlay*."""
    is_doubting = "unverified" in overlay
    own = _rows(overlay, is_doubting=True)
    below = _rows(table, is_doubting=not is_doubting)
    replaced: dict[int, list[Table]] = {}  # by the index of the row that does
    rows: list[Table] = []
    for row in below:
        at = next((at for at, each in enumerate(own) if _replaces(each, row, own, below)), None)
        if at is None:
            rows.append(row)
        else:
            if at not in replaced:
                rows.append(own[at])
            replaced.setdefault(at, []).append(row)
    rows = [_named(row, replaced.get(_index(own, row), [])) for row in rows]
    rows += [row for at, row in enumerate(own) if at not in replaced]
    short = [row for row in rows if [*row] == ["date"] and ("date" in table or "date" in overlay)]
    long = [row for row in rows if row not in short]
    doubts = (overlay if is_doubting else table).get("unverified", [])
    unverified = [name for name in doubts if name not in DATE_KEYS]
    return {
        **({"date": short[0]["date"]} if short else {}),
        **({"dates": long} if long else {}),
        **({"unverified": unverified} if unverified or is_doubting else {}),
    }


def rows_over(
    below: Table, entry: Table, dates: Sequence[Table], format: int
) -> list[Table] | None:
    """The rows with which *entry* makes *dates* of those of the release *below*, and of no others.

    None if it must have all of *dates* itself: one of those below goes, or the *format* or the
    entry says so.
    """
    if replaces_all({**entry, "dates": dates}, format) or not has_dates(below):
        return None
    if not (are_rows(below) and are_rows(entry)):
        return None
    known, own = _plain(_rows(below)), _plain(_rows(entry))
    plain = _plain(dates)
    rows = [row for row, each in zip(dates, plain, strict=True) if each in own or each not in known]
    rows = rows or [*dates]
    rest = {key: value for key, value in entry.items() if key not in DATE_KEYS}
    found = _plain(_rows(merged_dates(below, {**rest, "dates": rows})))
    is_same = len(found) == len(dates) and all(row in plain for row in found)
    return rows if is_same else None


def replaced_by(overlay: Table, table: Table, format: int) -> Table:
    """The release *table* without the dates that count beside those of *overlay*."""
    if replaces_all(overlay, format) or not (has_dates(overlay) and has_dates(table)):
        return table
    if not (are_rows(table) and are_rows(overlay)):
        return table
    own, below = _rows(overlay), _rows(table)
    rows = [row for row in below if any(_replaces(each, row, own, below) for each in own)]
    rest = {key: value for key, value in table.items() if key not in DATE_KEYS}
    short = [row for row in rows if [*row] == ["date"] and "date" in table]
    long = [row for row in rows if row not in short]
    dates: Table = {"date": short[0]["date"]} if short else {}
    return {**rest, **dates, **({"dates": long} if long else {})}


def has_dates(table: Table) -> bool:
    """True if *table* has a key about dates."""
    return any(key in table for key in DATE_KEYS)


def are_rows(table: Table) -> bool:
    """True if the dates of *table* can be compared with others row by row."""
    rows = table.get("dates", [])
    return isinstance(rows, list) and all(isinstance(row, dict) for row in rows)


def _rows(table: Table, *, is_doubting: bool = False) -> list[Table]:
    """The dates of *table* as rows; with *is_doubting*, with the doubts of its `unverified`."""
    doubts = table.get("unverified", []) if is_doubting else []
    lone = [{"date": table["date"]}] if "date" in table else []
    is_lone_doubted = any(name in doubts for name in DATE_KEYS)
    are_doubted = "dates" in doubts or (is_lone_doubted and not lone)
    return [
        *(_doubted(row, is_lone_doubted) for row in lone),
        *(_doubted(row, are_doubted) for row in table.get("dates", [])),
    ]


def _plain(rows: Sequence[Table]) -> list[Table]:
    """*rows* without their doubts, which can be written in another place."""
    return [{key: value for key, value in row.items() if key != "unverified"} for row in rows]


def _doubted(row: Table, is_doubted: bool) -> Table:
    return {**row, "unverified": True} if is_doubted else row


def _replaces(row: Table, other: Table, own: Sequence[Table], below: Sequence[Table]) -> bool:
    """True if *row* of one's *own* takes the place of *other*, a row *below*."""
    type, other_type = row.get("type"), other.get("type")
    if _market(row) != _market(other):
        return False
    if type == other_type:
        return True
    if type is None:
        return other_type in SAME_UNNAMED and other_type not in _types(own, row)
    if other_type is not None or type not in SAME_UNNAMED or None in _types(own, row):
        return False
    # A release with both means two things.
    return not any(each in SAME_UNNAMED for each in _types(below, row))


def _types(rows: Sequence[Table], like: Table) -> list[Any]:
    """The types of those of *rows* that have the market of the row *like*."""
    return [row.get("type") for row in rows if _market(row) == _market(like)]


def _market(row: Table) -> Any:
    return row.get("region") or row.get("place")


def _index(rows: Sequence[Table], row: Table) -> int:
    return next((at for at, each in enumerate(rows) if each is row), -1)


def _named(row: Table, replaced: Sequence[Table]) -> Table:
    """*row*, which has the type of the ones that it *replaced* if that is one."""
    types = {each["type"] for each in replaced if "type" in each}
    if "type" in row or len(types) != 1:
        return row
    return {**row, "type": types.pop()}
