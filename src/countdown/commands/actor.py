"""`countdown actor`: the releases of a person."""

import click

from countdown.cli import lookup, options
from countdown.cli.options import Filters
from countdown.cli.session import session


@options.command(
    "actor",
    "countdown actor chris hemsworth",
    "countdown actor hemsworth              everyone called Hemsworth",
    "countdown actor denis villeneuve       what he directs and writes",
    "countdown actor penelope cruz --all    released ones too",
)
@click.argument("name", nargs=-1, required=True)
@options.filters(options.everything, options.limit)
def command(ctx: click.Context, /, name: tuple[str, ...], filters: Filters) -> None:
    """List someone's films and series, with their roles and jobs.

    Finds actors, directors, writers and creators. Ignores case and accents; the start of each word
    is enough.
    """
    lookup.show_people(session(ctx), " ".join(name), filters)
