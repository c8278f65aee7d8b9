"""What may be passed on to others, in files and pages: which sources, and which addresses.

TMDB's terms don't allow it. Calendars, files, and addresses that only the user can read are
private.
"""

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from countdown.config.source_settings import BUILT_IN, KEY_NAMES, SourceSetting
from countdown.net.addresses import is_private_host

_TERMS: Final = "its terms don't allow that"
_PRIVATE: Final = "it's private"
# Parts of names of parameters whose values are keys.
_KEYS: Final = ("key", "token", "secret", "auth", "pass", "sig", "session", "code")


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
    names = [name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)]
    has_key = has_user or any(part in name for name in names for part in _KEYS)
    return url if is_page and host and not has_key and not is_private_host(host) else None
