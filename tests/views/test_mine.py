"""The user's own catalogue, as `mine` compares it with those below it."""

from datetime import date
from typing import Any

import pytest

from countdown.views.mine import Difference, mine, value_text
from tests.views.releases import AMERICAN, CONTEXT, columns, drop_out, looks, runs, tables, texts


def rows(below: dict[str, Any] | None, own: dict[str, Any]) -> tuple[str, list[tuple[str, ...]]]:
    """The heading of a difference, and what its rows say."""
    (table,) = tables(mine([Difference(below, own)], CONTEXT, path="x"))
    assert table.repeats_heading
    return table.heading, texts(table)


@pytest.mark.parametrize(
    ("below", "own", "heading"),
    [
        ({"id": "a", "title": "A"}, {"id": "a"}, "Changed: A (a)"),
        ({"id": "a", "title": "A"}, {"id": "a", "title": "B"}, "Changed: B (a)"),
        ({"id": "a", "title": "A", "season": 2}, {"id": "a"}, "Changed: A, season 2 (a)"),
        (None, {"id": "a", "title": "A"}, "New: A (a)"),
        (None, {"title": "A"}, "New: A (no id)"),
        (None, {"id": "a"}, "New: a (a)"),
        ({"id": "a", "title": "A"}, {"id": "a", "hidden": True}, "Hidden: A (a)"),
        ({"id": "a", "title": "A"}, {"id": "a", "hidden": False}, "Changed: A (a)"),
    ],
)
def test_heading_of_a_difference(
    below: dict[str, Any] | None, own: dict[str, Any], heading: str
) -> None:
    """What it is, of which release."""
    assert rows(below, own)[0] == heading


@pytest.mark.parametrize(
    ("below", "own", "expected"),
    [
        ({"stage": "filming"}, {"stage": "wrapped"}, [("stage", "filming", "→", "wrapped")]),
        ({}, {"stage": "wrapped"}, [("stage", "", "+", "wrapped")]),
        ({"stage": "filming"}, {"stage": ""}, [("stage", "filming", "-", "")]),
        ({"stage": "filming"}, {"stage": "filming"}, [("stage", "filming", "=", "filming")]),
        ({}, {"stage": ""}, []),
        ({}, {"season": 0}, [("season", "", "+", "0")]),
        ({"cast": ["A", "B"]}, {"cast": ["B", "C"]}, [("cast", "A", "→", "C")]),
        ({"cast": ["A", "B"]}, {"cast": ["B", "A"]}, [("cast", "A, B", "→", "B, A")]),
        ({"cast": ["A"]}, {"cast": ["A", "B"]}, [("cast", "", "+", "B")]),
        ({"cast": ["A", "B"]}, {"cast": ["A"]}, [("cast", "B", "-", "")]),
        ({"cast": ["A"]}, {"cast": []}, [("cast", "A", "-", "")]),
        ({}, {"cast": []}, []),
        ({"cast": ["A"]}, {"cast": ["A"]}, [("cast", "A", "=", "A")]),
        ({"dates": ["2022"]}, {"date": "2023"}, [("date", "2022", "→", "2023")]),
        ({"date": "2022"}, {"dates": ["2023"]}, [("dates", "2022", "→", "2023")]),
        ({"date": "2022"}, {"dates": []}, [("dates", "2022", "-", "")]),
        ({"date": "2022"}, {"title": "B"}, [("title", "", "+", "B")]),
        ({"title": "A"}, {"hidden": True}, [("hidden", "", "", "true")]),
        ({"title": "A"}, {"hidden": False}, []),
    ],
)
def test_row_of_a_difference(
    below: dict[str, Any], own: dict[str, Any], expected: list[tuple[str, ...]]
) -> None:
    """Both sides; of lists only the elements that differ."""
    assert rows({"id": "a", **below}, {"id": "a", **own})[1] == expected


def test_sides_of_a_difference_have_their_colours() -> None:
    """Nothing stands out where both say the same."""
    below = {"id": "a", "stage": "filming", "title": "A"}
    own = {"id": "a", "stage": "wrapped", "title": "A", "hidden": True}
    view = mine([Difference(below, own), Difference(None, own)], CONTEXT, path="x")
    table, _ = tables(view)
    assert looks(table) == [
        ("muted", "removed", "muted", "added"),
        ("muted", "muted", "muted", "muted"),
        ("muted", "", "", "removed"),
    ]
    assert columns(table) == [("Key", ""), ("Below", "stretch"), ("", ""), ("Yours", "stretch")]
    assert drop_out(table) == ["Below"]
    assert (view.outlooks, view.context) == ((), CONTEXT)
    american = mine([], AMERICAN, path="x")
    assert american.context == AMERICAN


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("text", "text"),
        (2022, "2022"),
        (True, "true"),
        (False, "false"),
        (date(2022, 7, 8), "2022-07-08"),
        (["a", 2], "a, 2"),
        ([], ""),
        ({"name": "Chris", "role": "Thor"}, "Chris as Thor"),
        ({"name": "Chris"}, "Chris"),
        ({"from": "2022", "to": date(2022, 7, 8)}, "2022 → 2022-07-08"),
        ({"to": "2022"}, "undated → 2022"),
        ({"from": "2022"}, "2022 → withdrawn"),
        ({"imdb": "tt1", "tmdb": 2}, "imdb=tt1 tmdb=2"),
        ({"url": "https://a.b", "date": date(2022, 7, 8)}, "https://a.b 2022-07-08"),
        ({"region": "US", "type": "theatrical", "date": "2022"}, "US theatrical 2022"),
        ({"region": "US", "date": "2022", "unverified": True}, "US 2022?"),
        ({"date": "2022?", "unverified": True}, "2022?"),
        ({"date": "2022", "unverified": False, "checked": "2021"}, "2022 (checked 2021)"),
        (
            {"date": "2022", "source": "https://a.b", "checked": "2021"},
            "2022 (source https://a.b, checked 2021)",
        ),
        ([{"name": "A", "role": "B"}, {"name": "C"}], "A as B, C"),
        ({"url": "https://a.b"}, "https://a.b"),
    ],
)
def test_value_of_a_catalogue_in_short(value: object, text: str) -> None:
    """As people would say it, not as TOML has it."""
    assert value_text(value) == text


