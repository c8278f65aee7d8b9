"""`countdown diff`: what the user's own catalogue changes of what lies below it."""

import click

from countdown.catalogue import load
from countdown.cli import options, output, user_catalogue
from countdown.cli.context import shared_options
from countdown.cli.session import session
from countdown.errors import NothingFound, UsageError
from countdown.views.mine import Difference, difference

_FORMATS = ("table", "plain", "markdown")


@options.command(
    "diff",
    "countdown diff",
    "countdown diff | cut -f 4 | sort -u      plain lines in a pipe",
    without=("--catalogue", "--json"),
    formats=_FORMATS,
    usual="table on a terminal, else plain",
)
def command(ctx: click.Context) -> None:
    """Show what your own catalogue adds to the shipped one, changes of it, and hides."""
    given = shared_options(ctx).format
    current = session(ctx)._replace(format=given)  # That of config.toml is for answers.
    if output.chosen_format(current) not in _FORMATS:
        raise UsageError(f"--format: a difference is written as {', '.join(_FORMATS)}")
    mine = user_catalogue.location()
    found: list[Difference] = []
    if load.state(mine.path) is not None:
        below = load.tables([load.read(path, load.content(path)) for path in mine.below])
        known = {name: table for table in below for name in load.identities(table)}
        for table in load.checked(mine.path, mine.below):
            shared = (known[name] for name in load.identities(table) if name in known)
            found.append(Difference(next(shared, None), table))
    if not found:
        raise NothingFound("your own catalogue says nothing yet; see countdown add --help")
    output.show(difference(found, current.view_context), current)
