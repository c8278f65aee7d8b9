"""`countdown track`: a film or series of Wikidata or TVmaze in the user's own catalogue."""

import click

from countdown.catalogue import store
from countdown.cli import options, user_catalogue
from countdown.cli.messages import echo
from countdown.cli.session import session
from countdown.errors import SourceError, UsageError


@options.command(
    "track",
    'countdown track "dune prophecy"       asks which one you mean',
    "countdown track Q104686073            an id of Wikidata, IMDb (tt…) or TVmaze (tvmaze:82)",
    "countdown track https://www.imdb.com/title/tt15239678/",
    exclude=user_catalogue.EXCLUDED_OPTIONS,
)
@click.argument("title", nargs=-1, required=True, metavar="TITLE|ID|ADDRESS")
@click.option("--yes", "is_sure", is_flag=True, help="Don't ask if only one is found.")
@click.option("--offline", "is_offline", is_flag=True, help="Ask nobody, and so track nothing.")
@user_catalogue.dry_run
def command(
    ctx: click.Context,
    /,
    title: tuple[str, ...],
    dry_run: bool,
    *,
    is_sure: bool,
    is_offline: bool,
) -> None:
    """Put a film or series into your list for good; its dates come from sources.

    Finds it at Wikidata and TVmaze, by its title, or by the id or address of its page at IMDb,
    TMDB, TVmaze or Wikidata. countdown undo takes it back, countdown untrack removes it.
    """
    from countdown.cli import online, tracking  # Deferred, with all that needs the network.

    text = " ".join(title).strip()
    if not text:
        raise UsageError('Say what to track, like: countdown track "dune prophecy"')
    if is_offline:
        raise SourceError("Offline, so nobody was asked, and nothing is tracked.")
    current = session(ctx)
    with online.fetching(current) as fetch:
        candidate = tracking.find(text, current, fetch, is_sure=is_sure)
        location = user_catalogue.location()
        change = tracking.Tracking(candidate, store.built_in_ids(location))
        if change.is_made(store.read(location)):
            echo(change.made(current))
            return
        user_catalogue.change(
            current,
            change.alter,
            command=f"track {candidate.title}",
            dry_run=dry_run,
            confirmation=lambda: (change.confirmation(current, fetch),),
        )
