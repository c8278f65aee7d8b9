"""The pages of people: their releases, and what they are credited with in each."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from countdown.core.outlook import Outlook
from countdown.website import addresses, rows
from countdown.website.rows import Section

_MAX_LISTED: Final = 300  # on the page of all people
_MAX_NAME: Final = 100  # columns
_MAX_ROLE: Final = 60
_MAX_ABOUT: Final = 200


class Listed(NamedTuple):
    """A person on the page of all people, with the *number* of releases ahead."""

    name: str
    page: str
    number: int


def people(outlooks: Sequence[Outlook]) -> dict[str, list[Outlook]]:
    """The releases of everyone credited in *outlooks*, in their order, by name."""
    found: dict[str, list[Outlook]] = {}
    for outlook in outlooks:
        for name in dict.fromkeys(name for _, name, _ in outlook.release.credits()):
            found.setdefault(name, []).append(outlook)
    return found


def title(name: str) -> str:
    """The title of the page of the person *name*."""
    return rows.short(name, _MAX_NAME)


def sections(name: str, own: Sequence[Outlook]) -> tuple[list[Section], int]:
    """The releases *own*, in order, of the person *name*, and how many a page has no room for."""
    ahead = [each for each in own if each.state != "released"]
    out = [each for each in reversed(own) if each.state == "released"]
    every = [
        Section(heading, tuple(_row(each, name) for each in group[: rows.MAX_ROWS]))
        for heading, group in (("Ahead", ahead), ("Out", out))
    ]
    found = rows.pages(every)[0]
    return found, len(own) - sum(len(section.rows) for section in found)


def _row(outlook: Outlook, name: str) -> rows.Row:
    """The row of *outlook*, with what the person *name* does in it."""
    row = rows.row(outlook)
    credits = [
        (job, rows.short(role or "", _MAX_ROLE), job in outlook.release.unverified)
        for job, credited, role in outlook.release.credits()
        if credited == name
    ]
    texts = [
        (f"as {role}" if role else "cast" if job == "cast" else job)
        + (" (not confirmed)" if doubt else "")
        for job, role, doubt in credits
    ]
    about = " · ".join(filter(None, (row.about, ", ".join(texts))))
    return row._replace(about=rows.short(about, _MAX_ABOUT))


def listed(
    found: Mapping[str, Sequence[Outlook]], files: Mapping[str, str], *, part: int
) -> list[Listed]:
    """Those with the most releases ahead, by that number and name; *files* are their files.

    *part* divides how many there are at most.
    """
    counted = [
        (-number, name)
        for name, own in found.items()
        if (number := sum(each.state != "released" and not each.is_shelved for each in own))
    ]
    shown = sorted(counted)[: _MAX_LISTED // part]
    return [
        Listed(rows.short(name, _MAX_NAME), addresses.person_page(files[name]), -number)
        for number, name in shown
    ]
