"""Files of sources' layers: replaced whole, or held back."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from countdown import files
from countdown.catalogue import load, source_files, source_reading
from countdown.catalogue.source_files import Header, Verdict

READ = datetime(2026, 11, 25, 20, 41, tzinfo=UTC)
HEADER = Header("wikidata", READ, "Wikidata", "CC0-1.0", "Wikidata", "P1D")


def tables(*numbers: int) -> list[dict[str, Any]]:
    """The tables of the releases with these *numbers*."""
    rows = [{"date": date(2027, 6, 11), "region": "DE", "ref": "Q1$x"}, {"date": "2027"}]
    return [{"id": f"wikidata-q{n}", "title": f"Film {n}", "dates": rows} for n in numbers]


def layer(*numbers: int, header: Header = HEADER) -> bytes:
    """The bytes of a layer with the releases of these *numbers*."""
    return source_files.render(header, tables(*numbers))


@pytest.fixture
def folder(tmp_path: Path) -> str:
    """The folder of the layers, which isn't there yet."""
    return source_files.folder_in(str(tmp_path / "state"))


def names(folder: str) -> list[str]:
    """The files in *folder*."""
    return sorted(path.name for path in Path(folder).iterdir())


def test_layer_is_read_as_it_was_written(folder: str) -> None:
    """With all that its source says about itself."""
    header = HEADER._replace(expires=date(2027, 5, 24), serial=41)
    verdict = source_files.offer(folder, "wikidata", layer(1, 2, header=header))
    assert verdict == Verdict("new", 0, 2)
    path = source_files.path_of(folder, "wikidata")
    assert source_files.paths(folder) == [path]
    (read,) = load.read_layers([path])
    assert read.tables == tables(1, 2)
    source = read.source
    assert source is not None
    assert source.problems == ()
    assert (source.origin, source.title, source.licence) == ("wikidata", "Wikidata", "CC0-1.0")
    assert (source.credit, source.refresh, source.serial) == ("Wikidata", 86_400, 41)


def test_layer_that_was_in_use_is_kept(folder: str) -> None:
    """The same one again changes nothing."""
    for numbers, outcome in (((1, 2), "new"), ((1, 2), "unchanged"), ((1, 2, 3), "changed")):
        verdict = source_files.offer(folder, "wikidata", layer(*numbers))
        assert verdict.outcome == outcome
    assert source_files.previous(folder, "wikidata") == layer(1, 2)
    assert names(folder) == ["wikidata.prev.toml", "wikidata.toml"]


OLDER = HEADER._replace(read=datetime(2026, 11, 23, tzinfo=UTC))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (layer(1), "it has lost 3 of 4 releases"),
        (layer(5, 6, 7, 8), "it has lost all 4 releases"),
        (layer(), "it has lost all 4 releases"),
        (layer(1, 2, 3, 4, header=OLDER), "it was read before the one in use"),
        (
            layer(1, 2, 3, 4, header=HEADER._replace(serial=8)),
            "it is older: its serial is 8, after 9",
        ),
    ],
)
def test_suspicious_layer_is_held_back_until_it_is_accepted(
    folder: str, data: bytes, why: str
) -> None:
    """The last good one stays in use meanwhile."""
    good = layer(1, 2, 3, 4, header=HEADER._replace(serial=9))
    source_files.offer(folder, "wikidata", good)
    held = source_files.offer(folder, "wikidata", data)
    assert (held.outcome, held.why) == ("held back", why)
    assert Path(source_files.path_of(folder, "wikidata")).read_bytes() == good
    assert source_files.held_back(folder, "wikidata") == data
    accepted = source_files.accept(folder, "wikidata")
    assert accepted is not None
    assert accepted.outcome == "changed"
    assert Path(source_files.path_of(folder, "wikidata")).read_bytes() == data
    assert names(folder) == ["wikidata.prev.toml", "wikidata.toml"]
    assert source_files.accept(folder, "wikidata") is None


def test_half_may_be_lost(folder: str) -> None:
    """Films come out, and leave."""
    source_files.offer(folder, "wikidata", layer(1, 2, 3, 4))
    assert source_files.offer(folder, "wikidata", layer(1, 2)).outcome == "changed"


