"""Options of several commands. Those in SHARED may come before or after a command's name."""

from collections.abc import Callable, Collection, Sequence
from functools import wraps
from typing import Any, Final, NamedTuple, TypeVar

import click

from countdown.cli.choices import Word, Words, flatten
from countdown.cli.context import shared_options
from countdown.core.release import KINDS, STAGES, TYPES
from countdown.formats import FORMATS

CommandFunction = TypeVar("CommandFunction", bound=Callable[..., Any])
Decorator = Callable[[CommandFunction], CommandFunction]

SORT_ORDERS: Final = ("date", "title", "kind", "platform", "stage")


def _store_shared(ctx: click.Context, param: click.Parameter, value: object) -> None:
    """Keep *value* for the session: an option after the command's name beats one before it."""
    if value in (None, False, ()):
        return
    shared = shared_options(ctx)
    if isinstance(value, tuple):
        shared.catalogue = (*shared.catalogue, *value)
    else:
        setattr(shared, str(param.name), value)


def _show_help(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from countdown.cli import help_pages  # Deferred: few ask for help.

        help_pages.show(ctx, ctx.get_help())
        ctx.exit()


def _shared_option(*names: str, **attributes: Any) -> click.Option:
    return click.Option(names, expose_value=False, callback=_store_shared, **attributes)


def _format_option(formats: tuple[str, ...], default: str) -> click.Option:
    text = f"Output format. [default: {default}]"
    return _shared_option("--format", type=Word(formats), help=text)


SHARED: Final = (
    _shared_option(
        "--as-of",
        metavar="DATE",
        help="Pretend today is DATE. [env: COUNTDOWN_TODAY]",
    ),
    _shared_option(
        "--region",
        metavar="REGION",
        help="Your region, like BR or Brazil. [env: COUNTDOWN_REGION] [default: from config.toml, "
        "else from your locale]",
    ),
    _shared_option(
        "--timezone",
        metavar="ZONE",
        help="Your time zone, like America/Sao_Paulo. [env: COUNTDOWN_TIMEZONE] [default: from "
        "config.toml, else from your system]",
    ),
    _shared_option(
        "--catalogue",
        metavar="FILE",
        multiple=True,
        help="Catalogue to read instead; repeatable, later ones win. [env: COUNTDOWN_CATALOGUE]",
    ),
    _format_option(FORMATS, "from config.toml, else table on a terminal and plain in a pipe"),
    _shared_option("--json", "format", flag_value="json", help="Same as --format json."),
    _shared_option("--raw", is_flag=True, help="No apostrophes in csv and tsv."),
    _shared_option("--days", "exact_days", is_flag=True, help="Show exact days."),
    _shared_option(
        "--accessible", is_flag=True, help="Sentences for a screen reader. [env: ACCESSIBLE]"
    ),
    _shared_option("--no-color", is_flag=True, help="Turn colours off. [env: NO_COLOR]"),
    _shared_option("--no-pager", is_flag=True, help="Don't use a pager. [env: NO_PAGER]"),
    # Click's own help option imports gettext and locale for one sentence: 2 ms.
    click.Option(
        ["-h", "--help"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_show_help,
        help="Show this page.",
    ),
)


# for *exclude* of commands that need no catalogue
ALL_BUT_HELP: Final = tuple(option.opts[0] for option in SHARED if option.name != "help")


class Filters(NamedTuple):
    """Values of the options that choose releases, each named after its option.

    An option that a command lacks has its default here.
    """

    word: tuple[str, ...] = ()  # typed without an option, and a name of several kinds
    actor: tuple[str, ...] = ()
    director: tuple[str, ...] = ()
    person: tuple[str, ...] = ()
    title: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    franchise: tuple[str, ...] = ()
    followed: bool = False
    kind: tuple[str, ...] = ()
    stage: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    within: str | None = None
    first: str | None = None  # of --from
    last: str | None = None  # of --to
    dated: bool | None = None
    released: bool = False
    complete: bool = False
    everything: bool = False  # of --all
    limit: int | None = None


not_only_followed: Final = click.option(
    "--all", "everything", is_flag=True, help="Not only what you follow."
)
followed: Final = click.option("--followed", is_flag=True, help="Only what you follow.")
limit: Final = click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="Show at most N releases."
)
everything: Final = click.option("--all", "everything", is_flag=True, help="Include released ones.")
everything_of_a_person: Final = click.option(
    "--all", "everything", is_flag=True, help="For a person, include released ones."
)
MATCHING: Final = (
    click.option("--actor", metavar="NAME", multiple=True, help="Only with this actor."),
    click.option("--director", metavar="NAME", multiple=True, help="Only by this director."),
    click.option(
        "--person", metavar="NAME", multiple=True, help="Only with this person, in any job."
    ),
    click.option("--title", metavar="WORDS", multiple=True, help="Only titles with these words."),
    click.option("--platform", metavar="NAME", multiple=True, help="Only on this platform."),
    click.option(
        "--franchise",
        metavar="NAME",
        multiple=True,
        help="Only this franchise (initials work: MCU).",
    ),
    followed,
    click.option(
        "--kind",
        type=Words(KINDS),
        multiple=True,
        callback=flatten,
        help="Only this kind; series includes seasons.",
    ),
    click.option(
        "--stage",
        type=Words(STAGES),
        multiple=True,
        callback=flatten,
        help="Only at this stage.",
    ),
    click.option(
        "--type",
        "types",
        type=Words(TYPES),
        multiple=True,
        callback=flatten,
        help="Only dates of this type.",
    ),
    click.option("--within", metavar="SPAN", help="Due within 90d, 12w, 6m or 1y."),
    click.option("--from", "first", metavar="DATE", help="Due on this day or later."),
    click.option("--to", "last", metavar="DATE", help="Due on this day or earlier."),
)
STATES: Final = (
    click.option("--dated/--undated", "dated", default=None, help="Only with, or without, a date."),
    click.option("--released", is_flag=True, help="Released ones, newest first."),
    click.option("--complete", is_flag=True, help="Seasons by the day that all is out."),
    click.option("--all", "everything", is_flag=True, help="Include released and cancelled."),
)
OVERVIEW: Final = (followed, STATES[-1])  # of a bare `countdown`
ORDER: Final = (
    click.option(
        "--sort",
        type=Word(SORT_ORDERS),
        metavar="ORDER",
        default="date",
        help="Sort order. [default: date]",
    ),
    click.option("--reverse", is_flag=True, help="Reverse the order."),
)


def filters(*options: Decorator[Any]) -> Decorator[Callable[..., None]]:
    """A decorator that adds *options* to a command; those of `Filters` reach it as *filters*."""
    return gather("filters", Filters._fields, Filters, options)


def gather(
    parameter: str,
    names: Collection[str],
    make: Callable[..., object],
    options: Sequence[Decorator[Any]],
) -> Decorator[Callable[..., None]]:
    """A decorator that adds *options* to a command.

    Click's values for the parameters *names* are passed to *make*, whose result the command gets as
    *parameter*. Click's values have no static types: this is the only place that must match them.
    """

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def call(*arguments: object, **values: object) -> None:
            gathered = {name: values.pop(name) for name in names if name in values}
            command(*arguments, **values, **{parameter: make(**gathered)})

        decorated: Callable[..., None] = call
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def command(
    name: str,
    *examples: str,
    exclude: tuple[str, ...] = (),
    formats: tuple[str, ...] = (),
    default_format: str = "",
) -> Callable[[Callable[..., Any]], click.Command]:
    """A decorator that makes a command with the shared options, except those in *exclude*.

    Its help page ends with *examples*. *formats* limits --format, whose help names
    *default_format*; the command must then ignore the format of config.toml.
    """
    from countdown.cli.examples import CommandWithExamples  # Deferred: a bare `countdown` has none.

    def decorate(function: Callable[..., Any]) -> click.Command:
        make = click.command(
            name, cls=CommandWithExamples, examples=examples, add_help_option=False
        )
        command = make(click.pass_context(function))
        if formats:
            command.params.append(_format_option(formats, default_format))
        left_out = (
            {*exclude, "--format", "--raw"} if formats or "--format" in exclude else {*exclude}
        )
        command.shared += [option for option in SHARED if option.opts[0] not in left_out]
        command.params += command.shared
        return command

    return decorate
