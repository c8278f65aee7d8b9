"""The pages that list releases: the next twelve months, each year, and those without a date."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import Final, NamedTuple

from countdown.core import wording
from countdown.core.dates import MONTHS
from countdown.core.outlook import UPCOMING_STATES, Outlook
from countdown.views.stages import dateless_groups
from countdown.website import addresses, rows
from countdown.website.rows import Row, Section

_AHEAD: Final = timedelta(days=366)
_PASSED: Final = "Due, not confirmed"


class ListPage(NamedTuple):
    """A page with releases below headings."""

    path: str
    title: str
    sections: tuple[Section, ...]


class Group(NamedTuple):
    """Pages of one year, which is their *stem*, or of what has none.

    *number* is how many releases they have.
    """

    stem: str
    title: str
    number: int
    pages: tuple[ListPage, ...]


def soon(outlooks: Sequence[Outlook], today: date) -> list[Outlook]:
    """Those of *outlooks*, in order, that come in the next twelve months: the first of them."""
    last = min(today, date.max - _AHEAD) + _AHEAD
    ahead = [each for each in outlooks if each.dated and each.state in UPCOMING_STATES]
    return [each for each in ahead if each.date and each.date.latest <= last][: rows.MAX_ROWS]


def next_one(outlooks: Sequence[Outlook]) -> Row | None:
    """The first of *outlooks*, in order, whose day is known and confirmed, and hasn't passed."""
    for each in outlooks:
        is_certain = each.date is not None and each.date.exact and not wording.is_doubtful(each)
        if each.state == "upcoming" and is_certain:
            return rows.row(each)
    return None


def index_sections(outlooks: Sequence[Outlook]) -> list[Section]:
    """The *outlooks* of `soon` by month, on one page, however long they are."""
    pages = rows.pages(_by_month(outlooks))
    return pages[0] if pages else []


def groups(outlooks: Sequence[Outlook]) -> list[Group]:
    """The pages of all *outlooks*, in order: each year, those without a last day or a date."""
    dated = [each for each in outlooks if each.dated]
    found = [
        _group(stem, title, [*_by_month([*own])]) for (stem, title), own in groupby(dated, _year)
    ]
    undated = dateless_groups(outlooks)
    if undated:
        sections = [Section(heading, _rows(own)) for heading, own in undated]
        found.append(_group(addresses.UNDATED, "No date", sections))
    return found


def years_from(groups: Sequence[Group], year: int) -> list[Group]:
    """Those of *groups* that are years, from *year* on."""
    return [each for each in groups if each.stem.isdecimal() and int(each.stem) >= year]


def _group(stem: str, title: str, sections: Sequence[Section]) -> Group:
    pages = tuple(
        ListPage(
            addresses.numbered(stem, number),
            title if number == 1 else f"{title}, page {number}",
            tuple(found),
        )
        for number, found in enumerate(rows.pages(sections), 1)
    )
    return Group(stem, title, sum(len(each.rows) for each in sections), pages)


def _year(outlook: Outlook) -> tuple[str, str]:
    """What the pages of the year of *outlook* are called, and their title."""
    day = _last_day(outlook)
    return (str(day.year), str(day.year)) if day else (addresses.LATER, "No last day")


def _last_day(outlook: Outlook) -> date | None:
    """The last day of the date of *outlook*; None if it has no end."""
    return None if outlook.date is None or outlook.date.is_open else outlook.date.latest


def _by_month(outlooks: Sequence[Outlook]) -> Iterator[Section]:
    """*outlooks*, which are in order, by their months; before them what is due."""
    due = [each for each in outlooks if each.state == "overdue"]
    if due:
        yield Section(_PASSED, _rows(due))
    others = [each for each in outlooks if each.state != "overdue"]
    for heading, own in groupby(others, _month):
        yield Section(heading, _rows(own))


def _month(outlook: Outlook) -> str:
    day = _last_day(outlook)
    return f"{MONTHS[day.month - 1]} {day.year}" if day else ""


def _rows(outlooks: "Iterator[Outlook] | Sequence[Outlook]") -> tuple[Row, ...]:
    return tuple(map(rows.row, outlooks))
