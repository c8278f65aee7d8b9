"""The user's own catalogue, changed: checked before and after, and never lost.

Every change is made alone, in one step, and noted beforehand so that it can be taken back.
"""

import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from errno import EFBIG, EINVAL
from typing import NamedTuple

from countdown import files
from countdown.catalogue import load, snapshots
from countdown.catalogue.document import Document
from countdown.catalogue.os_errors import NOTHING_CHANGED, os_errors_as
from countdown.catalogue.overlays import UserCatalogue
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, NothingFound
from countdown.toml import parse

_LOOK = "countdown diff"


class CatalogueLocation(NamedTuple):
    """Where the user's own catalogue is, what it lies over, and where its past is kept."""

    path: str
    below: tuple[str, ...]
    state: str  # the state folder

    @property
    def past(self) -> str:
        """The folder of what the catalogue was before each change."""
        return os.path.join(self.state, "undo")


class Change(NamedTuple):
    """What the catalogue was (None: missing), and what it now is or, tried out, would be."""

    before: bytes | None
    after: bytes | None


def change(
    own: CatalogueLocation, alter: Callable[[UserCatalogue], None], *, dry_run: bool = False
) -> Change:
    """Let *alter* change the catalogue, unless it is only a *dry_run*.

    Raises CatalogueError if the catalogue has problems before or after that, has changed
    meanwhile, or can't be written; then it is what it was. Raises what *alter* does, too.
    """
    if dry_run:
        with os_errors_as(own.path, look=_LOOK):
            return _altered(own, alter)
    with os_errors_as(own.path, look=_LOOK), files.exclusive_lock(own.state):
        made = _altered(own, alter)
        _write(own, made)
    return made


def replace(own: CatalogueLocation, after: bytes, *, known: bytes | None) -> Change:
    """Make *after* the catalogue, if that still is what was *known* of it.

    Raises CatalogueError as `change` does.
    """
    check(own, after)
    with os_errors_as(own.path, look=_LOOK), files.exclusive_lock(own.state):
        if _content(own) != known:
            raise files.FileChangedError(own.path)
        _write(own, Change(known, after))
    return Change(known, after)


def undo(own: CatalogueLocation, *, dry_run: bool = False) -> Change:
    """Undo the last change, unless it is only a *dry_run*.

    Raises NothingFound if there is none, and CatalogueError as `change` does.
    """
    with os_errors_as(own.path, look=_LOOK), files.exclusive_lock(own.state):
        current = _content(own)
        step = snapshots.last(own.past, current)
        if step is None or current is None:
            raise NothingFound(_no_step(own, current))
        if not dry_run:
            snapshots.save_undone(step, current)
            if step.before is None:
                files.remove(own.path, expected=current)
            else:
                files.replace(own.path, step.before, expected=current)
            snapshots.delete(step)
    return Change(current, step.before)


def content(own: CatalogueLocation) -> bytes | None:
    """What the catalogue holds; None if it is missing. Raises CatalogueError."""
    with os_errors_as(own.path, look=_LOOK):
        return _content(own)


def read(own: CatalogueLocation) -> UserCatalogue:
    """The catalogue as it is now, to be looked at. Raises CatalogueError if it has problems."""
    data = content(own)
    with saying_nothing_changed(), parse.once():
        below = _below(own)
        if data is not None:
            load.check([*below, load.read(own.path, data)], {})
        return UserCatalogue(Document(own.path, data), load.tables(below))


@contextmanager
def saying_nothing_changed() -> Iterator[None]:
    """Let whoever hears what is wrong with the catalogue also hear that nothing was changed."""
    try:
        yield
    except CatalogueError as error:
        raise CatalogueError(*error.lines, NOTHING_CHANGED) from None


def check(own: CatalogueLocation, data: bytes) -> None:
    """Raise CatalogueError with every problem of *data* as the user's own catalogue."""
    load.check([*_below(own), load.read(own.path, data)], {})


def style_warnings(own: CatalogueLocation, data: bytes | None) -> Iterator[str]:
    """What is unusual in the bytes of the catalogue and is kept, each with its place."""
    lines = (data or b"").split(b"\n")
    if lines[0].startswith(b"\xef\xbb\xbf"):
        yield escape_hostile(f"{own.path}:1:1: begins with a byte-order mark, which is kept")
    crlf = [line.endswith(b"\r") for line in lines[:-1]]
    if any(crlf) and os.linesep == "\n":
        number = crlf.index(True) + 1
        which = "like every line" if all(crlf) else "unlike others"
        yield escape_hostile(f"{own.path}:{number}: ends in CR LF, {which}, which is kept")


def _altered(own: CatalogueLocation, alter: Callable[[UserCatalogue], None]) -> Change:
    before = _content(own)
    sound: dict[int, load.Table] = {}  # Of what is checked again, only what has changed.
    with saying_nothing_changed(), parse.once():
        below = _below(own)
        if before is not None:
            load.check([*below, load.read(own.path, before)], sound)
        document = Document(own.path, before)
        try:
            alter(UserCatalogue(document, load.tables(below)))
        except (LookupError, TypeError, ValueError):  # It is written as nobody has foreseen.
            raise document.refusal from None
        after = document.data()
        load.check([*below, document.layer(after)], sound)
    return Change(before, after)


def _below(own: CatalogueLocation) -> Sequence[load.Layer]:
    """The layers below, which may be looked at several times: nothing may be taken out of them."""
    return [load.read(path, load.content(path)) for path in own.below]


def _content(own: CatalogueLocation) -> bytes | None:
    try:
        status = os.stat(own.path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):  # Whoever reads a pipe waits.
        raise OSError(EINVAL, "is no file that can be changed", own.path)
    if status.st_size > load.MAX_FILE_SIZE:
        limit = f"{load.MAX_FILE_SIZE // 1024**2} MiB"
        raise OSError(EFBIG, f"larger than {limit}, the most that is read", own.path)
    return files.content(own.path)


def _write(own: CatalogueLocation, made: Change) -> None:
    if made.after is None or made.after == made.before:
        return
    snapshots.save(own.past, made.before, made.after)
    try:
        files.replace(own.path, made.after, expected=made.before)
    except files.NotSyncedError:
        raise
    except OSError:
        snapshots.drop(own.past)
        raise
    snapshots.delete_oldest(own.past)


def _no_step(own: CatalogueLocation, current: bytes | None) -> str:
    if snapshots.any_snapshot(own.past, current):
        what = "your catalogue has been changed by other means since its last change by countdown"
        return escape_hostile(
            f"{what}, so that can't be undone; what it was before is in {own.past}"
        )
    return "there is no change to undo"
