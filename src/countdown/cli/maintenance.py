"""The answers of `check --stale` and `check --coverage`, for the maintainer of a catalogue."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from countdown import paths
from countdown.catalogue import coverage, load, staleness
from countdown.cli import output
from countdown.cli.messages import echo
from countdown.cli.session import Session
from countdown.cli.source_layers import usable_layers
from countdown.core import wording
from countdown.errors import NothingFound
from countdown.views.knowledge import knowledge
from countdown.views.view import Cell, Lines, View

HOBBY_HOSTS: Final = "hobby-hosts.txt"
_IN_CHECKOUT: Final = "data/releases.toml"


def show_stale(current: Session, files: Sequence[str]) -> None:
    """Write a line for each entry of *files*, by default the built-in catalogue, to check again.

    Raises NothingFound if there are any, as a linter does, and CatalogueError.
    """
    layers = _layers(current, files)
    load.check(layers)
    named = _absolute(files)
    shown = [layer for layer in layers if not files or paths.absolute(layer.path) in named]
    lines = staleness.stale_lines(shown, current.now.today)
    if lines:
        view = View(lambda: [_lines(lines)], (), current.view_context)
        output.show(view, current.with_default_format)
        number = "1 thing" if len(lines) == 1 else f"{len(lines):,} things"
        raise NothingFound(f"{number} to look at again.")
    count = sum(1 for layer in shown for table in layer.tables if table)
    files = [paths.near(layer.path) for layer in shown]
    echo(f"{', '.join(files)}: {wording.releases(count)}, nothing stale")


def show_coverage(current: Session, files: Sequence[str]) -> None:
    """Write how many releases of *files*, by default the built-in ones, have a date, a source.

    Raises CatalogueError.
    """
    releases = load.releases(_layers(current, files))
    hosts = coverage.read_hosts(Path(paths.shipped(HOBBY_HOSTS)).read_text(encoding="utf-8"))
    figures = coverage.figures(releases, hosts, current.now.today)
    output.show(knowledge(figures, current.view_context), current.with_default_format)


def _lines(texts: Sequence[str]) -> Lines:
    """The lines *texts*, not wrapped, so that they can be copied."""
    return Lines(tuple((Cell(text),) for text in texts), whole=True)


def _built_in() -> str:
    """The path of the built-in catalogue, relative at the root of a checkout."""
    path = paths.shipped("releases.toml")
    is_here = os.path.exists(_IN_CHECKOUT) and os.path.samefile(_IN_CHECKOUT, path)
    return _IN_CHECKOUT if is_here else path


def _layers(current: Session, files: Sequence[str]) -> list[load.Layer]:
    """The layers of *files*; below the user's own alone, those below it are added."""
    if files and tuple(_absolute(files)) == current.layers.optional:
        layers = current.layers
        return load.read_layers(layers.paths, layers.optional, usable_layers(layers))
    return load.read_layers(files or (_built_in(),))


def _absolute(files: Sequence[str]) -> list[str]:
    return [paths.absolute(file) for file in files]
