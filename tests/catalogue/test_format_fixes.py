"""A loosely written catalogue, rewritten in the format: no fact and no comment is lost."""

import re
from pathlib import Path

import pytest

from countdown.catalogue import format_fixes, load, readings
from countdown.core.release import Release
from countdown.errors import CatalogueError
from tests.catalogue.test_loose_files import SOME, lines, read


def fixed(text: str | bytes) -> str:
    """The catalogue *text* in the format."""
    layer = load.read_layer("x.toml", text.encode() if isinstance(text, str) else text)
    load.check([layer])
    return format_fixes.fix(layer).decode()


def by_id(text: str | bytes) -> dict[str, Release]:
    """The releases of *text* by their ids."""
    return {release.id: release for release in read(text)}


def comments(text: str) -> list[str]:
    """The comments of a *text* without a number sign in its values."""
    return sorted(re.findall(r"#.*", text))


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_fixed_file_has_the_same_releases_and_nothing_to_say(path: Path) -> None:
    """Comments stay, and so do the line ends and the byte-order mark; a second time is none."""
    data = path.read_bytes()
    try:
        before = by_id(data)
    except CatalogueError:
        return
    after = fixed(data)
    assert by_id(after) == before
    assert lines(after) == []
    assert comments(after) == comments(data.decode())
    assert fixed(after) == after
    assert after.startswith("\ufeff") == data.decode().startswith("\ufeff")
    assert after.count("\r\n") == (after.count("\n") if b"\r\n" in data else 0)


@pytest.mark.parametrize(
    ("loose", "strict"),
    [
        (  # Only what is loose is written anew; sub-tables get the new name, too.
            "# mine\n[[movie]]  # the first\n  title = 'One' # fine\n  actors = 'Ana as Iris' # a\n"
            "  [[movie.dates]]\n  country = 'Brazil' # here\n  when = 2027-06-11\n"
            "\n# two\n[[release]]\nid = 'two'\ntitle = 'Two'\nkind = 'film'\n",
            "format = 1\n\n# mine\n[[release]]  # the first\n"
            '  id = "one"\n  kind = "film"\n'
            "  title = 'One' # fine\n"
            '  cast = [{ name = "Ana", role = "Iris" }] # a\n'
            '  [[release.dates]]\n  region = "BR" # here\n  date = 2027-06-11\n'
            "\n# two\n[[release]]\nid = 'two'\ntitle = 'Two'\nkind = 'film'\n",
        ),
        (  # What says nothing goes, but not its comment.
            "format = 1\n[[release]]\nid = 'a'\ntitle = 'A'\nkind = 'film'\ndate = 'TBA' # soon\n",
            "format = 1\n[[release]]\nid = 'a'\ntitle = 'A'\nkind = 'film'\n# soon\n",
        ),
        (  # A table below a header is no row: the entry is written anew, below its comments.
            "[[movie]]\ntitle = 'A'\n[movie.dates] # all\nUS = 2027-06-11\nBR = 2027-06-10 # b\n",
            'format = 1\n\n# all\n# b\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n'
            'dates = [\n    { region = "US", date = 2027-06-11 },\n'
            '    { region = "BR", date = 2027-06-10 },\n]\n',
        ),
        (  # So is a file without a header, and one with a list of titles.
            "# top\ntitle = 'A' # a\n",
            'format = 1\n\n# top\n# a\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n',
        ),
        (
            "movies = [\n  'A', # a\n  'B', # b\n]\n",
            'format = 1\n\n# a\n[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\n\n'
            '# b\n[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\n',
        ),
        ("", "format = 1\n"),
        ("# none yet\n", "# none yet\nformat = 1\n"),
        ("FORMAT = '1'\nupdated = 2026\n", 'format = 1\nchecked = "2026"\n'),
    ],
)
def test_text_is_fixed_in_place_where_it_can_be(loose: str, strict: str) -> None:
    """To the letter."""
    assert fixed(loose) == strict
    assert by_id(loose) == by_id(strict)


@pytest.mark.parametrize(
    "loose",
    [
        "[[movie]]\ntitle = 'A'\nactors = [\n  # lead\n  'Ana as Iris', # a\n  'Lee', # b\n]\n",
        "[[movie]]\ntitle = 'A'\nactor = 'Ana' # a\nactors = ['Lee'] # b\ndirectors.a = 1\n",
        "[[movie]]\ntitle = 'A'\nids.imdb_id = 'tt1' # x\nids.TMDB = 5 # y\n",
        "[[movie]]\ntitle = 'A'\ndates.US = 2027-06-11 # x\ndates.BR = 2027-06-10 # y\n",
        "[[movie]]\ntitle = 'A'\ndates = { # x\n}\n".replace("{ # x\n}", "[ # x\n '2027', # y\n]"),
        "[[movie]]\n'movie title' = 1\n".replace("'movie title' = 1", "'Name' = 'A' # x"),
        "[[movie]]\ntitle = 'A'\n[[movie.moves]]\nold = 2026 # x\nnew = 2027-01-01 # y\n",
        "[movies]\n# x\n[movies.a] # y\ntitle = 'A'\n# z\n[movies.b]\ntitle = 'B'\n",
        '["A # B"]\ndate = 2027 # x\n',
        "a = { title = 'A', date = 2027 } # x\nb = { title = 'B' } # y\n",
        "[[movie]]\ntitle = 'A'\nplot = '''\nlong # no comment\n''' # x\n",
        "[[movie]]\ntitle = 'A' # x\n[[show]]\ntitle = 'A' # y\n[[movie]]\ntitle = 'B' # z",
        "[[movie]]\ntitle = 'A'\nrelease_date = 'TBA'",
        "[[movie]]\ntitle = 'A'\ncast = ['"
        + "', '".join(f"Ana {n} as Iris {n}" for n in "abcdefgh")
        + "']\n",
    ],
)
def test_fixed_text_keeps_releases_and_comments(loose: str) -> None:
    """However it is written."""
    if "directors.a" in loose:
        loose = loose.replace("directors.a = 1\n", "")
    after = fixed(loose)
    assert by_id(after) == by_id(loose)
    assert lines(after) == []
    marks = re.compile(r"# (?:[xyzab]|lead|B)\b")
    assert sorted(marks.findall(after)) == sorted(marks.findall(loose))


def test_made_id_stays_when_the_title_changes() -> None:
    """It is written."""
    after = fixed("[[movie]]\ntitle = '雷神'\n")
    (before,) = by_id(after)
    assert [*by_id(after.replace("雷神", "Thor"))] == [before]


def test_entry_over_another_catalogue_stays_an_overlay() -> None:
    """It gets the id, and no kind of its own."""
    below = load.read_layer("a", b'[[release]]\nid = "d-21"\ntitle = "Dune"\nkind = "series"\n')
    own = load.read_layer("b", b"title = 'Dune'\nyear = 2028\n")
    load.check([below, own])
    assert format_fixes.fix(own).decode() == (
        'format = 1\n\n[[release]]\nid = "d-21"\ntitle = "Dune"\ndate = "2028"\n'
    )
    assert readings.lines(load.read_layer("b", format_fixes.fix(own))) == []
