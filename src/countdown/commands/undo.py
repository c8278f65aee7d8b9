"""`countdown undo`: take back the last change of the user's catalogue or settings."""

import click

from countdown.catalogue import history
from countdown.cli import options, output, user_catalogue
from countdown.cli.messages import echo
from countdown.cli.session import session


@options.command(
    "undo",
    "countdown undo --dry-run      what would be taken back",
    "countdown undo                once more takes back the change before that",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@user_catalogue.dry_run
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Take back the last thing that you did: to your catalogue, your settings, or what you follow.

    Said again, it goes on to the change before that; countdown redo brings it back. What you have
    changed by other means since then is never overwritten.
    """
    current = session(ctx)
    undone = history.undo(user_catalogue.location(), dry_run=dry_run)
    if dry_run:
        output.hint(f"Would take back: {undone.command}")
        user_catalogue.show(current, undone.path, undone.before, undone.after)
        return
    echo(f"Took back: {undone.command}")
    output.hint("countdown redo brings it back")
