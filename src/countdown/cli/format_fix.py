"""`countdown check --fix`: a loosely written catalogue file, written in the format."""

import os
import sys

from countdown import files, paths
from countdown.catalogue import format_fixes, load, store
from countdown.catalogue.load import Layer
from countdown.catalogue.os_errors import NOTHING_CHANGED, os_errors_as
from countdown.cli import output, user_catalogue
from countdown.cli.messages import echo
from countdown.cli.questions import confirm
from countdown.cli.session import Session
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError, UsageError

_INSPECT_COMMAND = "countdown check"


def fix(current: Session, names: tuple[str, ...], *, yes: bool, dry_run: bool) -> None:
    """Rewrite the one file of *names*, or the user's own, in the format; shows it and asks.

    With *yes* it doesn't ask; a *dry_run* only shows it. Raises CountdownError.
    """
    location = user_catalogue.location()
    if len(names) > 1:
        raise UsageError("--fix takes one file.")
    if "/dev/stdin" in names:
        raise UsageError("--fix changes a file; it can't change a pipe.")
    path = paths.absolute(names[0]) if names else location.path
    is_own = path == paths.absolute(location.path)
    before = store.content(location) if is_own else load.content(path, allow_pipe=False)
    if before is None:
        echo("Nothing to fix: you have no catalogue yet.")
        return
    with store.saying_nothing_changed():
        lower = [*store.read_lower_layers(location)] if is_own else []
        after = _fixed(path, before, lower)
    if after == before:
        echo(escape_hostile(f"Nothing to fix: {paths.shorten(path)} is in the format already."))
        return
    backup = "" if is_own else f"{path}.bak"
    if backup and os.path.lexists(backup):
        raise UsageError(escape_hostile(f"{backup} is there already. Move it away first."))
    user_catalogue.show(current, path, before, after)
    if dry_run or not _is_wanted(yes=yes):
        return
    if is_own:
        store.replace(location, after, expected=before, command="check --fix")
        output.confirm(current, f"Fixed {paths.shorten(path)}")
        output.hint("To undo it: countdown undo")
        return
    with (
        os_errors_as(path, look=_INSPECT_COMMAND),
        files.exclusive_lock(location.state_folder),
    ):
        files.replace(backup, before, expected=None)
        files.replace(path, after, expected=before)
    output.confirm(current, f"Fixed {paths.shorten(path)}")
    output.hint(f"As it was: {paths.shorten(backup)}")


def _fixed(path: str, before: bytes, lower: list[Layer]) -> bytes:
    """*before*, the content of the file *path* over *lower* layers, rewritten in the format.

    Raises CatalogueError with every problem.
    """
    layers = [*lower, load.read_layer(path, before)]
    load.find_problems(layers)
    own = layers[-1].problems
    own[:] = [problem for problem in own if not problem.is_quiet]  # Orphans are quiet.
    load.raise_problems(layers)
    return format_fixes.fix(layers[-1])


def _is_wanted(*, yes: bool) -> bool:
    """True if the user wants the change. Raises UsageError if nobody can be asked."""
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError(f"{NOTHING_CHANGED} To write this without being asked, add --yes.")
    if not confirm("Write this?", cancelled=NOTHING_CHANGED):
        raise CountdownError(NOTHING_CHANGED)
    return True
