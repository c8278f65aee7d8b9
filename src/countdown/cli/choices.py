"""Types of arguments and options whose values are words of a list, or synonyms."""

from typing import Any

import click


class ShellName(click.Choice[str]):
    """The type of the name of a shell, or of another one by which people call it."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that *value* means. Raises BadParameter."""
        from countdown.prompt.init import OTHER_NAMES  # Deferred: one command has such a word.

        return super().convert(OTHER_NAMES.get(value, value), param, ctx)


class Word(click.Choice[str]):
    """The type of a word of the format, or a synonym."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The choice that *value* means. Raises BadParameter, with the nearest one."""
        return _choose(self, value, param, ctx)


class Words(click.Choice[str]):
    """The type of several words of the format, or synonyms, separated by commas.

    `flatten` is the callback of a repeatable option of this type.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The choices that *value* names, a tuple. Raises BadParameter, with the nearest one."""
        words = filter(None, map(str.strip, value.split(",")))
        return tuple(_choose(self, word, param, ctx) for word in words)


def _choose(
    type: click.Choice[str], word: str, param: click.Parameter | None, ctx: click.Context | None
) -> str:
    from countdown.core import synonyms  # Deferred: most command lines have no such word.

    choices = tuple(type.choices)
    choice = synonyms.choose(word, choices)
    if choice is None:
        near = synonyms.nearest(word, choices)
        hint = f'Did you mean "{near[0]}"?' if near else f"Choose {', '.join(choices)}."
        name = str(param and param.name).removesuffix("s")
        type.fail(f'Unknown {name} "{word}". {hint}', param, ctx)
    return choice


def flatten(
    ctx: click.Context, param: click.Parameter, value: tuple[tuple[str, ...], ...]
) -> tuple[str, ...]:
    """All choices of a repeatable option of `Words`, without duplicates."""
    return tuple(dict.fromkeys(choice for choices in value for choice in choices))
