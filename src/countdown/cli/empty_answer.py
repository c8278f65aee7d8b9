"""Explains why filters find nothing: an unknown name, or one filter too many."""

import shlex
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from countdown.cli.filters import build_query
from countdown.cli.options import Filters
from countdown.cli.session import Session
from countdown.core.outlook import Outlook
from countdown.index import names, suggestions
from countdown.index.query import find
from countdown.index.season_ends import find_season_ends

_NAMES: Final = {  # filter → the sentence on an unknown name
    "actor": 'No actor is called "{}".',
    "director": 'No director is called "{}".',
    "person": 'Nobody is called "{}".',
    "title": 'No title has "{}".',
    "franchise": 'No franchise is called "{}".',
    "platform": 'Nothing is on "{}".',
}
_OPTIONS: Final = {"types": "--type", "first": "--from", "last": "--to", "word": ""}
_NOT_FILTERS: Final = ("everything", "limit")


class Elsewhere(NamedTuple):
    """Releases that pass the filters, but that a command doesn't show.

    `countdown list` finds them if *changes* are made to the filters; *sentence* says so, with
    `{command}` for that command. If no filter is set, *unfiltered* is the sentence, by default the
    summary of the answer.
    """

    sentence: str
    changes: dict[str, bool]
    unfiltered: str = ""


class EmptyAnswer(NamedTuple):
    """A search that found nothing, and sentences for it.

    *find* repeats the search; *summary* is the sentence if no filter is set, and *elsewhere* are
    the releases that it leaves out, the likeliest first.
    """

    find: Callable[[sqlite3.Connection, Filters], Sequence[Outlook]]
    summary: str
    elsewhere: tuple[Elsewhere, ...]


def find_listed(index: sqlite3.Connection, current: Session, filters: Filters) -> list[Outlook]:
    """The first release that `countdown list` finds with *filters*, in a list; empty if none."""
    query = build_query(current, filters._replace(limit=1))
    if filters.complete:
        return [season.outlook for season in find_season_ends(index, query)]
    return find(index, query)


def explain(current: Session, filters: Filters, answer: EmptyAnswer) -> str:
    """Sentences on why nothing passes *filters* in an *answer*, and what would help."""
    return current.ask(lambda index: _explain(index, current, filters, answer))


def _explain(
    index: sqlite3.Connection, current: Session, filters: Filters, answer: EmptyAnswer
) -> str:
    texts = _set_filters(filters)
    hidden = _hidden_release(current, filters) if len(texts) == 1 else ""
    unknown = [*_unknown_names(index, filters)]
    if unknown:
        return hidden or " ".join(unknown)
    for sentence, changes, unfiltered in answer.elsewhere:
        changed = Filters(**{**filters._asdict(), **changes})
        if find_listed(index, current, changed):
            command = " ".join(["countdown list", *_set_filters(changed).values()])
            said = sentence if texts else unfiltered or f"{answer.summary} Try: {{command}}"
            said = said.format(command=f"{command}{' --all' if changed.everything else ''}")
            return f"{said} {hidden}".strip()
    at_fault = [
        text
        for fields, text in texts.items()
        if len(texts) > 1 and answer.find(index, _without(filters, fields))
    ]
    if at_fault:
        return f"Nothing matches, but something does without {' or without '.join(at_fault)}."
    if [*texts] == [("followed",)]:
        return "Nothing that you follow matches. To see what you follow: countdown follow"
    if len(texts) == 1:
        return f"Nothing matches {next(iter(texts.values()))}."
    return "Nothing matches. Remove more than one filter." if texts else answer.summary


def _hidden_release(current: Session, filters: Filters) -> str:
    """A sentence on a hidden release with a word, title or franchise of *filters* in its title."""
    from countdown.cli import hidden_releases  # Deferred: it reads the catalogue files.

    try:
        for text in (*filters.word, *filters.title, *filters.franchise):
            hidden_releases.check_hidden(text, current.layers, in_part=True)
    except hidden_releases.HiddenRelease as release:
        return release.lines[0]
    return ""


def _unknown_names(index: sqlite3.Connection, filters: Filters) -> Iterator[str]:
    """A sentence for each name that no release has, with the nearest ones."""
    for kind, sentence in _NAMES.items():
        for text in getattr(filters, kind):
            if any(names.by_name(index, kind, text)):
                continue
            for part in map(str.strip, text.split(",")):
                if any(names.by_name(index, kind, part)):
                    continue
                near = _nearest(index, kind, part)
                question = " or ".join(f'"{name}"' for name in near)
                yield sentence.format(part) + (f" Did you mean {question}?" if near else "")


def _nearest(index: sqlite3.Connection, kind: str, text: str) -> list[str]:
    """Names of that *kind* that are spelt almost like *text*."""
    if kind == "title":
        return suggestions.nearest_titles(index, text)
    if kind in ("franchise", "platform"):
        return suggestions.nearest_labels(index, text, kind)
    return suggestions.nearest_people(index, text)


def _set_filters(filters: Filters) -> dict[tuple[str, ...], str]:
    """The text on the command line of each filter that is set, by its fields.

    A range of days is one filter.
    """
    texts: dict[tuple[str, ...], str] = {}
    for name, value in filters._asdict().items():
        if name in _NOT_FILTERS or value == Filters._field_defaults[name]:
            continue
        option = _OPTIONS.get(name, f"--{name}")
        if name == "dated":
            option = "--dated" if value else "--undated"
        values = value if isinstance(value, tuple) else (value,)
        texts[(name,)] = " ".join(
            option if isinstance(text, bool) else f"{option} {shlex.quote(text)}".lstrip()
            for text in values
        )
    if ("first",) in texts and ("last",) in texts:
        texts["first", "last"] = f"{texts.pop(('first',))} {texts.pop(('last',))}"
    return texts


def _without(filters: Filters, fields: tuple[str, ...]) -> Filters:
    return Filters(**{**filters._asdict(), **{f: Filters._field_defaults[f] for f in fields}})


def explain_list(current: Session, filters: Filters) -> str:
    """Why a list of what passes *filters* is empty, and which command shows something."""
    answer = EmptyAnswer(
        find=lambda index, changed: find_listed(index, current, changed),
        summary="Nothing is coming.",
        elsewhere=(
            Elsewhere(
                "Nothing matches that's still to come. Add --all to include released titles.",
                {"everything": True},
            ),
        ),
    )
    return explain(current, filters, answer)
