"""`countdown mine`: the user's own catalogue against the catalogues below it."""

import click

from countdown.catalogue import load
from countdown.catalogue.store import CatalogueLocation
from countdown.cli import options, output, user_catalogue
from countdown.cli.context import shared_options
from countdown.cli.session import session
from countdown.errors import NothingFound, UsageError
from countdown.views.mine import Difference, mine

_FORMATS = ("table", "plain", "markdown")


@options.command(
    "mine",
    "countdown mine",
    "countdown mine | cut -f 4 | sort -u      plain lines in a pipe",
    exclude=("--catalogue", "--json", "--days"),
    formats=_FORMATS,
    default_format="table on a terminal, else plain",
)
def command(ctx: click.Context) -> None:
    """Show what your own catalogue adds to the shipped one, changes of it, and hides."""
    current = session(ctx)._replace(format=shared_options(ctx).format)  # Ignores config.toml's.
    if output.output_format(current) not in _FORMATS:
        raise UsageError(f"--format: a difference is written as {', '.join(_FORMATS)}")
    differences = _find_differences(user_catalogue.location())
    if not differences:
        raise NothingFound("your own catalogue says nothing yet; see countdown add --help")
    output.show(mine(differences, current.view_context), current)


def _find_differences(location: CatalogueLocation) -> list[Difference]:
    """Each release of the user's catalogue with its base. Raises CatalogueError."""
    if load.file_stamp(location.path) is None:
        return []
    base = load.merge_tables(
        [load.read_layer(path, load.content(path)) for path in location.lower_paths]
    )
    by_identity = {identity: table for table in base for identity in load.identities(table)}
    differences = []
    for table in load.check_file(location.path, location.lower_paths):
        matches = (by_identity[key] for key in load.identities(table) if key in by_identity)
        differences.append(Difference(next(matches, None), table))
    return differences
