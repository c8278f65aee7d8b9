"""`countdown check`: validate catalogue files."""

from typing import Final

import click

from countdown import paths
from countdown.catalogue import load
from countdown.cli import options
from countdown.cli.messages import echo
from countdown.cli.session import session
from countdown.core import wording

_STDIN: Final = "/dev/stdin"


@options.command(
    "check",
    "countdown check                    the shipped catalogue and your own",
    "countdown check my-releases.toml   any file; exit code 3 if it has problems",
    exclude=("--format", "--json", "--days"),
)
@click.argument("files", nargs=-1, type=click.Path())
def command(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Check catalogue FILES: every problem at once, as path:line:column, and exit code 3.

    Several files are checked as --catalogue would read them: each laid over the ones before it.
    Without any, the files that the other commands read are checked; - is what comes through a pipe.
    """
    layers = session(ctx).layers
    files = tuple(_STDIN if file == "-" else file for file in files)
    if files and tuple(map(paths.absolute, files)) != layers.optional:
        catalogues = load.read_layers(files)
    else:  # The user's own catalogue is invalid without the shipped one below it.
        catalogues = load.read_layers(layers.paths, layers.optional)
    count = load.count_releases(catalogues)
    names = ", ".join(layer.path for layer in catalogues)
    echo(f"{names}: {wording.releases(count)}, no problems")
