"""`countdown follow`: start following names; without one, list the user's follows."""

import sqlite3
from typing import Final, NamedTuple

import click

from countdown.cli import follow_options, options, output
from countdown.cli.context import shared_options
from countdown.cli.follow_options import FollowNames, describe_follow
from countdown.cli.lookup import join_quoted
from countdown.cli.messages import echo
from countdown.cli.next_release import DATED, ahead_of, first_ahead
from countdown.cli.session import Session, session
from countdown.cli.shell_words import shell_argument, shell_word
from countdown.config.settings import FOLLOW_SORTS
from countdown.core import wording
from countdown.core.name_lists import join_names
from countdown.core.outlook import Outlook
from countdown.core.text import fold
from countdown.errors import NothingFound, UsageError
from countdown.index import meanings, suggestions
from countdown.index import names as index_names
from countdown.index.examples import names_to_follow
from countdown.index.meanings import SORTS, Meaning
from countdown.index.query import count_releases
from countdown.views.follows import Following, FollowSummary, following
from countdown.views.follows import follows as follows_view

_MAX_PEOPLE: Final = 3  # people to list for the beginning of a name


class Choice(NamedTuple):
    """A *name* of a *sort* to follow, the text to *show* for it, and *details* on it.

    *next* is its next release. *followed* is the name under which it is followed already, if any.
    """

    sort: str
    name: str
    show: str
    details: str
    next: Outlook | None
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
    from countdown.config import edit  # Deferred: it imports a TOML parser, which lists don't need.

    choices = current.ask(lambda index: _choose(index, current, names))
    new = [choice for choice in choices if not choice.followed]
    edit.follow(tuple((choice.sort, choice.name) for choice in new))
    for choice in choices:
        if choice.followed:
            echo(f"You already follow {describe_follow(choice.sort, choice.followed)}.")
    if new:
        view = following(
            [Following(choice.show, choice.details, choice.next) for choice in new],
            current.view_context._replace(languages=current.languages),
        )
        output.show(view, current.with_default_format)


def _show_follows(current: Session) -> None:
    """Write what the user follows. Raises NothingFound, with names to try, if there is none."""
    summaries, ahead = current.ask(lambda index: _summarise(index, current))
    output.show(follows_view(summaries, current.view_context, ahead=ahead), current)
    if not summaries:
        names = current.ask(
            lambda index: names_to_follow(
                index, now=current.now, region=current.region, languages=current.languages
            )
        )
        calls = [f"  countdown follow {shell_argument(name)}" for name in names]
        what = "You don't follow anything yet."
        raise NothingFound(f"{what} Try one of these:" if calls else what, *calls)


def _summarise(index: sqlite3.Connection, current: Session) -> tuple[list[FollowSummary], int]:
    """A summary of each name that the user follows, and the number of releases of them all."""
    summaries = [_summary(index, current, *follow) for follow in current.follows]
    keys = index_names.by_follows(index, current.follows)
    return summaries, count_releases(index, keys, ahead_of(current))


def _summary(index: sqlite3.Connection, current: Session, sort: str, name: str) -> FollowSummary:
    keys = index_names.by_follows(index, ((sort, name),))
    ahead = count_releases(index, keys, ahead_of(current))
    following = first_ahead(index, current, keys)
    is_dated = following is not None and following.state in DATED
    return FollowSummary(
        *(sort, name, ahead, following if is_dated else None),
        undated=None if is_dated else following,
        is_known=bool(keys),
    )


def _choose(index: sqlite3.Connection, current: Session, names: FollowNames) -> list[Choice]:
    """The meanings of *names*, each once. Raises UsageError and NothingFound."""
    texts = follow_options.split_names(
        names.anything,
        lambda text: meanings.find_meanings(index, text)[1],
        lambda text: bool(meanings.find_meanings(index, text)[0]),
    )
    choices = [_choice(index, current, _only_meaning(index, current, text)) for text in texts]
    choices += [_choice_of_sort(index, current, sort, name) for sort, name in names.by_sort()]
    return list({(choice.sort, fold(choice.name)): choice for choice in choices}.values())


def _only_meaning(index: sqlite3.Connection, current: Session, text: str) -> Meaning:
    """The one meaning of *text*. Raises UsageError if there are several, NothingFound if none."""
    found, _ = meanings.find_meanings(index, text, languages=current.languages)
    if len(found) == 1:
        return found[0]
    if found:
        rows = [(m.sort, m.name, about) for m, about in _with_details(index, current, found)]
        more = "Type more of the name."
        raise UsageError(*follow_options.list_choices("follow", text, rows, more=more))
    near = suggestions.nearest_names(index, text)
    hint = f" Did you mean {join_quoted(near)}?" if near else ""
    raise NothingFound(
        f'"{text}" isn\'t in the catalogue.{hint}',
        f"To follow it anyway, as a person: countdown follow --person {shell_word(text)}",
    )


def _with_details(
    index: sqlite3.Connection, current: Session, meanings: list[Meaning]
) -> list[tuple[Meaning, str]]:
    """*meanings* with a distinguishing text: the year for titles, else the number ahead.

    People, franchises and platforms with most releases ahead come first.
    """
    rows = []
    for meaning in meanings:
        sort, name, shown, detail = meaning
        ahead = 0
        if sort != "title":
            keys = index_names.by_follows(index, ((sort, name),))
            ahead = count_releases(index, keys, ahead_of(current))
            detail = f"{detail}, {ahead} ahead"
        text = detail if name == shown else f"{shown} ({detail})"
        rows.append((SORTS.index(sort), -ahead, meaning, text))
    rows.sort(key=lambda row: row[:2])
    return [(meaning, text) for *_, meaning, text in rows]


def _choice_of_sort(index: sqlite3.Connection, current: Session, sort: str, name: str) -> Choice:
    """The choice of *name* as a *sort*, even if that means several things or nothing."""
    found, _ = meanings.find_meanings(index, name, (sort,), languages=current.languages)
    if len(found) == 1:
        return _choice(index, current, found[0])
    choice = _choice(index, current, Meaning(sort, name, name, sort))
    if not found:
        details = f" ({sort}), which isn't in the catalogue yet.{_suggestion(index, sort, name)}"
        return choice._replace(details=details)
    people = [m.shown for m in found] if sort in index_names.JOBS else []
    return choice._replace(details=f"{choice.details}{_list_people(people)}")


def _choice(index: sqlite3.Connection, current: Session, meaning: Meaning) -> Choice:
    sort, name, shown, detail = meaning
    keys = index_names.by_follows(index, ((sort, name),))
    ahead = count_releases(index, keys, ahead_of(current))
    details = f" ({detail})"
    if sort != "title" or len(keys) > 1:
        details += f": {wording.releases(len(keys))}, {ahead} ahead"
    elif not ahead:
        details += ": nothing ahead"
    following = first_ahead(index, current, keys)
    return Choice(sort, name, shown, details, following, _followed_name(index, current, meaning))


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
    shown = people if more <= 0 else [*people[:_MAX_PEOPLE], f"{more} more"]
    return f"; that is {join_names(shown)}"
