"""Loosely written parts of a file, one by one, and how each is read."""

from pathlib import Path
from typing import Any, BinaryIO

import pytest
import tomli

from countdown import paths
from countdown.catalogue import load
from countdown.core.name_lists import split_credit, split_names
from countdown.errors import CatalogueError
from tests.catalogue.test_load import problem_lines
from tests.catalogue.test_loose_files import lines, read

FILM = 'format = 1\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("released = true", ['released: read as stage = "released"']),
        ("released = false", ["released: left out"]),
        ("release = 'Dec 2026'", ['release: read as date = "2026-12"']),
        ("release = { US = 2027-01-01 }", ["release: read as dates"]),
        ("in_theaters = 2027-06-11", ["in_theaters: read as dates"]),
        ("streaming = 2027-06-11", ["streaming: read as dates"]),
        ("Brazil = '2027-06-11'", ["Brazil: read as dates"]),
        ("type = 'digital'\ndate = 2027-06-11", ["type: left out", "date: read as dates"]),
        ("date = 2027-06-11\nyear = 2027", ["year: left out"]),
        ("date = 2027-06-11\nrelease_date = '2027-06-11'", ["release_date: left out"]),
        ("name = 'B'", ["name: read as aliases"]),
        ("dates = { US = { where = 'x', date = 2027 } }", []),
        ("dates = 'tba'", ["dates: left out"]),
        ("dates = [{ region = ['US', 'Canada'], date = 2027-06-11 }]", ["dates: read as"]),
        ("dates = [{ region = 'unknown', date = 2027-06-11 }]", ["dates: read as"]),
        ("dates = [{ region = 'US', date = 'TBA' }]", ["dates: left out"]),
        ("dates = [{ date = 'Brazil: 2027-06-11', type = '' }]", ["dates: read as"]),
        ("dates = { US = 'TBA', worldwide = 2027 }", ["dates: read as date"]),
        ("season = 2.0", ["season: read as 2"]),
        ("cadence = 'binge'\nkind2 = 1", ['cadence: read as "all at once"']),
        ("moves = 'x'", []),
        ("moves = { from = 2026, to = 2027, why = 'x' }", ["moves: read as"]),
        ("sources = [{ link = 'example.org', on = '' }, 'HTTP://x.org']", ["sources: read as"]),
        ("sources = ['TBA', '']", ["sources: left out"]),
        ("ids = { imdb = '', tmdb = 5 }\ntmdb_id = '5'", ["ids: read as", "tmdb_id: read as"]),
        ("ids = { tmdb = 5 }\ntmdb_id = 6", []),
        ("cast = [{ actor = 'Ana' }, 'Lee as Tom', { name = 'Jo' }, 5]", ["cast: read as"]),
        ("synopsis = 5", []),
    ],
)
def test_part_is_read_as(text: str, readings: list[str]) -> None:
    """By `check`, in the order of the file."""
    found = [line.partition('"A": ')[2] for line in lines(FILM + text)]
    for start in readings:
        assert any(line.startswith(start) for line in found), found
    if not readings:
        assert problem_lines(FILM[11:] + text)


def test_year_that_is_not_that_of_the_date_has_two_meanings() -> None:
    """So have two dates under two names, and an id that is there twice."""
    (line,) = problem_lines(f"{FILM[11:]}date = 2027-06-11\nrelease_date = 'June 12 2027'")
    assert 'release_date: date is "2027-06-11" and "2027-06-12"; keep the right one' in line
    (line,) = problem_lines(f"{FILM[11:]}date = 2027-06-11\nyear = 2028")
    assert line.endswith("year: the date is not in 2028; keep the right one")
    (line,) = problem_lines(f"{FILM[11:]}date = 'soonish'\nyear = 2028")
    assert 'date: "soonish": can\'t read that as a date' in line  # What year it means is unknown.
    (line,) = problem_lines(f"{FILM[11:]}imdb = 'tt0000001'\nids.imdb = 'tt0000002'")
    assert "keep the right one" in line


