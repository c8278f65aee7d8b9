"""The mutants that no test needs to notice: tests/mutants.toml."""

from pathlib import Path

import tomli

import countdown

PACKAGE = Path(countdown.__file__).parent
ACCEPTED = tomli.loads(Path(__file__).with_name("mutants.toml").read_text("utf-8"))["accepted"]


def test_each_accepted_mutant_changes_a_line_that_is_there() -> None:
    """A reason for a line that has gone says nothing about the line that took its place."""
    gone = []
    for mutant in ACCEPTED:
        path = PACKAGE / f"{mutant['module']}.py"
        text = path.read_text("utf-8") if path.exists() else ""
        module = "\n".join(["", *map(str.strip, text.splitlines()), ""])
        lines = "\n".join(["", *map(str.strip, mutant["line"].splitlines()), ""])
        if lines not in module:
            gone.append((mutant["module"], mutant["line"]))
    assert gone == []
