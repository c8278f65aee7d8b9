"""A site and its files: what they're called, and what each depends on."""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from types import MappingProxyType
from typing import Final, NamedTuple

from countdown.core import day_style
from countdown.core.outlook import Outlook
from countdown.core.text import escape_hostile
from countdown.version import VERSION
from countdown.views.view import ViewContext
from countdown.website import addresses, people, rows

MAX_TITLE: Final = 100  # columns


class File(NamedTuple):
    """A file of the site. *draw* makes its content, which depends on nothing but *source*.

    Without a *source*, the content has to be made to know whether it has changed. *parts* are
    digests of what parts of the content depend on, by name.
    """

    path: str
    draw: Callable[[], bytes]
    source: str = ""
    parts: Mapping[str, str] = MappingProxyType({})


class Earlier(NamedTuple):
    """A file as an earlier run left it: its *data*, None if it's missing, and its *parts*.

    There are none if somebody has changed it since.
    """

    data: bytes | None = None
    parts: Mapping[str, str] = MappingProxyType({})


class Site(NamedTuple):
    """A site called *name* about *outlooks*, at the address *base*, which can be empty."""

    name: str
    base: str
    outlooks: Sequence[Outlook]
    context: ViewContext


class Known(NamedTuple):
    """What the pages of a site link to.

    *titles* are names and pages by id, *people* and *franchises* releases by name, *files* the
    names of files by person, and *timelines* the paths of those of franchises.
    """

    titles: Mapping[str, tuple[str, str]]
    people: Mapping[str, Sequence[Outlook]]
    franchises: Mapping[str, Sequence[Outlook]]
    files: Mapping[str, str]
    timelines: Mapping[str, str]


class Sources(NamedTuple):
    """Digests of what files are made from: the program, what all pages share, each release."""

    program: str
    shared: str
    releases: Mapping[str, str]

    def of(self, outlooks: Iterable[Outlook], *others: object) -> str:
        """A digest of what is known of *outlooks*, and of *others*."""
        own = [self.releases[each.release.id] for each in outlooks]
        return digest(self.shared, own, *others)


def digest(*values: object) -> str:
    """A digest of *values*, which have the same text on every run."""
    return blake2b(repr(values).encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


def plain(site: Site) -> Site:
    """*site* in English, as files for others are, with each release once.

    It counts days, not minutes, so that it's the same whenever it is built on that day.
    """
    once = {each.release.id: _in_days(each) for each in reversed(site.outlooks)}
    context = site.context._replace(date_style=day_style.DEFAULT, languages=())
    ordered = sorted(once.values(), key=lambda each: each.order)
    name = escape_hostile(site.name)
    return site._replace(name=name, outlooks=tuple(ordered), context=context)


def _in_days(outlook: Outlook) -> Outlook:
    left = outlook.remaining
    return outlook._replace(remaining=left and left._replace(seconds=None))


def known(site: Site) -> Known:
    """What the pages of *site* link to; only franchises of several releases have a timeline."""
    titles = {}
    franchises: dict[str, list[Outlook]] = {}
    for each in site.outlooks:
        id, name = each.release.id, rows.short(each.release.name, MAX_TITLE)
        titles[id] = (name, addresses.release_page(id))
        for franchise in each.release.franchise:
            franchises.setdefault(franchise, []).append(each)
    several = {name: own for name, own in franchises.items() if len(own) > 1}
    timelines = {
        franchise: addresses.timeline("franchises", name)
        for franchise, name in addresses.unique_names(several).items()
    }
    found = people.people(site.outlooks)
    return Known(titles, found, several, addresses.unique_names(found), timelines)


def sources(site: Site, shared: object) -> Sources:
    """Digests of what the files of *site* are made from; *shared* is the same on all pages."""
    context = site.context
    program = digest(VERSION, _program())
    every = digest(program, shared, context.now.today, context.region, context.timezone)
    return Sources(program, every, {each.release.id: digest(each) for each in site.outlooks})


@cache
def _program() -> str:
    """A digest of this program and of the libraries that write: others write everything again."""
    from importlib.metadata import version  # Deferred: few want a site.

    found = [version(library) for library in ("jinja2", "pillow", "icalendar", "tomlrt")]
    for folder, _, names in sorted(os.walk(os.path.dirname(os.path.dirname(__file__)))):
        for name in sorted(names):
            if not name.endswith(".pyc"):
                with open(os.path.join(folder, name), "rb") as file:
                    found.append(blake2b(file.read(), digest_size=16).hexdigest())
    return digest(*found)
