"""`countdown completion`: the script for a shell, and candidates if the index must be built."""

import os

import click

from countdown import environment, paths, streams
from countdown.cli import options
from countdown.cli.prompt_options import EXCLUDED_OPTIONS
from countdown.cli.session import connect, read_settings
from countdown.errors import CountdownError
from countdown.prompt import init
from countdown.stamps import CatalogueFiles


@options.command(
    "completion",
    'eval "$(countdown completion bash)"   in ~/.bashrc',
    'eval "$(countdown completion zsh)"    in ~/.zshrc',
    "countdown completion fish | source    in ~/.config/fish/config.fish",
    exclude=(*EXCLUDED_OPTIONS, "--as-of", "--region", "--timezone", "--catalogue"),
)
@click.argument("shell", type=click.Choice(init.SHELLS))
def command(ctx: click.Context, shell: str) -> None:
    """Print what SHELL reads at its start to complete commands, options and names.

    countdown init does this too, so nobody needs both.
    """
    streams.print_line(init.completion(shell).rstrip("\n"))


def build_and_complete(shell: str, typed: list[str]) -> int:
    """Build the index and print the candidates for *typed*; with a bad catalogue, none."""
    from countdown.completion import complete  # Deferred: it imports the table of all commands.

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
