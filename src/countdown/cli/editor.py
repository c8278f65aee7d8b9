"""The user's editor, on a copy of a text: what is saved is checked before anyone gets it.

The copy lies in the state folder while it is edited, so that no crash takes it away.
"""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from tempfile import mkstemp
from typing import Final

import click

from countdown import paths
from countdown.core.text import visible
from countdown.errors import CountdownError, UsageError

Check = Callable[[bytes], None]

_CHOICES: Final = {"e": "edit", "k": "keep", "g": "give up"}
_QUESTION: Final = "[e]dit again, [k]eep the draft for later, or [g]ive up?"


def edited(content: bytes, *, suffix: str, check: Check) -> bytes | None:
    """What the user makes of *content* in $VISUAL or $EDITOR; None if given up or unchanged.

    *suffix* tells the editor what it is: ".toml". *check* raises CountdownError if the new text
    won't do; at a terminal the user is then asked whether to go on. Else, and if the draft is to be
    kept, that error is raised with the path of the draft.
    """
    draft = _draft(content, suffix)
    try:
        found = _settled(draft, content, check)
    except _Kept as kept:
        raise kept.told(draft) from None
    except BaseException:
        _leave(draft, content)
        raise
    with suppress(OSError):
        os.unlink(draft)
    return found


def keep(data: bytes, *, suffix: str) -> str:
    """The path of a new draft in the state folder that holds *data*. Raises UsageError."""
    return _draft(data, suffix)


class _Kept(Exception):  # noqa: N818  # not an error yet
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


def _settled(draft: str, content: bytes, check: Check) -> bytes | None:
    """What stands in the file *draft* once it does, or once the user has had enough."""
    while True:
        _open(draft)
        found = _read(draft)
        if found is None or found == content:
            return None
        try:
            check(found)
        except CountdownError as error:
            if not _at_terminal():
                raise _Kept(error, again=True) from None
            for line in error.lines:
                click.echo(visible(line), err=True)
            answer = _asked()
            if answer == "k":
                raise _Kept(error, again=False) from None
            if answer == "g":
                return None
        else:
            return found


def _asked() -> str:
    choice = click.Choice([*_CHOICES], case_sensitive=False)
    answer: str = click.prompt(_QUESTION, type=choice, show_choices=False, default="e", err=True)
    return answer


def _open(draft: str) -> None:
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


def _draft(content: bytes, suffix: str) -> str:
    """The path of a new file with *content* that only this user can read."""
    folder = paths.state_folder()
    try:
        if folder is not None:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        handle, path = mkstemp(dir=folder, prefix="draft-", suffix=suffix)
        with open(handle, "wb") as file:
            file.write(content)
    except OSError as error:
        where = error.filename or folder or "no folder for drafts"
        raise UsageError(f"{where}: {error.strerror}; a draft has to be written there") from None
    return path


def _read(draft: str) -> bytes | None:
    """What *draft* holds now; None if the editor has removed it."""
    try:
        with open(draft, "rb") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{draft}: {error.strerror}") from None


def _leave(draft: str, content: bytes) -> None:
    """Keep *draft* if anything was written there, and say where; else remove it."""
    with suppress(CountdownError, OSError):
        if _read(draft) in (None, content):
            os.unlink(draft)
        else:
            click.echo(visible(f"the draft is kept: {draft}"), err=True)
