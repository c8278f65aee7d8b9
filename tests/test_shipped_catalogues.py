"""What ships never breaks what a user wrote: each entry of each catalogue that ever shipped.

tests/data/shipped has them, and a pair made by hand in which ids are renamed, split, merged and
dropped. The user wrote something over each release of one, and now another one ships.
"""

import json
import lzma
from functools import cache
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest
import tomli

from countdown import paths
from countdown.completion import complete
from countdown.errors import CATALOGUE
from tests.cli.conftest import Countdown, runner
from tests.thorough import sample

pytestmark = pytest.mark.usefixtures("parsed_once")

KEPT: Final = Path(__file__).parent / "data" / "shipped"
PRESENT: Final = Path(paths.shipped("releases.toml"))
DROPPED: Final = frozenset[str]()  # ids that shipped once, and whose releases are gone for good

OVERLAYS: Final = {  # what a user wrote of a release, or of one of their own that goes with it
    "hidden": "[[release]]\nid = '{id}'\nhidden = true\n",
    "a date": "[[release]]\nid = '{id}'\ndate = 2099-12-24\n",
    "a stage": "[[release]]\nid = '{id}'\nstage = 'on-hold'\nstage_note = 'I say so.'\n",
    "a cast": "[[release]]\nid = '{id}'\ncast = ['Me Myself']\nsequel_to = '{other}'\n",
    "a title": "[[release]]\nid = '{id}'\ntitle = {title}\naliases = ['Mine of {id}']\n",
    "a sequel": "[[release]]\nid = 'my-{id}'\ntitle = 'Mine after {id}'\nkind = 'film'\n"
    "date = 2099-12-25\nsequel_to = '{id}'\n",
    "an import": "[[release]]\nid = 'x-{id}'\nids = {ids}\n{key}\nstudio = ['My Studio']\n",
}
ANSWERS: Final = (
    *((), ("list", "--all"), ("list", "--json"), ("next",), ("status",), ("search", "the")),
    *(("actor", "zendaya"), ("follow",), ("news",), ("news", "--mine"), ("remind", "--dry-run")),
    *(("prompt",), ("mine",), ("undo", "--dry-run"), ("redo", "--dry-run"), ("config", "list")),
    ("add", "My New Film", "--dry-run"),
)


class Shipped(NamedTuple):
    """What shipped when the user wrote something, by its *name*, and what ships now."""

    name: str
    after: Path

    @property
    def before(self) -> list[dict[str, Any]]:
        """The releases that shipped."""
        return read(self.name)


@cache
def read(name: str) -> list[dict[str, Any]]:
    """The releases of a kept catalogue."""
    data = (KEPT / name).read_bytes()
    text = lzma.decompress(data) if name.endswith(".xz") else data
    releases: list[dict[str, Any]] = tomli.loads(text.decode())["release"]
    return releases


NAMES: Final = sorted(path.name for path in KEPT.glob("*.xz"))
PAIRS: Final = {
    **{f"{name}, now": Shipped(name, PRESENT) for name in NAMES},
    **{f"{name}, all gone": Shipped(name, KEPT / "by-hand-after.toml") for name in NAMES},
    "by hand": Shipped("by-hand-before.toml", KEPT / "by-hand-after.toml"),
}
CASES: Final = [  # of a pair, and of what is written over it
    (pair, overlay)
    for pair in PAIRS
    for overlay in OVERLAYS
    if sample(pair == "by hand" or (pair, overlay) == (f"{NAMES[0]}, now", "a date"), of=True)
]


