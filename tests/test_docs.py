"""The docs say what the program does: every command, option, variable and example."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import manpages
import pytest
import screenshots
import tomli

from countdown import errors
from countdown.catalogue import load
from countdown.cli.examples import CommandWithExamples, parse_example
from countdown.cli.group import COMMANDS, EXAMPLES, root, run
from countdown.core import edtf
from countdown.formats import FORMATS
from countdown.paths import config_file, shipped
from tests.cli.conftest import JULY
from tests.conftest import isolate
from tests.programs import needs
from tests.thorough import sample

pytestmark = pytest.mark.usefixtures("parsed_once")

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
USAGE = (ROOT / "docs/usage.md").read_text("utf-8")
CATALOGUE = (ROOT / "docs/catalogue.md").read_text("utf-8")
CI = (ROOT / ".ci/run").read_text("utf-8")
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
PAGES = manpages.pages()


def command(name: str) -> CommandWithExamples:
    """The command *name*."""
    found = root.get_command(click.Context(root), name)
    assert isinstance(found, CommandWithExamples)
    return found


def options(found: click.Command) -> set[str]:
    """The long names of the options of *found*."""
    shown = [one for one in found.params if not getattr(one, "hidden", False)]
    names = {name for one in shown for name in (*one.opts, *one.secondary_opts)}
    return {name for name in names if name.startswith("--")}


ALL_OPTIONS = options(root).union(*(options(command(name)) for name in COMMANDS))


def examples() -> list[str]:
    """The examples of every page of help, as they are typed."""
    shown = [*map(parse_example, EXAMPLES)]
    for name in COMMANDS:
        shown += command(name).examples
    return [example.call for example in shown]


def blocks(document: str, language: str) -> list[str]:
    """The blocks of code of one language in *document*."""
    return re.findall(rf"```{language}\n(.*?)```", document, re.DOTALL)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_its_place_in_the_docs(name: str) -> None:
    """It has a section with a call of it in docs/usage.md."""
    section = USAGE.partition(f"\n## countdown {name}\n")[2].partition("\n## ")[0]
    assert f"countdown {name}" in section


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_in_its_help(name: str) -> None:
    """Its page of help ends with examples, each a call of that command."""
    calls = [example.call.removeprefix('eval "$(') for example in command(name).examples]
    assert calls
    expected = f"countdown {name}" if name != "show" else "countdown "  # A title alone will do.
    assert all(call.startswith(expected) for call in calls)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which there is what some examples want to change; it was beside that, as `home`."""
    folder = tmp_path_factory.mktemp("examples")
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        patch.setenv("COUNTDOWN_TODAY", "2026-11-22")
        for words in (
            ("add", "Extraction 4", "--date", "Q4 2027"),
            ("edit", "extraction-3", "--stage-note", "Filmed in Sydney."),
            ("hide", "hexed"),
            ("edit", "extraction-3", "--stage-note", "Filmed in Rome."),
            ("undo",),
        ):
            assert run(words) == 0
    return (folder / "home").rename(folder / "edited")


