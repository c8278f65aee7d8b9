"""`countdown list`: every release still ahead."""

from collections.abc import Callable
from typing import Any

import click

from countdown.cli import options, output
from countdown.cli.filters import NONE_FOLLOWED, build_query
from countdown.cli.session import Session, session
from countdown.core.outlook import Outlook, stage_rank
from countdown.errors import NothingFound
from countdown.index.query import find
from countdown.views.listing import listing

_SORTS: dict[str, Callable[[Outlook], Any]] = {
    "title": lambda seen: seen.release.title.casefold(),
    "kind": lambda seen: seen.release.kind,
    "platform": lambda seen: (not seen.release.platform, seen.release.platform),
    "stage": lambda seen: -stage_rank(seen.stage),
}


@options.command(
    "list",
    "countdown list --franchise MCU               initials will do",
    "countdown list --actor hemsworth --all       also what is out already",
    "countdown list --within 90d --type streaming",
    'countdown list --from 2027-06 --to "Q4 2027"',
    "countdown list --undated --stage filming",
    'countdown list --json | jq -r ".releases[].title"',
)
@options.filters
@options.parts
@options.limit
def command(ctx: click.Context, /, **given: Any) -> None:
    """Every release still ahead, soonest first, and below them those without a date.

    Filters combine: the same one twice widens the answer, different ones narrow it. A window
    counts where it may come: "2027" is within --from 2027-06.
    """
    _show(session(ctx), **given)


def overview(ctx: click.Context) -> None:
    """The same list, for a bare `countdown`, and on a terminal a hint at the help."""
    _show(session(ctx))
    output.hint("More: countdown --help")


def _show(current: Session, **given: Any) -> None:
    asked = build_query(current, **given)
    by = given.get("sort", "date")
    found = current.ask(lambda index: find(index, _uncut(asked, given)))
    if by != "date":
        found.sort(key=_SORTS[by])
    if given.get("reverse"):
        found.reverse()
    found = found[: asked.limit]
    output.show(listing(found, current.view_context, ranked=by != "date"), current)
    if not found:
        raise NothingFound(_nothing(given))


def _uncut(asked: Any, given: dict[str, Any]) -> Any:
    """The limit holds in the order that is shown, so any other order needs all there is."""
    ordered = given.get("sort", "date") == "date" and not given.get("reverse")
    return asked if ordered else asked._replace(limit=None)


def _nothing(given: dict[str, Any]) -> str:
    if given.get("followed"):
        return f"{NONE_FOLLOWED} matches; see countdown following"
    past = given.get("everything") or given.get("released")
    hint = "loosen a filter" if past else "loosen a filter, or add --all for what is out already"
    return f"no release matches; {hint}"
