"""Confirmations, in words and with a sign."""

from countdown.formats import plain
from countdown.views.confirmation import confirmation
from countdown.views.view import Cell
from tests.views.releases import CONTEXT, runs


def test_confirmation_has_a_sign_on_a_terminal() -> None:
    """And a command that ends it a colour; programs get the lines as they are."""
    done = (
        "Hidden: a. To show it again: countdown unhide a",
        "Added countdown: the film (b): 2027",
    )
    view = confirmation(done, CONTEXT, details=["~/releases.toml"])
    assert plain.render(view) == "".join(f"{line}\n" for line in done)
    assert view.screen is not None
    (lines,) = view.screen(80, 24)
    sign = [Cell("✓", "added"), Cell(" ")]
    assert runs(lines) == [
        [
            *(*sign, Cell("Hidden: a. To show it again: ")),
            Cell("countdown unhide a", "command"),
        ],
        [*sign, Cell("Added countdown: the film (b): 2027")],
        [Cell("  "), Cell("~/releases.toml", "muted")],
    ]
