"""Who may import whom, as docs/architecture.md says it; what a light path loads; lengths."""

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import countdown
from countdown.cli.group import COMMANDS
from countdown.version import VERSION
from tests.conftest import isolate

PACKAGE: Final = Path(countdown.__file__).parent
MODULES: Final = {
    ".".join(("countdown", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(
        ".__init__"
    ): path
    for path in sorted(PACKAGE.rglob("*.py"))
}

_PAGE: Final = Path(__file__).parents[1] / "docs" / "architecture.md"


def table_of_packages(page: str) -> dict[str, frozenset[str]]:
    """Each package with those that it may import, as the table under "Packages" of *page* says it.

    *base* stands for the packages of the first six rows.
    """
    section = page.partition("## Packages\n")[2].partition("\n## ")[0]
    rows = [line.split("|")[1:-1] for line in section.splitlines() if line.startswith("| `")]
    base = {name for row in rows[:6] for name in re.findall(r"`(\w+)`", row[0])}
    found = {}
    for names, _, allowed in rows:
        packages = {*re.findall(r"`(\w+)`", allowed), *(base if "*base*" in allowed else ())}
        found.update(dict.fromkeys(re.findall(r"`(\w+)`", names), frozenset(packages)))
    return found


BELOW: Final = table_of_packages(_PAGE.read_text("utf-8"))
ONLY: Final = {
    ("toml", "core"): "countdown.core.text"
}  # of a package, the one module that it needs
DATA_FLOW: Final = {  # The exceptions that the page names
    ("countdown.index.store", "countdown.catalogue.load"),
    ("countdown.index.store", "countdown.catalogue.user_layer"),
    ("countdown.index.store", "countdown.catalogue.source_reading"),
}
LIBRARIES: Final = {  # library → the only modules or packages that may import it
    "click": ("countdown.cli", "countdown.commands"),
    "rich": ("countdown.formats.terminal", "countdown.cli.progress"),
    "tomli": ("countdown.toml", "countdown.catalogue"),
    "tomlrt": ("countdown.toml.merge", "countdown.toml.dump"),
    "platformdirs": ("countdown.paths",),
    "urllib3": ("countdown.net",),
    "jinja2": ("countdown.website.templates",),
    "markupsafe": ("countdown.website.templates",),  # jinja2's own
    "icalendar": ("countdown.sources.calendar_events", "countdown.exports.ics"),
    "PIL": ("countdown.exports.card_fonts", "countdown.exports.card_png"),
    "sqlite3": (
        *("countdown.index", "countdown.journal", "countdown.prompt", "countdown.completion"),
        *("countdown.refresh", "countdown.cli", "countdown.commands"),
    ),
}
LATER: Final = (
    "rich",
    "dateutil",
    "platformdirs",
    "tomlrt",
    "icalendar",
    "PIL",
)  # wait for who needs them, but:
EAGER: Final = {
    ("countdown.formats.terminal", "rich"),
    ("countdown.toml.merge", "tomlrt"),
    ("countdown.toml.dump", "tomlrt"),
    ("countdown.exports.card_fonts", "PIL"),
}
PURE: Final = frozenset(  # what the core may know of the world outside
    {"collections", "datetime", "dateutil", "difflib", "re", "typing", "unicodedata"}
)
CLOCKS: Final = frozenset(
    {
        *("date.today", "datetime.today", "datetime.now", "datetime.utcnow", "time.time"),
        *("time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime", "time.gmtime"),
    }
)


_IMPORT: Final = re.compile(
    r"^ *(?:from ([\w.]+) import (\((?:[^)#]|#.*)*\)|.*)|import (.+))", re.M
)
_BLOCKS: Final = ("body", "orelse", "finalbody", "handlers", "cases")  # where statements are


class Import(NamedTuple):
    """One name that a module imports, and whether that happens as soon as it is loaded itself."""

    name: str  # of a module, or of something in one
    at_once: bool


def imports(source: str) -> Iterator[Import]:
    """Everything that *source* imports, in functions and for types too."""
    waiting: list[tuple[ast.AST, bool]] = [(ast.parse(source), True)]
    while waiting:
        node, at_once = waiting.pop()
        if isinstance(node, ast.Import):
            yield from (Import(alias.name, at_once) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where they lead"
            yield from (Import(f"{node.module}.{alias.name}", at_once) for alias in node.names)
        elif isinstance(node, ast.FunctionDef) or _for_types(node):
            at_once = False
        for name in _BLOCKS:
            waiting += ((inner, at_once) for inner in getattr(node, name, ()))


def possible_imports(source: str) -> Iterator[Import]:
    """Everything that *source* may import, at once or later, by its lines alone.

    The formatter gives each import lines of its own; a docstring can have some that look like one.
    """
    for module, names, modules in _IMPORT.findall(source):
        for name in re.findall(r"\w+", names):
            yield Import(f"{module}.{name}", at_once=True)
        for name in modules.split(",") if modules else ():
            yield Import(name.split()[0], at_once=True)


def _for_types(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.If)
        and isinstance(node.test, ast.Name)
        and node.test.id == "TYPE_CHECKING"
    )


def target(name: str) -> str:
    """The module that importing *name* loads: `countdown.core.text.fold` is in core.text."""
    return name if name in MODULES else name.rpartition(".")[0]


def package(module: str) -> str:
    """The part of the package that *module* is in; the package itself is the empty one."""
    return module.partition(".")[2].partition(".")[0]


def breaches(module: str, source: str) -> list[str]:
    """Everything that *source*, as the module *module*, imports and may not."""
    found = _breaches(module, possible_imports(source))
    # Most modules need no parser, which is slow.
    return _breaches(module, imports(source)) if found else []


def _breaches(module: str, imported: Iterable[Import]) -> list[str]:
    found = []
    for name, at_once in imported:
        library = name.partition(".")[0]
        if library == "countdown":
            own, other = package(module), package(target(name))
            below = other in BELOW[own] and ONLY.get((own, other), target(name)) == target(name)
            known = own == other or below or (module, target(name)) in DATA_FLOW
            if not known:
                found.append(f"{module} imports {target(name)}")
        elif package(module) == "core" and library not in PURE:
            found.append(f"{module} imports {library}, and the core is pure")
        elif library in LIBRARIES and not _within(module, LIBRARIES[library]):
            found.append(f"{module} imports {library}")
        elif at_once and library in LATER and (module, library) not in EAGER:
            found.append(f"{module} imports {library} before anyone needs it")
        elif library not in {*LIBRARIES, *LATER, *sys.stdlib_module_names}:
            found.append(f"{module} imports {library}, which no rule knows")
    return found


def _within(module: str, owners: tuple[str, ...]) -> bool:
    return any(module == owner or module.startswith(f"{owner}.") for owner in owners)


def clocks(source: str) -> list[str]:
    """Where *source* asks what time it is."""
    names = {clock.partition(".")[2] for clock in CLOCKS}
    if not any(f".{name}(" in source for name in names):  # Most have none.
        return []
    return [
        ast.unparse(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in names
        and ".".join(ast.unparse(node.func).split(".")[-2:]) in CLOCKS
    ]


# ---- Who may import whom ----


def test_page_names_every_room() -> None:
    """And none that is no more, nor an import of one."""
    packages = {package(module) for module in MODULES} - {""}
    assert set(BELOW) == packages
    assert set.union(*map(set, BELOW.values())) <= packages


def test_imports_go_one_way() -> None:
    """No package can reach itself."""
    for start in BELOW:
        reached, new = set[str](), {start}
        while new:
            new = {other for name in new for other in BELOW[name]} - reached
            reached |= new
        assert start not in reached


def test_module_imports_only_allowed_packages() -> None:
    """An edge against the direction is how a house becomes a knot."""
    found = [breaches(module, path.read_text("utf-8")) for module, path in MODULES.items()]
    assert [breach for of_one in found for breach in of_one] == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("countdown.errors", "from countdown import paths"),
        ("countdown.paths", "from countdown.core import text"),
        ("countdown.core.dates", "from countdown.index import store"),
        ("countdown.core.dates", "import countdown.paths"),
        (
            "countdown.core.dates",
            "from countdown.index import (\n    # (of old)\n    store,\n)  # New",
        ),
        ("countdown.core.dates", "import os"),
        ("countdown.core.dates", "from time import time"),
        ("countdown.catalogue.release_reader", "from countdown.index.record import pack"),
        ("countdown.index.build", "import tomli"),
        ("countdown.catalogue.load", "import tomlrt"),
        ("countdown.toml.edit", "import tomlrt"),
        ("countdown.toml.parse", "from countdown.catalogue import readers"),
        ("countdown.toml.parse", "from countdown.core import dates"),
        ("countdown.views.cells", "import sqlite3"),
        ("countdown.index.names", "from countdown.catalogue import load"),
        ("countdown.index.build", "from countdown.catalogue import schema"),
        ("countdown.index.build", "def fill() -> None:\n    from countdown.views import view"),
        ("countdown.formats.plain", "from countdown.cli import output"),
        ("countdown.formats.plain", "from rich.text import Text"),
        ("countdown.formats.plain", "import click"),
        ("countdown.formats", "import attrs"),
        ("countdown.commands.list", "from countdown.entry import main"),
        ("countdown.commands.list", "from rich.table import Table"),
        ("countdown.cli.progress", "from rich.progress import Progress"),
        ("countdown.core.wording", "from dateutil.relativedelta import relativedelta"),
        ("countdown.paths", "import platformdirs"),
        ("countdown.config.load", "from countdown.index import names"),
        ("countdown.config.edit", "import tomlrt"),
        ("countdown.catalogue.readers", "from countdown.config import keys"),
        ("countdown.completion.complete", "from countdown.prompt import answer"),
        ("countdown.prompt.init", "from countdown.completion import complete"),
        ("countdown.__main__", "from countdown.cli.group import run"),
    ],
)
def test_forbidden_import_is_noticed(module: str, source: str) -> None:
    """Else the test above would be worth nothing."""
    assert len(breaches(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("countdown.core.edtf", "from countdown.core import dates\nfrom countdown import errors"),
        ("countdown.index.store", "from countdown.catalogue import load"),
        ("countdown.cli.progress", "def bar() -> None:\n    from rich.progress import Progress"),
        (
            "countdown.cli.progress",
            "if TYPE_CHECKING:\n    from rich.progress import Progress",
        ),
        ("countdown.formats.terminal", "from rich.table import Table"),
        ("countdown.config.load", "from countdown.catalogue import readers"),
        ("countdown.catalogue.load", "from countdown.toml import parse"),
        ("countdown.toml.parse", "from countdown.core.text import escape_hostile"),
        ("countdown.prompt.answer", "from countdown.config import cached"),
        (
            "countdown.entry",
            "from countdown.cli.group import run\nfrom countdown.prompt import answer",
        ),
    ],
)
def test_import_along_the_direction_is_fine(module: str, source: str) -> None:
    """The rules forbid nothing that the design allows."""
    assert breaches(module, source) == []


READ_THE_CLOCK: Final = {
    f"countdown.{name}"
    for name in (
        *("prompt.answer", "prompt.init", "completion.complete"),
        "net.connections",  # A deadline counts the seconds of this very process.
    )
}


def test_only_the_command_line_the_prompt_and_tab_read_the_clock() -> None:
    """Below them, now is an argument; an hour of the day then needs no patience to be tested."""
    found = [
        f"{module}: {clock}"
        for module, path in MODULES.items()
        if package(module) not in {"cli", "commands"} and module not in READ_THE_CLOCK
        for clock in clocks(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("today = date.today()", ["date.today()"]),
        ("now = datetime.datetime.now(tz=utc)", ["datetime.datetime.now(tz=utc)"]),
        ("ns = time.time_ns()", ["time.time_ns()"]),
        ("late = question.now.today - day", []),
        ("time = now()", []),
    ],
)
def test_reading_the_clock_is_noticed(source: str, found: list[str]) -> None:
    """And a moment that was handed over is no clock."""
    assert clocks(source) == found


# ---- What a module is ----


def test_module_has_a_docstring() -> None:
    """Its docstring is its role and its boundary."""
    docstring = re.compile(r'(?:#.*\n)*r?"""[^"\s]')
    texts = {module: path.read_text("utf-8") for module, path in MODULES.items()}
    assert [name for name, text in texts.items() if not docstring.match(text)] == []


def test_module_is_no_longer_than_300_lines() -> None:
    """What grows beyond that has two jobs; nobody reads the table that a script writes."""
    written = {"countdown.completion.table"}
    lengths = {
        name: len(path.read_bytes().splitlines())
        for name, path in MODULES.items()
        if name not in written
    }
    assert {name: length for name, length in lengths.items() if length > 300} == {}


# ---- What a light path loads ----


def loaded(script: str) -> set[str]:
    """The modules that a fresh interpreter has loaded at the end of *script* and not before it.

    They are told on stderr, so that stdout is a pipe like any other.
    """
    told = "print(*(set(sys.modules) - before), file=sys.stderr)"
    return set(run(f"before = set(sys.modules)\n{script}\n{told}").stderr.split())


def run(script: str) -> "subprocess.CompletedProcess[str]":
    """What a fresh interpreter did that ran *script*, which may use sys."""
    # Coverage, where it looks into processes, loads half of what is looked for here by itself.
    environment = {name: text for name, text in os.environ.items() if not name.startswith("COV")}
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}"],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )


