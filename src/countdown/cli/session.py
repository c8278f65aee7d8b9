"""The circumstances of a run: moment, region, time zone, catalogue files, settings, output."""

import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import click

from countdown import environment, paths
from countdown.cli.context import SharedOptions, shared_options
from countdown.cli.messages import about, current_hints
from countdown.config import cached
from countdown.config.settings import Follows, Settings
from countdown.core import day_style
from countdown.core.outlook import Moment
from countdown.errors import UsageError
from countdown.formats import TABLE
from countdown.stamps import CatalogueFiles
from countdown.views.view import ViewContext

if TYPE_CHECKING:  # Most changes to the user's catalogue need no index: 3 ms.
    import sqlite3

    from countdown.index import store

Answer = TypeVar("Answer")

CONFIG: Final = "config.toml"  # the origin of a setting in it
_VARIABLES: Final = {
    "as_of": "COUNTDOWN_TODAY",
    "region": "COUNTDOWN_REGION",
    "timezone": "COUNTDOWN_TIMEZONE",
}
_FOR_PEOPLE: Final = (TABLE, "markdown")  # formats in the user's language
_LOCALE: Final = ("LC_ALL", "LANG")  # variables, the first one set counts


class Session(NamedTuple):
    """The circumstances of a command, from options, environment, config.toml and system."""

    now: Moment
    region: str | None
    timezone: str | None  # its IANA name, if known
    layers: CatalogueFiles
    format: str | None
    no_color: bool
    has_fixed_day: bool  # whether *now* is the day of --as-of or COUNTDOWN_TODAY
    settings: Settings = Settings()
    is_recording: bool = True  # whether changes and deliveries are recorded: not with --as-of
    no_pager: bool = False
    exact_days: bool = False  # whether the time left is in days, not in weeks and months
    accessible: bool = False  # whether people get sentences: no table, no pager, no bar
    raw: bool = False  # whether cells of csv and tsv have no apostrophes against formulas

    @property
    def follows(self) -> Follows:
        """The user's follows, each a sort of name and a name."""
        return self.settings.follows

    @property
    def with_default_format(self) -> "Session":
        """A copy that ignores the format of config.toml, for answers that only people read."""
        return self._replace(format=None)

    @property
    def date_style(self) -> str:
        """The user's style of days, from the settings or else the locale."""
        locale = environment.locale("LC_TIME")
        style_of = day_style.style_of if _writes_unicode() else day_style.english_style_of
        return self.settings.date_style or style_of(locale)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of titles, preferred first (BCP 47); none if stdout can't encode most."""
        return environment.languages() if _writes_unicode() else ()

    @property
    def view_context(self) -> ViewContext:
        """The circumstances that every view of an answer needs.

        Formats for programs get English days and original titles, whatever the user's language.
        """
        style = self.date_style
        is_read = _is_terminal_output() or self.accessible
        is_for_people = self.format in _FOR_PEOPLE if self.format else is_read
        if style in day_style.LANGUAGES and not is_for_people:
            style = day_style.english_style_of(environment.locale("LC_TIME"))
        return ViewContext(
            *(self.now, self.region, self.timezone, style),
            exact_days=self.exact_days,
            raw=self.raw,
            hint=current_hints().adapt,
            languages=self.languages if is_for_people else (),
        )

    def ask(self, question: "Callable[[sqlite3.Connection], Answer]") -> Answer:
        """The answer of the index to *question*; a damaged index is built again.

        Raises CatalogueError, and sqlite3.DatabaseError if the new index is damaged, too.
        """
        import sqlite3  # Deferred, here and below.

        folder = paths.cache_folder()
        progress = _announce_progress if self.accessible else _draw_progress
        connection = connect(self.layers, folder, progress=progress, record=self.is_recording)
        try:
            _note_left_out(connection)
            return question(connection)
        except sqlite3.DatabaseError:
            connection.close()
            connection = connect(self.layers, None, progress=progress, record=self.is_recording)
            if folder is not None:
                from countdown.index import store

                store.discard(self.layers, folder=folder)
            return question(connection)
        finally:
            connection.close()


def _note_left_out(index: "sqlite3.Connection") -> None:
    """Have the command report at its end what is left out of the user's own catalogue."""
    from countdown.index.open import has_left_out  # Deferred, with the index.

    ctx = click.get_current_context(silent=True)
    if ctx is not None and has_left_out(index):
        from countdown.index.left_out import read_left_out  # Deferred: mistakes are rare.

        shared_options(ctx).left_out = read_left_out(index).advice


def connect(
    layers: CatalogueFiles,
    folder: str | None,
    *,
    progress: "store.Progress | None" = None,
    record: bool = True,
) -> "sqlite3.Connection":
    """The index of *layers* in the cache *folder*; a build records changes in the journal.

    Every command connects through this, so that no build bypasses the journal. A command about
    another day must not *record*: the next one about today does. Raises CatalogueError.
    """
    from countdown.index import store

    now, journal = time.time_ns(), paths.state_folder() if record else None

    def compare(index: "sqlite3.Connection") -> bool:
        from countdown.journal import detect_changes  # Deferred: only a new index is compared.

        return detect_changes.record_changes(index, layers, folder=journal or "", now=now)

    comparison = None if journal is None else compare
    return store.connect(layers, folder=folder, now=now, progress=progress, compare=comparison)


