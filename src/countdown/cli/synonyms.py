"""Other words for the kinds and stages of releases, as people type them."""

from typing import Final

import click

from countdown.core.text import fold

_SYNONYMS: Final = {  # folded word → choice
    "movie": "film",
    "feature": "film",
    "feature film": "film",
    "short film": "short",
    "tv": "series",
    "tv series": "series",
    "tv show": "series",
    "show": "series",
    "rumored": "rumoured",
    "rumor": "rumoured",
    "planned": "announced",
    "in development": "development",
    "preproduction": "pre-production",
    "pre": "pre-production",
    "shooting": "filming",
    "in production": "filming",
    "production": "filming",
    "postproduction": "post-production",
    "post": "post-production",
    "in post": "post-production",
    "finished": "completed",
    "complete": "completed",
    "done": "completed",
    "out": "released",
    "paused": "on-hold",
    "canceled": "cancelled",
}


class Choice(click.Choice[str]):
    """A choice that also takes other words for the same, in any case, with or without hyphens."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that *value* means. Raises click.BadParameter."""
        return super().convert(find_choice(value, tuple(self.choices)), param, ctx)


def find_choice(text: str, choices: tuple[str, ...]) -> str:
    """The one of *choices* that *text* means; *text* itself if it means none of them."""
    folded = fold(text)
    named = {fold(choice): choice for choice in choices}
    synonym = _SYNONYMS.get(folded, "")
    return named.get(folded) or (synonym if synonym in choices else text)
