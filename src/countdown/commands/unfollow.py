"""`countdown unfollow`: names that the user follows no more."""

from difflib import get_close_matches
from typing import Any

import click

from countdown.cli import follow_options, options
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
    without=follow_options.WITHOUT,
)
@follow_options.spelt
def command(ctx: click.Context, /, **given: Any) -> None:
    """Follow people, or by an option directors, titles, franchises and platforms, no more.

    Case, accents and punctuation do not matter; else the name is the one that you follow.
    """
    known = read_settings().follows
    people = {fold(name) for sort, name in known if sort == "person"}
    asked = follow_options.given(follow_options.whole(given, lambda name: fold(name) in people))
    found = tuple(_found(known, sort, name) for sort, name in asked)
    edit.unfollow(found)
    for one in found:
        echo(f"No longer following {follow_options.called(*one)}")
    left = [follow_options.called(*one) for one in read_settings().follows]
    echo(f"You follow {', '.join(left) if left else 'nothing now'}")


def _found(known: Follows, sort: str, name: str) -> tuple[str, str]:
    """What is followed by that *name*, as it is spelt there. Raises NothingFound."""
    same = {one: spelt for one, spelt in known if fold(spelt) == fold(name)}
    if sort in same:
        return sort, same[sort]
    what = f'you do not follow "{name}"{"" if sort == "person" else f" as a {sort}"}'
    if same:
        other, spelt = next(iter(same.items()))
        call = f'"{spelt}"' if other == "person" else f'--{other} "{spelt}"'
        raise NothingFound(f"{what}; write countdown unfollow {call}")
    spellings = {fold(spelt): spelt for one, spelt in known if one == sort}
    near = get_close_matches(fold(name), spellings, n=2, cutoff=0.5)
    near = near or [one for one in spellings if fold(name) in one]
    hint = f"did you mean {join_quoted([spellings[one] for one in near])}?" if near else ""
    raise NothingFound(f"{what}; {hint or 'see countdown following'}")
