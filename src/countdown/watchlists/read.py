"""A list of any program, told by what its file begins with."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from countdown.core.text import escape_hostile
from countdown.sources import calendar_events, calendar_titles
from countdown.sources.answers import BadAnswerError, Skipped
from countdown.watchlists import csv_lists, json_lists
from countdown.watchlists.wanted import ListError, Wanted, Watchlist, watchlist

MAX_BYTES: Final = 16 * 1024 * 1024
_TOO_LARGE: Final = f"it is larger than {MAX_BYTES // 1024**2} MiB, as no list is"
CALENDAR: Final = "ics"
PROGRAMS: Final = tuple(dict.fromkeys((CALENDAR, *csv_lists.PROGRAMS, *json_lists.PROGRAMS)))
# Files of archives that have what somebody wants: those of Letterboxd and TV Time.
_MEMBERS: Final = ("watchlist.csv", "followed_tv_show.csv", "tracking-prod-records.csv")
_ZIP: Final = b"PK\x03\x04"
_CATALOGUE: Final = re.compile(r"^\[\[release\]\]", re.MULTILINE)
_MAX_MEMBERS: Final = 1_000
_ZIP_ERRORS: Final = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError)


def read(data: bytes, of: str | None = None) -> Watchlist:
    """The list in *data*, of the program *of*, else of the one that its content tells.

    Raises ListError, and NoLibraryError for a calendar if the library icalendar is missing.
    """
    if len(data) > MAX_BYTES:
        raise ListError(_TOO_LARGE)
    return _archive(data, of) if data.startswith(_ZIP) else _file(data, of)


def _file(data: bytes, of: str | None) -> Watchlist:
    data = data.removeprefix(b"\xef\xbb\xbf")
    begin = data.lstrip()[:15].upper()
    if not begin:
        raise ListError("it is empty")
    if of == CALENDAR or (of is None and begin.startswith(b"BEGIN:VCALENDAR")):
        return _calendar(data)
    text = _decode(data)
    if of is None and _CATALOGUE.search(text):
        raise ListError("this is a catalogue, not a list. To use it: countdown source add FILE")
    is_json = begin[:1] in (b"[", b"{")
    if of is None and begin[:1] == b"<":
        raise ListError("this is a web page, not a list. Download the file that the site offers", 1)
    both = of is None or (of in csv_lists.PROGRAMS and of in json_lists.PROGRAMS)
    if is_json if both else of in json_lists.PROGRAMS:
        return json_lists.read(text, of)
    return csv_lists.read(text, of)


def _decode(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ListError("this isn't UTF-8 text. Save it as UTF-8", line) from None


def _archive(data: bytes, of: str | None) -> Watchlist:
    """The lists of the files in the zip archive *data* that are known, as one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = list(_parts(archive, of))
    except _ZIP_ERRORS as error:
        raise ListError(escape_hostile(f"this zip archive is damaged: {error}")) from None
    if not parts:
        names = ", ".join(_MEMBERS)
        raise ListError(f"this zip archive has no list. It would be one of: {names}")
    rows: list[Wanted | str] = []
    for part in parts:
        rows += part.wanted
        rows += [reason for reason, count in part.left_out for _ in range(count)]
    return watchlist(parts[0].of, rows)


def _parts(archive: zipfile.ZipFile, of: str | None) -> Iterator[Watchlist]:
    for member in archive.infolist()[:_MAX_MEMBERS]:
        name = member.filename.rpartition("/")[2]
        # Letterboxd puts lists of what was deleted beside the others.
        if name not in _MEMBERS or member.filename.startswith(("deleted/", "orphaned/")):
            continue
        with archive.open(member) as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise ListError(f"{name}: {_TOO_LARGE}")
        try:
            yield _file(data, of)
        except ListError as error:
            raise ListError(f"{name}: {error}", error.line) from None


def _calendar(data: bytes) -> Watchlist:
    try:
        events = calendar_events.read(data, Skipped()).events
    except BadAnswerError as error:
        raise ListError(str(error)) from None
    return watchlist(CALENDAR, [_subject(event.summary) for event in events])


def _subject(summary: str) -> Wanted:
    about = calendar_titles.subject(summary)
    return Wanted(about.title, kind=None if about.season is None else "series")
