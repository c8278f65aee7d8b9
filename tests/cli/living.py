"""Layers of sources in the state folder, as a refresh would write them."""

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from countdown import paths
from countdown.catalogue import source_files
from countdown.catalogue.source_files import Header

READ: Final = datetime(2026, 11, 21, 20, 41, tzinfo=UTC)
TVMAZE: Final = Header("tvmaze", READ, "TVmaze", "CC-BY-SA-4.0", "Data from TVmaze.com")
WIKIDATA: Final = Header("wikidata", READ, "Wikidata", "CC0-1.0")
TMDB: Final = Header("tmdb", READ, "TMDB", expires=date(2027, 5, 24))
ARCANE: Final = {
    "id": "tvmaze-46331-s3",
    "title": "Arcane",
    "kind": "season",
    "season": 3,
    "dates": [{"date": date(2027, 6, 11), "region": "US", "type": "streaming"}],
    "ids": {"tvmaze": 46331},
}
DUNE: Final = {
    "id": "wikidata-q1",
    "title": "Dune: Part Three",
    "kind": "film",
    "ids": {"imdb": "tt31378509", "wikidata": "Q109228991"},
}


def folder() -> Path:
    """The folder of the layers."""
    return Path(paths.sources_folder() or "")


def put(name: str, header: Header, *tables: Mapping[str, Any]) -> Path:
    """Make *tables* the releases of the layer *name*, by a rename as a refresh does it."""
    return put_bytes(name, source_files.render(header, [dict(table) for table in tables]))


def put_bytes(name: str, data: bytes) -> Path:
    """Make *data* the layer *name*."""
    path = folder() / f"{name}.toml"
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_bytes(data)
    draft.chmod(0o600)
    os.replace(draft, path)
    return path
