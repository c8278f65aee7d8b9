"""The options of a prompt, which `prompt` and `init` share."""

from collections.abc import Callable
from typing import Any, Final

import click

from countdown.cli.options import Decorator
from countdown.errors import UsageError
from countdown.shell.wish import OPTIONS, REPEATED, Wish

WITHOUT: Final = ("--format", "--json", "--no-color")  # A prompt has a template, and no colours.


def wishes(*, without: tuple[str, ...] = ()) -> Decorator[Any]:
    """A decorator that gives a command the options of a prompt, *without* some."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name, (_, _, metavar, text) in reversed(OPTIONS.items()):
            if name not in without:
                option = click.option(name, metavar=metavar, multiple=name in REPEATED, help=text)
                function = option(function)
        return function

    return decorate


def wish(given: dict[str, Any]) -> Wish:
    """What the options *given* ask for. Raises UsageError."""
    asked = Wish()
    for option in OPTIONS:
        value = given.get(option[2:].replace("-", "_"))
        for text in (value,) if isinstance(value, str) else value or ():
            try:
                asked.set(option, text)
            except ValueError as error:
                raise UsageError(f"{option}: {error}") from None
    return asked
