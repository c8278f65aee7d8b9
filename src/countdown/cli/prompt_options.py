"""The options of a prompt, which `prompt` and `init` share."""

from collections.abc import Callable
from typing import Any, Final

import click

from countdown.cli.messages import about
from countdown.cli.options import Decorator, gather
from countdown.cli.session import Session
from countdown.errors import UsageError
from countdown.prompt.options import FLAGS, OPTIONS, REPEATED, PromptOptions

# A prompt is one plain line.
EXCLUDED_OPTIONS: Final = ("--format", "--json", "--days", "--no-color", "--no-pager")

OptionTexts = tuple[tuple[str, str], ...]  # options with texts; a flag's is its name


def prompt_options(*, exclude: tuple[str, ...] = ()) -> Decorator[Callable[..., None]]:
    """A decorator that adds the options of a prompt, which the command gets as *option_texts*.

    Those in *exclude* are left out.
    """
    options: list[Decorator[Any]] = []
    for name, (_, _, metavar, text) in OPTIONS.items():
        if name in FLAGS:
            options.append(click.option(name, is_flag=True, help=text))
        elif name not in exclude:
            repeated = name in REPEATED
            options.append(click.option(name, metavar=metavar, multiple=repeated, help=text))
    return gather("option_texts", [*map(_parameter, OPTIONS)], _pairs, options)


def read_options(option_texts: OptionTexts, current: Session | None = None) -> PromptOptions:
    """The options of a prompt in the session *current*, checked. Raises UsageError."""
    options = PromptOptions(current.settings.prompt_format if current else None)
    for name, text in option_texts:
        try:
            options.set(name, text)
        except ValueError as error:
            raise UsageError(about(name, str(error))) from None
    return options


def _parameter(option: str) -> str:
    """Click's name for the value of *option*."""
    return option[2:].replace("-", "_")


def _pairs(**values: bool | str | tuple[str, ...] | None) -> OptionTexts:
    pairs: list[tuple[str, str]] = []
    for option in OPTIONS:
        value = values.get(_parameter(option))
        if value is True:
            pairs.append((option, option))
        elif isinstance(value, str):
            pairs.append((option, value))
        else:
            pairs += [(option, text) for text in value or ()]
    return tuple(pairs)
