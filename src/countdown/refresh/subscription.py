"""Refreshes a catalogue or calendar, and puts the layer of its answer in its place."""

from collections.abc import Mapping
from datetime import datetime

from countdown import files
from countdown.catalogue import source_files
from countdown.config.source_settings import SourceSetting
from countdown.core.source_result import Outcome, SourceResult
from countdown.core.text import sentence
from countdown.net.answers import Failure
from countdown.refresh import catalogue, fingerprints
from countdown.refresh.catalogue import NewCatalogue
from countdown.refresh.due import DAY
from countdown.refresh.plan import Plan
from countdown.refresh.state import SourceState, State
from countdown.toml.parse import Table


def refresh(
    source: SourceSetting, folder: str, state: State, plan: Plan, now: datetime
) -> SourceResult:
    """What became of *source*, whose layer is in the state *folder*. Raises OSError."""
    known = state.sources().get(source.name, SourceState())
    prints = fingerprints.parse(known.sha256)
    layers = source_files.folder_in(folder)
    path = source_files.path_of(layers, source.name)
    data = files.content(path)
    if data is None or fingerprints.of_layer(data) != prints.layer:
        asked = SourceState()  # The layer is missing, was changed, or is of another place.
    elif plan.is_forced:
        asked = known._replace(etag=None, modified=None, sha256=None)
    else:
        asked = known._replace(sha256=prints.answer)
    reply = catalogue.refresh(
        *(source, asked, plan.fetch, now),
        mirrors=lambda: () if prints.has_moved else catalogue.mirrors_of(path),
    )
    result = SourceResult(source.name, source.name, "unchanged")
    if isinstance(reply, Failure):
        wait = reply.retry_after if reply.reason == "too many requests" else None
        outcome: Outcome = "failed" if wait is None else "stopped"
        return result._replace(outcome=outcome, why=reply.message, next=wait)
    if isinstance(reply, catalogue.Unchanged):
        if not plan.is_dry:
            state.save_source(source.name, known._replace(etag=reply.etag, modified=reply.modified))
            source_files.discard_held(layers, source.name)
        kept = len(catalogue.tables_of(path, data))
        return result._replace(kept=kept, next=source.refresh or DAY)
    return _offer(source, reply, catalogue.tables_of(path, data), layers, state, plan)


def _offer(
    source: SourceSetting,
    reply: NewCatalogue,
    before: Mapping[str, Table],
    layers: str,
    state: State,
    plan: Plan,
) -> SourceResult:
    """The result of putting the layer of a new catalogue in its place, where *before* was."""
    after = catalogue.tables_of(source.name, reply.layer)
    changed = sum(before.get(id) != after.get(id) for id in before.keys() | after.keys())
    result = SourceResult(
        *(source.name, source.name, "read" if changed else "unchanged"),
        read=len(reply.catalogue.tables),
        changed=changed,
        skipped=reply.skipped,
        next=reply.refresh or DAY,
    )
    is_calendar = source.kind == "calendar"
    dropped = catalogue.past_releases(before, plan.now().date()) if is_calendar else ()
    known = state.sources().get(source.name, SourceState())
    has_moved = fingerprints.parse(known.sha256).has_moved
    verdict = source_files.offer(
        *(layers, source.name, reply.layer),
        dropped=dropped,
        is_accepted=has_moved,
        is_dry=plan.is_dry,
    )
    if verdict.outcome == "held back":
        return result._replace(
            outcome="held back", changed=0, kept=len(before), why=sentence(verdict.why)
        )
    if plan.is_dry:
        return result
    prints = fingerprints.of_answer(source, reply.sha256, reply.layer)
    state.save_source(
        source.name,
        known._replace(
            etag=reply.etag,
            modified=reply.modified,
            sha256=str(prints),
            serial=reply.catalogue.serial,
        ),
    )
    return result
