"""`countdown actor`: the releases of anyone credited."""

import click

from countdown.cli import lookup, options
from countdown.cli.options import Filters
from countdown.cli.session import session


@options.command(
    "actor",
    "countdown actor chris hemsworth",
    "countdown actor hemsworth              Chris and Liam, each with their own",
    "countdown actor denis villeneuve       what he directs and writes",
    "countdown actor penelope cruz --all    also what is out already",
)
@click.argument("name", nargs=-1, required=True)
@options.filters(options.everything, options.limit)
def command(ctx: click.Context, /, name: tuple[str, ...], filters: Filters) -> None:
    """Anyone's releases, dated and undated: as an actor with the role, else with the job.

    Who directs, writes or creates is found as well. Case and accents do not matter, and the
    beginning of each word is enough.
    """
    lookup.show_people(session(ctx), " ".join(name), filters)