# ---- On a terminal ----


def screen_of(*differences: Difference) -> list[str]:
    """The lines of a terminal, blocks one below the other."""
    view = mine(differences, CONTEXT, path="~/releases.toml")
    assert view.screen is not None
    return [
        "".join(cell.text for cell in line) for block in view.screen(80, 24) for line in runs(block)
    ]


def test_terminal_groups_added_changed_and_hidden_releases() -> None:
    """With what differs of each, in words, and the commands that go on from there."""
    added = {"id": "x", "title": "X", "kind": "series", "season": 2, "date": "2027-36"}
    changed = {
        "id": "a",
        "title": "A",
        "date": date(2026, 12, 19),
        "stage_since": "2022-04",
        "stage": "filming",
        "cast": [{"name": "B"}, {"name": "C", "role": "D"}],
        "aliases": ["E"],
    }
    base = {
        "title": "A",
        "date": date(2026, 12, 18),
        "stage": "filming",
        "cast": [{"name": "A"}, {"name": "B"}, {"name": "Z"}],
        "expected": "2027",
    }
    hidden = {"id": "h", "title": "H", "hidden": True}
    assert screen_of(
        Difference({"title": "H"}, hidden), Difference(base, changed), Difference(None, added)
    ) == [
        *("Your catalogue", "~/releases.toml"),
        "Added (1)",
        "X, season 2 · series · x",
        "  date: Q4 2027",
        "Changed (1)",
        "A · a",
        "  title: A (same as built in)",
        "  date: 18 Dec 2026 → 19 Dec 2026",
        "  stage since: none → Apr 2022",
        "  stage: filming (same as built in)",
        "  cast: - A, Z  + C as D",
        "  aliases: + E",
        "Hidden (1)",
        "H · h",
        "  title: H (same as built in)",
        "To change one: countdown edit ID",
        "To remove one: countdown remove ID",
        "To show one again: countdown unhide ID",
        "To undo the last change: countdown undo",
    ]


@pytest.mark.parametrize(
    ("below", "own", "line"),
    [
        ({"cast": ["A", "B"]}, {"cast": ["B", "C"]}, "cast: A → C"),
        ({"cast": ["A", "B"]}, {"cast": ["B", "A"]}, "cast: A, B → B, A"),
        ({"cast": ["A", "B"]}, {"cast": ["A"]}, "cast: - B"),
        ({"cast": ["A"]}, {"cast": []}, "cast: - A"),
        ({"stage": "filming"}, {"stage": ""}, "stage: filming → none"),
        ({"date": "2027"}, {"dates": []}, "dates: 2027 → none"),
        (
            {"dates": [{"region": "US", "date": date(2026, 12, 18)}]},
            {"dates": [{"region": "US", "date": date(2026, 12, 19)}]},
            "dates: US 18 Dec 2026 → US 19 Dec 2026",
        ),
        ({}, {"moves": [{"to": "2027-06"}]}, "moves: + undated → Jun 2027"),
        (
            {"sources": ["https://www.a.b/c", {"url": "https://a.b/d"}, "https://e.f/g"]},
            {"sources": ["https://e.f/g", "https://h.i/j"]},
            "sources: - a.b  + https://h.i/j",
        ),
        ({"sources": ["https://a.b/c"]}, {"sources": []}, "sources: - a.b"),
        ({}, {"sources": ["https://a.b/c"]}, "sources: + https://a.b/c"),
        ({"checked": "2022"}, {"checked": ""}, "checked: 2022 → none"),
    ],
)
def test_difference_has_old_and_new_value(
    below: dict[str, Any], own: dict[str, Any], line: str
) -> None:
    """Also without colours: an arrow from the one to the other, or signs for what came and went."""
    assert screen_of(Difference(below, {"id": "a", **own}))[4] == f"  {line}"


def test_commands_fit_the_kinds_shown() -> None:
    """What is only hidden can't be edited, and nothing hidden can't be shown again."""
    show, undo = "To show one again: countdown unhide ID", "To undo the last change: countdown undo"
    hidden = screen_of(Difference(None, {"id": "a", "hidden": True}))
    assert hidden[2:] == ["Hidden (1)", "a · a", show, undo]
    changed = screen_of(Difference({}, {"id": "a", "stage": "filming"}))
    assert show not in changed
    assert changed[-2:] == ["To remove one: countdown remove ID", undo]


def test_old_and_new_value_have_their_colours() -> None:
    """Nothing stands out where there is none, or where both are the same."""
    own = {"id": "a", "stage": "filming", "title": "A", "kind": "film", "cast": ["B"]}
    view = mine([Difference({"stage": "wrapped", "title": "A"}, own)], CONTEXT, path="x")
    assert view.screen is not None
    _, lines, _ = view.screen(80, 24)
    assert [[cell.style for cell in line[2:]] for line in runs(lines)[2:]] == [
        ["removed", "muted", "added"],
        ["", "muted"],
        ["muted", "muted", "added"],
        ["added"],
    ]
