"""The line that users add to the start-up file of their shell."""

import os
import sys

from countdown import paths
from countdown.core.text import escape_hostile
from countdown.prompt import init, other_shells


def advice(shell: str, options: list[str]) -> list[str]:
    """Lines of advice: what to add to which file for `countdown init` with *options* in *shell*."""
    return [
        f"Add this line at the end of {startup_file(shell)}, then open a new terminal:",
        "",
        startup_line(shell, options),
    ]


def startup_line(shell: str, options: list[str]) -> str:
    """The line for the start-up file of *shell*; it works in every new terminal."""
    words = [init.shell_word(shell, word) for word in (*_program(), "init", shell, *options)]
    if shell in init.UNLIKE_POSIX:
        return other_shells.startup_line(shell, words)
    call = " ".join(words)
    return f"{call} | source" if shell == "fish" else f'eval "$({call})"'


def startup_file(shell: str) -> str:
    """The file that an interactive *shell* reads when it starts, with `~` for HOME."""
    if shell == "zsh":
        file = os.path.join(os.environ.get("ZDOTDIR") or "~", ".zshrc")
    elif shell == "fish":
        folder = os.environ.get("XDG_CONFIG_HOME") or os.path.join("~", ".config")
        file = os.path.join(folder, "fish", "config.fish")
    elif shell in init.UNLIKE_POSIX:
        file = other_shells.startup_file(shell)
    else:  # Terminals of macOS start bash as a login shell.
        file = os.path.join("~", ".bash_profile" if sys.platform == "darwin" else ".bashrc")
    home = os.environ.get("HOME", "").rstrip("/")
    if home and file.startswith(f"{home}/"):
        file = f"~{file[len(home) :]}"
    return escape_hostile(file)


def _program() -> list[str]:
    """The words that start this program in a new terminal.

    The name alone if it is on PATH, but not through a virtual environment that is active only here.
    """
    words = init.command()
    folder = paths.folder_on_path(words[0]) if len(words) == 1 else None
    if folder is None or _is_in_environment(folder):
        return words
    return [os.path.basename(words[0])]


def _is_in_environment(folder: str) -> bool:
    """True if *folder* is the program folder of the virtual environment of this process."""
    parent = os.path.dirname(os.path.realpath(folder))
    return sys.prefix != sys.base_prefix and parent == os.path.realpath(sys.prefix)
