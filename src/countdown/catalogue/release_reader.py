"""One TOML table → one Release, or every problem of the table."""

from typing import Any, Final, cast

from countdown.catalogue import external_ids, readers, season_keys
from countdown.catalogue.readers import KeyPath, Problem, Problems
from countdown.catalogue.schema import IDS, RELEASE
from countdown.core.dates import ReleaseDate
from countdown.core.release import AnnouncedDate, Release

# Never a real id or title: pasted, it would change the built-in release.
_REQUIRED: Final = {"id": 'id = "…"', "title": 'title = "…"', "kind": 'kind = "film"'}


def release(
    table: dict[str, Any], path: KeyPath, problems: Problems, *, checked: ReleaseDate | None = None
) -> Release | None:
    """The release of *table*; None if it has problems, which are added to *problems*.

    *checked* is the file's day of verification, for a table without that key.
    """
    before = len(problems)
    values = read_keys(table, path, problems)
    if not values.keys() >= _REQUIRED.keys():
        # Others are made of the title; an unusable one is reported itself.
        for key in _REQUIRED if values.get("title") else ("title",):
            readers.check_required(values, path, problems, key, example=_REQUIRED[key])
    if len(problems) > before:
        return None
    shorthand = values.pop("date", None)
    values.pop("hidden", None)
    values.pop("only_these_dates", None)
    dates = cast("tuple[AnnouncedDate, ...]", values.get("dates", ()))
    unverified = cast("tuple[str, ...]", values.get("unverified", ()))
    if "dates" in unverified or ("date" in unverified and shorthand is None):
        dates = tuple([dated._replace(unverified=True) for dated in dates])
    if shorthand is not None:
        is_unverified = not {"date", "dates"}.isdisjoint(unverified)
        dates = (AnnouncedDate(cast("ReleaseDate", shorthand), unverified=is_unverified), *dates)
    values["dates"] = dates
    values.setdefault("checked", checked)
    return Release(**cast("dict[str, Any]", values))


def read_keys(table: dict[str, Any], path: KeyPath, problems: Problems) -> dict[str, object]:
    """The values of *table* by key, each read and checked; *table* may be an incomplete overlay."""
    values = readers.table(table, path, problems, RELEASE)
    # Look at *table*, too: *values* lacks what could not be read, which would shift the indices.
    if values.get("dates"):
        _check_dates(table, path, problems)
    if values.get("ids"):
        _check_pages(table, path, problems)
    if values.get("unverified"):
        valid_names = frozenset(cast("tuple[str, ...]", values["unverified"]))
        _check_unverified(table["unverified"], valid_names, path, problems)
    for each in season_keys.contradictions(values):
        problems.append(Problem((*path, each.key), each.what, each.hint, keeps_entry=True))
    return values


def _check_dates(table: dict[str, Any], path: KeyPath, problems: Problems) -> None:
    places: set[tuple[str, str]] = {("worldwide", "no type")} if "date" in table else set()
    for index, dated in enumerate(table["dates"]):
        if not isinstance(dated, dict):
            continue
        region = dated.get("region", "no stated place" if "place" in dated else "worldwide")
        type = dated.get("type", "no type")
        if not (isinstance(region, str) and isinstance(type, str)):
            continue
        if (region, type) in places:
            hint = "if it changed, add that to moves"
            problems.append(
                Problem(
                    (*path, "dates", index), f"there's already a date for {region}, {type}", hint
                )
            )
        places.add((region, type))


def _check_pages(table: dict[str, Any], path: KeyPath, problems: Problems) -> None:
    """Report each id that was copied from a page about another kind of release."""
    for provider, id in table["ids"].items():
        if provider not in IDS:
            continue
        try:
            external_ids.check_kind(provider, id, table.get("kind"))
        except external_ids.InvalidIdError as error:
            problems.append(Problem((*path, "ids", provider), error.message, error.hint))


def _check_unverified(
    names: list[object], valid_names: frozenset[str], path: KeyPath, problems: Problems
) -> None:
    for index, name in enumerate(names):
        if not isinstance(name, str) or name not in valid_names:
            continue
        key = name.partition(".")[0]
        if key not in RELEASE:
            hint = readers.hint(key, RELEASE, problems)
            problems.append(Problem((*path, "unverified", index), f'unknown key "{name}"', hint))


def shared_id_hint(table: dict[str, Any] | None) -> str:
    """A hint for *table*, which has the external id of an earlier entry."""
    if table and (table.get("kind") in ("film", "short") or "season" in table):
        return "merge the two entries"
    return 'merge the two entries; only seasons share an id, as kind = "season" with season = 2'
