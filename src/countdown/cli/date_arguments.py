"""Parses days, spans and time zones of options; raises UsageError."""

from datetime import date, datetime, time, tzinfo
from typing import TYPE_CHECKING, Final

from countdown import environment
from countdown.cli.messages import about, sentences
from countdown.core import day_style
from countdown.core.local_time import utc_of
from countdown.core.outlook import Moment
from countdown.core.span import day_after, day_before, parse_span
from countdown.errors import UsageError

if TYPE_CHECKING:
    from countdown.core.edtf import Reading

_DATE_EXAMPLES: Final = 'Write one like 2027-06-11, 2027-06, "Q4 2027" or 2027.'


def parse_zone(name: str, *, origin: str) -> tzinfo:
    """The time zone *name* of the IANA database.

    Raises UsageError, which begins with *origin*: the option or variable that *name* is from.
    """
    try:
        return environment.zone(name)
    except ValueError as error:
        raise UsageError(about(origin, str(error))) from None


def read_date(text: str, today: date) -> "Reading":
    """The window that the user means by *text* on the day *today*. Raises ValueError."""
    from countdown.core import edtf  # Deferred: its patterns take 6 ms to compile.

    locale = environment.locale("LC_TIME")
    day_first, language = day_style.has_day_first(locale), day_style.language_of(locale)
    return edtf.read(text, edtf.DateContext(today, day_first, language))


def echo_guess(reading: "Reading", text: str, *, origin: str, region: str | None = None) -> None:
    """Write to stderr how *text* was read if that is a guess, or which months a season has."""
    if reading.guessed or reading.date.precision == "season":
        from countdown.cli import typed_dates  # Deferred, here and below: 3 ms, seldom needed.

        typed_dates.echo(reading, text, origin=origin, region=region)


def parse_moment(text: str, current: Moment, *, origin: str, is_silent: bool = False) -> Moment:
    """The moment *text*: the start of a day, or a time of day if it has one. Raises UsageError.

    Unless *is_silent*, a day that was guessed is echoed on stderr.
    """
    try:
        # Newer Pythons also read weeks, which nothing else here does.
        at: date | datetime = date.fromisoformat(text if "W" not in text else "")
    except ValueError:
        at = _parse_spelling(text, current, origin=origin, is_silent=is_silent)
    if not isinstance(at, datetime):
        at = datetime.combine(at, time())
    if at.tzinfo is None:
        return Moment(at.date(), utc_of(at, current.zone), current.zone)
    return Moment.at(utc_of(at.replace(tzinfo=None), at.tzinfo), current.zone)


def _parse_spelling(text: str, current: Moment, *, origin: str, is_silent: bool) -> date | datetime:
    from countdown.cli import typed_dates
    from countdown.core.edtf import UnknownDateError

    try:
        return typed_dates.parse_day_and_time(
            text, current.today, origin=origin, is_silent=is_silent
        )
    except UnknownDateError:
        hint = "Write one like 2022-07-04."
        raise UsageError(f'{origin}: Can\'t read "{text}" as a date. {hint}') from None
    except ValueError as error:
        raise UsageError(f'{origin}: "{text}": {sentences(str(error))}') from None


def parse_window(
    text: str, current: Moment, *, origin: str, region: str | None = None
) -> tuple[date, date]:
    """The first and last day of *text*. Raises UsageError.

    It may be EDTF, words like "Q4 2027" or "next friday", or a day in another spelling. A guess is
    echoed on stderr, and so is a season, whose months depend on the *region*.
    """
    from countdown.core.edtf import UnknownDateError

    try:
        reading = read_date(text, current.today)
    except UnknownDateError:
        try:
            day = parse_moment(text, current, origin=origin).today
        except UsageError as error:
            if not error.lines[0].startswith(f'{origin}: Can\'t read "{text}"'):
                raise
            raise UsageError(
                f'{origin}: Can\'t read "{text}" as a date. {_DATE_EXAMPLES}'
            ) from None
        return day, day
    except ValueError as error:
        raise UsageError(f'{origin}: "{text}": {sentences(str(error))}') from None
    echo_guess(reading, text, origin=origin, region=region)
    return reading.date.earliest, reading.date.latest


def span_end(text: str, today: date) -> date:
    """*today* plus the span *text*: `90d`, `12w`, calendar months `6m`, calendar years `1y`.

    Raises UsageError.
    """
    try:
        return day_after(today, parse_span(text))
    except ValueError as error:
        raise UsageError(about("--within", str(error))) from None


def span_start(text: str, current: Moment, *, origin: str) -> date:
    """Today minus a span like `90d`, else the first day of a date. Raises UsageError."""
    try:
        return day_before(current.today, parse_span(text.strip().removesuffix(" ago")))
    except ValueError:
        pass
    try:
        return parse_window(text, current, origin=origin)[0]
    except UsageError as error:
        if not error.lines[0].endswith(_DATE_EXAMPLES):
            raise
        hint = "Write a span like 90d, 12w, 6m or 1y, or a day like 2027-06-11."
        raise UsageError(f'{origin}: Can\'t read "{text}" as a span or a day. {hint}') from None
