"""Whether a `[[release]]` table certainly is of the format, found out fast.

Nearly every one of a catalogue is; the others are looked at again by `loose_entries`.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from countdown.catalogue.schema import ANNOUNCED_DATE, CREDIT, IDS, MOVE
from countdown.core.regions import REGIONS
from countdown.core.release import CADENCES, KINDS, STAGES, TYPES
from countdown.toml.parse import Table

_CREDIT_KEYS: Final = frozenset(CREDIT)
_TEXT: Final = frozenset((str,))
_EDTF_SIGNS: Final = frozenset("0123456789X?~%/.-")


def is_strict(table: Table) -> bool:
    """True if all values of *table* certainly are of the format: nearly every one of a catalogue.

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
    return (
        type(value) is date
        or (type(value) is str and _EDTF_SIGNS.issuperset(value) and len(value) > 3)
        or (type(value) is datetime and value.tzinfo is not None)
    )


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
    "hidden": lambda value: type(value) is bool,
}
