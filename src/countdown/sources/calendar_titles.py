"""What the title of an event is about: a film, a season, an episode. No I/O.

`Andor - 2x01 - One Year Later` is Sonarr's, `Barbarian (Theatrical Release)` Radarr's.
"""

import re
from typing import Final, NamedTuple

_EPISODE: Final = re.compile(
    r"(?P<title>.+?) - (?:(?P<season>\d{1,3})x|S(?P<other>\d{1,3})E)(?P<episode>\d{1,4})"
    r"(?:\D.*)?",
    re.ASCII | re.IGNORECASE,
)
_SEASON: Final = re.compile(
    r"(?P<title>.+?)(?:,|:| -|) (?:season |s)(?P<season>\d{1,3})(?: premiere| begins| starts)?",
    re.ASCII | re.IGNORECASE,
)
_TYPE: Final = re.compile(r"(?P<title>.+?) \((?P<type>[A-Za-z ]{2,30})\)", re.ASCII)
_YEAR: Final = re.compile(r"(?P<title>.+?) \((?:19|20)\d\d\)", re.ASCII)
_TYPES: Final = {
    "theatrical": "theatrical",
    "cinema": "theatrical",
    "in cinemas": "theatrical",
    "in theaters": "theatrical",
    "digital": "digital",
    "physical": "physical",
    "streaming": "streaming",
    "tv": "tv",
    "premiere": "premiere",
}


class Subject(NamedTuple):
    """What an event is about. A *season* has a number, and its first *episode* is 1."""

    title: str
    type: str | None = None
    season: int | None = None
    episode: int | None = None


def subject(summary: str) -> Subject:
    """What the event with the title *summary* is about; a year behind the title isn't part of it.

    A whole season counts as its first episode.
    """
    match = _EPISODE.fullmatch(summary)
    if match:
        season = int(match["season"] or match["other"])
        return Subject(_without_year(match["title"]), None, season, int(match["episode"]))
    title, type = _typed(summary)
    match = _SEASON.fullmatch(title)
    if match and int(match["season"]):
        return Subject(_without_year(match["title"]), type, int(match["season"]), 1)
    return Subject(_without_year(title), type)


def _typed(summary: str) -> tuple[str, str | None]:
    """The title without the type of its release, and that type; None if it says none."""
    match = _TYPE.fullmatch(summary)
    word = match["type"].casefold().removesuffix(" release").strip() if match else ""
    if match and word in _TYPES:
        return match["title"], _TYPES[word]
    return summary, None


def _without_year(title: str) -> str:
    match = _YEAR.fullmatch(title)
    return match["title"] if match else title