def written(shipped: Shipped, overlay: str) -> str:
    """The user's own catalogue: *overlay* for each release."""
    tables = []
    for release, other in zip(shipped.before, shipped.before[1:], strict=False):
        ids = ", ".join(f"{key} = {json.dumps(id)}" for key, id in release.get("ids", {}).items())
        key = [f"kind = '{release['kind']}'"]
        key += [f"season = {release['season']}"] if "season" in release else []
        values = {
            "id": release["id"],
            "other": other["id"],
            "title": json.dumps(release["title"], ensure_ascii=False),
            "ids": f"{{ {ids} }}",
            "key": "\n".join(key),
        }
        if ids or "{ids}" not in overlay:
            tables.append(overlay.format_map(values))
    return "\n".join(["format = 1\n", *tables])


@pytest.fixture(params=CASES, ids=" - ".join)
def case(request: pytest.FixtureRequest) -> tuple[str, str]:
    """One of CASES."""
    names: tuple[str, str] = request.param
    return names


@pytest.fixture
def overlay(case: tuple[str, str]) -> str:
    """What the user wrote over each release."""
    return OVERLAYS[case[1]]


@pytest.fixture
def shipped(case: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Shipped:
    """Both catalogues; the later one is the one that ships."""
    pair = PAIRS[case[0]]
    monkeypatch.setattr(paths, "shipped", lambda name: str(pair.after))
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-26")
    Path(paths.user_catalogue() or "").parent.mkdir(parents=True)
    return pair


@pytest.fixture
def countdown(capsys: pytest.CaptureFixture[str]) -> Countdown:
    """The program."""
    return runner(capsys)


def present_id(shipped: Shipped, id: str) -> str | None:
    """The id in the later catalogue of a release of the earlier one; None if it is gone."""
    return ids_of(shipped.after).get(id)


@cache
def ids_of(path: Path) -> dict[str, str]:
    """The present id for each id that a release of the catalogue *path* has, or had."""
    releases = tomli.loads(path.read_text("utf-8"))["release"]
    known = {release["id"]: release["id"] for release in releases}
    former = {was: release["id"] for release in releases for was in release.get("was", ())}
    return {**former, **known}


def test_every_command_answers(
    case: tuple[str, str], shipped: Shipped, overlay: str, countdown: Countdown
) -> None:
    """None ends with exit code 3 or a traceback, and the file stays as it is."""
    own = Path(paths.user_catalogue() or "")
    own.write_text(written(shipped, overlay), "utf-8")
    before = own.read_bytes()
    # Of every command with each overlay, a third: the next one has others.
    for words in sample(ANSWERS[[*OVERLAYS].index(case[1]) % 3 :: 3], of=ANSWERS):
        ran = countdown(*words)
        assert ran.code in (0, 1), (words, ran.err)
        assert "left out" not in ran.err
        assert "ignored" not in ran.err
    told = countdown("check")
    gone = [each["id"] for each in shipped.before if present_id(shipped, each["id"]) is None]
    assert told.code in ((0, CATALOGUE) if gone else (0,)), told.err
    assert "Traceback" not in told.err
    assert complete.candidates("bash", ["show", ""], lambda *_: "") is not None
    assert own.read_bytes() == before


def test_nothing_that_a_user_wrote_is_lost(
    shipped: Shipped, overlay: str, countdown: Countdown
) -> None:
    """It counts for the release under its present id; of what is gone, `check` and `mine` tell."""
    own = Path(paths.user_catalogue() or "")
    own.write_text(written(shipped, overlay), "utf-8")
    records = json.loads(countdown("list", "--all", "--json").out or '{"releases": []}')
    found = {record["id"]: record for record in records["releases"]}
    mine = countdown("mine").out
    told = countdown("check").err
    for entry in tomli.loads(own.read_text("utf-8"))["release"]:
        present = present_id(shipped, entry["id"])
        id = entry["id"] if entry["id"] in found or present is None else present
        if "ids" in entry:
            continue
        if id not in found and "hidden" not in entry:
            for text in (told, mine):  # A hundred problems are told, and how many there are.
                assert f'"{id}" to change' in text or " more problem" in text
            continue
        if entry.get("hidden"):
            assert id not in found
            assert entry["id"] in mine
        if "stage" in entry:
            assert found[id]["stage"] == "on-hold"
        if "cast" in entry:
            assert found[id]["cast"][0]["name"] == "Me Myself"
        if "date" in entry:
            assert found[id]["dates"][0]["edtf"].startswith("2099-12-2")
        if "aliases" in entry:
            assert "Mine of " in found[id]["aliases"][0]
        if "sequel_to" in entry:
            assert found[id]["sequel_to"] in (present_id(shipped, entry["sequel_to"]), None)


def test_each_entry_can_be_changed_by_its_old_id(
    case: tuple[str, str], shipped: Shipped, overlay: str, countdown: Countdown
) -> None:
    """Shown, edited, hidden, shown again, removed, and all of it undone."""
    own = Path(paths.user_catalogue() or "")
    text = written(shipped, overlay)
    entries = tomli.loads(text)["release"]
    few = len(entries) if case[0] == "by hand" else 4
    tried = entries[:: max(1, len(entries) // few)]
    first = [*OVERLAYS].index(case[1]) % len(tried)
    for entry in sample(tried[first::6], of=tried):  # With all overlays together, each is tried.
        own.write_text(text, "utf-8")
        id = entry["id"]
        assert countdown("show", id, "--json").code in (0, 1)
        assert countdown("prompt", "--id", id).code == 0
        for words in (
            ("edit", id, "--stage-note", "Mine."),
            *((("unhide", id),) if entry.get("hidden") else ()),
            *(("hide", id), ("unhide", id), ("remove", id)),
        ):
            ran = countdown(*words)
            assert ran.code == 0 or "isn't in your own catalogue" in ran.err, (words, ran.err)
        while countdown("undo").code == 0:
            pass
        assert own.read_text("utf-8") == text


@pytest.mark.parametrize("case", [("by hand", "hidden")], ids=" - ".join)
class TestMerged:
    """A user has an overlay for each of two releases that ship as one now: `duo`."""

    @pytest.fixture
    def own(self, shipped: Shipped) -> Path:
        """The user's own catalogue."""
        return Path(paths.user_catalogue() or "")

    def write(self, own: Path, first: str, second: str) -> None:
        """Write the overlays *first* and *second*."""
        ids = ("duo-part-one", "duo-part-two")
        tables = [
            f"[[release]]\nid = '{id}'\n{keys}\n"
            for id, keys in zip(ids, (first, second), strict=True)
        ]
        own.write_text("\n".join(["format = 1\n", *tables]), "utf-8")

    def entries(self, own: Path) -> list[dict[str, Any]]:
        """The entries of the user."""
        releases: list[dict[str, Any]] = tomli.loads(own.read_text("utf-8")).get("release", [])
        return releases

    def test_one_is_removed_and_the_other_stays(self, own: Path, countdown: Countdown) -> None:
        """Each by its old id; by the present one, both are."""
        self.write(own, "stage = 'filming'", "stage_note = 'Mine.'")
        assert countdown("remove", "duo-part-two").out == (
            "Removed duo-part-two. duo-part-one still changes it.\n"
        )
        assert [entry["id"] for entry in self.entries(own)] == ["duo-part-one"]
        assert countdown("remove", "duo-part-one").out == (
            "Removed duo-part-one. The built-in facts are back.\n"
        )
        self.write(own, "stage = 'filming'", "stage_note = 'Mine.'")
        assert countdown("remove", "duo").out == "Removed duo. The built-in facts are back.\n"
        assert self.entries(own) == []

    def test_a_circle_of_what_shipped_stops_no_removal(
        self, own: Path, countdown: Countdown
    ) -> None:
        """The first followed the second; now it would follow itself, which is nobody's mistake."""
        self.write(own, "sequel_to = 'duo-part-two'", "sequel_to = 'stays'")
        for words in (("remove", "duo-part-two"), ("edit", "duo", "--stage", "filming")):
            assert countdown(*words).code == 0
            assert countdown("list").err == ""
        refused = countdown("edit", "duo", "--sequel-to", "duo-part-two")
        assert refused.err == "--sequel-to: A release can't follow itself.\n"

    def test_a_circle_of_ones_own_is_refused(self, own: Path, countdown: Countdown) -> None:
        """By former ids as by others."""
        self.write(own, "sequel_to = 'stays'", "stage = 'filming'")
        refused = countdown("edit", "stays", "--sequel-to", "duo-part-one")
        assert refused.code == CATALOGUE
        assert "follows this one" in refused.err

    @pytest.mark.parametrize("id", ["duo", "duo-part-one", "duo-part-two"])
    @pytest.mark.parametrize(
        "hidden", [("hidden = true", ""), ("", "hidden = true"), ("hidden = true",) * 2]
    )
    def test_what_either_hides_is_shown_again(
        self, own: Path, countdown: Countdown, id: str, hidden: tuple[str, str]
    ) -> None:
        """By any of its ids; what else they say stays."""
        self.write(own, f"stage = 'filming'\n{hidden[0]}", f"platform = ['Mine']\n{hidden[1]}")
        assert "Duo" not in countdown("list").out
        assert countdown("unhide", id).code == 0
        assert "Duo" in countdown("list").out
        assert self.entries(own) == [
            {"id": "duo-part-one", "stage": "filming"},
            {"id": "duo-part-two", "platform": ["Mine"]},
        ]
        assert countdown("hide", id).code == 0
        assert "Duo" not in countdown("list").out

    def test_what_one_says_does_not_decide_what_the_other_is_about(
        self, own: Path, countdown: Countdown
    ) -> None:
        """With a title that the release hasn't by itself, it is a release of its own."""
        title = "title = 'Duo, Part Two'"
        self.write(own, "aliases = ['Duo, Part Two']", f"{title}\nkind = 'film'\ndate = 2027-12-01")
        assert {"Duo", "Duo, Part Two"} <= {*countdown("list").titles}
        assert countdown("edit", "duo-part-two", "--stage", "filming").code == 0
        stages = {
            record["id"]: record["stage"]
            for record in json.loads(countdown("list", "--json").out)["releases"]
        }
        assert (stages["duo"], stages["duo-part-two"]) == (None, "filming")

    @pytest.mark.parametrize("id", ["duo", "duo-part-one", "duo-part-two"])
    def test_what_is_edited_counts(self, own: Path, countdown: Countdown, id: str) -> None:
        """Whichever of them said it, and what is unset is said by neither."""
        self.write(own, "stage = 'filming'\ndate = 2027-08-01", "stage = 'wrapped'\ndate = '2028'")
        assert countdown("edit", id, "--stage", "completed", "--date", "2029-05-01").code == 0
        (record,) = json.loads(countdown("show", "duo", "--json").out)["releases"]
        assert (record["stage"], record["dates"][0]["edtf"]) == ("completed", "2029-05-01")
        assert (
            countdown("edit", id, "--unset", "stage", "--unset", "date", "--unset", "moves").code
            == 0
        )
        (record,) = json.loads(countdown("show", "duo", "--json").out)["releases"]
        assert (record["stage"], record["dates"][0]["edtf"]) == (None, "2027-05-15")
        assert self.entries(own) == []
        self.write(own, "stage = 'filming'", "platform = ['Mine']")
        assert countdown("edit", id, "--unset", "stage").code == 0
        assert self.entries(own) == [{"id": "duo-part-two", "platform": ["Mine"]}]


@pytest.mark.parametrize("name", NAMES)
def test_each_id_that_ever_shipped_still_means_its_release(name: str) -> None:
    """Whoever changes an id keeps the old one in `was`, and names here what is gone."""
    shipped = Shipped(name, PRESENT)
    ids = {release["id"] for release in shipped.before}
    assert {id for id in ids if present_id(shipped, id) is None} <= DROPPED
