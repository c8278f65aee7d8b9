"""What the environment says of its user: language area, time zone, catalogue files."""

import os

from countdown import paths

TYPE_CHECKING = False  # The prompt comes this way: datetime is dear to it.
if TYPE_CHECKING:
    from datetime import tzinfo


def locale(category: str) -> str:
    """The locale of *category*, like `LC_TIME` (POSIX: LC_ALL, then that, then LANG), or empty."""
    named = (os.environ.get(name) for name in ("LC_ALL", category, "LANG"))
    return next((value for value in named if value), "")


def locale_region() -> str | None:
    """The territory of the locale by which days are written, or None."""
    territory = locale("LC_TIME").partition(".")[0].partition("@")[0].partition("_")[2]
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


def zone(name: str) -> "tzinfo":
    """The time zone *name* of the IANA database. Raises ValueError, which says what is meant."""
    from zoneinfo import ZoneInfo, available_timezones  # Deferred: only a named zone needs it.

    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        from difflib import get_close_matches

        near = get_close_matches(name, available_timezones(), n=1, cutoff=0.5)
        hint = f'did you mean "{near[0]}"?' if near else "name one like America/Sao_Paulo"
        raise ValueError(f'there is no time zone "{name}"; {hint}') from None


def catalogues() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The catalogue files in use, lowest first, and those of them that may be missing."""
    named = os.environ.get("COUNTDOWN_CATALOGUE", "")
    files = tuple(paths.absolute(path) for path in named.split(os.pathsep) if path)
    if files:
        return files, ()
    shipped, own = paths.shipped("releases.toml"), paths.own_catalogue()
    return ((shipped, own), (own,)) if own else ((shipped,), ())
