"""`countdown unfollow`: stop following names."""

from difflib import get_close_matches

import click

from countdown.cli import follow_options, options
from countdown.cli.follow_options import FollowNames, describe_follow
from countdown.cli.lookup import join_quoted
from countdown.cli.messages import echo
from countdown.cli.session import read_settings
from countdown.config import edit
from countdown.config.settings import Follows
from countdown.core.text import fold
from countdown.errors import NothingFound


@options.command(
    "unfollow",
    'countdown unfollow "chris hemsworth"',
    "countdown unfollow --franchise MCU",
    exclude=follow_options.EXCLUDED_OPTIONS,
)
@follow_options.followed_names()
def command(ctx: click.Context, /, names: FollowNames) -> None:
    """Follow people, or by an option directors, titles, franchises and platforms, no more.

    Case, accents and punctuation do not matter; else the name is the one that you follow.
    """
    before = read_settings().follows
    people = {fold(name) for sort, name in before if sort == "person"}
    names = names.join_person(lambda name: fold(name) in people)
    follows = tuple(_find(before, sort, name) for sort, name in names.follows())
    edit.unfollow(follows)
    for follow in follows:
        echo(f"No longer following {describe_follow(*follow)}")
    rest = [describe_follow(*follow) for follow in read_settings().follows]
    echo(f"You follow {', '.join(rest) if rest else 'nothing now'}")


def _find(follows: Follows, sort: str, name: str) -> tuple[str, str]:
    """The one of *follows* that *name* means. Raises NothingFound, with the nearest ones."""
    same = {of: spelling for of, spelling in follows if fold(spelling) == fold(name)}
    if sort in same:
        return sort, same[sort]
    what = f'you do not follow "{name}"{"" if sort == "person" else f" as a {sort}"}'
    if same:
        other, spelling = next(iter(same.items()))
        call = f'"{spelling}"' if other == "person" else f'--{other} "{spelling}"'
        raise NothingFound(f"{what}; write countdown unfollow {call}")
    spellings = {fold(spelling): spelling for of, spelling in follows if of == sort}
    near = get_close_matches(fold(name), spellings, n=2, cutoff=0.5)
    near = near or [folded for folded in spellings if fold(name) in folded]
    hint = f"did you mean {join_quoted([spellings[key] for key in near])}?" if near else ""
    raise NothingFound(f"{what}; {hint or 'see countdown follow'}")
