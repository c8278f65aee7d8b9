"""Reads dates and windows in other languages than English, by the tables in core/date_tables.

It reads everything that `core/local_dates.py` writes, and also other orders, longer and shorter
names, and names without accents. Dates in files are never read by it.
"""

import re
import unicodedata
from datetime import date
from typing import Final, NamedTuple

from countdown.core import dates, edtf, local_dates
from countdown.core.dates import ReleaseDate
from countdown.core.edtf import Reading
from countdown.core.relative_dates import nearest_day, wrong_weekday
from countdown.core.text import fold

_UNITS: Final = {  # behind a number in Japanese, Chinese and Korean → the part of the date
    **dict.fromkeys("年년", "year"),
    **dict.fromkeys("月월", "month"),
    **dict.fromkeys("日號号일", "day"),
}
_TOKEN: Final = re.compile(rf"[0-9]+|(?<=[0-9])[{''.join(_UNITS)}]|[^\W\d_]+")
_RANGE_SIGN: Final = re.compile(r" ?[-~至] ?")
_YEAR: Final = re.compile(r"(?<!\d)\d{4}(?!\d)", re.ASCII)
_NAMES: Final = ("long_months", "short_months", "own_long_months", "own_short_months")


class _Words(NamedTuple):
    """The words of a language, folded, and whether it writes the day before the month."""

    months: dict[str, int]
    weekdays: dict[str, int]
    others: frozenset[str]  # that stand between the parts of a date: of, de, г.
    has_day_first: bool


