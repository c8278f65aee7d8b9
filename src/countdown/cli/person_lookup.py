"""What `actor` and `person` share: people found by name, and their releases."""

import sqlite3
from typing import Any, Final

from countdown.cli import output
from countdown.cli.filters import build_query
from countdown.cli.lookup import quoted
from countdown.cli.messages import warn
from countdown.cli.session import Session
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.index import names, suggestions
from countdown.index.query import Query, of_people
from countdown.views.listing import people_listing

MOST_PEOPLE: Final = 20  # whose releases are shown at once

Groups = list[tuple[str, list[Outlook]]]


def show(current: Session, name: str, jobs: tuple[str, ...], **given: Any) -> None:
    """Write the releases of everyone whom *name* means, grouped by person."""
    asked = build_query(current, **given)
    found, more = current.ask(lambda index: _groups(index, name, jobs, asked))
    output.show(people_listing(found, current.view_context, jobs=jobs, more=more), current)
    if more:
        text = f'Showing {MOST_PEOPLE} people; {more:,} more match "{name}".'
        warn(f"{text} Type more of the name to narrow it down.")


def _groups(
    index: sqlite3.Connection, name: str, jobs: tuple[str, ...], asked: Query
) -> tuple[Groups, int]:
    """The people to show, each with their releases, and the number of people after them.

    A release with a cast of thousands would otherwise be shown thousands of times.
    """
    people = names.people(index, name, jobs)
    if not people:
        near = suggestions.nearest_people(index, name)
        hint = f"did you mean {quoted(near)}?" if near else "part of a name is enough"
        raise NothingFound(f'nobody is called "{name}"; {hint}')
    waiting = iter(people)
    found = of_people(index, waiting, jobs, asked, most=MOST_PEOPLE)
    if not found:
        who = quoted([person for _, person in people[:3]])
        raise NothingFound(f"nothing is ahead for {who}; add --all for what is out already")
    return found, len([*waiting])
