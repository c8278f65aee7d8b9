"""Answers in JSON with values deleted, replaced or moved, or cut off."""

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final

from hypothesis import strategies as st

from tests.strategies import TEXTS
from tests.thorough import sample

Place = tuple[str | int, ...]
WRONG: Final = (None, True, 2**70, -1, 1e99, "", "\u3164", "\x1b", "\u202ex")
HOSTILE: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([0, -1, 2**31, 2**63 - 1, 2**63, 10**30, 1e308, 13, 40, 253402300799]),
    TEXTS,
    st.sampled_from(
        [
            *("", " ", "\x1b[31m", "\u202e", "\u3164", "\ud800", "x" * 5_000, "2027-02-30"),
            *("0000-00-00", "9999-12-31", "0001-01-01", "9999-12-31T23:59:59-23:00", "01:00"),
            *("$(reboot)", "[red]", "%", "BR", "Ended", "In Development", "tt0000000", "cn"),
            "https://www.tvmaze.com/shows/13/../../x",
        ]
    ),
    st.dates().map(str),
    st.recursive(
        st.none() | st.integers() | TEXTS,
        lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
        max_leaves=5,
    ),
)


def places(value: object, above: Place = ()) -> Iterator[Place]:
    """The place of every value in *value*."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(value, dict):
        inner = [*value.items()]
    elif isinstance(value, list):
        inner = [*enumerate(value)]
    for key, item in inner:
        yield (*above, key)
        yield from places(item, (*above, key))


def each_wrong(value: Any) -> Iterator[Place]:
    """Each place in *value*, while it is wrong there, or nothing is; thoroughly, in all ways."""
    for at, place in enumerate([*places(value)]):
        *above, last = place
        holder = value
        for key in above:
            holder = holder[key]
        kept = copy.deepcopy(holder[last])
        wrongs = (*WRONG, [kept], {"": 1})
        for wrong in sample([wrongs[at % len(wrongs)]], of=[*wrongs]):
            holder[last] = wrong
            yield place
        holder[last] = kept
        if isinstance(holder, dict):
            del holder[last]
            yield place
            holder[last] = kept


@st.composite
def damaged(
    draw: st.DrawFn, answers: Mapping[str, bytes], names: tuple[str, ...]
) -> tuple[str, bytes]:
    """One of *names*, and the answer of that name with some values wrong, or cut off."""
    name = draw(st.sampled_from(names))
    value = json.loads(answers[name])
    for _ in range(draw(st.integers(1, 4))):
        found = [*places(value)]
        if not found:
            break
        *above, last = draw(st.sampled_from(found))
        holder = value
        for key in above:
            holder = holder[key]
        match draw(st.sampled_from(("delete", "replace", "move", "retype"))):
            case "delete":
                del holder[last]
            case "replace":
                holder[last] = draw(HOSTILE)
            case "move":  # Another part of the answer, in its place
                other: Any = value
                for key in draw(st.sampled_from(found)):
                    other = other[key]
                holder[last] = copy.deepcopy(other)
            case _:
                now = holder[last]
                holder[last] = draw(st.sampled_from([str(now), [now], {"id": now}, not now]))
    whole = json.dumps(value).encode()
    return name, whole[: draw(st.integers(0, len(whole)))] if draw(st.booleans()) else whole
