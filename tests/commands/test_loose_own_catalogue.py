"""Commands on a user's own catalogue that is written from memory."""

import pytest

from tests.cli.shelf import Shelf

LOOSE = (
    "# mine\n[[movie]]\ntitle = 'Nobody Knows' # n\nactors = 'Ana as Iris'\nyear = 2028\n\n"
    "[[release]]\nid = 'own'\ntitle = 'Own'\nkind = 'film'\ndirector = 'Ana'\n"
)


def test_it_is_read_by_every_command(shelf: Shelf) -> None:
    """Nothing is said of how it is written, but by check."""
    shelf.write(LOOSE)
    assert "Nobody Knows" in shelf.ran("list").out
    assert "Iris" in shelf.ran("show", "nobody-knows").out
    assert "Nobody Knows" in shelf.ran("mine").out
    assert shelf.ran("list").err == ""
    assert "actors: read as cast" in shelf.ran("check").out


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("add", "Another One"), 'title = "Another One"'),
        (("hide", "nobody-knows"), "hidden = true"),
        (("hide", "own"), "hidden = true"),
        (("edit", "own", "--stage", "filming"), 'stage = "filming"'),
        (("edit", "own", "--director", "Lee"), 'director = ["Lee"]'),
        (("edit", "nobody-knows", "--stage", "filming"), 'stage = "filming"'),
        (("remove", "own"), "# mine"),
        (("remove", "nobody-knows"), "# mine"),
    ],
)
def test_changes_leave_the_rest_as_it_is_written(
    shelf: Shelf, words: tuple[str, ...], line: str
) -> None:
    """Only what was asked for is written; undo brings it back."""
    shelf.write(LOOSE)
    shelf.ran(*words)
    assert line in shelf.text
    kept = "nobody-knows" not in words or words[0] != "remove"
    assert ("actors = 'Ana as Iris'" in shelf.text) == kept
    shelf.ran("undo")
    assert shelf.text == LOOSE


@pytest.mark.parametrize(
    "words",
    [
        ("edit", "nobody-knows", "--title", "Somebody"),
        ("edit", "nobody-knows", "--cast", "+Lee"),
        ("edit", "nobody-knows", "--date", "2029"),
        ("edit", "nobody-knows", "--unset", "cast"),
    ],
)
def test_change_of_what_is_written_otherwise_names_the_command_that_helps(
    shelf: Shelf, words: tuple[str, ...]
) -> None:
    """A made id would change, or a key would be there twice."""
    shelf.write(LOOSE)
    message = shelf.refused(*words, code=3)
    assert "First run: countdown check --fix" in message
    assert shelf.text == LOOSE
    shelf.ran("check", "--fix", "--yes")
    shelf.ran(*words)


NOT_YET = "isn't written in the catalogue's format yet"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("title = 'Nobody Knows'\n", '1:1: "Nobody Knows"'),
        ("# mine\n[release.one]\ntitle = 'Nobody Knows'\n", '2:1: "Nobody Knows"'),
        ("\n[release]\nid = 'nobody-knows'\nname = 'N\\u202eo'\n", '2:1: "N\\u202eo"'),
        ("\nrelease = {}\n", "2:1: This entry"),
    ],
)
def test_entry_that_nothing_can_follow_is_named(shelf: Shelf, text: str, name: str) -> None:
    """Below a header, its keys would be nobody's; it isn't the entry that was to change."""
    shelf.write(text)
    for words in (("add", "Another One"), ("hide", "thor-5"), ("edit", "thor-5", "--season", "2")):
        *problems, line, last = shelf.refused(*words, code=3).splitlines()
        assert line.startswith(f"{shelf.path}:{name} {NOT_YET}, and no entry can follow it. ")
        assert len({*problems}) == len(problems)
        assert last == "Nothing was changed."


def test_entry_at_the_top_of_the_file_is_named(shelf: Shelf) -> None:
    """It can't be changed itself either."""
    shelf.write("title = 'Nobody Knows'\n")
    message = shelf.refused("hide", "nobody-knows", code=3)
    what = f'{shelf.path}:1:1: "Nobody Knows" {NOT_YET}. First run: countdown check --fix\n'
    assert message == f"{what}Nothing was changed.\n"


def test_entry_that_is_written_otherwise_is_named(shelf: Shelf) -> None:
    """With its line; what stands in the way of `check --fix` is put right by hand."""
    shelf.write(LOOSE)
    message = shelf.refused("edit", "nobody-knows", "--cast", "+Lee", code=3)
    what = f'{shelf.path}:2:1: "Nobody Knows" {NOT_YET}. First run: countdown check --fix\n'
    assert message == f"{what}Nothing was changed.\n"
    shelf.write(f"{LOOSE}kin = 2\ncast = 7\n")
    *_, line, _ = shelf.refused("edit", "nobody-knows", "--cast", "+Lee", code=3).splitlines()
    assert line.endswith("Correct these lines with countdown edit, then run: countdown check --fix")


@pytest.mark.parametrize("header", ["release", "movie", "season"])
def test_hidden_release_keeps_its_id(shelf: Shelf, header: str) -> None:
    """The command that brings it back finds it, though the file has no id."""
    entry = f"[[{header}]]\ntitle = 'Nobody Knows: Season 2'\nyear = 2028\n"
    shelf.write(entry)
    id = "nobody-knows-season-2"
    assert f"countdown unhide {id}" in shelf.ran("hide", id).out
    assert f"({id})" in shelf.ran("mine").out
    assert f"countdown unhide {id}" in shelf.run("show", id).err
    shelf.ran("edit", id, "--stage", "filming")
    shelf.ran("unhide", id)
    assert shelf.text == f'{entry}stage = "filming"\n'
    shelf.ran("hide", id)
    shelf.ran("remove", id)
    assert "Nobody" not in shelf.text


def test_check_describes_entries_with_mistakes_too(shelf: Shelf) -> None:
    """All that is to mend is seen at once; an unknown key isn't said to be understood."""
    shelf.write(
        "format = 1\n[[movie]]\nname = 'Bad'\ndate = '2027-02-31'\n"
        "[[movie]]\nname = 'Good'\ncolour = 'red'\n"
        "[[movie]]\nid = 'no-such'\nstatus = 'shooting'\n"
    )
    ran = shelf.run("check")
    assert ran.code == 3
    assert [line.removeprefix(f"{shelf.path}:") for line in ran.out.splitlines()] == [
        "Understood, but not in the format (6)",
        '2:1: movie[0] "Bad": read as [[release]] id = "bad", kind = "film"',
        '3:1: movie[0] "Bad": name: read as title',
        '5:1: movie[1] "Good": read as [[release]] id = "good", kind = "film"',
        '6:1: movie[1] "Good": name: read as title',
        '8:1: movie[2] "no-such": read as [[release]]',
        '10:1: movie[2] "no-such": status: read as stage = "filming"',
        "",
    ]
    assert [line.removeprefix(f"{shelf.path}:")[:4] for line in ran.err.splitlines()] == [
        *("Prob", "4:1:", "7:1:", "9:1:", "", " 3 p")
    ]
