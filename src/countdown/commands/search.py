"""`countdown search`: words anywhere in the catalogue."""

import click

from countdown.cli import options, output
from countdown.cli.filters import build_query
from countdown.cli.lookup import join_quoted
from countdown.cli.options import Filters
from countdown.cli.session import session
from countdown.errors import NothingFound
from countdown.index import names, suggestions
from countdown.index.query import outlooks_of
from countdown.views.listing import listing


@options.command(
    "search",
    "countdown search thor",
    "countdown search resgate 2           a title in another language",
    "countdown search mercenary netflix",
)
@click.argument("words", nargs=-1, required=True)
@options.filters(options.limit)
def command(ctx: click.Context, /, words: tuple[str, ...], filters: Filters) -> None:
    """Releases, out or not, that have these words: in titles, people, franchises, synopses.

    Best match first. Where nothing has all the words, what has any of them is shown.
    """
    current, text = session(ctx), " ".join(words)
    query = build_query(current, filters._replace(everything=True))
    outlooks = current.ask(lambda i: outlooks_of(i, names.search(i, text)[: query.limit], query))
    if not outlooks:
        near = current.ask(lambda index: suggestions.nearest_titles(index, text))
        hint = f"did you mean {join_quoted(near)}?" if near else "try fewer words"
        raise NothingFound(f'nothing has "{text}" in it; {hint}')
    heading = f'Found for "{text}"'
    output.show(listing(outlooks, current.view_context, heading=heading, ranked=True), current)
