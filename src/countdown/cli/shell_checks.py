"""Checks in real shells: if the hook is live, what it costs, and if a title could run code.

One shell reads the user's start-up files, to check the hook; every other check starts a shell
without them, in a temporary folder.
"""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from countdown import cache, stamps
from countdown.prompt import answer, init

HOSTILE_TITLE: Final = "$(touch X) `touch X` ${IFS} %n %F{red} \\u \\$ !! #{pid} #(touch X) \"'"
TIMED_PROMPTS: Final = 2_000  # in one measurement of a hook
_TIMEOUT_S: Final = 20.0  # for a shell and its start-up files
TIMED_STARTS: Final = 11  # of a process in one measurement
_BEGIN, _END = "countdown-begin", "countdown-end"
_CLEAN_COMMANDS: Final = {  # to start a shell without the user's files
    "bash": ("bash", "--noprofile", "--norc", "-c"),
    "zsh": ("zsh", "-f", "-c"),
    "fish": ("fish", "--no-config", "-c"),
    "nu": ("nu", "--no-config-file", "--commands"),
}
_HOOK_CHECKS: Final = {  # print `live` if the hook is installed, and `last` if it is the last one
    "bash": 'p="${PROMPT_COMMAND[*]-}"; case $p in *_countdown*hook*) echo live;; esac;'
    " case $p in *_countdown*hook) echo last;; esac",
    "zsh": "(( ${precmd_functions[(I)_countdown_hook]} )) && echo live;"
    " f=(${precmd_functions:#_countdown_wire}); [[ $f[-1] == _countdown_hook ]] && echo last",
    # The order of handlers does not matter in fish, which draws the prompt after all of them.
    "fish": "functions -q __countdown_hook; and printf 'live\\nlast\\n'",
    # Without a terminal, nushell leaves it to us to read the file that init's line saves.
    "nu": "const file = $nu.data-dir | path join vendor autoload countdown.nu;"
    " source (if ($file | path exists) { $file });"
    " let ours = $env.__countdown?.hook?; let hooks = [] | append $env.config.hooks.pre_prompt?;"
    " if $ours != null and $ours in $hooks { print live;"
    " if $ours == ($hooks | last) { print last } }",
}
_PRINT: Final = {"nu": "print"}  # others have `echo`
_CONFIG_FOLDERS: Final = {"fish": "fish", "nu": "nushell"}  # that shells make when they start
_HOOK_NAMES: Final = {
    "bash": "_countdown_hook",
    "zsh": "_countdown_hook",
    "fish": "__countdown_hook",
    "nu": "__countdown_hook",
}
_LOOPS: Final = {
    "bash": "for ((i = 0; i < {count}; i++)); do {hook}; done",
    "zsh": "repeat {count} {hook}",
    "fish": "for i in (seq {count}); {hook}; end",
    "nu": "for _ in 1..{count} {{ {hook} }}",
}
_PRINT_PROMPT: Final = {  # print the prompt as the shell would
    "bash": "PS1=; {hook}; printf '%s' \"${{PS1@P}}\"",
    "zsh": "setopt prompt_subst; RPROMPT=; {hook}; print -rn -- ${{(%%)${{(e)RPROMPT}}}}",
    "fish": "{hook}; fish_right_prompt",
    "nu": "$env.PROMPT_COMMAND_RIGHT = null; {hook}; do $env.PROMPT_COMMAND_RIGHT | print",
}


class Probe(NamedTuple):
    """The results for one shell; None stands for a failed check."""

    shell: str
    version: str
    is_live: bool | None  # with the user's start-up files
    is_last: bool  # the hook comes after all others
    cost_ms: float | None  # per prompt
    is_harmless: bool | None  # with a hostile title: shown literally, and nothing in it ran


def installed_shells() -> list[str]:
    """The shells with a hook that are installed on this machine, and that can be checked."""
    return [shell for shell in _CLEAN_COMMANDS if shutil.which(shell)]


def start_with_files(shell: str) -> tuple[str, ...]:
    """The words that start *shell* with the user's files, for the command after them."""
    return ("nu", "-l", "-c") if shell == "nu" else (shell, "-i", "-c")


