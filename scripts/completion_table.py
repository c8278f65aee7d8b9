"""Write src/countdown/completion/table.py from the commands. `--check` only compares.

Tab completion has no time to import click, so the table has what click would find out.
"""

import sys
from typing import Final

import click
from generated import ROOT, write_or_check

from countdown.cli.group import COMMANDS, SYNONYMS, root
from countdown.commands.config import ACTIONS
from countdown.completion.complete import REPEATABLE
from countdown.config.keys import KEYS, choices, is_list
from countdown.prompt.options import READERS

FILE: Final = ROOT / "src" / "countdown" / "completion" / "table.py"
NAMES: Final = ("actor", "director", "person", "title", "franchise", "platform", "id")
KINDS: Final = {  # of parameters with a different name
    "release": "id",
    "sequel_to": "id",
    "cast": "actor",
    **dict.fromkeys(("writer", "creator"), "person"),
}
ARGUMENTS: Final = {
    ("actor", "name"): "person",
    ("show", "words"): "title",
    ("why", "words"): "title",
    ("card", "words"): "title",
    ("marathon", "words"): "title",
    ("untrack", "release"): "title",
}


def kind(parameter: click.Parameter, command: str) -> str:
    """The kind of word after *parameter*: of names, or the choices; empty for a flag."""
    name = str(parameter.name)
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return ""
    if isinstance(parameter.type, click.Choice):
        return " ".join(["one of", *(each.replace(" ", "-") for each in parameter.type.choices)])
    if parameter.opts[0] == "--for":
        return " ".join(["one of", *READERS])
    if parameter.opts[0] in ("--region", "--country"):
        return "region"
    if name == "setting":
        return "setting"
    if command == "source":
        return {"place": "files", "key_file": "files"}.get(name, "text")
    if name == "release" and command == "unhide":
        return "text"  # No index has the names of hidden releases.
    if name in ("file", "files") or parameter.metavar == "FILE":
        return "files"
    if (command, name) in ARGUMENTS:
        return f"{ARGUMENTS[command, name]} {REPEATABLE}"
    if name in NAMES or name == "anything":
        names = f"followed {name}" if command == "unfollow" else name
        return f"{names} {REPEATABLE}" if parameter.nargs == -1 else names
    return KINDS.get(name, "text")


def setting(key: str) -> str:
    """The kind of value that *key* of the settings has."""
    if is_list(key):
        return key.removeprefix("follow.")
    if key == "region" or not choices(key):
        return key if key == "region" else "text"
    return " ".join(["one of", *choices(key)])


def entry(command: click.Command, name: str) -> tuple[str, dict[str, tuple[str, str]]]:
    """The kind of the argument of *command*, and its options: kind of value, help."""
    argument, options = "none", {}
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            is_behind_another = argument != "none" and parameter.name == "words"
            argument = argument if is_behind_another else kind(parameter, name)
        elif isinstance(parameter, click.Option) and not parameter.hidden:
            text = (parameter.help or "").split("  [")[0].split(" [")[0]
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("--"):
                    options[option] = (kind(parameter, name), text)
    return argument, options


def entries() -> dict[str, tuple[str, dict[str, tuple[str, str]]]]:
    """The entry of each command by its name, which is empty for `countdown` itself."""
    context = click.Context(root, info_name="countdown")
    commands = {"": root, **{name: root.get_command(context, name) for name in COMMANDS}}
    return {name: entry(command, name) for name, command in commands.items() if command}


def group_options(
    options: dict[str, dict[str, tuple[str, str]]],
) -> dict[tuple[str, ...], list[str]]:
    """The lines of the options by the commands that have them, in the order of the help pages.

    *options* are those of each command. Each option is written once for each of its meanings.
    """
    commands: dict[str, list[str]] = {}
    for command, meanings in options.items():
        for option, meaning in meanings.items():
            commands.setdefault(f"{option!r}: {meaning!r}", []).append(command)
    groups: dict[tuple[str, ...], list[str]] = {}
    for line, names in commands.items():
        groups.setdefault(tuple(names), []).append(line)
    return groups


def text() -> str:
    """The text of the module."""
    commands = entries()
    groups = group_options({name: options for name, (_, options) in commands.items()})
    lines = [
        "# fmt: off",
        '"""Commands and options for tab completion. Written by scripts/completion_table.py."""',
        "",
        "# Command → kind of its argument, summary. The empty name is that of `countdown` itself.",
        "COMMANDS: dict[str, tuple[str, str]] = {",
        *(
            f"    {name!r}: {(argument, COMMANDS.get(name, ''))!r},"
            for name, (argument, _) in commands.items()
        ),
        "}",
        "# Other words for commands, which are not offered.",
        f"SYNONYMS: dict[str, str] = {SYNONYMS!r}",
        "# The options that some commands share: kind of the word that follows, and help.",
        "OPTIONS: tuple[tuple[tuple[str, ...], dict[str, tuple[str, str]]], ...] = (",
    ]
    for names, options in groups.items():
        lines += [f"    ({names!r}, {{", *(f"        {line}," for line in options), "    }),"]
    lines += [
        ")",
        "",
        "# What `config` can do, and its keys: kind of the value, and help.",
        "ACTIONS: dict[str, str] = {",
        *(f"    {action!r}: {help!r}," for action, help in ACTIONS.items()),
        "}",
        "SETTINGS: dict[str, tuple[str, str]] = {",
        *(f"    {key!r}: {(setting(key), field.doc)!r}," for key, field in KEYS.items()),
    ]
    return "\n".join([*lines, "}", ""])


def main(arguments: list[str]) -> int:
    """Write the module, or with `--check` only compare it."""
    return write_or_check(
        {FILE: text()}, check="--check" in arguments, script="completion_table.py"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
