"""`countdown doctor`: check the installation, files, shells and prompt speed."""

import os
import shutil
import sys
import time

import click

from countdown import environment, paths, stamps
from countdown.catalogue import load
from countdown.cli import journal_queries, options, output, shell_checks
from countdown.cli.context import shared_options
from countdown.cli.session import (
    Session,
    read_settings,
    region_origin,
    session,
    timezone_origin,
)
from countdown.config.settings import Settings
from countdown.core import wording
from countdown.core.local_time import local_time
from countdown.errors import ConfigError, CountdownError
from countdown.index.open import index_path, open_fresh
from countdown.prompt import answer, init, startup_line
from countdown.version import VERSION
from countdown.views.view import Cell, Pairs, View

Row = tuple[str, tuple[Cell, ...]]
_TARGETS_MS = {"bash": 0.05, "zsh": 0.05, "fish": 0.15}  # per prompt


@options.command("doctor", "countdown doctor", exclude=("--format", "--json", "--days"))
def command(ctx: click.Context) -> None:
    """Show what is found where and why, and how the prompt fares.

    Every shell that is found is started once with its own files, to see whether the hook is live,
    and once without, to measure it and to show it a hostile title.
    """
    problems = _problems()
    current = session(ctx, Settings() if problems else None)
    probes = [shell_checks.check_shell(shell) for shell in shell_checks.installed_shells()]
    blocks = (
        Pairs("Program", _program()),
        Pairs("Folders", _folders()),
        Pairs("Catalogue", _catalogue(current)),
        Pairs(
            "Journal",
            (_row("journal", *journal_queries.journal_state(current)), *_damaged_journals()),
        ),
        Pairs("Settings", (_settings(problems),)),
        Pairs("Circumstances", _circumstances(ctx, current)),
        Pairs("Prompt", _prompt()),
        Pairs("Shells", tuple(_row(probe.shell, *_hook_state(probe)) for probe in probes)),
        Pairs("What a prompt costs here", _costs(probes)),
        Pairs(
            "A hostile title",
            tuple(_row(probe.shell, _hostile_title_result(probe)) for probe in probes),
        ),
    )
    output.show(View(lambda: blocks, (), current.view_context), current.with_default_format)


def _row(label: str, text: str, note: str = "") -> Row:
    return label, (Cell(text), *([Cell(f"  {note}", "muted")] if note else []))


def _program() -> tuple[Row, ...]:
    words = init.command()
    python = f"{sys.implementation.name} {sys.version.split()[0]}"
    warning = ""
    if len(words) == 1 and _has_in_beginning(words[0], b"\nimport re\n"):
        warning = (
            "written by an old pip, it imports re; reinstall with pip 25.2 or newer, or with uv"
        )
    return (
        _row("countdown", VERSION, python),
        _row("started as", " ".join(words), warning),
        _row("on PATH", *_on_path(words[0])),
    )


def _on_path(program: str) -> tuple[str, str]:
    """The file that the command `countdown` runs, and a note if it is not *program*, this one."""
    path = shutil.which("countdown")
    if path is None:
        return "no countdown", f"put {os.path.dirname(program)} on PATH, or install with pipx or uv"
    if not _has_in_beginning(path, b"countdown.entry"):
        return path, "another program; type release-countdown, or uninstall the other one"
    return path, "" if _folders_of(path) & _folders_of(program) else "another installation"


def _folders_of(path: str) -> set[str]:
    """The folder of *path*, and the folder of the file that it links to."""
    return {os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.realpath(path))}


def _has_in_beginning(path: str, text: bytes) -> bool:
    """True if *text* is in the first 4 KiB of the file *path*, as in a console script."""
    try:
        with open(path, "rb") as file:
            return text in file.read(4096)
    except OSError:
        return False


def _folders() -> tuple[Row, ...]:
    rows = []
    for name, folder in (
        ("config", paths.config_folder()),
        ("data", paths.data_folder()),
        ("state", paths.state_folder()),
        ("cache", paths.cache_folder()),
    ):
        variable = f"XDG_{name.upper()}_HOME"
        origin = f"from {variable}" if os.path.isabs(os.environ.get(variable, "")) else "by default"
        if folder is None:
            rows.append(_row(name, "none", "there is no home folder; set HOME"))
        else:
            rows.append(_row(name, folder, f"{origin}, {_folder_state(folder)}"))
    return tuple(rows)


def _folder_state(folder: str) -> str:
    if not os.path.exists(folder):
        return "not there yet"
    if not os.path.isdir(folder):
        return "not a folder"
    consequences = {
        paths.cache_folder(): "nothing is cached",
        paths.state_folder(): "the journal is ignored",
    }
    if folder in consequences and not paths.is_writable_by_user_alone(os.stat(folder)):
        return f"other users can write here: {consequences[folder]}"
    return "fine" if os.access(folder, os.W_OK) else "can't be written"