WRONG: list[dict[str, Any]] = [
    {"id": "a", "title": 7},
    {"id": "b", "title": 8},
    {"id": "c", "title": "C"},
]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<!DOCTYPE html><title>429</title>", "1:1: "),
        (b"\xff", "1:1: byte 0xff is not UTF-8"),
        (b"", "it isn't the file of a source"),
        (b"format = 1\n", "it isn't the file of a source"),
        (layer(1).replace(b"format = 2", b"format = 99"), "1:1: format: format 99 needs a newer"),
        (source_files.render(HEADER, WRONG), "2 of its 3 releases can't be read"),
    ],
)
def test_layer_that_can_not_be_read_is_never_used(folder: str, data: bytes, why: str) -> None:
    """Not even if it is accepted."""
    good = layer(1)
    source_files.offer(folder, "wikidata", good)
    for verdict in (
        source_files.offer(folder, "wikidata", data),
        source_files.accept(folder, "wikidata"),
    ):
        assert verdict is not None
        assert verdict.outcome == "held back"
        assert verdict.why.startswith(why)
    assert Path(source_files.path_of(folder, "wikidata")).read_bytes() == good
    assert source_files.held_back(folder, "wikidata") == data


def test_good_layer_replaces_one_that_was_damaged_meanwhile(folder: str) -> None:
    """Nothing is suspicious beside what can't be read; that is kept as the one before."""
    source_files.offer(folder, "wikidata", layer(1))
    path = Path(source_files.path_of(folder, "wikidata"))
    path.write_bytes(b"damaged")
    assert source_files.offer(folder, "wikidata", layer(2)).outcome == "changed"
    assert source_files.previous(folder, "wikidata") == b"damaged"


def test_expired_layer_is_not_used(folder: str) -> None:
    """From the day after; nothing has to be read to know which layers there are."""
    header = HEADER._replace(expires=date(2027, 5, 24))
    source_files.offer(folder, "tmdb", layer(1, header=header))
    source_files.offer(folder, "wikidata", layer(1))
    Path(folder, "broken.toml").write_bytes(b"=")
    Path(folder, "Not A Name.toml").write_bytes(b"")
    Path(folder, "note.txt").write_bytes(b"")
    every = [source_files.path_of(folder, name) for name in ("broken", "tmdb", "wikidata")]
    assert source_files.paths(folder) == every
    layers = load.read_layers(every[1:])
    for day, expired in ((24, [False, False]), (25, [True, False])):
        on = date(2027, 5, day)
        assert [source_files.has_expired(each, on) for each in layers] == expired
    own = load.read_layer("own.toml", b"format = 1\n")
    assert not source_files.has_expired(own, date(2027, 5, 25))


def test_nothing_is_there_at_first(folder: str) -> None:
    """And nothing is left of a source that is removed."""
    assert source_files.paths(folder) == []
    assert source_files.held_back(folder, "wikidata") is None
    for numbers in ((1, 2, 3), (1, 2), ()):
        source_files.offer(folder, "wikidata", layer(*numbers))
    assert len(names(folder)) == 3
    source_files.remove(folder, "wikidata")
    assert names(folder) == []


@pytest.mark.parametrize("name", ["", "../x", "a/b", "A", "x.prev", "a-", "ü", "x" * 61, "a\n"])
def test_name_leads_to_no_other_file(folder: str, name: str) -> None:
    """It becomes part of a path."""
    with pytest.raises(ValueError, match="can't be the name of a source"):
        source_files.offer(folder, name, layer(1))


def test_old_layer_is_whole_if_the_new_one_can_not_be_written(
    folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the files fails."""
    source_files.offer(folder, "wikidata", layer(1))
    source_files.offer(folder, "wikidata", layer(1, 2))
    path = Path(source_files.path_of(folder, "wikidata"))
    replace, calls = files.replace, []

    def fail(at: int) -> None:
        def failing(path: str, data: bytes, *, expected: bytes | None) -> None:
            calls.append(path)
            if len(calls) == at:
                raise OSError(28, "No space left on device", path)
            replace(path, data, expected=expected)

        calls.clear()
        monkeypatch.setattr(files, "replace", failing)

    for at in (1, 2):
        fail(at)
        with pytest.raises(OSError, match="No space"):
            source_files.offer(folder, "wikidata", layer(1, 2, 3))
        assert path.read_bytes() == layer(1, 2)


def test_layer_that_is_too_large_is_left_out(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is what another process removes just then; the folder shows both when they change."""
    source_files.offer(folder, "wikidata", layer(1))
    state, day = str(Path(folder).parent), date(2026, 11, 26)
    assert len(source_reading.read_source_layers(state, day).layers) == 1
    monkeypatch.setattr(load, "MAX_FILE_SIZE", 9)
    read = source_reading.read_source_layers(state, day)
    assert read.layers == []
    (problem,) = read.problems
    assert problem.name == "wikidata"
    assert problem.why.startswith("is too large")
    assert read.files[1].is_blocked
