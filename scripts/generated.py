"""Files that are written by a script: written, or only compared with what would be written."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent


def settle(files: Mapping[Path, str], *, check: bool, script: str) -> int:
    """Write *files*, path → text; with *check*, only name those that differ and return 1."""
    stale = [path for path, text in files.items() if not _says(path, text)]
    for path in stale:
        shown = path.relative_to(ROOT)
        if check:
            print(f"{shown} is not up to date; run: python scripts/{script}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
            print(f"wrote {shown}")
    return 1 if check and stale else 0


def between(document: str, name: str, text: str) -> str:
    """*document* with *text* put between the markers *name* that stand in it as comments."""
    begin, end = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
    before, found, rest = document.partition(begin)
    _, ended, after = rest.partition(end)
    if not (found and ended):
        raise SystemExit(f"the markers of {name} are missing")
    return f"{before}{begin}\n{text}\n{end}{after}"


def _says(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text
