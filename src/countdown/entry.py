"""The entry point of the console script. Imports only what the command line needs.

Commands that run again and again, like `prompt` in a shell, are first tried on a light path without
click. Importing the module typing takes as long as a bare interpreter, so no module on that path
does: types are in quotes, and imported for mypy alone.
"""

import atexit
import gc
import sys

from countdown import interrupts

_INTERRUPTED = 130  # the exit code after Ctrl-C
_TAB_WORD = "_complete"  # what the shells' scripts call on Tab: see prompt/init.py


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # A short-lived process: without garbage collection, also at exit, it takes a seventh less.
    gc.disable()
    atexit.register(interrupts.make_sigint_fatal)
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    finally:
        gc.freeze()
    if code == _INTERRUPTED:
        interrupts.die_of_sigint()
    return code


def _run(words: list[str]) -> int:
    with interrupts.FatalSigint():
        from countdown import streams  # Deferred, like all below, until Ctrl-C is harmless.
    code = _light(words)
    if code is None:
        with interrupts.FatalSigint():
            from countdown.cli.group import run  # Deferred: click costs three bare interpreters.
        code = run(words)
    streams.flush_or_discard()
    return code


def _light(words: list[str]) -> int | None:
    """Try the light path, and return the exit code; None if click must run the command."""
    from countdown import streams

    try:
        if words[:1] == ["prompt"]:
            with interrupts.FatalSigint():
                from countdown.prompt import answer  # Deferred: others need none of these.
            return answer.run(words[1:])
        if words[:1] == ["init"]:
            with interrupts.FatalSigint():
                from countdown.prompt import init
            return init.run(words[1:])
        if words[:1] == [_TAB_WORD] and len(words) > 2:
            return _complete(words[1], words[2:])
    except streams.OutputError as error:
        return streams.report(error)
    except OSError:
        # The path with click reports the error; but Tab would offer a message as a candidate.
        return 1 if words[:1] == [_TAB_WORD] else None
    return None


def _complete(shell: str, typed: list[str]) -> int:
    with interrupts.FatalSigint():
        from countdown.completion import complete
    code = complete.run(shell, typed)
    if code is None:
        with interrupts.FatalSigint():
            from countdown.cli import build_names  # Deferred: only the first Tab builds.
        return build_names.build_and_complete(shell, typed)
    return code
