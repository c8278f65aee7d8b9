"""`countdown init`: the script that a shell reads, if the light path can't parse the options."""

import os
from collections.abc import Iterator
from typing import Final

import click

from countdown import paths
from countdown.cli import options
from countdown.cli.choices import ShellName
from countdown.cli.context import SharedOptions, shared_options
from countdown.cli.prompt_options import EXCLUDED_OPTIONS, OptionTexts, prompt_options, read_options
from countdown.cli.session import session
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, UsageError
from countdown.prompt import init
from countdown.prompt.options import FLAGS
from countdown.prompt.running_shell import running_shell

_SHARED: Final = ("as_of", "region", "timezone", "catalogue")  # of the options of all commands
_MAX_NAME: Final = 40  # characters of a shell's name that are shown


@options.command(
    "init",
    "countdown init                      shows the line to add, and where",
    'eval "$(countdown init bash)"       in ~/.bashrc',
    'eval "$(countdown init zsh)"        in ~/.zshrc',
    "countdown init fish | source        in ~/.config/fish/config.fish",
    "countdown init --franchise MCU      only Marvel in the prompt",
    "countdown init --completion-only    tab completion, no prompt",
    exclude=EXCLUDED_OPTIONS,
)
@click.argument("shell", required=False, type=ShellName(init.SHELLS), metavar="[SHELL]")
@click.option("--no-prompt", is_flag=True, help="Only set COUNTDOWN_PROMPT, for your own prompt.")
@click.option("--completion-only", is_flag=True, help="Only tab completion, no prompt.")
@prompt_options(exclude=("--for",))
def command(
    ctx: click.Context,
    /,
    shell: str | None,
    no_prompt: bool,
    completion_only: bool,
    option_texts: OptionTexts,
) -> None:
    """Set up your shell (bash, zsh, fish, nu or PowerShell): prompt and completion.

    Without SHELL, countdown detects yours and shows which line to add to which file. Your prompt
    stays; countdown adds to it. That costs hundredths of a millisecond, in nu one or two. It takes
    the options of countdown prompt.
    """
    shared = shared_options(ctx)
    words: list[str] = []
    if completion_only:
        _refuse_prompt_options(no_prompt, option_texts, shared)
        words = [init.COMPLETION_ONLY]
    else:
        # A wrong option must fail here: prompts would silently ignore it.
        read_options(option_texts, session(ctx))
        for option, text in (*option_texts, *_shared_pairs(shared)):
            words += [option] if option in FLAGS else [option, text]
        words += [init.NO_PROMPT] if no_prompt else []
    if shell:
        init.print_script(shell, words)
    else:
        init.print_for_found_shell(_find_shell(shared), words)


def _find_shell(shared: SharedOptions) -> str:
    """The shell that runs this program. Raises UsageError if it isn't one of SHELLS."""
    name = running_shell([*shared.words])
    name = init.OTHER_NAMES.get(name, name)
    if name in init.SHELLS:
        return name
    if name:
        shown = escape_hostile(name[:_MAX_NAME])
        raise UsageError(
            f"Your shell is {shown}. countdown knows bash, zsh, fish, nu and PowerShell.",
            "To set up one of these, name it: countdown init bash",
        )
    raise UsageError(
        "Can't tell which shell you use. countdown knows bash, zsh, fish, nu and PowerShell.",
        "Name it: countdown init bash",
    )


def _refuse_prompt_options(
    no_prompt: bool, option_texts: OptionTexts, shared: SharedOptions
) -> None:
    """Refuse options that would have no effect without a prompt. Raises UsageError."""
    options = [init.NO_PROMPT] if no_prompt else []
    options += [option for option, _ in option_texts]
    options += ["--" + name.replace("_", "-") for name in _SHARED if shared.has(name)]
    if options:
        raise UsageError(f"{init.COMPLETION_ONLY} sets up no prompt. Leave out {options[0]}.")


def _shared_pairs(shared: SharedOptions) -> Iterator[tuple[str, str]]:
    """The shared options that a prompt takes, valid in any folder. Raises CatalogueError."""
    for option, value in (
        ("--as-of", shared.as_of),
        ("--region", shared.region),
        ("--timezone", shared.timezone),
    ):
        if value is not None:
            yield option, value
    for path in shared.catalogue:
        yield "--catalogue", _absolute_catalogue(path)


def _absolute_catalogue(catalogue: str) -> str:
    """The path *catalogue*, valid in any folder. Raises CatalogueError."""
    path = paths.absolute(catalogue)
    if not os.path.isabs(path):
        raise CatalogueError(f"{path}: The current folder no longer exists. Use an absolute path.")
    return path
