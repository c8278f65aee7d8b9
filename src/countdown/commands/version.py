"""`countdown version`: the version of the program."""

import click

from countdown.cli import options
from countdown.cli.messages import echo
from countdown.version import VERSION


@options.command("version", "countdown version", exclude=options.ALL_BUT_HELP)
def command(ctx: click.Context) -> None:
    """Show the version, like countdown --version."""
    echo(f"countdown {VERSION}")
