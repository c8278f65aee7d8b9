"""Reads the layer of a source: a generated file, which must never stop a command.

Keys that aren't known are left out. So is a release with a wrong value; the others stay.
"""

import re
from collections.abc import Collection
from typing import Any, Final, cast

from countdown.catalogue import release_reader, schema
from countdown.catalogue.external_ids import normalise
from countdown.catalogue.former_ids import check_claims
from countdown.catalogue.identity import identities
from countdown.catalogue.layer import Layer, Source
from countdown.catalogue.merge import SOURCE_KEYS, SOURCE_ROW_KEYS
from countdown.catalogue.readers import (
    CappedProblems,
    KeyPath,
    Problem,
    Problems,
    Reader,
    check_required,
    closed_date,
    names,
    number,
    text,
)
from countdown.core.dates import day
from countdown.toml.parse import Table

_TOP: Final[dict[str, Reader]] = {
    **dict.fromkeys(("title", "licence", "credit"), text),
    **dict.fromkeys(("read", "expires", "checked"), closed_date),
    "serial": number,
    "mirrors": names,
}
_RESERVED: Final = frozenset(("format", "release", "origin", "refresh", "signature"))
# A source may neither hide a release nor put it behind another one.
_NEVER: Final = frozenset(("hidden", "unverified", "sequel_to", "only_these_dates"))
_RELEASE_KEYS: Final = frozenset((*schema.RELEASE, *SOURCE_KEYS)) - _NEVER
_ROWS: Final = {
    "dates": frozenset((*schema.ANNOUNCED_DATE, *SOURCE_ROW_KEYS)),
    "moves": frozenset(schema.MOVE),
    "cast": frozenset(schema.CREDIT),
    "sources": frozenset(schema.SOURCE),
}
_ISO_DURATION: Final = re.compile(
    r"P(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?)?\b", re.ASCII
)
_WORDS_DURATION: Final = re.compile(r"(\d{1,4}) ?(hour|day|week|h|d|w)", re.ASCII)
_HOUR: Final = 3600
_DAY: Final = 24 * _HOUR
_UNITS: Final = {"h": _HOUR, "d": _DAY, "w": 7 * _DAY}


def make(path: str, data: bytes, top: Table) -> Layer:
    """The layer of *top*, the parsed tables of the file *path* with the bytes *data*."""
    problems = CappedProblems()
    values: dict[str, Any] = {}
    for key, item in top.items():
        if key in _TOP:
            values[key] = _TOP[key](item, (key,), problems)
        elif key not in _RESERVED:
            problems.append(_unknown((key,)))
    origin = text(top["origin"], ("origin",), problems)
    refresh = refresh_seconds(top.get("refresh"))
    if refresh is None and "refresh" in top:
        problems.append(Problem(("refresh",), "isn't a span of time", 'write one like "P1D"'))
    skipped = len(problems)
    tables = _releases(top.get("release", []), problems)
    wrong = {each.path[:2] for each in problems[skipped:] if not each.keeps_entry}
    skipped += sum(each.path[:2] not in wrong for each in problems[skipped:])
    checked = values.pop("checked", None) or values.get("read")
    source = Source(
        origin or "?",
        **values,
        refresh=refresh,
        skipped=skipped,
        wrong=len(wrong),
        problems=tuple(problems),
    )
    read_day = day(checked.latest) if checked else None
    return Layer(path, data, tables, read_day, CappedProblems(), source=source)


def refresh_seconds(value: object) -> int | None:
    """How often a source wishes to be read again, from `P1D` or `4 days`: an hour to 30 days.

    What follows doesn't matter. None if it can't be read.
    """
    if not isinstance(value, str):
        return None
    iso, words = _ISO_DURATION.match(value), _WORDS_DURATION.match(value)
    if iso and any(iso.groups()):
        amounts = [int(group or 0) for group in iso.groups()]
        seconds = sum(map(int.__mul__, amounts, (7 * _DAY, _DAY, _HOUR, 60)))
    elif words:
        seconds = int(words[1]) * _UNITS[words[2][0]]
    else:
        return None
    return min(max(seconds, _HOUR), 30 * _DAY)


