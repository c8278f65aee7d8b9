"""Cache files: plain text, written whole or not at all, ignored if others could have written them.

    countdown-cache 1
    key ('0.1.0', ...)                    what the text depends on besides files and the time
    until 1790000000                      POSIX time in s at which the text goes out of date
    watch 5120 1656892800000000000 42 /home/ana/.local/share/countdown/releases.toml
    absent /home/ana/.config/no-such-file
    text Thor: Love and Thunder 3d        one line for each of the text; none if it is empty
    end 0badcafe                          checksum of all lines above

The prompt's answers, the names for Tab and the compiled settings are cached like this. The shells
read the prompt's files too, with nothing but their builtins: see prompt/init.bash. To them a
watched file has changed if it is not older than the cache file, so a cache file gets the time at
which its making began. Its name ends in that time: a cache file is never changed, but replaced by
a newer one, and a shell that still has the old path sees that the file is gone.
"""

import os
import stat
from binascii import crc32
from itertools import pairwise

from countdown.paths import is_writable_by_user_alone, make_folder
from countdown.stamps import CLOCK_GRAIN_NS, Stamp, stamp
from countdown.version import VERSION

HEADER = "countdown-cache 1"
MAX_SIZE = 16_777_216  # bytes; a longer file was not written here
FILE_CLOCK_LAG_NS = 20_000_000  # maximum by which times of files are behind the clock
NEVER = 99_999_999_999_999  # for *until*: depends on files only
_KINDS = ("prompt-", "names-", "settings-", "terminal-")  # what the names of cache files start with
_SECOND_NS = 1_000_000_000
_CHECK_SECONDS = 60  # that a cache file lasts if it depends on a file that can't be watched
_MAX_AGE_NS = 7 * 86_400 * _SECOND_NS  # after which a cache file is removed and made again
_END_LENGTH = len("end 0badcafe\n")
_CATALOGUE = "--catalogue"
_ENVIRONMENT = (  # all variables that an answer can depend on
    *("COUNTDOWN_TODAY", "COUNTDOWN_REGION", "COUNTDOWN_TIMEZONE", "COUNTDOWN_CATALOGUE"),
    *(
        "TZ",
        "LC_ALL",
        "LC_CTYPE",
        "LC_MESSAGES",
        "LC_TIME",
        "LANG",
        "LANGUAGE",
        "HOME",
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_STATE_HOME",
    ),
)
# Windows lacks most of these flags.
_READ_FLAGS = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
)
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)

WatchedFiles = list[tuple[str, Stamp | None]]  # path, and its stamp before it was read


def answer_key(words: list[str]) -> str:
    """The key of the answer to *words* of a command line: everything it depends on, in ASCII.

    except files and the time.
    """
    environment = [os.environ.get(name) for name in _ENVIRONMENT]
    files = [text for option, text in pairwise(words) if option == _CATALOGUE]
    files += [word[len(_CATALOGUE) + 1 :] for word in words if word.startswith(f"{_CATALOGUE}=")]
    files += (os.environ.get("COUNTDOWN_CATALOGUE") or "").split(os.pathsep)
    folder = "" if all(os.path.isabs(file) for file in files if file) else _working_folder()
    return ascii((VERSION, os.path.dirname(__file__), folder, *environment, *words))


def _working_folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # It has been removed.
        return ""


def find(folder: str, kind: str, key: str, now: int) -> tuple[str, str] | None:
    """Path and text of the newest valid cache file of that *kind* and *key*; None without one.

    *now* is POSIX time in ns. Damaged files and those that others can write are skipped.
    """
    try:
        names = os.listdir(folder)
    except OSError:
        return None
    prefix = _prefix(kind, key)
    for name in sorted(names, reverse=True):
        made = name.removeprefix(prefix)
        if made.isdecimal() and made.isascii() and int(made) <= now:
            path = os.path.join(folder, name)
            text = _valid_text(read_file(path) or b"", key, now)
            if text is not None:
                return path, text
    return None


def _prefix(kind: str, key: str) -> str:
    """The start of the names of the cache files for *key*; their creation time follows."""
    return f"{kind}-{crc32(key.encode('ascii')):08x}."


def _valid_text(data: bytes, key: str, now: int) -> str | None:
    """The text of the cache file *data*; None if it is damaged, out of date or of another key."""
    checked = memoryview(data)[:-_END_LENGTH]
    if data[-_END_LENGTH:] != _end(checked):
        return None
    lines = checked.tobytes().decode("utf-8", "surrogateescape").split("\n")
    if lines[:2] != [HEADER, f"key {key}"]:
        return None
    text = []
    for line in lines[2:-1]:
        word, _, rest = line.partition(" ")
        if word == "text":
            text.append(rest)
        elif not _is_true(word, rest, now):
            return None
    return "\n".join(text)


