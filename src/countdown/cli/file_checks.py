"""Checks for `doctor`: the program that PATH finds, and the folders of the user's files."""

import os
import shutil
import sys

from countdown import paths
from countdown.cli.shell_words import shell_word
from countdown.prompt import init
from countdown.version import VERSION
from countdown.views.diagnosis import Check

_FULL_ACCESS = os.R_OK | os.W_OK | os.X_OK  # to a folder
NO_HOME = "no home folder; set HOME"
_NO_HOME_PROBLEM = "There's no home folder. Set HOME."


def check_program() -> tuple[Check, ...]:
    """The version of this program, how it was started, and what PATH finds under its name."""
    words = init.command()
    python = f"{sys.implementation.name} {sys.version.split()[0]}"
    started = Check("started as", " ".join(words))
    if len(words) == 1 and _has_in_beginning(words[0], b"\nimport re\n"):
        started = started._replace(
            note="slow launcher from an old pip; reinstall with pip 25.2 or newer, or with uv",
            problem="The launcher from an old pip is slow. Upgrade pip, then install again.",
            remedy=f"{shell_word(sys.executable)} -m pip install --upgrade pip",
        )
    return Check("countdown", VERSION, python), started, _check_path(words[0])


def _check_path(program: str) -> Check:
    """The file that the command `countdown` runs; a problem if it is not *program*, this one."""
    path = shutil.which("countdown")
    if path is None:
        folder = os.path.dirname(program)
        return Check(
            "on PATH",
            "no countdown",
            f"put {folder} on PATH, or install with pipx or uv",
            "PATH doesn't have the folder of countdown.",
            f"export PATH={shell_word(folder)}:$PATH",
        )
    if not _has_in_beginning(path, b"countdown.entry"):
        return Check(
            "on PATH",
            path,
            "another program; type release-countdown, or uninstall the other one",
            "PATH finds another program called countdown. Type the long name of this one.",
            "release-countdown",
        )
    is_this = bool(_folders_of(path) & _folders_of(program))
    return Check("on PATH", path, "" if is_this else "another installation", is_good=is_this)


def _folders_of(path: str) -> set[str]:
    """The folder of *path*, and the folder of the file that it links to."""
    return {os.path.dirname(os.path.abspath(path)), os.path.dirname(os.path.realpath(path))}


def _has_in_beginning(path: str, text: bytes) -> bool:
    """True if the first 4 KiB of the file *path*, perhaps a console script, contain *text*."""
    try:
        with open(path, "rb") as file:
            return text in file.read(4096)
    except OSError:
        return False


def check_folders() -> tuple[Check, ...]:
    """The folders for config, data, state and cache, and where each comes from."""
    rows: list[Check] = []
    for name, folder in (
        ("config", paths.config_folder()),
        ("data", paths.data_folder()),
        ("state", paths.state_folder()),
        ("cache", paths.cache_folder()),
    ):
        variable = f"XDG_{name.upper()}_HOME"
        origin = f"from {variable}" if os.path.isabs(os.environ.get(variable, "")) else "by default"
        if folder is None:
            # One problem is enough for all four.
            problem = "" if any(row.problem for row in rows) else _NO_HOME_PROBLEM
            rows.append(Check(name, "none", NO_HOME, problem))
        else:
            check = _check_folder(name, folder)
            if check.problem in [row.problem for row in rows]:  # The same folder above it.
                check = check._replace(problem="", remedy="")
            rows.append(check._replace(note=f"{origin}, {check.note}"))
    return tuple(rows)


def _check_folder(name: str, folder: str) -> Check:
    if not os.path.exists(folder):
        return _check_missing_folder(name, folder)
    quoted = shell_word(folder)
    if not os.path.isdir(folder):
        problem = f"{folder} isn't a folder. Give that file another name."
        return Check(name, folder, "not a folder", problem, f"mv {quoted} {quoted}.old")
    consequences = {
        paths.cache_folder(): "nothing is cached",
        paths.state_folder(): "the journal is ignored",
    }
    if folder in consequences and not paths.is_writable_by_user_alone(os.stat(folder)):
        return Check(
            *(name, folder, f"other users can write here: {consequences[folder]}"),
            f"Other users can write to {folder}, so {consequences[folder]}.",
            f"chmod go-w {quoted}",
        )
    if not os.access(folder, _FULL_ACCESS):
        problem = f"countdown can't read and write in {folder}."
        return Check(name, folder, "can't be written", problem, f"chmod u+rwx {quoted}")
    return Check(name, folder, "ok", is_good=True)


def _check_missing_folder(name: str, folder: str) -> Check:
    """The check of the missing *folder*: whether its nearest parent lets countdown create it."""
    above = paths.existing_above(folder)
    quoted = shell_word(above)
    if not os.path.isdir(above):
        problem = f"{above} isn't a folder. Give that file another name."
        return Check(name, folder, "can't be created", problem, f"mv {quoted} {quoted}.old")
    if not paths.can_make(folder):
        problem = f"countdown can't make folders in {above}."
        return Check(name, folder, "can't be created", problem, f"chmod u+rwx {quoted}")
    return Check(name, folder, "will be created")
