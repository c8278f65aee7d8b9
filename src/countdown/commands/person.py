"""`countdown person`: the releases of anyone credited."""

from typing import Any

import click

from countdown.cli import options, person_lookup
from countdown.cli.session import session
from countdown.core.release import JOBS


@options.command(
    "person",
    'countdown person "Sam Hargrave"      what he directs',
    'countdown person "Joe Russo" --all   what he wrote and directed',
)
@click.argument("name")
@options.everything
@options.limit
def command(ctx: click.Context, /, name: str, **given: Any) -> None:
    """The releases of anyone credited: cast, director, writer or creator."""
    person_lookup.show(session(ctx), name, JOBS, **given)
