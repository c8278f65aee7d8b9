"""`countdown doctor`: what is found where and why, and how the prompt fares."""

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
from countdown.core.local_time import local_time
from countdown.errors import ConfigError, CountdownError
from countdown.index.open import index_path, open_fresh
from countdown.prompt import answer, init
from countdown.version import VERSION
from countdown.views.view import Cell, Pairs, View

Row = tuple[str, tuple[Cell, ...]]
_TARGETS = {"bash": 0.05, "zsh": 0.05, "fish": 0.15}  # ms a prompt
_FILES = {"bash": "~/.bashrc", "zsh": "~/.zshrc", "fish": "~/.config/fish/config.fish"}


@options.command("doctor", "countdown doctor", exclude=("--format", "--json"))
def command(ctx: click.Context) -> None:
    """Show what is found where and why, and how the prompt fares.

    Every shell that is found is started once with its own files, to see whether the hook is live,
    and once without, to measure it and to show it a hostile title.
    """
    problems = _problems()
    current = session(ctx, Settings() if problems else None)
    seen = [shell_checks.check_shell(shell) for shell in shell_checks.installed_shells()]
    blocks = (
        Pairs("Program", _program()),
        Pairs("Folders", _folders()),
        Pairs("Catalogue", _catalogue(current)),
        Pairs("Journal", (_row("journal", *journal_queries.journal_state(current)), *_aside())),
        Pairs("Settings", (_settings(problems),)),
        Pairs("Circumstances", _circumstances(ctx, current)),
        Pairs("Prompt", _prompt()),
        Pairs("Shells", tuple(_row(one.shell, *_shell(one)) for one in seen)),
        Pairs("What a prompt costs here", _costs(seen)),
        Pairs("A hostile title", tuple(_row(one.shell, _harm(one)) for one in seen)),
    )
    output.show(View(lambda: blocks, (), current.view_context), current.with_default_format)


def _row(label: str, text: str, aside: str = "") -> Row:
    return label, (Cell(text), *([Cell(f"  {aside}", "muted")] if aside else []))


def _program() -> tuple[Row, ...]:
    words = init.command()
    python = f"{sys.implementation.name} {sys.version.split()[0]}"
    slow = ""
    if len(words) == 1 and _imports_re(words[0]):
        slow = "written by an old pip, it imports re; reinstall with pip 25.2 or newer, or with uv"
    return (
        _row("countdown", VERSION, python),
        _row("started as", " ".join(words), slow),
        _row("on PATH", *_on_path(words[0])),
    )


def _on_path(program: str) -> tuple[str, str]:
    """The file that typing `countdown` runs, and how it relates to *program*, the running one."""
    path = shutil.which("countdown")
    if path is None:
        return "no countdown", f"put {os.path.dirname(program)} on PATH, or install with pipx or uv"
    if not _is_launcher(path):
        return path, "another program; type release-countdown, or uninstall the other one"
    return path, "" if _folders_of(path) & _folders_of(program) else "another installation"


def _folders_of(path: str) -> set[str]:
    """The folder of *path*, and that of the file which it is a link to."""
    return {os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.realpath(path))}


def _is_launcher(path: str) -> bool:
    """Whether the file *path* is a console script that starts this program."""
    try:
        with open(path, "rb") as file:
            return b"countdown.entry" in file.read(4096)
    except OSError:
        return False


def _imports_re(launcher: str) -> bool:
    try:
        with open(launcher, "rb") as file:
            return b"\nimport re\n" in file.read(4096)
    except OSError:
        return False


def _folders() -> tuple[Row, ...]:
    found = []
    for name, folder in (
        ("config", paths.config_folder()),
        ("data", paths.data_folder()),
        ("state", paths.state_folder()),
        ("cache", paths.cache_folder()),
    ):
        variable = f"XDG_{name.upper()}_HOME"
        origin = f"from {variable}" if os.path.isabs(os.environ.get(variable, "")) else "by default"
        if folder is None:
            found.append(_row(name, "none", "there is no home folder; set HOME"))
        else:
            found.append(_row(name, folder, f"{origin}, {_folder_state(folder)}"))
    return tuple(found)


def _folder_state(folder: str) -> str:
    if not os.path.exists(folder):
        return "not there yet"
    if not os.path.isdir(folder):
        return "not a folder"
    lost = {
        paths.cache_folder(): "nothing is cached",
        paths.state_folder(): "the journal is ignored",
    }
    if folder in lost and not paths.is_writable_by_user_alone(os.stat(folder)):
        return f"other users can write here: {lost[folder]}"
    return "fine" if os.access(folder, os.W_OK) else "can't be written"


def _catalogue(current: Session) -> tuple[Row, ...]:
    layers = current.layers
    named = (
        "given"
        if layers.paths != environment.catalogues()[0]
        else ("from COUNTDOWN_CATALOGUE" if os.environ.get("COUNTDOWN_CATALOGUE") else "")
    )
    found = []
    for path in layers.paths:
        label = named or ("your own" if path in layers.optional else "shipped")
        found.append(_row(label, path, _layer_state(path, optional=path in layers.optional)))
    found.append(_row("together", _together(current)))
    folder = paths.cache_folder()
    if folder is not None:
        path = index_path(layers, folder)
        index = open_fresh(path, layers, time.time_ns())
        if index is not None:
            index.close()
        found.append(_row("index", path, "fresh" if index is not None else "to be built"))
    return tuple(found)


def _aside() -> tuple[Row, ...]:
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


def _together(current: Session) -> str:
    layers = current.layers
    try:
        count = load.count_releases(load.read_layers(layers.paths, layers.optional))
        return f"{count} releases, no problems"
    except CountdownError as error:
        return "; ".join(error.lines[:3])


def _problems() -> tuple[str, ...]:
    """What is wrong with config.toml, a line for each problem."""
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
    who = region_origin(ctx, current)
    region = f"from {who}" if who else "the locale names none; see --region"
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


def _shell(one: shell_checks.Probe) -> tuple[str, str]:
    file = _FILES[one.shell]
    line = f'eval "$(countdown init {one.shell})"'
    line = "countdown init fish | source" if one.shell == "fish" else line
    if one.live is None:
        return one.version, "its start-up files did not end well, so the hook can't be seen"
    if not one.live:
        return one.version, f"no hook; put this at the end of {file}: {line}"
    if one.last:
        return one.version, "the hook is live and last in line"
    return one.version, f"the hook is live, not last in line; its line belongs at the end of {file}"


def _costs(seen: list[shell_checks.Probe]) -> tuple[Row, ...]:
    found = []
    for one in seen:
        if one.cost is not None:
            goal = f"goal {_TARGETS[one.shell]} ms, when nothing else runs"
            found.append(_row(f"hook in {one.shell}", f"{one.cost:.3f} ms", goal))
    bare = [sys.executable, "-c", "pass"]
    times = shell_checks.median_start_times(bare, [*init.command(), "prompt", *init.WIDTH])
    if times:
        found.append(_row("bare interpreter", f"{times[0]:.1f} ms"))
        ratio = f"{times[1] / times[0]:.2f} × that"
        found.append(_row("countdown prompt", f"{times[1]:.1f} ms", ratio))
    return tuple(found)


def _harm(one: shell_checks.Probe) -> str:
    if one.harmless is None:
        return "could not be tried"
    return "shown as it is, nothing ran" if one.harmless else "NOT harmless: please report this"
