"""The options of a prompt, which `prompt` and `init` share."""

from collections.abc import Callable, Iterator
from typing import Any, Final

import click

from countdown.cli.options import Decorator
from countdown.cli.session import Session
from countdown.errors import UsageError
from countdown.prompt.options import FLAGS, OPTIONS, REPEATED, PromptOptions

WITHOUT: Final = (
    "--format",
    "--json",
    "--no-color",
    "--no-pager",
)  # Prompts are one plain line.


def prompt_options(*, without: tuple[str, ...] = ()) -> Decorator[Any]:
    """A decorator that gives a command the options of a prompt, *without* some."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for name, (_, _, metavar, text) in reversed(OPTIONS.items()):
            if name in FLAGS:
                function = click.option(name, is_flag=True, help=text)(function)
            elif name not in without:
                option = click.option(name, metavar=metavar, multiple=name in REPEATED, help=text)
                function = option(function)
        return function

    return decorate


def read_options(given: dict[str, Any], current: Session | None = None) -> PromptOptions:
    """What the options *given* ask for, in the session *current*. Raises UsageError."""
    asked = PromptOptions(current.settings.prompt_format if current else None)
    for option, text in given_options(given):
        try:
            asked.set(option, text)
        except ValueError as error:
            raise UsageError(f"{option}: {error}") from None
    return asked


def given_options(given: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The options of a prompt among those *given*, each with its value; of a flag, its name."""
    for option in OPTIONS:
        value = given.get(option[2:].replace("-", "_"))
        if value is True:
            yield option, option
        else:
            yield from (
                (option, text) for text in ([value] if isinstance(value, str) else value or ())
            )
