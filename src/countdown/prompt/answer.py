"""`countdown prompt` without click: from a valid cache file, else from a fresh index.

commands/prompt.py does everything else, and composes the same answer from the same parts. This
module reads the clock.
"""

import os
import time

from countdown import cache, paths, streams

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    import sqlite3

    from countdown.cache import WatchedFiles
    from countdown.config.settings import Follows, Settings
    from countdown.index.days import UpcomingDay
    from countdown.prompt.clock import Clock
    from countdown.prompt.options import PromptOptions

HOOK_OPTION = "--cache-file"  # A hook's first word: it needs the path of the cache file.
_KIND = "prompt"
_MAX_LENGTH = 8192  # characters of an answer; shells refuse longer ones, and more lines
_MAX_LINES = 64


def run(words: list[str]) -> int | None:
    """Answer the *words* after `prompt`; None if they need click, or if the index must be built."""
    by_hook = words[:1] == [HOOK_OPTION]
    words = words[by_hook:]
    folder, now = paths.cache_folder(), time.time_ns()
    cached = folder and find_cached(folder, words, now)
    if folder and by_hook and not cached:  # Only hooks get an empty answer for an error.
        cached = find_cached(folder, [HOOK_OPTION, *words], now)
    if not cached:
        cached = _from_index(words, folder, now)
    if not cached:
        return None
    streams.print_line(cached[0] if by_hook else cached[1])
    return 0


def file_clock_now() -> int:
    """The time in POSIX ns, less the lag of file times: files changed from now on are younger.

    Use it only for times of cache files: right after midnight it is still yesterday.
    """
    return time.time_ns() - cache.FILE_CLOCK_LAG_NS


def find_cached(folder: str, words: list[str], now: int) -> tuple[str, str] | None:
    """Path and text of the valid cached answer to *words*, if a terminal can show it.

    *now* is POSIX time in ns.
    """
    found = cache.find(folder, _KIND, cache.answer_key(words), now)
    return found if found and _can_be_shown(found[1]) else None


def _can_be_shown(text: str) -> bool:
    lines = text.split("\n")
    return len(text) <= _MAX_LENGTH and len(lines) <= _MAX_LINES and "".join(lines).isprintable()


def save(
    folder: str, words: list[str], text: str, *, made: int, until: int, watched: "WatchedFiles"
) -> str:
    """Cache *text*, the answer to *words*; the path of the cache file, empty if that fails.

    *made* is the POSIX time in ns before the *watched* files were read, *until* one in s.
    """
    key = cache.answer_key(words)
    return cache.write(folder, _KIND, key, text, made=made, until=until, watched=watched) or ""


def _from_index(words: list[str], folder: str | None, now: int) -> tuple[str, str] | None:
    """Path of a new cache file, and answer to *words* from a fresh index; None if click must."""
    from countdown import environment
    from countdown.config import cached
    from countdown.prompt.clock import Clock
    from countdown.prompt.options import parse_options

    settings = cached.load(now)
    if folder is None or settings is None or settings.timezone:
        return None
    options = parse_options(words, settings.prompt_format)
    if options is None or os.environ.get("COUNTDOWN_TIMEZONE"):
        return None
    set_region = os.environ.get("COUNTDOWN_REGION", "")
    region = set_region or settings.region or environment.locale_region()
    try:
        clock = Clock.at(now // 1_000_000_000, day=os.environ.get("COUNTDOWN_TODAY", ""))
    except (ValueError, OverflowError, OSError):
        return None
    if set_region:
        from countdown.core.regions import parse_region

        try:
            region = parse_region(set_region)
        except ValueError:
            return None
    from countdown.index.ask import ask_fresh_index

    answer = ask_fresh_index(
        lambda index: compose(index, options, clock, region, settings), folder, now
    )
    if answer is None:
        return None
    (text, until), watched = answer
    made = now - cache.FILE_CLOCK_LAG_NS
    return save(folder, words, text, made=made, until=until, watched=watched), text


def compose(
    connection: "sqlite3.Connection",
    options: "PromptOptions",
    clock: "Clock",
    region: str | None,
    settings: "Settings",
) -> tuple[str, int]:
    """The answer to *options*, and the POSIX time in s at which it goes out of date."""
    from countdown import environment
    from countdown.core import day_style
    from countdown.prompt.escaping import escape_for
    from countdown.prompt.line import Item, has_phrase, render_line, valid_until

    upcoming = _upcoming(connection, options, clock, region, settings.follows)
    ascii = not _is_utf8()
    style_of = day_style.english_style_of if ascii else day_style.style_of
    style = settings.date_style or style_of(environment.locale("LC_TIME"))
    languages = () if ascii else environment.languages()
    items = [
        Item(release, clock, region, ascii=ascii, style=style, languages=languages)
        for release in upcoming
    ]
    text = escape_for(options.reader, render_line(items, options, ascii=ascii), items)
    return text, valid_until(upcoming, clock, has_phrase=has_phrase(options))


def _upcoming(
    connection: "sqlite3.Connection",
    options: "PromptOptions",
    clock: "Clock",
    region: str | None,
    follows: "Follows",
) -> "list[UpcomingDay]":
    """The releases to show; only followed ones if `followed_alone` says so."""
    from countdown.index import days

    keys = _filtered(connection, options)
    if options.followed or follows:
        from countdown.index.followed import followed_alone  # Deferred: many users follow nothing.

        alone = followed_alone(
            connection,
            follows,
            today=clock.today,
            day_of=clock.day_of,
            region=region,
            followed=options.followed,
            everything=options.everything,
            named=keys is not None,
            day_known=True,
        )
        if alone is not None:
            keys = alone if keys is None else alone & keys
    return days.upcoming_days(
        connection,
        today=clock.today,
        day_of=clock.day_of,
        count=options.count,
        region=region,
        keys=keys,
        last=options.last_day(clock.today),
        days={clock.today + ahead for ahead in options.milestones} or None,
    )


def _filtered(connection: "sqlite3.Connection", options: "PromptOptions") -> set[int] | None:
    """The releases that match the filters: any filter of each sort."""
    if not options.filters:
        return None
    from countdown.index import names

    matches: dict[str, set[int]] = {}
    for sort, name in options.filters:
        matches.setdefault(sort, set()).update(names.by_name(connection, sort, name))
    return set.intersection(*matches.values())


def _is_utf8() -> bool:
    """Check whether the locale can show more than ASCII."""
    from countdown import environment

    return environment.locale("LC_CTYPE").lower().replace("-", "").endswith("utf8")
