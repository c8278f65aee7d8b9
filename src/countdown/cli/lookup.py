"""Finds releases and people by name, for the commands that take one."""

import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from countdown.cli import output
from countdown.cli.filters import build_query
from countdown.cli.hidden_releases import check_hidden
from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.cli.shell_words import shell_argument, shell_word
from countdown.core import day_style, wording
from countdown.core.outlook import STATES, Outlook, State
from countdown.core.release import JOBS, Release
from countdown.core.text import fold, is_among
from countdown.errors import NothingFound
from countdown.index import names, suggestions
from countdown.index.contents import extent
from countdown.index.followed import followed_ids
from countdown.index.people import outlooks_by_person
from countdown.index.query import Query, outlooks_of
from countdown.index.record import unpack
from countdown.stamps import CatalogueFiles

if TYPE_CHECKING:  # Answers about titles don't need them.
    from countdown.views.person import Person
    from countdown.views.view import ViewContext

MAX_PEOPLE: Final = 20  # whose releases are shown at once
_MAX_SUGGESTIONS: Final = 3
_MAX_IDS: Final = 8  # in a hint


def find_title(
    index: sqlite3.Connection, title: str, query: Query, layers: CatalogueFiles
) -> list[Outlook]:
    """Every release called *title* in the index of *layers*, in any state.

    A year after the title narrows it. Raises NothingFound, with other things of that name or the
    nearest titles, and HiddenRelease.
    """
    keys = names.by_id_or_full_title(index, title)
    if not keys:  # A full title of a hidden release comes before a word of another title.
        check_hidden(title, layers)
        keys = names.by_title_words(index, title)
    if not keys:
        _check_label(index, title)
        people = [name for _, name in names.people(index, title, JOBS) if is_among([name], title)]
        if people:
            raise NothingFound(
                _is_a(people[0], "person", f"countdown actor {shell_argument(title)}")
            )
        _check_label(index, title, by="parts")
        near = suggestions.nearest_titles(index, title)
        raise NothingFound(_not_there(index, title), *_did_you_mean(near))
    return outlooks_of(index, keys, query._replace(states=STATES, limit=None))


def find_release_or_people(
    index: sqlite3.Connection,
    text: str,
    query: Query,
    layers: CatalogueFiles,
    *,
    similar_command: str = "",
) -> tuple[list[Outlook], list[tuple[int, str]]]:
    """Every release called *text*, as `find_title`; if there is none, the people of that name.

    A full title or name has precedence, also that of a hidden release; among the others, titles
    have. Raises NothingFound, with other things of that name, the *similar_command*, or the nearest
    titles and people, and HiddenRelease.
    """
    keys = names.by_id_or_full_title(index, text)
    people = [] if keys else names.people(index, text, JOBS)
    if is_among((name for _, name in people), text):
        return [], people
    if not keys:
        check_hidden(text, layers)
        keys = names.by_title_words(index, text)
    if not keys and not people:
        _check_label(index, text)
        _check_label(index, text, by="words")
        if similar_command:
            question = f"Did you mean countdown {similar_command}?"
            raise NothingFound(_not_there(index, text), question)
        _check_label(index, text, by="parts")
        check_hidden(text, layers, in_part=True)
        near = [*suggestions.nearest_titles(index, text), *suggestions.nearest_people(index, text)]
        near = [*dict.fromkeys(near)][:_MAX_SUGGESTIONS]
        word = shell_argument(text)
        hints = (
            f"To find it online: countdown search --online {word}",
            f"To add it: countdown add {word}",
        )
        raise NothingFound(_not_there(index, text), *_did_you_mean(near), *hints)
    return outlooks_of(index, keys, query._replace(states=STATES, limit=None)), people


def _check_label(
    index: sqlite3.Connection, text: str, *, by: Literal["name", "words", "parts"] = "name"
) -> None:
    """Raise NothingFound, with a command that works, if *text* is a franchise or a platform.

    It can be the full name, its initials, some of its words, or the beginnings of words.
    """
    for kind in ("franchise", "platform"):
        full, by_initials, by_words = names.label_matches(index, text, kind)
        if by == "name":
            by_words = []
        elif by == "words":  # The beginning of a word can also be a typo of a command.
            by_words = [row for row in by_words if f" {fold(text)} " in f" {fold(row[1])} "]
        found = [name for _, name in full or by_initials or by_words]
        if found:
            from countdown.cli.list_words import list_command  # Deferred, as above.

            is_distributor = kind == "platform" and not _is_platform(index, found[0])
            what = "distributor" if is_distributor else kind
            name = found[0] if len(found) == 1 else text
            raise NothingFound(_is_a(name, what, list_command(index, kind, text)))


def _is_platform(index: sqlite3.Connection, name: str) -> bool:
    """True if a release is on the platform *name*; False if that is only a distributor."""
    keys = [*names.by_label(index, name, "platform")][:1]  # Any one of them will do.
    return any(unpack(record).platform for record in names.records(index, keys))


def _is_a(name: str, what: str, command: str) -> str:
    whose = "their" if what == "person" else "its"
    return f'"{name}" is a {what}. To list {whose} releases: {command}'


def _did_you_mean(near: list[str]) -> list[str]:
    return [f"Did you mean {join_quoted(near)}?"] if near else []


def _not_there(index: sqlite3.Connection, text: str) -> str:
    number, checked = extent(index)
    day = f", checked {day_style.format_month(checked)}" if checked else ""
    return f'"{text}" isn\'t in the catalogue ({wording.titles(number)}{day}).'


def is_called(release: Release, text: str) -> bool:
    """True if *text* is the id of *release* or one of its whole titles."""
    return text.strip() in (release.id, *release.was) or is_among(release.names, text)