def _catalogue(current: Session) -> tuple[Row, ...]:
    layers = current.layers
    origin = (
        "given"
        if layers.paths != environment.catalogues()[0]
        else ("from COUNTDOWN_CATALOGUE" if os.environ.get("COUNTDOWN_CATALOGUE") else "")
    )
    rows = []
    for path in layers.paths:
        label = origin or ("your own" if path in layers.optional else "shipped")
        rows.append(_row(label, path, _layer_state(path, optional=path in layers.optional)))
    rows.append(_row("together", _merged_state(current)))
    folder = paths.cache_folder()
    if folder is not None:
        path = index_path(layers, folder)
        index = open_fresh(path, layers, time.time_ns())
        if index is not None:
            index.close()
        rows.append(_row("index", path, "fresh" if index is not None else "to be built"))
    return tuple(rows)


def _damaged_journals() -> tuple[Row, ...]:
    return tuple(
        _row("damaged", path, "kept, not used") for path in journal_queries.damaged_paths()
    )


def _layer_state(path: str, *, optional: bool) -> str:
    try:
        state = stamps.stamp_or_missing(path)
    except OSError as error:
        return f"can't be read: {error.strerror}"
    if state is None:
        return "not there, which is fine" if optional else "not there"
    changed = local_time(state[1] // 1_000_000_000, None)
    return f"{state[0] / 1024:.0f} KiB, changed {changed:%Y-%m-%d %H:%M}"


def _merged_state(current: Session) -> str:
    layers = current.layers
    try:
        count = load.count_releases(load.read_layers(layers.paths, layers.optional))
        return f"{wording.releases(count)}, no problems"
    except CountdownError as error:
        return "; ".join(error.lines[:3])


def _problems() -> tuple[str, ...]:
    """A message for each problem of config.toml."""
    try:
        read_settings()
    except ConfigError as error:
        return error.lines
    return ()


def _settings(problems: tuple[str, ...]) -> Row:
    path = paths.config_file()
    if path is None:
        return _row("config.toml", "none", "there is no home folder; set HOME")
    if problems:
        return _row("config.toml", path, f"as good as none: {'; '.join(problems[:3])}")
    state = _layer_state(path, optional=True)
    return _row("config.toml", path, f"{state}{', no problems' if stamps.stamp(path) else ''}")


def _circumstances(ctx: click.Context, current: Session) -> tuple[Row, ...]:
    day = "from COUNTDOWN_TODAY" if os.environ.get("COUNTDOWN_TODAY") else "by the clock"
    day = "from --as-of" if shared_options(ctx).as_of is not None else day
    origin = region_origin(ctx, current)
    region = f"from {origin}" if origin else "the locale names none; see --region"
    zone = f"from {timezone_origin(ctx, current)}"
    return (
        _row("today", str(current.now.today), day),
        _row("region", current.region or "none", region),
        _row("time zone", current.timezone or "without a name", zone),
    )


def _prompt() -> tuple[Row, ...]:
    folder = paths.cache_folder()
    cached = folder and answer.find_cached(folder, init.WIDTH, time.time_ns())
    if not cached:
        return (_row("cache file", "none yet", "the next prompt of a shell makes one"),)
    return (_row("line", cached[1] or "nothing ahead"), _row("cache file", cached[0], "up to date"))


def _hook_state(probe: shell_checks.Probe) -> tuple[str, str]:
    """The version of the shell, and the state of its hook."""
    file = startup_line.startup_file(probe.shell)
    if probe.is_live is None:
        return probe.version, "its start-up files did not end well, so the hook can't be seen"
    if not probe.is_live:
        line = startup_line.startup_line(probe.shell, [])
        return probe.version, f"no hook; put this at the end of {file}: {line}"
    if probe.is_last:
        return probe.version, "the hook is live and last in line"
    return (
        probe.version,
        f"the hook is live, not last in line; its line belongs at the end of {file}",
    )


def _costs(probes: list[shell_checks.Probe]) -> tuple[Row, ...]:
    rows = []
    for probe in probes:
        if probe.cost_ms is not None:
            goal = f"goal {_TARGETS_MS[probe.shell]} ms, when nothing else runs"
            rows.append(_row(f"hook in {probe.shell}", f"{probe.cost_ms:.3f} ms", goal))
    bare = [sys.executable, "-c", "pass"]
    times = shell_checks.median_start_times(bare, [*init.command(), "prompt", *init.WIDTH])
    if times:
        rows.append(_row("bare interpreter", f"{times[0]:.1f} ms"))
        ratio = f"{times[1] / times[0]:.2f} × that"
        rows.append(_row("countdown prompt", f"{times[1]:.1f} ms", ratio))
    return tuple(rows)


def _hostile_title_result(probe: shell_checks.Probe) -> str:
    if probe.is_harmless is None:
        return "could not be tried"
    return (
        "shown as it is, nothing ran" if probe.is_harmless else "NOT harmless: please report this"
    )
