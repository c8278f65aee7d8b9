"""Output formats: each is a module of that name with a function `render`."""

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from countdown.views.view import View


class Renderer(Protocol):
    """A module that turns a view into the text of one format."""

    def render(self, view: "View") -> str:
        """*view* as text that ends with a line break."""


SENTENCES: Final = "sentences"  # For `--accessible`; a module, but no name of `--format`.
TABLE: Final = "table"  # Drawn by formats.terminal, which needs to know the terminal.
FORMATS: Final = (TABLE, "plain", "json", "jsonl", "csv", "tsv", "markdown")


def renderer(format: str) -> Renderer:
    """The renderer of *format*, imported only now, so that other formats cost nothing."""
    module: Renderer = import_module(f"countdown.formats.{format}")
    return module
