"""`countdown redo`: bring back what `countdown undo` took back."""

import click

from countdown.catalogue import history
from countdown.cli import corrections, options, output, user_catalogue
from countdown.cli.session import session


@options.command(
    "redo",
    "countdown redo --dry-run      shows what would come back",
    "countdown redo",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@user_catalogue.dry_run
def command(ctx: click.Context, /, dry_run: bool) -> None:
    """Redo what you undid, step by step, until you change something."""
    current = session(ctx)
    redone = corrections.reverse(current, history.redo, dry_run=dry_run)
    if dry_run:
        output.hint(f"Would redo: {redone.command}")
        user_catalogue.show(current, redone.path, redone.before, redone.after)
        return
    output.confirm(current, f"Redid: {redone.command}")
    output.hint("To undo it: countdown undo")
