"""The `[[source]]` tables of config.toml: where live facts come from besides the built-in sources.

Settings keep each as a line, so that the prompt needs neither this module nor a TOML parser.
"""

import json
from typing import Any, Final, Literal, NamedTuple, cast

from countdown.catalogue import readers, source_files, source_layers
from countdown.catalogue.readers import Field, KeyPath, Problem, Problems
from countdown.config.settings import Settings
from countdown.core.text import escape_hostile

Kind = Literal["wikidata", "tvmaze", "tmdb", "catalogue", "calendar"]
BUILT_IN: Final[tuple[Kind, ...]] = ("wikidata", "tvmaze")  # asked without any entry
PROVIDERS: Final[tuple[Kind, ...]] = (*BUILT_IN, "tmdb")  # each has one address, which is known
KINDS: Final[tuple[Kind, ...]] = (*PROVIDERS, "catalogue", "calendar")
KEY_NAMES: Final = ("key_variable", "key_command", "key_file")
EXAMPLE: Final = """\
[[source]]
name = "friends"
kind = "catalogue"  # or "calendar", an iCalendar feed
url = "https://example.org/releases.toml"  # or file = "/home/me/releases.toml"
"""


class SourceSetting(NamedTuple):
    """A source of live facts.

    A *catalogue* or *calendar* has a *url* or a *file*. At most one of the keys says where its
    secret is: in a variable, in the output of a command, or in a file. *refresh* is in seconds.
    """

    name: str
    kind: Kind
    url: str | None = None
    file: str | None = None
    enabled: bool = True
    key_variable: str | None = None
    key_command: tuple[str, ...] | None = None
    key_file: str | None = None
    refresh: int | None = None

    @property
    def line(self) -> str:
        """The setting as a line, for `from_line`."""
        return json.dumps(self)


def from_line(line: str) -> SourceSetting:
    """The setting that `SourceSetting.line` returned as *line*."""
    setting = SourceSetting(*json.loads(line))
    command = setting.key_command
    return setting._replace(key_command=None if command is None else tuple(command))


def all_sources(settings: Settings) -> tuple[SourceSetting, ...]:
    """Every source: first the built-in ones, then those of config.toml in its order."""
    own = {setting.name: setting for setting in settings.sources}
    built_in = [own.pop(name, SourceSetting(name, name)) for name in BUILT_IN]
    return (*built_in, *own.values())


def effective_sources(settings: Settings) -> tuple[SourceSetting, ...]:
    """Those of `all_sources` that are on."""
    return tuple(each for each in all_sources(settings) if each.enabled)


def read_sources(value: object, path: KeyPath, problems: Problems) -> tuple[SourceSetting, ...]:
    """The sources in *value*, the list of tables at *path*; adds to *problems*."""
    if not readers.is_list(value, path, problems, "write [[source]]"):
        return ()
    found: dict[str, SourceSetting] = {}
    for at, row in enumerate(value):
        setting = _source(row, (*path, at), problems)
        if setting is not None and setting.name in found:
            what = f'there\'s already a source "{setting.name}"'
            problems.append(Problem((*path, at, "name"), what, "give one of them another name"))
        elif setting is not None:
            found[setting.name] = setting
    return tuple(found.values())


def _name(value: object, path: KeyPath, problems: Problems) -> str | None:
    name = readers.text(value, path, problems)
    if name is None or source_files.is_name(name):
        return name
    hint = 'use a-z, 0-9 and -, at most 60, like "my-films"'
    problems.append(Problem(path, f'"{name}" can\'t be the name of a source', hint))
    return None


def _url(value: object, path: KeyPath, problems: Problems) -> str | None:
    """An address that may be asked. It isn't repeated in the problem: it can hold a key."""
    from countdown.net import addresses  # Deferred: 10 ms, and only addresses need it.

    if not isinstance(value, str) or not value.strip():
        return readers.text(value, path, problems)
    try:
        addresses.parse(value.strip(), is_typed=True)
    except addresses.ForbiddenAddressError as error:
        what, _, hint = str(error).partition("; ")
        problems.append(Problem(path, escape_hostile(what), hint))
        return None
    return value.strip()


