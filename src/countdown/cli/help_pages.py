"""Help pages, laid out for the width of the terminal, with bold headings and names.

Click's own layout breaks long words where the terminal is narrow, and lists every option that all
commands share on each page.
"""

import os
import re
import sys
import time
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Final

import click

from countdown.cli import background
from countdown.cli.context import shared_options
from countdown.cli.examples import CommandWithExamples, Example, parse_example
from countdown.cli.messages import write
from countdown.config import cached
from countdown.formats.terminal_size import terminal_size
from countdown.formats.themes import looks

OPTIONS_PAGE: Final = "options"  # a word for `countdown help` that isn't a command
ROOT_USAGE: Final = "[TITLE | PERSON | COMMAND] [OPTIONS]"
EXIT_CODES: Final = (
    ("0", "All went well."),
    ("1", "Nothing was found, or the answer couldn't be written."),
    ("2", "The command line is wrong."),
    ("3", "A catalogue or config.toml has problems."),
    ("4", "No source of live facts could be reached."),
    ("6", "Some sources failed, or something is held back."),
)
MAX_WIDTH: Final = 100  # columns: longer lines are hard to read
_MIN_TEXT_WIDTH: Final = 26  # columns beside a name; with fewer, the text goes below it
_MAX_NAME_WIDTH: Final = 24  # columns; the text of a longer name goes below it
_INDENT: Final = "  "
_GAP: Final = "  "
_BOLD: Final = "1"
_HEADING: Final = "1;4"  # underlined as well
_BRACKET: Final = re.compile(r"\[env: \w+\]")  # stays on one line
_SHELL_WORD: Final = re.compile(r"""(?:"[^"]*"|'[^']*'|\S)+""")
_JOINT: Final = "\0"  # a space in it, until the text is in lines
_LIKE: Final = ("--region", "--json")  # global options that are named, of those a command takes
_NO_STYLE_TERMINALS: Final = ("dumb", "unknown")


class Page:
    """The lines of a page of *width* columns; *styled* for a terminal that shows bold text.

    *name_codes* are the SGR codes (ECMA-48) of names of commands and options.
    """

    def __init__(self, width: int, *, styled: bool, name_codes: str = _BOLD) -> None:
        self.width = width
        self.styled = styled
        self.name_codes = name_codes

    @classmethod
    def for_terminal(cls, ctx: click.Context) -> "Page":
        """A page for the terminal at stdout, or for a pipe."""
        columns = terminal_size().columns
        styled = _shows_styles(shared_options(ctx).words)
        codes = _name_codes() if styled else _BOLD
        return cls(min(columns, MAX_WIDTH), styled=styled, name_codes=codes)

    def heading(self, text: str) -> str:
        """The heading of a section, with its colon."""
        return f"{self._style(text, _HEADING)}:"

    def paragraphs(self, text: str) -> Iterator[str]:
        """The lines of *text*, whose paragraphs are separated by empty lines."""
        for part in text.split("\n\n"):
            yield from (*self.wrap(part), "")

    def wrap(self, text: str, indent: str = "", first: str | None = None) -> list[str]:
        """*text* in lines of the page's width, indented; no word is broken."""
        lines = wrap(
            _BRACKET.sub(lambda match: match[0].replace(" ", _JOINT), " ".join(text.split())),
            max(self.width, len(indent) + 1),
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(_JOINT, " ") for line in lines]

    def rows(self, rows: Sequence[tuple[str, str]], longest: int = 0) -> Iterator[str]:
        """Names with their texts beside them, or below them without room.

        The column of names has *longest* columns, or as many as they need.
        """
        short = (len(name) for name, _ in rows if len(name) <= _MAX_NAME_WIDTH)
        longest = longest or max(short, default=0)
        column = len(_INDENT) + longest + len(_GAP)
        beside = self.width - column >= _MIN_TEXT_WIDTH
        indent = " " * (column if beside else 3 * len(_INDENT))
        for name, text in rows:
            bold = _INDENT + " ".join(map(self._name, name.split()))
            lines = self.wrap(text, indent)
            if beside and len(name) <= longest and lines:
                yield f"{bold}{' ' * (longest - len(name))}{_GAP}{lines[0].lstrip()}"
                yield from lines[1:]
            else:
                yield from (bold, *lines)

    def examples(self, examples: Sequence[Example]) -> Iterator[str]:
        """*examples* as calls that can be pasted, even over several lines, with their comments."""
        comments = [example for example in examples if example.comment]
        longest = max((len(example.call) for example in comments), default=0)
        column = len(_INDENT) + longest + len(_GAP)
        needed = max((len(f"# {example.comment}") for example in comments), default=0)
        beside = column + needed <= self.width
        for call, comment in examples:
            if comment and beside:
                yield f"{_INDENT}{call:<{longest}}{_GAP}# {comment}"
                continue
            if comment:
                yield from self.wrap(f"# {comment}", f"{_INDENT}# ", first=_INDENT)
            yield from self._call(call)

    def _call(self, call: str) -> Iterator[str]:
        """*call* in lines, with a backslash at each break so that a shell joins them."""
        line = _INDENT
        for word in _SHELL_WORD.findall(call):
            if line.strip() and len(line) + len(word) + len(" \\") > self.width:
                yield f"{line}\\"
                line = 2 * _INDENT
            line += f"{word} "
        yield line.rstrip()

    def _name(self, word: str) -> str:
        """*word* of a name, styled unless it is a placeholder in capitals."""
        return word if word.isupper() else self._style(word, self.name_codes)

    def _style(self, text: str, codes: str) -> str:
        return f"\x1b[{codes}m{text}\x1b[0m" if self.styled else text


