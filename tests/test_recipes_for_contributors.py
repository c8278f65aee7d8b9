"""The recipes of docs/architecture.md, followed step by step in a copy of the repository.

Each test changes the files that its recipe names and no other, runs the scripts that it names, and
then the tests that would notice a forgotten step.
"""

import os
import re
import shutil
import subprocess
import sysconfig
import venv
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.thorough import sample

ROOT: Final = Path(__file__).resolve().parents[1]
PAGE: Final = (ROOT / "docs" / "architecture.md").read_text("utf-8")
COPIED: Final = (
    *("src", "tests", "scripts", "docs", "data", "benchmarks", ".ci", "pyproject.toml"),
    *("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "noxfile.py", "hatch_build.py"),
)
CHECKS: Final = (
    *("tests/test_architecture.py", "tests/test_docs.py", "tests/test_schemas.py"),
    *("tests/completion", "tests/config", "tests/formats", "tests/index/test_record.py"),
    *("tests/catalogue/test_release_reader.py", "tests/catalogue/test_format_files.py"),
    *("tests/catalogue/test_shipped.py", "tests/cli/test_errors.py", "tests/cli/test_drawing.py"),
    *("tests/commands/test_config.py", "tests/commands/test_list.py", "tests/journal"),
)
Edit = Callable[[str], str]


class Recipe(NamedTuple):
    """The *edits* of each file that follow a recipe, and a call of the program with its answer."""

    edits: dict[str, Edit]
    call: tuple[str, ...]
    answer: str


def new(content: str) -> Edit:
    """Write a file that is not there yet."""

    def edit(text: str) -> str:
        assert not text
        return content

    return edit


def replaced(*pairs: tuple[str, str]) -> Edit:
    """Replace the first occurrence of each first text by the second."""

    def edit(text: str) -> str:
        for old, by in pairs:
            assert old in text
            text = text.replace(old, by, 1)
        return text

    return edit


def before(old: str, by: str) -> Edit:
    """Put a text before the first occurrence of another."""
    return replaced((old, by + old))


JULY: Final = ("--as-of", "2022-07-04", "--catalogue", "tests/data/july-2022.toml")
COMMAND: Final = '''\
"""`countdown total`: the number of releases."""

import click

from countdown.cli import options
from countdown.cli.messages import echo
from countdown.cli.session import session


@options.command("total", "countdown total", exclude=("--format", "--json"))
def command(ctx: click.Context) -> None:
    """Print the number of releases in the catalogue."""
    sql = "SELECT count(*) FROM release"
    (number,) = session(ctx).ask(lambda index: index.execute(sql).fetchone())
    echo(f"{number} releases")
'''
FORMAT: Final = '''\
"""Titles alone, one a line."""

from countdown.core.text import escape_hostile
from countdown.views.view import View


def render(view: View) -> str:
    """Return the title of each release of *view*."""
    return "".join(f"{escape_hostile(one.release.title)}\\n" for one in view.outlooks)
'''
RECIPES: Final = {
    "A command": Recipe(
        {
            "src/countdown/commands/total.py": new(COMMAND),
            "src/countdown/cli/group.py": before(
                '        "search": ', '        "total": "The number of releases.",\n'
            ),
            "docs/usage.md": before(
                "## countdown undo\n",
                "## countdown total\n\n`countdown total` prints how many.\n\n",
            ),
        },
        ("total", *JULY),
        "16 releases\n",
    ),
    "A setting": Recipe(
        {
            "src/countdown/config/keys.py": replaced(
                (
                    '    "format": _choice_field(',
                    '    "accent": _choice_field("The colour of headings.", "red", "blue"),\n'
                    '    "format": _choice_field(',
                ),
                ('    "format": f', '    "accent": \'"blue"\',\n    "format": f'),
            ),
            "src/countdown/config/settings.py": replaced(
                ("__slots__ = (", '__slots__ = ("accent", '),
                ("        *,\n", "        *,\n        accent: str | None = None,\n"),
                ("        self.region =", "        self.accent = accent\n        self.region ="),
            ),
            "src/countdown/cli/session.py": before(
                "    @property\n    def view_context",
                "    @property\n    def accent(self) -> str:\n"
                '        """The colour of headings."""\n'
                '        return self.settings.accent or "red"\n\n',
            ),
            "docs/usage.md": before("| `date_style` |", '| `accent` | `"red"` or `"blue"` |\n'),
        },
        ("config", "set", "accent", "blue"),
        "accent: blue\n",
    ),
    "A format": Recipe(
        {
            "src/countdown/formats/titles.py": new(FORMAT),
            "src/countdown/formats/__init__.py": replaced(('"markdown")', '"markdown", "titles")')),
            "docs/usage.md": before("| `markdown` |", "| `titles` | titles alone |\n"),
        },
        ("list", "--dated", "--limit", "1", "--format", "titles", *JULY),
        "Thor: Love and Thunder\n",
    ),
    "A key of the catalogue": Recipe(
        {
            "src/countdown/catalogue/schema.py": before(
                '    "stage": ', '    "composer": _names_field("Who wrote the music."),\n'
            ),
            "src/countdown/core/release.py": before(
                "    cast: tuple[Credit", "    composer: tuple[str, ...] = ()\n"
            ),
            "src/countdown/cli/release_options.py": replaced(
                ('"writer", "creator",', '"writer", "composer", "creator",'),
                ('    "creator": "', '    "composer": "Composer.",\n    "creator": "'),
            ),
            "src/countdown/views/card.py": before(
                '    ("Writer", "writer"),\n', '    ("Music", "composer"),\n'
            ),
            "src/countdown/formats/contract.py": before(
                '        "cast": [', '        "composer": release.composer,\n'
            ),
            "data/output.schema.json": replaced(
                ('"creator", "cast"', '"creator", "composer", "cast"'),
                ('"writer": {', '"composer": { "$ref": "#/$defs/names" },\n        "writer": {'),
            ),
            "docs/json.md": before("| `cast` |", "| `composer` | names |\n"),
            "src/countdown/index/freshness.py": replaced(("INDEX_VERSION = ", "INDEX_VERSION = 1")),
            "tests/views/releases.py": before(
                '    synopsis="A god', '    composer=("Michael Giacchino",),\n'
            ),
            "tests/formats/test_contract.py": replaced(
                ('    "cast": [', '    "composer": ["Michael Giacchino"],\n    "cast": ['),
                ('*("writer",', '*("composer", "writer",'),
            ),
            "tests/catalogue/test_release_reader.py": before(
                '        ("creator", ["Tony',
                '        ("composer", ["Zimmer"], "composer", ("Zimmer",)),\n',
            ),
            "tests/index/test_record.py": replaced(
                ("    creator=names,", "    creator=names,\n    composer=names,"),
                ('creator=("k",),', 'creator=("k",), composer=("z",),'),
            ),
        },
        ("show", "thor", "--json", *JULY),
        '"composer": []',
    ),
}


def steps(name: str) -> list[str]:
    """The numbered steps of the recipe *name*, each as one line."""
    section = PAGE.partition(f"### {name}\n")[2].partition("\n##")[0]
    found = re.findall(r"^\d\. (.*(?:\n   .*)*)", section, re.MULTILINE)
    return [" ".join(step.split()) for step in found]


def files(step: str) -> set[str]:
    """The files that *step* names; NAME stands for whatever the new thing is called."""
    return set(re.findall(r"`((?:src|docs|data|tests)/[\w./-]+)`", step))


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the repository, with a Python whose `countdown` is the copy's."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            # What is compiled of the program comes along: to do so again takes most of the time.
            compiled = () if name == "src" else ("__pycache__",)
            ignore = shutil.ignore_patterns(*compiled)
            shutil.copytree(ROOT / name, folder / name, ignore=ignore)
        else:
            shutil.copy(ROOT / name, folder / name)
    venv.create(folder / ".venv", with_pip=False)
    (packages,) = (folder / ".venv").glob("lib/python*/site-packages")
    found = f"{folder / 'src'}\n{sysconfig.get_path('purelib')}\n"
    (packages / "copy.pth").write_text(found, "utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """What each file of the repository in *folder* holds."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for name in COPIED
        for path in [folder / name, *(folder / name).rglob("*")]
        if path.is_file() and path.suffix != ".pyc"
    }


# Each takes half a minute with all tests that would notice a forgotten step.
@pytest.mark.parametrize("name", sample(["A format"], of=[*RECIPES]))
def test_recipe_is_all_there_is_to_do(name: str, copy: Path) -> None:
    """Followed to the letter it works, and no other file has to be touched."""
    recipe = RECIPES[name]
    old = contents(copy)
    python = str(copy / ".venv" / "bin" / "python")
    environment = {**os.environ, "PATH": f"{copy / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"}

    def run(*words: str) -> str:
        ran = subprocess.run(
            [python, *words], cwd=copy, env=environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    noun = next((Path(path).stem for path in recipe.edits if not (copy / path).exists()), "")
    edited = set[str]()
    for step in steps(name):
        for path in {file.replace("NAME", noun) for file in files(step)} & {*recipe.edits} - edited:
            file = copy / path
            text = file.read_text("utf-8") if file.exists() else ""
            file.write_text(recipe.edits[path](text), "utf-8")
            edited.add(path)
        for script in re.findall(r"`python (scripts/\w+\.py)`", step):
            run(script)
    assert edited == set(recipe.edits)
    allowed = {*edited, *(file for step in steps(name) for file in files(step))}
    if "scripts/transcripts.py" in " ".join(steps(name)):
        allowed |= {f"docs/{path.name}" for path in (copy / "docs").glob("*.md")}
    assert {path for path, data in contents(copy).items() if old.get(path) != data} <= allowed
    assert recipe.answer in run("-m", "countdown", *recipe.call)
    for checks in sample([], of=[CHECKS]):
        run("-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *checks)
