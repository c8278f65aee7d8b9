"""The sources of live facts for `source`: how they are, what they have, and what would join."""

import os
import sqlite3
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Final

from countdown import files, paths
from countdown.catalogue import load, snapshots, source_files
from countdown.catalogue.identity import external_identities
from countdown.catalogue.layer import Layer
from countdown.catalogue.os_errors import os_errors_as
from countdown.catalogue.readers import suggestion
from countdown.catalogue.title_offers import title_offers
from countdown.cli.messages import sentences
from countdown.cli.session import Session, read_settings
from countdown.cli.source_layers import licence_day
from countdown.config.source_settings import (
    SourceSetting,
    all_sources,
    effective_sources,
)
from countdown.core.changes import Episodes, Facts, ObservedChange, compare
from countdown.core.effective_date import home_market
from countdown.core.outlook import Outlook, outlook
from countdown.core.release import Release
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, NothingFound, UsageError
from countdown.refresh import state as refresh_state
from countdown.toml.parse import Table, dotted_path
from countdown.views import cells
from countdown.views.sources import JoinOffer, SourceStatus

_UNUSABLE: Final = "Its file can't be used. To read it again: countdown refresh"
MAX_PROBLEMS: Final = 3  # of a layer that are shown
_LOOK: Final = "countdown source"


def folders() -> tuple[str, str]:
    """The state folder, and the folder of the layers in it. Raises UsageError without a home."""
    state = paths.state_folder()
    if state is None:
        raise UsageError("There's no home folder for your sources. Set HOME.")
    return state, source_files.folder_in(state)


@contextmanager
def locked() -> Iterator[tuple[str, str]]:
    """Hold the lock of `refresh`; yields `folders`. Raises CatalogueError for every OSError."""
    state, folder = folders()
    with os_errors_as(folder, look=_LOOK), files.exclusive_lock(state, "refresh"):
        yield state, folder


def use_configured() -> None:
    """Use the layers of the sources that config.toml has switched on, and set others aside.

    Of those that aren't in use, what mustn't be kept any more is deleted. Nothing happens if there
    are none. Raises CatalogueError, and ConfigError.
    """
    state = paths.state_folder()
    if state is None or not os.path.isdir(source_files.folder_in(state)):
        return
    settings = read_settings()
    names = {source.name for source in effective_sources(settings)}
    with locked() as (_, folder):
        source_files.use_only(folder, names)
        removed = source_files.set_aside(folder) - {each.name for each in all_sources(settings)}
        _release(state, removed)
        _delete_expired(state, folder)


def _delete_expired(state_folder: str, folder: str) -> None:
    """Delete what mustn't be kept any more: layers in *folder* not in use, and their snapshots."""
    today = licence_day()

    def has_expired(path: str, data: bytes | None) -> bool:
        return source_files.has_expired(source_files.layer_in(path, data), today)

    source_files.delete_expired(folder, today)
    snapshots.delete_layers(snapshots.folder_in(state_folder), has_expired)


def _release(state_folder: str, removed: Collection[str]) -> None:
    """Have the journal forget what sources gave that were *removed*, if it can be written."""
    from countdown.journal import database, source_facts  # Deferred: few sources are removed.

    if removed:
        with suppress(OSError, sqlite3.Error):
            database.use(
                state_folder,
                lambda journal: source_facts.release(journal, removed),
                now=time.time_ns(),
            )


def find(current: Session, name: str) -> SourceSetting:
    """The source called *name*. Raises NothingFound."""
    known = {source.name: source for source in all_sources(current.settings)}
    if name not in known:
        what = sentences(f'there\'s no source "{name}"; {suggestion(name, tuple(known))}')
        raise NothingFound(escape_hostile(what))
    return known[name]


def statuses(current: Session) -> list[SourceStatus]:
    """How each source is."""
    state, folder = folders()
    states = refresh_state.read(state)
    return [
        status(source, folder, states.get(source.name, refresh_state.SourceState()))
        for source in all_sources(current.settings)
    ]


def status(source: SourceSetting, folder: str, known: refresh_state.SourceState) -> SourceStatus:
    """How *source* is, by its layer in *folder* and what is *known* of its last answer.

    Without an error of the last answer, a file that can't be used is one.
    """
    held, held_error = _why_held(folder, source.name)
    found = SourceStatus(
        source.name,
        source.kind,
        source.enabled,
        _place(source),
        read=_moment(known.read),
        next=_moment(known.next) if source.enabled else None,
        held=held,
        error=known.error,
    )
    path = source_files.path_of(folder, source.name)
    try:
        layer, why = read_layer(folder, source.name), _UNUSABLE
    except OSError as error:
        layer, why = None, f"Its file can't be opened: {_reason(error)}."
    if layer is None or layer.source is None:
        why = why if os.path.lexists(path) else held_error
        return found._replace(error=found.error or why)
    header = layer.source
    return found._replace(
        error=found.error or held_error,
        releases=sum(table is not None for table in layer.tables),
        title=header.title,
        licence=header.licence,
        credit=header.credit,
        serial=header.serial,
        expires=header.expires.latest if header.expires else None,
        skipped=header.skipped,
        wrong=header.wrong,
        problems=problem_lines(layer),
    )