def _shows_styles(words: Sequence[str]) -> bool:
    """True if stdout shows bold text, and neither *words* nor the environment turn it off."""
    if os.environ.get("NO_COLOR") or "--no-color" in words:
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    is_terminal = sys.stdout is not None and sys.stdout.isatty()
    return is_terminal and os.environ.get("TERM", "") not in _NO_STYLE_TERMINALS


def _name_codes() -> str:
    """SGR codes: bold, with the theme's colour of commands if the background is known already."""
    has_256 = "256color" in os.environ.get("TERM", "") or os.environ.get("COLORTERM")
    settings = cached.load(time.time_ns())
    configured = settings.theme if settings else None
    theme = background.known_theme() if configured in (None, "auto") else configured
    look = looks(theme or "mono", 256 if has_256 else 0).get("command", "")
    return f"{_BOLD};38;5;{look.removeprefix('color(').removesuffix(')')}" if look else _BOLD


def command_page(command: CommandWithExamples, ctx: click.Context) -> str:
    """The page of one command."""
    return "\n".join(_command_lines(command, ctx, Page.for_terminal(ctx)))


def _command_lines(command: CommandWithExamples, ctx: click.Context, page: Page) -> Iterator[str]:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    yield from page.wrap(f"Usage: {ctx.command_path} {pieces}", 2 * _INDENT, first="")
    yield ""
    yield from page.paragraphs(command.help or "")
    own = [parameter for parameter in command.params if parameter not in command.shared]
    rows = option_rows(own, ctx)
    if rows:
        yield from (page.heading("Options"), *page.rows(rows), "")
    yield from (page.heading("Examples"), *page.examples(command.examples), "")
    yield from page.wrap(_pointer({name for option in command.shared for name in option.opts}))


def _pointer(names: Collection[str]) -> str:
    """The line that says where global options are, with some of *names*, those of a command."""
    some = " and ".join(name for name in _LIKE if name in names)
    return f"Global options{some and f', like {some}'}: countdown help {OPTIONS_PAGE}"


def root_page(
    ctx: click.Context,
    summary: str,
    examples: Sequence[str],
    sections: Mapping[str, Mapping[str, str]],
) -> str:
    """The page of the program: *sections* are commands and their summaries by heading."""
    page = Page.for_terminal(ctx)
    lines = [
        *page.wrap(f"Usage: {ctx.command_path} {ROOT_USAGE}", 2 * _INDENT, first=""),
        "",
        *page.paragraphs(summary),
        *(page.heading("Examples"), *page.examples([*map(parse_example, examples)]), ""),
    ]
    longest = max(len(name) for commands in sections.values() for name in commands)
    for heading, commands in sections.items():
        lines += [page.heading(heading), *page.rows([*commands.items()], longest), ""]
    lines += page.wrap("A command's options and examples: countdown help COMMAND")
    lines += page.wrap(_pointer(_LIKE))
    return "\n".join(lines)


def options_page(
    ctx: click.Context, own: Sequence[click.Parameter], shared: Sequence[click.Parameter]
) -> str:
    """The page of options: those *shared* by all commands, and those of bare `countdown`."""
    page = Page.for_terminal(ctx)
    lines = [
        *page.paragraphs(
            "Global options go before or after a command. Not every command needs all of them."
        ),
        *(page.heading("Global options"), *page.rows(option_rows(shared, ctx)), ""),
        *(page.heading("Without a command"), *page.rows(option_rows(own, ctx)), ""),
        *(page.heading("Exit codes"), *page.rows(EXIT_CODES)),
    ]
    return "\n".join(lines)


def option_rows(parameters: Iterable[click.Parameter], ctx: click.Context) -> list[tuple[str, str]]:
    """The names and the help of the options in *parameters* that help pages show."""
    options = [option for option in parameters if isinstance(option, click.Option)]
    return [_option_row(option, ctx) for option in options if not option.hidden]


def _option_row(option: click.Option, ctx: click.Context) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    if option.secondary_opts:
        names += f" / {', '.join(option.secondary_opts)}"
    text = option.help or ""
    if option.is_flag:
        return names, text
    if isinstance(option.type, click.Choice):
        sentence, bracket, notes = text.partition(" [")
        text = f"{sentence} One of: {', '.join(option.type.choices)}.{bracket}{notes}"
        return f"{names} {option.metavar or option.opts[0].lstrip('-').upper()}", text
    return f"{names} {option.metavar or 'TEXT'}", text


def show(ctx: click.Context, text: str) -> None:
    """Write a help page; through the pager if it is too long for the terminal.

    Raises OutputError, and CountdownError if the pager fails.
    """
    text = f"{text}\n"
    words = shared_options(ctx).words
    if "--no-pager" in words or not _is_interactive() or _fits(text):
        write(text)
        return
    from countdown.cli import pager  # Deferred: few pages need it.

    pager.page(text, sys.stdout.encoding)


def _is_interactive() -> bool:
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _fits(text: str) -> bool:
    return text.count("\n") < terminal_size().lines
