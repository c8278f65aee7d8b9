"""Examples of calls, and the class of commands whose help pages end with them."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import click


class Example(NamedTuple):
    """A *call* to paste, and a *comment*, which may be empty."""

    call: str
    comment: str


class CommandWithExamples(click.Command):
    """A command whose help page ends with *examples*, each a call and a comment after two spaces.

    *shared* are the parameters that all commands share, which have a page of their own.
    """

    def __init__(
        self, name: str | None, *, examples: Sequence[str] = (), **attributes: Any
    ) -> None:
        super().__init__(name, **attributes)
        self.examples = [*map(parse_example, examples)]
        self.shared: list[click.Parameter] = []

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """All parameters, --help among them; Click would look for duplicates at every start."""
        return self.params

    def get_help(self, ctx: click.Context) -> str:
        """The help page, for the terminal at stdout."""
        from countdown.cli import help_pages  # Deferred: few ask for help.

        return help_pages.command_page(self, ctx)


def parse_example(line: str) -> Example:
    """The call and the comment in *line*, which two spaces separate."""
    call, _, comment = line.partition("  ")
    return Example(call, comment.strip())
