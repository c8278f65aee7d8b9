"""Which release an entry is about, wherever that is decided."""

from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from countdown.catalogue import load
from countdown.catalogue.identity import Releases, identities
from countdown.catalogue.known_releases import KnownReleases
from countdown.catalogue.lower_releases import LowerReleases
from countdown.catalogue.readers import CappedProblems
from countdown.toml.parse import Table

FIRST: Table = {"id": "a", "title": "A", "kind": "film", "was": ["old"], "ids": {"imdb": "tt1"}}
SECOND: Table = {"id": "b", "title": "B", "kind": "film", "ids": {"tmdb": 550}}


def layer(*tables: Table) -> load.Layer:
    """A layer of *tables*, as if read from a file."""
    return load.Layer("x.toml", b"", [*deepcopy(tables)], None, CappedProblems())


def overlaid(entry: Table, *lower: Table) -> str | None:
    """The id of the release of *lower* that *entry* is about, on which all must agree."""
    parts = Releases([lower]).find(entry)
    found: str | None = parts[0].table["id"] if parts else None
    below = LowerReleases(lower).changed_by(entry)
    assert (below or {"id": None})["id"] == found
    assert KnownReleases([lower], are_lower=True).has_overlay(entry) == (found is not None)
    own = layer(entry)._replace(ids={})
    merged = load.merge_tables([layer(*lower), own])
    assert own.ids == {0: found or entry["id"]}
    if not found:
        assert [table["id"] for table in merged] == [*(each["id"] for each in lower), entry["id"]]
    return found


@pytest.mark.parametrize(
    ("entry", "id"),
    [
        ({"id": "a"}, "a"),
        ({"id": "old"}, "a"),
        ({"id": "old", "title": "A"}, "a"),
        ({"id": "old", "title": "Z", "kind": "film"}, None),
        ({"id": "old", "title": "A", "kind": "series"}, None),
        # Neither its id nor a conflict about a former one hides an id on another site.
        ({"id": "old", "title": "Z", "kind": "film", "ids": {"tmdb": "550"}}, "b"),
        ({"id": "c", "ids": {"imdb": "https://www.imdb.com/title/tt0000001/"}}, "a"),
        ({"id": "a", "ids": {"tmdb": 550}}, "a"),
        ({"id": "old", "ids": {"tmdb": 550}}, "b"),
        ({"id": "c", "kind": "series", "ids": {"tmdb": 550}}, None),
        ({"id": "c", "season": 2, "ids": {"imdb": "tt1"}}, None),
        ({"id": "c", "title": "A", "kind": "film"}, None),
    ],
)
def test_all_agree(entry: Table, id: str | None) -> None:
    """What merges, what changes a catalogue, and what completes an entry."""
    assert overlaid(entry, FIRST, SECOND) == id


IDS = st.sampled_from(["a", "b", "c", "d"])
ENTRIES = st.fixed_dictionaries(
    {"id": IDS, "title": st.sampled_from(["A", "B"]), "kind": st.sampled_from(["film", "series"])},
    optional={
        "was": st.lists(st.sampled_from(["c", "d", "e"]), max_size=2),
        "ids": st.dictionaries(st.sampled_from(["imdb", "tmdb"]), st.integers(1, 3), max_size=2),
        "season": st.integers(1, 2),
    },
)


@given(
    st.lists(ENTRIES, min_size=1, max_size=3, unique_by=lambda table: table["id"]),
    ENTRIES,
)
def test_all_agree_about_any_entry(lower: list[Table], entry: Table) -> None:
    """An entry that is about one release is about it everywhere."""
    overlaid(entry, *lower)


def test_entries_of_one_layer_do_not_decide_about_each_other() -> None:
    """An id on another site that one adds doesn't draw the next one in."""
    own = layer(
        {"id": "a", "ids": {"tmdb": 7}},
        {"id": "c", "title": "C", "kind": "film", "ids": {"tmdb": 7}},
    )
    assert [table["id"] for table in load.merge_tables([layer(FIRST), own])] == ["a", "c"]
    lower = LowerReleases([FIRST])
    assert [lower.changed_by(entry or {}) for entry in own.tables] == [FIRST, None]


def test_higher_layers_find_what_lower_ones_added() -> None:
    """An id on another site, a former id, and another title."""
    middle: Table = {"id": "a", "ids": {"tmdb": 7}, "was": ["older"], "title": "A: The Film"}
    middle |= {"aliases": ["AA"], "titles": {"pt": "O A"}}
    top: list[Table] = [{"id": "z", "ids": {"tmdb": 7}}, {"id": "older", "title": "O A"}]
    for entry in top:
        assert [part.table for part in Releases([[FIRST], [middle]]).find(entry)] == [FIRST, middle]
        assert KnownReleases([[FIRST], [middle]], are_lower=True).has_overlay(entry)
        assert len(load.merge_tables([layer(FIRST), layer(middle), layer(entry)])) == 1


@pytest.mark.parametrize("key", ["aliases", "titles", "kind", "title"])
def test_values_of_a_wrong_type_decide_nothing(key: str) -> None:
    """They are reported where they are read."""
    wrong = {**FIRST, key: 5}
    assert Releases([[FIRST], [wrong]]).find({"id": "old", "title": "Z"}) == []
    assert Releases([[wrong]]).find({"id": "old", "title": "Z"}) == []


def test_id_of_a_wrong_type_is_none() -> None:
    """So is a table of ids that is none."""
    assert identities({"id": 5, "ids": "tt1"}) == []
    assert Releases([[FIRST]]).find({"id": 5}) == []
    assert Releases().find({"id": "a"}) == []
