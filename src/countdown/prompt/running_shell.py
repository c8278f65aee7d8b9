"""Finds the shell in which the user types, among the ancestors of this process.

Shells through which one program starts another are skipped.
"""

import os

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    from collections.abc import Iterator

_SHELLS = frozenset(
    (
        *("bash", "zsh", "fish", "sh", "dash", "ash", "ksh", "mksh", "oksh", "yash", "csh", "tcsh"),
        *("nu", "elvish", "xonsh", "pwsh", "osh", "ysh", "ion", "murex"),
    )
)
_COMMAND_SHELLS = ("sh", "dash", "ash")  # with a command or script, a program has started them
_MAX_DEPTH = 64  # ancestors to examine
_PS_TIMEOUT_S = 5.0


def running_shell(arguments: list[str], process: int = 0, processes: str = "/proc") -> str:
    """The name of the shell in which `countdown` was called with *arguments*, else that of SHELL.

    It is searched for among the ancestors of *process*, by default this one, in the folder
    *processes*, or with `ps` if that is missing. A name from SHELL can be that of any program; it
    is empty if SHELL isn't set.
    """
    for name, words in _ancestors(process or os.getpid(), processes):
        if name in _SHELLS and not _passes_on(name, words, arguments):
            return name
    return os.path.basename(os.environ.get("SHELL", ""))


def _passes_on(name: str, words: list[str], arguments: list[str]) -> bool:
    """True if the shell *name* with the command line *words* runs a command or script."""
    if name in _COMMAND_SHELLS and any(not word.startswith("-") for word in words[1:]):
        return True
    count = len(arguments)  # A script that wraps `countdown` gets the same words.
    return len(words) > count + 1 and words[-count:] == arguments


def _ancestors(process: int, processes: str) -> "Iterator[tuple[str, list[str]]]":
    """Name and command line of each process above *process*, the nearest first."""
    table = None if os.path.exists(f"{processes}/{process}/stat") else _table_of_ps()
    for _ in range(_MAX_DEPTH):
        entry = _entry(process, processes) if table is None else table.get(process)
        if entry is None:
            return
        process, _, _ = entry
        parent = _entry(process, processes) if table is None else table.get(process)
        if parent is None:
            return
        _, name, words = parent
        yield name, words


def _entry(process: int, processes: str) -> tuple[int, str, list[str]] | None:
    """The parent, name and command line of *process*; None if it can't be read."""
    try:
        with open(f"{processes}/{process}/stat", "rb") as file:
            start, _, rest = file.read().rpartition(b")")
        with open(f"{processes}/{process}/cmdline", "rb") as file:
            words = os.fsdecode(file.read()).rstrip("\0").split("\0")
        parent = int(rest.split()[1])
    except (OSError, ValueError, IndexError):
        return None
    name = _name(os.fsdecode(start.partition(b"(")[2]))
    return parent, name if name in _SHELLS else _name(words[0]), words


def _table_of_ps() -> dict[int, tuple[int, str, list[str]]]:
    """Parent, name and command line of every process, from `ps` (POSIX); empty if that fails."""
    import subprocess  # Deferred: only for systems without /proc.

    try:
        done = subprocess.run(
            ["ps", "-A", "-o", "pid=", "-o", "ppid=", "-o", "args="],  # noqa: S607  # as PATH has it
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PS_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    table = {}
    for line in os.fsdecode(done.stdout).split("\n"):
        process, parent, *words = line.split() or ["", ""]
        if process.isdecimal() and parent.isdecimal() and words:
            table[int(process)] = (int(parent), _name(words[0]), words)
    return table


def _name(program: str) -> str:
    """The name in the path *program*: `zsh` of `-zsh` and of `/bin/zsh-5.9`."""
    name = os.path.basename(program).strip("-.").removesuffix(".exe").removesuffix("-wrapped")
    return name.rstrip("0123456789.-")
