"""Finds what may be given to others: nothing of sources that don't allow it, or of one's own.

The catalogues are merged again without them, so that the next best fact counts and none can slip
through.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from countdown.catalogue import source_files, source_reading
from countdown.cli import recorded_moves
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.cli.source_layers import licence_day
from countdown.config import sharing
from countdown.config.source_settings import SourceSetting, all_sources
from countdown.core import wording
from countdown.core.outlook import Outlook, State
from countdown.core.release import AnnouncedDate, Release
from countdown.core.web_links import PROVIDERS
from countdown.index.left_out import user_ids
from countdown.index.query import find
from countdown.stamps import CatalogueFiles
from countdown.views import origins

# Whoever names its file as a catalogue, too, can't pass its facts on.
_BARRED: Final = {"tmdb": SourceSetting("tmdb", "tmdb")}


class Shareable(NamedTuple):
    """The *outlooks* that others may have, the *credits* due, and what was *left_out*, in words."""

    outlooks: tuple[Outlook, ...]
    credits: tuple[str, ...]
    left_out: tuple[str, ...]


class _Private(NamedTuple):
    """A source that may not be passed on, and why."""

    title: str
    why: str


def title_of(words: Sequence[str], filters: Filters) -> str:
    """The title of what *words* and *filters* choose, for others who see it."""
    return " ".join(words) or ("What I follow" if filters.followed else "Coming up")


def find_shareable(
    current: Session, filters: Filters, *, with_own: bool, more: Sequence[State] = ()
) -> Shareable:
    """The releases that pass *filters*, as others may have them.

    Those in *more* states pass, too; the user's own entries only if *with_own*. Raises
    CatalogueError.
    """
    allowed, private = _layers(current)
    own = [path for path in current.layers.optional if os.path.lexists(path)]
    shared, hidden = current, set[object]()
    if private or (own and not with_own):
        shared = current._replace(
            layers=_files(current.layers, allowed, with_own=with_own), is_recording=False
        )
        hidden = recorded_moves.hidden_ids(current)
    query = build_query(shared, filters)
    query = query._replace(states=(*query.states, *more))
    outlooks = shared.ask(lambda index: find(index, query))
    outlooks = [each for each in outlooks if each.release.id not in hidden]
    named = {each.release.id for each in outlooks if not _origins(each).isdisjoint(_BARRED)}
    outlooks = [_public(each) for each in outlooks if each.release.id not in named]
    return Shareable(
        tuple(outlooks),
        tuple(origins.credits_of(outlooks)),
        _left_out(current, filters, private, with_own=with_own)
        if named or shared is not current
        else (),
    )


def _layers(current: Session) -> tuple[list[str], dict[str, _Private]]:
    """The layers that may be passed on, and those that may not, by their origins."""
    allowed: list[str] = []
    private: dict[str, _Private] = {}
    settings = {each.name: each for each in all_sources(current.settings)}
    for layer in source_reading.layers_of(current.layers, licence_day()):
        name = source_files.name_of(layer.path)
        origin, title = (layer.source.origin, layer.source.title) if layer.source else (name, None)
        why = sharing.why_private(settings.get(name) or _BARRED.get(name))
        if why:
            private[origin] = _Private(title or name, why)
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
    barred = {
        origin: _Private(PROVIDERS[origin], sharing.why_private(source))
        for origin, source in _BARRED.items()
    }
    barred |= private
    counts = Counter(origin for outlook in every for origin in _origins(outlook) & {*barred})
    found = [
        f"Left out: what {barred[origin].title} says about {wording.releases(count)}; "
        f"{barred[origin].why}."
        for origin, count in counts.items()
    ]
    count = len({outlook.release.id for outlook in every}.intersection(own))
    if count and not with_own:
        found.append(
            f"Left out: your own entries for {wording.releases(count)}. To add them: --mine"
        )
    return tuple(found)


def _origins(outlook: Outlook) -> set[str]:
    """The sources that gave facts about a release."""
    return {each.origin for each in outlook.release.providers if each.facts}


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
