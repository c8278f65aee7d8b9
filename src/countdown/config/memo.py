"""The settings compiled to plain lines in the cache folder, for who can't wait for a TOML parser.

    countdown-settings 1 0.1.0            the program's version
    of 5120 1656892800000000000 42 '/home/ana/.config/countdown/config.toml'
    region BR                             what is not set has no line
    person Chris Hemsworth                one for each that is followed
    end 0badcafe                          a checksum of all before

It holds while config.toml is as it was when it was read. One that is damaged is as good as none.
"""

import os
from binascii import crc32

from countdown import paths, private
from countdown.config.settings import Settings
from countdown.paths import Stamp
from countdown.version import VERSION

TYPE_CHECKING = False  # The prompt and tab completion come this way without typing: see entry.
if TYPE_CHECKING:
    from typing import Final

HEADER: "Final" = f"countdown-settings 1 {VERSION}"
GRAIN: "Final" = 2_000_000_000  # ns: the coarsest modification times in use, those of FAT
_END: "Final" = len("end 0badcafe\n")
_SINGLE: "Final" = ("region", "timezone", "date_style", "format", "prompt_format")


def known(now: int) -> Settings | None:
    """The user's settings, if that can be told without reading config.toml.

    *now* is POSIX time in ns. Without a config.toml, nothing is set; where there may be one that
    can't be looked at, None leaves it to others to say so.
    """
    path = paths.config_file()
    try:
        seen = path and paths.stamp_or_missing(path)
    except OSError:
        return None
    if not path or not seen:
        return Settings()
    folder = paths.cache_folder()
    if folder is None or seen[1] + GRAIN > now:
        return None
    lines = _lines(_place(folder, path))
    if lines[:2] != [HEADER, _of(path, seen)]:
        return None
    single = dict[str, str]()
    follows = []
    for line in lines[2:]:
        word, _, rest = line.partition(" ")
        if word in _SINGLE:
            single[word] = rest
        else:
            follows.append((word, rest))
    return Settings(**single, follows=tuple(follows))


def note(settings: Settings, path: str, seen: Stamp, now: int) -> None:
    """Keep *settings*, read from the file *path* after it was *seen* so, for *known*.

    Nothing is kept of a file so young that it could change again and still look the same, nor
    where nothing can be written.
    """
    folder = paths.cache_folder()
    if folder is None or seen[1] + GRAIN > now:
        return
    found = [(name, getattr(settings, name)) for name in _SINGLE]
    lines = [f"{name} {value}" for name, value in found if value is not None]
    lines += [f"{sort} {name}" for sort, name in settings.follows]
    text = "\n".join([HEADER, _of(path, seen), *lines, ""])
    data = text.encode("utf-8", "surrogateescape")
    try:
        private.put(_place(folder, path), data + _sum(data))
    except OSError:
        pass  # Then they are read again.


def _place(folder: str, path: str) -> str:
    return os.path.join(folder, f"settings-{crc32(os.fsencode(path)):08x}")


def _of(path: str, seen: Stamp) -> str:
    return f"of {seen[0]} {seen[1]} {seen[2]} {path!a}"


def _lines(memo: str) -> list[str]:
    """The lines of the file *memo* but the last; none if it is not whole, or not this user's."""
    data = private.read(memo) or b""
    text, end = data[:-_END], data[-_END:]
    if end != _sum(text):
        return []
    return text.decode("utf-8", "surrogateescape").split("\n")[:-1]


def _sum(text: bytes) -> bytes:
    """The last line, by which it is seen if anything before it was cut off or changed."""
    return b"end %08x\n" % crc32(text)
