"""The view of `why`."""

from countdown.formats import terminal
from countdown.views.explained import explained
from tests.views.releases import CONTEXT


def test_terminal_shows_the_command_for_the_rest() -> None:
    """Below the paragraph, which is broken between words."""
    view = explained(["One sentence of some length.", "Another one."], "countdown show x", CONTEXT)
    text, _ = terminal.draw(view, theme="mono", ascii=False)
    assert "One sentence of some length. Another one." in " ".join(text.split())
    assert "countdown show x" in text
