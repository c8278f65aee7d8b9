"""Other words that people have for the kinds, stages and types of the catalogue's format."""

from collections.abc import Collection, Mapping
from typing import Final

KINDS: Final[Mapping[str, str]] = {
    "movie": "film",
    "feature": "film",
    "tv": "series",
    "show": "series",
    "tv-show": "series",
} | {"tv-series": "series", "tv-season": "season", "short-film": "short", "tv-special": "special"}
STAGES: Final[Mapping[str, str]] = (
    {"rumored": "rumoured", "rumor": "rumoured", "rumour": "rumoured"}
    | {"in-development": "development", "developing": "development", "writing": "development"}
    | {"preproduction": "pre-production", "shooting": "filming", "production": "filming"}
    | {"in-production": "filming", "shot": "wrapped", "postproduction": "post-production"}
    | {"finished": "completed", "complete": "completed", "done": "completed", "out": "released"}
    | {"hold": "on-hold", "paused": "on-hold", "canceled": "cancelled"}
)
TYPES: Final[Mapping[str, str]] = (
    {"cinema": "theatrical", "theater": "theatrical", "theatre": "theatrical"}
    | {"theatric": "theatrical", "stream": "streaming", "television": "tv", "broadcast": "tv"}
    | {"vod": "digital", "download": "digital", "dvd": "physical", "blu-ray": "physical"}
    | {"bluray": "physical", "disc": "physical", "rerelease": "re-release"}
)


def choose(text: str, choices: Collection[str], synonyms: Mapping[str, str]) -> str | None:
    """The one of *choices* that *text* names, also by one of *synonyms*; None if none does.

    Case, a plural s, and the difference between blanks, underscores and hyphens do not matter.
    """
    word = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    for known in (word, word.removesuffix("s")):
        if known in choices:
            return known
        if known in synonyms:
            return synonyms[known]
    return None
