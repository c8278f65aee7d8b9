"""`countdown share`: the folder that it writes, what may be passed on, and what goes wrong."""

import errno
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import icalendar
import pytest

from countdown import files, paths
from countdown.exports import card_png
from tests.cli import living
from tests.cli.conftest import Countdown, Ran, film
from tests.cli.living import ARCANE, TMDB, TVMAZE
from tests.cli.shelf import Shelf
from tests.commands.test_export import DUNE, KEY, ONLY_TMDB, allow
from tests.test_schemas import misfits
from tests.thorough import sample
from tests.website.sites import BASE, rows, text

Catalogue = Callable[[str], Countdown]
TWO = f"[[release]]\n{film('day', '2026-12-18')}\n[[release]]\n{film('none')}\n"
MANIFEST = ".countdown-site.json"
OLD_SITE = Path(__file__).parents[1] / "data" / "old" / "site"

draw_once = lru_cache(card_png.write)


@pytest.fixture(autouse=True)
def drawn_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the PNG of the same card once for all tests: 40 ms of the 60 that a small site takes."""
    monkeypatch.setattr(card_png, "write", draw_once)


def tree(folder: Path) -> dict[str, bytes]:
    """The content of each file in *folder*, by path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.parts
    }


def wrote(ran: Ran) -> str:
    """What a run that wrote a site said."""
    assert ran.code == 0, ran.err
    return ran.out


def refused(ran: Ran, code: int = 2) -> str:
    """What a run that wrote nothing said."""
    assert (ran.code, ran.out) == (code, "")
    return ran.err


# ---- What is written ----


def test_site_has_pages_and_data(catalogue: Catalogue, tmp_path: Path) -> None:
    """Pages for people; JSON by the contract, a calendar and a catalogue for programs."""
    run, folder = catalogue(TWO), tmp_path / "site"
    assert wrote(run("share", str(folder))).startswith(f"Wrote 2 releases to {folder}: ")
    found = tree(folder)
    for path in (
        *("index.html", "2026.html", "undated.html", "years.html", "releases/day.html"),
        *("cards/day.svg", "cards/day.png", "cards/none.svg", "badges/day.json", "timeline.svg"),
        *("releases.json", "calendar.ics", "catalogue.toml", "feed.atom", "robots.txt"),
    ):
        assert path in found, path
    assert "cards/none.png" not in found
    assert found["cards/day.png"].startswith(b"\x89PNG")
    document = json.loads(found["releases.json"])
    assert misfits(document) == []
    assert [each["id"] for each in document["releases"]] == ["day", "none"]
    assert b"SUMMARY:Day\r\n" in found["calendar.ics"]
    assert run("check", str(folder / "catalogue.toml")).code == 0
    assert not any(".countdown-drafts" in path for path in found)


def test_built_twice_it_is_the_same(catalogue: Catalogue, tmp_path: Path) -> None:
    """In one folder nothing is written again, not even a picture is drawn."""
    run, first, second = catalogue(TWO), tmp_path / "a", tmp_path / "b"
    wrote(run("share", str(first)))
    wrote(run("share", str(second)))
    assert tree(first) == tree(second)
    numbers = {path: path.stat().st_ino for path in first.rglob("*") if path.name != MANIFEST}
    assert wrote(run("share", str(first))).endswith(" 0 of them new or changed\n")
    assert {path: path.stat().st_ino for path in numbers} == numbers


def test_only_what_changed_is_written(catalogue: Catalogue, tmp_path: Path) -> None:
    """And what isn't part of the site any more is removed, with folders that are empty then."""
    more = f"[[release]]\n{film('gone', '2026-12-24', platform='Netflix')}\ncast = ['Ana']\n"
    folder = tmp_path / "site"
    wrote(catalogue(TWO + more)("share", str(folder)))
    card = (folder / "cards/day.png").stat()
    assert (folder / "people/ana.html").exists()
    ran = catalogue(TWO.replace("'None'", "'Nothing'"))("share", str(folder))
    assert wrote(ran)
    found = tree(folder)
    assert not [path for path in found if "gone" in path]
    assert not (folder / "people").exists()
    assert "Nothing" in text(found["releases/none.html"])
    assert (folder / "cards/day.png").stat().st_ino == card.st_ino
    manifest = json.loads(found[MANIFEST])
    assert {*manifest["files"], MANIFEST, ".countdown-site.lock"} == {*found}


