"""Parse the days, spans and time zones that people type; each error is a UsageError."""

from datetime import date, datetime, time, tzinfo

from countdown import environment
from countdown.core.local_time import utc_of
from countdown.core.outlook import Moment
from countdown.core.span import day_after, day_before, parse_span
from countdown.errors import UsageError


def parse_zone(name: str, *, origin: str) -> tzinfo:
    """The time zone *name* of the IANA database.

    Raises UsageError, which begins with *origin*: the option or variable that *name* is from.
    """
    try:
        return environment.zone(name)
    except ValueError as error:
        raise UsageError(f"{origin}: {error}") from None


def parse_moment(text: str, current: Moment, *, origin: str) -> Moment:
    """The moment *text*: the start of a day, or a time of day if it has one. Raises UsageError."""
    try:
        at: date | datetime = date.fromisoformat(text)
    except ValueError:
        at = _parse_with_dateutil(text, current, origin=origin)
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    if at.tzinfo is None:
        return Moment(at.date(), utc_of(at, current.zone), current.zone)
    return Moment.at(utc_of(at.replace(tzinfo=None), at.tzinfo), current.zone)


def _parse_with_dateutil(text: str, current: Moment, *, origin: str) -> datetime:
    """*text* in any spelling that dateutil knows. Raises UsageError.

    Parsed with two defaults: a difference shows that dateutil filled in a year, month or day.
    """
    from dateutil import parser  # Deferred: 34 ms, which ISO dates don't need.

    start = datetime.combine(current.today, time())
    defaults = (start.replace(month=1, day=1), start.replace(year=start.year - 4, month=3, day=2))
    try:
        first, second = (parser.parse(text, default=default) for default in defaults)
    except (ValueError, OverflowError, TypeError):
        raise UsageError(f'{origin}: "{text}" is no date; write one like 2022-07-04') from None
    if first != second:
        raise UsageError(f'{origin}: "{text}" names no single day; write one like 2022-07-04')
    return first


def parse_window(text: str, current: Moment, *, origin: str) -> tuple[date, date]:
    """The first and last day of *text*. Raises UsageError.

    It may be EDTF, words like "Q4 2027", or a day in any spelling that dateutil knows.
    """
    from countdown.core import edtf  # Deferred: its patterns take 6 ms to compile.

    try:
        parsed = edtf.parse(text)
    except ValueError:
        try:
            day = parse_moment(text, current, origin=origin).today
        except UsageError:
            hint = 'write one like 2027-06-11, 2027-06, "Q4 2027" or 2027'
            raise UsageError(f'{origin}: "{text}" is no date; {hint}') from None
        return day, day
    return parsed.earliest, parsed.latest


def span_end(text: str, today: date) -> date:
    """*today* plus the span *text*: `90d`, `12w`, calendar months `6m`, calendar years `1y`.

    Raises UsageError.
    """
    try:
        return day_after(today, parse_span(text))
    except ValueError as error:
        raise UsageError(f"--within: {error}") from None


def span_start(text: str, current: Moment, *, origin: str) -> date:
    """Today minus a span like `90d`, else the first day of a date. Raises UsageError."""
    try:
        return day_before(current.today, parse_span(text))
    except ValueError:
        pass
    try:
        return parse_window(text, current, origin=origin)[0]
    except UsageError:
        hint = "write a span like 90d, 12w, 6m or 1y, or a day like 2027-06-11"
        raise UsageError(f'{origin}: "{text}" is neither a span nor a day; {hint}') from None
