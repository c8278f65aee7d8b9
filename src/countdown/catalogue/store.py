"""Changes of the user's own catalogue: checked before and after, and never lost.

Each change is made under a lock and in one step, and saved beforehand so that it can be undone.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from errno import EFBIG, EINVAL
from functools import partial
from typing import NamedTuple

from countdown import files
from countdown.catalogue import load, snapshots, source_files, source_reading
from countdown.catalogue.change_checks import check_change, wrong_tables
from countdown.catalogue.document import Document, LooseEntryError
from countdown.catalogue.former_ids import find_present_ids, former_ids
from countdown.catalogue.messages import describe_problems
from countdown.catalogue.os_errors import NOTHING_CHANGED, os_errors_as
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.user_layer import check_entries_readable
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError
from countdown.toml import parse

INSPECT_COMMAND = "countdown mine"


class CatalogueLocation(NamedTuple):
    """The paths of the user's own catalogue, of the catalogues below it, and of config.toml.

    The content of both files of the user before each change is saved in the *state_folder*. The
    layers of sources there lie over the lowest path if they may be used on *licence_day*, in UTC;
    without a day there are none.
    """

    path: str
    lower_paths: tuple[str, ...]
    state_folder: str
    config_path: str = ""
    licence_day: date | None = None

    @property
    def snapshots_folder(self) -> str:
        """The folder of the snapshots."""
        return snapshots.folder_in(self.state_folder)

    def path_of(self, file: str) -> str:
        """The path of the user's *file*, as `snapshots` names it."""
        if file.startswith(snapshots.SOURCE):
            folder = source_files.folder_in(self.state_folder)
            return source_files.path_of(folder, file.removeprefix(snapshots.SOURCE))
        return self.config_path if file == snapshots.CONFIG else self.path


class Change(NamedTuple):
    """The catalogue's content before and after a change, or a dry run; None if it is missing."""

    before: bytes | None
    after: bytes | None


def change(
    location: CatalogueLocation,
    alter: Callable[[UserCatalogue], None],
    *,
    dry_run: bool = False,
    command: str = "",
) -> Change:
    """Change the catalogue with *alter*, unless it is only a *dry_run*.

    *command* is what the user did, for `countdown undo`. Raises CatalogueError, and changes
    nothing, if the catalogue has problems before or after the change, has been changed meanwhile,
    or can't be written. Errors of *alter* pass through.
    """
    if dry_run:
        with os_errors_as(location.path, look=INSPECT_COMMAND):
            return _try_change(location, alter)
    with exclusive_access(location):
        result = _try_change(location, alter)
        _write(location, result, command)
    return result


def replace(
    location: CatalogueLocation, after: bytes, *, expected: bytes | None, command: str = ""
) -> Change:
    """Replace the catalogue by *after*, if its content is still *expected*.

    Raises CatalogueError as `change` does.
    """
    check(location, after)
    with exclusive_access(location):
        if read_bytes(location.path) != expected:
            raise files.FileChangedError(location.path)
        _write(location, Change(expected, after), command)
    return Change(expected, after)


def content(location: CatalogueLocation) -> bytes | None:
    """The bytes of the catalogue; None if it is missing. Raises CatalogueError."""
    with os_errors_as(location.path, look=INSPECT_COMMAND):
        return read_bytes(location.path)


def ids(location: CatalogueLocation) -> set[str]:
    """The ids of all releases, former ones and those of hidden releases included.

    Raises CatalogueError.
    """
    data = content(location)
    with saying_nothing_changed():
        own = [] if data is None else [load.read_layer(location.path, data)]
        layers = [*read_lower_layers(location), *own]
        load.complete(layers)
        tables = [table for layer in layers for table in layer.tables if table]
        found = (id for table in tables for id in (table.get("id"), *former_ids(table)))
        return {id for id in found if isinstance(id, str)}


def built_in_ids(location: CatalogueLocation) -> set[str]:
    """The ids of the releases that the lower catalogues have, whatever sources know."""
    layers = [load.read_layer(path, load.content(path)) for path in location.lower_paths]
    return {str(table["id"]) for table in load.merge_tables(layers) if "id" in table}


def read(location: CatalogueLocation) -> UserCatalogue:
    """The catalogue in its present state. Raises CatalogueError if it can't be read."""
    data = content(location)
    with saying_nothing_changed(), parse.parse_cache():
        lower_layers = read_lower_layers(location)
        present = _read_present(location, data, lower_layers)
        tables = load.merge_tables(lower_layers)
        document = Document(location.path, data, present)
        return UserCatalogue(document, tables, partial(wrong_tables, lower_layers, present))


@contextmanager
def saying_nothing_changed() -> Iterator[None]:
    """Append "nothing was changed" to a CatalogueError."""
    try:
        yield
    except CatalogueError as error:
        raise CatalogueError(*error.lines, NOTHING_CHANGED) from None