def test_all_releases_that_pass_are_there(catalogue: Catalogue, tmp_path: Path) -> None:
    """Filters are those of list; what is out or cancelled has a page, but no event."""
    tables = (
        film("ahead", "2026-12-18"),
        film("out", "2026-11-01"),
        film("off", "2027-01-01", stage="cancelled"),
        film("other", "2028"),
        film("typed") + '\ndates = [{ date = "2028", type = "tv" }]',
    )
    run = catalogue("".join(f"[[release]]\n{each}\n" for each in tables))
    folder = tmp_path / "site"
    wrote(run("share", str(folder)))
    assert len(rows((folder / "2026.html").read_bytes())) == 2
    assert "Cancelled Was 1 Jan 2027 Off" in text((folder / "undated.html").read_bytes())
    assert b"SUMMARY:Out" not in (folder / "calendar.ics").read_bytes()
    wrote(run("share", str(folder), "other", "--name", "<The> future"))
    assert text((folder / "index.html").read_bytes()).startswith("<The> future Skip")
    assert sorted(path.stem for path in (folder / "releases").iterdir()) == ["other"]
    wrote(run("share", str(folder), "typed", "--type", "theatrical,tv", "--url", BASE[:-1]))
    assert f'"{BASE}"' in (folder / "index.html").read_text()
    assert "NAME:typed\r\n" in (folder / "calendar.ics").read_bytes().decode()


def test_calendar_goes_on(catalogue: Catalogue, tmp_path: Path) -> None:
    """An event that changed has a higher number than in the calendar before."""
    folder = tmp_path / "site"
    for day, number in (("2026-12-18", 0), ("2026-12-25", 1)):
        wrote(catalogue(f"[[release]]\n{film('day', day)}\n")("share", str(folder)))
        assert f"SEQUENCE:{number}\r\n" in (folder / "calendar.ics").read_bytes().decode()


