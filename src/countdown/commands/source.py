"""`countdown source`: list, add, remove and compare sources of live facts."""

import os
import shlex
import sys
from typing import Any, Final, NamedTuple

import click

from countdown.catalogue import source_files
from countdown.catalogue.os_errors import os_errors_as
from countdown.cli import options, output, source_changes, sources
from countdown.cli.context import shared_options
from countdown.cli.messages import echo, warn
from countdown.cli.questions import confirm
from countdown.cli.session import Session, session
from countdown.cli.source_changes import Found
from countdown.config.source_settings import BUILT_IN, KEY_NAMES, PROVIDERS, all_sources
from countdown.core import wording
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError, NothingFound, UsageError
from countdown.views.sources import join_offers, source_list, source_page
from countdown.views.sources import source_changes as changes_view

SOURCE_ACTIONS: Final = {
    "list": "Show all sources and when they were read.",
    "add": "Add a catalogue or calendar by its address or file.",
    "remove": "Remove a source, or switch a built-in one off.",
    "show": "Show what a source has.",
    "accept": "Use what was held back.",
    "match": "Show releases that may be the same.",
}
_FORMATS: Final = ("table", "plain", "json", "markdown")
_ONE_NAME: Final = ("add", "remove", "show", "accept")
_WEBCAL: Final = "webcal://"


class NewSource(NamedTuple):
    """The options for a source to add, each named after its own."""

    name: str | None = None
    kind: str | None = None
    key_variable: str | None = None
    key_command: str | None = None
    key_file: str | None = None
    yes: bool = False

    @property
    def keys(self) -> dict[str, Any]:
        """The settings that say where its key is. Raises UsageError."""
        try:
            words = shlex.split(self.key_command or "")
        except ValueError:
            raise UsageError("--key-command: A quotation mark isn't closed.") from None
        values = (self.key_variable, words, self.key_file)
        return {key: value for key, value in zip(KEY_NAMES, values, strict=True) if value}


@options.command(
    "source",
    "countdown source                          when each was read, and what failed",
    "countdown source add https://example.org/releases.toml",
    "countdown source add https://example.org/films.ics --name friends",
    "countdown source add tmdb --key-variable TMDB_TOKEN",
    "countdown source show wikidata            what it has, and what's left out",
    "countdown source remove tvmaze            back with: countdown source add tvmaze",
    exclude=("--catalogue",),
    formats=_FORMATS,
    default_format="table on a terminal, else plain",
)
@click.argument("action", type=click.Choice([*SOURCE_ACTIONS]), default="list", metavar="[ACTION]")
@click.argument("place", required=False, metavar="[NAME|URL|FILE]")
@options.gather(
    "new",
    NewSource._fields,
    NewSource,
    (
        click.option("--name", metavar="NAME", help="Its name, for a new source."),
        click.option(
            "--kind", type=click.Choice(["catalogue", "calendar"]), help="What a new one is."
        ),
        click.option("--key-variable", metavar="NAME", help="Variable with its key."),
        click.option("--key-command", metavar="COMMAND", help="Command that prints its key."),
        click.option("--key-file", metavar="FILE", help="File with its key, of mode 0600."),
        click.option("--yes", is_flag=True, help="Add it without asking."),
    ),
)
@click.option("--diff", is_flag=True, help="Show what the new version changes.")
def command(
    ctx: click.Context, /, action: str, place: str | None, new: NewSource, diff: bool
) -> None:
    """Show or change the sources of live facts.

    ACTION is list, add URL, add FILE, remove NAME, show NAME, accept NAME or match. A catalogue has
    the format of yours; a calendar is an iCalendar feed. A source can't change what you wrote. If
    its address has a key in it, type - in its place, and you're asked for it.
    """
    current = session(ctx)._replace(format=shared_options(ctx).format)  # not config.toml's
    if output.output_format(current) not in _FORMATS:
        raise UsageError(f"--format: Choose {', '.join(_FORMATS)}.")
    if action in _ONE_NAME and place is None:
        what = "a URL or FILE" if action == "add" else "its NAME"
        raise UsageError(f"source {action}: Add {what}.")
    if place is not None and action not in _ONE_NAME:
        raise UsageError(escape_hostile(f'source {action}: Leave out "{place}".'))
    if action == "add":
        if place in PROVIDERS:
            _switch_on(current, str(place), {"name": place, **new.keys})
        else:
            _add(current, str(place), new)
    elif action == "remove":
        _remove(current, str(place))
    elif action == "show":
        _show(current, str(place), diff=diff)
    elif action == "accept":
        sources.find(current, str(place))
        count = source_changes.accept(str(place))
        output.confirm(current, f"Now in use: {wording.releases(count)} of {place}.")
        output.hint("To undo it: countdown undo")
    elif action == "match":
        _match(current)
    else:
        output.show(source_list(sources.statuses(current), current.view_context), current)


