"""`countdown doctor`: check the installation, files, shells and prompt speed."""

import os
import sys
import time
from collections.abc import Iterator, Sequence

import click

from countdown import environment, paths, stamps
from countdown.catalogue import load, source_files, source_reading, user_layer
from countdown.cli import file_checks, journal_queries, options, output, shell_checks
from countdown.cli.context import shared_options
from countdown.cli.session import (
    Session,
    read_settings,
    region_origin,
    session,
    timezone_origin,
)
from countdown.cli.shell_checks import Probe
from countdown.cli.source_layers import licence_day, usable_layers
from countdown.config.settings import Settings
from countdown.core import wording
from countdown.core.local_time import local_time
from countdown.errors import ConfigError, CountdownError
from countdown.index.open import index_path, open_fresh
from countdown.prompt import answer, init, startup_line
from countdown.stamps import CatalogueFiles
from countdown.views.diagnosis import Check, Group, diagnosis

_TARGETS_MS = {"bash": 0.05, "zsh": 0.05, "fish": 0.15, "nu": 4.0}  # per prompt


@options.command("doctor", "countdown doctor", exclude=("--format", "--json", "--days"))
def command(ctx: click.Context) -> None:
    """Check installation, files, shells and prompt speed.

    Starts each shell once with your own files, to see if the prompt works, and once without, to
    measure it and test it with a malicious title.
    """
    problems = _problems()
    current = session(ctx, Settings() if problems else None)
    probes = [shell_checks.check_shell(shell) for shell in shell_checks.installed_shells()]
    groups = (
        Group("Program", file_checks.check_program()),
        Group("Folders", file_checks.check_folders()),
        Group("Catalogue", (*_catalogue(current), _journal(current), *_damaged_journals())),
        Group("Settings", (_settings(problems), *_circumstances(ctx, current))),
        Group("Prompt", (*_prompt(), *_shells(probes), *_costs(probes))),
    )
    view = diagnosis(groups, current.view_context, shorten=paths.shorten)
    output.show(view, current.with_default_format)


def _catalogue(current: Session) -> tuple[Check, ...]:
    layers = current.layers
    origin = (
        "given"
        if layers.paths != environment.catalogues()[0]
        else ("from COUNTDOWN_CATALOGUE" if os.environ.get("COUNTDOWN_CATALOGUE") else "")
    )
    rows = []
    for path in layers.paths:
        is_own = path in layers.optional
        rows.append(_file(origin or ("your own" if is_own else "built in"), path, optional=is_own))
    rows += _sources(layers)
    rows.append(_merged(current))
    folder = paths.cache_folder()
    if folder is not None:
        path = index_path(layers, folder)
        index = open_fresh(path, layers, time.time_ns())
        if index is not None:
            index.close()
        rows.append(Check("index", path, "fresh" if index is not None else "to be built"))
    return tuple(rows)


def _sources(layers: CatalogueFiles) -> Iterator[Check]:
    """The layer of each source, or why it isn't used."""
    if not layers.sources:
        return
    read = source_reading.read_folder(layers.sources, licence_day())
    reasons = {problem.name: problem.why for problem in read.problems}
    for file in read.files[1:]:
        name = source_files.name_of(file.path)
        check = _file(f"source {name}", file.path, optional=True)
        if name in reasons:
            check = check._replace(note=f"left out: {reasons[name]}", is_good=False)
        yield check


