"""`countdown timeline`: releases on one axis of time."""

import sqlite3
from typing import Final, NamedTuple

import click

from countdown.cli import options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import build_query
from countdown.cli.lookup import MAX_PEOPLE, people_of
from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.release import JOBS
from countdown.core.text import fold
from countdown.errors import NothingFound
from countdown.index import names
from countdown.index.followed import followed_ids
from countdown.index.query import find
from countdown.index.season_ends import find_season_ends
from countdown.views.person import Person
from countdown.views.runway import runway
from countdown.views.view import View

_FOLLOWED: Final = "What you follow"
_ALL: Final = "Coming up"
_CREDITED: Final = ("person", "actor", "director")


class _Found(NamedTuple):
    """Groups of releases under names, and how many *more* people there are."""

    groups: list[Person]
    more: int
    followed: frozenset[str]


@options.command(
    "timeline",
    "countdown timeline                     what you follow",
    "countdown timeline chris hemsworth",
    "countdown timeline mcu --all           released ones too",
    "countdown timeline netflix 2027",
    "countdown timeline mcu --svg mcu.svg   the same as a picture",
)
@click.argument("words", nargs=-1, metavar="[NAME]...")
@click.option("--svg", metavar="FILE", help="Draw it into this file instead, in SVG.")
@options.filters(*options.MATCHING, options.everything, options.limit)
def command(
    ctx: click.Context, /, words: tuple[str, ...], svg: str | None, filters: Filters
) -> None:
    """Draw releases on one axis of time.

    NAME can be a person, a franchise, a platform, a title, or any words that narrow a list. A day
    is a point, a vague date a bar as long as it is, and a season a bar from its first episode to
    its last. Without a NAME, it has what you follow.
    """
    current = session(ctx)
    if words:
        from countdown.cli.list_words import add_words  # Deferred: only words need it.

        filters = add_words(current, filters, words)
    elif filters._replace(everything=False, limit=None) == Filters() and current.follows:
        filters = filters._replace(followed=True)
    found = current.ask(lambda index: _find(index, current, filters, " ".join(words)))
    if not found.groups:
        raise NothingFound(_why_empty(current, filters))
    if svg is None:
        output.show(_view(ctx, current, filters, found), current)
    else:
        _write_picture(current, found, svg)
    if found.more:
        warn(f"{found.more:,} more people match. Name one of them.")


def _view(ctx: click.Context, current: Session, filters: Filters, found: _Found) -> View:
    return runway(
        found.groups,
        current.view_context,
        followed=found.followed,
        missing=_not_shown(found.groups, command_without_limit(ctx), filters),
        more=found.more,
        with_credits=_names_people(filters),
    )


def _write_picture(current: Session, found: _Found, path: str) -> None:
    """Draw what was *found* into the file *path*, and say so. Raises UsageError."""
    from countdown.cli.written_files import write_file  # Deferred: few want a picture.
    from countdown.formats import timeline_svg

    picture = timeline_svg.draw(
        found.groups,
        current.view_context,
        title=", ".join(group.name for group in found.groups),
        followed=found.followed,
    )
    number = len({id(outlook) for group in found.groups for outlook in group.shown})
    written = write_file(path, picture.encode(), current, option="--svg")
    output.confirm(current, f"Drew {wording.titles(number)} into {written}")


def _names_people(filters: Filters) -> bool:
    return any(getattr(filters, option) for option in _CREDITED)


def _find(index: sqlite3.Connection, current: Session, filters: Filters, text: str) -> _Found:
    """The releases that pass *filters*, each under the person of that name, else under one name."""
    query = build_query(current, filters._replace(limit=None))
    states = query.states
    ends = find_season_ends(index, query)
    running = [season.outlook for season in ends if season.outlook.state == "released"]
    if filters == Filters():
        every = sorted([*find(index, query), *running], key=lambda outlook: outlook.order)
    else:  # All others are counted, which would be the whole catalogue there.
        query = build_query(current, filters._replace(limit=None, everything=True))
        every = find(index, query)
    own = _people(index, filters, every) if _names_people(filters) else []
    if not own:
        own = [(_heading(index, filters, text), every)]
    ahead = {outlook.release.id for outlook in running}
    ahead |= {outlook.release.id for outlook in every if outlook.state in states}
    groups = [
        group._replace(shown=shown)
        for group in people_of(own, current, states, None)
        if (shown := [each for each in group.every if each.release.id in ahead][: filters.limit])
    ]
    return _Found(
        groups[:MAX_PEOPLE],
        max(len(groups) - MAX_PEOPLE, 0),
        followed_ids(index, current.follows),
    )


def _people(
    index: sqlite3.Connection, filters: Filters, every: list[Outlook]
) -> list[tuple[str, list[Outlook]]]:
    """Each person whom *filters* name, with those of *every* release that credit them."""
    releases: dict[str, list[Outlook]] = {}
    for option in _CREDITED:
        for text in getattr(filters, option):
            for _, name in names.people(index, text, JOBS):
                releases[name] = []
    for outlook in every:
        for name in {person for _, person, _ in outlook.release.credits()}:
            if name in releases:
                releases[name].append(outlook)
    return [(name, outlooks) for name, outlooks in releases.items() if outlooks]


def _heading(index: sqlite3.Connection, filters: Filters, text: str) -> str:
    """The name of the franchise or platform that *filters* name, else the *text* typed."""
    for kind in ("franchise", "platform"):
        for named in getattr(filters, kind):
            labels = names.labels(index, named, kind)
            if len(labels) == 1 and fold(text) in ("", fold(named)):
                return labels[0][1]
    return text or (_FOLLOWED if filters.followed else _ALL)


def _not_shown(groups: list[Person], command: str, filters: Filters) -> list[tuple[str, str]]:
    """Pairs: a description of what isn't shown, and the *command* that shows it."""
    every = {id(outlook): outlook for group in groups for outlook in group.every}
    shown = {id(outlook) for group in groups for outlook in group.shown}
    states = [outlook.state for key, outlook in every.items() if key not in shown]
    out, cancelled = (
        0 if filters.everything else states.count(state) for state in ("released", "cancelled")
    )
    numbers = (
        (len(states) - out - cancelled, "more", command),
        (out, "out already", f"{command} --all"),
        (cancelled, "cancelled", f"{command} --all"),
    )
    return [(f"{number:,} {words}", call) for number, words, call in numbers if number]


def _why_empty(current: Session, filters: Filters) -> str:
    from countdown.cli import empty_answer  # Deferred: most answers are not empty.

    return empty_answer.explain_list(current, filters)
