"""`countdown follow`: names that the user follows from now on."""

import sqlite3
from typing import Any, Final, NamedTuple

import click

from countdown.cli import follow_options, options
from countdown.cli.lookup import join_quoted
from countdown.cli.messages import echo
from countdown.cli.session import Session, session
from countdown.config import edit
from countdown.config.settings import Follows
from countdown.core.text import fold
from countdown.index import names, suggestions
from countdown.index.query import Query, count

_MOST: Final = 3  # people who are named of those that the beginning of a name means


class Meaning(NamedTuple):
    """How many releases a name means, how many of them are ahead, and who or what that may be.

    *people* are those of whom it is not the whole name. If it means nothing, *hint* says what else
    may have been meant.
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
    without=follow_options.WITHOUT,
)
@follow_options.named
def command(ctx: click.Context, /, **given: Any) -> None:
    """Follow people, or by an option directors, titles, franchises and platforms.

    A name means what it means to countdown list: case and accents do not matter, and the beginning
    of each word is enough. Then --followed shows their releases alone, and a prompt shows them
    first.
    """
    current = session(ctx)
    asked, meant = current.ask(lambda index: _asked(index, current, given))
    new = edit.follow(asked)
    for one, meaning in zip(asked, meant, strict=True):
        start = "Following" if one in new else "You follow already:"
        echo(f"{start} {follow_options.called(*one)}: {_words(meaning)}")


def _asked(
    index: sqlite3.Connection, current: Session, given: dict[str, tuple[str, ...]]
) -> tuple[Follows, list[Meaning]]:
    asked = follow_options.given(
        follow_options.whole(given, lambda name: bool(_in_full(index, name)))
    )
    return asked, [_meaning(index, current, *one) for one in asked]


def _in_full(index: sqlite3.Connection, name: str) -> list[str]:
    people, folded = names.people(index, name, names.JOBS["person"]), fold(name)
    return [one for _, one in people if fold(one) == folded]


def _meaning(index: sqlite3.Connection, current: Session, sort: str, name: str) -> Meaning:
    keys = names.followed(index, ((sort, name),))
    ahead = count(index, keys, Query(now=current.now, region=current.region))
    people = names.people(index, name, names.JOBS[sort]) if sort in names.JOBS else []
    folded = fold(name)
    parts = [one for _, one in people if fold(one) != folded]
    hint = "" if keys else _hint(index, sort, name)
    return Meaning(len(keys), ahead, parts, hint)


def _hint(index: sqlite3.Connection, sort: str, name: str) -> str:
    """What else *name* may mean: something of another sort, or a name that is like it."""
    for other in follow_options.SORTS:
        if other != sort and names.followed(index, ((other, name),)):
            option = "" if other == "person" else f"--{other} "
            return f"; write countdown follow {option}{join_quoted([name])} for the {other}"
    near = _near(index, sort, name)
    return f"; did you mean {join_quoted(near)}?" if near else ""


def _near(index: sqlite3.Connection, sort: str, name: str) -> list[str]:
    if sort == "title":
        return suggestions.nearest_titles(index, name)
    if sort in ("franchise", "platform"):
        return suggestions.nearest_labels(index, name, sort)
    return suggestions.nearest_people(index, name)


def _words(meaning: Meaning) -> str:
    if not meaning.releases:
        return f"no release yet{meaning.hint}"
    noun = "release" if meaning.releases == 1 else "releases"
    return f"{meaning.releases} {noun}, {meaning.ahead} ahead{_those(meaning.people)}"


def _those(people: list[str]) -> str:
    if not people:
        return ""
    more = len(people) - _MOST
    *first, last = people if more <= 0 else [*people[:_MOST], f"{more} more"]
    return f"; that is {', '.join(first)} and {last}" if first else f"; that is {last}"