def check_shell(shell: str) -> Probe:
    """The results of all checks of *shell*."""
    version = _run([shell, "--version"]) or ""
    with tempfile.TemporaryDirectory(prefix="countdown-") as folder:
        echo = _PRINT.get(shell, "echo")
        check = f"{echo} {_BEGIN}; {_HOOK_CHECKS[shell]}; {echo} {_END}"
        output = _run([*start_with_files(shell), check], environment=_without_traces(shell, folder))
        words = None if output is None or _BEGIN not in output else output.split(_BEGIN)[1].split()
        return Probe(
            shell,
            next((word.split("(")[0] for word in version.split() if word[:1].isdigit()), ""),
            None if words is None else "live" in words,
            words is not None and "last" in words,
            _hook_cost_ms(shell, folder),
            _is_harmless(shell, folder),
        )


def median_start_times(*commands: Sequence[str]) -> list[float] | None:
    """The median time in ms of each of *commands*, run in turns; None if one of them fails."""
    durations: list[list[float]] = [[] for _ in commands]
    for _ in range(TIMED_STARTS):
        for command, times in zip(commands, durations, strict=True):
            start = time.perf_counter()
            if _run(command) is None:
                return None
            times.append(time.perf_counter() - start)
    return [statistics.median(times) * 1000 for times in durations]


def _without_traces(shell: str, folder: str) -> Mapping[str, str]:
    """An environment in which *shell* creates files only in *folder*.

    fish and nushell create folders when they start, even if the user has never used them.
    """
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    made = _CONFIG_FOLDERS.get(shell)
    if made is None or os.path.isdir(os.path.join(config, made)):
        return os.environ
    folders = dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"), folder)
    return {**os.environ, **folders}


def _run(
    command: Sequence[str],
    *,
    folder: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> str | None:
    """The output of *command*; None if it fails or takes too long."""
    try:
        process = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            start_new_session=True,  # Otherwise an interactive shell would take over our terminal.
            cwd=folder,
            env=environment,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return process.stdout.decode("utf-8", "replace") if process.returncode == 0 else None


def _script(shell: str, folder: str, text: str) -> str:
    """The hook of *shell*, with *text* in a cache file in *folder* that is valid for a day."""
    now = answer.file_clock_now()
    watched: cache.WatchedFiles = [(init.__file__, stamps.stamp(init.__file__))]
    until = now // 1_000_000_000 + 86_400
    path = answer.save(folder, [shell], text, made=now, until=until, watched=watched)
    settings: dict[str, str | list[str]] = {
        "command": ["/nowhere"],
        "cache": path,
        "shown": "1",
        "started": "0",
    }
    lines = [init.assignment(shell, name, value) for name, value in settings.items()]
    return "".join(lines) + init.read_script("prompt/init", shell)


def _hook_cost_ms(shell: str, folder: str) -> float | None:
    """The time of the hook in ms per prompt, less that of an empty loop; None if it fails."""
    hook = _HOOK_NAMES[shell]
    loop = _LOOPS[shell].format(count=TIMED_PROMPTS, hook=hook)
    idle = _LOOPS[shell].format(count=TIMED_PROMPTS, hook="true")
    script = _script(shell, folder, "Thor 3d")
    echo = _PRINT.get(shell, "echo")
    lines = [hook, f"{echo} {_BEGIN}", loop, f"{echo} {_END}", idle, f"{echo} {_END}"]
    command = [*_CLEAN_COMMANDS[shell], "\n".join([script, *lines])]
    times = _line_times(command, _without_traces(shell, folder))
    if len(times) != 3:
        return None
    first, second, third = times
    return max(second - first - (third - second), 0.0) / TIMED_PROMPTS * 1000


def _line_times(command: Sequence[str], environment: Mapping[str, str]) -> list[float]:
    """The times in s at which *command* printed its lines."""
    times: list[float] = []
    with (
        suppress(OSError),
        subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        ) as process,
    ):
        times += [time.perf_counter() for _ in process.stdout or ()]
    return times


def _is_harmless(shell: str, folder: str) -> bool | None:
    """True if a hostile title is shown literally and runs nothing; None if the shell fails."""
    print_prompt = _PRINT_PROMPT[shell].format(hook=_HOOK_NAMES[shell])
    script = _script(shell, folder, HOSTILE_TITLE)
    command = [*_CLEAN_COMMANDS[shell], f"{script}\n{print_prompt}"]
    output = _run(command, folder=folder, environment=_without_traces(shell, folder))
    if output is None:
        return None
    return HOSTILE_TITLE in output and not os.path.exists(os.path.join(folder, "X"))
