"""Reads the layers of sources for an answer: what can't be used is left out, and stops nothing."""

from datetime import date
from typing import Final, NamedTuple

from countdown import paths
from countdown.catalogue import load, source_files
from countdown.catalogue.layer import Layer
from countdown.errors import CatalogueError
from countdown.stamps import CatalogueFiles, Stamp, content_hash, link_stamp, names_hash, stamp

_EXPIRED: Final = "its licence ended on {}"


class SourceFile(NamedTuple):
    """A layer's file, or the folder of them all, with its stamp and hash before it was read.

    One that *is_blocked* can't be opened, or isn't the user's alone.
    """

    path: str
    stamp: Stamp | None
    content_hash: str | None = None
    is_blocked: bool = False


class SourceProblem(NamedTuple):
    """Why nothing of the layer *name* is used, for users."""

    name: str
    why: str


class SourceLayers(NamedTuple):
    """The usable *layers* in order of their names, and why others aren't usable.

    *files* are what they depend on: the folder, then each layer's file. From the first to the last
    of *days*, which are ordinals, the same ones are usable; None is no limit.
    """

    layers: list[Layer]
    problems: tuple[SourceProblem, ...] = ()
    files: tuple[SourceFile, ...] = ()
    days: tuple[int | None, int | None] = (None, None)


def read_source_layers(state_folder: str, today: date) -> SourceLayers:
    """The layers of sources in *state_folder* that may be used on *today*, a day in UTC."""
    return read_folder(source_files.folder_in(state_folder), today)


def layers_of(files: CatalogueFiles, today: date) -> list[Layer]:
    """The layers of sources of *files* that may be used on *today*."""
    return read_folder(files.sources, today).layers if files.sources else []


def read_folder(folder: str, today: date) -> SourceLayers:
    """The layers in *folder* that may be used on *today*."""
    state = stamp(folder)
    try:
        names, found = names_hash(folder), source_files.paths(folder)
    except (FileNotFoundError, NotADirectoryError):
        return SourceLayers([], files=(SourceFile(folder, state),))
    except OSError:
        return SourceLayers([], files=(SourceFile(folder, state, is_blocked=True),))
    read, problems = [], []
    files = [SourceFile(folder, state, names)]
    ends: list[int] = []
    for path in found:
        file, layer, why = _read(path)
        files.append(file)
        expires = layer.source.expires if layer and layer.source else None
        if expires is not None:
            ends.append(expires.latest.toordinal())
        if source_files.has_expired(layer, today):
            layer, why = None, _EXPIRED.format(expires.edtf if expires else "")
        if layer is None:
            problems.append(SourceProblem(source_files.name_of(path), why))
        else:
            read.append(layer)
    past = [end for end in ends if end < today.toordinal()]
    first_day = max(past) + 1 if past else None
    last_day = min((end for end in ends if end not in past), default=None)
    return SourceLayers(read, tuple(problems), tuple(files), (first_day, last_day))


def _read(path: str) -> tuple[SourceFile, Layer | None, str]:
    """The file *path* as it is now, its layer, and else why that can't be used."""
    state = link_stamp(path)  # Before it is read: it can be replaced just then.
    blocked = paths.blocked_reason(path)
    if blocked:
        return SourceFile(path, state, is_blocked=True), None, blocked
    try:
        data = load.content(path, allow_pipe=False)
    except CatalogueError as error:
        why = error.lines[0].removeprefix(f"{path}: ")
        return SourceFile(path, state, is_blocked=True), None, why
    file = SourceFile(path, state, content_hash(data))
    try:
        layer = load.read_layer(path, data)
    except CatalogueError as error:
        return file, None, error.lines[0].removeprefix(f"{path}:")
    if layer.source is None:
        return file, None, source_files.NOT_A_SOURCE
    return file, layer, ""
