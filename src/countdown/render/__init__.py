"""Output formats: a name for each, and the module that draws it."""

from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from countdown.render.view import View


class Renderer(Protocol):
    """A module that turns a view into the text of one format."""

    def render(self, view: "View") -> str:
        """*view* as text that ends with a line break."""


TABLE: Final = "table"  # Drawn by render.terminal, which needs to know the terminal.
_MODULES: Final = {
    "plain": "plain",
    "json": "json_document",
    "jsonl": "json_lines",
    "csv": "csv_table",
    "tsv": "tsv_table",
    "markdown": "markdown",
}
FORMATS: Final = (TABLE, *_MODULES)


def renderer(format: str) -> Renderer:
    """The renderer of *format*, imported now: each format costs only those who ask for it."""
    module: Renderer = import_module(f"countdown.render.{_MODULES[format]}")
    return module
