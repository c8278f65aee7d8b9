"""Write src/countdown/completion/table.py from the commands. `--check` only compares.

Tab completion has no time to import click, so what click knows is written down for it.
"""

import sys
from typing import Final

import click
from generated import ROOT, settle

from countdown.cli.group import COMMANDS, root
from countdown.cli.options import SHARED
from countdown.commands.config import ACTIONS
from countdown.completion.complete import MANY
from countdown.config.keys import KEYS, choices, is_list
from countdown.prompt.options import READERS

FILE: Final = ROOT / "src" / "countdown" / "completion" / "table.py"
NAMES: Final = ("actor", "director", "person", "title", "franchise", "platform", "id")
MEANT: Final = {  # by parameters that are called otherwise
    "release": "id",
    "sequel_to": "id",
    "cast": "actor",
    **dict.fromkeys(("writer", "creator"), "person"),
}


def kind(parameter: click.Parameter, command: str) -> str:
    """What follows *parameter*: a kind of name, or how it is to be chosen; empty for a flag."""
    name = str(parameter.name)
    if isinstance(parameter, click.Option) and parameter.is_flag:
        return ""
    if isinstance(parameter.type, click.Choice):
        return " ".join(["one of", *parameter.type.choices])
    if parameter.opts[0] == "--for":
        return " ".join(["one of", *READERS])
    if parameter.opts[0] == "--region":
        return "region"
    if name == "setting":
        return "setting"
    if name in ("files", "catalogue"):
        return "files"
    if name == "name":
        return command
    if name in NAMES:
        # What one unfollows is among what one follows.
        found = f"followed {name}" if command == "unfollow" else name
        return f"{found} {MANY}" if parameter.nargs == -1 else found
    return MEANT.get(name, "text")


def setting(key: str) -> str:
    """What kind of value *key* of the settings has."""
    if is_list(key):
        return key.removeprefix("follow.")
    if key == "region" or not choices(key):
        return key if key == "region" else "text"
    return " ".join(["one of", *choices(key)])


def entry(command: click.Command, name: str) -> tuple[str, dict[str, tuple[str, str]], str]:
    """Of one command: the kind of its argument, its options, its summary."""
    argument, options = "none", {}
    for parameter in command.params:
        if isinstance(parameter, click.Argument):
            argument = kind(parameter, name)
        elif isinstance(parameter, click.Option) and not parameter.hidden:
            text = (parameter.help or "").split("  [")[0].split(" [")[0]
            for option in (*parameter.opts, *parameter.secondary_opts):
                if option.startswith("--"):
                    options[option] = (kind(parameter, name), text)
    return argument, options, COMMANDS.get(name, "")


def text() -> str:
    """The module, as it should be."""
    context = click.Context(root, info_name="countdown")
    everywhere = entry(root, "")[1]
    shared = {
        option: everywhere[option] for one in SHARED for option in one.opts if option in everywhere
    }
    lines = [
        "# fmt: off",
        '"""Commands and options for tab completion. Written by scripts/completion_table.py."""',
        "",
        "# Options that nearly every command has: what follows them, and their meaning.",
        "SHARED: dict[str, tuple[str, str]] = {",
        *(f"    {option!r}: {what!r}," for option, what in shared.items()),
        "}",
        "# Command → what its argument is, its own options, its summary, the shared ones it lacks.",
        "WORDS: dict[str, tuple[str, dict[str, tuple[str, str]], str, tuple[str, ...]]] = {",
    ]
    for name in ("", *COMMANDS):
        command = root.get_command(context, name) if name else root
        assert command is not None
        argument, options, summary = entry(command, name)
        lacking = tuple(option for option in shared if options.get(option) != shared[option])
        own = {option: what for option, what in options.items() if shared.get(option) != what}
        lines.append(f"    {name!r}: ({argument!r}, {{")
        lines += [f"        {option!r}: {what!r}," for option, what in own.items()]
        lines.append(f"    }}, {summary!r}, {lacking!r}),")
    lines += [
        "}",
        "",
        "# What `config` can do, and its keys: what kind their values are of, and their meaning.",
    ]
    lines += ["ACTIONS: dict[str, str] = {"]
    lines += [f"    {action!r}: {text!r}," for action, text in ACTIONS.items()]
    lines += ["}", "SETTINGS: dict[str, tuple[str, str]] = {"]
    lines += [f"    {key!r}: {(setting(key), field.doc)!r}," for key, field in KEYS.items()]
    return "\n".join([*lines, "}", ""])


def main(arguments: list[str]) -> int:
    """Write the module, or with `--check` compare it."""
    return settle({FILE: text()}, check="--check" in arguments, script="completion_table.py")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
