"""What `follow` and `unfollow` share: names of several sorts, and how they are told of."""

from collections.abc import Callable
from typing import Any, Final

import click

from countdown.catalogue.readers import Problems, text
from countdown.cli.options import Decorator
from countdown.config.settings import Follows
from countdown.core.text import fold
from countdown.errors import UsageError

WITHOUT: Final = ("--format", "--json")  # They change settings, and tell of that.
_OPTIONS: Final = {
    "director": "A director.",
    "title": "Words of a title.",
    "franchise": "A franchise; initials do: MCU.",
    "platform": "A platform.",
}
SORTS: Final = ("person", *_OPTIONS)


def named(function: Any) -> Any:
    """A decorator for what is followed: people as arguments, the rest as options."""
    return _named(function, _OPTIONS)


def spelt(function: Any) -> Any:
    """As `named`, for names as they are followed."""
    return _named(function, {**_OPTIONS, "franchise": "A franchise."})


def _named(function: Any, options: dict[str, str]) -> Any:
    for sort, help in reversed(options.items()):
        metavar = "WORDS" if sort == "title" else "NAME"
        decorate: Decorator[Any] = click.option(
            f"--{sort}", metavar=metavar, multiple=True, help=help
        )
        function = decorate(function)
    return click.argument("person", nargs=-1, metavar="[NAME]...")(function)


def given(names: dict[str, tuple[str, ...]]) -> Follows:
    """What the arguments and options *names* name, each once. Raises UsageError."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for sort in SORTS:
        for name in names[sort]:
            _check(sort, name)
            found.setdefault((sort, fold(name)), (sort, name))
    if not found:
        raise UsageError('name whom: "Chris Hemsworth", or --franchise MCU; see --help')
    return tuple(found.values())


def whole(
    names: dict[str, tuple[str, ...]], known: Callable[[str], bool]
) -> dict[str, tuple[str, ...]]:
    """*names*, in which people are one person if they are the words of a name that is *known*.

    That is somebody who left out the quotes: `countdown follow Chris Hemsworth`.
    """
    person = " ".join(names["person"])
    return {**names, "person": (person,)} if known(person) else names


def called(sort: str, name: str) -> str:
    """`MCU (franchise)`; a person needs no more than the name."""
    return name if sort == "person" else f"{name} ({sort})"


def _check(sort: str, name: str) -> None:
    problems: Problems = []
    text(name, (), problems)
    for problem in problems:
        raise UsageError(f"{sort}: {problem.message}; {problem.hint}")
    if not fold(name):
        raise UsageError(f'{sort}: "{name}" has no letter and no digit, so nothing is called that')
