"""Which sources of live facts a card rests on: their facts, disputes, and credits."""

from collections.abc import Iterable

from countdown.core import wording
from countdown.core.dates import ReleaseDate, localised
from countdown.core.outlook import Outlook
from countdown.core.regions import region_name
from countdown.core.release import OWN_ORIGIN, AnnouncedDate, Provider, Release
from countdown.core.width import unbroken
from countdown.views.view import Block, Cell, Items, View, ViewContext

Row = tuple[str, list[Cell]]  # a label, and the parts of its value


def rows(release: Release, context: ViewContext) -> list[Row]:
    """A row for each disputed date, each source that gave facts, and each credit due."""
    disputes = [
        ("Disputed", _dispute(dated, release, context)) for dated in release.dates if dated.disputed
    ]
    used = [each for each in release.providers if each.facts]
    facts = [("Live facts", _facts(each, context)) for each in used]
    return [*disputes, *facts, *(("Credit", [Cell(text, "muted")]) for text in credits(used))]


def with_credits(view: View) -> View:
    """*view* with a line below of the credits that are due for the releases that it shows."""
    line = _credit_line(view.outlooks)
    if line is None:
        return view
    blocks, screen, visible = view.blocks, view.screen, view.visible

    def drawn(columns: int, lines: int) -> list[Block]:
        from countdown.views.folding import height

        room = lines - 1 - height(line, columns)
        shown = _credit_line(visible(columns, room)) if visible else line
        return [*(screen(columns, room) if screen else ()), *([shown] if shown else ())]

    return view._replace(
        blocks=lambda: [*blocks(), line], screen=drawn if screen else None, has_credits=True
    )


def _credit_line(outlooks: Iterable[Outlook]) -> Items | None:
    """The credits that are due for *outlooks*; None if there are none."""
    texts = credits_of(outlooks)
    return Items(tuple([(Cell(text, "muted"),) for text in texts])) if texts else None


def credits_of(outlooks: Iterable[Outlook]) -> list[str]:
    """The credits that are due for *outlooks*, each once."""
    return credits([each for outlook in outlooks for each in outlook.release.providers])


def credits(providers: list[Provider]) -> list[str]:
    """The credits that the licences of *providers* ask for, each once."""
    return [*dict.fromkeys(filter(None, (each.attribution for each in providers)))]


def _facts(provider: Provider, context: ViewContext) -> list[Cell]:
    """`TVmaze: cast, dates`, `read yesterday`, `CC-BY-SA-4.0`."""
    keys = sorted({_plain(key) for key in provider.facts})
    parts = [
        f"{provider.name}: {', '.join(keys)}",
        _read(provider.read, context) if provider.read else "",
        unbroken(provider.licence or ""),
    ]
    return [Cell(part, "muted" if at else "") for at, part in enumerate(parts) if part]


def _dispute(dated: AnnouncedDate, release: Release, context: ViewContext) -> list[Cell]:
    """`18 Dec 2026 (yours)`, `TMDB 11 Dec 2026, read today`."""
    whose = "yours" if dated.origin == OWN_ORIGIN else _name(dated.origin, release)
    several = len(release.dates) > 1
    place = region_name(dated.region) if dated.region else "Worldwide"
    place = "Place not stated" if dated.place else place
    where = f"{' '.join(filter(None, (place, dated.type)))}: " if several else ""
    cells = [Cell(f"{where}{_day(dated.date, context)} ({whose})")]
    for other in dated.disputed:
        read = f", {_read(other.read, context)}" if other.read else ""
        text = f"{_name(other.origin, release)} {_day(other.date, context)}{read}"
        cells.append(Cell(text, "muted"))
    return cells


def _name(origin: str | None, release: Release) -> str:
    names = {each.origin: each.name for each in release.providers}
    return names.get(origin or "", origin or "built in")


def _day(date: ReleaseDate, context: ViewContext) -> str:
    local = localised(date, context.now.zone)
    return unbroken(wording.format_date(local, context.date_style))


def _read(read: ReleaseDate, context: ViewContext) -> str:
    """`read today`, `read yesterday`, `read 21 Nov 2026`."""
    day = localised(read, context.now.zone).latest
    ago = (context.now.today - day).days
    when = {0: "today", 1: "yesterday"}.get(ago) or wording.day_label(day, context.date_style)
    return unbroken(f"read {when}")


def _plain(key: str) -> str:
    return {"aliases": "other titles", "stage_since": "stage", "stage_note": "stage"}.get(
        key, key.replace("_", " ")
    )
