"""What a prompt costs: the hook of each shell beside those of others, and the processes it spares.

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

PROMPTS = 100  # in a round
LIMITS = {"bash": 0.05, "zsh": 0.05, "fish": 0.15}  # ms a prompt
CLEAN = {
    "bash": ("bash", "--noprofile", "--norc"),
    "zsh": ("zsh", "-f"),
    "fish": ("fish", "--no-config"),
}
# Functions that are timed, in turn; each round's time is printed in µs a prompt. fish has no clock
# of its own that is fine enough, so there `date` is asked outside of the loops.
TIMERS = {
    "bash": """
_idle() {{ :; }}
{setup}
for ((round = 0; round < {rounds}; round++)); do
    for hook in _idle {hooks}; do
        begun=$EPOCHREALTIME
        for ((i = 0; i < {prompts}; i++)); do $hook >/dev/null 2>&1; done
        ended=$EPOCHREALTIME
        echo "$hook $(((${{ended/[.,]/}} - ${{begun/[.,]/}})))"
    done
done
""",
    "zsh": """
zmodload zsh/datetime
_idle() {{ :; }}
{setup}
repeat {rounds}; do
    for hook in _idle {hooks}; do
        begun=$EPOCHREALTIME
        repeat {prompts} $hook >/dev/null 2>&1
        ended=$EPOCHREALTIME
        echo $hook $(((ended - begun) * 1e6))
    done
done
""",
    "fish": """
function _idle; end
{setup}
for round in (seq {rounds})
    for hook in _idle {hooks}
        set -l begun (date +%s%N)
        for i in (seq {prompts}); $hook >/dev/null 2>&1; end
        set -l ended (date +%s%N)
        echo $hook (math "($ended - $begun) / 1000")
    end
