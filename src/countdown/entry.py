"""The console script's first step. Imports nothing that costs until it knows what was asked.

A light path for the shell prompt belongs here, before click is imported.
"""

import gc
import sys


def main() -> int:
    """Run the command line of this process and return its exit code."""
    # One answer and the process is gone: looking for cycles on the way, and once more through
    # everything when Python ends, would cost a seventh of it.
    gc.disable()
    try:
        from countdown.cli import run  # Deferred: click costs three bare interpreters.

        return run(sys.argv[1:])
    finally:
        gc.freeze()
