"""The user's editor, on a copy of a text: what is saved is checked before anyone gets it.

The copy lies in the state folder while it is edited, so that no crash takes it away. One that is
kept has a name that tells which file it is of, and what that file was: only as long as it still is
that, one can go on with the draft and lose nothing.
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from tempfile import mkstemp
from typing import Final, NoReturn

import click

from countdown import paths
from countdown.cli.messages import warn
from countdown.cli.questions import eof_as_error
from countdown.core.local_time import local_time
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError, UsageError

Check = Callable[[bytes], None]

# The letters are the answers; the first one is that of who just presses Enter.
_AGAIN_QUESTION: Final = "[e]dit again, [k]eep the draft for later, or [g]ive up?"
_RESUME_QUESTION: Final = "[g]o on with it, [l]eave it, or [t]hrow it away?"


@contextmanager
def edit(content: bytes, *, of: str, check: Check, keep: bool = False) -> Iterator[bytes | None]:
    """What the user makes of *content* in $VISUAL or $EDITOR; None if given up or unchanged.

    It is the text *of* a file of that name, like "config.toml"; at a terminal, a draft of it that
    was kept is offered. *check* raises CountdownError if the new text won't do; at a terminal the
    user is then asked whether to go on. Else, and if the draft is to be kept, that error is raised
    with the path of the draft. Whatever else goes wrong, also with the text then, leaves the draft,
    and so it is kept if *keep* says so.
    """
    draft = _offer_kept_draft(content, of) or _write_draft(content, of)
    try:
        with _hangup_as_interrupt():
            found = _edit_until_valid(draft, content, check)
            yield found
        if keep and found is not None:
            _report_draft(draft, content, of)
            return
    except _DraftKept as kept:
        raise kept.told(_keep_draft(draft, content, of)) from None
    except CountdownError as error:
        told = _keep_or_remove(draft, content, of)
        raise type(error)(*error.lines, *([escape_hostile(told)] if told else [])) from None
    except BaseException:
        _report_draft(draft, content, of)
        raise
    with suppress(OSError):
        os.unlink(draft)


@contextmanager
def _hangup_as_interrupt() -> Iterator[None]:
    """Let a terminal that is closed end the program as Ctrl-C does: what was typed is kept."""
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
    """The user does not go on; the draft stays."""

    def __init__(self, error: CountdownError, *, again: bool) -> None:
        super().__init__()
        self._error = error
        self._again = again  # whether the problems are still to be told

    def told(self, draft: str) -> CountdownError:
        """The error that says so."""
        found = CountdownError(
            *(self._error.lines if self._again else ()),
            f"nothing is changed; the draft is kept: {draft}",
        )
        found.exit_code = self._error.exit_code
        return found


def _edit_until_valid(draft: str, content: bytes, check: Check) -> bytes | None:
    """What stands in the file *draft* once it does, or once the user has had enough."""
    while True:
        _open_editor(draft)
        found = _read_draft(draft)
        if found is None or found == content:
            return None
        try:
            check(found)
        except CountdownError as error:
            if not _at_terminal():
                raise _DraftKept(error, again=True) from None
            for line in error.lines:
                warn(line)
            answer = _ask(_AGAIN_QUESTION)
            if answer == "k":
                raise _DraftKept(error, again=False) from None
            if answer == "g":
                return None
        else:
            return found


def _ask(question: str) -> str:
    letters = [before[-1] for before in question.split("]")[:-1]]
    choice = click.Choice(letters, case_sensitive=False)
    with eof_as_error("Nothing changed."):
        answer: str = click.prompt(
            question, type=choice, show_choices=False, default=letters[0], err=True
        )
    return answer


def _open_editor(draft: str) -> None:
    hint = "set VISUAL or EDITOR to one that works"
    if not (_at_terminal() or os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        raise UsageError(f"there is no terminal for an editor; {hint}")
    try:
        click.edit(filename=draft)
    except click.ClickException as error:
        raise UsageError(f"{error.format_message()}; {hint}") from None
    except ValueError as error:  # Words of a command that can't be told apart.
        raise UsageError(f"the editor can't be started: {error}; {hint}") from None


def _at_terminal() -> bool:
    return sys.stdin is not None and sys.stdin.isatty()


def _write_draft(content: bytes, of: str) -> str:
    """The path of a new file with *content* that only this user can read."""
    folder = paths.state_folder()
    try:
        if folder is not None:
            paths.make_folder(folder)
        handle, path = mkstemp(dir=folder, prefix="draft-", suffix=os.path.splitext(of)[1])
        with open(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        where = error.filename or folder or "no folder for drafts"
        raise UsageError(f"{where}: {error.strerror}; a draft has to be written there") from None
    return path


def _kept_prefix(of: str, made_from: bytes | None = None) -> str:
    """How the names of kept drafts *of* a file begin, or of those *made_from* that text of it."""
    start = f"kept-{os.path.splitext(of)[0]}-"
    return start + ("" if made_from is None else blake2b(made_from, digest_size=6).hexdigest())


def _keep_draft(draft: str, made_from: bytes, of: str) -> str:
    """Keep *draft*; its path from then on."""
    folder, name = os.path.split(draft)
    path = os.path.join(folder, f"{_kept_prefix(of, made_from)}-{name.rpartition('-')[2]}")
    try:
        os.replace(draft, path)
    except OSError:
        return draft  # It is kept as well there.
    return path


def _offer_kept_draft(content: bytes, of: str) -> str | None:
    """The path of the newest draft *of* a file that was kept, if the user goes on with it.

    If none was made from *content*, which the file is now, it is only told where the newest is.
    """
    folder = paths.state_folder()
    if folder is None or not _at_terminal():
        return None
    with suppress(OSError):
        kept = [name for name in os.listdir(folder) if name.startswith(_kept_prefix(of))]
        fitting = [name for name in kept if name.startswith(_kept_prefix(of, content))]
        drafts = [os.path.join(folder, name) for name in fitting or kept]
        for path in sorted(drafts, key=os.path.getmtime)[-1:]:
            at = local_time(os.stat(path).st_mtime_ns // 1_000_000_000, None)
            since = "" if fitting else ", from before the file was changed"
            warn(f"a draft of {at:%Y-%m-%d %H:%M} is kept{since}: {path}")
            answer = _ask(_RESUME_QUESTION) if fitting else "l"
            if answer == "t":
                os.unlink(path)
            return path if answer == "g" else None
    return None


def _read_draft(draft: str) -> bytes | None:
    """What *draft* holds now; None if the editor has removed it."""
    try:
        with open(draft, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{draft}: {error.strerror}") from None


def _report_draft(draft: str, content: bytes, of: str) -> None:
    warn(*filter(None, [_keep_or_remove(draft, content, of)]))


def _keep_or_remove(draft: str, content: bytes, of: str) -> str:
    """Where *draft* is kept, in words; it is removed, and nothing said, if nothing was written."""
    with suppress(CountdownError, OSError):
        if _read_draft(draft) in (None, content):
            os.unlink(draft)
            return ""
    return f"the draft is kept: {_keep_draft(draft, content, of)}"
