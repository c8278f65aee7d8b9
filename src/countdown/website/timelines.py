"""Timelines of a site, as pictures."""

from collections.abc import Sequence
from typing import Final

from countdown.core.outlook import Outlook
from countdown.formats import timeline_svg
from countdown.views.person import Person
from countdown.views.view import ViewContext
from countdown.website.site import File, Sources

_MAX_SHOWN: Final = 60  # releases
_NOTHING: Final = frozenset[str]()


def timeline(
    path: str, name: str, own: Sequence[Outlook], context: ViewContext, sources: Sources
) -> File:
    """The timeline of *own* releases: those ahead before all others, if they are many."""

    def draw() -> bytes:
        ahead = [each for each in own if each.state != "released"]
        out = [each for each in own if each.state == "released"]
        room = max(_MAX_SHOWN - len(ahead), 0)
        shown = [*out[len(out) - min(room, len(out)) :], *ahead[:_MAX_SHOWN]]
        group = Person(name, own, shown)
        drawn = timeline_svg.draw([group], context, title=name, followed=_NOTHING)
        return drawn.encode()

    return File(path, draw, sources.of(own, name))
