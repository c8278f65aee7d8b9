"""Finds what may be given to others: nothing of sources that don't allow it, or of one's own.

The catalogues are merged again without them, so that the next best fact counts and none can slip
through.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from countdown.catalogue import source_files, source_reading
from countdown.cli import recorded_moves
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.cli.source_layers import licence_day
from countdown.config import sharing
from countdown.config.source_settings import all_sources
from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.release import AnnouncedDate, Release
from countdown.index.left_out import user_ids
from countdown.index.query import find
from countdown.stamps import CatalogueFiles
from countdown.views import origins


class Shareable(NamedTuple):
    """The *outlooks* that others may have, the *credits* due, and what was *left_out*, in words."""

    outlooks: tuple[Outlook, ...]
    credits: tuple[str, ...]
    left_out: tuple[str, ...]


class _Private(NamedTuple):
    """A source that may not be passed on, and why."""

    title: str
    why: str


def find_shareable(current: Session, filters: Filters, *, with_own: bool) -> Shareable:
    """What passes *filters* and may be given to others; the user's own entries too if *with_own*.

    Raises CatalogueError.
    """
    allowed, private = _layers(current)
    own = [path for path in current.layers.optional if os.path.lexists(path)]
    shared, hidden = current, set[object]()
    if private or (own and not with_own):
        shared = current._replace(
            layers=_files(current.layers, allowed, with_own=with_own), is_recording=False
        )
        hidden = recorded_moves.hidden_ids(current)
    outlooks = shared.ask(lambda index: find(index, build_query(shared, filters)))
    outlooks = [_public(each) for each in outlooks if each.release.id not in hidden]
    providers = [each for outlook in outlooks for each in outlook.release.providers]
    return Shareable(
        tuple(outlooks),
        tuple(origins.credits(providers)),
        () if shared is current else _left_out(current, filters, private, with_own=with_own),
    )


def _layers(current: Session) -> tuple[list[str], dict[str, _Private]]:
    """The layers that may be passed on, and those that may not, by their origins."""
    allowed: list[str] = []
    private: dict[str, _Private] = {}
    settings = {each.name: each for each in all_sources(current.settings)}
    for layer in source_reading.layers_of(current.layers, licence_day()):
        setting, source = settings.get(source_files.name_of(layer.path)), layer.source
        why = sharing.why_private(setting)
        if source is not None and why:
            private[source.origin] = _Private(source.title or source_files.name_of(layer.path), why)
        else:
            allowed.append(layer.path)
    return allowed, private


def _files(files: CatalogueFiles, allowed: Sequence[str], *, with_own: bool) -> CatalogueFiles:
    """*files* with the layers *allowed* alone, and with the user's own catalogue or not."""
    first, *others = files.paths
    kept = [path for path in others if with_own or path not in files.optional]
    return CatalogueFiles((first, *allowed, *kept), files.optional if with_own else ())


def _left_out(
    current: Session, filters: Filters, private: Mapping[str, _Private], *, with_own: bool
) -> tuple[str, ...]:
    """Sentences on what isn't given to others, of what passes *filters*."""
    query = build_query(current, filters)
    every, own = current.ask(lambda index: (find(index, query), user_ids(index)))
    counts = Counter(
        each.origin
        for outlook in every
        for each in outlook.release.providers
        if each.facts and each.origin in private
    )
    found = [
        f"Left out: what {private[origin].title} says about {wording.releases(count)}; "
        f"{private[origin].why}."
        for origin, count in counts.items()
    ]
    count = len({outlook.release.id for outlook in every}.intersection(own))
    if count and not with_own:
        found.append(
            f"Left out: your own entries for {wording.releases(count)}. To add them: --mine"
        )
    return tuple(found)


def _public(outlook: Outlook) -> Outlook:
    """*outlook* without addresses that only the user may have."""
    effective = outlook.effective_date
    return outlook._replace(
        release=_public_release(outlook.release),
        effective_date=effective and effective._replace(dated=_public_date(effective.dated)),
    )


def _public_release(release: Release) -> Release:
    return release._replace(
        sources=tuple(each for each in release.sources if sharing.public_address(each.url)),
        dates=tuple(map(_public_date, release.dates)),
        moves=tuple(each._replace(source=_public_address(each.source)) for each in release.moves),
    )


def _public_date(dated: AnnouncedDate) -> AnnouncedDate:
    disputed = tuple(each._replace(source=_public_address(each.source)) for each in dated.disputed)
    return dated._replace(source=_public_address(dated.source), disputed=disputed)


def _public_address(url: str | None) -> str | None:
    return url and sharing.public_address(url)
