"""`countdown search`: words anywhere in the catalogue."""

import click

from countdown.cli import options, output
from countdown.cli.filters import build_query
from countdown.cli.lookup import join_quoted
from countdown.cli.options import Filters
from countdown.cli.session import session
from countdown.errors import NothingFound
from countdown.index import suggestions
from countdown.index.search import search
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
    """Releases with these words in titles, people, franchises, platforms or synopses.

    Best match first; then what is ahead by date, what is undated, and what is out. Where nothing
    has all the words, what has any of them is shown.
    """
    current, text = session(ctx), " ".join(words)
    query = build_query(current, filters._replace(everything=True))
    outlooks = current.ask(lambda index: search(index, text, query))
    if not outlooks:
        near = current.ask(lambda index: suggestions.nearest_names(index, text))
        hint = f" Did you mean {join_quoted(near)}?" if near else ""
        raise NothingFound(f'No results for "{text}".{hint}')
    heading = f'Found for "{text}"'
    output.show(listing(outlooks, current.view_context, heading=heading, ranked=True), current)