@pytest.fixture
def home(edited: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home at the same place for all examples: nothing is left from before but the cache."""
    home = edited.with_name("home")
    for purpose in ("cache", "config", "data", "state"):
        monkeypatch.setenv(f"XDG_{purpose.upper()}_HOME", str(home / purpose))
        if purpose != "cache":
            shutil.rmtree(home / purpose, ignore_errors=True)
    return home


@pytest.mark.usefixtures("timed_once")
@pytest.mark.parametrize("line", sample(examples()[::2], of=examples()))
def test_examples_of_the_help_pages_work(
    line: str,
    home: Path,
    edited: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Each example does what it shows, on the shipped catalogue at a fixed day."""
    called = line.removeprefix('eval "$(').removesuffix(')"')  # as a start-up file has it
    _, *arguments = shlex.split(called.partition(" | ")[0])
    monkeypatch.setenv("COUNTDOWN_TODAY", "2026-11-22")
    monkeypatch.setenv("COUNTDOWN_OFFLINE", "1")
    monkeypatch.setenv("VISUAL", "true")  # an editor that nobody has to end
    if sample("share" in arguments, of=False):
        monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(JULY))  # A site of all takes seconds.
    writes = {"-o", "--svg", "--png", "--ics", "share"} & {*arguments}
    monkeypatch.chdir(tmp_path if writes else ROOT)
    if arguments and arguments[0] in ("edit", "remove", "unhide", "mine", "undo", "redo"):
        shutil.copytree(edited, home, dirs_exist_ok=True)
    if "follow" in line or "config" in line:
        own = Path(str(config_file()))
        own.parent.mkdir(parents=True)
        own.write_text('region = "BR"\n[follow]\nperson = ["Chris Hemsworth"]\nfranchise = ["MCU"]')
    code = run(arguments)
    out, err = capfd.readouterr()
    # Where nobody looked before, there can be no news; what is stale depends on the day.
    if arguments[:1] in (["news"], ["remind"]) or "--stale" in arguments:
        assert code in (0, errors.NOTHING_FOUND), err
    elif arguments[:1] == ["refresh"] and "--timer" not in arguments:
        assert code == errors.SOURCE  # No test asks a real one.
    elif "--online" in arguments or arguments[:1] == ["track"]:
        assert code == errors.SOURCE, err
    elif arguments[:1] == ["untrack"]:
        assert code == errors.NOTHING_FOUND, err  # What nobody has tracked.
    elif arguments == ["add"]:
        assert code == errors.USAGE  # Without a terminal, nobody can be asked.
    elif "my-releases.toml" in line or arguments[:1] == ["import"]:  # files that readers have
        assert code == errors.CATALOGUE
    elif arguments[:2] == ["source", "add"] and "https://" in line:
        assert code == errors.SOURCE
    elif arguments[:1] == ["live"]:
        assert code == errors.USAGE  # Here's no terminal.
    else:
        assert code == 0, err
        assert out


SHOWN = (  # Each script that writes what is shown, with the pages; without any, all.
    ("transcripts.py", "docs/json.md", "docs/prompt.md", "docs/reminders.md"),
    ("transcripts.py",),
    ("screenshots.py",),
)


@pytest.mark.parametrize("words", sample(SHOWN[:1], of=SHOWN[1:]), ids=" ".join)
def test_docs_show_what_the_program_prints(words: tuple[str, ...]) -> None:
    """Below each `$ countdown …`, and in the text of each picture."""
    script, *pages = words
    command = [sys.executable, str(ROOT / "scripts" / script), "--check", *pages]  # It forks.
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("path", sorted((ROOT / "docs/images").glob("*.svg")), ids=lambda p: p.name)
def test_pictures_load_nothing(path: Path) -> None:
    """A picture fetches no font and no other file from anywhere."""
    text = path.read_text("utf-8")
    assert "@font-face" not in text
    assert "@import" not in text
    assert re.findall(r"(?:href|src)\s*=", text) == []
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {
        f"#{name}" for name in re.findall(r'id="([^"]+)"', text)
    }
    assert path.stem.removesuffix("-light") in screenshots.PICTURES


def test_there_is_a_man_page_for_each_command() -> None:
    """And one for the program."""
    assert set(PAGES) == {"countdown", *(f"countdown-{name}" for name in COMMANDS)}


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_man_page_has_every_option_and_example(name: str) -> None:
    """Whatever --help tells stands in the manual page too."""
    found, page = (command(name), f"countdown-{name}") if name else (root, "countdown")
    text = PAGES[page].replace("\\-", "-").replace("\\:", "")
    assert all(f"{option}" in text for option in options(found))
    assert ".SH EXAMPLES" in text


@needs("groff")
def test_man_pages_are_sound_roff(tmp_path: Path) -> None:
    """Groff has nothing to say against any page, with every warning turned on."""
    for page, text in PAGES.items():
        (tmp_path / page).write_text(text, "utf-8")
    command = ["groff", "-man", "-ww", "-Kutf8", "-Tutf8", *PAGES]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert done.stderr == b""


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Each link to a file of the repository names one that is there, each anchor a heading."""
    text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)  # Code has no links.
    for target in re.findall(r'(?:\]\(|src(?:set)?=")([^)"]+)', text):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        there = path.parent / name if name else path
        assert there.exists(), target
        headings = re.findall(r"^#+ (.*)$", there.read_text("utf-8"), re.MULTILINE)
        slugs = [re.sub(r"[^a-z0-9 -]", "", one.lower()).replace(" ", "-") for one in headings]
        assert not anchor or anchor in slugs, target


def test_readme_names_commands_that_exist() -> None:
    """Each call in README's blocks is one of a command, with options that it has."""
    lines = [line for block in blocks(README, "sh") for line in block.splitlines()]
    calls = [line.partition("#")[0] for line in lines if line.startswith("countdown")]
    assert calls
    for call in calls:
        _, *arguments = shlex.split(call)
        bare = arguments and arguments[0] not in COMMANDS  # a title
        found = command("show" if bare else arguments[0]) if arguments else root
        used = {one for one in arguments if one.startswith("--")}
        assert used <= options(found), call


