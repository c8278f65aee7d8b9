"""Write the files of a user, as the version of countdown that is installed does: python write.py.

They go into a folder beside this file, with the names of the version and of its journal's version.
tests/test_old_files.py reads every such folder with the present version. A folder that is there
already is never written again.
"""

import os
import shutil
import sqlite3
import sys
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from unittest.mock import patch

from countdown import paths
from countdown.entry import main
from countdown.version import VERSION

HERE: Final = Path(__file__).parent
FIRST_DAY: Final = datetime(2026, 11, 20, 12, tzinfo=UTC)
SHIPPED: Final = """\
format = 1

[[release]]
id = "dune-3"
title = "Dune: Part Three"
kind = "film"
cast = ["Zendaya"]
distributor = ["Warner Bros."]
stage = "post-production"

[[release.dates]]
region = "US"
type = "theatrical"
date = 2026-12-18

[[release]]
id = "thor-5"
title = "Thor 5"
kind = "film"
date = "2027"

[[release]]
id = "the-gallerist"
title = "The Gallerist"
kind = "film"
date = 2026-12-24
"""
RUNS: Final = (  # days after the first, and words; the shipped catalogue changes on day 2
    (0, "config set region US"),
    (0, "config set timezone UTC"),
    (0, "config set date_style iso"),
    (0, "config set follow.person Zendaya"),
    (0, "list"),
    (0, "remind --recipient mail"),
    (
        0,
        "add Our Short --kind film --date 2026-12-01 --cast Zendaya --source https://example.org/a",
    ),
    (1, "edit dune-3 --platform Max --synopsis Sand."),
    (1, "edit thor-5 --date 2027-05-06 --source https://example.org/b --announced 2026-11-19"),
    (1, "hide the-gallerist"),
    (1, "list"),
    (2, "list"),
    (4, "remind --recipient mail"),
    (4, "edit our-short --stage filming"),
    (4, "edit"),
)


def write(folder: Path, shipped: Path) -> None:
    """Let countdown run in the empty home *folder*, with *shipped* for the shipped catalogue."""
    for name in list(os.environ):
        if name.startswith(("COUNTDOWN_", "XDG_", "LC_")):
            del os.environ[name]
    for purpose in ("config", "data", "state", "cache"):
        os.environ[f"XDG_{purpose.upper()}_HOME"] = str(folder / purpose)
    os.environ["EDITOR"] = "sed -i s/filming/filmed/"  # That is no stage, so the draft is kept.
    for day, words in RUNS:
        now = int(FIRST_DAY.timestamp()) + day * 86_400
        later = SHIPPED.replace("2026-12-18", "2027-01-08")
        shipped.write_text(SHIPPED if day < 2 else later, "utf-8")
        sys.argv = ["countdown", *words.split()]
        with (
            patch.object(paths, "shipped", lambda _: str(shipped)),
            patch("time.time", return_value=float(now)),
            patch("time.time_ns", return_value=now * 10**9),
        ):
            print(f"{main()}: {words}", file=sys.stderr)


def journal_version(path: Path) -> int:
    """The version of the journal *path*."""
    with closing(sqlite3.connect(path)) as journal:
        (version,) = journal.execute("PRAGMA user_version").fetchone()
    return int(version)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        shipped = Path(home, "shipped.toml")
        write(Path(home), shipped)
        journal = Path(home, "state", paths.APP, "journal.sqlite")
        folder = HERE / f"{VERSION}-journal-{journal_version(journal)}"
        folder.mkdir()
        shutil.copy(shipped, folder)
        for purpose in ("config", "data", "state"):
            shutil.copytree(
                Path(home, purpose, paths.APP),
                folder / purpose,
                ignore=shutil.ignore_patterns("*.lock"),
            )
