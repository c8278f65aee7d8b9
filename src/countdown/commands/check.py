"""`countdown check`: validate catalogue files."""

from typing import Final

import click

from countdown import paths
from countdown.catalogue import load, readings, user_layer
from countdown.cli import options, output
from countdown.cli.messages import echo, warn
from countdown.cli.session import session
from countdown.core import wording
from countdown.errors import UsageError
from countdown.formats import TABLE

_STDIN: Final = "/dev/stdin"


@options.command(
    "check",
    "countdown check                    the built-in catalogue and yours",
    "countdown check my-releases.toml   any file",
    "countdown check --fix              write what you wrote from memory in the format",
    "countdown check --stale            what to look up again",
    exclude=("--format", "--json", "--days"),
)
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--fix", is_flag=True, help="Write a file in the format, asking first.")
@click.option("--yes", is_flag=True, help="With --fix: don't ask.")
@click.option("--dry-run", is_flag=True, help="With --fix: only show what would change.")
@click.option("--stale", is_flag=True, help="List what to look up again.")
@click.option("--coverage", is_flag=True, help="Count releases with a date, role or source.")
def command(
    ctx: click.Context,
    files: tuple[str, ...],
    fix: bool,
    yes: bool,
    dry_run: bool,
    stale: bool,
    coverage: bool,
) -> None:
    """Check catalogue files for problems.

    Shows every problem with its line; the exit code is 3 if there's any. What you wrote in other
    words than the format's is shown as it's read; --fix writes that. Several files are checked
    together, as --catalogue reads them: later ones win. Without FILES, checks those in use; - is a
    pipe. --stale and --coverage are for maintainers of a catalogue: without FILES, of the built-in
    one.
    """
    current = session(ctx)
    layers = current.layers
    files = tuple(_STDIN if file == "-" else file for file in files)
    if not all(files):
        raise UsageError("The name of a file is empty.")
    if (yes or dry_run) and not fix:
        raise UsageError("--yes and --dry-run belong to --fix.")
    if fix:
        from countdown.cli import format_fix  # Deferred: seldom needed.

        if stale or coverage:
            raise UsageError("--fix changes a file; --stale and --coverage only look. Choose one.")
        format_fix.fix(current, files, yes=yes, dry_run=dry_run)
        return
    if stale or coverage:
        from countdown.cli import maintenance  # Deferred: few people keep a catalogue for others.

        if stale and coverage:
            raise UsageError("--stale and --coverage are two answers. Ask for one.")
        show = maintenance.show_stale if stale else maintenance.show_coverage
        show(current, files)
        return
    if files and tuple(map(paths.absolute, files)) != layers.optional:
        catalogues = load.read_layers(files)
    else:  # The user's own catalogue is invalid without the shipped one below it.
        catalogues = load.read_layers(layers.paths, layers.optional)
    load.find_problems(catalogues)
    for line in (line for layer in catalogues for line in readings.lines(layer)):
        echo(line)
    load.raise_problems(catalogues)
    conflicts = user_layer.describe_conflicts(catalogues)
    tables = load.merge_tables(catalogues)
    count = sum(table.get("hidden") is not True for table in tables)
    warn(*conflicts)
    files = tuple(paths.near(layer.path) for layer in catalogues)
    if output.output_format(current.with_default_format) == TABLE and not current.accessible:
        done, details = f"No problems in {wording.releases(count)}", map(paths.shorten, files)
        output.confirm(current, done, details=tuple(details))
    else:
        echo(f"{', '.join(files)}: {wording.releases(count)}, no problems")
