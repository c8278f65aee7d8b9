"""The bytes of a TOML file apart from its text: a byte-order mark or none, CR LF or LF."""

from typing import NamedTuple

from countdown.errors import CatalogueError
from countdown.toml import parse
from countdown.toml.parse import Error

_BOM = "\ufeff"


class FileStyle(NamedTuple):
    """The style of a file, which an edited text keeps."""

    has_bom: bool
    has_crlf: bool

    def encode(self, text: str) -> bytes:
        """*text*, whose lines end in LF, as the bytes of the file."""
        text = text.replace("\n", "\r\n") if self.has_crlf else text
        return f"{_BOM if self.has_bom else ''}{text}".encode()


def split_style(path: str, data: bytes, error: Error = CatalogueError) -> tuple[str, FileStyle]:
    r"""The text of *data*, the bytes of the file *path*, and its style.

    If every line ends in CR LF, the text has \n instead, and the style restores CR LF, also in new
    lines. Raises *error* if the file is not UTF-8.
    """
    text = parse.decode(path, data, error)
    has_bom = data.startswith(_BOM.encode())
    has_crlf = text.count("\r\n") == text.count("\n") > 0
    return text.replace("\r\n", "\n") if has_crlf else text, FileStyle(has_bom, has_crlf)
