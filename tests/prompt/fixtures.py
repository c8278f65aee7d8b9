"""Helpers for tests of the prompt: upcoming releases, a clock, catalogues, the program."""

import os
import re
import sys
import zlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from countdown.core.release import Release
from countdown.index.days import UpcomingDay
from countdown.index.record import pack
from countdown.index.summary import Summary
from countdown.prompt.clock import Clock
from tests import preloaded

TODAY = date(2022, 7, 4)
NOON = int(datetime(2022, 7, 4, 12, tzinfo=UTC).timestamp())
LONG_AGO = 1_600_000_000  # POSIX time, in s


def clock(seconds: int = NOON) -> Clock:
    """A clock in UTC at noon of 4 July 2022, or at *seconds*."""
    today = datetime.fromtimestamp(seconds, UTC).toordinal()
    return Clock(today, seconds, UTC)


def ahead(
    title: str = "Dune",
    *,
    days: int = 3,
    instant: int | None = None,
    place: str = "",
    **facts: Any,
) -> UpcomingDay:
    """The film *title*, which comes out *days* after 4 July 2022."""
    release = Release("dune", title, "film", **facts)
    return UpcomingDay(TODAY.toordinal() + days, instant, place, Summary(pack(release)))


def film(title: str, *facts: str, id: str = "") -> str:
    """The [[release]] table of a film named *title*."""
    identity = id or re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    lines = [f'id = "{identity}"', f'title = "{quoted}"', 'kind = "film"', *facts]
    return "\n".join(["[[release]]", *lines, ""])


def aged(*paths: Path) -> None:
    """Make *paths* years old."""
    for path in paths:
        os.utime(path, (LONG_AGO, LONG_AGO))


def catalogue(folder: Path, tables: str, *, name: str = "releases.toml") -> Path:
    """An old catalogue with the [[release]] *tables*, in its own old folder."""
    place = folder / "catalogues"
    place.mkdir(exist_ok=True)
    path = place / name
    path.write_text(f"format = 1\n{tables}", "utf-8")
    aged(path, place)
    return path


def program(folder: Path, *, may_be_preloaded: bool = False) -> Path:
    """The command `countdown` in its own folder."""
    place = folder / "bin"
    place.mkdir(exist_ok=True)
    path = place / "countdown"
    if may_be_preloaded and preloaded.is_allowed():
        preloaded.server().write_script(path)
        return path
    path.write_text(
        f"#!{sys.executable}\nimport sys\nfrom countdown.entry import main\nsys.exit(main())\n"
    )
    path.chmod(0o755)
    return path


def resealed(data: bytes) -> bytes:
    """The changed cache file *data*, with the right checksum at its end."""
    checked = data[: data.rindex(b"end ")]
    return checked + b"end %08x\n" % zlib.crc32(checked)


def python(script: str, *words: str) -> Sequence[str]:
    """The command that runs *script* in a new interpreter."""
    return [sys.executable, "-c", script, *words]
