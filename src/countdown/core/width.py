"""The width of text in the cells of a terminal, and text cut and wrapped to a width. No I/O.

A letter counts as terminals count it that go character by character (tmux, xterm and those of VTE):
wide ones two cells, marks that stand above or below others none, vowel signs that stand beside them
one. Those that draw a syllable as one need less room at times, and none needs more. What they don't
agree on isn't sent to any: see `plain_emoji`.
"""

TYPE_CHECKING = False  # The prompt comes this way without typing: see entry.
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Final

_SIMPLE: "Final" = "\u0300"  # Below it, every letter has one cell.
_SOFT_HYPHEN: "Final" = "\u00ad"  # is drawn, of all invisible characters
_JOINER: "Final" = "\u200d"
_JOINERS: "Final" = "\u200c\u200d"  # and what keeps two letters apart
_JAMO: "Final" = ((0x1160, 0x11FF), (0xD7B0, 0xD7FF))  # that join the letter before them
_FLAGS: "Final" = (0x1F1E6, 0x1F1FF)  # letters of which two are a flag
_TONES: "Final" = (0x1F3FB, 0x1F3FF)  # colours of skin, behind an emoji
_EMOJI: "Final" = (0x1F300, 0x1FAFF)  # wide, also those that this Python doesn't know yet
_VARIANTS: "Final" = "\ufe0e\ufe0f"  # choose between a sign and an emoji
_KEYCAP: "Final" = "\u20e3"
_MAX_SYLLABLE: "Final" = 8  # characters; one that is longer may be split
_VIRAMA: "Final" = 9  # combining class of what joins two consonants of Indian scripts
_RIGHT_TO_LEFT: "Final" = ("R", "AL")
_FIRST_RIGHT_TO_LEFT: "Final" = "\u0590"
NO_BREAK: "Final" = "\u00a0"  # a space at which no line ends if there is another way
_DAYS: "Final" = "一二三四五六日天"
_WEEKDAY_LETTERS: "Final" = {  # of weekdays in Chinese and Japanese → those that go on behind them
    "日": "周週星月火水木金土日",
    "周": _DAYS,
    "週": _DAYS,
    "星": "期",
    "期": _DAYS,
    "曜": "日",
    **dict.fromkeys("月火水木金土", "曜"),
}
_ISOLATE: "Final" = ("\u2068", "\u2069")
_WIDTHS: "Final[dict[str, int]]" = {}  # of the characters that were looked up
_ALWAYS_JOIN: "Final[dict[str, bool | None]]" = {}  # those that do, or never; None: it depends


def width(text: str) -> int:
    """The number of cells of *text*, which has no control characters."""
    if text.isascii() or max(text) < _SIMPLE:
        return len(text)
    return sum(map(_cluster_width, clusters(text)))


def _cluster_width(cluster: str) -> int:
    if len(cluster) == 1:
        return 1 if cluster < _SIMPLE else _WIDTHS.get(cluster) or _look_up(cluster)
    if _JOINER in cluster and _is_emoji(cluster[0]):
        cluster = cluster.partition(_JOINER)[0]
    return sum(_WIDTHS[c] if c in _WIDTHS else _look_up(c) for c in cluster)


def _look_up(character: str) -> int:
    """The cells of a character that stands alone."""
    import unicodedata  # Deferred, as everywhere here: most texts have Latin letters alone.

    category = unicodedata.category(character)
    is_wide = unicodedata.east_asian_width(character) in "WF"
    is_invisible = category in ("Mn", "Me", "Cf") and character != _SOFT_HYPHEN
    if is_invisible or _is_jamo(character):
        cells = 0
    else:
        cells = 2 if is_wide or (category == "Cn" and _is_in(character, _EMOJI)) else 1
    _WIDTHS[character] = cells
    return cells


def clusters(text: str) -> list[str]:
    """*text* in parts that must stay whole: a letter with the marks and letters joined to it."""
    if text.isascii() or max(text) < _SIMPLE:
        return list(text)
    found: list[str] = []
    for character in text:
        known = character in _ALWAYS_JOIN
        joins = _ALWAYS_JOIN[character] if known else _always_joins(character)
        if found and (_joins(found[-1], character) if joins is None else joins):
            found[-1] += character
        else:
            found.append(character)
    return found


def _always_joins(character: str) -> bool | None:
    """True if *character* joins whatever is before it, False if nothing, None if it depends."""
    import unicodedata

    category = unicodedata.category(character)
    joins: bool | None = False
    if category[0] == "M" or character in _JOINERS or _is_jamo(character):
        joins = True
    elif character >= _SIMPLE and (category in ("So", "Lo") or _is_in(character, _TONES)):
        joins = None
    _ALWAYS_JOIN[character] = joins
    return joins


def _joins(before: str, character: str) -> bool:
    """True if *character*, for which it depends, belongs to the cluster *before* it."""
    import unicodedata

    is_letter = unicodedata.category(character) == "Lo"
    if _is_in(character, _TONES) or (before[-1] == _JOINER and not is_letter):
        return _is_emoji(before[0])
    if _is_in(character, _FLAGS):
        return len(before) == 1 and _is_in(before, _FLAGS)
    joins_letters = unicodedata.combining(before.rstrip(_JOINERS)[-1:] or " ") == _VIRAMA
    return is_letter and joins_letters and len(before) < _MAX_SYLLABLE


