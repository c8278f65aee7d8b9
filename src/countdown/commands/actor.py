"""`countdown actor`: one actor's releases."""

import click

from countdown.cli import lookup, options
from countdown.cli.options import Filters
from countdown.cli.session import session


@options.command(
    "actor",
    'countdown actor "Chris Hemsworth"',
    "countdown actor hemsworth            Chris and Liam, each with their own",
    'countdown actor "penelope cruz" --all',
)
@click.argument("name")
@options.filters(options.everything, options.limit)
def command(ctx: click.Context, /, name: str, filters: Filters) -> None:
    """One actor's releases, dated and undated, with roles.

    Case and accents do not matter, and the beginning of each word is enough.
    """
    lookup.show_people(session(ctx), name, ("cast",), filters)
