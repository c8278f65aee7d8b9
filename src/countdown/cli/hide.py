"""`countdown hide`: a release that the user wants in no list."""

import click

from countdown.cli import options, own
from countdown.cli.session import session


@options.command(
    "hide",
    "countdown hide hexed",
    'countdown hide "The Gallerist" --dry-run',
    without=own.WITHOUT,
)
@click.argument("release", nargs=-1, required=True, metavar="ID")
@own.dry_run
def command(ctx: click.Context, /, release: tuple[str, ...], dry_run: bool) -> None:
    """Keep a release, named by id or title, out of every list.

    countdown diff shows the hidden ones, countdown edit ID --unset hidden brings one back.
    """
    current = session(ctx)
    identifier = own.identifier(" ".join(release), current, own.own())
    own.change(
        current,
        lambda book: book.hide(identifier),
        dry_run=dry_run,
        told=lambda: f"Hidden: {identifier}; countdown edit {identifier} --unset hidden shows it",
    )
