"""Releases ahead → one line of text that no terminal, shell or status bar can be harmed by."""

from datetime import date

from countdown.core import day_style
from countdown.index.days import UpcomingDay
from countdown.prompt.clock import Clock
from countdown.prompt.options import MAX_WIDTH, MIN_WIDTH, PromptOptions

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60  # s
_CUT = ".."  # An ellipsis is one column here and two there.
_ODD = (  # jamo and fillers that join what is before them, variation selectors, counting rods
    *((0x1160, 0x11FF), (0x3164, 0x3164), (0xD7B0, 0xD7FF), (0xFE00, 0xFE0F), (0xFFA0, 0xFFA0)),
    (0x1D360, 0x1D37F),
)


class Item:
    """One release as a prompt says it: the fields of a template, as text, and the whole days."""

    def __init__(
        self,
        one: UpcomingDay,
        clock: Clock,
        region: str | None,
        *,
        ascii: bool,
        style: str = day_style.DEFAULT,
    ) -> None:
        """*style* is how its day is written."""
        glance = one.glance
        stage = clean(glance.stage, ascii=ascii)
        on = day_style.format_day(date.fromordinal(one.day), style)
        place = clean(one.place, ascii=ascii)
        elsewhere = f" {place}" if place not in ("", region) else ""
        self.whole_days = one.day - clock.today
        self.fields = {
            "title": clean(glance.name, ascii=ascii) or clean(glance.id, ascii=ascii),
            "days": str(self.whole_days),
            "left": left(one, clock),
            # As in a list, a date of another region bears its code.
            "date": f"{on}{elsewhere}",
            # A release of a day that has not come is not out, whatever the catalogue knows.
            "stage": "" if glance.stage == "released" and self.whole_days else stage,
            "platform": clean(glance.where, ascii=ascii),
        }

    def told(self, wish: PromptOptions, *, ascii: bool, widest: int) -> str:
        """The item by the template of *wish*, its title cut to *widest* columns."""
        fields = {**self.fields, "title": cut(self.fields["title"], widest)}
        parts = [
            clean(before, ascii=ascii) + fields.get(name, "") for before, name in wish.template
        ]
        return " ".join("".join(parts).split())


def left(one: UpcomingDay, clock: Clock) -> str:
    """`12d`; `14h` or `20min` in the last day before a known instant; `today`, and then `out`."""
    seconds = None if one.instant is None else one.instant - clock.seconds
    if seconds is not None and 0 < seconds < _DAY:
        return f"{seconds // _HOUR}h" if seconds >= _HOUR else f"{max(seconds // _MINUTE, 1)}min"
    if one.day > clock.today:
        return f"{one.day - clock.today}d"
    return "today" if seconds is None or seconds > 0 else "out"


def holds_until(found: list[UpcomingDay], clock: Clock) -> int:
    """The POSIX time from which on what is said of *found* is wrong."""
    until = clock.ends
    for one in found:
        seconds = 0 if one.instant is None else one.instant - clock.seconds
        if seconds > 0 and not clock.stopped:
            step = _HOUR if seconds >= _HOUR else _MINUTE
            change = seconds - _DAY if seconds >= _DAY else min(seconds % step, seconds - 1)
            until = min(until, clock.seconds + change + 1)
    return until


def render_line(items: list[Item], wish: PromptOptions, *, ascii: bool) -> str:
    """*items* in one line of at most the width that *wish* allows.

    Titles are cut first, then the last releases left out.
    """
    for shown in range(len(items), 0, -1):

        def told(widest: int, some: list[Item] = items[:shown]) -> str:
            return ", ".join(item.told(wish, ascii=ascii, widest=widest) for item in some)

        fits, breaks = MIN_WIDTH - 1, wish.width + 1
        while breaks - fits > 1:
            middle = (fits + breaks) // 2
            fits, breaks = (middle, breaks) if width(told(middle)) <= wish.width else (fits, middle)
        if fits >= MIN_WIDTH:
            return told(fits)
    return cut(items[0].told(wish, ascii=ascii, widest=MIN_WIDTH), wish.width) if items else ""


def clean(text: str, *, ascii: bool) -> str:
    """*text* with nothing in it that moves a cursor or whose width programs disagree on.

    With *ascii*, accents go too, and what then remains of no letter is a question mark.
    """
    text = text[:MAX_WIDTH]  # No line is as long.
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
        unsure = category in ("So", "Sk", "Me") and ord(c) > 0xFF  # emoji, and what turns into them
        odd = any(first <= ord(c) <= last for first, last in _ODD)
        if category[0] not in "CZ" and not unsure and not odd and marks < 3:
            kept.append(c)
        elif category == "Zs" or c in "\t\n":
            kept.append(" ")
    return "".join(kept)


def width(text: str) -> int:
    """How many columns *text*, which is clean, takes."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.category(c) == "Mn" else 1 + (unicodedata.east_asian_width(c) in "WF")
        for c in text
    )


def cut(text: str, most: int) -> str:
    """The beginning of *text* that takes at most so many columns."""
    if width(text) <= most:
        return text
    end, taken = 0, 0
    while end < len(text) and taken + width(text[end]) <= most - len(_CUT):
        taken += width(text[end])
        end += 1
    return text[:end].rstrip() + _CUT
