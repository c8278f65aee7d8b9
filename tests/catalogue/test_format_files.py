"""The format by example: every file in tests/data/valid is read, every one in invalid refused.

The `.txt` beside each file has the facts of a valid one, or the exact error lines of an invalid
one.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from countdown.catalogue import load
from countdown.catalogue.schema import RELEASE
from countdown.core.release import Release
from countdown.errors import CatalogueError

DATA = Path(__file__).parents[1] / "data"
VALID = sorted((DATA / "valid").glob("*.toml"))
INVALID = sorted((DATA / "invalid").glob("*.toml"))


def summary(name: str, data: bytes) -> list[str]:
    """The content of the catalogue *data*: a line for each release and for each of its facts."""
    return [
        line for release in load.releases([load.read_layer(name, data)]) for line in facts(release)
    ]


def facts(release: Release) -> Iterator[str]:
    """A line for each fact of *release*."""
    yield f"{release.id}: {release.name}, {release.kind}, {release.stage or 'stage unknown'}"
    for dated in release.dates:
        when = dated.date
        where = f"{dated.region or 'worldwide'}, {dated.type or 'no type'}"
        yield f"  date {when.edtf} = {when.precision} {when.earliest}..{when.latest}, {where}"
    for move in release.moves:
        before = move.before.edtf if move.before else "undated"
        after = move.after.edtf if move.after else "withdrawn"
        announced = move.announced.edtf if move.announced else "unknown"
        yield f"  moved {before} -> {after}, announced {announced}, {move.source}"
    for job, person, role in release.credits():
        yield f"  {job} {person}{f' as {role}' if role else ''}"
    for source in release.sources:
        yield f"  source {source.url}{f' of {source.date.edtf}' if source.date else ''}"
    for provider, value in release.ids:
        yield f"  {provider} {value!r}"
    for key in ("aliases", "franchise", "platform", "distributor", "studio", "unverified"):
        if value := getattr(release, key):
            yield f"  {key} {', '.join(value)}"
    for key in ("synopsis", "sequel_to", "stage_note"):
        if value := getattr(release, key):
            yield f"  {key} {value}"
    for key in ("stage_since", "expected", "checked"):
        if value := getattr(release, key):
            yield f"  {key} {value.edtf}"


def expected(path: Path) -> list[str]:
    """The lines beside the file *path*, in which `<every key>` stands for those of a release."""
    text = path.with_suffix(".txt").read_text("utf-8")
    return text.replace("<every key>", ", ".join(RELEASE)).splitlines()


def test_both_folders_have_files() -> None:
    """An empty folder would test nothing; and each file has its facts beside it."""
    assert len(VALID) >= 5
    assert len(INVALID) >= 15
    for folder in (DATA / "valid", DATA / "invalid"):
        tables, texts = ({path.stem for path in folder.glob(f"*.{end}")} for end in ("toml", "txt"))
        assert tables == texts


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
def test_valid_file_matches_its_summary(path: Path) -> None:
    """Fact by fact."""
    assert summary(path.name, load.content(str(path))) == expected(path)


@pytest.mark.parametrize("path", VALID, ids=lambda path: path.stem)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "marked"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"], ids=["unix", "windows"])
def test_encoding_of_a_valid_file_makes_no_difference(path: Path, mark: bytes, end: bytes) -> None:
    """A byte-order mark and the line ends of Windows are accepted."""
    data = mark + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", end)
    assert summary(path.name, data) == expected(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_invalid_file_is_refused_with_the_lines_beside_it(path: Path) -> None:
    """All problems at once, each with its place, what is wrong and what would be right."""
    with pytest.raises(CatalogueError) as caught:
        summary(path.name, load.content(str(path)))
    assert list(caught.value.lines) == expected(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_line_ends_of_windows_move_no_problem(path: Path) -> None:
    """Line and column stay what they are."""
    data = path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    with pytest.raises(CatalogueError) as caught:
        summary(path.name, data)
    assert list(caught.value.lines) == expected(path)


@pytest.mark.parametrize("path", INVALID, ids=lambda path: path.stem)
def test_error_is_safe_for_a_terminal(path: Path) -> None:
    """Each problem is one line without a control character."""
    with pytest.raises(CatalogueError) as caught:
        summary(path.name, load.content(str(path)))
    assert all(line.isprintable() for line in caught.value.lines)
    assert all(line.startswith(f"{path.name}:") for line in caught.value.lines)
