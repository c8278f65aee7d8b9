"""The group of commands, which imports a command only when it is called.

Errors become messages and exit codes here, except those of the light paths in `entry`.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from types import ModuleType
from typing import Final

import click

from countdown import errors, files, interrupts, streams
from countdown.cli.context import SharedOptions, shared_options
from countdown.cli.messages import echo, warn
from countdown.cli.options import OVERVIEW, SHARED, Filters, filters
from countdown.version import VERSION

# Section → command → its line in `countdown --help`, which must not import any command.
SECTIONS: Final = {
    "What is coming": {
        "list": "Every release still ahead, soonest first.",
        "next": "The soonest release, drawn large.",
        "status": "Productions without a date, by how far along they are.",
    },
    "Finding one": {
        "show": "Everything about one release.",
        "actor": "Anyone's releases, with the role or the job.",
        "search": "Words in titles, people, platforms, synopses.",
    },
    "What you follow": {
        "follow": "Follow a person, title, franchise or platform; without one, what you follow.",
        "unfollow": "Stop following.",
    },
    "What moved, and in time": {
        "news": "What was seen to change: dates, stages, what is new or gone.",
        "remind": "What comes out soon or has moved, each thing told once.",
    },
    "In your shell": {
        "prompt": "One line for a shell's prompt or a status bar.",
        "init": "What a shell reads at its start: the prompt, and completion.",
        "config": "Your settings: shown, changed, or opened in your editor.",
        "doctor": "What is found where, what a prompt costs, and whether it is live.",
    },
    "Your own catalogue": {
        "add": "A release of your own; asks if you name none.",
        "edit": "What your catalogue says of a release; or all of it, in your editor.",
        "remove": "A release of your own, taken out again.",
        "hide": "A release that you want in no list.",
        "unhide": "A hidden release, in lists again.",
        "undo": "The last thing that you did, taken back.",
        "redo": "What undo took back, brought back.",
        "mine": "What is yours, against what was shipped.",
        "check": "Check catalogue files, with every problem's line.",
    },
    "Help": {
        "help": "This page, or that of a command.",
        "version": "The version of the program.",
    },
}
# Other words for a command. What is no command is a title or a person: see `resolve_command`.
SYNONYMS: Final = {"person": "actor", "rm": "remove", "to": "show"}
_MAX_TYPO_LETTERS: Final = 2  # that may be wrong in a command
COMMANDS: Final = {name: text for section in SECTIONS.values() for name, text in section.items()}


class LazyGroup(click.Group):
    """A group whose commands are modules of `countdown.commands`, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the help page."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name or synonym, or None."""
        name = SYNONYMS.get(cmd_name, cmd_name)
        return _load_command(name) if name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that *args* begin with, else `show`, for a title or a person.

        Raises UsageError for a shared option that the command lacks.
        """
        name = SYNONYMS.get(args[0], args[0])
        if name not in COMMANDS:
            shared_options(ctx).similar_command = _similar_command(name)
            name, args = "show", ["show", *args]
        command = _load_command(name)
        _check_shared(ctx, command)
        return name, command, args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections of the help page."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([*commands.items()])


def _similar_command(word: str) -> str:
    """The command that *word* may be a typo of: of the same first letter; else an empty text."""
    distances = {name: _distance(word, name) for name in COMMANDS if name[0] == word[:1]}
    near = [name for name, letters in distances.items() if letters <= _MAX_TYPO_LETTERS]
    return min(near, key=lambda name: distances[name], default="")


def _distance(first: str, second: str) -> int:
    """The letters to insert, delete or replace to get from one word to the other (Levenshtein)."""
    row: list[int] = [*range(len(second) + 1)]
    for count, letter in enumerate(first, 1):
        diagonal, row[0] = row[0], count
        for column, other in enumerate(second, 1):
            replaced = diagonal + (letter != other)
            diagonal = row[column]
            row[column] = min(replaced, row[column] + 1, row[column - 1] + 1)
    return row[-1]


def _load_command(name: str) -> click.Command:
    command: click.Command = _load_module(name).command
    return command


def _load_module(name: str) -> ModuleType:
    with interrupts.FatalSigint():
        return import_module(f"countdown.commands.{name}")


def _check_shared(ctx: click.Context, command: click.Command) -> None:
    """Refuse a shared option before the name of a *command* that lacks it. Raises UsageError."""
    names, shared = {param.name for param in command.params}, shared_options(ctx)
    for param in SHARED:
        if param.name not in names and shared.has(str(param.name)):
            raise click.UsageError(f"countdown {command.name} has no {param.opts[0]}", ctx)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        echo(f"countdown {VERSION}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    add_help_option=False,
    context_settings={"max_content_width": 100},
    epilog="""\b
Examples:
  countdown                                 what is coming
  countdown rescue 2                        any title finds a release
  countdown chris hemsworth --all           a person's, also what is out
  countdown list --json --within 90d        for programs

\b
Exit codes: 0 fine, 1 nothing found, 2 usage, 3 catalogue or config.toml, 4 source.""",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Show the version.",
)
@filters(*OVERVIEW)
@click.pass_context
def root(ctx: click.Context, /, filters: Filters) -> None:
    """How long until it comes out, and if nobody knows, how far along it is."""
    if ctx.invoked_subcommand is None:
        _load_module("list").overview(ctx, filters)
    elif any(filters):
        word = "--followed" if filters.followed else "--all"
        raise click.UsageError(f"Put {word} after the command.", ctx)


root.params += SHARED


def run(args: Sequence[str]) -> int:
    """Run the command line *args* and return its exit code; every error is written to stderr."""
    files.lock_wait.report = _report_waiting
    try:
        with root.make_context("countdown", [*args], obj=SharedOptions((*args,))) as ctx:
            root.invoke(ctx)
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.ClickException as error:
        warn(error.format_message(), *_usage_hint(error))
        return error.exit_code
    except errors.CountdownError as error:
        warn(*error.lines)
        return error.exit_code
    except KeyboardInterrupt:
        return errors.INTERRUPTED
    except streams.OutputError as error:
        return streams.report(error)
    except OSError as error:
        where = f"{error.filename}: " if isinstance(error.filename, str) else ""
        warn(f"{where}{error.strerror or error}")
        return errors.NOTHING_FOUND
    return 0


def _usage_hint(error: click.ClickException) -> list[str]:
    """A hint at the help page of the command that was called wrongly."""
    ctx = getattr(error, "ctx", None)
    return [f"see {ctx.command_path} --help"] if ctx is not None else []


def _report_waiting(task: str, lock: str) -> None:
    """Write to stderr that a command waits for *lock*, so that nobody takes it for hung.

    `remind` stays silent without a terminal: cron would mail the line.
    """
    if task == "edit" or (sys.stderr is not None and sys.stderr.isatty()):
        warn(f"Waiting for another countdown command ({lock}). Press Ctrl-C to cancel.")
