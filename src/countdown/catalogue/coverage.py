"""How complete a catalogue is: how many of its releases have a date, a role, a source."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from countdown.catalogue.staleness import OLD_DAYS
from countdown.core.release import Release

_COMMENT: Final = "#"


class Figure(NamedTuple):
    """The *number* of releases that have what *label* names."""

    label: str
    number: int


def read_hosts(text: str) -> frozenset[str]:
    """The hosts in *text*, one a line; a comment begins with `#`."""
    lines = (line.partition(_COMMENT)[0].strip().lower() for line in text.splitlines())
    return frozenset(filter(None, lines))


def is_of(address: str, hosts: frozenset[str]) -> bool:
    """True if the host of *address* is one of *hosts*, or a subdomain of one."""
    try:
        host = (urlsplit(address).hostname or "").lower()
    except ValueError:  # Not a valid address.
        return False
    parts = host.split(".")
    return any(".".join(parts[at:]) in hosts for at in range(len(parts)))


def figures(
    releases: Iterable[Release], hobby_hosts: frozenset[str], today: date | None = None
) -> list[Figure]:
    """The number of *releases*, and for each kind of fact how many of them have it.

    *hobby_hosts* are the hosts of pages that anybody can edit. Without *today*, the figure for
    recent checks is left out.
    """
    tests: list[tuple[str, Callable[[Release], bool]]] = [
        ("Releases", lambda release: True),
        ("A date", lambda release: bool(release.dates)),
        ("An exact day", lambda release: any(each.date.exact for each in release.dates)),
        ("A day in a region", _has_day_in_region),
        ("How it comes out", lambda release: any(each.type for each in release.dates)),
        ("A director or creator", lambda release: bool(release.director or release.creator)),
        ("Cast", lambda release: bool(release.cast)),
        ("A role", lambda release: any(credit.role for credit in release.cast)),
        ("A synopsis", lambda release: bool(release.synopsis)),
        ("An id on another site", lambda release: bool(release.ids)),
        ("A source", lambda release: bool(release.sources)),
        (
            "A source beyond hobby pages",
            lambda release: any(not is_of(each.url, hobby_hosts) for each in release.sources),
        ),
    ]
    if today is not None:
        tests.append(("Checked in the last half year", lambda release: _is_fresh(release, today)))
    every = [*releases]
    return [Figure(label, sum(map(test, every))) for label, test in tests]


def _has_day_in_region(release: Release) -> bool:
    return any(each.region and each.date.exact for each in release.dates)


def _is_fresh(release: Release, today: date) -> bool:
    return release.checked is not None and (today - release.checked.latest).days <= OLD_DAYS