def _why_held(folder: str, name: str) -> tuple[str, str]:
    """Why the layer *name* is held back, or why that can't be known; each empty if it isn't so."""
    try:
        return escape_hostile(source_files.why_held(folder, name)), ""
    except OSError as error:
        return "", f"What's held back can't be opened: {_reason(error)}."


def _reason(error: OSError) -> str:
    return escape_hostile(str(error.strerror))


def read_layer(folder: str, name: str) -> Layer | None:
    """The layer in use of the source *name*; None if there is none, or it can't be read.

    Raises OSError.
    """
    return parse_layer(name, files.content(source_files.path_of(folder, name)))


def parse_layer(name: str, data: bytes | None) -> Layer | None:
    """The layer of *data*, of the source *name*; None if there is none, or it can't be read."""
    if data is None:
        return None
    try:
        return load.read_layer(name, data)
    except CatalogueError:
        return None


def problem_lines(layer: Layer) -> tuple[str, ...]:
    """The first problems of *layer*, each with its key."""
    problems = layer.source.problems if layer.source else ()
    return tuple(
        escape_hostile(problem.describe(dotted_path(problem.path)))
        for problem in problems[:MAX_PROBLEMS]
    )


def outlooks(layer: Layer | None, current: Session) -> list[Outlook]:
    """The releases of *layer* alone, as they are seen now."""
    releases = [] if layer is None else load.releases([layer])
    return [outlook(each, now=current.now, region=current.region) for each in releases]


def changes(before: Layer | None, after: Layer | None, current: Session) -> list[ObservedChange]:
    """What differs between two layers of a source, in the order of *before*."""
    old, new = (
        {each.release.id: each.release for each in outlooks(layer, current)}
        for layer in (before, after)
    )
    found = []
    for id in dict.fromkeys((*old, *new)):
        release = new.get(id) or old[id]
        differences = compare(
            _facts(old.get(id)),
            _facts(new.get(id)),
            region=current.region,
            zone=current.now.zone,
            home=home_market(release),
        )
        on = current.now.today
        found += [ObservedChange(None, on, id, release.name, each) for each in differences]
    return found


def _facts(release: Release | None) -> Facts | None:
    if release is None:
        return None
    episodes = Episodes(release.complete, release.cadence)
    return Facts(release.name, release.stage, release.dates, episodes)


def offers(current: Session) -> tuple[list[JoinOffer], int]:
    """Entries without ids that may be releases of a source; how many more can't be joined.

    Raises CatalogueError.
    """
    _, folder = folders()
    layers = load.read_layers(current.layers.paths, current.layers.optional)
    entries = [table for table in load.merge_tables(layers) if not table.get("hidden")]
    known = {name for entry in entries for name in external_identities(entry)}
    found, unjoinable = list[JoinOffer](), 0
    for source in effective_sources(current.settings):
        with os_errors_as(folder, look=_LOOK):
            layer = read_layer(folder, source.name)
        tables = [table for table in (layer.tables if layer else ()) if table]
        strangers = [each for each in tables if known.isdisjoint(external_identities(each))]
        without_ids = [entry for entry in entries if not entry.get("ids")]
        for offer in title_offers(without_ids, strangers):
            if command := _join_command(offer.entry, offer.release):
                names = (_name(offer.entry), _name(offer.release))
                found.append(JoinOffer(*names, source.name, command))
            else:
                unjoinable += 1
    return found, unjoinable


def _join_command(entry: Table, release: Table) -> str:
    """The command that gives *entry* an id of *release*; empty if that has none."""
    for provider, id in release.get("ids", {}).items():
        return f"countdown edit {entry['id']} --ids {provider}={id}"
    return ""


def _name(table: Table) -> str:
    season = f", season {table['season']}" if "season" in table else ""
    return escape_hostile(f"{table['title']}{season} ({table['id']})")


def _place(source: SourceSetting) -> str:
    """The host of *source* or its file: the rest of an address can hold a key."""
    return escape_hostile(source.file or cells.host(source.url))


def _moment(seconds: int | None) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def now_seconds() -> int:
    """Now in POSIX seconds, whatever --as-of says."""
    return int(time.time())
