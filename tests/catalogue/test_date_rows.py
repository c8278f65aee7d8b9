"""One's own dates over those of a release, row by row or all of them."""

import random
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from countdown.catalogue import load
from countdown.catalogue.date_rows import replaced_by, replaces_all, rows_over
from countdown.catalogue.overlay_tables import apply_overlay
from countdown.toml.parse import Table

US: Table = {"region": "US", "type": "theatrical", "date": date(2026, 12, 18)}
BR: Table = {"region": "BR", "date": date(2026, 12, 17)}
MINE: Table = {"region": "US", "type": "theatrical", "date": date(2027, 1, 1)}
BELOW: Table = {"id": "film", "dates": [US, BR]}


def over(below: Table, overlay: Table, format: int = 2) -> list[Table]:
    """The dates of *below* with the *overlay*, as rows."""
    merged = apply_overlay({"id": "film", **below}, overlay, format)
    assert "only_these_dates" not in merged
    lone = [{"date": merged["date"]}] if "date" in merged else []
    return [*lone, *merged.get("dates", [])]


def test_row_replaces_that_of_its_region_and_type() -> None:
    """The others stay, in their order; a new one follows."""
    tv = {**MINE, "type": "tv"}
    assert over(BELOW, {"dates": [tv, MINE]}) == [MINE, BR, tv]
    assert over({"date": "2027", "dates": [BR]}, {"dates": [MINE]}) == [{"date": "2027"}, BR, MINE]
    assert over({"date": "2027"}, {"dates": [{"date": "2028"}]}) == [{"date": "2028"}]
    assert over({}, {"dates": [MINE]}) == [MINE]


@pytest.mark.parametrize(
    ("overlay", "format", "dates"),
    [
        ({"dates": [MINE]}, 1, [MINE]),
        ({"dates": [MINE], "only_these_dates": True}, 1, [MINE]),
        ({"dates": [MINE], "only_these_dates": False}, 1, [MINE, BR]),
        ({"dates": [MINE], "only_these_dates": True}, 2, [MINE]),
        ({"only_these_dates": True}, 2, []),
        ({"dates": []}, 2, []),
        ({"date": "2028"}, 2, [{"date": "2028"}]),
        ({"date": "2028", "dates": [MINE]}, 2, [{"date": "2028"}, MINE]),
        ({"date": "2028", "only_these_dates": False}, 2, [{"date": "2028"}, US, BR]),
        ({"stage": "filming"}, 2, [US, BR]),
        ({"stage": "filming"}, 1, [US, BR]),
    ],
)
def test_only_these_dates(overlay: Table, format: int, dates: list[Table]) -> None:
    """In format 1, a list always was all of them; `date` alone is the only one."""
    found = over(BELOW, overlay, format)
    assert sorted(found, key=repr) == sorted(dates, key=repr)
    assert replaces_all(overlay, format) == (len(dates) < 2 or (BR not in dates))


def test_row_without_a_type_replaces_what_it_can_mean() -> None:
    """It takes the type, if that is one; each of one's own stays."""
    unnamed = {"region": "US", "date": date(2027, 5, 5)}
    stream = {**US, "type": "streaming"}
    digital = {**US, "type": "digital"}
    assert over(BELOW, {"dates": [unnamed]}) == [{**unnamed, "type": "theatrical"}, BR]
    assert over({"dates": [US, stream, digital]}, {"dates": [unnamed]}) == [unnamed, digital]
    assert over({"dates": [{**unnamed, "date": "2026"}, US]}, {"dates": [unnamed]}) == [
        {**unnamed, "type": "theatrical"}
    ]
    mine = {**MINE, "type": "streaming"}
    found = over({"dates": [US, stream]}, {"dates": [unnamed, mine]})
    assert found == [{**unnamed, "type": "theatrical"}, mine]
    unstated = {"place": "unstated", "date": date(2027, 5, 5)}
    assert over({"dates": [unstated]}, {"dates": [{**unstated, "date": "2028"}]}) == [
        {**unstated, "date": "2028"}
    ]


def test_row_with_a_type_replaces_one_that_can_mean_it() -> None:
    """But not beside another of that region, nor if one's own has none either."""
    unnamed = {"region": "US", "date": date(2026, 12, 18)}
    assert over({"dates": [unnamed]}, {"dates": [MINE]}) == [MINE]
    assert over({"dates": [unnamed, {**US, "type": "tv"}]}, {"dates": [MINE]}) == [
        unnamed,
        {**US, "type": "tv"},
        MINE,
    ]
    digital = {**MINE, "type": "digital"}
    assert over({"dates": [unnamed]}, {"dates": [digital]}) == [unnamed, digital]
    other = {**unnamed, "date": "2029"}
    assert over({"dates": [unnamed]}, {"dates": [MINE, other]}) == [other, MINE]


