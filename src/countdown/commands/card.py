"""`countdown card`: a picture of one release, for a chat or as the image of a web page."""

import click

from countdown.cli import lookup, options, output
from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.session import Session, session
from countdown.cli.sharing import Shareable, find_shareable
from countdown.cli.written_files import STDOUT, write_file, write_out
from countdown.core.outlook import Outlook
from countdown.core.text import escape_hostile
from countdown.errors import NothingFound, UsageError


@options.command(
    "card",
    "countdown card avengers doomsday --png doomsday.png",
    "countdown card extraction 3 --svg -    as text on stdout",
    "countdown card blade --svg blade.svg --png blade.png",
    exclude=("--format", "--json", "--days"),
)
@click.argument("words", nargs=-1, required=True, metavar="TITLE...")
@click.option("--svg", metavar="FILE", help="Draw it in SVG; - is stdout.")
@click.option("--png", metavar="FILE", help="Draw it in PNG.")
@click.option("--mine", is_flag=True, help="Also what only your own catalogue has.")
def command(
    ctx: click.Context,
    /,
    words: tuple[str, ...],
    svg: str | None,
    png: str | None,
    mine: bool,
) -> None:
    """Draw a card of one release, to share.

    It names the date, or how far along the release is, and of which day it is. Facts that may not
    be passed on are left out. Its size is 1200 by 630, as chats and social networks show it.
    """
    current, text = session(ctx), " ".join(words)
    if svg is None and png is None:
        raise UsageError("Name the file to draw into: --svg FILE or --png FILE.")
    if png == STDOUT:
        raise UsageError("--png: A picture in pixels can't go to stdout. Name a file.")
    outlooks = current.ask(lambda index: lookup.find_called(index, text, current))
    if len(outlooks) > 1:
        lookup.write_titles(outlooks, text, current)
        raise NothingFound("Nothing was drawn: a card has one release.")
    outlook, found = _shareable(current, outlooks[0], with_own=mine)
    _draw(current, outlook, found, svg, png)
    warn(*found.left_out)


def _shareable(current: Session, known: Outlook, *, with_own: bool) -> tuple[Outlook, Shareable]:
    """The outlook of the release *known*, as others may have it. Raises NothingFound."""
    id = known.release.id
    filters = Filters(title=(id,), everything=True)
    found = find_shareable(current, filters, with_own=with_own)
    for outlook in found.outlooks:
        if id in (outlook.release.id, *outlook.release.was):
            return outlook, found
    warn(*found.left_out)
    name = escape_hostile(known.release.name)
    raise NothingFound(f"Nothing else is known about {name}, so nothing was drawn.")


def _draw(
    current: Session, outlook: Outlook, found: Shareable, svg: str | None, png: str | None
) -> None:
    """Draw the card of *outlook* into the files, and say so. Raises UsageError."""
    from countdown.exports import card, card_png, card_svg  # Deferred: mistakes need none.

    picture = card.lay_out(
        outlook,
        current.now,
        region=current.region,
        credits=found.credits,
        style=current.view_context.date_style,
    )
    pixels = None if png is None else card_png.write(picture)
    done = f"Drew {picture.title} into"
    if svg is not None:
        data = card_svg.write(picture).encode()
        write_out(svg, data, current, option="--svg", done=done)
    if png is not None and pixels is not None:
        written = write_file(png, pixels, current, option="--png")
        if svg != STDOUT:
            output.confirm(current, f"{done} {written}")
        missing = card_png.missing_letters(picture)
        if missing:
            warn(f"No font here has {missing}: boxes stand for them. Install one, or use --svg.")