def _is_jamo(character: str) -> bool:
    return any(_is_in(character, span) for span in _JAMO)


def _is_in(character: str, span: tuple[int, int]) -> bool:
    return span[0] <= ord(character) <= span[1]


def _is_emoji(character: str) -> bool:
    """True for characters that can be an emoji, even if they can also be drawn as text."""
    return character >= "\u203c" and (_is_in(character, _EMOJI) or _is_symbol(character))


def _is_symbol(character: str) -> bool:
    import unicodedata

    return unicodedata.category(character) in ("So", "Sm", "Po")


def plain_emoji(text: str) -> str:
    """*text* without the characters on whose width terminals disagree.

    Those are the choice between a sign and an emoji, keys drawn around a digit, colours of skin,
    and people and things that are joined to an emoji.
    """
    if text.isascii() or max(text) < "\u200d":
        return text
    return "".join(map(_plain_cluster, clusters(text)))


def _plain_cluster(cluster: str) -> str:
    if len(cluster) == 1:
        return cluster
    kept = "".join(c for c in cluster if c not in _VARIANTS and c != _KEYCAP)
    if not _is_emoji(cluster[0]):
        return kept
    kept = kept.partition(_JOINER)[0]
    return "".join(c for at, c in enumerate(kept) if not at or not _is_in(c, _TONES))


def cut(text: str, size: int, mark: str = "…") -> str:
    """*text* if it fits in *size* cells, else its start and *mark*; empty if *mark* has no room."""
    if width(text) <= size:
        return text
    room = size - width(mark)
    return "" if room < 0 else _start(text, room).rstrip() + mark


def _start(text: str, size: int) -> str:
    """As much of the start of *text* as fits in *size* cells, no letter split."""
    kept: list[str] = []
    for cluster in clusters(text[: size * 8 + 8]):
        size -= _cluster_width(cluster)
        if size < 0:
            break
        kept.append(cluster)
    return "".join(kept)


def pad(text: str, size: int) -> str:
    """*text*, which fits in *size* cells, and spaces up to that width."""
    return text + " " * (size - width(text))


def wrap(text: str, size: int) -> list[tuple[int, int]]:
    """The lines of *text* in at most *size* cells, as their first character and that behind them.

    Lines break at spaces, which are left out then, and beside wide letters, but not within a date,
    behind an opening bracket or before a closing one (Unicode Standard Annex 14).
    A word or a date that is wider than a line is broken.
    """
    return [*iter_wrap(text, size)]


def iter_wrap(text: str, size: int) -> "Iterator[tuple[int, int]]":
    """The lines of `wrap`, one by one: whoever looks for a *size* may need only the first ones."""
    if width(text) <= size:
        yield 0, _trimmed(text, 0, len(text))
        return
    start = at = used = 0
    chance = within = 0  # to break the line, between words and within a date
    before, before_cells = " ", 1
    for cluster, cells in _pieces(text, size):
        is_wide = (cells > 1 or before_cells > 1) and not _stays_with(before, cluster)
        if before == " " or (is_wide and not _is_in_date(before, cluster)):
            chance = at
        elif before == NO_BREAK or (is_wide and (cluster.isdigit() or cluster == "(")):
            within = at
        if used + cells > size and cluster not in (" ", NO_BREAK) and at > start:
            end = next((place for place in (chance, within) if place > start), at)
            yield start, _trimmed(text, start, end)
            start, used = end, width(text[end:at])
        used += cells
        at += len(cluster)
        before, before_cells = cluster, cells
    yield start, _trimmed(text, start, at)


def _pieces(text: str, size: int) -> "Iterator[tuple[str, int]]":
    """The clusters of *text* and their cells; one that is wider than *size* is split."""
    if text.isascii():
        yield from ((letter, 1) for letter in text)
        return
    for cluster in clusters(text):
        cells = _cluster_width(cluster)
        if cells <= size:
            yield cluster, cells
        else:
            yield from ((character, _cluster_width(character)) for character in cluster)


def _stays_with(before: str, after: str) -> bool:
    """True if no line ends between these two, of which one is wide.

    A Chinese or Japanese full stop or closing bracket begins no line, an opening one ends none.
    """
    import unicodedata

    is_end = unicodedata.category(after[0]) in ("Po", "Pe", "Pf", "Lm")
    return is_end or unicodedata.category(before[0]) in ("Ps", "Pi")


def _is_in_date(before: str, after: str) -> bool:
    """True if these two, of which one is wide, can be within a date: `2027年`, `日周五`."""
    joins = f"({NO_BREAK}"
    if before.isdigit() or after.isdigit() or before in joins or after in joins:
        return True
    return after in _WEEKDAY_LETTERS.get(before, "")


def _trimmed(text: str, start: int, end: int) -> int:
    """The *end* of a line without the spaces before it."""
    return start + len(text[start:end].rstrip(f" {NO_BREAK}"))


def unbroken(text: str) -> str:
    """The date *text* with spaces at which `wrap` doesn't break it."""
    return text.replace(" ", NO_BREAK)


def isolated(text: str) -> str:
    """*text* isolated, so that letters from right to left don't reorder the text beside it."""
    if text.isascii() or max(text) < _FIRST_RIGHT_TO_LEFT:
        return text
    import unicodedata

    if not any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for c in text):
        return text
    bare = text.strip(" ")
    return text.replace(bare, bare.join(_ISOLATE))
