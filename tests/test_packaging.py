"""What is built works when it is installed: the sdist, the wheel out of it, the command."""

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from email.message import Message
from email.parser import BytesParser
from pathlib import Path
from typing import NamedTuple, cast

import pytest
import tomli

from countdown import files
from countdown.cli.group import COMMANDS
from countdown.version import VERSION

ROOT = Path(__file__).resolve().parent.parent
NAME = f"release_countdown-{VERSION}"
WHEEL = f"{NAME}-py3-none-any.whl"
PROJECT = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


# Both builds in one process instead of five: the wheel out of the files that the sdist has.
BUILD = """
import functools, glob, gzip, importlib, os, shutil, sys, tarfile
import tomli

def backend(folder):
    os.chdir(folder)
    with open("pyproject.toml", "rb") as file:
        return importlib.import_module(tomli.load(file)["build-system"]["build-backend"])

def age(file):  # That of the one here, whose bytecode then is its own.
    here = root + file.name.removeprefix(name)
    return os.path.getmtime(here) if os.path.exists(here) else 0

root, folder, name = sys.argv[1:]
os.mkdir(folder)
backend(root)
if not os.fork():  # What it imports is none of the other one's.
    gzip.GzipFile = functools.partial(gzip.GzipFile, compresslevel=1)  # Else most of its work.
    os._exit(backend(root).build_sdist(folder) != f"{name}.tar.gz")
assert os.wait()[1] == 0
with tarfile.open(f"{folder}/{name}.tar.gz") as sdist:
    # Without its tests: they are half of all files, and none of the wheel's.
    files = [file for file in sdist if not file.name.startswith(f"{name}/tests/")]
    for file in files:
        file.mtime = age(file)
    sdist.extraction_filter = getattr(tarfile, "data_filter", None)  # Python 3.11.3 has none.
    sdist.extractall(f"{folder}/unpacked", files)
for cache in glob.glob(f"{root}/src/**/__pycache__", recursive=True):
    shutil.copytree(cache, f"{folder}/unpacked/{name}{cache.removeprefix(root)}")
backend(f"{folder}/unpacked/{name}").build_wheel(folder)
"""


class Built(NamedTuple):
    """The two files that are built."""

    sdist: Path
    wheel: Path


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder with what is built and installed, by the first of all workers that needs it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base if worker_id == "master" else base.parent) / "packaging"
    folder.mkdir(exist_ok=True)
    with files.exclusive_lock(str(folder), timeout=120):
        if not (folder / "done").exists():
            build(folder / "dist")
            install(folder / "dist" / WHEEL, folder / "installed")
            (folder / "done").touch()
    return folder


def build(folder: Path) -> None:
    """Build the sdist, and the wheel out of it. Nothing is fetched for that."""
    command = [sys.executable, "-c", BUILD, str(ROOT), str(folder), NAME]
    # Unmeasured: the hook of the build imports the program, out of another folder.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    done = subprocess.run(
        command, capture_output=True, check=False, encoding="utf-8", env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr


def install(wheel: Path, folder: Path) -> None:
    """Make a fresh virtual environment with the wheel in it, and dependencies lent by this one."""
    venv.create(folder, with_pip=False)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    quick = ("--ignore-installed", "--no-index", "--no-deps", "--no-compile")
    unbothered = ("--disable-pip-version-check", "--no-warn-script-location")
    subprocess.run([*command, *quick, *unbothered, str(wheel)], check=True)


@pytest.fixture
def built(folder: Path) -> Built:
    """The two files."""
    return Built(folder / "dist" / f"{NAME}.tar.gz", folder / "dist" / WHEEL)


@pytest.fixture
def installed(folder: Path) -> Path:
    """That virtual environment."""
    return folder / "installed"


def names(built: Built) -> list[str]:
    """The files in the wheel."""
    with zipfile.ZipFile(built.wheel) as wheel:
        return wheel.namelist()


def metadata(built: Built) -> Message:
    """The metadata of the wheel."""
    with zipfile.ZipFile(built.wheel) as wheel:
        return BytesParser().parsebytes(wheel.read(f"{NAME}.dist-info/METADATA"))


