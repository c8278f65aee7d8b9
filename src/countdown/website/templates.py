"""Fills the templates of a site. All text in them stays text: nothing of it is markup."""

import os
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from countdown.exports.html import hash_source
from countdown.formats.svg import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_FOLDER: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "templates")
_STYLE: Final = "style.css"
_SCRIPT: Final = "count.js"


class Templates:
    """The templates, with what is the same on every page of one *site*."""

    def __init__(self, **site: object) -> None:
        self.site = site

    def fill(self, name: str, /, **values: object) -> bytes:
        """The template *name*, filled with *values*."""
        return _environment().get_template(name).render(values, site=self.site).encode()


@cache
def _environment() -> "Environment":
    """Jinja's environment, for all sites: compiling the templates takes long."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # Deferred: an extra.
    from markupsafe import Markup  # a dependency of it

    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_made_visible,
    )
    style, script = _content(_STYLE), _content(_SCRIPT)
    environment.globals |= {
        "policy": _policy(style, script),
        "style": Markup(style),  # noqa: S704  # our own files
        "script": Markup(script),  # noqa: S704
    }
    return environment


def _made_visible(value: Any) -> Any:
    """*value*, text of a catalogue with escapes for what could control a reader.

    Markup of our own, which is a kind of text, stays as it is.
    """
    return visible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _content(name: str) -> str:
    with open(os.path.join(_FOLDER, name), encoding="utf-8") as file:
        return file.read()


def _policy(style: str, script: str) -> str:
    """The Content Security Policy (CSP 3): the page's own style and script, and its pictures."""
    own = (f"style-src {hash_source(style)}", f"script-src {hash_source(script)}")
    return "; ".join(
        ("default-src 'none'", *own, "img-src 'self'", "base-uri 'none'", "form-action 'none'")
    )