end
""",
}
OURS = {"bash": "_countdown_hook", "zsh": "_countdown_hook", "fish": "__countdown_hook"}
PEERS = {  # program → how a shell takes it in, and its hook's name in each shell
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
    """One line of the first table: ms a prompt, and how many processes 1,000 prompts start."""

    name: str
    median: float
    least: float
    limit: float | None
    processes: int | None


def hooks(shell: str, rounds: int, environment: Mapping[str, str]) -> list[Hook]:
    """Our hook in *shell*, and those of the peers that are installed."""
    start = f'eval "$(countdown init {shell})"'
    if shell == "fish":
        start = "countdown init fish | source"
    setups, names = [start, OURS[shell]], {OURS[shell]: "countdown"}
    for peer, (setup, hook) in PEERS.items():
        if shutil.which(peer):
            setups.append(setup[shell])
            names[hook[shell]] = peer
    script = TIMERS[shell].format(
        setup="\n".join(setups), hooks=" ".join(names), rounds=rounds, prompts=PROMPTS
    )
    run = subprocess.run(
        [*CLEAN[shell], "-c", script],
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    taken: dict[str, list[float]] = {}
    for line in run.stdout.splitlines():
        name, _, passed = line.partition(" ")
        taken.setdefault(name, []).append(float(passed) / PROMPTS / 1000)
    idle = taken.pop("_idle")
    found = []
    for hooked, name in names.items():
        own = [one - base for one, base in zip(taken[hooked], idle, strict=True)]
        ours = name == "countdown"
        limit = LIMITS[shell] if ours else None
        started = processes(shell, start, environment) if ours else None
        found.append(Hook(f"{shell}: {name}", statistics.median(own), min(own), limit, started))
    return found


def processes(shell: str, start: str, environment: Mapping[str, str]) -> int | None:
    """How many processes 1,000 prompts of *shell* start, as strace counts; None without strace."""
    if not shutil.which("strace"):
        return None
    loops = {"fish": "for i in (seq 1000); {}; end", "zsh": "repeat 1000 {}"}
    loop = loops.get(shell, "for ((i = 0; i < 1000; i++)); do {}; done").format(OURS[shell])
    counts = []
    for script in (f"{start}\n{OURS[shell]}", f"{start}\n{OURS[shell]}\n{loop}"):
        with tempfile.NamedTemporaryFile() as log:
            subprocess.run(
                [
                    "strace",
                    "-f",
                    "-o",
                    log.name,
                    "-e",
                    "trace=fork,vfork,clone,clone3",
                    *CLEAN[shell],
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
    return counts[1] - counts[0] - (1 if shell == "fish" else 0)  # seq is a process of its own


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
        for shell in CLEAN:
            if shutil.which(shell):
                for one in hooks(shell, rounds, environment):
                    limit = "" if one.limit is None else f"{one.limit:.2f}"
                    started = "" if one.processes is None else str(one.processes)
                    line = f"{one.name:24}{one.median:12.3f}{one.least:9.3f}{limit:>9}{started:>20}"
                    print(line, flush=True)
        print(f"\n{'process':36}{'ms':>8}{'base ms':>9}{'ratio':>7}{'at most':>9}")
        size = 10_000 if quick else 100_000
        for count in (100, size):
            path = synthetic.write(home / f"{count}.toml", count)
            own = {**environment, "COUNTDOWN_CATALOGUE": str(path)}
            subprocess.run([PROGRAM, "next"], env=own, check=True, stdout=subprocess.DEVNULL)
            time.sleep(
                2.5
            )  # A catalogue as young as the clock's grain is not trusted by its stamp.
            for ratio in ratios(count):
                subprocess.run(ratio.run, env=own, check=True, stdout=subprocess.DEVNULL)
                run, base = medians(ratio, 9 if quick else 41, own)
                print(
                    f"{ratio.name:36}{run * 1000:8.1f}{base * 1000:9.1f}{run / base:7.2f}"
                    f"{ratio.most:9.2f}",
                    flush=True,
                )
        print(f"\n{'8,000 that match, to 100':36}{'ms':>8}{'base ms':>9}{'ratio':>7}{'at most':>9}")
        matching(home, environment, 9 if quick else 41)


def matching(home: Path, environment: Mapping[str, str], rounds: int) -> None:
    """Print what a prompt costs if many releases match, compared with the same if few do."""
    few, many = (100, 8_000)
    paths = [synthetic.write_matching(home / f"matching-{size}.toml", size) for size in (few, many)]
    settings = {"filter": "", "follow": '[follow]\nplatform = ["Netflix"]\nperson = ["chris"]\n'}
    for name, text in settings.items():
        folder = home / name / "countdown"
        folder.mkdir(parents=True)
        (folder / "config.toml").write_text(text)
    forget = 'rm -f "$XDG_CACHE_HOME"/countdown/prompt-*; exec "$@"'
    for name, words in (
        ("filter", ("--platform", "netflix")),
        ("filter", ("--title", "film")),
        ("filter", ("--actor", "chris")),
        ("follow", ()),
    ):
        of_few, of_many = (
            (
                *("env", f"XDG_CONFIG_HOME={home / name}", f"COUNTDOWN_CATALOGUE={path}"),
                *("sh", "-c", forget, "sh", PROGRAM, "prompt", *words),
            )
            for path in paths
        )
        for command in (of_few, of_many):  # Builds the index, and reads the settings.
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        time.sleep(2.5)  # A file as young as the clock's grain is not trusted by its stamp.
        for command in (of_few, of_many):
            subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
        ratio = Ratio(f"{' '.join(('prompt', *words))}, {name}", of_many, of_few, 1.5)
        run, base = medians(ratio, rounds, environment)
        print(f"{ratio.name:36}{run * 1000:8.1f}{base * 1000:9.1f}{run / base:7.2f}{1.5:9.2f}")


def ratios(count: int) -> list[Ratio]:
    """What is promised of processes that a shell or a status bar starts."""
    bare = (sys.executable, "-c", "pass")
    words = (PROGRAM, "completion", "--words", "bash")
    forget = 'rm -f "$XDG_CACHE_HOME"/countdown/prompt-*; exec "$@"'
    alone = ("sh", "-c", forget, "sh")
    return [
        Ratio(f"prompt, cached, {count}", (PROGRAM, "prompt"), bare, 1.35),
        Ratio(f"prompt, index, {count}", (*alone, PROGRAM, "prompt"), (*alone, *bare), 1.35),
        Ratio(f"init zsh, {count}", (PROGRAM, "init", "zsh"), bare, 1.6),
        Ratio(f"Tab: commands, {count}", (*words, ""), bare, 1.6),
        Ratio(f"Tab: an actor, {count}", (*words, "actor", "star"), bare, 1.6),
        Ratio(f"Tab: a title, {count}", (*words, "show", "the"), bare, 1.6),
    ]


if __name__ == "__main__":
    main()
