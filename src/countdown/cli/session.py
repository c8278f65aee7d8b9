"""One run's circumstances: the clock, the region, the zone, the catalogue, the terminal."""

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any, NamedTuple, TypeVar

import click

from countdown import environment, paths
from countdown.config import memo
from countdown.config.settings import Follows, Settings
from countdown.core import day_style
from countdown.core.outlook import Moment
from countdown.errors import UsageError
from countdown.index import store
from countdown.index.freshness import CatalogueFiles
from countdown.views.view import ViewContext

Answer = TypeVar("Answer")


class Session(NamedTuple):
    """What a command needs to know before it can ask anything."""

    now: Moment
    region: str | None
    timezone: str | None  # its IANA name, where it is known
    layers: CatalogueFiles
    format: str | None
    no_color: bool
    stopped: bool  # whether *now* is a day that was asked for
    settings: Settings = Settings()
    records: bool = True  # whether what is seen and told is noted: not while one only asks
    no_pager: bool = False

    @property
    def follows(self) -> Follows:
        """What the user follows, each a sort of name and a name."""
        return self.settings.follows

    @property
    def with_default_format(self) -> "Session":
        """The same for an answer that is for people alone: config.toml's format is not for it."""
        return self._replace(format=None)

    @property
    def date_style(self) -> str:
        """The user's style of days."""
        return self.settings.date_style or day_style.DEFAULT

    @property
    def view_context(self) -> ViewContext:
        """The circumstances that every view of an answer needs."""
        return ViewContext(self.now, self.region, self.timezone, self.date_style)

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The answer of the index, which is built anew if it turns out to be damaged."""
        folder = paths.cache_folder()
        connection = connect(self.layers, folder, progress=_progress, record=self.records)
        try:
            return question(connection)
        except sqlite3.DatabaseError:
            connection.close()
            connection = connect(self.layers, None, progress=_progress, record=self.records)
            if folder is not None:
                store.discard(self.layers, folder=folder)
            return question(connection)
        finally:
            connection.close()


def connect(
    layers: CatalogueFiles,
    folder: str | None,
    *,
    progress: store.Progress | None = None,
    record: bool = True,
) -> sqlite3.Connection:
    """The index of *layers* in the cache folder *folder*; what a build finds changed is noted.

    Every command comes this way, so that no build of an index escapes the journal. Who asks about
    another day does not *record* it: the next one who asks about today does.
    """
    now, journal = time.time_ns(), paths.state_folder() if record else None
    return store.connect(layers, folder=folder, now=now, progress=progress, journal=journal)


def session(ctx: click.Context, configured: Settings | None = None) -> Session:
    """The session that options, environment, config.toml and system make, in this order.

    *configured* are settings to take for those of config.toml. Raises UsageError and ConfigError.
    """
    given: dict[str, Any] = ctx.find_root().ensure_object(dict)
    found = configured or settings()
    zone = _zone(given, found)
    stopped = bool(_setting(given, "as_of", "COUNTDOWN_TODAY")[0])
    return Session(
        now=_now(given, zone),
        region=_region(given, found),
        timezone=zone[0] or environment.system_zone(),
        layers=layers(ctx),
        format=given.get("format", found.format),
        no_color=given.get("no_color", False),
        stopped=stopped,
        settings=found,
        records=not stopped,
        no_pager=given.get("no_pager", False),
    )


def settings() -> Settings:
    """What config.toml says. Raises ConfigError."""
    now = time.time_ns()
    known = memo.known(now)
    if known is not None:
        return known
    from countdown.config import load  # Deferred: the TOML parser is for a file that has changed.

    return load.current(now)


def _progress(what: str, done: int, total: int) -> None:
    from countdown.cli import progress  # Deferred: an index that is fresh shows none.

    progress.tell(what, done, total)


def _setting(
    given: dict[str, Any], name: str, variable: str, configured: str | None = None
) -> tuple[str, str]:
    """The value of an option, else of its variable, else of config.toml, and what it is called."""
    if name in given:
        return given[name], "--" + name.replace("_", "-")
    named = os.environ.get(variable, "")
    return (configured, "config.toml") if configured and not named else (named, variable)


def _zone(given: dict[str, Any], settings: Settings) -> tuple[str, str]:
    return _setting(given, "timezone", "COUNTDOWN_TIMEZONE", settings.timezone)


def _now(given: dict[str, Any], zone_named: tuple[str, str]) -> Moment:
    zone, named_by = zone_named
    day, dated_by = _setting(given, "as_of", "COUNTDOWN_TODAY")
    clock = datetime.fromtimestamp(time.time(), timezone.utc)
    if not zone and not day:
        return Moment.at(clock)
    from countdown.cli import date_arguments  # Deferred: most ask as of now, in the system's zone.

    now = Moment.at(clock, date_arguments.zone(zone, origin=named_by) if zone else None)
    return date_arguments.as_of(day, now, origin=dated_by) if day else now


def _region(given: dict[str, Any], settings: Settings) -> str | None:
    code, origin = _setting(given, "region", "COUNTDOWN_REGION", settings.region)
    if not code:
        return environment.locale_region()
    from countdown.core.regions import REGIONS  # Deferred: the locale's is taken at its word.

    if code.upper() in REGIONS:
        return code.upper()
    hint = "write GB" if code.upper() == "UK" else "write two letters of ISO 3166-1, like US or BR"
    raise UsageError(f'{origin}: "{code}" is no region; {hint}')


def layers(ctx: click.Context) -> CatalogueFiles:
    """The catalogue files that the options name, else the environment, else the usual ones."""
    files: tuple[str, ...] = ctx.find_root().ensure_object(dict).get("catalogue", ())
    if files:
        return CatalogueFiles(tuple(map(paths.absolute, files)))
    return CatalogueFiles(*environment.catalogues())
