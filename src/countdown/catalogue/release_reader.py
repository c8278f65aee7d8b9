"""One TOML table → one Release, or every problem that it has."""

from collections.abc import Collection
from typing import Any, Final, cast

from countdown.catalogue import readers
from countdown.catalogue.readers import Path, Problem, Problems
from countdown.catalogue.schema import RELEASE
from countdown.core.dates import ReleaseDate
from countdown.core.release import AnnouncedDate, Release

_REQUIRED: Final = {
    "id": 'id = "thor-ragnarok"',
    "title": 'title = "Thor: Ragnarok"',
    "kind": 'kind = "film"',
}


def release(
    table: dict[str, Any], at: Path, problems: Problems, *, checked: ReleaseDate | None = None
) -> Release | None:
    """The release that *table* tells of; None if it has problems, which *problems* then holds.

    *checked* is the file's own day of verification, for a table that does not say its own.
    """
    before = len(problems)
    found = keys(table, at, problems)
    if not found.keys() >= _REQUIRED.keys():
        for key, example in _REQUIRED.items():
            readers.required(found, at, problems, key, example=example)
    if len(problems) > before:
        return None
    shorthand = found.pop("date", None)
    found.pop("hidden", None)
    if shorthand is not None:
        worldwide = AnnouncedDate(cast("ReleaseDate", shorthand))
        found["dates"] = (worldwide, *cast("tuple[AnnouncedDate, ...]", found.get("dates", ())))
    found.setdefault("checked", checked)
    return Release(**cast("dict[str, Any]", found))


def keys(table: dict[str, Any], at: Path, problems: Problems) -> dict[str, object]:
    """The keys of *table*, each read and checked, also where it only lies over another layer's."""
    found = readers.table(table, at, problems, RELEASE)
    # Of the table itself, for what could not be read is missing in *found*, and counts would shift.
    if found.get("dates"):
        _check_dates(table, at, problems)
    if found.get("unverified"):
        sound = frozenset(cast("tuple[str, ...]", found["unverified"]))
        _check_unverified(table["unverified"], sound, at, problems)
    return found


def _check_dates(table: dict[str, Any], at: Path, problems: Problems) -> None:
    seen: set[tuple[str, str]] = {("worldwide", "no type")} if "date" in table else set()
    for index, dated in enumerate(table["dates"]):
        if not isinstance(dated, dict):
            continue
        region, type = dated.get("region", "worldwide"), dated.get("type", "no type")
        if not (isinstance(region, str) and isinstance(type, str)):
            continue
        if (region, type) in seen:
            hint = "one region and type has one date; a change of it belongs in moves"
            problems.append(
                Problem((*at, "dates", index), f"a second date for {region}, {type}", hint)
            )
        seen.add((region, type))


def _check_unverified(
    names: list[object], sound: frozenset[str], at: Path, problems: Problems
) -> None:
    for index, name in enumerate(names):
        if not isinstance(name, str) or name not in sound:
            continue
        key = name.partition(".")[0]
        if key not in RELEASE:
            hint = readers.hint(key, RELEASE, problems)
            problems.append(Problem((*at, "unverified", index), f'"{name}" is no key', hint))


def identities(table: dict[str, Any]) -> Collection[tuple[object, ...]]:
    """What tells two tables to be the same release: its external ids, with the season.

    TMDB numbers films and series apart, so the kind is part of its identity.
    """
    ids = table.get("ids")
    if not isinstance(ids, dict):
        return ()
    season = table.get("season")
    season = season if isinstance(season, int) else None  # Else it is a problem of its own.
    series = table.get("kind") in ("series", "season")
    return [
        (provider, value, season, series if provider == "tmdb" else None)
        for provider, value in ids.items()
        if isinstance(value, (str, int))
    ]