COMMON: Final = "import countdown.cli.options, countdown.cli.output"  # half of what a call loads


def loaded_by_each(*scripts: str, after: str = COMMON) -> list[set[str]]:
    """The same for each of *scripts*, in interpreters that are forked *after* a common start.

    What the start has loaded counts, too.
    """
    forking = (
        f"import os\nbefore = set(sys.modules)\n{after}\nfor script in {scripts!r}:\n"
        "    if not os.fork():\n"
        "        exec(script)\n"
        "        print(*(set(sys.modules) - before), file=sys.stderr, flush=True)\n"
        "        os._exit(0)\n"
        "    assert os.wait()[1] == 0\n"
        "os._exit(0)"
    )
    return [set(line.split()) for line in run(forking).stderr.splitlines()]


def command(*arguments: str) -> str:
    """A script that runs the command line *arguments* in its own process."""
    return (
        f"sys.argv = {['countdown', *arguments]!r}\nfrom countdown.entry import main\n"
        "assert main() == 0"
    )


@cache
def click_alone() -> set[str]:
    """What click loads."""
    return loaded("import click")


def roots(modules: set[str]) -> set[str]:
    """The top-level names of *modules*."""
    return {name.partition(".")[0] for name in modules}


def test_importing_the_package_and_its_entry_loads_nothing_else() -> None:
    """The shell's prompt goes this way; whatever is imported here is paid at every prompt."""
    found = loaded("import countdown, countdown.entry")
    ours = {"countdown", "countdown.entry", "countdown.interrupts"}
    assert found - set(sys.builtin_module_names) == ours


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small catalogue, and with a home in which there is an index of it."""
    folder = tmp_path_factory.mktemp("built")
    path = folder / "releases.toml"
    path.write_text(
        'format = 1\n[[release]]\nid = "dune"\ntitle = "Dune"\nkind = "film"\ndate = 2999-01-01\n'
        'cast = ["Zendaya"]\n',
        "utf-8",
    )
    os.utime(path, (1_600_000_000, 1_600_000_000))
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        patch.setenv("COUNTDOWN_CATALOGUE", str(path))
        first = loaded(command("list"))
    assert {"tomli", "countdown.catalogue.load", "countdown.index.build"} <= first
    return folder


@pytest.fixture
def catalogue(built: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That catalogue, which the command line is told of and has an index of."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(built / "home" / "cache"))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(built / "releases.toml"))
    return built / "releases.toml"


def test_query_of_fresh_index_imports_only_click_and_sqlite(catalogue: Path) -> None:
    """In milliseconds: tomli 10, dateutil 10 to 44, dataclasses 15, platformdirs 18, rich 47."""
    costly = {"rich", "tomli", "dateutil", "dataclasses", "platformdirs", "importlib.metadata"}
    lines = ("list", "", "actor Zendaya", "search dune", "list --as-of 2022-07-04")
    queries = (command(*line.split()) for line in lines)
    for found in loaded_by_each(*queries):
        assert "sqlite3" in found
        assert modules(found) & costly == set()
        assert not any(name.startswith("countdown.catalogue") for name in found)


def test_first_screen_loads_little_beyond_click_and_a_table_of_rich(catalogue: Path) -> None:
    """So it takes at most 1.1 times what importing these takes; modules of a millisecond aren't it.

    shutil, with its three libraries of compression, was 5 ms.
    """
    first_screen = command("--format", "table")
    # The first time is for somebody new.
    both = loaded_by_each(
        first_screen, first_screen, after="import click, rich.console, rich.table"
    )
    beyond = both[1] - loaded("import click, rich.console, rich.table")
    small = {"atexit", "binascii", "gc", "heapq", "_heapq", "unicodedata"}
    assert roots(beyond) - small == {"countdown", "sqlite3", "_sqlite3"}
    # Each of its own costs a fifth of a millisecond; what few need is imported where they do.
    assert sum(name.startswith("countdown.") for name in beyond) <= 64


CONFIG: Final = 'region = "BR"\nprompt.format = "{title}: {left}"\n[follow]\nperson = ["Zendaya"]\n'


@pytest.fixture
def configured(tmp_path: Path) -> None:
    """A config.toml as if nobody had touched it for years, known to the command line."""
    path = tmp_path / "home" / "config" / "countdown" / "config.toml"
    path.parent.mkdir(parents=True)
    path.write_text(CONFIG, "utf-8")
    os.utime(path, (1_600_000_000, 1_600_000_000))
    assert "tomli" in loaded(command("config"))


def test_settings_that_are_known_cost_no_toml(catalogue: Path, configured: None) -> None:
    """They were compiled to plain lines when they had changed."""
    calls = (command("list", "--followed"), command("next"), command("follow"))
    for found in loaded_by_each(*calls):
        assert "countdown.cli.session" in found
        assert roots(found) & {"tomli", "tomlrt", "dateutil", "rich"} == set()
        assert not any(name.startswith("countdown.catalogue") for name in found)


def test_nothing_of_the_network_is_loaded_to_answer(catalogue: Path) -> None:
    """Only what is asked to look elsewhere opens a socket; here not even the module is known."""
    lines = ("", "list", "next", "actor Zendaya", "search dune", "prompt")
    for found in loaded_by_each(*(command(*line.split()) for line in lines)):
        assert "countdown.paths" in found
        assert roots(found) & {"socket", "_socket", "ssl", "urllib3", "http", "email"} == set()
        assert not any(name.startswith("countdown.net") for name in found)


def test_help_and_version_load_no_command() -> None:
    """Their lines stand in the table of the group; no command, index or renderer is needed."""
    calls = (command("--help"), command("-h"), command("--version"))
    for found in loaded_by_each(*calls, after="import click"):
        assert not any(name.startswith("countdown.commands") for name in found)
        assert roots(found) & {"sqlite3", "rich", "tomli", "dateutil"} == set()
        assert "countdown.cli.group" in found


def test_change_of_a_release_named_by_its_id_needs_no_index() -> None:
    """Neither of one's own nor of a shipped one; nor an editor, or what looks for near misses."""
    calls = (
        ("add", "Mine Alone"),
        ("edit", "mine-alone", "--stage", "filming"),
        ("hide", "hexed"),
        ("edit", "mine-alone", "--stage", "wrapped"),
    )
    every = [modules(found) for found in loaded_by_each(*(command(*words) for words in calls))]
    for found in every:
        assert "countdown.catalogue.store" in found
        assert found & {"sqlite3", "tempfile", "difflib", "rich"} == set()
        # All files are in the format; what reads others, with its patterns, takes 10 ms to import.
        assert not any("loose" in name for name in found)
    # A value in place of another needs no library to be written, nor an id that is made.
    unneeded = {"tomlrt", "hashlib", "json", "countdown.catalogue.missing_keys"}
    assert every[-1] & unneeded == set()


