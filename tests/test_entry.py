"""What the console script answers without click, and what it leaves to that."""

import sys

import pytest

from countdown.entry import main


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("list --limit 1 --all", 0),
        ("init bash --completion-only", 0),
        ("_complete", 1),
        ("_complete bash", 1),
    ],
)
@pytest.mark.usefixtures("indexed_shipped")
def test_candidates_are_for_a_shell_that_says_what_was_typed(
    words: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However many words another command has."""
    monkeypatch.setattr(sys, "argv", ["countdown", *words.split()])
    assert main() == code
    out, err = capsys.readouterr()
    assert bool(out) == (code == 0)
    assert bool(err) == (code != 0)
