"""Recognises files and `[[release]]` tables that are certainly in the format, fast.

Nearly all are; `loose_files` and `loose_entries`, which take 10 ms to import, convert the others.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from countdown.catalogue import readers
from countdown.catalogue.readers import Problems
from countdown.catalogue.schema import ANNOUNCED_DATE, CREDIT, DEFAULT_FORMAT, IDS, MOVE
from countdown.core.regions import REGIONS
from countdown.core.release import CADENCES, KINDS, STAGES, TYPES
from countdown.toml.parse import Table
from countdown.toml.positions import KeyPath

Origins = dict[KeyPath, KeyPath]
_TOP_KEYS: Final = frozenset(("format", "checked", "release"))
_CREDIT_KEYS: Final = frozenset(CREDIT)
_TEXT: Final = frozenset((str,))
_EDTF_SIGNS: Final = frozenset("0123456789X?~%/.-")


class StrictFile(NamedTuple):
    """A file as tables of the format: its *top* level without releases, and the releases.

    *origins* has, for each key path that differs from the one in the file, the latter. *kinds* has
    kinds that headers like `[[movie]]` state, by the index of the table.
    """

    top: Table
    tables: list[Table | None]
    origins: Origins
    kinds: dict[int, str]


def read_file(raw: Table, problems: Problems) -> StrictFile:
    """The file *raw* as tables of the format; *problems* gets what can't be converted."""
    tables = raw.get("release", [])
    is_sure = (
        raw.keys() <= _TOP_KEYS
        and type(raw.get("format", DEFAULT_FORMAT)) is int
        and ("checked" not in raw or type(raw["checked"]) is date)
        and type(tables) is list
        and all(type(table) is dict and is_strict(table) for table in tables)
    )
    if is_sure:
        top = {key: value for key, value in raw.items() if key != "release"}
        top.setdefault("format", DEFAULT_FORMAT)
        return StrictFile(top, [*tables], {}, {})
    from countdown.catalogue import (
        loose_files,  # Deferred: 10 ms, and most files are of the format.
    )

    return loose_files.read(raw, problems)


def is_strict(table: Table) -> bool:
    """True if all values of *table* are certainly in the format, as in most catalogues.

    Only their types and signs are looked at: the strict readers check further.
    """
    for key, value in table.items():
        check = _CHECKS.get(key)
        if check is None or not check(value):
            return False
    return True


def _is_text(value: object) -> bool:
    return type(value) is str and value.isprintable()


def _is_names(value: object) -> bool:
    return type(value) is list and _TEXT.issuperset(map(type, value))


def _is_cast(value: object) -> bool:
    if type(value) is not list:
        return False
    if not _TEXT.issuperset(map(type, value)):
        for credit in value:
            if type(credit) is dict and not credit.keys() <= _CREDIT_KEYS:
                return False
        value = [credit for credit in value if type(credit) is not dict]
        if not _TEXT.issuperset(map(type, value)):
            return False
    names = "\n".join(value).lower()
    return not (
        "(" in names
        or " as " in names
        or "..." in names
        or "…" in names
        or " como " in names
        or " als " in names
    )


def _is_date(value: object) -> bool:
    if type(value) is str:
        return (_EDTF_SIGNS.issuperset(value) and len(value) > 3) or _is_date_in_words(value)
    return type(value) is date or (type(value) is datetime and value.tzinfo is not None)


def _is_date_in_words(text: str) -> bool:
    """True if the strict reader accepts *text*, like `Q4 2027`, so that no conversion is needed."""
    problems: Problems = []
    readers.date(text, (), problems)
    return not problems


def _is_dates(value: object) -> bool:
    if type(value) is not list:
        return False
    for row in value:
        if type(row) is not dict:
            return False
        for key, item in row.items():
            if key == "date":
                if not _is_date(item):
                    return False
            elif key == "region":
                if type(item) is not str or item not in REGIONS:
                    return False
            elif key == "type":
                if item not in TYPES:
                    return False
            elif key not in ANNOUNCED_DATE:
                return False
    return True


def _is_moves(value: object) -> bool:
    return type(value) is list and all(
        type(row) is dict
        and row.keys() <= MOVE.keys()
        and all(_is_date(item) for key, item in row.items() if key != "source")
        for row in value
    )


def _is_sources(value: object) -> bool:
    if type(value) is not list:
        return False
    for source in value:
        if type(source) is str:
            if source[:4] != "http":
                return False
        elif type(source) is not dict:
            return False
        else:
            for key, item in source.items():
                if key == "url":
                    if type(item) is not str or item[:4] != "http":
                        return False
                elif key != "date" or not _is_date(item):
                    return False
    return True


_CHECKS: Final[dict[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(("title", "synopsis", "stage_note", "sequel_to", "id"), _is_text),
    **dict.fromkeys(("stage_since", "expected", "date", "checked", "complete"), _is_date),
    **dict.fromkeys(("aliases", "franchise", "platform", "distributor", "studio"), _is_names),
    **dict.fromkeys(("country", "director", "writer", "creator", "unverified", "was"), _is_names),
    "kind": KINDS.__contains__,
    "season": lambda value: type(value) is int,
    "cast": _is_cast,
    "stage": STAGES.__contains__,
    "cadence": CADENCES.__contains__,
    "titles": lambda value: type(value) is dict and _is_names([*value.values()]),
    "dates": _is_dates,
    "moves": _is_moves,
    "sources": _is_sources,
    "ids": lambda value: type(value) is dict and value.keys() <= IDS.keys(),
    "only_these_dates": lambda value: type(value) is bool,
    "hidden": lambda value: type(value) is bool,
}


def is_same(first: Any, second: Any) -> bool:
    """True if both values are equal and of the same types: `1` is not `true`."""
    if isinstance(first, dict) and isinstance(second, dict):
        return first.keys() == second.keys() and all(
            is_same(first[key], second[key]) for key in first
        )
    if isinstance(first, list) and isinstance(second, list):
        return len(first) == len(second) and all(map(is_same, first, second))
    return type(first) is type(second) and bool(first == second)
