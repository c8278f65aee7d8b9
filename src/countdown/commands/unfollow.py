"""`countdown unfollow`: stop following names."""

import sqlite3
from difflib import get_close_matches
from typing import Final

import click

from countdown.cli import follow_options, options, output
from countdown.cli.follow_options import FollowNames, describe_follow
from countdown.cli.lookup import join_quoted
from countdown.cli.messages import echo
from countdown.cli.session import Session, read_settings, session
from countdown.config.settings import FOLLOW_SORTS, Follows
from countdown.core.text import fold
from countdown.errors import NothingFound, UsageError
from countdown.index import meanings

_WHAT_IS_FOLLOWED: Final = "To see what you follow: countdown follow"


@options.command(
    "unfollow",
    "countdown unfollow chris hemsworth",
    "countdown unfollow Chris Hemsworth, MCU",
    "countdown unfollow --franchise MCU",
    exclude=follow_options.EXCLUDED_OPTIONS,
)
@follow_options.name_options()
def command(ctx: click.Context, /, names: FollowNames) -> None:
    """Stop following a person, title, franchise or platform.

    Separate several names with commas or quotes. The start of each word is enough.
    """
    if not any(names):
        raise UsageError(f"Say what to unfollow, like MCU. {_WHAT_IS_FOLLOWED}")
    current = session(ctx)
    follows = _find_all(current, names)
    from countdown.config import edit  # Deferred: a name that isn't followed needs no TOML parser.

    edit.unfollow(follows)
    output.confirm(
        current, *(f"No longer following {describe_follow(*follow)}" for follow in follows)
    )
    rest = [describe_follow(*follow) for follow in read_settings().follows]
    echo(f"You follow {', '.join(rest)}" if rest else "You don't follow anything now.")


def _find_all(current: Session, names: FollowNames) -> Follows:
    """The follows that *names* mean, each once. Raises UsageError and NothingFound."""

    def is_followed(text: str) -> bool:
        return any(fold(text) == fold(name) for _, name in current.follows)

    def is_known(text: str) -> bool:
        return bool(_matches(current, text, FOLLOW_SORTS))

    texts = follow_options.split_names(names.anything, is_followed, is_known)
    found = [_find(current, text, FOLLOW_SORTS) for text in texts]
    found += [_find(current, name, (sort,)) for sort, name in names.by_sort()]
    return tuple(dict.fromkeys(found))


def _find(current: Session, text: str, sorts: tuple[str, ...]) -> tuple[str, str]:
    """The follow of one of *sorts* that *text* means. Raises UsageError and NothingFound."""
    found = _matches(current, text, sorts)
    if len(found) == 1:
        return found[0]
    if found:
        rows = [(sort, name, sort) for sort, name in found]
        raise UsageError(
            *follow_options.list_choices("unfollow", text, rows, more=_WHAT_IS_FOLLOWED)
        )
    spellings = {fold(name): name for sort, name in current.follows if sort in sorts}
    near = get_close_matches(fold(text), spellings, n=2, cutoff=0.5)
    hint = f" Did you mean {join_quoted([spellings[key] for key in near])}?" if near else ""
    what = f'"{text}"' if len(sorts) > 1 else describe_follow(sorts[0], f'"{text}"')
    raise NothingFound(f"You don't follow {what}.{hint}", _WHAT_IS_FOLLOWED)


def _matches(current: Session, text: str, sorts: tuple[str, ...]) -> Follows:
    """The follows of *sorts* that *text* means: by name, by what that means, by its words."""
    follows = [follow for follow in current.follows if follow[0] in sorts]
    folded = fold(text)
    exact = [follow for follow in follows if fold(follow[1]) == folded]
    if exact or not follows:
        return tuple(exact)
    same = current.ask(lambda index: _of_same_meaning(index, text, follows))
    return tuple(same or [follow for follow in follows if _has_words(follow[1], folded)])


def _of_same_meaning(
    index: sqlite3.Connection, text: str, follows: list[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The *follows* with the same meaning as *text* in the catalogue: `Thor 4`, an alias."""
    found = []
    for sort, name in follows:
        _, is_full = meanings.find_meanings(index, text, (sort,))
        if is_full and meanings.targets(index, sort, text) == meanings.targets(index, sort, name):
            found.append((sort, name))
    return found


def _has_words(name: str, folded: str) -> bool:
    return all(f" {word}" in f" {fold(name)}" for word in folded.split())
