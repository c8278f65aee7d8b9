"""`countdown timeline --svg`: a timeline as a picture in a file."""

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import Countdown
from tests.commands.test_timeline import SEASON

pytestmark = pytest.mark.usefixtures("indexed_july")

Catalogue = Callable[[str], Countdown]
_SVG = "{http://www.w3.org/2000/svg}"


class Picture:
    """The SVG picture in the file *path*."""

    def __init__(self, path: Path) -> None:
        self.text = path.read_text("utf-8")
        self.root = ElementTree.fromstring(self.text)
        self.texts = {each.text: each for each in self.root.iter(f"{_SVG}text")}

    def row(self, title: str) -> ElementTree.Element:
        """The row of the release *title*."""
        return next(
            group
            for group in self.root.iter(f"{_SVG}g")
            if (group.findtext(f"{_SVG}title") or "").startswith(f"{title}: ")
        )

    def shapes(self, title: str) -> list[ElementTree.Element]:
        """The points and bars in the row of *title*."""
        drawn = (f"{_SVG}circle", f"{_SVG}rect")
        return [each for each in self.row(title) if each.tag in drawn]

    def today(self) -> float:
        """The place of the line for today."""
        return next(
            float(line.attrib["x1"])
            for line in self.root.iter(f"{_SVG}line")
            if line.get("class") == "now"
        )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file that is not there yet."""
    return tmp_path / "picture.svg"


def test_a_picture_has_what_a_terminal_has(catalogue: Catalogue, file: Path) -> None:
    """A point for a day, a bar for a window, both for a season, the grid and today."""
    run = catalogue(SEASON + '[[release]]\nid = "u"\ntitle = "Undated"\nkind = "film"\n')
    answer = run("timeline", "--svg", str(file))
    assert (answer.code, answer.out) == (0, f"Drew 4 titles into {file}\n")
    picture = Picture(file)
    assert (picture.root.get("role"), picture.root.get("aria-label")) == ("img", "Coming up")
    assert picture.root.findtext(f"{_SVG}title") == "Coming up"
    description = picture.root.findtext(f"{_SVG}desc") or ""
    assert description.startswith("As of 22 Nov 2026. Run, season 2: 4 Jan 2027 – 20 Jun 2027?, ")
    [day] = picture.shapes("Day")
    first, season = picture.shapes("Run, season 2")
    [year] = picture.shapes("Year")
    assert [each.tag for each in (day, first)] == [f"{_SVG}circle"] * 2
    widths = [float(each.attrib["width"]) for each in (season, year)]
    assert 0.4 < widths[0] / widths[1] < 0.6
    assert picture.today() < float(first.attrib["cx"]) < float(day.attrib["cx"])
    assert {"2026", "2027", "2028", "No date yet"} <= {*picture.texts}
    assert not picture.shapes("Undated")


def test_a_date_stands_where_there_is_room(catalogue: Catalogue, file: Path) -> None:
    """Right of its mark, else left of it, else on the bar."""
    run = catalogue(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ndate = 2026-12-01\n'
        '[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\ndate = "2028-12"\n'
        '[[release]]\nid = "c"\ntitle = "C"\nkind = "film"\ndate = "2026/2028"\n'
    )
    assert run("timeline", "--svg", str(file)).code == 0
    anchors = {
        title: [each.get("text-anchor") for each in Picture(file).row(title)][-1]
        for title in ("A", "B", "C")
    }
    assert anchors == {"A": None, "B": "end", "C": "end"}
    labels = [[*Picture(file).row(title)][-1].get("class") for title in ("B", "C")]
    assert labels == ["window", None]


def test_several_people_have_their_names(catalogue: Catalogue, file: Path) -> None:
    """Above their releases, whose roles the description has; followed ones have a heart."""
    cast = '[{ name = "Ann Lee", role = "Eve" }, { name = "Bob Lee" }]'
    run = catalogue(SEASON.replace('"Day"', f'"Day"\ncast = {cast}'))
    assert run("follow", "--title", "Day").code == 0
    answer = run("timeline", "lee", "--svg", str(file))
    assert answer.out == f"Drew 1 title into {file}\n"
    picture = Picture(file)
    assert {"Ann Lee, Bob Lee", "Ann Lee", "Bob Lee", "Day ♥"} <= {*picture.texts}
    description = picture.root.findtext(f"{_SVG}desc") or ""
    assert re.search("Ann Lee: Day: 1 Feb 2027, .*, as Eve. Bob Lee: Day: ", description)


def test_nothing_dated_has_no_axis(catalogue: Catalogue, file: Path) -> None:
    """And no line for today."""
    run = catalogue('[[release]]\nid = "u"\ntitle = "U"\nkind = "film"\nstage = "filming"\n')
    assert run("timeline", "--svg", str(file)).code == 0
    assert "■■■■□□□ filming" in Picture(file).texts
    assert "<line" not in Picture(file).text


def test_a_label_beyond_the_end_is_left_out(catalogue: Catalogue, file: Path) -> None:
    """The last tick can be too near to it."""
    run = catalogue(
        '[[release]]\nid = "a"\ntitle = "A"\nkind = "film"\ndate = 2006-12-01\n'
        '[[release]]\nid = "b"\ntitle = "B"\nkind = "film"\ndate = 2028-06-01\n'
    )
    assert run("timeline", "--all", "--svg", str(file)).code == 0
    assert {"2006", "2026"} <= {*Picture(file).texts}
    assert "2028" not in Picture(file).texts


def test_the_same_facts_give_the_same_bytes(countdown: Countdown, file: Path) -> None:
    """An older file is replaced."""
    file.write_text("old")
    assert countdown("timeline", "mcu", "--svg", str(file)).code == 0
    first = file.read_bytes()
    assert countdown("timeline", "mcu", "--svg", str(file)).code == 0
    assert file.read_bytes() == first
    assert [each.name for each in file.parent.glob("*.svg*")] == [file.name]


def test_hostile_titles_stay_text(catalogue: Catalogue, file: Path) -> None:
    """Neither markup nor scripts, and nothing refers to the outside."""
    run = catalogue(
        '[[release]]\nid = "x"\ntitle = "<script>alert(1)</script>&\\"\'"\nkind = "film"\n'
        "date = 2027-01-01\nplatform = [\"]]><image href='https://example.org'/>\"]\n"
    )
    assert run("timeline", "--svg", str(file)).code == 0
    picture = Picture(file)
    assert "<script>alert(1)</script>&\"'" in picture.texts
    names = {each.tag.removeprefix(_SVG) for each in picture.root.iter()}
    assert names <= {"svg", "title", "desc", "style", "g", "rect", "circle", "line", "text"}
    outside = re.sub('xmlns="[^"]*"', "", picture.text)
    assert 'href="' not in outside
    assert not re.search(r"url\(|@import|on\w+=", picture.text)


def test_a_folder_is_no_file(countdown: Countdown, tmp_path: Path) -> None:
    """Nor is a file in a folder that isn't there; nothing is made."""
    answer = countdown("timeline", "mcu", "--svg", str(tmp_path))
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"--svg: {tmp_path} is a folder. Name a file in it.\n"
    missing = countdown("timeline", "mcu", "--svg", str(tmp_path / "no" / "x.svg"))
    assert missing.code == 2
    assert missing.err == f"--svg: There's no folder {tmp_path / 'no'}.\n"
    assert not (tmp_path / "no").exists()


def test_without_a_home_there_is_no_lock(
    countdown: Countdown, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    """The message says what to do."""
    monkeypatch.setenv("HOME", "")
    monkeypatch.delenv("XDG_STATE_HOME")
    answer = countdown("timeline", "mcu", "--svg", str(file))
    assert answer.code == 2
    assert answer.err.endswith("--svg: There's no home folder for a lock. Set HOME.\n")
    assert not file.exists()


def test_a_pipe_is_refused(countdown: Countdown, tmp_path: Path) -> None:
    """It can't be replaced in one step."""
    import os

    os.mkfifo(tmp_path / "pipe")
    answer = countdown("timeline", "mcu", "--svg", str(tmp_path / "pipe"))
    assert answer.code == 2
    assert answer.err.startswith(f"{tmp_path / 'pipe'}: Not a regular file")
