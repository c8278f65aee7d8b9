"""Opens the user's editor on a draft of a text; callers get the draft only once it is valid.

Drafts are in the state folder, so that no crash can lose one. A draft is named after its file and a
checksum of the original text: a kept draft is offered again only while the file still has that
text, so that it can't undo newer changes. A draft that an editor may still have open keeps its
name.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from tempfile import mkstemp
from typing import Final, NoReturn

import click

from countdown import files, paths
from countdown.cli.messages import warn
from countdown.cli.questions import ask_letter
from countdown.core.local_time import local_time
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError, UsageError

Check = Callable[[bytes], None]

_AT_ONCE: Final = 1.0  # s; nobody reads a text and leaves the editor faster

_UNCHANGED: Final = "Nothing was changed."
# The letters are the answers; Enter is the first one.
_AGAIN_QUESTION: Final = "[e]dit again, [k]eep the draft for later, or [g]ive up?"
_RESUME_QUESTION: Final = "[g]o on with it, [l]eave it, or [t]hrow it away?"


@contextmanager
def edit(
    content: bytes, *, file_name: str, check: Check, keep: bool = False
) -> Iterator[bytes | None]:
    """Yields *content* as the user edits it in $VISUAL or $EDITOR; None if unchanged or given up.

    *file_name*, like "config.toml", names the draft; at a terminal, a kept draft of it is offered.
    *check* raises CountdownError for an invalid text. At a terminal, the user may then edit again;
    otherwise that error is raised, with the path of the draft. The draft stays after any failure,
    also of the block, with *keep*, and if the editor returns at once, since it may have opened the
    draft in a window. Raises UsageError if there is no editor.
    """
    draft = _offer_kept_draft(content, file_name) or _write_draft(content, file_name)
    try:
        with _hangup_as_interrupt():
            text, is_open = _edit_until_valid(draft, content, check)
            yield text
        if is_open:
            warn(
                "The editor returned at once. If it opens a window, set VISUAL to a command that "
                'waits, like "code --wait".',
                f"Your draft is kept. Save it, then run this again: {draft}",
            )
            return
        if keep and text is not None:
            _report_draft(draft, content, file_name)
            return
    except _DraftKept as kept:
        raise kept.error(_keep_draft(draft, content, file_name)) from None
    except CountdownError as error:
        note = _keep_or_remove(draft, content, file_name)
        raise type(error)(*error.lines, *([escape_hostile(note)] if note else [])) from None
    except BaseException:
        _report_draft(draft, content, file_name)
        raise
    with suppress(OSError):
        os.unlink(draft)


@contextmanager
def _hangup_as_interrupt() -> Iterator[None]:
    """Turn the hangup of a closed terminal into a KeyboardInterrupt, so that the draft is kept."""
    if not hasattr(signal, "SIGHUP"):  # pragma: no cover  # Windows
        yield
        return
    before = signal.signal(signal.SIGHUP, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGHUP, before)


def _interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


class _DraftKept(Exception):  # noqa: N818  # not an error yet
    """The user stops although the text is invalid; the draft stays."""

    def __init__(self, error: CountdownError, *, with_problems: bool) -> None:
        super().__init__()
        self._error = error
        self._with_problems = with_problems  # False if the problems are on the screen already

    def error(self, draft: str) -> CountdownError:
        """The error with the path of the *draft*."""
        error = CountdownError(
            *(self._error.lines if self._with_problems else ()),
            f"Nothing was changed. Your draft is kept: {draft}",
        )
        error.exit_code = self._error.exit_code
        return error


def _edit_until_valid(draft: str, content: bytes, check: Check) -> tuple[bytes | None, bool]:
    """The text of *draft* once it passes *check*; None if unchanged or given up.

    Also returns whether the editor may still have the draft open, unchanged.
    """
    while True:
        start = time.monotonic()
        _open_editor(draft)
        is_quick = time.monotonic() - start < _AT_ONCE
        text = _read_draft(draft)
        if text is None or text == content:
            return None, is_quick and text is not None
        try:
            check(text)
        except CountdownError as error:
            if not _at_terminal():
                raise _DraftKept(error, with_problems=True) from None
            for line in error.lines:
                warn(line)
            answer = ask_letter(_AGAIN_QUESTION, cancelled=_UNCHANGED)
            if answer == "k":
                raise _DraftKept(error, with_problems=False) from None
            if answer == "g":
                return None, False
        else:
            return text, False


def _open_editor(draft: str) -> None:
    """Wait until the user leaves the editor. Raises UsageError if it can't be started."""
    hint = "Set VISUAL or EDITOR to one that works."
    if not (_at_terminal() or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise UsageError(f"There's no terminal for an editor. {hint}")
    try:
        click.edit(filename=draft)
    except click.ClickException as error:
        if isinstance(error.__cause__, OSError):
            what = f"{error.__cause__.filename}: {error.__cause__.strerror}"
            raise UsageError(f"Can't start the editor {what}. {hint}") from None
        raise UsageError(f"{error.format_message().removesuffix('.')}. {hint}") from None
    except ValueError as error:  # shlex: a quote in the command isn't closed.
        raise UsageError(f"Can't start the editor: {error}. {hint}") from None


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _write_draft(content: bytes, file_name: str) -> str:
    """The path of a draft with *content*, readable by this user alone. Raises UsageError.

    One that an editor left unchanged when it returned at once is used again.
    """
    folder, start = paths.state_folder(), _name_start("draft", file_name, content)
    try:
        if folder is not None:
            paths.make_folder(folder)
            for path in _drafts(folder, start):
                if files.content(path) == content:
                    return path
        handle, path = mkstemp(dir=folder, prefix=start, suffix=os.path.splitext(file_name)[1])
        with open(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        where = error.filename or folder or "No folder for drafts"
        raise UsageError(f"{where}: {error.strerror}. Your draft would be saved there.") from None
    return path


def _name_start(kind: str, file_name: str, original: bytes | None = None) -> str:
    """The start of the names of drafts of a *kind*: "draft" or "kept".

    With *original*, only of drafts of that text.
    """
    start = f"{kind}-{os.path.splitext(file_name)[0]}-"
    return start if original is None else f"{start}{blake2b(original, digest_size=6).hexdigest()}-"


def _drafts(folder: str, start: str) -> list[str]:
    """The paths in *folder* with names that start with *start*. Raises OSError."""
    return [os.path.join(folder, name) for name in os.listdir(folder) if name.startswith(start)]


def _keep_draft(draft: str, original: bytes, file_name: str) -> str:
    """Rename *draft* so that it is offered again; returns its new path."""
    folder, name = os.path.split(draft)
    start = _name_start("kept", file_name, original)
    path = os.path.join(folder, f"{start}{name.rpartition('-')[2]}")
    try:
        os.replace(draft, path)
    except OSError:
        return draft  # The draft stays, but isn't offered again.
    return path


def _offer_kept_draft(content: bytes, file_name: str) -> str | None:
    """The path of the newest kept draft, if the user wants to go on with it; else None.

    A draft of a text other than *content*, that of the file now, is mentioned but not offered.
    """
    folder = paths.state_folder()
    if folder is None or not _at_terminal():
        return None
    with suppress(OSError):
        drafts = _drafts(folder, _name_start("kept", file_name))
        drafts += [
            path
            for path in _drafts(folder, _name_start("draft", file_name))
            if _is_changed(path, file_name)
        ]
        starts = tuple(_name_start(kind, file_name, content) for kind in ("draft", "kept"))
        current = [path for path in drafts if os.path.basename(path).startswith(starts)]
        for path in sorted(current or drafts, key=os.path.getmtime)[-1:]:
            at = local_time(os.stat(path).st_mtime_ns // 1_000_000_000, None)
            since = "" if current else ", older than the file"
            warn(f"There's a draft from {at:%Y-%m-%d %H:%M}{since}: {path}")
            answer = ask_letter(_RESUME_QUESTION, cancelled=_UNCHANGED) if current else "l"
            if answer == "t":
                os.unlink(path)
            return path if answer == "g" else None
    return None


def _is_changed(draft: str, file_name: str) -> bool:
    """True if *draft* differs from its original text: an editor's window has saved it."""
    start = _name_start("draft", file_name, files.content(draft) or b"")
    return not os.path.basename(draft).startswith(start)


def _read_draft(draft: str) -> bytes | None:
    """The text of *draft*; None if the editor has removed it. Raises UsageError."""
    try:
        with open(draft, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{draft}: {error.strerror}") from None


def _report_draft(draft: str, content: bytes, file_name: str) -> None:
    """Keep or remove *draft*, and write to stderr where it is kept."""
    warn(*filter(None, [_keep_or_remove(draft, content, file_name)]))


def _keep_or_remove(draft: str, content: bytes, file_name: str) -> str:
    """A note with the path where *draft* is kept; empty if it has no changes and was removed."""
    with suppress(CountdownError, OSError):
        if _read_draft(draft) in (None, content):
            os.unlink(draft)
            return ""
    return f"Your draft is kept: {_keep_draft(draft, content, file_name)}"
