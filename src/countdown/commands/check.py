"""`countdown check`: validate catalogue files."""

from collections.abc import Sequence
from typing import Final

import click

from countdown import paths
from countdown.catalogue import load, readings, user_layer
from countdown.catalogue.load import Layer
from countdown.cli import options, output
from countdown.cli.messages import echo, warn
from countdown.cli.session import session
from countdown.cli.shell_words import shell_word
from countdown.cli.source_layers import usable_layers
from countdown.core import wording
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, UsageError
from countdown.formats import TABLE

_STDIN: Final = "/dev/stdin"
_PIPES: Final = (_STDIN, "/dev/fd/")  # Beginnings of files that can't be changed.


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

    Shows every problem with its line; the exit code is 3 if there's any. What isn't in the format
    is shown below, as it's read; --fix writes that. Several files are checked together, as
    --catalogue reads them: later ones win. Without FILES, checks those in use; - is a pipe. --stale
    and --coverage are for maintainers of a catalogue: without FILES, of the built-in one.
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
        sources: list[Layer] = []
        catalogues = load.read_layers(files)
    else:  # The user's own catalogue is invalid without those below it.
        sources = usable_layers(layers)
        catalogues = load.read_layers(layers.paths, layers.optional, sources)
    parts = _show_problems(catalogues)
    conflicts = user_layer.describe_conflicts(catalogues)
    tables = load.merge_tables(catalogues)
    count = sum(table.get("hidden") is not True for table in tables)
    warn(*conflicts)
    files = tuple(paths.near(layer.path) for layer in catalogues if layer not in sources)
    total = sum(parts.values())
    more = f", {_loose(total)}" if total else ""
    if output.output_format(current.with_default_format) == TABLE and not current.accessible:
        done, details = f"No problems in {wording.releases(count)}", map(paths.shorten, files)
        output.confirm(current, f"{done}{more}", details=tuple(details))
    else:
        echo(f"{', '.join(files)}: {wording.releases(count)}, no problems{more}")
    loose = [path for path, number in parts.items() if number]
    if len(loose) == 1 and not loose[0].startswith(_PIPES):
        name = "" if loose[0] in layers.optional else f" {shell_word(paths.near(loose[0]))}"
        output.hint(f"To write it in the format: countdown check --fix{name}")


def _show_problems(layers: Sequence[Layer]) -> dict[str, int]:
    """Write the problems of *layers*, then how parts that aren't in the format are read.

    If there are both, each has a heading. Returns the number of these parts by the path of the
    file. Raises CatalogueError with the counts if there are problems.
    """
    problems: tuple[str, ...] = ()
    try:
        load.check(layers)
    except CatalogueError as error:
        problems = error.lines
    found = {layer.path: readings.lines(layer) for layer in layers}
    lines = [line for each in found.values() for line in each]
    count = sum(len(layer.problems) for layer in layers)
    if problems and lines:
        problems = (f"Problems ({count:,})", *problems, "")
    warn(*problems)
    if lines:
        echo(f"Understood, but not in the format ({len(lines):,})", *lines, "")
    if problems:
        files = ", ".join(paths.near(layer.path) for layer in layers if layer.problems)
        counts = [f"{count:,} problem{'s' if count > 1 else ''}"]
        counts += [_loose(len(lines))] if lines else []
        raise CatalogueError(escape_hostile(f"{files}: {', '.join(counts)}"))
    return {path: len(each) for path, each in found.items()}


def _loose(count: int) -> str:
    return "1 part not in the format" if count == 1 else f"{count:,} parts not in the format"
