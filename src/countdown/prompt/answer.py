"""`countdown prompt` without click: from a memo that holds, else from an index that is fresh.

What is not as simple as that goes the long way, through commands/prompt.py, which makes the same
answer of the same parts. Reads the clock.
"""

import os
import time
from itertools import pairwise

from countdown import paths, streams
from countdown.prompt import memo
from countdown.version import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from typing import TypeVar

    from countdown.config.settings import Follows, Settings
    from countdown.index.days import UpcomingDay
    from countdown.prompt.clock import Clock
    from countdown.prompt.memo import Watched
    from countdown.prompt.options import PromptOptions

    Answer = TypeVar("Answer")

MEMO = "--memo"  # The first word of a hook's: it wants the path of the memo.
_CATALOGUE = "--catalogue"
_LAG = 20_000_000  # ns by which the times of files can be behind the clock
_ENVIRONMENT = (  # all that an answer can depend on
    *("COUNTDOWN_TODAY", "COUNTDOWN_REGION", "COUNTDOWN_TIMEZONE", "COUNTDOWN_CATALOGUE"),
    *("TZ", "LC_ALL", "LC_CTYPE", "LC_TIME", "LANG", "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"),
)


def run(words: list[str]) -> int | None:
    """Answer the *words* after `prompt`; None if that needs click, or an index to be built."""
    by_hook = words[:1] == [MEMO]
    words = words[by_hook:]
    folder, now = paths.cache_folder(), now_ns()
    found = folder and memo.find(folder, cache_key(words), now)
    if folder and by_hook and not found:  # A memo of something wrong is for hooks alone.
        found = memo.find(folder, cache_key([MEMO, *words]), now)
    if not found:
        found = _from_index(words, folder, now)
    if not found:
        return None
    print_line(found[0] if by_hook else found[1])
    return 0


def now_ns() -> int:
    """Now in POSIX ns: it decides what day it is, and whether a memo still holds."""
    return time.time_ns()


def file_clock_now() -> int:
    """Now in POSIX ns, as the times of files have it that were changed before it.

    It is for the stamp of a memo alone: it lags, so at midnight it tells yesterday.
    """
    return time.time_ns() - _LAG


def cache_key(words: list[str]) -> str:
    """All that decides the answer to *words*, but for the files and the time, in ASCII."""
    known = [os.environ.get(name) for name in _ENVIRONMENT]
    files = [text for before, text in pairwise(words) if before == _CATALOGUE]
    files += [word[len(_CATALOGUE) + 1 :] for word in words if word.startswith(f"{_CATALOGUE}=")]
    files += (os.environ.get("COUNTDOWN_CATALOGUE") or "").split(os.pathsep)
    where = "" if all(os.path.isabs(file) for file in files if file) else _here()
    return ascii((VERSION, os.path.dirname(__file__), where, *known, *words))


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:  # It has been removed.
        return ""


def print_line(text: str) -> None:
    """Write *text*, if there is any, to stdout as a line in UTF-8. Raises OutputError."""
    if text:
        streams.write(f"{text}\n", encoding="utf-8")