class _Parts(NamedTuple):
    """The parts of a date that a text names."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None


_WORDS: Final[dict[str, _Words]] = {}  # by language, filled on first use


def read(text: str, language: str, today: date) -> Reading | None:
    """The window that *text* names in *language*, read *today*; None if it names none.

    Raises ValueError, with a message for users, for a day that doesn't exist.
    """
    text = unicodedata.normalize("NFKC", text)
    words = _words_of(language)
    window = _part_of_year(text, language)
    if window is None:
        parts = _parts_of(text, words)
        if parts and parts.year is None and parts.month and parts.day:
            on = nearest_day(parts.month, parts.day, parts.weekday, today)
            return Reading(dates.day(on), guessed=True)
        window = (parts and _window(parts)) or _range(text, words)
    return Reading(window) if window else None


def month_named(text: str, language: str) -> int | None:
    """The number of the month *text*, which can be cut down to three letters."""
    word = fold(text)
    found = {
        number
        for name, number in _words_of(language).months.items()
        if name == word or (len(word) >= 3 and name.startswith(word))
    }
    return found.pop() if len(found) == 1 else None


def _words_of(language: str) -> _Words:
    if language not in _WORDS:
        table = local_dates.table_of(language)
        months, weekdays = dict[str, int](), dict[str, int]()
        others = set[str]()
        for kind in _NAMES:
            months.update({fold(name): at for at, name in enumerate(table[kind].split(";"), 1)})
        for kind in ("weekdays", "short_weekdays"):
            for number, name in enumerate(table[kind].split(";")):
                first, *rest = _TOKEN.findall(fold(name))
                weekdays[first] = number
                others.update(rest)  # of sexta-feira
        for key, form in table.items():
            if key.endswith("_form"):
                others.update(_TOKEN.findall(fold(re.sub(r"\{[^}]*\}", " ", form))))
        others.update(_TOKEN.findall(table.get("first_of_month", "")))
        form = table["day_form"]
        has_day_first = form.index("{day") < form.index("month")
        _WORDS[language] = _Words(months, weekdays, frozenset(others), has_day_first)
    return _WORDS[language]


def _part_of_year(text: str, language: str) -> ReleaseDate | None:
    """The quarter, season, third or half of a year that *text* names in *language*."""
    year = _YEAR.search(text)
    if not year or not int(year[0]):
        return None
    folded, first_of_year = fold(text), date(int(year[0]), 1, 1)
    quarters = [(local_dates.FIRST_QUARTER + at, at * 3 + 1) for at in range(4)]
    for code, month in [*((code, 1) for code in local_dates.PARTS_OF_YEAR), *quarters]:
        first = first_of_year.replace(month=month)
        for long in (False, True):
            if fold(local_dates.part_of_year(code, first, language, long=long)) == folded:
                return dates.grouping(first.year, code)
    return None


def _parts_of(text: str, words: _Words) -> _Parts | None:
    """The parts that *text* names; None if it has other words, or too many numbers."""
    tokens = _TOKEN.findall(fold(text))
    found = dict[str, int]()
    numbers = list[int]()
    ambiguous = list[str]()  # words for a month and for a weekday: mar
    for at, token in enumerate(tokens):
        unit = _UNITS.get(tokens[at + 1]) if at + 1 < len(tokens) else None
        name = "month" if token in words.months else "weekday"
        if token.isdigit():
            part = unit or ("year" if len(token) == 4 else None)
            if part is None:
                numbers.append(int(token))
            elif part in found:
                return None
            else:
                found[part] = int(token)
        elif at and tokens[at - 1].isdigit() and token in _UNITS:
            continue
        elif token in words.months and token in words.weekdays:
            ambiguous.append(token)
        elif token in words.months or token in words.weekdays:
            if name in found:
                return None
            found[name] = words.months[token] if name == "month" else words.weekdays[token]
        elif token not in words.others:
            return None
    for token in ambiguous:
        name = "weekday" if "month" in found else "month"
        found[name] = words.months[token] if name == "month" else words.weekdays[token]
    return _with_numbers(_Parts(**found), numbers, words)


def _with_numbers(parts: _Parts, numbers: list[int], words: _Words) -> _Parts | None:
    """*parts* with *numbers* added: the month alone, or the day and month."""
    if len(numbers) == 2 and parts.month is None and parts.day is None:
        day, month = numbers if words.has_day_first else numbers[::-1]
        return parts._replace(day=day, month=month)
    if len(numbers) == 1 and parts.day is None:
        return parts._replace(day=numbers[0])
    return parts if not numbers else None


def _window(parts: _Parts) -> ReleaseDate | None:
    """The day, month or year of *parts*. Raises ValueError if there is no such day."""
    year, month, day, weekday = parts
    if not year or (month is not None and not 1 <= month <= 12):
        return None
    if month is None:
        return dates.year(year) if day is None and weekday is None else None
    if day is None:
        return dates.month(year, month) if weekday is None else None
    on = edtf.day_of(year, month, day)
    if weekday is not None and weekday != on.weekday():
        raise ValueError(wrong_weekday(on, weekday))
    return dates.day(on)


def _range(text: str, words: _Words) -> ReleaseDate | None:
    """The window from one date to another: `3.–9. Juni 2027`, `2027年6月3日～9日`.

    Raises ValueError if it ends before it begins.
    """
    for sign in _RANGE_SIGN.finditer(text):
        before, after = text[: sign.start()], text[sign.end() :]
        first, last = _parts_of(before, words), _parts_of(after, words)
        if first is None or last is None:
            continue
        # Each end can leave out parts that the other has.
        start, end = _window(_completed(first, last)), _window(_completed(last, first))
        if start is None or end is None:
            continue
        if start.earliest > end.latest:
            hint = "write the year of both"
            raise ValueError(f'"{before.strip()}" comes after "{after.strip()}"; {hint}')
        return dates.interval(start, end)
    return None


def _completed(parts: _Parts, other: _Parts) -> _Parts:
    """*parts* with the year and, for a day, the month of *other* where they have none."""
    month = other.month if parts.month is None and parts.day is not None else parts.month
    return parts._replace(year=parts.year or other.year, month=month)


def has_months(text: str, window: ReleaseDate, language: str | None) -> bool:
    """True if *text* is the first and last month of *window*: `Juni–Aug.`, `Jun-Aug`."""
    ends = _RANGE_SIGN.split(text.strip())
    if len(ends) != 2:
        return False
    months = [
        (language and month_named(end, language)) or edtf.MONTH_NUMBERS.get(fold(end))
        for end in ends
    ]
    return months == [window.earliest.month, window.latest.month]
