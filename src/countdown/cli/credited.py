"""What `actor` and `person` share: people found by name, and their releases."""

import sqlite3
from typing import Any

from countdown.cli import output
from countdown.cli.asking import question
from countdown.cli.session import Session
from countdown.cli.titles import quoted
from countdown.core.remaining import Outlook
from countdown.errors import NothingFound
from countdown.index import names, related
from countdown.index.query import Question, of_people
from countdown.render.listing import people_listing

Groups = list[tuple[str, list[Outlook]]]


def show(current: Session, name: str, jobs: tuple[str, ...], **given: Any) -> None:
    """Write the releases of everyone whom *name* means, grouped by person."""
    asked = question(current, **given)
    found = current.ask(lambda index: _groups(index, name, jobs, asked))
    output.put(people_listing(found, jobs=jobs, **current.frame), current)


def _groups(index: sqlite3.Connection, name: str, jobs: tuple[str, ...], asked: Question) -> Groups:
    people = names.people(index, name, jobs)
    if not people:
        near = related.nearest_people(index, name)
        hint = f"did you mean {quoted(near)}?" if near else "part of a name is enough"
        raise NothingFound(f'nobody is called "{name}"; {hint}')
    found = of_people(index, people, jobs, asked)
    if not found:
        who = quoted([person for _, person in people[:3]])
        raise NothingFound(f"nothing is ahead for {who}; add --all for what is out already")
    return found
