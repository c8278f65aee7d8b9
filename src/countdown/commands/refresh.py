"""`countdown refresh`: ask sources of live facts what changed."""

from collections.abc import Collection
from typing import Final

import click

from countdown.cli import journal_queries, options, output, refreshing
from countdown.cli.messages import write
from countdown.cli.session import Session, session
from countdown.config.source_settings import SourceSetting, effective_sources
from countdown.core.changes import ObservedChange
from countdown.core.source_result import SourceResult
from countdown.errors import PARTLY, SOURCE, UsageError
from countdown.refresh import network
from countdown.views.news import news
from countdown.views.refreshed import refreshed
from countdown.views.view import View

_MAX_CHANGES: Final = 8  # on a screen, which also has the lines of the sources


@options.command(
    "refresh",
    "countdown refresh",
    "countdown refresh wikidata --dry-run",
    "countdown refresh --due             only what may have changed",
    "countdown refresh --timer           for cron or systemd",
    exclude=("--as-of", "--catalogue"),
)
@click.argument("source", nargs=-1, metavar="[SOURCE]...")
@click.option("--due", is_flag=True, help="Ask only about what is due.")
@click.option("--dry-run", is_flag=True, help="Ask, but keep nothing.")
@click.option("--force", is_flag=True, help="Read everything again.")
@click.option("--offline", is_flag=True, help="Ask nobody. [env: COUNTDOWN_OFFLINE]")
@click.option("--timer", is_flag=True, help="Print lines for cron and systemd.")
def command(
    ctx: click.Context,
    /,
    source: tuple[str, ...],
    due: bool,
    dry_run: bool,
    force: bool,
    offline: bool,
    timer: bool,
) -> None:
    """Ask sources of live facts what changed, and read only that.

    Without SOURCE, all that are switched on are asked. Your own catalogue always wins. The exit
    code is 0 if every source answered, 4 if none did, and 6 if some failed or something is held
    back.
    """
    if timer:
        from countdown.cli import timer as timers  # Deferred: it's printed once.

        write(timers.lines())
        return
    current = session(ctx)
    sources = _sources(source, current)
    results, changes = refreshing.changes_by(
        current,
        lambda: refreshing.refresh(
            current,
            sources,
            is_offline=offline or network.is_switched_off(),
            only_due=due,
            is_forced=force,
            is_dry=dry_run,
        ),
    )
    _show(current, results, changes, is_dry=dry_run)
    ctx.exit(_exit_code(results))


def _sources(names: tuple[str, ...], current: Session) -> list[SourceSetting]:
    """The sources with these *names*, all that are on without any. Raises UsageError."""
    known = {setting.name: setting for setting in effective_sources(current.settings)}
    for name in names:
        if name not in known:
            choices = ", ".join(known) or "none, as config.toml switches all off"
            raise UsageError(f'There\'s no source "{name}". Choose from: {choices}.')
    return [known[name] for name in dict.fromkeys(names or known)]


def _show(
    current: Session,
    results: list[SourceResult],
    changes: list[ObservedChange],
    *,
    is_dry: bool,
) -> None:
    ids = [change.id for change in changes]
    outlooks = current.ask(
        lambda index: journal_queries.find_outlooks(index, current, ids) if ids else []
    )
    followed = output.followed_in(current)

    def view_of(changes: list[ObservedChange]) -> View:
        since = current.now.today
        return news(changes, outlooks, current.view_context, since=since, followed=followed)

    view, shown = view_of(changes), _first(changes, followed)
    view = view._replace(screen=view_of(shown).screen)
    more = len(changes) - len(shown)
    output.show(refreshed(view, results, more=more, is_dry=is_dry), current)


def _first(changes: list[ObservedChange], followed: Collection[str]) -> list[ObservedChange]:
    """The *changes* that a screen has room for, in their order: of what is *followed* above all."""
    by_interest = sorted(changes, key=lambda change: change.id not in followed)
    kept = set(map(id, by_interest[:_MAX_CHANGES]))
    return [change for change in changes if id(change) in kept]


def _exit_code(results: list[SourceResult]) -> int:
    asked = [result for result in results if result.outcome != "skipped"]
    if all(result.is_success for result in asked):
        return 0
    is_any_usable = any(result.is_success or result.outcome == "held back" for result in asked)
    return PARTLY if is_any_usable or any(result.read for result in asked) else SOURCE
