"""Measure prompts: the hook of each shell next to those of other programs, and processes.

    python benchmarks/prompts.py            about three minutes
    python benchmarks/prompts.py --quick    fewer rounds, a smaller large catalogue

The hooks of one shell take turns, round by round, so that a noisy moment hits all of them; each
round is a loop of prompts, less what the same loop takes around an empty function. Processes take
turns with `python -c pass` of the same environment. Run it with the interpreter of the environment
that has the program installed, from a wheel and by pip 25.2 or newer, on a machine that does
nothing else. zoxide and direnv are timed where they are installed.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import synthetic
from ratios import PROGRAM, Ratio, medians

PROMPTS_PER_ROUND = 100
_STAMP_WAIT_S = 2.5  # A file younger than the clock's grain is not trusted by its stamp.
LIMITS_MS = {"bash": 0.05, "zsh": 0.05, "fish": 0.15}  # per prompt
CLEAN_COMMANDS = {  # start a shell without the user's files
    "bash": ("bash", "--noprofile", "--norc"),
    "zsh": ("zsh", "-f"),
    "fish": ("fish", "--no-config"),
}
# Times functions in turn, and prints each round's time in µs. The clock of fish is too coarse, so
# there `date` runs outside of the loops.
TIMERS = {
    "bash": """
_idle() {{ :; }}
{setup}
for ((round = 0; round < {rounds}; round++)); do
    for hook in _idle {hooks}; do
        start=$EPOCHREALTIME
        for ((i = 0; i < {prompts}; i++)); do $hook >/dev/null 2>&1; done
        stop=$EPOCHREALTIME
        echo "$hook $(((${{stop/[.,]/}} - ${{start/[.,]/}})))"
    done
done
""",
    "zsh": """
zmodload zsh/datetime
_idle() {{ :; }}
{setup}
repeat {rounds}; do
    for hook in _idle {hooks}; do
        start=$EPOCHREALTIME
        repeat {prompts} $hook >/dev/null 2>&1
        stop=$EPOCHREALTIME
        echo $hook $(((stop - start) * 1e6))
    done
done
""",
    "fish": """
function _idle; end
{setup}
for round in (seq {rounds})
    for hook in _idle {hooks}
        set -l start (date +%s%N)
        for i in (seq {prompts}); $hook >/dev/null 2>&1; end
        set -l stop (date +%s%N)
        echo $hook (math "($stop - $start) / 1000")
    end
end
""",
}
HOOKS = {"bash": "_countdown_hook", "zsh": "_countdown_hook", "fish": "__countdown_hook"}
PEERS = {  # program → the line that sets it up and its hook's name, in each shell
    "zoxide": (
        {
            "bash": 'eval "$(zoxide init bash --hook prompt)"',
            "zsh": 'eval "$(zoxide init zsh --hook prompt)"',
            "fish": "zoxide init fish --hook prompt | source",
        },
        {"bash": "__zoxide_hook", "zsh": "__zoxide_hook", "fish": "_zoxide_hook"},
    ),
    "direnv": (
        {
            "bash": 'eval "$(direnv hook bash)"',
            "zsh": 'eval "$(direnv hook zsh)"',
            "fish": "direnv hook fish | source",
        },
        {"bash": "_direnv_hook", "zsh": "_direnv_hook", "fish": "__direnv_export_eval"},
    ),
}


class Hook(NamedTuple):
    """A line of the first table: times in ms per prompt, and the processes of 1,000 prompts."""

    name: str
    median_ms: float
    min_ms: float
    limit_ms: float | None
    processes: int | None


def measure_hooks(shell: str, rounds: int, environment: Mapping[str, str]) -> list[Hook]:
    """Our hook in *shell*, and those of the peers that are installed."""
    start = f'eval "$(countdown init {shell})"'
    if shell == "fish":
        start = "countdown init fish | source"
    setups, names = [start, HOOKS[shell]], {HOOKS[shell]: "countdown"}
    for peer, (setup, hook) in PEERS.items():
        if shutil.which(peer):
            setups.append(setup[shell])
            names[hook[shell]] = peer
    script = TIMERS[shell].format(
        setup="\n".join(setups), hooks=" ".join(names), rounds=rounds, prompts=PROMPTS_PER_ROUND
    )
    run = subprocess.run(
        [*CLEAN_COMMANDS[shell], "-c", script],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    times_ms: dict[str, list[float]] = {}
    for line in run.stdout.splitlines():
        name, _, duration = line.partition(" ")
        times_ms.setdefault(name, []).append(float(duration) / PROMPTS_PER_ROUND / 1000)
    idle = times_ms.pop("_idle")
    results = []
    for hook_name, name in names.items():
        times = [time - base for time, base in zip(times_ms[hook_name], idle, strict=True)]
        is_peer = name != "countdown"
        limit = None if is_peer else LIMITS_MS[shell]
        count = None if is_peer else count_processes(shell, start, environment)
        results.append(Hook(f"{shell}: {name}", statistics.median(times), min(times), limit, count))
    return results


def count_processes(shell: str, start: str, environment: Mapping[str, str]) -> int | None:
    """The number of processes that 1,000 prompts of *shell* start; None without strace."""
    if not shutil.which("strace"):
        return None
    loops = {"fish": "for i in (seq 1000); {}; end", "zsh": "repeat 1000 {}"}
    loop = loops.get(shell, "for ((i = 0; i < 1000; i++)); do {}; done").format(HOOKS[shell])
    counts = []
    for script in (f"{start}\n{HOOKS[shell]}", f"{start}\n{HOOKS[shell]}\n{loop}"):
        with tempfile.NamedTemporaryFile() as log:
            subprocess.run(
                [
                    "strace",
                    "-f",
                    "-o",
                    log.name,
                    "-e",
                    "trace=fork,vfork,clone,clone3",
                    *CLEAN_COMMANDS[shell],
                    "-c",
                    script,
                ],
                env=environment,
                check=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                stdin=subprocess.DEVNULL,
            )
            lines = Path(log.name).read_text().splitlines()
        counts.append(sum("clone" in line or "fork" in line for line in lines))
    return counts[1] - counts[0] - (1 if shell == "fish" else 0)  # fish starts seq as a process


def main() -> None:
    """Measure and print both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {
            "HOME": folder,
            "LANG": "C.UTF-8",
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "XDG_CACHE_HOME": str(home / "cache"),
        }
        rounds = 5 if quick else 21  # of 100 prompts: 2,100
        print(f"{'hook':24}{'ms a prompt':>12}{'least':>9}{'at most':>9}{'processes in 1,000':>20}")
        for shell in CLEAN_COMMANDS:
            if shutil.which(shell):
                for hook in measure_hooks(shell, rounds, environment):
                    limit = "" if hook.limit_ms is None else f"{hook.limit_ms:.2f}"
                    count = "" if hook.processes is None else str(hook.processes)
                    times = f"{hook.median_ms:12.3f}{hook.min_ms:9.3f}"
                    print(f"{hook.name:24}{times}{limit:>9}{count:>20}", flush=True)
        print(f"\n{'process':36}{'ms':>8}{'base ms':>9}{'ratio':>7}{'at most':>9}")
        large_size = 10_000 if quick else 100_000
        for size in (100, large_size):
            path = synthetic.write(home / f"{size}.toml", size)
            with_catalogue = {**environment, "COUNTDOWN_CATALOGUE": str(path)}
            subprocess.run(
                [PROGRAM, "next"], env=with_catalogue, check=True, stdout=subprocess.DEVNULL
            )
            time.sleep(_STAMP_WAIT_S)
            for ratio in ratios(size):
                subprocess.run(ratio.run, env=with_catalogue, check=True, stdout=subprocess.DEVNULL)
                run, base = medians(ratio, 9 if quick else 41, with_catalogue)
                print(
                    f"{ratio.name:36}{run * 1000:8.1f}{base * 1000:9.1f}{run / base:7.2f}"
                    f"{ratio.limit:9.2f}",
                    flush=True,
                )
        print(f"\n{'8,000 that match, to 100':36}{'ms':>8}{'base ms':>9}{'ratio':>7}{'at most':>9}")
        measure_matching(home, environment, 9 if quick else 41)


