"""Fixtures for all tests: a home folder for each, and catalogues from a few lines of TOML."""

import atexit
import gc
import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, nullcontext, suppress
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from _pytest.runner import runtestprotocol
from _pytest.terminal import TerminalReporter
from hypothesis import settings

from countdown import files, paths
from countdown.cli import shell_checks
from countdown.index import build, store
from countdown.index.open import PAGE_SIZE, index_path
from countdown.stamps import CatalogueFiles
from countdown.toml.parse import parse_cache
from tests import cases, programs
from tests.terminals import started_without_fork
from tests.thorough import PROFILE, sample

# Properties are tried on a few examples, with HYPOTHESIS_PROFILE=thorough on many. They are always
# the same: what a change breaks is its own. HYPOTHESIS_PROFILE=search tries others each time.
settings.register_profile("suite", deadline=None, derandomize=True, database=None, max_examples=15)
settings.register_profile(
    "thorough", deadline=None, derandomize=True, database=None, max_examples=1000
)
settings.register_profile("search", deadline=None, database=None, max_examples=3000)
settings.load_profile(PROFILE)
if PROFILE == "suite":
    # It would also try constants out of the modules that happen to be loaded: others in each
    # worker, for which all sources are read at the start. Not every version does.
    with suppress(ImportError):
        from hypothesis.internal.conjecture import providers
        from hypothesis.internal.constants_ast import Constants

        pytest.MonkeyPatch().setattr(providers, "_get_local_constants", Constants, raising=False)

_TOLD: tuple[str, ...] = (  # What a program is told of its user's terminal, language and zone.
    *("LANGUAGE", "TZ", "TERM", "COLORTERM", "NO_COLOR", "ACCESSIBLE", "FORCE_COLOR", "CLICOLOR"),
    *("CLICOLOR_FORCE", "COLUMNS", "LINES", "PAGER", "NO_PAGER", "LESS", "MORE"),
    # Of hyperlinks, and of what drops them.
    *("FORCE_HYPERLINK", "TERM_PROGRAM", "TERM_PROGRAM_VERSION", "VTE_VERSION", "KONSOLE_VERSION"),
    *("WT_SESSION", "DOMTERM", "KITTY_WINDOW_ID", "WEZTERM_PANE", "ALACRITTY_WINDOW_ID"),
    *("TMUX", "STY", "INSIDE_EMACS", "CI", "TEAMCITY_VERSION", "ZELLIJ"),
)


# Folders and modules of tests that wait, for shells, pagers, browsers and deadlines.
_WAITING: Final = (
    *("prompt", "net", "website", "test_background", "test_hyperlinks", "test_live", "test_pager"),
    *("test_processes", "test_reminders_sent", "test_waiting"),
)
_NUMBERS = count()


def pytest_xdist_auto_num_workers() -> int:
    """Three at once even on two cores: the tests in real shells mostly wait."""
    return max(3, os.cpu_count() or 1)


def pytest_collection(session: pytest.Session) -> None:
    """Import the tests, and collect no garbage while thousands of objects are made that all stay.

    Parallel workers begin at different modules.
    """
    gc.disable()
    if worker := getattr(session.config, "workerinput", None):
        number = int(worker["workerid"].removeprefix("gw"))
        import_tests(session.config, number / worker["workercount"])


def import_tests(config: pytest.Config, start: float) -> None:
    """Import the test modules that *config* asks for, those before the share *start* of them last.

    *start* is from 0 to 1. Asserts are rewritten when a module is first imported, which in a fresh
    clone is most of the time before the first test: with different starts, workers share it.
    """
    folder = Path(__file__).parent
    asked = [Path(arg.partition("::")[0]).resolve() for arg in config.args]
    modules = [
        path
        for path in sorted(folder.rglob("test_*.py"))
        if any(path.is_relative_to(each) for each in asked)
    ]
    first = int(len(modules) * start)
    for path in modules[first:] + modules[:first]:
        name = ".".join(path.relative_to(folder.parent).with_suffix("").parts)
        with suppress(Exception, pytest.skip.Exception):  # pytest tells it when it collects them.
            import_module(name)


