"""Events as an iCalendar file (RFC 5545 and 7986), as calendar programs read them best.

The same events give the same bytes: the stamps are days of changes, not of the export. Programs
take an update only with the same UID and a higher SEQUENCE; that is a number of days, so it never
falls and is the same on each machine.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from countdown.errors import CountdownError
from countdown.exports.events import FIRST_DAY, Event, end_of

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar import Event as Component

_PRODUCT: Final = "-//countdown//release-countdown//EN"
_EVERY: Final = timedelta(days=1)  # how often the feed is to be read again
_LENGTH: Final = timedelta(minutes=15)  # of what begins at a known moment: nobody knows how long
_COLOR: Final = "orangered"  # a name of CSS3, as RFC 7986 wants it


class NoLibraryError(CountdownError):
    """The library that writes calendars isn't installed."""

    def __init__(self) -> None:
        super().__init__(
            "Writing a calendar needs the library icalendar.",
            "Install it beside countdown: pipx inject release-countdown icalendar",
            "Or in a clone: .venv/bin/pip install '.[calendars]'",
        )


def write(
    events: Iterable[Event],
    *,
    name: str,
    credits: Sequence[str] = (),
    alarms: Sequence[timedelta] = (),
) -> bytes:
    """The calendar *name* with *events*, and with *alarms* so long before each.

    *credits* are what the licences of its facts ask for. Raises NoLibraryError.
    """
    try:
        from icalendar import Calendar, vText  # Deferred: 50 ms, and an extra.
    except ImportError:
        raise NoLibraryError from None
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", _PRODUCT)
    calendar.add("METHOD", "PUBLISH")
    for key in ("NAME", "X-WR-CALNAME"):
        calendar.add(key, vText(name))  # Else it doesn't escape what isn't in RFC 5545.
    if credits:
        for key in ("DESCRIPTION", "X-WR-CALDESC"):
            calendar.add(key, vText("\n".join(credits)))
    calendar.add("REFRESH-INTERVAL", _EVERY, parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    calendar.add("COLOR", _COLOR)
    for event in events:
        _add(calendar, event, alarms)
    written: bytes = calendar.to_ical()
    return written


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
        component.add("URL", event.address)
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
