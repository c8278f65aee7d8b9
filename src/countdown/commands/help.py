"""`countdown help`: the help page of the program or of a command."""

from typing import Final, cast

import click

from countdown.cli import help_pages, options
from countdown.cli.group import LazyGroup

_OF_PAGES: Final = ("--no-color", "--no-pager")  # options that also apply to help pages


@options.command(
    "help",
    "countdown help",
    "countdown help list         the same as countdown list --help",
    "countdown help options      what works with every command",
    exclude=tuple(name for name in options.ALL_BUT_HELP if name not in _OF_PAGES),
)
@click.argument("command", required=False)
def command(ctx: click.Context, /, command: str | None) -> None:
    """Show how to use countdown, one of its commands, or its global options."""
    root = ctx.find_root()
    group = cast("LazyGroup", root.command)
    if command is None:
        help_pages.show(ctx, root.get_help())
    elif command == help_pages.OPTIONS_PAGE:
        help_pages.show(ctx, group.get_options_help(root))
    else:
        found = group.find_command(root, command)
        with click.Context(found, parent=root, info_name=found.name) as page:
            help_pages.show(ctx, page.get_help())
