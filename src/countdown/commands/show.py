"""`countdown show`, and `countdown TITLE`: everything about one release, or a person's releases."""

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import click

from countdown.cli import lookup, options, output
from countdown.cli.context import shared_options
from countdown.cli.date_history import history_of
from countdown.cli.filters import build_query
from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook
from countdown.core.release import Release
from countdown.errors import NothingFound
from countdown.formats import TABLE
from countdown.index import suggestions
from countdown.index.followed import followed_ids
from countdown.views.card import card

if TYPE_CHECKING:  # Few answers have one.
    from countdown.core.marathon_wording import MarathonLine


@options.command(
    "show",
    "countdown show thor love and thunder",
    "countdown rescue 2              any title works, without show too",
    "countdown to dune               the same",
    "countdown chris hemsworth       a person's releases",
    "countdown show extraction-2     by its id",
    "countdown dune --sources        whole addresses of what says so",
)
@click.argument("words", nargs=-1, required=True, metavar="TITLE...")
@click.option("--sources", "has_addresses", is_flag=True, help="Show whole addresses.")
@click.option("--open", "is_opened", is_flag=True, help="Open its first link in your browser.")
@options.filters(options.everything_of_a_person)
def command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    filters: Filters,
    *,
    has_addresses: bool,
    is_opened: bool,
) -> None:
    """Show everything about one release: dates, delays, stage, cast, sources.

    Any of its titles finds it. If several releases match, you see a list. A person's name shows
    their releases, like countdown actor.
    """
    current, text = session(ctx), " ".join(words)
    similar = shared_options(ctx).similar_command
    answer = current.ask(lambda index: _find(index, text, current, filters, similar))
    outlooks = answer.outlooks
    if answer.people:
        lookup.write_people(current, text, filters, answer.people)
    elif len(outlooks) > 1:
        lookup.write_titles(outlooks, text, current, answer.followed)
    elif is_opened:
        _open(outlooks[0].release, current)
    else:
        steps = history_of(outlooks[0], current)
        view = card(
            outlooks[0],
            current.view_context,
            links=answer.links,
            history=steps,
            followed=answer.followed,
            has_addresses=has_addresses,
            marathon=answer.marathon,
        )
        output.show(view, current)


class _Answer(NamedTuple):
    """The releases of a title, with links if it is only one and followed ids; or people."""

    outlooks: Sequence[Outlook] = ()
    links: Sequence[tuple[str, str]] = ()
    followed: frozenset[str] = frozenset()
    people: lookup.FoundPeople | None = None
    marathon: "MarathonLine | None" = None


def _find(
    index: sqlite3.Connection, text: str, current: Session, filters: Filters, similar: str
) -> _Answer:
    """The releases called *text*, else the people. Raises NothingFound."""
    outlooks, people = lookup.find_release_or_people(
        index, text, build_query(current), current.layers, similar_command=similar
    )
    if not outlooks:
        return _Answer(people=lookup.find_releases(index, people, current, filters))
    links: Sequence[tuple[str, str]] = ()
    if len(outlooks) == 1:
        languages = current.view_context.languages
        links = suggestions.links(index, outlooks[0].release, languages)
    marathon = None
    if len(outlooks) == 1 and output.output_format(current) == TABLE:
        from countdown.cli.marathons import marathon_line  # Deferred: programs get none.

        marathon = marathon_line(index, current, outlooks[0])
    return _Answer(outlooks, links, followed_ids(index, current.follows), marathon=marathon)


def _open(release: Release, current: Session) -> None:
    """Open the first link of *release*. Raises NothingFound if it has none."""
    from countdown.cli import browser  # Deferred: only needed here.
    from countdown.core.web_links import first_address

    address = first_address(release)
    if address is None:
        raise NothingFound(f"{release.name_in(current.languages)} has no links.")
    warn(f"Opening {browser.open_page(address)}")
