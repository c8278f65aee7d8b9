"""The events of iCalendar feeds (RFC 5545), read with the library icalendar. No I/O.

The library is an extra, and takes 50 ms, so that it's loaded when a feed is read. It isn't made for
what is hostile: whatever it raises is an answer that can't be read.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Final, NamedTuple
from zoneinfo import ZoneInfo

from countdown.core.text import find_hostile
from countdown.errors import NoLibraryError
from countdown.sources.answers import BadAnswerError, Skipped, line

if TYPE_CHECKING:
    from icalendar import Component

MAX_EVENTS: Final = 20_000  # takes 4 s
_MAX_TEXT: Final = 2_000  # characters of a property that are looked at
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_FOLD: Final = re.compile(rb"(?:\r?\n)+[ \t]")  # RFC 5545, 3.1
_EVENT: Final = re.compile(rb"^BEGIN[:;][^\r\n]*VEVENT", re.IGNORECASE | re.MULTILINE)
_INTERVAL: Final = re.compile(
    rb"^(REFRESH-INTERVAL|X-PUBLISHED-TTL)(?:;[^:\r\n]*)?:[ \t]*([^\r\n]*)",
    re.IGNORECASE | re.MULTILINE,
)
_SPAN: Final = re.compile(rb"P(?=[T\d])(?:\d{1,4}W)?(?:\d{1,4}D)?(?:T(?:\d{1,4}H)?(?:\d{1,5}M)?)?")
_ADDRESS: Final = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:/[!-~]*)?", re.ASCII)


class Event(NamedTuple):
    """An event: its *day*, or the moment when it begins, and the *last* of its days.

    *id* and *address* can be empty. *repeats* if it's the first of several.
    """

    id: str
    summary: str
    day: date
    last: date
    is_tentative: bool = False
    repeats: bool = False
    address: str = ""


class Feed(NamedTuple):
    """The *events* of a feed in their order, its *title*, and how often it may be read.

    *refresh* is a span of ISO 8601 like `PT6H`, or None.
    """

    events: tuple[Event, ...]
    title: str | None
    refresh: str | None


def read(body: bytes, skipped: Skipped) -> Feed:
    """The feed in *body*; what can't be read is counted.

    Raises BadAnswerError if it is no calendar, and NoLibraryError.
    """
    if not body.strip():
        raise BadAnswerError("the answer is empty")
    if body.lstrip()[:1] == b"<":
        raise BadAnswerError("the answer is a web page, not a calendar")
    text = _FOLD.sub(b"", body.removeprefix(_BYTE_ORDER_MARK))
    if sum(1 for _ in _EVENT.finditer(text)) > MAX_EVENTS:
        raise BadAnswerError(f"the calendar has more than {MAX_EVENTS:,} events")
    spans = {name.upper(): span.strip() for name, span in reversed(_INTERVAL.findall(text))}
    # Out of what the library reads: a wrong one would cost all events.
    calendars = _parse(_INTERVAL.sub(b"X-READ:", text))
    title: str | None = None
    found: list[Event] = []
    for calendar in calendars:
        title = title or _text(calendar, "NAME") or _text(calendar, "X-WR-CALNAME")
        # No walk: it is recursive, and events can be nested as deep as their writer wants.
        components = (each for each in calendar.subcomponents if each.name == "VEVENT")
        read_events = (_event(component, skipped) for component in components)
        found += [event for event in read_events if event is not None]
    refresh = spans.get(b"REFRESH-INTERVAL") or spans.get(b"X-PUBLISHED-TTL") or b""
    has_span = _SPAN.fullmatch(refresh) is not None and refresh[-1:] != b"T"
    return Feed(tuple(found), title or None, refresh.decode() if has_span else None)


def _parse(text: bytes) -> "list[Component]":
    try:
        from icalendar import Calendar
    except ModuleNotFoundError:
        raise NoLibraryError("Reading a calendar", "icalendar", "calendars") from None
    calendars: list[Component] = []
    try:
        parsed = Calendar.from_ical(text, multiple=True)
        calendars = [each for each in parsed if each.name == "VCALENDAR"]
    except Exception:  # noqa: S110  # Whatever the library stumbles over, it's no calendar.
        pass
    if not calendars:
        raise BadAnswerError("the answer isn't a whole calendar")
    return calendars


def _event(component: "Component", skipped: Skipped) -> Event | None:
    """The event in *component*; None if it can't be read or isn't to take place."""
    status = _text(component, "STATUS").upper()  # Sonarr writes "Confirmed".
    summary = _text(component, "SUMMARY")
    begin = _day(component, "DTSTART")
    if status == "CANCELLED":
        skipped["an event is cancelled"] += 1
    elif component.get("RECURRENCE-ID") is not None:
        skipped["an event is one of those that repeat"] += 1
    elif begin is None:
        skipped["an event has no day that can be read"] += 1
    elif not summary:
        skipped["an event has no title that can be read"] += 1
    else:
        address = _text(component, "URL")
        is_plain = _ADDRESS.fullmatch(address) and "?" not in address  # A query can have a key.
        return Event(
            id=_text(component, "UID"),
            summary=summary,
            day=begin,
            last=_last(component, begin),
            is_tentative=status == "TENTATIVE",
            repeats=any(component.get(name) is not None for name in ("RRULE", "RDATE")),
            address=address if is_plain else "",
        )
    return None


def _day(component: "Component", name: str) -> date | None:
    """The day or the moment of a property, of several the first one.

    A moment needs a time zone that is known by its name: rules of a zone in a feed can take as long
    as their writer wants. Else it's the day, as the feed counts days.
    """
    value = component.get(name)
    if isinstance(value, list):
        value = value[0]
    try:
        when = getattr(value, "dt", None)
    except Exception:  # A date that can't be read raises when it's looked at.
        return None
    if not isinstance(when, datetime):
        return when if isinstance(when, date) else None
    if not isinstance(when.tzinfo, ZoneInfo | timezone):
        return when.date()
    try:
        return when.astimezone(UTC).replace(microsecond=0)
    except OverflowError:
        return None


def _last(component: "Component", begin: date) -> date:
    """The last day of an event of whole days that begins on *begin*; DTEND is the day after it."""
    end = _day(component, "DTEND")
    if isinstance(begin, datetime) or end is None or isinstance(end, datetime):
        return begin
    return max(begin, end - timedelta(days=1)) if end > begin else begin


def _text(component: "Component", name: str) -> str:
    """The text of a property, of several the first one, without what could do harm."""
    value = component.get(name)
    if isinstance(value, list):
        value = value[0]
    if not isinstance(value, str):
        return ""
    text = value[:_MAX_TEXT]
    if find_hostile(text):
        text = "".join(" " if find_hostile(each) else each for each in text)
    return line(text) or ""
