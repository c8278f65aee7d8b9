"""The files of sources' layers in the state folder: each is replaced whole, or not at all.

`wikidata.toml` is read; `wikidata.prev.toml` is what was read before; `wikidata.held.toml` is held
back: it couldn't be read, or lost more than its source can have meant. `wikidata.off.toml` waits
for its source to be switched on again. None is written by hand.
"""

import os
import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final, Literal, NamedTuple

from countdown import files
from countdown.catalogue import load, schema
from countdown.catalogue.layer import Layer
from countdown.errors import CatalogueError
from countdown.toml.parse import Table

_FOLDER: Final = "sources"
_NAME: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MAX_NAME: Final = 60  # characters
_END, _PREVIOUS, _HELD, _OFF = ".toml", ".prev.toml", ".held.toml", ".off.toml"
NOT_A_SOURCE: Final = "it isn't the file of a source"
Outcome = Literal["new", "changed", "unchanged", "held back"]


class Header(NamedTuple):
    """What stands at the top of a layer. See `layer.Source`."""

    origin: str
    read: datetime
    title: str | None = None
    licence: str | None = None
    credit: str | None = None
    refresh: str | None = None
    expires: date | None = None
    checked: date | None = None
    serial: int | None = None
    mirrors: tuple[str, ...] | None = None


class Verdict(NamedTuple):
    """What became of a new layer: its *outcome*, and *why* if it is held back, for users.

    It has *after* releases, and the one in use had *before*.
    """

    outcome: Outcome
    before: int
    after: int
    why: str = ""


def folder_in(state_folder: str) -> str:
    """The folder of the layers."""
    return os.path.join(state_folder, _FOLDER)


def path_of(folder: str, name: str) -> str:
    """The file of the layer *name*. Raises ValueError if that can't be the name of a source."""
    return _path(folder, name, _END)


def name_of(path: str) -> str:
    """The name of the layer in the file *path*."""
    return os.path.basename(path).removesuffix(_END)


def render(header: Header, tables: Sequence[Table]) -> bytes:
    """The bytes of a layer with *tables*, those of an adapter in `sources`."""
    from countdown.toml.dump import dump  # Deferred: the library takes 15 ms.

    top = {
        key: [*value] if isinstance(value, tuple) else value
        for key, value in header._asdict().items()
        if value is not None
    }
    return dump({"format": schema.FORMAT, **top, "release": [*tables]})


def paths(folder: str) -> list[str]:
    """The paths of the layers, in order of their names.

    None is read: what its licence says about its end is in the layer (`has_expired`). Raises
    OSError, but not if there is no folder.
    """
    names = (name.removesuffix(_END) for name in _names(folder) if name.endswith(_END))
    return [path_of(folder, name) for name in names if is_name(name)]


def has_expired(layer: Layer | None, today: date) -> bool:
    """True if *layer* says that it may not be used on *today* any more."""
    expires = layer.source.expires if layer and layer.source else None
    return expires is not None and expires.latest < today


def offer(
    folder: str,
    name: str,
    data: bytes,
    *,
    is_accepted: bool = False,
    dropped: Collection[str] = (),
    is_dry: bool = False,
) -> Verdict:
    """Put *data* in the place of the layer *name*, unless it has to be held back.

    It is if it can't be read, is older than the one in use, or has lost half of its releases; the
    last two unless the user has *is_accepted* it. Releases with the ids *dropped*, which nobody
    wants any more, don't count as lost. With *is_dry*, the verdict is all: no file changes. The
    caller must hold the lock of `refresh`. Raises OSError; then the old layer is whole.
    """
    path = path_of(folder, name)
    old = files.content(path)
    verdict = _verdict(path, old, data, dropped, is_accepted=is_accepted)
    if not is_dry:
        _apply(folder, name, verdict, old, data)
    return verdict


def held_back(folder: str, name: str) -> bytes | None:
    """The layer *name* that is held back; None if there is none. Raises OSError."""
    return files.content(_path(folder, name, _HELD))


def previous(folder: str, name: str) -> bytes | None:
    """The layer *name* that was in use before; None if there was none. Raises OSError."""
    return files.content(_path(folder, name, _PREVIOUS))


def why_held(folder: str, name: str) -> str:
    """Why the layer *name* is held back; empty if none is. Raises OSError."""
    path, data = path_of(folder, name), held_back(folder, name)
    if data is None:
        return ""
    after = layer_in(path, data)
    doubt = _suspicion(layer_in(path, files.content(path)), after, dropped=())
    return _cannot_be_used(path, data, after) or doubt or "it was doubtful when it was read"


def accept(folder: str, name: str) -> Verdict | None:
    """Use the layer *name* that is held back; None if there is none.

    It stays held back if it can't be read. Raises OSError.
    """
    data = held_back(folder, name)
    return None if data is None else offer(folder, name, data, is_accepted=True)


def discard_held(folder: str, name: str) -> None:
    """Delete the layer *name* that is held back, if there is one. Raises OSError."""
    _discard(_path(folder, name, _HELD))


