"""The memo: one answer of the prompt in a file, with all that can make it wrong. Plain data.

    countdown-memo 1
    asked (...)                           what was asked for, as ascii() writes it
    until 1790000000                      POSIX time from which on it is wrong
    watch 5120 1656892800000000000 42 /home/ana/.local/share/countdown/releases.toml
    absent /home/ana/.config/no-such-file
    text Thor: Love and Thunder 3d        one for each line; none where nothing is ahead
    end

The shells read this too, with nothing but their builtins: see init.bash. To them a file that is
watched has changed if it is not older than the memo, so the memo bears the time at which its
making began. Its name ends in that time: a memo is never changed, but replaced by a newer one, and
who holds on to an old one sees that it is gone.
"""

import os
from binascii import crc32

from countdown import private
from countdown.paths import Stamp, stamp

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

HEADER: "Final" = "countdown-memo 1"
MOST: "Final" = private.MOST
_LINES: "Final" = 65  # with the empty one after the last
_SECOND: "Final" = 1_000_000_000  # ns
_GRAIN: "Final" = 2  # s: the coarsest modification times in use, those of FAT
_SHORT: "Final" = 60  # s that a memo lasts where a watched file tells nothing of its changes
_OLD: "Final" = 7 * 86_400 * _SECOND  # ns after which nobody will ask for a memo any more

Watched = list[tuple[str, Stamp | None]]  # path, and its state before it was read


def find(folder: str, asked: str, now: int, *, most: int = 8192) -> tuple[str, str] | None:
    """Path and text of the memo in *folder* that answers *asked*, if it still holds.

    *now* is POSIX time in ns. Damaged, foreign and untrustworthy memos are as good as none, and so
    is one of more than *most* characters or 64 lines, which is what the shells read. With *most* at
    MOST, the text is taken as it is; else it has no character that a terminal must not be sent.
    """
    try:
        names = os.listdir(folder)
    except OSError:
        return None
    stem = _stem(asked)
    for name in sorted(names, reverse=True):
        made = name.removeprefix(stem)
        if made.isdecimal() and made.isascii() and int(made) <= now:
            path = os.path.join(folder, name)
            text = _holding(_lines(path), asked, now)
            if text is not None and len(text) <= most and (most == MOST or _plain(text)):
                return path, text
    return None


def _stem(asked: str) -> str:
    """What the names of the memos for *asked* begin with; the time of their making follows."""
    return f"prompt-{crc32(asked.encode('ascii')):08x}."


def _lines(path: str) -> list[str]:
    """The lines of the memo *path*; none if it is not a file of this user's alone."""
    data = private.read(path)
    return [] if data is None else data.decode("utf-8", "surrogateescape").split("\n")


def _holding(lines: list[str], asked: str, now: int) -> str | None:
    """The text of a memo of these *lines* if it is whole, answers *asked* and still holds."""
    if lines[-2:] != ["end", ""] or lines[:2] != [HEADER, f"asked {asked}"] or len(lines) > _LINES:
        return None
    text = []
    for line in lines[2:-2]:
        word, _, rest = line.partition(" ")
        if word == "text":
            text.append(rest)
        elif not _true(word, rest, now):
            return None
    return "\n".join(text)


def _plain(text: str) -> bool:
    return text.replace("\n", "").isprintable()


def _true(word: str, rest: str, now: int) -> bool:
    """Whether what the line *word* *rest* says is so."""
    if word == "until":
        return len(rest) < 15 and rest.isdecimal() and now < int(rest) * _SECOND
    if word == "absent":
        return not os.path.lexists(rest)
    size, modified, inode, path = (rest.split(" ", 3) + [""] * 4)[:4]
    seen = stamp(path)
    return word == "watch" and seen is not None and [size, modified, inode] == [*map(str, seen)]


def write(
    folder: str, asked: str, text: str, *, made: int, until: int, watched: Watched
) -> str | None:
    """Put *text*, the answer to *asked*, into a memo in *folder*; its path, or None if it can't.

    *made* is POSIX time in ns, from before the *watched* files were looked at; *until* in s.
    """
    moment = made // _SECOND
    lines = [HEADER, f"asked {asked}", ""]
    for path, seen in watched:
        if not path.isprintable():  # It has no line to stand in.
            until = min(until, moment + _SHORT)
        elif seen is None:
            lines.append(f"absent {path}")
        elif seen[1] >= made + _SECOND:  # Of a time to come: it looks changed to every shell.
            until = min(until, moment + _SHORT)
        else:
            if seen[1] + _GRAIN * _SECOND > made:  # It could change again at its present time.
                until = min(until, moment + _GRAIN + 1)
            lines.append(f"watch {seen[0]} {seen[1]} {seen[2]} {path}")
    lines[2] = f"until {until}"
    lines += [f"text {line}" for line in text.split("\n")] if text else []
    data = "\n".join([*lines, "end", ""]).encode("utf-8", "surrogateescape")
    path = os.path.join(folder, f"{_stem(asked)}{made:020}")
    try:
        private.put(path, data, at=made)
    except OSError:
        return None
    _sweep(folder, os.path.basename(path), made)
    return path


def _sweep(folder: str, newest: str, now: int) -> None:
    """Remove the memos that *newest* replaces, and all that nobody has asked for in a week."""
    stem = newest[: newest.index(".") + 1]
    for name in os.listdir(folder):
        if name.startswith("prompt-"):
            path = os.path.join(folder, name)
            replaced = name.startswith(stem) and name < newest
            try:
                if replaced or os.lstat(path).st_mtime_ns < now - _OLD:
                    os.unlink(path)
            except OSError:
                pass  # Somebody else has swept it, or it is no memo.
