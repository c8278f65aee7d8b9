"""`countdown prompt`: one line for a shell or a status bar, where the light path can't give it."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import click

from countdown import paths, streams
from countdown.cli import options
from countdown.cli.context import shared_options
from countdown.cli.prompt_options import WITHOUT, prompt_options, read_options
from countdown.cli.session import layers, session
from countdown.errors import CountdownError
from countdown.prompt import answer, memo
from countdown.prompt.clock import Clock

_AT_ONCE: Final = 1_048_576  # bytes of catalogue that a shell waits for: about a second's work
_PATIENCE: Final = 0.5  # s that a hook waits for another one's work
_PAUSE: Final = 0.025  # s
_SECOND: Final = 1_000_000_000  # ns
_LOCK: Final = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW


@options.command(
    "prompt",
    "countdown prompt",
    'countdown prompt --actor "Chris Hemsworth" --within 100d',
    "countdown prompt --for tmux --max-width 30",
    'countdown prompt --count 3 --format "{title}: {date}"',
    without=WITHOUT,
)
@prompt_options()
@click.option(answer.MEMO, "by_hook", is_flag=True, hidden=True)
def command(ctx: click.Context, /, by_hook: bool, **given: Any) -> None:
    """One line for a shell's prompt or a status bar: what comes next, and in how many days.

    Only releases whose very day is known count. Nothing ahead prints nothing, which is no error.
    Unless an option names releases, what you follow goes before all else.
    """
    read_options(given)  # Whatever is wrong with the options is told in any case.
    called = shared_options(ctx).words
    # What stands before the name of the command is not looked at by whoever looks for a memo.
    words = [word for word in called[1:] if word != answer.MEMO] if called[0] == "prompt" else None
    if by_hook and words is not None:
        streams.write(_for_hook(ctx, given, words), encoding="utf-8")
    else:
        answer.print_line(_answered(ctx, given, words)[1])


def _answered(
    ctx: click.Context, given: dict[str, Any], words: list[str] | None
) -> tuple[str, str]:
    """Path of the memo, empty if there can be none, and the text that the options *given* ask for.

    Raises CountdownError.
    """
    # Before config.toml is read: what is changed after that must look younger than the memo.
    made, seen = answer.file_clock_now(), answer.watched_files(layers(ctx).paths)
    current = session(ctx)
    asked, now = read_options(given, current), current.now
    clock = Clock(
        now.today.toordinal(),
        int(now.instant.timestamp()),
        now.zone,
        stopped=made // _SECOND if current.stopped else None,
    )
    text, until = current.ask(
        lambda index: answer.compose(index, asked, clock, current.region, current.settings)
    )
    return _noted(words, text, made=made, until=until, watched=seen), text


def _noted(
    words: list[str] | None, text: str, *, made: int, until: int, watched: memo.Watched
) -> str:
    folder = paths.cache_folder()
    if words is None or folder is None:
        return ""
    asked = answer.cache_key(words)
    return memo.write(folder, asked, text, made=made, until=until, watched=watched) or ""


def _for_hook(ctx: click.Context, given: dict[str, Any], words: list[str]) -> str:
    """The path of a memo for a shell that waits; empty if it is to go on without one for now.

    Whatever is wrong is noted as nothing to say, so that the shell does not ask before it changed.
    """
    folder, files = paths.cache_folder(), layers(ctx).paths
    seen = answer.watched_files(files)
    if folder is None or not _usable(folder):
        return ""
    if sum(state[0] for path, state in seen if state and path in files) > _AT_ONCE:
        if os.fork():
            return ""
        _detach()
    with _only_hook(folder) as alone:
        known = memo.find(folder, answer.cache_key(words), time.time_ns())
        if known or not alone:
            return known[0] if known else ""
        made = answer.file_clock_now()
        try:
            return _answered(ctx, given, words)[0]
        except CountdownError:
            until = made // _SECOND + 86_400
            return _noted([answer.MEMO, *words], "", made=made, until=until, watched=seen)


def _usable(folder: str) -> bool:
    """Whether memos can be kept in *folder*; without them, a shell would ask at every prompt."""
    try:
        paths.make_folder(folder)
    except OSError:
        return False
    return os.access(folder, os.W_OK)


def _detach() -> None:
    """Go on behind the back of the shell: it gets its prompt, and the memo when it is ready."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)


@contextmanager
def _only_hook(folder: str) -> Iterator[bool]:
    """Whether no other hook is at work in *folder*, after waiting a little for one that is."""
    import fcntl  # Deferred: not on Windows, where no shell has a hook.

    try:
        handle = os.open(os.path.join(folder, "prompt.lock"), _LOCK, 0o600)
    except OSError:  # Something else bears that name: then there is no waiting for each other.
        yield True
        return
    try:
        for _ in range(int(_PATIENCE / _PAUSE)):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                time.sleep(_PAUSE)
            else:
                yield True
                return
        yield False
    finally:
        os.close(handle)
