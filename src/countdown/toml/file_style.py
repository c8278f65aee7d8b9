"""How a TOML file is written, whatever it says: with a byte-order mark or not, with CR LF or LF."""

from typing import NamedTuple

from countdown.errors import CatalogueError
from countdown.toml import parse
from countdown.toml.parse import Error

_BOM = "\ufeff"


class Layout(NamedTuple):
    """What a changed text keeps of the file that it came from."""

    mark: bool
    crlf: bool

    def data(self, text: str) -> bytes:
        """*text*, whose lines end in LF, as the bytes of the file."""
        text = text.replace("\n", "\r\n") if self.crlf else text
        return f"{_BOM if self.mark else ''}{text}".encode()


def taken(path: str, data: bytes, error: Error = CatalogueError) -> tuple[str, Layout]:
    """The text in *data*, the bytes of the file *path*, and its layout.

    TOML takes CR LF for LF; a file that has nothing else keeps it, also in what is new, and its
    text comes without. Raises *error* if it is not UTF-8.
    """
    text = parse.decoded(path, data, error)
    mark, crlf = data.startswith(_BOM.encode()), text.count("\r\n") == text.count("\n") > 0
    return text.replace("\r\n", "\n") if crlf else text, Layout(mark, crlf)
