"""Rewords click's errors about the command line."""

import re

import click

from countdown.cli.choices import ShellName
from countdown.cli.options import SHARED

_MAX_SUGGESTIONS = 3


def describe(error: click.ClickException) -> str:
    """The message of *error*, whether click raised it or a command."""
    if isinstance(error, click.NoSuchOption):
        if error.ctx and error.option_name in {name for each in SHARED for name in each.opts}:
            return f"{error.ctx.command_path} doesn't take {error.option_name}."
        near = " or ".join((error.possibilities or [])[:_MAX_SUGGESTIONS])
        hint = f" Did you mean {near}?" if near else ""
        return f"Unknown option {error.option_name}.{hint}"
    if isinstance(error, click.MissingParameter) and error.param and error.ctx:
        return f"{error.param.make_metavar(error.ctx).strip('[].')} is missing."
    if isinstance(error, click.BadOptionUsage):
        return f"{error.option_name}: {_value_error(error)}"
    if isinstance(error, click.BadParameter) and error.param:
        return f"{_name(error.param)}: {_wrong_value(error)}"
    message = error.format_message()
    words = re.match(r"Got unexpected extra arguments? \((.*)\)$", message, re.DOTALL)
    if words and isinstance(error, click.UsageError) and error.ctx:
        return f'{error.ctx.info_name}: Leave out "{words[1]}".'
    return message if message.endswith((".", "?")) else f"{message}."


def _value_error(error: click.BadOptionUsage) -> str:
    """A sentence on an option that lacks a value, or takes none."""
    needs_none = "does not take a value" in error.message
    return "It takes no value." if needs_none else "A value is missing."


def _name(parameter: click.Parameter) -> str:
    """The option, or the argument's name on help pages."""
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return (parameter.metavar or parameter.opts[0].upper()).strip("[].")


def _wrong_value(error: click.BadParameter) -> str:
    """A sentence on a value refused by click's own types; the unchanged message of other types."""
    kind = error.param.type if error.param else None
    value = error.message.partition(" is not ")[0].strip("'")  # which no attribute has
    if isinstance(kind, click.Choice) and type(kind) in (click.Choice, ShellName):
        return f'"{value}" isn\'t a choice. Choose {", ".join(map(str, kind.choices))}.'
    if isinstance(kind, click.IntRange):
        return f'"{value}" isn\'t a whole number from {kind.min} up.'
    return error.message