def test_year_behind_a_title_must_be_that_of_the_date() -> None:
    """Else it belongs to the title."""
    (one,) = read('title = "Dunno (2026)"\ndate = 2026-06-11')
    (two,) = read('title = "Dunno (2026)"\ndate = 2027-06-11')
    (three,) = read('title = "Dunno (2026)"')
    assert (one.title, two.title, three.dates[0].date.edtf) == ("Dunno", "Dunno (2026)", "2026")


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("Ana as Iris", ("Ana", "Iris")),
        ("ANA AS IRIS", ("ANA", "IRIS")),
        ("Ana (Iris)", ("Ana", "Iris")),
        ("Ana ... Iris", ("Ana", "Iris")),
        ("Perry Como", ("Perry Como", "")),
        ("Perry Como as Bob", ("Perry Como", "Bob")),
        ("Ana (II)", ("Ana (II)", "")),
        ("Ana (Director)", ("Ana (Director)", "")),
        ("Ana as V", ("Ana", "V")),
        ("Ana as Director", ("Ana", "Director")),
        ("Ana (II) as L", ("Ana (II)", "L")),
        ("Ana ... X", ("Ana", "X")),
        ("Ana as ", ("Ana", "")),
        (" Ana as", ("Ana", "")),
        ("As as As", ("As", "As")),
        ("Ana (", ("Ana (", "")),
        (" as Iris", ("", "Iris")),
    ],
)
def test_credit_has_a_name_and_a_role(text: str, credit: tuple[str, str]) -> None:
    """As on the command line."""
    assert split_credit(text) == credit


def test_names_are_parted_by_commas_outside_of_brackets() -> None:
    """Or by semicolons."""
    assert split_names("Ana (Iris, Ire); Lee, Jr., , Jo") == ["Ana (Iris, Ire)", "Lee, Jr.", "Jo"]


def test_dates_that_are_no_list_are_a_problem_without_an_id_too() -> None:
    """Of which an id is made."""
    (line,) = problem_lines("[[movie]]\ntitle = 'A'\nby_country = 1.5")
    assert "by_country: should be a list, not a number" in line


@pytest.mark.parametrize(
    "text",
    [
        "dates = [{ date = 2027, place = 'Somewhere' }]",
        "dates = { 'US/Brazil' = 2027 }",
        "dates = { 'unknown/unstated' = 2027 }",
        "type = 'digital'",
        "cast = { Ana = 'Iris' }",
        "sources = 5",
        "sources = ['ftp://x']",
        "sources = [5]",
        "sources = [{ url = 5 }]",
        "season = 'x'",
    ],
)
def test_part_that_means_nothing_is_a_problem_where_it_stands(text: str) -> None:
    """In the words of the user's own key."""
    assert problem_lines(FILM[11:] + text)


def test_same_date_twice_is_one() -> None:
    """As people copy and paste."""
    (film,) = read(f"{FILM}dates = [{{ region = 'US', date = 2027-06-11 }}]\nUS = 2027-06-11")
    assert [dated.date.edtf for dated in film.dates] == ["2027-06-11"]


def test_place_can_be_unstated_in_words() -> None:
    """As a key, too."""
    (film,) = read(f"{FILM}dates = {{ unknown = 2027 }}")
    assert [dated.market for dated in film.dates] == ["unstated"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("format = 1\ndirector = 'X'\n", "director"),
        ("format = 1\nmovies = [5]\n", "should be a table, not a number"),
        ("format = 1\n[movies.thor-5]\nid = 'x'\ndate = 2027\n", "title is missing"),
    ],
)
def test_what_is_no_release_is_told(text: str, told: str) -> None:
    """Where it stands, with what would be right."""
    with pytest.raises(CatalogueError) as caught:
        read(text)
    assert told in "\n".join(caught.value.lines)