def test_calendar_has_what_is_true_now(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although only events that changed are written anew, or all if somebody edited the file."""
    drawn = []

    class Drawn(icalendar.Event):
        def __init__(self) -> None:
            super().__init__()
            drawn.append(self)

    monkeypatch.setattr(icalendar, "Event", Drawn)
    folder = tmp_path / "site"
    calendar = folder / "calendar.ics"
    two = f"[[release]]\n{film('a', '2026-12-18')}\n[[release]]\n{film('b', '2026-12-20')}\n"
    wrote(catalogue(two)("share", str(folder)))
    first = calendar.read_bytes()
    later = two.replace("2026-12-18", "2026-12-19")
    wrote(catalogue(later)("share", str(folder)))
    assert len(drawn) == 3
    assert b"20261218" not in calendar.read_bytes()
    assert first.partition(b"UID:b")[2] == calendar.read_bytes().partition(b"UID:b")[2]
    calendar.write_bytes(calendar.read_bytes().replace(b"SUMMARY:B", b"SUMMARY:C"))
    wrote(catalogue(later)("share", str(folder)))
    assert b"SUMMARY:B" in calendar.read_bytes()
    wrote(catalogue(later)("share", str(folder), "b", "--name", "x"))
    assert calendar.read_bytes().count(b"BEGIN:VEVENT") == 1


def test_calendar_follows_the_types_that_are_asked_for(
    catalogue: Catalogue, tmp_path: Path
) -> None:
    """Although the facts are the same: with types, a release can have several events."""
    run = catalogue(f"[[release]]\n{film('one')}\ndates = [{{ date = 2027-01-01, type = 'tv' }}]\n")
    folder = tmp_path / "site"
    ids = []
    for words in ((), ("--type", "tv")):
        wrote(run("share", str(folder), *words, "--name", "x"))
        ids += re.findall(rb"UID:(.*)\r", (folder / "calendar.ics").read_bytes())
    assert ids == [b"one@release-countdown", b"one-tv@release-countdown"]


def test_long_runs_show_progress(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal; or say so once, if somebody listens."""
    from countdown.cli import progress

    monkeypatch.setattr(progress, "DELAY_S", 0.0)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ran = catalogue(TWO)("share", str(tmp_path / "site"))
    assert "Writing the site" in ran.err
    monkeypatch.setenv("ACCESSIBLE", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    ran = catalogue(TWO)("share", str(tmp_path / "other"))
    assert ran.err.count("Writing the site. This takes a moment.") == 1


# ---- Where it may write ----


def test_only_an_empty_folder_or_its_own_is_taken(catalogue: Catalogue, tmp_path: Path) -> None:
    """A checkout of git, with the name of its host, is as good as empty, and stays one."""
    run, folder = catalogue(TWO), tmp_path / "site"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    told = refused(run("share", str(folder)))
    assert "It has other files than a site's, like notes.txt. Name an empty folder.\n" in told
    assert tree(folder) == {"notes.txt": b"mine"}
    (folder / "notes.txt").unlink()
    (folder / ".git").mkdir()
    (folder / ".git" / "HEAD").write_text("ref")
    (folder / "CNAME").write_text("films.example")
    wrote(run("share", str(folder)))
    (folder / "notes.txt").write_text("mine")
    wrote(catalogue(TWO.replace("'None'", "'Nothing'"))("share", str(folder)))
    assert (folder / "CNAME").read_text() == "films.example"
    assert (folder / ".git" / "HEAD").read_text() == "ref"
    assert (folder / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("path", ["index.html", "releases/day.html", "releases"])
def test_what_is_not_its_own_is_not_replaced(
    path: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    """A file that somebody put where one of the site would go, or a folder."""
    folder = tmp_path / "site"
    wrote(catalogue(f"[[release]]\n{film('none')}\n")("share", str(folder)))
    before = tree(folder)
    mine = folder / "releases/day.html" if path != "releases" else folder / "2026.html"
    if path == "index.html":
        mine = folder / "2026.html"
        mine.write_text("mine")
    elif path == "releases":
        mine.mkdir()
    else:
        mine.write_text("mine")
    told = refused(catalogue(TWO)("share", str(folder)))
    assert "Move it away.\n" in told
    assert str(mine) in told.replace("\n", " ") or mine.name in told
    now = tree(folder)
    assert {name: now[name] for name in before} == before
    assert not (folder / ".countdown-drafts").exists()


def test_no_link_leads_out(catalogue: Catalogue, tmp_path: Path) -> None:
    """A folder that is a link is refused; a link in the place of a file is replaced itself."""
    run, folder, outside = catalogue(TWO), tmp_path / "site", tmp_path / "outside"
    outside.mkdir()
    victim = outside / "victim"
    victim.write_text("safe")
    wrote(run("share", str(folder)))
    (folder / "index.html").unlink()
    (folder / "index.html").symlink_to(victim)
    wrote(run("share", str(folder)))
    assert not (folder / "index.html").is_symlink()
    for path in (folder / "releases").iterdir():
        path.unlink()
    (folder / "releases").rmdir()
    (folder / "releases").symlink_to(outside)
    assert "That isn't a folder of the site. Move it away." in refused(run("share", str(folder)))
    (folder / "releases").unlink()
    (folder / ".countdown-drafts").symlink_to(outside)
    wrote(run("share", str(folder)))
    assert tree(outside) == {"victim": b"safe"}
    link = tmp_path / "link"
    link.symlink_to(folder)
    assert " 0 of them new" in wrote(run("share", str(link)))  # The user named it.


def test_manifest_is_not_believed(catalogue: Catalogue, tmp_path: Path) -> None:
    """Whatever it says, nothing outside is removed, nor what somebody changed."""
    run, folder = catalogue(TWO), tmp_path / "site"
    wrote(run("share", str(folder)))
    manifest = json.loads((folder / MANIFEST).read_text())
    victims = [tmp_path / "victim", folder / "edited.html"]
    for victim in victims:
        victim.write_text("safe")
    (folder / "nothing").mkdir()
    others = (
        *("../victim", str(victims[0]), "a/../../victim", "", "missing", "c:\\x", "a\0b"),
        *("\ud800", "x" * 300, ".git/HEAD", "releases", "index.html/x"),
    )
    manifest["files"] |= {path: [sha256(b"safe").hexdigest()] for path in others}
    manifest["files"]["edited.html"] = ["x"]
    git = folder / ".git" / "HEAD"
    git.parent.mkdir()
    git.write_text("safe")
    victims.append(git)
    (folder / MANIFEST).write_text(json.dumps(manifest))
    ran = run("share", str(folder))
    assert wrote(ran)
    assert ran.err.splitlines() == [
        f"Left alone, since it was changed: {path}"
        for path in ("edited.html", "index.html/x", "releases")
    ]
    assert {each.read_text() for each in victims} == {"safe"}
    assert run("share", str(folder)).code == 0


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "null", "\ud800", '{"files": {}, "sources": {}, "format": 2}'),
        *('{"files": {"a": 1}, "sources": {}, "format": 1}', "[" * 100_000),
        '{"files": [], "sources": {}, "format": 1}',
    ],
)
def test_manifest_that_cannot_be_read_is_told(
    text: str, catalogue: Catalogue, tmp_path: Path
) -> None:
    """Nothing is written over it."""
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / MANIFEST).write_bytes(text.encode("utf-8", "surrogatepass"))
    told = refused(catalogue(TWO)("share", str(folder)))
    assert "That isn't a manifest that this version can read. Name an empty folder.\n" in told
    assert [*tree(folder)] == [MANIFEST]


