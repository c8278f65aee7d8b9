"""What the commands share that change the user's own catalogue."""

import os
from collections.abc import Callable
from difflib import unified_diff
from typing import Any, Final

import click

from countdown import paths
from countdown.catalogue import load, store
from countdown.catalogue.overlays import UserCatalogue
from countdown.catalogue.store import CatalogueLocation, Change
from countdown.cli import lookup, output
from countdown.cli.filters import build_query
from countdown.cli.messages import echo, warn
from countdown.cli.session import Session
from countdown.core.release import Release
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound, UsageError
from countdown.index.freshness import CatalogueFiles
from countdown.views.view import Cell, Lines, Style, View

WITHOUT: Final = ("--catalogue", "--format", "--json")  # They change one file, and tell of that.
dry_run = click.option(
    "--dry-run", is_flag=True, help="Show what would change, and change nothing."
)
_STYLES: Final[dict[str, Style]] = {"+": "added", "-": "removed", "@": "muted"}


def location() -> CatalogueLocation:
    """The user's own catalogue. Raises UsageError if there is no home for it."""
    path, state = paths.own_catalogue(), paths.state_folder()
    if path is None or state is None:
        raise UsageError("there is no home folder for a catalogue of your own; set HOME")
    return CatalogueLocation(path, (paths.shipped("releases.toml"),), state)


def identifier(text: str, current: Session, mine: CatalogueLocation) -> str:
    """The id of the release that *text* means, by id or by any title; also of a hidden one.

    Raises NothingFound, and UsageError if it could be several.
    """
    data = store.content(mine)
    with store.saying_nothing_changed():
        return _identifier(text, current, mine, data)


def _identifier(text: str, current: Session, mine: CatalogueLocation, data: bytes | None) -> str:
    if data is not None:
        layer = load.read(mine.path, data)
        if any(table and table.get("id") == text for table in layer.tables):
            return text
    usual = current._replace(layers=CatalogueFiles((*mine.below, mine.path), (mine.path,)))
    try:
        found = usual.ask(
            lambda index: lookup.find_title(index, text, build_query(usual), usual.layers)
        )
    except lookup.HiddenRelease as hidden:
        return hidden.id
    # To look at one, the beginning of a word is enough; to change it, it is not.
    called = [seen for seen in found if _is_called(seen.release, text)]
    if not called and len(found) == 1:
        near = lookup.join_quoted([found[0].release.name])
        raise NothingFound(f'no release is called just "{text}"; did you mean {near}?')
    found = called or found
    if len(found) > 1:
        ids = ", ".join(seen.release.id for seen in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise UsageError(f'"{text}" can be {ids}{more}; name one by its id')
    return found[0].release.id


def _is_called(release: Release, text: str) -> bool:
    names = (release.title, release.name, *release.aliases)
    return release.id == text.strip() or lookup.is_among(names, text)


def change(
    current: Session,
    alter: Callable[[UserCatalogue], Any],
    *,
    dry_run: bool,
    told: Callable[[], str],
) -> None:
    """Change the user's own catalogue and say what came of it, or only what would."""
    mine = location()
    made = store.change(mine, alter, dry_run=dry_run)
    report(current, mine, made, dry_run=dry_run, told=told)


def report(
    current: Session,
    mine: CatalogueLocation,
    made: Change,
    *,
    dry_run: bool,
    told: Callable[[], str],
) -> None:
    """Say what became of the user's own catalogue: the change itself, if that was only tried."""
    for line in store.style_warnings(mine, made.before):
        warn(line)
    if dry_run:
        show(current, mine, made)
    elif made.before == made.after:
        echo("nothing to change: your catalogue says so already")
    else:
        echo(told())
        if os.environ.get("COUNTDOWN_CATALOGUE"):
            what = "COUNTDOWN_CATALOGUE names other catalogues, so no command reads this one"
            warn(f"{mine.path}: {what}")
        output.hint("countdown undo takes it back")


def _line(text: str) -> Cell:
    head = text.startswith(("---", "+++"))
    return Cell(text, "heading" if head else _STYLES.get(text[:1], ""))


def _lines(data: bytes | None) -> list[str]:
    lines = (data or b"").decode("utf-8-sig").split("\n")
    return [line.removesuffix("\r") for line in (lines if lines[-1] else lines[:-1])]


def show(current: Session, mine: CatalogueLocation, made: Change) -> None:
    """Write the difference that a change makes, as diff -u does (POSIX)."""
    before, after = (_lines(data) for data in (made.before, made.after))
    found = unified_diff(before, after, mine.path, mine.path, lineterm="")
    lines = tuple((_line(escape_hostile(line)),) for line in found)
    blocks = (Lines(lines),)
    output.show(View(lambda: blocks, (), current.view_context), current.with_default_format)
