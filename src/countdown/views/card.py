"""The view of `show`: everything about one release."""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from countdown.core import wording
from countdown.core.dates import localised
from countdown.core.history import HistoryStep, total_move
from countdown.core.local_time import local_time_of
from countdown.core.outlook import Outlook, remaining
from countdown.core.release import AnnouncedDate, Release
from countdown.core.text import capitalized
from countdown.views import card_screen, cells, episodes, origins, release_day, stages
from countdown.views.page import joined
from countdown.views.view import (
    DOUBT_SIGN,
    Block,
    Cell,
    Column,
    Lines,
    Pairs,
    Table,
    View,
    ViewContext,
    has_doubt,
    legend,
    urgency,
    urgency_mark,
)

if TYPE_CHECKING:  # Few releases have one.
    from countdown.core.marathon_wording import MarathonLine

_DATES = (Column("Region"), Column("Type"), Column("Date", days=True), Column("Left", stretch=True))
_MOVES = (
    Column("From", days=True),
    Column(""),
    Column("To", days=True),
    Column("By"),
    Column("Announced", rank=1, days=True),
    Column("Source", rank=2, stretch=True),
)
_NAMES = (  # labels of keys that hold names; on a terminal, the first is in the head
    ("Platform", "platform"),
    ("Distributor", "distributor"),
    ("Studio", "studio"),
    ("Director", "director"),
    ("Writer", "writer"),
    ("Creator", "creator"),
)
_NO_BREAK = "\u00a0"
_CAST = (Column("Name", stretch=True), Column("Role", stretch=True))


def card(
    outlook: Outlook,
    context: ViewContext,
    *,
    links: Sequence[tuple[str, str]] = (),
    history: Sequence[HistoryStep] = (),
    followed: Collection[str] = (),
    has_addresses: bool = False,
    marathon: "MarathonLine | None" = None,
) -> View:
    """Everything about the release of *outlook*, with the *history* of its date.

    *links* are related releases, as (relation, title), and *marathon* what there is to watch before
    it. It has a heart if its id is in *followed*.
    On a terminal, sources are shown by host, or if it *has_addresses* in full.
    """
    release, style = outlook.release, context.date_style
    blocks: list[Block] = [
        Lines((_headline(outlook, context),)),
        Lines((_time_left_line(outlook, context),)),
        *([Lines(((Cell("You follow it"),),))] if release.id in followed else []),
    ]
    if release.synopsis:
        blocks.append(Lines(((Cell(release.synopsis),),)))
    facts = _facts(outlook, links, context)
    before: list[Cell] = []
    if marathon is not None:
        from countdown.views import marathon_line  # Deferred: few releases have one.

        before = marathon_line.facts(marathon, context)
        facts.append(("Before it", tuple(joined(before, Cell(" · ")))))
    blocks.append(Pairs("", tuple(facts)))
    if outlook.stage not in (None, "released"):
        blocks.append(stages.steps(outlook))
    if release.dates:
        rows = tuple(_date_row(each, outlook, context) for each in release.dates)
        blocks.append(Table("Dates", _DATES, rows))
    if history:
        blocks.append(_history(history, context))
    if release.cast:
        rows = tuple((Cell(c.name), Cell(c.role or "", "muted")) for c in release.cast)
        blocks.append(Table("Cast", _CAST, rows))
    blocks.append(Pairs("Sources", tuple(_sources(release, context))))
    stage = cells.stage_text(outlook) + cells.stage_since(outlook, style)
    noted = stage + stages.expected_date(release, style) + episodes.complete(release, context)
    tables = [block for block in blocks if isinstance(block, Table)]
    if DOUBT_SIGN in noted or has_doubt(tables):
        blocks.append(legend((), doubtful=True))

    def screen(columns: int, _lines: int) -> list[Block]:
        heading = _history_heading(history, exact_days=context.exact_days)
        return card_screen.screen(
            outlook,
            context,
            _NAMES[1:],
            links,
            history,
            heading,
            followed,
            columns,
            has_addresses=has_addresses,
            before=before,
        )

    return View(
        lambda: blocks,
        (outlook,),
        context,
        screen,
        has_links=True,
        history=tuple(history),
        followed=frozenset(followed),
        has_credits=True,
    )


