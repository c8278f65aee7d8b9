"""Finds hidden releases by name in the catalogue files, as no index has them."""

import re
from collections.abc import Iterable
from typing import Any, Final

from countdown import paths
from countdown.core.text import fold, is_among
from countdown.errors import CatalogueError, NothingFound
from countdown.stamps import CatalogueFiles

# The key, and "hide", which is read as it, also quoted as in JSON.
_HIDING: Final = re.compile(rb"hid(?:e|den)[\"']?\s*[=:]", re.IGNORECASE)


class HiddenRelease(NothingFound):
    """The release with that *id* is hidden by the catalogue *path*, so no index has it."""

    def __init__(self, text: str, id: str, path: str) -> None:
        hint = "To see it, remove hidden = true there."
        if path == paths.user_catalogue():
            hint = f"To see it: countdown unhide {id}"
        super().__init__(f'"{text}" is hidden by {path}. {hint}')
        self.id = id


def check_hidden(text: str, layers: CatalogueFiles, *, in_part: bool = False) -> None:
    """Raise HiddenRelease if the release called *text* is hidden in *layers*.

    With *in_part*, the beginnings of some words of a title are enough.
    """
    # Deferred: only for an answer that found no full title.
    from countdown.catalogue import load, user_layer
    from countdown.cli import source_layers

    contents = {path: data for path in layers.paths if (data := _read(path)) is not None}
    # Merging the catalogues would take most of the answer.
    if not any(map(_HIDING.search, contents.values())):
        return
    files = [*contents]
    sources = source_layers.usable_layers(layers)
    catalogues, _ = user_layer.read_usable_layers(files, layers.optional, sources)
    for table in load.merge_tables(catalogues):
        id = table.get("id")
        translated = table.get("titles", {}).values()
        titles = (table.get("title", ""), *table.get("aliases", ()), *translated)
        if not (id and table.get("hidden")):
            continue
        is_whole = id == text.strip() or is_among(titles, text)
        if is_whole or (in_part and any(_has_words(title, text) for title in titles)):
            hiding = [layer.path for layer in catalogues if _hides(layer.tables, id)]
            called = text if is_whole else str(table.get("title", id))
            raise HiddenRelease(called, id, hiding[-1] if hiding else files[-1])


def _read(path: str) -> bytes | None:
    """The bytes of the catalogue *path*; None if it can't be read, and so hides nothing."""
    from countdown.catalogue import load  # Deferred, as above.

    try:
        return load.content(path, allow_pipe=False)
    except CatalogueError:
        return None


def _has_words(title: str, text: str) -> bool:
    """True if each word of *text* begins a word of *title*."""
    words, starts = fold(title).split(), fold(text).split()
    return bool(starts) and all(any(w.startswith(start) for w in words) for start in starts)


def _hides(tables: Iterable[dict[str, Any] | None], id: str) -> bool:
    return any(table and table.get("id") == id and table.get("hidden") for table in tables)
