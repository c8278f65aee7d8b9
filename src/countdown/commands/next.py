"""`countdown next`: the soonest release, large."""

import click

from countdown.cli import options, output
from countdown.cli.filters import NOTHING_FOLLOWED, build_query
from countdown.cli.options import Filters
from countdown.cli.session import session
from countdown.errors import NothingFound
from countdown.formats import TABLE
from countdown.index.query import find
from countdown.views.headline import headline
from countdown.views.listing import listing

_MAX_SAME_DAY = 8  # releases of the soonest day to show


@options.command(
    "next",
    "countdown next",
    "countdown next --franchise MCU",
    "countdown next --platform netflix --type streaming",
)
@options.filters(*options.MATCHING)
def command(ctx: click.Context, /, filters: Filters) -> None:
    """The soonest release, drawn large. A window counts by its last day."""
    current = session(ctx)
    query = build_query(current, filters)._replace(states=("upcoming", "open"), limit=_MAX_SAME_DAY)
    outlooks = current.ask(lambda index: find(index, query))
    if not outlooks:
        if filters.followed:
            raise NothingFound(f"{NOTHING_FOLLOWED} with a date is ahead; see countdown follow")
        raise NothingFound("nothing with a date is ahead; see countdown status for the rest")
    same_day = [outlook for outlook in outlooks if outlook.order[:3] == outlooks[0].order[:3]]
    # Programs get the same rows as from list.
    view = headline if output.output_format(current) == TABLE else listing
    output.show(view(same_day, current.view_context), current)
