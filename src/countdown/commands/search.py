"""`countdown search`: words anywhere in the catalogue."""

import click

from countdown.cli import options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import build_query
from countdown.cli.hidden_releases import check_hidden
from countdown.cli.lookup import join_quoted
from countdown.cli.options import Filters
from countdown.cli.session import session
from countdown.errors import NothingFound
from countdown.index import suggestions
from countdown.index.followed import followed_ids
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
    """Search titles, people, franchises, platforms and synopses, best match first.

    Then come upcoming releases by date, undated ones and released ones. If nothing matches every
    word, partial matches are shown.
    """
    current, text = session(ctx), " ".join(words)
    query = build_query(current, filters._replace(everything=True))
    one_more = query._replace(limit=query.limit + 1 if query.limit else None)
    outlooks, followed = current.ask(
        lambda index: (search(index, text, one_more), followed_ids(index, current.follows))
    )
    if not outlooks:
        check_hidden(text, current.layers, in_part=True)
        near = current.ask(lambda index: suggestions.nearest_names(index, text))
        hint = f"Did you mean {join_quoted(near)}?" if near else "Try fewer words."
        raise NothingFound(f'No results for "{text}". {hint}')
    shown = outlooks[: query.limit]
    view = listing(
        shown,
        current.view_context,
        heading=f'Found for "{text}"',
        ranked=True,
        followed=followed,
        missing=[("more match", command_without_limit(ctx))] if len(outlooks) > len(shown) else (),
    )
    output.show(view, current)
