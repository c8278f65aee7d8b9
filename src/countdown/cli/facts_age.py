"""The hint that facts are old, once a week below the first screen.

It opens neither a socket nor the database of sources: the times of two files are enough.
"""

import os
from contextlib import suppress

from countdown import paths
from countdown.cli.session import Session

STAMP = "refreshed"  # a file in the state folder, of the time of the last refresh
_HINTED = "refresh-hinted"  # of the time of the last hint
_FIRST_USE = "welcomed"
_WEEK = 7 * 86_400  # s
_OLD = 30 * 86_400


def old_facts(current: Session, now: float) -> str:
    """A line if the last refresh, or without one the first use, is over a month ago; else empty.

    *now* is in POSIX seconds. There is one a week, and none if it can't be remembered.
    """
    folder = paths.state_folder()
    if folder is None or not current.is_recording or not current.layers.sources:
        return ""
    read = _time(folder, STAMP)
    since = now - (_time(folder, _FIRST_USE) or now) if read is None else now - read
    hinted = _time(folder, _HINTED)
    if since < _OLD or (hinted is not None and 0 <= now - hinted < _WEEK) or _is_offline(current):
        return ""
    path = os.path.join(folder, _HINTED)
    with suppress(OSError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600))
        os.utime(path, (now, now))
        return f"Facts are {int(since // _WEEK)} weeks old. Refresh them: countdown refresh"
    return ""


def _is_offline(current: Session) -> bool:
    """True if the user wants no source to be asked."""
    from countdown.config.source_settings import effective_sources  # Deferred: seldom needed.
    from countdown.refresh.network import is_switched_off

    return is_switched_off() or not effective_sources(current.settings)


def _time(folder: str, name: str) -> float | None:
    """When the file *name* in *folder* was changed last; None without one."""
    try:
        return os.stat(os.path.join(folder, name)).st_mtime
    except OSError:
        return None
