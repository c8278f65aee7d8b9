"""Writes a site into a folder: whole files only, and none that isn't its own.

A manifest in the folder names the files of the site. All new ones are written beside the old ones
first, and only then take their places, each in one step and the index last: a full disk changes
nothing, and a site that is read meanwhile, or whose writer is killed, has whole pages. The next run
completes it.
"""

import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from hashlib import sha256
from typing import Final, NamedTuple

from countdown import files
from countdown.cli import site_manifest
from countdown.cli.site_manifest import MANIFEST, OWNERS, Manifest, site_error
from countdown.errors import UsageError
from countdown.website.site import Earlier, File

_LOCK: Final = ".countdown-site"
_DRAFTS: Final = ".countdown-drafts"
_OWN: Final = frozenset({_DRAFTS, f"{_LOCK}.lock"})
_FILE_MODE: Final = 0o644  # Web servers read them.
_FOLDER_MODE: Final = 0o755
_UNCHANGED: Final = "The site is as it was."
_MIXED: Final = "Some files are new, all are whole. Run it again to complete the site."


class Written(NamedTuple):
    """How many files a site has, how many *changed*, and its own files that were left alone."""

    files: int
    changed: int
    kept: tuple[str, ...]


def check(folder: str) -> None:
    """Raise UsageError unless a site can be written into *folder*, an absolute path."""
    if not os.path.lexists(folder):
        parent = os.path.dirname(folder)
        if not os.path.isdir(parent):
            raise site_error(parent, "There's no such folder. Make it first.")
        return
    if not os.path.isdir(folder):
        raise site_error(folder, "That isn't a folder. Name another one.")
    if site_manifest.read(folder) is None:
        others = sorted({*os.listdir(folder)} - OWNERS - _OWN)
        if others:
            raise site_error(
                folder,
                f"It has other files than a site's, like {others[0]}. Name an empty folder.",
            )


def write(
    folder: str,
    make: Callable[[Callable[[str], Earlier]], Sequence[File]],
    report: Callable[[int, int], None],
) -> Written:
    """Write the site into *folder*, which `check` accepts, and remove what it lost.

    *make* returns its files; it is given a function that returns the earlier file at a path.
    *report* is told how many of how many have been made. Raises UsageError if there's something
    else in the place of a file, or a file can't be written. Then the site is as it was, or has
    whole files of which some are new.
    """
    check(folder)
    state = _UNCHANGED
    try:
        with suppress(FileExistsError):
            os.mkdir(folder, _FOLDER_MODE)
        with files.exclusive_lock(folder, _LOCK):
            before = site_manifest.read(folder) or site_manifest.EMPTY
            drafts = os.path.join(folder, _DRAFTS)
            _clear(drafts)
            os.mkdir(drafts, 0o700)
            try:
                made = make(partial(_earlier, folder, before))
                after, changed = _draft(folder, drafts, made, before, report)
                state = _MIXED
                return _replace(folder, drafts, before, after, changed)
            finally:
                _clear(drafts)
    except OSError as error:
        path = os.fsdecode(error.filename2 or error.filename or folder)
        where = folder if _DRAFTS in path else path
        raise site_error(where, f"{error.strerror or error}. {state}") from None


def _earlier(folder: str, manifest: Manifest, path: str) -> Earlier:
    """The file *path* of the site in *folder*; without parts unless it's as *manifest* has it."""
    data = _content(folder, path)
    if data is None or not _is_as_written(sha256(data).hexdigest(), path, manifest):
        return Earlier(data)
    return Earlier(data, manifest.parts.get(path, {}))


def _content(folder: str, path: str) -> bytes | None:
    """The content of the file *path*; None unless it's a regular one."""
    full = _within(folder, path)
    with suppress(OSError):
        if stat.S_ISREG(os.lstat(full).st_mode):
            return files.content(full)
    return None


def _is_as_written(known: str | None, path: str, manifest: Manifest) -> bool:
    """True if *known* is the one digest that *manifest* has of the file *path*."""
    return known is not None and [known] == [*manifest.files.get(path, ())]


