"""What commands share that are given a title: the release found by any of its titles."""

import os
import sqlite3
from collections.abc import Iterable
from typing import Any

from countdown import paths
from countdown.core.outlook import STATES, Outlook
from countdown.core.text import fold
from countdown.errors import NothingFound
from countdown.index import names, suggestions
from countdown.index.freshness import CatalogueFiles
from countdown.index.query import Query, of_releases


class HiddenRelease(NothingFound):
    """The release with that *id* is hidden, by the catalogue *path*, so that no index has it."""

    def __init__(self, text: str, id: str, path: str) -> None:
        hint = "take hidden = true out there to see it"
        if path == paths.own_catalogue():
            hint = f"countdown edit {id} --unset hidden shows it"
        super().__init__(f'"{text}" is hidden by {path}; {hint}')
        self.id = id


def find_title(
    index: sqlite3.Connection, title: str, asked: Query, layers: CatalogueFiles
) -> list[Outlook]:
    """Every release that *title* means in the index of *layers*.

    Raises NothingFound, with the nearest titles, and of a release that is hidden, Hidden.
    """
    keys = names.titled(index, title)
    if not keys:
        _check_hidden(title, layers)
        near = suggestions.nearest_titles(index, title)
        hint = f"did you mean {quoted(near)}?" if near else "see countdown search --help"
        raise NothingFound(f'no release is called "{title}"; {hint}')
    return of_releases(index, keys, asked._replace(states=STATES, limit=None))


def is_among(called: Iterable[str], text: str) -> bool:
    """Whether *text* is one of those titles; case, accents and punctuation do not matter."""
    return fold(text) in map(fold, called)


def _check_hidden(text: str, layers: CatalogueFiles) -> None:
    from countdown.catalogue import load  # Deferred: only for an answer that found nothing.

    files = [path for path in layers.paths if os.path.isfile(path)]
    read = [load.read(path, load.content(path)) for path in files]
    for table in load.tables(read):
        id, called = table.get("id"), (table.get("title", ""), *table.get("aliases", ()))
        if id and table.get("hidden") and (id == text.strip() or is_among(called, text)):
            by = [one.path for one in read if _hides(one.tables, id)]
            raise HiddenRelease(text, id, by[-1] if by else files[-1])


def _hides(tables: Iterable[dict[str, Any] | None], id: str) -> bool:
    return any(table and table.get("id") == id and table.get("hidden") for table in tables)


def quoted(names: list[str]) -> str:
    """*names* as a hint lists them: `"Thor" or "Thor 4"`."""
    return " or ".join(f'"{name}"' for name in names)
