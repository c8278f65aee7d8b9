"""`countdown remove`: a release of the user's own, taken out again."""

import click

from countdown.catalogue.book import Book
from countdown.cli import options, own
from countdown.cli.session import session


@options.command(
    "remove",
    "countdown remove extraction-4",
    "countdown remove extraction-4 --dry-run",
    without=own.WITHOUT,
)
@click.argument("release", nargs=-1, required=True, metavar="ID")
@own.dry_run
def command(ctx: click.Context, /, release: tuple[str, ...], dry_run: bool) -> None:
    """Take a release, named by id or title, out of your own catalogue.

    If you had only laid something over a shipped one, that is again as it was shipped.
    """
    current = session(ctx)
    identifier = own.identifier(" ".join(release), current, own.own())
    shipped: list[bool] = []

    def alter(book: Book) -> None:
        shipped.append(book.remove(identifier))

    def told() -> str:
        rest = "; what the shipped catalogue says of it counts again" if shipped[-1] else ""
        return f"Removed {identifier}{rest}"

    own.change(current, alter, dry_run=dry_run, told=told)
