"""Reads a catalogue or calendar again: from its address, its mirrors, or a file."""

import hashlib
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from countdown import files
from countdown.catalogue import load, schema, source_files
from countdown.catalogue.source_files import Header
from countdown.catalogue.source_layers import refresh_seconds
from countdown.config.source_settings import SourceSetting
from countdown.core.day_style import format_day
from countdown.core.text import escape_hostile, sentence
from countdown.errors import CatalogueError, NoLibraryError
from countdown.net.answers import Answer, Failure, NotModified
from countdown.refresh.keys import MissingKeyError, read_key
from countdown.refresh.network import Fetch
from countdown.refresh.state import SourceState
from countdown.refresh.wanted import windows_of
from countdown.sources import calendar, catalogue
from countdown.sources.answers import BadAnswerError
from countdown.sources.catalogue import Catalogue
from countdown.toml import parse
from countdown.toml.parse import Table

if TYPE_CHECKING:  # It loads urllib3.
    from countdown.net.client import Request

MAX_FILE_SIZE: Final = 32 * 1024**2  # bytes, as for unpacked answers


class NewCatalogue(NamedTuple):
    """The *layer* that was made of an answer, and what the next request is compared with.

    *refresh* is how often it wishes to be read, in seconds. *skipped* has a line for each kind of
    thing that was left out.
    """

    layer: bytes
    catalogue: Catalogue
    sha256: str
    etag: str | None = None
    modified: str | None = None
    refresh: int | None = None
    skipped: tuple[str, ...] = ()


class Unchanged(NamedTuple):
    """The answer is the one that is known, whose new *etag* or day *modified* these are."""

    etag: str | None = None
    modified: str | None = None


Result = NewCatalogue | Unchanged | Failure


def refresh(
    source: SourceSetting,
    known: SourceState,
    fetch: Fetch,
    now: datetime,
    *,
    mirrors: Callable[[], Sequence[str]] = tuple,
) -> Result:
    """What is new at *source* since the answer that is *known*. *now* is in UTC.

    If its address fails, the *mirrors* that its last catalogue named are asked, without its key.
    One of them that is older than what is known is passed over.
    """
    if source.file is not None:
        return _read_file(source, source.file, known, now)
    from countdown.net.client import Request  # Deferred: it loads urllib3.

    try:
        key = read_key(source)
    except MissingKeyError as error:
        return Failure("refused", str(error))
    secrets = {} if key is None else {"Authorization": f"Bearer {key}"}
    request = Request(
        source.url or "", secrets=secrets, etag=known.etag, modified=known.modified, is_typed=True
    )
    result = _ask(source, request, known, fetch, now)
    for mirror in mirrors() if isinstance(result, Failure) else ():
        other = _ask(source, Request(mirror), known, fetch, now)
        if not isinstance(other, Failure) and not _is_older(other, known):
            return other
    return result


def _ask(
    source: SourceSetting, request: "Request", known: SourceState, fetch: Fetch, now: datetime
) -> Result:
    reply = fetch(request)
    if isinstance(reply, NotModified):
        return Unchanged(reply.etag or known.etag, reply.modified or known.modified)
    if isinstance(reply, Failure):
        return reply
    return _make(source, reply, known, now)


def _read_file(source: SourceSetting, name: str, known: SourceState, now: datetime) -> Result:
    path = os.path.expanduser(name)
    try:
        body = parse.content(path, max_size=MAX_FILE_SIZE, hint="check that you can read it")
    except CatalogueError as error:
        return Failure("not found", error.lines[0])
    return _make(source, Answer(path, body), known, now)


def _make(source: SourceSetting, answer: Answer, known: SourceState, now: datetime) -> Result:
    """The layer of *answer*."""
    sha256 = hashlib.sha256(answer.body).hexdigest()
    if sha256 == known.sha256:
        return Unchanged(answer.etag, answer.modified)
    try:
        found = _READERS[source.kind](answer.body, source.name)
    except BadAnswerError as error:
        return Failure("broken", escape_hostile(sentence(str(error))))
    except NoLibraryError as error:
        return Failure("unexpected", ". ".join(each.removesuffix(".") for each in error.lines))
    if found.format > schema.FORMAT:
        return Failure("broken", f"Its format {found.format} needs a newer countdown. Update it.")
    if found.expires is not None and found.expires < now.date():
        return Failure("broken", f"It expired on {format_day(found.expires)}.")
    return NewCatalogue(
        render(source, found, now),
        found,
        sha256,
        answer.etag,
        answer.modified,
        source.refresh or refresh_seconds(found.refresh),
        found.skipped,
    )


def _read_calendar(body: bytes, name: str) -> Catalogue:
    """The calendar in *body* as a catalogue. Raises BadAnswerError and NoLibraryError."""
    feed = calendar.feed(body, name)
    return Catalogue(
        schema.FORMAT, feed.tables, feed.title, refresh=feed.refresh, skipped=feed.skipped
    )


_READERS: Final[dict[str, Callable[[bytes, str], Catalogue]]] = {
    "catalogue": catalogue.read,
    "calendar": _read_calendar,
}


def render(source: SourceSetting, found: Catalogue, now: datetime) -> bytes:
    """The bytes of the layer of *source* that was *found* *now*.

    Its origin is the name of the source: the address can hold a key.
    """
    header = Header(
        source.name,
        now,
        found.title,
        found.licence,
        found.credit,
        found.refresh,
        found.expires,
        found.checked,
        found.serial,
        found.mirrors or None,
    )
    return source_files.render(header, found.tables)


def mirrors_of(path: str) -> tuple[str, ...]:
    """The mirrors that the layer *path* names. Raises OSError."""
    data = files.content(path)
    try:
        source = load.read_layer(path, data).source if data else None
    except CatalogueError:
        return ()
    return source.mirrors if source else ()


def past_releases(tables: Mapping[str, Table], today: date) -> frozenset[str]:
    """The ids of the releases in *tables* whose dates are all over.

    Feeds have those of a few weeks, so that these are missing soon.
    """
    return frozenset(
        id for id, table in tables.items() if all(last < today for _, last in windows_of(table))
    )


def tables_of(path: str, data: bytes | None) -> dict[str, Table]:
    """The releases in *data*, that of the layer *path*, by their ids; none if it can't be read."""
    try:
        tables = load.read_layer(path, data).tables if data else []
    except CatalogueError:
        return {}
    return {str(table["id"]): table for table in tables if table}


def _is_older(result: NewCatalogue | Unchanged, known: SourceState) -> bool:
    serial = result.catalogue.serial if isinstance(result, NewCatalogue) else None
    return known.serial is not None and (serial or known.serial) < known.serial
