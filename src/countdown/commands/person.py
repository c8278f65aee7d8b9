"""`countdown person`: the releases of anyone credited."""

import click

from countdown.cli import lookup, options
from countdown.cli.options import Filters
from countdown.cli.session import session
from countdown.core.release import JOBS


@options.command(
    "person",
    'countdown person "Sam Hargrave"      what he directs',
    'countdown person "Joe Russo" --all   what he wrote and directed',
)
@click.argument("name")
@options.filters(options.everything, options.limit)
def command(ctx: click.Context, /, name: str, filters: Filters) -> None:
    """The releases of anyone credited: cast, director, writer or creator."""
    lookup.show_people(session(ctx), name, JOBS, filters)
