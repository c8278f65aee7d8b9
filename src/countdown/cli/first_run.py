"""The welcome below the first screen that a user gets, once."""

import os
import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from countdown import paths

if TYPE_CHECKING:  # Needed once for each user.
    from countdown.core.outlook import Outlook
    from countdown.views.welcome import Welcome

_MARK = "welcomed"  # a file in the state folder


def claim() -> bool:
    """True for the first call of all; False afterwards, and if that can't be recorded."""
    folder = paths.state_folder()
    if folder is None:
        return False
    mark = os.path.join(folder, _MARK)
    if os.path.lexists(mark):
        return False
    try:
        paths.make_folder(folder)
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError:
        return False
    return True


def welcome(
    index: sqlite3.Connection,
    outlooks: "Sequence[Outlook]",
    *,
    region_origin: str,
    languages: Sequence[str] = (),
) -> "Welcome":
    """The welcome for a user who is shown *outlooks*, with commands about one of them.

    *region_origin* is the source of their region, empty without one; *languages* are those of
    titles.
    """
    from countdown.cli.shell_words import shell_argument
    from countdown.index.contents import extent
    from countdown.views.welcome import Welcome

    number, checked = extent(index)
    releases = [outlook.release for outlook in outlooks]
    release = next((release for release in releases if release.cast), releases[0])
    title = shell_argument(release.name_in(languages))
    commands = [(f"countdown show {title}", "everything about it")]
    if release.cast:
        star = shell_argument(release.cast[0].name)
        commands.append((f"countdown follow {star}", "marked in lists, and in your prompt"))
    commands.append(("countdown init", "the days left in your shell's prompt"))
    return Welcome(number, checked, region_origin, tuple(commands))
