"""Events as an iCalendar file (RFC 5545 and 7986), as calendar programs read them best.

The same events give the same bytes: the stamps are days of changes, not of the export. Programs
take an update only with the same UID and a higher SEQUENCE. That is a number of days, the same on
each machine; in place of an earlier calendar it never falls, and rises with every change.
"""

import re
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import quote

from countdown.core.text import escape_hostile
from countdown.errors import NoLibraryError
from countdown.exports.events import FIRST_DAY, Event, end_of

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Event as Component

_PRODUCT: Final = "-//countdown//release-countdown//EN"
_EVERY: Final = timedelta(days=1)  # how often the feed is to be read again
_LENGTH: Final = timedelta(minutes=15)  # of what begins at a known moment: nobody knows how long
_END: Final = b"END:VCALENDAR\r\n"
_BEGIN: Final = re.compile(rb"^BEGIN:VEVENT\r\n", re.MULTILINE)
_ID: Final = re.compile(rb"^UID:([^\r]*(?:\r\n [^\r]*)*)", re.MULTILINE)
_FOLD: Final = re.compile(rb"\r\n ")
_NUMBER: Final = re.compile(rb"^(SEQUENCE:)(\d{1,9})(?=\r)", re.MULTILINE)
_STAMP: Final = re.compile(rb"^((?:DTSTAMP|LAST-MODIFIED):)(\d{8}T\d{6}Z)", re.MULTILINE)
_ALLOWED: Final = "%/:=&?~#+!$,;'@()*[]"  # in an address (RFC 3986), besides letters and digits
_COLOR: Final = "orangered"  # a name of CSS3, as RFC 7986 wants it


def write(
    events: Sequence[Event],
    *,
    name: str,
    credits: Sequence[str] = (),
    alarms: Sequence[timedelta] = (),
    before: bytes | None = None,
    unchanged: Collection[str] = (),
) -> bytes:
    """The calendar *name* with *events*, and with *alarms* so long before each.

    *credits* are what the licences of its facts ask for, and *before* is the calendar that it takes
    the place of. Events whose ids are *unchanged* stay as they are there. Raises NoLibraryError.
    """
    try:
        from icalendar import Calendar, vDuration, vText  # Deferred: 50 ms, and an extra.
    except ImportError:
        raise NoLibraryError("Writing a calendar", "icalendar", "calendars") from None
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, vText(name))  # Else it doesn't escape what isn't in RFC 5545.
    if credits:
        for key in ("DESCRIPTION", "X-WR-CALDESC"):
            calendar.add(key, vText("\n".join(map(escape_hostile, credits))))
    interval = vDuration(_EVERY)  # Older versions write the words of Python for it.
    calendar.add("REFRESH-INTERVAL", interval, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    calendar.add("COLOR", _COLOR)
    old = {each.id: each for each in map(_read, _BEGIN.split(before or b"")[1:])}
    kept = old.keys() & {*unchanged}
    for event in events:
        if event.id not in kept:
            _add(calendar, event, alarms)
    head, *drawn = _BEGIN.split(calendar.to_ical().removesuffix(_END))
    new = iter(drawn)
    parts = [
        old[event.id].block if event.id in kept else _continued(next(new), old.get(event.id))
        for event in events
    ]
    return b"BEGIN:VEVENT\r\n".join([head, *parts]) + _END


class _Written(NamedTuple):
    """An event as written, without its first line: id, number, stamp, and all its other lines."""

    block: bytes
    id: str
    number: int
    stamp: bytes
    others: tuple[bytes, ...]


def _continued(block: bytes, known: _Written | None) -> bytes:
    """The event in *block* in place of one that is *known*: no number or stamp falls.

    An event that is as it was keeps both; one that isn't gets a higher number.
    """
    if known is None:
        return block
    new = _read(block)
    if known.others == new.others:
        number, stamp = known.number, known.stamp
    else:
        number, stamp = max(new.number, known.number + 1), max(new.stamp, known.stamp)
    return _STAMP.sub(b"\\g<1>" + stamp, _NUMBER.sub(b"\\g<1>%d" % number, block))


def _read(block: bytes) -> _Written:
    """The event in *block*. One of another program can lack anything."""
    event = b"".join(block.partition(b"END:VEVENT\r\n")[:2])
    id, number, stamp = (found.search(event) for found in (_ID, _NUMBER, _STAMP))
    others = _STAMP.sub(b"", _NUMBER.sub(b"", event)).split(b"\r\n")
    return _Written(
        event,
        _FOLD.sub(b"", id[1]).decode(errors="replace") if id else "",
        int(number[2]) if number else 0,
        stamp[2] if stamp else b"",
        tuple(others),
    )


def _add(calendar: "Calendar", event: Event, alarms: Sequence[timedelta]) -> None:
    from icalendar import Event as Component

    component = Component()
    component.add("UID", event.id)
    component.add("SEQUENCE", (event.changed - FIRST_DAY).days)
    stamp = datetime.combine(event.changed, time(), UTC)
    for key in ("DTSTAMP", "LAST-MODIFIED"):
        component.add(key, stamp)
    component.add("SUMMARY", event.title)
    _add_time(component, event)
    component.add("STATUS", event.status)
    component.add("TRANSP", "TRANSPARENT")
    component.add("CATEGORIES", [event.kind])
    component.add("DESCRIPTION", "\n".join(event.lines))
    if event.address:
        component.add("URL", quote(event.address, safe=_ALLOWED))
    for before in alarms if event.status != "CANCELLED" else ():
        _add_alarm(component, event, before)
    calendar.add_component(component)


def _add_time(component: "Component", event: Event) -> None:
    if event.at is not None:
        component.add("DTSTART", event.at)
        component.add("DURATION", _LENGTH)
        return
    days: tuple[date, date] = (event.first, end_of(event))
    for key, day in zip(("DTSTART", "DTEND"), days, strict=True):
        component.add(key, day)


def _add_alarm(component: "Component", event: Event, before: timedelta) -> None:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", event.title)
    alarm.add("TRIGGER", -before)
    component.add_component(alarm)
