"""A part of a series that a catalogue lacks, and words for several."""

from collections.abc import Sequence
from typing import NamedTuple


class MissingPart(NamedTuple):
    """A part that isn't there, by all *names* that it could have; the first is to be shown.

    Of a season, there are the *series* and the *number*.
    """

    names: tuple[str, ...]
    kind: str
    series: str = ""
    number: int = 0


def in_words(parts: Sequence[MissingPart]) -> list[str]:
    """`"Iron Man 2"`, `seasons 1 to 3 of "Slow Horses"`: each run of *parts* in words."""
    runs: list[list[MissingPart]] = []
    for part in parts:
        last = runs[-1][-1] if runs else part
        if runs and part.number and (last.series, last.number + 1) == (part.series, part.number):
            runs[-1].append(part)
        else:
            runs.append([part])
    return [_run(run[0], run[-1]) for run in runs]


def _run(first: MissingPart, last: MissingPart) -> str:
    if not first.number:
        return f'"{first.names[0]}"'
    if first is last:
        return f'season {first.number} of "{first.series}"'
    glue = "and" if last.number == first.number + 1 else "to"
    return f'seasons {first.number} {glue} {last.number} of "{first.series}"'