def called(
    installed: Path, folder: Path, *arguments: str, name: str = "countdown"
) -> "subprocess.CompletedProcess[str]":
    """What the installed command *name* does in an empty folder that is its home too."""
    return subprocess.run(
        [installed / "bin" / name, *arguments],
        cwd=folder,
        env={"HOME": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_installed_command_lists_the_shipped_catalogue(installed: Path, tmp_path: Path) -> None:
    """With an empty home and outside the repository, `countdown list` answers."""
    done = called(installed, tmp_path, "list", "--as-of", "2026-11-22")
    assert done.returncode == 0
    assert done.stderr == ""
    assert "Avengers: Doomsday\t" in done.stdout


def test_installed_package_is_the_one_that_answers(installed: Path, tmp_path: Path) -> None:
    """The lent dependencies do not lend this checkout: code and data are the wheel's own."""
    program = "import countdown, countdown.paths as p; print(countdown.__file__, p.shipped('x'))"
    program = program.replace("'x'", "'releases.toml'")
    done = subprocess.run(
        [installed / "bin" / "python", "-c", program],
        cwd=tmp_path,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert all(Path(path).is_relative_to(installed) for path in done.stdout.split())


@pytest.mark.parametrize("name", ["countdown", "release-countdown"])
def test_installed_command_tells_its_version(installed: Path, tmp_path: Path, name: str) -> None:
    """By its short name, and by the one that no other program has."""
    done = called(installed, tmp_path, "--version", name=name)
    assert done.stdout == f"countdown {VERSION}\n"


def test_installed_command_checks_the_shipped_catalogue(installed: Path, tmp_path: Path) -> None:
    """`countdown check` finds no problems in what it came with."""
    done = called(installed, tmp_path, "check")
    assert done.returncode == 0
    assert "no problems" in done.stdout


def test_man_pages_are_installed_where_man_looks(installed: Path) -> None:
    """Next to the environment's bin there is share/man, with a page for each command."""
    found = {path.name for path in (installed / "share/man/man1").iterdir()}
    assert found == {"countdown.1", *(f"countdown-{name}.1" for name in COMMANDS)}
    page = (installed / "share/man/man1/countdown-list.1").read_text("utf-8")
    assert f"countdown {VERSION}" in page
    assert "\\-\\-within" in page


@pytest.mark.parametrize(
    "name", ["releases.toml", "releases.schema.json", "output.schema.json", "hobby-hosts.txt"]
)
def test_wheel_has_the_data(built: Built, name: str) -> None:
    """The catalogue, both schemas and the list of hosts are in the package, as they are here."""
    with zipfile.ZipFile(built.wheel) as wheel:
        assert wheel.read(f"countdown/data/{name}") == (ROOT / "data" / name).read_bytes()


def test_wheel_has_every_module_and_says_that_it_is_typed(built: Built) -> None:
    """Whatever lies under src/countdown is in the wheel, py.typed and SQL too."""
    source = ROOT / "src"
    files = [path for path in (source / "countdown").rglob("*") if path.is_file()]
    wanted = {path.relative_to(source).as_posix() for path in files if path.suffix != ".pyc"}
    assert {"countdown/py.typed", "countdown/index/schema.sql"} <= wanted
    assert wanted <= set(names(built))


def test_wheel_has_nothing_else(built: Built) -> None:
    """No test, script or left-over is installed."""
    roots = ("countdown/", f"{NAME}.dist-info/", f"{NAME}.data/data/share/man/man1/")
    assert [name for name in names(built) if not name.startswith(roots)] == []


def test_wheel_has_the_licence(built: Built) -> None:
    """The text of the licence travels with the program."""
    assert f"{NAME}.dist-info/licenses/LICENSE" in names(built)
    assert f"{NAME}.dist-info/licenses/src/countdown/core/date_tables/LICENSE" in names(built)


def test_metadata_is_complete(built: Built) -> None:
    """Whoever looks the package up finds its name, licence, Pythons, description and needs."""
    found = metadata(built)
    assert found["Name"] == "release-countdown"
    assert found["Version"] == VERSION
    assert found["Summary"] == PROJECT["description"]
    assert found["License-Expression"] == "MIT AND Unicode-3.0"
    files = ["LICENSE", "src/countdown/core/date_tables/LICENSE"]
    assert found.get_all("License-File") == files
    assert found["Requires-Python"] == ">=3.11"
    assert found["Keywords"]
    assert found["Description-Content-Type"] == "text/markdown"
    text = cast("bytes", found.get_payload(decode=True)).decode()
    assert text.strip() == (ROOT / "README.md").read_text("utf-8").strip()
    assert set(found.get_all("Classifier", [])) == set(PROJECT["classifiers"])
    required = [one for one in found.get_all("Requires-Dist", []) if "extra ==" not in one]
    assert len(required) == len(PROJECT["dependencies"])


def test_sdist_has_what_it_takes_to_build_and_test(built: Built) -> None:
    """Sources, data, tests, docs and scripts are in the sdist; left-overs are not."""
    with tarfile.open(built.sdist) as sdist:
        found = {name.removeprefix(f"{NAME}/") for name in sdist.getnames()}
    wanted = {
        *("src/countdown/cli/__init__.py", "data/releases.toml", "tests/test_packaging.py"),
        *(
            "docs/usage.md",
            "scripts/schema.py",
            "scripts/manpages.py",
            "hatch_build.py",
            "LICENSE",
            "README.md",
        ),
        *("CHANGELOG.md", "CONTRIBUTING.md", "noxfile.py", ".ci/run", "pyproject.toml"),
    }
    assert wanted <= found
    assert not [
        name for name in found if "__pycache__" in name or name.startswith((".venv", "dist"))
    ]