def test_command_loads_no_other_command() -> None:
    """Each is a module that is imported when it is called."""
    # One process forgets each before the next; what they share stays, and loads a command once.
    script = (
        f"from countdown.cli.group import root\nfor name in {[*COMMANDS]!r}:\n"
        "    root.get_command(None, name)\n"
        "    found = {name for name in sys.modules if name.startswith('countdown.commands')}\n"
        "    print(*(found - {'countdown.commands'}))\n"
        "    for name in found: del sys.modules[name]\n"
    )
    loaded = [line.split() for line in run(script).stdout.splitlines()]
    assert [len(found) for found in loaded] == [1] * len(COMMANDS)
    assert len({name for found in loaded for name in found}) == len(COMMANDS)


def test_version_is_printed_without_package_metadata() -> None:
    """Looking it up there costs 38 ms."""
    run = subprocess.run(
        [sys.executable, "-m", "countdown", "--version"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert (run.stdout, run.stderr) == (f"countdown {VERSION}\n", "")
    assert "importlib.metadata" not in loaded(command("--version")) - click_alone()


@pytest.fixture(scope="module")
def untouched(built: Path) -> Path:
    """A folder as if nobody had touched it for years, with that catalogue; beside it, a cache."""
    folder = built / "settled"
    folder.mkdir()
    path = Path(shutil.copy(built / "releases.toml", folder))
    for old in (path, folder):
        os.utime(old, (1_600_000_000, 1_600_000_000))
    (built / "second").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        isolate(built / "second", patch)
        patch.setenv("COUNTDOWN_CATALOGUE", str(path))
        loaded(command("list"))  # An index of it.
    return folder


@pytest.fixture
def settled(untouched: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The catalogue in that folder, with an index of it and without cache files."""
    path = untouched / "releases.toml"
    cache = tmp_path / "home" / "cache"
    shutil.copytree(untouched.parent / "second" / "home" / "cache", cache)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setenv("COUNTDOWN_CATALOGUE", str(path))
    return path


DEAR: Final = {  # what a light path never loads
    *("click", "rich", "tomli", "dateutil", "dataclasses", "re", "typing", "json", "pathlib"),
    *("importlib.metadata", "platformdirs", "contextlib", "tempfile"),
}
WHILE_CACHED: Final = {*DEAR, *("sqlite3", "datetime", "collections", "functools", "unicodedata")}


def modules(found: set[str]) -> set[str]:
    """The full and the top-level names of what was *found*."""
    return found | roots(found)


def test_bare_interpreter_loads_none_of_the_modules_checked() -> None:
    """Else the tests below could not fail."""
    run = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        env={name: text for name, text in os.environ.items() if not name.startswith("COV")},
    )
    assert modules(set(run.stdout.split())) & WHILE_CACHED == set()
    assert {"click", "re", "typing", "collections", "functools"} <= loaded("import click")


@pytest.mark.parametrize(
    "words",
    [("prompt",), ("prompt", "--cache-file"), ("prompt", "--actor", "zendaya", "--for", "waybar")],
    ids=" ".join,
)
def test_prompt_loads_sqlite_for_an_index_and_next_to_nothing_for_a_cache_file(
    words: tuple[str, ...], settled: Path
) -> None:
    """Each import would be paid again and again; the first of these writes the cache file."""
    first = modules(loaded(command(*words)))
    assert "sqlite3" in first
    assert first & {*DEAR, "countdown.core.time_phrases"} == set()
    again = modules(loaded(command(*words)))
    assert "countdown.cache" in again
    assert again & WHILE_CACHED == set()


def test_prompt_with_a_phrase_loads_one_module_more(settled: Path) -> None:
    """None that is dear; the next prompt has a cache file as without."""
    words = ("prompt", "--format", "{title} {phrase}")
    first = modules(loaded(command(*words)))
    assert "countdown.core.time_phrases" in first
    assert first & {*DEAR, "countdown.core.wording"} == set()
    again = modules(loaded(command(*words)))
    assert again & {*WHILE_CACHED, "countdown.core.time_phrases"} == set()


def test_prompt_with_settings_loads_no_more(settled: Path, configured: None) -> None:
    """The index is asked with them, and then there is a cache file as without."""
    first = modules(loaded(command("prompt", "--followed")))
    assert {"sqlite3", "countdown.config.cached"} <= first
    assert first & DEAR == set()
    again = modules(loaded(command("prompt", "--followed")))
    assert again & {*WHILE_CACHED, "countdown.config.cached"} == set()


def test_tab_loads_sqlite_for_an_index_and_next_to_nothing_for_a_cache_file(settled: Path) -> None:
    """A person is waiting."""
    words = ("_complete", "bash", "actor", "zen")
    first = modules(loaded(command(*words)))
    assert "sqlite3" in first
    assert first & DEAR == set()
    again = modules(loaded(command(*words)))
    assert "countdown.completion.complete" in again
    assert again & WHILE_CACHED == set()


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "nu"])
def test_start_of_a_shell_loads_next_to_nothing(shell: str, settled: Path) -> None:
    """It only reads a file, and looks for a cache file."""
    found = modules(loaded(command("init", shell, "--actor", "zendaya")))
    assert "countdown.prompt.init" in found
    assert found & WHILE_CACHED == set()
