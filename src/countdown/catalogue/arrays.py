"""The text of a TOML array with other parts: what is noted beside each goes along with it.

An inline table over several lines is one, too, of keys with their values.

Commas may stand behind the elements or before them, and several elements on one line; what is new
is written as the others are.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from countdown.catalogue.locate import Group, Path, Span, places_in

INDENT: Final = "    "
_COMMA: Final = re.compile(r"(?:[ \t\n]|#[^\n]*\n)*(,)")

Part = tuple[int | None, str | None]  # of an array: the number it has; its new literal


def unchanged(count: int, *, omit: int | None = None) -> list[Part]:
    """All *count* parts of an array as they are, without the one of number *omit*."""
    return [(number, None) for number in range(count) if number != omit]


def arranged(text: str, path: Path, wanted: Sequence[Part]) -> str:
    """*text* with the array at *path* of the parts *wanted*; what is noted beside each goes along.

    A part that has a number is the one with that number in the array, one with a literal is new.
    """
    places = places_in(text)
    group = places.groups[path]
    array = _Array(text, group, [places.spans[part] for part in group.parts])
    return f"{text[: group.opening + 1]}{array.written(wanted)}{text[group.closing :]}"


class _Chunk(NamedTuple):
    """An element of an array, with the lines *above* it and what *leads* to it on its own line.

    *rest* is what is behind it to the comma, or to the end of its line if it is the last there, and
    *bare* the same without the comma; *first* says whether it is the first on its line.
    """

    above: str
    lead: str
    element: str
    rest: str
    bare: str
    first: bool


class _Array:
    """The inside of an array, taken apart."""

    def __init__(self, text: str, group: Group, spans: Sequence[Span]) -> None:
        start, closing = group.opening + 1, group.closing
        ends = [*(span.start for span in spans[1:]), closing][: len(spans)]
        commas = [_comma(text, span.stop, end) for span, end in zip(spans, ends, strict=True)]
        at = text.find("\n", start, spans[0].start if spans else closing) + 1 or start
        self._head = text[start:at]
        self._chunks: list[_Chunk] = []
        before: int | None = None  # the comma of the last one
        for span, end, comma in zip(spans, ends, commas, strict=True):
            above = text.rfind("\n", at, span.start) + 1 or at
            line = text.find("\n", span.stop, end) + 1
            behind = line or (span.stop if comma is None else comma + 1)
            self._chunks.append(
                _Chunk(
                    _less(text, at, above, before),
                    text[above : span.start],
                    text[span.start : span.stop],
                    text[span.stop : behind],
                    _less(text, span.stop, behind, comma) if line else "",
                    text[above - 1] == "\n",
                )
            )
            at, before = behind, comma
        self._comma = before is not None
        foot = _less(text, at, closing, before)
        end = foot.rfind("\n") + 1
        self._ending, self._foot = foot[:end], foot[end:]  # what is noted below the last element
        self._footed = text[at - 1] == "\n"
        self._rows = self._footed if not spans else any(one.first for one in self._chunks)
        leads = [one.lead for one in self._chunks]
        self._comma_first = len(leads) > 1 and all("," in lead for lead in leads[1:])
        self._indent = next((one.lead for one in self._chunks[::-1] if one.first), INDENT)
        if not spans:
            self._comma = self._footed
            self._foot = self._foot if self._footed else ""

    def written(self, wanted: Sequence[Part]) -> str:
        """The inside of the brackets, of the parts *wanted*."""
        self._keep_notes(wanted)
        found = [self._head]
        fresh = self._head != ""
        for number, (index, new) in enumerate(wanted):
            chunk = None if index is None else self._chunks[index]
            above = chunk.above if chunk else ""
            if index is None and all(one is None for one, _ in wanted[number:]):
                above, self._ending = self._ending, ""
            own_line = self._rows and (chunk is None or chunk.first or index == 0)
            if not fresh and (above or (number and own_line)):
                found.append("\n")
                fresh = True
            found += [above, self._lead(number, index, fresh=fresh)]
            found.append(new if new is not None else chunk.element if chunk else "")
            last = number == len(wanted) - 1
            parted = self._comma if last else not self._comma_first
            bare = chunk.bare if chunk else ""
            as_was = parted and chunk and chunk.rest != bare
            found.append(chunk.rest if as_was and chunk else "," * parted + bare)
            fresh = found[-1].endswith("\n")
        if (self._footed or self._ending) and not fresh:
            found.append("\n")
        foot = self._foot if wanted or fresh or self._ending else ""
        return "".join([*found, self._ending, foot])

    def _keep_notes(self, wanted: Sequence[Part]) -> None:
        """Let what is noted above an element that goes be above the next one that stays."""
        staying = {index for index, _ in wanted}
        noted = ""
        for index, chunk in enumerate(self._chunks):
            noted += chunk.above
            if index in staying:
                self._chunks[index] = chunk._replace(above=noted)
                noted = ""
        self._ending = noted + self._ending

    def _lead(self, number: int, index: int | None, *, fresh: bool) -> str:
        """What stands on the line before the part that becomes that *number*."""
        chunk = None if index is None else self._chunks[index]
        if number == 0 and self._chunks and (self._comma_first or not fresh):
            return self._chunks[0].lead
        if self._comma_first:
            return chunk.lead if chunk and "," in chunk.lead else self._chunks[1].lead
        if fresh:
            return chunk.lead if chunk and chunk.first else self._indent
        return chunk.lead if chunk and index else "" if number == 0 else " "


def _comma(text: str, stop: int, end: int) -> int | None:
    """Where the comma behind the element that ends at *stop* is, if there is one before *end*."""
    match = _COMMA.match(text, stop)
    return match.start(1) if match and match.start(1) < end else None


def _less(text: str, start: int, stop: int, comma: int | None) -> str:
    """*text* from *start* to *stop*, without the *comma* if it is there."""
    if comma is None or not start <= comma < stop:
        return text[start:stop]
    return text[start:comma] + text[comma + 1 : stop]
