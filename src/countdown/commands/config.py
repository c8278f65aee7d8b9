"""`countdown config`: show and change the settings."""

import os
from typing import Final

import click

from countdown import files, paths
from countdown.catalogue.readers import Problems, suggestion
from countdown.cli import background, editor, options, output, sources
from countdown.cli.messages import echo, sentences
from countdown.cli.session import CONFIG, Session, region_origin, session, timezone_origin
from countdown.config import edit, keys, load, source_settings
from countdown.config.keys import KEYS
from countdown.core import day_style, template
from countdown.core.text import escape_hostile
from countdown.errors import ConfigError, NothingFound, UsageError
from countdown.formats.themes import THEMES
from countdown.toml.parse import dotted_path
from countdown.views.settings import Setting, settings

ACTIONS: Final = {
    "list": "Show all settings and where they come from.",
    "get": "Show one setting.",
    "set": "Change a setting.",
    "unset": "Reset a setting to its default.",
    "path": "Show where config.toml is.",
    "edit": "Open config.toml in your editor.",
}


class _Action(click.Choice[str]):
    """The type of ACTION; to whom names a setting in its place, it tells the command."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The action *value*. Raises UsageError or BadParameter."""
        if value in KEYS:
            raise UsageError(f"To change that setting: countdown config set {value} VALUE")
        if value not in ACTIONS:
            self.fail(f'"{value}" isn\'t a choice. Choose {", ".join(ACTIONS)}.', param, ctx)
        return value


@options.command(
    "config",
    "countdown config                   all settings and where they come from",
    "countdown config set region BR",
    'countdown config set prompt.format "{title}: {days}"',
    'countdown config set follow.person "Chris Hemsworth" "Zendaya"',
    "countdown config unset region      back to the default",
    "countdown config path              where config.toml is",
    exclude=("--format", "--json", "--days"),
)
@click.argument("action", type=_Action([*ACTIONS]), default="list", metavar="[ACTION]")
@click.argument("setting", nargs=-1, metavar="[KEY] [VALUE]...")
def command(ctx: click.Context, action: str, setting: tuple[str, ...]) -> None:
    """Show or change your settings.

    ACTION is list, get KEY, set KEY VALUE, unset KEY, path or edit. Settings are stored in
    config.toml; options and environment variables override it. Your comments and layout are kept.
    """
    if action in ("list", "path", "edit") and setting:
        raise UsageError(f'config {action}: Leave out "{setting[0]}".')
    if action in ("get", "set", "unset"):
        key = _key(action, setting)
        if action != "set" and len(setting) > 1:
            raise UsageError(f'config {action}: Leave out "{setting[1]}". It takes one KEY.')
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
        raise UsageError(f"config {action}: Name a KEY: {', '.join(KEYS)}.")
    if setting[0] not in KEYS:
        hint = suggestion(setting[0], tuple(KEYS))
        what = sentences(f'unknown setting "{setting[0]}"; {hint}')
        raise UsageError(f"config {action}: {what}")
    return setting[0]


def _list(ctx: click.Context) -> None:
    current = session(ctx)
    rows = [_setting(ctx, current, key) for key in KEYS]
    path, _ = edit.config_paths()
    state = "" if os.path.exists(path) else "not created yet"
    view = settings(rows, current.view_context, path=paths.shorten(path), state=state)
    output.show(view, current.with_default_format)


def _setting(ctx: click.Context, current: Session, key: str) -> Setting:
    """The setting *key* with its effective values."""
    configured = current.settings
    if key == "region":
        return Setting(key, _as_tuple(current.region), region_origin(ctx, current))
    if key == "timezone":
        return Setting(key, _as_tuple(current.timezone), timezone_origin(ctx, current))
    if key.startswith("follow."):
        names = tuple(name for sort, name in configured.follows if key == f"follow.{sort}")
        return Setting(key, names, CONFIG if names else "")
    value = getattr(configured, key.replace(".", "_"))
    defaults = {
        "date_style": current.date_style,
        "theme": configured.theme or THEMES[0],
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
        raise NothingFound(
            f"{setting.key} isn't set. To set it: countdown config set {setting.key} VALUE"
        )
    echo(*setting.values)


def _set(key: str, texts: tuple[str, ...]) -> None:
    value: str | list[str] = [*texts]
    if not keys.is_list(key):
        if len(texts) != 1:
            hint = "Give one VALUE, in quotes if it has spaces."
            raise UsageError(f"config set {key}: {hint}")
        value = texts[0]
    elif not texts:
        raise UsageError(
            f"config set {key}: Give a VALUE. To reset it: countdown config unset {key}"
        )
    problems: Problems = []
    read = KEYS[key].read(value, (*key.split("."),), problems)
    if problems:
        lines = (
            f"{dotted_path(problem.path)}{sentences(problem.describe())}" for problem in problems
        )
        raise UsageError(*lines)
    if key == "region":
        value = str(read)  # Other programs that read config.toml know the code alone.
        texts = (value,)
    edit.set_value(key, value)
    if key == "theme":
        background.forget()
    echo(f"{key}: {', '.join(texts)}")


def _unset(key: str) -> None:
    if not edit.unset(key):
        raise NothingFound(f"{key} isn't set in config.toml. To see what is: countdown config")
    echo(f"{key} is back to its default.")


def _edit_file() -> None:
    path, _ = edit.config_paths()
    before = _read_file(path)
    with editor.edit(
        _template().encode() if before is None else before,
        file_name="config.toml",
        check=lambda data: _check(path, data),
    ) as after:
        if after is None:
            echo("Nothing was changed.")
            return
        edit.rewrite(after, expected=before)
        sources.use_configured()
    echo(f"Changed {paths.shorten(path)}")


def _check(path: str, data: bytes) -> None:
    load.parse_settings(path, data)


def _read_file(path: str) -> bytes | None:
    """The bytes of *path*; None if it is missing. Raises ConfigError."""
    try:
        return files.content(path)
    except OSError as error:
        raise ConfigError(
            escape_hostile(f"{path}: {error.strerror}. It has to be a file.")
        ) from None


def _template() -> str:
    """A config.toml with every setting as a comment."""
    lines, section = ["# Settings of countdown. Remove the # in front of what you set.", ""], ""
    for key, field in KEYS.items():
        table, _, name = key.rpartition(".")
        if table != section:
            lines += ["", f"[{table}]"]
            section = table
        lines.append(f"# {name} = {keys.EXAMPLES[key]}  # {field.doc}")
    example = source_settings.EXAMPLE.splitlines()
    return "\n".join([*lines, "", *(f"# {line}" for line in example), ""])
