"""`countdown next`: the soonest release, large."""

import sqlite3
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

import click

from countdown.cli import options, output
from countdown.cli.context import command_without_limit
from countdown.cli.filters import require_follows
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.cli.soonest import find_soonest, of_first_day
from countdown.core.close_together import close_together, sentence
from countdown.core.outlook import Outlook
from countdown.errors import NothingFound
from countdown.formats import TABLE
from countdown.views.headline import headline
from countdown.views.listing import listing
from countdown.views.view import Cell

if TYPE_CHECKING:
    from countdown.core.marathon_wording import MarathonLine

_MAX_MARATHONS: Final = 2  # of releases of one day


@options.command(
    "next",
    "countdown next",
    "countdown next --all           not only what you follow",
    "countdown next avengers        any words narrow it",
    "countdown next --franchise MCU",
    "countdown next --platform netflix --type streaming",
)
@click.argument("words", nargs=-1)
@options.filters(*options.MATCHING, options.not_only_followed)
def command(ctx: click.Context, /, words: tuple[str, ...], filters: Filters) -> None:
    """Show the next release in big digits.

    If you follow something that's coming, you see only that. Words, filters and --all look at
    everything. A vague date counts by its last day.
    """
    current = session(ctx)
    if words:
        from countdown.cli.list_words import add_words  # Deferred, like all that words need.

        filters = add_words(current, filters, words)
    if filters.followed:
        require_follows(current)
    outlooks, is_followed_alone = current.ask(lambda index: find_soonest(index, current, filters))
    if not outlooks:
        raise NothingFound(_why_empty(ctx, current, filters))
    same_day = of_first_day(outlooks)
    # Programs get the same rows as from `list`, but with exact days.
    context = current.view_context
    if output.output_format(current) == TABLE:
        following = outlooks[len(same_day) :]
        followed = output.followed_in(current)
        missing = []
        if is_followed_alone and not filters.followed:
            missing = [("only what you follow", f"{command_without_limit(ctx)} --all")]
        view = headline(
            same_day,
            context,
            following=following,
            followed=followed,
            missing=missing,
            remarks=_remarks(current, outlooks, same_day, followed),
        )
    else:
        view = listing(same_day, context._replace(exact_days=True))._replace(context=context)
    output.show(view, current)


def _remarks(
    current: Session,
    outlooks: Sequence[Outlook],
    same_day: Sequence[Outlook],
    followed: Collection[str],
) -> list[tuple[Cell, ...]]:
    """Lines on what to watch before the release, and on followed ones that come out together.

    Those of the *same_day* are side by side anyway.
    """
    context = current.view_context
    said: list[tuple[Cell, ...]] = []
    near = close_together(each for each in outlooks if each.release.id in followed)
    if not {each.release.id for each in near} <= {each.release.id for each in same_day}:
        text = sentence(near, context.name, current.now.today, context.date_style)
        said.append((Cell(text, "muted"),))
    if any(each.release.sequel_to or each.release.franchise for each in same_day):
        from countdown.cli.marathons import marathon_line  # Deferred, here and below: few have one.
        from countdown.views.marathon_line import remark

        def find(index: sqlite3.Connection) -> "list[MarathonLine | None]":
            return [marathon_line(index, current, each) for each in same_day[:_MAX_MARATHONS]]

        for each, line in zip(same_day, current.ask(find), strict=False):
            if line is not None:
                name = context.name(each.release) if len(same_day) > 1 else "it"
                said.append(remark(line, name, context))
    return said


def _why_empty(ctx: click.Context, current: Session, filters: Filters) -> str:
    unlimited = filters._replace(everything=True)  # limited to what the user follows
    if (
        not filters.followed
        and current.ask(lambda index: find_soonest(index, current, unlimited))[0]
    ):
        return "Nothing that you follow matches. Add --all for the rest."
    from countdown.cli.empty_answer import Elsewhere, EmptyAnswer, explain  # Deferred, as above.

    answer = EmptyAnswer(
        find=lambda index, changed: find_soonest(index, current, changed)[0],
        summary="Nothing is coming.",
        elsewhere=(
            Elsewhere(
                "Nothing matches with a date. Try: {command}",
                {"everything": False, "dated": False},
                unfiltered="Nothing has a date. Try: {command}",
            ),
            Elsewhere("Nothing matches that's still to come. Try: {command}", {"everything": True}),
        ),
    )
    return explain(current, filters, answer)
