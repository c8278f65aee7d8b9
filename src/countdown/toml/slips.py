"""Finds common slips in a text that isn't TOML: where each begins, and what would be right.

tomli reports where it gave up, which can be far after the slip, in words that differ between
versions. This module searches the text up to there, and returns nothing if it isn't sure.
"""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from countdown.toml.literals import literal

_MAX_TEXT: Final = 60  # characters of the file in a message
_PART: Final = r"""(?:[A-Za-z0-9_-]+|"[^"\n\\]*"|'[^'\n]*')"""
_KEY: Final = rf"{_PART}(?:[ \t]*\.[ \t]*{_PART})*"
_PAIR: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=[ \t]*(.*)")
_WITHOUT_SIGN: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*((?:[\"'\[{{\d].*)?)")
_WITH_COLON: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*:(.*)")
_HEADING: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*(\]?\]?)[ \t]*(?:#.*)?")
_NEXT: Final = re.compile(rf"[\[]{{1,2}}[ \t]*{_KEY}[ \t]*\]|{_KEY}[ \t]*=")
_TOKEN: Final = re.compile(
    r"""(?P<long>\"{3}(?:[^\\]|\\.)*?\"{3,5}|'{3}.*?'{3,5})|(?P<open_long>\"{3}|'{3})"""
    r"""|(?P<string>"(?:[^"\\\n]|\\.)*"|'[^'\n]*')|(?P<open_string>["'])"""
    r"""|(?P<comment>#[^\n]*)|(?P<bracket>[\[\]{}])""",
    re.DOTALL,
)
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d\b")
_PART_OF_A_DAY: Final = re.compile(r"\d+[-/.]\d+(?:[-/.]\d+)*")
_QUOTED: Final = re.compile(r"""(["'])(.*\1.*)\1[ \t]*""")
_LIST_IN_PARENTHESES: Final = re.compile(r"\((.*)\)[ \t]*")
_SEVERAL_WORDS: Final = re.compile(r"[ \t]*([A-Za-z][\w-]*(?:[ \t]+[\w-]+)+)[ \t]*=[ \t]*(.*)")
_CURLY: Final = "“”„‟«»‘’‚"
_SIGNS: Final = {",": "comma", ";": "semicolon"}
_MAX_SIZE: Final = 1_000_000  # characters of a text to search
_BRACKETS: Final = {"[": "]", "{": "}"}


class Slip(NamedTuple):
    """A mistake at an *offset* of a text, and what would be right; an empty *hint* if unknown."""

    offset: int
    message: str
    hint: str = ""


def find_slip(document: str, line: int, column: int) -> Slip | None:
    """The slip in *document* that made tomli give up at *line* and *column*; None if unsure."""
    if len(document) > _MAX_SIZE:
        return None
    lines = document.split("\n")
    start = sum(len(each) + 1 for each in lines[: line - 1])
    end = start + column - 1
    text = lines[line - 1] if line <= len(lines) else ""
    text = text.rstrip("\r")
    if "\r" in text:
        at = start + text.index("\r")
        return Slip(at, "this line ends in CR alone", "save the file with LF or CR LF")
    return (
        _unclosed(document, end)
        or _duplicate(document, start, text)
        or next(_in_line(start, text, column - 1), None)
    )


def _unclosed(document: str, end: int) -> Slip | None:
    """A string or bracket that is still open at *end*, perhaps for want of a comma."""
    opened: list[int] = []
    for token in _TOKEN.finditer(document):
        start, sign = token.start(), token[0]
        if (token["open_long"] or token["open_string"]) and start < end:
            return _unclosed_string(document, start, sign, is_alone=not opened)
        if start >= end:
            break
        in_line = document[document.rfind("\n", 0, start) + 1 : start]
        if sign in _BRACKETS and (opened or in_line.strip(" \t[")):  # Else it's a heading.
            opened.append(start)
        elif token["bracket"] and opened:
            opened.pop()
    if not opened:
        return None
    before, after = document[:end].rstrip(" \t\r\n"), document[end:].lstrip(" \t\r\n")
    at = len(document) - len(after)
    is_next = "\n" in document[len(before) : at] and _NEXT.match(after)
    is_inside = bool(after) and not is_next
    if is_inside and before[-1] not in ",[{" and (after[0] in "\"'[{" or after[0].isalnum()):
        return Slip(at, "there's no comma before this", "add one")
    if is_inside and after[0] == "," and before[-1] == ",":
        return Slip(at, "there's an extra comma", "take it out")
    if is_inside and after[0] not in "]}":
        return None
    bracket = document[opened[-1]]
    closing = document.find("}", opened[-1])
    if bracket == "{" and 0 <= closing < (document + "\n[").find("\n[", opened[-1]):
        what = "a table in { } has to be on one line, without a comma at its end"
        return Slip(opened[-1], what, "write it like { name = …, role = … }")
    hint = f"write {_BRACKETS[bracket]} at its end"
    return Slip(opened[-1], f"this {bracket} isn't closed", hint)


def _unclosed_string(document: str, start: int, sign: str, *, is_alone: bool) -> Slip:
    """The slip of a string that begins at *start* with *sign* and has no end."""
    stop = document.find("\n", start)
    text = document[start : stop if stop >= 0 else None].rstrip()
    first = document.rfind("\n", 0, start) + 1
    pair = _PAIR.match(document, first)
    hint = f"write {sign} at its end"
    if is_alone and len(sign) == 1 and pair and "#" not in text and pair.start(2) == start:
        hint = _write(f"{pair[1]} = {text}{sign}")
    return Slip(start, f"this {sign} isn't closed", hint)


def _duplicate(document: str, start: int, text: str) -> Slip | None:
    """The slip of a duplicate key, or of a heading that exists with other brackets."""
    above = document[:start].split("\n")[:-1]
    if heading := _HEADING.fullmatch(text):
        opening, name, closing = heading.groups()
        if len(opening) != len(closing):
            right = f"{opening}{name}{_BRACKETS['['] * len(opening)}"
            return Slip(start, "this heading isn't closed", _write(right))
        for number, line in enumerate(above, 1):
            other = _HEADING.fullmatch(line)
            if other and other[2] == name and "[" in (other[1], opening):
                what = f"{other[1]}{name}{other[3]} is in line {number} already"
                is_same = other[1] == opening
                hint = "keep one of them, or " if is_same else ""
                return Slip(start, what, f"{hint}write [[{name}]] above each")
    pair = _PAIR.fullmatch(text)
    for number, line in reversed([*enumerate(above, 1)]):
        other = _PAIR.fullmatch(line.rstrip("\r"))
        if pair is None or _HEADING.fullmatch(line.rstrip("\r")):
            break
        if other and other[1] == pair[1]:
            return Slip(start, f"{pair[1]} is in line {number} already", "keep one of them")
    return None


def _in_line(start: int, text: str, column: int) -> Iterator[Slip]:
    """Possible slips in the line *text*, which begins at *start*; the most likely first."""
    rest = text[column:].strip(" \t\r")
    if rest and rest[0] in _CURLY:
        yield Slip(start + column, "these quotation marks aren't straight")
    if rest and not rest[0].isprintable():
        what = f"there's an invisible character (U+{ord(rest[0]):04X})"
        yield Slip(start + column, what, "take it out")
    pair = _PAIR.fullmatch(text)
    if pair is None:
        if text.lstrip().startswith("="):
            yield Slip(start, "there's no key before =", _write(f"title {text.strip()}"))
        if text.lstrip().startswith((";", "//", "--")):
            yield Slip(start, "TOML can't read this comment")
        if words := _SEVERAL_WORDS.fullmatch(text):
            name = "_".join(words[1].casefold().split())
            yield Slip(start, "a key is one word", _write(f"{name} = {words[2]}"))
        if colon := _WITH_COLON.fullmatch(text):
            yield Slip(start + colon.end(1), "there's a colon where = belongs")
        if bare := _WITHOUT_SIGN.fullmatch(text):
            value = bare[2] or literal("…")
            hint = _write(f"{bare[1]} = {value}")
            yield Slip(start + bare.end(1), f"there's no = after {_short(bare[1])}", hint)
        elif "=" not in text and not text.lstrip().startswith("["):
            yield Slip(start, "this isn't a fact", "write KEY = VALUE, or begin a comment with #")
        return
    key, value = pair.groups()
    if not value.strip() or value.startswith("#"):
        yield Slip(start + pair.start(1), f"{key} has no value", "write one, or take it out")
    else:
        yield from _in_value(start, text, column, key, value)


def _in_value(start: int, text: str, column: int, key: str, value: str) -> Iterator[Slip]:
    """Possible slips in a line with a *key* and a *value*."""
    at, rest = start + text.rindex(value), text[column:].strip()
    if value.startswith("="):
        yield Slip(at, "there's an extra =", _write(f"{key} {value}"))
    if rest[:1] in (",", ";", "]", "}"):
        sign = _SIGNS.get(rest[0], rest[0])
        yield Slip(start + column, f"there's an extra {sign}", "take it out")
    if rest and _NEXT.match(rest):
        yield Slip(start + column, "there are two facts in this line", "write each on its own line")
    if quoted := _QUOTED.fullmatch(value):
        inner = quoted[2]
        right = f"'{inner}'" if quoted[1] == '"' and "'" not in inner else literal(inner)
        what = f"the text ends at its second {quoted[1]}"
        yield Slip(at, what, _write(f"{key} = {right}"))
    if listed := _LIST_IN_PARENTHESES.fullmatch(value):
        yield Slip(at, "a list has square brackets", _write(f"{key} = [{listed[1]}]"))
    if value[0] == '"' and "\\" in value:
        yield Slip(start + column, "a backslash needs another one", "write \\\\ for \\")
    word = value.split()[0].rstrip(",;")
    if word.casefold() in ("true", "false"):
        yield Slip(at, f"{word} needs lower case", _write(f"{key} = {word.casefold()}"))
    if _DAY.match(word):
        yield Slip(at, f"{_short(word)} isn't a day of the calendar", "write one like 2027-06-11")
    if _PART_OF_A_DAY.fullmatch(word):
        yield Slip(at, "only whole days like 2027-06-11 go without quotation marks")
    if word.isdecimal() and word.startswith("0"):
        right = word.lstrip("0") or "0"
        yield Slip(at, "a number can't begin with 0", _write(f"{key} = {right}"))
    if word[0].isalnum() and '"' not in value:
        yield Slip(at, "a text needs quotation marks")


def _write(right: str) -> str:
    return f"write {_short(right)}"


def _short(text: str) -> str:
    return text if len(text) <= _MAX_TEXT else f"{text[: _MAX_TEXT - 1]}…"