def find_called(index: sqlite3.Connection, text: str, current: Session) -> list[Outlook]:
    """The releases called *text*, else those that it finds. Raises NothingFound."""
    outlooks = find_title(index, text, build_query(current), current.layers)
    return [each for each in outlooks if is_called(each.release, text)] or outlooks


def _how_to_choose(outlooks: Sequence[Outlook], text: str, context: "ViewContext") -> str:
    """A sentence on how to name one of *outlooks*: by title, or by id if they share that."""
    several = f'{len(outlooks)} releases match "{text}"'
    names = [context.name(outlook.release) for outlook in outlooks]
    if len(set(names)) == len(names):
        return f"{several}. Name one in full."
    ids = [outlook.release.id for outlook in outlooks[:_MAX_IDS]]
    more = f" and {len(outlooks) - _MAX_IDS} more" if len(outlooks) > _MAX_IDS else ""
    return f"{several}. Name one by its id: {', '.join(ids)}{more}"


def write_titles(
    outlooks: Sequence[Outlook],
    text: str,
    current: Session,
    followed: frozenset[str] | None = None,
) -> None:
    """Write the releases that *text* can mean, and for a person how to name one of them."""
    from countdown.views.listing import listing  # Deferred: most titles mean one.

    context = current.view_context
    heading = f'Titles with "{text}"'
    view = listing(outlooks, context, heading=heading, ranked=True, followed=followed)
    output.show(view, current)
    output.hint(_how_to_choose(outlooks, text, context))


def join_quoted(names: list[str]) -> str:
    """*names* as a hint lists them: `"Thor" or "Thor 4"`."""
    return " or ".join(f'"{name}"' for name in names)


class FoundPeople(NamedTuple):
    """The first people with a name, how many *more* there are, and the ids of followed releases."""

    people: list["Person"]
    more: int
    followed: frozenset[str]


def show_people(current: Session, name: str, filters: Filters) -> None:
    """Write the releases of everyone called *name*, grouped by person.

    Raises NothingFound, with the nearest names.
    """

    def find(index: sqlite3.Connection) -> FoundPeople:
        people = names.people(index, name, JOBS)
        if people:
            return find_releases(index, people, current, filters)
        near = suggestions.nearest_people(index, name)
        hint = f"Did you mean {join_quoted(near)}?" if near else "Part of a name is enough."
        follow = f"countdown follow --person {shell_word(name.lstrip('-'))}"
        online = f"To find what they're in online: {follow}, then: countdown refresh"
        raise NothingFound(
            f'Nobody in the catalogue is called "{name}". {hint}', *([] if near else [online])
        )

    write_people(current, name, filters, current.ask(find))


def write_people(current: Session, name: str, filters: Filters, found: FoundPeople) -> None:
    """Write the releases of the people that were *found* for *name*."""
    from countdown.views.people import people_listing  # Deferred: most answers are about titles.

    people, more, followed = found
    missing = _not_shown(current, name, people, filters)
    view = people_listing(
        people, current.view_context, more=more, followed=followed, missing=missing
    )
    output.show(view, current)
    if more:
        text = f'Showing {MAX_PEOPLE} people; {more:,} more match "{name}".'
        warn(f"{text} Type more of the name to narrow it down.")


def find_releases(
    index: sqlite3.Connection, people: list[tuple[int, str]], current: Session, filters: Filters
) -> FoundPeople:
    """The first of *people*, keys with names, and the releases of each.

    Limited, since a release with a cast of thousands would be shown thousands of times. Raises
    NothingFound if nothing is coming for them.
    """
    waiting = iter(people)
    states = build_query(current, filters).states
    query = build_query(current, filters._replace(everything=True, limit=None))
    groups = outlooks_by_person(index, waiting, query, states=states, most=MAX_PEOPLE)
    if not groups:
        who = join_quoted([person for _, person in people[:3]])
        raise NothingFound(f"Nothing is coming for {who}. Add --all to include released titles.")
    found = people_of(groups, current, states, filters.limit)
    return FoundPeople(found, len([*waiting]), followed_ids(index, current.follows))


def people_of(
    groups: Iterable[tuple[str, list[Outlook]]],
    current: Session,
    states: Collection[State],
    limit: int | None,
) -> list["Person"]:
    """A person for each name in *groups*; of its releases, those in *states* are shown."""
    from countdown.views.person import Person  # Deferred: most answers are about no person.

    followed = {fold(name) for _, name in current.follows}
    return [
        Person(
            name,
            every,
            [outlook for outlook in every if outlook.state in states][:limit],
            is_followed=fold(name) in followed,
        )
        for name, every in groups
    ]


def _not_shown(
    current: Session, text: str, people: Sequence["Person"], filters: Filters
) -> list[tuple[str, str]]:
    """Pairs: a description of what the answer about *people* leaves out, and its command."""
    is_one = len(people) == 1
    word = shell_word((people[0].name if is_one else text).lstrip("-"))
    command = f"countdown actor {word}"
    every = [outlook.state for person in people for outlook in person.every]
    out, cancelled = (
        0 if filters.everything else every.count(state) for state in ("released", "cancelled")
    )
    more = len(every) - out - cancelled - sum(len(person.shown) for person in people)
    numbers = (
        (more, "more", f"{command} --all" if filters.everything else command),
        (out, "out already", f"{command} --all"),
        (cancelled, "cancelled", f"{command} --all"),
    )
    missing = [(f"{number:,} {words}", call) for number, words, call in numbers if number]
    if is_one and not people[0].is_followed:
        missing.append(("not followed yet", f"countdown follow {word}"))
    return missing
