"""Former ids of releases, from the key `was`: a user's entry for one still finds its release.

A former id doesn't count where a user's entry has it as the id of another release.
"""

from collections.abc import Iterable, Sequence

from countdown.catalogue.readers import Problem, Problems
from countdown.core.text import fold
from countdown.toml.parse import Table


def former_ids(table: Table) -> list[str]:
    """The former ids of *table*, even if other values of it are wrong."""
    ids = table.get("was", ())
    return [id for id in ids if isinstance(id, str)] if isinstance(ids, (list, tuple)) else []


def find_present_ids(tables: Iterable[Table]) -> dict[str, str]:
    """The present id for each former one; *tables* are releases, merged from all layers."""
    tables = [*tables]
    renamed = [table for table in tables if "was" in table and isinstance(table.get("id"), str)]
    if not renamed:
        return {}
    present = {table.get("id") for table in tables if isinstance(table.get("id"), str)}
    ids: dict[str, str] = {}
    for table in renamed:
        for id in former_ids(table):
            if id not in present:
                ids.setdefault(id, table["id"])
    return ids


def is_conflict(entry: Table, release: Table) -> bool:
    """True if *entry*, whose id is a former one of *release*, has another title or kind."""
    if "kind" in entry and entry["kind"] != release.get("kind"):
        return True
    title = entry.get("title")
    return isinstance(title, str) and fold(title) not in map(fold, _titles(release))


def _titles(release: Table) -> list[str]:
    """All titles of *release*."""
    aliases, translated = release.get("aliases", ()), release.get("titles", {})
    values = [release.get("title"), *(aliases if isinstance(aliases, (list, tuple)) else ())]
    values += translated.values() if isinstance(translated, dict) else ()
    return [value for value in values if isinstance(value, str)]


def check_claims(tables: Sequence[Table | None], problems: Problems) -> None:
    """Report each former id in *tables*, those of one file, that another of them has or had."""
    claims: dict[str, int] = {}
    renamed: list[tuple[int, Table]] = []
    for index, table in enumerate(tables):
        if table and "was" in table:
            renamed.append((index, table))
    if not renamed:
        return
    for index, table in enumerate(tables):
        if table and isinstance(table.get("id"), str):
            claims.setdefault(table["id"], index)
    ids = {*claims}
    for index, table in renamed:
        for number, id in enumerate(former_ids(table)):
            if claims.setdefault(id, index) != index or id in ids:
                what = "is the id of" if id in ids else "is a former id of"
                what = f'"{id}" {what} release[{claims[id]}]'
                path = ("release", index, "was", number)
                problems.append(Problem(path, what, "leave it out", keeps_entry=True))


def report_conflicts(
    tables: Sequence[Table | None], lower: Sequence[Table], problems: Problems
) -> None:
    """Report each entry of *tables* whose id is a former one of another release of *lower*."""
    present_ids = find_present_ids(lower)
    releases = {table.get("id"): table for table in lower}
    for index, table in enumerate(tables):
        id = (table or {}).get("id")
        if table and isinstance(id, str) and id in present_ids:
            present = present_ids[id]
            if is_conflict(table, releases[present]):
                what = f'"{id}" is a former id of "{present}", which has another title or kind'
                hint = "they stay two releases; choose another id"
                problems.append(Problem(("release", index, "id"), what, hint))
