"""config.toml, edited: checked before and after, comments and layout kept, never lost.

Every change is made alone and in one step. It is made twice, in the text and in the plain values,
and only if the new text says just these is it written.
"""

import os
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, Final

from countdown import files, paths
from countdown.catalogue.os_errors import NOTHING_CHANGED, os_errors_as
from countdown.config import load
from countdown.config.keys import value_in
from countdown.config.settings import Follows
from countdown.core.text import escape_hostile, fold
from countdown.errors import ConfigError
from countdown.toml import edit, file_style, parse

_LOOK: Final = "countdown config list"
_BY_HAND: Final = "this can't be changed in its place; change it by hand: countdown config edit"

Value = str | list[str]


class Draft:
    """The text of a config.toml that is in order, and the same as plain tables."""

    def __init__(self, path: str, data: bytes) -> None:
        text, self._style = file_style.taken(path, data, ConfigError)
        self._text = edit.ends_line(text)
        self.plain = deepcopy(
            parse.parsed(path, parse.decoded(path, data, ConfigError), ConfigError)
        )

    def get(self, key: str) -> Any:
        """What it says of *key*; None if nothing."""
        return value_in(self.plain, key)

    def put(self, key: str, value: Value) -> None:
        """Let *key* be *value*; comments beside the names of a list that stay are kept."""
        section, _, name = key.rpartition(".")
        if section and section not in self.plain:
            self._text = edit.with_table(self._text, section, {name: value}, row=False)
        else:
            self._text = edit.with_value(self._text, tuple(key.split(".")), value)
        table = self.plain.setdefault(section, {}) if section else self.plain
        table[name] = deepcopy(value)

    def drop(self, key: str) -> None:
        """Say nothing more of *key*."""
        section, _, name = key.rpartition(".")
        del (self.plain[section] if section else self.plain)[name]
        self._text = edit.without(self._text, tuple(key.split(".")))

    def data(self) -> bytes:
        """The changed text as bytes. Raises ValueError if it says anything but was asked."""
        try:
            said = parse.parsed("", self._text, ConfigError)
        except ConfigError as error:
            raise ValueError(self._text) from error
        if _said(said) != _said(self.plain):
            raise ValueError(self._text)
        return self._style.data(self._text)


def set_value(key: str, value: Value) -> None:
    """Let *key* be *value*, which is in order. Raises ConfigError, as all of these do."""
    change(lambda draft: draft.put(key, value))


def unset(key: str) -> bool:
    """Say nothing more of *key*; whether anything was said."""
    found = []

    def alter(draft: Draft) -> None:
        if draft.get(key) is not None:
            found.append(key)
            draft.drop(key)

    change(alter)
    return bool(found)


def follow(follows: Follows) -> Follows:
    """Follow those of *follows* that were not followed already, which are returned."""
    new = []

    def alter(draft: Draft) -> None:
        for sort, name in follows:
            key = f"follow.{sort}"
            known = draft.get(key)
            if _index(known or [], name) is None:
                new.append((sort, name))
                draft.put(key, [*(known or []), name])

    change(alter)
    return tuple(new)


def unfollow(follows: Follows) -> None:
    """Follow none of *follows* any more."""

    def alter(draft: Draft) -> None:
        for sort in dict(follows):
            key = f"follow.{sort}"
            gone = {fold(name) for other, name in follows if other == sort}
            known = draft.get(key) or []
            kept = [name for name in known if fold(name) not in gone]
            if kept != known:
                draft.put(key, kept)

    change(alter)


def change(alter: Callable[[Draft], None]) -> None:
    """Let *alter* change config.toml. Raises ConfigError; then it is what it was."""
    path, state = places()
    with (
        os_errors_as(path, look=_LOOK, error=ConfigError),
        files.exclusive_lock(state),
        parse.once(),
    ):
        before = load.content(path) if os.path.lexists(path) else None
        load.settings(path, before or b"")
        draft = Draft(path, before or b"")
        try:
            alter(draft)
            after = draft.data()
        except (LookupError, TypeError, ValueError):  # It is written as nobody has foreseen.
            raise ConfigError(escape_hostile(f"{path}: {_BY_HAND}"), NOTHING_CHANGED) from None
        load.settings(path, after)
        if draft.plain != parse.parsed(path, (before or b"").decode("utf-8-sig"), ConfigError):
            files.replace(path, after, expected=before)


def rewrite(data: bytes, *, known: bytes | None) -> None:
    """Make *data*, which is in order, config.toml, if that still is what was *known* of it.

    Raises ConfigError.
    """
    path, state = places()
    with os_errors_as(path, look=_LOOK, error=ConfigError), files.exclusive_lock(state):
        files.replace(path, data, expected=known)


def places() -> tuple[str, str]:
    """The path of config.toml and the state folder. Raises ConfigError where there is no home."""
    path, state = paths.config_file(), paths.state_folder()
    if path is None or state is None:
        raise ConfigError("there is no home folder for your settings; set HOME")
    return path, state


def _index(names: Sequence[str], name: str) -> int | None:
    """Where *name* stands among *names*, however it is written there."""
    folded = [fold(one) for one in names]
    return folded.index(fold(name)) if fold(name) in folded else None


def _said(tables: dict[str, Any]) -> dict[str, Any]:
    """*tables* without those that say nothing: after `follow.title = []` is gone there is none."""
    return {key: value for key, value in tables.items() if value != {}}
