"""Write the man pages of the commands into a folder: `python scripts/manpages.py FOLDER`.

The build of a wheel does this (hatch_build.py). The pages are roff, in the macros of man(7). The
packages that write such pages for click leave out the examples and the list of commands, and date
each page by the day of the build.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from countdown.cli.group import COMMANDS, SECTIONS, root
from countdown.version import VERSION

ENVIRONMENT: Final = (
    ("COUNTDOWN_TODAY", "The day to count from, as --as-of takes it."),
    ("COUNTDOWN_REGION", "Your region, as --region takes it."),
    ("COUNTDOWN_TIMEZONE", "Your time zone, as --timezone takes it."),
    (
        "COUNTDOWN_CATALOGUE",
        "Catalogue files to read instead of the shipped one and your own, with a colon between "
        "them (on Windows a semicolon).",
    ),
    (
        "COUNTDOWN_PROMPT",
        "Not read, but set by what countdown init prints, in the shell that runs it: what the "
        "prompt shows, or nothing.",
    ),
    ("NO_COLOR, FORCE_COLOR", "Set to anything, colours are never drawn, or always."),
    (
        "COUNTDOWN_PAGER, PAGER",
        "The command that shows an answer longer than the screen; the first one that is set "
        "counts, and if it is empty or cat, no pager is used. Without either it is less or more.",
    ),
    ("NO_PAGER", "Set to anything, no pager is used."),
    ("LESS", "Options of less. Without it, less gets FRX; without R in it, there are no colours."),
    ("XDG_DATA_HOME, XDG_CACHE_HOME", "The folders in which the files below lie."),
)
FILES: Final = (
    ("~/.local/share/countdown/releases.toml", "Your own catalogue. It lies over the shipped one."),
    (
        "~/.cache/countdown/index-*.sqlite",
        "The compiled catalogue. It is made again when it is missing.",
    ),
    (
        "~/.cache/countdown/prompt-*",
        "What prompts show, as plain text, with what it depends on: a file for each way of asking. "
        "They are made again when they are missing.",
    ),
    (
        "~/.bashrc, ~/.zshrc, ~/.config/fish/config.fish",
        "Where the line stands that runs what countdown init prints.",
    ),
)
CODES: Final = (
    ("0", "Fine."),
    ("1", "Nothing was found, or the answer could not be written to its end."),
    ("2", "The command was not called rightly."),
    ("3", "A catalogue can't be read or has problems."),
    ("4", "A source can't be reached. No command asks one yet."),
    ("130", "Ended with Ctrl-C: the program dies of SIGINT."),
    ("141", "Whoever read the answer stopped reading."),
)


def pages() -> dict[str, str]:
    """Every page by its name: `countdown`, `countdown-list` and so on."""
    context = click.Context(root, info_name="countdown", **root.context_settings)
    pages = {"countdown": _page(root, context, "how long until it comes out", [*_commands()])}
    for name, summary in COMMANDS.items():
        command = root.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        short = summary[0].lower() + summary[1:].rstrip(".")
        pages[f"countdown-{name}"] = _page(command, inner, short, [])
    return pages


def _page(command: click.Command, context: click.Context, summary: str, commands: list[str]) -> str:
    page = context.command_path.replace(" ", "-")
    main = command is root
    lines = [
        '.\\" Written by scripts/manpages.py from the help of the command.',
        f'.TH "{page.upper()}" "1" "" "countdown {VERSION}" "User Commands"',
        ".ad l",
        ".SH NAME",
        f"{_escape(page)} \\- {_escape(summary)}",
        ".SH SYNOPSIS",
        f".B {_escape(context.command_path)}",
        _escape(_synopsis(command, context)),
        ".SH DESCRIPTION",
        *_paragraphs(command.help or ""),
        *commands,
        ".SH OPTIONS",
        *_options(command, context),
        *_examples(command.epilog or ""),
        *(_definitions("EXIT STATUS", CODES) if main else []),
        *(_definitions("ENVIRONMENT", ENVIRONMENT) if main else []),
        *(_definitions("FILES", FILES) if main else []),
        ".SH SEE ALSO",
        _see_also(page),
    ]
    return "\n".join(lines) + "\n"


def _synopsis(command: click.Command, context: click.Context) -> str:
    if command is root:  # A command may be left out, which only newer versions of click say.
        return "[OPTIONS] [COMMAND] [ARGS]..."
    return " ".join(command.collect_usage_pieces(context))


def _commands() -> Iterator[str]:
    yield ".SH COMMANDS"
    yield "Without a command,"
    yield ".B countdown list"
    yield "is what is shown."
    for section, commands in SECTIONS.items():
        yield f".SS {_escape(section)}"
        for name, summary in commands.items():
            yield from (".TP", f".BR \\%countdown\\-{_escape(name)} (1)", _escape(summary))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if isinstance(parameter, click.Option) and record is not None:
            names, text = record
            breakable = _escape(names).replace("|", "|\\:")
            yield from (".TP", f"\\fB{breakable}\\fR", _escape(text))


def _examples(epilog: str) -> Iterator[str]:
    """The lines of *epilog* below "Examples:", unchanged."""
    lines = epilog.replace("\b", "").split("\n")
    if "Examples:" in lines:
        yield ".SH EXAMPLES"
        yield ".EX"
        for line in lines[lines.index("Examples:") + 1 :]:
            if not line.strip():
                break
            yield _escape(line.removeprefix("  "))
        yield ".EE"


def _definitions(heading: str, rows: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield f".SH {heading}"
    for term, text in rows:
        yield from (".TP", f".B {_escape(term)}", _escape(text))


def _see_also(page: str) -> str:
    names = ["countdown", *(f"countdown-{name}" for name in COMMANDS)]
    references = [f".BR \\%{_escape(name)} (1)" for name in names if name != page]
    return "\n".join(f"{line}," for line in references[:-1]) + f"\n{references[-1]}"


def _paragraphs(text: str) -> list[str]:
    parts = [" ".join(part.split()) for part in text.split("\n\n")]
    return "\n.PP\n".join(_escape(part) for part in parts).split("\n")


def _escape(text: str) -> str:
    """*text* with the special characters of roff escaped, so that it is shown literally."""
    plain = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")
    plain = plain.replace("`", "\\(ga").replace("^", "\\(ha").replace("~", "\\(ti")
    plain = plain.replace("–", "\\(en").replace("…", "...")
    return "\\&" + plain if plain.startswith((".", "\\(aq")) else plain


def write(folder: Path) -> list[Path]:
    """Write the pages into *folder* and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, text in pages().items():
        paths.append(folder / f"{name}.1")
        paths[-1].write_text(text, encoding="utf-8", newline="\n")
    return paths


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit("usage: python scripts/manpages.py FOLDER")
    write(Path(sys.argv[1]))