def _file(label: str, path: str, *, optional: bool) -> Check:
    """A file with its size and the time of its last change; *optional* ones may be missing."""
    try:
        state = stamps.stamp_or_missing(path)
    except OSError as error:
        return Check(label, path, f"can't be read: {error.strerror}")
    if state is None:
        return Check(label, path, "not created yet" if optional else "not there")
    changed = local_time(state[1] // 1_000_000_000, None)
    note = f"{-(-state[0] // 1024)} KiB, changed {changed:%Y-%m-%d %H:%M}"
    return Check(label, path, note, is_good=True)


def _merged(current: Session) -> Check:
    layers = current.layers
    try:
        sources = usable_layers(layers)
        read = load.read_layers(layers.paths, layers.optional, sources)
        conflicts = user_layer.describe_conflicts(read)
        count = load.count_releases(read)
    except CountdownError as error:
        text = "; ".join(error.lines[:3])
        return Check("together", text, "", _mistakes(layers), "countdown check")
    if conflicts:
        problem = "An id in your catalogue is a former id of another release."
        return Check("together", "; ".join(conflicts[:3]), "", problem, "countdown check")
    return Check("together", f"{wording.releases(count)}, no problems", is_good=True)


def _mistakes(layers: CatalogueFiles) -> str:
    """A sentence on what is left out of the user's catalogue, or on problems of another one."""
    try:
        sources = usable_layers(layers)
        usable, user_layers = user_layer.read_usable_layers(layers.paths, layers.optional, sources)
        load.check(usable)
    except CountdownError:
        return "The catalogue has problems."
    for own in user_layers:
        if own.left_out.advice:
            return f"{own.left_out.advice.partition('. ')[0]}."
    return "Your catalogue refers to a release that doesn't exist any more."


def _journal(current: Session) -> Check:
    state = journal_queries.journal_state(current)
    if not state.problem:
        return Check("journal", state.path, state.text, is_good=os.path.exists(state.path))
    return Check("journal", state.path, state.text, state.problem, "countdown news")


def _damaged_journals() -> tuple[Check, ...]:
    return tuple(
        Check("damaged", path, "kept, not used") for path in journal_queries.damaged_paths()
    )


def _problems() -> tuple[str, ...]:
    """A message for each problem of config.toml."""
    try:
        read_settings()
    except ConfigError as error:
        return error.lines
    return ()


def _settings(problems: tuple[str, ...]) -> Check:
    path = paths.config_file()
    if path is None:
        return Check("config.toml", "none", file_checks.NO_HOME)
    if problems:
        note = f"ignored: {'; '.join(problems[:3])}"
        problem = "config.toml has problems, so all of it is ignored."
        return Check("config.toml", path, note, problem, "countdown config edit")
    check = _file("config.toml", path, optional=True)
    return check._replace(note=f"{check.note}{', no problems' if stamps.stamp(path) else ''}")


def _circumstances(ctx: click.Context, current: Session) -> tuple[Check, ...]:
    day = "from COUNTDOWN_TODAY" if os.environ.get("COUNTDOWN_TODAY") else "from the clock"
    day = "from --as-of" if shared_options(ctx).as_of is not None else day
    origin = region_origin(ctx, current)
    region = f"from {origin}" if origin else "not set; see --region"
    zone = f"from {timezone_origin(ctx, current)}"
    return (
        Check("today", str(current.now.today), day),
        Check("region", current.region or "none", region),
        Check("time zone", current.timezone or "unnamed", zone),
    )


def _prompt() -> tuple[Check, ...]:
    folder = paths.cache_folder()
    cached = folder and answer.find_cached(folder, init.WIDTH, time.time_ns())
    if not cached:
        return (Check("cache file", "none yet", "created by the next prompt"),)
    return (
        Check("line", cached[1] or "nothing ahead"),
        Check("cache file", cached[0], "up to date", is_good=True),
    )


def _shells(probes: Sequence[Probe]) -> Iterator[Check]:
    """For each shell its hook, and whether a title could run code in it."""
    for probe in probes:
        yield _hook(probe)
    for probe in probes:
        label = f"titles in {probe.shell}"
        if probe.is_harmless is None:
            yield Check(label, "not tested")
        elif probe.is_harmless:
            yield Check(label, "shown, never run", is_good=True)
        else:
            problem = f"A malicious title can run code in {probe.shell}. Please report this."
            yield Check(label, "FAILED: please report this", "", problem)


def _hook(probe: Probe) -> Check:
    """The version of the shell, and the state of its hook."""
    shell, file = probe.shell, startup_line.startup_file(probe.shell)
    check = Check(shell, probe.version)
    if probe.is_live is None:
        return check._replace(
            note="unknown, because its startup files failed",
            problem=f"The startup files of {shell} fail.",
            remedy=" ".join([*shell_checks.start_with_files(shell), "true"]),
        )
    if not probe.is_live:
        line = startup_line.startup_line(shell, [])
        return check._replace(note=f"not set up; add this at the end of {file}: {line}")
    if probe.is_last:
        return check._replace(note="active", is_good=True)
    return check._replace(
        note=f"active, but not last; move its line to the end of {file}",
        problem=f"In {shell}, something changes the prompt after countdown."
        f" Move its line to the end of {file}.",
        remedy=f"countdown init {shell}",
    )


def _costs(probes: Sequence[Probe]) -> Iterator[Check]:
    for probe in probes:
        if probe.cost_ms is not None:
            target = _TARGETS_MS[probe.shell]
            is_good = probe.cost_ms <= target
            label, cost = f"hook in {probe.shell}", f"{probe.cost_ms:.3f} ms"
            yield Check(label, cost, f"target {target} ms", is_good=is_good)
    bare = [sys.executable, "-c", "pass"]
    times = shell_checks.median_start_times(bare, [*init.command(), "prompt", *init.WIDTH])
    if times:
        yield Check("bare interpreter", f"{times[0]:.1f} ms")
        yield Check("countdown prompt", f"{times[1]:.1f} ms", f"{times[1] / times[0]:.2f} × that")