def _headline(outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    release = outlook.release
    labels = [release.kind, *release.franchise]
    return (
        urgency_mark(outlook),
        Cell(f" {context.name(release)}", "title"),
        Cell(f"  {' · '.join(labels)}", "muted"),
    )


def _time_left_line(outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    style = context.date_style
    is_window = outlook.date and outlook.date.precision not in ("day", "instant", "open")
    has_both_ends = is_window and outlook.state in ("upcoming", "open")
    has_date = not has_both_ends  # with a sign of doubt
    years_ago = not context.exact_days
    text = wording.time_left(
        outlook, style, exact=has_date, years_ago=years_ago, has_sign_beside=has_date
    )
    count = Cell(capitalized(text), urgency(outlook))
    if outlook.date is None or outlook.effective_date is None:
        return (count,)
    if has_both_ends:
        place = cells.place_and_type(outlook.effective_date, wording.place)
        is_last_day = outlook.remaining is not None and outlook.remaining.max == 0
        exact = "" if is_last_day else wording.short_time_left(outlook, style, exact=True)
        return (
            count,
            Cell(f" ·{place}" if place else ""),
            Cell(f" · {exact}" if exact else "", "muted"),
        )
    months = release_day.calendar_time(outlook, context)
    was = "was " if release_day.is_given_up(outlook) else ""
    return (
        count,
        Cell(f" · {was}{cells.date_text(outlook, style, long=True)}"),
        Cell(f" · {months}" if months else "", "muted"),
    )


def _facts(
    outlook: Outlook, links: Sequence[tuple[str, str]], context: ViewContext
) -> list[tuple[str, tuple[Cell, ...]]]:
    release, style = outlook.release, context.date_style
    facts = [("Original title", cells.original_title(release, context))]
    facts += [(label, ", ".join(getattr(release, key))) for label, key in _NAMES]
    facts.append(("Country", ", ".join(release.country)))
    stage = (
        f"{cells.stage_text(outlook)} {cells.stage_since(outlook, style)}".strip()
        if outlook.stage
        else ""
    )
    facts.append(("Stage", " · ".join(filter(None, (stage, stages.stage_note(outlook))))))
    if release.expected:
        facts.append(("Expected", f"{stages.expected_date(release, style)}, not announced"))
    facts.append(("Episodes", " · ".join(episodes.facts(release, context))))
    facts += links
    facts.append(("Also known as", ", ".join(cells.other_titles(release, context))))
    return [(label, (Cell(text),)) for label, text in facts if text]


def _date_row(announced: AnnouncedDate, outlook: Outlook, context: ViewContext) -> tuple[Cell, ...]:
    now, style = context.now, context.date_style
    local = localised(announced.date, now.zone)
    text = wording.format_date(local, style)
    if announced.date.instant is not None:
        text += f", {local_time_of(announced.date.instant, now.zone):%H:%M}"
    text = cells.signed_row(text, announced)
    left = wording.time_until(
        local,
        remaining(announced.date, now=now),
        style,
        exact=True,
        years_ago=not context.exact_days,
    )
    return (
        Cell("not stated" if announced.place else announced.region or "worldwide"),
        Cell(announced.type or "", "muted"),
        Cell(text),
        Cell("" if outlook.is_shelved else left),
    )


def _history(steps: Sequence[HistoryStep], context: ViewContext) -> Table:
    """A row a step; the heading has the number of moves and their sum: `Delayed twice, …`."""
    rows = tuple(_step_row(step, context.date_style) for step in steps)
    return Table(_history_heading(steps, exact_days=context.exact_days), _MOVES, rows)


def _history_heading(steps: Sequence[HistoryStep], *, exact_days: bool) -> str:
    """`Delayed twice, 20 months in all`, `Moved 4 times, 8 months later in all`."""
    changes = [step for step in steps if step.before is not None]
    moves = [step for step in changes if not step.exactness]
    if not moves:
        return "History" if changes else "Dated"
    times = {1: "once", 2: "twice"}.get(len(moves), f"{len(moves)} times")
    ends = total_move(steps)
    if ends is None or ends[0] == ends[1] or len(changes) > len(moves):  # There is no single sum.
        return f"Moved {times}"
    first, last = ends
    size = wording.size(first, last, exact=exact_days)
    is_later = last > first
    if any(not step.days or (step.days > 0) != is_later for step in moves):
        return f"Moved {times}, {size} {'later' if is_later else 'earlier'} in all"
    verb = "Delayed" if is_later else "Brought forward"
    return f"{verb} once, by {size}" if len(moves) == 1 else f"{verb} {times}, {size} in all"


def _step_row(step: HistoryStep, style: str) -> tuple[Cell, ...]:
    if step.announced is None and step.seen is not None:
        announced = f"seen {wording.day_label(step.seen, style)}"
    else:
        announced = wording.format_date(step.announced, style) if step.announced else ""
    return (
        Cell(wording.format_date(step.before, style) if step.before else "undated"),
        Cell("→"),
        Cell(wording.format_date(step.after, style) if step.after else "withdrawn"),
        Cell(step.exactness or ("" if step.days is None else _signed_days(step.days))),
        Cell(announced, "muted"),
        Cell(cells.host(step.source), "muted"),
    )


def _signed_days(count: int) -> str:
    """`+1 day`, `-20 days`."""
    return f"{'-' if count < 0 else '+'}{wording.days(abs(count))}"


def _sources(release: Release, context: ViewContext) -> list[tuple[str, tuple[Cell, ...]]]:
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    style = context.date_style
    if release.checked:
        rows.append(("Checked", (Cell(wording.format_date(release.checked, style)),)))
    if release.unverified:
        rows.append(("Not confirmed", (Cell(", ".join(release.unverified)),)))
    for label, parts in origins.rows(release, context):
        text = " · ".join(part.text for part in parts)
        rows.append((label, (Cell(text.replace(_NO_BREAK, " ")),)))
    for source in release.all_sources:
        label = wording.format_date(source.date, style) if source.date else "undated"
        rows.append((label, (Cell(source.url, "muted"),)))
    rows += [(provider, (Cell(str(value), "muted"),)) for provider, value in release.ids]
    return rows
