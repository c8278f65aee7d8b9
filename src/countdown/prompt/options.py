"""What is asked of the prompt: its options, for the light path and for click alike."""

from countdown.core.template import DEFAULT, parse_template

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

READERS: "Final" = (
    *("plain", "bash", "zsh", "fish", "tmux"),
    *("waybar", "polybar", "starship", "i3blocks", "xbar"),
)
MOST: "Final" = 50  # releases in one line
NARROWEST: "Final" = 4  # columns
WIDEST: "Final" = 500


class PromptOptions:
    """What is asked for; each attribute is named after its option.

    *within* is in days, *milestones* are the days on which there is an answer at all, *width* is
    in columns, *template* is in parts of literal text and a field's name.
    """

    def __init__(self, format: str | None = None) -> None:
        """*format* is the template of the settings, for who does not ask for another."""
        self.filters: list[tuple[str, str]] = []  # sort and name, as index/names.py looks them up
        self.template: list[tuple[str, str]] = parse_template(format or DEFAULT)
        self.count = 1
        self.width = WIDEST
        self.within: int | None = None
        self.milestones: tuple[int, ...] = ()
        self.followed = False
        self.reader = "plain"

    def set(self, option: str, text: str) -> None:
        """Take *text* as the value of *option*.

        Raises ValueError, which says what would be right, and KeyError if there is no such option.
        """
        name, read, _, _ = OPTIONS[option]
        if name == "filters":
            self.filters.append((option[2:], text))
        else:
            setattr(self, name, read(text))


def parse_options(words: "list[str]", format: str | None = None) -> PromptOptions | None:
    """What *words* of a command line ask for; None if they are not as simple as they should be.

    *format* is the template of the settings.
    """
    asked, rest = PromptOptions(format), iter(words)
    try:
        for word in rest:
            option, equals, text = word.partition("=")
            if word in FLAGS:
                asked.set(word, word)
            elif option in FLAGS:
                return None
            else:
                asked.set(option, text if equals else next(rest))
    except (KeyError, ValueError, StopIteration):
        return None
    return asked


def _number(least: int, most: int) -> "Callable[[str], int]":
    def read(text: str) -> int:
        if not (
            text.isascii() and text.isdecimal() and len(text) < 9 and least <= int(text) <= most
        ):
            raise ValueError(f'"{text}" is none; write a number from {least} to {most}')
        return int(text)

    return read


def _span(text: str) -> int:
    """`100d` or `14w` in days."""
    number, unit = text[:-1], text[-1:].lower()
    if not (number.isascii() and number.isdecimal() and unit in ("d", "w") and len(number) < 6):
        raise ValueError(f'"{text}" is no span; write 100d or 14w')
    return int(number) * (7 if unit == "w" else 1)


def _days(text: str) -> tuple[int, ...]:
    """`100,30,7,1,0`."""
    try:
        return tuple(_number(0, 99_999)(part.strip()) for part in text.split(","))
    except ValueError:
        raise ValueError(f'"{text}" are no days; write some like 100,30,7,1,0') from None


def _reader(text: str) -> str:
    if text not in READERS:
        raise ValueError(f'"{text}" is none; write one of {", ".join(READERS)}')
    return text


# Option → attribute of a wish, how its value is read, what a help page calls that (nothing if there
# is none), and its line.
OPTIONS: "Final[dict[str, tuple[str, Callable[[str], Any], str, str]]]" = {
    "--actor": ("filters", str, "NAME", "Only with this actor."),
    "--director": ("filters", str, "NAME", "Only by this director."),
    "--person": ("filters", str, "NAME", "Only with this person, any credit."),
    "--title": ("filters", str, "WORDS", "Only titles with these words."),
    "--platform": ("filters", str, "NAME", "Only on this platform."),
    "--franchise": ("filters", str, "NAME", "Only of it; initials do: MCU."),
    "--id": ("filters", str, "ID", "Only the release with this id."),
    "--followed": ("followed", bool, "", "Only what you follow, even if that is nothing."),
    "--within": ("within", _span, "SPAN", "Silent unless it comes within 100d or 14w."),
    "--milestones": ("milestones", _days, "DAYS", "Silent on all other days: 100,30,7,1,0."),
    "--count": ("count", _number(1, MOST), "N", "So many releases.  [default: 1]"),
    "--format": (
        "template",
        parse_template,
        "TEXT",
        'How to write one.  [default: that of config.toml, else "{title} {left}"]',
    ),
    "--max-width": (
        "width",
        _number(NARROWEST, WIDEST),
        "N",
        "No wider than N columns; titles are cut first.",
    ),
    "--for": ("reader", _reader, "READER", "Escaped for who reads it: " + ", ".join(READERS) + "."),
}
REPEATED: "Final" = tuple(name for name, (field, *_) in OPTIONS.items() if field == "filters")
FLAGS: "Final" = tuple(name for name, (_, _, metavar, _) in OPTIONS.items() if not metavar)
