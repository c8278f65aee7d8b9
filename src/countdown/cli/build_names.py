"""Candidates for Tab where the index must be built first: see completion/complete.py."""

import os

from countdown import environment, paths, streams
from countdown.cli.session import connect, read_settings
from countdown.completion import complete
from countdown.errors import CountdownError
from countdown.stamps import CatalogueFiles


def build_and_complete(shell: str, typed: list[str]) -> int:
    """Build the index and print the candidates for *typed*; with a bad catalogue, none."""
    layers = CatalogueFiles(*environment.catalogues())
    try:
        follows = read_settings().follows
        has_fixed_day = bool(os.environ.get("COUNTDOWN_TODAY"))
        index = connect(layers, paths.cache_folder(), record=not has_fixed_day)
    except CountdownError:
        return 0
    try:
        candidates = complete.candidates(
            shell, typed, lambda kind: complete.names_of(index, kind, follows)
        )
    finally:
        index.close()
    streams.print_line("\n".join(candidates or ()))
    return 0
