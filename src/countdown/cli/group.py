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
from countdown.cli.messages import echo, hints, warn
from countdown.cli.options import OVERVIEW, SHARED, Filters, filters
from countdown.version import VERSION

# Section → command → its line in `countdown --help`, which must not import any command.
SECTIONS: Final = {
    "What's coming": {
        "list": "List upcoming releases, soonest first.",
        "next": "Show the next release in big digits.",
        "status": "Show how far undated productions are.",
        "calendar": "Show months with the releases of their days.",
        "timeline": "Draw releases on one axis of time.",
        "live": "Count down live on the full screen.",
    },
    "Find something": {
        "show": "Show everything about one release.",
        "actor": "List someone's films and series.",
        "search": "Search titles, people, platforms and synopses.",
        "why": "Say why there's no day yet.",
        "marathon": "Plan what to watch before a release.",
    },
    "What you follow": {
        "follow": "Follow a person, title, franchise or platform.",
        "unfollow": "Stop following.",
    },
    "Changes and reminders": {
        "news": "Show recent changes: new dates, delays, stages.",
        "remind": "Print reminders; each is sent once.",
    },
    "Live facts": {
        "track": "Put a film or series into your list.",
        "untrack": "Stop tracking a film or series.",
        "refresh": "Ask sources what changed.",
        "source": "Show or change where live facts come from.",
    },
    "Your shell and settings": {
        "prompt": "Print one line for prompts and status bars.",
        "init": "Set up your shell: prompt and tab completion.",
        "config": "Show or change your settings.",
        "doctor": "Check installation, files, shells and prompt speed.",
    },
    "Your own catalogue": {
        "add": "Add a release.",
        "edit": "Change a release, or edit your whole catalogue.",
        "remove": "Delete one of your releases.",
        "hide": "Hide a release from every list.",
        "unhide": "Show a hidden release again.",
        "undo": "Undo your last change.",
        "redo": "Redo what you undid.",
        "mine": "Show what you added, changed and hid.",
        "check": "Check a catalogue file for problems.",
    },
    "Import and export": {
        "card": "Draw a picture of one release to share.",
        "export": "Write releases for calendars and other programs.",
        "share": "Write a website of releases.",
        "import": "Follow what you listed in another program.",
    },
    "Help": {
        "help": "Show this page, or a command's.",
        "version": "Show the version.",
    },
}
EXAMPLES: Final = (
    "countdown                      what's coming",
    "countdown dune part three      any title, in any language",
    "countdown chris hemsworth      a person's films and series",
    "countdown list netflix 2027    any words narrow the list",
    "countdown follow zendaya       mark hers, and count down to them",
)
# Synonyms of commands. Any other word is a title or a person: see `resolve_command`.
SYNONYMS: Final = {"person": "actor", "rm": "remove", "to": "show"}
_MAX_TYPO_LETTERS: Final = 2  # that may differ in a typo of a command
COMMANDS: Final = {name: text for section in SECTIONS.values() for name, text in section.items()}


class LazyGroup(click.Group):
    """A group whose commands are modules of `countdown.commands`, imported when they are called."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """All parameters, --help among them; Click would look for duplicates at every start."""
        return self.params

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
        """The command with which *args* begin, else `show`, for a title or a person.

        Raises UsageError for a shared option that the command lacks.
        """
        name = SYNONYMS.get(args[0], args[0])
        if name not in COMMANDS:
            shared_options(ctx).similar_command = _similar_command(name)
            name, args = "show", ["show", *args]
        command = _load_command(name)
        _check_shared(ctx, command)
        return name, command, args[1:]

    def get_help(self, ctx: click.Context) -> str:
        """The help page, for the terminal at stdout."""
        from countdown.cli import help_pages  # Deferred, here and below: few ask for help.

        return help_pages.root_page(ctx, self.help or "", EXAMPLES, SECTIONS)

    def get_options_help(self, ctx: click.Context) -> str:
        """The help page of the options that all commands share, and of those without a command."""
        from countdown.cli import help_pages

        own = [option for option in self.params if option not in SHARED]
        return help_pages.options_page(ctx, own, SHARED)

    def find_command(self, ctx: click.Context, word: str) -> click.Command:
        """The command of that name or synonym. Raises UsageError, with the nearest one."""
        command = self.get_command(ctx, word)
        if command is None:
            similar = _similar_command(word)
            hint = f" Did you mean {similar}?" if similar else ""
            raise click.UsageError(f'Unknown command "{word}".{hint}', ctx)
        return command


def _similar_command(word: str) -> str:
    """The command of which *word*, with the same first letter, may be a typo; empty if none."""
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
            raise click.UsageError(f"countdown {command.name} doesn't take {param.opts[0]}.", ctx)


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        echo(f"countdown {VERSION}")
        ctx.exit()


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    add_help_option=False,
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
    """Count down to film and series releases, or see how far along they are."""
    if ctx.invoked_subcommand is None:
        _load_module("overview").overview(ctx, filters)
    elif any(filters):
        word = "--followed" if filters.followed else "--all"
        raise click.UsageError(f"Put {word} after the command.", ctx)


root.params += SHARED


def run(args: Sequence[str]) -> int:
    """Run the command line *args* and return its exit code; every error is written to stderr."""
    files.lock_wait.report = _report_waiting
    shared = SharedOptions((*args,))
    code = _run(args, shared)
    if shared.left_out:
        warn(hints(shared).adapt(shared.left_out))
    return code


def _run(args: Sequence[str], shared: SharedOptions) -> int:
    """The exit code of the command line *args*, whose shared options are put into *shared*."""
    try:
        with root.make_context("countdown", [*args], obj=shared) as ctx:
            root.invoke(ctx)
    except click.exceptions.Exit as exit:
        return exit.exit_code
    except click.ClickException as error:
        from countdown.cli import usage_errors  # Deferred: few command lines are wrong.

        warn(usage_errors.describe(error), *_usage_hint(error))
        return error.exit_code
    except errors.CountdownError as error:
        warn(*map(hints(shared).adapt, error.lines))
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
    """A hint at the help page of the command with a usage error."""
    ctx = getattr(error, "ctx", None)
    return [f"For help: {ctx.command_path} --help"] if ctx is not None else []


def _report_waiting(task: str, lock: str) -> None:
    """Write to stderr that the command waits for *lock*, so that it doesn't seem to hang.

    `remind` stays silent without a terminal: cron would mail the line.
    """
    if task == "edit" or (sys.stderr is not None and sys.stderr.isatty()):
        warn(f"Waiting for another countdown command ({lock}). Press Ctrl-C to cancel.")
