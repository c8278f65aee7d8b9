"""Adds, removes and accepts sources; each can be undone."""

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from countdown import files
from countdown.catalogue import snapshots, source_files
from countdown.catalogue.readers import Problems
from countdown.cli import refreshing, sources
from countdown.cli.messages import about
from countdown.cli.session import Session
from countdown.config import edit
from countdown.config.source_settings import SourceSetting, all_sources, read_sources
from countdown.core.text import escape_hostile
from countdown.errors import CatalogueError, NothingFound, SourceError, UsageError
from countdown.refresh import catalogue as refresh_catalogue
from countdown.refresh import fingerprints, network
from countdown.refresh.catalogue import NewCatalogue, Unchanged
from countdown.refresh.state import SourceState, open_state
from countdown.views import cells

DAY: Final = 86_400  # seconds until a source is read again that doesn't say
_NO_SLUG: Final = re.compile(r"[^a-z0-9]+")


class Found(NamedTuple):
    """A source that was fetched before it is added, and the number of its usable *releases*."""

    setting: SourceSetting
    table: Mapping[str, Any]
    new: NewCatalogue
    releases: int


def setting_of(table: Mapping[str, Any]) -> SourceSetting:
    """The setting of *table*, a `[[source]]`. Raises UsageError."""
    problems: Problems = []
    found = read_sources([dict(table)], ("source",), problems)
    if problems:
        lines = [about(str((*each.path, "")[2]), each.describe()) for each in problems]
        raise UsageError(*map(escape_hostile, lines))
    return found[0]


def free_name(current: Session, place: str) -> str:
    """A name for the source at *place*, an address or a path, that no other source has."""
    stem = cells.host(place).partition(":")[0] or os.path.splitext(os.path.basename(place))[0]
    base = _NO_SLUG.sub("-", stem.lower()).strip("-")[:50] or "source"
    taken = {source.name for source in all_sources(current.settings)}
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


def fetch(current: Session, table: Mapping[str, Any]) -> Found:
    """The source of *table*, read for the first time.

    Raises UsageError if it can't be one, and SourceError if it can't be read.
    """
    setting = setting_of(table)
    now = datetime.fromtimestamp(sources.now_seconds(), UTC)
    with refreshing.open_fetch(current, is_offline=network.is_switched_off()) as send:
        result = refresh_catalogue.refresh(setting, SourceState(), send, now)
    if not isinstance(result, NewCatalogue):
        why = "It is unchanged." if isinstance(result, Unchanged) else result.message
        raise SourceError(escape_hostile(why), "Nothing was added.")
    layer = sources.parse_layer(setting.name, result.layer)
    count = sum(each is not None for each in layer.tables) if layer else 0
    if layer is None or not count:
        lines = sources.problem_lines(layer) if layer else ()
        raise SourceError("None of its releases can be read.", *lines, "Nothing was added.")
    return Found(setting, table, result, count)


def add(found: Found) -> None:
    """Add the source that was *found*, with its releases. Raises ConfigError, CatalogueError."""
    name, new, now = found.setting.name, found.new, sources.now_seconds()
    edit.add_source(found.table, f"source add {name}")
    with sources.locked() as (state_folder, folder):
        source_files.remove(folder, name)  # One of that name may have been removed.
        source_files.offer(folder, name, new.layer)
        state = SourceState(
            read=now,
            next=now + (new.refresh or DAY),
            etag=new.etag,
            modified=new.modified,
            sha256=str(fingerprints.of_answer(found.setting, new.sha256, new.layer)),
            serial=new.catalogue.serial,
        )
        with open_state(state_folder) as database:
            database.save_source(name, state)


def switch_on(current: Session, name: str, table: Mapping[str, Any]) -> bool:
    """Use the provider *name*, with the settings of *table*; False if it is on already."""
    known = {source.name: source for source in all_sources(current.settings)}
    command = f"source add {name}"
    if name in known and known[name].enabled and len(table) == 1:
        return False
    setting_of(table)

    def alter(draft: edit.Draft) -> None:
        draft.discard_source(name)
        if len(table) > 1:
            draft.add_source(table)

    edit.change(alter, command)
    sources.use_configured()
    return True


def remove(name: str, *, is_built_in: bool) -> None:
    """Remove the source *name*; one that *is_built_in* is switched off."""
    command = f"source remove {name}"

    def alter(draft: edit.Draft) -> None:
        draft.discard_source(name)
        if is_built_in:
            draft.add_source({"name": name, "enabled": False})

    edit.change(alter, command)
    sources.use_configured()


def accept(name: str) -> int:
    """Use the layer of the source *name* that is held back; returns the number of its releases.

    Raises NothingFound if there is none, and CatalogueError if it can't be used.
    """
    with sources.locked() as (state_folder, folder):
        after = source_files.held_back(folder, name)
        before = files.content(source_files.path_of(folder, name))
        verdict = source_files.accept(folder, name)
        if after is None or verdict is None:
            raise NothingFound(f"Nothing of {name} is held back.")
        if verdict.outcome == "held back":
            why = f"{name} can't be used: {verdict.why}."
            raise CatalogueError(escape_hostile(why), "Nothing was changed.")
        snapshots.save(
            snapshots.folder_in(state_folder),
            f"{snapshots.SOURCE}{name}",
            after,
            before=before,
            command=f"source accept {name}",
        )
        return verdict.after
