"""The manifest of a site: what its files are, and what they were made from."""

import json
import os
import stat
from collections.abc import Collection, Mapping
from typing import Final, NamedTuple

from countdown.core.text import escape_hostile, find_hostile
from countdown.errors import UsageError

MANIFEST: Final = ".countdown-site.json"
OWNERS: Final = frozenset(  # What a folder for a site may have from its owner
    {".git", ".gitattributes", ".gitignore", ".github", ".gitlab-ci.yml", ".nojekyll", "CNAME"}
)
_FORMAT: Final = 1
_MAX_SIZE: Final = 64 * 1024 * 1024  # bytes
_MAX_NAME: Final = 200  # characters


class Manifest(NamedTuple):
    """The digests that each file of the site may have, by path, and of what it was made.

    There are two of a file while a run puts a new one into the place of an old one. *parts* are
    digests of what parts of a file were made from, by name.
    """

    files: Mapping[str, Collection[str]]
    sources: Mapping[str, str]
    parts: Mapping[str, Mapping[str, str]]


EMPTY: Final = Manifest({}, {}, {})


def encode(manifest: Manifest) -> bytes:
    """*manifest* as `read` reads it; the same bytes in whatever order it came."""
    document = {
        "about": "Written by `countdown share`, which replaces and removes only these files.",
        "format": _FORMAT,
        "files": {path: sorted(digests) for path, digests in manifest.files.items()},
        "sources": manifest.sources,
        "parts": manifest.parts,
    }
    return (json.dumps(document, sort_keys=True) + "\n").encode()


def read(folder: str) -> Manifest | None:
    """The manifest in *folder*; None without one. Raises UsageError if it can't be read."""
    path = os.path.join(folder, MANIFEST)
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            raise site_error(path, "That isn't a file. Move it away.")
        with open(path, "rb") as file:
            data = file.read(_MAX_SIZE)
    except FileNotFoundError:
        return None
    try:
        document = json.loads(data)
        if document["format"] == _FORMAT:
            return Manifest(
                {path: [*each] for path, each in document["files"].items() if _is_inside(path)},
                {path: str(each) for path, each in document["sources"].items()},
                {path: dict(each) for path, each in document.get("parts", {}).items()},
            )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    raise site_error(
        path, "That isn't a manifest that this version can read. Name an empty folder."
    )


def _is_inside(path: str) -> bool:
    """True if *path*, which anybody may have written into a manifest, can be a file of a site."""
    parts = path.split("/")
    is_short = all(0 < len(part) <= _MAX_NAME for part in parts)
    is_plain = not find_hostile(path) and "\\" not in path and ":" not in path
    return is_short and is_plain and {".", ".."}.isdisjoint(parts) and parts[0] not in OWNERS


def site_error(path: str, what: str) -> UsageError:
    """The error that tells *what* is wrong with the file or folder *path*."""
    return UsageError(escape_hostile(f"{path}: {what}"))
