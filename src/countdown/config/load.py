"""Reads and checks config.toml; all problems are reported together."""

from typing import Any, Final

from countdown import paths
from countdown.catalogue.readers import Problems
from countdown.config import cached, keys
from countdown.config.settings import FOLLOW_SORTS, Settings
from countdown.errors import ConfigError
from countdown.toml import parse

MAX_FILE_SIZE: Final = 1024**2  # bytes; a thousand names take about 20 KB

_HINT: Final = "check that it is a file that you can read"


def load_settings(now: int) -> Settings:
    """The user's settings, cached for the next call if possible. Raises ConfigError.

    *now* is POSIX time in ns.
    """
    path = paths.config_file()
    stamp = path and parse.file_stamp(path, hint=_HINT, error=ConfigError)
    if not path or not stamp:
        return Settings()
    settings = parse_settings(path, content(path))
    cached.save(settings, path, stamp, now)
    return settings


def content(path: str) -> bytes:
    """The bytes of the settings file *path*. Raises ConfigError."""
    return parse.content(path, max_size=MAX_FILE_SIZE, hint=_HINT, error=ConfigError)


def parse_settings(path: str, data: bytes) -> Settings:
    """The settings in *data*, the bytes of the file *path*.

    Raises ConfigError with every problem.
    """
    values = parse_values(path, data)
    follows = tuple(
        (sort, name) for sort in FOLLOW_SORTS for name in values.pop(f"follow.{sort}", ())
    )
    sources = values.pop("source", ())
    single = {key.replace(".", "_"): values[key] for key in values}
    return Settings(**single, follows=follows, sources=sources)


def parse_values(path: str, data: bytes) -> dict[str, Any]:
    """The values by key in *data*, the bytes of the file *path*; the sources are `source`.

    Raises ConfigError with every problem.
    """
    document = parse.decode(path, data, ConfigError)
    problems: Problems = []
    values = keys.check(parse.parse_toml(path, document, ConfigError), problems)
    lines = parse.describe_problems(path, document, problems)
    if lines:
        raise ConfigError(*lines)
    return values
