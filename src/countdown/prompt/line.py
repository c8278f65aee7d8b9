"""Renders upcoming releases as one line that can't harm a terminal, a shell or a status bar."""

from datetime import date

from countdown.core import day_style
from countdown.index.days import UpcomingDay
from countdown.prompt.clock import Clock
from countdown.prompt.options import MAX_WIDTH, MIN_WIDTH, PromptOptions

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60  # s
_CUT = ".."  # Terminals disagree on the width of an ellipsis.
_UNSURE_WIDTH = (  # jamo and fillers that join letters, variation selectors, counting rods
    *((0x1160, 0x11FF), (0x3164, 0x3164), (0xD7B0, 0xD7FF), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0)),
    (0x1D360, 0x1D37F),
)


class Item:
    """A release in a prompt: the fields of a template, as text, and the whole days left.

    The phrase is added to *fields* only when a template uses it, since it costs an import.
    """

    def __init__(
        self,
        release: UpcomingDay,
        clock: Clock,
        region: str | None,
        *,
        ascii: bool,
        style: str = day_style.DEFAULT,
        languages: tuple[str, ...] = (),
    ) -> None:
        """*style* is a style of days; *languages* are those of titles."""
        summary = release.summary
        stage = clean(summary.stage, ascii=ascii)
        on = clean(day_style.format_day(date.fromordinal(release.day), style), ascii=ascii)
        elsewhere = ""
        if release.place not in ("", region):
            from countdown.core.regions import place_mark  # Deferred: seldom needed.

            elsewhere = f" {clean(place_mark(release.place), ascii=ascii)}"
        self.whole_days = release.day - clock.today
        self._release, self._clock = release, clock
        self.fields = {
            "title": clean(summary.name_in(languages), ascii=ascii)
            or clean(summary.id, ascii=ascii),
            "days": str(self.whole_days),
            "left": time_left(release, clock),
            # As in lists, a date for another place is marked.
            "date": f"{on}{elsewhere}",
            # A release isn't out before its day, even if its stage says so.
            "stage": "" if summary.stage == "released" and self.whole_days else stage,
            "platform": clean(summary.where, ascii=ascii),
        }

    def text(self, options: PromptOptions, *, ascii: bool, title_width: int) -> str:
        """The item in the template of *options*, with its title cut to *title_width* columns."""
        if "phrase" not in self.fields and has_phrase(options):
            self.fields["phrase"] = phrase(self._release, self._clock)
        fields = {**self.fields, "title": cut(self.fields["title"], title_width)}
        parts = [
            clean(before, ascii=ascii) + fields.get(name, "") for before, name in options.template
        ]
        return " ".join("".join(parts).split())


def time_left(release: UpcomingDay, clock: Clock) -> str:
    """`12d`; `14h` or `20min` in the last day before a known instant; `today`, and then `out`."""
    seconds = None if release.instant is None else release.instant - clock.seconds
    if seconds is not None and 0 < seconds < _DAY:
        return f"{seconds // _HOUR}h" if seconds >= _HOUR else f"{max(seconds // _MINUTE, 1)}min"
    if release.day > clock.today:
        return f"{release.day - clock.today}d"
    return "today" if seconds is None or seconds > 0 else "out"


def has_phrase(options: PromptOptions) -> bool:
    """True if the template of *options* contains a phrase."""
    return any(name == "phrase" for _, name in options.template)


def phrase(release: UpcomingDay, clock: Clock) -> str:
    """The time left as in lists: `in 7 weeks`, `in 14 h 20 min`, `tomorrow`, `out today`."""
    from countdown.core import time_phrases  # Deferred: no default prompt needs it.

    seconds = None if release.instant is None else release.instant - clock.seconds
    if seconds is not None:
        if seconds <= 0:
            return "out today"
        text = time_phrases.until_instant(seconds, is_today=release.day == clock.today)
        if text:
            return text
    return time_phrases.until(date.fromordinal(release.day), date.fromordinal(clock.today))


def valid_until(releases: list[UpcomingDay], clock: Clock, *, has_phrase: bool = False) -> int:
    """The POSIX time in s at which the line of *releases* goes out of date.

    One that *has_phrase* counts minutes in the last two days before an instant.
    """
    until = clock.day_end
    hours_from = 2 * _DAY if has_phrase else _DAY
    for release in releases:
        seconds = 0 if release.instant is None else release.instant - clock.seconds
        if seconds > 0 and not clock.stopped:
            step = _HOUR if seconds >= _HOUR and not has_phrase else _MINUTE
            is_far = seconds >= hours_from
            change = seconds - hours_from if is_far else min(seconds % step, seconds - 1)
            until = min(until, clock.seconds + change + 1)
    return until


def render_line(items: list[Item], options: PromptOptions, *, ascii: bool) -> str:
    """*items* in one line of at most the width in *options*.

    Titles are cut first, then the last releases are left out.
    """
    for count in range(len(items), 0, -1):

        def line(title_width: int, shown: list[Item] = items[:count]) -> str:
            texts = [item.text(options, ascii=ascii, title_width=title_width) for item in shown]
            return ", ".join(texts)

        fits, breaks = MIN_WIDTH - 1, options.width + 1
        while breaks - fits > 1:
            middle = (fits + breaks) // 2
            is_narrow = width(line(middle)) <= options.width
            fits, breaks = (middle, breaks) if is_narrow else (fits, middle)
        if fits >= MIN_WIDTH:
            return line(fits)
    if not items:
        return ""
    return cut(items[0].text(options, ascii=ascii, title_width=MIN_WIDTH), options.width)


def clean(text: str, *, ascii: bool) -> str:
    """*text* without characters that move the cursor or whose width programs disagree on.

    With *ascii*, letters lose their accents, and others become question marks.
    """
    text = text[:MAX_WIDTH]  # The maximum width of a line.
    if text.isascii():
        if text.isprintable():
            return text
        return "".join(c if c.isprintable() else " " * (c in "\t\n") for c in text)
    import unicodedata  # Deferred: most titles are ASCII.

    if ascii:
        plain = unicodedata.normalize("NFKD", text)
        bare = "".join(c for c in plain if not unicodedata.combining(c))
        return clean(bare.encode("ascii", "replace").decode(), ascii=True)
    kept = []
    marks = 0
    for c in unicodedata.normalize("NFC", text):
        category = unicodedata.category(c)
        marks = marks + 1 if category == "Mn" else 0
        # An enclosing mark (Me) turns a letter into an emoji.
        emoji = category in ("So", "Sk", "Me") and ord(c) > 0xFF
        unsure = any(first <= ord(c) <= last for first, last in _UNSURE_WIDTH)
        if category[0] not in "CZ" and not emoji and not unsure and marks < 3:
            kept.append(c)
        elif category == "Zs" or c in "\t\n":
            kept.append(" ")
    return "".join(kept)


def width(text: str) -> int:
    """The width of *text*, which must be clean, in columns."""
    if text.isascii():
        return len(text)
    from countdown.core import width as measure  # Deferred: most titles are ASCII.

    return measure.width(text)


def cut(text: str, max_width: int) -> str:
    """*text*, or the start of it with two dots, in at most *max_width* columns."""
    if text.isascii():
        room = max_width - len(_CUT)
        return text if len(text) <= max_width else text[:room].rstrip() + _CUT
    from countdown.core import width as measure

    return measure.cut(text, max_width, _CUT)
