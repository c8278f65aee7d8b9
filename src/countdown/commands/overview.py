"""Bare `countdown`: as much of the list as fits on a terminal.

It has no options of its own, so `group` calls it without making a command of click.
"""

import sqlite3
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from countdown.cli import first_run, output
from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session, region_origin, session
from countdown.core.outlook import Ahead, Outlook
from countdown.formats import TABLE
from countdown.formats.terminal_size import terminal_size
from countdown.index import names
from countdown.index.counts import count_ahead
from countdown.index.query import find
from countdown.views.listing import coming

if TYPE_CHECKING:
    from countdown.views.welcome import Welcome


def overview(ctx: click.Context, filters: Filters) -> None:
    """Show as much of the list as fits on a terminal, for bare `countdown`.

    Programs, and users with --all, get all of it.
    """
    current = session(ctx)
    if filters.everything or output.output_format(current) != TABLE:
        _show_list(ctx, current, filters)
        return
    query = build_query(current, filters)
    now, region = query.now, query.region
    soon = query._replace(states=("upcoming", "open"), limit=terminal_size().lines)

    def ask(index: sqlite3.Connection) -> tuple[list[Outlook], frozenset[str], Ahead]:
        if not current.follows:
            return find(index, soon), frozenset(), count_ahead(index, now=now, region=region)
        from countdown.index.followed import ids_of  # Deferred: not everyone follows something.

        keys = names.by_follows(index, current.follows)
        outlooks = find(index, soon)
        if keys and not filters.followed:
            mine = find(index, soon._replace(keys=frozenset(keys)))
            ids = {outlook.release.id for outlook in outlooks}
            outlooks += [outlook for outlook in mine if outlook.release.id not in ids]
            outlooks.sort(key=lambda outlook: outlook.order)
        only = keys if filters.followed else None
        ahead = count_ahead(index, now=now, region=region, keys=only)
        return outlooks, ids_of(index, keys), ahead

    outlooks, followed, ahead = current.ask(ask)
    if not outlooks:
        _show_list(ctx, current, filters)
        return
    welcome = _welcome(ctx, current, outlooks)
    context = current.view_context
    remark = _remark(current, outlooks, followed) if followed else ""
    view = coming(outlooks, context, followed=followed, ahead=ahead, welcome=welcome, remark=remark)
    output.show(view, current)
    if any(outlook.release.id in followed for outlook in outlooks):
        from countdown.cli.facts_age import old_facts  # Deferred, as above.

        if line := old_facts(current, time.time()):
            output.hint(line)


def _remark(current: Session, outlooks: Sequence[Outlook], followed: frozenset[str]) -> str:
    """A sentence on *followed* releases that come out close together; empty if none do."""
    from countdown.core.close_together import close_together, sentence  # Deferred, as above.

    near = close_together(each for each in outlooks if each.release.id in followed)
    context = current.view_context
    if not near:
        return ""
    return sentence(near, context.name, current.now.today, context.date_style)


def _show_list(ctx: click.Context, current: Session, filters: Filters) -> None:
    from countdown.commands.list import show_list  # Deferred: it makes a command of 30 options.

    show_list(ctx, current, filters)


def _welcome(ctx: click.Context, current: Session, outlooks: Sequence[Outlook]) -> "Welcome | None":
    """The welcome of a new user, once; None afterwards, and for another day than today."""
    if not current.is_recording or not first_run.claim():
        return None
    origin = region_origin(ctx, current)
    return current.ask(
        lambda index: first_run.welcome(
            index, outlooks, region_origin=origin, languages=current.languages
        )
    )
