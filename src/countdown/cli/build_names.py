"""Candidates for Tab if the index must be built first: see completion/complete.py."""

import os
from contextlib import closing

from countdown import environment, paths, streams
from countdown.cli.session import connect, read_settings
from countdown.completion import complete
from countdown.errors import CountdownError
from countdown.stamps import CatalogueFiles


def build_and_complete(shell: str, typed: list[str]) -> int:
    """Build the index and print the candidates for *typed*; with a bad catalogue, none."""
    try:
        candidates = complete.candidates(shell, typed, _names)
    except CountdownError:
        return 0
    streams.print_line("\n".join(candidates or ()))
    return 0


def _names(kind: str, catalogues: tuple[str, ...]) -> str:
    """The names of a *kind*, in the files *catalogues* if there are any. Raises CountdownError."""
    if complete.is_followed(kind):
        return complete.followed_names(read_settings().follows, kind)
    layers = CatalogueFiles(*((catalogues,) if catalogues else environment.catalogues()))
    has_fixed_day = bool(os.environ.get("COUNTDOWN_TODAY"))
    index = connect(layers, paths.cache_folder(), record=not has_fixed_day)
    with closing(index):
        return complete.names_of(index, kind)
