"""config.toml → settings: read and checked, every problem told at once."""

from typing import Any, Final

from countdown import paths
from countdown.catalogue.readers import Problems
from countdown.config import cached, keys
from countdown.config.settings import FOLLOW_SORTS, Settings
from countdown.errors import ConfigError
from countdown.toml import parse

LARGEST_FILE: Final = 1024**2  # bytes; a thousand names take about 20 KB

_HINT: Final = "it has to be a file that you may read"


def current(now: int) -> Settings:
    """The user's settings, compiled for the next time if that can be. Raises ConfigError.

    *now* is POSIX time in ns.
    """
    path = paths.config_file()
    seen = path and parse.state(path, hint=_HINT, error=ConfigError)
    if not path or not seen:
        return Settings()
    found = settings(path, content(path))
    cached.save(found, path, seen, now)
    return found


def content(path: str) -> bytes:
    """The bytes of the settings' file *path*. Raises ConfigError."""
    return parse.content(path, most=LARGEST_FILE, hint=_HINT, error=ConfigError)


def settings(path: str, data: bytes) -> Settings:
    """What *data*, the bytes of the file *path*, says. Raises ConfigError with every problem."""
    found = values(path, data)
    follows = tuple(
        (sort, name) for sort in FOLLOW_SORTS for name in found.pop(f"follow.{sort}", ())
    )
    return Settings(**{key.replace(".", "_"): found[key] for key in found}, follows=follows)


def values(path: str, data: bytes) -> dict[str, Any]:
    """The value of each key that *data*, the bytes of the file *path*, has. Raises ConfigError."""
    document = parse.decoded(path, data, ConfigError)
    problems: Problems = []
    found = keys.check(parse.parsed(path, document, ConfigError), problems)
    lines = parse.told(path, document, problems)
    if lines:
        raise ConfigError(*lines)
    return found
