"""The user's keys for sources: read when they are needed, and kept nowhere."""

import os
import stat
import subprocess
from typing import Final

from countdown import files, paths
from countdown.config.source_settings import SourceSetting
from countdown.core.text import escape_hostile

_MAX_SIZE: Final = 4096  # bytes of a key and what may stand below it
_PATIENCE: Final = 120  # seconds; a command can ask for a passphrase


class MissingKeyError(ValueError):
    """A key can't be had. The text says why, for users, and has nothing of the key."""


def read_key(source: SourceSetting) -> str | None:
    """The key for *source*; None if it has none. Raises MissingKeyError.

    It is the first line of a file or of what a command prints.
    """
    if source.key_variable is not None:
        key, where = os.environ.get(source.key_variable, ""), f"The variable {source.key_variable}"
    elif source.key_command is not None:
        key, where = _from_command(source.key_command), source.key_command[0]
    elif source.key_file is not None:
        key, where = _from_file(source.key_file), source.key_file
    else:
        return None
    key = key.lstrip("\ufeff").strip().partition("\n")[0].strip()
    if not key:
        raise MissingKeyError(escape_hostile(f"{where} has no key."))
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise MissingKeyError(escape_hostile(f"{where} has something that can't be a key."))
    return key


def _from_command(command: tuple[str, ...]) -> str:
    """What *command* prints. Its own complaints aren't shown: they could repeat the key."""
    name, hint = command[0], "Run it yourself to see why"
    try:
        done = subprocess.run(  # noqa: S603 - config.toml is the user's own
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise MissingKeyError(escape_hostile(f"{name} printed no key in time. {hint}.")) from None
    except (OSError, ValueError) as error:
        what = getattr(error, "strerror", None) or "it can't be run"
        raise MissingKeyError(escape_hostile(f"{name}: {what}.")) from None
    if done.returncode:
        what = f"{name} failed with exit code {done.returncode}. {hint}."
        raise MissingKeyError(escape_hostile(what))
    return done.stdout[:_MAX_SIZE].decode("utf-8", "replace")


def _from_file(name: str) -> str:
    """The text of the file *name*, which this user alone can read."""
    path = os.path.expanduser(name)
    try:
        with files.open_regular(path) as file:
            mode = os.fstat(file.fileno())
            data = file.read(_MAX_SIZE)
    except OSError as error:
        raise MissingKeyError(escape_hostile(f"{name}: {error.strerror}.")) from None
    if os.name != "nt" and stat.S_IMODE(mode.st_mode) & 0o077:
        raise MissingKeyError(escape_hostile(f"Others can read {name}. Run: chmod 600 {name}"))
    if not paths.is_writable_by_user_alone(mode):
        raise MissingKeyError(escape_hostile(f"{name} belongs to another user."))
    return data.decode("utf-8", "replace")
