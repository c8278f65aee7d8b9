"""`countdown check`: validate catalogue files."""

from typing import Final

import click

from countdown import paths
from countdown.catalogue import load
from countdown.cli import options, output
from countdown.cli.messages import echo
from countdown.cli.session import session
from countdown.core import wording
from countdown.formats import TABLE

_STDIN: Final = "/dev/stdin"


@options.command(
    "check",
    "countdown check                    the built-in catalogue and yours",
    "countdown check my-releases.toml   any file",
    exclude=("--format", "--json", "--days"),
)
@click.argument("files", nargs=-1, type=click.Path())
def command(ctx: click.Context, files: tuple[str, ...]) -> None:
    """Check catalogue files for problems.

    Shows every problem with its line; the exit code is 3 if there's any. Several files are checked
    together, as --catalogue reads them: later ones win. Without FILES, checks those in use; - is a
    pipe.
    """
    current = session(ctx)
    layers = current.layers
    files = tuple(_STDIN if file == "-" else file for file in files)
    if files and tuple(map(paths.absolute, files)) != layers.optional:
        catalogues = load.read_layers(files)
    else:  # The user's own catalogue is invalid without the shipped one below it.
        catalogues = load.read_layers(layers.paths, layers.optional)
    count = load.count_releases(catalogues)
    files = tuple(layer.path for layer in catalogues)
    if output.output_format(current.with_default_format) == TABLE and not current.accessible:
        done, details = f"No problems in {wording.releases(count)}", map(paths.shorten, files)
        output.confirm(current, done, details=tuple(details))
    else:
        echo(f"{', '.join(files)}: {wording.releases(count)}, no problems")
