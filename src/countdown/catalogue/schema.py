"""One TOML table → one Release, or every problem that it has."""

from collections.abc import Collection
from typing import Any, cast

from countdown.catalogue import values
from countdown.catalogue.fields import RELEASE
from countdown.catalogue.values import Path, Problems
from countdown.core.dates import ReleaseDate
from countdown.core.release import Dated, Release
from countdown.errors import Problem


def release(
    table: object, at: Path, problems: Problems, *, checked: ReleaseDate | None = None
) -> Release | None:
    """The release that *table* tells of; None if it has problems, which *problems* then holds.

    *checked* is the file's own day of verification, for a table that does not say its own.
    """
    before = len(problems)
    found = keys(table, at, problems)
    values.required(found, at, problems, "id", "title", "kind", example='kind = "film"')
    if len(problems) > before:
        return None
    shorthand = found.pop("date", None)
    found.pop("hidden", None)
    if shorthand is not None:
        worldwide = Dated(cast("ReleaseDate", shorthand))
        found["dates"] = (worldwide, *cast("tuple[Dated, ...]", found.get("dates", ())))
    found.setdefault("checked", checked)
    return Release(**cast("dict[str, Any]", found))


def keys(table: object, at: Path, problems: Problems) -> dict[str, object]:
    """The keys of *table*, each read and checked, also where it only lies over another layer's."""
    found = values.table(table, at, problems, RELEASE)
    if "dates" in found:
        _check_dates(found, at, problems)
    if "unverified" in found:
        _check_unverified(cast("tuple[str, ...]", found["unverified"]), at, problems)
    return found


def _check_dates(found: dict[str, object], at: Path, problems: Problems) -> None:
    seen: set[tuple[str | None, str | None]] = {(None, None)} if "date" in found else set()
    for index, dated in enumerate(cast("tuple[Dated, ...]", found["dates"])):
        place = (dated.region, dated.type)
        if place in seen:
            where = f"{dated.region or 'worldwide'}, {dated.type or 'no type'}"
            hint = "one region and type has one date; a change of it belongs in moves"
            problems.append(Problem((*at, "dates", index), f"a second date for {where}", hint))
        seen.add(place)


def _check_unverified(names: tuple[str, ...], at: Path, problems: Problems) -> None:
    for index, name in enumerate(names):
        key = name.partition(".")[0]
        if key not in RELEASE:
            hint = values.suggestion(key, RELEASE)
            problems.append(Problem((*at, "unverified", index), f'"{name}" is no key', hint))


def identities(table: dict[str, Any]) -> Collection[tuple[object, ...]]:
    """What tells two tables to be the same release: its external ids, with the season.

    TMDB numbers films and series apart, so the kind is part of its identity.
    """
    ids = table.get("ids")
    if not isinstance(ids, dict):
        return ()
    series = table.get("kind") in ("series", "season")
    return [
        (provider, value, table.get("season"), series if provider == "tmdb" else None)
        for provider, value in ids.items()
        if isinstance(value, (str, int))
    ]
