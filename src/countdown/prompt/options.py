"""The options of `countdown prompt`, for the light path and for click alike."""

from countdown.core.template import DEFAULT, parse_template

TYPE_CHECKING = False  # The module typing costs as much as a bare interpreter: see entry.
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from countdown.core.span import Span

READERS = (
    *("plain", "bash", "zsh", "fish", "tmux"),
    *("waybar", "polybar", "starship", "i3blocks", "xbar"),
)
MAX_COUNT = 50  # releases in one line
MIN_WIDTH = 4  # columns
MAX_WIDTH = 500


class PromptOptions:
    """The values of the options, each with the name of its option.

    *milestones* are numbers of days ahead on which there is an answer, if any are given. *width* is
    in columns; *template* has pairs of literal text and the field after it.
    """

    def __init__(self, format: str | None = None) -> None:
        """*format* is the template of the settings, unless --format sets another one."""
        self.filters: list[tuple[str, str]] = []  # sort and name, as index/names.py looks them up
        self.template: list[tuple[str, str]] = parse_template(format or DEFAULT)
        self.count = 1
        self.width = MAX_WIDTH
        self.within: Span | None = None
        self.milestones: tuple[int, ...] = ()
        self.followed = False
        self.everything = False
        self.reader = "plain"

    def set(self, option: str, text: str) -> None:
        """Set *option* to the value of *text*.

        Raises ValueError with a message for users, and KeyError if there is no such option.
        """
        name, parse, _, _ = OPTIONS[option]
        if name == "filters":
            self.filters.append((option[2:], text))
        else:
            setattr(self, name, parse(text))

    def last_day(self, today: int) -> int | None:
        """The last day of --within, if it is set. Both days are ordinals."""
        if self.within is None:
            return None
        from datetime import date

        from countdown.core.span import day_after

        return day_after(date.fromordinal(today), self.within).toordinal()


def parse_options(words: list[str], format: str | None = None) -> PromptOptions | None:
    """The options in *words* of a command line; None if click must parse them.

    *format* is the template of the settings.
    """
    options, rest = PromptOptions(format), iter(words)
    try:
        for word in rest:
            option, equals, text = word.partition("=")
            if word in FLAGS:
                options.set(word, word)
            elif option in FLAGS:
                return None
            else:
                options.set(option, text if equals else next(rest))
    except (KeyError, ValueError, StopIteration):
        return None
    return options


def _number(least: int, most: int) -> "Callable[[str], int]":
    """A parser of whole numbers from *least* to *most*."""

    def parse(text: str) -> int:
        if not (
            text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most
        ):
            raise ValueError(f'"{text}" isn\'t a number from {least} to {most}')
        return int(text)

    return parse


def _span(text: str) -> "Span":
    from countdown.core.span import parse_span  # Deferred: it imports datetime; few set --within.

    return parse_span(text)


def _days(text: str) -> tuple[int, ...]:
    """The numbers of days in a text like `100,30,7,1,0`."""
    try:
        return tuple(_number(0, 99_999)(part.strip()) for part in text.split(","))
    except ValueError:
        raise ValueError(f'can\'t read "{text}" as days; write some like 100,30,7,1,0') from None


def _reader(text: str) -> str:
    if text not in READERS:
        raise ValueError(f'unknown program "{text}"; choose {", ".join(READERS)}')
    return text


# Option → attribute of PromptOptions, parser, placeholder of its value in the help (empty for a
# flag), help.
OPTIONS: "dict[str, tuple[str, Callable[[str], Any], str, str]]" = {
    "--actor": ("filters", str, "NAME", "Only with this actor."),
    "--director": ("filters", str, "NAME", "Only by this director."),
    "--person": ("filters", str, "NAME", "Only with this person, in any job."),
    "--title": ("filters", str, "WORDS", "Only titles with these words."),
    "--platform": ("filters", str, "NAME", "Only on this platform."),
    "--franchise": ("filters", str, "NAME", "Only this franchise (initials work: MCU)."),
    "--id": ("filters", str, "ID", "Only the release with this id."),
    "--followed": ("followed", bool, "", "Only what you follow, even if that's nothing."),
    "--all": ("everything", bool, "", "Not only what you follow."),
    "--within": ("within", _span, "SPAN", "Hide unless due within 90d, 12w or 6m."),
    "--milestones": ("milestones", _days, "DAYS", "Show only on these days, like 30,7,1,0."),
    "--count": ("count", _number(1, MAX_COUNT), "N", "How many releases. [default: 1]"),
    "--format": (
        "template",
        parse_template,
        "TEXT",
        'Template. [default: from config.toml, else "{title} {left}"]',
    ),
    "--max-width": (
        "width",
        _number(MIN_WIDTH, MAX_WIDTH),
        "N",
        "Maximum width; long titles are shortened.",
    ),
    "--for": ("reader", _reader, "READER", "Escape for this program: " + ", ".join(READERS) + "."),
}
REPEATED = tuple(name for name, (field, *_) in OPTIONS.items() if field == "filters")
FLAGS = tuple(name for name, (_, _, metavar, _) in OPTIONS.items() if not metavar)
