"""The card of a release on a terminal: the facts of `card`, none of them twice."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from countdown.core import wording
from countdown.core.history import HistoryStep
from countdown.core.outlook import Outlook
from countdown.core.regions import region_name
from countdown.core.release import Release
from countdown.core.web_links import PROVIDERS, pages
from countdown.core.width import pad, unbroken, width
from countdown.views import card_tables, cells, episodes, origins, release_day, stages
from countdown.views.folding import flowed
from countdown.views.view import (
    DOUBT_MEANING,
    DOUBT_SIGN,
    FOLLOWED_MEANING,
    FOLLOWED_SIGN,
    Block,
    Cell,
    Items,
    Lines,
    Pairs,
    ViewContext,
    explained,
    urgency,
)

_MAX_PROSE: Final = 100  # columns of running text
# Keys whose values are shown with the sign of doubt if they are unverified.
_SIGNED: Final = ("date", "dates", "stage", "stage_since", "expected", "complete")


def screen(
    outlook: Outlook,
    context: ViewContext,
    names: Sequence[tuple[str, str]],
    links: Sequence[tuple[str, str]],
    steps: Sequence[HistoryStep],
    heading: str,
    followed: Collection[str],
    columns: int,
    *,
    has_addresses: bool,
    before: Sequence[Cell] = (),
) -> list[Block]:
    """The blocks of the card of *outlook* in *columns*.

    *names* are labels of keys that hold names, *links* related releases, and *before* says what
    there is to watch before it. The *steps* of the
    history of its date stand below their *heading*. Sources are shown by their
    hosts, unless the card *has_addresses*.
    """
    release, style = outlook.release, context.date_style
    is_followed = release.id in followed
    heart = (Cell(f"{FOLLOWED_SIGN} ", "today"),) if is_followed else ()
    labels = Cell(" · ".join([release.kind, *release.franchise]), "muted")
    title = (*heart, Cell(context.name(release), "title"))
    original = Cell(cells.original_title(release, context))
    prose = min(columns, _MAX_PROSE)
    blocks: list[Block] = [
        Items(tuple(item for item in (title, (original,), (labels,)) if item[0].text)),
        Lines(tuple(flowed(_head(outlook, context), columns)), verbatim=True),
        Lines(tuple(flowed([Cell(release.synopsis or "")], prose)), verbatim=True),
        _pairs(_making(outlook, names, context), columns),
        card_tables.cast(release.cast, columns),
        card_tables.dates(outlook, context, columns),
        card_tables.history(steps, heading, context, columns),
        _pairs(_relations(release, links, before, context, has_addresses=has_addresses), columns),
    ]
    if has_addresses:
        blocks.append(_addresses(release, steps, style))
    elif release.all_sources:
        command = context.command(f"countdown show {release.id} --sources")
        blocks.append(Items(((Cell("Whole addresses:", "muted"),), (command,))))
    return [*blocks, _legend(outlook, steps, context, is_followed=is_followed)]


def _head(outlook: Outlook, context: ViewContext) -> list[Cell]:
    """`In 22 days`, `Friday, 18 December 2026`, `in theaters`: time left, date and place."""
    left, is_out = release_day.time_left(outlook, context), outlook.state == "released"
    facts = [
        left._replace(style=urgency(outlook)),
        *(cell._replace(style="") for cell in release_day.date_facts(outlook, context)),
        Cell("" if is_out else release_day.calendar_time(outlook, context), "muted"),
        *(Cell(place) for place in release_day.places(outlook, context, elsewhere=False)),
        Cell(cells.old_check(outlook, context), "muted"),
    ]
    return [fact for fact in facts if fact.text]


def _making(
    outlook: Outlook, names: Sequence[tuple[str, str]], context: ViewContext
) -> list[tuple[str, Sequence[Cell]]]:
    """Who makes it and where, and how far it is."""
    release, style = outlook.release, context.date_style
    expected = unbroken(stages.expected_date(release, style))
    return [
        *((label, [Cell(", ".join(getattr(release, key)))]) for label, key in names),
        ("Country", [Cell(", ".join(map(region_name, release.country)))]),
        ("Stage", [*map(Cell, _stage(outlook, style))]),
        ("Expected", [Cell(f"{expected}, not announced" if expected else "")]),
        ("Episodes", [*map(Cell, episodes.facts(release, context))]),
    ]


def _relations(
    release: Release,
    links: Sequence[tuple[str, str]],
    before: Sequence[Cell],
    context: ViewContext,
    *,
    has_addresses: bool,
) -> list[tuple[str, Sequence[Cell]]]:
    """Related releases, unconfirmed facts, and sources."""
    style = context.date_style
    checked = unbroken(wording.format_date(release.checked, style)) if release.checked else ""
    doubtful = [_plain_key(key) for key in release.unverified if key not in _SIGNED]
    rows: list[tuple[str, Sequence[Cell]]] = [
        *((label, [*map(Cell, text.split(" · "))]) for label, text in links),
        ("Before it", before),
        ("Also known as", [Cell(", ".join(cells.other_titles(release, context)))]),
        ("Checked", [Cell(checked)]),
        *origins.rows(release, context),
        (DOUBT_MEANING.capitalize(), [Cell(", ".join(doubtful))]),
    ]
    if not has_addresses:
        rows.append(("Links", [Cell(page.text, "", page.address) for page in pages(release)]))
        rows.append(("Sources", _hosts(release, style)))
    return rows


def _pairs(rows: Sequence[tuple[str, Sequence[Cell]]], columns: int) -> Pairs:
    """The *rows* that have a text, with line breaks between the parts of a value."""
    shown = [(label, value) for label, value in rows if any(cell.text for cell in value)]
    indent = max((width(label) for label, _ in shown), default=0) + 2
    return Pairs(
        "",
        tuple(
            (label if not at else "", line)
            for label, value in shown
            for at, line in enumerate(flowed(value, columns - indent))
        ),
    )


def _plain_key(key: str) -> str:
    """`stage note`, `TMDB`: a key of the catalogue as people would say it."""
    name = key.removeprefix("ids.")
    return PROVIDERS.get(name, name).replace("_", " ")


def _stage(outlook: Outlook, style: str) -> list[str]:
    """`■■■■■□ wrapped since Sep 2025` and `No trailer yet`; empty if it is out or unknown."""
    if outlook.stage in (None, "released"):
        return []
    track = "" if outlook.is_shelved else f"{stages.track(outlook.stage)} "
    since = unbroken(cells.stage_since(outlook, style))
    text = f"{track}{cells.stage_text(outlook)} {since}".rstrip()
    return [part for part in (text, stages.stage_note(outlook)) if part]


def _hosts(release: Release, style: str) -> list[Cell]:
    """The hosts of the sources with their days, the newest first; those without a day are last."""
    dated = sorted(
        release.all_sources,
        key=lambda source: source.date.latest if source.date else date.min,
        reverse=True,
    )
    found = []
    for source in dated:
        day = f" {unbroken(wording.format_date(source.date, style))}" if source.date else ""
        found.append(Cell(f"{cells.host(source.url)}{day}", "muted", source.url))
    return found


def _addresses(release: Release, steps: Sequence[HistoryStep], style: str) -> Lines:
    """All addresses, each on one line, so that it can be copied."""
    rows = [(page.text, page.address) for page in pages(release) if page.address]
    dated = [(source.date, source.url) for source in release.all_sources]
    dated += [(step.announced, step.source) for step in steps if step.source]
    for day, url in dated:
        if url not in {address for _, address in rows}:
            rows.append((wording.format_date(day, style) if day else "undated", url))
    indent = max((width(label) for label, _ in rows), default=0) + 2
    lines = [(Cell(pad(label, indent), "muted"), Cell(url, "", url)) for label, url in rows]
    return Lines(((Cell("Sources", "heading"),), *lines) if lines else (), whole=True)


def _legend(
    outlook: Outlook, steps: Sequence[HistoryStep], context: ViewContext, *, is_followed: bool
) -> Items:
    release, style = outlook.release, context.date_style
    moves = [when for step in steps for when in (step.before, step.after, step.announced) if when]
    texts = [
        *(cells.signed_row(wording.format_date(each.date), each) for each in release.dates),
        *(wording.format_date(when) for when in moves),
        *_stage(outlook, style)[:1],
        stages.expected_date(release),
        episodes.complete(release, context),
    ]
    signs = []
    if is_followed:
        signs.append(explained(FOLLOWED_SIGN, FOLLOWED_MEANING, "today"))
    if any(DOUBT_SIGN in text for text in texts):
        signs.append(explained(DOUBT_SIGN, DOUBT_MEANING))
    return Items(tuple(signs))
