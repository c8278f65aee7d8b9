"""The view of `show`: everything about one release."""

from collections.abc import Sequence

from countdown.core import wording
from countdown.core.dates import localised
from countdown.core.history import HistoryStep, total_days
from countdown.core.local_time import local_time_of
from countdown.core.outlook import Moment, Outlook, remaining
from countdown.core.release import AnnouncedDate, Release
from countdown.views import cells, stages
from countdown.views.view import (
    Block,
    Cell,
    Column,
    Lines,
    Pairs,
    Table,
    View,
    ViewContext,
    legend,
    mark,
    urgency,
)

_DATES = (Column("Region"), Column("Type"), Column("Date", days=True), Column("Left", stretch=True))
_MOVES = (
    Column("From", days=True),
    Column(""),
    Column("To", days=True),
    Column("By"),
    Column("Announced", rank=1, days=True),
    Column("Source", rank=2, stretch=True),
)
_CAST = (Column("Name", stretch=True), Column("Role", stretch=True))


def card(
    seen: Outlook,
    context: ViewContext,
    *,
    links: Sequence[tuple[str, str]] = (),
    history: Sequence[HistoryStep] = (),
) -> View:
    """All that is known of *seen*, and the *history* of its date.

    *links* are releases that belong to it, as (how, title).
    """
    release, now, style = seen.release, context.now, context.date_style
    blocks: list[Block] = [Lines((_headline(seen),)), Lines((_count(seen, now, style),))]
    if release.synopsis:
        blocks.append(Lines(((Cell(release.synopsis),),)))
    blocks.append(Pairs("", tuple(_facts(seen, links, style))))
    if release.stage not in (None, "released"):
        blocks.append(stages.steps(seen))
    if release.dates:
        blocks.append(
            Table("Dates", _DATES, tuple(_date_row(d, now, style) for d in release.dates))
        )
    if history:
        blocks.append(_history(history, style))
    if release.cast:
        rows = tuple((Cell(c.name), Cell(c.role or "", "muted")) for c in release.cast)
        blocks.append(Table(f"Cast{cells.doubtful(release, 'cast')}", _CAST, rows))
    blocks.append(Pairs("Sources", tuple(_sources(release, style))))
    if release.unverified:
        blocks.append(legend((), doubtful=True))
    return View(lambda: blocks, (seen,), context, history=tuple(history))


def _headline(seen: Outlook) -> tuple[Cell, ...]:
    release = seen.release
    words = [release.kind, *release.franchise]
    return (mark(seen), Cell(f" {release.name}", "title"), Cell(f"  {' · '.join(words)}", "muted"))


def _count(seen: Outlook, now: Moment, style: str) -> tuple[Cell, ...]:
    text = wording.time_left(seen)
    count = Cell(f"{text[:1].upper()}{text[1:]}", urgency(seen))
    if seen.date is None:
        return (count,)
    words = _in_words(seen, now)
    return (
        count,
        Cell(f" · {cells.when(seen, style).text}"),
        Cell(f" · {words}" if words else "", "muted"),
    )


def _in_words(seen: Outlook, now: Moment) -> str:
    """The count in months and days, where the count in days is too large to grasp."""
    if seen.date is None or not seen.dated or seen.date.earliest != seen.date.latest:
        return ""
    day = seen.date.latest
    if abs((day - now.today).days) <= 31:
        return ""
    return wording.calendar_span(min(day, now.today), max(day, now.today))


def _facts(
    seen: Outlook, links: Sequence[tuple[str, str]], style: str
) -> list[tuple[str, tuple[Cell, ...]]]:
    release = seen.release
    found: list[tuple[str, str]] = []
    for label, key in (
        ("Platform", "platform"),
        ("Distributor", "distributor"),
        ("Studio", "studio"),
        ("Director", "director"),
        ("Writer", "writer"),
        ("Creator", "creator"),
    ):
        names = ", ".join(getattr(release, key))
        found.append((label, names + cells.doubtful(release, key) if names else ""))
    stage = f"{cells.stage(seen)} {cells.since(release, style)}".strip() if seen.stage else ""
    found.append(("Stage", "; ".join(part for part in (stage, seen.stage_note) if part)))
    if release.expected:
        doubt = cells.doubtful(release, "expected")
        found.append(
            ("Expected", f"{wording.format_date(release.expected, style)}{doubt}, not announced")
        )
    found += links
    found.append(("Also", ", ".join(release.aliases)))
    return [(label, (Cell(text),)) for label, text in found if text]


def _date_row(dated: AnnouncedDate, now: Moment, style: str) -> tuple[Cell, ...]:
    local = localised(dated.date, now.zone)
    text = wording.format_date(local, style)
    if dated.date.instant is not None:
        text += f", {local_time_of(dated.date.instant, now.zone):%H:%M}"
    return (
        Cell(dated.region or "worldwide"),
        Cell(dated.type or "", "muted"),
        Cell(text),
        Cell(wording.time_until(local, remaining(dated.date, now=now))),
    )


def _history(steps: Sequence[HistoryStep], style: str) -> Table:
    """Every step of *steps*, how often the date moved, and by how much in all."""
    moves = sum(step.before is not None for step in steps)
    times = {0: "Dated", 1: "Moved once"}.get(moves, f"Moved {moves} times")
    days = total_days(steps) if moves else None
    heading = times if days is None else f"{times}, {_signed(days)}"
    return Table(heading, _MOVES, tuple(_step_row(step, style) for step in steps))


def _step_row(step: HistoryStep, style: str) -> tuple[Cell, ...]:
    if step.announced is None and step.seen is not None:
        when = f"seen {wording.day_label(step.seen, style)}"
    else:
        when = wording.format_date(step.announced, style) if step.announced else ""
    return (
        Cell(wording.format_date(step.before, style) if step.before else "undated"),
        Cell("→"),
        Cell(wording.format_date(step.after, style) if step.after else "withdrawn"),
        Cell("" if step.days is None else _signed(step.days)),
        Cell(when, "muted"),
        Cell(cells.host(step.source), "muted"),
    )


def _signed(count: int) -> str:
    """`+1 day`, `-20 days`."""
    return f"{'-' if count < 0 else '+'}{wording.days(abs(count))}"


def _sources(release: Release, style: str) -> list[tuple[str, tuple[Cell, ...]]]:
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    if release.checked:
        rows.append(("Checked", (Cell(wording.format_date(release.checked, style)),)))
    if release.unverified:
        rows.append(("Not verified", (Cell(", ".join(release.unverified)),)))
    for source in release.sources:
        label = wording.format_date(source.date, style) if source.date else "undated"
        rows.append((label, (Cell(source.url, "muted"),)))
    rows += [(provider, (Cell(str(value), "muted"),)) for provider, value in release.ids]
    return rows
