"""Other words that people use for the kinds, stages and types of the catalogue's format."""

from collections.abc import Collection
from typing import Final

_SYNONYMS: Final = (  # with hyphens between words
    {"movie": "film", "feature": "film", "feature-film": "film", "short-film": "short"}
    | {"tv": "series", "show": "series", "tv-show": "series", "tv-series": "series"}
    | {"tv-season": "season", "tv-special": "special", "miniseries": "series"}
    | {"mini-series": "series", "limited-series": "series", "tv-mini-series": "series"}
    | {"tv-movie": "film", "tv-film": "film", "documentary": "film", "docuseries": "series"}
    | {"filme": "film", "spielfilm": "film", "pelicula": "film", "película": "film"}
    | {"serie": "series", "série": "series", "staffel": "season", "temporada": "season"}
    | {"kurzfilm": "short", "curta": "short", "curta-metragem": "short"}
    | {"rumored": "rumoured", "rumor": "rumoured", "rumour": "rumoured", "planned": "announced"}
    | {"in-development": "development", "developing": "development", "writing": "development"}
    | {"preproduction": "pre-production", "pre": "pre-production"}
    | {"shooting": "filming", "production": "filming", "in-production": "filming"}
    | {"shot": "wrapped", "postproduction": "post-production", "post": "post-production"}
    | {"in-post": "post-production", "finished": "completed", "complete": "completed"}
    | {"done": "completed", "out": "released", "hold": "on-hold", "paused": "on-hold"}
    | {"scrapped": "cancelled", "axed": "cancelled"}
    | {"shelved": "on-hold", "returning-series": "released"}
    | {"now-playing": "released", "airing": "released", "greenlit": "announced"}
    | {"in-pre-production": "pre-production", "in-post-production": "post-production"}
    | {"principal-photography": "filming", "filming-now": "filming", "editing": "post-production"}
    | {"filming-wrapped": "wrapped", "finished-filming": "wrapped", "angekündigt": "announced"}
    | {"anunciado": "announced", "pré-produção": "pre-production", "filmando": "filming"}
    | {"pós-produção": "post-production", "cancelado": "cancelled", "lançado": "released"}
    | {"abgedreht": "wrapped", "abgesagt": "cancelled", "in-produktion": "filming"}
    | {"canceled": "cancelled", "ended": "released"}  # An ended series is out, not given up.
    | {"week": "weekly", "one-a-week": "weekly", "once": "all at once", "at-once": "all at once"}
    | {"binge": "all at once", "batch": "all at once"}
    | {"cinema": "theatrical", "theater": "theatrical", "theatre": "theatrical"}
    | {"stream": "streaming", "television": "tv", "broadcast": "tv", "vod": "digital"}
    | {"download": "digital", "dvd": "physical", "blu-ray": "physical", "bluray": "physical"}
    | {"disc": "physical", "rerelease": "re-release", "pvod": "digital", "svod": "streaming"}
    | {"on-demand": "digital", "video-on-demand": "digital", "kino": "theatrical"}
    | {"theatrical-release": "theatrical", "cinema-release": "theatrical", "wide": "theatrical"}
    | {"wide-release": "theatrical", "in-theaters": "theatrical", "in-theatres": "theatrical"}
    | {"in-cinemas": "theatrical", "limited-release": "limited", "theatrical-(limited)": "limited"}
    | {"world-premiere": "premiere", "festival": "premiere", "4k": "physical", "uhd": "physical"}
)

_MIN_START: Final = 3  # letters of a word that can be matched as its start


def choose(text: str, choices: Collection[str]) -> str | None:
    """The choice that *text* names, or is a synonym of; None if it names none of *choices*.

    Case, a plural s, and the difference between blanks, underscores and hyphens do not matter.
    """
    words = _words(choices)
    word = _comparable(text)
    return words.get(word) or words.get(word.removesuffix("s"))


def nearest(text: str, choices: Collection[str]) -> list[str]:
    """The *choices* that begin with *text*, else those spelt almost like it.

    Synonyms of a choice count as well. The most similar choice is first.
    """
    from difflib import get_close_matches  # Deferred: 1 ms, only for a mistake.

    words, typed = _words(choices), _comparable(text)
    near = [word for word in words if len(typed) >= _MIN_START and word.startswith(typed)]
    near = near or get_close_matches(typed, words, cutoff=0.75)
    return [*dict.fromkeys(words[word] for word in near)]


def _words(choices: Collection[str]) -> dict[str, str]:
    """Each word, as it is compared with others, and the one of *choices* that it means."""
    words = {word: choice for word, choice in _SYNONYMS.items() if choice in choices}
    return words | {_comparable(choice): choice for choice in choices}


def _comparable(text: str) -> str:
    return "-".join(text.casefold().replace("_", " ").replace("-", " ").split())
