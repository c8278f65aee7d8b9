"""Measure the program's times as ratios to those of what it can't do without.

    python benchmarks/ratios.py            about four minutes
    python benchmarks/ratios.py --quick    fewer rounds, a smaller catalogue

Every ratio is one of medians, all of one run. The two commands run in turn, so that a noisy moment
hits both. Run it with the interpreter of the environment that has the program installed, on a
machine that does nothing else.
"""

import argparse
import fcntl
import os
import pty
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import synthetic

PROGRAM = str(Path(sys.executable).with_name("countdown"))
CLICK = (sys.executable, "-c", "import click")
RICH = (sys.executable, "-c", "import click, rich.console, rich.table")


class Ratio(NamedTuple):
    """A line of the table: *run* may take *limit* times as long as *base*."""

    name: str
    run: tuple[str, ...]
    base: tuple[str, ...]
    limit: float
    on_terminal: bool = False


def time_piped(command: tuple[str, ...], environment: Mapping[str, str]) -> float:
    """The seconds that *command* takes with its output in a pipe."""
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE)
    return time.perf_counter() - start


def time_on_terminal(command: tuple[str, ...], environment: Mapping[str, str]) -> float:
    """The seconds that *command* takes on a pseudo-terminal high enough to need no pager."""
    start = time.perf_counter()
    child, screen = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 200, 100, 0, 0))
        os.execve(command[0], command, environment)
    while True:
        try:
            if not os.read(screen, 1 << 16):
                break
        except OSError:  # The other side is closed.
            break
    _, status = os.waitpid(child, 0)
    os.close(screen)
    if status:
        raise SystemExit(f"{' '.join(command)} failed with status {status}")
    return time.perf_counter() - start


def medians(ratio: Ratio, rounds: int, environment: Mapping[str, str]) -> tuple[float, float]:
    """The median times, in seconds, of the two commands of *ratio*."""
    measure: Callable[[tuple[str, ...], Mapping[str, str]], float]
    measure = time_on_terminal if ratio.on_terminal else time_piped
    durations: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 2):
        for command, times in zip((ratio.run, ratio.base), durations, strict=True):
            times.append(measure(command, environment))
    run, base = (statistics.median(times[2:]) for times in durations)
    return run, base


def ratios(small: Path, large: Path) -> list[Ratio]:
    """The limits for the program's start-up, and for answers from a fresh index."""
    results = [
        Ratio("list, on a terminal", (PROGRAM, "list"), RICH, 1.25, on_terminal=True),
        Ratio("list, plain", (PROGRAM, "list"), CLICK, 1.3),
        Ratio("list, json", (PROGRAM, "list", "--json"), CLICK, 1.3),
        Ratio("--help", (PROGRAM, "--help"), CLICK, 1.3),
        Ratio("--version", (PROGRAM, "--version"), CLICK, 1.3),
    ]
    for name, words in (
        ("next", ("next",)),
        ("actor", ("actor", "Star Person", "--all")),
        ("list --limit 20", ("list", "--limit", "20")),
    ):
        run, base = ((PROGRAM, "--catalogue", str(path), *words) for path in (large, small))
        results.append(Ratio(f"{name}, large to small", run, base, 1.5))
    return results


def measure_build(
    large: Path, rounds: int, environment: Mapping[str, str]
) -> tuple[float, float, int]:
    """The seconds for a first answer from *large*, and for tomli; the peak memory in MiB."""
    load = f"import tomli; tomli.loads(open({str(large)!r}, encoding='utf-8').read())"
    durations: tuple[list[float], list[float]] = ([], [])
    for number in range(rounds):
        empty = {**environment, "XDG_CACHE_HOME": f"{environment['XDG_CACHE_HOME']}-{number}"}
        command = (PROGRAM, "--catalogue", str(large), "next")
        durations[0].append(time_piped(command, empty))
        durations[1].append(time_piped((sys.executable, "-c", load), environment))
    peak = int(
        subprocess.run(
            (sys.executable, __file__, "--peak", PROGRAM, "--catalogue", str(large), "next"),
            env={**environment, "XDG_CACHE_HOME": f"{environment['XDG_CACHE_HOME']}-peak"},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    run, base = (statistics.median(times) for times in durations)
    return run, base, peak


def peak_memory(command: list[str]) -> int:
    """The peak memory of *command* in MiB."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def main() -> None:
    """Print the table."""
    if sys.argv[1:2] == ["--peak"]:
        print(peak_memory(sys.argv[2:]))
        return
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    quick = parser.parse_args().quick
    rounds, size = (9, 10_000) if quick else (41, 100_000)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": folder,
            "XDG_CACHE_HOME": f"{folder}/cache",
            "LANG": "en_US.UTF-8",
            "TERM": "xterm-256color",
            "PAGER": "cat",
        }
        small = synthetic.write(Path(folder, "small.toml"), 100)
        large = synthetic.write(Path(folder, "large.toml"), size)
        print(f"{'what':<28}{'ms':>9}{'base ms':>9}{'ratio':>8}{'at most':>9}")
        for ratio in ratios(small, large):
            run, base = medians(ratio, rounds, environment)
            print(
                f"{ratio.name:<28}{run * 1000:>9.1f}{base * 1000:>9.1f}"
                f"{run / base:>8.2f}{ratio.limit:>9.2f}",
                flush=True,
            )
        run, base, peak = measure_build(large, 3, environment)
        name = f"index of {size:,}"
        print(f"{name:<28}{run * 1000:>9.0f}{base * 1000:>9.0f}{run / base:>8.2f}{3.0:>9.2f}")
        print(f"{'its peak memory, MiB':<28}{peak:>9}{'':>17}{600:>9}")


if __name__ == "__main__":
    main()
