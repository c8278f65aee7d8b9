"""Which sources and addresses may be passed on to others, in files and pages.

TMDB's terms don't allow it. Calendars, files, and addresses that only the user can read are
private.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from countdown.config.source_settings import BUILT_IN, KEY_NAMES, SourceSetting
from countdown.net.addresses import is_private_host

_TERMS: Final = "its terms don't allow that"
_PRIVATE: Final = "it's private"
# Words in names of parameters whose values are keys.
_KEYS: Final = frozenset(
    {
        *("key", "apikey", "token", "secret", "auth", "authorization", "credential", "sig"),
        *("signature", "pass", "passwd", "password", "pwd", "session", "jsessionid", "sid"),
    }
)
# What has a value, in the path, the query or the fragment of an address.
_PARAMETER: Final = re.compile(r"[?&;#/]([^?&;#/=]*)=")
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def why_private(source: SourceSetting | None) -> str:
    """Why facts of *source* may not be passed on; empty if they may. None is an unknown source."""
    if source is None:
        return _PRIVATE
    if source.kind in BUILT_IN:
        return ""
    if source.kind == "tmdb":
        return _TERMS
    is_open = source.kind == "catalogue" and source.url and public_address(source.url)
    has_key = any(getattr(source, name) is not None for name in KEY_NAMES)
    return _PRIVATE if has_key or not is_open or urlsplit(source.url).query else ""


def public_address(url: str) -> str | None:
    """The web address *url* if everybody may read it; None if it's private or no web address.

    It's private if its host is, or if it has a name, a password or a key.
    """
    try:
        parts = urlsplit(url)
        host, has_user = (parts.hostname or "").rstrip("."), "@" in parts.netloc
    except ValueError:
        return None
    is_page = parts.scheme.lower() in ("http", "https") and url.isprintable() and " " not in url
    behind = url.partition("://")[2].partition("/")[2]
    names = _PARAMETER.findall(f"/{behind}") + _PARAMETER.findall(f"?{parts.query}")
    words = {word.lower() for name in names for word in _WORD.findall(name)}
    is_private = has_user or not words.isdisjoint(_KEYS) or is_private_host(host)
    return url if is_page and host and not is_private else None