def _from_index(words: list[str], folder: str | None, now: int) -> tuple[str, str] | None:
    """Path of the memo and answer to *words*, from an index that is fresh, if it can be done."""
    from countdown import environment
    from countdown.prompt.clock import Clock
    from countdown.prompt.options import parse_options

    settings = _settings(now)
    if folder is None or settings is None or settings.timezone:
        return None
    simple = parse_options(words, settings.prompt_format)
    if simple is None or os.environ.get("COUNTDOWN_TIMEZONE"):
        return None
    named = os.environ.get("COUNTDOWN_REGION", "").upper()
    region = named or settings.region or environment.locale_region()
    try:
        clock = Clock.at(now // 1_000_000_000, day=os.environ.get("COUNTDOWN_TODAY", ""))
    except (ValueError, OverflowError, OSError):
        return None
    if os.environ.get("COUNTDOWN_REGION"):
        from countdown.core.regions import REGIONS

        if region not in REGIONS:
            return None
    found = query_index(lambda index: compose(index, simple, clock, region, settings), folder, now)
    if found is None:
        return None
    (text, until), seen = found
    path = memo.write(folder, cache_key(words), text, made=now - _LAG, until=until, watched=seen)
    return path or "", text


def _settings(now: int) -> "Settings | None":
    """What is known of the user's settings without reading config.toml; most have none."""
    from countdown.config.settings import Settings

    path = paths.config_file()
    try:
        if not path or paths.stamp_or_missing(path) is None:
            return Settings()
    except OSError:
        return None
    from countdown.config.memo import known

    return known(now)


def query_index(
    question: "Callable[[sqlite3.Connection], Answer]", folder: str, now: int
) -> "tuple[Answer, Watched] | None":
    """What the index in *folder* answers to *question*, and the files that this depends on.

    None if it is not fresh, or damaged: then it is to be built first.
    """
    from sqlite3 import DatabaseError

    from countdown import environment
    from countdown.index.freshness import CatalogueFiles
    from countdown.index.open import index_path, open_fresh

    layers = CatalogueFiles(*environment.catalogues())
    seen = watched_files(layers.paths)
    connection = open_fresh(index_path(layers, folder), layers, now)
    if connection is None:
        return None
    try:
        return question(connection), seen
    except DatabaseError:
        return None
    finally:
        connection.close()


def watched_files(layers: tuple[str, ...]) -> "Watched":
    """The files that an answer depends on, as they are now.

    Folders are among them, since a file that an older one was moved over looks no younger; not that
    of the shipped catalogue, which changes with the program, nor that of the settings, in which
    programs put much else. The system's time zone is a link in /etc, which no shell can look at
    without a process.
    """
    shipped = paths.shipped("releases.toml")
    folders = dict.fromkeys(os.path.dirname(path) for path in layers if path != shipped)
    files = [*layers, *filter(None, [paths.config_file()])]
    # To bash, what is looked at first need not be there any more.
    order = dict.fromkeys((*layers, "/etc", *folders, *files))
    seen = [(path, paths.stamp(path)) for path in order]
    return [(path, state) for path, state in seen if state is not None or path in files]


def compose(
    connection: "sqlite3.Connection",
    asked: "PromptOptions",
    clock: "Clock",
    region: str | None,
    settings: "Settings",
) -> tuple[str, int]:
    """The text for what is *asked*, and the POSIX time in s until which it holds."""
    from countdown.core import day_style
    from countdown.prompt.escaping import escape_for
    from countdown.prompt.line import Item, holds_until, render_line

    found = _ahead(connection, asked, clock, region, settings.follows)
    ascii, style = not _unicode(), settings.date_style or day_style.DEFAULT
    items = [Item(one, clock, region, ascii=ascii, style=style) for one in found]
    return escape_for(render_line(items, asked, ascii=ascii), items, asked), holds_until(
        found, clock
    )


def _ahead(
    connection: "sqlite3.Connection",
    asked: "PromptOptions",
    clock: "Clock",
    region: str | None,
    follows: "Follows",
) -> "list[UpcomingDay]":
    """The releases to show: who asks for none by name gets those followed, if any is ahead."""
    from countdown.index import days

    def among(keys: set[int] | None) -> "list[UpcomingDay]":
        return days.upcoming_days(
            connection,
            today=clock.today,
            day_of=clock.day_of,
            count=asked.count,
            region=region,
            keys=keys,
            last=None if asked.within is None else clock.today + asked.within,
            days={clock.today + ahead for ahead in asked.milestones} or None,
        )

    named = _keys(connection, asked)
    if asked.followed or (follows and named is None):
        from countdown.index import names

        followed = names.followed(connection, follows)
        found = among(followed if named is None else followed & named)
        if found or asked.followed:
            return found
    return among(named)


def _keys(connection: "sqlite3.Connection", asked: "PromptOptions") -> set[int] | None:
    """The releases that *asked* names: one sort of name narrows what another finds."""
    if not asked.filters:
        return None
    from countdown.index import names

    found: dict[str, set[int]] = {}
    for sort, name in asked.filters:
        found.setdefault(sort, set()).update(names.meant(connection, sort, name))
    return set.intersection(*found.values())


def _unicode() -> bool:
    """Whether the locale can show more than ASCII."""
    from countdown import environment

    return environment.locale("LC_CTYPE").lower().replace("-", "").endswith("utf8")
