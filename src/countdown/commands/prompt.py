"""`countdown prompt`: one line for a shell or a status bar, if the light path can't answer."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import click

from countdown import cache, files, paths, streams
from countdown.cli import options
from countdown.cli.context import shared_options
from countdown.cli.prompt_options import EXCLUDED_OPTIONS, OptionTexts, prompt_options, read_options
from countdown.cli.session import catalogue_files, session
from countdown.errors import CountdownError
from countdown.index.ask import watched_files
from countdown.prompt import answer
from countdown.prompt.clock import Clock

_MAX_WAIT_BYTES: Final = 1_048_576  # of catalogue that a shell waits for: about a second
_LOCK_TIMEOUT_S: Final = 0.5  # that a hook waits for another
_NS_PER_S: Final = 1_000_000_000


@options.command(
    "prompt",
    "countdown prompt",
    'countdown prompt --actor "Chris Hemsworth" --within 100d',
    "countdown prompt --for tmux --max-width 30",
    'countdown prompt --count 3 --format "{title}: {date}"',
    exclude=EXCLUDED_OPTIONS,
)
@prompt_options()
@click.option(answer.HOOK_OPTION, "by_hook", is_flag=True, hidden=True)
def command(ctx: click.Context, /, by_hook: bool, option_texts: OptionTexts) -> None:
    """Print one line for prompts and status bars: what's next, and when.

    Needs an exact date; vague dates are skipped. Prints nothing if nothing is coming (exit code 0).
    If you follow something that's coming, you see only that; filters and --all look at everything.
    """
    read_options(option_texts)  # A wrong option is an error even where a cached answer would do.
    command_line = shared_options(ctx).words
    words = None
    # There is no cached answer for a command line with options before the word "prompt".
    if command_line[0] == "prompt":
        words = [word for word in command_line[1:] if word != answer.HOOK_OPTION]
    if by_hook and words is not None:
        streams.write(_for_hook(ctx, option_texts, words), encoding="utf-8")
    else:
        streams.print_line(_compose(ctx, option_texts, words)[1])


def _compose(
    ctx: click.Context, option_texts: OptionTexts, words: list[str] | None
) -> tuple[str, str]:
    """The path of the cache file, empty if there is none, and the line itself.

    Raises CountdownError.
    """
    # Taken before config.toml is read: a later change must be younger than the cache file.
    made, layers = answer.file_clock_now(), catalogue_files(ctx)
    watched = watched_files(layers.paths, layers.sources)
    current = session(ctx, is_silent=True)
    options, now = read_options(option_texts, current), current.now
    clock = Clock(
        now.today.toordinal(),
        int(now.instant.timestamp()),
        now.zone,
        stopped=made // _NS_PER_S if current.has_fixed_day else None,
    )
    text, until = current.ask(
        lambda index: answer.compose(index, options, clock, current.region, current.settings)
    )
    shared_options(ctx).left_out = ""  # Only `doctor` reports mistakes.
    return _save(words, text, made=made, until=until, watched=watched), text


def _save(
    words: list[str] | None, text: str, *, made: int, until: int, watched: cache.WatchedFiles
) -> str:
    """The path of a new cache file with *text* for *words*; empty if it can't be written."""
    folder = paths.cache_folder()
    if words is None or folder is None:
        return ""
    return answer.save(folder, words, text, made=made, until=until, watched=watched)


def _for_hook(ctx: click.Context, option_texts: OptionTexts, words: list[str]) -> str:
    """The path of a cache file for a waiting shell; empty if there is none for now.

    An error is cached as an empty line, so that the shell retries only after a change.
    """
    folder, layers = paths.cache_folder(), catalogue_files(ctx)
    watched, files = watched_files(layers.paths, layers.sources), layers.paths
    if folder is None or not _is_usable(folder):
        return ""
    if sum(state[0] for path, state in watched if state and path in files) > _MAX_WAIT_BYTES:
        if os.fork():
            return ""
        _detach()
    with _only_hook(folder) as alone:
        present = answer.find_cached(folder, words, time.time_ns())
        if present or not alone:
            return present[0] if present else ""
        made = answer.file_clock_now()
        try:
            return _compose(ctx, option_texts, words)[0]
        except CountdownError:
            until = made // _NS_PER_S + 86_400
            hook_words = [answer.HOOK_OPTION, *words]
            return _save(hook_words, "", made=made, until=until, watched=watched)


def _is_usable(folder: str) -> bool:
    """True if *folder* can have cache files; otherwise every prompt would start a process."""
    try:
        paths.make_folder(folder)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _detach() -> None:
    """Leave the shell's session and use /dev/null as stdio, so that the shell stops waiting."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


@contextmanager
def _only_hook(folder: str) -> Iterator[bool]:
    """Hold the lock of hooks in *folder*; yields False if another hook keeps it too long."""
    try:
        handle = files.open_lock(os.path.join(folder, "prompt.lock"))
    except OSError:  # A folder or link has that name: hooks can't wait for each other then.
        yield True
        return
    try:
        yield files.try_lock(handle, _LOCK_TIMEOUT_S)
    finally:
        files.unlock(handle)