def shipped_as(path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None) -> Path:
    """The built-in file, which has *text*, or is missing."""
    if text is not None:
        path.write_text(text, "utf-8")
    monkeypatch.setattr(paths, "shipped", lambda name: str(path))
    return path


def test_made_ids_need_no_shipped_catalogue(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That can be damaged, missing, or the very file."""
    loose = "format = 1\n[[release]]\ntitle = 'Nobody Knows'\n"
    path = shipped_as(tmp_path / "shipped.toml", monkeypatch, None)
    assert [film.id for film in read(loose)] == ["nobody-knows"]
    path.write_text("[[", "utf-8")
    assert [film.id for film in read(loose)] == ["nobody-knows"]
    path.write_text(loose, "utf-8")
    assert [film.id for film in read(loose, str(path))] == ["nobody-knows"]


def test_built_in_releases_are_read_once_and_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of several files is compared with them, and that was most of a check's time."""
    loose = "format = 1\n[[release]]\ntitle = 'Dune'\n"
    reads: list[BinaryIO] = []
    load_toml = tomli.load

    def counted(file: BinaryIO) -> dict[str, Any]:
        reads.append(file)
        return load_toml(file)

    monkeypatch.setattr(tomli, "load", counted)
    table = "format = 1\n[[release]]\nid = '{}'\ntitle = 'Dune'\nkind = 'film'\n"
    path = shipped_as(tmp_path / "shipped.toml", monkeypatch, table.format("dune-1"))
    for _ in range(2):
        assert [film.id for film in read(loose)] == ["dune-1"]
    assert len(reads) == 1
    path.write_text(table.format("dune-changed"), "utf-8")
    assert [film.id for film in read(loose)] == ["dune-changed"]


def test_title_is_compared_with_those_of_its_kind_and_season(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A built-in release without a title, or of another kind, is not the one that is meant."""
    shipped_as(
        tmp_path / "shipped.toml",
        monkeypatch,
        "format = 1\n[[release]]\nid = 'a-1'\n[[release]]\nid = 'dune-film'\ntitle = 'Dune'\n"
        "kind = 'film'\n[[release]]\nid = 'dune-s2'\ntitle = 'Dune'\nkind = 'season'\nseason = 2\n",
    )
    loose = "format = 1\n[[release]]\ntitle = 'Dune'\n"
    assert [film.id for film in read(loose)] == ["dune-film"]
    assert [one.id for one in read(f"{loose}kind = 'film'")] == ["dune-film"]
    assert [one.id for one in read(f"{loose}kind = 'special'")] == ["dune"]
    assert [one.id for one in read(f"{loose}season = 2")] == ["dune-s2"]
    assert [one.id for one in read(f"{loose}season = 3")] == ["dune-season-3"]


def test_hidden_entry_of_an_unknown_title_hides_nothing() -> None:
    """That is no mistake: what it hid may be gone."""
    assert read("format = 1\n[[release]]\ntitle = 'Nobody Knows'\nhidden = true") == []


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ("", 'release[0]: title is missing; add title = "…"'),
        ("date = 2027", 'release[0]: title is missing; add title = "…"'),
        ("title = ''", "release[0]: title: can't be empty; write one"),
        ("title = ' '", "release[0]: title: can't be empty; write one"),
        ("title = {}", "release[0]: title: should be text, not a table"),
        ('title = "A\\u0007"', 'release[0] "A\\x07": title: has the control character \\x07'),
    ],
)
def test_entry_without_a_usable_title_has_one_problem(entry: str, problem: str) -> None:
    """A suggestion never names a built-in release, which the entry would then overlay."""
    with pytest.raises(CatalogueError) as caught:
        read(f"format = 1\n[[release]]\n{entry}\n")
    (line,) = caught.value.lines
    assert problem in line
    built_in = load.read_layer("", load.content(paths.shipped("releases.toml")))
    assert not any(table and str(table["title"]) in line for table in built_in.tables)
