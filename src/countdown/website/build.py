"""All files of a site. The same releases give the same files on the same day."""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import urlsplit

from countdown.core import wording
from countdown.core.regions import region_name
from countdown.views import origins
from countdown.website import addresses, feed, lists, page_files
from countdown.website.data_files import data_files
from countdown.website.rows import short
from countdown.website.site import MAX_TITLE, Earlier, File, Known, Site, known, sources
from countdown.website.templates import Templates
from countdown.website.timelines import timeline

LIBRARIES: Final = {"jinja2": "jinja2", "PIL": "pillow", "icalendar": "icalendar"}  # by module
_PNG_CARDS: Final = 50  # of the next releases: they take long to draw
_MISSING: Final = Earlier()
_NEAR_YEARS: Final = 3  # linked on every page


def files(site: Site, *, by_type: bool = False, calendar: Earlier = _MISSING) -> Iterator[File]:
    """The files of *site*, which is `plain`, its index last. They need `LIBRARIES`.

    If there can be several dates of a release, the calendar has them *by_type*. It takes the place
    of the *calendar* before it.
    """
    linked, context = known(site), site.context
    soon = lists.soon(site.outlooks, context.now.today)
    groups = lists.groups(site.outlooks)
    templates = _templates(site, groups, has_people=bool(linked.people))
    used = sources(site, templates.site)
    yield from data_files(site, used, by_type=by_type, before=calendar)
    drawn = {each.release.id for each in soon[:_PNG_CARDS]}
    for outlook in site.outlooks:
        has_png = outlook.release.id in drawn
        yield from page_files.release_files(outlook, site, linked, templates, used, has_png=has_png)
    for franchise, path in linked.timelines.items():
        yield timeline(path, franchise, linked.franchises[franchise], context, used)
    yield from page_files.people_files(site, linked, templates, used)
    yield from page_files.list_files(site, groups, templates)
    yield File(addresses.ICON, _ICON.encode)
    yield _feed(site, templates)
    if site.base:
        paths = _pages(linked, groups)
        yield File(addresses.MAP, lambda: templates.fill(addresses.MAP, paths=paths))
    if urlsplit(site.base).path in ("", "/"):  # Nobody reads it elsewhere.
        yield File(addresses.ROBOTS, lambda: _robots(site.base))
    if soon:
        yield timeline(addresses.TIMELINE, site.name, soon, context, used)
    yield page_files.index(site, soon, groups, templates)


def _pages(known: Known, groups: Sequence[lists.Group]) -> list[str]:
    """The paths of all pages."""
    paths = {path for _, path in known.titles.values()}
    paths |= {addresses.person_page(name) for name in known.files.values()}
    paths |= {page.path for group in groups for page in group.pages}
    paths |= {addresses.INDEX, addresses.YEARS, *([addresses.PEOPLE] if known.people else [])}
    return sorted(paths)


def _templates(site: Site, groups: Sequence[lists.Group], *, has_people: bool) -> Templates:
    """The templates, with what every page of *site* has."""
    today, region = site.context.now.today, site.context.region
    years = lists.years_from(groups, today.year)
    undated = [each for each in groups if each.stem == addresses.UNDATED]
    near = [each.pages[0] for each in (*years[:_NEAR_YEARS], *undated)]
    return Templates(
        name=short(site.name, MAX_TITLE),
        base=site.base,
        day=today.isoformat(),
        day_text=wording.day_label(today),
        region=region_name(region) if region else "",
        pages=[
            ("Coming up", addresses.INDEX),
            *((page.title, page.path) for page in near),
            ("All years", addresses.YEARS),
            *([("People", addresses.PEOPLE)] if has_people else []),
        ],
    )


def _feed(site: Site, templates: Templates) -> File:
    found = feed.feed(site.outlooks, site.context.now, name=site.name, base=site.base)
    pages = {each.page for each in found.entries}
    told = [each for each in site.outlooks if addresses.release_page(each.release.id) in pages]
    credits = origins.credits_of(told)
    return File(addresses.FEED, lambda: templates.fill(addresses.FEED, feed=found, credits=credits))


def _robots(base: str) -> bytes:
    """Everybody may read everything (RFC 9309)."""
    lines = ["User-agent: *", "Allow: /", *([f"Sitemap: {base}{addresses.MAP}"] if base else [])]
    return "".join(f"{line}\n" for line in lines).encode()


_ICON: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" '
    'fill="none" stroke="#0b57a4" stroke-width="4"/><path d="M16 7v9l6 4" fill="none" '
    'stroke="#0b57a4" stroke-width="4" stroke-linecap="round"/></svg>\n'
)
