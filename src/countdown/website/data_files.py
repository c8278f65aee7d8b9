"""The files of a site for programs: JSON, a calendar, and a catalogue to count down from."""

from collections.abc import Iterator
from typing import Final

from countdown.exports import catalogue, events, ics
from countdown.formats import renderer
from countdown.views import origins
from countdown.views.listing import listing
from countdown.website import addresses
from countdown.website.site import Earlier, File, Site, Sources, digest

_OUT: Final = "released"  # the state of what a calendar of things to come doesn't have


def data_files(site: Site, sources: Sources, *, by_type: bool, before: Earlier) -> Iterator[File]:
    """The data of *site*, which is `plain`.

    If there can be several dates of a release, the calendar has them *by_type*; it takes the place
    of the one *before*.
    """
    outlooks, now = site.outlooks, site.context.now
    credits = origins.credits_of(outlooks)
    source = sources.of(outlooks, by_type)

    def data() -> bytes:
        return renderer("json").render(listing(outlooks, site.context)).encode()

    def films() -> bytes:
        releases = {each.release.id: each.release for each in outlooks}
        return catalogue.write(releases.values(), credits=credits).encode()

    ahead = events.events([each for each in outlooks if each.state != _OUT], now, by_type=by_type)
    own = {each.id: digest(sources.program, each) for each in ahead}

    def calendar() -> bytes:
        same = {id for id, part in own.items() if before.parts.get(id) == part}
        return ics.write(ahead, name=site.name, credits=credits, before=before.data, unchanged=same)

    yield File(addresses.DATA, data, source)
    yield File(addresses.CATALOGUE, films, source)
    yield File(addresses.CALENDAR, calendar, source, own)
