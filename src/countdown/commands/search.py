"""`countdown search`: words anywhere in the catalogue."""

import click

from countdown.cli import options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import build_query
from countdown.cli.hidden_releases import check_hidden
from countdown.cli.lookup import join_quoted
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.cli.shell_words import shell_argument
from countdown.errors import NothingFound, UsageError
from countdown.index import suggestions
from countdown.index.followed import followed_ids
from countdown.index.search import search
from countdown.views.listing import listing


@options.command(
    "search",
    "countdown search thor",
    "countdown search resgate 2           a title in another language",
    "countdown search mercenary netflix",
    "countdown search --online dune       at Wikidata and TVmaze",
)
@click.argument("words", nargs=-1, required=True)
@click.option("--online", "is_online", is_flag=True, help="Search Wikidata and TVmaze instead.")
@options.filters(options.limit)
def command(
    ctx: click.Context, /, words: tuple[str, ...], filters: Filters, *, is_online: bool
) -> None:
    """Search titles, people, franchises, platforms and synopses, best match first.

    Then come upcoming releases by date, undated ones and released ones. If nothing matches every
    word, partial matches are shown.

    With --online, you see the films and series that Wikidata and TVmaze know by that title, and the
    id that countdown track takes; TMDB is asked, too, if it's one of your sources.
    """
    current, text = session(ctx), " ".join(words)
    if is_online:
        _search_online(ctx, text, current, filters.limit)
        return
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


def _search_online(ctx: click.Context, text: str, current: Session, limit: int | None) -> None:
    """Write what providers know by the title *text*. Raises NothingFound and SourceError."""
    from countdown.cli import online  # Deferred, like all that needs the network.
    from countdown.views.candidates import candidates

    if not text.strip():
        raise UsageError("Say what to search for, like: countdown search --online dune")
    with online.fetching(current) as fetch:
        found = online.search(text, current, fetch)
    if not found:
        where = online.provider_names(current, "or")
        hint = "Try its original title."
        add = f"To add it yourself: countdown add {shell_argument(text)}"
        raise NothingFound(f'No film or series called "{text}" at {where}. {hint}', add)
    shown = found[:limit]
    more = len(found) - len(shown)
    missing = [(f"{more} more", command_without_limit(ctx))] if more else ()
    providers = online.provider_names(current, "and")
    view = candidates(shown, current.view_context, words=text, providers=providers, missing=missing)
    output.show(view, current)
