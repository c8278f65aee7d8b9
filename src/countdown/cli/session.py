"""One run's circumstances: the clock, the region, the zone, the catalogue, the terminal."""

import os
import sqlite3
import time
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any, NamedTuple, TypeVar

import click

from countdown import paths
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
        timezone=zone or system_zone(),
        layers=_layers(settings),
        format=settings.get("format"),
        no_color=settings.get("no_color", False),
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
        return locale_region()
    from countdown.core.regions import REGIONS  # Deferred: the locale's is taken at its word.

    if code.upper() in REGIONS:
        return code.upper()
    hint = "write GB" if code.upper() == "UK" else "write two letters of ISO 3166-1, like US or BR"
    raise UsageError(f'{origin}: "{code}" is no region; {hint}')


def locale_region() -> str | None:
    """The territory of the locale (POSIX: LC_ALL, then LC_TIME, then LANG), or None."""
    named = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    locale = next((value for value in named if value), "")
    territory = locale.partition(".")[0].partition("@")[0].partition("_")[2]
    return territory if len(territory) == 2 and territory.isupper() else None


def system_zone() -> str | None:
    """The IANA name of the system's time zone where it can be told: TZ, else /etc/localtime."""
    named = os.environ.get("TZ", "").removeprefix(":")
    if named:
        plain = named.replace("/", "").replace("_", "").replace("-", "").replace("+", "")
        return named if plain.isalnum() and plain.isascii() and not named.startswith("/") else None
    try:
        target = os.readlink("/etc/localtime")
    except OSError:
        return None
    return target.partition("/zoneinfo/")[2] or None


def _layers(settings: dict[str, Any]) -> Layers:
    files: tuple[str, ...] = settings.get("catalogue", ())
    if not files:
        named = os.environ.get("COUNTDOWN_CATALOGUE", "")
        files = tuple(path for path in named.split(os.pathsep) if path)
    if files:
        return Layers(tuple(os.path.abspath(path) for path in files))
    shipped, own = paths.shipped("releases.toml"), paths.own_catalogue()
    return Layers((shipped, own), (own,)) if own else Layers((shipped,))
