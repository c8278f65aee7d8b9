"""Write generated files, or compare them with what would be written."""

import importlib
import os
import pkgutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NoReturn

import countdown

ROOT: Final = Path(__file__).resolve().parent.parent


def write_or_check(files: Mapping[Path, str], *, check: bool, script: str) -> int:
    """Write *files*, path → text; with *check*, only print those that differ and return 1."""
    stale = [path for path, text in files.items() if not _has_text(path, text)]
    for path in stale:
        shown = path.relative_to(ROOT)
        if check:
            print(f"{shown} is not up to date; run: python scripts/{script}", file=sys.stderr)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(files[path], encoding="utf-8", newline="\n")
            print(f"wrote {shown}")
    return 1 if check and stale else 0


def replace_between(document: str, name: str, text: str) -> str:
    """*document* with *text* between its markers *name*, which are comments."""
    begin, end = f"<!-- generated: {name} -->\n", f"<!-- end: {name} -->"
    before, begin_marker, rest = document.partition(begin)
    _, end_marker, after = rest.partition(end)
    if not (begin_marker and end_marker):
        raise SystemExit(f"the markers of {name} are missing")
    return f"{before}{begin}\n{text}\n{end}{after}"


def _has_text(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


def program_output(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The stdout and stderr of the program with *arguments*, run at the root of the repository.

    It is forked where possible: a hundred starts of an interpreter would take ten seconds.
    """
    with tempfile.TemporaryFile() as output:
        if hasattr(os, "fork"):
            _import_program()
            sys.stdout.flush()
            child = os.fork()
            if not child:
                _run_program(arguments, environment, output.fileno())
            os.waitpid(child, 0)
        else:
            command = [sys.executable, "-m", "countdown", *arguments]
            subprocess.run(
                command, cwd=ROOT, env=environment, stdout=output, stderr=output, check=False
            )
        output.seek(0)
        return output.read().decode("utf-8").replace(os.linesep, "\n")


@cache
def _import_program() -> None:
    """Import all of the program and what that imports late, before forking."""
    for module in pkgutil.walk_packages(countdown.__path__, "countdown."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for name in ("dateutil.relativedelta", "rich.console", "rich.table", "tomlrt"):
        importlib.import_module(name)


def _run_program(arguments: Sequence[str], environment: Mapping[str, str], output: int) -> NoReturn:
    """Run the program in this process, which ends with it."""
    try:
        for stream in (1, 2):
            os.dup2(output, stream)
        os.chdir(ROOT)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["countdown", *arguments]
        from countdown.entry import main

        main()
    except SystemExit:
        pass
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        os._exit(0)
