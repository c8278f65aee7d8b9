"""The console script's first step. Imports nothing but sys until it knows what was asked.

A light path for the shell prompt belongs here, before click is imported.
"""

import sys


def main() -> int:
    """Run the command line of this process and return its exit code."""
    from countdown.cli import run  # Deferred: click costs three bare interpreters.

    return run(sys.argv[1:])
