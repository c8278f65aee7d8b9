"""`countdown follow`: start following names; without one, list the user's follows."""

import sqlite3
from typing import Final, NamedTuple

import click

from countdown.cli import follow_options, options, output
from countdown.cli.context import shared_options
from countdown.cli.follow_options import FollowNames
from countdown.cli.lookup import join_quoted
from countdown.cli.messages import echo
from countdown.cli.session import Session, session
from countdown.config.settings import FOLLOW_SORTS, Follows
from countdown.core.text import fold
from countdown.errors import NothingFound, UsageError
from countdown.index import names as index_names
from countdown.index import suggestions
from countdown.index.query import Query, count_releases, find
from countdown.views.follows import FollowSummary
from countdown.views.follows import follows as follows_view

_MAX_PEOPLE: Final = 3  # people to list for the beginning of a name


class Meaning(NamedTuple):
    """The number of releases that a name finds, how many of them are ahead, and who it may be.

    *people* are those for whom it is a part of their name. If it finds no release, *hint* suggests
    another name or sort.
    """

    releases: int
    ahead: int
    people: list[str]
    hint: str


@options.command(
    "follow",
    'countdown follow "Chris Hemsworth"',
    'countdown follow --director "Denis Villeneuve" --title "Extraction 3"',
    "countdown follow --franchise MCU --platform netflix",
    "countdown follow                  what you follow, and what comes next",
)
@follow_options.search_names()
def command(ctx: click.Context, /, names: FollowNames) -> None:
    """Follow people, or by an option directors, titles, franchises and platforms.

    A name means what it means to countdown list: case and accents do not matter, and the beginning
    of each word is enough. Then --followed shows their releases alone, and a prompt shows them
    first. Without a name, shows what you follow and what comes next of each.
    """
    current = session(ctx)
    if not names.any():
        _show_follows(current)
        return
    if shared_options(ctx).format:
        raise UsageError("--format and --json are for countdown follow without a name")
    from countdown.config import edit  # Deferred: it reads TOML, which what follows doesn't need.

    follows, meanings = current.ask(lambda index: _look_up(index, current, names))
    new = edit.follow(follows)
    for follow, meaning in zip(follows, meanings, strict=True):
        start = "Following" if follow in new else "You follow already:"
        echo(f"{start} {follow_options.describe_follow(*follow)}: {_describe(meaning)}")


def _show_follows(current: Session) -> None:
    """Write what the user follows. Raises NothingFound, with how to begin, if that is nothing."""
    summaries = current.ask(
        lambda index: [_summary(index, current, *follow) for follow in current.follows]
    )
    output.show(follows_view(summaries, current.view_context), current)
    if not summaries:
        raise NothingFound(f"You don't follow anything yet. {follow_options.HOW_TO_BEGIN}")


def _summary(index: sqlite3.Connection, current: Session, sort: str, name: str) -> FollowSummary:
    query = Query(now=current.now, region=current.region, follows=((sort, name),))
    ahead = count_releases(index, index_names.by_follows(index, ((sort, name),)), query)
    dated = find(index, query._replace(states=("upcoming", "open"), limit=1))
    return FollowSummary(sort, name, ahead, next(iter(dated), None))


def _look_up(
    index: sqlite3.Connection, current: Session, names: FollowNames
) -> tuple[Follows, list[Meaning]]:
    """The follows that *names* stand for, and the meaning of each. Raises UsageError."""
    follows = names.join_person(lambda name: _is_full_name(index, name)).follows()
    return follows, [_meaning(index, current, *follow) for follow in follows]


def _is_full_name(index: sqlite3.Connection, name: str) -> bool:
    people, folded = index_names.people(index, name, index_names.JOBS["person"]), fold(name)
    return any(fold(person) == folded for _, person in people)


def _meaning(index: sqlite3.Connection, current: Session, sort: str, name: str) -> Meaning:
    keys = index_names.by_follows(index, ((sort, name),))
    ahead = count_releases(index, keys, Query(now=current.now, region=current.region))
    jobs, folded = index_names.JOBS.get(sort, ()), fold(name)
    people = index_names.people(index, name, jobs) if jobs else []
    longer_names = [person for _, person in people if fold(person) != folded]
    hint = "" if keys else _suggestion(index, sort, name)
    return Meaning(len(keys), ahead, longer_names, hint)


def _suggestion(index: sqlite3.Connection, sort: str, name: str) -> str:
    """A suggestion: another sort that *name* fits, or the nearest name; empty if there is none."""
    for other in FOLLOW_SORTS:
        if other != sort and index_names.by_follows(index, ((other, name),)):
            option = "" if other == "person" else f"--{other} "
            return f"; write countdown follow {option}{join_quoted([name])} for the {other}"
    near = _nearest(index, sort, name)
    return f"; did you mean {join_quoted(near)}?" if near else ""


def _nearest(index: sqlite3.Connection, sort: str, name: str) -> list[str]:
    if sort == "title":
        return suggestions.nearest_titles(index, name)
    if sort in ("franchise", "platform"):
        return suggestions.nearest_labels(index, name, sort)
    return suggestions.nearest_people(index, name)


def _describe(meaning: Meaning) -> str:
    if not meaning.releases:
        return f"no release yet{meaning.hint}"
    noun = "release" if meaning.releases == 1 else "releases"
    return f"{meaning.releases} {noun}, {meaning.ahead} ahead{_list_people(meaning.people)}"


def _list_people(people: list[str]) -> str:
    """`; that is Chris Hemsworth, Liam Hemsworth and 2 more`; empty without *people*."""
    if not people:
        return ""
    more = len(people) - _MAX_PEOPLE
    *first, last = people if more <= 0 else [*people[:_MAX_PEOPLE], f"{more} more"]
    return f"; that is {', '.join(first)} and {last}" if first else f"; that is {last}"
