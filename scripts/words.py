"""Writes src/countdown/shell/words.py from the commands of the program. `--check` only compares.

Tab completion has no time to import click, so what click knows is written down for it.
"""

import sys
from typing import Final

import click
from generated import ROOT, settle

from countdown.cli import COMMANDS, root
from countdown.shell.wish import READERS

FILE: Final = ROOT / "src" / "countdown" / "shell" / "words.py"
NAMES: Final = ("actor", "director", "person", "title", "franchise", "platform", "id")


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
    if name in ("files", "catalogue"):
        return "files"
    if name == "name":
        return command
    return name if name in NAMES else "text"


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
    found = {"": entry(root, "")}
    for name in COMMANDS:
        command = root.get_command(context, name)
        assert command is not None
        found[name] = entry(command, name)
    lines = [
        "# fmt: off",
        '"""The commands and options of the program, for Tab. Written by scripts/words.py."""',
        "",
        "# Command → what its argument is, its options with what follows them, and its summary.",
        "WORDS: dict[str, tuple[str, dict[str, tuple[str, str]], str]] = {",
    ]
    for name, (argument, options, summary) in found.items():
        lines.append(f"    {name!r}: ({argument!r}, {{")
        lines += [f"        {option!r}: {what!r}," for option, what in options.items()]
        lines.append(f"    }}, {summary!r}),")
    return "\n".join([*lines, "}", ""])


if __name__ == "__main__":
    sys.exit(settle({FILE: text()}, check="--check" in sys.argv[1:], script="words.py"))
