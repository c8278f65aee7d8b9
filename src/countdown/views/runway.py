"""The view of `timeline`: releases on one axis of time."""

from collections.abc import Sequence

from countdown.core.outlook import Outlook
from countdown.views.listing import listing
from countdown.views.person import Person
from countdown.views.view import Block, View, ViewContext


def runway(
    people: Sequence[Person],
    context: ViewContext,
    *,
    followed: frozenset[str],
    missing: Sequence[tuple[str, str]] = (),
    more: int = 0,
    with_credits: bool = False,
) -> View:
    """The releases of *people* on one axis; in formats without one, as `list` or `actor` has them.

    *with_credits*, they are people, and *more* are left out; otherwise a franchise, a platform or
    a list takes the place of the person. *missing* describes what isn't shown, with commands.
    """

    def screen(columns: int, _lines: int) -> list[Block]:
        from countdown.views import timeline  # Deferred: programs need none.

        return timeline.blocks(
            people, context, followed=followed, missing=missing, columns=columns, is_whole=True
        )

    if with_credits:
        from countdown.views.people import people_listing  # Deferred: for people alone.

        view = people_listing(people, context, more=more, followed=followed)
    else:
        view = listing(_shown(people), context, heading=people[0].name, followed=followed)
    return view._replace(screen=screen)


def _shown(people: Sequence[Person]) -> list[Outlook]:
    return [outlook for each in people for outlook in each.shown]
