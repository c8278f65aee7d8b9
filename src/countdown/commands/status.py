"""`countdown status`: productions without a date."""

import sqlite3

import click

from countdown.cli import lookup, options, output
from countdown.cli.filters import NOTHING_FOLLOWED, build_query
from countdown.cli.options import Filters
from countdown.cli.session import session
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.index.query import Query, find
from countdown.stamps import CatalogueFiles
from countdown.views.stages import status


@options.command(
    "status",
    "countdown status",
    'countdown status "Extraction 3"          one production, dated or not',
    "countdown status --stage filming --platform netflix",
)
@click.argument("name", metavar="[TITLE]", required=False)
@options.filters(*options.MATCHING, options.limit)
def command(ctx: click.Context, /, name: str | None, filters: Filters) -> None:
    """Productions without a date, furthest along first, and how fresh that news is.

    News that is older than half a year is marked. With a TITLE, that release alone, dated or not.
    """
    current = session(ctx)
    query = build_query(current, filters._replace(dated=False))
    outlooks = current.ask(lambda index: _find(index, name, query, current.layers))
    if not outlooks:
        if filters.followed:
            raise NothingFound(f"{NOTHING_FOLLOWED} is without a date; see countdown follow")
        raise NothingFound("no production without a date matches; loosen a filter")
    output.show(status(outlooks, current.view_context), current)


def _find(
    index: sqlite3.Connection, name: str | None, query: Query, layers: CatalogueFiles
) -> list[Outlook]:
    return lookup.find_title(index, name, query, layers) if name else find(index, query)
