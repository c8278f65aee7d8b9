"""`countdown undo`: take back the last change of the user's own catalogue."""

import click

from countdown.catalogue import store
from countdown.cli import options, user_catalogue
from countdown.cli.session import session


@options.command(
    "undo",
    "countdown undo --dry-run      what would be taken back",
    "countdown undo                once more takes back the change before that",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@user_catalogue.dry_run
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Take back the last change of your catalogue by add, edit, remove or hide.

    Said again, it goes on to the change before that. What you have changed by other means since
    then is never overwritten.
    """
    current = session(ctx)
    location = user_catalogue.location()
    change = store.undo(location, dry_run=dry_run)
    user_catalogue.show(current, location, change)