def _add(current: Session, place: str, new: NewSource) -> None:
    """Add the catalogue or calendar at *place*, once it was read and the user has agreed."""
    place = _typed_address() if place == "-" else place.strip()
    if place.lower().startswith(_WEBCAL):
        place = f"https://{place[len(_WEBCAL) :]}"
    is_address = "://" in place
    if not is_address:
        place = os.path.abspath(os.path.expanduser(place))
    is_calendar = place.partition("?")[0].lower().endswith(".ics")
    kind = new.kind or ("calendar" if is_calendar else "catalogue")
    table = {
        "name": new.name or source_changes.free_name(current, place),
        **({} if kind == "catalogue" else {"kind": kind}),
        ("url" if is_address else "file"): place,
        **new.keys,
    }
    names = {source.name for source in all_sources(current.settings)}
    if table["name"] in names:
        raise UsageError(f'There\'s already a source "{new.name}". Choose another: --name NAME')
    found = source_changes.fetch(current, table)
    if not _is_wanted(found, is_sure=new.yes):
        raise CountdownError("Nothing was added.")
    source_changes.add(found)
    output.confirm(current, f"Added {found.setting.name}: {wording.releases(found.releases)}.")
    output.hint("To undo it: countdown undo")


def _typed_address() -> str:
    """The address that the user types, or that is piped in: on a command line, others see it."""
    if sys.stdin is not None and sys.stdin.isatty():
        typed: str = click.prompt("Address", hide_input=True, err=True)
        return typed.strip()
    return sys.stdin.readline().strip() if sys.stdin is not None else ""


def _is_wanted(found: Found, *, is_sure: bool) -> bool:
    """True if the user wants what was *found*. Raises UsageError if nobody can be asked."""
    catalogue = found.new.catalogue
    title = catalogue.title or found.setting.name
    licence = f"licence {catalogue.licence}" if catalogue.licence else "no licence named"
    warn(f"{title}: {wording.releases(found.releases)}, {licence}")
    warn(*(f"Left out: {line}" for line in found.new.skipped))
    if is_sure:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("Nothing was added. To add it without being asked, add --yes.")
    return confirm("Add it?", cancelled="Nothing was added.")


def _switch_on(current: Session, name: str, table: dict[str, Any]) -> None:
    if not source_changes.switch_on(current, name, table):
        echo(f"Nothing to change: {name} is on already.")
        return
    output.confirm(current, f"Switched on {name}. To read it: countdown refresh {name}")
    output.hint("To undo it: countdown undo")


def _remove(current: Session, name: str) -> None:
    source = sources.find(current, name)
    is_built_in = name in BUILT_IN
    if is_built_in and not source.enabled:
        echo(f"Nothing to change: {name} is off already.")
        return
    source_changes.remove(name, is_built_in=is_built_in)
    output.confirm(current, f"{'Switched off' if is_built_in else 'Removed'} {name}.")
    output.hint("To undo it: countdown undo")


def _show(current: Session, name: str, *, diff: bool) -> None:
    sources.find(current, name)
    (status,) = (each for each in sources.statuses(current) if each.name == name)
    _, folder = sources.folders()
    context = current.view_context
    with os_errors_as(folder, look="countdown source"):
        layer = sources.read_layer(folder, name)
        if not diff:
            output.show(source_page(status, sources.outlooks(layer, current), context), current)
            return
        held = sources.parse_layer(name, source_files.held_back(folder, name))
        previous = sources.parse_layer(name, source_files.previous(folder, name))
    before, after = (layer, held) if status.held else (previous, layer)
    if before is None or after is None:
        raise NothingFound(f"There's only one version of {name}.")
    changes = sources.changes(before, after, current)
    if not changes:
        raise NothingFound(f"Both versions of {name} have the same titles, dates and stages.")
    output.show(changes_view(status, changes, context), current)


def _match(current: Session) -> None:
    offers, unjoinable = sources.offers(current)
    if offers:
        output.show(join_offers(offers, current.view_context), current)
    if unjoinable:
        output.hint(f"{unjoinable} more share a title, but their source gives no id to join by.")
    if not offers:
        raise NothingFound("No release of a source may be one of yours.")