def session(
    ctx: click.Context, configured: Settings | None = None, *, is_silent: bool = False
) -> Session:
    """The session of options, environment, config.toml and system, in this order of priority.

    *configured* replaces the settings of config.toml. Unless *is_silent*, a day that was guessed is
    echoed on stderr. Raises UsageError and ConfigError.
    """
    options, settings = shared_options(ctx), configured or read_settings()
    zone = _setting(options, "timezone", settings.timezone)
    day = _setting(options, "as_of")
    if options.as_of == "":
        raise UsageError("--as-of: The day is empty. Write one like 2022-07-04, or leave it out.")
    current = Session(
        now=_now(day, zone, is_silent=is_silent or options.is_day_echoed),
        region=_region(_setting(options, "region", settings.region)),
        timezone=zone.value or environment.system_zone(),
        layers=catalogue_files(ctx),
        format=settings.format if options.format is None else options.format,
        no_color=options.no_color,
        has_fixed_day=bool(day.value),
        settings=settings,
        is_recording=not day.value,
        no_pager=options.no_pager,
        exact_days=options.exact_days,
        accessible=options.accessible or (_is_terminal_output() and _wants_sentences()),
        raw=options.raw,
    )
    options.is_day_echoed = True
    return current


def read_settings() -> Settings:
    """The settings of config.toml. Raises ConfigError."""
    now = time.time_ns()
    known = cached.load(now)
    if known is not None:
        return known
    from countdown.config import load  # Deferred: a file that has not changed needs no TOML parser.

    return load.load_settings(now)


def _is_terminal_output() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _wants_sentences() -> bool:
    """True if ACCESSIBLE is set, which some other programs support too."""
    return os.environ.get("ACCESSIBLE", "").lower() not in ("", "0", "false")


def _writes_unicode() -> bool:
    """True unless stdout is in an encoding that lacks most letters."""
    encoding = sys.stdout.encoding if sys.stdout is not None else "utf-8"
    return (encoding or "").lower().startswith("utf")


def _draw_progress(phase: str, done: int, total: int) -> None:
    from countdown.cli import progress  # Deferred: a fresh index needs no build.

    progress.report(phase, done, total)


def _announce_progress(phase: str, done: int, total: int) -> None:
    from countdown.cli import progress

    progress.announce(phase, done, total)


class Sourced(NamedTuple):
    """The *value* of a setting, empty if there is none, and its *origin*."""

    value: str
    origin: str


def _setting(options: SharedOptions, name: str, configured: str | None = None) -> Sourced:
    """The value of the option *name*, else of its environment variable, else of config.toml."""
    value: str | None = getattr(options, name)
    if value is not None:
        return Sourced(value, "--" + name.replace("_", "-"))
    variable = _VARIABLES[name]
    from_environment = os.environ.get(variable, "")
    if configured and not from_environment:
        return Sourced(configured, CONFIG)
    return Sourced(from_environment, variable)


def region_origin(ctx: click.Context, current: Session) -> str:
    """The source of the region: `COUNTDOWN_REGION`, `LANG`; empty if there is no region."""
    setting = _setting(shared_options(ctx), "region", current.settings.region)
    locale = next((name for name in _LOCALE if os.environ.get(name)), "")
    return setting.origin if setting.value else locale if current.region else ""


def timezone_origin(ctx: click.Context, current: Session) -> str:
    """The source of the time zone: `config.toml`, `TZ`, `the system`."""
    setting = _setting(shared_options(ctx), "timezone", current.settings.timezone)
    return setting.origin if setting.value else "TZ" if os.environ.get("TZ") else "the system"


def _now(day: Sourced, zone: Sourced, *, is_silent: bool) -> Moment:
    """The moment to answer for: the start of *day*, else the present. Raises UsageError."""
    clock = datetime.fromtimestamp(time.time(), UTC)
    if not zone.value and not day.value:
        return Moment.at(clock)
    from countdown.cli import date_arguments  # Deferred: 10 ms, and seldom needed.

    tz = date_arguments.parse_zone(zone.value, origin=zone.origin) if zone.value else None
    now = Moment.at(clock, tz)
    if not day.value:
        return now
    return date_arguments.parse_moment(day.value, now, origin=day.origin, is_silent=is_silent)


def _region(setting: Sourced) -> str | None:
    """The country code of *setting*, else that of the locale. Raises UsageError."""
    from countdown.core.regions import REGIONS, parse_region  # Deferred: 1 ms.

    code, origin = setting
    if not code:
        region = environment.locale_region()
        return region if region in REGIONS else None
    try:
        return parse_region(code)
    except ValueError as error:
        raise UsageError(about(origin, str(error))) from None


def catalogue_files(ctx: click.Context) -> CatalogueFiles:
    """The catalogue files of --catalogue, else of the environment, else the default ones."""
    files = shared_options(ctx).catalogue
    if files:
        return CatalogueFiles(tuple(map(paths.absolute, files)))
    return CatalogueFiles(*environment.catalogues())
