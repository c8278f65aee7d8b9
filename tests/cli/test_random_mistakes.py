"""The user's own catalogue with random mistakes: no command ends in a traceback."""

import json
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from countdown import paths
from countdown.catalogue.schema import RELEASE
from tests.cli.conftest import Countdown, runner
from tests.thorough import sample

SHIPPED: Final = Path(__file__).parents[1] / "data" / "shipped" / "by-hand-after.toml"
IDS: Final = ("rome", "untitled-rome-film", "duo", "duo-part-one", "stays", "gone", "x", "No Id")
DAYS: Final = ("@2027-01-01", "2027", "soon")
VALUES: Final[dict[str, list[Any]]] = {  # some of them right; what begins with @ is no text
    "id": [*IDS],
    "was": [["x"], ["rome", "y"], ["y", "y"]],
    "title": ["Rome", "X"],
    "kind": ["film", "series", "season", "flim"],
    "season": [0, 1],
    "sequel_to": [*IDS],
    "date": [*DAYS],
    "dates": [[{"date": day, "region": "US"}] for day in DAYS],
    "complete": [*DAYS],
    "ids": [{"imdb": "tt1234567"}, {"tmdb": "https://www.themoviedb.org/tv/5"}, {"imbd": 1}],
    "hidden": [True, "yes"],
    "cast": [["A", {"name": "B", "rol": "C"}]],
    "moves": [[{"from": "2027", "to": day}] for day in DAYS],
}
WRONG: Final[list[Any]] = [5, "", "x", True, -1.5, [], {}, [1], [{"a": 1}], {"a": [1]}, "\u202e"]
COMMANDS: Final = (
    *(("list", "--json"), ("show", "rome"), ("news", "--mine"), ("remind", "--dry-run")),
    *(("mine",), ("mine", "--format", "table"), ("prompt",), ("check",)),
    *(("add", "Z"), ("hide", "stays"), ("unhide", "x"), ("remove", "gone"), ("remove", "x")),
    ("edit", "rome", "--stage", "filming", "--cast", "+Z", "--date", "2027-07-07"),
    ("edit", "x", "--title", "N", "--kind", "film"),
)
STRICT: Final = ("check", "add", "hide", "unhide", "remove", "edit")  # can end with exit code 3

keys = st.sampled_from([*RELEASE, "colour"])
entries = st.lists(keys, max_size=6, unique=True).flatmap(
    lambda chosen: st.fixed_dictionaries(
        {
            key: st.sampled_from([*VALUES.get(key, ()), *VALUES.get(key, ()), *WRONG])
            for key in {"id", *chosen}
        }
    )
)
files = st.fixed_dictionaries(
    {"release": st.lists(entries | st.sampled_from([5, "x"]), max_size=4)},
    optional={
        "format": st.sampled_from([1, 1, 1, 2, "x"]),
        "checked": st.sampled_from(WRONG),
        "colour": st.sampled_from(WRONG),
    },
)


def toml(value: Any) -> str:
    """*value* as TOML, on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key} = {toml(item)}' for key, item in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    text = json.dumps(value)
    return text[2:-1] if text.startswith('"@') else text


@pytest.fixture
def countdown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Countdown:
    """The program, over a small catalogue."""
    monkeypatch.setattr(paths, "shipped", lambda name: str(SHIPPED))
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-26")
    Path(paths.user_catalogue() or "").parent.mkdir(parents=True)
    return runner(capsys)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    max_examples=sample(4, of=60),
)
@given(tables=files)
def test_commands_answer_whatever_the_file_says(
    countdown: Countdown, tables: dict[str, Any]
) -> None:
    """Those that are strict may refuse; what they write can be read."""
    own = Path(paths.user_catalogue() or "")
    text = "".join(f"{key} = {toml(value)}\n" for key, value in sorted(tables.items()))
    for words in COMMANDS:
        own.write_text(text, "utf-8")
        ran = countdown(*words)
        assert ran.code in ((0, 1, 2, 3) if words[0] in STRICT else (0, 1, 2)), (words, ran.err)
        if own.read_text("utf-8") != text:
            assert countdown("list").code in (0, 1)
