"""Entries that a catalogue's maintainer should check again, the most urgent first. No clock."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from typing import Final, NamedTuple

import tomli

from countdown.catalogue import release_reader
from countdown.catalogue.load import Layer
from countdown.catalogue.messages import PlaceNames, origin_of
from countdown.catalogue.readers import KeyPath, Problem
from countdown.core import edtf, wording
from countdown.core.dates import MONTHS, ReleaseDate
from countdown.core.outlook import Moment, is_out_after, outlook
from countdown.core.release import AnnouncedDate, Release
from countdown.core.text import escape_hostile
from countdown.toml.positions import Places

SOON_DAYS: Final = 14  # until a day that should be known for certain
FRESH_DAYS: Final = 14  # for which the check of a date that is due counts
CLOSING_DAYS: Final = 31  # until the end of a window
OLD_DAYS: Final = 183  # half a year, for which any other check counts
# Kinds of findings, the most urgent first.
_PASSED, _DUE, _CLOSING, _NOTE, _OLD = range(5)
_CHECK_AGAIN: Final = "read a source again, and set checked"
_MONTH_NAMES: Final = "|".join([*MONTHS, *(f"{month[:3]}\\.?" for month in MONTHS), "Sept\\.?"])
_NTH: Final = "(?:st|nd|rd|th)?"
_MENTION: Final = re.compile(
    rf"\b(?P<iso>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})\b"
    rf"|\b(?:(?P<day>[0-9]{{1,2}}){_NTH} (?:of )?)?(?P<month>{_MONTH_NAMES})(?![A-Za-z])"
    rf"(?: (?P<day_after>[0-9]{{1,2}}){_NTH}\b)?(?:,? (?P<year>[0-9]{{4}})\b)?"
    r"|\b(?P<part>(?i:spring|summer|autumn|fall|winter|early|mid|late|Q[1-4])"
    r"[ -][0-9]{4})\b"
)


class Finding(NamedTuple):
    """A reason to check a release again. *path* leads to the fact from the table of the release.

    Findings are sorted by *kind*, the most urgent first, then by *days* until a date (negative if
    it is past).
    """

    kind: int
    days: int
    path: KeyPath
    message: str
    hint: str


def findings(release: Release, today: date) -> list[Finding]:
    """The findings on *release* on the day *today*; paths of dates have the number of their row."""
    state = outlook(release, now=_noon(today)).state
    if state == "cancelled":
        return []
    found: list[Finding] = []
    for row, dated in enumerate(release.dates if state != "on-hold" else ()):
        found += _of_date(release, dated, ("dates", row), today)
    if state != "released":
        found += _of_note(release, today)
        found += [] if found else _of_check(release, today)
    return found


def _noon(today: date) -> Moment:
    return Moment(today, datetime.combine(today, time(12), UTC), UTC)


def _of_date(release: Release, dated: AnnouncedDate, path: KeyPath, today: date) -> list[Finding]:
    """The finding that *dated* has passed, or is due without a recent check; None if neither."""
    when, checked = dated.date, dated.checked or release.checked
    if when.is_open:
        return []
    left, label = (when.latest - today).days, wording.format_date(when)
    if left < 0:
        if is_out_after(release, dated):
            return []
        hint = 'write the new date, or stage = "released" with a source'
        return [Finding(_PASSED, left, path, f"{label} has passed, not confirmed", hint)]
    if checked is not None and (today - checked.latest).days <= FRESH_DAYS:
        return []
    since = _last_check(checked)
    if when.earliest != when.latest:
        if left > CLOSING_DAYS:
            return []
        message = f"the window {label} ends in {wording.days(left)}; {since}"
        return [Finding(_CLOSING, left, path, message, _CHECK_AGAIN)]
    if left > SOON_DAYS:
        return []
    due = "today" if not left else f"in {wording.days(left)}"
    return [Finding(_DUE, left, path, f"is due {due}, on {label}; {since}", _CHECK_AGAIN)]


def _of_note(release: Release, today: date) -> Iterator[Finding]:
    """The finding that a day in the stage note has passed since the last check, if any."""
    if release.stage_note is None or release.checked is None:
        return
    for when in mentions(release.stage_note, release.checked.latest):
        if release.checked.latest < when.earliest and when.latest < today:
            label = wording.format_date(when)
            message = f"talks of {label}, which has passed since the last check"
            days = (when.latest - today).days
            yield Finding(_NOTE, days, ("stage_note",), message, "write what came of it")
            return


def mentions(text: str, since: date) -> Iterator[ReleaseDate]:
    """The dates that *text* names; a day without a year is the first one from *since* on."""
    for match in _MENTION.finditer(text):
        day = match["day"] or match["day_after"]
        named = match["iso"] or match["part"]
        if named is None and match["year"]:
            named = " ".join(filter(None, (day, match["month"].rstrip("."), match["year"])))
        elif named is None and day:
            named = _next(f"{day} {match['month'].rstrip('.')}", since)
        try:
            if named:
                yield edtf.parse(named.replace("-", " ") if match["part"] else named)
        except ValueError:  # 31 June, or a word that only looks like a date.
            continue


def _next(day_and_month: str, since: date) -> str:
    """The date of *day_and_month* with the year of its first day from *since* on."""
    for year in range(since.year, min(since.year + 9, date.max.year) + 1):
        try:
            if edtf.parse(f"{day_and_month} {year:04}").latest >= since:
                return f"{day_and_month} {year:04}"
        except ValueError:  # 29 February of most years.
            continue
    return ""


def _of_check(release: Release, today: date) -> list[Finding]:
    if release.checked is None:
        return [Finding(_OLD, -date.max.toordinal(), (), "was never checked", "")]
    age = (today - release.checked.latest).days
    if age <= OLD_DAYS:
        return []
    return [Finding(_OLD, -age, ("checked",), f"was last checked {wording.days(age)} ago", "")]


def _last_check(checked: ReleaseDate | None) -> str:
    return f"last checked {wording.format_date(checked)}" if checked else "never checked"


def stale_lines(layers: Sequence[Layer], today: date) -> list[str]:
    """A line for each finding in *layers*, which have no problems, the most urgent first.

    Entries without a title of their own are left out: they are overlays.
    """
    found: list[tuple[int, int, str]] = []
    for layer in layers:
        document = layer.content.decode("utf-8-sig")
        problems = [
            (finding, origin_of(path, layer.origins))
            for index, table in enumerate(layer.tables)
            if table is not None and not table.get("hidden")
            for finding, path in _in_table(table, index, layer.checked, today)
        ]
        places = Places(document, [path for _, path in problems])
        names = PlaceNames(tomli.loads(document) if problems else {})
        for finding, path in problems:
            line, column = places.line_and_column(path)
            named = path[:2] if finding.kind == _OLD else path  # The hint would repeat `checked`.
            text = Problem(path, finding.message, finding.hint).describe(names.name(named))
            message = escape_hostile(f"{layer.path}:{line}:{column}: {text}")
            found.append((finding.kind, finding.days, message))
    return [message for _, _, message in sorted(found, key=lambda each: each[:2])]


def _in_table(
    table: dict[str, object], index: int, checked: ReleaseDate | None, today: date
) -> Iterator[tuple[Finding, KeyPath]]:
    """The findings on the release *table* taken alone, each with its path in the file."""
    release = release_reader.release(table, ("release", index), [], checked=checked)
    if release is None:
        return
    for finding in findings(release, today):
        path = finding.path
        if path[:1] == ("dates",) and "date" in table:  # It is the first row.
            row = int(path[1])
            path = ("dates", row - 1) if row else ("date",)
        elif path == ("checked",) and "checked" not in table:
            path = ()
        yield finding, ("release", index, *path)