def remove(folder: str, name: str) -> None:
    """Delete all files of the layer *name*. Raises OSError."""
    for end in (_END, _PREVIOUS, _HELD, _OFF):
        _discard(_path(folder, name, end))


def use_only(folder: str, names: Collection[str]) -> None:
    """Use the layers of the sources *names* alone; the others wait until they are among them.

    The caller must hold the lock of `refresh`. Raises OSError.
    """
    for file in _names(folder):
        name = file.partition(".")[0]
        here, aside = (os.path.join(folder, name + end) for end in (_END, _OFF))
        if file == name + _END and name not in names:
            os.replace(here, aside)
        elif file == name + _OFF and name in names and not os.path.lexists(here):
            os.replace(aside, here)


def set_aside(folder: str) -> set[str]:
    """The names of the layers that wait until their sources are in use again. Raises OSError."""
    return {file.removesuffix(_OFF) for file in _names(folder) if file.endswith(_OFF)}


def delete_expired(folder: str, today: date) -> None:
    """Delete the layers that aren't in use and mustn't be kept on *today* any more.

    One in use loses what has expired when its source is read. What can't be opened, stays. The
    caller must hold the lock of `refresh`.
    """
    for file in _names(folder):
        if file.endswith((_PREVIOUS, _HELD, _OFF)):
            path = os.path.join(folder, file)
            with suppress(OSError):
                if has_expired(layer_in(path, files.content(path)), today):
                    _discard(path)


def _verdict(
    path: str, old: bytes | None, data: bytes, dropped: Collection[str], *, is_accepted: bool
) -> Verdict:
    """What is to become of *data*, when *old* is the layer *path* in use."""
    before, after = layer_in(path, old), layer_in(path, data)
    counts = (_count(before), _count(after))
    why = _cannot_be_used(path, data, after) or (
        "" if is_accepted else _suspicion(before, after, dropped)
    )
    if why:
        return Verdict("held back", *counts, why)
    outcome: Outcome = "new" if old is None else "unchanged" if old == data else "changed"
    return Verdict(outcome, *counts)


def _apply(folder: str, name: str, verdict: Verdict, old: bytes | None, data: bytes) -> None:
    """Do with *data* what *verdict* says; *old* is kept as the previous layer."""
    held = _path(folder, name, _HELD)
    if verdict.outcome == "held back":
        _replace(held, data)
        return
    _discard(held)
    if verdict.outcome == "changed" and old is not None:
        _replace(_path(folder, name, _PREVIOUS), old)
    if verdict.outcome != "unchanged":
        files.replace(path_of(folder, name), data, expected=old)


def _cannot_be_used(path: str, data: bytes, layer: Layer | None) -> str:
    """Why *data* can't be a layer; empty if it can."""
    if layer is None:
        try:
            load.read_layer(path, data)
        except CatalogueError as error:
            return error.lines[0].removeprefix(f"{path}:")
    if layer is None or layer.source is None:
        return NOT_A_SOURCE
    wrong, count = layer.source.wrong, len(layer.tables)
    return f"{wrong} of its {count} releases can't be read" if wrong * 2 > count else ""


def _suspicion(before: Layer | None, after: Layer | None, dropped: Collection[str]) -> str:
    """Why *after* had better not replace *before*; empty if it can."""
    if before is None or after is None or before.source is None or after.source is None:
        return ""
    old, new = before.source, after.source
    if old.serial is not None and new.serial is not None and new.serial < old.serial:
        return f"it is older: its serial is {new.serial}, after {old.serial}"
    if old.read is not None and new.read is not None and new.read.latest < old.read.latest:
        return "it was read before the one in use"
    kept = {table["id"] for table in after.tables if table}
    expected = [table["id"] for table in before.tables if table and table["id"] not in dropped]
    lost = sum(id not in kept for id in expected)
    if lost == len(expected) == 1:
        return "it has lost its only release"
    if lost and lost == len(expected):
        return f"it has lost all {lost:,} releases"
    if lost * 2 > len(expected):
        return f"it has lost {lost:,} of {len(expected):,} releases"
    return ""


def _count(layer: Layer | None) -> int:
    return 0 if layer is None else sum(table is not None for table in layer.tables)


def layer_in(path: str, data: bytes | None) -> Layer | None:
    """The layer in *data*, of the file *path*; None if there is none, or it can't be read."""
    if data is None:
        return None
    try:
        return load.read_layer(path, data)
    except CatalogueError:
        return None


def _replace(path: str, data: bytes) -> None:
    files.replace(path, data, expected=files.content(path))


def _discard(path: str) -> None:
    data = files.content(path)
    if data is not None:
        files.remove(path, expected=data)


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except FileNotFoundError:
        return []


def _path(folder: str, name: str, end: str) -> str:
    if not is_name(name):
        raise ValueError(
            f'"{name}" can\'t be the name of a source; use letters, digits and hyphens'
        )
    return os.path.join(folder, name + end)


def is_name(name: str) -> bool:
    """True if *name* can be that of a source."""
    return len(name) <= _MAX_NAME and _NAME.fullmatch(name) is not None
