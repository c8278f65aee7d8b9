"""The view of `why`: a paragraph on one release."""

from collections.abc import Sequence

from countdown.views.page import footer
from countdown.views.view import Block, Cell, Lines, View, ViewContext


def explained(sentences: Sequence[str], command: str, context: ViewContext) -> View:
    """One paragraph of *sentences*; on a terminal, the *command* that shows all facts is below."""
    paragraph = Lines(((Cell(" ".join(sentences)),),))

    def screen(columns: int, _lines: int) -> list[Block]:
        return [paragraph, footer([("all that is known", command)], context, columns)]

    return View(lambda: [paragraph], (), context, screen)
