"""`countdown config`: show and change the settings."""

from typing import Final, NamedTuple

import click

from countdown import files
from countdown.catalogue.readers import Problems, suggestion
from countdown.cli import background, editor, options, output
from countdown.cli.messages import echo
from countdown.cli.session import CONFIG, Session, region_origin, session, timezone_origin
from countdown.config import edit, keys, load
from countdown.config.keys import KEYS
from countdown.core import day_style, template
from countdown.core.text import escape_hostile
from countdown.errors import ConfigError, NothingFound, UsageError
from countdown.formats.themes import THEMES
from countdown.toml.parse import dotted_path
from countdown.views.view import Cell, Column, Table, View

ACTIONS: Final = {
    "list": "Every setting, its value, and who says so.",
    "get": "The value of one setting.",
    "set": "Give a setting a value.",
    "unset": "Take a setting back.",
    "path": "Where config.toml is.",
    "edit": "All of it, in your editor.",
}
_COLUMNS: Final = (Column("Key"), Column("Value", stretch=True), Column("From", rank=1))


class Setting(NamedTuple):
    """A key with its effective values and their source."""

    key: str
    values: tuple[str, ...]
    origin: str


@options.command(
    "config",
    "countdown config                              every setting, its value, and who says so",
    "countdown config set region BR",
    'countdown config set prompt.format "{title}: {days}"',
    'countdown config set follow.person "Chris Hemsworth" "Zendaya"',
    "countdown config get region",
    "countdown config unset region",
    "countdown config path",
    exclude=("--format", "--json", "--days"),
)
@click.argument("action", type=click.Choice([*ACTIONS]), default="list", metavar="[ACTION]")
@click.argument("setting", nargs=-1, metavar="[KEY] [VALUE]...")
def command(ctx: click.Context, action: str, setting: tuple[str, ...]) -> None:
    """Show your settings, or change them: get KEY, set KEY VALUE, unset KEY, list, path or edit.

    They stand in config.toml, in the config folder. Options and environment variables go before
    them. A change leaves comments and layout as they are; a file with problems is not touched.
    """
    if action in ("list", "path", "edit") and setting:
        raise UsageError(f'config {action}: "{setting[0]}" is too much; it takes no KEY')
    if action in ("get", "set", "unset"):
        key = _key(action, setting)
        if action != "set" and len(setting) > 1:
            raise UsageError(f'config {action}: "{setting[1]}" is too much; it takes one KEY')
    if action == "get":
        _get(_setting(ctx, session(ctx), key))
    elif action == "set":
        _set(key, setting[1:])
    elif action == "unset":
        _unset(key)
    elif action == "path":
        echo(edit.config_paths()[0])
    elif action == "edit":
        _edit_file()
    else:
        _list(ctx)


def _key(action: str, setting: tuple[str, ...]) -> str:
    """The KEY, the first word of *setting*. Raises UsageError, with the nearest one."""
    if not setting:
        raise UsageError(f"config {action}: name a KEY; known are {', '.join(KEYS)}")
    if setting[0] not in KEYS:
        hint = suggestion(setting[0], tuple(KEYS))
        raise UsageError(f'config {action}: there is no setting "{setting[0]}"; {hint}')
    return setting[0]


def _list(ctx: click.Context) -> None:
    current = session(ctx)
    settings = [_setting(ctx, current, key) for key in KEYS]
    rows = tuple(
        (Cell(setting.key, "title"), Cell(", ".join(setting.values)), Cell(setting.origin, "muted"))
        for setting in settings
    )
    blocks = (Table("Settings", _COLUMNS, rows),)
    output.show(View(lambda: blocks, (), current.view_context), current.with_default_format)


def _setting(ctx: click.Context, current: Session, key: str) -> Setting:
    """The setting *key* with its effective values."""
    settings = current.settings
    if key == "region":
        return Setting(key, _as_tuple(current.region), region_origin(ctx, current))
    if key == "timezone":
        return Setting(key, _as_tuple(current.timezone), timezone_origin(ctx, current))
    if key.startswith("follow."):
        names = tuple(name for sort, name in settings.follows if key == f"follow.{sort}")
        return Setting(key, names, CONFIG if names else "")
    value = getattr(settings, key.replace(".", "_"))
    defaults = {
        "date_style": current.date_style,
        "theme": current.settings.theme or THEMES[0],
        "prompt.format": template.DEFAULT,
        "format": output.output_format(current.with_default_format),
    }
    origin = CONFIG if value else "by default"
    if key == "date_style" and not value and current.date_style != day_style.DEFAULT:
        origin = "the locale"
    return Setting(key, _as_tuple(value or defaults.get(key)), origin)


def _as_tuple(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def _get(setting: Setting) -> None:
    if not setting.values:
        raise NothingFound(f"{setting.key} is not set; countdown config set {setting.key} …")
    echo(*setting.values)


def _set(key: str, texts: tuple[str, ...]) -> None:
    value: str | list[str] = [*texts]
    if not keys.is_list(key):
        if len(texts) != 1:
            hint = "one VALUE is wanted, in quotes if it has blanks"
            raise UsageError(f"config set {key}: {hint}")
        value = texts[0]
    elif not texts:
        raise UsageError(f"config set {key}: name a VALUE, or unset it")
    problems: Problems = []
    read = KEYS[key].read(value, (*key.split("."),), problems)
    if problems:
        raise UsageError(*(problem.describe(dotted_path(problem.path)) for problem in problems))
    if key == "region":
        value = str(read)  # Other programs that read config.toml know the code alone.
        texts = (value,)
    edit.set_value(key, value)
    if key == "theme":
        background.forget()
    echo(f"{key}: {', '.join(texts)}")


def _unset(key: str) -> None:
    if not edit.unset(key):
        raise NothingFound(f"{key} is not set in config.toml; countdown config list shows what is")
    echo(f"{key}: no longer set")


def _edit_file() -> None:
    path, _ = edit.config_paths()
    before = _read_file(path)
    with editor.edit(
        _template().encode() if before is None else before,
        file_name="config.toml",
        check=lambda data: _check(path, data),
    ) as after:
        if after is None:
            echo("nothing was changed")
            return
        edit.rewrite(after, expected=before)
    echo(f"changed {path}")


def _check(path: str, data: bytes) -> None:
    load.parse_settings(path, data)


def _read_file(path: str) -> bytes | None:
    """The bytes of *path*; None if it is missing. Raises ConfigError."""
    try:
        return files.content(path)
    except OSError as error:
        raise ConfigError(
            escape_hostile(f"{path}: {error.strerror}; it has to be a file")
        ) from None


def _template() -> str:
    """A config.toml with every setting as a comment."""
    lines, section = ["# The settings of countdown; take the # away from what you set.", ""], ""
    for key, field in KEYS.items():
        table, _, name = key.rpartition(".")
        if table != section:
            lines += ["", f"[{table}]"]
            section = table
        lines.append(f"# {name} = {keys.EXAMPLES[key]}  # {field.doc}")
    return "\n".join([*lines, ""])
