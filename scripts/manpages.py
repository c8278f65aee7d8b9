"""Write the man pages of the commands into a folder: `python scripts/manpages.py FOLDER`.

The build of a wheel does this (hatch_build.py). The pages are roff, in the macros of man(7). The
packages that write such pages for click leave out the examples and the list of commands, and date
each page by the day of the build.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import click

from countdown.cli.examples import CommandWithExamples, Example, parse_example
from countdown.cli.group import COMMANDS, EXAMPLES, SECTIONS, root
from countdown.cli.help_pages import EXIT_CODES, ROOT_USAGE, option_rows
from countdown.cli.options import SHARED
from countdown.version import VERSION

ENVIRONMENT: Final = (
    ("COUNTDOWN_TODAY", "The day to take as today, like --as-of."),
    ("COUNTDOWN_REGION", "Your region, like --region."),
    ("COUNTDOWN_TIMEZONE", "Your time zone, like --timezone."),
    (
        "COUNTDOWN_CATALOGUE",
        "Catalogues to read instead of the built-in one and yours, separated by colons (on Windows "
        "by semicolons).",
    ),
    ("COUNTDOWN_OFFLINE", "If set, but not to 0, no or false, no source is asked."),
    (
        "COUNTDOWN_PROMPT",
        "Set by the shell code of countdown init, never read: what the prompt shows, or nothing.",
    ),
    ("NO_COLOR, FORCE_COLOR", "If set, colours are never used, or always."),
    (
        "COUNTDOWN_PAGER, PAGER",
        "The pager for answers longer than the screen; the first one that is set counts. Empty or "
        "cat means none. The default is less, else more.",
    ),
    ("ACCESSIBLE", "If set, but not to 0 or false, sentences instead of tables on a terminal."),
    ("NO_PAGER", "If set, no pager is used."),
    ("LESS", "Options of less. The default is FRX; without R there are no colours."),
    ("XDG_DATA_HOME, XDG_CACHE_HOME", "The folders of the files below."),
)
FILES: Final = (
    (
        "~/.local/share/countdown/releases.toml",
        "Your own catalogue, over the built-in one.",
    ),
    (
        "~/.cache/countdown/index-*.sqlite",
        "The compiled catalogue, rebuilt if it is missing.",
    ),
    (
        "~/.cache/countdown/prompt-*",
        "What prompts show, as plain text: a file for each set of options, rebuilt if it is "
        "missing.",
    ),
    (
        "~/.bashrc, ~/.zshrc, ~/.config/fish/config.fish, ~/.config/nushell/config.nu",
        "Where to add the line that countdown init shows.",
    ),
)
CODES: Final = (
    *EXIT_CODES,
    ("130", "You pressed Ctrl-C: the program dies of SIGINT."),
    ("141", "The output was closed (SIGPIPE)."),
)


def pages() -> dict[str, str]:
    """Every page by its name: `countdown`, `countdown-list` and so on."""
    context = click.Context(root, info_name="countdown", **root.context_settings)
    pages = {
        "countdown": _page(root, context, "count down to film and series releases", [*_commands()])
    }
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
    own = command.examples if isinstance(command, CommandWithExamples) else None
    lines = [
        '.\\" Written by scripts/manpages.py from the help of the command.',
        f'.TH "{page.upper()}" "1" "" "countdown {VERSION}" "User Commands"',
        ".ad l",
        ".nh",
        ".SH NAME",
        f"{_escape(page)} \\- {_escape(summary)}",
        ".SH SYNOPSIS",
        f".B {_escape(context.command_path)}",
        _escape(_synopsis(command, context)),
        ".SH DESCRIPTION",
        *_paragraphs(command.help or ""),
        *commands,
        *_options(command, context),
        *_examples([*map(parse_example, EXAMPLES)] if own is None else own),
        *(_definitions("EXIT STATUS", CODES) if main else []),
        *(_definitions("ENVIRONMENT", ENVIRONMENT) if main else []),
        *(_definitions("FILES", FILES) if main else []),
        ".SH SEE ALSO",
        _see_also(page),
    ]
    return "\n".join(lines) + "\n"


def _synopsis(command: click.Command, context: click.Context) -> str:
    if command is root:
        return ROOT_USAGE
    return " ".join(command.collect_usage_pieces(context))


def _commands() -> Iterator[str]:
    yield ".SH COMMANDS"
    yield "Without a command, you see what"
    yield ".B countdown list"
    yield "shows."
    for section, commands in SECTIONS.items():
        yield f".SS {_escape(section)}"
        for name, summary in commands.items():
            yield from (".TP", f".BR \\%countdown\\-{_escape(name)} (1)", _escape(summary))


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    shared = command.shared if isinstance(command, CommandWithExamples) else SHARED
    own = [parameter for parameter in command.params if parameter not in shared]
    for heading, parameters in (("OPTIONS", own), ("GLOBAL OPTIONS", shared)):
        rows = option_rows(parameters, context)
        if rows:
            yield f".SH {heading}"
        for names, text in rows:
            yield from (".TP", _in_bold(names), _escape(text))


def _in_bold(names: str) -> str:
    """The *names* of an option in bold, and what stands for its value in italics."""
    return " ".join(
        f"\\f{'I' if word.isupper() else 'B'}{_escape(word)}\\fR" for word in names.split()
    )


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    """The calls of *examples*, each below its comment."""
    yield from (".SH EXAMPLES", ".EX")
    for call, comment in examples:
        if comment:
            yield _escape(f"# {comment}")
        yield _escape(call)
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
