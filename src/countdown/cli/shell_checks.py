"""Real shells, started to be looked at: is the hook live, what does it cost, is it harmless.

The user's own start-up files are read once, by the shell itself, to see what they make of the
prompt; everything else is tried in a shell without them and in a folder of its own.
"""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple

from countdown import paths
from countdown.prompt import answer, init, memo

HOSTILE_TITLE: Final = "$(touch X) `touch X` ${IFS} %n %F{red} \\u \\$ !! #{pid} #(touch X) \"'"
TIMED_PROMPTS: Final = 2_000  # that a hook is timed over
_TIMEOUT_S: Final = 20.0  # s for a shell and its start-up files
_TIMED_STARTS: Final = 11  # of a process that is timed
_BEGIN, _END = "countdown-begin", "countdown-end"
_CLEAN_COMMANDS: Final = {  # how a shell is started that reads none of its files
    "bash": ("bash", "--noprofile", "--norc", "-c"),
    "zsh": ("zsh", "-f", "-c"),
    "fish": ("fish", "--no-config", "-c"),
}
_HOOK_CHECKS: Final = {  # prints `live` if the hook is installed, and then `last` if nothing follows it
    "bash": 'p="${PROMPT_COMMAND[*]-}"; case $p in *_countdown*hook*) echo live;; esac;'
    " case $p in *_countdown*hook) echo last;; esac",
    "zsh": "(( ${precmd_functions[(I)_countdown_hook]} )) && echo live;"
    " f=(${precmd_functions:#_countdown_wire}); [[ $f[-1] == _countdown_hook ]] && echo last",
    # Handlers of an event run in no order that matters here: fish draws after all of them.
    "fish": "functions -q __countdown_hook; and printf 'live\\nlast\\n'",
}
_HOOK_NAMES: Final = {
    "bash": "_countdown_hook",
    "zsh": "_countdown_hook",
    "fish": "__countdown_hook",
}
_LOOPS: Final = {
    "bash": "for ((i = 0; i < {count}; i++)); do {hook}; done",
    "zsh": "repeat {count} {hook}",
    "fish": "for i in (seq {count}); {hook}; end",
}
_PRINT_PROMPT: Final = {  # prints the prompt as the shell would
    "bash": "PS1=; {hook}; printf '%s' \"${{PS1@P}}\"",
    "zsh": "setopt prompt_subst; RPROMPT=; {hook}; print -rn -- ${{(%%)${{(e)RPROMPT}}}}",
    "fish": "{hook}; fish_right_prompt",
}


class Probe(NamedTuple):
    """What was seen of one shell. *cost* is in ms a prompt; None is what could not be seen."""

    shell: str
    version: str
    live: bool | None  # in the shell as its user's files set it up
    last: bool
    cost: float | None
    harmless: bool | None  # whether a hostile title is shown as it is, and runs nothing


def installed_shells() -> list[str]:
    """The shells found on this machine that there is a hook for."""
    return [shell for shell in init.SHELLS if shutil.which(shell)]


def check_shell(shell: str) -> Probe:
    """What is to be seen of *shell*."""
    version = _run([shell, "--version"]) or ""
    seen = _run([shell, "-i", "-c", f"echo {_BEGIN}; {_HOOK_CHECKS[shell]}; echo {_END}"])
    words = None if seen is None or _BEGIN not in seen else seen.split(_BEGIN)[1].split()
    with tempfile.TemporaryDirectory(prefix="countdown-") as folder:
        return Probe(
            shell,
            next((word.split("(")[0] for word in version.split() if word[:1].isdigit()), ""),
            None if words is None else "live" in words,
            words is not None and "last" in words,
            _hook_cost_ms(shell, folder),
            _is_harmless(shell, folder),
        )


def median_start_times(*commands: Sequence[str]) -> list[float] | None:
    """The median time in ms that each of *commands* takes, in turn; None if one of them fails."""
    taken: list[list[float]] = [[] for _ in commands]
    for _ in range(_TIMED_STARTS):
        for command, times in zip(commands, taken, strict=True):
            begun = time.perf_counter()
            if _run(command) is None:
                return None
            times.append(time.perf_counter() - begun)
    return [statistics.median(times) * 1000 for times in taken]


def _run(command: Sequence[str], *, folder: str | None = None) -> str | None:
    """What *command* prints; None if it fails or does not end."""
    try:
        run = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            start_new_session=True,  # A shell that takes itself for interactive leaves ours alone.
            cwd=folder,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout.decode("utf-8", "replace") if run.returncode == 0 else None


def _script(shell: str, folder: str, text: str) -> str:
    """The hook of *shell* with a memo in *folder* that says *text* and holds for a day."""
    made = answer.file_clock_now()
    watched: memo.Watched = [(init.__file__, paths.stamp(init.__file__))]
    path = memo.write(
        folder, ascii(shell), text, made=made, until=made // 1_000_000_000 + 86_400, watched=watched
    )
    settings: dict[str, str | list[str]] = {
        "command": ["/nowhere"],
        "memo": path or "",
        "shown": "1",
        "started": "0",
    }
    lines = [init.assignment(shell, name, value) for name, value in settings.items()]
    return "".join(lines) + init.read_script(f"prompt/init.{shell}")


def _hook_cost_ms(shell: str, folder: str) -> float | None:
    """What the hook takes, in ms a prompt, without what an empty loop takes."""
    hook = _HOOK_NAMES[shell]
    loop = _LOOPS[shell].format(count=TIMED_PROMPTS, hook=hook)
    idle = _LOOPS[shell].format(count=TIMED_PROMPTS, hook="true")
    script = _script(shell, folder, "Thor 3d")
    lines = [hook, f"echo {_BEGIN}", loop, f"echo {_END}", idle, f"echo {_END}"]
    moments = _line_times([*_CLEAN_COMMANDS[shell], "\n".join([script, *lines])])
    if len(moments) != 3:
        return None
    first, second, third = moments
    return max(second - first - (third - second), 0.0) / TIMED_PROMPTS * 1000


def _line_times(command: Sequence[str]) -> list[float]:
    """When *command* printed each of its lines, in s."""
    found: list[float] = []
    with (
        suppress(OSError),
        subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as process,
    ):
        found += [time.perf_counter() for _ in process.stdout or ()]
    return found


def _is_harmless(shell: str, folder: str) -> bool | None:
    shown = _PRINT_PROMPT[shell].format(hook=_HOOK_NAMES[shell])
    script = _script(shell, folder, HOSTILE_TITLE)
    told = _run([*_CLEAN_COMMANDS[shell], f"{script}\n{shown}"], folder=folder)
    if told is None:
        return None
    return HOSTILE_TITLE in told and not os.path.exists(os.path.join(folder, "X"))
