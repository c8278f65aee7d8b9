"""The pages of a site: of releases, people and years, and the index."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from countdown.core.outlook import Outlook
from countdown.exports import card, card_png, card_svg
from countdown.views import origins
from countdown.website import addresses, badge, lists, people, rows
from countdown.website.release_page import ReleasePage, release_page
from countdown.website.site import MAX_TITLE, File, Known, Site, Sources
from countdown.website.templates import Templates
from countdown.website.timelines import timeline

_MAX_DESCRIPTION: Final = 160  # columns
_MAX_SIZE: Final = 100 * 1024  # bytes of a page
_MAX_YEARS: Final = 12  # linked on the index
_MAX_PART: Final = 8  # that divides how much a page shows


def _page(
    templates: Templates,
    template: str,
    path: str,
    title: str,
    outlooks: Iterable[Outlook],
    *,
    description: str = "",
    image: str = "",
    **values: object,
) -> bytes:
    """A page with the credits that are due for *outlooks*."""
    return templates.fill(
        template,
        path=path,
        up=addresses.up_from(path),
        title=title,
        description=rows.short(description or title, _MAX_DESCRIPTION),
        image=image,
        credits=origins.credits_of(outlooks),
        **values,
    )


def _fitting(draw: Callable[[int], bytes]) -> bytes:
    """The page that *draw* makes, with half as much, or less, if all doesn't fit into its size."""
    part = 1
    while len(content := draw(part)) >= _MAX_SIZE and part < _MAX_PART:
        part *= 2
    return content


def release_files(
    outlook: Outlook,
    site: Site,
    known: Known,
    templates: Templates,
    sources: Sources,
    *,
    has_png: bool,
) -> Iterator[File]:
    """The page, the badge and the card of one release."""
    release, context = outlook.release, site.context
    source = sources.of([outlook])

    def picture() -> card.Picture:
        credits = origins.credits_of([outlook])
        return card.lay_out(outlook, context.now, region=context.region, credits=credits)

    def page(part: int) -> bytes:
        shown = release_page(
            outlook, people=known.files, titles=known.titles, timelines=known.timelines, part=part
        )
        return _page(
            templates,
            "release.html",
            path,
            shown.title,
            [outlook],
            description=_description(shown),
            image=png,
            page=shown,
        )

    yield File(
        addresses.picture(release.id, "svg"), lambda: card_svg.write(picture()).encode(), source
    )
    png = addresses.picture(release.id, "png") if has_png else ""
    if png:
        yield File(png, lambda: card_png.write(picture()), source)
    yield File(addresses.badge(release.id), lambda: badge.badge(outlook).encode(), source)
    path = addresses.release_page(release.id)
    links = (
        [known.files[name] for _, name, _ in release.credits()],
        known.titles.get(release.sequel_to or ""),
        [known.timelines.get(franchise) for franchise in release.franchise],
    )
    yield File(path, partial(_fitting, page), sources.of([outlook], png, links))


def _description(page: ReleasePage) -> str:
    """`Friday, 18 December 2026 US · film · Walt Disney Studios`, for previews of a link."""
    left = "" if page.row.left in ("", "out") else page.row.left
    return " · ".join(filter(None, (page.when, *page.row.notes, left, page.row.about)))


def people_files(
    site: Site, known: Known, templates: Templates, sources: Sources
) -> Iterator[File]:
    """A page for each person, a timeline for those with several releases, and the list of all."""
    for name, own in known.people.items():
        file = known.files[name]
        drawing = addresses.timeline("people", file) if len(own) > 1 else ""
        if drawing:
            yield timeline(drawing, name, own, site.context, sources)
        path = addresses.person_page(file)
        page = partial(_person_page, templates, path, name, own, drawing)
        yield File(path, page, sources.of(own, name))
    if known.people:
        yield File(
            addresses.PEOPLE, partial(_fitting, partial(_people_page, site, known, templates))
        )


def _people_page(site: Site, known: Known, templates: Templates, part: int) -> bytes:
    listed = people.listed(known.people, known.files, part=part)
    title, path = "People", addresses.PEOPLE
    return _page(templates, "people.html", path, title, site.outlooks, people=listed)


def _person_page(
    templates: Templates, path: str, name: str, own: Sequence[Outlook], drawing: str
) -> bytes:
    sections, rest = people.sections(name, own)
    return _page(
        templates,
        "person.html",
        path,
        people.title(name),
        own,
        found=sections,
        rest=rest,
        timeline=drawing,
    )


def list_files(site: Site, groups: Sequence[lists.Group], templates: Templates) -> Iterator[File]:
    """The pages of each year and of what has none, and the page that links to them."""
    by_page = {addresses.release_page(each.release.id): each for each in site.outlooks}
    for group in groups:
        more = [(page.title, page.path) for page in group.pages] if len(group.pages) > 1 else []
        for page in group.pages:
            shown = [by_page[row.page] for section in page.sections for row in section.rows]
            yield _list(
                templates, page.path, page.title, shown, page.sections, more=more, heading="Pages"
            )
    every = [*map(_link, groups)]
    yield _list(templates, addresses.YEARS, "All years", (), (), more=every, heading="Years")


def index(
    site: Site, soon: Sequence[Outlook], groups: Sequence[lists.Group], templates: Templates
) -> File:
    """The first page: what comes *soon*, and links to all *groups* of pages."""
    sections = lists.index_sections(soon)
    return _list(
        templates,
        addresses.INDEX,
        rows.short(site.name, MAX_TITLE),
        soon,
        sections,
        more=_nearest(groups, site.context.now.today.year),
        heading="More",
        next=lists.next_one(soon),
        timeline=addresses.TIMELINE if soon else "",
    )


def _nearest(groups: Sequence[lists.Group], year: int) -> list[tuple[str, str]]:
    """Links to the *groups* of the next years, from that *year* on, and to those without one."""
    years = lists.years_from(groups, year)
    others = [each for each in groups if not each.stem.isdecimal()]
    return [*map(_link, (*years[:_MAX_YEARS], *others)), ("All years", addresses.YEARS)]


def _link(group: lists.Group) -> tuple[str, str]:
    return f"{group.title} ({group.number:,})", group.pages[0].path


def _list(
    templates: Templates,
    path: str,
    title: str,
    outlooks: Sequence[Outlook],
    sections: Sequence[rows.Section],
    *,
    more: Sequence[tuple[str, str]],
    heading: str,
    next: rows.Row | None = None,
    timeline: str = "",
) -> File:
    """A page with *sections* of rows, which show *outlooks*, and links to *more* below them."""
    empty = "" if path == addresses.YEARS else "Nothing comes out in the next twelve months."
    return File(
        path,
        lambda: _page(
            templates,
            "list.html",
            path,
            title,
            outlooks,
            found=sections,
            more=more,
            more_heading=heading,
            next=next,
            timeline=timeline,
            empty=empty,
        ),
    )
