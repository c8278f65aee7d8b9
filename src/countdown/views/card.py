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
    urgency,
    urgency_mark,
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
    outlook: Outlook,
    context: ViewContext,
    *,
    links: Sequence[tuple[str, str]] = (),
    history: Sequence[HistoryStep] = (),
) -> View:
    """Everything about the release of *outlook*, with the *history* of its date.

    *links* are related releases, as (relation, title).
    """
    release, now, style = outlook.release, context.now, context.date_style
    blocks: list[Block] = [
        Lines((_headline(outlook),)),
        Lines((_time_left_line(outlook, now, style),)),
    ]
    if release.synopsis:
        blocks.append(Lines(((Cell(release.synopsis),),)))
    blocks.append(Pairs("", tuple(_facts(outlook, links, style))))
    if release.stage not in (None, "released"):
        blocks.append(stages.steps(outlook))
    if release.dates:
        blocks.append(
            Table("Dates", _DATES, tuple(_date_row(d, now, style) for d in release.dates))
        )
    if history:
        blocks.append(_history(history, style))
    if release.cast:
        rows = tuple((Cell(c.name), Cell(c.role or "", "muted")) for c in release.cast)
        blocks.append(Table(f"Cast{cells.doubt_mark(release, 'cast')}", _CAST, rows))
    blocks.append(Pairs("Sources", tuple(_sources(release, style))))
    if release.unverified:
        blocks.append(legend((), doubtful=True))
    return View(lambda: blocks, (outlook,), context, history=tuple(history))


def _headline(outlook: Outlook) -> tuple[Cell, ...]:
    release = outlook.release
    labels = [release.kind, *release.franchise]
    return (
        urgency_mark(outlook),
        Cell(f" {release.name}", "title"),
        Cell(f"  {' · '.join(labels)}", "muted"),
    )


def _time_left_line(outlook: Outlook, now: Moment, style: str) -> tuple[Cell, ...]:
    text = wording.time_left(outlook)
    count = Cell(f"{text[:1].upper()}{text[1:]}", urgency(outlook))
    if outlook.date is None:
        return (count,)
    months = _calendar_time(outlook, now)
    return (
        count,
        Cell(f" · {cells.date_text(outlook, style, long=True)}"),
        Cell(f" · {months}" if months else "", "muted"),
    )


def _calendar_time(outlook: Outlook, now: Moment) -> str:
    """The time to a known day in months and days; empty up to 31 days."""
    if outlook.date is None or not outlook.dated or outlook.date.earliest != outlook.date.latest:
        return ""
    day = outlook.date.latest
    if abs((day - now.today).days) <= 31:
        return ""
    return wording.calendar_span(min(day, now.today), max(day, now.today))


def _facts(
    outlook: Outlook, links: Sequence[tuple[str, str]], style: str
) -> list[tuple[str, tuple[Cell, ...]]]:
    release = outlook.release
    facts: list[tuple[str, str]] = []
    for label, key in (
        ("Platform", "platform"),
        ("Distributor", "distributor"),
        ("Studio", "studio"),
        ("Director", "director"),
        ("Writer", "writer"),
        ("Creator", "creator"),
    ):
        names = ", ".join(getattr(release, key))
        facts.append((label, names + cells.doubt_mark(release, key) if names else ""))
    countries = ", ".join(release.country)
    facts.append(("Country", countries and countries + cells.doubt_mark(release, "country")))
    stage = (
        f"{cells.stage_text(outlook)} {cells.stage_since(release, style)}".strip()
        if outlook.stage
        else ""
    )
    facts.append(("Stage", "; ".join(part for part in (stage, outlook.stage_note) if part)))
    if release.expected:
        doubt = cells.doubt_mark(release, "expected")
        facts.append(
            ("Expected", f"{wording.format_date(release.expected, style)}{doubt}, not announced")
        )
    facts += links
    facts.append(("Also", ", ".join(release.aliases)))
    return [(label, (Cell(text),)) for label, text in facts if text]


def _date_row(announced: AnnouncedDate, now: Moment, style: str) -> tuple[Cell, ...]:
    local = localised(announced.date, now.zone)
    text = wording.format_date(local, style)
    if announced.date.instant is not None:
        text += f", {local_time_of(announced.date.instant, now.zone):%H:%M}"
    return (
        Cell("not stated" if announced.place else announced.region or "worldwide"),
        Cell(announced.type or "", "muted"),
        Cell(text),
        Cell(wording.time_until(local, remaining(announced.date, now=now))),
    )


def _history(steps: Sequence[HistoryStep], style: str) -> Table:
    """A row a step; the heading has the number of moves and their sum in days."""
    moves = sum(step.before is not None for step in steps)
    times = {0: "Dated", 1: "Moved once"}.get(moves, f"Moved {moves} times")
    days = total_days(steps) if moves else None
    heading = times if days is None else f"{times}, {_signed_days(days)}"
    return Table(heading, _MOVES, tuple(_step_row(step, style) for step in steps))


def _step_row(step: HistoryStep, style: str) -> tuple[Cell, ...]:
    if step.announced is None and step.seen is not None:
        announced = f"seen {wording.day_label(step.seen, style)}"
    else:
        announced = wording.format_date(step.announced, style) if step.announced else ""
    return (
        Cell(wording.format_date(step.before, style) if step.before else "undated"),
        Cell("→"),
        Cell(wording.format_date(step.after, style) if step.after else "withdrawn"),
        Cell("" if step.days is None else _signed_days(step.days)),
        Cell(announced, "muted"),
        Cell(cells.host(step.source), "muted"),
    )


def _signed_days(count: int) -> str:
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