def check(location: CatalogueLocation, data: bytes) -> None:
    """Raise CatalogueError with every problem of *data* as the user's own catalogue.

    An entry for a release that no longer exists isn't a problem.
    """
    lower, own = read_lower_layers(location), load.read_layer(location.path, data)
    load.find_problems([*lower, own])
    own.problems[:] = [problem for problem in own.problems if not problem.is_quiet]
    load.raise_problems([*lower, own])


def style_warnings(location: CatalogueLocation, data: bytes | None) -> Iterator[str]:
    """Warnings about a byte-order mark or a mix of line ends that stays, each with its place."""
    lines = (data or b"").split(b"\n")
    if lines[0].startswith(b"\xef\xbb\xbf"):
        yield escape_hostile(f"{location.path}:1:1: starts with a byte-order mark, which is kept")
    crlf = [line.endswith(b"\r") for line in lines[:-1]]
    if any(crlf) and not all(crlf):
        number = crlf.index(True) + 1
        yield escape_hostile(
            f"{location.path}:{number}: ends in CR LF, unlike others, which is kept"
        )


@contextmanager
def exclusive_access(location: CatalogueLocation) -> Iterator[None]:
    """Hold the lock of the user's files; an OSError becomes a CatalogueError."""
    with (
        os_errors_as(location.path, look=INSPECT_COMMAND),
        files.exclusive_lock(location.state_folder),
    ):
        yield


def _try_change(location: CatalogueLocation, alter: Callable[[UserCatalogue], None]) -> Change:
    """The checked result of *alter*, which is not written."""
    before = read_bytes(location.path)
    with saying_nothing_changed(), parse.parse_cache():
        lower_layers = read_lower_layers(location)
        present = _read_present(location, before, lower_layers)
        document = Document(location.path, before, present)
        tables = load.merge_tables(lower_layers)
        try:
            alter(UserCatalogue(document, tables, partial(wrong_tables, lower_layers, present)))
        except LooseEntryError as error:
            problems = _problem_lines(lower_layers, present)  # `check --fix` refuses these.
            by_hand = "Correct these lines with countdown edit, then run"
            when = by_hand if problems else "First run"
            hint = f"{when}: countdown check --fix"
            raise CatalogueError(*problems, *(f"{line} {hint}" for line in error.lines)) from None
        except (LookupError, TypeError, ValueError, AttributeError):
            # A mistake in the entry that is to be changed, or TOML written in an unforeseen way.
            problems = _problem_lines(lower_layers, present)
            raise CatalogueError(*(problems or document.not_editable_error.lines)) from None
        after = document.data()
        check_change(lower_layers, present, document.layer(after), find_present_ids(tables))
    return Change(before, after)


def _problem_lines(lower_layers: Sequence[load.Layer], layer: load.Layer) -> list[str]:
    """A message for each mistake in *layer*, as `countdown check` writes it."""
    load.find_problems([*lower_layers, layer], lower_layers)
    problems = [problem for problem in layer.problems if not problem.is_quiet]
    # Each is there twice if the change has checked the entries already.
    return [*dict.fromkeys(describe_problems(layer.path, layer.content, problems, layer.origins))]


def _read_present(
    location: CatalogueLocation, data: bytes | None, lower_layers: Sequence[load.Layer]
) -> load.Layer:
    """The user's own layer before a change; an empty one if it is missing.

    Raises CatalogueError if its entries can't be read.
    """
    layer = load.read_layer(location.path, data or b"")
    check_entries_readable(layer)
    if None in layer.tables:
        load.raise_problems([layer])
    load.complete([*lower_layers, layer])
    load.raise_problems(lower_layers)
    return layer


def read_lower_layers(location: CatalogueLocation) -> Sequence[load.Layer]:
    """The layers below the user's own. They are read several times, so none may be emptied.

    Raises CatalogueError.
    """
    paths, day = location.lower_paths, location.licence_day

    def read() -> list[load.Layer]:
        sources = day and source_reading.read_source_layers(location.state_folder, day).layers
        return load.read_layers(paths, sources=sources or ())

    return parse.shared_result(paths, read)


def read_bytes(path: str) -> bytes | None:
    """The bytes of the user's file *path*; None if it is missing. Raises OSError."""
    try:
        status = os.stat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):  # Reading a pipe would wait forever.
        raise OSError(EINVAL, "Not a regular file", path)
    if status.st_size > load.MAX_FILE_SIZE:
        limit = f"{load.MAX_FILE_SIZE // 1024**2} MiB"
        raise OSError(EFBIG, f"Too large (the limit is {limit})", path)
    return files.content(path)


def _write(location: CatalogueLocation, change: Change, command: str) -> None:
    if change.after is None or change.after == change.before:
        return
    snapshots.save_and_replace(
        location.snapshots_folder,
        snapshots.CATALOGUE,
        location.path,
        change.after,
        before=change.before,
        command=command,
    )