def _releases(value: object, problems: Problems) -> list[Table | None]:
    """The usable tables of *value*, the key `release`, each in its place; None for the others."""
    if not isinstance(value, list):
        problems.append(Problem(("release",), "should be a list of tables", "write [[release]]"))
        return []
    tables: list[Table | None] = []
    first: dict[object, int] = {}
    for index, entry in enumerate(value):
        found = CappedProblems()
        table = _release(entry, ("release", index), found)
        for name in identities(table) if table else ():
            if name in first:
                what = f"has an id of release[{first[name]}]"
                found.append(Problem(("release", index), what, "merge the two entries"))
                break
        is_usable = all(problem.keeps_entry for problem in found)
        for name in identities(table) if table and is_usable else ():
            first[name] = index
        tables.append(table if is_usable else None)
        problems += found
    claimed = CappedProblems()
    check_claims(tables, claimed)
    for problem in claimed:
        tables[cast("int", problem.path[1])] = None
        problems.append(problem._replace(keeps_entry=False))
    return tables


def _release(entry: object, path: KeyPath, problems: Problems) -> Table | None:
    """The table of *entry* without keys that aren't known; mistakes are *problems*."""
    if not isinstance(entry, dict):
        problems.append(Problem(path, "should be a table", "write [[release]]"))
        return None
    check_required(entry, path, problems, "id", example='id = "…"')
    table: Table = _known(entry, _RELEASE_KEYS, path, problems)
    for key in SOURCE_KEYS:
        if key in table:
            closed_date(table[key], (*path, key), problems)
    for key, keys in _ROWS.items():
        if isinstance(table.get(key), list):
            table[key] = [
                _known(row, keys, (*path, key, at), problems) for at, row in enumerate(table[key])
            ]
    if isinstance(table.get("ids"), dict):
        table["ids"] = _known(table["ids"], schema.IDS, (*path, "ids"), problems)
    plain = {key: value for key, value in table.items() if key not in SOURCE_KEYS}
    if isinstance(plain.get("dates"), list):
        rows = [
            _without_source_keys(row, (*path, "dates", at), problems)
            for at, row in enumerate(plain["dates"])
        ]
        # A withdrawn date may stand beside the one that has come instead.
        withdrawn = [isinstance(row, dict) and "withdrawn" in row for row in plain["dates"]]
        for at in (at for at, is_withdrawn in enumerate(withdrawn) if is_withdrawn):
            found = CappedProblems()
            schema.announced_date(rows[at], (*path, "dates", at), found)
            problems += [problem._replace(keeps_entry=False) for problem in found]
        plain["dates"] = [row for row, out in zip(rows, withdrawn, strict=True) if not out]
    before = len(problems)
    release_reader.read_keys(plain, path, problems)
    # Whatever it is, the table can't be used as it is.
    problems[before:] = [problem._replace(keeps_entry=False) for problem in problems[before:]]
    if "ids" in table and len(problems) == before:
        table["ids"] = {site: normalise(site, id) for site, id in table["ids"].items()}
    return table


def _without_source_keys(row: object, path: KeyPath, problems: Problems) -> object:
    """A *row* of `dates` as the format has it; wrong values of other keys are *problems*."""
    if not isinstance(row, dict):
        return row
    for key in ("ref", "note"):
        if key in row:
            text(row[key], (*path, key), problems)
    if "withdrawn" in row:
        closed_date(row["withdrawn"], (*path, "withdrawn"), problems)
    return {key: value for key, value in row.items() if key not in SOURCE_ROW_KEYS}


def _known(value: Any, keys: Collection[str], path: KeyPath, problems: Problems) -> Any:
    """*value*, if it is a table without the keys that aren't among *keys*."""
    if not isinstance(value, dict):
        return value
    for key in value:
        if key not in keys:
            problems.append(_unknown((*path, key)))
    return {key: item for key, item in value.items() if key in keys}


def _unknown(path: KeyPath) -> Problem:
    if path[-1] in _NEVER:
        return Problem(path, "isn't for a source to say", "leave it out", keeps_entry=True)
    return Problem(path, "unknown key", "leave it out", keeps_entry=True)
