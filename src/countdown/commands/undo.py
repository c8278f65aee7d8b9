"""`countdown undo`: take back the last change of the user's catalogue or settings."""

import click

from countdown.catalogue import history
from countdown.cli import corrections, options, output, user_catalogue
from countdown.cli.session import session


@options.command(
    "undo",
    "countdown undo --dry-run      shows what would be undone",
    "countdown undo                again to undo the change before that",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@user_catalogue.dry_run
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Undo your last change: to your catalogue, your settings, or what you follow.

    Repeat to undo further; countdown redo brings it back. Changes that you made in other ways are
    never overwritten.
    """
    current = session(ctx)
    undone = corrections.reverse(current, history.undo, dry_run=dry_run)
    if dry_run:
        output.hint(f"Would undo: {undone.command}")
        user_catalogue.show(current, undone.path, undone.before, undone.after)
        return
    output.confirm(current, f"Undid: {undone.command}")
    output.hint("To redo it: countdown redo")
