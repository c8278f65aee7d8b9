"""One run's circumstances: the clock, the region, the zone, the catalogue, the terminal."""

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any, NamedTuple, TypeVar

import click

from countdown import environment, paths
from countdown.core.remaining import Moment
from countdown.errors import UsageError
from countdown.index import store
from countdown.index.freshness import Layers

Answer = TypeVar("Answer")


class Session(NamedTuple):
    """What a command needs to know before it can ask anything."""

    now: Moment
    region: str | None
    timezone: str | None  # its IANA name, where it is known
    layers: Layers
    format: str | None
    no_color: bool
    stopped: bool  # whether *now* is a day that was asked for

    @property
    def frame(self) -> dict[str, Any]:
        """What every view says about the circumstances of its answer."""
        return {"now": self.now, "region": self.region, "timezone": self.timezone}

    def ask(self, question: Callable[[sqlite3.Connection], Answer]) -> Answer:
        """The answer of the index, which is built anew if it turns out to be damaged."""
        folder, clock = paths.cache_folder(), time.time_ns()
        connection = store.connect(self.layers, folder=folder, now=clock, progress=_progress)
        try:
            return question(connection)
        except sqlite3.DatabaseError:
            connection.close()
            connection = store.connect(self.layers, folder=None, now=clock, progress=_progress)
            if folder is not None:
                store.discard(self.layers, folder=folder)
            return question(connection)
        finally:
            connection.close()


def session(ctx: click.Context) -> Session:
    """The session that options, environment and system make. Raises UsageError."""
    settings: dict[str, Any] = ctx.find_root().ensure_object(dict)
    zone, _ = _setting(settings, "timezone", "COUNTDOWN_TIMEZONE")
    return Session(
        now=_now(settings),
        region=_region(settings),
        timezone=zone or environment.system_zone(),
        layers=layers(ctx),
        format=settings.get("format"),
        no_color=settings.get("no_color", False),
        stopped=bool(_setting(settings, "as_of", "COUNTDOWN_TODAY")[0]),
    )


def _progress(what: str, done: int, total: int) -> None:
    from countdown.cli import progress  # Deferred: an index that is fresh shows none.

    progress.tell(what, done, total)


def _setting(settings: dict[str, Any], name: str, variable: str) -> tuple[str, str]:
    """The value of an option, else of its environment variable, and what an error calls it."""
    if name in settings:
        return settings[name], "--" + name.replace("_", "-")
    return os.environ.get(variable, ""), variable


def _now(settings: dict[str, Any]) -> Moment:
    zone, named_by = _setting(settings, "timezone", "COUNTDOWN_TIMEZONE")
    day, dated_by = _setting(settings, "as_of", "COUNTDOWN_TODAY")
    clock = datetime.fromtimestamp(time.time(), timezone.utc)
    if not zone and not day:
        return Moment.at(clock)
    from countdown.cli import moments  # Deferred: most ask as of now, in the system's zone.

    now = Moment.at(clock, moments.zone(zone, origin=named_by) if zone else None)
    return moments.as_of(day, now, origin=dated_by) if day else now


def _region(settings: dict[str, Any]) -> str | None:
    code, origin = _setting(settings, "region", "COUNTDOWN_REGION")
    if not code:
        return environment.locale_region()
    from countdown.core.regions import REGIONS  # Deferred: the locale's is taken at its word.

    if code.upper() in REGIONS:
        return code.upper()
    hint = "write GB" if code.upper() == "UK" else "write two letters of ISO 3166-1, like US or BR"
    raise UsageError(f'{origin}: "{code}" is no region; {hint}')


def layers(ctx: click.Context) -> Layers:
    """The catalogue files that the options name, else the environment, else the usual ones."""
    files: tuple[str, ...] = ctx.find_root().ensure_object(dict).get("catalogue", ())
    if files:
        return Layers(tuple(os.path.abspath(path) for path in files))
    return Layers(*environment.catalogues())
