"""`countdown mine`: the user's own catalogue compared with the catalogues below it."""

import sqlite3
from typing import Final

import click

from countdown import paths
from countdown.catalogue import date_rows, load
from countdown.catalogue.store import CatalogueLocation
from countdown.catalogue.user_layer import UserLayer, describe_conflicts, read_usable_layers
from countdown.cli import options, output, user_catalogue
from countdown.cli.context import shared_options
from countdown.cli.session import Session, session
from countdown.cli.shell_words import shell_word
from countdown.cli.source_layers import usable_layers
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound, UsageError
from countdown.index.query import Query, find
from countdown.views.mine import Difference, mine

_FORMATS = ("table", "plain", "markdown")
_EMPTY: Final = "You haven't added, changed or hidden anything yet. Try one of these:"


@options.command(
    "mine",
    "countdown mine",
    "countdown mine | cut -f 4 | sort -u      for scripts",
    exclude=("--catalogue", "--json", "--days"),
    formats=_FORMATS,
    default_format="table on a terminal, else plain",
)
def command(ctx: click.Context) -> None:
    """Show what you added, changed and hid."""
    current = session(ctx)._replace(format=shared_options(ctx).format)  # not config.toml's
    if output.output_format(current) not in _FORMATS:
        raise UsageError(f"--format: Choose {', '.join(_FORMATS)}.")
    location = user_catalogue.location()
    differences, own, conflicts = _read(location)
    problems = own.problem_lines() if own else ()
    if own is None or not (differences or problems):
        default = user_catalogue.with_files(current, location)
        raise NothingFound(_EMPTY, *default.ask(lambda index: _examples(index, default)))
    shared_options(ctx).left_out = own.left_out.advice
    path = paths.shorten(location.path)
    # The title has the path already.
    start = f"{escape_hostile(location.path)}:"
    view = mine(
        differences,
        current.view_context,
        path=path,
        wrong=[line.removeprefix(start) for line in problems],
        conflicts=[line.removeprefix(start) for line in conflicts],
    )
    output.show(view, current)


def _examples(index: sqlite3.Connection, current: Session) -> list[str]:
    """Commands to try: to add a release, and to change the next one of the catalogue."""
    following = find(index, Query(current.now, current.region, states=("upcoming",), limit=1))
    titles = [shell_word(outlook.release.name_in(current.languages)) for outlook in following]
    return [
        '  countdown add "My First Film" --date 2027-06-11',
        *(f'  countdown edit {title} --alias "+My name for it"' for title in titles),
        *(f"  countdown hide {title}" for title in titles),
    ]


def _read(
    location: CatalogueLocation,
) -> tuple[list[Difference], UserLayer | None, list[str]]:
    """Each release of the user's catalogue with its base, that catalogue, and its conflicts.

    None if the catalogue is missing. Raises CatalogueError.
    """
    if load.file_stamp(location.path) is None:
        return [], None, []
    files = user_catalogue.files_of(location)
    sources = usable_layers(files)
    layers, (own,) = read_usable_layers(files.paths, files.optional, sources)
    lower = {table.get("id"): table for table in load.merge_tables(layers[:-1])}
    ids = own.layer.ids or {}
    differences = []
    for index, table in enumerate(own.layer.tables):
        base = lower.get(ids.get(index))
        if table:
            # Other dates stay: only those that are replaced stand beside one's own.
            base = base and date_rows.replaced_by(table, base, own.layer.format)
            differences.append(Difference(base, table))
    return differences, own, describe_conflicts(layers)
