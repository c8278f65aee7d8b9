"""`countdown hide`: keep a release out of every list."""

import click

from countdown.cli import options, user_catalogue
from countdown.cli.session import session


@options.command(
    "hide",
    "countdown hide hexed",
    'countdown hide "The Gallerist" --dry-run',
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", nargs=-1, required=True, metavar="ID")
@user_catalogue.dry_run
def command(ctx: click.Context, /, release: tuple[str, ...], dry_run: bool) -> None:
    """Hide a release from every list, by id or title.

    countdown mine lists hidden ones; countdown unhide brings them back.
    """
    current = session(ctx)
    identifier = user_catalogue.identifier(" ".join(release), current, user_catalogue.location())
    hint = f"To show it again: countdown unhide {identifier}"
    user_catalogue.change(
        current,
        lambda catalogue: catalogue.hide(identifier),
        command=f"hide {identifier}",
        dry_run=dry_run,
        confirmation=lambda: (f"Hidden: {identifier}. {hint}",),
    )