def test_site_of_an_earlier_version_goes_on(catalogue: Catalogue, tmp_path: Path) -> None:
    """Its manifest is read: its pages are replaced, and those that went are removed."""
    folder = tmp_path / "site"
    shutil.copytree(OLD_SITE, folder)
    (folder / "releases").mkdir()
    (folder / "index.html").write_text("old index\n")
    (folder / "releases/gone.html").write_text("old page\n")
    wrote(catalogue(TWO)("share", str(folder)))
    assert not (folder / "releases/gone.html").exists()
    assert b"Day" in (folder / "index.html").read_bytes()


def test_manifest_has_to_be_a_file(catalogue: Catalogue, tmp_path: Path) -> None:
    """Not a link, nor a pipe that would never end."""
    folder = tmp_path / "site"
    folder.mkdir()
    os.mkfifo(folder / MANIFEST)
    assert "That isn't a file. Move it away." in refused(catalogue(TWO)("share", str(folder)))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("share", ""), "The name of the folder is empty. Name one, like site."),
        (("share", "no/site"), "There's no such folder. Make it first."),
        (("share", "catalogue.toml"), "catalogue.toml is countdown's own. Name another folder."),
        (("share", "file"), "That isn't a folder. Name another one."),
        (("share", "s", "--url", "films.example"), "isn't the address of a site. Write it like"),
        (("share", "s", "--url", "https://a.example/?b"), "isn't the address of a site."),
        (("share", "s", "--url", "https://me@a.example/"), "isn't the address of a site."),
        (("share", "s", "--url", "https://a.example/#x"), "isn't the address of a site."),
        (("share", "s", "--url", "javascript:alert(1)"), "isn't the address of a site."),
        (("share", "s", "--url", "https://[::1"), "isn't the address of a site."),
        (("share", "s", "--url", "https://a.example:x/"), "isn't the address of a site."),
        (("share", "s", "--url", "https://a\\b/"), "isn't the address of a site."),
        (("share", "s", "--url", "https://a.example/%"), "isn't the address of a site."),
    ],
)
def test_what_cannot_be_is_refused(
    words: tuple[str, ...],
    told: str,
    catalogue: Catalogue,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With what would be right."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    assert told in refused(catalogue(TWO)(*words))
    assert not (tmp_path / "s").exists()


def test_countdowns_own_folders_are_not_taken(catalogue: Catalogue) -> None:
    """Not even a new one in them."""
    run = catalogue(TWO)
    for folder in (paths.config_folder(), paths.state_folder(), paths.cache_folder()):
        for path in (str(folder), str(Path(str(folder)) / "site")):
            told = refused(run("share", path))
            assert "is countdown's own. Name another folder.\n" in told


def test_nothing_that_matches_writes_nothing(catalogue: Catalogue, tmp_path: Path) -> None:
    """A mistyped filter never empties a site."""
    run, folder = catalogue(TWO), tmp_path / "site"
    wrote(run("share", str(folder)))
    before = tree(folder)
    told = refused(run("share", str(folder), "--kind", "series"), code=1)
    assert "series" in told
    assert "--all" not in told
    assert tree(folder) == before


# ---- What goes wrong ----


def test_full_disk_leaves_the_old_site(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And is told: nothing takes its place before all is written."""
    folder = tmp_path / "site"
    wrote(catalogue(TWO)("share", str(folder)))
    before = tree(folder)
    write, room = os.open, 2

    def full(path: str, flags: int, *rest: int, **more: int) -> int:
        nonlocal room
        is_draft = ".countdown-drafts" in str(path) and bool(flags & os.O_CREAT)
        room -= is_draft
        if is_draft and room < 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        return write(path, flags, *rest, **more)

    monkeypatch.setattr(os, "open", full)
    ran = catalogue(TWO.replace("'None'", "'Nothing'"))("share", str(folder))
    assert "site: No space left on device. The site is as it was.\n" in refused(ran)
    assert tree(folder) == before


def test_folder_that_cannot_be_written_is_told(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With its path, whoever runs it."""
    folder = tmp_path / "site"
    folder.mkdir()

    make = os.mkdir

    def denied(path: str, *rest: int) -> None:
        if str(path).startswith(str(folder)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
        make(path, *rest)

    monkeypatch.setattr(os, "mkdir", denied)
    told = refused(catalogue(TWO)("share", str(folder)))
    assert told == f"{folder}: Permission denied. The site is as it was.\n"


def test_failure_in_the_middle_is_told_and_completed(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is named, not its draft, and what to do; the next run completes the site."""
    folder, replace, left = tmp_path / "site", os.replace, 4
    wrote(catalogue(TWO)("share", str(folder)))
    run = catalogue(TWO.replace("'None'", "'Nothing'"))

    def failing(source: str, target: str) -> None:
        nonlocal left
        left -= str(target).startswith(str(folder))
        if left < 0:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), source, None, target)
        replace(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        told = refused(run("share", str(folder)))
    assert "Permission denied. Some files are new, all are whole. Run it again" in told
    assert told.startswith(f"{folder}/")
    assert ".countdown-drafts" not in told
    wrote(run("share", str(folder)))
    assert "Nothing" in text((folder / "releases/none.html").read_bytes())


def test_libraries_that_are_missing_are_told(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All at once, with the line that installs them, and before anything is written."""
    run, folder = catalogue(TWO), tmp_path / "site"
    monkeypatch.setitem(sys.modules, "PIL", None)
    assert "needs the library pillow.\n" in refused(run("share", str(folder)), code=1)
    for module in ("jinja2", "icalendar"):
        monkeypatch.setitem(sys.modules, module, None)
    told = refused(run("share", str(folder)), code=1)
    assert "Writing a site needs the libraries jinja2, pillow and icalendar.\n" in told
    assert "pipx inject release-countdown jinja2 pillow icalendar\n" in told
    assert not folder.exists()


# A process for each run, forked from one that has done the same: to load all takes most of a run.
KILLED = """
import os, signal, sys
from countdown.entry import main

def share(catalogue, folder):
    sys.argv = ["countdown", "share", folder, "--catalogue", catalogue]
    return main()

fresh, *words = sys.argv[1:]
runs, replace = [*zip(*[iter(words)] * 3)], os.replace
share(runs[0][0], fresh)
for catalogue, folder, after in runs:
    if not os.fork():
        left = int(after)
        def counted(a, b):
            global left
            left -= str(b).startswith(folder)
            if left < 0: os.kill(os.getpid(), signal.SIGKILL)
            replace(a, b)
        os.replace = counted
        os._exit(share(catalogue, folder))
    assert os.WTERMSIG(os.wait()[1]) == signal.SIGKILL
"""


def killed(fresh: Path, *runs: tuple[Path, Path, int]) -> None:
    """Have runs end at once: of which catalogue, in which folder, after how many files there.

    The folder *fresh* gets a whole site of the first catalogue.
    """
    words = [str(word) for word in (fresh, *(word for run in runs for word in run))]
    subprocess.run([sys.executable, "-c", KILLED, *words], check=True)


def test_killed_run_leaves_a_site_that_reads(catalogue: Catalogue, tmp_path: Path) -> None:
    """Old and new files are whole, the index is the old one; the next run completes it."""
    films = sample(5, of=20)
    tables = [film(f"film-{n}", f"2026-12-{n + 1:02}", title="Old") for n in range(films)]
    old = "".join(f"[[release]]\n{each}\n" for each in tables)
    untouched, fresh = tmp_path / "untouched", tmp_path / "fresh"
    wrote(catalogue(old)("share", str(untouched)))
    before = tree(untouched)
    run = catalogue(old.replace("Old", "New"))
    parts = [int(len(before) * part) + 1 for part in (0.0, 0.4, 0.75)]
    folders = [shutil.copytree(untouched, tmp_path / f"after-{part}") for part in parts]
    used = tmp_path / "catalogue.toml"
    killed(fresh, *((used, folder, part) for folder, part in zip(folders, parts, strict=True)))
    new = tree(fresh)
    goes_on = {MANIFEST, "calendar.ics"}  # They depend on what was there before.
    for folder in folders:
        now = tree(folder)
        assert now["index.html"] == before["index.html"] != new["index.html"]
        changed = [path for path in before.keys() - goes_on if now[path] != before[path]]
        assert [path for path in changed if now[path] != new[path]] == []
        wrote(run("share", str(folder)))
        done = tree(folder)
        assert done.keys() == new.keys()
        assert [path for path in done.keys() - goes_on if done[path] != new[path]] == []
        assert not (folder / ".countdown-drafts").exists()


def test_killed_run_never_makes_old_pages_look_new(catalogue: Catalogue, tmp_path: Path) -> None:
    """Back at the old facts, the site is the old one; a narrower one owns all its files."""
    old = f"{TWO}[[release]]\n{film('more', '2027-01-01')}\n"
    folder = tmp_path / "site"
    run = catalogue(old)
    wrote(run("share", str(folder)))
    before = tree(folder)
    other = shutil.copytree(folder, tmp_path / "other")
    for name, tables in (
        ("titles.toml", old.replace("'None'", "'No'").replace("'Day'", "'Way'")),
        ("more.toml", old.replace("'More'", "'Less'")),
    ):
        (tmp_path / name).write_text(f"format = 1\n{tables}", "utf-8")
    titles, more = tmp_path / "titles.toml", tmp_path / "more.toml"
    killed(tmp_path / "fresh", (titles, folder, 9), (more, other, 1))
    assert tree(folder).items() - before.items()
    wrote(run("share", str(folder)))
    after = tree(folder)
    differ = {path for path in before if before[path] != after[path]}
    assert differ <= {MANIFEST, "calendar.ics"}  # Events have a higher number.
    ran = catalogue(TWO)("share", str(other))
    assert (ran.code, ran.err) == (0, "")
    assert not (other / "releases/more.html").exists()
    (other / "releases/none.html").write_text("edited")
    one = TWO.partition("[[release]]")[2].partition("[[release]]")[0]
    ran = catalogue(f"[[release]]{one}")("share", str(other))
    assert ran.err == "Left alone, since it was changed: releases/none.html\n"
    wrote(catalogue(TWO)("share", str(other)))


def test_catalogue_that_is_used_is_not_written_over(catalogue: Catalogue, tmp_path: Path) -> None:
    """One in the folder of the site."""
    run, folder = catalogue(TWO), tmp_path / "site"
    wrote(run("share", str(folder)))
    used = folder / "catalogue.toml"
    told = refused(run("share", str(folder), "--catalogue", str(used)))
    assert f"{used}, a catalogue that you use. Name another folder.\n" in told


def test_two_runs_wait_for_each_other(catalogue: Catalogue, tmp_path: Path) -> None:
    """One after the other, by a lock."""
    run, folder = catalogue(TWO), tmp_path / "site"
    wrote(run("share", str(folder)))
    with files.exclusive_lock(str(folder), ".countdown-site"):
        process = subprocess.Popen(
            [sys.executable, "-m", "countdown", "share", str(folder)], stdout=subprocess.PIPE
        )
        time.sleep(0.3)
        assert process.poll() is None
    out, _ = process.communicate()
    assert process.returncode == 0
    assert b"0 of them new or changed" in out


# ---- What may be passed on ----


def test_what_is_private_stays_here(shelf: Shelf, tmp_path: Path) -> None:
    """In no file of the site; what is left out is told."""
    allow(shelf, KEY)
    living.put("tmdb", TMDB, DUNE, ONLY_TMDB)
    living.put("tvmaze", TVMAZE, ARCANE)
    folder = tmp_path / "site"
    ran = shelf.run("share", str(folder))
    assert "Left out: what TMDB says about 2 releases; its terms don't allow that.\n" in ran.err
    every = b"\n".join(tree(folder).values())
    for secret in (b"Secret", b"TMDB's words", b"2026-12-11"):
        assert secret not in every
    found = tree(folder)
    credited = [
        *("index.html", "2027.html", "calendar.ics", "releases.json", "catalogue.toml"),
        "releases/tvmaze-46331-s3.html",
    ]
    for path in credited:
        assert b"TVmaze.com" in found[path].replace(b"\r\n ", b""), path
    assert "TVmaze.com" in found["cards/tvmaze-46331-s3.svg"].decode()


def test_own_entries_go_out_only_if_asked_for(mine: Shelf, tmp_path: Path) -> None:
    """As in export."""
    folder = tmp_path / "site"
    ran = mine.run("share", str(folder))
    assert "Left out: your own entries" in ran.err
    assert not (folder / "releases/short.html").exists()
    assert mine.run("share", str(folder), "--mine").err == ""
    assert (folder / "releases/short.html").exists()