def measure_matching(home: Path, environment: Mapping[str, str], rounds: int) -> None:
    """Print the times of prompts for which many releases match, compared with few."""
    paths = [
        synthetic.write_matching(home / f"matching-{size}.toml", size) for size in (100, 8_000)
    ]
    settings = {"filter": "", "follow": '[follow]\nplatform = ["Netflix"]\nperson = ["chris"]\n'}
    for name, text in settings.items():
        folder = home / name / "countdown"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(text)
    clear_cache = 'rm -f "$XDG_CACHE_HOME"/countdown/prompt-*; exec "$@"'
    for name, words in (
        ("filter", ("--platform", "netflix")),
        ("filter", ("--title", "film")),
        ("filter", ("--actor", "chris")),
        ("follow", ()),
    ):
        few, many = (
            (
                *("env", f"XDG_CONFIG_HOME={home / name}", f"COUNTDOWN_CATALOGUE={path}"),
                *("sh", "-c", clear_cache, "sh", PROGRAM, "prompt", *words),
            )
            for path in paths
        )
        for command in (few, many):  # Builds the index, and reads the settings.
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        time.sleep(_STAMP_WAIT_S)
        for command in (few, many):
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        ratio = Ratio(f"{' '.join(('prompt', *words))}, {name}", many, few, 1.5)
        run, base = medians(ratio, rounds, environment)
        print(f"{ratio.name:36}{run * 1000:8.1f}{base * 1000:9.1f}{run / base:7.2f}{1.5:9.2f}")


def ratios(size: int) -> list[Ratio]:
    """The limits for processes that a shell or a status bar starts."""
    bare = (sys.executable, "-c", "pass")
    words = (PROGRAM, "_complete", "bash")
    clear_cache = 'rm -f "$XDG_CACHE_HOME"/countdown/prompt-*; exec "$@"'
    without_cache = ("sh", "-c", clear_cache, "sh")
    return [
        Ratio(f"prompt, cached, {size}", (PROGRAM, "prompt"), bare, 1.35),
        Ratio(
            f"prompt, index, {size}",
            (*without_cache, PROGRAM, "prompt"),
            (*without_cache, *bare),
            1.35,
        ),
        Ratio(f"init zsh, {size}", (PROGRAM, "init", "zsh"), bare, 1.6),
        Ratio(f"Tab: commands, {size}", (*words, ""), bare, 1.6),
        Ratio(f"Tab: an actor, {size}", (*words, "actor", "star"), bare, 1.6),
        Ratio(f"Tab: a title, {size}", (*words, "show", "the"), bare, 1.6),
    ]


if __name__ == "__main__":
    main()
