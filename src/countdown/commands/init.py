"""`countdown init`: what a shell reads at its start, where the light path can't tell."""

import os
from typing import Any, Final

import click

from countdown import paths
from countdown.cli import options
from countdown.cli.context import shared_options
from countdown.cli.prompt_options import WITHOUT, given_options, prompt_options, read_options
from countdown.cli.session import session
from countdown.errors import CatalogueError
from countdown.prompt import answer, init
from countdown.prompt.options import FLAGS

_SHARED: Final = ("--as-of", "--region", "--timezone", "--catalogue")


@options.command(
    "init",
    'eval "$(countdown init bash)"        in ~/.bashrc',
    'eval "$(countdown init zsh)"         in ~/.zshrc',
    "countdown init fish | source         in ~/.config/fish/config.fish",
    "countdown init zsh --franchise MCU   what the prompt is to show",
    without=WITHOUT,
)
@click.argument("shell", type=click.Choice(init.SHELLS))
@click.option("--no-prompt", is_flag=True, help="Only set COUNTDOWN_PROMPT, for a prompt of yours.")
@prompt_options(without=("--for",))
def command(ctx: click.Context, /, shell: str, no_prompt: bool, **given: Any) -> None:
    """Print what SHELL reads at its start: the days remaining in the prompt, and completion.

    The prompt is added to, never replaced, and costs hundredths of a millisecond: the shell reads
    a file, and starts a process when the day or the catalogue has changed. The options are those
    of countdown prompt.
    """
    read_options(
        given, session(ctx)
    )  # Whatever is wrong is told now, not in silence at every prompt.
    chosen = []
    for option, text in given_options(given):
        chosen += [option] if option in FLAGS else [option, text]
    shared = shared_options(ctx)
    for option in _SHARED:
        value = getattr(shared, option[2:].replace("-", "_"))
        for text in (value,) if isinstance(value, str) else value or ():
            chosen += [option, _absolute_catalogue(text) if option == "--catalogue" else text]
    answer.print_line(init.script(shell, chosen, shown=not no_prompt).rstrip("\n"))


def _absolute_catalogue(catalogue: str) -> str:
    """The path *catalogue* as it can be read from any folder. Raises CatalogueError."""
    path = paths.absolute(catalogue)
    if not os.path.isabs(path):
        raise CatalogueError(f"{path}: The current folder no longer exists. Use an absolute path.")
    return path
