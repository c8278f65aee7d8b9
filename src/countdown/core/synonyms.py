"""Other words that people have for the kinds, stages and types of the catalogue's format."""

from collections.abc import Collection
from typing import Final

_SYNONYMS: Final = (  # with hyphens between words
    {"movie": "film", "feature": "film", "feature-film": "film", "short-film": "short"}
    | {"tv": "series", "show": "series", "tv-show": "series", "tv-series": "series"}
    | {"tv-season": "season", "tv-special": "special"}
    | {"rumored": "rumoured", "rumor": "rumoured", "rumour": "rumoured", "planned": "announced"}
    | {"in-development": "development", "developing": "development", "writing": "development"}
    | {"preproduction": "pre-production", "pre": "pre-production"}
    | {"shooting": "filming", "production": "filming", "in-production": "filming"}
    | {"shot": "wrapped", "postproduction": "post-production", "post": "post-production"}
    | {"in-post": "post-production", "finished": "completed", "complete": "completed"}
    | {"done": "completed", "out": "released", "hold": "on-hold", "paused": "on-hold"}
    | {"canceled": "cancelled"}
    | {"cinema": "theatrical", "theater": "theatrical", "theatre": "theatrical"}
    | {"stream": "streaming", "television": "tv", "broadcast": "tv", "vod": "digital"}
    | {"download": "digital", "dvd": "physical", "blu-ray": "physical", "bluray": "physical"}
    | {"disc": "physical", "rerelease": "re-release"}
)


def choose(text: str, choices: Collection[str]) -> str | None:
    """The one of *choices* that *text* names, perhaps in another word; None if none does.

    Case, a plural s, and the difference between blanks, underscores and hyphens do not matter.
    """
    word = "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
    for known in (word, word.removesuffix("s")):
        if known in choices:
            return known
        if _SYNONYMS.get(known) in choices:
            return _SYNONYMS[known]
    return None
