"""Runs the user's own program when a release is out, never through a shell."""

import os
import shlex
import subprocess
from shutil import which

from countdown.core.outlook import Outlook
from countdown.core.text import escape_hostile
from countdown.errors import CountdownError, UsageError


class ProgramRunner:
    """Runs the words of *command*, if it isn't None. Raises UsageError if it can't be run.

    Facts reach the program as environment variables alone: a title is never a part of its words.
    """

    def __init__(self, command: str | None) -> None:
        self._words: list[str] = []
        self._running: list[subprocess.Popen[bytes]] = []
        self._errors: list[str] = []
        if command is None:
            return
        try:
            self._words = shlex.split(command)
        except ValueError:
            raise UsageError("--exec: A quote isn't closed.") from None
        if not self._words:
            raise UsageError("--exec can't be empty.")
        if which(self._words[0]) is None:
            raise UsageError(f"--exec: There's no program {escape_hostile(self._words[0])}.")

    def run(self, outlook: Outlook) -> None:
        """Start the program for *outlook*, which is out; what it writes is discarded."""
        if not self._words:
            return
        try:
            process = subprocess.Popen(  # noqa: S603  # the user's own
                self._words,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={**os.environ, **_variables(outlook)},
            )
        except OSError as error:
            self._errors.append(f"can't be started: {error.strerror}")
        else:
            self._running.append(process)

    def wait(self) -> None:
        """Wait for the programs that were started. Raises CountdownError if one failed."""
        codes = [process.wait() for process in self._running]
        problems = [*self._errors, *(f"exited with code {code}" for code in codes if code)]
        if problems:
            raise CountdownError(f"--exec: {escape_hostile(self._words[0])} {problems[0]}.")


def _variables(outlook: Outlook) -> dict[str, str]:
    """The facts of *outlook* for a program, each fit for a terminal."""
    release = outlook.release
    facts = {
        "ID": release.id,
        "TITLE": release.title,
        "KIND": release.kind,
        "DATE": outlook.effective_date.dated.date.edtf if outlook.effective_date else "",
    }
    return {f"COUNTDOWN_RELEASE_{name}": escape_hostile(fact) for name, fact in facts.items()}