def _end(checked: "bytes | memoryview") -> bytes:
    """The last line of a cache file, after the bytes *checked*."""
    return b"end %08x\n" % crc32(checked)


def _is_true(word: str, rest: str, now: int) -> bool:
    """Check the condition on the line *word* *rest*; an unknown one is never true."""
    if word == "until":
        return len(rest) < 15 and rest.isdecimal() and now < int(rest) * _SECOND_NS
    if word == "absent":
        return not os.path.lexists(rest)
    size, modified, inode, path = (rest.split(" ", 3) + [""] * 4)[:4]
    state = stamp(path)
    return word == "watch" and state is not None and [size, modified, inode] == [*map(str, state)]


def write(
    folder: str,
    kind: str,
    key: str,
    text: str,
    *,
    made: int,
    watched: WatchedFiles,
    until: int = NEVER,
) -> str | None:
    """Write *text* to a new cache file in *folder*, and return its path; None if that fails.

    *made* is the POSIX time in ns before the *watched* files were read, *until* one in s.
    """
    made_second = made // _SECOND_NS
    lines = [HEADER, f"key {key}", ""]
    for path, state in watched:
        if not path.isprintable():  # A line break in it would forge a line.
            until = min(until, made_second + _CHECK_SECONDS)
        elif state is None:
            lines.append(f"absent {path}")
        elif state[1] >= made + _SECOND_NS:  # In the future: shells would see a change every time.
            until = min(until, made_second + _CHECK_SECONDS)
        else:
            if state[1] + CLOCK_GRAIN_NS > made:  # It could change again and keep its time.
                until = min(until, made_second + CLOCK_GRAIN_NS // _SECOND_NS + 1)
            lines.append(f"watch {state[0]} {state[1]} {state[2]} {path}")
    lines[2] = f"until {until}"
    lines += [f"text {line}" for line in text.split("\n")] if text else []
    data = "\n".join([*lines, ""]).encode("utf-8", "surrogateescape")
    path = os.path.join(folder, f"{_prefix(kind, key)}{made:020}")
    try:
        write_file(path, data + _end(data), at=made)
    except OSError:
        return None
    _sweep(folder, os.path.basename(path), made)
    return path


def discard(folder: str, *kinds: str) -> None:
    """Remove the cache files of these *kinds* from *folder*; errors are ignored."""
    starts = tuple([f"{kind}-" for kind in kinds])
    try:
        for name in os.listdir(folder):
            if name.startswith(starts):
                os.unlink(os.path.join(folder, name))
    except OSError:
        pass  # Another process has removed it, or it isn't a file.


def _sweep(folder: str, newest: str, now: int) -> None:
    """Remove the cache files in *folder* that *newest* replaces, and all older than a week."""
    prefix = newest[: newest.index(".") + 1]
    for name in os.listdir(folder):
        if name.startswith(_KINDS):
            path = os.path.join(folder, name)
            replaced = name.startswith(prefix) and name < newest
            try:
                if replaced or os.lstat(path).st_mtime_ns < now - _MAX_AGE_NS:
                    os.unlink(path)
            except OSError:
                pass  # Another process has removed it, or it isn't a file.


def read_file(path: str) -> bytes | None:
    """The bytes of the file *path*; None if it can't be read, or if others can write it."""
    try:
        handle = os.open(path, _READ_FLAGS)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        if not is_writable_by_user_alone(status) or not stat.S_ISREG(status.st_mode):
            return None
        return os.read(handle, status.st_size) if status.st_size <= MAX_SIZE else None
    except OSError:
        return None
    finally:
        os.close(handle)


def write_file(path: str, data: bytes, *, at: int) -> None:
    """Replace the file *path* by one with *data* and the modification time *at*, in POSIX ns.

    Its folder is made if it is missing. Raises OSError, also if others can write to the folder.
    """
    folder = os.path.dirname(path)
    make_folder(folder)
    if not is_writable_by_user_alone(os.stat(folder)):
        raise PermissionError(folder)
    draft = f"{path}.{os.getpid()}"
    try:
        handle = os.open(draft, _WRITE_FLAGS, 0o600)
        try:
            if len(data) > MAX_SIZE or os.write(handle, data) != len(data):
                raise OSError(path)
        finally:
            os.close(handle)
        os.utime(draft, ns=(at, at))
        os.replace(draft, path)
    except OSError:
        try:
            os.unlink(draft)
        except OSError:
            pass
        raise
