"""`countdown actor`: one actor's releases."""

from typing import Any

import click

from countdown.cli import options, person_lookup
from countdown.cli.session import session


@options.command(
    "actor",
    'countdown actor "Chris Hemsworth"',
    "countdown actor hemsworth            Chris and Liam, each with their own",
    'countdown actor "penelope cruz" --all',
)
@click.argument("name")
@options.everything
@options.limit
def command(ctx: click.Context, /, name: str, **given: Any) -> None:
    """One actor's releases, dated and undated, with roles.

    Case and accents do not matter, and the beginning of each word is enough.
    """
    person_lookup.show(session(ctx), name, ("cast",), **given)
