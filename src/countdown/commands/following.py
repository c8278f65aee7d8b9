"""`countdown following`: list the user's follows."""

import sqlite3

import click

from countdown.cli import options, output
from countdown.cli.session import Session, session
from countdown.errors import NothingFound
from countdown.index import names
from countdown.index.query import Query, count_releases, find
from countdown.views.following import FollowSummary, following


@options.command("following", "countdown following", "countdown following --region BR")
def command(ctx: click.Context) -> None:
    """What you follow, how many releases of each are ahead, and which comes next."""
    current = session(ctx)
    summaries = current.ask(
        lambda index: [_summary(index, current, *follow) for follow in current.follows]
    )
    output.show(following(summaries, current.view_context), current)
    if not summaries:
        hint = 'begin with countdown follow "Chris Hemsworth", or --franchise MCU'
        raise NothingFound(f"you follow nothing yet; {hint}")


def _summary(index: sqlite3.Connection, current: Session, sort: str, name: str) -> FollowSummary:
    query = Query(now=current.now, region=current.region, follows=((sort, name),))
    ahead = count_releases(index, names.by_follows(index, ((sort, name),)), query)
    dated = find(index, query._replace(states=("upcoming", "open"), limit=1))
    return FollowSummary(sort, name, ahead, next(iter(dated), None))
