"""The view of `next`: the soonest releases, with the days left in large digits."""

from collections.abc import Collection, Sequence
from typing import Final

from countdown.core import wording
from countdown.core.outlook import Outlook
from countdown.core.text import capitalized
from countdown.core.width import NO_BREAK, width
from countdown.views import cells, release_day, wait
from countdown.views.big_count import big_count
from countdown.views.folding import facts_in_lines, folded, height
from countdown.views.page import footer, joined
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
    Style,
    View,
    ViewContext,
    explained,
    urgency,
)

_MIN_COLUMNS: Final = 60  # of a terminal: if possible, digits have at least this scale
_LEAST_SCALE: Final = 2  # 7 rows
_MIN_COLUMN: Final = 26  # columns for each of several releases side by side
_MAX_COLUMN: Final = 64  # columns for each, likewise
_GAP: Final = 3  # columns between things side by side
_MAX_NAMES: Final = 4  # of a cast
_MAX_SHOWN: Final = 8  # releases of one day
_MAX_IN_FULL: Final = 4  # releases of one day that are shown with all that is known
_MAX_THEN: Final = 3  # releases that come after


def headline(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    *,
    following: Sequence[Outlook] = (),
    followed: Collection[str] = (),
    missing: Sequence[tuple[str, str]] = (),
    remarks: Sequence[tuple[Cell, ...]] = (),
) -> View:
    """The days left until *outlooks*, all on one day, drawn large; below it the *following* ones.

    Those whose ids are *followed* have a heart. *remarks* are drawn only where they have room.
    """
    every = tuple(outlooks)

    def blocks() -> list[Block]:
        said = tuple(tuple(joined(each, Cell(": "))) for each in remarks)
        return [*_in_words(every, context, following, followed), Lines(said)]

    def screen(columns: int, lines: int) -> list[Block]:
        return _drawn(every, context, following, followed, missing, remarks, columns, lines)

    return View(blocks, every, context, screen, followed=frozenset(followed))


def _in_words(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    following: Sequence[Outlook],
    followed: Collection[str],
) -> list[Block]:
    """The contents of the screen as lines of text."""
    blocks: list[Block] = []
    for outlook in outlooks:
        is_followed = outlook.release.id in followed
        left = release_day.time_left(outlook, context), *release_day.date_facts(outlook, context)
        facts = [cell.text.replace(NO_BREAK, " ") for cell in left if cell.text]
        if wording.is_doubtful(outlook):
            facts = [fact.removesuffix(DOUBT_SIGN) for fact in facts] + [DOUBT_MEANING]
        if old_check := cells.old_check(outlook, context):
            facts.append(old_check)
        lines = (
            Cell(context.name(outlook.release), "title"),
            *([Cell(capitalized(FOLLOWED_MEANING))] if is_followed else []),
            Cell(capitalized(" · ".join(facts)), urgency(outlook)),
            *(
                cell._replace(text=capitalized(cell.text))
                for cell in _details(outlook, context, outlook)
            ),
        )
        blocks.append(Lines(tuple((line,) for line in lines)))
    then = " · ".join(_then(outlooks[0], following[:_MAX_THEN], context))
    return [*blocks, Pairs("", (("Then", (Cell(then, "muted"),)),) if then else ())]


def _drawn(
    outlooks: Sequence[Outlook],
    context: ViewContext,
    following: Sequence[Outlook],
    followed: Collection[str],
    missing: Sequence[tuple[str, str]],
    remarks: Sequence[tuple[Cell, ...]],
    columns: int,
    lines: int,
) -> list[Block]:
    """The drawn screen for a terminal of *columns* and *lines*.

    Where digits would have no room, some names are left out, and *remarks* sooner than these.
    """
    first = min(outlooks, key=lambda one: (wording.is_doubtful(one), release_day.has_time(one)))
    is_alone = len(outlooks) == 1
    facts = (release_day.facts if is_alone else release_day.date_facts)(first, context)
    least = _LEAST_SCALE if columns >= _MIN_COLUMNS else 1

    def attempt(names: int, then: int, said: Sequence[tuple[Cell, ...]]) -> tuple[int, list[Block]]:
        """The scale of the digits, and the blocks with so many names, and with remarks *said*."""
        above: Block
        if is_alone:
            title = (*_heart(first, followed), Cell(context.name(first.release), "title"))
            above = Items((title, (Cell(" · ".join(_labels(first)), "muted"),)))
            below: list[Block] = [wait.bar(first, context, columns)]
        else:
            above = _side_by_side(outlooks, first, context, followed, columns, names)
            below = []
        with_whom = cells.cast(first.release, names) if is_alone else ()
        below += [
            _pairs(with_whom, _then(first, following[:then], context), columns),
            *(_remark(each) for each in said),
            footer(missing, context, columns),
            _legend(outlooks, following[:then], followed),
        ]
        taken = sum(rows + 1 for block in (above, *below) if (rows := height(block, columns)))
        scale, count = big_count(first, context, facts, columns, lines - taken)
        return scale, [above, count, *below]

    attempts = []
    for size in ((_MAX_NAMES, _MAX_THEN), (2, 1), (0, 0)):
        scale, blocks = attempt(*size, ())
        attempts.append((scale, blocks, size))
        if scale >= least or not release_day.is_counted(first):
            break
    scale, blocks, size = max(attempts, key=lambda made: made[0])
    for end in range(len(remarks), 0, -1):
        smaller, with_remarks = attempt(*size, remarks[:end])
        if smaller >= min(scale, least) and _total_height(with_remarks, columns) <= lines:
            return with_remarks
    return blocks


