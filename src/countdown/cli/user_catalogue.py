"""Changes to the user's own catalogue: finds the release, makes the change and reports it."""

import os
from collections.abc import Callable
from typing import Final

import click

from countdown import paths
from countdown.catalogue import source_files, store
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.store import CatalogueLocation, Change
from countdown.cli import output, source_layers
from countdown.cli.context import shared_options
from countdown.cli.messages import echo, warn
from countdown.cli.session import Session
from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound, UsageError
from countdown.stamps import CatalogueFiles
from countdown.toml import parse
from countdown.views.view import Cell, Lines, Style, View

EXCLUDED_OPTIONS: Final = ("--catalogue", "--format", "--json", "--days")  # They change one file.
dry_run = click.option("--dry-run", is_flag=True, help="Show what would change; change nothing.")
_STYLES: Final[dict[str, Style]] = {"+": "added", "-": "removed", "@": "muted"}


def location() -> CatalogueLocation:
    """The place of the user's own catalogue. Raises UsageError if there is no home folder.

    From here to the end of the command, files are parsed only once: it looks up the release in
    them before it changes one.
    """
    click.get_current_context().with_resource(parse.parse_cache())
    path, state = paths.user_catalogue(), paths.state_folder()
    if path is None or state is None:
        raise UsageError("There's no home folder for your catalogue. Set HOME.")
    config = paths.config_file() or ""
    day = source_layers.licence_day()
    return CatalogueLocation(path, (paths.shipped("releases.toml"),), state, config, day)


def with_files(current: Session, location: CatalogueLocation) -> Session:
    """A copy of *current* for the user's own catalogue and the lower ones, whatever is in use."""
    return current._replace(layers=files_of(location))


def files_of(location: CatalogueLocation) -> CatalogueFiles:
    """The files of the user's own catalogue, and of all that lies below it."""
    sources = source_files.folder_in(location.state_folder)
    return CatalogueFiles((*location.lower_paths, location.path), (location.path,), sources)


def identifier(
    text: str, current: Session, location: CatalogueLocation, *, hidden_first: bool = False
) -> str:
    """The id of the release with the id or title *text*, which may be hidden.

    With *hidden_first*, a hidden one has precedence over others with that title. Raises
    NothingFound, UsageError if there are several, and CatalogueError.
    """
    if text in store.ids(location):
        return text
    with store.saying_nothing_changed():
        return _find_identifier(text, current, location, hidden_first=hidden_first)


def _find_identifier(
    text: str, current: Session, location: CatalogueLocation, *, hidden_first: bool
) -> str:
    from countdown.cli import (
        hidden_releases,
        lookup,
    )  # Deferred, like the index: an id is found without it.
    from countdown.cli.filters import build_query

    default = with_files(current, location)
    files = default.layers
    try:
        if hidden_first:
            hidden_releases.check_hidden(text, files)
        matches = default.ask(
            lambda index: lookup.find_title(index, text, build_query(default), files)
        )
    except hidden_releases.HiddenRelease as hidden:
        return hidden.id
    # The beginning of a word is enough to show a release, but not to change one.
    exact = [outlook for outlook in matches if lookup.is_called(outlook.release, text)]
    if not exact and len(matches) == 1:
        near = lookup.join_quoted([matches[0].release.name])
        raise NothingFound(f'"{text}" isn\'t an exact title. Did you mean {near}?')
    matches = exact or matches
    if len(matches) > 1:
        ids = ", ".join(outlook.release.id for outlook in matches[:5])
        more = f" and {len(matches) - 5} more" if len(matches) > 5 else ""
        raise UsageError(f'"{text}" can be {ids}{more}. Name one by its id.')
    return matches[0].release.id


def change(
    current: Session,
    alter: Callable[[UserCatalogue], None],
    *,
    command: str,
    dry_run: bool,
    confirmation: Callable[[], tuple[str, ...]],
) -> None:
    """Change the user's own catalogue with *alter* and report it; with *dry_run*, only show it.

    *command* is what the user did, for `countdown undo`. Raises CatalogueError.
    """
    place = location()
    changed = store.change(place, alter, dry_run=dry_run, command=command)
    report(current, place, changed, dry_run=dry_run, confirmation=confirmation)


def report(
    current: Session,
    location: CatalogueLocation,
    change: Change,
    *,
    dry_run: bool,
    confirmation: Callable[[], tuple[str, ...]],
) -> None:
    """Write the *confirmation* of a *change*; with *dry_run*, the change itself."""
    for line in store.style_warnings(location, change.after):
        warn(line)
    if dry_run:
        show(current, location.path, change.before, change.after)
    elif change.before == change.after:
        echo("Nothing to change: your catalogue says so already.")
    else:
        _update_left_out(location)
        output.confirm(current, *confirmation())
        if os.environ.get("COUNTDOWN_CATALOGUE"):
            what = "Not in use: COUNTDOWN_CATALOGUE names other catalogues."
            warn(f"{location.path}: {what}")
        output.hint("To undo it: countdown undo")


def time_left(outlook: Outlook, date_style: str) -> str:
    """The day of *outlook*, if that is known, and the time left: `18 Dec 2026, in 3 weeks`."""
    day = ""
    if outlook.date and outlook.date.precision in ("day", "instant"):
        day = f"{wording.format_date(outlook.date, date_style)}, "
    return f"{day}{wording.time_left(outlook, date_style)}"


def _update_left_out(location: CatalogueLocation) -> None:
    """Have the command report what is left out after its change, not what was before."""
    shared = shared_options(click.get_current_context())
    if shared.left_out:
        from countdown.catalogue import user_layer  # Deferred: mistakes are rare.

        files = files_of(location)
        sources = source_layers.usable_layers(files)
        _, own = user_layer.read_usable_layers(files.paths, files.optional, sources)
        shared.left_out = next((layer.left_out.advice for layer in own), "")


def show(current: Session, path: str, before: bytes | None, after: bytes | None) -> None:
    """Write a change of the file *path* as a difference of lines, as diff -u does (POSIX)."""
    from countdown.cli import text_difference  # Deferred: only --dry-run shows one.

    old, new = ((data or b"").decode("utf-8-sig") for data in (before, after))
    lines = text_difference.difference(old, new, path)
    blocks = (Lines(tuple((_style_line(escape_hostile(line)),) for line in lines)),)
    output.show(View(lambda: blocks, (), current.view_context), current.with_default_format)


def _style_line(text: str) -> Cell:
    is_heading = text.startswith(("---", "+++"))
    return Cell(text, "heading" if is_heading else _STYLES.get(text[:1], ""))
