"""Caches the settings as plain lines, since a TOML parser is too slow for the prompt and Tab.

    region BR                             a setting without a value has no line
    person Chris Hemsworth                one line for each followed name
    source ["radarr", "calendar", …]      one line for each source, which only `sources` reads

The cache is valid until config.toml changes.
"""

from countdown import cache, paths, stamps
from countdown.config.settings import Settings
from countdown.stamps import CLOCK_GRAIN_NS, Stamp
from countdown.version import VERSION

_CACHE_KIND = "settings"
_SINGLE_SETTINGS = tuple(
    [name for name in Settings.__slots__ if name not in ("follows", "source_lines")]
)


def load(now: int) -> Settings | None:
    """The user's settings without reading config.toml; None if they aren't cached.

    *now* is POSIX time in ns. Without a config.toml, nothing is set. If it can't be checked,
    returns None: the caller then reads the file and raises the error.
    """
    path = paths.config_file()
    try:
        state = path and stamps.stamp_or_missing(path)
    except OSError:
        return None
    if not path or not state:
        return Settings()
    folder = paths.cache_folder()
    cached = folder and cache.find(folder, _CACHE_KIND, _key(path), now)
    if not cached:
        return None
    single = dict[str, str]()
    follows = []
    sources = []
    for line in filter(None, cached[1].split("\n")):
        word, _, rest = line.partition(" ")
        if word in _SINGLE_SETTINGS:
            single[word] = rest
        elif word == "source":
            sources.append(rest)
        else:
            follows.append((word, rest))
    return Settings(**single, follows=tuple(follows), sources=(), source_lines=tuple(sources))


def save(settings: Settings, path: str, state: Stamp, now: int) -> None:
    """Cache *settings*, read from the file *path* after its stamp was *state*, for `load`.

    *now* is POSIX time in ns. Since `config set` must take effect at once, a file that could change
    unnoticed isn't cached: one too young for its stamp to be trusted, or one that can't be watched.
    """
    folder = paths.cache_folder()
    if folder is None or state[1] + CLOCK_GRAIN_NS > now or not path.isprintable():
        return
    values = [(name, getattr(settings, name)) for name in _SINGLE_SETTINGS]
    lines = [f"{name} {value}" for name, value in values if value is not None]
    lines += [f"{sort} {name}" for sort, name in settings.follows]
    lines += [f"source {line}" for line in settings.source_lines]
    cache.write(
        folder, _CACHE_KIND, _key(path), "\n".join(lines), made=now, watched=[(path, state)]
    )


def _key(path: str) -> str:
    return ascii((VERSION, path))