def _remark(cells_: tuple[Cell, ...]) -> Block:
    """A sentence, and the command behind it on the same line if it has room."""
    return Items(tuple((cell,) for cell in cells_)) if len(cells_) > 1 else Lines((cells_,))


def _total_height(blocks: Sequence[Block], columns: int) -> int:
    """The lines that *blocks* take, with an empty line between each two."""
    heights = [rows for block in blocks if (rows := height(block, columns))]
    return sum(heights) + len(heights) - 1


def _heart(outlook: Outlook, followed: Collection[str]) -> tuple[Cell, ...]:
    return (Cell(f"{FOLLOWED_SIGN} ", "today"),) if outlook.release.id in followed else ()


def _labels(outlook: Outlook) -> list[str]:
    """Its kind, first franchise and distributor."""
    release = outlook.release
    return [release.kind, *release.franchise[:1], *release.distributor[:1]]


def _details(
    outlook: Outlook, context: ViewContext, first: Outlook, count: int = _MAX_NAMES
) -> list[Cell]:
    """Details of one of several releases on the day of the *first*, a line each.

    They include *count* names of its cast.
    """
    place = release_day.places(outlook, context)
    if release_day.has_time(outlook) and not release_day.has_time(first):
        place.append(release_day.clock(outlook, context))
    if wording.is_doubtful(outlook) and not wording.is_doubtful(first):
        place.append(DOUBT_MEANING)
    if (old_check := cells.old_check(outlook, context)) and outlook is not first:
        place.append(old_check)
    names = cells.cast(outlook.release, count)
    found = wait.announcement(outlook, context)
    lines = (
        Cell(" · ".join(_labels(outlook)), "muted"),
        Cell(" · ".join(place), "muted"),
        Cell(f"With {' · '.join(names)}" if names else ""),
        Cell(f"{found[1]} · {found[2]}" if found else "", "muted"),
    )
    return [line for line in lines if line.text]


def _side_by_side(
    outlooks: Sequence[Outlook],
    first: Outlook,
    context: ViewContext,
    followed: Collection[str],
    columns: int,
    names: int,
) -> Lines:
    """*outlooks* of the day of the *first*, in as many columns as have room.

    *names* is the number of cast members to show for each.
    """
    shown = outlooks[:_MAX_SHOWN]
    number = max(min((columns + _GAP) // (_MIN_COLUMN + _GAP), len(shown), _MAX_IN_FULL), 1)
    size = min((columns + _GAP) // number - _GAP, _MAX_COLUMN) if number > 1 else columns
    texts: list[list[tuple[Cell, ...]]] = []
    for outlook in shown:
        details = _details(outlook, context, first, names)
        details = details if len(shown) <= _MAX_IN_FULL else details[:1]
        heart = _heart(outlook, followed)
        first_line, *more = folded(
            [Cell(context.name(outlook.release), "title")], size - 2 * len(heart)
        )
        rest = [(cell,) for cell in (*more, *folded(details, size))]
        texts.append([(*heart, first_line), *rest])
    lines: list[tuple[Cell, ...]] = []
    for start in range(0, len(texts), number):
        row = texts[start : start + number]
        lines += [()] if start else []
        for at in range(max(map(len, row))):
            *left, right = [text[at] if at < len(text) else () for text in row]
            cells_ = [cell for part in left for cell in _padded(part, size + _GAP)]
            lines.append((*cells_, *right))
    if len(outlooks) > len(shown):
        lines += [(), (Cell(f"and {len(outlooks) - len(shown)} more that day", "muted"),)]
    return Lines(tuple(lines), verbatim=True)


def _padded(line: Sequence[Cell], size: int) -> tuple[Cell, ...]:
    """*line* padded with spaces to *size* cells."""
    return (*line, Cell(" " * (size - sum(width(cell.text) for cell in line))))


def _pairs(names: Sequence[str], then: Sequence[str], columns: int) -> Pairs:
    """The cast *names*, and what comes *then*; lines break between two of them."""
    rows: list[tuple[str, tuple[Cell, ...]]] = []
    texts: list[tuple[str, Sequence[str], Style]] = [("With", names, ""), ("Then", then, "muted")]
    for label, items, style in texts:
        lines = facts_in_lines(items, columns - len(label) - 2)
        rows += [(label if not at else "", (Cell(line, style),)) for at, line in enumerate(lines)]
    return Pairs("", tuple(rows))


def _then(first: Outlook, following: Sequence[Outlook], context: ViewContext) -> list[str]:
    """`The Angry Birds Movie 3 (5 days later)`, `Lobo (early 2027)`."""
    texts = []
    for outlook in following:
        when, effective = outlook.date, outlook.effective_date
        if when is None or effective is None or first.date is None:
            continue
        if when.precision in ("day", "instant"):
            text = f"{wording.days((when.latest - first.date.latest).days)} later"
        else:
            text = wording.format_date(when, context.date_style)
        texts.append(f"{context.name(outlook.release)} ({cells.signed_row(text, effective.dated)})")
    return texts


def _legend(
    outlooks: Sequence[Outlook], following: Sequence[Outlook], followed: Collection[str]
) -> Items:
    signs = []
    if any(outlook.release.id in followed for outlook in outlooks):
        signs.append(explained(FOLLOWED_SIGN, FOLLOWED_MEANING, "today"))
    if any(map(wording.is_doubtful, (*outlooks, *following))):
        signs.append(explained(DOUBT_SIGN, DOUBT_MEANING))
    return Items(tuple(signs))