def _draft(
    folder: str,
    drafts: str,
    made: Sequence[File],
    before: Manifest,
    report: Callable[[int, int], None],
) -> tuple[Manifest, list[str]]:
    """Write those *made* that changed as *drafts*; what the site will have, and their paths."""
    digests: dict[str, Collection[str]] = {}
    changed = []
    _check_parents(folder, (file.path for file in made))
    for number, file in enumerate(made):
        report(number, len(made))
        known = _digest(folder, file.path)
        if known is not None and file.path not in before.files:
            raise site_error(
                _within(folder, file.path), "countdown didn't write that file. Move it away."
            )
        is_as_written = _is_as_written(known, file.path, before)
        if is_as_written and file.source and file.source == before.sources.get(file.path):
            digests[file.path] = before.files[file.path]
            continue
        data = file.draw()
        new = sha256(data).hexdigest()
        digests[file.path] = (new,)
        if known != new:
            _write(os.path.join(drafts, _draft_name(file.path)), data)
            changed.append(file.path)
    report(len(made), len(made))
    sources = {file.path: file.source for file in made if file.source}
    parts = {file.path: file.parts for file in made if file.parts}
    return Manifest(digests, sources, parts), changed


def _replace(
    folder: str, drafts: str, before: Manifest, after: Manifest, changed: Sequence[str]
) -> Written:
    """Put the drafts of the *changed* files into their places, and remove what the site lost."""
    either = {
        path: {*before.files.get(path, ()), *after.files.get(path, ())}
        for path in {*before.files, *after.files}
    }
    new = {*changed}
    kept_sources = {path: source for path, source in before.sources.items() if path not in new}
    # First: a run that is killed leaves files that the next one knows.
    _write_manifest(folder, drafts, Manifest(either, kept_sources, before.parts))
    for path in changed:
        _make_folders(folder, path)
        os.replace(os.path.join(drafts, _draft_name(path)), _within(folder, path))
    kept = [*_remove(folder, before.files.keys() - after.files.keys(), before.files)]
    still_known = {path: before.files[path] for path in kept}
    _write_manifest(folder, drafts, after._replace(files={**after.files, **still_known}))
    return Written(len(after.files), len(changed), tuple(kept))


def _check_parents(folder: str, paths: Iterable[str]) -> None:
    """Raise UsageError if a part of one of *paths* leads out of the *folder*."""
    for parent in sorted({parent for path in paths for parent in _parents(path)}):
        full = _within(folder, parent)
        if os.path.lexists(full) and not stat.S_ISDIR(os.lstat(full).st_mode):
            raise site_error(full, "That isn't a folder of the site. Move it away.")


def _digest(folder: str, path: str) -> str | None:
    """The digest of the file *path*; empty if it's no regular file, None if there's nothing."""
    full = _within(folder, path)
    try:
        mode = os.lstat(full).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise site_error(full, "There's a folder in the place of a file. Move it away.")
    if not stat.S_ISREG(mode):
        return ""
    with open(full, "rb", buffering=0) as file:  # At once: it's one of thousands.
        return sha256(file.read()).hexdigest()


def _remove(
    folder: str, paths: Iterable[str], digests: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Remove the files *paths* and folders that are empty then; those that were changed stay."""
    for path in sorted(paths):
        try:
            _check_parents(folder, [path])
            known = _digest(folder, path)
        except UsageError:  # Something else has taken its place.
            known = ""
        if known is None:
            continue
        if known not in digests[path]:
            yield path
            continue
        os.unlink(_within(folder, path))
        for parent in reversed(_parents(path)):
            with suppress(OSError):
                os.rmdir(_within(folder, parent))


def _parents(path: str) -> list[str]:
    """The folders of *path* within the site, the outermost first."""
    parts = path.split("/")[:-1]
    return ["/".join(parts[:number]) for number in range(1, len(parts) + 1)]


def _within(folder: str, path: str) -> str:
    return os.path.join(folder, *path.split("/"))


def _make_folders(folder: str, path: str) -> None:
    for parent in _parents(path):
        with suppress(FileExistsError):
            os.mkdir(_within(folder, parent), _FOLDER_MODE)


def _draft_name(path: str) -> str:
    return sha256(path.encode()).hexdigest()


def _write_manifest(folder: str, drafts: str, manifest: Manifest) -> None:
    """Put *manifest* into the *folder*, in one step."""
    draft = os.path.join(drafts, _draft_name(MANIFEST))
    _write(draft, site_manifest.encode(manifest))
    os.replace(draft, os.path.join(folder, MANIFEST))


def _write(path: str, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, _FILE_MODE), "wb") as file:
        file.write(data)


def _clear(drafts: str) -> None:
    """Remove the folder *drafts*, or a link that took its place."""
    if os.path.islink(drafts) or os.path.isfile(drafts):
        os.unlink(drafts)
    elif os.path.isdir(drafts):
        shutil.rmtree(drafts)
