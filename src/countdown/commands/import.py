"""`countdown import`: what other programs list becomes what the user follows."""

import os
from typing import Final

import click

from countdown.cli import importing, options, output
from countdown.cli.session import session
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, NothingFound
from countdown.toml import parse
from countdown.views.imported import imported
from countdown.watchlists import read as watchlist_files
from countdown.watchlists.wanted import ListError, Watchlist

_STDIN: Final = "/dev/stdin"
_NAMES: Final = {
    "countdown": "countdown",
    "ics": "calendar",
    "letterboxd": "Letterboxd",
    "imdb": "IMDb",
    "tvtime": "TV Time",
    "trakt": "Trakt",
    "simkl": "Simkl",
    "sonarr": "Sonarr",
    "radarr": "Radarr",
}


@options.command(
    "import",
    "countdown import watchlist.csv              what you want to see at Letterboxd",
    "countdown import export.json --dry-run      only shows what would be followed",
    exclude=("--format", "--json", "--days"),
)
@click.argument("file", type=click.Path())
@click.option("--from", "origin", type=click.Choice([*_NAMES]), help="Program that wrote the file.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Only show what would be followed.")
def command(ctx: click.Context, file: str, origin: str | None, is_dry: bool) -> None:
    """Follow what you listed elsewhere and is still ahead.

    Reads lists of Letterboxd, IMDb, TV Time, Trakt, Simkl, Radarr and Sonarr, calendars, and what
    countdown export wrote as csv or json; - is a pipe. Finds their titles by id, else by title and
    year. countdown undo takes it back.
    """
    current = session(ctx)
    read = _read(file, origin)
    found = current.ask(lambda index: importing.find_wanted(index, current, read.wanted))
    name = "stdin" if file == "-" else os.path.basename(file)
    if found.new and not is_dry:
        from countdown.config import edit  # Deferred: only for what is followed.

        edit.follow(tuple(("title", each) for each in found.new), f"import {name}")
    about = f"{escape_hostile(name)} · {_NAMES[read.of]} · {len(read.wanted):,} titles"
    view = imported(
        found, current.view_context, origin=about, left_out=read.left_out, is_dry=is_dry
    )
    output.show(view, current)
    if not found.new and not found.already:
        raise NothingFound("Nothing in it is ahead, as far as your catalogues know.")


def _read(file: str, origin: str | None) -> Watchlist:
    """The list in *file*. Raises CatalogueError with its line."""
    path = _STDIN if file == "-" else file
    size = watchlist_files.MAX_BYTES
    hint = "give the file that the site or program exported"
    data = parse.content(path, max_size=size, hint=hint, allow_pipe=True)
    try:
        return watchlist_files.read(data, origin)
    except ListError as error:
        place = path if error.line is None else f"{path}:{error.line}"
        raise CatalogueError(escape_hostile(f"{place}: {error}")) from None
