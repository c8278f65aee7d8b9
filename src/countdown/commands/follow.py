"""`countdown follow`: start following names; without one, list the user's follows."""

import sqlite3
from typing import Final, NamedTuple

import click

from countdown.cli import follow_options, options, output
from countdown.cli.context import shared_options
from countdown.cli.follow_options import FollowNames, describe_follow, shell_word
from countdown.cli.lookup import join_quoted
from countdown.cli.messages import echo
from countdown.cli.session import Session, session
from countdown.config.settings import FOLLOW_SORTS
from countdown.core.text import fold
from countdown.errors import NothingFound, UsageError
from countdown.index import meanings, suggestions
from countdown.index import names as index_names
from countdown.index.meanings import Meaning
from countdown.index.query import Query, count_releases, find
from countdown.views.follows import FollowSummary
from countdown.views.follows import follows as follows_view

_MAX_PEOPLE: Final = 3  # people to list for the beginning of a name


class Choice(NamedTuple):
    """A *name* of a *sort* to follow.

    *text* describes it. *followed* is the name under which it is followed already, if it is.
    """

    sort: str
    name: str
    text: str
    followed: str | None


@options.command(
    "follow",
    "countdown follow                             what you follow, and what's next",
    "countdown follow Chris Hemsworth",
    'countdown follow MCU, Netflix, "Dune: Part Three"',
    'countdown follow --director "Denis Villeneuve"',
)
@follow_options.name_options()
def command(ctx: click.Context, /, names: FollowNames) -> None:
    """Follow a person, title, franchise or platform.

    Separate several names with commas or quotes. Use an option to say which one you mean, or to
    follow a name that isn't in the catalogue yet. Without a NAME, you see what you follow.

    While anything you follow is coming, next, remind and the prompt show only that.
    """
    current = session(ctx)
    if not any(names):
        _show_follows(current)
        return
    if shared_options(ctx).format:
        raise UsageError(
            "--format and --json work only without a name. Run: countdown follow --json"
        )
    from countdown.config import edit  # Deferred: it reads TOML, which what follows doesn't need.

    choices = current.ask(lambda index: _choose(index, current, names))
    edit.follow(tuple((choice.sort, choice.name) for choice in choices if not choice.followed))
    for choice in choices:
        if choice.followed:
            echo(f"You already follow {describe_follow(choice.sort, choice.followed)}.")
        else:
            echo(f"Following {choice.text}")


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


def _choose(index: sqlite3.Connection, current: Session, names: FollowNames) -> list[Choice]:
    """The meanings of *names*, each once. Raises UsageError and NothingFound."""
    texts = follow_options.split_names(
        names.anything,
        lambda text: meanings.find_meanings(index, text)[1],
        lambda text: bool(meanings.find_meanings(index, text)[0]),
    )
    choices = [_choice(index, current, _only_meaning(index, text)) for text in texts]
    choices += [_insisted(index, current, sort, name) for sort, name in names.by_sort()]
    return list({(choice.sort, fold(choice.name)): choice for choice in choices}.values())


def _only_meaning(index: sqlite3.Connection, text: str) -> Meaning:
    """The one meaning of *text*. Raises UsageError if there are several, NothingFound if none."""
    found, _ = meanings.find_meanings(index, text)
    if len(found) == 1:
        return found[0]
    if found:
        rows = [
            (m.sort, m.name, m.detail if m.name == m.shown else f"{m.shown} ({m.detail})")
            for m in found
        ]
        more = "Type more of the name."
        raise UsageError(*follow_options.list_choices("follow", text, rows, more=more))
    near = suggestions.nearest_names(index, text)
    hint = f" Did you mean {join_quoted(near)}?" if near else ""
    raise NothingFound(
        f'"{text}" isn\'t in the catalogue.{hint}',
        f"To follow a name that isn't there yet: countdown follow --person {shell_word(text)}"
        " (or --title, --franchise, --platform)",
    )


def _insisted(index: sqlite3.Connection, current: Session, sort: str, name: str) -> Choice:
    """The choice of *name* as a *sort*, also where that means several things or nothing."""
    found, _ = meanings.find_meanings(index, name, (sort,))
    if len(found) == 1:
        return _choice(index, current, found[0])
    meaning = Meaning(sort, name, name, sort)
    if not found:
        text = f"{describe_follow(sort, name)}, which isn't in the catalogue yet"
        followed = _followed_name(index, current, meaning)
        return Choice(sort, name, f"{text}.{_suggestion(index, sort, name)}", followed)
    people = [m.shown for m in found] if sort in index_names.JOBS else []
    choice = _choice(index, current, meaning)
    return choice._replace(text=f"{choice.text}{_list_people(people)}")


def _choice(index: sqlite3.Connection, current: Session, meaning: Meaning) -> Choice:
    sort, name, shown, detail = meaning
    keys = index_names.by_follows(index, ((sort, name),))
    ahead = count_releases(index, keys, Query(now=current.now, region=current.region))
    text = f"{shown} ({detail})"
    if sort != "title" or len(keys) > 1:
        text += f": {len(keys)} {'release' if len(keys) == 1 else 'releases'}, {ahead} ahead"
    elif not ahead:
        text += ": nothing ahead"
    return Choice(sort, name, text, _followed_name(index, current, meaning))


def _followed_name(index: sqlite3.Connection, current: Session, meaning: Meaning) -> str | None:
    """The name under which the user follows *meaning* already; None if they don't."""
    sort, name, _, _ = meaning
    targets = meanings.targets(index, sort, name)
    for followed_sort, followed in current.follows:
        if followed_sort == sort and (
            fold(followed) == fold(name)
            or (targets and meanings.targets(index, sort, followed) == targets)
        ):
            return followed
    return None


def _suggestion(index: sqlite3.Connection, sort: str, name: str) -> str:
    """A hint for a *name* that means nothing as a *sort*: another sort, else the nearest names."""
    for other in FOLLOW_SORTS:
        if other != sort and meanings.targets(index, other, name):
            call = f"countdown follow --{other} {shell_word(name)}"
            return f" For the {other}: {call}"
    near = _nearest(index, sort, name)
    return f" Did you mean {join_quoted(near)}?" if near else ""


def _nearest(index: sqlite3.Connection, sort: str, name: str) -> list[str]:
    if sort == "title":
        return suggestions.nearest_titles(index, name)
    if sort in ("franchise", "platform"):
        return suggestions.nearest_labels(index, name, sort)
    return suggestions.nearest_people(index, name)


def _list_people(people: list[str]) -> str:
    """`; that is Chris Hemsworth, Liam Hemsworth and 2 more`; empty without *people*."""
    if not people:
        return ""
    more = len(people) - _MAX_PEOPLE
    *first, last = people if more <= 0 else [*people[:_MAX_PEOPLE], f"{more} more"]
    return f"; that is {', '.join(first)} and {last}"