def pytest_configure(config: pytest.Config) -> None:
    """Keep the files of the tests in memory if there is room: a tenth of the time was the disk's.

    They are on a disk in thorough runs, and wherever TMPDIR says. A worker ends without freeing the
    memory of all its tests, object by object, for which the run would wait a second.
    """
    if hasattr(config, "workerinput") and not config.pluginmanager.hasplugin("_cov"):
        atexit.register(os._exit, 0)  # What is registered later is called before.
    memory = Path("/dev/shm")
    if sample(memory.is_dir() and "TMPDIR" not in os.environ, of=False):
        volume = os.statvfs(memory)
        if volume.f_bavail * volume.f_frsize >= 2**28 and not volume.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(
    collector: pytest.Module | pytest.Class, name: str, obj: object
) -> pytest.Item | None:
    """The cases of a test as one, if they may be."""
    if not (isinstance(collector, pytest.Module) and name.startswith("test_") and callable(obj)):
        return None
    if not cases.are_joined(collector.config):
        return None
    if cases.are_pure(collector.path) and (test := cases.joined(obj)):
        return pytest.Function.from_parent(collector, name=name, callobj=test)
    return cases.Cases.from_parent(collector, name=name, test=obj) if cases.are_alike(obj) else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests that mostly wait first, so that one worker has nearly all of them.

    Each worker begins with a block of tests. While one waits, the others keep the processors busy.
    """
    items.sort(key=lambda item: not {item.path.parent.name, item.path.stem} & {*_WAITING})


def pytest_collection_finish() -> None:
    """Hide the tests, thousands of objects, from the garbage collector, which comes rarely."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--skip-nothing`, for CI, where a missing program must not go unnoticed; `--each-case`."""
    parser.addoption(
        "--skip-nothing", action="store_true", help="fail each test that would be skipped"
    )
    parser.addoption(
        "--each-case", action="store_true", help="make each case of a test a test of its own"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """Run *item*, and report of set-up and teardown only what did not pass.

    Of six messages that a worker of xdist sends for each test, which cost as much as a quick test
    does, two are left.
    """
    if not hasattr(item.config, "workerinput"):
        return None  # Here are no workers.
    for report in runtestprotocol(item, log=False, nextitem=nextitem):
        if report.when == "call" or not report.passed:
            item.ihook.pytest_runtest_logreport(report=report)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Note a failure, and turn a skip into one if nothing may be skipped."""
    report = yield
    if report.failed:
        item.stash[cases.FAILED] = True
    if report.skipped and item.config.getoption("--skip-nothing"):
        report.outcome = "failed"
        report.longrepr = ", ".join(programs.causes(report))
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Report which tests were skipped on this machine, and why."""
    for line in programs.left_out(terminalreporter.getreports("skipped")):
        terminalreporter.write_line(line)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make whoever finds a lock or a database taken wait a four-hundredth of the time."""
    connect, try_lock = sqlite3.connect, files.try_lock

    def connected(*args: Any, timeout: float = 5.0, **named: Any) -> sqlite3.Connection:
        named["timeout"] = timeout / 400
        opened: sqlite3.Connection = connect(*args, **named)
        return opened

    monkeypatch.setattr(sqlite3, "connect", connected)
    monkeypatch.setattr(files, "try_lock", lambda handle, timeout: try_lock(handle, timeout / 400))


def isolate(folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Make the environment that of somebody with an empty home in *folder* and no settings."""
    for name in list(os.environ):
        if name.startswith(("COUNTDOWN_", "XDG_", "LC_")) or name in _TOLD:
            patch.delenv(name)
    # What it starts, hundreds of times, may keep its bytecode: else each would be slower by half.
    patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    home = folder / "home"
    home.mkdir()
    patch.setenv("HOME", str(home))
    patch.setenv("LANG", "C.UTF-8")
    patch.setenv("COLORFGBG", "15;0")  # A dark terminal, which need not be asked.
    for purpose in ("CONFIG", "DATA", "STATE", "CACHE"):
        patch.setenv(f"XDG_{purpose}_HOME", str(home / purpose.lower()))
    # At its first start in a home, fish would read all manual pages behind our backs.
    completions = str(home)
    for name in ("data", "fish", "generated_completions"):  # pathlib would try the last one first.
        completions = f"{completions}/{name}"
        os.mkdir(completions)


@pytest.fixture
def tmp_path(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """A folder for the test, which stays if that fails.

    pytest's own lists all folders that there are and sets a link: a fifth of a quick test's time.
    """
    path = tmp_path_factory.getbasetemp() / f"test-{next(_NUMBERS)}"
    path.mkdir()
    yield path
    if not request.node.stash.get(cases.FAILED, False):
        remove(str(path))


def remove(folder: str) -> None:
    """Remove *folder*; shutil watches out for who exchanges it, which takes twice as long."""
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    remove(entry.path)
                else:
                    os.unlink(entry.path)
        os.rmdir(folder)
    except OSError:  # Somebody still writes there, say.
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def isolated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the test, and the processes that it starts, an empty home and no settings."""
    isolate(tmp_path, monkeypatch)


@pytest.fixture(scope="session", autouse=True)
def empty_tables() -> Iterator[None]:
    """Make the empty tables of an index once, and copy them: thousands of small ones are built.

    Indexes that are built in a process of its own, by the program, have no copies.
    """
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        build.create_tables(made)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(build, "create_tables", made.backup)
            yield


@pytest.fixture(scope="session", autouse=True)
def quick_terminals() -> Iterator[None]:
    """Start the hundreds of programs on pseudo-terminals without forking this process."""
    with started_without_fork() if hasattr(os, "posix_spawn") else nullcontext():
        yield


@pytest.fixture(scope="module")
def parsed_once() -> Iterator[None]:
    """Parse each catalogue once for all tests of a module: the shipped one takes 15 ms."""
    with parse_cache():
        yield


@pytest.fixture
def timed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have `countdown doctor` time few prompts and one start of each process: a fifth of its work.

    What it says is the same, but for how long they take.
    """
    monkeypatch.setattr(shell_checks, "TIMED_PROMPTS", 20)
    monkeypatch.setattr(shell_checks, "TIMED_STARTS", 1)


@pytest.fixture
def without_shells(timed_once: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide all shells, of which `countdown doctor` would start a dozen; time the rest once."""
    monkeypatch.setenv("PATH", str(tmp_path))


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an index of the shipped catalogue, for a user without one, and of July 2022."""
    folder = tmp_path_factory.mktemp("indexes")
    with pytest.MonkeyPatch.context() as patch:
        isolate(folder, patch)
        for files in (july_files(), shipped_files()):
            store.connect(files, folder=str(folder), now=time.time_ns()).close()
        Path(index_path(shipped_files(), str(folder))).rename(folder / "shipped")
    return folder


def july_files() -> CatalogueFiles:
    """The catalogue of July 2022."""
    return CatalogueFiles((str(Path(__file__).parent / "data" / "july-2022.toml"),))


def shipped_files() -> CatalogueFiles:
    """The shipped catalogue and that of the user, whether it is there or not."""
    user = str(paths.user_catalogue())
    sources = str(paths.sources_folder())
    return CatalogueFiles((paths.shipped("releases.toml"), user), (user,), sources)


@pytest.fixture
def indexed_july(isolated: None, indexes: Path) -> None:
    """An index of July 2022, so that it need not be built: 3 ms here, 20 in a process."""
    cache = str(paths.cache_folder())
    paths.make_folder(cache)
    shutil.copy2(index_path(july_files(), str(indexes)), cache)


@pytest.fixture
def indexed_shipped(isolated: None, indexes: Path) -> None:
    """An index of the shipped catalogue, so that it need not be built: 25 ms or 65.

    The user has no catalogue of their own; if they get one, this index is of no use any more.
    """
    cache = str(paths.cache_folder())
    paths.make_folder(cache)
    path = Path(index_path(shipped_files(), cache))
    shutil.copyfile(indexes / "shipped", path)
    with closing(sqlite3.connect(path, isolation_level=None)) as index:
        index.execute("PRAGMA journal_mode = OFF")
        index.execute("PRAGMA synchronous = OFF")
        user = os.fsencode(str(paths.user_catalogue()))
        index.execute("UPDATE layer SET path = ? WHERE size IS NULL", [user])
        sources = os.fsencode(str(paths.sources_folder()))
        index.execute("UPDATE source_file SET path = ?", [sources])
    shutil.copystat(indexes / "shipped", path)


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Signals as at a terminal, also where the tests run in the background or by nohup.

    There some are ignored, and so they would be by each process that a test starts.
    """
    before = {signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler)}
    for name in ("SIGHUP", "SIGQUIT", "SIGTSTP"):
        if hasattr(signal, name):  # not on Windows
            number = getattr(signal, name)
            before[number] = signal.signal(number, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def index(tmp_path: Path) -> Iterator[Callable[[str], sqlite3.Connection]]:
    """An index in memory of the catalogue whose [[release]] tables are the text given."""
    made: list[sqlite3.Connection] = []

    def indexed(tables: str) -> sqlite3.Connection:
        path = tmp_path / f"catalogue-{len(made)}.toml"
        path.write_text(f"format = 1\n{tables}", "utf-8")
        made.append(store.connect(CatalogueFiles((str(path),)), folder=None, now=0))
        return made[-1]

    yield indexed
    for connection in made:
        connection.close()