@pytest.mark.parametrize(
    ("below", "overlay", "doubted", "names"),
    [
        (["dates", "stage"], {}, [False, True], ["stage"]),
        (["date"], {}, [False, True], []),
        (["dates"], {"unverified": ["cast"]}, [False, False], ["cast"]),
        ([], {"unverified": ["dates"]}, [True, False], []),
        ([], {"unverified": ["date"]}, [True, False], []),
        ([], {}, [False, False], []),
    ],
)
def test_doubts_stay_with_their_rows(
    below: list[str], overlay: Table, doubted: list[bool], names: list[str]
) -> None:
    """One's own row isn't doubted because the one below it was."""
    merged = apply_overlay({**BELOW, "unverified": below}, {"dates": [MINE], **overlay}, 2)
    assert [row.get("unverified", False) for row in merged["dates"]] == doubted
    assert merged.get("unverified", []) == names


def test_lone_date_below_keeps_its_doubt() -> None:
    """As a row."""
    below = {"date": "2027", "unverified": ["date"], "dates": [BR]}
    assert over(below, {"dates": [MINE]}) == [{"date": "2027", "unverified": True}, BR, MINE]


@pytest.mark.parametrize("wrong", [5, [5]])
def test_dates_with_a_mistake_replace_all(wrong: object) -> None:
    """They are reported where they are read."""
    assert apply_overlay(BELOW, {"dates": wrong}, 2)["dates"] == wrong
    assert rows_over({"dates": wrong}, {}, [US], 2) is None
    assert replaced_by({"dates": wrong}, BELOW, 2) == BELOW


def test_rows_that_have_to_be_written() -> None:
    """Those that differ; all of them if one goes, or if the entry or the format says so."""
    assert rows_over(BELOW, {}, [MINE, BR], 2) == [MINE]
    assert rows_over(BELOW, {"dates": [MINE]}, [MINE, {**BR, "date": "2027"}], 2) == [
        MINE,
        {**BR, "date": "2027"},
    ]
    assert rows_over(BELOW, {}, [US, BR], 2) == [US, BR]
    assert rows_over({**BELOW, "unverified": ["dates"]}, {}, [MINE, BR], 2) == [MINE]
    assert rows_over(BELOW, {}, [MINE], 2) is None
    assert rows_over(BELOW, {}, [MINE, BR], 1) is None
    assert rows_over(BELOW, {"date": "2027"}, [MINE, BR], 2) is None
    assert rows_over({}, {}, [MINE], 2) is None


def test_what_stands_beside_ones_own_dates() -> None:
    """Only what they replace."""
    assert replaced_by({"dates": [MINE]}, BELOW, 2) == {"id": "film", "dates": [US]}
    assert replaced_by({"dates": [MINE]}, BELOW, 1) == BELOW
    assert replaced_by({"stage": "filming"}, BELOW, 2) == BELOW
    other = {"dates": [{"date": "2028"}, MINE]}
    assert replaced_by(other, {"date": "2027", "dates": [BR]}, 2) == {"date": "2027"}
    assert replaced_by({"dates": [MINE]}, {"date": "2027"}, 2) == {}


ROWS = st.lists(
    st.fixed_dictionaries(
        {"date": st.sampled_from(["2026-12-18", "2027-01", "2027"])},
        optional={
            "region": st.sampled_from(["US", "BR"]),
            "type": st.sampled_from(["theatrical", "streaming", "digital"]),
        },
    ),
    max_size=4,
    unique_by=lambda row: (row.get("region"), row.get("type")),
)


def rows(rows: Sequence[Table]) -> str:
    """The *rows* of `dates`, as text."""
    keys = ("\n".join(f'{key} = "{value}"' for key, value in row.items()) for row in rows)
    return "".join(f"[[release.dates]]\n{row}\n" for row in keys)


@given(ROWS, ROWS, st.sampled_from(["", "only_these_dates = true\n"]), st.sampled_from([1, 2]))
@example([{"date": "2027", "type": "theatrical"}], [{"date": "2027"}], "", 1)
def test_sources_change_nothing_of_it(
    below: list[Table], own: list[Table], only: str, format: int
) -> None:
    """The same dates show if a source that knows none makes the release merge by fact."""
    film = (
        'format = 1\n[[release]]\nid = "film"\ntitle = "Film"\nkind = "film"\nids = { tmdb = 5 }\n'
    )
    source = 'format = 1\norigin = "wikidata"\n[[release]]\nid = "x"\nids = { tmdb = 5 }\n'
    mine = f'format = {format}\n[[release]]\nid = "film"\n{only}{rows(own)}'
    found = []
    for texts in ((film + rows(below), mine), (film + rows(below), source, mine)):
        layers = [load.read_layer(f"{at}.toml", text.encode()) for at, text in enumerate(texts)]
        (release,) = load.releases(layers)
        found.append(sorted(repr(dated._replace(origin=None)) for dated in release.dates))
    assert found[0] == found[1]


@given(ROWS, ROWS, ROWS)
def test_written_rows_make_the_dates(
    below: list[Table], own: list[Table], more: list[Table]
) -> None:
    """Whatever stands there already: those that are wanted, and no others."""
    release = {"id": "film", "dates": below}
    entry = {"dates": own} if own else {}
    wanted = [*over(release, entry)]
    random.Random(0).shuffle(wanted)
    known = [(row.get("region"), row.get("type")) for row in wanted]
    wanted += [row for row in more if (row.get("region"), row.get("type")) not in known]
    written = rows_over(release, entry, wanted, 2)
    if written is not None:
        made = over(release, {"dates": written})
        assert len(made) == len(wanted)
        assert all(row in wanted for row in made)
