"""The view of `show`: everything about one release."""

from collections.abc import Sequence

from countdown.core import wording
from countdown.core.dates import localised
from countdown.core.release import Dated, Move, Release
from countdown.core.remaining import Moment, Outlook, remaining
from countdown.render import cells, track
from countdown.render.view import (
    Block,
    Cell,
    Column,
    Lines,
    Pairs,
    Table,
    View,
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


def details(
    seen: Outlook,
    *,
    links: Sequence[tuple[str, str]] = (),
    now: Moment,
    region: str | None,
    timezone: str | None,
) -> View:
    """All that is known of *seen*; *links* are releases that belong to it, as (how, title)."""
    release = seen.release
    blocks: list[Block] = [Lines((_headline(seen),)), Lines((_count(seen, now),))]
    if release.synopsis:
        blocks.append(Lines(((Cell(release.synopsis),),)))
    blocks.append(Pairs("", tuple(_facts(seen, links))))
    if release.stage not in (None, "released"):
        blocks.append(track.steps(seen))
    if release.dates:
        blocks.append(Table("Dates", _DATES, tuple(_date_row(d, now) for d in release.dates)))
    if release.moves:
        blocks.append(_moves(release.moves))
    if release.cast:
        rows = tuple((Cell(c.name), Cell(c.role or "", "muted")) for c in release.cast)
        blocks.append(Table(f"Cast{cells.doubtful(release, 'cast')}", _CAST, rows))
    blocks.append(Pairs("Sources", tuple(_sources(release))))
    if release.unverified:
        blocks.append(legend((), doubtful=True))
    return View(lambda: blocks, (seen,), now, region, timezone)


def _headline(seen: Outlook) -> tuple[Cell, ...]:
    release = seen.release
    words = [release.kind, *release.franchise]
    return (mark(seen), Cell(f" {release.name}", "title"), Cell(f"  {' · '.join(words)}", "muted"))


def _count(seen: Outlook, now: Moment) -> tuple[Cell, ...]:
    text = wording.left(seen)
    count = Cell(f"{text[:1].upper()}{text[1:]}", urgency(seen))
    if seen.date is None:
        return (count,)
    words = _in_words(seen, now)
    return (
        count,
        Cell(f" · {cells.when(seen).text}"),
        Cell(f" · {words}" if words else "", "muted"),
    )


def _in_words(seen: Outlook, now: Moment) -> str:
    """The count in months and days, where the count in days is too large to grasp."""
    if seen.date is None or not seen.dated or seen.date.earliest != seen.date.latest:
        return ""
    day = seen.date.latest
    if abs((day - now.today).days) <= 31:
        return ""
    return wording.calendar(min(day, now.today), max(day, now.today))


def _facts(seen: Outlook, links: Sequence[tuple[str, str]]) -> list[tuple[str, tuple[Cell, ...]]]:
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
    stage = f"{cells.stage(seen)} {cells.since(release)}".strip() if seen.stage else ""
    found.append(("Stage", "; ".join(part for part in (stage, seen.stage_note) if part)))
    if release.expected:
        doubt = cells.doubtful(release, "expected")
        found.append(("Expected", f"{wording.label(release.expected)}{doubt}, not announced"))
    found += links
    found.append(("Also", ", ".join(release.aliases)))
    return [(label, (Cell(text),)) for label, text in found if text]


def _date_row(dated: Dated, now: Moment) -> tuple[Cell, ...]:
    local = localised(dated.date, now.zone)
    text = wording.label(local)
    if dated.date.instant is not None:
        text += f", {dated.date.instant.astimezone(now.zone):%H:%M}"
    return (
        Cell(dated.region or "worldwide"),
        Cell(dated.type or "", "muted"),
        Cell(text),
        Cell(wording.until(local, remaining(dated.date, now=now))),
    )


def _moves(moves: Sequence[Move]) -> Table:
    days = [move.days for move in moves if move.days is not None]
    times = "once" if len(moves) == 1 else f"{len(moves)} times"
    total = f", {sum(days):+} days" if days else ""
    return Table(f"Moved {times}{total}", _MOVES, tuple(_move_row(move) for move in moves))


def _move_row(move: Move) -> tuple[Cell, ...]:
    return (
        Cell(wording.label(move.before) if move.before else "undated"),
        Cell("→"),
        Cell(wording.label(move.after) if move.after else "withdrawn"),
        Cell("" if move.days is None else f"{move.days:+} days"),
        Cell(wording.label(move.announced) if move.announced else "", "muted"),
        Cell(cells.host(move.source), "muted"),
    )


def _sources(release: Release) -> list[tuple[str, tuple[Cell, ...]]]:
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    if release.checked:
        rows.append(("Checked", (Cell(wording.label(release.checked)),)))
    if release.unverified:
        rows.append(("Not verified", (Cell(", ".join(release.unverified)),)))
    for source in release.sources:
        label = wording.label(source.date) if source.date else "undated"
        rows.append((label, (Cell(source.url, "muted"),)))
    rows += [(provider, (Cell(str(value), "muted"),)) for provider, value in release.ids]
    return rows
