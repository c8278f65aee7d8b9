"""What people type for a day, a span or a zone → the domain's values, or a usage error."""

from datetime import date, datetime, time, timedelta, tzinfo

from countdown import environment
from countdown.core.local_time import utc_of
from countdown.core.outlook import Moment
from countdown.errors import UsageError


def parse_zone(name: str, *, origin: str) -> tzinfo:
    """The time zone *name* of the IANA database. *origin* says in an error who named it."""
    try:
        return environment.zone(name)
    except ValueError as error:
        raise UsageError(f"{origin}: {error}") from None


def parse_moment(text: str, current: Moment, *, origin: str) -> Moment:
    """The moment that *text* names: the start of a day, or a time of day if it says one."""
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
    """*text* as dateutil reads it. What it leaves out must not be made up."""
    from dateutil import parser  # Deferred: 34 ms, and ISO dates do without it.

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
    """The first and last day of what *text* names.

    It may be in EDTF, in the trade's words, or a day in any spelling that dateutil reads.
    """
    from countdown.core import edtf  # Deferred: its patterns take 6 ms to compile.

    try:
        found = edtf.parse(text)
    except ValueError:
        try:
            day = parse_moment(text, current, origin=origin).today
        except UsageError:
            hint = 'write one like 2027-06-11, 2027-06, "Q4 2027" or 2027'
            raise UsageError(f'{origin}: "{text}" is no date; {hint}') from None
        return day, day
    return found.earliest, found.latest


def span_end(text: str, today: date) -> date:
    """The day *text* after *today*: `90d`, `12w`, calendar months `6m`, calendar years `1y`."""
    found = _shift(text, today, 1)
    if found is None:
        raise UsageError(f'--within: "{text}" is no span; write 90d, 12w, 6m or 1y')
    return found


def span_start(text: str, current: Moment, *, origin: str) -> date:
    """The day *text* ago, if that is a span like `90d`; else the first day of what it names."""
    found = _shift(text, current.today, -1)
    if found is not None:
        return found
    try:
        return parse_window(text, current, origin=origin)[0]
    except UsageError:
        hint = "write a span like 90d, 12w, 6m or 1y, or a day like 2027-06-11"
        raise UsageError(f'{origin}: "{text}" is neither a span nor a day; {hint}') from None


def _shift(text: str, today: date, sign: int) -> date | None:
    """*today* and the span *text*, forth or back; None if it is no span."""
    from dateutil.relativedelta import relativedelta  # Deferred: 10 ms, and few ask.

    number, unit = text[:-1].strip(), text[-1:].lower()
    if not (number.isascii() and number.isdigit()) or unit not in "dwmy" or not unit:
        return None
    try:
        count = sign * int(number)
        if unit in "dw":
            return today + timedelta(days=count * (7 if unit == "w" else 1))
        return today + (relativedelta(months=count) if unit == "m" else relativedelta(years=count))
    except (OverflowError, ValueError):
        return date.max if sign > 0 else date.min
