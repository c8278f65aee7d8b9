"""`countdown share`: a static site of releases, for any web server."""

import os
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec
from urllib.parse import urlsplit

import click

from countdown import paths
from countdown.cli import options, output
from countdown.cli.messages import warn
from countdown.cli.options import Filters
from countdown.cli.progress import of_site
from countdown.cli.session import Session, session
from countdown.cli.sharing import find_shareable, title_of
from countdown.cli.site_folder import check, write
from countdown.cli.written_files import is_own
from countdown.core import wording
from countdown.core.outlook import STATES
from countdown.core.text import escape_hostile
from countdown.core.web_links import safe_address
from countdown.errors import NoLibraryError, NothingFound, UsageError
from countdown.website import addresses, build
from countdown.website.site import Earlier, File, Site, plain


@options.command(
    "share",
    "countdown share site --followed",
    "countdown share site mcu --name 'The MCU'",
    "countdown share site --url https://films.example/",
    exclude=("--format", "--json", "--accessible", "--no-pager", "--no-color", "--days"),
)
@click.argument("folder", metavar="DIR")
@click.argument("words", nargs=-1)
@click.option("--name", metavar="NAME", help="What the site is called.")
@click.option("--url", metavar="BASE", help="Its address, for links from elsewhere.")
@click.option("--mine", is_flag=True, help="Also what only your own catalogue has.")
@options.filters(*options.MATCHING)
def command(
    ctx: click.Context,
    /,
    folder: str,
    words: tuple[str, ...],
    name: str | None,
    url: str | None,
    mine: bool,
    filters: Filters,
) -> None:
    """Write a website of releases, for any host.

    DIR is an empty folder, or one that this command wrote before. It gets a page for what comes up,
    each year, release and person, a calendar, a feed and the data behind them. WORDS and options
    narrow it, as in countdown list. Facts that may not be passed on are left out.
    """
    _require_libraries()
    current = session(ctx)
    base = _base(url)
    target = _folder(folder, current)
    if words:
        from countdown.cli.list_words import add_words  # Deferred: only words need it.

        filters = add_words(current, filters, words)
    found = find_shareable(current, filters, with_own=mine, more=STATES)
    if not found.outlooks:
        from countdown.cli import empty_answer

        warn(*found.left_out)
        raise NothingFound(empty_answer.explain_list(current, filters._replace(everything=True)))
    name = (name or "").strip() or title_of(words, filters)
    site = plain(Site(name, base, found.outlooks, current.view_context))

    def make(earlier: Callable[[str], Earlier]) -> list[File]:
        calendar = earlier(addresses.CALENDAR)
        return [*build.files(site, by_type=bool(filters.types), calendar=calendar)]

    written = write(target, make, partial(of_site, is_accessible=current.accessible))
    output.confirm(
        current,
        f"Wrote {wording.releases(len(found.outlooks))} to {paths.shorten(target)}: "
        f"{written.files:,} files, {written.changed:,} of them new or changed",
    )
    kept = [f"Left alone, since it was changed: {each}" for each in written.kept]
    warn(*map(escape_hostile, kept), *found.left_out)


def _require_libraries() -> None:
    """Raise NoLibraryError unless the libraries that make a site are installed."""
    missing = [name for module, name in build.LIBRARIES.items() if not find_spec(module)]
    if missing:
        raise NoLibraryError("Writing a site", " ".join(missing), "share")


def _base(url: str | None) -> str:
    """The address *url* of the site, ending in a slash; empty without one. Raises UsageError."""
    if url is None:
        return ""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port  # Reading the port checks it.
    except ValueError:
        host = None
    is_page = host and safe_address(url) and not {*url}.intersection("?#@\\%")
    if not is_page or parts.scheme not in ("http", "https"):
        what = f'--url: "{url}" isn\'t the address of a site. Write it like https://films.example/.'
        raise UsageError(escape_hostile(what))
    path = parts.path.removesuffix(addresses.INDEX).rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{path}/"


def _folder(folder: str, current: Session) -> str:
    """The whole path of *folder*, into which a site may be written. Raises UsageError."""
    if not folder:
        raise UsageError("The name of the folder is empty. Name one, like site.")
    target = os.path.realpath(paths.absolute(folder))
    if is_own(target, current):
        raise UsageError(escape_hostile(f"{folder} is countdown's own. Name another folder."))
    for path in current.layers.paths:
        if os.path.realpath(path).startswith(f"{target}{os.sep}"):
            what = f"{folder} has {path}, a catalogue that you use. Name another folder."
            raise UsageError(escape_hostile(what))
    check(target)
    return target
