"""Edits config.toml in place: it is checked before and after; comments and layout survive.

Each change is made under a lock and in one step, and saved beforehand so that it can be undone. It
is made twice, in the text and in the plain values, and the text is written only if it holds exactly
these values.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from copy import deepcopy
from typing import Any, Final

from countdown import files, paths
from countdown.catalogue import snapshots
from countdown.catalogue.os_errors import NOTHING_CHANGED, os_errors_as
from countdown.config import load
from countdown.config.keys import value_in
from countdown.config.settings import Follows
from countdown.core.text import escape_hostile, fold
from countdown.errors import ConfigError
from countdown.toml import edit, file_style, parse

_INSPECT_COMMAND: Final = "countdown config list"
_NOT_EDITABLE: Final = "This can't be changed in place. Change it by hand: countdown config edit"

Value = str | list[str]


class Draft:
    """The text of a valid config.toml, and its plain tables."""

    def __init__(self, path: str, data: bytes) -> None:
        text, self._style = file_style.split_style(path, data, ConfigError)
        self._text = edit.end_last_line(text)
        self.plain = deepcopy(
            parse.parse_toml(path, parse.decode(path, data, ConfigError), ConfigError)
        )

    def get(self, key: str) -> Any:
        """The value of *key*, or None."""
        return value_in(self.plain, key)

    def set(self, key: str, value: Value) -> None:
        """Set *key* to *value*; names of a list that stay keep their comments."""
        section, _, name = key.rpartition(".")
        if section and section not in self.plain:
            self._text = edit.append_table(self._text, section, {name: value}, row=False)
        else:
            self._text = edit.set_value(self._text, tuple(key.split(".")), value)
        table = self.plain.setdefault(section, {}) if section else self.plain
        table[name] = deepcopy(value)

    def unset(self, key: str) -> None:
        """Delete *key*."""
        section, _, name = key.rpartition(".")
        del (self.plain[section] if section else self.plain)[name]
        self._text = edit.remove(self._text, tuple(key.split(".")))

    def add_source(self, table: Mapping[str, Any]) -> None:
        """Append the `[[source]]` *table*."""
        self._text = edit.append_table(self._text, "source", table, row=True)
        self.plain.setdefault("source", []).append(dict(table))

    def discard_source(self, name: str) -> None:
        """Delete the `[[source]]` called *name*, if there is one."""
        for index, row in enumerate(self.plain.get("source", [])):
            if row["name"].strip() == name:
                self._text = edit.remove(self._text, ("source", index))
                del self.plain["source"][index]
                return

    def data(self) -> bytes:
        """The edited text as bytes. Raises ValueError if its values aren't the expected ones."""
        try:
            tables = parse.parse_toml("", self._text, ConfigError)
        except ConfigError as error:
            raise ValueError(self._text) from error
        if _without_empty(tables) != _without_empty(self.plain):
            raise ValueError(self._text)
        return self._style.encode(self._text)


def set_value(key: str, value: Value) -> None:
    """Set *key* to *value*, which must be valid. Raises ConfigError, as all these functions do."""
    text = value if isinstance(value, str) else ", ".join(value)
    change(lambda draft: draft.set(key, value), f"config set {key} {text}")


def unset(key: str) -> bool:
    """Delete *key*; returns True if it was set."""
    deleted_keys = []

    def alter(draft: Draft) -> None:
        if draft.get(key) is not None:
            deleted_keys.append(key)
            draft.unset(key)

    change(alter, f"config unset {key}")
    return bool(deleted_keys)


def follow(follows: Follows, command: str | None = None) -> Follows:
    """Follow *follows*; returns those that weren't followed before.

    *command* is what the user did, for `countdown undo`, if that wasn't `countdown follow`.
    """
    new: list[tuple[str, str]] = []

    def alter(draft: Draft) -> None:
        for sort in dict(follows):
            names = {fold(name): name for name in draft.get(f"follow.{sort}") or []}
            added = {fold(name): name for each, name in follows if each == sort}
            added = {folded: name for folded, name in added.items() if folded not in names}
            if added:
                new.extend((sort, name) for name in added.values())
                draft.set(f"follow.{sort}", [*(draft.get(f"follow.{sort}") or []), *added.values()])

    change(alter, lambda: command or f"follow {_join_names(new)}")
    return tuple(new)


def unfollow(follows: Follows) -> None:
    """Stop following *follows*."""

    def alter(draft: Draft) -> None:
        for sort in dict(follows):
            key = f"follow.{sort}"
            removals = {fold(name) for other_sort, name in follows if other_sort == sort}
            names = draft.get(key) or []
            rest = [name for name in names if fold(name) not in removals]
            if rest != names:
                draft.set(key, rest)

    change(alter, f"unfollow {_join_names(follows)}")


def _join_names(follows: Iterable[tuple[str, str]]) -> str:
    """`Zendaya, MCU (franchise)`; a person needs no sort."""
    return ", ".join(name if sort == "person" else f"{name} ({sort})" for sort, name in follows)


def add_source(table: Mapping[str, Any], command: str) -> None:
    """Add the `[[source]]` *table*. *command* is what the user did."""
    change(lambda draft: draft.add_source(table), command)


def change(alter: Callable[[Draft], None], command: str | Callable[[], str]) -> None:
    """Change config.toml with *alter*. Raises ConfigError; then the file is unchanged.

    *command* returns what the user did, for `countdown undo`; it is called after the change.
    """
    path, state_folder = config_paths()
    with (
        os_errors_as(path, look=_INSPECT_COMMAND, error=ConfigError),
        files.exclusive_lock(state_folder),
        parse.parse_cache(),
    ):
        before = load.content(path) if os.path.lexists(path) else None
        load.parse_settings(path, before or b"")
        draft = Draft(path, before or b"")
        try:
            alter(draft)
            after = draft.data()
        except (LookupError, TypeError, ValueError):  # TOML written in an unforeseen way
            raise ConfigError(escape_hostile(f"{path}: {_NOT_EDITABLE}"), NOTHING_CHANGED) from None
        load.parse_settings(path, after)
        if draft.plain != parse.parse_toml(path, (before or b"").decode("utf-8-sig"), ConfigError):
            text = command if isinstance(command, str) else command()
            _replace(path, state_folder, after, before=before, command=text)


def rewrite(data: bytes, *, expected: bytes | None) -> None:
    """Replace config.toml by *data*, which must be valid, if its content is still *expected*.

    Raises ConfigError.
    """
    path, state_folder = config_paths()
    with (
        os_errors_as(path, look=_INSPECT_COMMAND, error=ConfigError),
        files.exclusive_lock(state_folder),
    ):
        _replace(path, state_folder, data, before=expected, command="config edit")


def _replace(
    path: str, state_folder: str, after: bytes, *, before: bytes | None, command: str
) -> None:
    """Replace config.toml by *after*, and save *before* for undo. Raises OSError."""
    folder = snapshots.folder_in(state_folder)
    snapshots.save_and_replace(
        folder, snapshots.CONFIG, path, after, before=before, command=command
    )


def config_paths() -> tuple[str, str]:
    """The path of config.toml and the state folder. Raises ConfigError without a home."""
    path, state_folder = paths.config_file(), paths.state_folder()
    if path is None or state_folder is None:
        raise ConfigError("There's no home folder for your settings. Set HOME.")
    return path, state_folder


def _without_empty(tables: dict[str, Any]) -> dict[str, Any]:
    """*tables* without empty ones: deleting the only key `follow.title` deletes that table."""
    return {key: value for key, value in tables.items() if value not in ({}, [])}
