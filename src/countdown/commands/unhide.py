"""`countdown unhide`: show a hidden release in lists again."""

import click

from countdown.cli import options, user_catalogue
from countdown.cli.session import session


@options.command(
    "unhide",
    "countdown unhide hexed",
    "countdown unhide hexed --dry-run",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("release", nargs=-1, required=True, metavar="ID")
@user_catalogue.dry_run
def command(ctx: click.Context, /, release: tuple[str, ...], dry_run: bool) -> None:
    """Show a hidden release again, by id or title.

    countdown mine lists the hidden ones.
    """
    current = session(ctx)
    location = user_catalogue.location()
    identifier = user_catalogue.identifier(" ".join(release), current, location, hidden_first=True)
    user_catalogue.change(
        current,
        lambda catalogue: catalogue.unhide(identifier),
        command=f"unhide {identifier}",
        dry_run=dry_run,
        confirmation=lambda: (f"Shown again: {identifier}",),
    )