@pytest.mark.parametrize("document", [README, USAGE], ids=["README.md", "usage.md"])
def test_options_in_the_docs_exist(document: str) -> None:
    """No table or sentence names an option that the program does not have."""
    own = "\n".join(line for line in document.splitlines() if "pip install" not in line)
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", own)) <= ALL_OPTIONS


def test_usage_names_every_option() -> None:
    """docs/usage.md leaves no option out but those for help and the version."""
    assert options(root) | options(command("list")) <= set(re.findall(r"--[a-z-]+", USAGE)) | {
        "--help",
        "--version",
    }


def test_docs_name_every_environment_variable() -> None:
    """Usage.md and the manual name the variables that the program reads, and its own."""
    sources = [path.read_text("utf-8") for path in (ROOT / "src").rglob("*.py")]
    read = {name for text in sources for name in re.findall(r'"(COUNTDOWN_[A-Z]+)"', text)}
    for text in (USAGE, PAGES["countdown"]):
        named = set(re.findall(r"COUNTDOWN_[A-Z]+(?![A-Z_])", text))
        assert named == read | {"COUNTDOWN_PROMPT"}  # which the shells set


def test_docs_name_every_format() -> None:
    """The table in usage.md has each format."""
    assert all(f"| `{name}`" in USAGE or f"`{name}` |" in USAGE for name in FORMATS)


def test_docs_name_every_exit_code() -> None:
    """usage.md and the manual list each code of errors.py, and no other."""
    names = [name for name, value in vars(errors).items() if name.isupper() and type(value) is int]
    codes = {0, *(getattr(errors, name) for name in names)}
    section = USAGE.partition("\n## Exit codes\n")[2]
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)} == codes
    assert {int(code) for code, _ in manpages.CODES} == codes


@pytest.mark.parametrize("end", ["/countdown", "pytest"])
def test_ci_runs_the_lines_that_readme_shows(end: str) -> None:
    """Each of README's two lines is found by .ci/run's own pattern, once."""
    pattern = re.search(rf"grep -m1 '([^']*{end}\$)' README\.md", CI)
    assert pattern
    found = [line for line in README.splitlines() if re.search(pattern[1], line)]
    assert len(found) == 1
    assert found[0] in "".join(blocks(README.partition("\n## ")[0], "sh")).splitlines()


def test_example_of_the_format_is_sound() -> None:
    """The catalogue that docs/catalogue.md shows has no problems."""
    (example,) = blocks(CATALOGUE, "toml")
    found = list(load.releases([load.read_layer("example.toml", example.encode())]))
    assert [release.id for release in found] == ["extraction-2", "thor-love-and-thunder"]


def test_example_of_an_own_catalogue_lies_over_the_shipped_one() -> None:
    """README's example adds one release and changes another, as it says."""
    (example,) = blocks(README, "toml")
    path = shipped("releases.toml")
    below = load.read_layer(path, load.content(path))
    before = {release.id: release for release in load.releases([below])}
    layers = [
        load.read_layer(path, load.content(path)),
        load.read_layer("own.toml", example.encode()),
    ]
    after = {release.id: release for release in load.releases(layers)}
    assert set(after) - set(before) == {"my-cousins-short"}
    changed = before["avengers-doomsday"]._replace(stage="post-production")
    assert after["avengers-doomsday"] == changed


def spellings() -> list[tuple[str, list[str]]]:
    """The rows of the table of dates in docs/catalogue.md: a spelling, and EDTF that it may be."""
    table = CATALOGUE.partition("| in the file |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines()[2:]]
    return [
        (spelling, re.findall(r"`([^`]+)`", expected))
        for found, expected in rows
        for spelling in re.findall(r"`([^`]+)`", found)
    ]


@pytest.mark.parametrize(("spelling", "expected"), spellings())
def test_spellings_of_dates_are_read_as_the_docs_say(spelling: str, expected: list[str]) -> None:
    """Each spelling is read; what it becomes is, or lies between, what the table has for it."""
    found = edtf.from_toml(tomli.loads(f"date = {spelling}")["date"]).edtf
    if "June" in spelling and "/" in found:  # The table has the first of three alone.
        assert found.startswith("2027-06-")
    else:
        assert expected[0] <= found <= expected[-1]
