"""The names that `follow` and `unfollow` take: of people, titles, franchises and platforms."""

from collections.abc import Callable
from typing import Any, Final, NamedTuple

import click

from countdown.cli.options import Decorator, gather
from countdown.config.settings import FOLLOW_SORTS, Follows
from countdown.core.text import fold
from countdown.errors import UsageError

HOW_TO_BEGIN: Final = 'Start with countdown follow "Chris Hemsworth".'
EXCLUDED_OPTIONS: Final = ("--format", "--json")  # of `unfollow`, which writes sentences
_OPTIONS: Final = {
    "director": "A director.",
    "title": "Words of a title.",
    "franchise": "A franchise; initials do: MCU.",
    "platform": "A platform.",
}


class FollowNames(NamedTuple):
    """The names on the command line, by sort."""

    person: tuple[str, ...]
    director: tuple[str, ...]
    title: tuple[str, ...]
    franchise: tuple[str, ...]
    platform: tuple[str, ...]

    def join_person(self, is_name: Callable[[str], bool]) -> "FollowNames":
        """The same with one person, if all their words together are a name.

        `countdown follow Chris Hemsworth`, without quotes, must not follow everyone called Chris.
        """
        person = " ".join(self.person)
        return self._replace(person=(person,)) if is_name(person) else self

    def any(self) -> bool:
        """True if there is any name."""
        return any(self)

    def follows(self) -> Follows:
        """The names with their sorts, each once. Raises UsageError."""
        follows: dict[tuple[str, str], tuple[str, str]] = {}
        for sort in FOLLOW_SORTS:
            for name in getattr(self, sort):
                _check(sort, name)
                follows.setdefault((sort, fold(name)), (sort, name))
        if not follows:
            raise UsageError('name whom: "Chris Hemsworth", or --franchise MCU; see --help')
        return tuple(follows.values())


def search_names() -> Decorator[Callable[..., None]]:
    """A decorator for names that are searched for; the command gets them as *names*."""
    return _names(_OPTIONS)


def followed_names() -> Decorator[Callable[..., None]]:
    """A decorator for names as they are followed; the command gets them as *names*."""
    return _names({**_OPTIONS, "franchise": "A franchise."})


def _names(helps: dict[str, str]) -> Decorator[Callable[..., None]]:
    options: list[Decorator[Any]] = [click.argument("person", nargs=-1, metavar="[NAME]...")]
    for sort, help in helps.items():
        metavar = "WORDS" if sort == "title" else "NAME"
        options.append(click.option(f"--{sort}", metavar=metavar, multiple=True, help=help))
    return gather("names", FollowNames._fields, FollowNames, options)


def describe_follow(sort: str, name: str) -> str:
    """`MCU (franchise)`; a person needs no sort."""
    return name if sort == "person" else f"{name} ({sort})"


def _check(sort: str, name: str) -> None:
    """Raise UsageError if nothing can be called *name*."""
    from countdown.catalogue.readers import Problems, text  # Deferred: lists of follows need none.

    problems: Problems = []
    text(name, (), problems)
    if problems:
        raise UsageError(problems[0].describe(f"{sort}: "))
    if not fold(name):
        raise UsageError(f'{sort}: "{name}" has nothing that can be seen')
