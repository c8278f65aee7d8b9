"""`countdown help`: the help page of the program or of a command."""

from typing import cast

import click

from countdown.cli import options
from countdown.cli.messages import write


@options.command(
    "help",
    "countdown help",
    "countdown help list      as countdown list --help",
    exclude=options.ALL_BUT_HELP,
)
@click.argument("command", required=False)
def command(ctx: click.Context, /, command: str | None) -> None:
    """Show how to use countdown, or one of its commands."""
    root = ctx.find_root()
    if command is None:
        write(f"{root.get_help()}\n")
        return
    found = cast("click.Group", root.command).get_command(root, command)
    if found is None:
        raise click.UsageError(f'Unknown command "{command}".', root)
    with click.Context(found, parent=root, info_name=found.name) as page:
        write(f"{page.get_help()}\n")
