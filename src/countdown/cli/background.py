"""The terminal's background, dark or light: from COLORFGBG, or from asking it once a week."""

import os
import time
from contextlib import suppress
from typing import Final

from countdown import cache, paths
from countdown.version import VERSION

_CACHE_KIND: Final = "terminal"
_VARIABLES: Final = (  # that distinguish terminals and their profiles
    *("TERM", "TERM_PROGRAM", "COLORTERM", "VTE_VERSION", "KONSOLE_PROFILE_NAME"),
    *("ITERM_PROFILE", "WT_PROFILE_ID", "TERMINAL_EMULATOR", "SSH_CLIENT"),
)


def theme() -> str:
    """`dark` or `light`, like the terminal's background; `mono` if that is unknown."""
    known = known_theme()
    folder = paths.cache_folder()
    if known is not None or folder is None:
        return known or "mono"
    now = time.time_ns()
    from countdown.cli import background_question  # Deferred: each terminal is asked once.

    answer = background_question.ask()
    if answer is None:
        return "mono"
    cache.write(folder, _CACHE_KIND, _key(), answer, made=now, watched=[])
    return answer or "mono"


def known_theme() -> str | None:
    """The theme if known already: empty if the terminal didn't answer, None if it wasn't asked."""
    known = _from_environment()
    folder = paths.cache_folder()
    if known or folder is None:
        return known or None
    remembered = cache.find(folder, _CACHE_KIND, _key(), time.time_ns())
    return None if remembered is None else remembered[1]


def forget() -> None:
    """Forget the answer of this terminal, so that it is asked again."""
    folder, key = paths.cache_folder(), _key()
    found = folder and cache.find(folder, _CACHE_KIND, key, time.time_ns())
    if found:
        with suppress(OSError):
            os.unlink(found[0])


def _from_environment() -> str:
    """The theme from COLORFGBG, like `15;0` or `0;default;15`; empty if that has no colour.

    Its last part is the number of the background's colour, of which 0 to 6 and 8 are dark.
    """
    number = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    if not number.isdecimal() or len(number) > 2:
        return ""
    return "dark" if int(number) in (*range(7), 8) else "light"


def _key() -> str:
    values = [os.environ.get(name, "").split(" ")[0] for name in _VARIABLES]
    return ascii((VERSION, "TMUX" in os.environ, *values))