def _refresh(value: object, path: KeyPath, problems: Problems) -> int | None:
    seconds = source_layers.refresh_seconds(value)
    if seconds is None:
        problems.append(Problem(path, "isn't a span of time", 'write one like "6 hours"'))
    return seconds


def _command(value: object, path: KeyPath, problems: Problems) -> tuple[str, ...] | None:
    words = readers.names(value, path, problems)
    if not words and isinstance(value, list):
        problems.append(Problem(path, "can't be empty", 'write ["pass", "show", "tmdb"]'))
    return words or None


SOURCE_FIELDS: Final = {
    "name": Field(_name, {"type": "string"}, "Its name, in commands and in ids of its releases."),
    "kind": Field(readers.choice(*KINDS), {"enum": [*KINDS]}, "What it is."),
    "url": Field(_url, {"type": "string"}, "The address of a catalogue or calendar."),
    "file": Field(readers.text, {"type": "string"}, "The path of one, instead of an address."),
    "enabled": Field(readers.flag, {"type": "boolean"}, "`false` if it's not to be used."),
    "key_variable": Field(
        readers.text, {"type": "string"}, "The environment variable with its key."
    ),
    "key_command": Field(
        _command, {"type": "array"}, "The command that prints its key, as a list of words."
    ),
    "key_file": Field(readers.text, {"type": "string"}, "The file with its key, of mode 0600."),
    "refresh": Field(_refresh, {"type": "string"}, "How often it's read, like `6 hours`."),
}


def _source(value: object, path: KeyPath, problems: Problems) -> SourceSetting | None:
    """A `[[source]]` table; None if it has problems."""
    before = len(problems)
    values = cast("dict[str, Any]", readers.table(value, path, problems, SOURCE_FIELDS))
    if not isinstance(value, dict):
        return None
    readers.check_required(values, path, problems, "name", example='name = "…"')
    if len(problems) > before:
        return None
    name = values["name"]
    default = name if name in PROVIDERS else "catalogue"
    setting = SourceSetting(**{"kind": default, **values})
    _check_kind(setting, path, problems)
    return setting if len(problems) == before else None


def _check_kind(setting: SourceSetting, path: KeyPath, problems: Problems) -> None:
    """Add a problem for what a source of that kind can't have or lacks."""
    name, kind = setting.name, setting.kind
    is_provider = kind in PROVIDERS
    if name in PROVIDERS and kind != name:
        what = f'"{name}" can only be the name of the source {name}'
        problems.append(Problem((*path, "name"), what, "choose another name"))
    elif is_provider and name != kind:
        what = f"the name of that source is {kind}"
        problems.append(Problem((*path, "name"), what, f'write name = "{kind}"'))
    places = [key for key in ("url", "file") if getattr(setting, key) is not None]
    if is_provider and places:
        what = f"{kind} has its own address"
        problems.append(Problem((*path, places[0]), what, "leave it out"))
    elif not is_provider and not places:
        problems.append(Problem(path, "url is missing", 'add url = "https://…", or file = "…"'))
    elif len(places) == 2:
        problems.append(Problem((*path, "file"), "there's a url too", "keep one of them"))
    keys = [key for key in KEY_NAMES if getattr(setting, key) is not None]
    if kind in BUILT_IN and keys:
        problems.append(Problem((*path, keys[0]), f"{kind} needs no key", "leave it out"))
    elif len(keys) > 1:
        problems.append(Problem((*path, keys[1]), f"there's {keys[0]} too", "keep one of them"))
    elif kind == "tmdb" and not keys and setting.enabled:
        problems.append(Problem(path, "tmdb needs a key", 'add key_variable = "TMDB_TOKEN"'))
