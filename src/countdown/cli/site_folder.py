"""Writes a site into a folder: all of it or nothing, and no file that isn't its own.

A manifest in the folder names the files of the site. All new ones are written beside the old ones
first, and only then take their places, each in one step and the index last: a site that is read
meanwhile, or whose writer is killed, has whole pages. The next run completes it.
"""

import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Final, NamedTuple

from countdown.core.text import escape_hostile
from countdown.errors import UsageError
from countdown.website.site import File

MANIFEST: Final = ".countdown-site.json"
_DRAFTS: Final = ".countdown-drafts"
_FORMAT: Final = 1
_MAX_MANIFEST: Final = 64 * 1024 * 1024  # bytes
_OWNERS: Final = frozenset(  # What a folder for a site may have from its owner
    {".git", ".gitattributes", ".gitignore", ".github", ".gitlab-ci.yml", ".nojekyll", "CNAME"}
)
_FILE_MODE: Final = 0o644  # Web servers read them.
_FOLDER_MODE: Final = 0o755


class Written(NamedTuple):
    """How many files a site has, how many *changed*, and its own files that were left alone."""

    files: int
    changed: int
    kept: tuple[str, ...]


class _Manifest(NamedTuple):
    """The digests of the site's files by path, and of what pictures were drawn from."""

    files: Mapping[str, str]
    sources: Mapping[str, str]


def check(folder: str) -> None:
    """Raise UsageError unless a site can be written into *folder*, an absolute path."""
    if not os.path.lexists(folder):
        parent = os.path.dirname(folder)
        if not os.path.isdir(parent):
            raise _error(parent, "There's no such folder. Make it first.")
        return
    if not os.path.isdir(folder):
        raise _error(folder, "That isn't a folder. Name another one.")
    if _read_manifest(folder) is None:
        others = sorted({*os.listdir(folder)} - _OWNERS - {_DRAFTS})
        if others:
            raise _error(
                folder,
                f"It has other files than a site's, like {others[0]}. Name an empty folder.",
            )


def write(folder: str, files: Sequence[File], report: Callable[[int, int], None]) -> Written:
    """Write the site of *files* into *folder*, which `check` accepts, and remove what it lost.

    *report* is told how many of how many have been made. The caller holds a lock. Raises OSError,
    and UsageError if there's something else in the place of a file. Then the site is as it was, or
    has only whole files.
    """
    check(folder)
    with suppress(FileExistsError):
        os.mkdir(folder, _FOLDER_MODE)
    before = _read_manifest(folder) or _Manifest({}, {})
    drafts = os.path.join(folder, _DRAFTS)
    _clear(drafts)
    os.mkdir(drafts, 0o700)
    try:
        after, changed = _draft(folder, drafts, files, before, report)
        both = _Manifest({**before.files, **after.files}, before.sources)
        _put(folder, drafts, MANIFEST, _encode(both))  # First: a run that's killed knows its files.
        for path in changed:
            _make_folders(folder, path)
            os.replace(os.path.join(drafts, _draft_name(path)), _within(folder, path))
        kept = [*_remove(folder, before.files.keys() - after.files.keys(), before.files)]
        _put(folder, drafts, MANIFEST, _encode(after))
    finally:
        _clear(drafts)
    return Written(len(after.files), len(changed), tuple(kept))


def _draft(
    folder: str,
    drafts: str,
    files: Sequence[File],
    before: _Manifest,
    report: Callable[[int, int], None],
) -> tuple[_Manifest, list[str]]:
    """Write those of *files* that changed as *drafts*; what the site will have, and their paths."""
    digests: dict[str, str] = {}
    sources: dict[str, str] = {}
    changed = []
    report(0, len(files))
    for number, file in enumerate(files, 1):
        report(number, len(files))
        known = _digest(folder, file.path)
        if known is not None and file.path not in before.files:
            raise _error(
                _within(folder, file.path), "countdown didn't write that file. Move it away."
            )
        if file.source:
            sources[file.path] = file.source
        is_drawn = known is not None and known == before.files.get(file.path)
        if file.source and is_drawn and before.sources.get(file.path) == file.source:
            digests[file.path] = before.files[file.path]
            continue
        data = file.draw()
        digests[file.path] = sha256(data).hexdigest()
        if known != digests[file.path]:
            _write(os.path.join(drafts, _draft_name(file.path)), data)
            changed.append(file.path)
    return _Manifest(digests, sources), changed


def _digest(folder: str, path: str) -> str | None:
    """The digest of the file *path*; empty if it's no regular file, None if there's nothing.

    Raises UsageError if a part of *path* leads out of the *folder*.
    """
    for parent in _parents(path):
        full = _within(folder, parent)
        if os.path.lexists(full) and not stat.S_ISDIR(os.lstat(full).st_mode):
            raise _error(full, "That isn't a folder of the site. Move it away.")
    full = _within(folder, path)
    try:
        mode = os.lstat(full).st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise _error(full, "There's a folder in the place of a file. Move it away.")
    if not stat.S_ISREG(mode):
        return ""
    with open(full, "rb") as file:
        return sha256(file.read()).hexdigest()


def _remove(folder: str, paths: Iterable[str], digests: Mapping[str, str]) -> Iterator[str]:
    """Remove the files *paths* and folders that are empty then; those that were changed stay."""
    for path in sorted(paths):
        if not _is_inside(path):
            continue
        known = _digest(folder, path)
        if known is None:
            continue
        if known != digests[path]:
            yield path
            continue
        os.unlink(_within(folder, path))
        for parent in reversed(_parents(path)):
            with suppress(OSError):
                os.rmdir(_within(folder, parent))


def _is_inside(path: str) -> bool:
    """True if *path*, which somebody may have written into a manifest, stays in the folder."""
    parts = path.split("/")
    return bool(path) and not {"", ".", ".."} & {*parts} and "\\" not in path and ":" not in path


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


def _put(folder: str, drafts: str, path: str, data: bytes) -> None:
    """Put the file *path* with *data* into its place, in one step."""
    draft = os.path.join(drafts, _draft_name(path))
    _write(draft, data)
    os.replace(draft, _within(folder, path))


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


def _encode(manifest: _Manifest) -> bytes:
    document = {
        "about": "Written by `countdown share`, which replaces and removes only these files.",
        "format": _FORMAT,
        "files": dict(sorted(manifest.files.items())),
        "sources": dict(sorted(manifest.sources.items())),
    }
    return (json.dumps(document, indent=1) + "\n").encode()


def _read_manifest(folder: str) -> _Manifest | None:
    """The manifest in *folder*; None without one. Raises UsageError if it can't be read."""
    path = os.path.join(folder, MANIFEST)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise _error(path, "That isn't a file. Move it away.")
        with open(path, "rb") as file:
            data = file.read(_MAX_MANIFEST)
    except FileNotFoundError:
        return None
    try:
        document = json.loads(data)
        manifest = _Manifest(document["files"], document["sources"])
        texts = [text for each in manifest for pair in each.items() for text in pair]
        is_known = document["format"] == _FORMAT and all(isinstance(each, str) for each in texts)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        is_known = False
    if not is_known:
        raise _error(
            path, "That isn't a manifest that this version can read. Name an empty folder."
        )
    return manifest


def _error(path: str, what: str) -> UsageError:
    return UsageError(escape_hostile(f"{path}: {what}"))
