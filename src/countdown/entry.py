"""The console script's first step. Imports nothing that costs until it knows what was asked.

What other programs run again and again, like a shell its prompt, goes without click if it can.
Importing the module typing costs as much as a bare interpreter, so nothing on that way does.
"""

import atexit
import gc
import sys

from countdown import interrupts

_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # One answer and the process is gone: looking for cycles on the way, and once more through
    # everything when Python ends, would cost a seventh of it.
    gc.disable()
    atexit.register(interrupts.die_on_sigint)
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _INTERRUPTED
    finally:
        gc.freeze()
    if code == _INTERRUPTED:
        interrupts.end()
    return code


def _run(words: list[str]) -> int:
    with interrupts.Fatal():
        from countdown import streams  # Deferred, like all below, until Ctrl-C can do no harm.
    code = _light(words)
    if code is None:
        with interrupts.Fatal():
            from countdown.cli.group import run  # Deferred: click costs three bare interpreters.
        code = run(words)
    streams.flush_or_discard()
    return code


def _light(words: list[str]) -> int | None:
    """The exit code of what can be answered without click; None for everything else."""
    from countdown import streams

    try:
        if words[:1] == ["prompt"]:
            with interrupts.Fatal():
                from countdown.prompt import answer  # Deferred, like the others: it is for few.
            return answer.run(words[1:])
        if words[:1] == ["init"]:
            with interrupts.Fatal():
                from countdown.prompt import init
            return init.run(words[1:])
        if words[:2] == ["completion", "--words"] and len(words) > 3:
            return _complete(words[2], words[3:])
    except streams.OutputError as error:
        return streams.report(error)
    except OSError:
        # The command line knows how to say so; a shell that asked for candidates must not hear
        # of it.
        return 1 if words[:1] == ["completion"] else None
    return None


def _complete(shell: str, typed: list[str]) -> int:
    with interrupts.Fatal():
        from countdown.completion import complete
    code = complete.run(shell, typed)
    if code is None:
        with interrupts.Fatal():
            from countdown.commands import (
                completion,  # Deferred: only the first Tab builds an index.
            )
        return completion.build_and_complete(shell, typed)
    return code
