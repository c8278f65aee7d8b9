"""Reads the words of `list` and `next`: years, months, kinds, and names."""

import sqlite3
from datetime import date
from itertools import zip_longest

from countdown import environment
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.cli.shell_words import shell_word
from countdown.core import day_style, synonyms
from countdown.core.dates import MONTHS
from countdown.core.release import KINDS
from countdown.errors import NothingFound, UsageError
from countdown.index import suggestions
from countdown.index.words import kind_of_word


def add_words(current: Session, filters: Filters, words: tuple[str, ...]) -> Filters:
    """*filters* with those of *words*.

    Raises NothingFound for unknown words, and UsageError for years and months that are no span.
    """
    years: list[str] = []
    months: list[int] = []
    kinds: list[str] = []
    rest: list[str] = []
    for word in (part for text in words for part in _split(text)):
        kind = synonyms.choose(word, KINDS)
        if _is_year(word) and not (years and _is_name(current, word)):
            years.append(word)
        elif month := month_number(word):
            months.append(month)
        elif kind:
            kinds.append(kind)
        else:
            rest.append(word)
    if years or months:
        first, last = _span(current.now.today, years, months)
        filters = filters._replace(first=filters.first or first, last=filters.last or last)
    filters = filters._replace(kind=(*filters.kind, *dict.fromkeys(kinds)))
    return current.ask(lambda index: _add_names(index, current, filters, rest)) if rest else filters


def list_command(index: sqlite3.Connection, kind: str, name: str) -> str:
    """`countdown list netflix`: the command for the releases that have *name* as that *kind*.

    It has an option if the words alone would mean something else.
    """
    is_clear = kind_of_word(index, name) == kind and not any(map(_is_no_name, _split(name)))
    return f"countdown list {'' if is_clear else f'--{kind} '}{shell_word(name.lstrip('-'))}"


def _is_no_name(word: str) -> bool:
    """True if *word* can be a year, a month or a kind."""
    return word.isdecimal() or bool(month_number(word) or synonyms.choose(word, KINDS))


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdecimal() and word > "1800"


def _is_name(current: Session, word: str) -> bool:
    """True if a title or name has *word*, as "1917" is one."""
    return current.ask(lambda index: kind_of_word(index, word)) is not None


def _split(text: str) -> list[str]:
    """The words of *text*, which may be several between quotes."""
    return text.replace(",", " ").split()


def month_number(word: str) -> int:
    """The number of the month *word*, perhaps cut down to three letters; else 0.

    It may be in the user's language.
    """
    folded = word.casefold().removesuffix(".")
    near = [at for at, month in enumerate(MONTHS, 1) if month.casefold().startswith(folded)]
    if len(folded) >= 3 and near:
        return near[0]
    language = day_style.language_of(environment.locale("LC_TIME"))
    if language is None:
        return 0
    from countdown.core import local_date_words  # Deferred: most people write English.

    return local_date_words.month_named(word, language) or 0


def _span(today: date, years: list[str], months: list[int]) -> tuple[str, str]:
    """The first and last day of *years* and *months*: one of each, or a span from two to two.

    Without a year, it is the next such span. Raises UsageError for any other number.
    """
    if len(months) == 2 and not years:
        start = today.year + (months[0] < today.month)
        years = [str(start), str(start + (months[1] < months[0]))]
    elif len(months) == 2 and len(years) == 1 and months[0] <= months[1]:
        years = years * 2
    if max(len(years), len(months)) > 2 or (len(years) == 2 and len(months) == 1):
        raise UsageError("Name one year and month, or two for a span; else use --from and --to.")
    if len(years) < len(months) == 2:
        raise UsageError("Name the year of each month, or use --from and --to.")
    points = sorted(zip_longest(years or [""], months, fillvalue=0))
    windows = [_window(today, str(year), month) for year, month in points]
    return windows[0][0], windows[-1][1]


def _window(today: date, year: str, number: int) -> tuple[str, str]:
    """The first and last day of the month *number* or, if that is 0, of *year*.

    Without a year, it is the next such month. If it has begun, it starts *today*.
    """
    in_year = int(year) if year else today.year + (number < today.month)
    last = f"{in_year:04}-{number:02}" if number else f"{in_year:04}"
    has_begun = (in_year, number or today.month) == (today.year, today.month)
    return str(today) if has_begun else last, last


def _add_names(
    index: sqlite3.Connection, current: Session, filters: Filters, words: list[str]
) -> Filters:
    """*filters* with the names in *words*, each of as many words as form a known name."""
    while words:
        for count in range(len(words), 0, -1):
            text = " ".join(words[:count])
            kind = kind_of_word(index, text)
            if kind:
                named = (*getattr(filters, kind), text)
                filters = Filters(**{**filters._asdict(), kind: named})
                words = words[count:]
                break
        else:
            from countdown.cli.hidden_releases import check_hidden  # Deferred: for mistakes alone.

            check_hidden(" ".join(words), current.layers, in_part=True)
            raise NothingFound(*_unknown(index, " ".join(words)))
    return filters


def _unknown(index: sqlite3.Connection, text: str) -> list[str]:
    near = [
        *suggestions.nearest_labels(index, text, "franchise"),
        *suggestions.nearest_labels(index, text, "platform"),
        *suggestions.nearest_people(index, text),
        *suggestions.nearest_titles(index, text),
    ]
    question = " or ".join(f'"{name}"' for name in [*dict.fromkeys(near)][:3])
    return [
        f'"{text}" isn\'t a year, month, kind or platform, or any name in the catalogue.',
        *([f"Did you mean {question}?"] if question else []),
    ]
