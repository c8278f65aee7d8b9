"""Writes a site into a folder: whole files only, and none that isn't its own.

A manifest in the folder names the files of the site. All new ones are written beside the old ones
first, and only then take their places, each in one step and the index last: a full disk changes
nothing, and a site that is read meanwhile, or whose writer is killed, has whole pages. The next run
completes it.
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from hashlib import sha256
from typing import Final, NamedTuple

from countdown import files
from countdown.core.text import escape_hostile, find_hostile
from countdown.errors import UsageError
from countdown.website.site import File

MANIFEST: Final = ".countdown-site.json"
_LOCK: Final = ".countdown-site"
_DRAFTS: Final = ".countdown-drafts"
_FORMAT: Final = 1
_MAX_MANIFEST: Final = 64 * 1024 * 1024  # bytes
_OWNERS: Final = frozenset(  # What a folder for a site may have from its owner
    {".git", ".gitattributes", ".gitignore", ".github", ".gitlab-ci.yml", ".nojekyll", "CNAME"}
)
_OWN: Final = frozenset({_DRAFTS, f"{_LOCK}.lock"})
_MAX_NAME: Final = 200  # characters of a name in a manifest
_FILE_MODE: Final = 0o644  # Web servers read them.
_FOLDER_MODE: Final = 0o755
_UNCHANGED: Final = "The site is as it was."
_MIXED: Final = "Some files are new, all are whole. Run it again to complete the site."


class Written(NamedTuple):
    """How many files a site has, how many *changed*, and its own files that were left alone."""

    files: int
    changed: int
    kept: tuple[str, ...]


class _Manifest(NamedTuple):
    """The digests that each file of the site may have, and of what it was made, by path.

    There are two while a run puts a new file into the place of an old one.
    """

    files: Mapping[str, Collection[str]]
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
        others = sorted({*os.listdir(folder)} - _OWNERS - _OWN)
        if others:
            raise _error(
                folder,
                f"It has other files than a site's, like {others[0]}. Name an empty folder.",
            )


def write(
    folder: str, make: Callable[[], Sequence[File]], report: Callable[[int, int], None]
) -> Written:
    """Write the site into *folder*, which `check` accepts, and remove what it lost.

    *make* returns its files; *report* is told how many of how many have been made. Raises
    UsageError if there's something else in the place of a file, or a file can't be written. Then
    the site is as it was, or has whole files of which some are new.
    """
    check(folder)
    state = _UNCHANGED
    try:
        with suppress(FileExistsError):
            os.mkdir(folder, _FOLDER_MODE)
        with files.exclusive_lock(folder, _LOCK):
            before = _read_manifest(folder) or _Manifest({}, {})
            drafts = os.path.join(folder, _DRAFTS)
            _clear(drafts)
            os.mkdir(drafts, 0o700)
            try:
                after, changed = _draft(folder, drafts, make(), before, report)
                state = _MIXED
                return _replace(folder, drafts, before, after, changed)
            finally:
                _clear(drafts)
    except OSError as error:
        path = os.fsdecode(error.filename2 or error.filename or folder)
        where = folder if _DRAFTS in path else path
        raise _error(where, f"{error.strerror or error}. {state}") from None


def content(folder: str, path: str) -> bytes | None:
    """The file *path* of the site in *folder*; None unless it's a regular file."""
    full = _within(folder, path)
    with suppress(OSError):
        if stat.S_ISREG(os.lstat(full).st_mode):
            return files.content(full)
    return None


def _draft(
    folder: str,
    drafts: str,
    made: Sequence[File],
    before: _Manifest,
    report: Callable[[int, int], None],
) -> tuple[_Manifest, list[str]]:
    """Write those *made* that changed as *drafts*; what the site will have, and their paths."""
    digests: dict[str, Collection[str]] = {}
    sources: dict[str, str] = {}
    changed = []
    for number, file in enumerate(made):
        report(number, len(made))
        known = _digest(folder, file.path)
        if known is not None and file.path not in before.files:
            raise _error(
                _within(folder, file.path), "countdown didn't write that file. Move it away."
            )
        if file.source:
            sources[file.path] = file.source
            is_as_written = known is not None and [known] == [*before.files.get(file.path, ())]
            if is_as_written and before.sources.get(file.path) == file.source:
                digests[file.path] = before.files[file.path]
                continue
        data = file.draw()
        new = sha256(data).hexdigest()
        digests[file.path] = (new,)
        if known != new:
            _write(os.path.join(drafts, _draft_name(file.path)), data)
            changed.append(file.path)
    report(len(made), len(made))
    return _Manifest(digests, sources), changed


def _replace(
    folder: str, drafts: str, before: _Manifest, after: _Manifest, changed: Sequence[str]
) -> Written:
    """Put the drafts of the *changed* files into their places, and remove what the site lost."""
    either = {
        path: {*before.files.get(path, ()), *after.files.get(path, ())}
        for path in {*before.files, *after.files}
    }
    kept_sources = {path: of for path, of in before.sources.items() if path not in {*changed}}
    # First: a run that is killed leaves files that the next one knows.
    _replace_file(folder, drafts, MANIFEST, _encode(_Manifest(either, kept_sources)))
    for path in changed:
        _make_folders(folder, path)
        os.replace(os.path.join(drafts, _draft_name(path)), _within(folder, path))
    kept = [*_remove(folder, before.files.keys() - after.files.keys(), before.files)]
    still_known = {path: before.files[path] for path in kept}
    last = after._replace(files={**after.files, **still_known})
    _replace_file(folder, drafts, MANIFEST, _encode(last))
    return Written(len(after.files), len(changed), tuple(kept))


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
        return hashlib.file_digest(file, "sha256").hexdigest()


def _remove(
    folder: str, paths: Iterable[str], digests: Mapping[str, Collection[str]]
) -> Iterator[str]:
    """Remove the files *paths* and folders that are empty then; those that were changed stay."""
    for path in sorted(paths):
        try:
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


def _is_inside(path: str) -> bool:
    """True if *path*, which anybody may have written into a manifest, can be a file of a site."""
    parts = path.split("/")
    is_short = all(0 < len(part) <= _MAX_NAME for part in parts)
    is_plain = not find_hostile(path) and "\\" not in path and ":" not in path
    return is_short and is_plain and {".", ".."}.isdisjoint(parts) and parts[0] not in _OWNERS


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


def _replace_file(folder: str, drafts: str, path: str, data: bytes) -> None:
    """Replace the file *path* by one with *data*, in one step."""
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
        "files": {path: sorted(manifest.files[path]) for path in sorted(manifest.files)},
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
        listed = {path: [*each] for path, each in document["files"].items() if _is_inside(path)}
        sources = {path: str(each) for path, each in document["sources"].items()}
        if document["format"] == _FORMAT:
            return _Manifest(listed, sources)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise _error(path, "That isn't a manifest that this version can read. Name an empty folder.")


def _error(path: str, what: str) -> UsageError:
    return UsageError(escape_hostile(f"{path}: {what}"))
