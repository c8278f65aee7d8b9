"""config.toml, changed: checked before and after, comments and layout kept, never lost.

Every change is made alone and in one step. It is made twice, in the text by tomlkit and in the
plain values, and only if the new text says just these is it written.
"""

import os
from collections.abc import Callable, Sequence
from copy import deepcopy
from typing import Any, Final

from countdown import files, paths
from countdown.catalogue import layout, toml, trivia
from countdown.catalogue.locate import Places
from countdown.catalogue.safely import KEPT, safely
from countdown.config import load
from countdown.config.keys import found_in
from countdown.config.settings import Follows
from countdown.core.text import fold, visible
from countdown.errors import ConfigError

_LOOK: Final = "countdown config list"
_BY_HAND: Final = "this can't be changed in its place; change it by hand: countdown config edit"

Value = str | list[str]


class Draft:
    """The text of a config.toml that is in order, and the same as plain tables."""

    def __init__(self, path: str, data: bytes) -> None:
        text, self._layout = layout.taken(path, data, ConfigError)
        self._text = trivia.ended(text)
        self.plain = toml.parsed(path, self._text, ConfigError)

    def get(self, key: str) -> Any:
        """What it says of *key*; None if nothing."""
        return found_in(self.plain, key)

    def put(self, key: str, value: Value) -> None:
        """Let *key* be *value*."""
        import tomlkit  # Deferred, as below: 60 ms, and only a change needs it.

        section, _, name = key.rpartition(".")
        known = self.get(key)
        if isinstance(known, list) and isinstance(value, list) and self._amended(key, known, value):
            return
        new, before = known is None, dict(self.plain)
        (self.plain.setdefault(section, {}) if section else self.plain)[name] = deepcopy(value)
        if new and not section:
            line = tomlkit.dumps({name: value})
            self._text = _on_top(self._text, before, line)
            return
        document: Any = tomlkit.parse(self._text)
        if section and section not in document:
            document[section] = tomlkit.table()
        table = document[section] if section else document
        tail = trivia.tail_of(table) if new else []
        table[name] = value
        if tail:
            table.value.body.extend(tail)
        self._text = tomlkit.dumps(document)

    def _amended(self, key: str, known: list[str], value: list[str]) -> bool:
        """Make the list *known* at *key* be *value* name by name; False if that is not simply done.

        So what is noted beside the names that stay is kept.
        """
        staying = [name for name in known if name in value]
        if not staying or value[: len(staying)] != staying:
            return False
        for index in reversed([n for n, name in enumerate(known) if name not in value]):
            self.remove(key, index)
        for name in value[len(staying) :]:
            self.append(key, name)
        return True

    def drop(self, key: str) -> None:
        """Say nothing more of *key*."""
        section, _, name = key.rpartition(".")
        self._both(section, lambda table: table.pop(name))

    def append(self, key: str, name: str) -> None:
        """Put *name* at the end of the list *key*, which is there."""
        array = Places(self._text).array(tuple(key.split(".")))
        longer = array and trivia.appended(self._text, array, name)
        if longer:
            self._text = longer
            self.get(key).append(name)
        else:
            self._both(key, lambda names: names.append(name))

    def remove(self, key: str, index: int) -> None:
        """Take the name at *index* out of the list *key*."""
        self._both(key, lambda names: names.pop(index))

    def _both(self, key: str, alter: Callable[[Any], object]) -> None:
        """Let *alter* change what stands at *key*, in the text and in the plain tables."""
        import tomlkit

        document: Any = tomlkit.parse(self._text)
        for tables in (self.plain, document):
            for part in filter(None, key.split(".")):
                tables = tables[part]
            alter(tables)
        self._text = tomlkit.dumps(document)

    def data(self) -> bytes:
        """The changed text as bytes. Raises ValueError if it says anything but was asked."""
        try:
            said = toml.parsed("", self._text, ConfigError)
        except ConfigError as error:  # tomlkit puts a comma into a comment.
            raise ValueError(self._text) from error
        if _said(said) != _said(self.plain):
            raise ValueError(self._text)
        return self._layout.data(self._text)


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
                if known is None:
                    draft.put(key, [name])
                else:
                    draft.append(key, name)

    change(alter)
    return tuple(new)


def unfollow(follows: Follows) -> None:
    """Follow none of *follows* any more."""

    def alter(draft: Draft) -> None:
        for sort, name in follows:
            key = f"follow.{sort}"
            while (index := _index(draft.get(key) or [], name)) is not None:
                draft.remove(key, index)

    change(alter)


def change(alter: Callable[[Draft], None]) -> None:
    """Let *alter* change config.toml. Raises ConfigError; then it is what it was."""
    path, state = places()
    with safely(path, look=_LOOK, error=ConfigError), files.alone(state):
        before = load.content(path) if os.path.lexists(path) else None
        load.settings(path, before or b"")
        draft = Draft(path, before or b"")
        try:
            alter(draft)
            after = draft.data()
        except (LookupError, TypeError, ValueError):  # tomlkit's own errors are among these.
            raise ConfigError(visible(f"{path}: {_BY_HAND}"), KEPT) from None
        load.settings(path, after)
        if draft.plain != toml.parsed(path, (before or b"").decode("utf-8-sig"), ConfigError):
            files.replace(path, after, known=before)


def rewrite(data: bytes, *, known: bytes | None) -> None:
    """Make *data*, which is in order, config.toml, if that still is what was *known* of it.

    Raises ConfigError.
    """
    path, state = places()
    with safely(path, look=_LOOK, error=ConfigError), files.alone(state):
        files.replace(path, data, known=known)


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


def _on_top(text: str, plain: dict[str, Any], line: str) -> str:
    """*text*, which says *plain*, with *line* after its own keys, before any table."""
    lines = trivia.lines_of(text)
    found = [Places(text).of((name,))[0] - 1 for name, one in plain.items() if type(one) is dict]
    headers = [number for number in found if lines[number].lstrip().startswith("[")]
    if not headers:
        return text + line
    above = [one.strip() for one in lines[: min(headers)]]
    keys = max((n for n, one in enumerate(above, 1) if one and one[0] != "#"), default=0)
    # Without a key, it stands before what is noted right above the table.
    at = keys or max((n for n, one in enumerate(above, 1) if not one), default=0)
    gap = "" if lines[at : at + 1] == ["\n"] else "\n"
    return "".join([*lines[:at], line, gap, *lines[at:]])
