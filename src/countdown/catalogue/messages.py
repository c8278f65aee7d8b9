"""Problems of a catalogue as messages, each with its line and the title of its release."""

from collections.abc import Mapping
from types import MappingProxyType

import tomli

from countdown.catalogue.key_names import RELEASE_NAMES, compact
from countdown.catalogue.readers import KeyPath, Problems
from countdown.core.text import is_visible
from countdown.toml import parse
from countdown.toml.parse import Table


def describe_problems(
    path: str,
    content: bytes,
    problems: Problems,
    origins: Mapping[KeyPath, KeyPath] = MappingProxyType({}),
) -> list[str]:
    """A message for each of *problems* of the file *path*, in the order of the file.

    *content* is that of the file; *origins* are those of `strict_tables.StrictFile`.
    """
    if not problems:
        return []
    document = content.decode("utf-8-sig")
    top = tomli.loads(document)
    problems = [
        problem
        if problem is parse.DROPPED_PROBLEM
        else problem._replace(path=origin_of(problem.path, origins))
        for problem in problems
    ]
    return parse.describe_problems(path, document, problems, PlaceNames(top).name)


def origin_of(path: KeyPath, origins: Mapping[KeyPath, KeyPath]) -> KeyPath:
    """The key path in the file for *path* in the tables of the format."""
    for length in range(len(path), 0, -1):
        if path[:length] in origins:
            return (*origins[path[:length]], *path[length:])
    return path


class PlaceNames:
    """Names for key paths of a file in messages; *top* has its tables."""

    def __init__(self, top: Table) -> None:
        self._top = top
        self._titles: dict[KeyPath, object] = {}  # Cached: a table can have thousands of keys.

    def name(self, path: KeyPath) -> str:
        """The name of *path* in a message, like `release[3] "Title": dates[0].region: `."""
        table = self._top.get(str(path[0])) if path else None
        length = 1
        if isinstance(table, list) and len(path) > 1 and isinstance(path[1], int):
            table, length = table[path[1]], 2
        title = table if length == 2 else None
        if isinstance(table, dict):
            if path[:length] not in self._titles:
                self._titles[path[:length]] = _title(table)
            title = self._titles[path[:length]]
        if length == 1 and title is None:
            return parse.dotted_path(path)
        quoted = ""
        if isinstance(title, str) and is_visible(title):
            quoted = f' "{parse.shorten(title)}"'
        label = parse.dotted_path(path[:length]).removesuffix(": ")
        return f"{label}{quoted}: {parse.dotted_path(path[length:])}"


def _title(table: Table) -> object:
    """The title of *table*, whatever its key is called; else its id."""
    names = {RELEASE_NAMES.get(compact(key), key): value for key, value in table.items()}
    title = table.get("title", names.get("title"))
    return table.get("id") if title is None else title
