"""The files of a site for programs: JSON, a calendar, and a catalogue to count down from."""

from collections.abc import Iterator
from typing import Final

from countdown.exports import catalogue, events, ics
from countdown.formats import renderer
from countdown.views import origins
from countdown.views.listing import listing
from countdown.website import addresses
from countdown.website.site import File, Site

_OUT: Final = "released"  # the state of what a calendar of things to come doesn't have


def data_files(site: Site, *, by_type: bool, calendar: bytes | None) -> Iterator[File]:
    """The data of *site*, which is `plain`.

    If there can be several dates of a release, the calendar has them *by_type*; it takes the place
    of the *calendar* before it.
    """
    outlooks, now = site.outlooks, site.context.now
    credits = origins.credits_of(outlooks)
    document = renderer("json").render(listing(outlooks, site.context))
    yield File(addresses.DATA, document.encode)
    releases = {each.release.id: each.release for each in outlooks}
    text = catalogue.write(releases.values(), credits=credits)
    yield File(addresses.CATALOGUE, text.encode)
    ahead = events.events([each for each in outlooks if each.state != _OUT], now, by_type=by_type)
    data = ics.write(ahead, name=site.name, credits=credits, before=calendar)
    yield File(addresses.CALENDAR, lambda: data)
