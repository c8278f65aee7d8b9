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
from countdown.cli.options import SHARED
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
        "actor": "One actor's releases, with roles.",
        "person": "The releases of anyone credited: cast, director, writer, creator.",
        "search": "Titles, people, franchises and synopses, best match first.",
    },
    "What you follow": {
        "follow": "People, titles, franchises or platforms, to follow from now on.",
        "unfollow": "Those that you follow no more.",
        "following": "What you follow, how much of it is ahead, and what comes next.",
    },
    "What moved, and in time": {
        "news": "What was seen to change: dates, stages, what is new or gone.",
        "remind": "What comes out soon or has moved, each thing told once.",
    },
    "In your shell": {
        "prompt": "One line for a shell's prompt or a status bar.",
        "init": "What a shell reads at its start: the prompt, and completion.",
        "completion": "Completion alone, for a shell to read at its start.",
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
}
SYNONYMS: Final = {"rm": "remove"}  # other words for commands, in no list of them
COMMANDS: Final = {name: text for section in SECTIONS.values() for name, text in section.items()}


class LazyGroup(click.Group):
    """A group whose commands are modules of `countdown.commands`, imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of the help page."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        name = SYNONYMS.get(cmd_name, cmd_name)
        return _load_command(name) if name in COMMANDS else None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that *args* name. Raises UsageError, with the nearest name."""
        name = SYNONYMS.get(args[0], args[0])
        if name not in COMMANDS:
            from difflib import get_close_matches  # Deferred: 1 ms, only for a typo.

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f'; did you mean "{near[0]}"?' if near else ""
            raise click.UsageError(f'there is no command "{name}"{hint}', ctx)
        command = _load_command(name)
        _check_shared(ctx, command)
        return name, command, args[1:]

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the sections of the help page."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([*commands.items()])


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
  countdown actor "Chris Hemsworth" --all   what he is in, out or not
  countdown show "Rescue 2"                 any alias finds it
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
@click.pass_context
def root(ctx: click.Context) -> None:
    """How long until it comes out, and if nobody knows, how far along it is."""
    if ctx.invoked_subcommand is None:
        _load_module("list").overview(ctx)


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
