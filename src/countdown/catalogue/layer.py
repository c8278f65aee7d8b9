"""A catalogue file as a layer, which is merged with others."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from countdown.catalogue import schema
from countdown.catalogue.readers import KeyPath, Problem, Problems
from countdown.core.dates import ReleaseDate
from countdown.toml.parse import Table as Table


class Source(NamedTuple):
    """The origin, licence and age of a generated or subscribed layer, as it states them.

    *origin* is the name of a provider or of another source. *skipped* is how many of its keys are
    left out, *wrong* how many of its releases, because of its *problems*.
    """

    origin: str
    title: str | None = None
    licence: str | None = None
    credit: str | None = None
    read: ReleaseDate | None = None
    refresh: int | None = None  # seconds
    expires: ReleaseDate | None = None
    serial: int | None = None
    mirrors: tuple[str, ...] = ()
    skipped: int = 0
    wrong: int = 0
    problems: tuple[Problem, ...] = ()


class Layer(NamedTuple):
    """A catalogue file. *tables* is emptied as releases are made of it, to save memory.

    They are tables of the format, however the file is written; for *origins* and *kinds* see
    `strict_tables.StrictFile`.

    *ids* is filled when the layers are merged, unless it is None: the id of the release that each
    table is about, by the table's index.
    """

    path: str
    content: bytes
    tables: list[Table | None]
    checked: ReleaseDate | None
    problems: Problems
    ids: dict[int, str] | None = None
    origins: Mapping[KeyPath, KeyPath] = MappingProxyType({})
    kinds: Mapping[int, str] = MappingProxyType({})
    source: Source | None = None  # of a layer that no person keeps
    format: int = schema.FORMAT
