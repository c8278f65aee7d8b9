"""`countdown undo`: the last change of the user's own catalogue, taken back."""

import click

from countdown.catalogue import edit
from countdown.cli import options, own
from countdown.cli.session import session


@options.command(
    "undo",
    "countdown undo --dry-run      what would be taken back",
    "countdown undo                once more takes back the change before that",
    without=own.WITHOUT,
)
@own.dry_run
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Take back the last change of your catalogue by add, edit, move, remove or hide.

    Said again, it goes on to the change before that. What you have changed by other means since
    then is never overwritten.
    """
    current = session(ctx)
    mine = own.own()
    made = edit.take_back(mine, dry_run=dry_run)
    own.show(current, mine, made)
